package build

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build/diag"
)

// TestStaticNames: what in static/ is not published, or not everywhere, is told;
// all other names are as they were.
func TestStaticNames(t *testing.T) {
	t.Parallel()
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	for _, c := range []struct {
		name   string
		static fstest.MapFS
		want   []string // severity, code and path
	}{
		{"ordinary", fstest.MapFS{"CNAME": text("x"), "_headers": text("x"), ".well-known/security.txt": text("x"), "картинки/вид 1.txt": text("x"), "é.txt": text("x")}, nil},
		{"two normal forms", fstest.MapFS{"\u00e9.txt": text("a"), "e\u0301.txt": text("b")}, []string{"error name-collision ../static/\u00e9.txt"}},
		{"letter case", fstest.MapFS{"A.txt": text("a"), "a.txt": text("b")}, []string{"error name-collision ../static/a.txt"}},
		{"a device", fstest.MapFS{"CON": text("x"), "a/nul.txt": text("x")}, []string{"error bad-name ../static/CON", "error bad-name ../static/a/nul.txt"}},
		{"an escape", fstest.MapFS{"a\x1b[31m": text("x")}, []string{"error bad-name ../static/a\x1b[31m"}},
		{"a link", fstest.MapFS{"a": {Mode: fs.ModeSymlink, Data: []byte("/etc")}}, []string{"warning not-a-file.link ../static/a"}},
		{"a pipe", fstest.MapFS{"a": {Mode: fs.ModeNamedPipe}}, []string{"warning not-a-file ../static/a"}},
		{"the site's", fstest.MapFS{"Robots.txt": text("x")}, []string{"error address-collision.static ../static/Robots.txt"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := Inputs{Content: fstest.MapFS{"a/en.md": text("# A\n\nText.\n"), "a/ru.md": text("# А\n\nТекст.\n")}, Static: c.static}
			_, found, err := New(in).Load(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range found {
				if strings.HasPrefix(d.Pos.Path, "../static/") {
					got = append(got, strings.Join([]string{d.Severity.String(), variant(d), d.Pos.Path}, " "))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func variant(d diag.Diagnostic) string {
	if d.Phrase.ID != "" {
		return d.Phrase.ID
	}
	return string(d.Code)
}

// TestLayoutsAreText: a byte that no text has is refused in a layout, with its
// place; a name with signs of a pattern is a name.
func TestLayoutsAreText(t *testing.T) {
	t.Parallel()
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	for _, c := range []struct{ name, layout, want string }{
		{"home.html", "<p>\x00</p>", "../themes/default/layouts/home.html:1:4: 00"},
		{"home.html", "<p>\né\xff\x00</p>", "../themes/default/layouts/home.html:2:2: FF"},
		{"base.html", "\xc3", "../themes/default/layouts/base.html:1:1: C3"},
		{"_own.html", "\xed\xa0\x80", "../themes/default/layouts/_own.html:1:1: ED"},
		{"_a[b*.html", "{{/* nothing */}}", ""},
		{"_own.html", "{{/* é\ufffd 中 */}}", ""},
	} {
		in := Inputs{Content: fstest.MapFS{"a/en.md": text("# A\n\nText.\n")}, Themes: fstest.MapFS{"default/layouts/" + c.name: text(c.layout)}}
		_, found, err := New(in).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range found {
			if d.Code.Rule() == BadLayout {
				got += fmt.Sprintf("%s:%d:%d: %v", d.Pos.Path, d.Pos.Line, d.Pos.Col, d.Phrase.Args[1])
			}
		}
		if got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.name, c.layout, got, c.want)
		}
	}
}

// TestTwoTextsOneAddress: a text may be called as anything the site makes; two
// may not have one address, and what is told of it names both and no other file.
func TestTwoTextsOneAddress(t *testing.T) {
	t.Parallel()
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	whole := "# A\n\n## B {#files}\n\nb\n\n## C {#data}\n\nc\n"
	content := fstest.MapFS{"files/en.md": text(whole), "data/en.md": text(whole), "static/en.md": text("a\n"), "b/en.md": text("---\nslug: other\n---\n\nb\n")}
	if _, found, err := New(Inputs{Content: content}).Load(t.Context()); err != nil || found.HasErrors() {
		t.Error(found, err)
	}
	content["b/en.md"] = text("---\nslug: files\n---\n\nb\n")
	e, found, err := New(Inputs{Content: content}).Load(t.Context())
	if err != nil || found.Count(diag.Error) != 1 || found[0].Code != AddressCollision {
		t.Error(found, err)
	}
	for _, path := range e.Paths() { // the preview shows what it can
		if _, err := e.File(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}
