package render

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"

	"stele/build/doc"
	"stele/build/site"
)

// ChoicePage is the choice of language. It speaks all of them.
type ChoicePage struct {
	Frame
	Ways []Way // one for each language
}

// Way leads into the site in one language.
type Way struct {
	Words               // the site's title
	Name  string        // of the language, in the language
	Href  string        // the start page
	Enter template.HTML // what to do, in the language
	Note  template.HTML // a remark in the language; may be empty
}

func (c context) choice() ChoicePage {
	p := ChoicePage{Ways: c.ways("choice-enter", "")}
	p.Frame = c.frame(c.site.Title[0], c.T("choice-description"))
	for l, lang := range c.site.Langs {
		if q := c.site.Page(site.Key{Kind: site.Home}, l); q != nil {
			p.Alternates = append(p.Alternates, Alternate{lang.Tag, cmp.Or(c.site.Abs(q.Path), c.rel(q.Path))})
		}
	}
	p.Alternates = append(p.Alternates, Alternate{"x-default", cmp.Or(c.site.Abs("index.html"), "index.html")})
	p.OGType = "website"
	return p
}

// ways leads to the home of every language.
func (c context) ways(enter, note string) []Way {
	var out []Way
	for l, lang := range c.site.Langs {
		q := c.site.Page(site.Key{Kind: site.Home}, l)
		if q == nil {
			continue
		}
		w := Way{Words: c.words(c.site.Title[l], l), Name: lang.Name, Href: c.rel(q.Path), Enter: spoken(c.uis[l], lang.Tag, enter)}
		w.Lang = lang.Tag
		if note != "" {
			w.Note = spoken(c.uis[l], lang.Tag, note)
		} else if from := c.uis[l].Spoken(enter); from != "" && !sameSpeech(from, lang.Tag) {
			w.Enter = raw(esc(lang.Name)) // other words would speak of another language
		}
		out = append(out, w)
	}
	return out
}

// NotFoundPage answers unknown addresses, in all languages. A host serves it
// at any depth, so that its links are absolute where the base URL is known, and
// else those of a site at the root of its host.
type NotFoundPage struct {
	Frame
	Ways      []Way  // one for each language
	RootStyle string // the style sheet of a site at the root, where the base URL is not known
}

func (c context) notFound() NotFoundPage {
	p := NotFoundPage{Ways: c.ways("notfound-home", "notfound")}
	p.Frame = c.frame(c.T("notfound"), "")
	p.NoIndex, p.Canonical, p.URL = true, "", ""
	if c.site.BaseURL != "" {
		for i := range p.Ways {
			p.Ways[i].Href = c.site.BaseURL + p.Ways[i].Href
		}
		for _, asset := range []*string{&p.Style, &p.Script, &p.Icon} {
			*asset = c.site.BaseURL + *asset
		}
		return p
	}
	// Where the site stands is not known. Below a folder of it a relative address
	// is wrong wherever it stands; one from the root is right where most sites
	// stand. Style is kept for a site below a path, which has it at its own top.
	for i := range p.Ways {
		p.Ways[i].Href = "/" + p.Ways[i].Href
	}
	p.RootStyle = "/" + p.Style
	for _, asset := range []*string{&p.Script, &p.Icon} {
		*asset = "/" + *asset
	}
	return p
}

// MovedPage stands at an address that a page had before. It leads on, without a
// script too.
type MovedPage struct {
	Frame
	To Link // the page that it leads to
}

func (c context) moved() MovedPage {
	p := MovedPage{Frame: c.frame(c.T("moved"), "")}
	to := c.page.To
	p.Canonical, p.URL, p.NoIndex = cmp.Or(c.site.Abs(to.Path), c.rel(to.Path)), "", true
	p.To = Link{Href: c.rel(to.Path) + fragment(c.page.Fragment), Words: c.titleOf(to)}
	return p
}

// titleOf is what a page is called where another leads to it.
func (c context) titleOf(p *site.Page) Words {
	switch {
	case p.Section != nil:
		return c.sectionTitle(p.Section, c.page.Lang)
	case p.Text != nil:
		v := p.Text.Versions[c.page.Lang]
		return c.words(v.Title, v.TitleLang)
	case p.Concept != nil:
		return c.names(p.Concept)[0]
	case p.Folder != nil:
		return c.folderTitle(p.Folder)
	}
	return c.local(c.site.Title[c.page.Lang])
}

// HomePage is a language's start page.
type HomePage struct {
	Frame
	Titles   []Words       // the site's, in the other languages
	Rest     []Words       // more of them, where they are many
	Texts    []TextEntry   // all texts, in order; the first lies open with its sections. None where Entries has them
	Entries  []FolderEntry // texts and folders, where texts stand in folders or are many
	All      *Link         // to the list of all of them, where Entries are not all
	Terms    int           // how many concepts the glossary has
	Glossary *Link         // the glossary; nil where there is none
	Timeline *Link         // the time line; nil where there is none
}

// way links a page that the site has once in each language; nil where it has none.
func (c context) way(kind site.Kind, name string) *Link {
	href := c.href(site.Key{Kind: kind})
	if href == "" || !c.Renders(kind) {
		return nil
	}
	return &Link{Href: href, Words: c.local(name)}
}

// TextEntry is a text with its contents.
type TextEntry struct {
	Title       Words          // in the page's language, if the text has it
	Titles      []Words        // in the other languages
	Rest        []Words        // more of them, where they are many
	Description Words          // Text may be empty
	Href        string         // where the text is entered
	Full        string         // the whole text on one page; empty where that is Href
	Versions    []Version      // the page's language first
	Sections    []SectionEntry // empty where the text is one page
	Passages    int            // how many there are
}

// SectionEntry is a line of a table of contents.
type SectionEntry struct {
	Number  string        // "5"
	Href    string        // the section's page
	Title   Words         // of the section
	Others  []Words       // the title in the other languages
	Size    string        // how long it is, in words or characters
	Bar     template.HTML // how long it is beside the longest
	State   string        // empty without a record, and where nothing is behind
	Numbers string        // the first and last passage number
}

func (c context) home() HomePage {
	p := HomePage{Terms: len(c.site.Concepts)}
	description := ""
	texts := c.site.Texts
	if c.site.Filed() && c.Renders(site.FolderIndex) {
		all := c.site.Root.Entries
		p.Entries = c.entries(all[:min(len(all), site.HomeEntries)])
		if len(all) > site.HomeEntries {
			p.All = &Link{Href: c.href(c.site.Root.Key(0)), Words: c.local(c.T("texts", "Count", c.site.Root.Texts))}
		}
		texts = nil
	}
	for i, t := range texts {
		e := c.textEntry(t)
		if i == 0 {
			description = e.Description.Text
		}
		if i > 0 || t.Layout == doc.LayoutPage {
			e.Sections = nil // only the first text lies open on the start page
		}
		p.Texts = append(p.Texts, e)
	}
	p.Glossary = c.way(site.GlossaryIndex, c.T("glossary"))
	p.Timeline = c.way(site.Timeline, c.T("timeline"))
	for _, l := range c.order()[1:] {
		p.Titles = append(p.Titles, c.words(c.site.Title[l], l))
	}
	p.Titles, p.Rest = few(apart(c.site.Title[c.page.Lang], p.Titles))
	p.Frame = c.frame(c.site.Title[c.page.Lang], description)
	p.OGType = "website"
	p.LD = c.homeLD()
	return p
}

// ContentsPage is a text's table of contents.
type ContentsPage struct {
	Frame
	Version *VersionLine // which version this is; nil where the text has one only
	Text    TextEntry    // the text with its sections
}

func (c context) contents() ContentsPage {
	e := c.textEntry(c.page.Text)
	p := ContentsPage{Text: e, Version: c.versionLine()}
	p.Frame = c.frame(e.Title.Text, e.Description.Text)
	p.LD = c.textLD(c.page.Text, nil, e.Title.Text)
	return p
}

func (c context) textEntry(t *site.Text) TextEntry {
	v := t.Versions[c.page.Lang]
	e := TextEntry{
		Title: c.words(v.Title, v.TitleLang), Versions: c.versions(t),
		Href: c.href(site.ContentsKey(t)), Full: c.href(site.Key{Kind: site.TextFull, Text: t.ID}),
	}
	for _, l := range c.order() {
		if l != c.page.Lang && t.Versions[l].Doc != nil {
			e.Titles = append(e.Titles, c.words(t.Versions[l].Title, t.Versions[l].TitleLang))
		}
	}
	e.Titles, e.Rest = few(apart(e.Title.Text, e.Titles))
	for _, l := range c.order() {
		if d := t.Versions[l].Doc; d != nil && d.Meta.Description != "" {
			e.Description = c.words(d.Meta.Description, l)
			break
		}
	}
	lang := v.TitleLang // whose lengths are shown: the page's, if it has a version
	if v.Doc != nil {
		lang = c.page.Lang
	}
	longest, units := 1, make([]int, len(t.Sections))
	for i, s := range t.Sections {
		units[i] = s.Units(lang)
		longest = max(longest, units[i])
		for _, p := range s.Passages {
			if !p.Opens && !p.Empty() {
				e.Passages++
			}
		}
	}
	for _, part := range t.In(c.page.Lang) {
		s, i := part.Section, part.Section.Index
		x := SectionEntry{
			Href:  c.href(site.Key{Kind: site.TextSection, Text: t.ID, Section: s.Index}),
			Title: c.sectionTitle(s, c.page.Lang), Size: c.units(units[i], lang),
			Bar: bar(units[i], longest),
		}
		if s.Role == site.Headed {
			x.Number = s.Number
		}
		for _, l := range c.order() {
			if l != c.page.Lang && t.Versions[l].Doc != nil {
				x.Others = append(x.Others, c.sectionTitle(s, l))
			}
		}
		if x.Others = apart(x.Title.Text, x.Others); len(x.Others) > mostOthers {
			x.Others = x.Others[:1]
		}
		if s.Followed >= 0 && s.Followed < 1 {
			x.State = c.T("followed", "Percent", c.ui.Percent(s.Followed))
		}
		e.Sections = append(e.Sections, x)
	}
	return e
}

// mostOthers is in how many other languages the contents say a title; where there
// are more, one says it.
const mostOthers = 2

// mostTitles is how many titles in other languages stand below a title; where there
// are more, as many stand there as columns are shown, and the rest is folded away.
const mostTitles = 7

func few(titles []Words) (shown, rest []Words) {
	if len(titles) <= mostTitles {
		return titles, nil
	}
	return titles[:mostOthers], titles[mostOthers:]
}

// apart leaves out what is said already: a language that has no title of its own
// is given another's, which would stand there twice.
func apart(first string, others []Words) []Words {
	said := map[string]bool{first: true}
	return slices.DeleteFunc(others, func(w Words) bool {
		again := said[w.Text]
		said[w.Text] = true
		return again
	})
}

// bar draws a share as a quiet line. It says nothing that the words beside it
// do not say.
func bar(n, of int) template.HTML {
	width := strconv.Itoa((n*1000+of/2)/of/10) + "." + strconv.Itoa((n*1000+of/2)/of%10)
	return raw(`<svg class="bar" aria-hidden="true" focusable="false" width="100%" height="4"><rect width="` + width + `%" height="4"/></svg>`)
}
