package lexicon

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestLinesHaveTheirFields(t *testing.T) {
	t.Parallel()
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(text)) {
			n++
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			fields := strings.Split(line, "|")
			if len(fields) != 3 && len(fields) != len(columns) {
				t.Errorf("%s:%d: %d fields, want 3 or %d: %s", e.Name(), n, len(fields), len(columns), line)
				continue
			}
			for i, field := range fields {
				ok := func(r rune) bool { return r < 0x250 }
				switch columns[i] {
				case Russian:
					ok = func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) || r < 0x80 }
				case languages:
					ok = func(r rune) bool { return unicode.Is(unicode.Han, r) || r < 0x80 }
				}
				for _, r := range field {
					if !ok(r) || columns[i] != languages && unicode.IsUpper(r) {
						t.Errorf("%s:%d: %q in field %d", e.Name(), n, r, i+1)
					}
				}
			}
		}
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	lex := Default()
	for _, words := range [][]string{
		{"security", "безопасности", "安全"},
		{"countries", "странами", "国家"},
		{"agreements", "соглашениям", "协议"},
		{"developing", "развитием", "发展"},
	} {
		first := lex.Lookup(words[0], English)
		for _, w := range words[1:] {
			if !slices.ContainsFunc(lex.Lookup(w, English), func(id int32) bool { return slices.Contains(first, id) }) {
				t.Errorf("%s %v and %s %v share no entry", words[0], first, w, lex.Lookup(w, English))
			}
		}
	}
	for _, words := range [][4]string{
		{"countries", "Länder", "pays", "países"},
		{"fathers", "Vätern", "pères", "padre"},
		{"she knew", "kannte", "connaissait", "conocía"},
		{"agreement", "Abkommens", "accords", "acuerdos"},
		{"mountain", "Gebirge", "montagnes", "montañas"},
		{"settings", "Einstellungen", "paramètres", "ajustes"},
		{"personal", "personenbezogene", "personnelles", "personales"},
		{"disclose", "offenlegen", "divulguer", "divulgar"},
	} {
		first := lex.Lookup(words[0][strings.LastIndex(words[0], " ")+1:], English)
		for l, w := range words[1:] {
			l := German + Language(l)
			if got := lex.Lookup(strings.ToLower(w), l); !slices.ContainsFunc(got, func(id int32) bool { return slices.Contains(first, id) }) {
				t.Errorf("%s %v and %s %v share no entry", words[0], first, w, got)
			}
		}
	}
	for _, w := range []string{"", "zzzz", "ъъ", "x", strings.Repeat("a", 100)} {
		if ids := lex.Lookup(w, English); len(ids) > 0 {
			t.Errorf("%q: entries %v, want none", w, ids)
		}
	}
}

func TestLongest(t *testing.T) {
	t.Parallel()
	if got, want := Default().Longest("上海合作组织成员国"), len("上海合作组织"); got != want {
		t.Errorf("longest word of 上海合作组织成员国: %d bytes, want %d", got, want)
	}
	if got := Default().Longest("囧"); got != 0 {
		t.Errorf("囧: %d bytes, want 0", got)
	}
}

func TestGuess(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Language{
		"":                                       English,
		"xyzzy":                                  English,
		"the end of the day":                     English,
		"der Mann und die Frau sind nicht da":    German,
		"les enfants et le chien dans la maison": French,
		"los hijos y las hijas del rey":          Spanish,
	} {
		words := strings.Fields(text)
		got := Guess(func(w string) (n int) {
			for _, x := range words {
				if x == w {
					n++
				}
			}
			return n
		})
		if got != want {
			t.Errorf("%q: language %d, want %d", text, got, want)
		}
	}
}

// TestStems: what the table finds by hashes is what a look through all stems finds.
func TestStems(t *testing.T) {
	t.Parallel()
	lex := Default()
	slow := func(w string, l Language) (found []int32) {
		letters := []rune(w)
		for n := len(letters); n >= min(2, len(letters)); n-- {
			for i := range lex.stems {
				x := &lex.stems[i]
				if x.language != l || x.text != string(letters[:n]) {
					continue
				}
				if n == len(letters) && x.exact != nil {
					return x.exact
				}
				if x.entries != nil && (found == nil || n >= 5) && l.ending(string(letters[n:]), n) {
					found = slices.Concat(found, x.entries)
				}
			}
		}
		return found
	}
	for i := 0; i < len(lex.stems); i += 41 {
		for _, ending := range []string{"", "s", "ing", "en", "ами", "ого"} {
			w, l := lex.stems[i].text+ending, lex.stems[i].language
			if (l == Russian) != (w[0] >= 0xd0 && w[0] <= 0xd3) {
				continue
			}
			want := slow(w, l)
			if got := lex.Lookup(w, l); !slices.Equal(got, want) {
				t.Errorf("%q: %v, want %v", w, got, want)
			}
			if got := lex.Append([]int32{-1}, w, l); !slices.Equal(got[1:], want) {
				t.Errorf("%q appended: %v, want %v", w, got, want)
			}
		}
	}
}

// TestLanguages: a language is had where the table finds words of it, in its column.
func TestLanguages(t *testing.T) {
	t.Parallel()
	for base, w := range map[string]string{"en": "water", "ru": "вода", "zh": "水", "de": "wasser", "fr": "eau", "es": "agua", "it": "acqua"} {
		l, latin := Latin(base)
		if want := base != "ru" && base != "zh" && base != "it"; latin != want {
			t.Errorf("%s in Latin letters: %v", base, latin)
		}
		if int(l) >= Languages {
			t.Errorf("%s is language %d of %d", base, l, Languages)
		}
		if got := len(Default().Lookup(w, l)) > 0; got != Has(base) || got != (base != "it") {
			t.Errorf("%s: %s is found %v, the language is had %v", base, w, got, Has(base))
		}
	}
}

func TestCommon(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{"en": "the", "de": "der", "fr": "les", "es": "los", "ru": "", "zh": "", "la": ""} {
		words, ok := Common(base)
		if ok != (want != "") || ok && !slices.Contains(words, want) {
			t.Errorf("%s: %q, %v", base, words, ok)
		}
	}
}
