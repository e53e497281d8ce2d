package sentence

import (
	"math"
	"slices"
)

// solver ties the sentences of two languages. Its memory is used again.
type solver struct {
	// By point, that is by how many sentences of both stand before it.
	forward, backward []float64
	best, rest        []float64
	gains             []float64
	way               []uint8
}

// A bead is n sentences of one language beside m of another.
type bead struct {
	n, m int
	cost float64
	swap bool // the two cross
}

var beads = []bead{
	{n: 1, m: 1, cost: 0},
	{n: 1, m: 2, cost: 2},
	{n: 2, m: 1, cost: 2},
	{n: 1, m: 3, cost: 4},
	{n: 3, m: 1, cost: 4},
	{n: 1, m: 4, cost: 5.5},
	{n: 4, m: 1, cost: 5.5},
	{n: 1, m: 5, cost: 6.5},
	{n: 5, m: 1, cost: 6.5},
	{n: 1, m: 6, cost: 7.5},
	{n: 6, m: 1, cost: 7.5},
	{n: 2, m: 2, cost: 4.5},
	{n: 2, m: 3, cost: 6},
	{n: 3, m: 2, cost: 6},
	{n: 1, m: 0, cost: 3.6},
	{n: 0, m: 1, cost: 3.6},
	{n: 2, m: 2, cost: 4, swap: true},
}

// Lengths: the variance of the logarithm of two lengths' ratio, by itself and for
// each letter; no length alone says more than mostLength.
const (
	spread     = 0.036
	jitter     = 1.6
	mostLength = 9
	blockEnd   = 1.2 // a block ends on one side only
)

// lump is the part of what sentences share that tells anything where they are
// tied as a whole, several to several.
const lump = 0.5

// further is the part that counts of what all but one of several sentences share:
// neighbours speak of the same things.
const further = 0.4

// due is what each of several sentences has to share with those it is tied to, if
// it has dueLength letters or more; what it lacks speaks for a sentence without
// counterpart.
const (
	due       = 1.8
	dueLength = 50.0
)

// view is what is known of the sentences of two languages.
type view struct {
	e, f       []float64   // their lengths
	endE, endF []bool      // which of them end a block; nil where that tells nothing
	worth      [][]float64 // what they share, by sentence
}

func lengthCost(x, y float64) float64 {
	d := math.Log((y + 8) / (x + 8))
	return min(mostLength, d*d/(2*(spread+jitter/(min(x, y)+4))))
}

// gain is what a bead that ends before i and j is worth.
func (v *view) gain(b *bead, i, j int) float64 {
	e, f := v.e[i-b.n:i], v.f[j-b.m:j]
	if b.swap {
		return v.worth[i-2][j-1] + v.worth[i-1][j-2] - lengthCost(e[0], f[1]) - lengthCost(e[1], f[0]) - b.cost
	}
	if b.n == 0 || b.m == 0 {
		return -b.cost
	}
	x, y, shared := 0.0, 0.0, 0.0
	for _, n := range e {
		x += n
	}
	for _, n := range f {
		y += n
	}
	lack, most := 0.0, 0.0
	for k := i - b.n; k < i; k++ {
		its := 0.0
		for l := j - b.m; l < j; l++ {
			its += v.worth[k][l]
		}
		shared += its
		if b.n > 1 {
			most = max(most, its)
			lack += max(0, due*min(1, v.e[k]/dueLength)-its)
		}
	}
	for l := j - b.m; l < j && b.m > 1; l++ {
		its := 0.0
		for k := i - b.n; k < i; k++ {
			its += v.worth[k][l]
		}
		most = max(most, its)
		lack += max(0, due*min(1, v.f[l]/dueLength)-its)
	}
	switch {
	case b.n > 1 && b.m > 1:
		shared *= lump
	case b.n > 1 || b.m > 1:
		shared = most + further*(shared-most)
	}
	g := shared - lack - lengthCost(x, y) - b.cost
	if v.endE != nil && v.endE[i-1] != v.endF[j-1] {
		g -= blockEnd
	}
	return g
}

// A link is two groups of sentences of two languages that are tied; one is empty
// where there is no counterpart.
type link struct {
	e, f   [2]int // from, to
	chance float64
}

// solve finds the best way through the sentences and how likely each of its links
// is. It also fills in how likely each two sentences are tied.
func (sv *solver) solve(v *view, likely [][]float64) []link {
	n, m := len(v.e), len(v.f)
	w := m + 1
	size := (n + 1) * w
	grow := func(s []float64, x float64) []float64 {
		s = slices.Grow(s[:0], size)[:size]
		for i := range s {
			s[i] = x
		}
		return s
	}
	none := math.Inf(-1)
	// forward and backward are sums over all ways, each by how it compares with the
	// best to or from the same point, so that no logarithms are added.
	sv.forward, sv.backward = grow(sv.forward, 0), grow(sv.backward, 0)
	sv.best, sv.rest = grow(sv.best, none), grow(sv.rest, none)
	sv.way = slices.Grow(sv.way[:0], size)[:size]
	sv.gains = slices.Grow(sv.gains[:0], size*len(beads))[:size*len(beads)]
	gains := sv.gains
	sv.forward[0], sv.best[0] = 1, 0
	for i := 0; i <= n; i++ {
		for j := 0; j <= m; j++ {
			at := i*w + j
			best := sv.best[at]
			for k := range beads {
				b := &beads[k]
				if b.n > i || b.m > j {
					continue
				}
				g := v.gain(b, i, j)
				gains[at*len(beads)+k] = g
				if x := sv.best[(i-b.n)*w+j-b.m] + g; x > best {
					best, sv.way[at] = x, uint8(k)
				}
			}
			sv.best[at] = best
			for k := range beads {
				b := &beads[k]
				if b.n > i || b.m > j {
					continue
				}
				from := (i-b.n)*w + j - b.m
				sv.forward[at] += sv.forward[from] * exp(sv.best[from]+gains[at*len(beads)+k]-best)
			}
		}
	}
	sv.backward[size-1], sv.rest[size-1] = 1, 0
	for at := size - 1; at >= 0; at-- {
		i, j := at/w, at%w
		rest := sv.rest[at]
		for k := range beads {
			b := &beads[k]
			if i+b.n > n || j+b.m > m {
				continue
			}
			to := (i+b.n)*w + j + b.m
			rest = max(rest, sv.rest[to]+gains[to*len(beads)+k])
		}
		sv.rest[at] = rest
		for k := range beads {
			b := &beads[k]
			if i+b.n > n || j+b.m > m {
				continue
			}
			to := (i+b.n)*w + j + b.m
			sv.backward[at] += sv.backward[to] * exp(sv.rest[to]+gains[to*len(beads)+k]-rest)
		}
	}
	total := sv.forward[size-1]
	chance := func(i, j, k int) float64 {
		b := &beads[k]
		at, from := i*w+j, (i-b.n)*w+j-b.m
		return sv.forward[from] * sv.backward[at] / total * exp(sv.best[from]+gains[at*len(beads)+k]+sv.rest[at]-sv.best[size-1])
	}
	for i := 0; i <= n; i++ {
		for j := 0; j <= m; j++ {
			for k := range beads {
				b := &beads[k]
				if b.n > i || b.m > j || b.n == 0 || b.m == 0 {
					continue
				}
				p := chance(i, j, k)
				if p == 0 {
					continue
				}
				if b.swap {
					likely[i-2][j-1] += p
					likely[i-1][j-2] += p
					continue
				}
				for x := i - b.n; x < i; x++ {
					for y := j - b.m; y < j; y++ {
						likely[x][y] += p
					}
				}
			}
		}
	}
	var out []link
	for i, j := n, m; i > 0 || j > 0; {
		k := int(sv.way[i*w+j])
		b := &beads[k]
		p := chance(i, j, k)
		if b.swap {
			out = append(out, link{[2]int{i - 1, i}, [2]int{j - 2, j - 1}, p}, link{[2]int{i - 2, i - 1}, [2]int{j - 1, j}, p})
		} else {
			out = append(out, link{[2]int{i - b.n, i}, [2]int{j - b.m, j}, p})
		}
		i, j = i-b.n, j-b.m
	}
	slices.Reverse(out)
	return elsewhere(v, out)
}

// moved is what two sentences must share to be tied out of order.
const moved = 3.0

// elsewhere ties sentences that were left alone on both sides and share much: one
// of them was moved.
func elsewhere(v *view, links []link) []link {
	for {
		best, x, y := moved, -1, -1
		for a := range links {
			if links[a].f[0] != links[a].f[1] {
				continue
			}
			for b := range links {
				if links[b].e[0] != links[b].e[1] {
					continue
				}
				i, j := links[a].e[0], links[b].f[0]
				if g := v.worth[i][j] - lengthCost(v.e[i], v.f[j]); g > best {
					best, x, y = g, a, b
				}
			}
		}
		if x < 0 {
			return links
		}
		links[x].f = links[y].f
		links[x].chance = 1 / (1 + math.Exp(moved-1-best))
		links = slices.Delete(links, y, y+1)
	}
}

// exp is 0 for what is too small to count.
func exp(x float64) float64 {
	if x < -25 {
		return 0
	}
	return math.Exp(x)
}
