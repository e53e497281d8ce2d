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
	return x.with(y, common)
}

// with is the likeness of two texts that have so many runs in common.
func (g grams) with(o grams, common int) (dice, contained float64) {
	if g.n == 0 || o.n == 0 {
		return 0, 0
	}
	return 2 * float64(common) / float64(g.n+o.n), float64(common) / float64(min(g.n, o.n))
}

// likeTexts are texts to be compared with others all at once: by the runs of
// letters that they have, so that those that share none cost nothing. After a
// change of a thousand paragraphs each is compared with each.
type likeTexts struct {
	has    map[uint64][]hasRun
	common []int // of the last comparison, by text
}

// hasRun is a text that has a run of letters, and how often.
type hasRun struct{ text, n int }

func likeTextsOf(lost []lostBlock) *likeTexts {
	t := &likeTexts{has: map[uint64][]hasRun{}, common: make([]int, len(lost))}
	for i := range lost {
		for k, n := range lost[i].text.set {
			t.has[k] = append(t.has[k], hasRun{i, n})
		}
	}
	return t
}

// compare returns how many runs each of the texts has in common with one; the
// slice is good until the next comparison.
func (t *likeTexts) compare(g grams) []int {
	clear(t.common)
	for k, n := range g.set {
		for _, h := range t.has[k] {
			t.common[h.text] += min(n, h.n)
		}
	}
	return t.common
}
