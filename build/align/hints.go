package align

// hints are what a third version says of a pair: a unit of e and one of f that
// are tied to the same unit of it. They enter the grid like a word that both
// units have; a unit whose partner there has another partner, or none, misses
// its word. So no version is a pivot, and a weak pair gains from two strong.
type hints struct {
	e, f  []float32 // per unit, what it costs to disagree
	pairs [][]hint  // per unit of e, by unit of f
}

type hint struct {
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

// hintsOf gathers what the versions between say; ways holds, for each of them,
// the leg from e to it and the leg from it to f.
func hintsOf(e, f *version, ways [][2]leg) *hints {
	h := &hints{e: make([]float32, len(e.units)), f: make([]float32, len(f.units)), pairs: make([][]hint, len(e.units))}
	share := 1 / float32(len(ways))
	for _, w := range ways {
		there, sureThere := w[0].partners()
		on, sureOn := w[1].partners()
		for i, mids := range there {
			for _, z := range mids {
				sure := share * float32(sureThere[i]*sureOn[z]) / float32(len(mids))
				h.e[i] += sure
				for _, j := range on[z] {
					h.pairs[i] = add(h.pairs[i], hint{j, sure})
				}
			}
		}
		// From f's side: who is tied to the third version at all.
		back, sureBack := leg{w[1].a, !w[1].back}.partners()
		_, sureHome := leg{w[0].a, !w[0].back}.partners()
		for j, mids := range back {
			for _, z := range mids {
				h.f[j] += share * float32(sureBack[j]*sureHome[z]) / float32(len(mids))
			}
		}
	}
	return h
}

func add(list []hint, x hint) []hint {
	for i := range list {
		if list[i].unit == x.unit {
			list[i].sure += x.sure
			return list
		}
	}
	return append(list, x)
}

// hint adds the hints to the grid.
func (g *grid) hint(h *hints, placeF []int32) {
	reward := float32(g.k.hint + g.k.hintMiss)
	for i, u := range g.es {
		prev, last := int32(-1), float32(0)
		for _, x := range h.pairs[u] {
			j := placeF[x.unit]
			if j < 0 {
				continue
			}
			if c := g.at(i, int(j)); c != nil {
				gain := 2 * reward * x.sure
				c.hit += gain
				if prev >= 0 && j == prev+1 {
					// The cost of missing comes back once only.
					if p := g.at(i, int(prev)); p != nil {
						p.moreE += min(gain, last) / 2
					}
				}
				prev, last = j, gain
			}
		}
	}
}

func (h *hints) missE() []float32 {
	if h == nil {
		return nil
	}
	return h.e
}

func (h *hints) missF() []float32 {
	if h == nil {
		return nil
	}
	return h.f
}
