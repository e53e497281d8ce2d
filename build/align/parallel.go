package align

import (
	"cmp"
	"math"
	"slices"

	"stele/build/doc"
)

// parallel returns the rows of versions that surely correspond block by block, one
// row for each block, or nil if there is any doubt: then all that they say has to be
// read and weighed.
//
// It looks for what would speak against it and has to find enough that speaks for it,
// in every pair of versions: blocks of the same kinds and as long as each other; words
// of the lexicon, numbers and names that most have in common with their counterpart;
// nothing, in a block or one of its sentences, that is more like the block before or
// after. What is weighed is weighed as in the full method, by blocks and not by
// sentences, so that confidence means the same.
func parallel(in []Input, par *Parameters) []Row {
	if len(in) < 2 || len(in) > allWithAll || len(in[0].Doc.Blocks) == 0 || par.Parallel <= 0 {
		return nil
	}
	for i := range in {
		if !sameKinds(&in[0], &in[i]) {
			return nil
		}
	}
	sk := new(sketcher)
	outlines := make([]*outline, len(in))
	for i := range in {
		outlines[i] = sk.outline(&in[i])
		if outlines[i].torn || outlines[i].chars == 0 {
			return nil
		}
	}
	// As everywhere, the order of the inputs does not matter.
	slices.SortStableFunc(outlines, (*outline).compare)
	p := &parallelism{par: par, outlines: outlines, traits: sk.traits, sure: par.Parallel, strays: strays}
	if len(in) == 2 { // no third one bears witness
		p.sure, p.strays = alone*par.Parallel, strays/alone
	}
	return p.rows()
}

// sameKinds reports whether two versions have as many blocks, and nearly each is of the
// kind of its counterpart and has its id, if authors gave them any.
func sameKinds(a, b *Input) bool {
	if len(a.Doc.Blocks) != len(b.Doc.Blocks) {
		return false
	}
	others := 0
	for i := range a.Doc.Blocks {
		x, y := &a.Doc.Blocks[i], &b.Doc.Blocks[i]
		if x.Kind == y.Kind {
			if x.Kind == doc.Heading && !x.AutoID && !y.AutoID && x.ID != y.ID {
				return false
			}
			continue
		}
		if others++; x.Kind == doc.Heading || y.Kind == doc.Heading || x.Kind == doc.Code || y.Kind == doc.Code {
			return false
		}
	}
	return 10*others <= len(a.Doc.Blocks)
}

// compare orders outlines by what their versions hold.
func (o *outline) compare(p *outline) int {
	c := cmp.Compare(o.chars, p.chars)
	for b := 0; c == 0 && b < len(o.blocks); b++ {
		c = cmp.Compare(o.blocks[b].Text, p.blocks[b].Text)
	}
	return c
}

// A parallelism is the comparison of outlines, block by block.
type parallelism struct {
	par          *Parameters
	outlines     []*outline
	traits       []trait // per feature
	sure, strays float64 // how sure it must be, and what strays may be worth
	looks        [2]look
	near         []uint8               // per feature, which blocks near the one at hand have it
	worths       []worth               // per feature, for the look at hand
	known        [traits][16][16]worth // of the two at hand, by how many blocks of each have a feature
}

// rows returns the rows if no pair of versions has a doubt that the others do not
// take away.
func (p *parallelism) rows() []Row {
	all, n := len(p.outlines), len(p.outlines[0].blocks)
	margins := make([][]float64, all*all) // by pair, per block
	for x := range all {
		for y := x + 1; y < all; y++ {
			m := p.margins(p.outlines[x], p.outlines[y])
			if m == nil {
				return nil
			}
			margins[x*all+y], margins[y*all+x] = m, m
		}
	}
	rows := make([]Row, n)
	blocks := make([]int, n*all)
	cells := make([][]int, n*all)
	said := make([]float64, 0, all)
	for b := range rows {
		r := &rows[b]
		r.Blocks = cells[b*all : (b+1)*all : (b+1)*all]
		for l := range all {
			at := b*all + l
			blocks[at] = b
			r.Blocks[l] = blocks[at : at+1 : at+1]
		}
		r.Confidence = r.calibrated(1, p.par)
		for x := range all {
			said = said[:0]
			for y := range all {
				if x == y {
					continue
				}
				m := margins[x*all+y][b]
				if m < p.sure && !p.vouched(margins, x, y, b) {
					return nil
				}
				said = append(said, 1/(1+math.Exp(-m)))
			}
			r.Confidence = min(r.Confidence, r.agreed(said, p.par))
		}
	}
	raiseBetweenSure(rows)
	for b := range rows {
		by, surely := p.unlike(b)
		if surely >= p.par.FarApart/3 {
			return nil
		}
		rows[b].doubt(by)
	}
	return rows
}

// vouched reports whether a third version is surely tied to two that have little in
// common in a block, but nothing against each other.
func (p *parallelism) vouched(margins [][]float64, x, y, b int) bool {
	all := len(p.outlines)
	if margins[x*all+y][b] <= 0 {
		return false
	}
	for z := range all {
		if z != x && z != y && margins[x*all+z][b] >= p.par.Parallel && margins[z*all+y][b] >= p.par.Parallel {
			return true
		}
	}
	return false
}

// unlike is pairs.unlike for a row of single blocks.
func (p *parallelism) unlike(b int) (worst, surely float64) {
	for i, x := range p.outlines {
		best, strict := math.Inf(1), math.Inf(1)
		for j, y := range p.outlines {
			if i == j {
				continue
			}
			e, f := x, y
			if j < i {
				e, f = y, x
			}
			by, k, l := 0.0, e.blocks[b].Kind, f.blocks[b].Kind
			if k != l || k != doc.Table && k != doc.Code {
				by = p.par.unlikeSizes(e.sizes[b], f.sizes[b]*(e.chars+10)/(f.chars+10)) + p.par.unlikeKinds(k, l)
			}
			best = min(best, by)
			strict = min(strict, max(by, p.par.unlikeSizes(f.sizes[b], e.sizes[b]*(f.chars+10)/(e.chars+10))))
		}
		worst, surely = max(worst, best), max(surely, strict)
	}
	return worst, surely
}

// around is how many blocks of the other version a block is compared with: that of its
// place, that before and that after.
const around = 3

// A look is what the blocks of one version find in the other.
type look struct {
	found [][around]float64 // per block and place of the other's: before, beside, after
	miss  []float64         // what it costs a block to miss all
	rate  []float64         // how often what it looks for stands there, per letter
	stray bool              // a sentence finds more in a neighbour than beside it
}

// A worth is what it is worth to find a feature.
type worth struct{ hit, miss float64 }

// margins returns, per block, how much likelier it is that two blocks say the same
// than what else they might; nil if they surely do not all.
func (p *parallelism) margins(e, f *outline) []float64 {
	scale := math.Log((f.chars + 10) / (e.chars + 10))
	x, y := p.look(&p.looks[0], e, f, scale), p.look(&p.looks[1], f, e, -scale)
	if x.stray || y.stray {
		return nil
	}
	n := len(e.blocks)
	sizeE, sizeF := p.measured(e, 0), p.measured(f, scale)
	w := p.par.scoring()
	block := p.par.DropBlock + p.par.DropOtherSide
	// worth of a block of e beside one of f that is before, beside or after it
	worth := func(b, d int) float64 {
		c := b + d
		words := x.found[b][d+1] + y.found[c][1-d] + x.miss[b] + y.miss[c] + x.rate[b]*f.sizes[c] + y.rate[c]*e.sizes[b]
		return float64(w.words)*words + float64(w.lengths*lengths(&sizeE[b], &sizeF[c]))
	}
	kind := func(b, c int) float64 {
		return p.par.kindOdds(shapeOf(&e.blocks[b]), shapeOf(&f.blocks[c]))
	}
	nothing := func(b int) bool { return x.found[b][1]+y.found[b][1] == 0 }
	out := make([]float64, n)
	beside := make([]float64, n)
	for b := range n {
		beside[b] = worth(b, 0) + kind(b, b)
		if id := e.blocks[b].ID; id != "" && !e.blocks[b].AutoID && id == f.blocks[b].ID {
			beside[b] += p.par.Wall
		}
		// Instead both may stand alone.
		out[b] = beside[b] + block - p.par.Bead[1][1]
		// Long blocks that say the same have much in common, and miss little of it.
		out[b] -= silence * min(1, (e.sizes[b]+f.sizes[b]*(e.chars+10)/(f.chars+10))/long)
		if miss := -x.miss[b] - y.miss[b]; miss > 0 {
			out[b] *= min(1, (x.found[b][1]+y.found[b][1]+little)/(miss*shared))
		}
	}
	for b := 0; b+1 < n; b++ {
		down, up := worth(b, 1)+kind(b, b+1), worth(b+1, -1)+kind(b+1, b)
		here := beside[b] + beside[b+1]
		// Or one of two is like the other's neighbour, or both are.
		m := min(here+block-max(down, up), here+p.par.LoneMove/2-down-up)
		if nothing(b) && nothing(b+1) && e.blocks[b].Kind == e.blocks[b+1].Kind {
			m = min(m, unsaid) // they may have changed places, as in a list by the alphabet
		}
		out[b], out[b+1] = min(out[b], m), min(out[b+1], m)
	}
	return out
}

func shapeOf(b *doc.Block) shape { return shape{kind: b.Kind, level: b.Level, depth: len(b.Within)} }

// measured returns the blocks' sizes as the aligner measures those of units.
func (p *parallelism) measured(o *outline, scale float64) []group {
	out := make([]group, len(o.blocks))
	shrink := math.Exp(-scale)
	for b := range out {
		out[b].size = float32(o.sizes[b])
		out[b].measure = newMeasure(out[b].size, scale, shrink, p.par)
	}
	return out
}

// A long block that has nothing in common with its counterpart is the more suspect,
// and so is one which has less in common than so many times what it costs to miss all
// that it might have.
const silence, long, shared, little = 2.5, 200, 1.25, 3

// unsaid is how sure it is of two blocks in a row that nothing is known of.
const unsaid = 1

// strays is how much more of a block's first or last sentences may be found in its
// neighbour than beside it.
const strays = 2

// alone is how much surer two versions must be that no third one bears witness of.
const alone = 1.5

// look looks for the features of a version in the other.
func (p *parallelism) look(out *look, e, f *outline, scale float64) *look {
	n := len(e.blocks)
	*out = look{found: make([][around]float64, n), miss: make([]float64, n), rate: make([]float64, n)}
	if len(p.near) < len(p.traits) {
		p.near = make([]uint8, len(p.traits))
	}
	worths := fit(&p.worths, len(p.traits))
	usual := f.chars / float64(n)
	log := math.Log(f.chars)
	p.known = [traits][16][16]worth{}
	for ft := range worths {
		worths[ft] = worth{}
		if ft < len(e.count) && ft < len(f.count) && e.count[ft] > 0 && f.count[ft] > 0 {
			worths[ft] = p.worth(p.traits[ft], e.count[ft], f.count[ft], f.chars, usual, log)
		}
	}
	size, parts := make([]float64, n), int32(0)
	for b := range size {
		parts = max(parts, e.part[b+1]-e.part[b])
		size[b] = math.Log(f.sizes[b] + 2)
	}
	after := make([]float64, parts)
	mark := func(b int, on bool) {
		if b < 0 || b >= n {
			return
		}
		bit := uint8(1) << (b & 3)
		for _, ft := range f.ofBlock[f.inBlock[b]:f.inBlock[b+1]] {
			if on {
				p.near[ft] |= bit
			} else {
				p.near[ft] &^= bit
			}
		}
	}
	mark(0, true)
	for b := range n {
		mark(b+1, true)
		mark(b-2, false)
		find := func(ft int32, found *[around]float64) {
			w := worths[ft].hit
			bits := p.near[ft]
			if bits == 0 {
				return
			}
			for d := range around {
				if c := b + d - 1; c >= 0 && c < n && bits>>(c&3)&1 != 0 {
					if gain := w - size[c]; gain > 0 {
						found[d] += gain
					}
				}
			}
		}
		for _, ft := range e.ofBlock[e.inBlock[b]:e.inBlock[b+1]] {
			w := &worths[ft]
			if w.miss == 0 {
				continue
			}
			out.miss[b] += w.miss
			out.rate[b] += float64(f.count[ft]) / f.chars
			find(ft, &out.found[b])
		}
		if e.part[b+1]-e.part[b] < 2 {
			continue
		}
		// What its first sentences find more before it, and its last ones after it.
		first, last := e.part[b], e.part[b+1]
		before := 0.0
		for part := first; part < last; part++ {
			var found [around]float64
			for _, ft := range e.ofPart[e.inPart[part]:e.inPart[part+1]] {
				if worths[ft].miss != 0 {
					find(ft, &found)
				}
			}
			before += found[0] - found[1]
			after[part-first] = found[2] - found[1]
			if b > 0 && part+1 < last {
				moved := float64(e.before[part+1] - e.before[first])
				out.stray = out.stray || p.par.Words*before > p.strays-mostMoves && p.par.Words*before+p.moves(e, f, b, b-1, moved, part+1-first, scale) > p.strays
			}
		}
		sum := 0.0
		for part := last - 1; part > first && b+1 < n; part-- {
			sum += after[part-first]
			moved := float64(e.before[last] - e.before[part])
			out.stray = out.stray || p.par.Words*sum > p.strays-mostMoves && p.par.Words*sum+p.moves(e, f, b, b+1, moved, last-part, scale) > p.strays
		}
	}
	mark(n-2, false)
	mark(n-1, false)
	return out
}

// mostMoves is more than moves returns but where blocks are so far from one another in
// length that they are not taken for parallel anyway.
const mostMoves = 9

// moves returns how much better two blocks of e would answer to their counterparts in
// length, and in how many sentences they have, if so many letters and sentences of the
// first stood in the second.
func (p *parallelism) moves(e, f *outline, from, to int, letters float64, parts int32, scale float64) float64 {
	shrink := math.Exp(-scale)
	fit := func(x, y float64) float64 {
		a := group{size: float32(x), measure: newMeasure(float32(x), 0, 1, p.par)}
		b := group{size: float32(y), measure: newMeasure(float32(y), scale, shrink, p.par)}
		return p.par.Lengths * float64(lengths(&a, &b))
	}
	x, y := e.sizes[from], e.sizes[to]
	lengths := fit(x-letters, f.sizes[from]) + fit(y+letters, f.sizes[to]) - fit(x, f.sizes[from]) - fit(y, f.sizes[to])
	differ := func(b int, parts int32) float64 {
		if e.part[b+1]-e.part[b]+parts == f.part[b+1]-f.part[b] {
			return 0
		}
		return 1
	}
	return lengths + differ(from, 0) + differ(to, 0) - differ(from, -parts) - differ(to, parts)
}

// worth returns what it is worth to find a feature that so many blocks have, in a block
// of size one.
func (p *parallelism) worth(t trait, own, other int32, chars, usual, log float64) worth {
	if known := p.known[t][:]; int(own) < len(known) && int(other) < len(known[own]) && known[own][other].miss != 0 {
		return known[own][other]
	}
	chance := p.par.chanceOf(t)
	var w worth
	// A word that is everywhere tells nothing.
	if chance >= math.Exp(p.par.Informative)*(1-math.Exp(-float64(other)/chars*usual)) {
		a := min(0.97, chance*min(1, (float64(other)+p.par.Smoothing)/(float64(own)+p.par.Smoothing)))
		w.miss = math.Log(1 - a)
		w.hit = math.Log(a) - logOf(other) + log - w.miss
	}
	if int(own) < len(p.known[t]) && int(other) < len(p.known[t][own]) {
		p.known[t][own][other] = w
	}
	return w
}
