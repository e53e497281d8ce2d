package align

import (
	"cmp"
	"math"
	"slices"
)

// An anchor is a pair of blocks that rare words tie; weight is the logarithm
// of how much likelier they are a pair than not.
type anchor struct {
	e, f   int32
	weight float64
}

// rare is how many units a word may stand in to vote for anchors.
const rare = 5

// anchors returns the pairs of blocks, among those that hold the units given,
// that rare words vote for most of all for both blocks, and worth least or more.
func (a *aligner) anchors(es, fs []int32, least float64) []anchor {
	inF := make([]bool, len(a.f.units))
	for _, j := range fs {
		inF[j] = true
	}
	usual := math.Log(a.f.chars/float64(len(a.f.units)) + 2)
	// Votes of a block of e are summed in thousandths, so that their order does
	// not matter.
	votes := make([]int64, len(a.f.blocks))
	in := make([]bool, len(a.f.blocks))
	var who []int32
	bestF := make([]int64, len(a.f.blocks))
	var best []anchor
	for n := 0; n < len(es); {
		block := a.e.units[es[n]].block
		for ; n < len(es) && a.e.units[es[n]].block == block; n++ {
			for _, u := range a.e.units[es[n]].words {
				if a.e.words[u].count > rare || int(u) >= len(a.eword.words) {
					continue
				}
				for _, l := range a.eword.links[a.eword.from[u]:a.eword.from[u+1]] {
					if a.f.words[l.to].count > rare {
						continue
					}
					w := int64(1000 * float64(l.part) * (float64(l.worth) - usual))
					prev := int32(-1)
					for _, j := range a.f.unitsOf(l.to) {
						if b := a.f.units[j].block; inF[j] && b != prev {
							if !in[b] {
								in[b] = true
								who = append(who, b)
							}
							votes[b] += w
							prev = b
						}
					}
				}
			}
		}
		most, from := int64(0), len(best)
		for _, b := range who {
			most = max(most, votes[b])
			bestF[b] = max(bestF[b], votes[b])
		}
		for _, b := range who {
			if votes[b] == most && float64(most) >= 1000*least {
				best = append(best, anchor{block, b, float64(most) / 1000})
			}
			votes[b], in[b] = 0, false
		}
		slices.SortFunc(best[from:], func(x, y anchor) int { return cmp.Compare(x.f, y.f) })
		who = who[:0]
	}
	return slices.DeleteFunc(best, func(x anchor) bool { return x.weight < float64(bestF[x.f])/1000 })
}

// mostPoints is how many pairs of units of a long text are compared at most, if that
// leaves leastWide for each: one takes 200 bytes.
const mostPoints, leastWide = 1_200_000, 40

// band chooses what to compare: all with all in a short text; in a long one
// the surroundings of a chain of anchors. A single false anchor does not
// mislead, since each place lies between the anchors two before and after.
func (a *aligner) band(es, fs []int32, earlier []tie) band {
	n, m := len(es), len(fs)
	if n*m <= a.par.AllPairs {
		return full(n, m)
	}
	var chain []waypoint
	around, margin := 2, 6
	if len(earlier) > 0 {
		chain = a.waypoints(es, fs, earlier)
		around, margin = 1, 4
	} else {
		chain = a.chain(es, fs)
	}
	b := band{lo: make([]int32, n), hi: make([]int32, n)}
	wide := max(leastWide, min(a.wide, mostPoints/n))
	k := 0
	for i := range n {
		for k+1 < len(chain) && chain[k+1].i <= i {
			k++
		}
		edge := margin
		if len(earlier) > 0 {
			edge += slack(chain, k)
		}
		lo := chain[max(0, k-around+1)].j - edge
		hi := chain[min(len(chain)-1, k+around)].j + edge
		if hi-lo > wide+2*edge {
			p, q := chain[k], chain[min(len(chain)-1, k+1)]
			mid := p.j
			if q.i > p.i {
				mid += (q.j - p.j) * (i - p.i) / (q.i - p.i)
			}
			// A steep stretch needs as much more.
			half := wide / 2
			if q.i > p.i {
				half = max(half, min(2*(q.j-p.j)/(q.i-p.i), m))
			}
			lo, hi = max(lo, mid-half), min(hi, mid+half)
		}
		b.lo[i], b.hi[i] = int32(max(0, min(lo, m-1))), int32(min(m, max(hi, 1)))
	}
	b.lo[0], b.hi[n-1] = 0, int32(m)
	for i := n - 2; i >= 0; i-- {
		b.lo[i] = min(b.lo[i], b.lo[i+1])
	}
	for i := 1; i < n; i++ {
		b.hi[i] = max(b.hi[i], b.hi[i-1])
		if b.hi[i] <= b.lo[i] {
			b.hi[i] = b.lo[i] + 1
		}
		// Neighbouring rows must touch, or no way leads on.
		b.lo[i] = min(b.lo[i], b.hi[i-1])
	}
	for i := n - 2; i >= 0; i-- {
		b.lo[i] = min(b.lo[i], b.lo[i+1])
	}
	return b
}

// slack returns how much further to look around a waypoint: as many units as both
// sides have there beyond one a tie, if those are many. Where an earlier pass went
// astray it left much alone on both, and what belongs together stands as far off as
// that. It has a bound, since long stretches of two texts may have nothing in common.
func slack(chain []waypoint, k int) int {
	const around, usual, most = 8, 6, 12
	from, to := max(0, k-around), min(len(chain)-1, k+around)
	p, q := chain[from], chain[to]
	alone := min(q.i-p.i, q.j-p.j) - (to - from)
	if alone <= usual {
		return 0
	}
	return min(alone, most)
}

// A waypoint is a point that the path should pass near.
type waypoint struct{ i, j int }

// chain returns waypoints in order, from corner to corner.
func (a *aligner) chain(es, fs []int32) []waypoint {
	anchors := a.anchors(es, fs, a.par.Anchor)
	placeE, placeF := places(a.e, es), places(a.f, fs)
	seq, weight := make([]int, len(anchors)), make([]int, len(anchors))
	for x, an := range anchors {
		seq[x], weight[x] = int(an.f), int(10*an.weight)
	}
	waypoints := []waypoint{{0, 0}}
	for x, keep := range heaviestRise(seq, weight) {
		if !keep {
			continue
		}
		i, j := placeE[a.e.first[anchors[x].e]], placeF[a.f.first[anchors[x].f]]
		if i >= 0 && j >= 0 {
			waypoints = append(waypoints, waypoint{int(i), int(j)})
		}
	}
	return append(waypoints, waypoint{len(es), len(fs)})
}

// waypoints returns where earlier ties begin that are in order.
func (a *aligner) waypoints(es, fs []int32, earlier []tie) []waypoint {
	placeE, placeF := places(a.e, es), places(a.f, fs)
	var seq, weight []int
	var all []waypoint
	for _, t := range earlier {
		if i, j := placeE[t.e[0]], placeF[t.f[0]]; i >= 0 && j >= 0 {
			all = append(all, waypoint{int(i), int(j)})
		}
	}
	slices.SortFunc(all, func(x, y waypoint) int { return cmp.Or(cmp.Compare(x.i, y.i), cmp.Compare(x.j, y.j)) })
	for _, p := range all {
		seq, weight = append(seq, p.j), append(weight, 1)
	}
	out := []waypoint{{0, 0}}
	for x, keep := range heaviestRise(seq, weight) {
		if keep {
			out = append(out, all[x])
		}
	}
	return append(out, waypoint{len(es), len(fs)})
}

// voted keeps the units of blocks that anchors tie to each other, with their
// neighbours, where there are too many to compare all with all.
func (a *aligner) voted(es, fs []int32) (e, f []int32) {
	inE, inF := make([]bool, len(a.e.blocks)), make([]bool, len(a.f.blocks))
	near := func(in []bool, b int32) {
		for x := max(0, b-4); x < min(int32(len(in)), b+5); x++ {
			in[x] = true
		}
	}
	for _, x := range a.anchors(es, fs, 2*a.par.Anchor) {
		near(inE, x.e)
		near(inF, x.f)
	}
	pick := func(v *version, units []int32, in []bool) []int32 {
		var out []int32
		for _, u := range units {
			if in[v.units[u].block] {
				out = append(out, u)
			}
		}
		return out
	}
	return pick(a.e, es, inE), pick(a.f, fs, inF)
}

// heaviestRise marks the members of the heaviest increasing subsequence of
// seq, whose values differ, with the weights given.
func heaviestRise(seq, weight []int) []bool {
	ranks := slices.Clone(seq)
	slices.Sort(ranks)
	type best struct{ sum, last int }
	tree := make([]best, len(seq)+1)
	prev := make([]int, len(seq))
	top := best{0, -1}
	for i, x := range seq {
		rank, _ := slices.BinarySearch(ranks, x)
		b := best{0, -1}
		for r := rank; r > 0; r -= r & -r {
			if tree[r].sum > b.sum {
				b = tree[r]
			}
		}
		prev[i] = b.last
		b = best{b.sum + weight[i], i}
		for r := rank + 1; r < len(tree); r += r & -r {
			if tree[r].sum < b.sum {
				tree[r] = b
			}
		}
		if b.sum > top.sum {
			top = b
		}
	}
	keep := make([]bool, len(seq))
	for i := top.last; i >= 0; i = prev[i] {
		keep[i] = true
	}
	return keep
}
