package site

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/record"
)

// Cut cuts one text into sections and passages and finds what each names. It
// depends on nothing but its arguments, and nothing changes the text later. ids are
// those of the concepts, as a Glossary has them.
func Cut(langs []Lang, ids map[string]string, in TextInput) (*Text, diag.List) {
	a := &cutter{langs: langs, ids: ids, frozen: in.Frozen, versioned: in.Frozen || in.Cited != nil}
	t := &Text{ID: in.ID, Slug: cmp.Or(in.Slug, in.ID), Table: in.Table, Unread: in.Unread, record: in.Record, byNumber: map[string]*Passage{}, byID: map[string]*Passage{}}
	column := make([]int, len(a.langs)) // of each site language in the table, -1 for none
	for l := range a.langs {
		column[l] = slices.Index(in.Table.Langs, a.langs[l].Code)
		v := Version{}
		if column[l] >= 0 {
			v.Doc = in.Docs[column[l]]
		}
		t.Versions = append(t.Versions, v)
	}
	a.titles(t)
	seen := make([]map[string]bool, len(a.langs)) // concepts used in the section so far
	blockOf := func(l, ordinal int) *Block {
		b := t.block(t.Versions[l].Doc, &t.Versions[l].Doc.Blocks[ordinal], ordinal)
		if in.Matches != nil {
			b.Terms = a.terms(t, b, in.Matches[column[l]][ordinal], seen[l])
		}
		return b
	}
	var cur *Section
	for i := range in.Table.Rows {
		row := &in.Table.Rows[i]
		t.Recorded = t.Recorded || row.State != nil
		if row.Removed && !row.Published && !in.Cited[row.Number] {
			continue // nobody has ever cited it
		}
		p := &Passage{Number: row.Number, Row: row, Cells: make([]Cell, len(a.langs))}
		section := row.Opens == record.OpensSection || row.Opens == record.OpensPart
		if cur == nil || section {
			cur = &Section{Text: t, Index: len(t.Sections), Role: Preamble, Number: "0", Titles: make([]string, len(a.langs))}
			switch row.Opens {
			case record.OpensSection:
				cur.Role, cur.Number = Headed, row.Number
			case record.OpensPart:
				cur.Role, cur.Number = Part, row.Number
			}
			t.Sections = append(t.Sections, cur)
			for l := range seen {
				seen[l] = map[string]bool{}
			}
		}
		p.Opens = section || row.Opens == record.OpensText && len(cur.Passages) == 0
		for l, c := range column {
			if c < 0 {
				continue
			}
			if row.State != nil {
				p.Cells[l].State = row.State[c]
			}
			if row.Blocks == nil {
				continue
			}
			for _, ord := range row.Blocks[c] {
				b := blockOf(l, ord)
				p.Cells[l].Blocks = append(p.Cells[l].Blocks, b)
				if row.Opens == record.OpensSection && b.Kind == doc.Heading {
					cur.Titles[l] = strings.TrimSpace(cur.Titles[l] + " " + b.Text)
				}
			}
		}
		p.Section, p.Index = cur, len(cur.Passages)
		cur.Passages = append(cur.Passages, p)
		t.byNumber[p.Number] = p
	}
	t.Sections = joinBareTitle(t.Sections)
	a.finish(t)
	a.slugs(t)
	a.former(t)
	t.order()
	var before []*Section
	if in.Before != nil && in.Before.Table == in.Table {
		before = slices.Concat(in.Before.Sections, in.Before.Gone)
	}
	all := slices.Concat(t.Sections, t.Gone)
	for i, s := range all {
		if len(before) == len(all) && len(before[i].units) == len(a.langs) {
			s.units = before[i].units
			continue
		}
		s.units = make([]int, len(a.langs))
		for l := range a.langs {
			s.units[l] = s.count(l)
		}
	}
	a.occurrences(t)
	if in.Depth == Deep {
		a.tie(t)
	}
	return t, a.diags
}

// cutter collects what is wrong in a text while it is cut.
type cutter struct {
	langs []Lang
	ids   map[string]string // of concepts, by each id that finds them
	diags diag.List

	frozen    bool // it is an earlier version
	versioned bool // there are earlier versions
}

// joinBareTitle lets the first headed section begin with the text's title where
// nothing else stands before it.
func joinBareTitle(sections []*Section) []*Section {
	if len(sections) < 2 || sections[0].Role != Preamble || slices.ContainsFunc(sections[0].Passages, func(p *Passage) bool { return !p.Opens }) {
		return sections
	}
	second := sections[1]
	second.Passages = append(sections[0].Passages, second.Passages...)
	return sections[1:]
}

// finish sets what is known only when all of a text's passages are.
func (a *cutter) finish(t *Text) {
	headedSections := 0
	for i, s := range t.Sections {
		s.Index = i
		if s.Role == Headed {
			headedSections++
		}
		if s.Role == Part && i == len(t.Sections)-1 {
			s.Role = Closing
		}
		followed, there, recorded := 0, 0, false
		for j, p := range s.Passages {
			p.Section, p.Index = s, j
			for l, c := range p.Cells {
				recorded = recorded || p.Row.State != nil
				for _, b := range c.Blocks {
					for _, n := range b.Notes {
						if t.notes == nil {
							t.notes = map[noteKey]notePlace{}
						}
						t.notes[noteKey{l, n.Number}] = notePlace{n, s}
					}
					if b.Kind == doc.Heading && b.ID != "" {
						if _, ok := t.byID[b.ID]; !ok {
							t.byID[b.ID] = p
						}
					}
				}
			}
			if p.Empty() {
				continue
			}
			if there++; p.Agrees() {
				followed++
			}
		}
		s.Followed = -1
		if recorded {
			s.Followed = float64(followed) / float64(max(there, 1))
		}
	}
	t.Layout = doc.LayoutPage
	if headedSections > 0 {
		t.Layout = doc.LayoutSections
	}
	var from *doc.Document
	for _, v := range t.Versions {
		if v.Doc == nil || v.Doc.Meta.Layout == doc.LayoutAuto {
			continue
		}
		if from != nil && from.Meta.Layout != v.Doc.Meta.Layout {
			a.diags.Error(v.Doc.Meta.At["layout"], LayoutDiffers, "Layout", v.Doc.Meta.Layout, "Other", from.Meta.Layout, "Path", from.Path)
			continue
		}
		from, t.Layout = v.Doc, v.Doc.Meta.Layout
	}
	if t.Layout == doc.LayoutSections {
		t.takeGone()
	}
}

// titles gives every language a title: its own, else another's.
func (a *cutter) titles(t *Text) {
	for l := range t.Versions {
		v := &t.Versions[l]
		v.TitleLang = -1
		for i := range InTurn(l, len(t.Versions)) {
			if d := t.Versions[i].Doc; d != nil {
				if title := titleOf(d); title != "" {
					v.Title, v.Short, v.TitleLang = title, cmp.Or(d.Meta.Short, title), i
					break
				}
			}
		}
		if v.TitleLang < 0 {
			v.Title, v.Short, v.TitleLang = t.ID, t.ID, l
		}
	}
}

// InTurn yields the n languages of a site as words are looked for in them that one
// lacks: itself, then the others in the order of the site.
func InTurn(own, n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		if !yield(own) {
			return
		}
		for l := range n {
			if l != own && !yield(l) {
				return
			}
		}
	}
}

// titleOf is the front matter's title, else the first heading.
func titleOf(d *doc.Document) string {
	if d.Meta.Title != "" {
		return d.Meta.Title
	}
	for i := range d.Blocks {
		if d.Blocks[i].Kind == doc.Heading {
			return d.Blocks[i].Text
		}
	}
	return ""
}

// slugNumber names a section that has no explicit id: by its number, which stays
// when others come before it.
func slugNumber(s *Section) string {
	switch s.Role {
	case Preamble:
		return "preamble"
	case Closing:
		return "closing"
	case Part:
		return "part-" + s.Number
	}
	return "section-" + s.Number
}
