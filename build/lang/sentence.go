package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FirstUnit returns the length in bytes of the first unit of s, with what closes
// it: a sentence, or a part of one between semicolons, for lists that one language
// runs into a paragraph are items in another. It is what texts are aligned by. The
// rule serves text of all languages alike and need not be exact, but the rows of a
// text hang on it; what is a sentence to readers is said by Sentences.
func FirstUnit(s string) int {
	letters := 0
	end := 0 // where what closes the last mark ends, and the marks before end with it
	opens := lastAsked{s: s, at: -1}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		next := i + size
		switch r {
		case '.', '!', '?', '…':
			if next > end {
				end = closing(s, next)
			}
		}
		switch r {
		case '。', '！', '？', '｡':
			return closing(s, next)
		case '；', ';':
			if letters >= 12 && len(s)-next >= 12 {
				return closing(s, next)
			}
		case '!', '?', '…':
			if end >= len(s) || opens.sentence(end) {
				return end
			}
		case '.':
			if end >= len(s) {
				return end
			}
			if letters >= 2 && s[end-1] == ' ' && opens.sentence(end) && !abbreviated(s[:i]) {
				return end
			}
			if h, _ := utf8.DecodeRuneInString(s[end:]); IsHan(h) && letters >= 2 && !digitBefore(s[:i]) && !letterBefore(s[:i]) {
				return end
			}
		}
		if letters < 12 && unicode.IsLetter(r) { // more are never asked for
			letters++
		}
		i = next
	}
	return len(s)
}

// closing skips quotes, brackets, further marks and spaces after an end.
func closing(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("\"'”’»)）】」』]*_.!?。！？…", r) {
			break
		}
		if r == '"' || r == '\'' {
			// A straight quote after a space opens the next sentence.
			if s[i-1] == ' ' {
				break
			}
		}
		i += size
	}
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

// sight is how far after a mark opensSentence looks for a letter. Forms have lines
// of nothing but dots and brackets; who looked to their end at each mark would
// take the square of their length.
const sight = 200

// lastAsked remembers for the last place whether a sentence can begin there: the
// marks of a long run of them all end at one.
type lastAsked struct {
	s   string
	at  int
	yes bool
}

func (l *lastAsked) sentence(at int) bool {
	if at != l.at {
		l.at, l.yes = at, opensSentence(l.s[at:])
	}
	return l.yes
}

// opensSentence tells whether s can begin a sentence.
func opensSentence(s string) bool {
	for i, r := range s {
		switch {
		case i > sight:
			return true
		case unicode.IsLower(r):
			return false
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return true
		case r == ',', r == ';', r == ':', r == ')':
			return false
		}
	}
	return true
}

func digitBefore(s string) bool {
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

// letterBefore tells whether s ends in a letter of ASCII.
func letterBefore(s string) bool {
	return s != "" && s[len(s)-1]|0x20 >= 'a' && s[len(s)-1]|0x20 <= 'z'
}

// abbreviated tells whether the full stop after s belongs to an abbreviation.
func abbreviated(s string) bool {
	i := strings.LastIndexAny(s, " \u00a0(«\"“") + 1
	if i > 0 && s[i-1] >= 0x80 {
		_, size := utf8.DecodeRuneInString(s[i-1:])
		i += size - 1
	}
	w := s[min(i, len(s)):]
	for len(w) > 0 {
		r, size := utf8.DecodeRuneInString(w)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		w = w[size:]
	}
	switch n := utf8.RuneCountInString(w); {
	case n == 1:
		r, _ := utf8.DecodeRuneInString(w)
		return unicode.IsLetter(r) && (unicode.IsUpper(r) || unicode.Is(unicode.Cyrillic, r))
	case n <= 7 && strings.Contains(w, "."): // U.S, т.е, a.m, e.g
		last := w[strings.LastIndexByte(w, '.')+1:]
		return utf8.RuneCountInString(last) <= 2
	case n <= 4:
		return abbreviations[strings.ToLower(w)]
	}
	return false
}
