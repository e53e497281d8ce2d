package check

import (
	"cmp"
	"slices"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/site"
)

// at is the place of the byte offset off in the block's text.
func at(b *site.Block, off int) diag.Pos {
	if b.Doc.Lines == nil {
		return diag.Pos{Path: b.Doc.Path}
	}
	return b.Doc.Lines.Pos(b.At(off))
}

// top is the place of a file as a whole.
func top(path string) diag.Pos { return diag.Pos{Path: path, Line: 1, Col: 1} }

// blocks yields the blocks of a cell, each followed by those of its notes.
func blocks(cell site.Cell) []*site.Block {
	var out []*site.Block
	for _, b := range cell.Blocks {
		out = append(out, b)
		for _, n := range b.Notes {
			out = append(out, n.Blocks...)
		}
	}
	return out
}

// passages calls f for every passage that holds something.
func passages(t *site.Text, f func(*site.Passage)) {
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			if !p.Empty() {
				f(p)
			}
		}
	}
}

// versions lists the languages that the text exists in.
func versions(t *site.Text) []int {
	var out []int
	for l, v := range t.Versions {
		if v.Doc != nil {
			out = append(out, l)
		}
	}
	return out
}

// filled lists the languages that have something in the passage.
func filled(p *site.Passage) []int {
	var out []int
	for l, c := range p.Cells {
		if len(c.Blocks) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// isBreak tells whether the passage is only a thematic break.
func isBreak(p *site.Passage) bool {
	for _, c := range p.Cells {
		for _, b := range c.Blocks {
			if b.Kind != doc.Break {
				return false
			}
		}
	}
	return true
}

// start is the place where the passage begins in the language. Where it has
// nothing, that is the last place before which the others' text would belong.
func (c *checker) start(p *site.Passage, l int) diag.Pos {
	if b := p.Cells[l].Blocks; len(b) > 0 {
		return at(b[0], 0)
	}
	d := p.Section.Text.Versions[l].Doc
	if d == nil {
		return diag.Pos{}
	}
	pos := top(d.Path)
	for _, s := range p.Section.Text.Sections {
		for _, q := range s.Passages {
			if q == p {
				return pos
			}
			if b := q.Cells[l].Blocks; len(b) > 0 {
				pos = at(b[len(b)-1], 0)
			}
		}
	}
	return pos
}

// others makes the related places of a finding: where the passage stands in the
// languages, with a phrase that has a place for the language.
func (c *checker) others(p *site.Passage, langs []int, phrase string) []diag.Related {
	var out []diag.Related
	for _, l := range langs {
		out = append(out, diag.Related{Pos: c.start(p, l), Phrase: diag.Say(phrase, "Language", c.name(l))})
	}
	return out
}

// fixity says how little an editor may change a version's wording.
func fixity(s doc.Status) int {
	return slices.Index([]doc.Status{doc.Unstated, doc.Working, doc.Editorial, doc.Received, doc.Official, doc.Authentic}, s)
}

// given reports whether the version's wording is not the editors' own: its
// faults are worth knowing, but not theirs to mend.
func given(d *doc.Document) bool { return fixity(d.Meta.Status) >= fixity(doc.Received) }

// wording lowers the severity of a finding about words in a version whose
// wording is given.
func wording(d *doc.Document, sev diag.Severity) diag.Severity {
	if given(d) {
		return diag.Note
	}
	return sev
}

// likely chooses the language that most likely needs the edit: the one whose
// wording is the least fixed, and of several the last.
func (c *checker) likely(t *site.Text, langs []int) int {
	best := langs[0]
	for _, l := range langs[1:] {
		if fixity(t.Versions[l].Doc.Meta.Status) <= fixity(t.Versions[best].Doc.Meta.Status) {
			best = l
		}
	}
	return best
}

// without returns the languages but for one.
func without(langs []int, l int) []int {
	return slices.DeleteFunc(slices.Clone(langs), func(x int) bool { return x == l })
}

// clip shortens words of the content to what a message quotes.
func clip(s string) string { return diag.Clip(s, diag.Quoted) }

// quoted are several words of the content, each in quotation marks; what is said
// twice, once.
func quoted(words []string) diag.Phrases {
	var out diag.Phrases
	for i, w := range words {
		if !slices.Contains(words[:i], w) {
			out = append(out, diag.Say("quoted", "Words", clip(w)))
		}
	}
	return out
}

// sortedKeys returns the keys of m in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
