package build_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"golang.org/x/net/html"

	"stele/build"
	"stele/build/site"
)

// made builds a content folder and returns its files, and the edition.
func made(t *testing.T, in build.Inputs) (*build.Edition, map[string][]byte) {
	t.Helper()
	e, found, err := build.New(in).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if found.HasErrors() {
		t.Fatalf("the content has errors: %v", found)
	}
	return e, files(t, e)
}

func files(t *testing.T, e *build.Edition) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := e.Write(t.Context(), func(path string, body []byte) error {
		out[path] = body
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// strange is a small site with everything Markdown has, in languages that are
// not the edition's too.
var strange = fstest.MapFS{
	"site.yaml":        {Data: []byte("title: {de: Seltsam, zh: 奇, ru: Странное}\nlanguages: [{lang: de}, {lang: zh}, {lang: ru}]\n")},
	"odd/de.md":        {Data: []byte("---\ntitle: Ein Text\n---\nVorweg.\n\n## Eins {#one}\n\n1. erst\n2. dann\n   - tief\n\n     noch ein Absatz\n\n> Zitat *schräg*[^n]\n\n| A | B |\n|---|---|\n| c | d & <e> |\n\n```\nif a < b { }\n```\n\n* * *\n\nSchluss [1.2](#1.2).\n\n[^n]: Eine Fußnote.\n")},
	"odd/zh.md":        {Data: []byte("---\ntitle: 一篇\n---\n前言。\n\n## 一 {#one}\n\n1. 先\n2. 后\n   - 深\n\n     又一段\n\n> 引文**重**[^n]\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n* * *\n\n结尾。\n\n[^n]: 脚注。\n")},
	"odd/ru.md":        {Data: []byte("---\ntitle: Текст\n---\nСначала.\n\n## Раз {#one}\n\nСовсем другое.\n\n* * *\n\nКонец.\n")},
	"only/ru.md":       {Data: []byte("# Только здесь\n\nОдин язык.\n")},
	"deep/down/de.md":  {Data: []byte("Tief unten.\n")},
	"glossary/x.yaml":  nil,
	"odd/picture.png":  {Data: []byte("\x89PNG\r\n\x1a\n")},
	"odd/ignored.html": {Data: []byte("<script>alert(1)</script>")},
}

// TestNothingLost: every block of every language file stands exactly once, in
// order, on the section pages of each interface language, and on the full page.
func TestNothingLost(t *testing.T) {
	t.Parallel()
	delete(strange, "glossary/x.yaml")
	for name, in := range map[string]build.Inputs{"edition": {Content: os.DirFS("../content")}, "strange": {Content: strange}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, out := made(t, in)
			for _, text := range e.Site.Texts {
				for ui := range e.Site.Langs {
					var sections []string
					for _, s := range text.Sections {
						if p := e.Site.Page(site.Key{Kind: site.TextSection, Text: text.ID, Section: s.Index}, ui); p != nil {
							sections = append(sections, p.Path)
						}
					}
					full := e.Site.Page(site.Key{Kind: site.TextFull, Text: text.ID}, ui).Path
					for l, v := range text.Versions {
						if v.Doc == nil {
							continue
						}
						var want strings.Builder
						moved := false
						for i := range v.Doc.Blocks {
							want.WriteString(letters(v.Doc.Blocks[i].Text))
						}
						for _, r := range text.Table.Rows {
							moved = moved || r.Moved
						}
						if moved {
							t.Errorf("%s: a row is out of order in some language", text.ID)
						}
						for _, pages := range [][]string{sections, {full}} {
							if len(pages) == 0 {
								continue
							}
							var got strings.Builder
							for _, p := range pages {
								got.WriteString(letters(cellText(t, out[p], e.Site.Langs[l].Tag)))
							}
							if got.String() != want.String() {
								t.Errorf("%s in %s, pages %v: %s", text.ID, v.Doc.Lang, pages, whereDifferent(got.String(), want.String()))
							}
						}
					}
				}
			}
		})
	}
}

// cellText is the text of the page's cells in a language, but for footnotes and
// the site's own remarks.
func cellText(t *testing.T, page []byte, tag string) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type != html.TextNode {
			continue
		}
		inCell, skip := false, false
		for p := n.Parent; p != nil; p = p.Parent {
			class := " " + attr(p, "class") + " "
			if strings.Contains(class, " remark ") || strings.Contains(class, " note ") || strings.Contains(class, " notes ") || p.Data == "sup" {
				skip = true
			}
			if strings.Contains(class, " cell ") {
				inCell = attr(p, "lang") == tag
				break
			}
		}
		if inCell && !skip {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// letters leaves out white space.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func whereDifferent(got, want string) string {
	g, w := []rune(got), []rune(want)
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	from := max(0, i-20)
	return fmt.Sprintf("at letter %d\n got …%s\nwant …%s", i, string(g[from:min(len(g), i+40)]), string(w[from:min(len(w), i+40)]))
}

// TestSameBytes: two builds are equal, and so is one on a single processor's
// worth of order: a builder that has built other things before.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	in := build.Inputs{Content: os.DirFS("../content"), BaseURL: "https://example.org/a/"}
	_, first := made(t, in)
	b := build.New(in)
	for range 2 {
		e, _, err := b.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		same(t, files(t, e), first)
	}
}

func same(t *testing.T, got, want map[string][]byte) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if g, ok := got[p]; !ok {
			t.Errorf("%s is missing", p)
		} else if sha256.Sum256(g) != sha256.Sum256(want[p]) {
			t.Errorf("%s differs", p)
		}
	}
	for p := range got {
		if _, ok := want[p]; !ok {
			t.Errorf("%s is too much", p)
		}
	}
}

// TestLinks: every local link of every page leads to a file and a fragment that
// exist, relative and in exact letters, so that the site works in any folder.
func TestLinks(t *testing.T) {
	t.Parallel()
	_, out := made(t, build.Inputs{Content: os.DirFS("../content")})
	if links := followLinks(t, out); links < 1000 {
		t.Errorf("looked at %d links only", links)
	}
}

// followLinks follows every link of the pages and returns how many there are.
func followLinks(t *testing.T, out map[string][]byte) int {
	t.Helper()
	ids := map[string]map[string]bool{}
	trees := map[string]*html.Node{}
	for path, data := range out {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		trees[path], ids[path] = root, map[string]bool{}
		for n := range root.Descendants() {
			if id := attr(n, "id"); id != "" {
				if ids[path][id] {
					t.Errorf("%s: id %q stands twice", path, id)
				}
				ids[path][id] = true
			}
		}
	}
	links := 0
	for path, root := range trees {
		for n := range root.Descendants() {
			for _, name := range []string{"href", "src"} {
				ref := attr(n, name)
				if ref == "" || strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "mailto:") {
					continue
				}
				links++
				to, fragment, err := resolve(path, ref)
				if err != nil {
					t.Errorf("%s: %q: %v", path, ref, err)
					continue
				}
				if _, ok := out[to]; !ok {
					t.Errorf("%s: %q leads to %s, which does not exist", path, ref, to)
				} else if key, ok := strings.CutPrefix(fragment, "/rows/"); ok { // a JSON Pointer
					if !bytes.Contains(out[to], []byte("\n"+strconv.Quote(key)+":{")) {
						t.Errorf("%s: %q: there is no row %q in %s", path, ref, key, to)
					}
				} else if fragment != "" && !ids[to][fragment] {
					t.Errorf("%s: %q: there is no id %q in %s", path, ref, fragment, to)
				}
			}
		}
	}
	return links
}

// resolve gives the path in the site and the fragment that a reference on a
// page leads to.
func resolve(page, ref string) (path, fragment string, err error) {
	base, err := url.Parse("https://site.invalid/" + (&url.URL{Path: page}).EscapedPath())
	if err != nil {
		return "", "", err
	}
	u, err := base.Parse(ref)
	if err != nil {
		return "", "", err
	}
	// the page for unknown addresses is shown at any depth, and nothing tells it the
	// folder: its links are those of a site at the root of its host
	if u.Host != base.Host || strings.HasPrefix(ref, "/") && page != "404.html" {
		return "", "", errors.New("not a relative link")
	}
	return strings.TrimPrefix(u.Path, "/"), u.Fragment, nil
}
