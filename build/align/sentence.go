package align

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func digitBefore(s string) bool {
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

func isASCIILetter(s string) bool {
	return s != "" && isAlpha(s[len(s)-1:])
}

// Marks are the punctuation of a unit that translations tend to keep, as bits.
const (
	markQuestion = 1 << iota
	markExclaim
	markColon
	markQuote
	markBracket
	markKinds = iota
)

func marksOf(s string) (m uint8) {
	for i, r := range s {
		switch r {
		case '?', '？':
			m |= markQuestion
		case '!', '！':
			m |= markExclaim
		case ':', '：':
			if i > len(s)-8 {
				m |= markColon
			}
		case '"', '“', '”', '«', '»', '「', '『', '„', '《':
			m |= markQuote
		case '(', '（':
			m |= markBracket
		}
	}
	return m
}

// breaksOff tells whether s lacks the mark that ends a sentence.
func breaksOff(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)）】」』]*_ ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ',' || r == '，' || r == '、' || unicode.IsLetter(r)
}

// torn tells whether a and b are one piece of text that was cut where no
// sentence ends: within brackets, a number (7.|5 metres) or initials (D.|C.).
func torn(a, b string) bool {
	if n := len(a); n > 2 && a[n-1] == '.' && b != "" {
		digits := len(b) - len(strings.TrimLeft(b, "0123456789"))
		switch {
		case digitBefore(a[:n-1]) && n > 5 && !digitBefore(a[:n-3]):
			if digits > 0 && digits < 4 && !strings.HasPrefix(b[digits:], ".") {
				return true
			}
		case isASCIILetter(a[:n-1]) && (a[n-3] == ' ' || a[n-3] == '.') && len(b) > 1 && isASCIILetter(b[:1]) && b[1] == '.':
			return true
		}
	}
	i := lastOpening(a)
	if i < 0 || strings.ContainsAny(a[i:], ")]）") && !strings.Contains(a[i:], "](") {
		return false
	}
	if j := strings.LastIndex(a, "]("); j >= 0 && j >= i-1 {
		i = j + 1
	}
	if strings.ContainsAny(a[i:], ")）") {
		return false
	}
	j := strings.IndexAny(b, ")]")
	if k := strings.Index(b, "）"); j < 0 || k >= 0 && k < j {
		j = k
	}
	return j >= 0 && !strings.ContainsAny(b[:j], "([（")
}

// lastOpening returns where the last bracket of s opens, or −1.
func lastOpening(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '(' || s[i] == '[' || s[i] == "（"[0] && strings.HasPrefix(s[i:], "（") {
			return i
		}
	}
	return -1
}
