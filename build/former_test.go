package build_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"stele/build"
)

// TestSearchFormer: what holds no longer is found once, in the last version that
// has it, and what still holds is not found again.
func TestSearchFormer(t *testing.T) {
	t.Parallel()
	content := amended()
	content["glossary/bodies/head.yaml"] = &fstest.MapFile{Data: []byte("class: body\nnames:\n  ru:\n    - председатель\n    - {text: бюджет, until: 2005}\n  en:\n    - chairman\n")}
	e, out := made(t, build.Inputs{Content: content})
	find := func(query, lang string) []string {
		var out []string
		for _, p := range e.SearchFormer(query, langOf(e.Site, lang)).Passages {
			out = append(out, p.Section.Text.Slug+" "+p.Number)
		}
		return out
	}
	for _, c := range []struct {
		query, lang string
		want        []string
	}{
		{"марта", "ru", []string{"law/2010-01-01 1.1"}},        // reworded since, and the same in both earlier versions
		{"Monday March", "en", []string{"law/2010-01-01 1.1"}}, // the other language has not changed
		{"chairman", "en", []string{"law/2010-01-01 1.2"}},     // gone since
		{"председатель", "ru", []string{"law/2010-01-01 1.2"}},
		{"протокол", "ru", nil},                          // still so
		{"апреля", "ru", nil},                            // of the present version only
		{"бюджет", "ru", []string{"law/2010-01-01 1.2"}}, // a name of the chairman; the passage with the word still stands
	} {
		if got := find(c.query, c.lang); !slices.Equal(got, c.want) {
			t.Errorf("%q finds %q, want %q", c.query, got, c.want)
		}
	}
	has(t, out, "search/earlier/start.js", `["law/2010-01-01",`, `"law","2010-01-01"]`, "!2001-05-01")
	has(t, out, "search/start.js", "!2010-01-01")
	has(t, out, "en/search.html", `name="earlier"`, "Version of {d}")
	has(t, out, "en/glossary/head.html", `href="../search.html?earlier=1&amp;q=chairman"`, "In earlier versions: 1 passage<")
	has(t, out, "en/law/versions.html", `href="../search.html?earlier=1&amp;in=law"`)

	// Where all versions say the same, there is nothing to look for.
	for path := range content {
		if strings.HasPrefix(path, "law/versions/2001") || path == "law/alignment.tsv" {
			delete(content, path)
		}
	}
	for _, l := range []string{"ru", "en"} {
		content["law/"+l+".md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(content["law/versions/2010-01-01/"+l+".md"].Data), "2010-01-01", "2020-02-03", 1))}
		content["about/"+l+".md"] = &fstest.MapFile{Data: []byte("# About\n")}
	}
	_, out = made(t, build.Inputs{Content: content})
	has(t, out, "en/search.html", "!name=\"earlier\"", "!Version of {d}")
	for path := range out {
		if strings.HasPrefix(path, "search/earlier/") {
			t.Errorf("there is %s", path)
		}
	}
}

// TestSearchFormerIndex: the index of what holds no longer finds in the browser
// what Go finds, with lists of words too.
func TestSearchFormerIndex(t *testing.T) {
	chromium := chromiumOf(t)
	content := twelve(t).(fstest.MapFS)
	for path, f := range maps.Clone(content) { // each text as it was when it had other words in each paragraph
		if name, lang, ok := strings.Cut(path, "/"); ok && strings.HasPrefix(name, "s") && strings.HasSuffix(lang, ".md") {
			head, body, _ := strings.Cut(string(f.Data), "\n\n")
			was := strings.ReplaceAll(body, "\n\n", map[string]string{"ru.md": " прежде\n\n", "zh.md": "从前\n\n", "en.md": " formerly\n\n"}[lang])
			content[name+"/versions/2001-01-01/"+lang] = &fstest.MapFile{Data: []byte(head + "\n\n" + was)}
		}
	}
	e, found, err := build.New(build.Inputs{Content: content}).Load(t.Context())
	if err != nil || found.HasErrors() {
		t.Fatal(err, found)
	}
	out := map[string][]byte{} // the search alone: hundreds of pages are made elsewhere
	for a := range e.Artifacts() {
		if strings.HasPrefix(a.Path, "search/") || strings.HasPrefix(a.Path, "assets/") || a.Path == "ru/search.html" {
			if out[a.Path], err = a.Make(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if filesOf(out, "search/earlier/en/p") < 2 {
		t.Fatal("earlier versions have no index of words")
	}
	r := openOn(t, chromium, out, 1280, 900)
	r.visit("ru/search.html")
	r.await(`globalThis.steleSearch !== undefined`)
	var queries []asked
	for i, q := range readQueries(t, "search.tsv") {
		if i%12 == 0 {
			queries = append(queries, q)
		}
	}
	queries = append(queries, asked{lang: "en", query: "formerly RATS"}, asked{lang: "zh", query: "品从前"}, asked{lang: "ru", query: "терроризма прежде"})
	for i, got := range r.answersOf("earlier/", queries) {
		var want []string
		for _, p := range e.SearchFormer(queries[i].query, langOf(e.Site, queries[i].lang)).Passages {
			want = append(want, p.Section.Text.Slug+" "+p.Number)
		}
		if !slices.Equal(got.Hits, want) {
			t.Errorf("%s %q: the script finds %d passages, Go %d\n got %.300v\nwant %.300v", queries[i].lang, queries[i].query, len(got.Hits), len(want), got.Hits, want)
		}
	}
}

// TestBrowserSearchFormer: earlier versions are searched when a reader says so, and
// nothing of them is loaded before.
func TestBrowserSearchFormer(t *testing.T) {
	chromium := chromiumOf(t)
	_, out := made(t, build.Inputs{Content: os.DirFS("../docs/amended/content")})
	r := openOn(t, chromium, out, 320, 640)
	r.seek("en/search.html", "minutes loses")
	loaded := `performance.getEntriesByType('resource').filter(e => e.name.includes('/search/earlier/')).length`
	if n := ask[int](r, loaded); n > 0 {
		t.Errorf("%d files of the earlier versions were loaded for nobody", n)
	}
	if got := r.numbers(); got != "" {
		t.Errorf("the current version has %s", got)
	}
	r.seek("en/search.html", "two years")
	r.click(".seek .earlier input")
	const hits = `[...document.querySelectorAll('.former a.number')].map(a => a.textContent + ' ' + a.getAttribute('href')).join(' | ')`
	r.await(`document.querySelector('.former a.number') !== null`)
	if got, want := ask[string](r, hits), "1.2 statute/2009-03-01/members.html?q=two%20years#p1.2"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	if got := ask[string](r, `document.querySelector('.former h3').innerText`); !strings.Contains(got, "Version of 1 March 2009") && !strings.Contains(got, "Version of March 1, 2009") {
		t.Errorf("the version is called %q", got)
	}
	if got := ask[string](r, `location.search`); !strings.Contains(got, "earlier=1") {
		t.Errorf("the address is %q", got)
	}
	if over := ask[int](r, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("the page scrolls sideways by %d pixels at 320", over)
	}
	// As an address, in another language; what was there is where it leads.
	r.visit("zh/search.html?earlier=1&in=statute&q=" + "%E4%B8%A4%E5%B9%B4")
	r.await(`document.querySelector('.former a.number') !== null`)
	if got := ask[string](r, `document.querySelector('.former h3').innerText`); !strings.Contains(got, "2009年3月1日版本") {
		t.Errorf("the version is called %q", got)
	}
	r.do(chromedp.Click[string](".former a.number"))
	r.await(`location.pathname.endsWith('/zh/statute/2009-03-01/members.html') && document.readyState === 'complete'`)
	r.await(`document.querySelector('#p1\\.2 mark') !== null`)
	// Off again, they are gone.
	r.seek("en/search.html", "two years")
	if ask[bool](r, `document.querySelector('.seek .earlier input').checked || !document.querySelector('.former').hidden`) {
		t.Error("earlier versions are searched though nobody asks now")
	}
}
