package render

import (
	"html/template"

	"stele/build/doc"
	"stele/build/site"
)

// Cells are the cells of a text that look the same on all of its pages: those of which
// nothing hangs on the page, on its language or on what stands before them. They are
// most of a text, and each is on as many pages as the site has languages, or twice as
// many. They are immutable.
type Cells struct {
	html map[*site.Passage][]template.HTML // by language; empty where a page writes its own
}

// Cells writes the cells of a text that look the same on all of its pages.
func (r *Renderer) Cells(t *site.Text) *Cells {
	out := &Cells{map[*site.Passage][]template.HTML{}}
	c := context{Renderer: r} // of no page: what would ask for it is not written here
	w := &writer{context: c}
	n, passages := 0, 0
	for _, s := range t.Sections {
		passages += len(s.Passages)
		for _, p := range s.Passages {
			for _, cell := range p.Cells {
				n += room(cell)
			}
		}
	}
	w.b.Grow(n)
	all := make([]template.HTML, passages*len(r.site.Langs))
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			own := all[:len(p.Cells):len(p.Cells)]
			all = all[len(p.Cells):]
			marked := c.markingOf(p)
			for l, cell := range p.Cells {
				if !r.alike(cell) {
					continue
				}
				w.lang, w.tied = l, nil
				if marked == sentences {
					w.tied = tiedIn(p, l)
				}
				own[l] = raw(w.cell(cell))
			}
			out.html[p] = own
		}
	}
	return out
}

// of is the cell of a passage in a language; empty where a page writes its own.
func (c *Cells) of(p *site.Passage, l int) template.HTML {
	if c == nil || c.html[p] == nil {
		return ""
	}
	return c.html[p][l]
}

// Sharing is the renderer for the pages of one text, which have their cells of what
// cells returns. It is called for each page that is made, perhaps at the same time, and
// returns the same for all: see sync.OnceValue. Whoever makes one page does without.
func (r *Renderer) Sharing(cells func() *Cells) *Renderer {
	out := *r
	out.cells = cells
	return &out
}

// alike reports whether a cell looks the same on all pages.
func (r *Renderer) alike(cell site.Cell) bool {
	for _, b := range cell.Blocks {
		if !r.alikeBlock(b) {
			return false
		}
	}
	return true
}

func (r *Renderer) alikeBlock(b *site.Block) bool {
	switch b.Kind {
	case doc.Paragraph, doc.Item, doc.Code, doc.Term, doc.Definition, doc.Break:
	default: // a heading has its level of those before, a table its name of the interface
		return false
	}
	if b.Task != doc.NoTask || len(b.Notes) > 0 || len(b.Rows) > 0 {
		return false
	}
	for _, c := range b.Within {
		if c.Kind == doc.Remark {
			return false // it may be named in the words of the interface
		}
	}
	for _, t := range b.Terms {
		if t.Linked {
			return false
		}
	}
	for n := range b.Walk() {
		switch n.(type) {
		case *doc.Text, *doc.Styled, *doc.CodeSpan, *doc.LineBreak, *doc.Space:
		default:
			return false
		}
	}
	return true
}
