package glossary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/russian"
)

// Match is a place where a text uses a concept's name. Start and End are byte
// offsets in the searched text, End exclusive.
type Match struct {
	Concept    string
	Name       int // index in the concept's names of the matcher's language
	Start, End int
}

// Pattern is a name to look for.
type Pattern struct {
	Concept string
	Name    int
	Text    string
	// Exact names (abbreviations, explicit forms) match word for word as they
	// are written; others match any inflection the language's rules know.
	Exact bool
	// Rank decides between patterns that match the same words: the lower wins.
	Rank int
}

// Matcher finds names in texts of one language. It is immutable and may be
// used concurrently.
//
// Names match by words: a capital letter in a name must be a capital in the
// text, a small one matches both; apostrophes, quotation marks, hyphens and
// white space of all kinds are equal, and so are е and ё. Russian words match
// by their Snowball stem, English ones with plural and possessive endings;
// languages written without spaces match by characters. Over all names at once
// the leftmost and then the longest match wins.
type Matcher struct {
	split func(string) []token
	root  *node
}

type node struct {
	next map[string]*node
	ends []pattern // patterns that end here, best first
}

type pattern struct {
	Pattern
	words []token
}

// token is a word, a character of a script without spaces, or a punctuation mark.
type token struct {
	key        string // what must be equal, inflection removed
	word       string // the folded word, case kept
	start, end int
}

// NewMatcher prepares the patterns for a language ("ru", "zh", "en" or any other).
func NewMatcher(lang string, patterns []Pattern) *Matcher {
	m := &Matcher{split: splitter(lang), root: &node{}}
	for _, p := range patterns {
		words := m.split(p.Text)
		if len(words) == 0 {
			continue
		}
		n := m.root
		for _, w := range words {
			if n.next == nil {
				n.next = map[string]*node{}
			}
			if n.next[w.key] == nil {
				n.next[w.key] = &node{}
			}
			n = n.next[w.key]
		}
		n.ends = append(n.ends, pattern{p, words})
	}
	sortEnds(m.root)
	return m
}

func sortEnds(n *node) {
	slices.SortStableFunc(n.ends, func(a, b pattern) int {
		if a.Rank != b.Rank {
			return a.Rank - b.Rank
		}
		return strings.Compare(a.Concept, b.Concept)
	})
	for _, c := range n.next {
		sortEnds(c)
	}
}

// Find returns the names used in text, in order, none overlapping another.
func (m *Matcher) Find(text string) []Match {
	if m.root.next == nil {
		return nil
	}
	var found []Match
	words := m.split(text)
	for i := 0; i < len(words); {
		var best *pattern
		n, length := m.root, 0
		for j := i; j < len(words); j++ {
			if n = n.next[words[j].key]; n == nil {
				break
			}
			for k := range n.ends {
				if p := &n.ends[k]; p.fits(words[i : j+1]) {
					best, length = p, j+1-i
					break
				}
			}
		}
		if best == nil {
			i++
			continue
		}
		found = append(found, Match{best.Concept, best.Name, words[i].start, words[i+length-1].end})
		i += length
	}
	return found
}

// fits reports whether the words, whose keys are the pattern's, agree with it
// in capitals and, for an exact pattern, in every letter.
func (p *pattern) fits(words []token) bool {
	for i, w := range words {
		name, used := p.words[i].word, w.word
		if p.Exact && !equalFromCapital(name, used) {
			return false
		}
		r, _ := utf8.DecodeRuneInString(name)
		if s, _ := utf8.DecodeRuneInString(used); unicode.IsUpper(r) && !unicode.IsUpper(s) {
			return false
		}
		if utf8.RuneCountInString(name) > 1 && isUpper(name) && !isUpper(trimPlural(used)) {
			return false
		}
	}
	return true
}

// equalFromCapital reports whether used is name, but for a capital where name
// has a small letter, and for an English plural or possessive ending.
func equalFromCapital(name, used string) bool {
	if isUpper(name) {
		used = trimPlural(used)
	}
	a, b := []rune(name), []rune(used)
	return slices.EqualFunc(a, b, func(n, u rune) bool { return n == u || n == unicode.ToLower(u) })
}

// trimPlural removes the small s of an abbreviation's plural: NGOs.
func trimPlural(w string) string {
	if t, ok := strings.CutSuffix(w, "s"); ok && len(t) > 1 && isUpper(t) {
		return t
	}
	return w
}

func isUpper(w string) bool {
	return w != "" && strings.ToUpper(w) == w && strings.ToLower(w) != w
}

// splitter returns the language's way of cutting text into tokens.
func splitter(lang string) func(string) []token {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "zh", "ja", "th", "lo", "km", "my":
		return characters
	case "ru":
		return func(s string) []token { return words(s, stemRussian) }
	case "en":
		return func(s string) []token { return words(s, singular) }
	}
	return func(s string) []token { return words(s, strings.ToLower) }
}

// characters cuts text into single characters, words of scripts with spaces
// kept whole.
func characters(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
		case unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek):
			for i+n < len(s) {
				q, w := utf8.DecodeRuneInString(s[i+n:])
				if !unicode.In(q, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Mn) {
					break
				}
				n += w
			}
			out = append(out, token{strings.ToLower(s[i : i+n]), s[i : i+n], i, i + n})
		default:
			k := string(foldMark(r))
			out = append(out, token{k, k, i, i + n})
		}
		i += n
	}
	return out
}

// words cuts text at spaces and hyphens, which are dropped, and other
// punctuation, which is kept. key removes a small-letter word's inflection.
func words(s string, key func(string) string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			for i+n < len(s) {
				q, w := utf8.DecodeRuneInString(s[i+n:])
				if !unicode.IsLetter(q) && !unicode.IsDigit(q) && !unicode.IsMark(q) {
					break
				}
				n += w
			}
			word := foldYo.Replace(s[i : i+n])
			out = append(out, token{key(word), word, i, i + n})
			// a possessive ending belongs to its word
			rest := s[i+n:]
			if q, w := utf8.DecodeRuneInString(rest); foldMark(q) == '\'' {
				t := strings.TrimPrefix(rest[w:], "s")
				next, _ := utf8.DecodeRuneInString(t)
				if !unicode.IsLetter(next) && (t != rest[w:] || strings.HasSuffix(word, "s")) {
					n += len(rest) - len(t)
				}
			}
		case unicode.IsSpace(r), foldMark(r) == '-' && !spaced(s, i, n):
		default:
			k := string(foldMark(r))
			out = append(out, token{k, k, i, i + n})
		}
		i += n
	}
	return out
}

var foldYo = strings.NewReplacer("ё", "е", "Ё", "Е")

// spaced reports whether the mark of n bytes at i stands between spaces, as a
// dash does and a hyphen does not.
func spaced(s string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	return unicode.IsSpace(before) && unicode.IsSpace(after)
}

// foldMark makes the variants of a punctuation mark equal.
func foldMark(r rune) rune {
	switch r {
	case '’', 'ʼ', '‘', '`', '＇':
		return '\''
	case '“', '”', '„', '«', '»', '‹', '›', '「', '」', '『', '』', '＂':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−', '－':
		return '-'
	}
	if r >= '！' && r <= '～' { // full-width forms of ASCII
		return r - '！' + '!'
	}
	return r
}

func stemRussian(w string) string {
	env := snowballstem.NewEnv(strings.ToLower(w))
	russian.Stem(env)
	return env.Current()
}

// singular removes an English plural ending, the same for name and text: it
// need not be a word, only equal on both sides.
func singular(w string) string {
	w = strings.ToLower(w)
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "xes")):
		return w[:len(w)-2]
	case len(w) > 2 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
	}
	return w
}

// MatcherOf prepares the names of all concepts in a language. Explicit forms
// win over inflected ones, and preferred names over others.
func MatcherOf(concepts []*Concept, lang string) *Matcher {
	var patterns []Pattern
	for _, c := range concepts {
		for i, n := range c.Names[lang] {
			if n.Hidden {
				continue
			}
			rank := 1 + slices.Index([]NameStatus{Preferred, Admitted, Superseded, Deprecated}, n.Status)
			patterns = append(patterns, Pattern{c.ID, i, n.Text, n.Kind == Abbreviation, rank})
			for _, f := range n.Forms {
				patterns = append(patterns, Pattern{c.ID, i, f, true, 0})
			}
		}
	}
	return NewMatcher(lang, patterns)
}
