package align

import (
	"cmp"
	"slices"

	"stele/build/doc"
	"stele/build/order"
)

// An assembly joins blocks of all versions into rows, the surest ties first, and
// leaves out each tie that would set a row's blocks apart or turn the order of
// rows around (sequence annealing, Schwartz and Pachter 2007). So the rows have
// an order that every version agrees with, but for what was moved.
//
// Rows are nodes of a graph whose edges are the neighbours of each version. rank
// is kept an order of it without turns (Pearce and Kelly 2007).
type assembly struct {
	versions []*version
	pairs    *pairs
	base     []int32   // of each version's blocks among all
	version  []int32   // per block
	row      []int32   // per block, its row, named by one of its blocks
	blocks   [][]int32 // per row
	rank     []int32   // per row
	next     []int32   // per block, the one after it in its version, or −1
	prev     []int32
	seen     []int32 // per row, the last search that came by
	turn     int32
	ahead    []int32 // scratch memory of search
	behind   []int32
}

// A blockTie says that two blocks belong to one row.
type blockTie struct {
	x, y  int32   // blocks among all
	p     float32 // how likely it is
	a     *aligner
	moved float64 // as in tie
	// hole is the side, 1 or 2, whose blocks from lo to hi are all to be joined with
	// the other side's: those between two that are tied have no tie of their own.
	hole   int8
	lo, hi int32
}

func newAssembly(versions []*version, p *pairs) *assembly {
	s := &assembly{versions: versions, pairs: p}
	n := int32(0)
	for l, v := range versions {
		s.base = append(s.base, n)
		n += int32(len(v.blocks))
		for range v.blocks {
			s.version = append(s.version, int32(l))
		}
	}
	s.row, s.blocks, s.seen = make([]int32, n), make([][]int32, n), make([]int32, n)
	s.next, s.prev, s.rank = make([]int32, n), make([]int32, n), make([]int32, n)
	for x := range n {
		s.row[x], s.blocks[x] = x, []int32{x}
		s.next[x], s.prev[x] = x+1, x-1
		if x == 0 || s.version[x-1] != s.version[x] {
			s.prev[x] = -1
			if x > 0 {
				s.next[x-1] = -1
			}
		}
	}
	if n > 0 {
		s.next[n-1] = -1
	}
	return s
}

// rows joins what the ties say and returns the rows in reading order.
func (s *assembly) rows(par *Parameters) []Row {
	ties := s.pairs.blockTies(s)
	s.order(ties)
	sure := slices.IndexFunc(ties, func(t blockTie) bool { return t.moved == 0 && float64(t.p) < par.BeforeMoves })
	if sure < 0 {
		sure = len(ties)
	}
	// What surely moved comes before what is doubtful and would take its place.
	left := s.joinAll(ties[:sure], par)
	s.joinMoved(left, par)
	// What was refused may be right now that its rows have grown.
	left = s.joinAll(append(left, ties[sure:]...), par)
	left = s.joinAll(left, par)
	s.joinMoved(left, par)
	return s.inOrder()
}

// order ranks the blocks so that each stands near those it is tied to.
func (s *assembly) order(ties []blockTie) {
	u := newComponents(s.versions)
	for i := range ties {
		if t := &ties[i]; t.moved == 0 {
			u.union(int(t.x), int(t.y))
		}
	}
	place := make([]int32, len(s.row)) // of the row that ties alone make
	rows := u.rows()
	for i, r := range orderOf(rows).Near() {
		for l, blocks := range rows[r].Blocks {
			for _, b := range blocks {
				place[s.base[l]+int32(b)] = int32(i)
			}
		}
	}
	all := make([]int32, len(s.row))
	for x := range all {
		all[x] = int32(x)
		if p := s.prev[x]; p >= 0 {
			place[x] = max(place[x], place[p])
		}
	}
	slices.SortStableFunc(all, func(x, y int32) int { return cmp.Compare(place[x], place[y]) })
	for i, x := range all {
		s.rank[x] = int32(i)
	}
}

// joinAll tries the ties in order and returns those that the order of some
// version speaks against.
func (s *assembly) joinAll(ties []blockTie, par *Parameters) (left []blockTie) {
	for _, t := range ties {
		a, b := s.row[t.x], s.row[t.y]
		if t.moved == 0 && (t.hole == 0 && a == b || s.supported(a, b, par) && s.joinTie(&t)) {
			continue
		}
		left = append(left, t)
	}
	return left
}

// joinTie joins the rows of a tie, with all of a hole's.
func (s *assembly) joinTie(t *blockTie) bool {
	if t.hole == 0 {
		return s.join(s.row[t.x], s.row[t.y])
	}
	one := t.x // the block on the side that has no hole
	if t.hole == 1 {
		one = t.y
	}
	// From what the row holds already outwards.
	lo, hi := t.hi+1, t.lo-1
	for x := t.lo; x <= t.hi; x++ {
		if s.row[x] == s.row[one] {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	if hi < lo {
		return false
	}
	for x := lo; x <= hi; x++ {
		if s.row[x] != s.row[one] {
			return false
		}
	}
	for lo--; lo >= t.lo && s.joinPart(lo, one); lo-- {
	}
	for hi++; hi <= t.hi && s.joinPart(hi, one); hi++ {
	}
	return lo < t.lo && hi > t.hi
}

func (s *assembly) joinPart(x, one int32) bool {
	return s.row[x] == s.row[one] || s.join(s.row[x], s.row[one])
}

// join makes one row of two, unless some version has others between them.
func (s *assembly) join(a, b int32) bool {
	if a == b {
		return true
	}
	if !s.adjoining(a, b) {
		return false
	}
	if s.rank[a] > s.rank[b] {
		a, b = b, a
	}
	// What comes after a and what comes before b, as far as between them.
	s.turn++
	s.ahead = s.search(s.ahead[:0], a, b, s.next, func(r int32) bool { return s.rank[r] <= s.rank[b] })
	mark := s.turn
	s.turn++
	s.behind = s.search(s.behind[:0], b, a, s.prev, func(r int32) bool { return s.rank[r] >= s.rank[a] })
	for _, r := range s.ahead {
		if r == a || r == b {
			continue
		}
		if s.seen[r] > mark {
			return false // a way leads from a through r to b
		}
	}
	// They take the ranks they have together: first what comes before b, then the
	// row, then what comes after a.
	byRank := func(x, y int32) int { return cmp.Compare(s.rank[x], s.rank[y]) }
	before := slices.DeleteFunc(s.behind, func(r int32) bool { return r == a || r == b })
	after := slices.DeleteFunc(s.ahead, func(r int32) bool { return r == a || r == b })
	slices.SortFunc(before, byRank)
	slices.SortFunc(after, byRank)
	ranks := make([]int32, 0, len(before)+len(after)+2)
	for _, r := range before {
		ranks = append(ranks, s.rank[r])
	}
	for _, r := range after {
		ranks = append(ranks, s.rank[r])
	}
	ranks = append(ranks, s.rank[a], s.rank[b])
	slices.Sort(ranks)
	for i, r := range before {
		s.rank[r] = ranks[i]
	}
	if len(s.blocks[a]) < len(s.blocks[b]) {
		a, b = b, a
	}
	for _, x := range s.blocks[b] {
		s.row[x] = a
	}
	s.blocks[a] = append(s.blocks[a], s.blocks[b]...)
	s.blocks[b] = nil
	s.rank[a] = ranks[len(before)]
	for i, r := range after {
		s.rank[r] = ranks[len(ranks)-len(after)+i]
	}
	return true
}

// search lists the rows that the neighbours lead to from one row, but not by way
// of another, as far as they are within.
func (s *assembly) search(out []int32, from, other int32, neighbour []int32, within func(int32) bool) []int32 {
	out = append(out, from)
	s.seen[from] = s.turn
	for n := 0; n < len(out); n++ {
		if out[n] == other {
			continue
		}
		for _, x := range s.blocks[out[n]] {
			if y := neighbour[x]; y >= 0 {
				if r := s.row[y]; s.seen[r] != s.turn && within(r) {
					s.seen[r] = s.turn
					out = append(out, r)
				}
			}
		}
	}
	return out
}

// adjoining reports whether the blocks of two rows follow one another in each
// version that both have.
func (s *assembly) adjoining(a, b int32) bool {
	if len(s.blocks[a]) > len(s.blocks[b]) {
		a, b = b, a
	}
	for _, x := range s.blocks[a] {
		l := s.version[x]
		fromA, toA, fromB, toB := x, x, int32(-1), int32(-1)
		for _, y := range s.blocks[a] {
			if s.version[y] == l {
				fromA, toA = min(fromA, y), max(toA, y)
			}
		}
		for _, y := range s.blocks[b] {
			if s.version[y] == l {
				if fromB < 0 {
					fromB, toB = y, y
				}
				fromB, toB = min(fromB, y), max(toB, y)
			}
		}
		if fromB >= 0 && toA+1 != fromB && toB+1 != fromA {
			return false
		}
	}
	return true
}

// supported reports whether the pairs of versions that know of both rows take
// them for one, on the whole. A row that two versions have is not to be joined
// with another of theirs because a third ties the one here and the other there.
func (s *assembly) supported(a, b int32, par *Parameters) bool {
	if len(s.versions) < 3 {
		return true
	}
	has := func(row, version int32) bool {
		return slices.ContainsFunc(s.blocks[row], func(x int32) bool { return s.version[x] == version })
	}
	// The likeliest tie of each pair of versions.
	type sides struct{ x, y int32 }
	var known []sides
	var best []float32
	var shared []int32 // versions
	for _, x := range s.blocks[a] {
		l := s.version[x]
		both := has(b, l)
		if both && !slices.Contains(shared, l) {
			shared = append(shared, l)
		}
		for _, y := range s.blocks[b] {
			k := s.version[y]
			if l == k {
				continue
			}
			at := s.pairs.leg(int(l), int(k))
			if at.a == nil {
				continue
			}
			p := at.chance(x-s.base[l], y-s.base[k])
			if both && p < 0.5 && has(a, k) {
				continue // they have partners of their own, as is right
			}
			i := slices.Index(known, sides{l, k})
			if i < 0 {
				known, best = append(known, sides{l, k}), append(best, p)
			} else {
				best[i] = max(best[i], p)
			}
		}
	}
	sum := float32(0)
	for _, p := range best {
		sum += p
	}
	need := par.Join
	if len(shared) > 1 {
		need = par.Glue
	}
	return float64(sum) >= need*float64(len(best))
}

// A movedRun is a stretch of ties that go against the order of some version.
type movedRun struct {
	ties  []blockTie
	worth float64
}

// joinMoved joins the rows of what was moved, as far as that is sure: a run of
// several blocks, or one that is like its partner far beyond chance. The blocks
// of the version that has them elsewhere leave its order, with those among them
// that are tied to nothing.
func (s *assembly) joinMoved(left []blockTie, par *Parameters) {
	for _, run := range s.movedRuns(left) {
		var moved []int32
		if run.worth < par.LoneMove && !s.several(run) {
			continue
		}
		for _, t := range run.ties {
			a, b := s.row[t.x], s.row[t.y]
			if a == b || !s.supported(a, b, par) {
				continue
			}
			if !s.adjoining(a, b) {
				continue
			}
			// The smaller row leaves its place.
			if len(s.blocks[a]) < len(s.blocks[b]) || len(s.blocks[a]) == len(s.blocks[b]) && a > b {
				a, b = b, a
			}
			if s.join(a, b) {
				continue
			}
			gone := slices.Clone(s.blocks[b])
			back := s.release(gone)
			if s.join(a, b) {
				moved = append(moved, gone...)
			} else {
				back()
			}
		}
		slices.Sort(moved)
		s.chain(moved)
	}
}

// chain puts what was moved, and what stands among it without partner, in the
// order of its version again.
func (s *assembly) chain(moved []int32) {
	for i := 1; i < len(moved); i++ {
		x, y := moved[i-1], moved[i]
		if s.version[x] != s.version[y] {
			continue
		}
		alone := true
		for z := x + 1; z < y; z++ {
			alone = alone && len(s.blocks[s.row[z]]) == 1
		}
		if !alone {
			continue
		}
		for z := x + 1; z < y; z++ {
			s.release([]int32{z})
		}
		for z := x; z < y && s.precede(s.row[z], s.row[z+1]); z++ {
			s.next[z], s.prev[z+1] = z+1, z
		}
	}
}

// precede ranks row a before row b, unless a way leads from b to a.
func (s *assembly) precede(a, b int32) bool {
	if a == b || s.rank[a] < s.rank[b] {
		return true
	}
	s.turn++
	s.ahead = s.search(s.ahead[:0], b, a, s.next, func(r int32) bool { return s.rank[r] <= s.rank[a] })
	if s.seen[a] == s.turn {
		return false
	}
	s.turn++
	s.behind = s.search(s.behind[:0], a, b, s.prev, func(r int32) bool { return s.rank[r] >= s.rank[b] })
	byRank := func(x, y int32) int { return cmp.Compare(s.rank[x], s.rank[y]) }
	slices.SortFunc(s.behind, byRank)
	slices.SortFunc(s.ahead, byRank)
	all := slices.Concat(s.behind, s.ahead)
	ranks := make([]int32, len(all))
	for i, r := range all {
		ranks[i] = s.rank[r]
	}
	slices.Sort(ranks)
	for i, r := range all {
		s.rank[r] = ranks[i]
	}
	return true
}

// several reports whether a run holds more than one pair of blocks.
func (s *assembly) several(run movedRun) bool {
	first := run.ties[0]
	x, y := false, false
	for _, t := range run.ties[1:] {
		x, y = x || t.x != first.x, y || t.y != first.y
	}
	return x && y
}

// movedRuns gathers the ties that are left into runs: those of one pair of
// versions whose blocks follow one another on both sides, the worthiest first.
func (s *assembly) movedRuns(left []blockTie) []movedRun {
	left = slices.Clone(left)
	left = slices.DeleteFunc(left, func(t blockTie) bool { return t.hole != 0 || s.row[t.x] == s.row[t.y] })
	slices.SortStableFunc(left, func(x, y blockTie) int {
		return cmp.Or(cmp.Compare(s.version[x.x], s.version[y.x]), cmp.Compare(s.version[x.y], s.version[y.y]), cmp.Compare(x.x, y.x), cmp.Compare(x.y, y.y))
	})
	var runs []movedRun
	for i, t := range left {
		if i > 0 {
			last := left[i-1]
			if s.version[last.x] == s.version[t.x] && s.version[last.y] == s.version[t.y] && t.x-last.x <= 2 && t.y-last.y <= 2 && t.y >= last.y {
				run := &runs[len(runs)-1]
				run.ties = append(run.ties, t)
				run.worth = max(run.worth, t.moved)
				continue
			}
		}
		runs = append(runs, movedRun{ties: []blockTie{t}, worth: t.moved})
	}
	slices.SortStableFunc(runs, func(x, y movedRun) int {
		return cmp.Or(cmp.Compare(len(y.ties), len(x.ties)), cmp.Compare(y.worth, x.worth))
	})
	return runs
}

// release takes blocks out of the order of their versions and returns how to put
// them back.
func (s *assembly) release(blocks []int32) (back func()) {
	type place struct{ x, prev, next int32 }
	var places []place
	for _, x := range blocks {
		p, n := s.prev[x], s.next[x]
		places = append(places, place{x, p, n})
		if p >= 0 {
			s.next[p] = n
		}
		if n >= 0 {
			s.prev[n] = p
		}
		s.prev[x], s.next[x] = -1, -1
	}
	return func() {
		for _, at := range slices.Backward(places) {
			s.prev[at.x], s.next[at.x] = at.prev, at.next
			if at.prev >= 0 {
				s.next[at.prev] = at.x
			}
			if at.next >= 0 {
				s.prev[at.next] = at.x
			}
		}
	}
}

// inOrder returns the rows in an order that is that of every version, but for what
// was moved.
func (s *assembly) inOrder() []Row {
	var rows []Row
	index := make([]int, len(s.row))
	for x := range index {
		index[x] = -1
	}
	for x, root := range s.row {
		if index[root] < 0 {
			index[root] = len(rows)
			rows = append(rows, Row{Blocks: make([][]int, len(s.versions))})
		}
		l, r := s.version[x], index[root]
		rows[r].Blocks[l] = append(rows[r].Blocks[l], x-int(s.base[l]))
	}
	in := orderOf(rows)
	in.Weight = func(row, version int) int {
		size := 0.0
		for _, b := range rows[row].Blocks[version] {
			size += s.versions[version].sizeOf(int32(b))
		}
		return int(size)
	}
	in.Opens = func(row int) bool {
		for l, blocks := range rows[row].Blocks {
			if len(blocks) > 0 && s.versions[l].blocks[blocks[0]].Kind == doc.Heading {
				return true
			}
		}
		return false
	}
	sequence := in.Of()
	moved := in.Moved(sequence)
	out := make([]Row, 0, len(rows))
	for _, r := range sequence {
		rows[r].Moved = moved[r] != nil
		out = append(out, rows[r])
	}
	return out
}

func orderOf(rows []Row) *order.Rows {
	out := &order.Rows{}
	for _, r := range rows {
		out.Blocks = append(out.Blocks, r.Blocks)
	}
	return out
}
