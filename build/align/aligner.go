package align

import (
	"math"
	"slices"

	"stele/build/doc"
)

// A tie is a group of units of two versions that say the same.
type tie struct {
	e, f []int32
	// moved is, of a tie in a run that was moved, what the run is worth, else 0.
	moved float64
}

// An aligner ties the units of two versions.
type aligner struct {
	e, f         *version
	par          *Parameters
	sc           *scratch
	wide         int   // how many units one is compared with where nothing tells where to look
	eword, fword *side // the evidence that needs no training
	eside, fside *side // and with what was learnt
	counts       *counts
	third        *triangulation
	scale        float64 // log of how many letters of f one of e makes

	whole        *solution // of the last pass, for all units
	last         *solution // and for those that keep their order
	keep         bool      // no pass follows that weighs the beads anew
	ties         []tie
	chances      []beadChance // of the last solution, once they were asked for
	chanced      bool         // they were
	unweighable  bool         // and could not be told
	blockChances []blockChance
	sureE, sureF []float64 // per unit, how likely its row is right
	// What sureE and sureF are for, if the first pass left no doubt: the row of
	// each block.
	clearE, clearF []int32
	nearE, nearF   []int32 // likewise, if it tied every block in order
}

// newAligner makes two passes over a pair. The first trains what the second
// uses; if it leaves no doubt there is no second.
func newAligner(e, f *version, wide int, par *Parameters, sc *scratch) *aligner {
	a := beginAligner(e, f, wide, par, sc)
	a.complete()
	return a
}

// beginAligner compares neighbours alone, if the versions seem to correspond. What it
// leaves no doubt about is done; of versions that correspond it need not even be known
// how their names sound.
func beginAligner(e, f *version, wide int, par *Parameters, sc *scratch) *aligner {
	a := &aligner{e: e, f: f, par: par, sc: sc, wide: wide}
	a.sureE, a.sureF = repeated(len(e.units), 0.9), repeated(len(f.units), 0.9)
	if len(e.units) == 0 || len(f.units) == 0 {
		return a
	}
	a.scale = math.Log((f.chars + 10) / (e.chars + 10))
	if b, ok := a.beside(); ok && par.Passes > 0 {
		a.know(pairWords(e, f, par, sc).sides(par, sc))
		a.passIn(b)
		a.clear()
	}
	return a
}

// complete makes the passes that are due where the first look left a doubt.
func (a *aligner) complete() {
	if a.clearE != nil || len(a.e.units) == 0 || len(a.f.units) == 0 {
		return
	}
	a.nearE, a.nearF = nil, nil
	a.forget()
	a.sureE, a.sureF = repeated(len(a.e.units), 0.9), repeated(len(a.f.units), 0.9)
	words := pairWords(a.e, a.f, a.par, a.sc)
	words.names(a.par)
	a.know(words.sides(a.par, a.sc))
	if b, ok := a.beside(); ok && a.par.Passes > 0 {
		a.passIn(b)
	} else {
		a.keep = a.par.Passes == 0
		a.pass()
	}
	if a.par.Passes > 0 && a.clear() {
		return
	}
	a.nearE, a.nearF = nil, nil
	a.forget()
	a.sureE, a.sureF = repeated(len(a.e.units), 0.9), repeated(len(a.f.units), 0.9)
	for n := range a.par.Passes {
		a.learn(a.ties)
		a.keep = n == a.par.Passes-1
		a.pass()
	}
}

// nearBlocks is how many blocks before and after its counterpart a block is
// compared with where the versions seem to correspond block by block. One is enough:
// where blocks stand further off, those that are compared have too little in common to
// leave no doubt.
const nearBlocks = 1

// nearUnits is how many units of such blocks a unit is compared with at most, down to
// half as many if versions are in many pairs, unless they are many times as many as
// those of its own block: who compared all units of long paragraphs with all would take
// the square of their length.
const nearUnits = 40

// beside returns, if the versions have as many blocks and nearly all are of the
// same kind as their counterparts, a band that compares neighbours. If the ways
// through it leave no doubt, the versions do correspond, and nothing has to be looked
// for elsewhere.
func (a *aligner) beside() (band, bool) {
	if len(a.e.blocks) != len(a.f.blocks) {
		return band{}, false
	}
	others := 0
	for x := range a.e.blocks {
		if a.e.blocks[x].Kind != a.f.blocks[x].Kind {
			others++
		}
	}
	if 10*others > len(a.e.blocks) {
		return band{}, false
	}
	b := band{lo: make([]int32, len(a.e.units)), hi: make([]int32, len(a.e.units))}
	near := int32(max(nearUnits/2, nearUnits*a.wide/mostWide))
	for i := range b.lo {
		x := int(a.e.units[i].block)
		b.lo[i] = a.f.first[max(0, x-nearBlocks)]
		b.hi[i] = a.f.first[min(len(a.f.blocks), x+nearBlocks+1)]
		if b.hi[i]-b.lo[i] <= near {
			continue
		}
		// Of long blocks, what stands about as far in its block.
		n, m := a.e.first[x+1]-a.e.first[x], a.f.first[x+1]-a.f.first[x]
		mid := a.f.first[x] + (int32(i)-a.e.first[x])*m/n
		half := max(near/2, 2*m/n)
		b.lo[i], b.hi[i] = max(b.lo[i], mid-half), min(b.hi[i], mid+half)
	}
	return b, true
}

// clear reports whether the last pass ties every block in order and without
// doubt, as in two versions that were made paragraph by paragraph. What could
// be learnt from such ties would only make them surer. If it is likelier right than
// not in every row, though not without doubt, these rows are near.
func (a *aligner) clear() bool {
	usedE, usedF := a.tiedBlocks(a.ties)
	if a.last != a.whole || slices.Contains(usedE, false) || slices.Contains(usedF, false) {
		return false
	}
	u := newComponents([]*version{a.e, a.f})
	a.join(u, 0, 1)
	e, f := u.rowsOf(0, 1)
	a.trust(e, f)
	least := min(slices.Min(a.sureE), slices.Min(a.sureF))
	if least < certain {
		return false
	}
	a.nearE, a.nearF = e, f
	if a.whole.kept = a.sc.keeps(a.whole.points); a.whole.kept {
		a.whole.gains = slices.Clone(a.whole.gains) // the scratch memory is another's now
	}
	if least < a.par.Clear {
		return false
	}
	a.clearE, a.clearF = e, f
	return true
}

// isClear reports whether the first pass left no doubt about just these rows,
// whatever their numbers.
func (a *aligner) isClear(rowE, rowF []int32) bool {
	return sameRows(a.clearE, a.clearF, rowE, rowF)
}

// sameRows reports whether blocks are in the same rows as are known, whatever the
// rows' numbers.
func sameRows(knownE, knownF, rowE, rowF []int32) bool {
	if knownE == nil {
		return false
	}
	to, from := map[int32]int32{}, map[int32]int32{}
	same := func(known, rows []int32) bool {
		for i, x := range known {
			if i > 0 && x == known[i-1] && rows[i] == rows[i-1] {
				continue
			}
			y := rows[i]
			if _, ok := to[x]; !ok {
				to[x] = y
			}
			if _, ok := from[y]; !ok {
				from[y] = x
			}
			if to[x] != y || from[y] != x {
				return false
			}
		}
		return true
	}
	return same(knownE, rowE) && same(knownF, rowF)
}

// refine finds the best ways once more, with what the other versions say.
func (a *aligner) refine(h *triangulation) {
	if a.eword == nil {
		return
	}
	a.clearE, a.clearF = nil, nil
	a.chances, a.chanced = nil, false
	a.third = h
	// Other pairs may have added names to the vocabulary since.
	a.eside.grow(len(a.e.words))
	a.fside.grow(len(a.f.words))
	a.keep = true
	if !a.whole.kept {
		g := a.whole.g
		a.whole = a.weighed(g.es, g.fs, g.band, global)
	}
	a.whole.triangulate(h)
	a.whole.solve(global, a.sc)
	a.last, a.ties = a.whole, a.whole.ties()
	a.weighUnkept()
	a.move()
}

// trust computes how sure the rows are, given the row of each block, unless that
// is known.
func (a *aligner) trust(rowE, rowF []int32) {
	if a.isClear(rowE, rowF) {
		return
	}
	a.sureE, a.sureF = repeated(len(a.e.units), 1), repeated(len(a.f.units), 1)
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
	g := a.last.g
	re, oneE := of(a.e, g.es, rowE)
	rf, oneF := of(a.f, g.fs, rowF)
	a.weigh()
	pe, pf := repeated(len(g.es), 0.5), repeated(len(g.fs), 0.5)
	if !a.unweighable {
		pe, pf = g.agreement(a.chances, re, rf, oneE, oneF)
	}
	for i := range a.sureE {
		a.sureE[i] = a.par.MovedTrust
	}
	for j := range a.sureF {
		a.sureF[j] = a.par.MovedTrust
	}
	for x, i := range g.es {
		a.sureE[i] = pe[x]
	}
	for x, j := range g.fs {
		a.sureF[j] = pf[x]
	}
}

// trustOwn computes how sure the pair is of the rows that its own ties make.
func (a *aligner) trustOwn() {
	u := newComponents([]*version{a.e, a.f})
	a.join(u, 0, 1)
	a.trust(u.rowsOf(0, 1))
}

// weigh finds how likely the beads of the last solution are.
func (a *aligner) weigh() {
	if a.chanced || a.last == nil {
		return
	}
	chances, ok := a.last.posterior(a.sc)
	a.chances, a.unweighable, a.chanced = chances, !ok, true
}

func repeated(n int, x float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = x
	}
	return out
}

// learn takes from the ties which words occur together, and from those of one
// unit each the scale of lengths.
func (a *aligner) learn(ties []tie) {
	a.counts = count(a.e, a.f, ties, a.par, a.sc)
	a.eside = a.eword.with(a.counts.learntLinks(false, a.par, a.sc))
	a.fside = a.fword.with(a.counts.learntLinks(true, a.par, a.sc))
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

// know takes the evidence that needs no training.
func (a *aligner) know(e, f *side) {
	a.eword, a.fword = e, f
	a.eside, a.fside = e, f
}

// pass ties what keeps its order, then what was moved.
func (a *aligner) pass() {
	a.passIn(a.band(allUnits(a.e), allUnits(a.f), a.ties))
	a.move()
}

// passIn ties what keeps its order within a band.
func (a *aligner) passIn(b band) {
	a.chances, a.chanced = nil, false
	a.whole = a.solve(allUnits(a.e), allUnits(a.f), b, global)
	a.last, a.ties = a.whole, a.whole.ties()
	a.weighUnkept()
}

// weighUnkept finds how likely the beads are before what they gain is overwritten, if
// that will be asked for.
func (a *aligner) weighUnkept() {
	if a.keep && !a.last.kept {
		a.weigh()
	}
}

// forget gives back the memory of a pass that another follows.
func (a *aligner) forget() {
	if a.whole != nil && a.whole.kept {
		a.sc.kept -= a.whole.points
		a.whole.gains, a.whole.kept = nil, false
	}
}

// move adds ties of what was moved. Units that were do not stand in the way of
// the others.
func (a *aligner) move() {
	moved := a.moved(a.ties)
	if len(moved) == 0 {
		return
	}
	moved = a.withHeadings(moved, 0)
	a.last = nil
	if es, fs := a.leftover(moved); len(es) > 0 && len(fs) > 0 {
		a.chances, a.chanced = nil, false
		a.last = a.solve(es, fs, a.band(es, fs, a.ties), global)
		a.weighUnkept()
		moved = append(a.last.ties(), moved...)
	}
	a.ties = moved
	for {
		more := a.moved(a.ties)
		if len(more) == 0 {
			break
		}
		n := len(a.ties)
		a.ties = a.withHeadings(append(a.ties, more...), n)
	}
}

// withHeadings adds to the ties, of which those from number from on are moved runs,
// the headings of one level that both sides of a run stand under: a section
// moves with its heading, and two headings often share too little to be found.
func (a *aligner) withHeadings(ties []tie, from int) []tie {
	usedE, usedF := a.tiedBlocks(ties)
	for n := from; n < len(ties); n++ {
		b, c := a.e.units[ties[n].e[0]].block-1, a.f.units[ties[n].f[0]].block-1
		if b < 0 || c < 0 || usedE[b] || usedF[c] {
			continue
		}
		x, y := &a.e.blocks[b], &a.f.blocks[c]
		if x.Kind != doc.Heading || y.Kind != doc.Heading || x.Level != y.Level {
			continue
		}
		usedE[b], usedF[c] = true, true
		ties = append(ties, tie{a.e.unitsIn(b), a.f.unitsIn(c), ties[n].moved})
	}
	return ties
}

// unitsIn returns the units of a block.
func (v *version) unitsIn(block int32) []int32 {
	var out []int32
	for i := v.first[block]; i < v.first[block+1]; i++ {
		out = append(out, i)
	}
	return out
}

func allUnits(v *version) []int32 {
	out := make([]int32, len(v.units))
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

// leftover returns the units of the blocks that the ties do not hold.
func (a *aligner) leftover(ties []tie) (es, fs []int32) {
	usedE, usedF := a.tiedBlocks(ties)
	return unused(a.e, usedE), unused(a.f, usedF)
}

// tiedBlocks tells, by block, what the ties hold.
func (a *aligner) tiedBlocks(ties []tie) (usedE, usedF []bool) {
	usedE, usedF = make([]bool, len(a.e.blocks)), make([]bool, len(a.f.blocks))
	for _, t := range ties {
		for _, i := range t.e {
			usedE[a.e.units[i].block] = true
		}
		for _, j := range t.f {
			usedF[a.f.units[j].block] = true
		}
	}
	return usedE, usedF
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

// solve finds the best ways through the grid of some units.
func (a *aligner) solve(es, fs []int32, b band, md mode) *solution {
	s := a.weighed(es, fs, b, md)
	if a.third != nil {
		s.triangulate(a.third)
	}
	s.solve(md, a.sc)
	return s
}

// weighed finds what the beads in the grid of some units gain. That is kept where it
// may be asked for again.
func (a *aligner) weighed(es, fs []int32, b band, md mode) *solution {
	g := a.newGrid(es, fs, b)
	s := g.frame()
	if s.kept = a.keep && md == global && a.sc.keeps(s.points); s.kept {
		s.gains = make([]gains, s.points)
	} else {
		s.gains = fit(&a.sc.gains, s.points)
	}
	for i := 1; i <= len(es); i++ {
		s.weigh(i)
	}
	g.cells, g.eg, g.fg = nil, [most][]group{}, [most][]group{} // the scratch memory is another's now
	return s
}

func (g *grid) ties(beads []bead) []tie {
	out := make([]tie, 0, len(beads))
	for _, b := range beads {
		out = append(out, tie{e: g.es[b.i : b.i+b.n], f: g.fs[b.j : b.j+b.m]})
	}
	return out
}
