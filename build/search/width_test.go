package search

import (
	"slices"
	"testing"
)

// TestZeroWidth: what scripts write that has no width, and what many writers leave
// out, is looked for and found alike.
func TestZeroWidth(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"ភាសា\u200bខ្មែរ", "ភាសាខ្មែរ"},
		{"สวัสดี\u200bครับ", "สวัสดีครับ"},
		{"ພາສາ\u200bລາວ", "ພາສາລາວ"},
		{"မြန်မာ\u200bစာ", "မြန်မာစာ"},
		{"می\u200cخواهم", "میخواهم"},
		{"क्\u200dष", "क्ष"},
	} {
		var forms [2][]string
		for i, s := range c {
			for _, w := range Words(s) {
				forms[i] = append(forms[i], w.Form)
				if w.Start > 0 && w.Gap != 0 {
					t.Errorf("%q: a gap before %q", s, w.Form)
				}
			}
		}
		if !slices.Equal(forms[0], forms[1]) {
			t.Errorf("%q: %q, without: %q", c[0], forms[0], forms[1])
		}
	}
}
