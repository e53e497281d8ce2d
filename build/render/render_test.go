package render

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"stele/build/glossary"
	"stele/build/record"
	"stele/build/site"
	"stele/themes"
)

// TestEveryPage executes every template with every kind of page in every
// language, and holds each page to what all pages promise.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	r := renderer(t, fixtureSite(t, nil))
	kinds := map[site.Kind]bool{}
	for _, p := range r.site.Pages {
		if !r.Renders(p.Kind) {
			continue
		}
		kinds[p.Kind] = true
		b := source(t, r, p.Path)
		if again := source(t, r, p.Path); !bytes.Equal(b, again) {
			t.Errorf("%s: two renderings differ", p.Path)
		}
		for _, bad := range []string{"ZgotmplZ", "<no value>", "‹", "<script>alert", " style=", " onclick", "javascript:"} {
			if bytes.Contains(b, []byte(bad)) {
				t.Errorf("%s: has %q", p.Path, bad)
			}
		}
		n, err := html.Parse(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if h := find(n, "h1"); len(h) != 1 {
			t.Errorf("%s: %d <h1>, want 1", p.Path, len(h))
		}
		checkOutline(t, p.Path, n)
		ids := map[string]bool{}
		for d := range n.Descendants() {
			if id := attr(d, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s: id %q twice", p.Path, id)
				}
				ids[id] = true
			}
		}
		for _, a := range find(n, "a") {
			href := attr(a, "href")
			if frag, ok := strings.CutPrefix(href, "#"); ok && !ids[frag] && !strings.Contains(frag, "%") {
				t.Errorf("%s: link to %q, which is not on the page", p.Path, href)
			}
			if strings.HasPrefix(href, "/") {
				t.Errorf("%s: link %q breaks below a sub-path", p.Path, href)
			}
		}
		if p.Localized() {
			if got := attr(find(n, "html")[0], "lang"); got != r.site.Langs[p.Lang].Tag {
				t.Errorf("%s: lang is %q, want %q", p.Path, got, r.site.Langs[p.Lang].Tag)
			}
			var got, want []site.Alternate // of the page, of the site map
			for _, link := range find(n, "link[hreflang]") {
				got = append(got, site.Alternate{Tag: attr(link, "hreflang"), Path: attr(link, "href")})
			}
			for _, a := range r.site.Alternates(p) {
				want = append(want, site.Alternate{Tag: a.Tag, Path: cmp.Or(r.site.Abs(a.Path), site.Rel(p.Path, a.Path))})
			}
			if len(got) != len(r.site.Langs)+1 || !slices.Equal(got, want) {
				t.Errorf("%s: alternates %v, in the site map %v; want one for each language and x-default", p.Path, got, want)
			}
			if got := len(find(n, ".foot .status")); got == 0 {
				t.Errorf("%s: the status of the language versions is not stated", p.Path)
			}
		}
	}
	for k := range layouts {
		// Only in the preview; not among the pages; of texts with several versions, or of folders, which the tests of the whole have.
		if !kinds[k] && k != site.Editors && k != site.Moved && k != site.Versions && k != site.Changes && k != site.FolderIndex {
			t.Errorf("the fixture has no page of kind %d", k)
		}
	}
}

// checkOutline wants headings that never go down by more than one level.
func checkOutline(t *testing.T, path string, n *html.Node) {
	t.Helper()
	last := 0
	for d := range n.Descendants() {
		if len(d.Data) != 2 || d.Data[0] != 'h' || d.Data[1] < '1' || d.Data[1] > '6' {
			continue
		}
		if level := int(d.Data[1] - '0'); level > last+1 {
			t.Errorf("%s: <%s> %q after <h%d>", path, d.Data, content(d), last)
		} else {
			last = level
		}
	}
}

func TestSection(t *testing.T) {
	t.Parallel()
	n := page(t, renderer(t, fixtureSite(t, nil)), "ru/law/one.html")
	for _, tt := range []struct{ what, selector, want string }{
		{"the heading in the page's language is the page's", "h1.h2", "Раздел первый"},
		{"a heading received in capitals is told apart", "#p1 .c3 .caps", "SECTION ONE"},
		{"a number is the permalink", "[id=p1.1] a.number[href=#p1.1]", "1.1"},
		{"the first use of a concept is a link", "[id=p1.1] .c1 a.term[data-card=card-council]", "Совет"},
		{"a list item keeps its number", "[id=p1.3] .c1 .in ol[start=2] li", "second"},
		{"a language without the passage says so", "[id=p1.4] .c2 .remark", "В этой версии пункта нет."},
		{"a note follows its block", "[id=p1.6] .c1 .note[id=note-ru-1] p", "The note."},
		{"links outside carry no referrer", "[id=p1.7] .c1 a[rel=noreferrer]", "out"},
		{"a link to a passage of another page", "[id=p1.7] .c1 a[href=one.html#p1.1]", "passage"},
		{"a link by hand is a term", "[id=p1.7] .c1 a.term[href=../glossary/pact.html]", "by hand"},
		{"a table can be scrolled by keyboard", "[id=p1.8] .c1 .scroll[tabindex=0] td", "a"},
		{"code keeps its spaces", "[id=p1.9] .c1 pre code", `x := "<y>"`},
		{"a quotation", "[id=p1.13] .c1 blockquote .in p", "quoted"},
		{"a card gives the names", "#card-council .name[lang=zh-Hans]", "理事会"},
		{"and the definition in the page's language", "#card-council .definition", "Орган."},
		{"the status of a version stands over its column", ".heads .c3 .status", "аутентичный текст"},
		{"a citation marks the language's name", ".cites .c2 span[lang=zh-Hans]", "中文"},
		{"the next section", ".turn a[rel=next]", "Следующий раздел Заключительная часть"},
	} {
		found := find(n, tt.selector)
		if len(found) == 0 {
			t.Errorf("%s: nothing at %q", tt.what, tt.selector)
			continue
		}
		if got := content(found[0]); got != tt.want {
			t.Errorf("%s: at %q\n got %q\nwant %q", tt.what, tt.selector, got, tt.want)
		}
	}
	if got := find(n, "[id=p1.7] .c1 img"); len(got) != 1 || attr(got[0], "alt") != "the <seal>" || attr(got[0], "src") != "../../files/law/seal.png" {
		t.Errorf("the image: got %d", len(got))
	}
	if got := find(n, "#ref-ru-1"); len(got) != 1 {
		t.Errorf("a note referred to twice has %d places to return to, want 1", len(got))
	}
	if got := find(n, "[id=p1.7] .c1 a"); len(got) != 3 {
		t.Errorf("%d links where three lead somewhere", len(got))
	}
}

func TestCellsOfOtherPages(t *testing.T) {
	t.Parallel()
	r := renderer(t, fixtureSite(t, nil))
	for _, tt := range []struct{ path, selector, want string }{
		{"ru/law/closing.html", "h1", "Заключительная часть"},
		{"ru/law/closing.html", "[id=p2.9] .notice", "Пункт 2.9 исключен. Его номер больше не присваивается."},
		{"ru/law/preamble.html", "h1", "Закон"},
		{"en/law/full.html", "h1", "THE LAW OF THE LAND"},
		{"en/law/full.html", "h2.h2", "SECTION ONE"},
		{"en/law/full.html", "[id=p1.7] .c1 a[href=#p1.1]", "passage"},
		{"zh/about.html", "h1", "О законе"},
		{"zh/about.html", ".absent span", "中文"},
		{"en/glossary/council.html", "h1", "Council"},
		{"en/glossary/council.html", ".found .c2 mark", "Совет"},
		{"en/glossary/union.html", ".gaps dt", "中文 – not named in 1 passage"},
		{"en/glossary/union.html", ".found .c3 .remark", "Not named here."},
		{"en/glossary/union.html", ".definition", "A <b>union</b> & more."},
		{"zh/glossary/union.html", ".in-language .h1", "Union"},
		{"en/glossary/pact.html", ".facts td", "15 June 2001"},
		{"en/glossary/timeline.html", ".events td a", "Pact"},
		{"en/glossary/treaties.html", ".initial h2", "P"},
		{"index.html", "li[lang=zh-Hans] .title", "法律"},
		{"404.html", "li[lang=en] .title", "There is no page at this address."},
		{"zh/law/one.html", "title", "第一章：法律"},
		{"en/law/one.html", "title", "SECTION ONE — Law"},
		{"ru/law/one.html", "title", "Раздел первый — Закон"},
		{"en/index.html", ".versions td", "authentic text document of 10 July 2015"},
	} {
		found := find(page(t, r, tt.path), tt.selector)
		if len(found) == 0 {
			t.Errorf("%s: nothing at %q, want %q", tt.path, tt.selector, tt.want)
			continue
		}
		if got := content(found[0]); got != tt.want {
			t.Errorf("%s: at %q\n got %q\nwant %q", tt.path, tt.selector, got, tt.want)
		}
	}
}

func TestNotFoundLinksWorkAtAnyDepth(t *testing.T) {
	t.Parallel()
	n := page(t, renderer(t, fixtureSite(t, nil)), "404.html")
	for _, a := range find(n, "main a") {
		if href := attr(a, "href"); !strings.HasPrefix(href, "https://example.org/edition/") {
			t.Errorf("link %q of the page for unknown addresses is relative", href)
		}
	}
	for _, asset := range append(find(n, "link[rel=stylesheet]"), find(n, "link[rel=icon]")...) {
		if href := attr(asset, "href"); !strings.HasPrefix(href, "https://example.org/edition/assets/") {
			t.Errorf("asset %q of the page for unknown addresses is relative", href)
		}
	}
}

func TestNotFoundIsStyledWithoutABaseURL(t *testing.T) {
	t.Parallel()
	n := page(t, renderer(t, fixtureSite(t, func(in *site.Input) { in.BaseURL = "" })), "404.html")
	var styles []string
	for _, sheet := range find(n, "link[rel=stylesheet]") {
		styles = append(styles, attr(sheet, "href"))
	}
	// The first for a site below a path, at its top; the second at any depth of a
	// site at the root.
	if len(styles) != 2 || !strings.HasPrefix(styles[0], "assets/site.") || styles[1] != "/"+styles[0] {
		t.Errorf("style sheets %q, want that of the site by itself and from the root", styles)
	}
	ways := find(n, "main a")
	for _, a := range ways {
		if href := attr(a, "href"); !strings.HasPrefix(href, "/") {
			t.Errorf("link %q is dead below a folder", href)
		}
	}
	if len(ways) == 0 {
		t.Error("no ways on")
	}
}

// TestHeadingOfAnotherLanguage: where a language has no heading for a section, its
// contents show that of another, which says whose it is and which way it runs.
func TestHeadingOfAnotherLanguage(t *testing.T) {
	t.Parallel()
	s := fixtureSite(t, func(in *site.Input) {
		in.Langs = slices.Clone(in.Langs)
		in.Langs[1].Tag = "fa" // written from right to left
	})
	for _, section := range s.Texts[0].Sections {
		if section.Role == site.Headed {
			section.Titles[1] = ""
		}
	}
	n := page(t, renderer(t, s), "zh/law/index.html")
	titles := find(n, ".contents .section-title span")
	found := 0
	for _, x := range titles {
		if said := content(x); said == "SECTION ONE" || said == "Раздел первый" {
			found++
			if lang := attr(x, "lang"); lang != "en" && lang != "ru" || attr(x, "dir") != "ltr" {
				t.Errorf("%q has lang=%q dir=%q, want those of its own language", said, lang, attr(x, "dir"))
			}
		}
	}
	if found == 0 {
		t.Errorf("the contents say %q, and nothing for the section", says(titles))
	}
	for _, x := range find(n, ".contents .others span") {
		if attr(x, "lang") == "fa" {
			t.Errorf("%q stands there as of the language that has no such heading", content(x))
		}
	}
}

func TestOneLanguage(t *testing.T) {
	t.Parallel()
	s := fixtureSite(t, func(in *site.Input) {
		in.Langs = languages[2:]
		in.BaseURL = ""
	})
	r := renderer(t, s)
	n := page(t, r, "en/law/one.html")
	if got := find(n, ".columns"); len(got) != 0 {
		t.Error("one language, but a choice of columns")
	}
	if got := attr(find(n, "link[rel=canonical]")[0], "href"); got != "one.html" {
		t.Errorf("canonical without a base URL: got %q", got)
	}
	if b := source(t, r, "en/law/one.html"); bytes.Contains(b, []byte(`"@id"`)) {
		t.Error("an @id without a base URL")
	}
}

func TestStaleMark(t *testing.T) {
	t.Parallel()
	s := fixtureSite(t, func(in *site.Input) {
		in.Options.StaleMarks = true
		rows := in.Texts[0].Table.Rows
		for i := range rows {
			rows[i].State = []record.State{record.Stale, record.Confirmed, record.Changed}
		}
	})
	n := page(t, renderer(t, s), "en/law/one.html")
	if got := find(n, "[id=p1.1] .c2 .remark"); len(got) != 1 {
		t.Errorf("a stale cell has %d remarks, want 1", len(got))
	}
	if got := find(n, "[id=p1.1] .c1 .remark"); len(got) != 0 {
		t.Errorf("a changed cell has %d remarks, want none", len(got))
	}
}

func TestAllowed(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://example.org/": true, "http://example.org": true, "mailto:a@example.org": true, "tel:+74950000000": true,
		"javascript:alert(1)": false, "JavaScript:alert(1)": false, " javascript:alert(1)": false, "java\nscript:alert(1)": false,
		"data:text/html,x": false, "vbscript:x": false, "file:///etc/passwd": false, "//example.org": false, "https:": false,
	} {
		if got := allowed(address); got != want {
			t.Errorf("allowed(%q) = %t, want %t", address, got, want)
		}
	}
}

func TestBind(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"мир — в доме":        "мир\u00a0— в\u00a0доме",
		"В доме и у реки":     "В\u00a0доме и у\u00a0реки",
		"лев с (к югу)":       "лев с\u00a0(к\u00a0югу)",
		"№ 3":                 "№\u00a03",
		"слов во всех словах": "слов во всех словах",
		"":                    "",
	} {
		if got := bound(in, "ru"); got != want {
			t.Errorf("bound(%q)\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestBound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tag, in, want string }{
		{"ru", "15 июня 2001 г. в Шанхае", "15\u00a0июня 2001\u00a0г. в\u00a0Шанхае"},
		{"ru", "в 2015 году, 5 государств", "в\u00a02015\u00a0году, 5 государств"},
		{"ru", "Хартия, ст. 4 и 6 (п. 2, подп. 3), гл. VIII", "Хартия, ст.\u00a04 и 6 (п.\u00a02, подп.\u00a03), гл.\u00a0VIII"},
		{"ru", "п. 5.3, пп. 8 и 9", "п.\u00a05.3, пп.\u00a08 и 9"},
		{"ru", "автострад. п. и ст. без числа", "автострад. п. и ст. без числа"},
		{"en", "on 17 June 2004, 5 States", "on 17\u00a0June 2004, 5 States"},
		{"zh-Hans", "2004 年", "2004 年"},
	} {
		if got := bound(c.in, c.tag); got != c.want {
			t.Errorf("bound(%q, %q)\n got %q\nwant %q", c.in, c.tag, got, c.want)
		}
	}
}

func TestForeignWords(t *testing.T) {
	t.Parallel()
	three := []site.Lang{{Code: "ru", Tag: "ru"}, {Code: "zh", Tag: "zh-Hans"}, {Code: "en", Tag: "en"}}
	four := append(slices.Clone(three), site.Lang{Code: "fr", Tag: "fr"})
	for _, c := range []struct {
		langs    []site.Lang
		lang     int
		in, want string
	}{
		{three, 1, "“three forces of evil” for", `<span lang="en">“three forces of evil” for</span>`},
		{three, 1, "用“member states”一词", `用“<span lang="en">member states</span>”一词`},
		{three, 0, "в English text, as received & so on — слово", "в\u00a0" + `<span lang="en">English text, as received</span> &amp; <span lang="en">so on</span>` + "\u00a0— слово"},
		{three, 1, "由 PDF 文件", "由 PDF 文件"},
		{three, 1, "见 https", "见 https"},
		{three, 2, "member states", "member states"},
		{four, 1, "用member states一词", "用member states一词"}, // English or French
	} {
		w := &writer{context: context{Renderer: &Renderer{site: &site.Site{Langs: c.langs}, speeches: speechesOf(c.langs)}}, lang: c.lang}
		if w.set(c.in); w.b.String() != c.want {
			got := w.b.String()
			t.Errorf("set(%q) in %s\n got %q\nwant %q", c.in, c.langs[c.lang].Tag, got, c.want)
		}
	}
}

// TestManyTerms: a block of as many runs as terms once took their product.
func TestManyTerms(t *testing.T) {
	t.Parallel()
	const n = 150_000
	k := &site.Concept{Concept: &glossary.Concept{ID: "k"}}
	b := &site.Block{Block: &parse("long", "ru", strings.Repeat(`ка\. `, n)).Blocks[0]} // a run goes no further than an escape
	for i := range n {
		b.Terms = append(b.Terms, site.Term{Match: glossary.Match{Start: 6 * i, End: 6*i + 4, Concept: k.ID}})
	}
	w := &writer{context: context{Renderer: &Renderer{site: &site.Site{Langs: languages}, speeches: speechesOf(languages)}}, mark: k}
	start := time.Now()
	w.inlines(b, b.Inlines, prose)
	if got, want := w.b.String(), strings.TrimSpace(strings.Repeat("<mark>ка</mark>. ", n)); got != want {
		t.Errorf("%d terms: got %d bytes, want %d", n, len(got), len(want))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%d terms took %v", n, took)
	}
}

// TestNamedByHand: [[id]] is a use of the concept, which its page marks.
func TestNamedByHand(t *testing.T) {
	t.Parallel()
	k := &site.Concept{Concept: &glossary.Concept{ID: "k", Names: map[string][]glossary.Name{"zh": {{Text: "公约", Status: glossary.Preferred}}}}}
	s, _ := site.Assemble(site.Input{Langs: languages, Concepts: []*glossary.Concept{k.Concept}})
	k = s.Concept("k")
	b := &site.Block{Block: &parse("t", "ru", "Есть [[k]].").Blocks[0]}
	w := &writer{context: context{Renderer: &Renderer{site: s, speeches: speechesOf(s.Langs)}}, mark: k}
	w.inlines(b, b.Inlines, prose)
	if got, want := w.b.String(), `Есть <mark><span lang="zh-Hans">公约</span></mark>.`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestLongPassageInConcordance: a chapter in one paragraph is not copied to the
// page of every concept that it names.
func TestLongPassageInConcordance(t *testing.T) {
	t.Parallel()
	s := fixtureSite(t, nil)
	r := renderer(t, s)
	k := s.Concepts[0]
	p := s.Page(site.Key{Kind: site.ConceptPage, ID: k.ID}, 2)
	o := s.Occurrences(k)[0].Passage
	for l := range o.Cells {
		for _, b := range o.Cells[l].Blocks {
			b.Block = &parse("law", languages[l].Code, b.Text+strings.Repeat(" more", longPassage/5)).Blocks[0]
		}
	}
	n := page(t, r, p.Path)
	wantSays(t, n, ".concordance .notice", "A passage too long to be quoted here.")
	if got := content(n); strings.Contains(got, "more more more") {
		t.Error("the passage is there whole")
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		room int
		want string
	}{
		{"Хартия ШОС", 10, "Хартия ШОС"},
		{"Хартия ШОС", 9, "Хартия…"},
		{"Договор о дружбе, мире", 18, "Договор о дружбе…"},
		{"上海合作组织宪章", 10, "上海合作组…"},
	} {
		if got := short(c.in, c.room); got != c.want {
			t.Errorf("short(%q, %d) = %q, want %q", c.in, c.room, got, c.want)
		}
	}
}

func TestCapitals(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"DEVELOPMENT STRATEGY": true, "ПОЛИТИЧЕСКОЕ СОТРУДНИЧЕСТВО": true, "The SCO": false, "SCO": false, "上海合作组织 SCO-CICA ASEAN": false, "": false,
	} {
		if got := capitals(in); got != want {
			t.Errorf("capitals(%q) = %t, want %t", in, got, want)
		}
	}
}

func TestAssets(t *testing.T) {
	t.Parallel()
	theme, err := Parse(fstest.MapFS{
		"layouts/base.html":  {Data: []byte(`{{define "page"}}{{end}}`)},
		"assets/site.css":    {Data: []byte(`a { background: url(img/dot.svg) } b { background: url("other.png") }`)},
		"assets/img/dot.svg": {Data: []byte("<svg/>")},
	})
	if err != nil {
		t.Fatal(err)
	}
	dot := theme.asset("img/dot.svg")
	if ok, _ := path.Match("assets/img/dot.??????????.svg", dot); !ok {
		t.Errorf("the picture's path: got %q", dot)
	}
	want := `a { background: url("../` + dot + `") } b { background: url("other.png") }`
	if got := string(theme.assets["site.css"].data); got != want {
		t.Errorf("the style sheet\n got %s\nwant %s", got, want)
	}
	var paths []string
	for a := range theme.Assets() {
		paths = append(paths, a.Path)
	}
	if len(paths) != 2 {
		t.Errorf("assets: got %v", paths)
	}
}

// TestFaultyLayouts: each layout that cannot be read is told of with its place.
func TestFaultyLayouts(t *testing.T) {
	t.Parallel()
	base := `{{define "page"}}{{end}}`
	parts := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "{{define `p%d`}}a{{end}}\n", i)
		}
		return b.String()
	}
	for _, c := range []struct {
		layouts map[string]string
		want    string
	}{
		{map[string]string{"base": base, "home": "<p>\n{{if}}", "text": "{{define \"main\"}}", "contents": "fine"}, `layouts/home.html:2: bad-layout.empty Word="if"
layouts/text.html:1: bad-layout.open`},
		{map[string]string{"base": "\n\n{{no}}", "home": "{{if}}"}, `layouts/base.html:3: bad-layout.function Name="no"`},
		{map[string]string{"base": base, "_part": "{{", "home": "fine"}, "layouts/_part.html:1: bad-layout.action"},
		{map[string]string{"base": base, "home": parts(MaxParts - 4)}, ""},
		{map[string]string{"base": base, "home": parts(MaxParts)}, "layouts/home.html:997: bad-layout.parts Max=(1000)"},
	} {
		theme := fstest.MapFS{"assets/a": {}}
		for name, data := range c.layouts {
			theme["layouts/"+name+".html"] = &fstest.MapFile{Data: []byte(data)}
		}
		_, err := Parse(theme)
		var faults Faults
		if c.want == "" && err == nil {
			continue
		}
		if !errors.As(err, &faults) || err.Error() != c.want {
			t.Errorf("%.200q:\n got %v\nwant %s", c.layouts, err, c.want)
		}
	}
	if _, err := Parse(fstest.MapFS{}); err == nil || errors.As(err, new(Faults)) {
		t.Errorf("no theme at all: got %v, want an error that is no fault of a layout", err)
	}
}

// TestLayoutFaults: what html/template says most often has a sentence of ours, also
// where only a page finds it; html/template may change its words.
func TestLayoutFaults(t *testing.T) {
	t.Parallel()
	parse := func(layout string) error {
		set, err := template.New("home.html").Funcs(functions).Parse(layout)
		if err == nil {
			err = set.Execute(io.Discard, struct{ Title string }{"x"})
		}
		return layoutFault(err)
	}
	for layout, want := range map[string]string{
		"{{nofunc 1}}":                       `bad-layout.function Name="nofunc"`,
		"{{$x}}":                             `bad-layout.variable Name="$x"`,
		`{{template "nope"}}`:                `bad-layout.template Name="nope"`,
		"{{.Nope}}":                          `bad-layout.field Name="Nope"`,
		"{{if .Title}}":                      "bad-layout.open",
		"{{end}}":                            `bad-layout.end Word="{{end}}"`,
		"{{":                                 "bad-layout.action",
		"{{{{end}}":                          "bad-layout.sign Word=",
		`{{"abc}}`:                           "bad-layout.quote",
		"{{range}}":                          `bad-layout.empty Word="range"`,
		"{{}}":                               "bad-layout.nothing",
		`{{if .Title}}<a href="{{end}}{{.}}`: "bad-layout.context Said=",
	} {
		var faults Faults
		if err := parse(layout); !errors.As(err, &faults) || !strings.HasPrefix(faults[0].Phrase().String(), want) {
			t.Errorf("%s: %v, want %s", layout, err, want)
		}
	}
}

// TestAssetsAreSmall keeps the promise of one style sheet and one script under
// 15 kB each as they are sent, and the search's beside them.
func TestAssetsAreSmall(t *testing.T) {
	t.Parallel()
	theme, err := Parse(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"site.css", "site.js", "search.css", "find.js", "search.js"} {
		if n := compressed(t, theme.assets[name].data); n == 0 || n > 15_000 {
			t.Errorf("%s: %d bytes compressed, want 1 to 15000", name, n)
		}
	}
}
