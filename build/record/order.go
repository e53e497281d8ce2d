package record

import (
	"cmp"
	"slices"

	"stele/build/align"
)

// markMoved tells which rows stand elsewhere in a language's own order: as few
// as can be, so that of a paragraph and the six it passed only the one is marked.
func markMoved(rows []Row, in []align.Input) {
	for l := range in {
		var held []int
		for i := range rows {
			if len(rows[i].Blocks[l]) > 0 {
				held = append(held, i)
			}
		}
		for _, k := range outOfOrder(len(held), func(k int) (at, weight int) {
			blocks := rows[held[k]].Blocks[l]
			return slices.Min(blocks), textLen(in[l], blocks)
		}) {
			r := &rows[held[k]]
			if r.MovedIn == nil {
				r.MovedIn = make([]bool, len(in))
			}
			r.MovedIn[l] = true
		}
	}
	for i := range rows {
		rows[i].Moved = rows[i].MovedIn != nil
	}
}

func textLen(in align.Input, blocks []int) int {
	n := 0
	for _, b := range blocks {
		n += len(in.Doc.Blocks[b].Text)
	}
	return n
}

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

// agreed puts the rows into one order where the languages do not agree on it.
// It follows the language that the others contradict least, or if that is none
// alone, the record; a row that most of its languages hold elsewhere follows
// them.
func (rc *reconciler) agreed(rows []Row) []Row {
	seq := make([][]int, len(rc.in)) // the rows of each language in its order
	for l := range rc.in {
		for i := range rows {
			if len(rows[i].Blocks[l]) > 0 {
				seq[l] = append(seq[l], i)
			}
		}
		slices.SortFunc(seq[l], func(a, b int) int {
			return cmp.Compare(slices.Min(rows[a].Blocks[l]), slices.Min(rows[b].Blocks[l]))
		})
	}
	rank := rc.byAgreement(rows, seq)
	order := newChain(len(rows))
	for _, l := range rank {
		prev := -1
		for _, i := range seq[l] {
			if !order.has(i) {
				order.insert(i, prev)
			}
			prev = i
		}
	}
	for range 2 { // what most moved makes room for what they did not
		if !rc.followMost(rows, seq, rank, order) {
			break
		}
	}
	out := make([]Row, 0, len(rows))
	for _, i := range order.list() {
		out = append(out, rows[i])
	}
	return out
}

// byAgreement ranks the languages: first the one whose order the others, and
// then the record, contradict least.
func (rc *reconciler) byAgreement(rows []Row, seq [][]int) []int {
	rank := make([]int, len(seq))
	against := make([]int, len(seq))
	record := make([]int, len(seq))
	contradict := func(l int, at func(row int) int) int { // at is -1 for a row that the other does not have
		var common []int
		for _, i := range seq[l] {
			if at(i) >= 0 {
				common = append(common, at(i))
			}
		}
		return len(outOfOrder(len(common), func(k int) (int, int) { return common[k], 1 }))
	}
	for l := range seq {
		rank[l] = l
		record[l] = contradict(l, func(i int) int { return rc.recordedAt(rows[i].Number) })
	}
	for k := range seq {
		at := slices.Repeat([]int{-1}, len(rows))
		for n, i := range seq[k] {
			at[i] = n
		}
		for l := range k {
			n := contradict(l, func(i int) int { return at[i] })
			against[l] += n
			against[k] += n
		}
	}
	slices.SortStableFunc(rank, func(a, b int) int {
		return cmp.Or(cmp.Compare(against[a], against[b]), cmp.Compare(record[a], record[b]))
	})
	return rank
}

// followMost moves the rows that more than half of their languages hold
// elsewhere, and reports whether there were any.
func (rc *reconciler) followMost(rows []Row, seq [][]int, rank []int, order *chain) bool {
	at := make([]int, len(rows))
	for n, i := range order.list() {
		at[i] = n
	}
	votes := make([]int, len(rows))
	guide := slices.Repeat([]int{-1}, len(rows)) // the best language that moved it
	for _, l := range rank {
		for _, k := range outOfOrder(len(seq[l]), func(k int) (int, int) { return at[seq[l][k]], textLen(rc.in[l], rows[seq[l][k]].Blocks[l]) }) {
			i := seq[l][k]
			if votes[i]++; guide[i] < 0 {
				guide[i] = l
			}
		}
	}
	moved := false
	follows := func(i int) bool {
		holders := 0
		for _, blocks := range rows[i].Blocks {
			if len(blocks) > 0 {
				holders++
			}
		}
		return 2*votes[i] > holders
	}
	for _, l := range rank {
		prev := -1
		for _, i := range seq[l] {
			if guide[i] == l && follows(i) {
				order.remove(i)
				order.insert(i, prev)
				moved = true
			}
			prev = i
		}
	}
	return moved
}

// chain is an order of rows that others can be put into.
type chain struct{ next, prev []int } // the end, and what is not in it, are len-1 and -2

func newChain(n int) *chain {
	c := &chain{slices.Repeat([]int{-2}, n+1), slices.Repeat([]int{-2}, n+1)}
	c.next[n], c.prev[n] = n, n // the last is the beginning and the end
	return c
}

func (c *chain) has(i int) bool { return c.next[i] != -2 }

// insert puts i after prev, or first if that is -1.
func (c *chain) insert(i, prev int) {
	if prev < 0 {
		prev = len(c.next) - 1
	}
	next := c.next[prev]
	c.next[prev], c.prev[i], c.next[i], c.prev[next] = i, prev, next, i
}

func (c *chain) remove(i int) {
	c.next[c.prev[i]], c.prev[c.next[i]] = c.next[i], c.prev[i]
	c.next[i], c.prev[i] = -2, -2
}

func (c *chain) list() []int {
	end := len(c.next) - 1
	var out []int
	for i := c.next[end]; i != end; i = c.next[i] {
		out = append(out, i)
	}
	return out
}
