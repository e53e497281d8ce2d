package numeral

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
)

// token is a piece of text that values are made of.
type token struct {
	kind       tokenKind
	s          string // words in small letters, ё as е
	raw        string
	start, end int
}

type tokenKind uint8

const (
	mark    tokenKind = iota // one sign
	letters                  // a word
	figures                  // digits, with separators between
	hanzi                    // a run of Han characters
	space                    // no token at all
)

// kindOf is the kind of token that a character begins.
func kindOf(c rune) tokenKind {
	switch { // nearly all are of the first few
	case c >= 'а' && c <= 'я', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= 'А' && c <= 'Я':
		return letters
	case c >= '一' && c <= '鿿':
		return hanzi
	case c == ' ':
		return space
	case c < utf8.RuneSelf && (c < '0' || c > '9') && (c < '\t' || c > '\r'):
		return mark
	case isDigit(c):
		return figures
	case lang.IsHan(c) || c == '〇':
		return hanzi
	case unicode.IsLetter(c):
		return letters
	case unicode.IsSpace(c):
		return space
	}
	return mark
}

// split cuts the text into tokens.
func (r *reader) split() {
	s := r.text
	r.toks = make([]token, 0, len(s)/8)
	for i := 0; i < len(s); {
		c, n := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(s[i:])
		}
		t := token{kind: kindOf(c), start: i}
		switch t.kind {
		case space:
			i += n
			continue
		case figures:
			n = figuresLen(s[i:])
		case hanzi:
			n = runOf(s[i:], func(c rune) bool { return kindOf(c) == hanzi })
		case letters:
			n = runOf(s[i:], func(c rune) bool {
				return kindOf(c) == letters || c >= utf8.RuneSelf && unicode.IsMark(c) && !lang.IsHan(c)
			})
		}
		t.end = i + n
		t.raw = s[i:t.end]
		t.s = t.raw
		switch t.kind {
		case letters:
			t.s = strings.ReplaceAll(strings.ToLower(t.raw), "ё", "е")
		case figures:
			t.s = arabicPoints.Replace(lang.Digits(t.raw))
		}
		r.toks = append(r.toks, t)
		i = t.end
	}
}

// arabicPoints are the marks within Arabic and Persian figures.
var arabicPoints = strings.NewReplacer("٫", ".", "٬", ",")

func runOf(s string, f func(rune) bool) int {
	if i := strings.IndexFunc(s, func(c rune) bool { return !f(c) }); i >= 0 {
		return i
	}
	return len(s)
}

func isDigit(c rune) bool {
	if c < utf8.RuneSelf || common(c) {
		return c >= '0' && c <= '9'
	}
	_, ok := lang.Digit(c)
	return ok
}

// common reports whether a character is one of the Cyrillic and Han letters that
// most texts in their scripts are of.
func common(c rune) bool { return c >= 'А' && c <= 'я' || c >= '一' && c <= '鿿' }

// inWord reports whether a character is a letter or digit.
func inWord(c rune) bool {
	if c < utf8.RuneSelf {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	}
	return common(c) || unicode.IsLetter(c) || unicode.IsDigit(c)
}

// figuresLen returns the length of the number in digits that s begins with:
// groups joined by a point, comma, apostrophe or, in groups of three, a space.
func figuresLen(s string) int {
	n := runOf(s, isDigit)
	first := utf8.RuneCountInString(s[:n])
	for n < len(s) {
		c, w := utf8.DecodeRuneInString(s[n:])
		group := runOf(s[n+w:], isDigit)
		size := utf8.RuneCountInString(s[n+w : n+w+group])
		switch {
		case group == 0:
			return n
		case c == '.' || c == ',' || c == '٫' || c == '٬':
		case (c == '\u00a0' || c == '\u202f' || c == '\u2009' || c == ' ' || c == '\'' || c == '’') && first <= 3 && size == 3:
		default:
			return n
		}
		n += w + group
	}
	return n
}

// near tells that nothing but white space stands between two tokens.
func (r *reader) near(i, j int) bool {
	return i >= 0 && j < len(r.toks) && strings.TrimSpace(r.text[r.toks[i].end:r.toks[j].start]) == ""
}

// touching tells that two tokens follow without a space.
func (r *reader) touching(i, j int) bool {
	return i >= 0 && j < len(r.toks) && r.toks[i].end == r.toks[j].start
}

func (r *reader) tok(i int) token {
	if i < 0 || i >= len(r.toks) {
		return token{}
	}
	return r.toks[i]
}
