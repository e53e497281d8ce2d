package align

import "math"

// A band says which units of f each unit of e is compared with: those from
// lo[i] up to hi[i], ascending in i.
type band struct{ lo, hi []int32 }

// A stretch is a row of what a band holds: the columns from lo to hi, of which
// column j stands at index at+j.
type stretch struct{ lo, hi, at int }

// A grid holds the evidence of all unit pairs of a band, as rows of cells.
type grid struct {
	e, f   *version
	par    *Parameters
	es     []int32 // units of e in the grid, ascending; positions count from 0
	fs     []int32
	band   band
	rows   []stretch // of cells
	cells  []cell
	eg, fg [most][]group // runs of one, two … units by their first position
	kinds  []float32     // the evidence of two shapes, by e's and then f's
}

// most is how many units of a side a bead holds at most.
const most = 4

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
	peak, bend float32
}

// An overlap is what some units of e and some of f share.
type overlap struct {
	// The matched words, both sides together, as if the size of the units were
	// nothing to them: score takes off what long runs meet by chance.
	hit        float32
	numE, numF float32 // how many words of e were matched, and of f
}

// cell is what unit i of e and unit j of f share. more is how much of it unit
// i shares with j+1 too, and unit j with i+1.
type cell struct {
	overlap
	moreE, moreF float32
}

// with adds a cell, but for what is counted already.
func (o overlap) with(c *cell, counted float32) overlap {
	return overlap{o.hit + c.hit - counted, o.numE + c.numE, o.numF + c.numF}
}

// margin is how many empty cells there are before and after those of each row,
// so that beads may lean over the edge of the band.
const margin = most - 1

// newGrid compares units of both versions, those that the band allows.
func (a *aligner) newGrid(es, fs []int32, b band) *grid {
	g := &grid{e: a.e, f: a.f, par: a.par, es: es, fs: fs, band: b}
	g.rows = make([]stretch, len(es))
	cells := 0
	for i := range es {
		g.rows[i] = stretch{int(b.lo[i]), int(b.hi[i]), cells + margin - int(b.lo[i])}
		cells += int(b.hi[i]-b.lo[i]) + 2*margin
	}
	g.cells = fit(&a.sc.cells, cells)
	clear(g.cells)
	g.eg = a.groups(a.e, es, a.eside, 0, &a.sc.groups[0])
	g.fg = a.groups(a.f, fs, a.fside, a.scale, &a.sc.groups[1])
	for _, x := range a.e.shapes {
		for _, y := range a.f.shapes {
			g.kinds = append(g.kinds, float32(a.par.kindOdds(x, y)))
		}
	}
	g.match(newTally(search{own: a.e, other: a.f, units: fs, ones: g.fg[0], links: a.eside, counts: a.counts}, a.sc))
	g.matchBack(newTally(search{own: a.f, other: a.e, units: es, ones: g.eg[0], links: a.fside, counts: a.counts, back: true}, a.sc))
	return g
}

// groups makes the runs of one side, whose logarithms are brought by scale to
// those of e.
func (a *aligner) groups(v *version, units []int32, s *side, scale float64, mem *[most][]group) (out [most][]group) {
	one := fit(&mem[0], len(units))
	top := 0
	for i, u := range units {
		x := &one[i]
		*x = group{size: v.units[u].size, marks: v.units[u].marks}
		for _, w := range v.units[u].words {
			x.miss += s.words[w].miss
			x.rate += s.words[w].rate
		}
		top = max(top, int(x.size))
	}
	out[0] = one
	for n := 1; n < most; n++ {
		run := fit(&mem[n], max(0, len(units)-n))
		for i := range run {
			x, y := &out[n-1][i], &one[i+n]
			run[i] = group{miss: x.miss + y.miss, rate: x.rate + y.rate, size: x.size + y.size, marks: x.marks | y.marks}
		}
		out[n] = run
	}
	// Sizes are whole numbers and few, so each is measured once.
	known := make([]measure, min(most*top, 1000)+1)
	shrink := math.Exp(-scale)
	for n := range out {
		for i := range out[n] {
			x := &out[n][i]
			if size := int(x.size); size >= len(known) {
				x.measure = newMeasure(x.size, scale, shrink, a.par)
			} else {
				if known[size].bend == 0 {
					known[size] = newMeasure(x.size, scale, shrink, a.par)
				}
				x.measure = known[size]
			}
		}
	}
	return out
}

func newMeasure(size float32, scale, shrink float64, par *Parameters) measure {
	log := math.Log(float64(size) + 2)
	m := measure{plain: float32(log), log: float32(log - scale)}
	// Gale and Church 1993, on logarithms: a true pair's lengths differ with
	// variance v, unrelated ones' with w.
	v := par.Spread + par.Jitter/(float64(size)*shrink+4)
	w := max(par.UnrelatedSpread, v)
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

// A search is one version's half of a comparison: its words are looked for in
// units of the other.
type search struct {
	own, other *version
	units      []int32 // of the other, by position
	ones       []group // those units
	links      *side   // of the own version's words
	counts     *counts // nil before anything was learnt
	back       bool    // from f to e
}

// A tally sums, for one unit, what its words find in the units of the other
// side.
type tally struct {
	search
	spots  []spot  // by the other version's units
	met    []int32 // units the word at hand met
	all    []int32 // units any word met
	now    int32
	passed int32     // its units before this one are behind
	next   []pending // per word of the other side, what is not yet behind
	ties   []int32   // per unit of the own version, its tie in the pass before
}

// pending is the first unit not yet passed that holds a word, and where that
// stands in version.at.
type pending struct{ unit, at int32 }

// A spot is what a unit's words found in one unit of the other side, next to
// what the search asks of that: the search is the innermost loop of all.
type spot struct {
	place     int32 // position of the unit, −1 for none
	tie       int32 // that held it in the pass before
	log       float32
	hit, more float32 // more is what the next position shares
	num       float32 // how many words were met
	best      float32 // of the word at hand
	turn      int32   // the word that set best
}

func newTally(from search, sc *scratch) *tally {
	t, o := &sc.tally, from.other
	*t = tally{search: from, spots: fit(&t.spots, len(o.units)), next: fit(&t.next, len(o.words)), met: t.met[:0], all: t.all[:0]}
	for w := range t.next {
		i := o.from[w]
		t.next[w] = pending{o.at[i], i}
	}
	ties, otherTies := from.counts.ties(from.back)
	t.ties = ties
	for y := range t.spots {
		t.spots[y] = spot{place: -1}
		if otherTies != nil {
			t.spots[y].tie = otherTies[y]
		}
	}
	for j, y := range from.units {
		t.spots[y].place, t.spots[y].log = int32(j), from.ones[j].plain
	}
	return t
}

// pass leaves the units before first behind.
func (t *tally) pass(first int32) {
	for ; t.passed < first; t.passed++ {
		for _, w := range t.other.units[t.passed].words {
			n := &t.next[w]
			n.at++
			n.unit = t.other.at[n.at]
		}
	}
}

// count tallies the words of a unit, looking at positions lo to hi of the other
// side. Calls must come with ascending lo. A
// word's units stand in one slice with an end that needs no bound, and where to
// begin in it is known, as most of what is looked for is not there.
func (t *tally) count(unit, lo, hi int32) {
	for _, y := range t.all {
		t.spots[y].hit, t.spots[y].more, t.spots[y].num = 0, 0, 0
	}
	t.all = t.all[:0]
	last := t.units[hi-1]
	t.pass(t.units[lo])
	at, s, own := t.other.at, t.links, tieIn(t.ties, unit)
	for _, w := range t.own.units[unit].words {
		links := s.links[s.from[w]:s.from[w+1]]
		if len(links) == 0 {
			continue
		}
		t.now++
		t.met = t.met[:0]
		for n := range links {
			l := &links[n]
			next := t.next[l.to]
			if next.unit > last {
				continue
			}
			var proof *coOccurrence
			var twice int32
			if l.join >= 0 {
				proof = &t.counts.pairs[l.join]
				twice = t.counts.holds(proof, own)
			}
			for y, i := next.unit, next.at; y <= last; y = at[i] {
				i++
				p := &t.spots[y]
				if p.place < 0 {
					continue
				}
				gain := l.worth - p.log
				if gain <= 0 {
					continue
				}
				if proof != nil {
					d := twice
					if p.tie != own {
						d += t.counts.holds(proof, p.tie)
					}
					if d > 0 {
						change, ok := proof.without(d, t.back)
						if gain += change; !ok || gain <= 0 {
							continue
						}
					}
				}
				gain *= l.part
				switch {
				case p.turn != t.now:
					p.turn = t.now
					p.best = gain
					t.met = append(t.met, y)
					if p.hit == 0 {
						t.all = append(t.all, y)
					}
					p.hit += gain
					p.num += l.part
				case gain > p.best:
					p.hit += gain - p.best
					p.best = gain
				}
			}
		}
		if len(t.met) < 2 {
			continue
		}
		for _, y := range t.met {
			p := &t.spots[y]
			if p.place+1 < hi {
				if next := &t.spots[t.units[p.place+1]]; next.turn == t.now {
					p.more += min(p.best, next.best)
				}
			}
		}
	}
}

// match adds what each word of e finds in f.
func (g *grid) match(t *tally) {
	byChance := float32(g.par.ByChance)
	for i, unit := range g.es {
		lo, hi := g.band.lo[i], g.band.hi[i]
		if lo >= hi {
			continue
		}
		t.count(unit, lo, hi)
		at := g.rows[i].at
		for _, y := range t.all {
			p := &t.spots[y]
			c := &g.cells[at+int(p.place)]
			c.hit += p.hit + byChance*p.num*g.fg[0][p.place].log
			c.moreE += p.more
			c.numE += p.num
		}
	}
}

// matchBack adds what each word of f finds in e.
func (g *grid) matchBack(t *tally) {
	n := int32(len(g.es))
	byChance := float32(g.par.ByChance)
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
		t.count(unit, from, to)
		for _, y := range t.all {
			p := &t.spots[y]
			c := &g.cells[g.rows[p.place].at+j]
			c.hit += p.hit + byChance*p.num*g.eg[0][p.place].log
			c.moreF += p.more
			c.numF += p.num
		}
	}
}

// scoring is the parameters of score.
type scoring struct{ words, lengths, marks, byChance float32 }

func (par *Parameters) scoring() scoring {
	return scoring{words: float32(par.Words / 2), lengths: float32(par.Lengths), marks: float32(par.Marks), byChance: float32(par.ByChance)}
}

// score returns the logarithm of how much likelier two runs of units that share
// so much are as translations of each other than by chance.
func (w *scoring) score(x, y *group, o overlap) float32 {
	words := o.hit - w.byChance*(o.numE*y.log+o.numF*x.log) + x.miss + y.miss + x.rate*y.size + y.rate*x.size
	return w.words*words + w.lengths*lengths(x, y) + w.marks*markTable[x.marks][y.marks]
}

// lengths is the evidence of two sizes. Both peak and bend are less for the
// shorter.
func lengths(x, y *group) float32 {
	d := y.log - x.log
	return max(-6, min(x.peak, y.peak)-min(x.bend, y.bend)*d*d)
}

// markTable is the evidence of punctuation: what is rare and kept tells most.
var markTable = func() (t [1 << markKinds][1 << markKinds]float32) {
	hit := [markKinds]float32{2, 1.5, 1, 0.7, 1}
	miss := [markKinds]float32{1, 0.3, 0.4, 0.4, 0.4}
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
