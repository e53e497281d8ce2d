package align

import (
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

// path finds the best way through the grid and returns its beads, those with
// units on one side only left out.
func (g *grid) path() []bead {
	n, m := len(g.es), len(g.fs)
	const far = -1e18
	// Points are the corners of cells; point row i spans what rows i−1 and i do.
	lo, hi := g.points()
	at := make([]int, n+2)
	for i := 0; i <= n; i++ {
		at[i+1] = at[i] + hi[i] - lo[i] + 1
	}
	best := make([][states]float64, at[n+1])
	from := make([][states]step, at[n+1])
	ends, endf := g.edges()
	for i := 0; i <= n; i++ {
		for j := lo[i]; j <= hi[i]; j++ {
			p := at[i] + j - lo[i]
			b := &best[p]
			b[linked], b[droppedE], b[droppedF] = far, far, far
			if i == 0 && j == 0 {
				b[linked] = 0
				continue
			}
			try := func(di, dj, state, prev int, cost float64) {
				pi, pj := i-di, j-dj
				if pi < 0 || pj < lo[pi] || pj > hi[pi] {
					return
				}
				if x := best[at[pi]+pj-lo[pi]][prev] - cost; x > b[state] {
					b[state] = x
					from[p][state] = step{int16(di), int16(dj), uint8(prev)}
				}
			}
			if i > 0 && j > 0 {
				arrive := g.arrive(i, j, ends, endf)
				for dn := 1; dn <= 3 && dn <= i; dn++ {
					for dm := 1; dm <= 3 && dm <= j; dm++ {
						cost := g.k.bead[dn][dm]
						if cost > 50 {
							continue
						}
						if g.at(i-1, j-1) == nil || g.at(i-dn, j-dm) == nil {
							continue
						}
						cost += arrive + g.joins(i-dn, dn, j-dm, dm, ends, endf) - g.score(i-dn, dn, j-dm, dm) - g.kinds(i-dn, j-dm)
						for s := range states {
							try(dn, dm, linked, s, cost)
						}
					}
				}
			}
			if i > 0 {
				late := 0.0
				if ends[i] && !endf[j] {
					late = g.k.unsync
				}
				try(1, 0, droppedE, linked, g.k.cut+late)
				try(1, 0, droppedE, droppedF, g.k.cut+late)
				try(1, 0, droppedE, droppedE, g.k.cutNext+late)
				if ends[i] {
					w := g.block(g.e, g.es, i)
					try(w, 0, droppedE, linked, g.k.drop+late)
					try(w, 0, droppedE, droppedF, g.k.drop+late)
					try(w, 0, droppedE, droppedE, g.k.dropNext+late)
				}
			}
			if j > 0 {
				late := 0.0
				if endf[j] && !ends[i] {
					late = g.k.unsync
				}
				try(0, 1, droppedF, linked, g.k.cut+late)
				try(0, 1, droppedF, droppedE, g.k.cut+late)
				try(0, 1, droppedF, droppedF, g.k.cutNext+late)
				if endf[j] {
					w := g.block(g.f, g.fs, j)
					try(0, w, droppedF, linked, g.k.drop+late)
					try(0, w, droppedF, droppedE, g.k.drop+late)
					try(0, w, droppedF, droppedF, g.k.dropNext+late)
				}
			}
		}
	}
	var beads []bead
	i, j := n, m
	last := best[at[n]+m-lo[n]]
	s := linked
	for x := range states {
		if last[x] > last[s] {
			s = x
		}
	}
	for i > 0 || j > 0 {
		st := from[at[i]+j-lo[i]][s]
		i -= int(st.n)
		j -= int(st.m)
		if s == linked {
			beads = append(beads, bead{i, int(st.n), j, int(st.m)})
		}
		s = int(st.state)
	}
	for a, b := 0, len(beads)-1; a < b; a, b = a+1, b-1 {
		beads[a], beads[b] = beads[b], beads[a]
	}
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
