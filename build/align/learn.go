package align

import "math"

// counts are what a pass teaches: which words stand in the same ties.
type counts struct {
	e, f       *version
	tieE, tieF []int32 // per unit, its tie or −1
	pairs      []coOccurrence
	both       []int32 // the ties of the pairs, one coOccurrence's after the other's
}

// coOccurrence is a pair of words met in n ties together, of nu and nv with each.
type coOccurrence struct {
	u, v      int32
	n, nu, nv int32
	at        int32  // where its ties begin in counts.both
	some      uint64 // their last six bits as a set, to rule most ties out
}

// count finds the words that occur together, by the log-likelihood ratio of
// their counts (Dunning 1993, Moore 2004).
func count(e, f *version, ties []tie, par *Parameters, sc *scratch) *counts {
	c := &counts{e: e, f: f, tieE: tieOf(e, ties, 0), tieF: tieOf(f, ties, 1)}
	c.pairs, c.both = make([]coOccurrence, 0, len(e.words)), make([]int32, 0, 2*len(e.words)) // about
	m := newMeetings(c, ties, sc)
	for u := range e.words {
		if e.words[u].count < 2 {
			continue
		}
		units := e.unitsOf(int32(u))
		nu := tiesWith(units, c.tieE)
		if nu < 2 || nu > m.most {
			continue
		}
		for _, p := range m.partners(units, nu, par.CoOccurrence) {
			c.add(coOccurrence{u: int32(u), v: p.word, n: p.n, nu: nu, nv: m.nv[p.word]}, m.stamps)
		}
	}
	sc.words, sc.often = m.words, m.often
	return c
}

// add notes that two words occur together, and in which ties. stamps holds for
// each tie the last pair that came by it.
func (c *counts) add(x coOccurrence, stamps []int32) {
	x.at = int32(len(c.both))
	now := int32(len(c.pairs)) + 1
	if x.n <= few { // of more meetings no tie is ever left out
		for _, j := range c.f.unitsOf(x.v) {
			if t := c.tieF[j]; t >= 0 {
				stamps[t] = now
			}
		}
		prev := int32(-1)
		for _, i := range c.e.unitsOf(x.u) {
			if t := c.tieE[i]; t >= 0 && t != prev {
				if prev = t; stamps[t] == now {
					c.both = append(c.both, t)
					x.some |= 1 << (t & 63)
				}
			}
		}
	}
	c.pairs = append(c.pairs, x)
}

// meetings count how often the words of f meet a word of e in one tie.
type meetings struct {
	counts *counts
	chance ratios
	most   int32   // as often as this a word tells nothing of single sentences
	nv     []int32 // per word of f, how many ties it is in
	// The words of f that may be learnt, each tie's after the other's, and where
	// those of each tie begin.
	words, starts []int32
	stamps        []int32 // per tie, as add needs them
	// How often each word of f met the word of e at hand, on top of a number that
	// grows from one to the next, so that nothing need be cleared.
	met   []int32
	none  int32
	often []int32    // words of f that met it more than once
	best  [5]partner // of it
}

func newMeetings(c *counts, ties []tie, sc *scratch) *meetings {
	total := int32(len(ties))
	m := &meetings{counts: c, chance: sc.ratios(total), most: min(common, max(4, total/4)), often: sc.often[:0]}
	m.nv = fit(&sc.nv, len(c.f.words))
	for v := range m.nv {
		m.nv[v] = tiesWith(c.f.unitsOf(int32(v)), c.tieF)
	}
	m.words, m.starts = sc.words[:0], fit(&sc.starts, len(ties)+1)
	m.stamps = fit(&sc.stamps, max(len(c.f.words), len(ties)))
	clear(m.stamps) // for now they hold for each word the last tie that saw it
	m.starts[0] = 0
	for t := range ties {
		for _, j := range ties[t].f {
			for _, v := range c.f.units[j].words {
				if n := m.nv[v]; n >= 2 && n <= m.most && m.stamps[v] != int32(t)+1 {
					m.stamps[v] = int32(t) + 1
					m.words = append(m.words, v)
				}
			}
		}
		m.starts[t+1] = int32(len(m.words))
	}
	clear(m.stamps)
	m.met = fit(&sc.met, len(c.f.words))
	clear(m.met)
	return m
}

// partners returns the few words of f that occur together most with the word of
// e that stands in the units and in nu ties, by how much they tell and then by
// number, if that is more than least. The next call writes over them.
func (m *meetings) partners(units []int32, nu int32, least float64) []partner {
	often := m.often[:0]
	prev := int32(-1)
	for _, i := range units {
		t := m.counts.tieE[i]
		if t < 0 || t == prev {
			continue
		}
		prev = t
		for _, v := range m.words[m.starts[t]:m.starts[t+1]] {
			n := max(m.met[v], m.none) + 1
			m.met[v] = n
			if n == m.none+2 { // most pairs of words meet once
				often = append(often, v)
			}
		}
	}
	best := m.best[:0]
	for _, v := range often {
		n := m.met[v] - m.none
		g := m.chance.ratio(n, nu, m.nv[v])
		if g <= least {
			continue
		}
		at := len(best)
		for at > 0 && (g > best[at-1].ratio || g == best[at-1].ratio && v < best[at-1].word) {
			at--
		}
		if len(best) < len(m.best) {
			best = best[:len(best)+1]
		} else if at == len(best) {
			continue
		}
		copy(best[at+1:], best[at:])
		best[at] = partner{v, n, g}
	}
	m.none += nu
	m.often = often
	return best
}

// A partner is a word that meets the one at hand in n ties.
type partner struct {
	word, n int32
	ratio   float64
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

// ratios hold x·log x for whole numbers up to how many ties there are.
type ratios []float64

// ratios returns those for total ties.
func (sc *scratch) ratios(total int32) ratios {
	for x := len(sc.logs); x <= int(total); x++ {
		sc.logs = append(sc.logs, float64(x)*math.Log(max(1, float64(x))))
	}
	return sc.logs[:total+1]
}

// ratio is Dunning's statistic for n meetings of words with counts a and b
// among all, 0 if they meet no more often than by chance.
func (r ratios) ratio(n, a, b int32) float64 {
	total := int32(len(r)) - 1
	// Where what was moved stands between two units of one tie, a word that is in
	// both has met the tie twice.
	a, b = min(a, total), min(b, total)
	n = min(n, a, b)
	if float64(n)*float64(total) <= float64(a)*float64(b) {
		return 0
	}
	return 2 * (r[n] + r[a-n] + r[b-n] + r[total-a-b+n] + r[total] - r[a] - r[total-a] - r[b] - r[total-b])
}

// chance is how likely a word is to be met again, seen n times of all.
func chance(n, all int32) float64 { return (float64(n) - 0.5) / (float64(all) + 0.5) }

// A learntLink is a link that was learnt and what it costs to miss its partner.
type learntLink struct {
	link
	wordSide
}

// learntLinks returns what the counts suggest to the words of e, or with back of f,
// ordered by those and the words they lead to; those of word u begin at
// starts[u]. They live in the scratch memory.
func (c *counts) learntLinks(back bool, par *Parameters, sc *scratch) (learntLinks []learntLink, starts []int32) {
	from, to := c.e, c.f
	if back {
		from, to = c.f, c.e
	}
	ends := func(x *coOccurrence) (u, v, nu int32) {
		if back {
			return x.v, x.u, x.nv
		}
		return x.u, x.v, x.nu
	}
	starts = fit(&sc.starts, len(from.words)+2)
	clear(starts)
	for i := range c.pairs {
		u, _, _ := ends(&c.pairs[i])
		starts[u+2]++
	}
	for u := 2; u < len(starts); u++ {
		starts[u] += starts[u-1]
	}
	learntLinks = fit(&sc.learntLinks, len(c.pairs))
	clear(learntLinks) // what is not yet placed leads to word 0, which none goes before
	for i := range c.pairs {
		x := &c.pairs[i]
		u, v, nu := ends(x)
		part := par.Learnt
		if from.words[u].class == classHan || to.words[v].class == classHan {
			part = par.LearntHan
		}
		freq := float64(to.words[v].count) / to.chars
		met := chance(x.n, nu)
		l := learntLink{link: link{
			to: v, part: float32(part), join: -1,
			worth: float32(math.Log(met)) - float32(math.Log(freq)),
		}}
		if x.n >= proven {
			l.wordSide = wordSide{miss: float32(part * math.Log(1-min(0.9, met))), rate: float32(part * freq)}
		}
		if x.n <= few {
			l.join = int32(i)
		}
		// They come nearly in order.
		at := starts[u+1]
		for ; at > starts[u] && learntLinks[at-1].to > v; at-- {
			learntLinks[at] = learntLinks[at-1]
		}
		learntLinks[at] = l
		starts[u+1]++
	}
	return learntLinks, starts
}

// proven is from how many meetings on it costs to miss a learnt partner.
const proven = 3

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

// holds returns how often a tie is among those of a coOccurrence.
func (c *counts) holds(x *coOccurrence, tie int32) (n int32) {
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

// without leaves d ties out of the counts of a coOccurrence, so that what an earlier
// pass tied cannot prove itself. It returns the change of the link's
// logarithm, and false if nothing is left.
func (x *coOccurrence) without(d int32, back bool) (float32, bool) {
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
