package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/pack"
	"stele/build/site"
)

// epub is a text as a book of EPUB 3.3: a chapter for each section, in which the
// languages of a passage stand one below the other, and the glossary as an
// appendix, with links both ways.
func (m *Maker) epub(d *site.Download) ([]byte, error) {
	w := &epubWriter{Maker: m, text: d.Text, langs: d.Langs, ui: m.UIs[d.Langs[0]], files: map[*site.Section]string{}, concepts: map[string][]*site.Passage{}, notes: map[string]*site.Section{}, pictureOf: map[string]string{}}
	for _, s := range d.Text.Sections {
		w.files[s] = "section-" + strconv.Itoa(s.Index+1) + ".xhtml"
	}
	for p := range passages(d.Text) {
		seen := map[string]bool{}
		for _, l := range d.Langs {
			for _, b := range p.Cells[l].Blocks {
				for _, n := range b.Notes {
					w.notes[w.noteID(l, n.Number)] = p.Section
				}
				for _, t := range b.Terms {
					if !seen[t.Concept] {
						seen[t.Concept] = true
						w.concepts[t.Concept] = append(w.concepts[t.Concept], p)
					}
				}
			}
		}
	}
	files := []pack.File{
		{Name: "mimetype", Data: []byte("application/epub+zip"), Stored: true},
		{Name: "META-INF/container.xml", Data: []byte(xmlHead + `<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">` + "\n" +
			` <rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>` + "\n</container>\n")},
	}
	add := func(name, data string) { files = append(files, pack.File{Name: "book/" + name, Data: []byte(data)}) }
	add("title.xhtml", w.titlePage())
	for _, s := range d.Text.Sections {
		add(w.files[s], w.section(s))
	}
	if len(w.concepts) > 0 {
		add(glossaryFile, w.glossary())
	}
	add("nav.xhtml", w.nav())
	add("book.css", epubStyle)
	add("package.opf", w.opf())
	for _, p := range w.pictures {
		files = append(files, pack.File{Name: "book/" + p.name, Data: p.data, Stored: true})
	}
	return m.zip(files)
}

const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	glossaryFile = "glossary.xhtml"
)

type epubWriter struct {
	*Maker
	text     *site.Text
	langs    []int
	ui       UI
	files    map[*site.Section]string
	concepts map[string][]*site.Passage // that are named, by id, and where

	notes map[string]*site.Section // by id

	pictures  []bookPicture
	pictureOf map[string]string // the name in the book by the path on the site; empty for none
	shown     map[string]bool   // the pictures of the passage so far that stand by themselves
	// undescribed tells that a picture has no words for those who do not see it.
	undescribed bool

	b     strings.Builder
	here  *site.Section
	links []site.Target
}

// bookPicture is a picture with its name in the book.
type bookPicture struct {
	picture
	name string
}

func (w *epubWriter) first() site.Lang { return w.Site.Langs[w.langs[0]] }

// langAttrs says that an element is in the language.
func (w *epubWriter) langAttrs(l int) string {
	tag := w.Site.Langs[l].Tag
	s := ` lang="` + escape(tag) + `" xml:lang="` + escape(tag) + `"`
	if dir := lang.Of(tag).Direction(); dir != "" {
		s += ` dir="` + dir + `"`
	} else if lang.Of(w.first().Tag).RightToLeft {
		s += ` dir="ltr"`
	}
	return s
}

// page is an XHTML file.
func (w *epubWriter) page(title, kind, body string) string {
	return xmlHead + `<!DOCTYPE html>` + "\n" + `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"` + w.langAttrs(w.langs[0]) + ">\n" +
		"<head><title>" + escape(title) + `</title><link rel="stylesheet" type="text/css" href="book.css"/></head>` + "\n" +
		`<body epub:type="` + kind + `">` + "\n" + body + "</body>\n</html>\n"
}

func (w *epubWriter) titlePage() string {
	var b strings.Builder
	for i, l := range w.langs {
		tag := "p"
		if i == 0 {
			tag = "h1"
		}
		b.WriteString("<" + tag + ` class="title"` + w.langAttrs(l) + ">" + escape(w.text.Versions[l].Title) + "</" + tag + ">\n")
	}
	for _, l := range w.langs {
		b.WriteString(`<div class="about"` + w.langAttrs(l) + ">")
		for _, fact := range w.about(w.text, l) {
			b.WriteString("<p>" + escape(fact) + "</p>")
		}
		b.WriteString("</div>\n")
	}
	return w.page(w.text.Versions[w.langs[0]].Title, "frontmatter", `<section epub:type="titlepage">`+"\n"+b.String()+"</section>\n")
}

// sectionTitle is the heading of a section in the first language that has one,
// or what the section is.
func (w *epubWriter) sectionTitle(s *site.Section) (string, int) {
	for _, l := range w.langs {
		if s.Titles[l] != "" {
			return s.Titles[l], l
		}
	}
	switch s.Role {
	case site.Preamble:
		return w.ui.T("preamble"), w.langs[0]
	case site.Closing:
		return w.ui.T("closing"), w.langs[0]
	}
	return w.ui.T("part", "Number", s.Number), w.langs[0]
}

func (w *epubWriter) section(s *site.Section) string {
	w.b.Reset()
	w.here = s
	title, l := w.sectionTitle(s)
	headed := false // by a passage of its own
	for i, p := range s.Passages {
		if p.Empty() {
			continue
		}
		heading := false
		for _, l := range w.langs {
			for _, b := range p.Cells[l].Blocks {
				heading = heading || b.Kind == doc.Heading
			}
		}
		if i == 0 && !heading {
			w.b.WriteString("<h1" + w.langAttrs(l) + ">" + escape(title) + "</h1>\n")
			headed = true
		}
		class := "passage"
		if heading {
			class = "heading"
		}
		w.shown = map[string]bool{}
		w.b.WriteString(`<div class="` + class + `" id="` + escape(p.Anchor()) + `">` + "\n")
		if !heading {
			w.b.WriteString(`<p class="number">` + escape(p.Number) + "</p>\n")
		}
		real := !headed || i > 0
		for _, l := range w.langs {
			if len(p.Cells[l].Blocks) == 0 {
				continue
			}
			w.b.WriteString("<div" + w.langAttrs(l) + ">\n")
			for _, b := range p.Cells[l].Blocks {
				level := ""
				if b.Kind == doc.Heading && real {
					level, real = "2", false
					if !headed {
						level, headed = "1", true
					}
				}
				w.block(b, l, level)
			}
			w.b.WriteString("</div>\n")
		}
		w.b.WriteString("</div>\n")
	}
	return w.page(title, "bodymatter", `<section epub:type="chapter" role="doc-chapter">`+"\n"+w.b.String()+"</section>\n")
}

// block writes a block and, after it, its notes. level is that of a heading that
// is one for programs too; of several languages only the first has such.
func (w *epubWriter) block(b *site.Block, l int, level string) {
	w.links = w.Site.Links(b)
	end := ""
	for i, c := range b.Within {
		if c.Kind == doc.Quote {
			w.b.WriteString("<blockquote>")
			end = "</blockquote>" + end
		} else if c.Kind == doc.Remark {
			w.b.WriteString(`<div class="box">`)
			end = "</div>" + end
			if label := w.remarkLabel(c, l); label != "" {
				w.b.WriteString(`<p class="box-title">` + escape(label) + "</p>")
			}
		} else if i < len(b.Within)-1 || b.Kind != doc.Item {
			w.b.WriteString(`<div class="in">`)
			end = "</div>" + end
		}
	}
	wrap := func(open, close string) {
		w.b.WriteString(open)
		w.inlines(b, b.Inlines, l, false)
		w.b.WriteString(close)
	}
	switch b.Kind {
	case doc.Heading:
		if level == "" {
			wrap(`<p class="h">`, "</p>")
		} else {
			wrap("<h"+level+">", "</h"+level+">")
		}
	case doc.Item:
		if n := len(b.Within); n > 0 && b.Within[n-1].Kind == doc.Numbers {
			class := ""
			if b.Within[n-1].Paren {
				class = ` class="paren"`
			}
			wrap("<ol"+class+` start="`+strconv.Itoa(b.Within[n-1].Number)+`"><li>`+taskMark(b.Block), "</li></ol>")
		} else {
			wrap("<ul><li>"+taskMark(b.Block), "</li></ul>")
		}
	case doc.Code:
		wrap("<pre><code>", "</code></pre>")
	case doc.Break:
		w.b.WriteString("<hr/>")
	case doc.Term:
		wrap(`<p class="dt">`, "</p>")
	case doc.Definition:
		wrap(`<p class="dd">`, "</p>")
	case doc.Table:
		w.b.WriteString("<table>")
		for _, r := range b.Rows {
			tag := "td"
			if r.Head {
				tag = "th"
			}
			w.b.WriteString("<tr>")
			for _, c := range r.Cells {
				w.b.WriteString("<" + tag + ">")
				w.inlines(b, c.Inlines, l, false)
				w.b.WriteString("</" + tag + ">")
			}
			w.b.WriteString("</tr>")
		}
		w.b.WriteString("</table>")
	default:
		if n, ok := alone(b); ok && w.again(n, w.links) {
			w.b.WriteString(`<p class="caption">` + escape(n.Alt) + "</p>")
		} else {
			wrap("<p>", "</p>")
		}
	}
	w.b.WriteString(end + "\n")
	for _, n := range b.Notes {
		id := w.noteID(l, n.Number)
		fmt.Fprintf(&w.b, `<aside epub:type="footnote" role="doc-footnote" id="note-%s"><p class="note-number"><a href="#ref-%s" role="doc-backlink">%d</a></p>`, id, id, n.Number)
		for _, nb := range n.Blocks {
			w.block(nb, l, "")
		}
		w.b.WriteString("</aside>\n")
	}
}

func (w *epubWriter) noteID(l, n int) string {
	return w.Site.Langs[l].Code + "-" + strconv.Itoa(n)
}

func (w *epubWriter) inlines(b *site.Block, inlines []doc.Inline, l int, linked bool) {
	wrap := func(tag string, children []doc.Inline) {
		w.b.WriteString("<" + tag + ">")
		w.inlines(b, children, l, linked)
		w.b.WriteString("</" + tag + ">")
	}
	next := func() site.Target {
		if len(w.links) == 0 {
			return site.Target{}
		}
		t := w.links[0]
		w.links = w.links[1:]
		return t
	}
	for _, n := range inlines {
		switch n := n.(type) {
		case *doc.Text:
			w.run(b, n, linked)
		case *doc.Space:
			w.b.WriteByte(' ')
		case *doc.LineBreak:
			w.b.WriteString("<br/>")
		case *doc.Styled:
			wrap([...]string{doc.Emphasis: "em", doc.Strong: "strong", doc.Strike: "del", doc.Sub: "sub", doc.Sup: "sup", doc.Key: "kbd", doc.Underline: "u", doc.Marked: "span"}[n.Style], n.Inlines)
		case *doc.CodeSpan:
			was := linked
			linked = true
			wrap("code", n.Inlines)
			linked = was
		case *doc.Image:
			w.image(next(), n)
		case *doc.NoteRef:
			id := w.noteID(l, n.Number)
			anchor := ""
			if slices.ContainsFunc(b.Notes, func(x site.Note) bool { return x.Number == n.Number }) {
				anchor = ` id="ref-` + id + `"`
			}
			fmt.Fprintf(&w.b, `<a%s epub:type="noteref" role="doc-noteref" href="%s#note-%s">%d</a>`, anchor, w.noteFile(l, n.Number), id, n.Number)
		case *doc.ConceptLink:
			next()
			c := w.Site.Concept(n.ID)
			open := c != nil && w.concepts[c.ID] != nil
			if open {
				w.b.WriteString(`<a class="term" href="` + glossaryFile + "#c-" + escape(c.ID) + `">`)
			}
			if len(n.Inlines) == 0 {
				w.b.WriteString(escape(w.conceptName(n.ID, l)))
			}
			w.inlines(b, n.Inlines, l, true)
			if open {
				w.b.WriteString("</a>")
			}
		case *doc.Link:
			href := w.href(next(), l)
			if href != "" {
				w.b.WriteString(`<a href="` + escape(href) + `">`)
			}
			w.inlines(b, n.Inlines, l, true)
			if href != "" {
				w.b.WriteString("</a>")
			}
		}
	}
}

// alone returns the image that is all of a block.
func alone(b *site.Block) (*doc.Image, bool) {
	if len(b.Inlines) != 1 {
		return nil, false
	}
	n, ok := b.Inlines[0].(*doc.Image)
	return n, ok
}

// again reports whether a picture that stands by itself was shown for another
// language of the passage. Its words in this language are enough then.
func (w *epubWriter) again(n *doc.Image, links []site.Target) bool {
	if len(links) == 0 || strings.TrimSpace(n.Alt) == "" || w.inBook(links[0]) == "" {
		return false
	}
	file := links[0].File
	was := w.shown[file]
	w.shown[file] = true
	return was
}

// inBook puts a picture into the book, once, and returns its name there; none if
// a book cannot hold it.
func (w *epubWriter) inBook(t site.Target) string {
	name, seen := w.pictureOf[t.File]
	if !seen {
		if p, ok := w.picture(t); ok {
			name = "pictures/" + strconv.Itoa(len(w.pictures)+1) + "." + p.kind
			w.pictures = append(w.pictures, bookPicture{p, name})
		}
		w.pictureOf[t.File] = name
	}
	return name
}

// image writes a picture, or the words that describe it.
func (w *epubWriter) image(t site.Target, n *doc.Image) {
	name := w.inBook(t)
	if name == "" {
		w.b.WriteString("[" + escape(n.Alt) + "]")
		return
	}
	w.undescribed = w.undescribed || strings.TrimSpace(n.Alt) == ""
	title := ""
	if n.Title != "" {
		title = ` title="` + escape(n.Title) + `"`
	}
	w.b.WriteString(`<img src="` + name + `" alt="` + escape(n.Alt) + `"` + title + "/>")
}

// noteFile is the file of a version's note, empty for the one being written.
func (w *epubWriter) noteFile(l, number int) string {
	s := w.notes[w.noteID(l, number)]
	if s == nil || s == w.here {
		return ""
	}
	return w.files[s]
}

// run writes a run of text; the first use of a concept in the section leads to
// the glossary.
func (w *epubWriter) run(b *site.Block, n *doc.Text, linked bool) {
	done := 0
	first, _ := slices.BinarySearchFunc(b.Terms, n.Off, func(t site.Term, off int) int { return cmp.Or(cmp.Compare(t.End, off), -1) })
	for _, t := range b.Terms[first:] {
		if t.Start >= n.End() {
			break
		}
		if linked || !t.Linked || t.Start < n.Off || t.End > n.End() {
			continue
		}
		w.b.WriteString(escape(n.S[done:t.Start-n.Off]) + `<a class="term" href="` + glossaryFile + "#c-" + escape(t.Concept) + `">` + escape(n.S[t.Start-n.Off:t.End-n.Off]) + "</a>")
		done = t.End - n.Off
	}
	w.b.WriteString(escape(n.S[done:]))
}

// href is where a link leads in the book, or out of it.
func (w *epubWriter) href(t site.Target, l int) string {
	switch {
	case t.URL != "":
		return t.URL
	case t.Page.Text == w.text.ID:
		p := w.text.Passage(strings.TrimPrefix(t.Fragment, "p"))
		if p == nil || p.Empty() {
			return ""
		}
		if p.Section == w.here {
			return "#" + p.Anchor()
		}
		return w.files[p.Section] + "#" + p.Anchor()
	case t.Page.Kind == site.ConceptPage && w.concepts[t.Page.ID] != nil:
		return glossaryFile + "#c-" + t.Page.ID
	case t.Page != (site.Key{}) && w.Site.BaseURL != "":
		if p := w.Site.Page(t.Page, l); p != nil {
			s := w.Site.Abs(p.Path)
			if t.Fragment != "" {
				s += "#" + t.Fragment
			}
			return s
		}
	case t.File != "" && w.Site.BaseURL != "":
		return w.Site.Abs(t.File)
	}
	return ""
}

// glossary is the concepts that the text names, with the passages that do.
func (w *epubWriter) glossary() string {
	var b strings.Builder
	title := w.ui.T("glossary")
	b.WriteString(`<section epub:type="glossary" role="doc-glossary">` + "\n<h1>" + escape(title) + "</h1>\n")
	for _, c := range w.Site.Concepts {
		uses := w.concepts[c.ID]
		if len(uses) == 0 {
			continue
		}
		b.WriteString(`<div class="concept" id="c-` + escape(c.ID) + `">` + "\n")
		for _, l := range w.langs {
			if n, ok := c.Preferred(w.Site.Langs[l].Code); ok {
				b.WriteString(`<p class="h"` + w.langAttrs(l) + ">" + escape(n.Text) + "</p>\n")
			}
		}
		for _, l := range w.langs {
			if s := strings.TrimSpace(c.Definition.In(w.Site.Langs[l].Code)); s != "" {
				b.WriteString("<p" + w.langAttrs(l) + ">" + escape(s) + "</p>\n")
			}
		}
		b.WriteString(`<p class="uses">`)
		for _, p := range uses {
			b.WriteString(`<a href="` + w.files[p.Section] + "#" + escape(p.Anchor()) + `">` + escape(p.Number) + "</a> ")
		}
		b.WriteString("</p>\n</div>\n")
	}
	b.WriteString("</section>\n")
	return w.page(title, "backmatter", b.String())
}

func (w *epubWriter) nav() string {
	var b strings.Builder
	title := w.ui.T("contents")
	b.WriteString(`<nav epub:type="toc" role="doc-toc" id="toc">` + "\n<h1>" + escape(title) + "</h1>\n<ol>\n")
	for _, s := range w.text.Sections {
		t, l := w.sectionTitle(s)
		if s.Role == site.Headed {
			t = s.Number + ". " + t
		}
		b.WriteString(`<li><a href="` + w.files[s] + `"` + w.langAttrs(l) + ">" + escape(t) + "</a></li>\n")
	}
	start := "title.xhtml"
	if len(w.text.Sections) > 0 {
		start = w.files[w.text.Sections[0]]
	} else { // a list of none is none
		b.WriteString(`<li><a href="` + start + `">` + escape(w.ui.T("read")) + "</a></li>\n")
	}
	marks := `<li><a epub:type="bodymatter" href="` + start + `">` + escape(w.ui.T("read")) + "</a></li>\n"
	if len(w.concepts) > 0 {
		b.WriteString(`<li><a href="` + glossaryFile + `">` + escape(w.ui.T("glossary")) + "</a></li>\n")
		marks += `<li><a epub:type="glossary" href="` + glossaryFile + `">` + escape(w.ui.T("glossary")) + "</a></li>\n"
	}
	b.WriteString("</ol>\n</nav>\n" + `<nav epub:type="landmarks" hidden="hidden">` + "\n<h2>" + escape(title) + "</h2>\n<ol>\n" + marks + "</ol>\n</nav>\n")
	return w.page(title, "frontmatter", b.String())
}

func (w *epubWriter) opf() string {
	x := newXML()
	tag := w.first().Tag
	attrs := []string{"xmlns", "http://www.idpf.org/2007/opf", "version", "3.0", "unique-identifier", "id", "xml:lang", tag}
	x.open("package", attrs...)
	x.open("metadata", "xmlns:dc", "http://purl.org/dc/elements/1.1/")
	key := w.text.ID
	for _, l := range w.langs {
		key += " " + w.Site.Langs[l].Code
	}
	x.leaf("dc:identifier", uuid(w.Site.Title[0]+"\x00"+w.Site.BaseURL+"\x00"+key), "id", "id")
	for _, l := range w.langs {
		x.leaf("dc:title", w.text.Versions[l].Title, "xml:lang", w.Site.Langs[l].Tag)
	}
	for _, l := range w.langs {
		x.leaf("dc:language", w.Site.Langs[l].Tag)
	}
	date := w.text.Date()
	if date != "" {
		x.leaf("dc:date", date)
	}
	for _, l := range w.langs {
		own := w.Site.Langs[l].Tag
		if s := w.Site.Publisher[l]; s != "" {
			x.leaf("dc:publisher", s, "xml:lang", own)
		}
		if s := w.Site.Licence[l]; s != "" {
			x.leaf("dc:rights", s, "xml:lang", own)
		}
		x.leaf("dc:description", w.Site.Langs[l].Name+w.UIs[l].T("colon")+w.status(w.text.Versions[l].Doc, l), "xml:lang", own)
		if s := w.text.Versions[l].Doc.Meta.Source; s != "" {
			x.leaf("dc:source", s, "xml:lang", own)
		}
	}
	x.leaf("meta", cmp.Or(date, "1980-01-01")+"T00:00:00Z", "property", "dcterms:modified")
	for _, a := range w.accessibility() {
		x.leaf("meta", a[1], "property", "schema:"+a[0])
	}
	x.close("metadata")
	x.open("manifest")
	item := func(id, file, properties string) {
		x.leaf("item", "", "id", id, "href", file, "media-type", "application/xhtml+xml", "properties", properties)
	}
	item("nav", "nav.xhtml", "nav")
	item("title", "title.xhtml", "")
	for _, s := range w.text.Sections {
		item("s"+strconv.Itoa(s.Index+1), w.files[s], "")
	}
	if len(w.concepts) > 0 {
		item("glossary", glossaryFile, "")
	}
	x.leaf("item", "", "id", "style", "href", "book.css", "media-type", "text/css")
	for i, p := range w.pictures {
		x.leaf("item", "", "id", "picture-"+strconv.Itoa(i+1), "href", p.name, "media-type", "image/"+p.kind)
	}
	x.close("manifest")
	direction := ""
	if lang.Of(tag).RightToLeft {
		direction = "rtl"
	}
	x.open("spine", "page-progression-direction", direction)
	x.leaf("itemref", "", "idref", "title")
	x.leaf("itemref", "", "idref", "nav")
	for _, s := range w.text.Sections {
		x.leaf("itemref", "", "idref", "s"+strconv.Itoa(s.Index+1))
	}
	if len(w.concepts) > 0 {
		x.leaf("itemref", "", "idref", "glossary")
	}
	x.close("spine")
	x.close("package")
	return x.String()
}

// accessibility is what libraries tell readers of the book.
func (w *epubWriter) accessibility() [][2]string {
	out := [][2]string{{"accessMode", "textual"}}
	sufficient := "textual"
	if len(w.pictures) > 0 {
		out = append(out, [2]string{"accessMode", "visual"})
		if w.undescribed {
			sufficient = "textual,visual"
		} else {
			out = append(out, [2]string{"accessibilityFeature", "alternativeText"})
		}
	}
	return append(out,
		[2]string{"accessModeSufficient", sufficient},
		[2]string{"accessibilityFeature", "structuralNavigation"},
		[2]string{"accessibilityFeature", "tableOfContents"},
		[2]string{"accessibilityFeature", "readingOrder"},
		[2]string{"accessibilityHazard", "none"},
		[2]string{"accessibilitySummary", w.ui.T("epub-accessibility")})
}

const epubStyle = `body { line-height: 1.5; margin: 0 4%; }
:lang(zh), :lang(ja) { line-height: 1.75; }
:lang(zh) em, :lang(ja) em { font-style: normal; text-emphasis: filled dot; -epub-text-emphasis: filled dot; }
h1, h2, .h { font-weight: bold; line-height: 1.3; margin: 1em 0 .4em; text-indent: 0; }
h1 { font-size: 1.4em; }
h2 { font-size: 1.15em; }
.title { font-size: 1.6em; font-weight: bold; text-align: center; margin: .8em 0; }
.about { font-size: .85em; margin: 1.5em 0; }
.about p { margin: .2em 0; }
.passage { margin: 1.2em 0; }
.passage p, .concept p { margin: .35em 0; }
.number, .note-number { color: #595959; font-size: .8em; margin: 0; }
.in { margin-left: 1.5em; }
.dd { margin-left: 1.5em; }
.dt { font-weight: bold; }
.term { color: inherit; text-decoration: underline dotted; }
[role="doc-noteref"] { font-size: .75em; vertical-align: super; line-height: 0; }
aside { font-size: .85em; margin: .5em 0 .5em 1.5em; }
aside .note-number, aside .note-number + p { display: inline; }
aside .note-number { margin-inline-end: .4em; }
table { border-collapse: collapse; margin: .6em 0; }
td, th { border: 1px solid #999; padding: .2em .4em; text-align: start; vertical-align: top; }
pre { white-space: pre-wrap; }
img { max-width: 100%; height: auto; }
td img { max-height: 12em; width: auto; }
.caption { font-size: .85em; color: #595959; }
@counter-style paren { system: extends decimal; suffix: ") "; }
.paren { list-style: paren; }
.concept { margin: 1.2em 0; }
.uses { font-size: .85em; }
`
