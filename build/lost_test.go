package build_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLost: the line that a page gone away asks for is that of what it was, which is
// told from the pages beside it.
func TestLost(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{}
	for _, l := range []string{"ru", "en"} {
		page := "---\nlayout: page\n---\n# A {#a}\n\nA text in " + l + ".\n"
		content["notes/one/"+l+".md"] = &fstest.MapFile{Data: []byte(page)}
		content["notes/two/"+l+".md"] = &fstest.MapFile{Data: []byte(page)}
		content["laws/tax/"+l+".md"] = &fstest.MapFile{Data: []byte("# Tax {#tax}\n\n## One {#one}\n\nA tax in " + l + ".\n")}
	}
	e := edition(t, content)
	if e.Site.At("en/notes/index.html") == nil || e.Site.At("en/laws/tax/full.html") == nil || e.Site.At("en/notes/one.html") == nil {
		t.Fatal("the site has other pages than the test thinks")
	}
	for _, c := range []struct {
		name string
		gone string
		want string // variant and alias
	}{
		{"a text in a folder that has a page", "notes/old", "text notes/old"},
		{"a text in sections, with all that is in it", "laws/old/index laws/old/full laws/old/one", "text laws/old"},
		{"a text that is in one page now", "notes/one/index notes/one/full notes/one/first", "text notes/one/"},
		{"a text that is in sections now", "laws/tax", "text laws/tax.html"},
		{"a section of a text that lives", "laws/tax/two", "section two"},
		{"a folder, with its texts", "acts/index acts/one acts/old/index acts/old/full", "folder acts/, text acts/old, text acts/one"},
		{"a folder that has become shorter", "notes/index-2 notes/index-3", ""},
		{"an earlier version goes with its text", "laws/old/index laws/old/full laws/old/2020-01-01/index notes/old notes/old/2020-01-01/index", "text laws/old, text notes/old"},
		{"a concept", "glossary/rats", "concept rats"},
	} {
		var paths, got []string
		for _, l := range []string{"en", "ru"} {
			for _, name := range strings.Fields(c.gone) {
				paths = append(paths, l+"/"+name+".html")
			}
		}
		for _, d := range e.Lost(paths) {
			_, variant, _ := strings.Cut(d.Phrase.ID, ".")
			got = append(got, fmt.Sprint(variant, " ", d.Phrase.Value("Alias")))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
