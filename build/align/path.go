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
	best   [][states]float64
	from   [][states]step
	ends   [2][]bool    // per side: a block begins at the position, or the text ends
	tear   [2][]float64 // per side: what it costs to part blocks that belong together
	late   [2][]float64 // per side: what it costs that the other has no end there
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
	s.ends[0], s.ends[1] = g.edges()
	s.tear[0], s.tear[1] = g.tears(g.e, g.es, s.ends[0]), g.tears(g.f, g.fs, s.ends[1])
	s.late[0], s.late[1] = g.late(g.e, g.es, s.ends[0]), g.late(g.f, g.fs, s.ends[1])
	return s
}

// solve finds the best ways.
func (g *grid) solve(md mode) *solution {
	n := len(g.es)
	s := g.frame()
	s.best = make([][states]float64, s.at[n+1])
	s.from = make([][states]step, s.at[n+1])
	ends, endf := s.ends[0], s.ends[1]
	for i := 0; i <= n; i++ {
		for j := s.lo[i]; j <= s.hi[i]; j++ {
			p := s.at[i] + j - s.lo[i]
			b := &s.best[p]
			b[linked], b[droppedE], b[droppedF] = far, far, far
			if i == 0 && j == 0 || md == islands && ends[i] && endf[j] {
				b[linked] = 0
			}
			if i > 0 && j > 0 {
				s.beads(p, i, j)
			}
			if i > 0 {
				late := 0.0
				if ends[i] && !endf[j] {
					late = s.late[0][i]
				}
				s.try(p, i, j, 1, 0, droppedE, late+g.k.cut, late+g.k.cutNext, late+g.k.cut)
				if ends[i] {
					w := g.block(g.e, g.es, i)
					late += s.tear[0][i] + s.tear[0][i-w]
					s.try(p, i, j, w, 0, droppedE, late+g.k.drop, late+g.k.dropNext, late+g.k.dropTurn)
				}
			}
			if j > 0 {
				late := 0.0
				if endf[j] && !ends[i] {
					late = s.late[1][j]
				}
				s.try(p, i, j, 0, 1, droppedF, late+g.k.cut, late+g.k.cutNext, late+g.k.cut)
				if endf[j] {
					w := g.block(g.f, g.fs, j)
					late += s.tear[1][j] + s.tear[1][j-w]
					s.try(p, i, j, 0, w, droppedF, late+g.k.drop, late+g.k.dropNext, late+g.k.dropTurn)
				}
			}
		}
	}
	return s
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
		if pi < 0 || pj < 0 || pj < s.lo[pi] || pj > s.hi[pi] {
			continue
		}
		prev := &s.best[s.at[pi]+pj-s.lo[pi]]
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
		if w := prev[from] - arrive + s.gain(pi, n, pj, m); w > b[linked] {
			b[linked] = w
			s.from[p][linked] = step{int32(n), int32(m), from}
		}
	}
}

// gain is what a bead is worth, but for where it arrives.
func (s *solution) gain(i, n, j, m int) float64 {
	g := s.g
	w := g.score(i, n, j, m) + g.kinds(i, j) - g.k.bead[n][m]
	if n > 1 || m > 1 {
		w -= s.joins(i, n, j, m)
	}
	return w
}

// try reaches the point by a step of di, dj to the state given; going on in
// the same state, and turning from one side's drops to the other's, have costs
// of their own.
func (s *solution) try(p, i, j, di, dj int, to uint8, cost, again, turn float64) {
	pi, pj := i-di, j-dj
	if pi < 0 || pj < s.lo[pi] || pj > s.hi[pi] {
		return
	}
	prev := &s.best[s.at[pi]+pj-s.lo[pi]]
	b := &s.best[p]
	for from := range uint8(states) {
		c := turn
		switch from {
		case linked:
			c = cost
		case to:
			c = again
		}
		if x := prev[from] - c; x > b[to] {
			b[to] = x
			s.from[p][to] = step{int32(di), int32(dj), from}
		}
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
func (g *grid) path() []bead {
	s := g.solve(whole)
	n, m := len(g.es), len(g.fs)
	last := s.best[s.at[n]+m-s.lo[n]]
	state := uint8(linked)
	for x := range uint8(states) {
		if last[x] > last[state] {
			state = x
		}
	}
	beads, _, _ := s.trace(n, m, state)
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

// edges tells before which positions a block begins, or the text ends.
func (g *grid) edges() (e, f []bool) {
	edge := func(v *version, units []int32) []bool {
		out := make([]bool, len(units)+1)
		for i, u := range units {
			out[i] = v.units[u].first
		}
		out[len(units)] = true
		return out
	}
	return edge(g.e, g.es), edge(g.f, g.fs)
}

// block returns how many units the block has that ends before position i.
func (g *grid) block(v *version, units []int32, i int) int {
	b := v.units[units[i-1]].block
	return int(v.first[b+1] - v.first[b])
}

// arrive is the cost of a point where a block ends on one side only.
func (s *solution) arrive(i, j int) float64 {
	switch a, b := s.ends[0][i], s.ends[1][j]; {
	case a && b:
		return s.tear[0][i] + s.tear[1][j]
	case !a && !b:
		return 0
	case a:
		return s.late[0][i]
	}
	return s.late[1][j]
}

// joins is the cost of the block ends inside a bead.
func (s *solution) joins(i, n, j, m int) float64 {
	cost := 0.0
	for x := i + 1; x < i+n; x++ {
		if s.ends[0][x] {
			cost += s.late[0][x] + s.g.k.crossing - s.tear[0][x]
		}
	}
	for x := j + 1; x < j+m; x++ {
		if s.ends[1][x] {
			cost += s.late[1][x] + s.g.k.crossing - s.tear[1][x]
		}
	}
	return cost
}

// tears returns, per position, what it costs to part the blocks that meet
// there: something if a bracket of the first one closes in the second.
func (g *grid) tears(v *version, units []int32, ends []bool) []float64 {
	out := make([]float64, len(ends))
	for i := 1; i < len(units); i++ {
		if !ends[i] {
			continue
		}
		a, b := &v.blocks[v.units[units[i-1]].block], &v.blocks[v.units[units[i]].block]
		if torn(a.Text, b.Text) {
			out[i] = g.k.tear
		}
	}
	return out
}

// late returns, per position, what it costs to join the blocks that meet
// there: more if they are of different kinds, less if the first one breaks off
// within a sentence.
func (g *grid) late(v *version, units []int32, ends []bool) []float64 {
	out := make([]float64, len(ends))
	for i := 1; i < len(units); i++ {
		if !ends[i] {
			continue
		}
		a, b := &v.blocks[v.units[units[i-1]].block], &v.blocks[v.units[units[i]].block]
		out[i] = g.k.unsync
		switch {
		case a.Kind == doc.Heading || b.Kind == doc.Heading:
			out[i] += 2 * g.k.mixed
		case a.Kind != b.Kind:
			out[i] += g.k.mixed
		case a.Kind == doc.Paragraph && v.units[units[i-1]].open:
			out[i] -= g.k.open
		}
	}
	out[len(units)] = g.k.unsync
	return out
}

// kinds is the evidence of the kinds of the two blocks that units i and j
// stand in, counted where one of them begins.
func (g *grid) kinds(i, j int) float64 {
	a, b := &g.e.units[g.es[i]], &g.f.units[g.fs[j]]
	if !a.first && !b.first {
		return 0
	}
	x, y := &g.e.blocks[a.block], &g.f.blocks[b.block]
	k := &g.k.kinds
	var s float64
	switch {
	case x.Kind == y.Kind && x.Kind == doc.Heading:
		s = k.heading
		if x.Level != y.Level {
			s = k.level
		}
	case x.Kind == y.Kind && x.Kind == doc.Paragraph:
		s = k.paragraph
	case x.Kind == y.Kind:
		s = k.same
	case x.Kind == doc.Heading || y.Kind == doc.Heading:
		s = k.headingOther
	case x.Kind == doc.Paragraph && y.Kind == doc.Item, x.Kind == doc.Item && y.Kind == doc.Paragraph:
		s = k.item
	default:
		s = k.other
	}
	if len(x.Within) != len(y.Within) {
		s += k.depth
	}
	return s
}
