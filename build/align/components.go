package align

import "cmp"

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

// rows returns the rows, in no order that matters.
func (u *components) rows() (rows []Row) {
	index := make([]int, len(u.parent))
	for i := range index {
		index[i] = -1
	}
	for l, v := range u.versions {
		for b := range v.blocks {
			root := u.find(u.base[l] + b)
			if index[root] < 0 {
				index[root] = len(rows)
				rows = append(rows, Row{Blocks: make([][]int, len(u.versions))})
			}
			r := index[root]
			rows[r].Blocks[l] = append(rows[r].Blocks[l], b)
		}
	}
	return rows
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
