package align

import (
	"math"
	"sort"
)

// A band says which units of f each unit of e is compared with: those from
// lo[i] up to hi[i], ascending in i.
type band struct{ lo, hi []int32 }

// A grid holds the evidence of all unit pairs of a band, as rows of cells.
type grid struct {
	e, f  *version
	k     *knobs
	es    []int32 // units of e in the grid, ascending; positions count from 0
	fs    []int32
	band  band
	start []int // where row i's cells begin, at column lo[i]
	cells []cell
	// Sums over a unit's words, for what it costs to miss all.
	em, er, fm, fr []float32
	esize, fsize   []float32
	elog, flog     []float32 // logarithms of the sizes
	scale          float64   // log of how many letters of f one of e makes
}

// cell is what unit i of e and unit j of f share. more is how much of it unit
// i shares with j+1 too, and unit j with i+1.
type cell struct {
	hit          float32 // matched words of i and of j, both sides together
	moreE, moreF float32
}

// newGrid compares units.
func newGrid(e, f *version, es, fs []int32, b band, eside, fside *side, k *knobs, loo *counts) *grid {
	g := &grid{e: e, f: f, k: k, es: es, fs: fs, band: b}
	g.start = make([]int, len(es)+1)
	for i := range es {
		g.start[i+1] = g.start[i] + int(b.hi[i]-b.lo[i])
	}
	g.cells = make([]cell, g.start[len(es)])
	g.em, g.er, g.esize, g.elog = g.sums(e, es, eside)
	g.fm, g.fr, g.fsize, g.flog = g.sums(f, fs, fside)
	g.match(eside, loo)
	g.matchBack(fside, loo)
	return g
}

func (g *grid) sums(v *version, units []int32, s *side) (miss, rate, size, log []float32) {
	n := len(units)
	all := make([]float32, 4*n)
	miss, rate, size, log = all[:n], all[n:2*n], all[2*n:3*n], all[3*n:]
	for i, u := range units {
		for _, w := range v.units[u].words {
			miss[i] += s.miss[w]
			rate[i] += s.rate[w]
		}
		size[i] = v.units[u].size
		log[i] = float32(math.Log(float64(size[i]) + 1))
	}
	return miss, rate, size, log
}

// places maps units to positions in a grid, −1 for none.
func places(v *version, units []int32) []int32 {
	at := make([]int32, len(v.units))
	for i := range at {
		at[i] = -1
	}
	for p, u := range units {
		at[u] = int32(p)
	}
	return at
}

// match adds what each word of e finds in f.
func (g *grid) match(s *side, loo *counts) {
	n := len(g.fs)
	best := make([]float32, n+1)
	turn := make([]int32, n+1)
	place := places(g.f, g.fs)
	var touched []int32
	now := int32(0)
	for i, unit := range g.es {
		lo, hi := g.band.lo[i], g.band.hi[i]
		if lo >= hi {
			continue
		}
		row := g.cells[g.start[i]:g.start[i+1]]
		first, last := g.fs[lo], g.fs[hi-1]
		for _, u := range g.e.units[unit].words {
			links := s.links[s.from[u]:s.from[u+1]]
			if len(links) == 0 {
				continue
			}
			now++
			touched = touched[:0]
			for x := range links {
				l := &links[x]
				at := g.f.words[l.to].at
				y := 0
				if len(at) > 8 {
					y = sort.Search(len(at), func(y int) bool { return at[y] >= first })
				}
				for ; y < len(at) && at[y] <= last; y++ {
					j := place[at[y]]
					if j < lo || j >= hi {
						continue
					}
					gain := l.odds - l.rate - g.flog[j]
					if l.join >= 0 {
						gain += loo.adjust(l.join, unit, at[y], false)
					}
					gain *= l.part
					if gain <= 0 {
						continue
					}
					if turn[j] != now {
						turn[j] = now
						best[j] = gain
						touched = append(touched, j)
						row[j-lo].hit += gain
					} else if gain > best[j] {
						row[j-lo].hit += gain - best[j]
						best[j] = gain
					}
				}
			}
			for _, j := range touched {
				if turn[j+1] == now && j+1 < hi {
					row[j-lo].moreE += min(best[j], best[j+1])
				}
			}
		}
	}
}

// matchBack adds what each word of f finds in e: the same by columns.
func (g *grid) matchBack(s *side, loo *counts) {
	n := len(g.es)
	best := make([]float32, n+1)
	turn := make([]int32, n+1)
	place := places(g.e, g.es)
	var touched []int32
	now := int32(0)
	from, to := 0, 0 // rows whose band may hold column j
	for j, unit := range g.fs {
		for from < n && int(g.band.hi[from]) <= j {
			from++
		}
		to = max(to, from)
		for to < n && int(g.band.lo[to]) <= j {
			to++
		}
		if from >= to {
			continue
		}
		first, last := g.es[from], g.es[to-1]
		for _, u := range g.f.units[unit].words {
			links := s.links[s.from[u]:s.from[u+1]]
			if len(links) == 0 {
				continue
			}
			now++
			touched = touched[:0]
			for x := range links {
				l := &links[x]
				at := g.e.words[l.to].at
				y := 0
				if len(at) > 8 {
					y = sort.Search(len(at), func(y int) bool { return at[y] >= first })
				}
				for ; y < len(at) && at[y] <= last; y++ {
					i := place[at[y]]
					if i < 0 || int(g.band.lo[i]) > j || int(g.band.hi[i]) <= j {
						continue
					}
					gain := l.odds - l.rate - g.elog[i]
					if l.join >= 0 {
						gain += loo.adjust(l.join, at[y], unit, true)
					}
					gain *= l.part
					if gain <= 0 {
						continue
					}
					c := &g.cells[g.start[i]+j-int(g.band.lo[i])]
					if turn[i] != now {
						turn[i] = now
						best[i] = gain
						touched = append(touched, i)
						c.hit += gain
					} else if gain > best[i] {
						c.hit += gain - best[i]
						best[i] = gain
					}
				}
			}
			for _, i := range touched {
				if turn[i+1] == now {
					g.cells[g.start[i]+j-int(g.band.lo[i])].moreF += min(best[i], best[i+1])
				}
			}
		}
	}
}

// at returns the cell of positions i, j, or nil out of the band.
func (g *grid) at(i, j int) *cell {
	if j < int(g.band.lo[i]) || j >= int(g.band.hi[i]) {
		return nil
	}
	return &g.cells[g.start[i]+j-int(g.band.lo[i])]
}

// score returns the logarithm of how much likelier the n units of e from i and
// the m units of f from j are as translations of each other than by chance.
func (g *grid) score(i, n, j, m int) float64 {
	k := g.k
	var hit float32
	var em, er, es, fm, fr, fs float32
	for a := i; a < i+n; a++ {
		em += g.em[a]
		er += g.er[a]
		es += g.esize[a]
		for b := j; b < j+m; b++ {
			c := g.at(a, b)
			if c == nil {
				continue
			}
			hit += c.hit
			if b+1 < j+m {
				hit -= c.moreE
			}
			if a+1 < i+n {
				hit -= c.moreF
			}
		}
	}
	for b := j; b < j+m; b++ {
		fm += g.fm[b]
		fr += g.fr[b]
		fs += g.fsize[b]
	}
	words := float64(hit+em+fm) + float64(er*fs+fr*es)
	return k.evidence*words/2 + k.length*g.lengths(float64(es), float64(fs)) + k.marks*g.marks(i, n, j, m)
}

// lengths is the evidence of two sizes.
func (g *grid) lengths(a, b float64) float64 {
	k := g.k
	d := math.Log(b+2) - math.Log(a+2) - g.scale
	short := min(a, b*math.Exp(-g.scale))
	v := k.spread + k.jitter/(short+4)
	w := max(k.wide, v)
	return max(-6, math.Log(w/v)/2-d*d/(2*v)+d*d/(2*w))
}

// marks is the evidence of punctuation: what is rare and kept tells most.
func (g *grid) marks(i, n, j, m int) float64 {
	var a, b marks
	for x := i; x < i+n; x++ {
		a = a.or(g.e.units[g.es[x]].marks)
	}
	for x := j; x < j+m; x++ {
		b = b.or(g.f.units[g.fs[x]].marks)
	}
	s := 0.0
	both := func(p, q bool, hit, miss float64) {
		if p && q {
			s += hit
		} else if p != q {
			s -= miss
		}
	}
	both(a.question, b.question, 2, 1)
	both(a.exclaim, b.exclaim, 1.5, 0.3)
	both(a.colon, b.colon, 1, 0.4)
	both(a.quote, b.quote, 0.7, 0.4)
	both(a.bracket, b.bracket, 1, 0.4)
	return s
}

func (m marks) or(o marks) marks {
	return marks{m.question || o.question, m.exclaim || o.exclaim, m.colon || o.colon, m.quote || o.quote, m.bracket || o.bracket, m.semi || o.semi}
}
