package render

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"stele/build/doc"
	"stele/build/record"
	"stele/build/site"
)

// Columns is the reader's choice of languages. Its first is the page's own.
type Columns struct {
	List []Column // the page's language first
	// Sentences tells that sentences which say the same are marked together.
	Sentences bool
}

// Several reports whether there is anything to choose.
func (c Columns) Several() bool { return len(c.List) > 1 }

// Column is a language as a column of rows.
type Column struct {
	N               int    // from 1, the class and the id of its controls
	Code, Lang, Dir string // of the language: in addresses, as BCP 47, "rtl" or empty
	Name            string // of the language, in the language
	Status          string // what the language version is worth; empty in a glossary
	On              bool   // shown at first
	lang            int
}

// Row is a passage as it is shown.
type Row struct {
	ID     string        // empty where the row is not the passage's own place
	Number string        // "5.3"; empty for headings without one
	Href   string        // where the passage stands
	Class  string        // of the row: "opens", "moved", "removed" …; may be empty
	Notice template.HTML // instead of cells, for a removed number, or one that stands elsewhere
	Break  bool          // an ornament across all columns
	Where  Words         // in a concordance: the section the passage stands in
	Cells  []Cell        // one for each language, the page's own first
}

type Cell struct {
	N         int           // the number of the column
	Lang, Dir string        // of the language, and "rtl" or empty
	HTML      template.HTML // the blocks of the passage
	Empty     template.HTML // what is said where there is no text
	Note      template.HTML // a remark below the text
}

// columnsShown is how many languages show at first, unless the site says so.
const columnsShown = 3

// columnsOf lists the languages in which the text has a version; without a
// text, all of the site's.
func (c context) columnsOf(t *site.Text) Columns {
	var out Columns
	out.Sentences = t != nil && c.site.Options.Sentences
	shown := cmp.Or(c.site.Options.Columns, columnsShown)
	for _, l := range c.order() {
		it := c.site.Langs[l]
		col := Column{N: len(out.List) + 1, Code: it.Code, Lang: it.Tag, Dir: c.dir(it.Tag), Name: it.Name, lang: l}
		if t != nil {
			if t.Versions[l].Doc == nil {
				continue
			}
			col.Status = c.status(t.Versions[l].Doc.Meta.Status)
		}
		col.On = col.N <= shown
		out.List = append(out.List, col)
	}
	return out
}

// rows shows a page's passages, each in the columns, in the order that the
// page's language has.
func (c context) rows(placed []site.Placed, cols Columns, w *writer) []Row {
	out := make([]Row, 0, len(placed))
	n := 0
	for _, p := range placed {
		for _, col := range cols.List {
			if w.kept.of(p.Passage, col.lang) == "" {
				n += room(p.Passage.Cells[col.lang])
			}
		}
	}
	w.b.Grow(n)
	w.cells = make([]Cell, 0, len(placed)*len(cols.List))
	for _, p := range placed {
		if p.Pointer {
			out = append(out, c.pointer(p, w))
			continue
		}
		r := c.row(p.Passage, cols, w)
		if len(r.Cells) > 0 {
			r.Cells[0].Note = joinNotes(r.Cells[0].Note, c.divided(p.Passage), c.movedHere(p.Moved))
		}
		out = append(out, r)
	}
	return out
}

func (c context) row(p *site.Passage, cols Columns, w *writer) Row {
	href := "#p" + p.Number
	r := Row{ID: href[1:], Number: p.Number, Href: href}
	w.number = p.Number
	if p.Empty() {
		r.Notice = c.removed(p)
		return r
	}
	kind, level := lead(p)
	switch {
	case kind == doc.Break:
		r.Break, r.Class = true, "break"
		return r
	case kind == doc.Heading && level == 1:
		r.Class, r.Number = "title", ""
	case kind == doc.Heading:
		r.Class = "heading"
	case kind == doc.Item:
		r.Class = "item"
	}
	marked := unmarked
	if w.mark == nil {
		marked = c.markingOf(p)
	}
	if marked == passage {
		r.Class = strings.TrimSpace(r.Class + " whole")
	}
	real := headingColumn(p, cols)
	for i, col := range cols.List {
		w.lang, w.real = col.lang, i == real
		part := p.Cells[col.lang]
		x := Cell{N: col.N, Lang: col.Lang, Dir: col.Dir, HTML: w.kept.of(p, col.lang)}
		if x.HTML == "" {
			w.tied = nil
			if marked == sentences {
				w.tied = tiedIn(p, col.lang)
			}
			x.HTML = raw(w.cell(part))
		}
		if len(part.Blocks) == 0 {
			x.Empty = spoken(c.ui, c.site.Langs[c.page.Lang].Tag, "passage-missing")
		}
		if c.site.Options.StaleMarks && part.State == record.Stale {
			x.Note = spoken(c.ui, c.site.Langs[c.page.Lang].Tag, "passage-stale")
		}
		w.cells = append(w.cells, x)
	}
	n := len(w.cells)
	r.Cells = w.cells[n-len(cols.List) : n : n]
	return r
}

// lead is the kind of the passage's first block, and its level.
func lead(p *site.Passage) (doc.Kind, int) {
	for _, c := range p.Cells {
		if len(c.Blocks) > 0 {
			return c.Blocks[0].Kind, c.Blocks[0].Level
		}
	}
	return doc.Paragraph, 0
}

// headingColumn is the column whose headings are real ones: the first that has
// any. The others look alike, but a page has one outline.
func headingColumn(p *site.Passage, cols Columns) int {
	return slices.IndexFunc(cols.List, func(col Column) bool {
		return slices.ContainsFunc(p.Cells[col.lang].Blocks, func(b *site.Block) bool { return b.Kind == doc.Heading })
	})
}

// cards collects the concepts that a page's links lead to, each once.
type cards struct {
	list []*site.Concept
	ids  map[string]bool
}

// add returns the id of the concept's card.
func (c *cards) add(k *site.Concept) string {
	if c.ids == nil {
		c.ids = map[string]bool{}
	}
	if !c.ids[k.ID] {
		c.ids[k.ID] = true
		c.list = append(c.list, k)
	}
	return "card-" + k.ID
}

// Card is a concept in short.
type Card struct {
	ID         string  // of the card in the page
	Href       string  // the concept's page
	Names      []Words // in all languages
	Definition Words   // in the page's language; Text may be empty
}

func (c context) cards(list []*site.Concept) []Card {
	var out []Card
	for _, k := range list {
		out = append(out, Card{
			ID: "card-" + k.ID, Href: c.href(site.Key{Kind: site.ConceptPage, ID: k.ID}),
			Names: c.names(k), Definition: c.definition(k, c.page.Lang),
		})
	}
	return out
}

// names are the concept's preferred names, the page's language first, with the
// abbreviation where it has one.
func (c context) names(k *site.Concept) []Words {
	var out []Words
	for _, l := range c.order() {
		if n, ok := k.Preferred(c.site.Langs[l].Code); ok {
			out = append(out, c.words(n.Text, l))
		}
	}
	if len(out) == 0 {
		out = append(out, Words{Text: k.ID})
	}
	return out
}

// definition is the concept's definition in the language, or in the first
// that has it.
func (c context) definition(k *site.Concept, own int) Words {
	for l := range site.InTurn(own, len(c.site.Langs)) {
		if d := k.Definition.In(c.site.Langs[l].Code); d != "" {
			return c.bound(strings.TrimSpace(d), l)
		}
	}
	return Words{}
}
