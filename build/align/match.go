package align

import (
	"cmp"
	"math"
	"slices"

	"stele/build/doc"
)

// AlignWith is Align with other parameters.
func AlignWith(in []Input, par *Parameters) []Row {
	if len(in) == 0 {
		return nil
	}
	if rows := parallel(in, par); rows != nil {
		return rows
	}
	read := make([]*version, len(in))
	for i := range in {
		read[i] = newVersion(in[i])
	}
	// Everything runs in an order that hangs on what the versions hold, so that
	// neither their names nor the order of the inputs matter.
	order := make([]int, len(in))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case read[a].before(read[b]):
			return -1
		case read[b].before(read[a]):
			return 1
		}
		return 0
	})
	versions := make([]*version, len(in))
	for n, i := range order {
		versions[n] = read[i]
	}
	pairs := newPairs(versions, par)
	rows := pairs.clear
	if rows == nil {
		rows = newAssembly(versions, pairs).rows(par)
	}
	pairs.judge(rows, versions, par)
	for r := range rows {
		blocks := make([][]int, len(in))
		for n, i := range order {
			blocks[i] = rows[r].Blocks[n]
		}
		rows[r].Blocks = blocks
	}
	return rows
}

// pairs are the aligners of pairs of versions.
type pairs struct {
	of    [][]*aligner // by the versions' numbers, the smaller first; else nil
	clear []Row        // the rows, if no pair has a doubt and all have the same, else nil
}

// newPairs aligns the pairs, and where there are more than two versions once more
// with what the others say.
func newPairs(versions []*version, par *Parameters) *pairs {
	p := &pairs{of: make([][]*aligner, len(versions))}
	for i := range p.of {
		p.of[i] = make([]*aligner, len(versions))
	}
	sc := new(scratch)
	chosen := choosePairs(versions)
	wide := widthFor(len(versions), len(chosen))
	for _, c := range chosen {
		p.of[c.x][c.y] = beginAligner(versions[c.x], versions[c.y], wide, par, sc)
	}
	p.vouch(versions)
	for _, c := range chosen {
		p.of[c.x][c.y].complete()
	}
	// What the hubs lack may be in several of the others.
	for range moreHubs {
		more := p.furtherPairs(versions)
		for _, c := range more {
			p.of[c.x][c.y] = newAligner(versions[c.x], versions[c.y], wide, par, sc)
		}
		chosen = append(chosen, more...)
	}
	if p.agreed(versions) || len(versions) < 3 {
		return p
	}
	for _, c := range chosen {
		p.of[c.x][c.y].trustOwn()
	}
	heard := make([]*triangulation, len(chosen))
	for n, c := range chosen {
		var ways [][2]leg
		for z := range versions {
			if there, on := p.leg(c.x, z), p.leg(z, c.y); there.a != nil && on.a != nil {
				ways = append(ways, [2]leg{there, on})
			}
		}
		if len(ways) > 0 {
			heard[n] = triangulate(p.of[c.x][c.y], ways)
		}
	}
	for n, c := range chosen {
		if heard[n] != nil {
			p.of[c.x][c.y].refine(heard[n])
		}
	}
	return p
}

// mostWide is how many units of a long text one is compared with where nothing
// tells where to look.
const mostWide = 300

// widthFor returns how many it is if so many versions are aligned in so many pairs:
// each of many is in several, and the work is to grow with the texts alone.
func widthFor(versions, pairs int) int { return min(mostWide, mostWide*versions/max(1, pairs)) }

// A pair is two versions by their numbers, the smaller first.
type pair struct{ x, y int }

// Up to allWithAll versions are all aligned with one another; of more, each with
// a few hubs, so that time grows with their number and not its square.
const allWithAll, hubs = 6, 4

// moreHubs is how many versions more are aligned with others that have something
// no hub has.
const moreHubs = 2

// furtherPairs returns pairs of versions that have blocks which none they were
// aligned with has: that which has most of them, with each of the others.
func (p *pairs) furtherPairs(versions []*version) []pair {
	if len(versions) <= allWithAll {
		return nil
	}
	alone := make([]int, len(versions)) // how many such blocks
	best := 0
	for x, v := range versions {
		tied := make([]bool, len(v.blocks))
		for y := range versions {
			if at := p.leg(x, y); at.a != nil {
				usedE, usedF := at.a.tiedBlocks(at.a.ties)
				if at.back {
					usedE = usedF
				}
				for b, used := range usedE {
					tied[b] = tied[b] || used
				}
			}
		}
		for _, t := range tied {
			if !t {
				alone[x]++
			}
		}
		if alone[x] > alone[best] {
			best = x
		}
	}
	var out []pair
	for x := range versions {
		if x == best || alone[x] == 0 || alone[best] == 0 || p.leg(x, best).a != nil {
			continue
		}
		out = append(out, pair{min(x, best), max(x, best)})
	}
	return out
}

// choosePairs returns the pairs to align. The hubs are the versions that are most
// like the others in size, so that none of them drifted far, and of different
// scripts as far as there are such.
func choosePairs(versions []*version) []pair {
	var out []pair
	n := len(versions)
	if n <= allWithAll {
		for x := range n {
			for y := x + 1; y < n; y++ {
				out = append(out, pair{x, y})
			}
		}
		return out
	}
	median := func(size func(v *version) int) int {
		var all []int
		for _, v := range versions {
			all = append(all, size(v))
		}
		slices.Sort(all)
		return all[n/2]
	}
	blocks, units := median(func(v *version) int { return len(v.blocks) }), median(func(v *version) int { return len(v.units) })
	odd := func(v *version) float64 {
		off := func(x, usual int) float64 { return math.Abs(math.Log((float64(x) + 1) / (float64(usual) + 1))) }
		return off(len(v.blocks), blocks) + off(len(v.units), units)/4
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(odd(versions[a]), odd(versions[b])) })
	const usual = 0.1 // so little a hub of another script may differ more
	isHub := make([]bool, n)
	var scripts []script
	for len(scripts) < hubs {
		best := -1
		for _, i := range order {
			if isHub[i] {
				continue
			}
			if best < 0 {
				best = i
			}
			if odd(versions[i]) > odd(versions[best])+usual {
				break
			}
			if !slices.Contains(scripts, versions[i].script()) {
				best = i
				break
			}
		}
		isHub[best] = true
		scripts = append(scripts, versions[best].script())
	}
	for x := range n {
		for y := x + 1; y < n; y++ {
			if isHub[x] || isHub[y] {
				out = append(out, pair{x, y})
			}
		}
	}
	return out
}

// script returns what most of the version is written in.
func (v *version) script() script {
	best, most := other, 0
	for s, n := range map[script]int{latin: v.latin, cyrillic: v.cyr, han: v.han, kana: v.kana} {
		if n > most || n == most && n > 0 && s < best {
			best, most = s, n
		}
	}
	return best
}

// agreed reports whether no pair has a doubt and all have the same rows, so that
// none has anything to say to another. Such rows are in order: each pair ties all
// blocks as they come.
func (p *pairs) agreed(versions []*version) bool {
	u := newComponents(versions)
	p.tie(u)
	for x := range p.of {
		for y, a := range p.of[x] {
			if a != nil && (a.clearE == nil || !a.isClear(u.rowsOf(x, y))) {
				return false
			}
		}
	}
	if len(versions) > 1 {
		p.clear = u.rows()
	}
	return true
}

// vouch takes for clear what the first look at a pair makes likelier than not, if
// all pairs have the same rows and a third version is tied without doubt to both: two
// short headings may have nothing in common but what each has with the third.
func (p *pairs) vouch(versions []*version) {
	doubt := false
	for _, of := range p.of {
		for _, a := range of {
			if a != nil && a.nearE == nil {
				return
			}
			doubt = doubt || a != nil && a.clearE == nil
		}
	}
	if !doubt {
		return
	}
	u := newComponents(versions)
	p.tie(u)
	clear := func(x, y int) bool {
		a := p.leg(x, y).a
		return a != nil && a.clearE != nil
	}
	var vouched []*aligner
	for x := range p.of {
		for y, a := range p.of[x] {
			if a == nil {
				continue
			}
			rowE, rowF := u.rowsOf(x, y)
			if !sameRows(a.nearE, a.nearF, rowE, rowF) {
				return
			}
			for z := range versions {
				if a.clearE == nil && z != x && z != y && clear(x, z) && clear(z, y) {
					vouched = append(vouched, a)
					break
				}
			}
		}
	}
	for _, a := range vouched {
		a.clearE, a.clearF = a.nearE, a.nearF
	}
}

// leg returns the way from version x to version y.
func (p *pairs) leg(x, y int) leg {
	if a := p.of[x][y]; a != nil {
		return leg{a: a}
	}
	return leg{a: p.of[y][x], back: true}
}

// tie joins the blocks whose units are tied.
func (p *pairs) tie(u *components) {
	for x := range p.of {
		for y, a := range p.of[x] {
			if a != nil {
				a.join(u, x, y)
			}
		}
	}
}

func (a *aligner) join(u *components, x, y int) {
	for _, t := range a.ties {
		for _, i := range t.e {
			for _, j := range t.f {
				u.join(x, a.e.units[i].block, y, a.f.units[j].block)
			}
		}
	}
}

// judge gives each row its confidence: that of its least sure version. A version
// is as sure of a row as its least sure unit in the least sure of its pairs; or as
// the surer half of its pairs are, if less is said against it by the others than
// for it. So it does not fall because versions are many.
func (p *pairs) judge(rows []Row, versions []*version, par *Parameters) {
	rowOf := make([][]int32, len(versions))
	for l, v := range versions {
		rowOf[l] = make([]int32, len(v.blocks))
	}
	for r := range rows {
		for l, blocks := range rows[r].Blocks {
			for _, b := range blocks {
				rowOf[l][b] = int32(r)
			}
		}
	}
	said := make([][][]float64, len(versions)) // by version and row, what each pair says
	for l := range said {
		said[l] = make([][]float64, len(rows))
	}
	here := make([]float64, len(rows))
	for x := range p.of {
		for y, a := range p.of[x] {
			if a == nil {
				continue
			}
			a.trust(rowOf[x], rowOf[y])
			if a.last != nil {
				aloneE, aloneF := make([]bool, len(a.e.blocks)), make([]bool, len(a.f.blocks))
				for b, r := range rowOf[x] {
					aloneE[b] = len(rows[r].Blocks[y]) == 0
				}
				for b, r := range rowOf[y] {
					aloneF[b] = len(rows[r].Blocks[x]) == 0
				}
				a.doubtAlone(aloneE, aloneF)
			}
			for r := range here {
				here[r] = 1
			}
			least := func(v *version, rowOf []int32, all []float64) {
				for i, s := range all {
					r := rowOf[v.units[i].block]
					here[r] = min(here[r], s)
				}
			}
			least(a.e, rowOf[x], a.sureE)
			least(a.f, rowOf[y], a.sureF)
			for r, s := range here {
				for _, l := range []int{x, y} {
					if len(rows[r].Blocks[l]) > 0 {
						said[l][r] = append(said[l][r], s)
					}
				}
			}
		}
	}
	for r := range rows {
		rows[r].Confidence = rows[r].calibrated(1, par)
		for l := range versions {
			if len(rows[r].Blocks[l]) > 0 {
				rows[r].Confidence = min(rows[r].Confidence, rows[r].agreed(said[l][r], par))
			}
		}
	}
	raiseBetweenSure(rows)
	doubtLone(rows, par)
	for r := range rows {
		by := p.unlike(&rows[r], versions)
		rows[r].doubt(by)
		rows[r].Unlike = by >= par.FarApart
	}
}

// unlike returns how much, in logarithms of odds, is to be taken from a row whose
// blocks are unlike in length or kind; that of the version which is least like
// the one that it is most like.
func (p *pairs) unlike(r *Row, versions []*version) float64 {
	worst := 0.0
	for x := range versions {
		best := math.Inf(1)
		for y := range versions {
			at := p.leg(x, y)
			if x == y || at.a == nil || len(r.Blocks[x]) == 0 || len(r.Blocks[y]) == 0 {
				continue
			}
			v, w, scale := at.a.e, at.a.f, at.a.scale
			e, f := r.Blocks[x], r.Blocks[y]
			if at.back {
				e, f = f, e
			}
			best = min(best, at.a.par.unlike(v, e, w, f, scale))
		}
		if !math.IsInf(best, 1) {
			worst = max(worst, best)
		}
	}
	return worst
}

func (par *Parameters) unlike(v *version, e []int, w *version, f []int, scale float64) float64 {
	size := func(v *version, blocks []int) (sum float64) {
		for _, b := range blocks {
			sum += v.sizeOf(int32(b))
		}
		return sum
	}
	x, y := size(v, e), size(w, f)*math.Exp(-scale)
	out := par.unlikeSizes(x, y)
	if k := v.blocks[e[0]].Kind; k == w.blocks[f[0]].Kind && (k == doc.Table || k == doc.Code) {
		out = 0 // what they quote, of whatever language, is as long in each
	}
	switch apart := max(apartIn(v, e, w, f, doc.Heading), apartIn(v, e, w, f, doc.Code)); {
	case apart > 0:
		out += apart * par.UnlikeKinds
	default:
		out += par.unlikeKinds(v.blocks[e[0]].Kind, w.blocks[f[0]].Kind)
	}
	return out
}

// unlikeKinds is unlike for two kinds.
func (par *Parameters) unlikeKinds(a, b doc.Kind) float64 {
	switch odds := par.kindOdds(shape{kind: a}, shape{kind: b}); {
	case odds < par.Kinds.ItemAndParagraph:
		return par.UnlikeKinds
	case odds < 0:
		return par.UnlikeKinds / 3
	}
	return 0
}

// unlikeSizes is unlike for two sizes, of which one is brought to the scale of the other.
func (par *Parameters) unlikeSizes(x, y float64) float64 {
	d := math.Log((y + 10) / (x + 10))
	return max(0, d*d/(2*(par.Spread+par.Jitter/(min(x, y)+4)))-par.UsualUnlike)
}

// apartIn returns 2 if all blocks of one side are of a kind and none of the other,
// 1 if some are, and else 0.
func apartIn(v *version, e []int, w *version, f []int, kind doc.Kind) float64 {
	holds := func(v *version, blocks []int) (all, any float64) {
		all = 1
		for _, b := range blocks {
			if v.blocks[b].Kind == kind {
				any = 1
			} else {
				all = 0
			}
		}
		return all, any
	}
	allE, anyE := holds(v, e)
	allF, anyF := holds(w, f)
	return max(anyE-anyF, anyF-anyE) + max(allE-anyF, allF-anyE, 0)
}

// doubt takes from the logarithm of the confidence's odds.
func (r *Row) doubt(by float64) {
	if by > 0 {
		p := min(1-1e-9, max(1e-9, r.Confidence))
		r.Confidence = 1 / (1 + math.Exp(by-math.Log(p/(1-p))))
	}
}

// agreed returns the confidence that a version has in a row by what its pairs say.
func (r *Row) agreed(said []float64, par *Parameters) float64 {
	if len(said) == 0 {
		return r.calibrated(1, par)
	}
	slices.SortFunc(said, func(x, y float64) int { return cmp.Compare(y, x) })
	least := r.calibrated(said[len(said)-1], par)
	if len(said) == 1 {
		return least
	}
	half, against := 0.0, 0.0
	n := (len(said) + 1) / 2
	for i, s := range said {
		if i < n {
			half += s / float64(n)
		}
		if r.calibrated(s, par) < high {
			against += 1 / float64(len(said))
		}
	}
	return max(least, min(r.calibrated(half, par), math.Pow(par.OutvotedTrust, 2*against)))
}

// doubtLone lowers rows that seem to have moved all by themselves: texts are
// rearranged by sections, and a single block is more often like another by
// chance.
func doubtLone(rows []Row, par *Parameters) {
	moved := func(i int) bool { return i >= 0 && i < len(rows) && rows[i].Moved }
	for i := range rows {
		if moved(i) && !moved(i-1) && !moved(i+1) {
			rows[i].Confidence = min(rows[i].Confidence, par.LoneMoveTrust)
		}
	}
}

// high is the confidence from which a row is taken to be sure.
const high = 0.9

// raiseBetweenSure raises rows of one block a language between two rows that are sure: of
// such rows four in five are right, whatever their words say.
func raiseBetweenSure(rows []Row) {
	const proved = 0.8
	sure := func(i int) bool { return i < 0 || i == len(rows) || rows[i].Confidence >= high }
	var raise []int
next:
	for i := range rows {
		if rows[i].Confidence >= proved || rows[i].Moved || !sure(i-1) || !sure(i+1) {
			continue
		}
		for _, b := range rows[i].Blocks {
			if len(b) != 1 {
				continue next
			}
		}
		raise = append(raise, i)
	}
	for _, i := range raise {
		rows[i].Confidence = proved
	}
}

// calibrated turns the model's certainty, which takes evidence for independent
// that is not, into how often such rows are right. It is least to be trusted
// where it found nothing.
func (r *Row) calibrated(p float64, par *Parameters) float64 {
	langs := 0
	for _, b := range r.Blocks {
		if len(b) > 0 {
			langs++
		}
	}
	slope := par.Slope
	if langs < 2 {
		slope = par.OneSidedSlope
	}
	if math.IsNaN(p) { // nothing can be told of it, so it is not sure
		p = 0
	}
	p = min(1-1e-9, max(1e-9, p))
	return 1 / (1 + math.Exp(-slope*math.Log(p/(1-p))))
}
