// Package check finds what a careful editor would look for in a finished site:
// passages that one language lacks, numbers and terms that differ between the
// languages, abbreviations nobody explained, the typography of each language,
// links that say nothing.
//
// It reads a site.Site and returns diagnostics. Like every stage it is pure: no
// files, no clock, no goroutines. What the earlier stages find themselves (a
// dead link, a duplicate id) it does not repeat, but Rules lists their codes
// too, so that one list serves the documentation, --only and --ignore, and
// SARIF.
//
// All languages are equal here as elsewhere. A finding that concerns several
// languages stands in the one that most likely needs the edit: the one that
// differs from all others, else the one whose wording is the least fixed. The
// other places are related.
package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/site"
)

// Options are what the site does not say. The zero value is ready to use.
type Options struct {
	// Data is the text of each file of the content folder by path. A parsed
	// document has its white space folded, so the rules about spaces look
	// here; without the text of a file they leave it alone.
	Data map[string]string
}

// Site checks everything there is and returns the findings sorted.
func Site(s *site.Site, opts Options) diag.List {
	c := &checker{site: s, opts: opts, masks: map[*site.Block]string{}}
	for _, l := range s.Langs {
		c.langs = append(c.langs, profileOf(l))
	}
	for _, t := range s.Texts {
		c.structure(t)
		c.lengths(t)
		c.standing(t)
		c.agreement(t)
		c.abbreviations(t)
		c.termGaps(t)
		c.typography(t)
		c.yo(t)
	}
	c.translations()
	c.concepts()
	return c.diags.Sorted()
}

type checker struct {
	site  *site.Site
	opts  Options
	langs []profile
	diags diag.List
	masks map[*site.Block]string
	// used holds, by language, the names of concepts as the texts write them;
	// made when first needed.
	used []map[string]bool
}

// add reports a finding with the other places it concerns.
func (c *checker) add(sev diag.Severity, pos diag.Pos, code diag.Code, related []diag.Related, format string, args ...any) {
	c.diags = append(c.diags, diag.Diagnostic{
		Pos: pos, Severity: sev, Code: code, Message: fmt.Sprintf(format, args...), Related: related,
	})
}

// at is the place of the byte offset off in the block's text.
func at(b *site.Block, off int) diag.Pos {
	if b.Doc.Lines == nil {
		return diag.Pos{Path: b.Doc.Path}
	}
	return b.Doc.Lines.Pos(b.At(off))
}

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
	pos := diag.Pos{Path: d.Path, Line: 1, Col: 1}
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

// others makes the related places of a finding: where the passage stands in
// the languages.
func (c *checker) others(p *site.Passage, langs []int, format string) []diag.Related {
	var out []diag.Related
	for _, l := range langs {
		out = append(out, diag.Related{Pos: c.start(p, l), Message: fmt.Sprintf(format, c.langs[l].name)})
	}
	return out
}

// names puts languages into words: "Russian", "Russian and Chinese".
func (c *checker) names(langs []int) string {
	var out []string
	for _, l := range langs {
		out = append(out, c.langs[l].name)
	}
	return join(out)
}

// join puts words into a sentence: "a", "a and b", "a, b and c".
func join(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
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

// quote puts a word of the content into a message.
func quote(s string) string { return "“" + diag.Clip(s, diag.Quoted) + "”" }

// sortedKeys returns the keys of m in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// plural returns "1 passage" or "3 passages".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
