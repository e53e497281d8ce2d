package glossary

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
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
	split    func(string) []token
	root     *node
	patterns []Pattern
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

// NewMatcher prepares the patterns for a language, which is a code or a tag
// ("ru", "zh", "sr-Latn").
func NewMatcher(code string, patterns []Pattern) *Matcher {
	m := &Matcher{split: splitter(lang.Of(code)), root: &node{}, patterns: patterns}
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
	// Of names that are spelled the same only the best is ever found.
	spelled := map[string]bool{}
	n.ends = slices.DeleteFunc(n.ends, func(p pattern) bool {
		if len(n.ends) == 1 {
			return false
		}
		key := fmt.Sprint(p.Exact)
		for _, w := range p.words {
			key += " " + w.word
		}
		if spelled[key] {
			return true
		}
		spelled[key] = true
		return false
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
	return m.find(m.split(text))
}

func (m *Matcher) find(words []token) []Match {
	var found []Match
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
func splitter(l *lang.Language) func(string) []token {
	if l.Spaced {
		return func(s string) []token { return words(s, l) }
	}
	return characters
}

// characters cuts text into single characters, each with its marks; words of
// scripts with spaces are kept whole.
func characters(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
		case unicode.IsLetter(r) && !lang.Unspaced(r):
			n += run(s[i+n:], func(q rune) bool { return unicode.IsLetter(q) && !lang.Unspaced(q) || unicode.Is(unicode.Mn, q) })
			out = append(out, token{strings.ToLower(s[i : i+n]), s[i : i+n], i, i + n})
		default:
			k := string(lang.FoldMark(r))
			marks := run(s[i+n:], unicode.IsMark)
			k += s[i+n : i+n+marks]
			n += marks
			out = append(out, token{k, k, i, i + n})
		}
		i += n
	}
	return out
}

// run returns the length of the run of characters that s begins with.
func run(s string, of func(rune) bool) int {
	for i, r := range s {
		if !of(r) {
			return i
		}
	}
	return len(s)
}

// words cuts text at spaces and hyphens, which are dropped, and other
// punctuation, which is kept.
func words(s string, l *lang.Language) []token {
	var out []token
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n += run(s[i+n:], func(q rune) bool { return unicode.IsLetter(q) || unicode.IsDigit(q) || unicode.IsMark(q) })
			word := l.Spelling(s[i : i+n])
			out = append(out, token{l.Key(word), word, i, i + n})
			// a possessive ending belongs to its word
			rest := s[i+n:]
			if q, w := utf8.DecodeRuneInString(rest); lang.FoldMark(q) == '\'' {
				t := strings.TrimPrefix(rest[w:], "s")
				next, _ := utf8.DecodeRuneInString(t)
				if !unicode.IsLetter(next) && (t != rest[w:] || strings.HasSuffix(word, "s")) {
					n += len(rest) - len(t)
				}
			}
		case unicode.IsSpace(r), lang.FoldMark(r) == '-' && !betweenSpaces(s, i, n):
		default:
			k := string(lang.FoldMark(r))
			out = append(out, token{k, k, i, i + n})
		}
		i += n
	}
	return out
}

// betweenSpaces reports whether the mark of n bytes at i stands between spaces,
// as a dash does and a hyphen does not.
func betweenSpaces(s string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	return unicode.IsSpace(before) && unicode.IsSpace(after)
}

// MatcherOf prepares the names of all concepts in a language. Explicit forms
// win over inflected ones, and preferred names over others.
func MatcherOf(concepts []*Concept, code string) *Matcher {
	return MatcherAt(concepts, code, Date{})
}

// MatcherAt is MatcherOf for texts of a date: names that were not in use then
// are not looked for.
func MatcherAt(concepts []*Concept, code string, at Date) *Matcher {
	return NewMatcher(code, Patterns(concepts, code, at))
}

// Patterns are what a matcher of the concepts in a language looks for. Matchers of
// equal patterns find the same.
func Patterns(concepts []*Concept, code string, at Date) []Pattern {
	var patterns []Pattern
	for _, c := range concepts {
		for i, n := range c.Names[code] {
			if n.Hidden || !n.InUse(at) {
				continue
			}
			rank := 1 + slices.Index([]NameStatus{Preferred, Admitted, Superseded, Deprecated}, n.Status)
			patterns = append(patterns, Pattern{c.ID, i, n.Text, n.Kind == Abbreviation, rank})
			for _, f := range n.Forms {
				patterns = append(patterns, Pattern{c.ID, i, f, true, 0})
			}
		}
	}
	return patterns
}
