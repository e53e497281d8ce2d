// Package hidden is the rule of characters that a reader cannot see: which no
// text may contain, and which are left out.
package hidden

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Refused names the kind of a character that no text may contain, because it is
// invisible and can deceive a reader or break a format ("control", "direction",
// "line", "tag", "none", "lost"); empty for all others. Editors are told with the
// phrase "hidden." and the kind.
func Refused(r rune) string {
	switch {
	case r >= ' ' && r < 0x7F, r == '\n', r == '\t':
		return ""
	case unicode.Is(unicode.Cc, r):
		return "control"
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return "direction"
	case r == 0x2028, r == 0x2029:
		return "line"
	case r >= 0xE0000 && r <= 0xE007F:
		return "tag"
	case r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return "none"
	case r == utf8.RuneError:
		return "lost"
	}
	return ""
}

// Doubtful names the kind of a character that shows nothing and is hardly meant
// ("mark", "width"); it is left out with a warning where it is not Needed. Empty for
// all others. Joiners (U+200C, U+200D) belong to the words of many scripts.
func Doubtful(r rune) string {
	switch r {
	case 0xFEFF:
		return "mark"
	case 0x200B, 0x2060, 0x180E:
		return "width"
	}
	return ""
}

// Is reports whether a character is refused or doubtful. Line ends and tabs are not.
func Is(r rune) bool {
	return r >= 0x7F && (Refused(r) != "" || Doubtful(r) != "") || r < ' ' && r != '\n' && r != '\t'
}

// In yields the characters of a text that Is is true of, each with its offset, but
// for those that the script around them needs.
func In(text string) iter.Seq2[int, rune] {
	return func(yield func(int, rune) bool) {
		before := rune(0)
		for i, r := range text {
			if Is(r) {
				after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
				if !Needed(r, before, after) && !yield(i, r) {
					return
				}
				if Doubtful(r) != "" {
					continue // what stands before it goes on to count
				}
			}
			before = r
		}
	}
}

// Needed reports whether a character that Doubtful speaks of is part of the
// writing between these two: scripts without spaces between words mark with U+200B
// where a line may be broken and with U+2060 where it may not, and Mongolian
// parts endings with U+180E.
func Needed(r, before, after rune) bool {
	switch r {
	case 0x200B, 0x2060:
		return unicode.In(before, unspaced...) || unicode.In(after, unspaced...)
	case 0x180E:
		return unicode.Is(unicode.Mongolian, before)
	}
	return false
}

// unspaced are the scripts whose words no space parts and whose lines cannot be
// broken between any two letters.
var unspaced = []*unicode.RangeTable{
	unicode.Khmer, unicode.Thai, unicode.Lao, unicode.Myanmar, unicode.Tibetan, unicode.Javanese, unicode.Balinese,
	unicode.Tai_Tham, unicode.New_Tai_Lue, unicode.Tai_Viet, unicode.Cham,
}

// InLine reports whether a character cannot stand in a name or an address,
// which are one line: those that Is, line ends and tabs.
func InLine(r rune) bool { return r == '\n' || r == '\t' || Is(r) }
