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

// step is how a point was reached.
type step struct {
	n, m  int32
	state uint8
}

// solution holds the best ways to all points of a grid.
type solution struct {
	g      *grid
	lo, hi []int // per row of points, its columns
	at     []int // per row of points, the index of its first
	e, f   []edge
	best   [][states]float64
	from   [][states]step
	gains  []float64 // per point and shape, what the bead that ends there gains, if someone will ask again
}

// An edge is what stands at a position of one side: before a unit, or at the
// end of the text.
type edge struct {
	ends  bool    // a block begins here, or the text ends
	look  int32   // of the unit that follows
	width int     // how many units the block has that ends here
	tear  float64 // what it costs to part blocks that belong together
	late  float64 // what it costs that the other side has no end here
	cross float64 // what it costs a bead to run over this end
}

// mode says where a path may begin and end.
type mode uint8

const (
	whole   mode = iota // from corner to corner
	islands             // anywhere between blocks
)

const far = -1e18

// frame lays out the points.
func (g *grid) frame() *solution {
	n := len(g.es)
	s := &solution{g: g}
	s.lo, s.hi = g.points()
	s.at = make([]int, n+2)
	for i := 0; i <= n; i++ {
		s.at[i+1] = s.at[i] + s.hi[i] - s.lo[i] + 1
	}
	s.e, s.f = g.edges(g.e, g.es), g.edges(g.f, g.fs)
	return s
}

// point returns the index of a point.
func (s *solution) point(i, j int) int { return s.at[i] + j - s.lo[i] }

// solve finds the best ways. With keep, what beads gain is remembered.
func (g *grid) solve(md mode, keep bool) *solution {
	n := len(g.es)
	s := g.frame()
	s.best = make([][states]float64, s.at[n+1])
	s.from = make([][states]step, s.at[n+1])
	if keep {
		s.gains = make([]float64, s.at[n+1]*len(shapes))
	}
	cutE, dropE, cutF, dropF := g.k.drops()
	for i := 0; i <= n; i++ {
		e := &s.e[i]
		for j := s.lo[i]; j <= s.hi[i]; j++ {
			f := &s.f[j]
			p := s.point(i, j)
			b := &s.best[p]
			b[linked], b[droppedE], b[droppedF] = far, far, far
			if i == 0 && j == 0 || md == islands && e.ends && f.ends {
				b[linked] = 0
			}
			if i > 0 && j > 0 {
				s.beads(p, i, j)
			}
			if i > 0 {
				late := 0.0
				if e.ends && !f.ends {
					late = e.late
				}
				s.try(p, i-1, j, step{n: 1, state: droppedE}, late, &cutE)
				if e.ends {
					late += e.tear + s.e[i-e.width].tear
					s.try(p, i-e.width, j, step{n: int32(e.width), state: droppedE}, late, &dropE)
				}
			}
			if j > 0 {
				late := 0.0
				if f.ends && !e.ends {
					late = f.late
				}
				s.try(p, i, j-1, step{m: 1, state: droppedF}, late, &cutF)
				if f.ends {
					late += f.tear + s.f[j-f.width].tear
					s.try(p, i, j-f.width, step{m: int32(f.width), state: droppedF}, late, &dropF)
				}
			}
		}
	}
	return s
}

// drops are the costs of a unit and of a block without partner, by what the
// path did before: going on in the same state, and turning from one side's
// drops to the other's, have costs of their own.
func (k *knobs) drops() (cutE, dropE, cutF, dropF [states]float64) {
	return [states]float64{k.cut, k.cutNext, k.cut}, [states]float64{k.drop, k.dropNext, k.dropTurn},
		[states]float64{k.cut, k.cut, k.cutNext}, [states]float64{k.drop, k.dropTurn, k.dropNext}
}

// shapes are the beads tried, by how many units they take of each side.
var shapes = [...]struct{ n, m int }{{1, 1}, {1, 2}, {2, 1}, {2, 2}, {1, 3}, {3, 1}}

// beads tries all beads that end at the point.
func (s *solution) beads(p, i, j int) {
	g := s.g
	if j <= int(g.band.lo[i-1]) || j > int(g.band.hi[i-1]) {
		return
	}
	arrive := s.arrive(i, j)
	b := &s.best[p]
	for x := range shapes {
		n, m := shapes[x].n, shapes[x].m
		pi, pj := i-n, j-m
		if pi < 0 || pj < s.lo[pi] || pj > s.hi[pi] {
			continue
		}
		prev := &s.best[s.point(pi, pj)]
		from := uint8(linked)
		if prev[droppedE] > prev[from] {
			from = droppedE
		}
		if prev[droppedF] > prev[from] {
			from = droppedF
		}
		if prev[from] <= far/2 {
			continue
		}
		gain := s.gain(pi, n, pj, m)
		if s.gains != nil {
			s.gains[p*len(shapes)+x] = gain
		}
		if w := prev[from] - arrive + gain; w > b[linked] {
			b[linked] = w
			s.from[p][linked] = step{int32(n), int32(m), from}
		}
	}
}

// gain is what a bead is worth, but for where it arrives.
func (s *solution) gain(i, n, j, m int) float64 {
	g := s.g
	w := g.score(i, n, j, m)
	// Kinds count where a block begins.
	if e, f := &s.e[i], &s.f[j]; e.ends || f.ends {
		w += g.kinds[int(e.look)*len(g.f.looks)+int(f.look)]
	}
	w -= g.k.bead[n][m]
	if n+m > 2 {
		over := 0.0
		for x := i + 1; x < i+n; x++ {
			over += s.e[x].cross
		}
		for x := j + 1; x < j+m; x++ {
			over += s.f[x].cross
		}
		w -= over
	}
	return w
}

// try reaches point p from i, j by a step without partner, whose state is where
// it leads.
func (s *solution) try(p, i, j int, st step, late float64, costs *[states]float64) {
	if i < 0 || j < s.lo[i] || j > s.hi[i] {
		return
	}
	prev := &s.best[s.point(i, j)]
	to := st.state
	best, better := s.best[p][to], false
	for from := range costs {
		if x := prev[from] - (late + costs[from]); x > best {
			best, better = x, true
			st.state = uint8(from)
		}
	}
	if better {
		s.best[p][to] = best
		s.from[p][to] = st
	}
}

// trace returns the beads of the best way to a point, in order, and where the
// way began.
func (s *solution) trace(i, j int, state uint8) (beads []bead, si, sj int) {
	for {
		st := s.from[s.at[i]+j-s.lo[i]][state]
		if st.n == 0 && st.m == 0 {
			break
		}
		i -= int(st.n)
		j -= int(st.m)
		if state == linked {
			beads = append(beads, bead{i, int(st.n), j, int(st.m)})
		}
		state = st.state
	}
	slices.Reverse(beads)
	return beads, i, j
}

// path returns the beads of the best way through the whole grid.
func (g *grid) path(keep bool) []bead {
	s := g.solve(whole, keep)
	g.found = s
	n, m := len(g.es), len(g.fs)
	last := s.best[s.at[n]+m-s.lo[n]]
	state := uint8(linked)
	for x := range uint8(states) {
		if last[x] > last[state] {
			state = x
		}
	}
	beads, _, _ := s.trace(n, m, state)
	s.best, s.from = nil, nil
	return beads
}

// points returns the range of points that the band allows.
func (g *grid) points() (lo, hi []int) {
	n, m := len(g.es), len(g.fs)
	lo, hi = make([]int, n+1), make([]int, n+1)
	for i := 0; i <= n; i++ {
		switch {
		case n == 0:
			lo[i], hi[i] = 0, m
		case i == 0:
			lo[i], hi[i] = 0, int(g.band.hi[0])
		case i == n:
			lo[i], hi[i] = int(g.band.lo[n-1]), m
		default:
			lo[i], hi[i] = int(g.band.lo[i-1]), int(g.band.hi[i])
		}
	}
	return lo, hi
}

// edges returns what stands at the positions of one side.
func (g *grid) edges(v *version, units []int32) []edge {
	out := make([]edge, len(units)+1)
	for i := range out {
		x := &out[i]
		x.ends = true
		if i < len(units) {
			u := &v.units[units[i]]
			x.ends, x.look = u.first, u.look
		}
		if !x.ends || i == 0 {
			continue
		}
		last := &v.units[units[i-1]]
		x.width = int(v.first[last.block+1] - v.first[last.block])
		x.late = g.k.unsync
		if i < len(units) {
			next := &v.units[units[i]]
			x.tear = g.tear(v, last.block, next.block)
			x.late += g.mixed(v, last, next)
		}
		x.cross = x.late + g.k.crossing - x.tear
	}
	return out
}

// arrive is the cost of a point where a block ends on one side only.
func (s *solution) arrive(i, j int) float64 {
	switch e, f := &s.e[i], &s.f[j]; {
	case e.ends && f.ends:
		return e.tear + f.tear
	case e.ends:
		return e.late
	case f.ends:
		return f.late
	}
	return 0
}

// tear is what it costs to part two blocks that meet: something if a bracket
// of the first one closes in the second.
func (g *grid) tear(v *version, a, b int32) float64 {
	cut := v.torn[a]
	if b != a+1 {
		cut = torn(v.blocks[a].Text, v.blocks[b].Text)
	}
	if cut {
		return g.k.tear
	}
	return 0
}

// mixed is what it costs to join the blocks of two units more than others:
// something if they are of different kinds, less than nothing if the first one
// breaks off within a sentence.
func (g *grid) mixed(v *version, last, next *unit) float64 {
	switch a, b := v.looks[last.look].kind, v.looks[next.look].kind; {
	case a == doc.Heading || b == doc.Heading:
		return 2 * g.k.mixed
	case a != b:
		return g.k.mixed
	case a == doc.Paragraph && last.open:
		return -g.k.open
	}
	return 0
}

// kindOdds is the evidence of the looks of two blocks.
func (k *knobs) kindOdds(x, y look) float64 {
	var s float64
	switch odds := &k.kinds; {
	case x.kind == y.kind && x.kind == doc.Heading:
		s = odds.heading
		if x.level != y.level {
			s = odds.level
		}
	case x.kind == y.kind && x.kind == doc.Paragraph:
		s = odds.paragraph
	case x.kind == y.kind:
		s = odds.same
	case x.kind == doc.Heading || y.kind == doc.Heading:
		s = odds.headingOther
	case x.kind == doc.Paragraph && y.kind == doc.Item, x.kind == doc.Item && y.kind == doc.Paragraph:
		s = odds.item
	default:
		s = odds.other
	}
	if x.depth != y.depth {
		s += k.kinds.depth
	}
	return s
}
