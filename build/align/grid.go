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
	e, f   *version
	k      *knobs
	es     []int32 // units of e in the grid, ascending; positions count from 0
	fs     []int32
	band   band
	start  []int // where row i's cells begin, at column lo[i]
	cells  []cell
	eg, fg [most][]group // runs of one, two … units by their first position
	scale  float64       // log of how many letters of f one of e makes
}

// most is how many units of a side a bead holds at most.
const most = 3

// group is a run of units.
type group struct {
	miss, rate float32 // sums over the words: what it costs to miss all
	size, log  float32
	marks      uint8
}

// cell is what unit i of e and unit j of f share. more is how much of it unit
// i shares with j+1 too, and unit j with i+1.
type cell struct {
	hit          float32 // matched words of i and of j, both sides together
	moreE, moreF float32
}

// newGrid compares units.
func newGrid(e, f *version, es, fs []int32, b band, eside, fside *side, scale float64, k *knobs, loo *counts) *grid {
	g := &grid{e: e, f: f, k: k, es: es, fs: fs, band: b, scale: scale}
	g.start = make([]int, len(es)+1)
	for i := range es {
		g.start[i+1] = g.start[i] + int(b.hi[i]-b.lo[i])
	}
	g.cells = make([]cell, g.start[len(es)])
	g.eg = groups(e, es, eside)
	g.fg = groups(f, fs, fside)
	g.match(eside, loo)
	g.matchBack(fside, loo)
	return g
}

func groups(v *version, units []int32, s *side) (out [most][]group) {
	one := make([]group, len(units))
	for i, u := range units {
		x := &one[i]
		for _, w := range v.units[u].words {
			x.miss += s.miss[w]
			x.rate += s.rate[w]
		}
		x.size = v.units[u].size
		x.marks = v.units[u].marks
	}
	out[0] = one
	for n := 1; n < most; n++ {
		run := make([]group, max(0, len(units)-n))
		for i := range run {
			a, b := &out[n-1][i], &one[i+n]
			run[i] = group{miss: a.miss + b.miss, rate: a.rate + b.rate, size: a.size + b.size, marks: a.marks | b.marks}
		}
		out[n] = run
	}
	for n := range out {
		for i := range out[n] {
			out[n][i].log = float32(math.Log(float64(out[n][i].size) + 2))
		}
	}
	return out
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
					gain := l.odds - l.rate - g.fg[0][j].log
					if l.join >= 0 {
						change, ok := loo.adjust(l.join, unit, at[y], false)
						if !ok {
							continue
						}
						gain += change
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
					gain := l.odds - l.rate - g.eg[0][i].log
					if l.join >= 0 {
						change, ok := loo.adjust(l.join, at[y], unit, true)
						if !ok {
							continue
						}
						gain += change
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
	var hit float32
	for a := i; a < i+n; a++ {
		lo, hi := int(g.band.lo[a]), int(g.band.hi[a])
		at := g.start[a] - lo
		for b := j; b < j+m; b++ {
			if b < lo || b >= hi {
				continue
			}
			c := &g.cells[at+b]
			hit += c.hit
			if b+1 < j+m {
				hit -= c.moreE
			}
			if a+1 < i+n {
				hit -= c.moreF
			}
		}
	}
	x, y := &g.eg[n-1][i], &g.fg[m-1][j]
	words := hit + x.miss + y.miss + x.rate*y.size + y.rate*x.size
	return g.k.evidence*float64(words)/2 + g.k.length*g.lengths(x, y) + g.k.marks*g.markOdds(x.marks, y.marks)
}

// lengths is the evidence of two sizes (Gale and Church 1993, on logarithms).
func (g *grid) lengths(x, y *group) float64 {
	k := g.k
	d := float64(y.log-x.log) - g.scale
	short := float64(x.size)
	if d < 0 {
		short *= math.Exp(d)
	}
	v := k.spread + k.jitter/(short+4)
	w := max(k.wide, v)
	// log(w/v)/2, near enough
	return max(-6, halfLog(w/v)-d*d/(2*v)+d*d/(2*w))
}

// halfLog is log(x)/2 for x ≥ 1, within some hundredths.
func halfLog(x float64) float64 {
	// log x = 2 artanh((x−1)/(x+1)), taken on the square root for range.
	x = math.Sqrt(x)
	t := (x - 1) / (x + 1)
	t2 := t * t
	return 2 * t * (1 + t2*(1.0/3+t2*(1.0/5+t2/7)))
}

// markOdds is the evidence of punctuation: what is rare and kept tells most.
func (g *grid) markOdds(a, b uint8) float64 { return markTable[a][b] }

var markTable = func() (t [1 << 5][1 << 5]float64) {
	hit := [...]float64{2, 1.5, 1, 0.7, 1}
	miss := [...]float64{1, 0.3, 0.4, 0.4, 0.4}
	for a := range t {
		for b := range t[a] {
			for x := range hit {
				switch p, q := a>>x&1, b>>x&1; {
				case p == 1 && q == 1:
					t[a][b] += hit[x]
				case p != q:
					t[a][b] -= miss[x]
				}
			}
		}
	}
	return t
}()
