package yaml

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stele/build/diagtest"
)

// read asks for every kind of value there is.
func read(data string) (*Doc, string) {
	d := Open("f.yaml", 10, data)
	m := d.Root
	var b strings.Builder
	fmt.Fprintf(&b, "%q %q %d %t", m.Text("title"), m.Get("date").Day(), m.Get("columns").Int(0, 1, 9), m.Get("stale").Bool(false))
	fmt.Fprintf(&b, " %v %q %q", m.Get("names").Local(), m.Get("list").Texts(), m.Get("status").Choice("", "authentic", "received"))
	y, mo, day := m.Get("founded").Date()
	fmt.Fprintf(&b, " %d.%d.%d", y, mo, day)
	m.Done()
	return d, b.String()
}

func TestRead(t *testing.T) {
	t.Parallel()
	const none = `"" "" 0 false map[] [] "" 0.0.0`
	tests := []struct{ name, in, want, diags string }{
		{"all", "title: Глава\ndate: 2015-07-10\ncolumns: 2\nstale: true\nnames: {ru: а, zh: 章}\nlist: [a, b]\nstatus: received\nfounded: 2001-06", `"Глава" "2015-07-10" 2 true map[ru:а zh:章] ["a" "b"] "received" 2001.6.0`, ""},
		{"empty", "", none, ""},
		{"comment only", "# nothing\n", none, ""},
		{"folded", "title: >-\n  a\n  b  c\n", `"a b c" "" 0 false map[] [] "" 0.0.0`, ""},
		{"number as text", "title: 2015\nlist: one", `"2015" "" 0 false map[] ["one"] "" 0.0.0`, ""},
		{"one text for all languages", "names: x", `"" "" 0 false map[:x] [] "" 0.0.0`, ""},
		{"unknown key", "titel: x", none, `f.yaml:11:1: error unknown-key: there is no key "titel"; is "title" meant?`},
		{"unknown key, nothing near", "глава: x", none, `f.yaml:11:1: error unknown-key: there is no key "глава"; the keys here are columns, date, founded, list, names, stale, status, title`},
		{"duplicate key", "title: a\ntitle: b", strings.Replace(none, `""`, `"a"`, 1), `f.yaml:12:1: error duplicate-key: "title" is set a second time; remove one of the two lines`},
		{"column in code points", "names: {ru: ёжик, zh: [x]}", `"" "" 0 false map[ru:ёжик] [] "" 0.0.0`, `f.yaml:11:23: error wrong-type: "zh" must be one text`},
		{"not a day", "date: 2026-13-45", none, `f.yaml:11:7: error bad-date: "date" is not a day of the calendar: "2026-13-45"; write YYYY-MM-DD`},
		{"a month is no day", "date: 2026-02", none, `f.yaml:11:7: error bad-date: "date" is not a day of the calendar: "2026-02"; write YYYY-MM-DD`},
		{"29 February", "founded: 2023-02-29", none, `f.yaml:11:10: error bad-date: "founded" is not a date: "2023-02-29"; write YYYY, YYYY-MM or YYYY-MM-DD`},
		{"number out of range", "columns: 10", none, `f.yaml:11:10: error bad-value: "columns" must be a whole number from 1 to 9`},
		{"not a truth", "stale: yes", none, `f.yaml:11:8: error wrong-type: "stale" must be true or false`},
		{"choice", "status: recived", none, `f.yaml:11:9: error bad-value: "status" cannot be "recived"; it is one of authentic, received; is "received" meant?`},
		{"no value", "title:", none, `f.yaml:11:1: warning empty-value: "title" has no value; write one or remove the line`},
		{"tag", `title: !!python/object/apply:os.system ["id"]`, none, `f.yaml:11:1: warning yaml-tag: "title" is ignored: its value begins with the tag "!!python/object/apply:os.system", which has no meaning here; put a text that begins with "!" in quotation marks`},
		{"alias bomb", "title: x\na: &a [x,x]\nb: [*a,*a]", none, `f.yaml:12:4: error yaml-alias: anchors ("&name") and aliases ("*name") are not used here; write the value itself, or put the text in quotation marks`},
		{"list instead", "- a", none, `f.yaml:11:1: error wrong-type: expected lines of the form "key: value"`},
		{"text instead of a list", "list: {a: b}", none, `f.yaml:11:7: error wrong-type: "list" must be a list: lines that begin with "- "`},
		{"not closed", "date: 2015-07-10\ntitle: [unclosed", none, `f.yaml:12:8: error yaml-syntax: the list that "[" begins is not closed with "]"`},
		{"quote not closed", "title: 'abc", none, `f.yaml:11:8: error yaml-syntax: the quotation mark here has no second one`},
		{"second colon", "title: Глава: первая", none, `f.yaml:11:13: error yaml-syntax: a second ": " in a line; put the text after the first one in quotation marks`},
		{"two documents", "title: a\n---\ntitle: b", none, `f.yaml:12:1: error yaml-syntax: a line "---" begins a second document; only one is allowed`},
		{"escaped control", `title: "a\0b"`, none, `f.yaml:11:8: error bad-character: "title" contains the invisible character U+0000; remove it`},
		{"escaped bidi", `list: ["a\u202eb"]`, none, `f.yaml:11:8: error bad-character: an entry of "list" contains the invisible character U+202E; remove it`},
		{"deep", "list: " + strings.Repeat("[", 30) + strings.Repeat("]", 30), none, `f.yaml:11:23: error too-deep: values nested more than 16 deep`},
		{"mapping as key", "? [a]\n: b\n", none, `f.yaml:11:3: error wrong-type: a key must be a word`},
		{"merge key", "<<: {title: b}", none, `f.yaml:11:1: error unknown-key: there is no key "<<"; the keys here are columns, date, founded, list, names, stale, status, title`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d, got := read(tt.in)
			var diags []string
			for _, x := range d.Diags.Sorted() {
				diags = append(diags, x.Text(diagtest.English()))
			}
			if got != tt.want {
				t.Errorf("%q:\n got %s\nwant %s", tt.in, got, tt.want)
			}
			if s := strings.Join(diags, "\n"); s != tt.diags {
				t.Errorf("%q:\n got %s\nwant %s", tt.in, s, tt.diags)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	if d, _ := read("title: " + strings.Repeat("a", MaxBytes)); len(d.Diags) != 1 || d.Diags[0].Code != "too-large" {
		t.Errorf("%d bytes: got %v, want too-large", MaxBytes+7, d.Diags)
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	words := []string{"title", "status", "source", "date"}
	for in, want := range map[string]string{"Title": "title", "sourse": "source", "tilte": "title", "dat": "date", "languages": "", "": ""} {
		if got := Nearest(in, words); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzOpen: nothing panics, and every place is inside the data.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{"title: a\nlist: [x]", "a: &b c\nd: *b", "? x\n: y", "title: !foo x", "%YAML 1.1\n---\n", "'\n--- x", "names: {ru: \"\\x00\"}", "\ufeffa: b"} {
		f.Add(s)
	}
	words := diagtest.English() // which takes longer than all the rest
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "\r\u0085\u2028\u2029") {
			t.Skip("files end their lines in \\n; the other line ends never get here")
		}
		d, _ := read(s)
		lines := strings.Count(s, "\n") + 1
		for _, x := range d.Diags {
			if x.Pos.Line < 11 || x.Pos.Line > 10+lines+1 || x.Pos.Col < 1 {
				t.Errorf("%q: %v is outside of the data", s, x)
			}
			if strings.Contains(x.Text(words), "go-yaml") {
				t.Errorf("%q: message speaks of the program: %v", s, x)
			}
		}
	})
}

// TestManyKeys: reading takes time in proportion to the keys. A hundred thousand
// of them once took a minute.
func TestManyKeys(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("names:\n")
	const n = 80_000
	for i := range n {
		fmt.Fprintf(&b, " k%d: a\n", i)
	}
	start := time.Now()
	d := Open("f.yaml", 0, b.String())
	if got := d.Root.Get("names").Local(); len(got) != n {
		t.Errorf("got %d keys, want %d", len(got), n)
	}
	d.Root.Get("names").Map().Done()
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("%d keys took %v", n, took)
	}
}

// TestLongText: what stands on every page must not be a book.
func TestLongText(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		MaxText:     "",
		MaxText + 1: `f.yaml:1:8: error too-long: "title" has 4001 characters; 4000 are the most`,
	} {
		d := Open("f.yaml", 0, "title: "+strings.Repeat("ж", n))
		got := d.Root.Text("title")
		if diags := said(d); diags != want {
			t.Errorf("%d characters: got %q, want %q", n, diags, want)
		}
		if (got == "") != (want != "") {
			t.Errorf("%d characters: the text has %d bytes", n, len(got))
		}
	}
}

func said(d *Doc) string {
	var lines []string
	for _, x := range d.Diags.Sorted() {
		lines = append(lines, x.Text(diagtest.English()))
	}
	return strings.Join(lines, "\n")
}
