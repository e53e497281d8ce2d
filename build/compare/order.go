package compare

import (
	"cmp"
	"slices"
)

// outOfOrder lists which of n things must be taken out so that the places of
// the others, which of gives with their weights, ascend: the fewest, and of
// those the lightest. No two places are equal.
func outOfOrder(n int, of func(k int) (at, weight int)) []int {
	type best struct{ count, weight, last int } // of an ascending run that ends at or before a place
	better := func(a, b best) bool {
		return cmp.Or(cmp.Compare(a.count, b.count), cmp.Compare(a.weight, b.weight)) > 0
	}
	at, weight := make([]int, n), make([]int, n)
	ascending := true
	for k := range n {
		at[k], weight[k] = of(k)
		ascending = ascending && (k == 0 || at[k-1] < at[k])
	}
	if ascending {
		return nil
	}
	places := slices.Sorted(slices.Values(at))
	tree := make([]best, n+1) // a Fenwick tree of maxima over the places
	for i := range tree {
		tree[i].last = -1
	}
	before := make([]int, n)
	end := best{last: -1}
	for k := range n {
		rank, _ := slices.BinarySearch(places, at[k])
		run := best{last: -1}
		for i := rank; i > 0; i -= i & -i {
			if better(tree[i], run) {
				run = tree[i]
			}
		}
		before[k] = run.last
		run = best{run.count + 1, run.weight + weight[k], k}
		for i := rank + 1; i <= n; i += i & -i {
			if better(run, tree[i]) {
				tree[i] = run
			}
		}
		if better(run, end) {
			end = run
		}
	}
	in := make([]bool, n)
	for k := end.last; k >= 0; k = before[k] {
		in[k] = true
	}
	var out []int
	for k := range n {
		if !in[k] {
			out = append(out, k)
		}
	}
	return out
}
