package align

import "math"

// mass is the likelihood of the ways to a point, or on from it, by what was
// done before it, and of all of them.
type mass struct {
	by  [states]float64
	all float64
}

// odds are the likelihoods of the beads of each size that end at a point.
type odds [len(beadSizes)]float64

// beadChance is how likely a bead is that ends at a point, over all ways through
// the grid.
type beadChance struct {
	i, j int32
	size uint8
	p    float32
}

// posterior returns how likely each bead is, but for those that make no
// difference. It is the forward–backward algorithm over the same steps as solve.
// It reports false where the likelihoods are too small to be told.
func (s *solution) posterior(sc *scratch) ([]beadChance, bool) {
	g := s.g
	n := len(g.es)
	costs := s.factors()
	fore, odds, foreScale := s.forward(costs, sc)
	total := fore[s.points-1].all
	if total <= 0 {
		return nil, false
	}
	z := math.Log(total) + foreScale[n]

	chances := make([]beadChance, 0, 2*(n+len(g.fs)))
	back, backScale := fit(&sc.back, s.points), make([]float64, n+1)
	clear(back)
	back[s.points-1].by = [states]float64{1, 1, 1}
	for i := range n {
		backScale[i] = math.Inf(-1)
	}
	var ways [fewWays]way
	for i := n; i >= 0; i-- {
		scales := s.scales(i, func(a int) float64 {
			if backScale[a] < backScale[i]-steep {
				s.grow(back, a, math.Exp(backScale[a]-backScale[i]))
				backScale[a] = backScale[i]
			}
			return math.Exp(backScale[i] - backScale[a])
		})
		// Row i is complete but for ways within it: what leads on from it was
		// pushed by later rows.
		at := s.rows[i].at
		for j := s.rows[i].hi; j >= s.rows[i].lo; j-- {
			b := &back[at+j]
			if max(b.by[0], b.by[1], b.by[2]) < faint {
				b.by = [states]float64{}
				continue
			}
			for _, w := range ways[:s.into(&ways, i, j, costs)] {
				x := b.by[w.to] * w.times * scales[w.reach]
				q := &back[w.p].by
				for k := range q {
					q[k] += x * w.costs[k]
				}
			}
		}
		for x := range beadSizes {
			from, to := s.span(i, x)
			if from > to {
				continue
			}
			a := i - beadSizes[x].n
			scale, both := scales[beadSizes[x].n], math.Exp(foreScale[a]+backScale[i]-z)
			begin := s.rows[a].at - beadSizes[x].m
			for j := from; j <= to; j++ {
				y := back[at+j].by[linked] * odds[at+j][x]
				if y == 0 {
					continue
				}
				for k := range states {
					back[begin+j].by[k] += y * scale
				}
				post := fore[begin+j].all * y * both
				if post < nothing {
					continue
				}
				chances = append(chances, beadChance{int32(i), int32(j), uint8(x), float32(post)})
			}
		}
		if i > 0 {
			// The row before is what most steps reached: bring it to scale.
			backScale[i-1] += s.toScale(back, i-1)
		}
	}
	return chances, true
}

// agreement returns, for each position of both sides, how likely it is that the
// unit is tied as the rows say: only to units of its own row, or to none if its
// row has one side.
func (g *grid) agreement(chances []beadChance, rowE, rowF []int32, oneE, oneF []bool) (agreeE, agreeF []float64) {
	n, m := len(g.es), len(g.fs)
	agreeE, agreeF = make([]float64, n), make([]float64, m)
	tiedE, tiedF := make([]float64, n), make([]float64, m)
	for _, c := range chances {
		size := beadSizes[c.size]
		i, j, p := int(c.i), int(c.j), float64(c.p)
		a, b := i-size.n, j-size.m
		add(tiedE[a:i], p)
		add(tiedF[b:j], p)
		if within(rowE[a:i], rowF[b:j]) {
			add(agreeE[a:i], p)
			add(agreeF[b:j], p)
		}
	}
	return unitConfidence(g.e, g.es, agreeE, tiedE, oneE), unitConfidence(g.f, g.fs, agreeF, tiedF, oneF)
}

// forward returns, per point, the likelihood of all ways to it, relative to the
// scale of the point's row, which is a logarithm, and that of the beads to it.
func (s *solution) forward(costs *factors, sc *scratch) (fore []mass, likely []odds, scale []float64) {
	n := len(s.g.es)
	fore, likely, scale = fit(&sc.fore, s.points), fit(&sc.odds, s.points), make([]float64, n+1)
	clear(fore)
	fore[0].by[linked] = 1
	var ways [fewWays]way
	for i := 0; i <= n; i++ {
		if i > 0 {
			scale[i] = scale[i-1]
		}
		if i > 0 && s.e[i].ends {
			scale[i] = max(scale[i], scale[i-s.e[i].width])
		}
		scales := s.scales(i, func(a int) float64 { return math.Exp(scale[a] - scale[i]) })
		at := s.rows[i].at
		for x := range beadSizes {
			from, to := s.span(i, x)
			if from > to {
				continue
			}
			begin := s.rows[i-beadSizes[x].n].at - beadSizes[x].m
			for j := from; j <= to; j++ {
				likely[at+j][x] = 0
				if mass := fore[begin+j].all; mass >= faint {
					y := math.Exp(float64(s.gains[at+j][x]))
					likely[at+j][x] = y
					fore[at+j].by[linked] += mass * y * scales[beadSizes[x].n]
				}
			}
		}
		for j := s.rows[i].lo; j <= s.rows[i].hi; j++ {
			b := &fore[at+j]
			for _, w := range ways[:s.into(&ways, i, j, costs)] {
				q := &fore[w.p].by
				b.by[w.to] += (q[linked]*w.costs[linked] + q[droppedE]*w.costs[droppedE] + q[droppedF]*w.costs[droppedF]) * w.times * scales[w.reach]
			}
			b.all = b.by[linked] + b.by[droppedE] + b.by[droppedF]
		}
		scale[i] += s.toScale(fore, i)
	}
	return fore, likely, scale
}

// scales returns the ratios between the scale of row i and those of the rows
// that ways to it come from, by their reach.
func (s *solution) scales(i int, ratio func(row int) float64) (out [reaches]float64) {
	out[0] = 1
	for n := 1; n <= min(i, most); n++ {
		out[n] = ratio(i - n)
	}
	if i > 0 && s.e[i].ends {
		out[reachBlock] = ratio(i - s.e[i].width)
	}
	return out
}

// toScale divides a row by its greatest value and returns that one's logarithm.
func (s *solution) toScale(all []mass, i int) float64 {
	row := all[s.rows[i].at+s.rows[i].lo : s.rows[i].at+s.rows[i].hi+1]
	top := 0.0
	for p := range row {
		top = max(top, row[p].by[0], row[p].by[1], row[p].by[2])
	}
	if top < 1e-300 {
		return 0
	}
	s.grow(all, i, 1/top)
	return math.Log(top)
}

// grow multiplies a row.
func (s *solution) grow(all []mass, i int, by float64) {
	row := all[s.rows[i].at+s.rows[i].lo : s.rows[i].at+s.rows[i].hi+1]
	for p := range row {
		m := &row[p]
		m.by[0], m.by[1], m.by[2], m.all = m.by[0]*by, m.by[1]*by, m.by[2]*by, m.all*by
	}
}

func add(all []float64, x float64) {
	for i := range all {
		all[i] += x
	}
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

// unitConfidence turns the chances that units are tied at all, and within their row,
// into those that they stand as the row says. A unit of a row with two sides
// may be without partner, if another of its block has one; but not be tied
// elsewhere.
func unitConfidence(v *version, units []int32, within, tied []float64, one []bool) []float64 {
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

// factors are the likelihoods of the steps without partner: by the state they
// come from, and of the edges' costs.
type factors struct {
	cutE, dropE, cutF, dropF   [states]float64
	lateE, tearE, lateF, tearF []float64
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
	c := &factors{}
	c.cutE, c.dropE, c.cutF, c.dropF = s.g.drops()
	for x := range states {
		c.cutE[x], c.dropE[x], c.cutF[x], c.dropF[x] = e(c.cutE[x]), e(c.dropE[x]), e(c.cutF[x]), e(c.dropF[x])
	}
	c.lateE, c.tearE = all(s.e)
	c.lateF, c.tearF = all(s.f)
	return c
}

// steep is a difference between the scales of two rows that cannot be met while
// the other mass matters.
const steep = 200

// faint is a mass, relative to the greatest of its row, that is not followed;
// nothing is a chance that makes no difference.
const faint, nothing = 1e-20, 1e-6

// A way is a step without partner to a point.
type way struct {
	p     int // where it comes from
	to    uint8
	reach uint8            // how many rows back that is, or reachBlock
	costs *[states]float64 // its likelihood by the state before
	times float64          // and that of the edges it passes
}

// How far back in the rows a way comes from; the rows that a block spans are
// as many for all points of a row.
const (
	reachBlock = most + 1
	reaches    = most + 2
)

// fewWays is how many lead to a point at most.
const fewWays = 4

// into lists the steps without partner to a point, and returns how many they
// are.
func (s *solution) into(ways *[fewWays]way, i, j int, c *factors) int {
	k := 0
	e, f := &s.e[i], &s.f[j]
	if i > 0 {
		late := 1.0
		if e.ends && !f.ends {
			late = c.lateE[i]
		}
		if p, ok := s.before(i-1, j); ok {
			ways[k] = way{p, droppedE, 1, &c.cutE, late}
			k++
		}
		if e.ends {
			if p, ok := s.before(i-e.width, j); ok {
				ways[k] = way{p, droppedE, reachBlock, &c.dropE, late * c.tearE[i] * c.tearE[i-e.width]}
				k++
			}
		}
	}
	if j > s.rows[i].lo {
		late := 1.0
		if f.ends && !e.ends {
			late = c.lateF[j]
		}
		ways[k] = way{s.point(i, j-1), droppedF, 0, &c.cutF, late}
		k++
		if f.ends {
			if p, ok := s.before(i, j-f.width); ok {
				ways[k] = way{p, droppedF, 0, &c.dropF, late * c.tearF[j] * c.tearF[j-f.width]}
				k++
			}
		}
	}
	return k
}
