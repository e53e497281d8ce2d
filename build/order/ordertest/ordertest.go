// Package ordertest tells, for tests, whether rows stand as all versions have them.
package ordertest

import (
	"cmp"
	"slices"
)

// Against lists the pairs of rows, by place, that stand one way around while all
// versions that have both, and there are some, have them the other. Rows are given
// by the places of their blocks in each version. Where rows follow one another in a
// circle no order has all pairs right, and none is listed.
func Against(rows [][][]int) [][2]int {
	left := make([]int, len(rows))
	for i := range left {
		left[i] = i
	}
	for len(left) > 0 {
		k := slices.IndexFunc(left, func(i int) bool {
			return !slices.ContainsFunc(left, func(o int) bool { return around(rows[o], rows[i]) < 0 })
		})
		if k < 0 {
			return nil // a circle
		}
		left = slices.Delete(left, k, k+1)
	}
	var out [][2]int
	for b := range rows {
		for a := range b {
			if around(rows[b], rows[a]) < 0 {
				out = append(out, [2]int{a, b})
			}
		}
	}
	return out
}

// around compares two rows as all versions have them that have both: −1, 1, or 0 if
// none has or they disagree.
func around(a, b [][]int) int {
	out := 0
	for l := range a {
		if len(a[l]) == 0 || len(b[l]) == 0 {
			continue
		}
		c := cmp.Compare(a[l][0], b[l][0])
		if out == -c {
			return 0
		}
		out = c
	}
	return out
}
