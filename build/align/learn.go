package align

import (
	"cmp"
	"math"
	"slices"
)

// counts are what a pass teaches: which words stand in the same ties.
type counts struct {
	e, f       *version
	tieE, tieF []int32 // per unit, its tie or −1
	joints     []joint
	both       []int32 // the ties of the joints, one joint's after the other's
}

// joint is a pair of words met in n ties together, of nu and nv with each.
type joint struct {
	u, v      int32
	n, nu, nv int32
	at        int32  // where its ties begin in counts.both
	some      uint64 // their last six bits as a set, to rule most ties out
}

// likelihoods are those for small counts: few words are frequent, so most are
// asked for many times.
type likelihoods [8][32][32]float64

// count finds the words that keep company, by the log-likelihood ratio of
// their counts (Dunning 1993, Moore 2004).
func count(e, f *version, ties []tie, k *knobs, rm *room) *counts {
	c := &counts{e: e, f: f, tieE: tieOf(e, ties, 0), tieF: tieOf(f, ties, 1)}
	total := float64(len(ties))
	// As often as this a word tells nothing of single sentences.
	most := int32(min(common, max(4, total*0.25)))
	// The words of f that may be learnt, unit by unit.
	nv := make([]int32, len(f.words))
	for v := range f.words {
		if nv[v] = tiesWith(f.unitsOf(int32(v)), c.tieF); nv[v] > most {
			nv[v] = 0
		}
	}
	var fit []int32
	fits := make([]int32, len(f.units)+1)
	for j := range f.units {
		for _, v := range f.units[j].words {
			if nv[v] >= 2 {
				fit = append(fit, v)
			}
		}
		fits[j+1] = int32(len(fit))
	}
	// For each word of f, how often the word of e at hand was met, and the last
	// of the ties that counted.
	type meetings struct{ of, n, last int32 }
	met := make([]meetings, len(f.words))
	for v := range met {
		met[v].of = -1
	}
	stamps := make([]int32, len(ties)) // the last joint that looked at each tie
	known := &rm.known
	*known = likelihoods{}
	type mate struct {
		v, n int32
		g    float64
	}
	var often []int32
	var mates []mate
	for u := range e.words {
		if e.words[u].count < 2 {
			continue
		}
		nu := tiesWith(e.unitsOf(int32(u)), c.tieE)
		if nu < 2 || nu > most {
			continue
		}
		often = often[:0]
		prev := int32(-1)
		for _, i := range e.unitsOf(int32(u)) {
			t := c.tieE[i]
			if t < 0 || t == prev {
				continue
			}
			prev = t
			for _, j := range ties[t].f {
				for _, v := range fit[fits[j]:fits[j+1]] {
					x := &met[v]
					if x.of != int32(u) {
						*x = meetings{int32(u), 1, t}
					} else if x.last != t {
						x.last = t
						if x.n++; x.n == 2 { // most pairs of words meet once
							often = append(often, v)
						}
					}
				}
			}
		}
		mates = mates[:0]
		for _, v := range often {
			n := met[v].n
			var g float64
			if int(n) < len(known) && int(nu) < len(known[0]) && int(nv[v]) < len(known[0]) {
				x := &known[n][nu][nv[v]]
				if *x == 0 {
					*x = likelihood(float64(n), float64(nu), float64(nv[v]), total)
				}
				g = *x
			} else {
				g = likelihood(float64(n), float64(nu), float64(nv[v]), total)
			}
			if g > k.company {
				mates = append(mates, mate{v, n, g})
			}
		}
		slices.SortFunc(mates, func(a, b mate) int { return cmp.Or(cmp.Compare(b.g, a.g), cmp.Compare(a.v, b.v)) })
		for _, m := range mates[:min(len(mates), 5)] {
			c.joints = append(c.joints, joint{u: int32(u), v: m.v, n: m.n, nu: nu, nv: nv[m.v], at: int32(len(c.both))})
			c.meet(int32(u), m.v, stamps)
		}
	}
	return c
}

func tieOf(v *version, ties []tie, side int) []int32 {
	out := make([]int32, len(v.units))
	for i := range out {
		out[i] = -1
	}
	for t := range ties {
		units := ties[t].e
		if side == 1 {
			units = ties[t].f
		}
		for _, i := range units {
			out[i] = int32(t)
		}
	}
	return out
}

// tiesWith returns how many ties the units are in.
func tiesWith(at, tie []int32) int32 {
	n, prev := int32(0), int32(-1)
	for _, i := range at {
		if t := tie[i]; t >= 0 && t != prev {
			n++
			prev = t
		}
	}
	return n
}

// likelihood is Dunning's statistic for n meetings of words with counts a and
// b among total, 0 if they meet no more often than by chance.
func likelihood(n, a, b, total float64) float64 {
	if n*total <= a*b {
		return 0
	}
	h := func(x, want float64) float64 {
		if x <= 0 {
			return 0
		}
		return x * math.Log(x/want)
	}
	return 2 * (h(n, a*b/total) + h(a-n, a*(total-b)/total) + h(b-n, b*(total-a)/total) + h(total-a-b+n, (total-a)*(total-b)/total))
}

// chance is how likely a word is to be met again, seen n times of all.
func chance(n, all int32) float64 { return (float64(n) - 0.5) / (float64(all) + 0.5) }

// meet records the ties that hold both words of the newest joint.
func (c *counts) meet(u, v int32, stamps []int32) {
	now := int32(len(c.joints))
	for _, j := range c.f.unitsOf(v) {
		if t := c.tieF[j]; t >= 0 {
			stamps[t] = now
		}
	}
	prev := int32(-1)
	for _, i := range c.e.unitsOf(u) {
		t := c.tieE[i]
		if t < 0 || t == prev {
			continue
		}
		prev = t
		if stamps[t] == now {
			c.both = append(c.both, t)
			c.joints[now-1].some |= 1 << (t & 63)
		}
	}
}

// links returns the links that the counts suggest to the words of e, or with
// back of f, ordered by those and the words they lead to; those of word u begin
// at starts[u].
func (c *counts) links(back bool, k *knobs) (links []link, starts []int32) {
	from, to := c.e, c.f
	if back {
		from, to = c.f, c.e
	}
	ends := func(x *joint) (u, v, nu int32) {
		if back {
			return x.v, x.u, x.nv
		}
		return x.u, x.v, x.nu
	}
	starts = make([]int32, len(from.words)+2)
	for i := range c.joints {
		u, _, _ := ends(&c.joints[i])
		starts[u+2]++
	}
	for u := 2; u < len(starts); u++ {
		starts[u] += starts[u-1]
	}
	links = make([]link, len(c.joints))
	for i := range c.joints {
		x := &c.joints[i]
		u, v, nu := ends(x)
		part := k.learnt
		if from.words[u].class == classHan || to.words[v].class == classHan {
			part = k.learntHan
		}
		l := link{
			to: v, part: float32(part), join: -1,
			odds: float32(math.Log(chance(x.n, nu))),
			rate: float32(math.Log(float64(to.words[v].count) / to.chars)),
		}
		if x.n <= few {
			l.join = int32(i)
		}
		// They come nearly in order.
		at := starts[u+1]
		for ; at > starts[u] && links[at-1].to > v; at-- {
			links[at] = links[at-1]
		}
		links[at] = l
		starts[u+1]++
	}
	return links, starts
}

// few is how many meetings at most are so few that those under judgement are
// left out; common is how many ties a word may be in and still be learnt.
const few, common = 12, 100

// fewer holds what leaving d ties out changes, by how often two words met and
// the ties that one of them is in. A unit has one tie, so d is two nearly always.
var fewer = func() (t [few + 1][3][common + 1]float32) {
	for n := range t {
		for d := range t[n] {
			for all := range t[n][d] {
				t[n][d][all] = lessened(int32(n), int32(d), int32(all))
			}
		}
	}
	return t
}()

func lessened(n, d, all int32) float32 {
	return float32(math.Log(chance(n-d, all-d) / chance(n, all)))
}

// ties returns the ties of the units of a side, e's or with back f's, and of
// the other's; none without counts.
func (c *counts) ties(back bool) (own, other []int32) {
	switch {
	case c == nil:
		return nil, nil
	case back:
		return c.tieF, c.tieE
	}
	return c.tieE, c.tieF
}

func tieIn(ties []int32, unit int32) int32 {
	if ties == nil {
		return -1
	}
	return ties[unit]
}

// holds returns how often a tie is among those of a joint.
func (c *counts) holds(x *joint, tie int32) (n int32) {
	if x.some>>(tie&63)&1 == 0 {
		return 0
	}
	for _, t := range c.both[x.at : x.at+x.n] {
		if t == tie {
			n++
		}
	}
	return n
}

// without leaves d ties out of the counts of a joint, so that what an earlier
// pass tied cannot prove itself. It returns the change of the link's
// logarithm, and false if nothing is left.
func (x *joint) without(d int32, back bool) (float32, bool) {
	if x.n <= d {
		return 0, false
	}
	all := x.nu
	if back {
		all = x.nv
	}
	if int(d) < len(fewer[0]) {
		return fewer[x.n][d][all], true
	}
	return lessened(x.n, d, all), true
}
