package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stele/build/align"
)

// Each of these took minutes when a part of the work looked at every block for
// every block.
func TestReconcilingIsLinear(t *testing.T) {
	t.Parallel()
	const n = 150_000
	for _, c := range []struct {
		name string
		run  func(t *testing.T) func()
	}{
		{"equal blocks", func(t *testing.T) func() {
			in := []align.Input{text("en", slices.Repeat([]string{"x"}, n)...)}
			rec := New(&Table{Langs: []string{"en"}, Rows: numbered(n)}, docs(in), nil)
			return func() { newReconciler(in, rec).reconcile() }
		}},
		{"a row of many blocks that are gone", func(*testing.T) func() {
			in := []align.Input{text("en", "new")}
			row := Entry{Number: "1", Cells: []Cell{{Saved: strings.Repeat("x"+Pilcrow, n)}}}
			for i := range n {
				row.Cells[0].Fingerprints = append(row.Cells[0].Fingerprints, fmt.Sprintf("%010x", i))
			}
			rc := newReconciler(in, &Record{Langs: []string{"en"}, Entries: []Entry{row}})
			return func() { rc.assignEdited(0) }
		}},
		{"new passages", func(t *testing.T) func() {
			in := []align.Input{text("en", slices.Repeat([]string{"x"}, n)...)}
			rows := make([]Row, n)
			for i := range rows {
				rows[i].Blocks = [][]int{{i}}
			}
			rc := &reconciler{in: in, rec: &Record{Langs: []string{"en"}, Entries: []Entry{{Number: "0.7"}}}}
			return func() {
				rc.numberNew(rows)
				if got := rows[n-1].Number; got != fmt.Sprintf("0.%d", n+7) {
					t.Errorf("the last passage is %s, want 0.%d", got, n+7)
				}
			}
		}},
		{"a new language", func(t *testing.T) func() {
			lines := slices.Repeat([]string{"x"}, n)
			rc := &reconciler{in: []align.Input{text("en", lines...), text("ru", lines...)}, rec: &Record{Entries: make([]Entry, n)}, entryOf: [][]int{make([]int, n), make([]int, n)}, freshOf: [][]int{make([]int, n), make([]int, n)}}
			for i := range n {
				rc.entryOf[0][i], rc.entryOf[1][i] = i, -1
				rc.freshOf[0][i], rc.freshOf[1][i] = i, i
				rc.fresh = append(rc.fresh, align.Row{Blocks: [][]int{{i}, {i}}})
			}
			return func() {
				if rc.assignCounterparts(); rc.entryOf[1][n-1] != n-1 {
					t.Errorf("the last block joined row %d, want %d", rc.entryOf[1][n-1], n-1)
				}
			}
		}},
		{"passages drawn together", func(t *testing.T) func() {
			const n = n / 2
			rc := &reconciler{rec: &Record{Langs: []string{"en"}}, column: []int{0}, entryOf: [][]int{nil}}
			var lines []string
			for i := range n {
				a, b := fmt.Sprintf("first %d", i), fmt.Sprintf("second %d", i)
				lines = append(lines, a+" "+b)
				rc.entryOf[0] = append(rc.entryOf[0], 2*i)
				rc.rec.Entries = append(rc.rec.Entries, Entry{Cells: []Cell{{Saved: a}}}, Entry{Cells: []Cell{{Saved: b}}})
			}
			rc.in = []align.Input{text("en", lines...)}
			return rc.mergeEntries
		}},
		{"confirming all", func(t *testing.T) func() {
			rec := &Record{Entries: make([]Entry, n)}
			var numbers []string
			for i := range rec.Entries {
				rec.Entries[i].Number = fmt.Sprintf("0.%d", i)
				numbers = append(numbers, rec.Entries[i].Number)
			}
			return func() { rec.Confirm(numbers...) }
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			work := c.run(t)
			start := time.Now()
			work()
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%d blocks took %v", n, took)
			}
		})
	}
}

// TestNumbersDoNotOverflow: a number of a record that is near the end of what a
// machine counts to must not make the next one negative.
func TestNumbersDoNotOverflow(t *testing.T) {
	t.Parallel()
	in := []align.Input{text("en", "old", "new")}
	for _, number := range []string{"0.9223372036854775807", "0.99999999999999999", "0.1"} {
		rec, _ := Parse("t/alignment.tsv", "#passage\tmark\ten\n"+number+"\t-\t"+Fingerprint(&in[0].Doc.Blocks[0])+"\n")
		for _, r := range newReconciler(in, rec).reconcile() {
			if !numberForm.MatchString(r.Number) {
				t.Errorf("after %s a passage is numbered %q, which no record may hold", number, r.Number)
			}
		}
	}
}

// numbered are rows of one block each.
func numbered(n int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = Row{Number: fmt.Sprintf("0.%d", i+1), Row: align.Row{Blocks: [][]int{{i}}}}
	}
	return rows
}
