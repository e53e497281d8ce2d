package order

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"stele/build/order/ordertest"
)

// rowsOf makes rows of versions that are written as the numbers of their rows.
func rowsOf(n int, versions ...[]int) *Rows {
	r := &Rows{Blocks: make([][][]int, n)}
	for i := range r.Blocks {
		r.Blocks[i] = make([][]int, len(versions))
	}
	for l, seq := range versions {
		for at, i := range seq {
			r.Blocks[i][l] = append(r.Blocks[i][l], at)
		}
	}
	return r
}

func check(tb testing.TB, r *Rows) {
	tb.Helper()
	got := r.Of()
	all := slices.Sorted(slices.Values(got))
	for i := range r.Blocks {
		if len(all) != len(r.Blocks) || all[i] != i {
			tb.Fatalf("order %v of %d rows", got, len(r.Blocks))
		}
	}
	placed := make([][][]int, len(got))
	for x, i := range got {
		placed[x] = r.Blocks[i]
	}
	for _, x := range ordertest.Against(placed) {
		tb.Errorf("rows %v: order %v has %d before %d, and all versions have it after", r.Blocks, got, got[x[0]], got[x[1]])
	}
	t := r.sequences()
	moved := r.Moved(got)
	if len(t.components(all, t.seq)) == len(all) && slices.ContainsFunc(moved, func(m []bool) bool { return m != nil }) {
		tb.Errorf("rows %v: order %v has something moved, and the versions agree", r.Blocks, got)
	}
	for l := range r.versions() {
		last := -1
		for _, i := range got {
			if b := r.Blocks[i][l]; len(b) > 0 && (moved[i] == nil || !moved[i][l]) {
				if b[0] < last {
					tb.Errorf("rows %v: order %v is not that of version %d, and row %d has not moved", r.Blocks, got, l, i)
				}
				last = b[0]
			}
		}
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		rows *Rows
		want []int
	}{
		{"nothing", &Rows{}, nil},
		{"rows that no version has", rowsOf(2), []int{0, 1}},
		{"versions that agree", rowsOf(5, []int{2, 0, 4}, []int{2, 1, 0, 3}), []int{2, 1, 0, 4, 3}},
		{"one of three has a row elsewhere", rowsOf(5, []int{3, 0, 1, 2, 4}, []int{0, 1, 2, 3, 4}, []int{0, 1, 2, 3, 4}), []int{0, 1, 2, 3, 4}},
		{"two of three have it elsewhere", rowsOf(5, []int{3, 0, 1, 2, 4}, []int{3, 0, 1, 2, 4}, []int{0, 1, 2, 3, 4}), []int{3, 0, 1, 2, 4}},
		// Row 1 is in the first version alone, between 0 and 2; the others have 2 first.
		{"what one version has between two that moved", rowsOf(4, []int{0, 1, 2, 3}, []int{2, 0, 3}, []int{2, 0, 3}), []int{0, 1, 2, 3}},
		{"a circle", rowsOf(3, []int{0, 1}, []int{1, 2}, []int{2, 0}), nil},
	} {
		got := c.rows.Of()
		if c.want != nil && !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
		check(t, c.rows)
	}
}

// TestRecorded: what no version says is as it was before; what they say now is not.
func TestRecorded(t *testing.T) {
	t.Parallel()
	r := rowsOf(6, []int{0, 1, 4, 5}, []int{0, 2, 3, 5})
	for _, recorded := range [][]int{{0, 1, 2, 3, 4, 5}, {0, 3, 1, 2, 4, 5}, {0, -1, 3, 4, 1, 5}} {
		r.Recorded = recorded
		got := slices.DeleteFunc(r.Of(), func(i int) bool { return recorded[i] < 0 })
		if !slices.IsSortedFunc(got, func(a, b int) int { return cmp.Compare(recorded[a], recorded[b]) }) {
			t.Errorf("recorded %v: got %v", recorded, got)
		}
	}
	r.Recorded = []int{5, 4, 3, 2, 1, 0}
	check(t, r)
}

// TestLighterMoved: of two rows that passed one another the lighter has moved.
func TestLighterMoved(t *testing.T) {
	t.Parallel()
	r := rowsOf(2, []int{0, 1}, []int{1, 0})
	for heavy := range 2 {
		r.Weight = func(row, _ int) int { return 1 + 9*(1-(row^heavy)&1) }
		got := r.Moved(r.Of())
		if got[heavy] != nil || got[1-heavy] == nil {
			t.Errorf("row %d is the heavier: moved %v", heavy, got)
		}
	}
}

// TestSectionsComeLater: what a version alone has at the end of a section stays in
// it, though another begins one there that is its own.
func TestSectionsComeLater(t *testing.T) {
	t.Parallel()
	for _, r := range []*Rows{rowsOf(5, []int{0, 1, 2, 4}, []int{0, 3, 4}), rowsOf(5, []int{0, 3, 4}, []int{0, 1, 2, 4})} {
		r.Opens = func(row int) bool { return row == 1 || row == 4 }
		if got, want := r.Of(), []int{0, 3, 1, 2, 4}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// damaged makes the rows of a text of which every version lacks some, and has
// some elsewhere.
func damaged(rng *rand.Rand, versions int) *Rows {
	n := 1 + rng.IntN(24)
	var all [][]int
	for range versions {
		seq := make([]int, n)
		for i := range seq {
			seq[i] = i
		}
		for range rng.IntN(3) {
			from, size, to := rng.IntN(n), 1+rng.IntN(3), rng.IntN(n)
			run := slices.Clone(seq[from:min(n, from+size)])
			seq = slices.Delete(seq, from, from+len(run))
			seq = slices.Insert(seq, min(to, len(seq)), run...)
		}
		lack := rng.IntN(10)
		all = append(all, slices.DeleteFunc(seq, func(int) bool { return rng.IntN(10) < lack }))
	}
	r := rowsOf(n, all...)
	if rng.IntN(2) == 0 {
		r.Recorded = rng.Perm(n)
		for i := range r.Recorded {
			if rng.IntN(4) == 0 {
				r.Recorded[i] = -1
			}
		}
	}
	return r
}

func FuzzOf(f *testing.F) {
	for n := range uint8(12) {
		f.Add(uint64(n), n)
	}
	f.Fuzz(func(t *testing.T, seed uint64, versions uint8) {
		check(t, damaged(rand.New(rand.NewPCG(seed, 1)), 2+int(versions)%34))
	})
}

func TestOfDamagedTexts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		check(t, damaged(rand.New(rand.NewPCG(seed, 2)), 2+int(seed)%34))
	}
}

// TestGrowth: a text of which half moved, and one shuffled from end to end.
func TestGrowth(t *testing.T) {
	t.Parallel()
	const n = 100_000
	plain := make([]int, n)
	for i := range plain {
		plain[i] = i
	}
	half := append(slices.Clone(plain[n/2:]), plain[:n/2]...)
	check := func(r *Rows) {
		if got := r.Of(); len(got) != n {
			t.Errorf("%d of %d rows", len(got), n)
		}
	}
	check(rowsOf(n, plain, half, plain))
	check(rowsOf(n, plain, rand.New(rand.NewPCG(1, 1)).Perm(n)))
}
