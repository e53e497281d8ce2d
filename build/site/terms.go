package site

import (
	"cmp"
	"slices"
	"strings"

	"stele/build/doc"
	"stele/build/glossary"
)

// block wraps a document's block; its links are resolved later, when every
// address is known.
func (t *Text) block(d *doc.Document, b *doc.Block, ordinal int) *Block {
	out := &Block{Block: b, Doc: d, Ordinal: ordinal}
	if slices.ContainsFunc(b.Pieces, func(p doc.Piece) bool { return p.Kind == doc.LinkOpen || p.Kind == doc.Image }) {
		t.linking = append(t.linking, out)
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
func (a *cutter) terms(b *Block, matches []glossary.Match, seen map[string]bool) []Term {
	if b.Kind == doc.Heading || b.Kind == doc.Code {
		return nil
	}
	var out []Term
	byHand := handLinks(b.Block)
	for _, h := range byHand {
		if c := a.concepts[h.Concept]; c != nil {
			out = append(out, Term{Match: h, Concept: c})
			seen[h.Concept] = true
		}
	}
	for _, m := range matches {
		c := a.concepts[m.Concept]
		if c == nil || slices.ContainsFunc(byHand, func(h glossary.Match) bool { return m.Start < h.End && h.Start < m.End }) {
			continue
		}
		t := Term{Match: m, Concept: c}
		if !seen[m.Concept] && linkable(b.Block, m) {
			seen[m.Concept] = true
			t.Linked = true
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(x, y Term) int { return cmp.Compare(x.Start, y.Start) })
	return out
}

// handLinks returns the [[concept]] links of a block as uses of the concepts; a
// link without a text of its own is a use of no length.
func handLinks(b *doc.Block) []glossary.Match {
	var out []glossary.Match
	open, off := -1, 0
	for _, p := range b.Pieces {
		switch p.Kind {
		case doc.LinkOpen:
			open = -1
			if id, ok := strings.CutPrefix(p.Dest, "concept:"); ok {
				open = len(out)
				out = append(out, glossary.Match{Concept: id, Name: -1, Start: off, End: off})
			}
		case doc.Text:
			off = p.Off + len(p.S)
			if open >= 0 {
				out[open].End = off
			}
		case doc.LinkClose:
			open = -1
		}
	}
	return out
}

// linkable reports whether a use can become a link: it lies in one run of text
// that is neither code nor part of a link.
func linkable(b *doc.Block, m glossary.Match) bool {
	for _, p := range b.Pieces {
		if p.Kind == doc.Text && p.Off <= m.Start && m.End <= p.Off+len(p.S) {
			return !p.Fixed
		}
	}
	return false
}

// occurrences collects the passages that name concepts. The publisher's own
// texts speak about the edition; they are not part of it.
func (a *cutter) occurrences(t *Text) {
	if t.Editorial() {
		return
	}
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			at := map[*Concept]int{} // in t.named, of this passage
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
