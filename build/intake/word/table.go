package word

import (
	"strconv"
	"strings"

	"stele/build/diag"
	"stele/build/intake/draft"
)

// A cell spans no more columns than any table has, and all cells together no
// more than any file has.
const (
	maxColumns = 100
	maxSpanned = 100_000
)

// span is how many columns of a table a number of a file stands for.
func (r *reader) span(s string) int {
	n, _ := strconv.Atoi(s)
	n = min(max(n, 0), maxColumns)
	if r.spanned += n; r.spanned > maxSpanned {
		return 0
	}
	return n
}

// table reads a table.
func (r *reader) table(n *node, out *[]draft.Block) {
	b := draft.Block{Kind: draft.Table}
	r.rows(n, &b)
	r.doc.AddTable(&b, out)
}

func (r *reader) rows(n *node, b *draft.Block) {
	for _, k := range n.kids {
		switch {
		case k.is("w:tr"):
			if k.child("trPr", "del") != nil {
				text := allText(k)
				r.doc.Omit(draft.Deleted, text)
				b.Doubt(diag.Warning, draft.LeftOut.As("deletion"), "Text", clip(text))
				continue
			}
			var row []draft.Cell
			for range r.span(k.child("trPr").val("gridBefore")) {
				row = append(row, draft.Cell{Merged: true})
			}
			r.cells(k, &row, b)
			b.Rows = append(b.Rows, row)
		case k.is("w:sdt"):
			if c := k.child("sdtContent"); c != nil {
				r.rows(c, b)
			}
		case k.is("w:ins"), k.is("w:customXml"), k.is("w:moveTo"):
			r.rows(k, b)
		case k.is("mc:AlternateContent"):
			if c := choice(k); c != nil {
				r.rows(c, b)
			}
		default:
			r.stray(k, b)
		}
	}
}

// stray leaves out text where a table has none.
func (r *reader) stray(k *node, b *draft.Block) {
	if text := allText(k); strings.TrimSpace(text) != "" {
		r.doc.Omit(draft.Deleted, text)
		b.Doubt(diag.Warning, draft.LeftOut.As("deletion"), "Text", clip(text))
	}
}

func (r *reader) cells(n *node, row *[]draft.Cell, b *draft.Block) {
	for _, k := range n.kids {
		switch {
		case k.is("w:tc"):
			var c draft.Cell
			if k.child("tcPr", "cellDel") != nil {
				r.stray(k, b)
				*row = append(*row, c)
				continue
			}
			fields := r.fields
			r.blocks(k, &c.Blocks)
			r.endCarry(&c.Blocks)
			r.fields = fields
			if m := k.child("tcPr", "vMerge"); m != nil && m.attr("val") != "restart" {
				c.Merged = true
			}
			*row = append(*row, c)
			for range r.span(k.child("tcPr").val("gridSpan")) - 1 {
				*row = append(*row, draft.Cell{Merged: true})
			}
		case k.is("w:sdt"):
			if c := k.child("sdtContent"); c != nil {
				r.cells(c, row, b)
			}
		case k.is("w:customXml"), k.is("w:ins"):
			r.cells(k, row, b)
		case k.is("mc:AlternateContent"):
			if c := choice(k); c != nil {
				r.cells(c, row, b)
			}
		case k.is("w:trPr"), k.is("w:tblPrEx"):
		default:
			r.stray(k, b)
		}
	}
}
