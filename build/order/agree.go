package order

import (
	"cmp"
	"slices"
)

// Displaced lists which of n things must be taken out so that the places of
// the others, which of gives with their weights, ascend: the fewest, and of
// those the lightest. No two places are equal.
func Displaced(n int, of func(k int) (at, weight int)) []int {
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

// merge finds the rows' places: those of the version that the others contradict
// least, with the rows that it lacks after those that they follow elsewhere. A row
// that most of its versions have elsewhere follows them.
func (t *text) merge(disagree bool) {
	rank := t.byAgreement(disagree)
	order := newChain(len(t.Blocks))
	for _, l := range rank {
		prev := -1
		for _, i := range t.seq[l] {
			if !order.has(i) {
				// What one other version alone has there comes first, but for sections.
				for n := order.after(prev); n >= 0 && len(t.Blocks[n][l]) == 0 && t.holders(n) == 1 && !t.opens(n); n = order.after(prev) {
					prev = n
				}
				order.insert(i, prev)
			}
			prev = i
		}
	}
	prev := -1
	for i := range t.Blocks { // what no version has
		if !order.has(i) {
			order.insert(i, prev)
		}
		prev = i
	}
	for range 2 { // what most moved makes room for what they did not
		if !disagree || !t.followMost(rank, order) {
			break
		}
	}
	t.place = make([]int, len(t.Blocks))
	for n, i := range order.list() {
		t.place[i] = n
	}
}

// byAgreement ranks the versions: first the one whose order the others, and
// then the record, contradict least.
func (t *text) byAgreement(disagree bool) []int {
	rank := make([]int, len(t.seq))
	for l := range rank {
		rank[l] = l
	}
	if !disagree {
		return rank
	}
	against, record := make([]int, len(t.seq)), make([]int, len(t.seq))
	contradict := func(l int, at func(row int) int) int { // at is −1 for a row that the other does not have
		var common []int
		for _, i := range t.seq[l] {
			if at(i) >= 0 {
				common = append(common, at(i))
			}
		}
		return len(Displaced(len(common), func(k int) (int, int) { return common[k], 1 }))
	}
	for k := range t.seq {
		at := slices.Repeat([]int{-1}, len(t.Blocks))
		for n, i := range t.seq[k] {
			at[i] = n
		}
		for l := range k {
			n := contradict(l, func(i int) int { return at[i] })
			against[l] += n
			against[k] += n
		}
		if t.Recorded != nil {
			record[k] = contradict(k, func(i int) int { return t.Recorded[i] })
		}
	}
	slices.SortStableFunc(rank, func(a, b int) int {
		return cmp.Or(cmp.Compare(against[a], against[b]), cmp.Compare(record[a], record[b]))
	})
	return rank
}

// followMost moves the rows that more than half of their versions hold
// elsewhere, and reports whether there were any.
func (t *text) followMost(rank []int, order *chain) bool {
	at := make([]int, len(t.Blocks))
	for n, i := range order.list() {
		at[i] = n
	}
	votes := make([]int, len(t.Blocks))
	guide := slices.Repeat([]int{-1}, len(t.Blocks)) // the best version that moved it
	for _, l := range rank {
		for _, k := range Displaced(len(t.seq[l]), func(k int) (int, int) { return at[t.seq[l][k]], t.weight(t.seq[l][k], l) }) {
			i := t.seq[l][k]
			if votes[i]++; guide[i] < 0 {
				guide[i] = l
			}
		}
	}
	moved := false
	follows := func(i int) bool { return 2*votes[i] > t.holders(i) }
	for _, l := range rank {
		prev := -1
		for _, i := range t.seq[l] {
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

// holders is how many versions have the row.
func (t *text) holders(row int) int {
	n := 0
	for _, blocks := range t.Blocks[row] {
		if len(blocks) > 0 {
			n++
		}
	}
	return n
}

// most is how many pairs of rows are asked of how many versions at most.
const most = 1 << 24

// byPairs orders rows about which the versions disagree: where all that have two
// of them agree, as they do, and else by place. A text that was shuffled from end
// to end is ordered by place alone.
func (t *text) byPairs(rows []int) []int {
	chunks := t.chunks(rows)
	n := len(chunks)
	if n*n*len(t.seq) > most {
		slices.SortFunc(rows, func(a, b int) int { return cmp.Compare(t.place[a], t.place[b]) })
		return rows
	}
	slices.SortFunc(chunks, func(a, b []int) int { return cmp.Compare(t.place[a[0]], t.place[b[0]]) })
	waits, after := make([]int, n), make([][]int32, n)
	for a := range chunks {
		for b := range a {
			switch t.compare(chunks[a][0], chunks[b][0]) {
			case -1:
				after[a] = append(after[a], int32(b))
				waits[b]++
			case 1:
				after[b] = append(after[b], int32(a))
				waits[a]++
			}
		}
	}
	var ready heap
	for c := range chunks {
		if waits[c] == 0 {
			ready.push(c, c)
		}
	}
	done := make([]bool, n)
	least := 0 // no chunk before this one waits
	out := make([]int, 0, len(rows))
	for range n {
		var c int
		if len(ready) > 0 {
			c = ready.pop()
		} else { // they follow one another in a circle
			for done[least] {
				least++
			}
			c = least
		}
		done[c] = true
		out = append(out, chunks[c]...)
		for _, k := range after[c] {
			if waits[k]--; waits[k] == 0 && !done[k] {
				ready.push(int(k), int(k))
			}
		}
	}
	return out
}

// compare returns −1 if all versions that have two rows have a before b, 1 if
// they have b before a, and else 0.
func (t *text) compare(a, b int) int {
	out := 0
	for l, blocks := range t.Blocks[a] {
		if len(blocks) == 0 || len(t.Blocks[b][l]) == 0 {
			continue
		}
		c := cmp.Compare(blocks[0], t.Blocks[b][l][0])
		if out == -c {
			return 0
		}
		out = c
	}
	return out
}

// chunks parts rows into runs that follow one another in the same versions and no
// others.
func (t *text) chunks(rows []int) [][]int {
	in := make([]bool, len(t.Blocks))
	for _, i := range rows {
		in[i] = true
	}
	const none, several, unknown = -1, -2, -3
	prev := slices.Repeat([]int{unknown}, len(t.Blocks)) // the row before in all versions, none at the beginning
	next := slices.Repeat([]int{unknown}, len(t.Blocks))
	note := func(at *int, i int) {
		if *at == unknown || *at == i {
			*at = i
		} else {
			*at = several
		}
	}
	for _, seq := range t.seq {
		last := none
		for _, i := range seq {
			if !in[i] {
				continue
			}
			note(&prev[i], last)
			if last >= 0 {
				note(&next[last], i)
			}
			last = i
		}
		if last >= 0 {
			note(&next[last], none)
		}
	}
	var out [][]int
	for _, i := range rows {
		if p := prev[i]; p >= 0 && next[p] == i {
			continue
		}
		chunk := []int{i}
		for n := next[i]; n >= 0 && prev[n] == i; n = next[i] {
			chunk, i = append(chunk, n), n
		}
		out = append(out, chunk)
	}
	return out
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

// after returns what stands after prev, or first if that is -1; -1 at the end.
func (c *chain) after(prev int) int {
	end := len(c.next) - 1
	if prev < 0 {
		prev = end
	}
	if next := c.next[prev]; next != end {
		return next
	}
	return -1
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
