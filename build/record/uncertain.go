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
				places = append(places, diag.Related{Pos: d.Pos(&d.Blocks[blocks[0]]), Phrase: diag.Say("related.language", "Language", t.Langs[l])})
			}
		}
		if len(places) < 2 {
			continue
		}
		doubt := diag.Of(diag.Warning, places[0].Pos, LowConfidence.As("files"))
		doubt.Related = places[1:]
		list = append(list, doubt)
	}
	return list
}
