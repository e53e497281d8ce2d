package render

import (
	"html/template"
	"slices"
	"strings"

	"stele/build/doc"
	"stele/build/site"
)

// TextPage is a section, or a whole text.
type TextPage struct {
	Frame
	Version *VersionLine  // which version this is; nil where the text has one only
	Up      *Link         // the text's contents; nil where the text is one page
	Full    *Link         // the whole text; nil on its own page
	Place   string        // which part of the text this is, in words
	Heading *Words        // the page's title where no passage is its heading
	Columns Columns       // the reader's choice of languages
	Pragma  template.HTML // a remark for one HTML checker; put it before the rows
	Rows    []Row         // the passages in the order of the page's language
	Absent  []Words       // languages of the site that the text has no version in
	Prev    *Link         // the section before; nil at the first
	Next    *Link         // the section after; nil at the last
	Cites   []Citation    // how to cite the page, for each language
	Cards   []Card        // the concepts that links on the page lead to, in short
}

// pointedIDs tells html-validate that ids such as "p5.3" are meant: the standard
// asks only that an id has no white space, the rule for a style without points.
const pointedIDs template.HTML = "<!-- [html-validate-disable valid-id] -->"

// Citation is how a language version is cited.
type Citation struct {
	N    int    // the number of the column
	Code string // of the language in addresses
	// Page cites the page.
	Page template.HTML
	// Passage cites a passage, with {n} for its number and {url} for its address,
	// for the script to fill.
	Passage string
}

func (c context) text() TextPage {
	t, s := c.page.Text, c.page.Section
	v := t.Versions[c.page.Lang]
	p := TextPage{Columns: c.columnsOf(t), Pragma: pointedIDs}
	name := v.Title
	var passages []site.Placed
	if s == nil {
		gone := map[*site.Section][]site.Placed{} // by the section before
		for _, s := range t.Gone {
			gone[s.Before()] = append(gone[s.Before()], s.Stretch(c.page.Lang).Placed...)
		}
		for _, s := range t.In(c.page.Lang) {
			passages = append(append(passages, s.Placed...), gone[s.Section]...)
		}
		if t.Layout == doc.LayoutSections {
			p.Up = c.textLink(site.ContentsKey(t), v)
			p.Place = c.T("whole-text")
			name = c.T("text-part", "Text", v.Short, "Part", p.Place)
		}
	} else {
		passages = s.Stretch(c.page.Lang).Placed
		if s.Role != site.Preamble || !opensWithTitle(s) {
			name = c.sectionTitle(s, c.page.Lang).Text
		}
		p.Up = c.textLink(site.ContentsKey(t), v)
		p.Full = &Link{Href: c.href(site.Key{Kind: site.TextFull, Text: t.ID}), Words: c.said(c.page.Lang, "whole-text")}
		p.Place = c.sectionPlaceOf(s)
		p.Prev, p.Next = c.neighbours(s)
	}
	o := &outline{}
	if len(passages) > 0 {
		if kind, level := lead(passages[0].Passage); kind == doc.Heading && !passages[0].Pointer {
			o.base = level - 1
		} else {
			o.base, o.above = 1, 1 // below a first heading of the page's own
			h := c.local(name)
			p.Heading = &h
		}
	}
	w := &writer{context: c, outline: o, cards: &cards{}, refs: map[string]bool{}}
	if c.cells != nil {
		w.kept = c.cells()
	}
	p.Rows = c.rows(passages, p.Columns, w)
	if len(p.Rows) > 0 && p.Heading == nil {
		p.Rows[0].Class += " opens"
	}
	c.changedLater(p.Rows)
	p.Version = c.versionLine()
	p.Cards = c.cards(w.cards.list)
	for _, l := range c.order() {
		if t.Versions[l].Doc == nil {
			p.Absent = append(p.Absent, c.words(c.site.Langs[l].Name, l))
		}
	}
	for _, col := range p.Columns.List {
		p.Cites = append(p.Cites, c.cite(t, col, name))
	}
	description := ""
	if d := v.Doc; d != nil {
		description = d.Meta.Description
	}
	if s != nil {
		description = c.T("section-description", "Section", name, "Text", v.Title, "Languages", c.languageNames(p.Columns))
	}
	p.Frame = c.frame(name, description)
	p.LD = c.textLD(t, s, name)
	if s != nil && s.Role == site.Gone {
		p.NoIndex = true
	}
	return p
}

// neighbours are the links to the sections before and after one, in the order of
// the page's language; of one that is no more, to those it stood between.
func (c context) neighbours(s *site.Section) (prev, next *Link) {
	if s.Role == site.Gone {
		prev = c.sectionLink(s.Before())
		if after := s.After(); after != nil {
			next = c.sectionLink(after)
		}
		return prev, next
	}
	before, after := s.Beside(c.page.Lang)
	if before != nil {
		prev = c.sectionLink(before)
	}
	if after != nil {
		next = c.sectionLink(after)
	}
	return prev, next
}

// opensWithTitle reports whether the section begins with the text's title.
func opensWithTitle(s *site.Section) bool {
	if len(s.Passages) == 0 {
		return false
	}
	kind, level := lead(s.Passages[0])
	return kind == doc.Heading && level == 1
}

// sectionPlaceOf says where among the sections one stands. Those without a
// heading are not counted with the others: they go by what they are.
func (c context) sectionPlaceOf(s *site.Section) string {
	switch s.Role {
	case site.Preamble:
		return c.T("preamble")
	case site.Closing:
		return c.T("closing")
	case site.Gone:
		return c.T("section-removed", "Number", s.Number)
	}
	last := s.Number
	for _, other := range slices.Backward(s.Text.Sections) {
		if other.Role == site.Headed {
			last = other.Number
			break
		}
	}
	return c.T("section-of", "Number", s.Number, "Last", last)
}

func (c context) textLink(k site.Key, v site.Version) *Link {
	return &Link{Href: c.href(k), Words: c.words(v.Short, v.TitleLang)}
}

func (c context) sectionLink(s *site.Section) *Link {
	l := &Link{Href: c.href(site.Key{Kind: site.TextSection, Text: s.Text.ID, Section: s.Index}), Words: c.sectionTitle(s, c.page.Lang)}
	if s.Role == site.Headed {
		l.Number = s.Number
	}
	return l
}

// sectionTitle is the section's heading in the language, else in another; a
// section without one is named by what it is.
func (c context) sectionTitle(s *site.Section, lang int) Words {
	for l := range site.InTurn(lang, len(c.site.Langs)) {
		if s.Titles[l] != "" {
			return c.words(s.Titles[l], l)
		}
	}
	switch s.Role {
	case site.Preamble:
		return c.said(lang, "preamble")
	case site.Closing:
		return c.said(lang, "closing")
	case site.Gone:
		return c.said(lang, "passage", "Number", s.Number)
	}
	return c.said(lang, "part", "Number", s.Number)
}

// cite says how the version in the column is cited, in the interface language;
// the version's own name is marked as words of another language.
func (c context) cite(t *site.Text, col Column, name string) Citation {
	const language = "\ue000" // stands for the name while the rest is escaped
	title := t.Versions[c.page.Lang].Title
	date, version := c.ui.Date(t.Versions[col.lang].Doc.Meta.Date), ""
	if r := c.site.Revision(t); r != nil && r.Date != "" {
		date, version = "", c.ui.Date(r.Date)
	}
	say := func(language, number, section, url string) string {
		return c.T("cite", "Title", title, "Language", language, "Status", col.Status,
			"Date", date, "Version", version, "Number", number, "Section", section, "URL", url)
	}
	section := ""
	if name != title && c.page.Section != nil {
		section = name
	}
	page := esc(say(language, "", section, c.site.Abs(c.page.Path)))
	marked := `<span lang="` + esc(col.Lang) + `">` + esc(col.Name) + "</span>"
	return Citation{
		N: col.N, Code: col.Code,
		Page:    raw(strings.ReplaceAll(page, language, marked)),
		Passage: say(col.Name, "{n}", "", "{url}"),
	}
}

// languageNames joins the columns' names as the page's language joins a list.
func (c context) languageNames(cols Columns) string {
	names := make([]string, len(cols.List))
	for i, col := range cols.List {
		names[i] = col.Name
	}
	return strings.Join(names, c.T("list-comma"))
}
