package build_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"stele/build"
)

// library is a site of texts with these names.
func library(t *testing.T, settings string, names ...string) *build.Edition {
	t.Helper()
	content := fstest.MapFS{"site.yaml": {Data: []byte("languages: [ru, en]\n" + settings)}}
	for _, name := range names {
		for _, l := range []string{"ru", "en"} {
			content[name+"/"+l+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %s %s\nlayout: page\n---\nText.\n", l, name)}
		}
	}
	e, found, err := build.New(build.Inputs{Content: content}).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		if d.Severity == 0 {
			t.Fatal(d)
		}
	}
	return e
}

// linksOf are the links of the elements of a page with the class: "text > href".
func linksOf(t *testing.T, e *build.Edition, path, class string) []string {
	t.Helper()
	data, err := e.File(path)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || attr(n, "class") != class {
			continue
		}
		for a := range n.Descendants() {
			if a.Data == "a" {
				text := ""
				for x := range a.Descendants() {
					if x.Type == html.TextNode {
						text += x.Data
					}
				}
				out = append(out, strings.Join(strings.Fields(text), " ")+" > "+attr(a, "href"))
			}
		}
	}
	return out
}

// TestFolders: folders have pages in order, texts lead to what is around them.
func TestFolders(t *testing.T) {
	t.Parallel()
	settings := "folders:\n- {folder: treaties, title: {ru: Договоры, en: Treaties}}\n- laws/2001\n"
	e := library(t, settings, "laws/10-b", "laws/2-a", "laws/1999/x", "laws/2001/y", "treaties/z", "about")
	check := func(path, class string, want ...string) {
		t.Helper()
		if got := linksOf(t, e, path, class); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s, %s:\n got %q\nwant %q", path, class, got, want)
		}
	}
	check("en/index.html", "contents", "Treaties > treaties/index.html", "en about > about.html", "laws > laws/index.html")
	check("ru/index.html", "contents", "Договоры > treaties/index.html", "ru about > about.html", "laws > laws/index.html")
	check("en/laws/index.html", "contents", "2001 > 2001/index.html", "en laws/2-a > 2-a.html", "en laws/10-b > 10-b.html", "1999 > 1999/index.html")
	check("en/laws/2001/y.html", "crumbs", "laws > ../index.html", "2001 > index.html")
	check("en/laws/2-a.html", "turn", "Next text en laws/10-b > 10-b.html")
	check("ru/laws/10-b.html", "turn", "Предыдущий текст ru laws/2-a > 2-a.html")
	check("en/about.html", "crumbs")
	if e := library(t, "", "one", "two"); e.Site.Filed() {
		t.Error("two texts side by side have folders")
	}
}

// TestFolderOfAText: a folder is called as the text of its name, or the index in
// it, which is its first.
func TestFolderOfAText(t *testing.T) {
	t.Parallel()
	e := library(t, "folders:\n- {folder: 3-c, title: {en: Named}}\n", "1-js", "1-js/b", "1-js/a", "2-ui/index", "2-ui/x", "3-c", "3-c/y")
	check := func(path, class string, want ...string) {
		t.Helper()
		if got := linksOf(t, e, path, class); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s, %s:\n got %q\nwant %q", path, class, got, want)
		}
	}
	check("en/index.html", "contents", "Named > 3-c/index.html", "en 1-js > 1-js/index.html", "en 2-ui/index > 2-ui/index.html")
	check("ru/index.html", "contents", "ru 3-c > 3-c/index.html", "ru 1-js > 1-js/index.html", "ru 2-ui/index > 2-ui/index.html")
	check("en/1-js/index.html", "contents", "en 1-js > ../1-js.html", "en 1-js/a > a.html", "en 1-js/b > b.html")
	check("en/2-ui/index.html", "contents", "en 2-ui/index > index-text.html", "en 2-ui/x > x.html")
	check("en/1-js/a.html", "crumbs", "en 1-js > index.html")
	check("en/1-js.html", "crumbs", "en 1-js > 1-js/index.html")
	check("en/1-js.html", "turn", "Next text en 1-js/a > 1-js/a.html")
}

// TestPagesDoNotGrow: whatever a site holds, a page of it stays as large as it is.
func TestPagesDoNotGrow(t *testing.T) {
	t.Parallel()
	sizes := func(n int) map[string]int {
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("t%04d", i))
		}
		e := library(t, "", names...)
		out := map[string]int{}
		for _, p := range []string{"index.html", "en/index.html", "en/t0005.html", "en/contents.html", "en/downloads.html", "en/search.html"} {
			data, err := e.File(p)
			if err != nil {
				t.Fatal(err)
			}
			out[p] = len(data)
		}
		if got := len(linksOf(t, e, "en/contents.html", "contents")); got != 100 {
			t.Errorf("%d texts on the first page of the list", got)
		}
		if got := linksOf(t, e, fmt.Sprintf("en/contents-%d.html", n/100), "contents"); len(got) != 100 {
			t.Errorf("%d texts on the last page of the list", len(got))
		}
		return out
	}
	few, many := sizes(200), sizes(1200)
	for p, n := range few {
		if many[p] > n*11/10+3000 { // the numbers of the list's pages
			t.Errorf("%s: %d bytes for 200 texts, %d for 1,200", p, n, many[p])
		}
	}
}

// TestUnknownFolder: a folder that has no texts is told of.
func TestUnknownFolder(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{"site.yaml": {Data: []byte("folders: [law]\n")}, "laws/a/en.md": {Data: []byte("Text.\n")}}
	_, found, err := build.New(build.Inputs{Content: content}).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		if d.Phrase.ID == "unknown-text.folder" && d.Pos.Line == 1 {
			return
		}
	}
	t.Errorf("found %v", found)
}
