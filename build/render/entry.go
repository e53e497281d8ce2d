package render

import (
	"cmp"
	"html/template"
	"strconv"

	"stele/build/doc"
	"stele/build/site"
)

// choicePage is the choice of language. It speaks all of them.
type choicePage struct {
	frame
	Ways []way
}

// way leads into the site in one language.
type way struct {
	words        // the site's title
	Name  string // of the language, in the language
	Href  string
	Enter string // what to do, in the language
	Note  string
}

func (c context) choice() choicePage {
	p := choicePage{Ways: c.ways("choice-enter", "")}
	p.frame = c.frame(c.site.Title[0], c.T("choice-description"))
	for l, lang := range c.site.Langs {
		if q := c.site.Page(site.Key{Kind: site.Home}, l); q != nil {
			p.Alternates = append(p.Alternates, alternate{lang.Tag, cmp.Or(c.site.Abs(q.Path), c.rel(q.Path))})
		}
	}
	p.Alternates = append(p.Alternates, alternate{"x-default", cmp.Or(c.site.Abs("index.html"), "index.html")})
	p.OGType = "website"
	return p
}

// ways leads to the home of every language.
func (c context) ways(enter, note string) []way {
	var out []way
	for l, lang := range c.site.Langs {
		q := c.site.Page(site.Key{Kind: site.Home}, l)
		if q == nil {
			continue
		}
		w := way{words: c.words(c.site.Title[l], l), Name: lang.Name, Href: c.rel(q.Path), Enter: c.uis[l].T(enter)}
		w.Lang = lang.Tag
		if note != "" {
			w.Note = c.uis[l].T(note)
		}
		out = append(out, w)
	}
	return out
}

// notFoundPage answers unknown addresses, in all languages. A host serves it
// at any depth, so that its links are absolute where the base URL is known.
type notFoundPage struct {
	frame
	Ways []way
}

func (c context) notFound() notFoundPage {
	p := notFoundPage{Ways: c.ways("notfound-home", "notfound")}
	p.frame = c.frame(c.T("notfound"), "")
	p.NoIndex, p.Canonical, p.URL = true, "", ""
	if c.site.BaseURL != "" {
		for i := range p.Ways {
			p.Ways[i].Href = c.site.BaseURL + p.Ways[i].Href
		}
	}
	return p
}

// homePage is a language's start page.
type homePage struct {
	frame
	Titles []words // the site's, in the other languages
	Texts  []textEntry
	Terms  int
}

// textEntry is a text with its contents.
type textEntry struct {
	Title       words
	Titles      []words // in the other languages
	Description words
	Href        string
	Full        string
	Versions    []version
	Sections    []sectionEntry
	Passages    int
}

// sectionEntry is a line of a table of contents.
type sectionEntry struct {
	Number  string
	Href    string
	Title   words
	Others  []words
	Size    string
	Bar     template.HTML // how long it is beside the longest
	State   string        // empty without a record, and where nothing is behind
	Numbers string        // the first and last passage number
}

func (c context) home() homePage {
	p := homePage{Terms: len(c.site.Concepts)}
	description := ""
	for i, t := range c.site.Texts {
		e := c.textEntry(t)
		if i == 0 {
			description = e.Description.Text
		}
		if i > 0 || t.Layout == doc.LayoutPage {
			e.Sections = nil // only the first text lies open on the start page
		}
		p.Texts = append(p.Texts, e)
	}
	for _, l := range c.order()[1:] {
		p.Titles = append(p.Titles, c.words(c.site.Title[l], l))
	}
	p.frame = c.frame(c.site.Title[c.page.Lang], description)
	p.OGType = "website"
	p.LD = c.homeLD()
	return p
}

// contentsPage is a text's table of contents.
type contentsPage struct {
	frame
	Text textEntry
}

func (c context) contents() contentsPage {
	e := c.textEntry(c.page.Text)
	p := contentsPage{Text: e}
	p.frame = c.frame(e.Title.Text, e.Description.Text)
	p.LD = c.textLD(c.page.Text, nil, e.Title.Text)
	return p
}

func (c context) textEntry(t *site.Text) textEntry {
	v := t.Versions[c.page.Lang]
	e := textEntry{
		Title: c.words(v.Title, v.TitleLang), Versions: c.versions(t),
		Href: c.href(site.ContentsKey(t)), Full: c.href(site.Key{Kind: site.TextFull, Text: t.ID}),
	}
	for _, l := range c.order() {
		if l != c.page.Lang && t.Versions[l].Doc != nil {
			e.Titles = append(e.Titles, c.words(t.Versions[l].Title, t.Versions[l].TitleLang))
		}
	}
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
	for i, s := range t.Sections {
		x := sectionEntry{
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
		if s.Followed >= 0 && s.Followed < 1 {
			x.State = c.T("followed", "Percent", c.ui.Percent(s.Followed))
		}
		e.Sections = append(e.Sections, x)
	}
	return e
}

// bar draws a share as a quiet line. It says nothing that the words beside it
// do not say.
func bar(n, of int) template.HTML {
	width := strconv.Itoa((n*1000+of/2)/of/10) + "." + strconv.Itoa((n*1000+of/2)/of%10)
	return raw(`<svg class="bar" aria-hidden="true" focusable="false" width="100%" height="4"><rect width="` + width + `%" height="4"/></svg>`)
}
