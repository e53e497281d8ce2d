package align

import "math"

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

// count finds the words that keep company, by the log-likelihood ratio of
// their counts (Dunning 1993, Moore 2004).
func count(e, f *version, ties []tie, k *knobs, rm *room) *counts {
	c := &counts{e: e, f: f, tieE: tieOf(e, ties, 0), tieF: tieOf(f, ties, 1)}
	total := int32(len(ties))
	// As often as this a word tells nothing of single sentences.
	most := min(common, max(4, total/4))
	chances := rm.ratios(total)
	nv := fit(&rm.nv, len(f.words))
	for v := range nv {
		nv[v] = tiesWith(f.unitsOf(int32(v)), c.tieF)
	}
	// The words of f that may be learnt, each tie's after the other's. stamps
	// holds for each word the last tie, or below the last joint, that saw it.
	words, starts := rm.words[:0], fit(&rm.starts, len(ties)+1)
	stamps := fit(&rm.stamps, max(len(f.words), len(ties)))
	clear(stamps)
	starts[0] = 0
	for t := range ties {
		for _, j := range ties[t].f {
			for _, v := range f.units[j].words {
				if n := nv[v]; n >= 2 && n <= most && stamps[v] != int32(t)+1 {
					stamps[v] = int32(t) + 1
					words = append(words, v)
				}
			}
		}
		starts[t+1] = int32(len(words))
	}
	clear(stamps)
	// How often each word of f met the word of e at hand, on top of a number
	// that grows from one to the next, so that nothing need be cleared.
	met := fit(&rm.met, len(f.words))
	clear(met)
	none := int32(0)
	joints, both := make([]joint, 0, len(e.words)), make([]int32, 0, 2*len(e.words)) // about
	often := rm.often[:0]
	var company [5]mate
	for u := range e.words {
		if e.words[u].count < 2 {
			continue
		}
		units := e.unitsOf(int32(u))
		nu := tiesWith(units, c.tieE)
		if nu < 2 || nu > most {
			continue
		}
		often = often[:0]
		prev := int32(-1)
		for _, i := range units {
			t := c.tieE[i]
			if t < 0 || t == prev {
				continue
			}
			prev = t
			for _, v := range words[starts[t]:starts[t+1]] {
				n := max(met[v], none) + 1
				met[v] = n
				if n == none+2 { // most pairs of words meet once
					often = append(often, v)
				}
			}
		}
		// The best few, by how much they tell and then by number.
		mates := company[:0]
		for _, v := range often {
			n := met[v] - none
			g := chances.ratio(n, nu, nv[v])
			if g <= k.company {
				continue
			}
			at := len(mates)
			for at > 0 && (g > mates[at-1].ratio || g == mates[at-1].ratio && v < mates[at-1].word) {
				at--
			}
			if len(mates) < len(company) {
				mates = mates[:len(mates)+1]
			} else if at == len(mates) {
				continue
			}
			copy(mates[at+1:], mates[at:])
			mates[at] = mate{v, n, g}
		}
		none += nu
		for _, m := range mates {
			x := joint{u: int32(u), v: m.word, n: m.n, nu: nu, nv: nv[m.word], at: int32(len(both))}
			joints = append(joints, x)
			if x.n > few {
				continue // no tie of these is ever left out
			}
			now := int32(len(joints))
			for _, j := range f.unitsOf(m.word) {
				if t := c.tieF[j]; t >= 0 {
					stamps[t] = now
				}
			}
			some := &joints[now-1].some
			prev := int32(-1)
			for _, i := range units {
				if t := c.tieE[i]; t >= 0 && t != prev {
					if prev = t; stamps[t] == now {
						both = append(both, t)
						*some |= 1 << (t & 63)
					}
				}
			}
		}
	}
	c.joints, c.both = joints, both
	rm.words, rm.often = words, often
	return c
}

// A mate is a word that meets the one at hand in n ties.
type mate struct {
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
func (rm *room) ratios(total int32) ratios {
	for x := len(rm.logs); x <= int(total); x++ {
		rm.logs = append(rm.logs, float64(x)*math.Log(max(1, float64(x))))
	}
	return rm.logs[:total+1]
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

// A lesson is a link that was learnt and what it costs to miss its partner.
type lesson struct {
	link
	wordSide
}

// lessons returns what the counts suggest to the words of e, or with back of f,
// ordered by those and the words they lead to; those of word u begin at
// starts[u]. They live in the room.
func (c *counts) lessons(back bool, k *knobs, rm *room) (lessons []lesson, starts []int32) {
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
	starts = fit(&rm.starts, len(from.words)+2)
	clear(starts)
	for i := range c.joints {
		u, _, _ := ends(&c.joints[i])
		starts[u+2]++
	}
	for u := 2; u < len(starts); u++ {
		starts[u] += starts[u-1]
	}
	lessons = fit(&rm.lessons, len(c.joints))
	clear(lessons) // what is not yet placed leads to word 0, which none goes before
	for i := range c.joints {
		x := &c.joints[i]
		u, v, nu := ends(x)
		part := k.learnt
		if from.words[u].class == classHan || to.words[v].class == classHan {
			part = k.learntHan
		}
		freq := float64(to.words[v].count) / to.chars
		met := chance(x.n, nu)
		l := lesson{link: link{
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
		for ; at > starts[u] && lessons[at-1].to > v; at-- {
			lessons[at] = lessons[at-1]
		}
		lessons[at] = l
		starts[u+1]++
	}
	return lessons, starts
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
