package intake_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"testing"
)

const nsW = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"`

// docx makes a Word file of parts. "document", "styles", "numbering",
// "footnotes", "endnotes" and "comments" are what stands inside their root
// elements; any other name is a part by its whole name.
func docx(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, body string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const mime = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	types := `<Override PartName="/word/document.xml" ContentType="` + mime + `document.main+xml"/>`
	rels := ""
	for i, k := range []string{"styles", "numbering", "footnotes", "endnotes", "comments"} {
		if body, ok := parts[k]; ok {
			put("word/"+k+".xml", fmt.Sprintf("<w:%s %s>%s</w:%s>", k, nsW, body, k))
			types += fmt.Sprintf(`<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>`, k, mime, k)
			rels += fmt.Sprintf(`<Relationship Id="part%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s.xml"/>`, i, k, k)
		}
	}
	put("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+types+`</Types>`)
	put("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
	put("word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels+parts["rels"]+`</Relationships>`)
	put("word/document.xml", fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><w:document %s><w:body>%s<w:sectPr/></w:body></w:document>`, nsW, parts["document"]))
	for name, body := range parts {
		switch name {
		case "document", "styles", "numbering", "footnotes", "endnotes", "comments", "rels":
		default:
			put(name, body)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// p is a paragraph with properties and plain text.
func p(props, text string) string {
	return "<w:p><w:pPr>" + props + "</w:pPr>" + r(text) + "</w:p>"
}

// r is a run of text.
func r(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

// li is a paragraph of a list.
func li(num, level int, text string) string {
	return p(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, num), text)
}

// abstract is a w:abstractNum of levels "format text", and a w:num of the same id.
func abstract(id int, levels ...[2]string) string {
	s := fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d">`, id)
	for i, l := range levels {
		s += fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, i, l[0], l[1])
	}
	return s + "</w:abstractNum>"
}

func num(id, abstract int, inner string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, abstract, inner)
}

func style(id, name, inner string) string {
	return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/>%s</w:style>`, id, name, inner)
}

func tc(props string, blocks ...string) string {
	s := "<w:tc><w:tcPr>" + props + "</w:tcPr>"
	for _, b := range blocks {
		s += b
	}
	return s + "</w:tc>"
}

func tr(cells ...string) string {
	s := "<w:tr>"
	for _, c := range cells {
		s += c
	}
	return s + "</w:tr>"
}
