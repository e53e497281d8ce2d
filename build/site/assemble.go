package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
)

// Assemble makes the site of its parts. What is wrong in the content is in the
// list; the site is whole in any case, so that one run shows everything.
func Assemble(in Input) (*Site, diag.List) {
	a := &assembler{
		in: in,
		site: &Site{
			Langs: in.Langs, BaseURL: in.BaseURL, Options: in.Options,
			concepts: map[string]*Concept{}, texts: map[string]*Text{}, pages: map[pageKey]*Page{},
		},
	}
	s := a.site
	for _, c := range in.Concepts {
		k := &Concept{Concept: c}
		s.Concepts = append(s.Concepts, k)
		s.concepts[c.ID] = k
	}
	slices.SortFunc(s.Concepts, func(x, y *Concept) int { return strings.Compare(x.ID, y.ID) })
	for _, t := range ordered(in.Texts, in.Order) {
		text := a.text(t)
		s.Texts = append(s.Texts, text)
		s.texts[text.ID] = text
	}
	s.Title = a.localized(in.Title, func(l int) string {
		if len(s.Texts) > 0 {
			return s.Texts[0].Versions[l].Title
		}
		return ""
	})
	none := func(int) string { return "" }
	s.Publisher = a.localized(in.Publisher, none)
	s.Licence = a.localized(in.Licence, none)
	a.addresses()
	a.links()
	a.occurrences()
	a.relations()
	return s, a.diags
}

type assembler struct {
	in    Input
	site  *Site
	diags diag.List

	byPath map[string]*Text // texts by folder and file
}

// localized spreads a map by language over the site's languages; a missing
// language takes the first there is, then the fallback.
func (a *assembler) localized(m map[string]string, fallback func(lang int) string) []string {
	out := make([]string, len(a.in.Langs))
	for i, l := range a.in.Langs {
		out[i] = m[l.Code]
		for j := 0; out[i] == "" && j < len(a.in.Langs); j++ {
			out[i] = m[a.in.Langs[j].Code]
		}
		if out[i] == "" {
			out[i] = fallback(i)
		}
	}
	return out
}

// ordered puts the texts named in order first, then the others by id.
func ordered(texts []TextInput, order []string) []TextInput {
	texts = slices.Clone(texts)
	rank := func(t TextInput) int {
		if i := slices.Index(order, t.ID); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(texts, func(x, y TextInput) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), strings.Compare(x.ID, y.ID))
	})
	return texts
}

// text cuts one text into sections and passages.
func (a *assembler) text(in TextInput) *Text {
	t := &Text{ID: in.ID, Slug: cmp.Or(in.Slug, in.ID), Table: in.Table, byNumber: map[string]*Passage{}, byID: map[string]*Passage{}}
	column := make([]int, len(a.in.Langs)) // of each site language in the table, -1 for none
	for l, lang := range a.in.Langs {
		column[l] = slices.Index(in.Table.Langs, lang.Code)
		v := Version{}
		if column[l] >= 0 {
			v.Doc = in.Docs[column[l]]
		}
		t.Versions = append(t.Versions, v)
	}
	a.titles(t)
	seen := make([]map[string]bool, len(a.in.Langs)) // concepts used in the section so far
	blockOf := func(l, ordinal int) *Block {
		b := a.block(t.Versions[l].Doc, &t.Versions[l].Doc.Blocks[ordinal], ordinal)
		if in.Matches != nil {
			b.Terms = a.terms(b, in.Matches[column[l]][ordinal], seen[l])
		}
		return b
	}
	var cur *Section
	for i := range in.Table.Rows {
		row := &in.Table.Rows[i]
		p := &Passage{Number: row.Number, Row: row, Cells: make([]Cell, len(a.in.Langs))}
		opens := opensWhat(in, row)
		if cur == nil || opens == headed || opens == broken {
			cur = &Section{Text: t, Index: len(t.Sections), Role: Preamble, Number: "0", Titles: make([]string, len(a.in.Langs))}
			switch opens {
			case headed:
				cur.Role, cur.Number = Headed, row.Number
			case broken:
				cur.Role, cur.Number = Part, row.Number
			}
			t.Sections = append(t.Sections, cur)
			for l := range seen {
				seen[l] = map[string]bool{}
			}
		}
		p.Opens = opens == headed || opens == broken || opens == titled && len(cur.Passages) == 0
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
				if opens == headed && b.Kind == doc.Heading {
					cur.Titles[l] = strings.TrimSpace(cur.Titles[l] + " " + b.Text)
				}
			}
		}
		p.Section, p.Index = cur, len(cur.Passages)
		cur.Passages = append(cur.Passages, p)
		t.byNumber[p.Number] = p
		t.Recorded = t.Recorded || row.State != nil
	}
	t.Sections = joinBareTitle(t.Sections)
	a.finish(t)
	return t
}

// What a row opens.
const (
	nothing = iota
	titled
	headed
	broken
)

// opensWhat looks at the first block of the first language that has one, as the
// numbering does.
func opensWhat(in TextInput, row *align.Row) int {
	for c, blocks := range row.Blocks {
		if len(blocks) == 0 {
			continue
		}
		switch b := in.Docs[c].Blocks[blocks[0]]; {
		case b.Kind == doc.Heading && b.Level == 1:
			return titled
		case b.Kind == doc.Heading && b.Level == 2:
			return headed
		case b.Kind == doc.Break:
			return broken
		}
		return nothing
	}
	return nothing
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
func (a *assembler) finish(t *Text) {
	headedSections := 0
	for i, s := range t.Sections {
		s.Index = i
		if s.Role == Headed {
			headedSections++
		}
		if s.Role == Part && i == len(t.Sections)-1 {
			s.Role = Closing
		}
		s.Sizes = make([]Size, len(a.in.Langs))
		followed, recorded := 0, false
		for j, p := range s.Passages {
			p.Section, p.Index = s, j
			agree := true
			for l, c := range p.Cells {
				recorded = recorded || p.Row.State != nil
				agree = agree && (c.State == align.Confirmed || c.State == align.Absent)
				for _, b := range c.Blocks {
					s.Sizes[l].Blocks++
					s.Sizes[l].Units += units(b.Text)
					if b.Kind == doc.Heading && b.ID != "" {
						if _, ok := t.byID[b.ID]; !ok {
							t.byID[b.ID] = p
						}
					}
				}
			}
			if agree {
				followed++
			}
		}
		s.Followed = -1
		if recorded {
			s.Followed = float64(followed) / float64(max(len(s.Passages), 1))
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
			a.diags.Errorf(v.Doc.Meta.At["layout"], "layout-differs", "layout %q here but %q in %s; all languages of a text share one layout", v.Doc.Meta.Layout, from.Meta.Layout, from.Path)
			continue
		}
		from, t.Layout = v.Doc, v.Doc.Meta.Layout
	}
}

// titles gives every language a title: its own, else another's.
func (a *assembler) titles(t *Text) {
	for l := range t.Versions {
		v := &t.Versions[l]
		v.TitleLang = -1
		for k := range t.Versions {
			i := (l + k) % len(t.Versions)
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

// units counts words, and the characters of scripts written without spaces.
func units(s string) int {
	n, word := 0, false
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			n++
			word = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !word {
				n++
			}
			word = true
		case unicode.IsMark(r) || r == '’' || r == '\'' || r == '-' || r == '‑':
		default:
			word = false
		}
	}
	return n
}

// slugNumber names a section that has no explicit id.
func slugNumber(s *Section) string {
	switch s.Role {
	case Preamble:
		return "preamble"
	case Closing:
		return "closing"
	case Part:
		return "part-" + strconv.Itoa(s.Index)
	}
	return "section-" + strconv.Itoa(s.Index)
}
