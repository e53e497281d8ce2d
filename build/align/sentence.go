package align

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence returns the length in bytes of the first sentence of s with what
// closes it. A semicolon ends a unit as well: lists that one language runs
// into a paragraph are items in another.
func sentence(s string) int {
	letters := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		next := i + size
		switch r {
		case '。', '！', '？', '｡':
			return closing(s, next)
		case '；', ';':
			if letters >= 12 && len(s)-next >= 12 {
				return closing(s, next)
			}
		case '!', '?', '…':
			end := closing(s, next)
			if end >= len(s) || opens1(s[end:]) {
				return end
			}
		case '.':
			end := closing(s, next)
			if end >= len(s) {
				return end
			}
			if letters >= 2 && s[end-1] == ' ' && opens1(s[end:]) && !abbreviated(s[:i]) {
				return end
			}
			if h, _ := utf8.DecodeRuneInString(s[end:]); scriptOf(h) == han && letters >= 2 && !digitBefore(s[:i]) && !isASCIILetter(s[:i]) {
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

// opens1 tells whether s can begin a sentence.
func opens1(s string) bool {
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return true
		case strings.ContainsRune(",;:)", r):
			return false
		}
	}
	return true
}

func digitBefore(s string) bool {
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

func isASCIILetter(s string) bool {
	return s != "" && isAlpha(s[len(s)-1:])
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
		return unicode.IsLetter(r) && (unicode.IsUpper(r) || scriptOf(r) == cyrillic)
	case n <= 7 && strings.Contains(w, "."): // U.S, т.е, a.m, e.g
		last := w[strings.LastIndexByte(w, '.')+1:]
		return utf8.RuneCountInString(last) <= 2
	case n <= 4:
		switch strings.ToLower(w) {
		case "mr", "mrs", "ms", "dr", "st", "no", "vs", "nos", "art", "sen", "rep", "gen", "gov", "jr", "sr", "prof", "inc", "ltd",
			"гг", "вв", "им", "ст", "см", "др", "пр", "стр", "проф", "млн", "млрд", "тыс", "руб", "долл", "nr", "bzw", "abs", "mme", "lt", "col":
			return true
		}
	}
	return false
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
