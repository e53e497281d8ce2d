package compare

import (
	"slices"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// segment is a stretch of tokens a0 to a1 in the place of which b0 to b1 stand.
type segment struct{ a0, a1, b0, b1 int }

// Up to this many tokens the shortest difference is looked for at once; longer
// texts are parted first where they surely agree. Both were set by judgement.
const (
	atOnce   = 160
	maxDepth = 12 // how often what lies between is parted again
)

// segments lists what differs between two sequences of tokens, of which it gets
// the numbers, in order.
func segments(a, b []rune) []segment {
	d := differ{a: a, b: b}
	d.between(0, len(a), 0, len(b), 0)
	return d.out
}

// differ looks for differences in two sequences of numbers.
type differ struct {
	a, b []rune
	out  []segment
}

func (d *differ) add(s segment) {
	if s.a0 == s.a1 && s.b0 == s.b1 {
		return
	}
	if n := len(d.out); n > 0 && d.out[n-1].a1 == s.a0 && d.out[n-1].b1 == s.b0 {
		d.out[n-1].a1, d.out[n-1].b1 = s.a1, s.b1
		return
	}
	d.out = append(d.out, s)
}

// between finds the differences of a0 to a1 and b0 to b1.
func (d *differ) between(a0, a1, b0, b1, depth int) {
	for a0 < a1 && b0 < b1 && d.a[a0] == d.b[b0] {
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && d.a[a1-1] == d.b[b1-1] {
		a1, b1 = a1-1, b1-1
	}
	switch {
	case a0 == a1 || b0 == b1:
		d.add(segment{a0, a1, b0, b1})
		return
	case a1-a0+b1-b0 > atOnce && depth < maxDepth:
		// Three in a row are rarely the same by chance; one alone may be.
		for _, run := range []int{3, 1} {
			if at := d.anchors(a0, a1, b0, b1, run); len(at) > 0 {
				for _, p := range at {
					d.between(a0, p.a, b0, p.b, depth+1)
					a0, b0 = p.a, p.b
				}
				d.between(a0, a1, b0, b1, depth+1)
				return
			}
		}
	}
	for _, x := range lcs.DiffRunes(d.a[a0:a1], d.b[b0:b1]) { // Myers', with a bound
		d.add(segment{a0 + x.Start, a0 + x.End, b0 + x.ReplStart, b0 + x.ReplEnd})
	}
}

// anchor is a place in both sequences.
type anchor struct{ a, b int }

// anchors are the places where a run of tokens stands that each sequence has
// once, the most of them that come in one order: what “patience” sorts out. They
// do not lie at the beginning, for there the sequences differ.
func (d *differ) anchors(a0, a1, b0, b1, run int) []anchor {
	type key [3]rune
	at := func(s []rune, i int) (k key) {
		copy(k[:], s[i:i+run])
		return k
	}
	type found struct{ a, b int } // -1 for none, -2 for several
	seen := make(map[key]found, a1-a0)
	for i := a0; i+run <= a1; i++ {
		k := at(d.a, i)
		if _, ok := seen[k]; ok {
			seen[k] = found{-2, -1}
		} else {
			seen[k] = found{i, -1}
		}
	}
	for j := b0; j+run <= b1; j++ {
		k := at(d.b, j)
		f, ok := seen[k]
		if !ok {
			continue
		}
		if f.b == -1 {
			f.b = j
		} else {
			f.b = -2
		}
		seen[k] = f
	}
	var all []anchor
	for i := a0; i+run <= a1; i++ {
		if f := seen[at(d.a, i)]; f.a == i && f.b >= 0 {
			all = append(all, anchor{i, f.b})
		}
	}
	return ascending(all)
}

// ascending is the longest part of the anchors, which are in the order of the
// first sequence, that is in that of the second too.
func ascending(all []anchor) []anchor {
	if slices.IsSortedFunc(all, func(x, y anchor) int { return x.b - y.b }) {
		return all
	}
	tails := make([]int, 0, len(all)) // by length, the run that ends earliest: its last anchor
	before := make([]int, len(all))
	for i, x := range all {
		n, _ := slices.BinarySearchFunc(tails, x.b, func(k, b int) int { return all[k].b - b })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	out := make([]anchor, len(tails))
	k := tails[len(tails)-1]
	for i := len(out) - 1; i >= 0; i-- {
		out[i], k = all[k], before[k]
	}
	return out
}

// absorb joins changes between which too little stays to be of use to a reader:
// "old words" for "new ones" reads better than word by word.
func absorb(parts []segment, a, b []string) []segment {
	out := parts[:0:0]
	size := make([]int, 0, len(parts)) // of what changes in each of out
	for _, p := range parts {
		out = append(out, p)
		size = append(size, max(weight(a[p.a0:p.a1]), weight(b[p.b0:p.b1])))
		for len(out) > 1 {
			x, y := &out[len(out)-2], out[len(out)-1]
			kept, sx, sy := weight(a[x.a1:y.a0]), size[len(size)-2], size[len(size)-1]
			if kept > 0 && kept >= min(sx, sy) {
				break
			}
			x.a1, x.b1 = y.a1, y.b1
			out, size = out[:len(out)-1], size[:len(size)-1]
			size[len(size)-1] = sx + kept + sy
		}
	}
	return out
}

// slide moves insertions and deletions that could as well stand a little
// earlier or later to where a sentence, or else a word, begins. x and y are the
// numbers of the tokens.
func slide(parts []segment, a, b []string, x, y []rune) []segment {
	for i := range parts {
		p := &parts[i]
		low, high := 0, len(a)
		if i > 0 {
			low = parts[i-1].a1
		}
		if i+1 < len(parts) {
			high = parts[i+1].a0
		}
		switch {
		case p.a0 == p.a1:
			k := slid(y, b, p.b0, p.b1, p.a0-low, high-p.a1)
			p.a0, p.a1, p.b0, p.b1 = p.a0+k, p.a1+k, p.b0+k, p.b1+k
		case p.b0 == p.b1:
			k := slid(x, a, p.a0, p.a1, p.a0-low, high-p.a1)
			p.a0, p.a1, p.b0, p.b1 = p.a0+k, p.a1+k, p.b0+k, p.b1+k
		}
	}
	return parts
}

// maxSlide is how far an insertion is moved at most, in tokens.
const maxSlide = 200

// slid tells by how many tokens the stretch from i to j is best moved: back by
// no more than back, on by no more than on.
func slid(ids []rune, text []string, i, j, back, on int) int {
	best, score := 0, opens(text, i)
	for k := 1; k <= min(back, maxSlide) && ids[i-k] == ids[j-k]; k++ {
		if s := opens(text, i-k); s > score {
			best, score = -k, s
		}
	}
	for k := 1; k <= min(on, maxSlide) && ids[i+k-1] == ids[j+k-1]; k++ {
		if s := opens(text, i+k); s > score {
			best, score = k, s
		}
	}
	return best
}

// opens is how well a change may begin before the token: best at the beginning
// of the text, a line or a sentence, then after a comma, then at a word.
func opens(text []string, i int) int {
	if i == 0 || i >= len(text) {
		return 4
	}
	before := text[i-1]
	at := i - 1
	spaced := kindOf(firstRune(before)) == blank
	if spaced {
		for _, r := range before {
			if r == '\n' {
				return 4
			}
		}
		if at == 0 {
			return 4
		}
		at--
	}
	switch r := firstRune(text[at]); r {
	case '。', '！', '？', '；':
		return 3
	case '.', '!', '?', ';', ':', '…':
		if spaced {
			return 3
		}
	case '，', '、', '：':
		return 2
	case ',':
		if spaced {
			return 2
		}
	}
	if spaced {
		return 1
	}
	return 0
}
