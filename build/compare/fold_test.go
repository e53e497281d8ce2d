package compare

import (
	"testing"

	"pgregory.net/rapid"
)

// TestApart: what is left out at the ends of two texts makes no difference.
func TestApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("abя会 \n\t\u00a0\u00ad\u200b“\"«-\u2010\u3000，")), 0, 12, -1)
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		head, tail := text.Draw(t, "head"), text.Draw(t, "tail")
		a, b = head+a+tail, head+b+tail
		x, y := apart(a, b)
		if got, want := Fold(x) == Fold(y), Fold(a) == Fold(b); got != want {
			t.Fatalf("%q and %q fold the same: %v; %q and %q: %v", a, b, want, x, y, got)
		}
	})
}
