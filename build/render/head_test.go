package render

import (
	"bytes"
	"html/template"
	"os"
	"strings"
	"testing"
)

// TestFrameAsTemplatesWriteIt holds what the methods of Frame write to what
// html/template makes of the same fields, with words and addresses of every kind.
func TestFrameAsTemplatesWriteIt(t *testing.T) {
	t.Parallel()
	layout, err := os.ReadFile("testdata/frame.html")
	if err != nil {
		t.Fatal(err)
	}
	want, err := template.New("").Parse(string(layout))
	if err != nil {
		t.Fatal(err)
	}
	got, err := template.New("got").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
{{.Head}}
</head>
<body>
{{.Top}}
{{.ColumnHeads .Columns}}
{{.Foot}}
</body>
</html>
`)
	if err != nil {
		t.Fatal(err)
	}
	write := func(set *template.Template, name string, p TextPage) string {
		var b bytes.Buffer
		if err := set.ExecuteTemplate(&b, name, p); err != nil {
			t.Fatal(err)
		}
		return string(tidy(b.Bytes()))
	}
	for _, odd := range []string{"", "a", `<b>"it's" & 1+1</b>`, "a\x00b", "Россия — 中国", "javascript:alert(1)", "MailTo:a@b", "../a b/ю.html?q=%d0%zz&x='y'#p5.3", "a/b:c", " \n x", "</title>"} {
		for _, n := range []int{0, 1, 3, 9} {
			f := Frame{
				Lang: "ru", Title: odd, Name: odd, Description: odd, SiteTitle: odd, Canonical: odd, Feed: odd, NoIndex: n == 1, URL: odd, OGType: odd,
				Style: odd, Script: odd, Icon: odd, Search: odd, OpenSearch: odd, SearchIn: odd, Find: odd, Downloads: odd, RowData: odd,
				Home: odd, Choice: odd, Publisher: odd, Licence: odd, ui: oddUI(odd),
			}
			if n == 3 {
				f.Kind = "home"
			}
			p := TextPage{}
			for i := range n {
				w := Words{Lang: odd, Dir: odd, Text: odd, Caps: i == 0}
				f.Alternates = append(f.Alternates, Alternate{odd, odd})
				f.Files = append(f.Files, DownloadFile{Href: odd, Type: odd, Name: odd})
				f.OGLocales = append(f.OGLocales, odd)
				f.Nav = append(f.Nav, Link{Href: odd, Words: w, Current: i == 1})
				f.Languages = append(f.Languages, Link{Href: odd, Words: w, Current: i == 0})
				f.Statuses = append(f.Statuses, Version{Lang: odd, Dir: odd, Name: odd, Status: odd})
				p.Columns.List = append(p.Columns.List, Column{N: i + 1, Code: odd, Lang: odd, Dir: odd, Name: odd, Status: odd, On: i == 0})
			}
			f.Standings = standings(f.Statuses)
			p.Frame = f
			a, b := write(got, "got", p), write(want, "page", p)
			if a == b {
				continue
			}
			x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
			for i := range min(len(x), len(y)) {
				if x[i] != y[i] {
					t.Fatalf("of %q, %d of each:\n got %s\nwant %s", odd, n, x[i], y[i])
				}
			}
			t.Fatalf("of %q, %d of each: %d lines, want %d", odd, n, len(x), len(y))
		}
	}
}

// oddUI says one thing, whatever it is asked, in another language than the page's.
type oddUI string

func (u oddUI) T(string, ...any) string { return string(u) }
func (u oddUI) Spoken(string) string    { return "ar" }
func (u oddUI) Number(int) string       { return string(u) }
func (u oddUI) Percent(float64) string  { return string(u) }
func (u oddUI) Date(string) string      { return string(u) }
