package build

import (
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
		{"an escape", fstest.MapFS{"a\x1b[31m": text("x")}, []string{"error bad-name ../static/a?[31m"}},
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
