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
	n, m  int16
	state uint8
}

// solution holds the best ways to all points of a grid.
type solution struct {
	g      *grid
	lo, hi []int // per row of points, its columns
	at     []int // per row of points, the index of its first
	best   [][states]float64
	from   [][states]step
	ends   [2][]bool // per side: a block begins at the position, or the text ends
}

// mode says where a path may begin and end.
type mode uint8

const (
	whole   mode = iota // from corner to corner
	islands             // anywhere between blocks
)

const far = -1e18

// solve finds the best ways.
func (g *grid) solve(md mode) *solution {
	n := len(g.es)
	s := &solution{g: g}
	s.lo, s.hi = g.points()
	s.at = make([]int, n+2)
	for i := 0; i <= n; i++ {
		s.at[i+1] = s.at[i] + s.hi[i] - s.lo[i] + 1
	}
	s.best = make([][states]float64, s.at[n+1])
	s.from = make([][states]step, s.at[n+1])
	s.ends[0], s.ends[1] = g.edges()
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
					late = g.k.unsync
				}
				s.try(p, i, j, 1, 0, droppedE, late+g.k.cut, late+g.k.cutNext)
				if ends[i] {
					s.try(p, i, j, g.block(g.e, g.es, i), 0, droppedE, late+g.k.drop, late+g.k.dropNext)
				}
			}
			if j > 0 {
				late := 0.0
				if endf[j] && !ends[i] {
					late = g.k.unsync
				}
				s.try(p, i, j, 0, 1, droppedF, late+g.k.cut, late+g.k.cutNext)
				if endf[j] {
					s.try(p, i, j, 0, g.block(g.f, g.fs, j), droppedF, late+g.k.drop, late+g.k.dropNext)
				}
			}
		}
	}
	return s
}

// beads tries all beads that end at the point.
func (s *solution) beads(p, i, j int) {
	g := s.g
	if g.at(i-1, j-1) == nil {
		return
	}
	arrive := g.arrive(i, j, s.ends[0], s.ends[1])
	for dn := 1; dn <= 3 && dn <= i; dn++ {
		for dm := 1; dm <= 3 && dm <= j; dm++ {
			cost := g.k.bead[dn][dm]
			if cost > 50 || g.at(i-dn, j-dm) == nil {
				continue
			}
			pi, pj := i-dn, j-dm
			if pj < s.lo[pi] || pj > s.hi[pi] {
				continue
			}
			cost += arrive + g.joins(pi, dn, pj, dm, s.ends[0], s.ends[1]) - g.score(pi, dn, pj, dm) - g.kinds(pi, pj)
			s.try(p, i, j, dn, dm, linked, cost, cost)
		}
	}
}

// try reaches the point by a step of di, dj to the state given; going on in
// the same state has a cost of its own.
func (s *solution) try(p, i, j, di, dj int, to uint8, cost, again float64) {
	pi, pj := i-di, j-dj
	if pi < 0 || pj < s.lo[pi] || pj > s.hi[pi] {
		return
	}
	prev := &s.best[s.at[pi]+pj-s.lo[pi]]
	b := &s.best[p]
	for from := range uint8(states) {
		c := cost
		if from == to {
			c = again
		}
		if x := prev[from] - c; x > b[to] {
			b[to] = x
			s.from[p][to] = step{int16(di), int16(dj), from}
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
func (g *grid) arrive(i, j int, ends, endf []bool) float64 {
	switch {
	case ends[i] == endf[j]:
		return 0
	case ends[i]:
		return g.k.unsync + g.mix(g.e, g.es, i)
	}
	return g.k.unsync + g.mix(g.f, g.fs, j)
}

// joins is the cost of the block ends inside a bead.
func (g *grid) joins(i, n, j, m int, ends, endf []bool) float64 {
	cost := 0.0
	for x := i + 1; x < i+n; x++ {
		if ends[x] {
			cost += g.k.unsync + g.k.crossing + g.mix(g.e, g.es, x)
		}
	}
	for x := j + 1; x < j+m; x++ {
		if endf[x] {
			cost += g.k.unsync + g.k.crossing + g.mix(g.f, g.fs, x)
		}
	}
	return cost
}

// mix is the cost of joining the blocks before and after position i.
func (g *grid) mix(v *version, units []int32, i int) float64 {
	if i == len(units) {
		return 0
	}
	a, b := &v.blocks[v.units[units[i-1]].block], &v.blocks[v.units[units[i]].block]
	switch {
	case a.Kind == doc.Heading || b.Kind == doc.Heading:
		return 2 * g.k.mixed
	case a.Kind != b.Kind:
		return g.k.mixed
	}
	return 0
}

// kinds is the evidence of the kinds of the two blocks that units i and j
// stand in, counted where one of them begins.
func (g *grid) kinds(i, j int) float64 {
	a, b := &g.e.units[g.es[i]], &g.f.units[g.fs[j]]
	if !a.first && !b.first {
		return 0
	}
	x, y := &g.e.blocks[a.block], &g.f.blocks[b.block]
	s := 0.0
	switch {
	case x.Kind == y.Kind && x.Kind == doc.Heading:
		if x.Level == y.Level {
			s = 2.5
		} else {
			s = -1
		}
	case x.Kind == y.Kind && x.Kind == doc.Paragraph:
		s = 0.2
	case x.Kind == y.Kind:
		s = 0.8
	case x.Kind == doc.Heading || y.Kind == doc.Heading:
		s = -5
	case x.Kind == doc.Row || y.Kind == doc.Row || x.Kind == doc.Break || y.Kind == doc.Break || x.Kind == doc.Code || y.Kind == doc.Code:
		s = -4
	default:
		s = -1.5
	}
	if len(x.Within) != len(y.Within) {
		s -= 0.7
	}
	return s
}
