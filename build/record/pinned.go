package record

import "stele/build/align"

// Pinned returns the passages of versions whose rows are known from elsewhere,
// such as the rows of a table that has a column for each language. All are
// pinned; numbers follow the order. Every block must be in exactly one row.
func Pinned(in []align.Input, rows []align.Row) *Table {
	t := &Table{}
	for _, v := range in {
		t.Langs = append(t.Langs, v.Doc.Lang)
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, Row{Row: r, Pinned: true})
	}
	markOpenings(t.Rows, in)
	number(t.Rows)
	return t
}
