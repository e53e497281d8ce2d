package build_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
	"stele/build/diag"
	"stele/build/site"
)

// manyTexts is a site of so many texts that a preview begins with a sketch. Each
// leads to the next, and names what the glossary has.
func manyTexts(n int) fstest.MapFS {
	content := fstest.MapFS{
		"glossary/bodies/council.yaml": {Data: []byte("class: body\nnames:\n  ru:\n    - text: Совет\n  en:\n    - text: Council\ndefinition:\n  ru: Совет.\n  en: A council.\n")},
	}
	for i := range n {
		for lang, words := range map[string][3]string{"ru": {"Закон", "Реки и озера страны, Совет.", "Дороги, %d км."}, "en": {"Law", "The rivers and lakes, and the Council.", "Roads, %d km."}} {
			body := fmt.Sprintf("---\ntitle: %s %d\nsource: x\n---\n\n%s\n\n", words[0], i, words[1])
			if i%2 == 0 {
				body += "## " + words[0] + " {#one}\n\n"
			}
			body += fmt.Sprintf(words[2]+" [%d](../t%02d/%s.md)\n\n```\n## no heading\n```\n", i, (i+1)%n, (i+1)%n, lang)
			content[fmt.Sprintf("f%d/t%02d/%s.md", i%2, i, lang)] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(body, "../t", fmt.Sprintf("../../f%d/t", (i+1)%n%2)))}
		}
	}
	return content
}

// TestSketch: the pages of a sketch that need no more are those of the whole site,
// and all others say what they need.
func TestSketch(t *testing.T) {
	t.Parallel()
	content := manyTexts(40)
	whole, found, err := build.New(build.Inputs{Content: content}).Load(t.Context())
	if err != nil || found.Count(diag.Error) > 0 {
		t.Fatal(err, found)
	}
	sketcher := build.New(build.Inputs{Content: build.NewSnapshot(content)})
	var wanted []string
	for _, next := range []string{"", "f1/t07", "f0/t12"} {
		if next != "" {
			wanted = append(wanted, next)
		}
		sketch, err := sketcher.Sketch(t.Context(), wanted...)
		if err != nil || sketch == nil {
			t.Fatal(sketch, err)
		}
		complete := map[site.Kind]int{}
		for _, path := range whole.Paths() {
			text, all := sketch.Needs(path)
			if text != "" || all {
				continue
			}
			if p := whole.Site.At(path); p != nil {
				complete[p.Kind]++
			}
			got, err := sketch.File(path)
			want, _ := whole.File(path)
			if err != nil || string(got) != string(want) {
				t.Errorf("%v: %s differs from that of the whole site: %v\n%s\nwant\n%s", wanted, path, err, got, want)
			}
		}
		for _, kind := range []site.Kind{site.Choice, site.Home, site.FolderIndex, site.TextContents} {
			if complete[kind] == 0 {
				t.Errorf("%v: no page of kind %d can be shown", wanted, kind)
			}
		}
		for path, want := range map[string]string{"en/f1/t09.html": "f1/t09", "en/f0/t12/index.html": "f0/t12"} {
			if next == want {
				want = ""
			}
			if text, all := sketch.Needs(path); text != want || all {
				t.Errorf("%v: %s needs %q and the whole: %v; want %q", wanted, path, text, all, want)
			}
		}
		for _, path := range []string{"search/start.js", "en/glossary/council.html", "data/f1/t07.json", "no/such.html"} {
			if _, all := sketch.Needs(path); !all {
				t.Errorf("%v: %s does not need the whole", wanted, path)
			}
		}
	}
	if e, err := build.New(build.Inputs{Content: manyTexts(4)}).Sketch(t.Context()); e != nil || err != nil {
		t.Errorf("a site of four texts is sketched: %v, %v", e, err)
	}
	if text, all := whole.Needs("no/such.html"); text != "" || all {
		t.Error("an edition needs something")
	}
}

// TestLinksOfTheLastSite: a link is looked at again when what it led to has
// changed, and only then taken from before.
func TestLinksOfTheLastSite(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{}
	put := func(name, data string) { content[name] = &fstest.MapFile{Data: []byte(data)} }
	put("a/en.md", "# A\n\nSee [there](../b/en.md#two), [here](#own), [a file](x.pdf) and [b](../b/en.md).\n\n## Own {#own}\n\nEnd.\n")
	put("b/en.md", "# B\n\n## One {#one}\n\nWords.\n\n## Two {#two}\n\nMore.\n")
	put("a/x.pdf", "%PDF")
	old := build.New(build.Inputs{Content: content})
	for i, change := range []func(){
		func() {},
		func() {
			put("b/en.md", "# B\n\n## Zero\n\nNew.\n\n## One {#one}\n\nWords.\n\n## Two {#two}\n\nMore.\n")
		},
		func() { put("b/en.md", "# B\n\n## One {#one}\n\nWords.\n") },
		func() { put("b/en.md", "---\nlayout: page\n---\n# B\n\n## Two {#two}\n\nWords.\n") },
		func() { put("b/en.md", "---\nslug: c\n---\n# B\n\n## Two {#two}\n\nWords.\n") },
		func() { delete(content, "a/x.pdf") },
		func() { put("c/en.md", "# C\n\nWords.\n") },
		func() { delete(content, "b/en.md") },
		func() { put("b/en.md", "# B\n\n## Two {#two}\n\nWords.\n") },
	} {
		change()
		got, gotFound, err := old.Load(t.Context())
		want, wantFound, _ := build.New(build.Inputs{Content: content}).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(gotFound) != fmt.Sprint(wantFound) {
			t.Errorf("step %d: found %v, want %v", i, gotFound, wantFound)
		}
		sameFiles(t, fmt.Sprint("step ", i), got, want)
	}
}

func sameFiles(t *testing.T, what string, got, want *build.Edition) {
	t.Helper()
	if a, b := strings.Join(got.Paths(), "\n"), strings.Join(want.Paths(), "\n"); a != b {
		t.Errorf("%s: paths are\n%s\nwant\n%s", what, a, b)
	}
	for _, path := range want.Paths() {
		a, _ := got.File(path)
		b, err := want.File(path)
		if err != nil || string(a) != string(b) {
			t.Errorf("%s: %s differs: %v", what, path, err)
		}
	}
}
