package record

import (
	"stele/build/diag"
	"stele/build/doc"
)

// Uncertain reports the rows of t, whose columns are docs, that are not certain:
// at the row's first block, with the other languages' blocks as related places.
// Rows that a record pins, removed rows and rows with text in one language only
// are not reported.
func Uncertain(t *Table, docs []*doc.Document) diag.List {
	var list diag.List
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Pinned || r.Removed || !r.Uncertain() {
			continue
		}
		var places []diag.Related
		for l, blocks := range r.Blocks {
			if len(blocks) > 0 {
				d := docs[l]
				places = append(places, diag.Related{Pos: d.Pos(&d.Blocks[blocks[0]]), Message: t.Langs[l]})
			}
		}
		if len(places) < 2 {
			continue
		}
		list = append(list, diag.Diagnostic{
			Pos:      places[0].Pos,
			Severity: diag.Warning,
			Code:     "low-confidence",
			Message:  "it is not certain that the languages say the same here; compare them",
			Related:  places[1:],
		})
	}
	return list
}
