package record

import "unicode"

// grams is the set of a text's short runs of letters, for likeness.
type grams struct {
	set map[uint64]int
	n   int
}

// gramsOf takes runs of three letters, of two for Han, letters folded.
func gramsOf(s string) grams {
	g := grams{set: map[uint64]int{}}
	var a, b rune
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
			if b == ' ' {
				continue
			}
		}
		r = unicode.ToLower(r)
		k := uint64(a)<<42 | uint64(b)<<21 | uint64(r)
		if unicode.Is(unicode.Han, r) {
			k = uint64(b)<<21 | uint64(r)
		}
		g.set[k]++
		g.n++
		a, b = b, r
	}
	return g
}

// likeness returns the Dice coefficient of two texts and the share of the
// smaller that stands in the larger, both 0 to 1.
func likeness(x, y grams) (dice, contained float64) {
	if x.n == 0 || y.n == 0 {
		return 0, 0
	}
	small, large := x, y
	if len(large.set) < len(small.set) {
		small, large = large, small
	}
	common := 0
	for k, n := range small.set {
		common += min(n, large.set[k])
	}
	return 2 * float64(common) / float64(x.n+y.n), float64(common) / float64(min(x.n, y.n))
}
