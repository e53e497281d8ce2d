package align

import "math"

// posterior returns, for each position of both sides, how likely it is over
// all ways through the grid that the unit is tied as the rows say: only to
// units of its own row, or to none if its row has one side. It is the
// forward–backward algorithm over the same steps as solve. The path must have
// been found, and what beads gain kept.
func (g *grid) posterior(rowE, rowF []int32, oneE, oneF []bool) (agreeE, agreeF []float64) {
	s := g.found
	n, m := len(g.es), len(g.fs)
	points := s.points
	costs := s.factors()
	fore, foreScale := s.forward(costs)
	last := &fore[points-1]
	total := last[linked] + last[droppedE] + last[droppedF]
	if total <= 0 {
		return flat(n, 0.5), flat(m, 0.5)
	}
	z := math.Log(total) + foreScale[n]

	agreeE, agreeF = make([]float64, n), make([]float64, m)
	tiedE, tiedF := make([]float64, n), make([]float64, m)
	back, backScale := make([][states]float64, points), make([]float64, n+1)
	back[points-1] = [states]float64{1, 1, 1}
	scaled := make([]bool, n+1)
	scaled[n] = true
	var ways [fewWays]way
	for i := n; i >= 0; i-- {
		// What scales the rows that steps come from, worked out when the first
		// such step is met.
		var ratio, both [reaches]float64
		// Row i is complete: what leads on from it was pushed by later points.
		for j := s.rows[i].hi; j >= s.rows[i].lo; j-- {
			b := back[s.point(i, j)]
			if max(b[0], b[1], b[2]) < faint {
				continue
			}
			for _, w := range ways[:s.into(&ways, i, j, costs, fore)] {
				x := b[w.to]
				if x == 0 {
					continue
				}
				if w.bead {
					f := &fore[w.p]
					if sum := f[linked]*w.odds[linked] + f[droppedE]*w.odds[droppedE] + f[droppedF]*w.odds[droppedF]; sum > 0 {
						if both[w.reach] == 0 {
							both[w.reach] = math.Exp(foreScale[w.i] + backScale[i] - z)
						}
						post := sum * x * both[w.reach]
						same := within(rowE[w.i:i], rowF[w.j:j])
						for a := w.i; a < i; a++ {
							tiedE[a] += post
							if same {
								agreeE[a] += post
							}
						}
						for c := w.j; c < j; c++ {
							tiedF[c] += post
							if same {
								agreeF[c] += post
							}
						}
					}
				}
				if w.reach > 0 {
					if ratio[w.reach] == 0 {
						if !scaled[w.i] {
							backScale[w.i], scaled[w.i] = backScale[i], true
						}
						ratio[w.reach] = math.Exp(backScale[i] - backScale[w.i])
					}
					x *= ratio[w.reach]
				}
				q := &back[w.p]
				for k := range q {
					q[k] += x * w.odds[k]
				}
			}
		}
		if i > 0 {
			// The row before is what most steps reached: bring it to scale.
			from, to := s.row(i - 1)
			backScale[i-1] += toScale(back[from:to])
		}
	}
	return settled(g.e, g.es, agreeE, tiedE, oneE), settled(g.f, g.fs, agreeF, tiedF, oneF)
}

// forward returns, per point, the likelihood of all ways to it by their last
// state, relative to the scale of the point's row, which is a logarithm.
func (s *solution) forward(costs *factors) (fore [][states]float64, scale []float64) {
	n := len(s.g.es)
	fore, scale = make([][states]float64, s.points), make([]float64, n+1)
	fore[0][linked] = 1
	var ways [fewWays]way
	for i := 0; i <= n; i++ {
		if i > 0 {
			scale[i] = scale[i-1]
		}
		var ratio [reaches]float64
		for j := s.rows[i].lo; j <= s.rows[i].hi; j++ {
			b := &fore[s.point(i, j)]
			s.weigh(i, j, costs, fore)
			for _, w := range ways[:s.into(&ways, i, j, costs, fore)] {
				q := &fore[w.p]
				x := q[linked]*w.odds[linked] + q[droppedE]*w.odds[droppedE] + q[droppedF]*w.odds[droppedF]
				if x <= 0 {
					continue
				}
				if w.reach > 0 {
					if ratio[w.reach] == 0 {
						ratio[w.reach] = math.Exp(scale[w.i] - scale[i])
					}
					x *= ratio[w.reach]
				}
				b[w.to] += x
			}
		}
		from, to := s.row(i)
		scale[i] += toScale(fore[from:to])
	}
	return fore, scale
}

// toScale divides a row by its greatest value and returns that one's logarithm.
func toScale(row [][states]float64) float64 {
	top := 0.0
	for p := range row {
		top = max(top, row[p][0], row[p][1], row[p][2])
	}
	if top <= 0 {
		return 0
	}
	for p := range row {
		for x := range row[p] {
			row[p][x] /= top
		}
	}
	return math.Log(top)
}

// within tells whether all positions are of one row.
func within(e, f []int32) bool {
	r := e[0]
	for _, x := range e {
		if x != r {
			return false
		}
	}
	for _, x := range f {
		if x != r {
			return false
		}
	}
	return true
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
	cutE, dropE, cutF, dropF   [states]float64
	lateE, tearE, lateF, tearF []float64 // of the edges' costs
	beads                      []float64 // per point and shape
}

func (s *solution) factors() *factors {
	e := func(x float64) float64 {
		if x == 0 {
			return 1
		}
		return math.Exp(-x)
	}
	all := func(edges []edge) (late, tear []float64) {
		late, tear = make([]float64, len(edges)), make([]float64, len(edges))
		for i := range edges {
			late[i], tear[i] = e(edges[i].late), e(edges[i].tear)
		}
		return late, tear
	}
	c := &factors{beads: s.gains}
	c.cutE, c.dropE, c.cutF, c.dropF = s.g.k.drops()
	for x := range states {
		c.cutE[x], c.dropE[x], c.cutF[x], c.dropF[x] = e(c.cutE[x]), e(c.dropE[x]), e(c.cutF[x]), e(c.dropF[x])
	}
	c.lateE, c.tearE = all(s.e)
	c.lateF, c.tearF = all(s.f)
	return c
}

// faint is a mass, relative to the greatest of its row, that is not followed.
const faint = 1e-20

// A way is a step to a point.
type way struct {
	p, i, j int // where it comes from
	to      uint8
	reach   uint8 // how many rows back that is, or reachBlock
	bead    bool
	odds    [states]float64 // its likelihood by the state before
}

// How far back in the rows a way comes from; the rows that a block spans are
// as many for all points of a row.
const (
	reachBlock = most + 1
	reaches    = most + 2
)

// fewWays is how many lead to a point at most.
const fewWays = len(shapes) + 4

// weigh turns what the beads that end at the point gain into likelihoods. Those
// from points of no mass are left out, as in into.
func (s *solution) weigh(i, j int, c *factors, fore [][states]float64) {
	if !s.open(i, j) {
		return
	}
	arrive := s.arrive(i, j)
	beads := c.beads[s.point(i, j)*len(shapes):][:len(shapes)]
	for x := range shapes {
		n, m := shapes[x].n, shapes[x].m
		if p, ok := s.before(i-n, j-m); ok && massive(&fore[p]) {
			beads[x] = math.Exp(beads[x] - arrive)
		}
	}
}

func massive(x *[states]float64) bool { return max(x[0], x[1], x[2]) >= faint }

// into lists the ways to a point, and returns how many they are. Beads from
// points of no mass are left out.
func (s *solution) into(ways *[fewWays]way, i, j int, c *factors, fore [][states]float64) int {
	k := 0
	e, f := &s.e[i], &s.f[j]
	if s.open(i, j) {
		beads := c.beads[s.point(i, j)*len(shapes):][:len(shapes)]
		for x := range shapes {
			n, m := shapes[x].n, shapes[x].m
			if p, ok := s.before(i-n, j-m); ok && massive(&fore[p]) {
				ways[k] = way{p, i - n, j - m, linked, uint8(n), true, [states]float64{beads[x], beads[x], beads[x]}}
				k++
			}
		}
	}
	if i > 0 {
		late := 1.0
		if e.ends && !f.ends {
			late = c.lateE[i]
		}
		if p, ok := s.before(i-1, j); ok {
			ways[k] = way{p, i - 1, j, droppedE, 1, false, times(&c.cutE, late)}
			k++
		}
		if e.ends {
			if p, ok := s.before(i-e.width, j); ok {
				ways[k] = way{p, i - e.width, j, droppedE, reachBlock, false, times(&c.dropE, late*c.tearE[i]*c.tearE[i-e.width])}
				k++
			}
		}
	}
	if j > s.rows[i].lo {
		late := 1.0
		if f.ends && !e.ends {
			late = c.lateF[j]
		}
		ways[k] = way{s.point(i, j-1), i, j - 1, droppedF, 0, false, times(&c.cutF, late)}
		k++
		if f.ends {
			if p, ok := s.before(i, j-f.width); ok {
				ways[k] = way{p, i, j - f.width, droppedF, 0, false, times(&c.dropF, late*c.tearF[j]*c.tearF[j-f.width])}
				k++
			}
		}
	}
	return k
}

func times(w *[states]float64, x float64) [states]float64 {
	return [states]float64{w[0] * x, w[1] * x, w[2] * x}
}
