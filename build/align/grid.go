package align

import "math"

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
	elog   []float32     // logarithms of the units' sizes
	flog   []float32
	scale  float64 // log of how many letters of f one of e makes
}

// most is how many units of a side a bead holds at most.
const most = 3

// group is a run of units.
type group struct {
	miss, rate float32 // sums over the words: what it costs to miss all
	size, log  float32
	marks      uint8
	// The lengths' evidence if this is the shorter side: peak − bend·d² for a
	// difference d of the logarithms.
	short, peak, bend float32
}

// cell is what unit i of e and unit j of f share. more is how much of it unit
// i shares with j+1 too, and unit j with i+1.
type cell struct {
	hit          float32 // matched words of i and of j, both sides together
	moreE, moreF float32
	numE, numF   float32 // how many words of i were matched, and of j
}

// newGrid compares units.
func newGrid(e, f *version, es, fs []int32, b band, eside, fside *side, scale float64, k *knobs, loo *counts, h *hints) *grid {
	g := &grid{e: e, f: f, k: k, es: es, fs: fs, band: b, scale: scale}
	g.start = make([]int, len(es)+1)
	for i := range es {
		g.start[i+1] = g.start[i] + int(b.hi[i]-b.lo[i])
	}
	g.cells = make([]cell, g.start[len(es)])
	g.eg = groups(e, es, eside, 0, k, h.missE())
	g.fg = groups(f, fs, fside, scale, k, h.missF())
	g.elog, g.flog = logs(e, es), logs(f, fs)
	g.match(eside, loo)
	g.matchBack(fside, loo)
	if h != nil {
		g.hint(h, places(f, fs))
	}
	return g
}

func logs(v *version, units []int32) []float32 {
	out := make([]float32, len(units))
	for i, u := range units {
		out[i] = float32(math.Log(float64(v.units[u].size) + 2))
	}
	return out
}

// groups makes the runs of one side. scale brings its sizes to those of e.
func groups(v *version, units []int32, s *side, scale float64, k *knobs, hinted []float32) (out [most][]group) {
	one := make([]group, len(units))
	for i, u := range units {
		x := &one[i]
		for _, w := range v.units[u].words {
			x.miss += s.miss[w]
			x.rate += s.rate[w]
		}
		if hinted != nil {
			x.miss -= float32(k.hintMiss) * hinted[u]
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
			x := &out[n][i]
			x.log = float32(math.Log(float64(x.size)+2) - scale)
			// Gale and Church 1993, on logarithms: a true pair's lengths differ
			// with variance v, unrelated ones' with w.
			x.short = x.size * float32(math.Exp(-scale))
			v := k.spread + k.jitter/(float64(x.short)+4)
			w := max(k.wide, v)
			x.peak = float32(math.Log(w/v) / 2)
			x.bend = float32(1/(2*v) - 1/(2*w))
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

// A tally sums, for one unit, what its words find in the units of the other
// side, in positions.
type tally struct {
	hit, more []float32 // more is what the next position shares
	num       []float32 // how many words were met
	best      []float32 // of the word at hand
	turn      []int32   // the word that set best
	touched   []int32   // positions the word at hand met
	all       []int32   // positions any word met
	now       int32
	cursor    []int32 // per word of the other side, its first unit not yet passed
}

func newTally(positions, words int) *tally {
	all := make([]float32, 4*(positions+1))
	n := positions + 1
	return &tally{hit: all[:n], more: all[n : 2*n], best: all[2*n : 3*n], num: all[3*n:], turn: make([]int32, n), cursor: make([]int32, words)}
}

// count tallies the words of unit x of v, looking at positions lo to hi of the
// other side, whose first unit is first and last one last. Calls must come
// with ascending lo.
func (t *tally) count(v, o *version, x int32, s *side, place []int32, logs []float32, lo, hi, first, last int32, loo *counts, back bool) {
	for _, i := range t.all {
		t.hit[i], t.more[i], t.num[i] = 0, 0, 0
	}
	t.all = t.all[:0]
	for _, u := range v.units[x].words {
		links := s.links[s.from[u]:s.from[u+1]]
		if len(links) == 0 {
			continue
		}
		t.now++
		t.touched = t.touched[:0]
		for n := range links {
			l := &links[n]
			at := o.words[l.to].at
			y := int(t.cursor[l.to])
			for y < len(at) && at[y] < first {
				y++
			}
			t.cursor[l.to] = int32(y)
			for ; y < len(at) && at[y] <= last; y++ {
				j := place[at[y]]
				if j < lo || j >= hi {
					continue
				}
				gain := l.odds - l.rate - logs[j]
				if gain <= 0 {
					continue
				}
				if l.join >= 0 {
					change, ok := loo.adjust(l.join, x, at[y], back)
					if gain += change; !ok || gain <= 0 {
						continue
					}
				}
				gain *= l.part
				switch {
				case t.turn[j] != t.now:
					t.turn[j] = t.now
					t.best[j] = gain
					t.touched = append(t.touched, j)
					if t.hit[j] == 0 {
						t.all = append(t.all, j)
					}
					t.hit[j] += gain
					t.num[j] += l.part
				case gain > t.best[j]:
					t.hit[j] += gain - t.best[j]
					t.best[j] = gain
				}
			}
		}
		for _, j := range t.touched {
			if t.turn[j+1] == t.now && j+1 < hi {
				t.more[j] += min(t.best[j], t.best[j+1])
			}
		}
	}
}

// match adds what each word of e finds in f.
func (g *grid) match(s *side, loo *counts) {
	place := places(g.f, g.fs)
	t := newTally(len(g.fs), len(g.f.words))
	for i, unit := range g.es {
		lo, hi := g.band.lo[i], g.band.hi[i]
		if lo >= hi {
			continue
		}
		t.count(g.e, g.f, unit, s, place, g.flog, lo, hi, g.fs[lo], g.fs[hi-1], loo, false)
		row := g.cells[g.start[i]:g.start[i+1]]
		for _, j := range t.all {
			row[j-lo].hit += t.hit[j]
			row[j-lo].moreE += t.more[j]
			row[j-lo].numE += t.num[j]
		}
	}
}

// matchBack adds what each word of f finds in e.
func (g *grid) matchBack(s *side, loo *counts) {
	n := int32(len(g.es))
	place := places(g.e, g.es)
	t := newTally(len(g.es), len(g.e.words))
	from, to := int32(0), int32(0) // rows whose band holds column j
	for j, unit := range g.fs {
		for from < n && g.band.hi[from] <= int32(j) {
			from++
		}
		to = max(to, from)
		for to < n && g.band.lo[to] <= int32(j) {
			to++
		}
		if from >= to {
			continue
		}
		t.count(g.f, g.e, unit, s, place, g.elog, from, to, g.es[from], g.es[to-1], loo, true)
		for _, i := range t.all {
			c := &g.cells[g.start[i]+j-int(g.band.lo[i])]
			c.hit += t.hit[i]
			c.moreF += t.more[i]
			c.numF += t.num[i]
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
	x, y := &g.eg[n-1][i], &g.fg[m-1][j]
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
			if n+m == 2 {
				break
			}
			if b+1 < j+m {
				hit -= c.moreE
			}
			if a+1 < i+n {
				hit -= c.moreF
			}
			// In several units a word is met by chance so much sooner.
			hit -= float32(g.k.sooner) * (c.numE*(y.log-g.fg[0][b].log) + c.numF*(x.log-g.eg[0][a].log))
		}
	}
	words := hit + x.miss + y.miss + x.rate*y.size + y.rate*x.size
	return g.k.evidence*float64(words)/2 + g.k.length*float64(lengths(x, y)) + g.k.marks*g.markOdds(x.marks, y.marks)
}

// lengths is the evidence of two sizes.
func lengths(x, y *group) float32 {
	d := y.log - x.log
	if y.short < x.short {
		x = y
	}
	return max(-6, x.peak-x.bend*d*d)
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
