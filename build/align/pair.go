package align

import (
	"math"
	"slices"
)

// A tie is a group of units of two versions that say the same.
type tie struct {
	e, f []int32
}

// An aligner ties the units of two versions.
type aligner struct {
	e, f         *version
	k            *knobs
	room         *room
	eword, fword *side // the evidence that needs no training
	eside, fside *side // and with what was learnt
	counts       *counts
	hints        *hints
	scale        float64 // log of how many letters of f one of e makes

	near         int   // how far from earlier ties to look, in steps of three units
	final        bool  // no pass follows
	last         *grid // of the units that keep their order
	ties         []tie
	sureE, sureF []float64 // per unit, how likely its row is right
}

// newAligner makes two passes over a pair. The first trains what the second
// uses. With final, no more will be asked for.
func newAligner(e, f *version, k *knobs, rm *room, final bool) *aligner {
	a := &aligner{e: e, f: f, k: k, room: rm, near: 2}
	a.sureE, a.sureF = flat(len(e.units), 0.9), flat(len(f.units), 0.9)
	if len(e.units) == 0 || len(f.units) == 0 {
		return a
	}
	a.scale = math.Log((f.chars + 10) / (e.chars + 10))
	a.eword, a.fword = pairWords(e, f, k).sides(k)
	a.eside, a.fside = a.eword, a.fword
	a.final = final && k.passes == 0
	a.ties = a.pass(nil)
	for n := range k.passes {
		a.learn(a.ties)
		a.final = final && n == k.passes-1
		a.ties = a.pass(a.ties)
	}
	return a
}

// again makes one more pass with what the other versions say.
func (a *aligner) again(h *hints) {
	if a.eword == nil {
		return
	}
	a.hints = h
	// Other pairs may have added names to the vocabulary since.
	a.eside.grow(len(a.e.words))
	a.fside.grow(len(a.f.words))
	a.near, a.final = 1, true
	a.ties = a.pass(a.ties)
}

// trust computes how sure the rows are, given the row of each block.
func (a *aligner) trust(rowE, rowF []int32) {
	a.sureE, a.sureF = flat(len(a.e.units), 1), flat(len(a.f.units), 1)
	if a.last == nil {
		return
	}
	// A row's side may have no text in the other version.
	has := map[int32]uint8{}
	for _, r := range rowE {
		has[r] |= 1
	}
	for _, r := range rowF {
		has[r] |= 2
	}
	of := func(v *version, units []int32, row []int32) (rows []int32, one []bool) {
		for _, u := range units {
			r := row[v.units[u].block]
			rows, one = append(rows, r), append(one, has[r] != 3)
		}
		return rows, one
	}
	g := a.last
	re, oneE := of(a.e, g.es, rowE)
	rf, oneF := of(a.f, g.fs, rowF)
	pe, pf := g.posterior(re, rf, oneE, oneF)
	for i := range a.sureE {
		a.sureE[i] = a.k.moved
	}
	for j := range a.sureF {
		a.sureF[j] = a.k.moved
	}
	for x, i := range g.es {
		a.sureE[i] = pe[x]
	}
	for x, j := range g.fs {
		a.sureF[j] = pf[x]
	}
}

func flat(n int, x float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = x
	}
	return out
}

// learn takes from the ties which words keep company, and from those of one
// unit each the scale of lengths.
func (a *aligner) learn(ties []tie) {
	a.counts = count(a.e, a.f, ties, a.k)
	a.eside = a.eword.with(a.counts.links(false, a.k))
	a.fside = a.fword.with(a.counts.links(true, a.k))
	var ratios []float64
	for _, t := range ties {
		if len(t.e) == 1 && len(t.f) == 1 {
			x, y := a.e.units[t.e[0]].size, a.f.units[t.f[0]].size
			if x > 8 && y > 4 {
				ratios = append(ratios, math.Log(float64(y)/float64(x)))
			}
		}
	}
	if len(ratios) < 8 {
		return
	}
	slices.Sort(ratios)
	a.scale = ratios[len(ratios)/2]
}

// pass ties what keeps its order, then what was moved. Units that an earlier
// pass found moved do not stand in the way of the others.
func (a *aligner) pass(earlier []tie) []tie {
	es, fs := allUnits(a.e), allUnits(a.f)
	ties := a.ordered(es, fs, earlier)
	moved := a.moved(ties)
	if len(moved) == 0 {
		return ties
	}
	es, fs = a.left(moved)
	ties = a.ordered(es, fs, ties)
	ties = append(ties, moved...)
	for {
		more := a.moved(ties)
		if len(more) == 0 {
			break
		}
		ties = append(ties, more...)
	}
	return ties
}

func allUnits(v *version) []int32 {
	out := make([]int32, len(v.units))
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

// left returns the units of the blocks that the ties do not hold.
func (a *aligner) left(ties []tie) (es, fs []int32) {
	usedE, usedF := make([]bool, len(a.e.blocks)), make([]bool, len(a.f.blocks))
	for _, t := range ties {
		for _, i := range t.e {
			usedE[a.e.units[i].block] = true
		}
		for _, j := range t.f {
			usedF[a.f.units[j].block] = true
		}
	}
	return unused(a.e, usedE), unused(a.f, usedF)
}

func unused(v *version, used []bool) []int32 {
	var out []int32
	for i := range v.units {
		if !used[v.units[i].block] {
			out = append(out, int32(i))
		}
	}
	return out
}

// full is the band that compares all with all.
func full(n, m int) band {
	b := band{lo: make([]int32, n), hi: make([]int32, n)}
	for i := range b.hi {
		b.hi[i] = int32(m)
	}
	return b
}

func (a *aligner) grid(es, fs []int32, b band) *grid {
	return newGrid(a.e, a.f, es, fs, b, a.eside, a.fside, a.scale, a.k, a.counts, a.hints, a.room)
}

// ordered ties units in the order they stand in. In a long text it looks near
// the earlier ties, if there are any.
func (a *aligner) ordered(es, fs []int32, earlier []tie) []tie {
	a.last = nil
	if len(es) == 0 || len(fs) == 0 {
		return nil
	}
	a.last = a.grid(es, fs, a.band(es, fs, earlier))
	return a.last.ties(a.last.path(a.final, a.room))
}

func (g *grid) ties(beads []bead) []tie {
	var out []tie
	for _, b := range beads {
		out = append(out, tie{g.es[b.i : b.i+b.n], g.fs[b.j : b.j+b.m]})
	}
	return out
}
