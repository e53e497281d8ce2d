package numeral

import (
	"testing"
	"unicode"

	"stele/build/lang"
)

// TestKinds: what is told at a glance of the commonest characters is what Unicode
// says of them.
func TestKinds(t *testing.T) {
	t.Parallel()
	for c := rune(0); c <= unicode.MaxRune; c++ {
		if _, want := lang.Digit(c); isDigit(c) != want {
			t.Errorf("%q: a digit: %t", c, isDigit(c))
		}
		if want := unicode.IsLetter(c) || unicode.IsDigit(c); inWord(c) != want {
			t.Errorf("%q: a letter or digit: %t", c, inWord(c))
		}
	}
}
