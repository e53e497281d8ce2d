package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold is a text without what is no change of it: the kinds of spaces and how
// many there are, hyphens that only show at the end of a line, and the styles
// of quotation marks that a word processor puts for one another.
func Fold(s string) string {
	plain := true
	space := true // at the beginning
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 || c == '`' || c < ' ' || c == ' ' && space {
			plain = false
			break
		}
		space = c == ' '
	}
	if plain && !space || !plain && folded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space = false
	for _, r := range s {
		switch folded := foldRune(r); {
		case folded == 0:
		case folded == ' ':
			space = true
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(folded)
		}
	}
	return b.String()
}

// folded reports whether there is nothing to fold in a text, which is so of most
// words.
func folded(s string) bool {
	space := true
	for _, r := range s {
		f := foldRune(r)
		if f != r || f == 0 || r == utf8.RuneError || f == ' ' && space {
			return false
		}
		space = f == ' '
	}
	return !space
}

// foldRune is what a character counts as when two states of a text are
// compared: itself, a blank, a plain quotation mark or hyphen, or nothing, 0.
func foldRune(r rune) rune {
	switch r {
	case '\u00ad', '\u200b', '\u2060', '\ufeff': // soft hyphen, and spaces without width
		return 0
	case '“', '”', '„', '‟', '«', '»', '＂', '″':
		return '"'
	case '‘', '’', '‚', '‛', '‹', '›', '`', '´', '＇', '′':
		return '\''
	case '\u2010', '\u2011': // hyphens, one of which does not break
		return '-'
	}
	if r > 0x20 && r < 0x80 {
		return r
	}
	if isSpace(r) {
		return ' '
	}
	return r
}

// isSpace is unicode.IsSpace, which searches its tables for every character of
// Han; there are no spaces above the ideographic one.
func isSpace(r rune) bool { return r <= '\u3000' && unicode.IsSpace(r) }
