package sentence

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/align/lexicon"
	"stele/build/align/sound"
	"stele/build/lang"
	"stele/build/numeral"
)

// A clue is something in a sentence that a sentence of another language may
// share. Its key tells what it is.
type clue struct {
	key            uint64
	lang, sentence int32
	worth          float32
}

// What clues are worth where they are shared, in logarithms of odds.
const (
	worthNumber  = 2.6
	worthSmall   = 1.2
	worthConcept = 1.8
	worthSense   = 1.0
	worthSame    = 2.0 // a Latin word in a text of another script
	worthAlike   = 0.9 // a word that looks or sounds alike
	worthQuery   = 1.6
	worthMark    = 0.7
)

// kinds of clues, the highest bits of their keys.
const (
	kindSense uint64 = (iota + 1) << 56
	kindNumber
	kindWord
	kindSound
	kindMark
	kindSign
)

// reader reads clues. Its memory is used again for the next passage.
type reader struct {
	clues  []clue
	sounds []byte
	senses []int32                                  // of the word at hand
	known  [lexicon.Languages + 1]map[string][]hint // what words tell, by the tongue of the text
	told   []hint                                   // where those stand, one word's after the other's
	tongue tongue                                   // of what is read
	asks   bool                                     // a semicolon does there, as in Greek
}

// A tongue is the language that the lexicon has the Latin words of a text in.
type tongue struct {
	lexicon.Language
	known bool
}

// index is the place of a tongue among all, the last that of one not known.
func (t tongue) index() int {
	if !t.known {
		return lexicon.Languages
	}
	return int(t.Language)
}

// tongueOf is English for a text in another script, which names things so; a
// language that the lexicon does not have is not taken for another.
func tongueOf(l *lang.Language) tongue {
	its, ok := lexicon.Latin(l.Base)
	return tongue{its, ok || l.Script != "Latn"}
}

// Reads reports whether the lexicon has words of the language. Those of others are
// tied by lengths, numbers and names alone.
func Reads(l *lang.Language) bool { return lexicon.Has(l.Base) }

// begin tells which language the sentences that come are in.
func (rd *reader) begin(l *lang.Language) { rd.tongue, rd.asks = tongueOf(l), l.Script == "Grek" }

// A hint is a clue wherever its word stands.
type hint struct {
	key   uint64
	worth float32
}

func hash(kind uint64, s string) uint64 {
	// FNV-1a: the same on every machine, and short.
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return kind | h>>8
}

// number is the key of a number, however large. The last digits of its mantissa are
// rounded away: 1.5 million is 1 500 000, however it was reckoned.
func number(x float64) uint64 { return kindNumber | (math.Float64bits(math.Abs(x))+1<<7)>>8 }

// glance is how many words tell whether neighbours have changed places.
const glance = 6

// read reads the clues of so many words of a sentence.
func (rd *reader) read(l, n int, s string, words int) {
	at := int32(n)
	add := func(key uint64, worth float32) { rd.clues = append(rd.clues, clue{key, int32(l), at, worth}) }
	table := lexicon.Default()
	for i := 0; i < len(s) && words > 0; {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case '0' <= r && r <= '9':
			value, n := numeral.Figure(s[i:])
			size = max(n, size)
			worth := float32(worthNumber)
			if value < 13 {
				worth = worthSmall
			}
			add(number(value), worth)
		case lang.IsHan(r):
			if n := table.Longest(s[i:]); n > 0 {
				for _, e := range table.Lookup(s[i:i+n], lexicon.English) {
					add(kindSense|uint64(e), worthSense)
				}
				size = n
				words--
			}
		case unicode.IsLetter(r):
			end := i + size
			for end < len(s) {
				r, n := utf8.DecodeRuneInString(s[end:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) || lang.IsHan(r) {
					break
				}
				end += n
			}
			if n := end - i; n > 3 && (r < 0x400 || n > 5) || acronym(s[i:end]) { // what else is shorter tells little
				words--
				for _, h := range rd.word(s[i:end]) {
					add(h.key, h.worth)
				}
			}
			size = end - i
		default:
			switch r {
			case '?', '？', '؟', '\u037e':
				add(kindSign|'?', worthQuery)
			case ';':
				if rd.asks { // nearly all Greek is written with it
					add(kindSign|'?', worthQuery)
				}
			case '!', '！':
				add(kindSign|'!', worthMark)
			case '(', '（':
				add(kindSign|'(', worthMark)
			case '«', '“', '„', '「', '"', '《':
				add(kindSign|'"', worthMark)
			case ':', '：':
				add(kindSign|':', worthMark)
			}
		}
		i += size
	}
}

// acronym tells whether a short word is an acronym in Latin letters: EU, BMW.
func acronym(w string) bool {
	for i := range len(w) {
		if w[i] < 'A' || w[i] > 'Z' {
			return false
		}
	}
	return len(w) > 1
}

// word tells the hints of a word of a script with spaces. A text has its words
// again and again.
func (rd *reader) word(w string) []hint {
	known := &rd.known[rd.tongue.index()]
	h, ok := (*known)[w]
	if !ok {
		if *known == nil {
			*known = make(map[string][]hint, 256)
		}
		h = rd.hints(w)
		(*known)[w] = h
	}
	return h
}

func (rd *reader) hints(w string) []hint {
	if len(rd.told)+16 > cap(rd.told) {
		rd.told = make([]hint, 0, 1024) // those told before stay where they are
	}
	from := len(rd.told)
	add := func(key uint64, worth float32) { rd.told = append(rd.told, hint{key, worth}) }
	first, _ := utf8.DecodeRuneInString(w)
	latin := first < 0x250 || first >= 0x1e00 && first < 0x1f00
	cyrillic := first >= 0x400 && first < 0x530
	capital := unicode.IsUpper(first)
	if !latin && !cyrillic {
		add(hash(kindWord, w), worthSame)
		return rd.told[from:len(rd.told):len(rd.told)]
	}
	low := w
	if strings.IndexFunc(w, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 0x80 && unicode.IsUpper(r) || r == 'ё' }) >= 0 {
		low = strings.ReplaceAll(strings.ToLower(w), "ё", "е")
	}
	if cyrillic || rd.tongue.known {
		rd.senses = lexicon.Default().Append(rd.senses[:0], low, rd.tongue.Language)
		for _, e := range rd.senses {
			add(kindSense|uint64(e), worthSense)
		}
	}
	n := utf8.RuneCountInString(low)
	if len(rd.told) == from {
		if m, ok := numeral.Means(low); ok && m.Named {
			add(number(m.Number), worthSmall)
		}
	}
	if latin && (capital && n > 1 || n > 5) {
		add(hash(kindWord, low), worthSame)
	}
	// How it begins, as it sounds: организация, organization, Organisation.
	if n >= 4 && (capital || n >= 6) {
		rd.sounds = sound.Append(rd.sounds[:0], low)
		if k := min(len(rd.sounds), 5); k >= 4 {
			add(hash(kindSound, string(rd.sounds[:k])), worthAlike)
		}
	}
	return rd.told[from:len(rd.told):len(rd.told)]
}

// shared finds what sentences of different languages share: it gives the clues of
// two languages that are one, for each two and each key, by sentence.
func (rd *reader) shared(meet func(x, y []clue)) {
	slices.SortFunc(rd.clues, func(a, b clue) int {
		if a.key != b.key { // nearly always; to compare all three takes thrice as long
			return cmp.Compare(a.key, b.key)
		}
		return cmp.Or(cmp.Compare(a.lang, b.lang), cmp.Compare(a.sentence, b.sentence))
	})
	all := slices.CompactFunc(rd.clues, func(a, b clue) bool { return a.key == b.key && a.lang == b.lang && a.sentence == b.sentence })
	var of [][]clue // of a key, by language
	for len(all) > 0 {
		of = of[:0]
		for key := all[0].key; len(all) > 0 && all[0].key == key; {
			n := 1
			for n < len(all) && all[n].key == key && all[n].lang == all[0].lang {
				n++
			}
			of, all = append(of, all[:n]), all[n:]
		}
		for a := range of {
			for _, y := range of[a+1:] {
				meet(of[a], y)
			}
		}
	}
}

// common is how many sentences of a language may have a clue: where more have it,
// it tells next to nothing of any, and to compare them all takes long.
const common = 20

// worthOf is what it is worth that two sentences have a clue which so many of their
// languages have: what several have tells less.
func worthOf(a, b clue, n, m int) float64 { return float64(min(a.worth, b.worth)) / float64(max(n, m)) }
