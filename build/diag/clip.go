package diag

import "strings"

// Clip shortens what a message quotes to n characters.
func Clip(s string, n int) string {
	s = strings.TrimSpace(s)
	for i := range s {
		if n == 0 {
			return strings.TrimSpace(s[:i]) + "…"
		}
		n--
	}
	return s
}

// Quoted is how much of a text a message quotes.
const Quoted = 60
