package align

import "math"

// posterior returns, for each position of both sides, how likely it is over
// all ways through the grid that the unit is tied as the rows say: only to
// units of its own row, or to none if its row has one side. It is the
// forward–backward algorithm over the same steps as solve.
func (g *grid) posterior(rowE, rowF []int32, oneE, oneF []bool) (agreeE, agreeF []float64) {
	s := g.frame()
	n, m := len(g.es), len(g.fs)
	points := s.at[n+1]
	fore, back := make([][states]float64, points), make([][states]float64, points)
	// Values of a row are relative to the row's scale.
	foreScale, backScale := make([]float64, n+1), make([]float64, n+1)
	costs := s.factors()
	costs.beads = make([]float64, points*len(shapes))

	fore[0][linked] = 1
	for i := 0; i <= n; i++ {
		if i > 0 {
			foreScale[i] = foreScale[i-1]
		}
		top := 0.0
		for j := s.lo[i]; j <= s.hi[i]; j++ {
			p := s.at[i] + j - s.lo[i]
			b := &fore[p]
			s.each(i, j, costs, fore, func(pi, pj int, to uint8, w [states]float64, bead bool) {
				q := &fore[s.at[pi]+pj-s.lo[pi]]
				x := q[linked]*w[linked] + q[droppedE]*w[droppedE] + q[droppedF]*w[droppedF]
				if x > 0 {
					if pi != i {
						x *= math.Exp(foreScale[pi] - foreScale[i])
					}
					b[to] += x
				}
			})
			top = max(top, b[linked], b[droppedE], b[droppedF])
		}
		if top > 0 {
			for p := s.at[i]; p < s.at[i+1]; p++ {
				for x := range fore[p] {
					fore[p][x] /= top
				}
			}
			foreScale[i] += math.Log(top)
		}
	}
	last := &fore[points-1]
	total := last[linked] + last[droppedE] + last[droppedF]

	agreeE, agreeF = make([]float64, n), make([]float64, m)
	if total <= 0 {
		return flat(n, 0.5), flat(m, 0.5)
	}
	z := math.Log(total) + foreScale[n]
	tiedE, tiedF := make([]float64, n), make([]float64, m)
	back[points-1] = [states]float64{1, 1, 1}
	scaled := make([]bool, n+1)
	scaled[n] = true
	for i := n; i >= 0; i-- {
		// Row i is complete: what leads on from it was pushed by later points.
		for j := s.hi[i]; j >= s.lo[i]; j-- {
			p := s.at[i] + j - s.lo[i]
			b := back[p]
			if max(b[0], b[1], b[2]) < faint {
				continue
			}
			s.each(i, j, costs, fore, func(pi, pj int, to uint8, w [states]float64, bead bool) {
				if b[to] == 0 {
					return
				}
				q := s.at[pi] + pj - s.lo[pi]
				x := b[to]
				if bead {
					f := &fore[q]
					sum := f[linked]*w[linked] + f[droppedE]*w[droppedE] + f[droppedF]*w[droppedF]
					if sum > 0 {
						post := sum * x * math.Exp(foreScale[pi]+backScale[i]-z)
						same := true
						r := rowE[pi]
						for a := pi; a < i; a++ {
							same = same && rowE[a] == r
						}
						for c := pj; c < j; c++ {
							same = same && rowF[c] == r
						}
						for a := pi; a < i; a++ {
							tiedE[a] += post
							if same {
								agreeE[a] += post
							}
						}
						for c := pj; c < j; c++ {
							tiedF[c] += post
							if same {
								agreeF[c] += post
							}
						}
					}
				}
				if pi != i && !scaled[pi] || pi != i && backScale[i] != backScale[pi] {
					if !scaled[pi] {
						backScale[pi], scaled[pi] = backScale[i], true
					}
					x *= math.Exp(backScale[i] - backScale[pi])
				}
				for k := range w {
					back[q][k] += x * w[k]
				}
			})
		}
		if i > 0 {
			// The row before is what most steps reached: bring it to scale.
			top := 0.0
			for p := s.at[i-1]; p < s.at[i]; p++ {
				top = max(top, back[p][0], back[p][1], back[p][2])
			}
			if top > 0 {
				for p := s.at[i-1]; p < s.at[i]; p++ {
					for x := range back[p] {
						back[p][x] /= top
					}
				}
				backScale[i-1] += math.Log(top)
			}
		}
	}
	return settled(g.e, g.es, agreeE, tiedE, oneE), settled(g.f, g.fs, agreeF, tiedF, oneF)
}

// settled turns the chances that units are tied at all, and within their row,
// into those that they stand as the row says. A unit of a row with two sides
// may be without partner, if another of its block has one; but not be tied
// elsewhere.
func settled(v *version, units []int32, within, tied []float64, one []bool) []float64 {
	out := make([]float64, len(units))
	for i := 0; i < len(units); {
		block := v.units[units[i]].block
		j, most := i, 0.0
		for ; j < len(units) && v.units[units[j]].block == block; j++ {
			most = max(most, within[j])
		}
		for ; i < j; i++ {
			if one[i] {
				out[i] = 1 - tied[i]
			} else {
				out[i] = min(most, 1-(tied[i]-within[i]))
			}
			out[i] = min(1, max(0, out[i]))
		}
	}
	return out
}

// factors are the likelihoods of the steps: of those without partner by the
// state they come from.
type factors struct {
	cutE, dropE, cutF, dropF [states]float64
	late, tear               [2][]float64 // of the solution's costs
	beads                    []float64    // per point and shape, once it was asked for
}

func (s *solution) factors() *factors {
	k := s.g.k
	e := func(x float64) float64 { return math.Exp(-x) }
	all := func(costs []float64) []float64 {
		out := make([]float64, len(costs))
		for i, x := range costs {
			out[i] = 1
			if x != 0 {
				out[i] = e(x)
			}
		}
		return out
	}
	return &factors{
		late: [2][]float64{all(s.late[0]), all(s.late[1])},
		tear: [2][]float64{all(s.tear[0]), all(s.tear[1])},

		cutE:  [states]float64{e(k.cut), e(k.cutNext), e(k.cut)},
		dropE: [states]float64{e(k.drop), e(k.dropNext), e(k.dropTurn)},
		cutF:  [states]float64{e(k.cut), e(k.cut), e(k.cutNext)},
		dropF: [states]float64{e(k.drop), e(k.dropTurn), e(k.dropNext)},
	}
}

// faint is a mass, relative to the greatest of its row, that is not followed.
const faint = 1e-20

// each calls do for every step that ends at the point, with the point it comes
// from, the state it leads to and its likelihood by the state before. Steps
// from points of no mass are left out.
func (s *solution) each(i, j int, c *factors, fore [][states]float64, do func(pi, pj int, to uint8, w [states]float64, bead bool)) {
	g := s.g
	if i > 0 && j > 0 && j > int(g.band.lo[i-1]) && j <= int(g.band.hi[i-1]) {
		arrive := s.arrive(i, j)
		for x := range shapes {
			n, m := shapes[x].n, shapes[x].m
			pi, pj := i-n, j-m
			if pi < 0 || pj < 0 || pj < s.lo[pi] || pj > s.hi[pi] {
				continue
			}
			if q := &fore[s.at[pi]+pj-s.lo[pi]]; max(q[0], q[1], q[2]) < faint {
				continue
			}
			known := &c.beads[(s.at[i]+j-s.lo[i])*len(shapes)+x]
			if *known == 0 {
				*known = math.Exp(s.gain(pi, n, pj, m) - arrive)
			}
			w := *known
			do(pi, pj, linked, [states]float64{w, w, w}, true)
		}
	}
	if i > 0 {
		late := 1.0
		if s.ends[0][i] && !s.ends[1][j] {
			late = c.late[0][i]
		}
		if j >= s.lo[i-1] && j <= s.hi[i-1] {
			do(i-1, j, droppedE, times(c.cutE, late), false)
		}
		if s.ends[0][i] {
			if pi := i - g.block(g.e, g.es, i); j >= s.lo[pi] && j <= s.hi[pi] {
				do(pi, j, droppedE, times(c.dropE, late*c.tear[0][i]*c.tear[0][pi]), false)
			}
		}
	}
	if j > s.lo[i] {
		late := 1.0
		if s.ends[1][j] && !s.ends[0][i] {
			late = c.late[1][j]
		}
		do(i, j-1, droppedF, times(c.cutF, late), false)
		if s.ends[1][j] {
			if pj := j - g.block(g.f, g.fs, j); pj >= s.lo[i] {
				do(i, pj, droppedF, times(c.dropF, late*c.tear[1][j]*c.tear[1][pj]), false)
			}
		}
	}
}

func times(w [states]float64, x float64) [states]float64 {
	return [states]float64{w[0] * x, w[1] * x, w[2] * x}
}
