package site

import (
	"cmp"
	"slices"

	"stele/build/doc"
	"stele/build/glossary"
)

// block wraps a document's block; its links are resolved later, when every
// address is known.
func (t *Text) block(d *doc.Document, b *doc.Block, ordinal int) *Block {
	out := &Block{Block: b, Doc: d, Ordinal: ordinal}
	for n := range b.Walk() {
		if destined(n) {
			t.linking = append(t.linking, out)
			break
		}
	}
	for _, n := range b.Notes {
		note := Note{Number: n.Number}
		for i := range n.Blocks {
			note.Blocks = append(note.Blocks, t.block(d, &n.Blocks[i], -1))
		}
		out.Notes = append(out.Notes, note)
	}
	return out
}

// terms joins the names found in a block with the concepts linked by hand, in
// order, and marks each concept's first use in the section. The text of
// headings and code is not searched.
func (a *cutter) terms(t *Text, b *Block, matches []glossary.Match, seen map[string]bool) []Term {
	if b.Kind == doc.Heading || b.Kind == doc.Code {
		return nil
	}
	var out []Term
	var plain []*doc.Text // known when needed: most blocks name nothing, or nothing new
	byHand := handLinks(b.Block)
	for _, h := range byHand {
		t.ByHand = append(t.ByHand, h.Concept)
		if id, ok := a.ids[h.Concept]; ok {
			h.Concept = id
			out = append(out, Term{Match: h})
			seen[id] = true
		}
	}
	for _, m := range matches {
		if _, ok := a.ids[m.Concept]; !ok || slices.ContainsFunc(byHand, func(h glossary.Match) bool { return m.Start < h.End && h.Start < m.End }) {
			continue
		}
		term := Term{Match: m}
		if !seen[m.Concept] {
			if plain == nil {
				plain = plainRuns(b.Block)
			}
			if linkable(plain, m) {
				seen[m.Concept] = true
				term.Linked = true
			}
		}
		out = append(out, term)
	}
	slices.SortFunc(out, func(x, y Term) int { return cmp.Compare(x.Start, y.Start) })
	return out
}

// handLinks returns the [[concept]] links of a block as uses of the concepts; a
// link without a text of its own is a use of no length.
func handLinks(b *doc.Block) []glossary.Match {
	var out []glossary.Match
	off := 0
	for n := range b.Walk() {
		switch n := n.(type) {
		case *doc.Text:
			off = n.End()
		case *doc.ConceptLink:
			m := glossary.Match{Concept: n.ID, Name: -1, Start: off, End: off}
			for t := range doc.Runs(n.Inlines) {
				m.End = t.End()
			}
			out = append(out, m)
		}
	}
	return out
}

// plainRuns are the block's runs of text in which a name can become a link:
// those that are neither code nor part of a link.
func plainRuns(b *doc.Block) []*doc.Text {
	var out []*doc.Text
	var collect func(inlines []doc.Inline)
	collect = func(inlines []doc.Inline) {
		for _, n := range inlines {
			switch n := n.(type) {
			case *doc.Text:
				out = append(out, n)
			case *doc.CodeSpan, *doc.Link, *doc.ConceptLink:
			default:
				collect(n.Children())
			}
		}
	}
	collect(b.Inlines)
	for _, r := range b.Rows {
		for _, c := range r.Cells {
			collect(c.Inlines)
		}
	}
	return out
}

// linkable reports whether a use lies in one of the runs as a whole.
func linkable(runs []*doc.Text, m glossary.Match) bool {
	i, ok := slices.BinarySearchFunc(runs, m.Start, func(t *doc.Text, off int) int { return cmp.Compare(t.Off, off) })
	if !ok {
		i-- // the last run that begins before
	}
	return i >= 0 && m.End <= runs[i].End()
}

// occurrences collects the passages that name concepts. The publisher's own
// texts speak about the edition; they are not part of it.
func (a *cutter) occurrences(t *Text) {
	if t.Editorial() {
		return
	}
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			at := map[string]int{} // in t.named, of this passage
			for l := range p.Cells {
				for _, b := range p.Cells[l].Blocks {
					for _, term := range b.Terms {
						i, ok := at[term.Concept]
						if !ok {
							i = len(t.named)
							at[term.Concept] = i
							t.named = append(t.named, named{term.Concept, Occurrence{Passage: p, Uses: make([]int, len(a.langs))}})
						}
						t.named[i].Uses[l]++
					}
				}
			}
		}
	}
}
