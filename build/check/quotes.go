package check

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
)

// quotes finds quotation marks that are not the language's own.
func (b *blockChecker) quotes() {
	want := b.Quotes
	if want[0] == 0 {
		return
	}
	depth := 0 // of the language's own
	var offs []int
	for off, r := range b.text {
		switch r {
		case want[0]:
			depth++
		case want[1]:
			depth--
		default:
			if b.alienQuote(r, off, depth) {
				offs = append(offs, off)
			}
		}
	}
	if len(offs) == 0 {
		return
	}
	b.once(offs, QuoteStyle, "Language", b.name(b.lang), "Mark", string(b.after(offs[0])),
		"Open", string(want[0]), "Close", string(want[1]),
		"InnerOpen", string(cmp.Or(b.Inner[0], want[0])), "InnerClose", string(cmp.Or(b.Inner[1], want[1])))
}

// alienQuote reports whether a character is a quotation mark that the language
// does not use there, inside so many of its own.
func (b *blockChecker) alienQuote(r rune, off, depth int) bool {
	switch r {
	case '＂', '`':
	case '"':
		if unicode.IsDigit(b.before(off)) && depth <= 0 && !strings.Contains(b.text[:off], "\"") {
			return false // inches, seconds
		}
	case '“', '”', '„', '«', '»', '‟', '〝', '〞':
		if depth > 0 && (r == b.Inner[0] || r == b.Inner[1]) {
			return false
		}
	case '\'':
		if b.Base != "en" || lang.InWord(b.before(off)) {
			return false
		}
	default:
		return false
	}
	return !b.foreign(off, off+utf8.RuneLen(r))
}
