package export

import (
	"bytes"
	"encoding/csv"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestTable: rows are written as encoding/csv writes them, but for what keeps programs
// from taking a text for a formula.
func TestTable(t *testing.T) {
	t.Parallel()
	odd := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("aб中\"',;\\.\n\r\t =\u00a0\u3000"))))
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.SliceOfN(odd, 2, 5)).Draw(t, "rows")
		want := bytes.NewBufferString(bom)
		w := csv.NewWriter(want)
		w.UseCRLF = true
		for _, row := range rows {
			row = slices.Clone(row)
			for i := range row {
				row[i] = guarded(row[i])
			}
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		if got := table(rows); !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("%q\n got %q\nwant %q", rows, got, want.Bytes())
		}
	})
}
