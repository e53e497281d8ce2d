// Package order puts the rows of a parallel text into one order, and tells what a
// version has elsewhere. A row is known by the blocks that it holds of each
// version, by their places there; nothing is known of what they say.
//
// Where all versions that have two rows have them one way around, the order has
// them so. That cannot be where three rows follow one another in a circle, each
// pair in another version; there, and where versions disagree, the order is the
// one that the others contradict least.
package order

import (
	"cmp"
	"slices"
)

// Rows are the rows of a text in any order.
type Rows struct {
	// Blocks holds, per row and version, the places of the blocks in the version,
	// ascending. A place is in one row.
	Blocks [][][]int // required
	// Weight tells how much a row holds of a version: of what passed one another,
	// the lesser has moved. Without it that is the number of blocks.
	Weight func(row, version int) int
	// Opens tells of a row that it begins a section: what may stand before it or
	// after it stands before. It may be nil.
	Opens func(row int) bool
	// Recorded is each row's place in an order of before, −1 for a row that has
	// none. It decides where no version does. It may be nil.
	Recorded []int
}

// Of returns the numbers of the rows in their order.
func (r *Rows) Of() []int {
	t := r.sequences()
	all := make([]int, len(r.Blocks))
	for i := range all {
		all[i] = i
	}
	groups := t.components(all, t.seq)
	disagree := len(groups) < len(all)
	t.merge(disagree)
	if r.Recorded == nil {
		return t.inside(all, groups)
	}
	out := make([]int, 0, len(all))
	with := append(slices.Clone(t.seq), r.recorded()) // as if the order of before were a version
	for _, group := range t.sorted(all, t.components(all, with), with) {
		if len(group) == 1 {
			out = append(out, group[0])
			continue
		}
		out = append(out, t.inside(group, t.components(group, t.seq))...)
	}
	return out
}

// Near returns the rows in an order that is nearly that of every version, in less
// time than Of. Rows may hold blocks that do not follow one another.
func (r *Rows) Near() []int {
	t := r.sequences()
	t.merge(true)
	out := make([]int, len(t.place))
	for i, at := range t.place {
		out[at] = i
	}
	return out
}

// Moved tells, per row and version, whether the version has the row elsewhere
// than the order, which lists all rows: as few rows as can be, and of those the
// lightest, so that of a paragraph and the six it passed the one is named. A row that
// no version has elsewhere is nil.
func (r *Rows) Moved(order []int) [][]bool {
	out := make([][]bool, len(order))
	for l := range r.versions() {
		var held []int
		for _, i := range order {
			if len(r.Blocks[i][l]) > 0 {
				held = append(held, i)
			}
		}
		for _, k := range Displaced(len(held), func(k int) (at, weight int) {
			return r.Blocks[held[k]][l][0], r.weight(held[k], l)
		}) {
			if out[held[k]] == nil {
				out[held[k]] = make([]bool, r.versions())
			}
			out[held[k]][l] = true
		}
	}
	return out
}

func (r *Rows) versions() int {
	if len(r.Blocks) == 0 {
		return 0
	}
	return len(r.Blocks[0])
}

func (r *Rows) weight(row, version int) int {
	if r.Weight == nil {
		return len(r.Blocks[row][version])
	}
	return r.Weight(row, version)
}

func (r *Rows) opens(row int) bool { return r.Opens != nil && r.Opens(row) }

// recorded lists the rows that have a place in the order of before, in that.
func (r *Rows) recorded() []int {
	var out []int
	for i, at := range r.Recorded {
		if at >= 0 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(r.Recorded[a], r.Recorded[b]) })
	return out
}

// A text is the rows as each version has them.
type text struct {
	*Rows
	seq   [][]int // per version, its rows in its order
	place []int   // per row, where the merged orders of the versions have it
}

func (r *Rows) sequences() *text {
	t := &text{Rows: r, seq: make([][]int, r.versions())}
	for l := range t.seq {
		size := 0
		for i := range r.Blocks {
			if len(r.Blocks[i][l]) > 0 {
				size++
			}
		}
		seq := make([]int, 0, size)
		for i := range r.Blocks {
			if len(r.Blocks[i][l]) > 0 {
				seq = append(seq, i)
			}
		}
		slices.SortFunc(seq, func(a, b int) int { return cmp.Compare(r.Blocks[a][l][0], r.Blocks[b][l][0]) })
		t.seq[l] = seq
	}
	return t
}

// inside orders some rows, of which groups are those that follow one another in a
// circle.
func (t *text) inside(rows []int, groups [][]int) []int {
	out := make([]int, 0, len(rows))
	for _, group := range t.sorted(rows, groups, t.seq) {
		if len(group) > 1 {
			group = t.byPairs(group)
		}
		out = append(out, group...)
	}
	return out
}

// sorted orders the groups so that each comes after those before it in any of the
// sequences, and where these leave it open, by place.
func (t *text) sorted(rows []int, groups [][]int, sequences [][]int) [][]int {
	group := make([]int, len(t.Blocks))
	for i := range group {
		group[i] = -1
	}
	for g, members := range groups {
		for _, i := range members {
			group[i] = g
		}
	}
	waits, after := make([]int, len(groups)), make([][]int, len(groups))
	for _, seq := range sequences {
		last := -1
		for _, i := range seq {
			g := group[i]
			if g >= 0 && last >= 0 && g != last {
				after[last] = append(after[last], g)
				waits[g]++
			}
			if g >= 0 {
				last = g
			}
		}
	}
	var ready heap
	for g := range groups {
		if waits[g] == 0 {
			ready.push(t.first(groups[g]), g)
		}
	}
	out := make([][]int, 0, len(groups))
	for len(ready) > 0 {
		g := ready.pop()
		out = append(out, groups[g])
		for _, n := range after[g] {
			if waits[n]--; waits[n] == 0 {
				ready.push(t.first(groups[n]), n)
			}
		}
	}
	return out
}

// first is the least place of some rows.
func (t *text) first(rows []int) int {
	at := t.place[rows[0]]
	for _, i := range rows[1:] {
		at = min(at, t.place[i])
	}
	return at
}

// components parts some rows into those that follow one another in a circle, by
// way of any of the sequences (Tarjan 1972).
func (t *text) components(rows []int, sequences [][]int) [][]int {
	const none = -1
	in := make([]bool, len(t.Blocks))
	for _, i := range rows {
		in[i] = true
	}
	next := make([][]int, len(t.Blocks))
	for _, seq := range sequences {
		last := none
		for _, i := range seq {
			if !in[i] {
				continue
			}
			if last != none {
				next[last] = append(next[last], i)
			}
			last = i
		}
	}
	index, low := slices.Repeat([]int{none}, len(t.Blocks)), make([]int, len(t.Blocks))
	onStack := make([]bool, len(t.Blocks))
	var stack []int
	type visit struct{ row, edge int }
	var visits []visit
	var out [][]int
	count := 0
	enter := func(i int) {
		index[i], low[i] = count, count
		count++
		stack, onStack[i] = append(stack, i), true
		visits = append(visits, visit{row: i})
	}
	for _, start := range rows {
		if index[start] != none {
			continue
		}
		enter(start)
		for len(visits) > 0 {
			v := &visits[len(visits)-1]
			if v.edge < len(next[v.row]) {
				to := next[v.row][v.edge]
				v.edge++
				switch {
				case index[to] == none:
					enter(to)
				case onStack[to]:
					low[v.row] = min(low[v.row], index[to])
				}
				continue
			}
			i := v.row
			visits = visits[:len(visits)-1]
			if len(visits) > 0 {
				before := visits[len(visits)-1].row
				low[before] = min(low[before], low[i])
			}
			if low[i] != index[i] {
				continue
			}
			at := len(stack) - 1
			for stack[at] != i {
				at--
			}
			group := slices.Clone(stack[at:])
			stack = stack[:at]
			for _, k := range group {
				onStack[k] = false
			}
			out = append(out, group)
		}
	}
	return out
}

// A heap yields numbers by place, least first.
type heap [][2]int

func (h *heap) push(place, number int) {
	*h = append(*h, [2]int{place, number})
	for i := len(*h) - 1; i > 0 && (*h)[i][0] < (*h)[(i-1)/2][0]; i = (i - 1) / 2 {
		(*h)[i], (*h)[(i-1)/2] = (*h)[(i-1)/2], (*h)[i]
	}
}

func (h *heap) pop() int {
	q := *h
	top := q[0][1]
	q[0] = q[len(q)-1]
	q = q[:len(q)-1]
	for i := 0; ; {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(q); c++ {
			if q[c][0] < q[least][0] {
				least = c
			}
		}
		if least == i {
			break
		}
		q[i], q[least] = q[least], q[i]
		i = least
	}
	*h = q
	return top
}
