package numeral

import (
	"regexp"
	"testing"
)

// TestNextForm holds the scanner to the pattern that says what it looks for.
func TestNextForm(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`[\p{L}\p{Nd}]+(?:[-‐‑/.][\p{L}\p{Nd}]+)*`)
	for _, s := range []string{
		"", "-", "A", "A/RES/70/1", "COVID-19, 5G.", "see 5.3a. Then", "a--b", "a-/b-", "-a.", "№ 3-я", "ст.5‑6‐7", "上海A-1公约", "\xffa\xff-\xffb", "a.\u0301b", "٣.٤ x", "1.", "x-", "a�b",
	} {
		var got [][2]int
		for at := 0; ; {
			m, ok := nextForm(s, at)
			if !ok {
				break
			}
			got, at = append(got, m), m[1]
		}
		want := form.FindAllStringIndex(s, -1)
		if len(got) != len(want) {
			t.Errorf("%q: %v, want %v", s, got, want)
			continue
		}
		for i, m := range got {
			if m[0] != want[i][0] || m[1] != want[i][1] {
				t.Errorf("%q: %v, want %v", s, got, want)
			}
		}
	}
}
