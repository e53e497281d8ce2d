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
	"stele/build/record"
	"stele/build/site"
	"stele/i18n"
	"stele/themes"
)

// The fixture is a small site with one of everything that pages show.

func text(s string) doc.Piece { return doc.Piece{Kind: doc.Text, S: s} }

func block(kind doc.Kind, s string) doc.Block {
	return doc.Block{Kind: kind, Text: s, Pieces: []doc.Piece{text(s)}}
}

func heading(level int, id, s string) doc.Block {
	b := block(doc.Heading, s)
	b.Level, b.ID = level, id
	return b
}

func item(s string, within ...doc.Container) doc.Block {
	b := block(doc.Item, s)
	b.Within = within
	return b
}

// mixed is a paragraph of several pieces; their offsets are set here.
func mixed(pieces ...doc.Piece) doc.Block {
	b := doc.Block{Kind: doc.Paragraph}
	for _, p := range pieces {
		if p.Kind == doc.Text {
			p.Off = len(b.Text)
			b.Text += p.S
		}
		b.Pieces = append(b.Pieces, p)
	}
	return b
}

var languages = []site.Lang{
	{Code: "ru", Tag: "ru", Name: "Русский"},
	{Code: "zh", Tag: "zh-Hans", Name: "中文"},
	{Code: "en", Tag: "en", Name: "English"},
}

// table aligns documents whose blocks correspond one to one; an empty
// paragraph stands for nothing.
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
			if b := d.Blocks[i]; b.Kind == doc.Paragraph && b.Text == "" {
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

func fixtureDoc(lang string, meta doc.Meta, blocks ...doc.Block) *doc.Document {
	return &doc.Document{Text: "law", Lang: lang, Path: "law/" + lang + ".md", Meta: meta, Blocks: blocks}
}

func fixtureSite(t testing.TB, change func(*site.Input)) *site.Site {
	t.Helper()
	bullets, second := doc.Container{Kind: doc.Bullets}, doc.Container{Kind: doc.Numbers, Number: 2}
	note := mixed(text("See"), doc.Piece{Kind: doc.NoteRef, Number: 1}, text(" and again"), doc.Piece{Kind: doc.NoteRef, Number: 1})
	note.Notes = []doc.Note{{Number: 1, Blocks: []doc.Block{block(doc.Paragraph, "The note.")}}}
	links := mixed(
		doc.Piece{Kind: doc.LinkOpen, Dest: "https://example.org/?a=1&b=2"}, text("out"), doc.Piece{Kind: doc.LinkClose},
		text(" "), doc.Piece{Kind: doc.LinkOpen, Dest: "#1.1"}, text("passage"), doc.Piece{Kind: doc.LinkClose},
		text(" "), doc.Piece{Kind: doc.LinkOpen, Dest: "concept:pact"}, text("by hand"), doc.Piece{Kind: doc.LinkClose},
		text(" "), doc.Piece{Kind: doc.LinkOpen, Dest: "javascript:alert(1)"}, text("bad"), doc.Piece{Kind: doc.LinkClose},
		doc.Piece{Kind: doc.Image, Dest: "seal.png", S: "the <seal>"},
	)
	cells := doc.Block{Kind: doc.Table, Text: "a b", Pieces: []doc.Piece{{Kind: doc.Markup, S: "<tbody><tr><td>"}, text("a"), {Kind: doc.Markup, S: "</td></tr></tbody>"}}}
	blocks := func(title, one, use, missing string) []doc.Block {
		return []doc.Block{
			heading(1, "law", title),
			block(doc.Paragraph, "Opening <script>alert(1)</script> & words."),
			heading(2, "one", one),
			block(doc.Paragraph, use),
			item("first", bullets),
			item("second", bullets, second),
			block(doc.Paragraph, missing),
			heading(4, "deep", "Deep"),
			note, links, cells,
			block(doc.Code, "  x := \"<y>\""),
			block(doc.Term, "term"), block(doc.Definition, "definition"),
			{Kind: doc.Paragraph, Text: "quoted", Pieces: []doc.Piece{text("quoted")}, Within: []doc.Container{{Kind: doc.Quote}, bullets}},
			{Kind: doc.Break},
			block(doc.Paragraph, "The end."),
		}
	}
	docs := []*doc.Document{
		fixtureDoc("ru", doc.Meta{Title: "Закон", Status: doc.Working, Date: "2015-07-10", Description: "О законе."}, blocks("Закон", "Раздел первый", "Совет и Союз — в городе.", "Только здесь.")...),
		fixtureDoc("zh", doc.Meta{Title: "法律", Status: doc.Working}, blocks("法律", "第一章", "理事会。", "")...),
		fixtureDoc("en", doc.Meta{Title: "The Law", Status: doc.Authentic, Source: "Gazette", Date: "2015-07-10"}, blocks("THE LAW OF THE LAND", "SECTION ONE", "The Council and the Union.", "")...),
	}
	tab := table(docs)
	tab.Rows = append(tab.Rows, record.Row{Number: "2.9", Row: align.Row{Blocks: [][]int{nil, nil, nil}}, Removed: true})
	patterns := map[string][]glossary.Pattern{}
	concepts := fixtureConcepts()
	for _, c := range concepts {
		for lang, names := range c.Names {
			for i, n := range names {
				patterns[lang] = append(patterns[lang], glossary.Pattern{Concept: c.ID, Name: i, Text: n.Text})
			}
		}
	}
	var matches [][][]glossary.Match
	for _, d := range docs {
		m := glossary.NewMatcher(d.Lang, patterns[d.Lang])
		var of [][]glossary.Match
		for _, b := range d.Blocks {
			of = append(of, m.Find(b.Text))
		}
		matches = append(matches, of)
	}
	short := []*doc.Document{
		{Text: "about", Lang: "ru", Path: "about/ru.md", Meta: doc.Meta{Title: "О законе", Status: doc.Editorial}, Blocks: []doc.Block{block(doc.Paragraph, "Без заголовка.")}},
		{Text: "about", Lang: "en", Path: "about/en.md", Meta: doc.Meta{Title: "About", Status: doc.Editorial}, Blocks: []doc.Block{block(doc.Paragraph, "No heading.")}},
	}
	in := site.Input{
		Langs: languages, Title: map[string]string{"ru": "Закон", "zh": "法律", "en": "Law"},
		Publisher: map[string]string{"ru": "Издатель"}, BaseURL: "https://example.org/edition/",
		Order: []string{"law"}, Concepts: concepts, Files: []string{"law/seal.png"},
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
