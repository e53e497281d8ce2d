package source

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestComposed: what is taken for composed without another look is so whatever
// stands before it.
func TestComposed(t *testing.T) {
	t.Parallel()
	n := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) || !composedRune(r) {
			continue
		}
		n++
		if p := norm.NFC.PropertiesString(string(r)); !p.BoundaryBefore() || p.CCC() != 0 || !norm.NFC.IsNormalString(string(r)) {
			t.Errorf("%U is changed by NFC, or joins with what stands before it", r)
		}
	}
	if n < 20_000 {
		t.Errorf("only %d characters are known to be composed", n)
	}
	if composed("и\u0306") || composed("e\u0301") {
		t.Error("a letter and its mark are taken for one")
	}
}
