// Package word writes Word documents (.docx, ISO 29500 Transitional): paragraphs
// of runs and pictures, tables, footnotes, a header and page numbers. It knows nothing of
// sites. The same document gives the same bytes.
package word

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"stele/build/pack"
)

// Document is a document to be written.
type Document struct {
	Title       string
	Description string
	Lang        Lang   // of what says nothing else
	Date        string // YYYY-MM-DD or empty
	Header      string // a line above every page
	Landscape   bool
	Blocks      []Block
	Notes       [][]Paragraph // footnotes, from number 1
}

// Block is a Paragraph or a *Table.
type Block interface{ block() }

// Paragraph is a paragraph.
type Paragraph struct {
	Style   Style
	Indent  int    // steps
	Marker  string // of an item of a list, as text
	Bullet  bool   // an item of a list that the program keeps
	Lang    Lang
	Center  bool
	Gap     bool     // room for a line below it
	Anchors []string // places that links lead to
	Runs    []Run

	afterTable bool
}

// Style is the look of a paragraph, by its name in the document.
type Style string

// The styles.
const (
	Normal   Style = ""
	Title    Style = "Title"
	Heading1 Style = "Heading1"
	Heading2 Style = "Heading2"
	Heading3 Style = "Heading3"
	Quote    Style = "Quote"
	Code     Style = "Code"
	Small    Style = "Small"
	Cover    Style = "SteleCover" // what is said of a text and is none of it
	Number   Style = "Number"     // of a passage, in a table
	Cell     Style = "CellText"   // in a table
	CellHead Style = "CellHead"
)

// CoverName is what Cover is called in a document. By it a document that comes back
// tells what of it is no text.
const CoverName = "Stele Cover"

// Lang is the language of a text.
type Lang struct {
	Tag         string // BCP 47
	EastAsian   bool
	RightToLeft bool
}

// Run is text of one look.
type Run struct {
	Text                       string
	Bold, Italic, Strike, Mono bool
	Sub, Sup, Underline        bool
	Out, In                    bool   // taken out of a text, put into it: struck and red, underlined and green
	Grey                       bool   // small and grey
	Hidden                     bool   // not shown
	Break                      bool   // a line end instead of text
	Tab                        bool   // a tab instead of text
	Note                       int    // the mark of a footnote instead of text
	URL                        string // leads out of the document
	Anchor                     string // leads to a place in it
	Picture                    *Picture
}

// Picture is a picture that stands in a line instead of text.
type Picture struct {
	Data          []byte
	Kind          string // of the file: "png" or "jpeg"
	Alt, Title    string
	Width, Height int // as it is shown, in twentieths of a point
}

// Table is a table.
type Table struct {
	Widths []int // of the columns, in twentieths of a point
	Heads  int   // rows at the top that every page repeats
	Plain  bool  // without lines
	// RightToLeft tells that the first column stands at the right.
	RightToLeft bool
	Rows        [][][]Block
}

func (Paragraph) block() {}
func (*Table) block()    {}

// PageWidth is the width between the margins, in twentieths of a point.
func PageWidth(landscape bool) int {
	if landscape {
		return a4Height - 2*margin
	}
	return a4Width - 2*margin
}

// PageHeight is the height between header and footer.
func PageHeight(landscape bool) int {
	if landscape {
		return a4Width - top - bottom
	}
	return a4Height - top - bottom
}

const (
	a4Width, a4Height = 11906, 16838
	margin            = 1134 // 20 mm
	top, bottom       = 1304, 1134
)

// The widths of what stands beside text, in twentieths of a point.
const (
	Step       = 425    // of indentation
	CellMargin = 2 * 85 // of both sides of a cell
)

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const spaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// drawings are the namespaces of pictures. They stand at the root, where some
// programs look for them only.
const drawings = ` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

// Bytes are the document as a file.
func (d *Document) Bytes() ([]byte, error) { return pack.Zip(d.Files()) }

// Files are the parts of the document's archive.
func (d *Document) Files() []pack.File {
	w := &writer{doc: d, mediaNames: map[[sha256.Size]byte]string{}}
	body, bodyRels := w.body(), w.rels
	notes, noteRels := w.notes(), w.rels
	files := []pack.File{
		{Name: "[Content_Types].xml", Data: []byte(contentTypes), Common: true},
		{Name: "_rels/.rels", Data: []byte(packageRels), Common: true},
		{Name: "word/document.xml", Data: []byte(body)},
		{Name: "word/_rels/document.xml.rels", Data: []byte(bodyRels.xml(documentRels))},
		{Name: "word/footnotes.xml", Data: []byte(notes)},
		{Name: "word/_rels/footnotes.xml.rels", Data: []byte(noteRels.xml(""))},
		{Name: "word/styles.xml", Data: []byte(d.styles()), Common: true},
		{Name: "word/settings.xml", Data: []byte(settings), Common: true},
		{Name: "word/numbering.xml", Data: []byte(numbering()), Common: true},
		{Name: "word/header1.xml", Data: []byte(w.header())},
		{Name: "word/footer1.xml", Data: []byte(head + "<w:ftr" + spaces + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>` + field("PAGE") + text(" / ") + field("NUMPAGES") + "</w:p></w:ftr>"), Common: true},
		{Name: "docProps/core.xml", Data: []byte(d.core())},
		{Name: "docProps/app.xml", Data: []byte(head + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>stele</Application></Properties>`), Common: true},
	}
	return append(files, w.media...)
}

func text(s string) string { return `<w:r><w:t xml:space="preserve">` + Escape(s) + "</w:t></w:r>" }

func field(name string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// Escape writes text for XML.
func Escape(s string) string {
	return escaper.Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s))
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// writer writes the parts that have text in them.
type writer struct {
	doc        *Document
	b          strings.Builder
	rels       *relations  // of the part that is being written
	media      []pack.File // the pictures, each once
	mediaNames map[[sha256.Size]byte]string
	pictures   int
	bookmarks  int
}

func (w *writer) body() string {
	w.rels = &relations{}
	w.b.WriteString(head + "<w:document" + spaces + drawings + "><w:body>")
	w.blocks(w.doc.Blocks)
	width, height, orient := a4Width, a4Height, ""
	if w.doc.Landscape {
		width, height, orient = height, width, ` w:orient="landscape"`
	}
	bidi := ""
	if w.doc.Lang.RightToLeft {
		bidi = "<w:bidi/>"
	}
	fmt.Fprintf(&w.b, `<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="%d" w:h="%d"%s/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="567" w:footer="567" w:gutter="0"/>%s</w:sectPr></w:body></w:document>`, width, height, orient, top, margin, bottom, margin, bidi)
	out := w.b.String()
	w.b.Reset()
	return out
}

func (w *writer) header() string {
	w.b.WriteString(head + "<w:hdr" + spaces + ">")
	w.paragraph(Paragraph{Style: "Header", Lang: w.doc.Lang, Runs: []Run{{Text: w.doc.Header}}}, "")
	w.b.WriteString("</w:hdr>")
	out := w.b.String()
	w.b.Reset()
	return out
}

func (w *writer) notes() string {
	w.rels = &relations{}
	w.b.WriteString(head + "<w:footnotes" + spaces + drawings + ">")
	w.b.WriteString(`<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	for i, paras := range w.doc.Notes {
		fmt.Fprintf(&w.b, `<w:footnote w:id="%d">`, i+1)
		for k, p := range paras {
			p.Style = "FootnoteText"
			mark := ""
			if k == 0 {
				mark = `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>` + text(" ")
			}
			w.paragraph(p, mark)
		}
		if len(paras) == 0 {
			w.paragraph(Paragraph{Style: "FootnoteText"}, "")
		}
		w.b.WriteString("</w:footnote>")
	}
	w.b.WriteString("</w:footnotes>")
	out := w.b.String()
	w.b.Reset()
	return out
}

func (w *writer) blocks(blocks []Block) {
	for i, b := range blocks {
		switch b := b.(type) {
		case Paragraph:
			if i > 0 {
				_, b.afterTable = blocks[i-1].(*Table)
			}
			w.paragraph(b, "")
		case *Table:
			w.table(b)
		}
	}
}

func (w *writer) paragraph(p Paragraph, before string) {
	w.b.WriteString("<w:p>")
	var pr strings.Builder
	if p.Style != Normal {
		pr.WriteString(`<w:pStyle w:val="` + string(p.Style) + `"/>`)
	}
	if p.Bullet {
		fmt.Fprintf(&pr, `<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>`, min(p.Indent, bulletLevels-1))
	}
	if p.Marker != "" || p.Bullet {
		fmt.Fprintf(&pr, `<w:tabs><w:tab w:val="left" w:pos="%d"/></w:tabs>`, (p.Indent+1)*Step)
	}
	if p.Lang.RightToLeft {
		pr.WriteString("<w:bidi/>")
	}
	if spacing := p.spacing(); spacing != "" {
		pr.WriteString("<w:spacing" + spacing + "/>")
	}
	switch {
	case p.Marker != "", p.Bullet:
		fmt.Fprintf(&pr, `<w:ind w:left="%d" w:hanging="%d"/>`, (p.Indent+1)*Step, Step)
	case p.Indent > 0:
		fmt.Fprintf(&pr, `<w:ind w:left="%d"/>`, p.Indent*Step)
	}
	if p.Center {
		pr.WriteString(`<w:jc w:val="center"/>`)
	}
	if pr.Len() > 0 {
		w.b.WriteString("<w:pPr>" + pr.String() + "</w:pPr>")
	}
	for _, a := range p.Anchors {
		w.bookmarks++
		fmt.Fprintf(&w.b, `<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/>`, w.bookmarks, Escape(a), w.bookmarks)
	}
	w.b.WriteString(before)
	if p.Marker != "" {
		w.run(Run{Text: p.Marker}, p.Lang)
		w.run(Run{Tab: true}, p.Lang)
	}
	for i := 0; i < len(p.Runs); {
		r := p.Runs[i]
		k := i + 1
		switch {
		case r.URL != "":
			for k < len(p.Runs) && p.Runs[k].URL == r.URL {
				k++
			}
			w.b.WriteString(`<w:hyperlink r:id="` + w.rels.id(hyperlink, r.URL) + `">`)
		case r.Anchor != "":
			for k < len(p.Runs) && p.Runs[k].Anchor == r.Anchor {
				k++
			}
			w.b.WriteString(`<w:hyperlink w:anchor="` + Escape(r.Anchor) + `">`)
		}
		for _, r := range p.Runs[i:k] {
			w.run(r, p.Lang)
		}
		if r.URL != "" || r.Anchor != "" {
			w.b.WriteString("</w:hyperlink>")
		}
		i = k
	}
	w.b.WriteString("</w:p>")
}

// spacing is the room around a paragraph where it is not what its style says. A
// table has no room of its own.
func (p Paragraph) spacing() string {
	s := ""
	switch p.Style {
	case Heading1, Heading2, Heading3, CellHead:
	default:
		if p.afterTable {
			s = ` w:before="160"`
		}
	}
	if p.Gap {
		s += ` w:after="280"`
	}
	return s
}

// run writes a run; the order of its properties is the schema's.
func (w *writer) run(r Run, l Lang) {
	var pr strings.Builder
	switch {
	case r.URL != "" || r.Anchor != "":
		pr.WriteString(`<w:rStyle w:val="Hyperlink"/>`)
	case r.Note > 0:
		pr.WriteString(`<w:rStyle w:val="FootnoteReference"/>`)
	}
	if r.Mono {
		pr.WriteString(`<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>`)
	}
	if l.EastAsian && !r.Mono {
		pr.WriteString(`<w:rFonts w:hint="eastAsia"/>`)
	}
	if r.Bold {
		pr.WriteString("<w:b/><w:bCs/>")
	}
	if r.Italic && !l.EastAsian { // whose type has no italics
		pr.WriteString("<w:i/><w:iCs/>")
	}
	if r.Strike || r.Out {
		pr.WriteString("<w:strike/>")
	}
	if r.Hidden {
		pr.WriteString("<w:vanish/>")
	}
	switch {
	case r.Out:
		pr.WriteString(`<w:color w:val="9C1C1C"/>`)
	case r.In:
		pr.WriteString(`<w:color w:val="1D5A2C"/>`)
	case r.Grey:
		pr.WriteString(`<w:color w:val="7F7F7F"/><w:sz w:val="14"/><w:szCs w:val="14"/>`)
	}
	if r.Underline || r.In {
		pr.WriteString(`<w:u w:val="single"/>`)
	}
	switch {
	case r.Sub:
		pr.WriteString(`<w:vertAlign w:val="subscript"/>`)
	case r.Sup:
		pr.WriteString(`<w:vertAlign w:val="superscript"/>`)
	}
	if r.Italic && l.EastAsian {
		pr.WriteString(`<w:em w:val="dot"/>`)
	}
	switch tag := wordTag(l.Tag); {
	case tag == "":
	case l.RightToLeft:
		pr.WriteString(`<w:rtl/><w:lang w:bidi="` + tag + `"/>`) // after which an emphasis mark would stand in the wrong order; no script has both
	case l.EastAsian:
		pr.WriteString(`<w:lang w:eastAsia="` + tag + `"/>`)
	default:
		pr.WriteString(`<w:lang w:val="` + tag + `"/>`)
	}
	w.b.WriteString("<w:r>")
	if pr.Len() > 0 {
		w.b.WriteString("<w:rPr>" + pr.String() + "</w:rPr>")
	}
	switch {
	case r.Note > 0:
		fmt.Fprintf(&w.b, `<w:footnoteReference w:id="%d"/>`, r.Note)
	case r.Break:
		w.b.WriteString("<w:br/>")
	case r.Tab:
		w.b.WriteString("<w:tab/>")
	case r.Picture != nil:
		w.picture(r.Picture)
	default:
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				w.b.WriteString("<w:br/>")
			}
			w.b.WriteString(`<w:t xml:space="preserve">` + Escape(line) + "</w:t>")
		}
	}
	w.b.WriteString("</w:r>")
}

// wordTag is a language as Word knows it: by its country rather than its script.
func wordTag(tag string) string {
	if t, ok := wordTags[tag]; ok {
		return t
	}
	return Escape(tag)
}

var wordTags = map[string]string{
	"zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "ru": "ru-RU", "en": "en-GB", "ja": "ja-JP", "ko": "ko-KR", "ar": "ar-SA", "fa": "fa-IR",
	"de": "de-DE", "fr": "fr-FR", "es": "es-ES", "kk": "kk-KZ", "ky": "ky-KG", "tg": "tg-Cyrl-TJ", "uz": "uz-Latn-UZ", "hi": "hi-IN", "ur": "ur-PK", "be": "be-BY", "mn": "mn-MN",
}

func (w *writer) table(t *Table) {
	total := 0
	for _, x := range t.Widths {
		total += x
	}
	w.b.WriteString("<w:tbl><w:tblPr>")
	if t.RightToLeft {
		w.b.WriteString("<w:bidiVisual/>")
	}
	fmt.Fprintf(&w.b, `<w:tblW w:w="%d" w:type="dxa"/>`, total)
	if !t.Plain {
		w.b.WriteString("<w:tblBorders>")
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			w.b.WriteString("<w:" + side + ` w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>`)
		}
		w.b.WriteString("</w:tblBorders>")
	}
	fmt.Fprintf(&w.b, `<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%[1]d" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, CellMargin/2)
	for _, x := range t.Widths {
		fmt.Fprintf(&w.b, `<w:gridCol w:w="%d"/>`, x)
	}
	w.b.WriteString("</w:tblGrid>")
	for i, row := range t.Rows {
		w.b.WriteString("<w:tr>")
		if i < t.Heads {
			w.b.WriteString("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
		}
		for k, cell := range row {
			fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, t.Widths[min(k, len(t.Widths)-1)])
			if i < t.Heads {
				w.b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>`)
			}
			w.b.WriteString("</w:tcPr>")
			w.blocks(cell)
			if n := len(cell); n == 0 {
				w.paragraph(Paragraph{Style: Cell}, "")
			} else if _, ok := cell[n-1].(*Table); ok { // a cell ends with a paragraph
				w.paragraph(Paragraph{Style: Cell}, "")
			}
			w.b.WriteString("</w:tc>")
		}
		w.b.WriteString("</w:tr>")
	}
	w.b.WriteString("</w:tbl>")
}
