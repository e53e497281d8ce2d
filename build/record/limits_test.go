package record

import (
	"fmt"
	"strings"
	"testing"

	"stele/build/diag"
)

// A record of a few megabytes that says nothing took gigabytes.
func TestParseLimits(t *testing.T) {
	t.Parallel()
	header := func(n int) string {
		var b strings.Builder
		b.WriteString("#passage\tmark")
		for i := range n {
			fmt.Fprintf(&b, "\t%c%c%c", 'a'+i/676%26, 'a'+i/26%26, 'a'+i%26)
		}
		return b.String() + "\n"
	}
	rows := func(n int, cells string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "0.%d%s\n", i+1, cells)
		}
		return b.String()
	}
	for _, c := range []struct {
		name, text, variant string
		entries             int
	}{
		{"all languages", header(MaxLangs) + rows(3, "\t"+strings.Repeat("\t-", MaxLangs)), "", 3},
		{"one language more", header(MaxLangs+1) + rows(100_000, ""), "languages", 0},
		{"as many languages as the file holds", header(40_000) + rows(100_000, ""), "languages", 0},
		{"rows without cells", header(MaxLangs) + rows(100_000, ""), "lost", maxLostCells / (MaxLangs + lostRow)},
		{"texts without rows", header(MaxLangs) + strings.ReplaceAll(rows(100_000, "\taaa"), "0.", "=0."), "lost", maxLostCells / (MaxLangs + lostRow)},
		{"all rows", header(1) + rows(MaxRows, "\t\t-"), "", MaxRows},
		{"one row more", header(1) + rows(MaxRows+1, "\t\t-") + "nonsense\n", "rows", MaxRows},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec, found := Parse("alignment.tsv", c.text)
			last := diag.Code("")
			if len(found) > 0 {
				last = diag.Code(found[len(found)-1].Phrase.ID)
			}
			if want := diag.Code(""); c.variant != "" {
				if want = RecordDamaged.As(c.variant); last != want {
					t.Errorf("the last finding is %q, want %q", last, want)
				}
			} else if last != "" {
				t.Errorf("found %q, want nothing", last)
			}
			if len(rec.Entries) != c.entries {
				t.Errorf("%d rows are kept, want %d", len(rec.Entries), c.entries)
			}
		})
	}
}

// TestFarParts: what became of a row is followed over others that are no more, but
// not for ever.
func TestFarParts(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, farthest - 1, 50_000} {
		rows := make([]Row, n)
		for i := range rows {
			rows[i] = Row{Number: fmt.Sprint(i), Removed: i < n-1, Parts: []string{fmt.Sprint(i + 1)}}
		}
		at := map[string]int{}
		for i := range rows {
			at[rows[i].Number] = i
		}
		got := living(rows, at, 0)
		if want := n <= farthest; (len(got) == 1 && got[0] == fmt.Sprint(n-1)) != want {
			t.Errorf("%d rows: %v", n, got)
		}
	}
}
