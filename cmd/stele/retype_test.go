package main

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"stele/build/output"
	"stele/build/pack"
)

// retype is what a translator does in Word, for scripts:
//
//	retype TABLE.docx DONE.docx UNIT TEXT [UNIT TEXT…]
//
// writes into the third column from the left of the row of a unit, or the one
// before the last where there are more; *words* are bold.
func retype(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args)%2 != 0 {
		ts.Fatalf("usage: retype TABLE.docx DONE.docx UNIT TEXT…")
	}
	data := ts.ReadFile(args[0])
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	ts.Check(err)
	var files []pack.File
	for _, f := range z.File {
		r, err := f.Open()
		ts.Check(err)
		all, err := io.ReadAll(r)
		ts.Check(err)
		if f.Name == "word/document.xml" {
			for i := 2; i < len(args); i += 2 {
				now := typed(all, args[i], args[i+1])
				if bytes.Equal(all, now) {
					ts.Fatalf("nothing changes in the row of %s", args[i])
				}
				all = now
			}
		}
		files = append(files, pack.File{Name: f.Name, Data: all})
	}
	out, err := pack.Zip(files)
	ts.Check(err)
	ts.Check(output.WriteFile(ts.MkAbs(args[1]), out))
}

var (
	rowOf  = regexp.MustCompile(`(?s)<w:tr>.*?</w:tr>`)
	cellOf = regexp.MustCompile(`(?s)(<w:tc><w:tcPr>.*?</w:tcPr>)(.*?)(</w:tc>)`)
	boldOf = regexp.MustCompile(`\*([^*]+)\*`)
)

// typed is the document with a text in the row of a unit.
func typed(document []byte, unit, text string) []byte {
	run := func(look, s string) string {
		return `<w:r><w:rPr>` + look + `</w:rPr><w:t xml:space="preserve">` + s + `</w:t></w:r>`
	}
	runs := boldOf.ReplaceAllString(html.EscapeString(text), `</w:t></w:r>`+run("<w:b/>", "$1")+`<w:r><w:t xml:space="preserve">`)
	return rowOf.ReplaceAllFunc(document, func(row []byte) []byte {
		if !bytes.Contains(row, []byte("|"+unit+"|")) {
			return row
		}
		cells := cellOf.FindAllSubmatchIndex(row, -1)
		at := cells[len(cells)-2]
		return []byte(string(row[:at[4]]) + "<w:p>" + run("", runs) + "</w:p>" + string(row[at[5]:]))
	})
}
