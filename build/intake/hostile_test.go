package intake_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"stele/build/diagtest"
	"stele/build/intake"
)

// TestHostile: a damaged or hostile file is refused at once, with its reason.
func TestHostile(t *testing.T) {
	t.Parallel()
	good := docx(t, map[string]string{"document": p("", "text")})
	bomb := docx(t, map[string]string{"document": p("", "x"), "word/header1.xml": "<w:hdr " + nsW + ">" + strings.Repeat(" ", 40<<20) + "</w:hdr>"})
	declared := func() []byte { // says that a part has a gigabyte
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.CreateRaw(&zip.FileHeader{Name: "word/document.xml", Method: zip.Deflate, UncompressedSize64: 1 << 30, CompressedSize64: 4})
		if err == nil {
			_, err = w.Write([]byte{3, 0, 0, 0})
		}
		if err == nil {
			err = z.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}()
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"bomb.docx", bomb, "larger unpacked"},
		{"sparse.docx", declared, "larger unpacked"},
		{"outside.docx", docx(t, map[string]string{"document": p("", "x"), "../../etc/passwd": "x"}), "a name that leads out of it"},
		{"outside2.docx", docx(t, map[string]string{"document": p("", "x"), `word\..\..\x.xml`: "x"}), "a name that leads out of it"},
		{"entity.docx", docx(t, map[string]string{"document": p("", "x"), "word/footer1.xml": `<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:ftr ` + nsW + `>&a;</w:ftr>`}), "declares types or entities"},
		{"unknown.docx", docx(t, map[string]string{"document": p("", "&a;")}), "damaged"},
		{"deep.docx", docx(t, map[string]string{"document": strings.Repeat("<w:sdt><w:sdtContent>", 5000) + strings.Repeat("</w:sdtContent></w:sdt>", 5000)}), "too deep"},
		{"cut.docx", good[:len(good)/2], "damaged"},
		{"nothing.docx", docx(t, map[string]string{}), ""},
		{"other.docx", func() []byte {
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			_, _ = z.Create("mimetype")
			_ = z.Close()
			return b.Bytes()
		}(), "no part word/document.xml"},
		{"old.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), `soffice --headless --convert-to docx "old.doc"`},
		{"locked.docx", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), "password"},
		{"deep.html", []byte(strings.Repeat("<div>", 100_000) + "x"), "cannot be read"},
		{"spans.html", []byte("<table>" + strings.Repeat("<tr><td colspan=1000 rowspan=65534>x", 5000)), "50000 cells are the most"},
		{"many.html", []byte(strings.Repeat("<p>x", 400_000)), "more elements than any text has"},
		{"long.txt", bytes.Repeat([]byte("word and\n"), 1_000_000), "longer than 8 MiB"},
		{"hyphens.txt", []byte(strings.Repeat("well-\n", 10_000)), ""},
		{"lines.txt", []byte(strings.Repeat("word and\n", 20_000)), ""},
		{"wide.txt", []byte{0xD3, 0xF1, 0xF2, 0xE0, 0xE2}, "not UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			res, found := read(t, intake.File{Name: tt.name, Data: tt.data, Langs: []string{"ru"}})
			if text := diagtest.Text(found); !strings.Contains(text, tt.want) || tt.want != "" && (!found.HasErrors() || len(res.Versions) > 0) {
				t.Errorf("found %q, want %q", text, tt.want)
			}
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// TestCycles: styles and lists that lead to themselves end.
func TestCycles(t *testing.T) {
	t.Parallel()
	long := ""
	for i := range 3000 {
		long += style(fmt.Sprint("s", i), "s", fmt.Sprintf(`<w:basedOn w:val="s%d"/>`, i+1))
	}
	res, found := read(t, intake.File{Name: "c.docx", Langs: []string{"ru"}, Data: docx(t, map[string]string{
		"styles": style("a", "a", `<w:basedOn w:val="b"/>`) + style("b", "heading 1", `<w:basedOn w:val="a"/>`) + style("c", "c", `<w:basedOn w:val="c"/>`) + long,
		"numbering": `<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/><w:styleLink w:val="L"/></w:abstractNum>` +
			`<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="999999999999"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1%9%1."/></w:lvl></w:abstractNum>` + num(1, 1, "") + num(2, 2, ""),
		"document":  p(pStyle("a"), "one") + p(pStyle("c"), "two") + p(pStyle("s0"), "three") + li(1, 0, "four") + li(2, 0, "five") + li(9, 0, "six") + li(2, 88, "seven"),
		"footnotes": `<w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>`,
	})})
	if len(res.Versions) != 1 || found.HasErrors() {
		t.Fatal(found)
	}
	for _, w := range []string{"one", "two", "three", "four", "five", "six", "seven"} {
		if !strings.Contains(res.Versions[0].Markdown, w) {
			t.Errorf("%q is not in\n%s", w, res.Versions[0].Markdown)
		}
	}
}
