// Package lexicon is a small dictionary of general, legal, technical and
// international-affairs words in Chinese, Russian and English, the general ones
// also in German, French and Spanish, written for this project. It serves as evidence that two sentences say the same; it is
// no dictionary for readers. It knows nothing of texts.
package lexicon

import (
	"embed"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed *.txt
var files embed.FS

// Han letters are those from firstHan on; a word begins with one of them.
const firstHan, hanLetters = 0x4e00, 0x5200

// Table finds the entries that a word belongs to.
type Table struct {
	// Han words stand by their first letter, the longest first.
	han   [][]word
	hanAt [hanLetters]uint16 // by letter, its list in han; the first list is empty
	// Others stand in a table by their hashes; slots hold their numbers and one.
	stems []stem
	slots []uint16
	// How many letters those have that begin alike, as bits, by a hash of how they do.
	lengths [1 << 13]uint64
	size    int
}

// A stem is a word that stands for its inflected forms, or for itself alone, or both.
type stem struct {
	text     string
	language Language
	letters  int
	entries  []int32 // that it belongs to with its forms
	exact    []int32 // and by itself
}

// A Language is one whose words the table knows. Chinese has none, for its letters
// tell it.
type Language uint8

// The languages; the others are written in Latin letters.
const (
	English Language = iota
	German
	French
	Spanish
	Russian
	languages
)

// Languages is how many there are.
const Languages = int(languages)

// columns are the languages of an entry's fields; the third is Chinese.
var columns = [...]Language{English, Russian, languages, German, French, Spanish}

// bases are the codes of the same.
var bases = [len(columns)]string{"en", "ru", "zh", "de", "fr", "es"}

// Has reports whether the lexicon has words of the language of a code, without
// region and script.
func Has(base string) bool { return slices.Contains(bases[:], base) }

// Latin returns the language of a code, if it is one in Latin letters.
func Latin(base string) (Language, bool) {
	i := slices.Index(bases[:], base)
	if i < 0 || columns[i] >= Russian {
		return English, false
	}
	return columns[i], true
}

// common are words that nearly every sentence has, by which a language is known.
var common = [Russian][]string{
	English: {"the", "of", "and", "to", "is", "was", "with", "that"},
	German:  {"der", "die", "das", "und", "ist", "nicht", "ein", "den"},
	French:  {"le", "les", "et", "des", "est", "une", "dans", "du"},
	Spanish: {"el", "los", "y", "las", "una", "del", "con", "por"},
}

// Common returns words of which nearly every sentence has one, in lower case, of the
// language of a code, if it is one in Latin letters.
func Common(base string) ([]string, bool) {
	l, ok := Latin(base)
	if !ok {
		return nil, false
	}
	return common[l], true
}

// Guess returns the language in Latin letters that a text seems to be in, by how
// often it has a word in lower case; English if nothing tells.
func Guess(count func(w string) int) Language {
	best, most := English, 0
	for l, words := range common {
		n := 0
		for _, w := range words {
			n += count(w)
		}
		if n > most {
			best, most = Language(l), n
		}
	}
	return best
}

type word struct {
	text    string
	exact   bool // no stem
	entries []int32
}

var table = load()

// load reads the embedded files in the order of their names.
func load() *Table {
	t := &Table{han: make([][]word, 1), slots: make([]uint16, 1<<15)}
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are part of the program
	}
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil {
			panic(err)
		}
		t.parse(string(text))
	}
	return t
}

// Default returns the built-in lexicon. It is read-only.
func Default() *Table { return table }

// Size returns how many entries there are. Entries are numbered from 0.
func (t *Table) Size() int { return t.size }

// parse reads one entry a line: English, Russian, Chinese and, if they are known,
// German, French and Spanish words between bars, each a list parted by commas. Of
// all but Chinese a word stands for its inflected forms; one with "=" at its end
// for itself alone.
func (t *Table) parse(s string) {
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		id := int32(t.size)
		t.size++
		n := 0
		for field := range strings.SplitSeq(line, "|") {
			for w := range strings.SplitSeq(field, ",") {
				w = strings.TrimSpace(w)
				if w == "" {
					continue
				}
				if columns[n] == languages {
					t.addHan(w, id)
					continue
				}
				text, exact := strings.CutSuffix(w, "=")
				if x := t.stem(text, columns[n]); exact {
					x.exact = append(x.exact, id)
				} else {
					x.entries = append(x.entries, id)
				}
			}
			n++
		}
	}
}

// added puts an entry into a list of words.
func added(list []word, text string, exact bool, entry int32) []word {
	at := 0
	for at < len(list) && len(list[at].text) >= len(text) && (list[at].text != text || list[at].exact != exact) {
		at++
	}
	if at == len(list) || list[at].text != text || list[at].exact != exact {
		list = slices.Insert(list, at, word{text: text, exact: exact})
	}
	list[at].entries = append(list[at].entries, entry)
	return list
}

func (t *Table) addHan(w string, entry int32) {
	r, _ := utf8.DecodeRuneInString(w)
	if !isHan(r) {
		return
	}
	at := &t.hanAt[r-firstHan]
	if *at == 0 {
		*at = uint16(len(t.han))
		t.han = append(t.han, nil)
	}
	t.han[*at] = added(t.han[*at], w, true, entry)
}

func isHan(r rune) bool { return r >= firstHan && r < firstHan+hanLetters }

// beginning returns the Han words that begin with the first letter of s.
func (t *Table) beginning(s string) []word {
	r, _ := utf8.DecodeRuneInString(s)
	if !isHan(r) {
		return nil
	}
	return t.han[t.hanAt[r-firstHan]]
}

// Longest returns the length in bytes of the longest Han word of the lexicon
// at the start of s, or 0.
func (t *Table) Longest(s string) int {
	list := t.beginning(s)
	for i := range list {
		if strings.HasPrefix(s, list[i].text) {
			return len(list[i].text)
		}
	}
	return 0
}

// Lookup returns the entries of a word in lower case, which is of the language given
// unless its letters are Chinese or Russian. The result is shared and must not be
// changed.
func (t *Table) Lookup(w string, l Language) []int32 {
	if w == "" {
		return nil
	}
	if list := t.beginning(w); list != nil {
		return exactly(list, w)
	}
	var buf [8]*stem
	stems, found := t.find(buf[:0], w, l)
	for i, x := range stems {
		if i == 0 {
			found = x.entries
		} else {
			found = append(found[:len(found):len(found)], x.entries...)
		}
	}
	return found
}

// Append is Lookup that appends to a slice.
func (t *Table) Append(out []int32, w string, l Language) []int32 {
	if w == "" {
		return out
	}
	if list := t.beginning(w); list != nil {
		return append(out, exactly(list, w)...)
	}
	var buf [8]*stem
	stems, exact := t.find(buf[:0], w, l)
	for _, x := range stems {
		out = append(out, x.entries...)
	}
	return append(out, exact...)
}

// find returns the entries of a word that stands for itself, or else appends its stems:
// the longest counts, and shorter ones that are not too short.
func (t *Table) find(out []*stem, w string, l Language) (stems []*stem, exact []int32) {
	if w[0] >= 0xd0 && w[0] <= 0xd3 {
		l = Russian
	}
	// The hashes of how the word begins, by letters.
	var ends, hashes [most]uint32
	n, hash := 0, l.hash()
	for i := 0; i < len(w); {
		letter := uint32(w[i])
		for i++; i < len(w) && w[i]&0xc0 == 0x80; i++ {
			letter = letter<<6 ^ uint32(w[i])
		}
		if n == most {
			return out, nil // no stem is as long
		}
		hash = add(hash, letter)
		ends[n], hashes[n] = uint32(i), hash
		n++
	}
	lengths := *t.lengthsOf(hashes[:n]) | 1<<2
	if lengths>>n&1 != 0 {
		if at := t.at(w, l, hash); at != 0 && t.stems[at-1].exact != nil {
			return out, t.stems[at-1].exact
		}
	}
	lengths &= 1<<(n+1) - 1
	for lengths != 0 {
		k := bits.Len64(lengths) - 1
		lengths &^= 1 << k
		at := t.at(w[:ends[k-1]], l, hashes[k-1])
		if at == 0 {
			continue
		}
		if x := &t.stems[at-1]; x.entries != nil && (len(out) == 0 || x.letters >= 5) && l.ending(w[ends[k-1]:], x.letters) {
			out = append(out, x)
		}
	}
	return out, nil
}

// lengthsOf returns how many letters words have that begin like one with such hashes:
// those with one and two letters stand by these.
func (t *Table) lengthsOf(hashes []uint32) *uint64 {
	h := hashes[min(len(hashes), 3)-1]
	return &t.lengths[(h^h>>13)&uint32(len(t.lengths)-1)]
}

// most is how many letters a word may have that is looked for.
const most = 40

// FNV-1a.
func (l Language) hash() uint32               { return add(2166136261, uint32(l)) }
func add(hash, letter uint32) uint32          { return (hash ^ letter) * 16777619 }
func (t *Table) slot(hash uint32) (at uint32) { return (hash ^ hash>>15) & uint32(len(t.slots)-1) }

// at returns the number of a stem and one, or 0.
func (t *Table) at(text string, l Language, hash uint32) uint16 {
	for at := t.slot(hash); t.slots[at] != 0; at = (at + 1) & uint32(len(t.slots)-1) {
		if x := &t.stems[t.slots[at]-1]; x.text == text && x.language == l {
			return t.slots[at]
		}
	}
	return 0
}

// stem returns a stem of a language, which is new or not. The next call may move it.
func (t *Table) stem(text string, l Language) *stem {
	hash := l.hash()
	var hashes []uint32
	for i := 0; i < len(text); {
		letter := uint32(text[i])
		for i++; i < len(text) && text[i]&0xc0 == 0x80; i++ {
			letter = letter<<6 ^ uint32(text[i])
		}
		hash = add(hash, letter)
		hashes = append(hashes, hash)
	}
	if len(hashes) == 0 || len(hashes) > most || 2*len(t.stems) >= len(t.slots) {
		panic("the lexicon has a word of no letters or too many, or too many words")
	}
	at := t.at(text, l, hash)
	if at == 0 {
		t.stems = append(t.stems, stem{text: text, language: l, letters: len(hashes)})
		at = uint16(len(t.stems))
		slot := t.slot(hash)
		for t.slots[slot] != 0 {
			slot = (slot + 1) & uint32(len(t.slots)-1)
		}
		t.slots[slot] = at
		*t.lengthsOf(hashes) |= 1 << len(hashes)
	}
	return &t.stems[at-1]
}

func exactly(list []word, w string) []int32 {
	for i := range list {
		if list[i].exact && list[i].text == w {
			return list[i].entries
		}
	}
	return nil
}

// ending tells whether a stem of so many letters may have these at its end.
func (l Language) ending(rest string, size int) bool {
	switch l {
	case English:
		return endings[rest]
	case Russian:
		return len(rest)/2 <= min(6, max(3, size-1))
	}
	return utf8.RuneCountInString(rest) <= min(6, max(1, size-1))
}

// endings are what may follow an English stem.
var endings = set("", "s", "es", "e", "ed", "d", "ing", "ings", "y", "ies", "ied", "ly", "er", "ers", "or", "ors", "ion", "ions", "ment", "ments", "al", "ally",
	"ation", "ations", "ive", "ively", "able", "ance", "ence", "ity", "ities", "ness", "ant", "ent", "ated", "ate", "ates", "ating", "ably", "ful", "fully")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
