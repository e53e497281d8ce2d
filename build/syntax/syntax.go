// Package syntax finds what is to be coloured in code: comments, strings, words of
// the language, numbers, names. It goes over the code once, without looking back,
// so that time grows with the length of the code whatever stands in it, and the
// same code has the same colours on every machine. Libraries that know hundreds of
// languages match patterns that can run for ever, and end them by the clock: what
// they find then hangs on how busy the machine is.
//
// It is no parser: where a language needs one, it colours less, never the wrong
// way round for more than a line or a literal.
package syntax

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what a span is; its value is the class that the theme colours.
type Kind string

const (
	Comment  Kind = "hc"
	String   Kind = "hs"
	Keyword  Kind = "hk"
	Number   Kind = "hn"
	Name     Kind = "hf" // what is called or defined: functions, tags, keys
	Inserted Kind = "hi"
	Deleted  Kind = "hd"
)

// Span is a part of the code, in bytes.
type Span struct {
	Start, End int
	Kind       Kind
}

// Spans finds what is to be coloured in code in the language that its fence
// names, in order and apart from each other; nil for a language that is not known.
func Spans(language, code string) []Span {
	g := grammars[strings.ToLower(language)]
	if g == nil {
		return nil
	}
	s := &scanner{code: code}
	g.scan(s, len(code))
	return s.spans
}

// grammar is how a language is coloured.
type grammar struct {
	line     []string    // what begins a comment to the end of its line
	block    [][2]string // what begins and ends a longer one
	long     []string    // marks of strings that go over lines, the longest first
	quotes   string      // marks of strings that end with their line
	raw      string      // those of quotes and long in which a backslash means itself
	keywords map[string]struct{}
	caseless bool   // in any case
	regexps  bool   // /…/ may be a pattern
	sigil    string // what begins a variable: $
	keys     bool   // a word or string before a colon or “=” is a key
	dashes   bool   // words may have hyphens inside
	form     form
}

// form is how a language is gone over.
type form uint8

const (
	words form = iota // of words, strings and comments, as most are
	tags              // HTML and XML
	lines             // a diff
)

type scanner struct {
	code  string
	at    int
	spans []Span
}

func (s *scanner) add(from, to int, k Kind) {
	if from < to {
		s.spans = append(s.spans, Span{from, to, k})
	}
}

// until is where the next mark ends, or end.
func (s *scanner) until(from, end int, mark string) int {
	if i := strings.Index(s.code[from:end], mark); i >= 0 {
		return from + i + len(mark)
	}
	return end
}

func (g *grammar) scan(s *scanner, end int) {
	switch g.form {
	case tags:
		markup(s, end)
		return
	case lines:
		difference(s, end)
		return
	}
	value := false // the last thing was one, so that “/” divides
	fresh := true  // nothing stands before in the line
scan:
	for s.at < end {
		rest := s.code[s.at:end]
		c := rest[0]
		for _, mark := range g.line {
			// “#” in a word or an address is none where it needs a space before.
			if strings.HasPrefix(rest, mark) && (mark != "#" || s.at == 0 || s.code[s.at-1] <= ' ' || !g.dashes) {
				to := s.until(s.at, end, "\n")
				s.add(s.at, len(strings.TrimRight(s.code[:to], "\n")), Comment)
				s.at = to
				fresh, value = true, false
				continue scan
			}
		}
		for _, b := range g.block {
			if strings.HasPrefix(rest, b[0]) {
				to := s.until(s.at+len(b[0]), end, b[1])
				s.add(s.at, to, Comment)
				s.at = to
				continue scan
			}
		}
		for _, mark := range g.long {
			if strings.HasPrefix(rest, mark) {
				to := s.str(s.at+len(mark), end, mark, !strings.Contains(g.raw, mark), true)
				s.add(s.at, to, String)
				s.at, value, fresh = to, true, false
				continue scan
			}
		}
		switch {
		case strings.IndexByte(g.quotes, c) >= 0:
			to := s.str(s.at+1, end, string(c), strings.IndexByte(g.raw, c) < 0, false)
			kind := String
			if g.keys && s.beforeColon(to, end) {
				kind = Name
			}
			s.add(s.at, to, kind)
			s.at, value, fresh = to, true, false
		case g.regexps && c == '/' && !value:
			if n := patternLen(rest); n > 0 {
				s.add(s.at, s.at+n, String)
				s.at += n
				value = true
				continue
			}
			s.at++
		case g.sigil != "" && strings.IndexByte(g.sigil, c) >= 0 && wordLen(rest[1:], false) > 0:
			n := 1 + wordLen(rest[1:], g.dashes)
			s.add(s.at, s.at+n, Name)
			s.at += n
			value, fresh = true, false
		case c >= '0' && c <= '9':
			n := numberLen(rest)
			s.add(s.at, s.at+n, Number)
			s.at += n
			value, fresh = true, false
		case wordLen(rest, g.dashes) > 0:
			value = g.word(s, end, wordLen(rest, g.dashes), fresh)
			fresh = false
		default:
			_, n := utf8.DecodeRuneInString(rest)
			s.at += n
			switch {
			case c == '\n':
				fresh, value = true, false
			case c == ' ' || c == '\t', fresh && c == '-':
			case g.keys && (c == '{' || c == ';'):
				fresh, value = true, false
			default:
				value, fresh = c == ')' || c == ']', false
			}
		}
	}
}

// word colours a word of n bytes, and reports whether it is a value.
func (g *grammar) word(s *scanner, end, n int, fresh bool) bool {
	word := s.code[s.at : s.at+n]
	from, to := s.at, s.at+n
	s.at = to
	look := word
	if g.caseless {
		look = strings.ToLower(word)
	}
	dotted := from > 0 && s.code[from-1] == '.'
	switch _, isWord := g.keywords[look]; {
	case g.keys && fresh && s.beforeColon(to, end):
		s.add(from, to, Name)
	case isWord && !dotted:
		s.add(from, to, Keyword)
		return slices.Contains(values, strings.ToLower(word))
	case to < end && s.code[to] == '(' && !g.keys:
		s.add(from, to, Name)
	}
	return true
}

// values are keywords that stand for something, so that “/” after them divides.
var values = []string{"end", "false", "nil", "none", "null", "self", "super", "this", "true", "undefined"}

// beforeColon reports whether a key ends at the offset.
func (s *scanner) beforeColon(at, end int) bool {
	for i := at; i < min(end, at+20); i++ {
		switch s.code[i] {
		case ' ', '\t':
		case ':', '=':
			return true
		default:
			return false
		}
	}
	return false
}

// str is where the string ends whose mark ended before from. One that goes over no
// lines ends with its line.
func (s *scanner) str(from, end int, mark string, escapes, long bool) int {
	for i := from; i < end; i++ {
		switch {
		case strings.HasPrefix(s.code[i:end], mark):
			return i + len(mark)
		case s.code[i] == '\\' && escapes:
			i++
		case s.code[i] == '\n' && !long:
			return i
		}
	}
	return end
}

// maxPattern is how long a pattern between slashes may be.
const maxPattern = 300

// patternLen is how long the pattern /…/ is that s begins with, or 0.
func patternLen(s string) int {
	class := false
	for i := 1; i < min(len(s), maxPattern); i++ {
		switch s[i] {
		case '\n':
			return 0
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if i == 1 || class {
				if class {
					continue
				}
				return 0
			}
			return i + 1 + wordLen(s[i+1:], false)
		}
	}
	return 0
}

// wordLen is how long the word is that s begins with.
func wordLen(s string, dashes bool) int {
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || r == '_':
		case i > 0 && (unicode.IsDigit(r) || unicode.IsMark(r) || dashes && r == '-'):
		default:
			return i
		}
	}
	return len(s)
}

// numberLen is how long the number is that s begins with.
func numberLen(s string) int {
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case c == '.' && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
		case (c == '+' || c == '-') && (s[i-1] == 'e' || s[i-1] == 'E') && (len(s) < 2 || s[1] != 'x' && s[1] != 'X'):
		default:
			return i
		}
	}
	return len(s)
}

// markup colours HTML and XML.
func markup(s *scanner, end int) {
	for s.at < end {
		i := strings.IndexByte(s.code[s.at:end], '<')
		if i < 0 {
			s.at = end
			return
		}
		s.at += i
		rest := s.code[s.at:end]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			to := s.until(s.at+4, end, "-->")
			s.add(s.at, to, Comment)
			s.at = to
		case strings.HasPrefix(rest, "<!"), strings.HasPrefix(rest, "<?"):
			to := s.until(s.at, end, ">")
			s.add(s.at, to, Comment)
			s.at = to
		default:
			n := 1
			if len(rest) > 1 && rest[1] == '/' {
				n = 2
			}
			w := tagLen(rest[n:])
			if w == 0 {
				s.at++
				continue
			}
			name := strings.ToLower(rest[n : n+w])
			s.add(s.at+n, s.at+n+w, Name)
			s.at += n + w
			s.attributes(end)
			if inner := grammars[map[string]string{"script": "js", "style": "css"}[name]]; inner != nil && n == 1 {
				to := end
				for i := s.at; i < end; {
					n := strings.Index(s.code[i:end], "</")
					if n < 0 {
						break
					}
					if i += n; i+2+len(name) <= end && strings.EqualFold(s.code[i+2:i+2+len(name)], name) {
						to = i
						break
					}
					i += 2
				}
				inner.scan(s, to)
				s.at = to
			}
		}
	}
}

func tagLen(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r) && !strings.ContainsRune("-_:.", r)) {
			return i
		}
	}
	return len(s)
}

// attributes colours a tag from behind its name to its end.
func (s *scanner) attributes(end int) {
	for s.at < end {
		switch c := s.code[s.at]; c {
		case '>':
			s.at++
			return
		case '"', '\'':
			to := s.str(s.at+1, end, string(c), false, true)
			s.add(s.at, to, String)
			s.at = to
		case '<':
			return // it was no tag
		default:
			_, n := utf8.DecodeRuneInString(s.code[s.at:end])
			s.at += n
		}
	}
}

// difference colours the lines of a diff.
func difference(s *scanner, end int) {
	for s.at < end {
		to := s.until(s.at, end, "\n")
		stop := len(strings.TrimRight(s.code[:to], "\n"))
		line := s.code[s.at:max(s.at, stop)]
		switch {
		case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"), strings.HasPrefix(line, "@@"):
			s.add(s.at, stop, Name)
		case strings.HasPrefix(line, "+"), strings.HasPrefix(line, ">"):
			s.add(s.at, stop, Inserted)
		case strings.HasPrefix(line, "-"), strings.HasPrefix(line, "<"):
			s.add(s.at, stop, Deleted)
		case strings.HasPrefix(line, "diff "), strings.HasPrefix(line, "index "):
			s.add(s.at, stop, Comment)
		}
		s.at = to
	}
}
