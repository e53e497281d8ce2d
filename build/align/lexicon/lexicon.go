// Package lexicon is a small dictionary of general, legal, technical and
// international-affairs words in Chinese, Russian and English, written for
// this project. It serves as evidence that two sentences say the same; it is
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
	words map[string][]int32    // exact words and stems; a stem ends with "-"
	sizes map[string]uint64     // by two first letters, a bit per length in bytes of the words and stems
	han   [hanLetters][]hanWord // by first letter, the longest first
	size  int
}

type hanWord struct {
	word    string
	entries []int32
}

var table = load()

// load reads the embedded files in the order of their names.
func load() *Table {
	t := &Table{words: make(map[string][]int32, 8192), sizes: make(map[string]uint64, 1024)}
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

// parse reads one entry a line: English, Russian and Chinese words between
// bars, each a list parted by commas. An English or Russian word stands for
// its inflected forms; one with "=" at its end for itself alone.
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
				if n == 2 {
					t.addHan(w, id)
					continue
				}
				stem, exact := strings.CutSuffix(w, "=")
				w = stem
				if !exact {
					w += "-"
				}
				t.words[w] = append(t.words[w], id)
				if two := twoLetters(stem); len(stem) < maxWord {
					t.sizes[two] |= 1 << len(stem)
				}
			}
			n++
		}
	}
}

func (t *Table) addHan(w string, id int32) {
	r, _ := utf8.DecodeRuneInString(w)
	if r < firstHan || r >= firstHan+hanLetters {
		return
	}
	list := &t.han[r-firstHan]
	at := 0
	for at < len(*list) && len((*list)[at].word) >= len(w) && (*list)[at].word != w {
		at++
	}
	if at == len(*list) || (*list)[at].word != w {
		*list = slices.Insert(*list, at, hanWord{word: w})
	}
	(*list)[at].entries = append((*list)[at].entries, id)
}

// beginning returns the Han words that begin with the first letter of s.
func (t *Table) beginning(s string) []hanWord {
	r, _ := utf8.DecodeRuneInString(s)
	if r < firstHan || r >= firstHan+hanLetters {
		return nil
	}
	return t.han[r-firstHan]
}

// Longest returns the length in bytes of the longest Han word of the lexicon
// at the start of s, or 0.
func (t *Table) Longest(s string) int {
	for _, h := range t.beginning(s) {
		if strings.HasPrefix(s, h.word) {
			return len(h.word)
		}
	}
	return 0
}

// Lookup returns the entries of a word in lower case. The result is shared and
// must not be changed.
func (t *Table) Lookup(w string) []int32 {
	if w == "" {
		return nil
	}
	if w[0] >= 0xe0 {
		for _, h := range t.beginning(w) {
			if h.word == w {
				return h.entries
			}
		}
		return nil
	}
	sizes := t.sizes[twoLetters(w)]
	if sizes == 0 || len(w) >= maxWord {
		return nil
	}
	if sizes>>len(w)&1 != 0 {
		if ids := t.words[w]; ids != nil {
			return ids
		}
	}
	cyrillic := isCyrillic(w)
	var buf [maxWord]byte
	key := append(buf[:0], w...)
	key = append(key, '-')
	// The longest stem counts, and shorter ones that are not too short.
	var found []int32
	for n := len(w); n >= 2; n-- {
		if sizes>>n&1 == 0 || n < len(w) && !utf8.RuneStart(w[n]) {
			continue
		}
		rest := w[n:]
		letters := n
		if cyrillic {
			letters = n / 2
			tail := len(rest) / 2
			if tail > 6 || letters < 2 {
				break
			}
			if tail > max(3, letters-1) {
				continue
			}
		} else if !endings[rest] {
			if len(rest) > 6 {
				break
			}
			continue
		}
		if found != nil && letters < 5 {
			break
		}
		key[n] = '-'
		if ids := t.words[string(key[:n+1])]; ids != nil {
			if found == nil {
				found = ids
			} else {
				found = append(found[:len(found):len(found)], ids...)
			}
		}
		key[n] = w[n%len(w)]
	}
	return found
}

// maxWord is more than any word of the lexicon has bytes.
const maxWord = 64

func isCyrillic(w string) bool { return w[0] >= 0xd0 && w[0] <= 0xd3 }

// twoLetters returns the beginning of a word: no stem is shorter.
func twoLetters(w string) string {
	if isCyrillic(w) {
		return w[:min(4, len(w))]
	}
	return w[:min(2, len(w))]
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
