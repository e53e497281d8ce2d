package lang

import (
	"strings"
	"unicode"
)

// Digit returns the value of a decimal digit of any script, and whether r is one.
func Digit(r rune) (int, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), true
	case r < 0x0660:
		return 0, false
	case r >= '０' && r <= '９':
		return int(r - '０'), true
	case r >= '一' && r <= '鿿':
		return 0, false
	}
	// Unicode keeps the digits of a script together, from zero to nine.
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10, true
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10, true
		}
	}
	return 0, false
}

// Digits writes the digits of any script in a text as 0 to 9.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := Digit(r); ok {
			return rune('0' + d)
		}
		return r
	}, s)
}
