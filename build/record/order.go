package record

import (
	"stele/build/align"
	"stele/build/doc"
	"stele/build/order"
)

// inOrder returns the rows as the versions have them, or where these do not say,
// the record, and marks what moved.
func (rc *reconciler) inOrder(rows []Row) []Row {
	all := rowsOf(rows, rc.in)
	for i := range rows {
		all.Recorded = append(all.Recorded, rc.recordedAt(rows[i].Number))
	}
	out := make([]Row, 0, len(rows))
	for _, i := range all.Of() {
		out = append(out, rows[i])
	}
	markMoved(out, rc.in)
	return out
}

// markMoved tells which rows stand elsewhere in a language's own order: as few
// as can be, so that of a paragraph and the six it passed only the one is marked.
func markMoved(rows []Row, in []align.Input) {
	sequence := make([]int, len(rows))
	for i := range sequence {
		sequence[i] = i
	}
	for i, moved := range rowsOf(rows, in).Moved(sequence) {
		rows[i].MovedIn = moved
		rows[i].Moved = moved != nil
	}
}

func rowsOf(rows []Row, in []align.Input) *order.Rows {
	out := &order.Rows{
		Weight: func(row, version int) int { return textLen(in[version], rows[row].Blocks[version]) },
		Opens:  func(row int) bool { return opensAnything(&rows[row], in) },
	}
	for i := range rows {
		out.Blocks = append(out.Blocks, rows[i].Blocks)
	}
	return out
}

// opensAnything reports whether the row begins with a heading or a thematic break.
func opensAnything(r *Row, in []align.Input) bool {
	for l, blocks := range r.Blocks {
		if len(blocks) > 0 {
			b := &in[l].Doc.Blocks[blocks[0]]
			return b.Kind == doc.Heading || b.Kind == doc.Break
		}
	}
	return false
}

func textLen(in align.Input, blocks []int) int {
	n := 0
	for _, b := range blocks {
		n += len(in.Doc.Blocks[b].Text)
	}
	return n
}
