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
func TestSettlingIsLinear(t *testing.T) {
	t.Parallel()
	const n = 150_000
	for _, c := range []struct {
		name string
		run  func(t *testing.T) func()
	}{
		{"equal blocks", func(t *testing.T) func() {
			in := []align.Input{text("en", slices.Repeat([]string{"x"}, n)...)}
			rec := New(&Table{Langs: []string{"en"}, Rows: numbered(n)}, in, nil)
			return func() { settle(in, rec) }
		}},
		{"a row of many blocks that are gone", func(*testing.T) func() {
			in := []align.Input{text("en", "new")}
			row := Entry{Number: "1", Cells: []Cell{{Saved: strings.Repeat("x"+pilcrow, n)}}}
			for i := range n {
				row.Cells[0].Prints = append(row.Cells[0].Prints, fmt.Sprintf("%010x", i))
			}
			s := newSettler(in, &Record{Langs: []string{"en"}, Rows: []Entry{row}})
			return func() { s.similar(0) }
		}},
		{"new passages", func(t *testing.T) func() {
			in := []align.Input{text("en", slices.Repeat([]string{"x"}, n)...)}
			rows := make([]Row, n)
			for i := range rows {
				rows[i].Blocks = [][]int{{i}}
			}
			s := &settler{in: in, rec: &Record{Langs: []string{"en"}, Rows: []Entry{{Number: "0.7"}}}}
			return func() {
				s.numberNew(rows)
				if got := rows[n-1].Number; got != fmt.Sprintf("0.%d", n+7) {
					t.Errorf("the last passage is %s, want 0.%d", got, n+7)
				}
			}
		}},
		{"a new language", func(t *testing.T) func() {
			lines := slices.Repeat([]string{"x"}, n)
			s := &settler{in: []align.Input{text("en", lines...), text("ru", lines...)}, rec: &Record{Rows: make([]Entry, n)}, rowOf: [][]int{make([]int, n), make([]int, n)}, freshOf: [][]int{make([]int, n), make([]int, n)}}
			for i := range n {
				s.rowOf[0][i], s.rowOf[1][i] = i, -1
				s.freshOf[0][i], s.freshOf[1][i] = i, i
				s.fresh = append(s.fresh, align.Row{Blocks: [][]int{{i}, {i}}})
			}
			return func() {
				if s.join(); s.rowOf[1][n-1] != n-1 {
					t.Errorf("the last block joined row %d, want %d", s.rowOf[1][n-1], n-1)
				}
			}
		}},
		{"passages drawn together", func(t *testing.T) func() {
			const n = n / 2
			s := &settler{rec: &Record{Langs: []string{"en"}}, column: []int{0}, rowOf: [][]int{nil}}
			var lines []string
			for i := range n {
				a, b := fmt.Sprintf("first %d", i), fmt.Sprintf("second %d", i)
				lines = append(lines, a+" "+b)
				s.rowOf[0] = append(s.rowOf[0], 2*i)
				s.rec.Rows = append(s.rec.Rows, Entry{Cells: []Cell{{Saved: a}}}, Entry{Cells: []Cell{{Saved: b}}})
			}
			s.in = []align.Input{text("en", lines...)}
			return s.merge
		}},
		{"confirming all", func(t *testing.T) func() {
			rec := &Record{Rows: make([]Entry, n)}
			var numbers []string
			for i := range rec.Rows {
				rec.Rows[i].Number = fmt.Sprintf("0.%d", i)
				numbers = append(numbers, rec.Rows[i].Number)
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
		for _, r := range settle(in, rec) {
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
