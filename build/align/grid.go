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
	k      *knobs
	es     []int32 // units of e in the grid, ascending; positions count from 0
	fs     []int32
	band   band
	rows   []stretch // of cells
	cells  []cell
	eg, fg [most][]group // runs of one, two … units by their first position
	kinds  []float32     // the evidence of two looks, by e's and then f's
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
	// nothing to them: score takes off what long runs meet sooner by chance.
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

// newGrid compares units.
func newGrid(e, f *version, es, fs []int32, b band, eside, fside *side, scale float64, k *knobs, loo *counts, rm *room) *grid {
	g := &grid{e: e, f: f, k: k, es: es, fs: fs, band: b}
	g.rows = make([]stretch, len(es))
	cells := 0
	for i := range es {
		g.rows[i] = stretch{int(b.lo[i]), int(b.hi[i]), cells + margin - int(b.lo[i])}
		cells += int(b.hi[i]-b.lo[i]) + 2*margin
	}
	g.cells = fit(&rm.cells, cells)
	clear(g.cells)
	g.eg = groups(e, es, eside, 0, k, &rm.groups[0])
	g.fg = groups(f, fs, fside, scale, k, &rm.groups[1])
	for _, x := range e.looks {
		for _, y := range f.looks {
			g.kinds = append(g.kinds, float32(k.kindOdds(x, y)))
		}
	}
	g.match(eside, loo, rm)
	g.matchBack(fside, loo, rm)
	return g
}

// groups makes the runs of one side, whose logarithms are brought by scale to
// those of e.
func groups(v *version, units []int32, s *side, scale float64, k *knobs, rm *[most][]group) (out [most][]group) {
	one := fit(&rm[0], len(units))
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
		run := fit(&rm[n], max(0, len(units)-n))
		for i := range run {
			a, b := &out[n-1][i], &one[i+n]
			run[i] = group{miss: a.miss + b.miss, rate: a.rate + b.rate, size: a.size + b.size, marks: a.marks | b.marks}
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
				x.measure = newMeasure(x.size, scale, shrink, k)
			} else {
				if known[size].bend == 0 {
					known[size] = newMeasure(x.size, scale, shrink, k)
				}
				x.measure = known[size]
			}
		}
	}
	return out
}

func newMeasure(size float32, scale, shrink float64, k *knobs) measure {
	log := math.Log(float64(size) + 2)
	m := measure{plain: float32(log), log: float32(log - scale)}
	// Gale and Church 1993, on logarithms: a true pair's lengths differ with
	// variance v, unrelated ones' with w.
	v := k.spread + k.jitter/(float64(size)*shrink+4)
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
// side.
type tally struct {
	o      *version // the other side
	units  []int32  // of it, by position
	spots  []spot   // by its units
	met    []int32  // units the word at hand met
	all    []int32  // units any word met
	now    int32
	passed int32   // its units before this one are behind
	next   []spell // per word of the other side, what is not yet behind
}

// A spell is the first unit not yet passed that holds a word, and where that
// stands in version.at.
type spell struct{ unit, at int32 }

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

func newTally(o *version, units []int32, ones []group, ties []int32, rm *room) *tally {
	t := &rm.tally
	*t = tally{o: o, units: units, spots: fit(&t.spots, len(o.units)), next: fit(&t.next, len(o.words)), met: t.met[:0], all: t.all[:0]}
	for w := range t.next {
		i := o.from[w]
		t.next[w] = spell{o.at[i], i}
	}
	for y := range t.spots {
		t.spots[y] = spot{place: -1}
		if ties != nil {
			t.spots[y].tie = ties[y]
		}
	}
	for j, y := range units {
		t.spots[y].place, t.spots[y].log = int32(j), ones[j].plain
	}
	return t
}

// pass leaves the units before first behind.
func (t *tally) pass(first int32) {
	for ; t.passed < first; t.passed++ {
		for _, w := range t.o.units[t.passed].words {
			n := &t.next[w]
			n.at++
			n.unit = t.o.at[n.at]
		}
	}
}

// count tallies the words of unit x of v, which was in the tie own, looking at
// positions lo to hi of the other side. Calls must come with ascending lo. A
// word's units stand in one slice with an end that needs no bound, and where to
// begin in it is known, as most of what is looked for is not there.
func (t *tally) count(v *version, x int32, s *side, lo, hi int32, loo *counts, own int32, back bool) {
	for _, y := range t.all {
		t.spots[y].hit, t.spots[y].more, t.spots[y].num = 0, 0, 0
	}
	t.all = t.all[:0]
	last := t.units[hi-1]
	t.pass(t.units[lo])
	at := t.o.at
	for _, w := range v.units[x].words {
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
			var proof *joint
			var twice int32
			if l.join >= 0 {
				proof = &loo.joints[l.join]
				twice = loo.holds(proof, own)
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
						d += loo.holds(proof, p.tie)
					}
					if d > 0 {
						change, ok := proof.without(d, back)
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
func (g *grid) match(s *side, loo *counts, rm *room) {
	sooner := float32(g.k.sooner)
	mine, ties := loo.ties(false)
	t := newTally(g.f, g.fs, g.fg[0], ties, rm)
	for i, unit := range g.es {
		lo, hi := g.band.lo[i], g.band.hi[i]
		if lo >= hi {
			continue
		}
		t.count(g.e, unit, s, lo, hi, loo, tieIn(mine, unit), false)
		at := g.rows[i].at
		for _, y := range t.all {
			p := &t.spots[y]
			c := &g.cells[at+int(p.place)]
			c.hit += p.hit + sooner*p.num*g.fg[0][p.place].log
			c.moreE += p.more
			c.numE += p.num
		}
	}
}

// matchBack adds what each word of f finds in e.
func (g *grid) matchBack(s *side, loo *counts, rm *room) {
	n := int32(len(g.es))
	sooner := float32(g.k.sooner)
	mine, ties := loo.ties(true)
	t := newTally(g.e, g.es, g.eg[0], ties, rm)
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
		t.count(g.f, unit, s, from, to, loo, tieIn(mine, unit), true)
		for _, y := range t.all {
			p := &t.spots[y]
			c := &g.cells[g.rows[p.place].at+j]
			c.hit += p.hit + sooner*p.num*g.eg[0][p.place].log
			c.moreF += p.more
			c.numF += p.num
		}
	}
}

// scoring is the knobs of score.
type scoring struct{ words, length, marks, sooner float32 }

func (k *knobs) scoring() scoring {
	return scoring{words: float32(k.evidence / 2), length: float32(k.length), marks: float32(k.marks), sooner: float32(k.sooner)}
}

// score returns the logarithm of how much likelier two runs of units that share
// so much are as translations of each other than by chance.
func (w *scoring) score(x, y *group, o overlap) float32 {
	words := o.hit - w.sooner*(o.numE*y.log+o.numF*x.log) + x.miss + y.miss + x.rate*y.size + y.rate*x.size
	return w.words*words + w.length*lengths(x, y) + w.marks*markTable[x.marks][y.marks]
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
