package render

import "stele/build/site"

// SearchPage is where readers search. What is found is put into it by the
// script of the theme, which gets its words from here.
type SearchPage struct {
	Frame
	SearchStyle, FindScript, SearchScript string      // search.css, find.js and search.js, as links
	Code                                  string      // of the page's language in addresses
	Index                                 string      // the folder of the index
	Glossary                              string      // the glossary's index of names, for readers without scripts
	Columns                               Columns     // the reader's choice of languages
	Earlier                               []Link      // the versions of texts that have several
	Former                                bool        // earlier versions can be searched too
	Words                                 searchWords // what the script says, as JSON
}

// searchWords are what the script says. A message with a count is given for
// some numbers; the script chooses one by the plural rules of the language.
type searchWords struct {
	Found    []string    `json:"found"`  // passages, by counts
	UpTo     []string    `json:"upTo"`   // at most so many
	Counts   []int       `json:"counts"` // of which numbers
	Here     string      `json:"here"`   // in one text
	Nothing  string      `json:"nothing"`
	Looked   string      `json:"looked"`
	Changed  string      `json:"changed"`
	Mended   string      `json:"mended"`
	Alone    string      `json:"alone"`
	Avoided  string      `json:"avoided"`
	Missing  string      `json:"missing"`
	Failed   string      `json:"failed"`
	Seeking  string      `json:"seeking"`
	Passage  string      `json:"passage"`
	More     string      `json:"more"`
	Title    string      `json:"title"`
	Only     string      `json:"only"`
	Comma    string      `json:"comma"`
	Roles    []string    `json:"roles"` // of sections without a heading
	Columns  []searchCol `json:"columns"`
	Glossary string      `json:"glossary"` // folder of the concepts' pages
	Version  string      `json:"version,omitempty"`
}

type searchCol struct {
	N    int    `json:"n"`
	Code string `json:"code"`
	Lang string `json:"lang"`
	Dir  string `json:"dir"`
	Name string `json:"name"`
}

// pluralSamples are numbers among which every plural form of every language has
// one; the last stands for large ones.
var pluralSamples = []int{0, 1, 2, 3, 5, 6, 11, 20, 21, 100, 1000000}

// hole stands in a message where the script puts what the letter names.
func hole(letter string) string { return "{" + letter + "}" }

func (c context) search() SearchPage {
	p := SearchPage{
		Frame:       c.frame(c.T("search"), c.T("search-hint")),
		SearchStyle: c.rel(c.theme.asset("search.css")), FindScript: c.rel(c.theme.asset("find.js")), SearchScript: c.rel(c.theme.asset("search.js")),
		Code: c.site.Langs[c.page.Lang].Code, Index: c.rel("search/"),
		Glossary: c.href(site.Key{Kind: site.GlossaryIndex}),
		Columns:  c.columnsOf(nil),
	}
	p.Former = c.site.Outdated()
	for _, t := range c.site.Texts {
		if h := c.site.History(t.ID); h != nil && c.Renders(site.Versions) {
			v := t.Versions[c.page.Lang]
			p.Earlier = append(p.Earlier, Link{Href: c.href(site.VersionsKey(h)), Words: c.words(v.Short, v.TitleLang)})
		}
	}
	w := &p.Words
	for _, n := range pluralSamples {
		w.Counts = append(w.Counts, n)
		w.Found = append(w.Found, c.T("passages", "Count", n))
		w.UpTo = append(w.UpTo, c.T("search-up-to", "Count", n))
	}
	w.Nothing, w.Looked = c.T("search-nothing"), c.T("search-looked", "Query", hole("q"), "Languages", hole("l"))
	w.Changed, w.Mended = c.T("search-changed"), c.T("search-mended", "Query", hole("q"), "Other", hole("o"))
	w.Alone, w.Avoided, w.Missing = c.T("search-alone"), c.T("search-avoided"), c.T("passage-missing")
	w.Failed, w.Seeking, w.Here = c.T("search-failed"), c.T("search-seeking"), c.T("search-here")
	w.Passage, w.More = c.T("passage", "Number", hole("n")), c.T("more", "Number", hole("n"))
	w.Title, w.Only, w.Comma = c.T("search-title", "Query", hole("q")), c.T("search-only", "Text", hole("t")), c.T("list-comma")
	w.Roles = []string{"", c.T("preamble"), c.T("closing"), c.T("part", "Number", hole("n"))}
	w.Glossary = "glossary/"
	if p.Former {
		w.Version = c.T("history-of", "Date", hole("d"))
	}
	for _, col := range p.Columns.List {
		w.Columns = append(w.Columns, searchCol{col.N, col.Code, col.Lang, col.Dir, col.Name})
	}
	return p
}

// find fills in the search box of a page's header.
func (c context) find(f *Frame) {
	f.Search = c.href(site.Key{Kind: site.Search})
	if f.Search == "" || !c.Renders(site.Search) {
		f.Search = ""
		return
	}
	f.Find = c.rel(c.theme.asset("find.js"))
	if path := c.site.OpenSearchPath(c.page.Lang); path != "" {
		f.OpenSearch = c.rel(path)
	}
	if c.page.Text != nil && len(c.site.Texts) > 1 {
		f.SearchIn = c.page.Text.Slug
		if r := c.site.Revision(c.page.Text); r != nil {
			f.SearchIn = r.History.Text.Slug // it stands for its earlier versions
		}
	}
}
