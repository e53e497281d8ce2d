package intake_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stele/build/intake"
	"stele/build/intake/word"
)

// TestMain fixes the seed, so that the same tests run everywhere; -rapid.seed
// takes another.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.seed"); f.Value.String() == f.DefValue {
		if err := f.Value.Set("2026"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// tricky is made of what Markdown would read as marks.
var tricky = rapid.StringOfN(rapid.RuneFrom([]rune("ab яж 中国 *_`~[]()<>#!|\\&;:-+=.1234{}^\"'“”«»—…é\u0301\u00a0\u200b\u202e\u00ad")), 0, 24, -1)

var words = rapid.OneOf(tricky, tricky, rapid.SampledFrom([]string{
	"1. one", "2) two", "- dash", "# head", "> quote", "| a | b |", "---", "***", "===", "```", "~~~", "[^1]: x", "[a]: b", "[[rats]]", "![a](b)", "<!-- c -->", "&nbsp;", "{#id}", ": def", "a_b_c", "https://a.b/_c_*d*",
	"www.example.org", "a@b.org", "<https://x.y>", "1986. Год", "х*у*z", "**", "![", "a!", "C:\\", "\\", "trailing\\", "    four", "\ttab",
}))

func escapeXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// TestNothingLost makes Word files of all that there is, and lets read check
// that the Markdown shows each character, and Read that none is missing.
func TestNothingLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		source := ""
		text := func(name string) string {
			s := words.Draw(rt, name)
			source += s
			return escapeXML(s)
		}
		run := func() string {
			props := rapid.SampledFrom([]string{"", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:strike/>", `<w:vertAlign w:val="superscript"/>`, "<w:vanish/>"}).Draw(rt, "style")
			return fmt.Sprintf(`<w:r><w:rPr>%s</w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, props, text("text"))
		}
		inline := func() string {
			switch rapid.IntRange(0, 9).Draw(rt, "inline") {
			case 0:
				return "<w:ins>" + run() + "</w:ins>"
			case 1:
				return `<w:del><w:r><w:delText xml:space="preserve">` + text("deleted") + `</w:delText></w:r></w:del>`
			case 2:
				return `<w:hyperlink r:id="L">` + run() + `</w:hyperlink>`
			case 3:
				return "<w:r><w:br/></w:r>"
			case 4:
				return fmt.Sprintf(`<w:r><w:footnoteReference w:id="%d"/></w:r>`, rapid.IntRange(1, 3).Draw(rt, "note"))
			}
			return run()
		}
		para := func() string {
			props := rapid.SampledFrom([]string{
				"", "", pStyle("1"), pStyle("2"), pStyle("T"), `<w:rPr><w:del/></w:rPr>`,
				`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, `<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>`, `<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>`, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>`, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>`,
			}).Draw(rt, "paragraph")
			s := "<w:p><w:pPr>" + props + "</w:pPr>"
			for range rapid.IntRange(1, 4).Draw(rt, "runs") {
				s += inline()
			}
			return s + "</w:p>"
		}
		body := ""
		for range rapid.IntRange(1, 8).Draw(rt, "blocks") {
			if rapid.IntRange(0, 5).Draw(rt, "block") > 0 {
				body += para()
				continue
			}
			body += "<w:tbl>"
			for range rapid.IntRange(1, 3).Draw(rt, "rows") {
				body += tr(tc("", para()), tc("", para(), para()))
			}
			body += "</w:tbl>"
		}
		notes := ""
		for i := range 3 {
			notes += fmt.Sprintf(`<w:footnote w:id="%d">%s</w:footnote>`, i+1, para())
		}
		data := docx(t, map[string]string{
			"styles": headings, "document": body, "footnotes": notes,
			"numbering": abstract(1, [2]string{"decimal", "%1."}, [2]string{"russianLower", "%2)"}, [2]string{"bullet", "•"}) + abstract(2, [2]string{"decimal", "%1)"}) + abstract(3, [2]string{"bullet", "–"}) + num(1, 1, "") + num(2, 2, "") + num(3, 3, ""),
			"rels":      `<Relationship Id="L" Type="x/hyperlink" Target="https://example.org/a_b" TargetMode="External"/>`,
		})
		all, err := word.Characters(data)
		if err != nil || !intake.Same(all, source) {
			rt.Fatalf("Characters = %q, %v, want %q", all, err, source)
		}
		res, found := read(rt, intake.File{Name: "x.docx", Data: data, Langs: []string{"en"}})
		if found.HasErrors() || len(res.Versions) != 1 {
			rt.Fatalf("%v", found)
		}
	})
}

// TestPlainNothingLost does the same for plain text.
func TestPlainNothingLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(rapid.OneOf(words, rapid.SampledFrom([]string{"", "", "\f", "ALL CAPITALS", "Article 5", "1. item", "2. item", "• bullet", "- dash", "- 7 -", "12", "broken word-", "ending here.", "and small letters that go on for quite a while to be a whole line", "* * *"})), 1, 20).Draw(rt, "lines")
		text := strings.Join(lines, "\n")
		if strings.TrimSpace(text) == "" {
			return
		}
		for _, lang := range []string{"en", "ru", "zh"} {
			if _, found := read(rt, intake.File{Name: "x.txt", Data: []byte(text), Langs: []string{lang}}); found.HasErrors() {
				rt.Fatalf("%v", found)
			}
			if _, found := read(rt, intake.File{Name: "x.md", Data: []byte(text), Langs: []string{lang}}); strings.Contains(fmt.Sprint(found), "import-lost") {
				rt.Fatalf("%v", found)
			}
		}
	})
}
