package align

// triangulation is what a third version says of a pair: a unit of e and one of f that
// are tied to the same unit of it. They enter the grid like a word that both
// units have; a unit whose partner there has another partner, or none, misses
// its word. So no version is a pivot, and a weak pair gains from two strong.
type triangulation struct {
	e, f  []float32    // per unit, what it costs to disagree
	pairs [][]thirdTie // per unit of e, by unit of f
}

type thirdTie struct {
	unit int32
	sure float32
}

// leg is one aligner seen from one of its sides.
type leg struct {
	a    *aligner
	back bool // from f to e
}

func (l leg) from() *version {
	if l.back {
		return l.a.f
	}
	return l.a.e
}

// partners returns, per unit, the units it is tied to, and how sure its row is.
func (l leg) partners() ([][]int32, []float64) {
	out := make([][]int32, len(l.from().units))
	for _, t := range l.a.ties {
		x, y := t.e, t.f
		if l.back {
			x, y = y, x
		}
		for _, i := range x {
			out[i] = y
		}
	}
	if l.back {
		return out, l.a.sureF
	}
	return out, l.a.sureE
}

// triangulate gathers what the versions between say; ways holds, for each of them,
// the leg from e to it and the leg from it to f.
//
// They are not heard of units that the pair itself is sure of, so that a version
// that drifted does not come between two that agree.
func triangulate(a *aligner, ways [][2]leg) *triangulation {
	e, f := a.e, a.f
	h := &triangulation{e: make([]float32, len(e.units)), f: make([]float32, len(f.units)), pairs: make([][]thirdTie, len(e.units))}
	share := 1 / float32(len(ways))
	open := func(sure []float64) []float32 {
		out := make([]float32, len(sure))
		for i, s := range sure {
			if s < a.par.OwnSure {
				out[i] = 1
			}
		}
		return out
	}
	openE, openF := open(a.sureE), open(a.sureF)
	for _, w := range ways {
		there, sureThere := w[0].partners()
		on, sureOn := w[1].partners()
		for i, mids := range there {
			for _, z := range mids {
				sure := share * float32(sureThere[i]*sureOn[z]) / float32(len(mids))
				h.e[i] += sure * openE[i]
				for _, j := range on[z] {
					if openE[i] > 0 && openF[j] > 0 {
						h.pairs[i] = merged(h.pairs[i], thirdTie{j, sure})
					}
				}
			}
		}
		// From f's side: who is tied to the third version at all.
		back, sureBack := leg{w[1].a, !w[1].back}.partners()
		_, sureHome := leg{w[0].a, !w[0].back}.partners()
		for j, mids := range back {
			for _, z := range mids {
				h.f[j] += openF[j] * share * float32(sureBack[j]*sureHome[z]) / float32(len(mids))
			}
		}
	}
	return h
}

func merged(list []thirdTie, x thirdTie) []thirdTie {
	for i := range list {
		if list[i].unit == x.unit {
			list[i].sure += x.sure
			return list
		}
	}
	return append(list, x)
}

// triangulate adds what the third versions say to what the beads gain.
func (s *solution) triangulate(h *triangulation) {
	g := s.g
	weight := g.par.Words / 2
	// What the units up to each position miss.
	missed := func(units []int32, told []float32) []float64 {
		sum := make([]float64, len(units)+1)
		for i, u := range units {
			sum[i+1] = sum[i] + weight*g.par.ThirdDiffers*float64(told[u])
		}
		return sum
	}
	missE, missF := missed(g.es, h.e), missed(g.fs, h.f)
	for i := range s.rows {
		for x := range beadSizes {
			from, to := s.span(i, x)
			for j := from; j <= to; j++ {
				s.gains[s.point(i, j)][x] -= float32(missE[i] - missE[i-beadSizes[x].n] + missF[j] - missF[j-beadSizes[x].m])
			}
		}
	}
	placeF := places(g.f, g.fs)
	for i, u := range g.es {
		prev, last := -2, 0.0
		for _, x := range h.pairs[u] {
			j := int(placeF[x.unit])
			if j < g.rows[i].lo || j >= g.rows[i].hi {
				continue
			}
			gain := 2 * weight * (g.par.ThirdAgrees + g.par.ThirdDiffers) * float64(x.sure)
			s.favour(i, j, j, gain)
			if j == prev+1 {
				// The cost of missing comes back once only.
				s.favour(i, prev, j, -min(gain, last)/2)
			}
			prev, last = j, gain
		}
	}
}

// favour adds to what all beads gain that hold unit i of e and the units from
// first to last of f.
func (s *solution) favour(i, first, last int, gain float64) {
	for x := range beadSizes {
		for a := i + 1; a <= min(i+beadSizes[x].n, len(s.g.es)); a++ {
			from, to := s.span(a, x)
			for j := max(from, last+1); j <= min(to, first+beadSizes[x].m); j++ {
				s.gains[s.point(a, j)][x] += float32(gain)
			}
		}
	}
}
