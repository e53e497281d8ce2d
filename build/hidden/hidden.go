// Package hidden is the rule of characters that a reader cannot see: which no
// text may contain, and which are left out.
package hidden

import (
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
// ("mark", "width"); it is left out with a warning. Empty for all others.
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

// InLine reports whether a character cannot stand in a name or an address,
// which are one line: those that Is, line ends and tabs.
func InLine(r rune) bool { return r == '\n' || r == '\t' || Is(r) }
