package render

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"stele/build/align"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/site"
	files "stele/build/source"
	"stele/i18n"
	"stele/themes"
)

// The fixture is a small site with one of everything that pages show.

// parse parses a language version as the conductor does.
func parse(name, lang, data string) *doc.Document {
	d, _ := markdown.Parse(files.File{Path: name + "/" + lang + ".md", Text: name, Lang: lang, Tag: lang, Data: data})
	return d
}

// nothing is a paragraph that stands for no block of its language.
const nothing = "∅"

var languages = []site.Lang{
	{Code: "ru", Tag: "ru", Name: "Русский"},
	{Code: "zh", Tag: "zh-Hans", Name: "中文"},
	{Code: "en", Tag: "en", Name: "English"},
}

// table aligns documents whose blocks correspond one to one.
func table(docs []*doc.Document) *record.Table {
	t := &record.Table{}
	in := make([]align.Input, len(docs))
	for i, d := range docs {
		t.Langs = append(t.Langs, d.Lang)
		in[i].Doc = d
	}
	section, n := 0, 0
	for i := range docs[0].Blocks {
		r := record.Row{Row: align.Row{Confidence: 1}}
		first := docs[0].Blocks[i]
		for _, d := range docs {
			if b := d.Blocks[i]; b.Text == nothing {
				r.Blocks = append(r.Blocks, nil)
			} else {
				r.Blocks = append(r.Blocks, []int{i})
			}
		}
		switch {
		case first.Kind == doc.Heading && first.Level == 1:
			r.Number, r.Opens = "0", record.OpensText
		case first.Kind == doc.Heading && first.Level == 2 || first.Kind == doc.Break:
			section, n = section+1, 0
			r.Number, r.Opens = fmt.Sprint(section), record.OpensSection
			if first.Kind == doc.Break {
				r.Opens = record.OpensPart
			}
		default:
			n++
			r.Number = fmt.Sprintf("%d.%d", section, n)
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func localName(text string, kind glossary.NameKind, status glossary.NameStatus) glossary.Name {
	return glossary.Name{Text: text, Kind: kind, Status: status, Reliability: glossary.Confirmed, Source: "Charter, article 1"}
}

func fixtureConcepts() []*glossary.Concept {
	return []*glossary.Concept{
		{
			ID: "council", Group: "bodies", Class: glossary.Body, Parent: "union", Related: []string{"pact"},
			Names: map[string][]glossary.Name{
				"ru": {localName("Совет", glossary.Full, glossary.Preferred)},
				"zh": {localName("理事会", glossary.Full, glossary.Preferred)},
				"en": {localName("Council", glossary.Full, glossary.Preferred), localName("CNL", glossary.Abbreviation, glossary.Admitted), localName("Board", glossary.Variant, glossary.Superseded)},
			},
			Definition: glossary.Local{"ru": "Орган.", "zh": "机构。", "en": "A body."},
			Source:     glossary.Local{"": "Charter"},
		},
		{
			ID: "union", Group: "bodies", Class: glossary.Body,
			Names:      map[string][]glossary.Name{"ru": {localName("Союз", glossary.Full, glossary.Preferred)}, "en": {localName("Union", glossary.Full, glossary.Preferred)}},
			Definition: glossary.Local{"en": "A <b>union</b> & more."},
		},
		{
			ID: "pact", Group: "treaties", Class: glossary.Treaty,
			Names: map[string][]glossary.Name{
				"ru": {localName("Пакт", glossary.Full, glossary.Preferred)},
				"zh": {localName("公约", glossary.Full, glossary.Preferred)},
				"en": {localName("Pact", glossary.Full, glossary.Preferred)},
			},
			Definition: glossary.Local{"ru": "Договор.", "zh": "条约。", "en": "A treaty."},
			Facts: []glossary.Fact{
				{Key: glossary.Signed, Date: glossary.Date{Year: 2001, Month: 6, Day: 15}},
				{Key: glossary.InForce, Date: glossary.Date{Year: 2003}},
				{Key: glossary.Period, Date: glossary.Date{Year: 2003}, To: glossary.Date{Year: 2033}},
				{Key: glossary.Ended, Date: glossary.Date{Year: 2030, Month: 2}},
				{Key: glossary.Place, Text: glossary.Local{"ru": "Город", "zh": "城市", "en": "City"}},
			},
			Notes: []glossary.Note{{Date: glossary.Date{Year: 2031}, Text: glossary.Local{"en": "It ended."}, Source: glossary.Local{"": "Gazette"}}},
		},
	}
}

// fixtureText is a version of the fixture's text: its front matter, and what
// differs in its body.
func fixtureText(meta, title, one, use, missing string) string {
	return fmt.Sprintf(`---
%s
---
# %s {#law}

Opening <script>alert(1)</script> & words.

## %s {#one}

%s

- first

  2. second

%s

#### Deep {#deep}

See[^1] and again[^1]

[out](https://example.org/?a=1&b=2) [passage](#1.1) [[pact|by hand]] [bad](https://example.org/bad)![the \<seal>](seal.png)

| of  |
|-----|
| a   |

%s

term
: definition

> - quoted item
>
>   quoted

* * *

The end.

[^1]: The note.
`, meta, title, one, use, missing, "```\n  x := \"<y>\"\n```")
}

func fixtureSite(t testing.TB, change func(*site.Input)) *site.Site {
	t.Helper()
	docs := []*doc.Document{
		parse("law", "ru", fixtureText("title: Закон\nstatus: working-translation\ndate: 2015-07-10\ndescription: О законе.", "Закон", "Раздел первый", "Совет и Союз — в городе.", "Только здесь.")),
		parse("law", "zh", fixtureText("title: 法律\nstatus: working-translation", "法律", "第一章", "理事会。", nothing)),
		parse("law", "en", fixtureText("title: The Law\nstatus: authentic\nsource: Gazette\ndate: 2015-07-10", "THE LAW OF THE LAND", "SECTION ONE", "The Council and the Union.", nothing)),
	}
	for _, d := range docs {
		for i := range d.Blocks {
			for n := range d.Blocks[i].Walk() {
				// The parser refuses such an address; the renderer relies on nobody.
				if link, ok := n.(*doc.Link); ok && link.Dest == "https://example.org/bad" {
					link.Dest = "javascript:alert(1)"
				}
			}
		}
	}
	tab := table(docs)
	tab.Rows = append(tab.Rows, record.Row{Number: "2.9", Row: align.Row{Blocks: [][]int{nil, nil, nil}}, Removed: true, Published: true})
	var matches [][][]glossary.Match
	for _, d := range docs {
		matches = append(matches, fixtureMatches(d))
	}
	short := []*doc.Document{
		parse("about", "ru", "---\ntitle: О законе\nstatus: editorial\n---\nБез заголовка.\n"),
		parse("about", "en", "---\ntitle: About\nstatus: editorial\n---\nNo heading.\n"),
	}
	in := site.Input{
		Langs: languages, Title: map[string]string{"ru": "Закон", "zh": "法律", "en": "Law"},
		Publisher: map[string]string{"ru": "Издатель"}, BaseURL: "https://example.org/edition/",
		Order: []string{"law"}, Concepts: fixtureConcepts(), Files: []string{"law/seal.png"}, Options: site.Options{Downloads: site.Formats},
		Texts: []site.TextInput{
			{ID: "law", Docs: docs, Table: tab, Matches: matches},
			{ID: "about", Docs: short, Table: table(short)},
		},
	}
	if change != nil {
		change(&in)
	}
	s, _ := site.Assemble(in)
	return s
}

func renderer(t testing.TB, s *site.Site) *Renderer {
	t.Helper()
	messages, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	uis := make([]UI, len(s.Langs))
	for i, l := range s.Langs {
		uis[i] = messages.UI(l.Code)
	}
	theme, err := Parse(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	return theme.For(s, uis)
}

// page renders the page at the path and parses it.
func page(t testing.TB, r *Renderer, path string) *html.Node {
	t.Helper()
	n, err := html.Parse(bytes.NewReader(source(t, r, path)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func source(t testing.TB, r *Renderer, path string) []byte {
	t.Helper()
	for _, p := range r.site.Pages {
		if p.Path != path {
			continue
		}
		b, err := r.Page(p)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	t.Fatalf("no page %q", path)
	return nil
}

// find returns the elements that a selector names: tag, #id, .class and
// [attr], [attr=value] in any combination, and descendants by a space.
func find(n *html.Node, selector string) []*html.Node {
	steps := strings.Fields(selector)
	found := []*html.Node{n}
	for _, step := range steps {
		var next []*html.Node
		seen := map[*html.Node]bool{}
		for _, f := range found {
			for d := range f.Descendants() {
				if d.Type == html.ElementNode && !seen[d] && matches(d, step) {
					seen[d] = true
					next = append(next, d)
				}
			}
		}
		found = next
	}
	return found
}

func matches(n *html.Node, step string) bool {
	for step != "" {
		end := len(step)
		if step[0] == '[' {
			end = strings.IndexByte(step, ']') + 1
		} else if i := strings.IndexAny(step[1:], "#.["); i >= 0 {
			end = i + 1
		}
		part := step[:end]
		step = step[end:]
		switch part[0] {
		case '#':
			if attr(n, "id") != part[1:] {
				return false
			}
		case '.':
			if !strings.Contains(" "+attr(n, "class")+" ", " "+part[1:]+" ") {
				return false
			}
		case '[':
			key, value, exact := strings.Cut(part[1:len(part)-1], "=")
			if !has(n, key) || exact && attr(n, key) != value {
				return false
			}
		default:
			if n.Data != part {
				return false
			}
		}
	}
	return true
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// compressed is the size of b as a host sends it.
func compressed(t testing.TB, b []byte) int {
	t.Helper()
	var w bytes.Buffer
	z := gzip.NewWriter(&w)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return w.Len()
}

// fixtureMatches is where each block of a document names the fixture's concepts.
func fixtureMatches(d *doc.Document) [][]glossary.Match {
	var patterns []glossary.Pattern
	for _, c := range fixtureConcepts() {
		for i, n := range c.Names[d.Lang] {
			patterns = append(patterns, glossary.Pattern{Concept: c.ID, Name: i, Text: n.Text})
		}
	}
	m := glossary.NewMatcher(d.Lang, patterns)
	var found [][]glossary.Match
	for i := range d.Blocks {
		found = append(found, m.Find(d.Blocks[i].Text))
	}
	return found
}
