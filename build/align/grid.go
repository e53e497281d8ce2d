package align

import (
	"math"
	"slices"
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
	elog   []float32     // logarithms of the units' sizes
	flog   []float32
	scale  float64   // log of how many letters of f one of e makes
	sooner float32   // of the knobs
	kinds  []float64 // the evidence of two looks, by e's and then f's
	found  *solution // the best ways through it, once they were asked for
}

// most is how many units of a side a bead holds at most.
const most = 3

// group is a run of units.
type group struct {
	miss, rate float32 // sums over the words: what it costs to miss all
	size       float32
	marks      uint8
	measure
}

// measure is what hangs on a size alone.
type measure struct {
	plain, log float32 // the size's logarithm, and that brought to the scale of e
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
	g := &grid{e: e, f: f, k: k, es: es, fs: fs, band: b, scale: scale, sooner: float32(k.sooner)}
	g.start = make([]int, len(es)+1)
	for i := range es {
		g.start[i+1] = g.start[i] + int(b.hi[i]-b.lo[i])
	}
	g.cells = make([]cell, g.start[len(es)])
	g.eg, g.elog = groups(e, es, eside, 0, k, h.missE())
	g.fg, g.flog = groups(f, fs, fside, scale, k, h.missF())
	for _, x := range e.looks {
		for _, y := range f.looks {
			g.kinds = append(g.kinds, k.kindOdds(x, y))
		}
	}
	g.match(eside, loo)
	g.matchBack(fside, loo)
	if h != nil {
		g.hint(h, places(f, fs))
	}
	return g
}

// groups makes the runs of one side, and the logarithms of its units' sizes.
// scale brings the runs' sizes to those of e.
func groups(v *version, units []int32, s *side, scale float64, k *knobs, hinted []float32) (out [most][]group, logs []float32) {
	one := make([]group, len(units))
	top := 0
	for i, u := range units {
		x := &one[i]
		for _, w := range v.units[u].words {
			x.miss += s.words[w].miss
			x.rate += s.words[w].rate
		}
		if hinted != nil {
			x.miss -= float32(k.hintMiss) * hinted[u]
		}
		x.size = v.units[u].size
		x.marks = v.units[u].marks
		top = max(top, int(x.size))
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
	// Sizes are whole numbers and few, so each is measured once.
	known := make([]measure, min(most*top, 1000)+1)
	shrink := math.Exp(-scale)
	logs = make([]float32, len(units))
	for n := range out {
		for i := range out[n] {
			x := &out[n][i]
			if size := int(x.size); size >= len(known) {
				x.measure = newMeasure(x.size, scale, shrink, k)
			} else {
				if known[size].bend == 0 {
					known[size] = newMeasure(x.size, scale, shrink, k)
				}
				x.measure = known[size]
			}
			if n == 0 {
				logs[i] = x.plain
			}
		}
	}
	return out, logs
}

func newMeasure(size float32, scale, shrink float64, k *knobs) measure {
	log := math.Log(float64(size) + 2)
	m := measure{plain: float32(log), log: float32(log - scale), short: size * float32(shrink)}
	// Gale and Church 1993, on logarithms: a true pair's lengths differ with
	// variance v, unrelated ones' with w.
	v := k.spread + k.jitter/(float64(m.short)+4)
	w := max(k.wide, v)
	m.peak = float32(math.Log(w/v) / 2)
	m.bend = float32(1/(2*v) - 1/(2*w))
	return m
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
	o      *version  // the other side
	place  []int32   // its positions by its units
	logs   []float32 // of the sizes at its positions
	spots  []spot    // per position, and one more
	met    []int32   // positions the word at hand met
	all    []int32   // positions any word met
	now    int32
	cursor []int32 // per word of the other side, where in o.at its first unit not yet passed stands
}

// A spot is what a unit's words found at one position.
type spot struct {
	hit, more float32 // more is what the next position shares
	num       float32 // how many words were met
	best      float32 // of the word at hand
	turn      int32   // the word that set best
}

func newTally(o *version, units []int32, logs []float32) *tally {
	return &tally{o: o, place: places(o, units), logs: logs, spots: make([]spot, len(units)+1), cursor: slices.Clone(o.from)}
}

// count tallies the words of unit x of v, looking at positions lo to hi of the
// other side, whose first unit is first and last one last. Calls must come
// with ascending lo. This is the innermost loop of all: a word's units stand
// in one slice with an end that needs no bound, and lists are walked only
// forwards.
func (t *tally) count(v *version, x int32, s *side, lo, hi, first, last int32, loo *counts, back bool) {
	for _, i := range t.all {
		t.spots[i].hit, t.spots[i].more, t.spots[i].num = 0, 0, 0
	}
	t.all = t.all[:0]
	own := loo.tie(x, back)
	at := t.o.at
	for _, u := range v.units[x].words {
		links := s.links[s.from[u]:s.from[u+1]]
		if len(links) == 0 {
			continue
		}
		t.now++
		t.met = t.met[:0]
		for n := range links {
			l := &links[n]
			y := t.cursor[l.to]
			for at[y] < first {
				y++
			}
			t.cursor[l.to] = y
			for ; at[y] <= last; y++ {
				j := t.place[at[y]]
				if j < lo || j >= hi {
					continue
				}
				gain := l.odds - l.rate - t.logs[j]
				if gain <= 0 {
					continue
				}
				if l.join >= 0 {
					change, ok := loo.adjust(l.join, own, loo.tie(at[y], !back), back)
					if gain += change; !ok || gain <= 0 {
						continue
					}
				}
				gain *= l.part
				p := &t.spots[j]
				switch {
				case p.turn != t.now:
					p.turn = t.now
					p.best = gain
					t.met = append(t.met, j)
					if p.hit == 0 {
						t.all = append(t.all, j)
					}
					p.hit += gain
					p.num += l.part
				case gain > p.best:
					p.hit += gain - p.best
					p.best = gain
				}
			}
		}
		for _, j := range t.met {
			if p, next := &t.spots[j], &t.spots[j+1]; next.turn == t.now && j+1 < hi {
				p.more += min(p.best, next.best)
			}
		}
	}
}

// match adds what each word of e finds in f.
func (g *grid) match(s *side, loo *counts) {
	t := newTally(g.f, g.fs, g.flog)
	for i, unit := range g.es {
		lo, hi := g.band.lo[i], g.band.hi[i]
		if lo >= hi {
			continue
		}
		t.count(g.e, unit, s, lo, hi, g.fs[lo], g.fs[hi-1], loo, false)
		row := g.cells[g.start[i]:g.start[i+1]]
		for _, j := range t.all {
			c, p := &row[j-lo], &t.spots[j]
			c.hit += p.hit
			c.moreE += p.more
			c.numE += p.num
		}
	}
}

// matchBack adds what each word of f finds in e.
func (g *grid) matchBack(s *side, loo *counts) {
	n := int32(len(g.es))
	t := newTally(g.e, g.es, g.elog)
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
		t.count(g.f, unit, s, from, to, g.es[from], g.es[to-1], loo, true)
		for _, i := range t.all {
			c := &g.cells[g.start[i]+j-int(g.band.lo[i])]
			p := &t.spots[i]
			c.hit += p.hit
			c.moreF += p.more
			c.numF += p.num
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
	if n+m > 2 {
		hit = g.shared(i, n, j, m, x.log, y.log)
	} else if c := g.at(i, j); c != nil {
		hit = c.hit
	}
	words := hit + x.miss + y.miss + x.rate*y.size + y.rate*x.size
	return g.k.evidence*float64(words)/2 + g.k.length*float64(lengths(x, y)) + g.k.marks*markTable[x.marks][y.marks]
}

// shared is what runs of several units share, given the logarithms of their
// sizes.
func (g *grid) shared(i, n, j, m int, elog, flog float32) (hit float32) {
	for a := i; a < i+n; a++ {
		lo := int(g.band.lo[a])
		from, to := max(j, lo), min(j+m, int(g.band.hi[a]))
		if from >= to {
			continue
		}
		at := g.start[a] - lo
		more := elog - g.eg[0][a].log
		for b := from; b < to; b++ {
			c := &g.cells[at+b]
			if c.hit == 0 { // then they share nothing at all
				continue
			}
			hit += c.hit
			if b+1 < j+m {
				hit -= c.moreE
			}
			if a+1 < i+n {
				hit -= c.moreF
			}
			// In several units a word is met by chance so much sooner.
			hit -= g.sooner * (c.numE*(flog-g.fg[0][b].log) + c.numF*more)
		}
	}
	return hit
}

// lengths is the evidence of two sizes.
func lengths(x, y *group) float32 {
	d := y.log - x.log
	if y.short < x.short {
		x = y
	}
	return max(-6, x.peak-x.bend*d*d)
}

// markTable is the evidence of punctuation: what is rare and kept tells most.
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
