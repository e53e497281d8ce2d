package align

import (
	"cmp"
	"slices"
)

// components joins blocks of several versions into rows.
type components struct {
	versions []*version
	base     []int
	parent   []int
}

func newComponents(versions []*version) *components {
	u := &components{versions: versions}
	n := 0
	for _, v := range versions {
		u.base = append(u.base, n)
		n += len(v.blocks)
	}
	u.parent = make([]int, n)
	for i := range u.parent {
		u.parent[i] = i
	}
	return u
}

func (u *components) find(x int) int {
	for u.parent[x] != x {
		u.parent[x] = u.parent[u.parent[x]]
		x = u.parent[x]
	}
	return x
}

// join puts block i of version a and block j of version b into one row.
func (u *components) join(a int, i int32, b int, j int32) {
	u.union(u.base[a]+int(i), u.base[b]+int(j))
}

// union puts two blocks, counted among all, into one row.
func (u *components) union(x, y int) {
	x, y = u.find(x), u.find(y)
	if x < y {
		u.parent[y] = x
	} else {
		u.parent[x] = y
	}
}

// rowsOf returns the row of each block of two versions.
func (u *components) rowsOf(a, b int) (rowsA, rowsB []int32) {
	of := func(l int) []int32 {
		out := make([]int32, len(u.versions[l].blocks))
		for i := range out {
			out[i] = int32(u.find(u.base[l] + i))
		}
		return out
	}
	return of(a), of(b)
}

// rows returns the rows, in no order that matters, and the row of each version's
// blocks.
func (u *components) rows() (rows []Row, rowOf [][]int) {
	rowOf = make([][]int, len(u.versions))
	index := make([]int, len(u.parent))
	for i := range index {
		index[i] = -1
	}
	for l, v := range u.versions {
		rowOf[l] = make([]int, len(v.blocks))
		for b := range v.blocks {
			root := u.find(u.base[l] + b)
			if index[root] < 0 {
				index[root] = len(rows)
				rows = append(rows, Row{Blocks: make([][]int, len(u.versions))})
			}
			r := index[root]
			rows[r].Blocks[l] = append(rows[r].Blocks[l], b)
			rowOf[l][b] = r
		}
	}
	return rows, rowOf
}

// readingOrder merges the versions' orders of the rows. Where they disagree
// the version decides that disagrees least with the others.
func readingOrder(rows []Row, rowOf [][]int, versions []*version) []int {
	lead, least := 0, -1
	for a := range versions {
		moved := 0
		for b := range versions {
			if a != b {
				moved += disorder(rows, rowOf[a], a, b)
			}
		}
		if least < 0 || moved < least || moved == least && versions[a].before(versions[lead]) {
			lead, least = a, moved
		}
	}
	others := make([]int, 0, len(versions))
	for a := range versions {
		if a != lead {
			others = append(others, a)
		}
	}
	slices.SortStableFunc(others, func(a, b int) int {
		if versions[a].before(versions[b]) {
			return -1
		}
		return 1
	})
	// next chains the rows; position len(rows) is the head of the chain.
	next := make([]int, len(rows)+1)
	placed := make([]bool, len(rows))
	for i := range next {
		next[i] = -1
	}
	for _, l := range append([]int{lead}, others...) {
		at := len(rows)
		for _, r := range rowOf[l] {
			if !placed[r] {
				next[r], next[at] = next[at], r
				placed[r] = true
			}
			at = r
		}
	}
	order := make([]int, 0, len(rows))
	for r := next[len(rows)]; r >= 0; r = next[r] {
		order = append(order, r)
	}
	return order
}

// disorder returns how many blocks of version b stand out of the order that
// version a gives to the rows they share.
func disorder(rows []Row, order []int, a, b int) int {
	var seq, size []int
	for i, r := range order {
		if rows[r].Blocks[a][0] == i && len(rows[r].Blocks[b]) > 0 {
			seq = append(seq, rows[r].Blocks[b][0])
			size = append(size, len(rows[r].Blocks[b]))
		}
	}
	n := 0
	for i, keep := range heaviestRise(seq, size) {
		if !keep {
			n += size[i]
		}
	}
	return n
}

// markMoved marks the rows that a version holds elsewhere in its own order.
func markMoved(rows []Row, versions []*version) {
	for l := range versions {
		var seq, size, at []int
		for i := range rows {
			if b := rows[i].Blocks[l]; len(b) > 0 {
				seq, size, at = append(seq, b[0]), append(size, len(b)), append(at, i)
			}
		}
		for i, keep := range heaviestRise(seq, size) {
			if !keep {
				rows[at[i]].Moved = true
			}
		}
	}
}

// heaviestRise marks the members of the heaviest increasing subsequence of
// seq, whose values differ, with the weights given.
func heaviestRise(seq, weight []int) []bool {
	ranks := slices.Clone(seq)
	slices.Sort(ranks)
	type best struct{ sum, last int }
	tree := make([]best, len(seq)+1)
	prev := make([]int, len(seq))
	top := best{0, -1}
	for i, x := range seq {
		rank, _ := slices.BinarySearch(ranks, x)
		b := best{0, -1}
		for r := rank; r > 0; r -= r & -r {
			if tree[r].sum > b.sum {
				b = tree[r]
			}
		}
		prev[i] = b.last
		b = best{b.sum + weight[i], i}
		for r := rank + 1; r < len(tree); r += r & -r {
			if tree[r].sum < b.sum {
				tree[r] = b
			}
		}
		if b.sum > top.sum {
			top = b
		}
	}
	keep := make([]bool, len(seq))
	for i := top.last; i >= 0; i = prev[i] {
		keep[i] = true
	}
	return keep
}

// before orders versions by what they hold, so that neither their names nor
// the order of the inputs matter.
func (v *version) before(o *version) bool {
	c := cmp.Or(cmp.Compare(len(v.blocks), len(o.blocks)), cmp.Compare(len(v.units), len(o.units)), cmp.Compare(v.chars, o.chars))
	for i := 0; c == 0 && i < len(v.blocks); i++ {
		c = cmp.Compare(v.blocks[i].Text, o.blocks[i].Text)
	}
	return c < 0
}
