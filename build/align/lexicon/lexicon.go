// Package lexicon is a small dictionary of general, legal, technical and
// international-affairs words in Chinese, Russian and English, the general ones
// also in German, French and Spanish, written for this project. It serves as evidence that two sentences say the same; it is
// no dictionary for readers. It knows nothing of texts.
package lexicon

import (
	"embed"
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
	// Words stand by how they begin, the longest first: Han ones by their first
	// letter, others by their first three letters or, if they have no more, two.
	han   [][]word
	hanAt [hanLetters]uint16 // by letter, its list in han; the first list is empty
	words [languages]map[string][]word
	size  int
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

// columns are the languages of an entry's fields; the third is Chinese.
var columns = [...]Language{English, Russian, languages, German, French, Spanish}

// common are words that nearly every sentence has, by which a language is known.
var common = [Russian][]string{
	English: {"the", "of", "and", "to", "is", "was", "with", "that"},
	German:  {"der", "die", "das", "und", "ist", "nicht", "ein", "den"},
	French:  {"le", "les", "et", "des", "est", "une", "dans", "du"},
	Spanish: {"el", "los", "y", "las", "una", "del", "con", "por"},
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
	t := &Table{han: make([][]word, 1)}
	for l := range t.words {
		t.words[l] = make(map[string][]word, 2048)
	}
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
				words := t.words[columns[n]]
				stem, exact := strings.CutSuffix(w, "=")
				begin := stem[:letters(stem, 3)]
				words[begin] = added(words[begin], stem, exact, id)
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

// letters returns the length in bytes of the first n letters of s, or of s.
func letters(s string, n int) int {
	for i := range s {
		if n--; n < 0 {
			return i
		}
	}
	return len(s)
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
	if w[0] >= 0xd0 && w[0] <= 0xd3 {
		l = Russian
	}
	words := t.words[l]
	list := words[w[:letters(w, 3)]]
	if found := exactly(list, w); found != nil {
		return found
	}
	// The longest stem counts, and shorter ones that are not too short.
	var found []int32
	add := func(list []word) {
		for i := range list {
			x := &list[i]
			rest, ok := strings.CutPrefix(w, x.text)
			if !ok || x.exact {
				continue
			}
			size := utf8.RuneCountInString(x.text)
			if !l.ending(rest, size) {
				continue
			}
			switch {
			case found == nil:
				found = x.entries
			case size >= 5:
				found = append(found[:len(found):len(found)], x.entries...)
			}
		}
	}
	add(list)
	if two := letters(w, 2); two < len(w) {
		add(words[w[:two]])
	}
	return found
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
