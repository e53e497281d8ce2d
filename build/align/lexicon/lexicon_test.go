package lexicon

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestLinesHaveThreeFields(t *testing.T) {
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
			if len(fields) != 3 {
				t.Errorf("%s:%d: %d fields, want 3: %s", e.Name(), n, len(fields), line)
				continue
			}
			for i, ok := range []func(rune) bool{
				func(r rune) bool { return r < 0x250 },
				func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) || r < 0x80 },
				func(r rune) bool { return unicode.Is(unicode.Han, r) || r < 0x80 },
			} {
				for _, r := range fields[i] {
					if !ok(r) {
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
		first := lex.Lookup(words[0])
		for _, w := range words[1:] {
			if !slices.ContainsFunc(lex.Lookup(w), func(id int32) bool { return slices.Contains(first, id) }) {
				t.Errorf("%s %v and %s %v share no entry", words[0], first, w, lex.Lookup(w))
			}
		}
	}
	for _, w := range []string{"", "zzzz", "ъъ", "x", strings.Repeat("a", 100)} {
		if ids := lex.Lookup(w); len(ids) > 0 {
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
