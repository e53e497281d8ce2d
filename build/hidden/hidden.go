// Package hidden is the rule of characters that a reader cannot see: which no
// text may contain, and which are left out.
package hidden

import (
	"unicode"
	"unicode/utf8"
)

// Refused says what a character is that no text may contain, because it is
// invisible and can deceive a reader or break a format; empty for all others.
func Refused(r rune) string {
	switch {
	case r >= ' ' && r < 0x7F, r == '\n', r == '\t':
		return ""
	case unicode.Is(unicode.Cc, r):
		return "a control character"
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return "an invisible character that turns the direction of writing"
	case r == 0x2028, r == 0x2029:
		return "an invisible line separator"
	case r >= 0xE0000 && r <= 0xE007F:
		return "an invisible tag character"
	case r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return "a code that is no character"
	case r == utf8.RuneError:
		return "the sign for a character that was lost"
	}
	return ""
}

// Doubtful says what a character is that shows nothing and is hardly meant; it
// is left out with a warning. Empty for all others.
func Doubtful(r rune) string {
	switch r {
	case 0xFEFF:
		return "a byte order mark in the middle of the text"
	case 0x200B, 0x2060, 0x180E:
		return "an invisible character of no width"
	}
	return ""
}

// Is reports whether a character is refused or doubtful. Line ends and tabs are not.
func Is(r rune) bool {
	return r >= 0x7F && (Refused(r) != "" || Doubtful(r) != "") || r < ' ' && r != '\n' && r != '\t'
}

// InLine reports whether a character cannot stand in a name or an address,
// which are one line: those that Is, line ends and tabs.
func InLine(r rune) bool { return r == '\n' || r == '\t' || Is(r) }
