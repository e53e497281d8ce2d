package align

import (
	"slices"

	"stele/build/doc"
)

// A bead is a group of units that say the same, by positions in a grid.
type bead struct{ i, n, j, m int }

// state is what the path did last.
const (
	linked = iota
	droppedE
	droppedF
	states
)

// A step is how a point was reached: 0 if the way begins there; by a bead, one
// more than the number of its size; without partner, one more than the state
// before, and with wholeBlock if a whole block was dropped.
type step uint8

const wholeBlock = 1 << 7

// solution holds the best ways to all points of a grid.
type solution struct {
	g      *grid
	rows   []stretch // of points; hi is the last
	points int
	e, f   []edge
	gains  []gains // per point
	kept   bool    // gains is its own; else it is scratch memory, as best and from are
	best   []reached
	from   [][states]step
}

// gains are what the beads of each size that end at a point are worth.
type gains [len(beadSizes)]float32

// reached is how good the best ways to a point are, by what they did last, and
// the best of them.
type reached struct {
	by  [states]float64
	top float64
}

// state returns what the best way did last.
func (r *reached) state() int {
	best := linked
	for x := droppedE; x < states; x++ {
		if r.by[x] > r.by[best]+even {
			best = x
		}
	}
	return best
}

// A scratch is memory that is used for one pair, grid and solution after the other.
type scratch struct {
	list       []candidate
	cells      []cell
	tally      tally
	groups     [2][most][]group
	gains      []gains
	best       []reached
	from       [][states]step
	fore, back []mass
	odds       []odds

	kept int // points of which some solution keeps the gains

	// Of the evidence and what is learnt.
	sorted                []candidate
	learntLinks           []learntLink
	starts, stamps        []int32
	logs                  ratios
	nv, words, met, often []int32
}

// mostKept is of how many points all pairs together keep what beads gain, which are 32
// bytes each. Beyond that it is found anew when it is asked for again.
const mostKept = 2 << 20

// keeps reports whether the gains of so many points more can be kept, and notes that
// they are.
func (sc *scratch) keeps(points int) bool {
	if sc.kept+points > mostKept {
		return false
	}
	sc.kept += points
	return true
}

// fit returns n elements of a slice, which grows if need be, with some more for
// the next. They are not cleared.
func fit[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n+n/8)
	}
	return (*s)[:n]
}

// An edge is what stands at a position of one side: before a unit, or at the
// end of the text.
type edge struct {
	ends  bool    // a block begins here, or the text ends
	shape int32   // of the unit that follows
	id    string  // of the heading that begins here, as written by its author
	width int     // how many units the block has that ends here
	tear  float64 // what it costs to part blocks that belong together
	late  float64 // what it costs that the other side has no end here
	cross float64 // what it costs a bead to run over this end
	// What it costs a bead of one, two … units from here to run over the ends
	// among them.
	over [most]float32
}

// mode says where a path may begin and end.
type mode uint8

const (
	global mode = iota // from corner to corner
	local              // anywhere between blocks
)

const far = -1e18

// even is a difference that rounding makes. Of two ways that differ by less the
// one is taken that tied what comes last, so that chance does not decide where
// one side says twice what the other says once.
const even = 1e-6

// frame lays out the points.
func (g *grid) frame() *solution {
	s := &solution{g: g, e: g.e.edgesOf(g.es, g.par), f: g.f.edgesOf(g.fs, g.par)}
	n, m := len(g.es), len(g.fs)
	s.rows = make([]stretch, n+1)
	for i := range s.rows {
		r := &s.rows[i]
		if i > 0 {
			r.lo = int(g.band.lo[i-1])
		}
		r.hi = m
		if i < n {
			r.hi = int(g.band.hi[i])
		}
		r.at = s.points - r.lo
		s.points += r.hi - r.lo + 1
	}
	return s
}

// point returns the index of a point.
func (s *solution) point(i, j int) int { return s.rows[i].at + j }

// before returns the index of a point that may be out of the band, and whether
// there is one.
func (s *solution) before(i, j int) (int, bool) {
	if i < 0 {
		return 0, false
	}
	r := &s.rows[i]
	return r.at + j, j >= r.lo && j <= r.hi
}

// solve finds the best ways.
func (s *solution) solve(md mode, sc *scratch) {
	s.best, s.from = fit(&sc.best, s.points), fit(&sc.from, s.points)
	cutE, dropE, cutF, dropF := s.g.drops()
	for i := range s.rows {
		e, r := &s.e[i], s.rows[i]
		for p, j := r.at+r.lo, r.lo; j <= r.hi; p, j = p+1, j+1 {
			s.from[p] = [states]step{}
			s.best[p].by = [states]float64{far, far, far}
			if i == 0 && j == 0 || md == local && e.ends && s.f[j].ends {
				s.best[p].by[linked] = 0
			}
		}
		for x := range beadSizes {
			s.beads(i, x)
		}
		for p, j := r.at+r.lo, r.lo; j <= r.hi; p, j = p+1, j+1 {
			f := &s.f[j]
			if i > 0 {
				late := 0.0
				if e.ends && !f.ends {
					late = e.late
				}
				s.try(p, i-1, j, droppedE, 0, late, &cutE)
				if e.ends {
					late += e.tear + s.e[i-e.width].tear
					s.try(p, i-e.width, j, droppedE, wholeBlock, late, &dropE)
				}
			}
			if j > 0 {
				late := 0.0
				if f.ends && !e.ends {
					late = f.late
				}
				s.try(p, i, j-1, droppedF, 0, late, &cutF)
				if f.ends {
					late += f.tear + s.f[j-f.width].tear
					s.try(p, i, j-f.width, droppedF, wholeBlock, late, &dropF)
				}
			}
			b := &s.best[p]
			b.top = max(b.by[linked], b.by[droppedE], b.by[droppedF])
		}
	}
}

// drops are the costs of a unit and of a block without partner, by what the
// path did before: going on in the same state, and turning from one side's
// drops to the other's, have costs of their own.
func (g *grid) drops() (cutE, dropE, cutF, dropF [states]float64) {
	par := g.par
	block := par.DropBlock + par.DropLine*(g.e.lined+g.f.lined)/2
	return [states]float64{par.DropUnit, par.DropNextUnit, par.DropUnit}, [states]float64{block, par.DropNextBlock, par.DropOtherSide},
		[states]float64{par.DropUnit, par.DropUnit, par.DropNextUnit}, [states]float64{block, par.DropOtherSide, par.DropNextBlock}
}

// beadSizes are the beads tried, by how many units they take of each side.
var beadSizes = [...]struct{ n, m int }{{1, 1}, {1, 2}, {2, 1}, {2, 2}, {1, 3}, {3, 1}, {1, 4}, {4, 1}}

// span returns the columns from and to, in row i, where beads of a size may
// end: those whose last units are compared and that begin within the band.
func (s *solution) span(i, size int) (from, to int) {
	i, m := i-beadSizes[size].n, beadSizes[size].m
	if i < 0 {
		return 0, -1
	}
	begin, end := &s.rows[i], &s.g.rows[i+beadSizes[size].n-1]
	return max(begin.lo+m, end.lo+1), min(begin.hi+m, end.hi)
}

// weigh finds what the beads gain that end in row i, with what it costs to
// arrive where they end.
func (s *solution) weigh(i int) {
	g := s.g
	// What the beads of a size have in common.
	var common [len(beadSizes)]struct {
		from, to int
		units    *group
		e        *edge
		cost     float32
	}
	for x := range beadSizes {
		c, n, m := &common[x], beadSizes[x].n, beadSizes[x].m
		if c.from, c.to = s.span(i, x); c.from <= c.to {
			c.units, c.e = &g.eg[n-1][i-n], &s.e[i-n]
			c.cost = float32(g.par.Bead[n][m]) + c.e.over[n-1]
		}
	}
	w, wall := g.par.scoring(), float32(g.par.Wall)
	// The cells of the last four rows.
	var rows [most]int
	for n := range rows {
		rows[n] = g.rows[max(i-1-n, 0)].at - 1
	}
	row, above := rows[0], rows[1]
	for j := g.rows[i-1].lo + 1; j <= g.rows[i-1].hi; j++ {
		// What each size shares grows from that of a smaller one, in their order.
		// Beyond a row's margin stand the cells of the next; the beads that would
		// see them begin out of the band, and are left out below.
		var shared [len(beadSizes)]overlap
		left, up, corner := &g.cells[row+j-1], &g.cells[above+j], &g.cells[above+j-1]
		shared[0] = g.cells[row+j].overlap
		shared[1] = shared[0].with(left, left.moreE)
		shared[2] = shared[0].with(up, up.moreF)
		shared[3] = shared[1].with(up, up.moreF).with(corner, corner.moreE+corner.moreF)
		shared[4] = shared[1].with(&g.cells[row+j-2], g.cells[row+j-2].moreE)
		shared[5] = shared[2].with(&g.cells[rows[2]+j], g.cells[rows[2]+j].moreF)
		shared[6] = shared[4].with(&g.cells[row+j-3], g.cells[row+j-3].moreE)
		shared[7] = shared[5].with(&g.cells[rows[3]+j], g.cells[rows[3]+j].moreF)
		arrive := s.arrive(i, j)
		out := &s.gains[s.point(i, j)]
		for x := range beadSizes {
			c, m := &common[x], beadSizes[x].m
			if j < c.from || j > c.to {
				continue
			}
			f := &s.f[j-m]
			gain := w.score(c.units, &g.fg[m-1][j-m], shared[x]) - c.cost - f.over[m-1] - arrive
			// Kinds count where a block begins; code beside what is none, everywhere.
			if kinds := g.kinds[int(c.e.shape)*len(g.f.shapes)+int(f.shape)]; c.e.ends || f.ends || kinds <= apart {
				gain += kinds
			}
			if c.e.id != "" && c.e.id == f.id {
				gain += wall
			}
			out[x] = gain
		}
	}
}

// beads tries all beads of a size that end in row i.
func (s *solution) beads(i, size int) {
	n, m := beadSizes[size].n, beadSizes[size].m
	from, to := s.span(i, size)
	if from > to {
		return
	}
	at := s.rows[i].at
	back := s.rows[i-n].at - m - at
	for p := at + from; p <= at+to; p++ {
		prev := &s.best[p+back]
		if w := prev.top + float64(s.gains[p][size]); w > s.best[p].by[linked] {
			s.best[p].by[linked] = w
			s.from[p][linked] = step(1 + size)
		}
	}
}

// try reaches point p from i, j by a unit or block without partner, in the state
// to.
func (s *solution) try(p, i, j, to int, what step, late float64, costs *[states]float64) {
	q, ok := s.before(i, j)
	if !ok {
		return
	}
	prev := &s.best[q].by
	best := &s.best[p].by[to]
	for from := range costs {
		if x := prev[from] - (late + costs[from]); x > *best+even {
			*best = x
			s.from[p][to] = what + step(1+from)
		}
	}
}

// trace returns the beads of the best way to a point, in order, and where the
// way began.
func (s *solution) trace(i, j, state int) (beads []bead, si, sj int) {
	for {
		st := s.from[s.point(i, j)][state]
		if st == 0 {
			break
		}
		n, m := 0, 0
		switch {
		case state == linked:
			n, m = beadSizes[st-1].n, beadSizes[st-1].m
			beads = append(beads, bead{i - n, n, j - m, m})
		case state == droppedE && st&wholeBlock != 0:
			n = s.e[i].width
		case state == droppedE:
			n = 1
		case st&wholeBlock != 0:
			m = s.f[j].width
		default:
			m = 1
		}
		i, j = i-n, j-m
		if state == linked {
			state = s.best[s.point(i, j)].state()
		} else {
			state = int(st&^wholeBlock) - 1
		}
	}
	slices.Reverse(beads)
	return beads, i, j
}

// ties returns the ties of the best way through the whole grid.
func (s *solution) ties() []tie {
	beads, _, _ := s.trace(len(s.g.es), len(s.g.fs), s.best[s.points-1].state())
	s.best, s.from = nil, nil // the scratch memory is another's now
	return s.g.ties(beads)
}

// edgesOf returns what stands at the positions of one side. Those of all units
// are the same for every pair.
func (v *version) edgesOf(units []int32, par *Parameters) []edge {
	if len(units) < len(v.units) {
		return v.newEdges(units, par)
	}
	if v.edges == nil {
		v.edges = v.newEdges(units, par)
	}
	return v.edges
}

func (v *version) newEdges(units []int32, par *Parameters) []edge {
	out := make([]edge, len(units)+1)
	for i := range out {
		x := &out[i]
		x.ends = true
		if i < len(units) {
			u := &v.units[units[i]]
			x.ends, x.shape = u.first, u.shape
			if b := &v.blocks[u.block]; u.first && !b.AutoID {
				x.id = b.ID
			}
		}
		if !x.ends || i == 0 {
			continue
		}
		last := &v.units[units[i-1]]
		x.width = int(v.first[last.block+1] - v.first[last.block])
		x.late = par.BlockEnd
		if i < len(units) {
			next := &v.units[units[i]]
			x.tear = v.tear(last.block, next.block, par)
			x.late += v.mixed(last, next, par)
		}
		x.cross = x.late + par.Crossing*(1-par.LineJoin*v.lined) - x.tear
	}
	for i := range out {
		for n := 1; n < most && i+n < len(out); n++ {
			out[i].over[n] = out[i].over[n-1] + float32(out[i+n].cross)
		}
	}
	return out
}

// arrive is the cost of a point where a block ends on one side only.
func (s *solution) arrive(i, j int) float32 {
	switch e, f := &s.e[i], &s.f[j]; {
	case e.ends && f.ends:
		return float32(e.tear + f.tear)
	case e.ends:
		return float32(e.late)
	case f.ends:
		return float32(f.late)
	}
	return 0
}

// tear is what it costs to part two blocks that meet: something if a bracket
// of the first one closes in the second.
func (v *version) tear(a, b int32, par *Parameters) float64 {
	cut := v.torn[a]
	if b != a+1 {
		cut = torn(v.blocks[a].Text, v.blocks[b].Text)
	}
	if cut {
		return par.Bracket
	}
	return 0
}

// mixed is what it costs to join the blocks of two units more than others:
// something if they are of different kinds, less than nothing if the first one
// breaks off within a sentence.
func (v *version) mixed(last, next *unit, par *Parameters) float64 {
	switch a, b := v.shapes[last.shape].kind, v.shapes[next.shape].kind; {
	case a == doc.Heading || b == doc.Heading:
		return 2 * par.MixedKinds
	case a != b:
		return par.MixedKinds
	case a == doc.Paragraph && last.open:
		return -par.OpenEnd
	}
	return 0
}

// apart is evidence from which on two kinds are not tied within their blocks either.
const apart = -8

// kindOdds is the evidence of the shapes of two blocks.
func (par *Parameters) kindOdds(x, y shape) float64 {
	var s float64
	switch odds := &par.Kinds; {
	case x.kind == y.kind && x.kind == doc.Heading:
		s = odds.Heading
		if x.level != y.level {
			s = odds.OtherLevel
		}
	case x.kind == y.kind && x.kind == doc.Paragraph:
		s = odds.Paragraph
	case x.kind == y.kind:
		s = odds.Same
	case x.kind == doc.Heading || y.kind == doc.Heading:
		s = odds.HeadingAndOther
	case x.kind == doc.Paragraph && y.kind == doc.Item, x.kind == doc.Item && y.kind == doc.Paragraph:
		s = odds.ItemAndParagraph
	case x.kind == doc.Code || y.kind == doc.Code:
		s = odds.CodeAndOther
	default:
		s = odds.Other
	}
	if x.depth != y.depth {
		s += par.Kinds.OtherDepth
	}
	return s
}
