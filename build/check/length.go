package check

import (
	"cmp"
	"math"
	"slices"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
)

// Bounds of the length rule. A passage is out when its ratio lies sigmas robust
// standard deviations from the text's own, and a factor besides.
const (
	lengthLetters = 15 // shorter passages say nothing
	lengthPairs   = 12 // fewer pairs make no distribution
	lengthSigmas  = 5.0
	lengthFactor  = 1.6
	lengthFloor   = 0.10 // least standard deviation of the logarithm
)

// lengths reports passages that are far longer or shorter in one language than
// the text's other passages lead to expect.
func (c *checker) lengths(t *site.Text, present []int) {
	out := map[*site.Passage]excess{}
	for i, a := range present {
		for _, b := range present[i+1:] {
			outOfBounds(t, [2]int{a, b}, out)
		}
	}
	passages(t, func(p *site.Passage) {
		if len(out[p]) > 0 {
			c.length(p, out[p])
		}
	})
}

// excess is how much longer a passage is in the first language of a pair than
// the second leads to expect, as a logarithm, for the pairs out of bounds.
type excess map[[2]int]float64

// of is the excess of one language over another.
func (e excess) of(l, over int) (float64, bool) {
	if l < over {
		x, ok := e[[2]int{l, over}]
		return x, ok
	}
	x, ok := e[[2]int{over, l}]
	return -x, ok
}

// outOfBounds adds to out the passages whose ratio of the languages of the pair
// is far from the text's usual one.
func outOfBounds(t *site.Text, pair [2]int, out map[*site.Passage]excess) {
	var all []*site.Passage
	var ratios, sizes []float64
	passages(t, func(p *site.Passage) {
		x, y := letters(p, pair[0]), letters(p, pair[1])
		if min(x, y) >= 1 && max(x, y) >= lengthLetters {
			all, ratios, sizes = append(all, p), append(ratios, math.Log(x/y)), append(sizes, math.Sqrt(x*y))
		}
	})
	if len(all) < lengthPairs {
		return
	}
	mid, usual := median(ratios), median(sizes)
	var deviations []float64
	for _, r := range ratios {
		deviations = append(deviations, math.Abs(r-mid))
	}
	sigma := max(1.4826*median(deviations), lengthFloor)
	for i, p := range all {
		// Short passages vary more: by the square root of the length.
		z := deviations[i] / (sigma * math.Sqrt(max(usual/sizes[i], 1)))
		if z > lengthSigmas && deviations[i] > math.Log(lengthFactor) {
			if out[p] == nil {
				out[p] = excess{}
			}
			out[p][pair] = ratios[i] - mid
		}
	}
}

// length reports a passage that is out of bounds.
func (c *checker) length(p *site.Passage, out excess) {
	main := c.likely(p.Section.Text, mostOut(p, out))
	var against []int
	off := 0.0
	for _, l := range without(filled(p), main) {
		if x, ok := out.of(main, l); ok {
			against = append(against, l)
			off = cmp.Or(off, x)
		}
	}
	factor, related := math.Exp(math.Abs(off)), c.others(p, against, "related.compare")
	if off < 0 {
		c.add(diag.Warning, c.start(p, main), LengthRatio.As("short"), related,
			"Passage", p.Number, "Percent", int(math.RoundToEven(100/factor)), "Languages", c.names(against))
		return
	}
	tenths := int(math.RoundToEven(10 * factor))
	c.add(diag.Warning, c.start(p, main), LengthRatio.As("long"), related,
		"Passage", p.Number, "Whole", tenths/10, "Tenths", tenths%10, "Languages", c.names(against))
}

// mostOut are the languages that are in every pair out of bounds; all, where
// none is.
func mostOut(p *site.Passage, out excess) []int {
	pairs := map[int]int{}
	for pair := range out {
		pairs[pair[0]]++
		pairs[pair[1]]++
	}
	odd := slices.DeleteFunc(filled(p), func(l int) bool { return pairs[l] != len(out) })
	if len(odd) == 0 {
		return filled(p)
	}
	return odd
}

// letters counts the letters and digits of a passage in a language; of one that
// is not running text, none.
func letters(p *site.Passage, l int) float64 {
	n := 0
	for _, b := range p.Cells[l].Blocks {
		switch b.Kind {
		case doc.Heading, doc.Code, doc.Table, doc.Break:
			return 0
		}
		for _, r := range b.Text {
			if lang.InWord(r) {
				n++
			}
		}
	}
	return float64(n)
}

func median(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	n := len(s)
	if n == 0 {
		return 0
	}
	if n%2 == 1 {
		return s[n/2]
	}
	return (s[n/2-1] + s[n/2]) / 2
}
