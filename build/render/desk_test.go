package render

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/diagtest"
	"stele/build/doc"
	"stele/build/record"
	"stele/build/site"
	"stele/themes"
)

// deskDoc makes a document of blocks; those that begin with "## " have the id "one".
func deskDoc(lang string, blocks ...string) *doc.Document {
	for i, b := range blocks {
		if strings.HasPrefix(b, "## ") {
			blocks[i] += " {#one}"
		}
	}
	d := parse("law", lang, strings.Join(blocks, "\n\n")+"\n")
	d.Meta.Title = "Law " + lang
	return d
}

// deskFixture is a text that was confirmed whole and then edited: 1.1 changed in
// English, 1.2 lost its Chinese, 1.3 is as it was and pinned, 1.4 is new in
// all languages, 1.5 is removed, 1.6 was never confirmed and is doubtful.
func deskFixture(t *testing.T) (*site.Site, Desk) {
	t.Helper()
	tab := &record.Table{Langs: []string{"ru", "zh", "en"}}
	row := func(number string, blocks ...int) {
		r := record.Row{Number: number, Row: align.Row{Confidence: 1}}
		if !strings.Contains(number, ".") {
			r.Opens = record.OpensSection
		}
		for _, b := range blocks {
			if b < 0 {
				r.Blocks = append(r.Blocks, nil)
			} else {
				r.Blocks = append(r.Blocks, []int{b})
			}
		}
		tab.Rows = append(tab.Rows, r)
	}
	before := []*doc.Document{
		deskDoc("ru", "## Раз", "Первый абзац.", "Второй абзац.", "Третий.", "Пятый."),
		deskDoc("zh", "## 一", "第一段。", "第二段。", "第三段。", "第五段。"),
		deskDoc("en", "## One", "The first paragraph.", "The second paragraph.", "The third.", "The fifth."),
	}
	for i, n := range []string{"1", "1.1", "1.2", "1.3", "1.5"} {
		row(n, i, i, i)
	}
	rec := record.New(tab, before, nil)
	rec.Path = "law/alignment.tsv"
	if unknown := rec.Confirm("1", "1.1", "1.2", "1.3", "1.5"); unknown != nil {
		t.Fatalf("unknown passages %v", unknown)
	}
	now := []*doc.Document{
		deskDoc("ru", "## Раз", "Первый абзац.", "Второй абзац.", "Третий.", "Четвертый.", "Шестой."),
		deskDoc("zh", "## 一", "第一段。", "第三段。", "第四段。", "第六段。"),
		deskDoc("en", "## One", "The first <b>and new</b> paragraph.", "The second paragraph.", "The third.", "The fourth.", "The sixth.", "And more."),
	}
	tab.Rows = nil
	row("1", 0, 0, 0)
	row("1.1", 1, 1, 1)
	row("1.2", 2, -1, 2)
	row("1.3", 3, 2, 3)
	row("1.4", 4, 3, 4)
	tab.Rows = append(tab.Rows, record.Row{Number: "1.5", Removed: true, Published: true, Row: align.Row{Blocks: make([][]int, 3)}})
	row("1.6", 5, 4, 5)
	confirmed, stale := record.Confirmed, record.Stale
	states := map[string][]record.State{
		"1": {confirmed, confirmed, confirmed}, "1.1": {stale, stale, record.Changed}, "1.2": {stale, record.Missing, stale},
		"1.3": {confirmed, confirmed, confirmed},
	}
	for i := range tab.Rows {
		r := &tab.Rows[i]
		if r.State = states[r.Number]; r.State == nil {
			r.State = make([]record.State, 3)
		}
		r.Pinned = r.Number == "1.3"
		if r.Number == "1.6" {
			r.Confidence, r.Moved, r.Blocks[2] = 0.31, true, []int{5, 6}
		}
	}
	short := []*doc.Document{parse("about", "ru", "---\ntitle: О законе\n---\nРаз.\n")}
	concepts := fixtureConcepts()
	concepts[0].Path = "glossary/bodies/council.yaml"
	s, _ := site.Assemble(site.Input{
		Langs: languages, Title: map[string]string{"ru": "Закон"}, Order: []string{"law"},
		Texts:    []site.TextInput{{ID: "law", Docs: now, Table: tab}, {ID: "about", Docs: short, Table: table(short)}},
		Concepts: concepts,
	})
	var found diag.List
	found.Warn(diag.Pos{Path: "law/en.md", Line: 3, Col: 11}, "number-differs.percent", "Passage", "1.1", "Words", "<script>alert(1)</script>", "Language", diag.Languages{"en"})
	found[0].Related = []diag.Related{{Pos: diag.Pos{Path: "law/ru.md", Line: 3, Col: 1}, Phrase: diag.Say("related.language", "Language", "Russian")}}
	found.Note(diag.Pos{Path: "law/zh.md", Line: 1, Col: 1}, "edge-space.end")
	found.Error(diag.Pos{Path: "glossary/bodies/council.yaml", Line: 2, Col: 1}, "no-definition", "Concept", "council")
	found.Warn(diag.Pos{Path: "about"}, "missing-language", "Languages", diag.Names{"zh", "en"})
	return s, Desk{
		Content: "content", Records: map[string]*record.Record{"law": rec}, Versions: map[string]string{"law": "abc", "about": "def"},
		Findings: found.Sorted(), Words: []diag.Words{diagtest.English(), diagtest.English(), diagtest.English()},
	}
}

func desk(t *testing.T, query string) *html.Node {
	t.Helper()
	s, d := deskFixture(t)
	q, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	b, err := renderer(t, s).Desk(d, q)
	if err != nil {
		t.Fatal(err)
	}
	n, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// says are the texts of the elements.
func says(nodes []*html.Node) []string {
	out := []string{}
	for _, n := range nodes {
		out = append(out, content(n))
	}
	return out
}

func wantSays(t *testing.T, n *html.Node, selector string, want ...string) {
	t.Helper()
	if got := says(find(n, selector)); !slices.Equal(got, want) {
		t.Errorf("%s\n got %q\nwant %q", selector, got, want)
	}
}

func TestDeskMap(t *testing.T) {
	t.Parallel()
	n := desk(t, "lang=en&text=law")
	var got []string
	for _, tile := range find(n, "#t1 a.tile") {
		got = append(got, strings.TrimPrefix(attr(tile, "class"), "tile is-")+" "+says([]*html.Node{tile})[0]+" "+attr(tile, "href"))
	}
	want := []string{
		"confirmed 1 ✓✓✓ #t1r1",
		"changed 1.1 !!≠ #t1w1.1",
		"missing 1.2 !−! 1:0:1 #t1w1.2",
		"confirmed 1.3 ◆ ✓✓✓ #t1r1.3",
		"unconfirmed 1.4 ○○○ #t1r1.4",
		"removed 1.5 × #t1r1.5",
		"doubt 1.6 ?⇅ ○○○ 1:1:2 #t1w1.6",
	}
	for i := range got { // spaces between signs are the style's
		got[i] = strings.ReplaceAll(got[i], "? ⇅", "?⇅")
	}
	if !slices.Equal(got, want) {
		t.Errorf("tiles\n got %q\nwant %q", got, want)
	}
	if label := attr(find(n, "#t1 a.tile")[6], "aria-label"); label != "1.6: Русский unconfirmed, 中文 unconfirmed, English unconfirmed, confidence 31%, moved, 1:1:2" {
		t.Errorf("label: got %q", label)
	}
	if bar := attr(find(n, "#t1 a.tile rect")[5], "width"); bar != "31.0%" {
		t.Errorf("the bar of 1.6: got %q, want 31.0%%", bar)
	}
}

func TestDeskOverview(t *testing.T) {
	t.Parallel()
	n := desk(t, "lang=en")
	wantSays(t, n, ".overview tbody td",
		"Русский 6 of 6 passages 33% confirmed", "中文 5 of 6 passages 40% confirmed", "English 6 of 6 passages 33% confirmed", "▲ 1 warning • 1 note",
		"Русский 1 of 1 passages", "中文 no version", "English no version", "▲ 1 warning",
	)
	wantSays(t, desk(t, "lang=ru"), ".overview td.counts", "▲ 1 предупреждение • 1 примечание", "▲ 1 предупреждение")
	if got := len(find(n, ".text")); got != 2 {
		t.Errorf("%d texts are shown, want both", got)
	}
	wantSays(t, n, "#t1work", "To look at 3")
	wantSays(t, n, "#t2work", "To look at 0")
}

func TestDeskWork(t *testing.T) {
	t.Parallel()
	n := desk(t, "lang=en")
	wantSays(t, n, ".work h4 a", "Passage 1.1", "Passage 1.2", "Passage 1.6")
	if href := attr(find(n, "#t1 .work h4 a")[0], "href"); href != "en/law/one.html#p1.1" {
		t.Errorf("the way to the passage: got %q", href)
	}
	wantSays(t, n, ".work ins", "<b>and new</b>")
	wantSays(t, n, ".work del", "第二段。")
	places := says(find(n, ".work .place code"))
	if want := []string{"content/law/ru.md:3:1", "content/law/zh.md:3:1", "content/law/en.md:3:1", "content/law/ru.md:5:1", "content/law/en.md:5:1"}; !slices.Equal(places[:5], want) {
		t.Errorf("places\n got %q\nwant %q", places[:5], want)
	}
	for _, words := range find(n, ".work .words") {
		if attr(words, "lang") == "" {
			t.Errorf("%q has no language", content(words))
		}
	}
	if only := attr(find(n, "#t1all")[0], "data-passages"); strings.TrimSpace(only) != "1.4" {
		t.Errorf("passages that are only unconfirmed: got %q, want 1.4", only)
	}
	for _, c := range []struct{ selector, want string }{
		{"button[data-act=confirm]", "1.1 1.4 1.2 1.6"}, {"button[data-act=unpin]", "1.3"}, {"button[data-act=pin]", "1 1.1 1.2 1.4 1.6"},
	} {
		var got []string
		for _, b := range find(find(n, "#t1")[0], c.selector) {
			if !has(b, "disabled") {
				t.Errorf("%s: works without the script", c.selector)
			}
			got = append(got, strings.Fields(attr(b, "data-passages"))...)
		}
		slices.Sort(got)
		want := strings.Fields(c.want)
		slices.Sort(want)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", c.selector, got, want)
		}
	}
	if v := attr(find(n, "#t1")[0], "data-version"); v != "abc" {
		t.Errorf("version: got %q", v)
	}
}

// TestDeskFindingsByWeight: the list is in the order of the weight that is given.
func TestDeskFindingsByWeight(t *testing.T) {
	t.Parallel()
	s, d := deskFixture(t)
	d.Weight = func(f diag.Diagnostic) int {
		return slices.Index([]diag.Code{"edge-space", "missing-language"}, f.Code) + 1
	}
	for i, f := range d.Findings {
		if f.Code == "number-differs" {
			for range 9 {
				d.Findings[i].Related = append(d.Findings[i].Related, f.Related[0])
			}
		}
	}
	b, err := renderer(t, s).Desk(d, url.Values{"lang": {"en"}})
	if err != nil {
		t.Fatal(err)
	}
	n, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	wantSays(t, n, "#findings .where-to a", "Council", "Passage 1.1", "Passage 1", "О законе")
	if got := says(find(n, "#findings .also")); len(got) != 5 || !strings.HasPrefix(got[4], "and in 6 more places") {
		t.Errorf("the places of a finding are %q", got)
	}
}

func TestDeskFindings(t *testing.T) {
	t.Parallel()
	all := desk(t, "lang=en")
	codes := func(n *html.Node) []string {
		out := []string{}
		for _, b := range find(n, ".finding .rule") {
			if content(b) == attr(b, "title") {
				t.Errorf("%s is not put into words", content(b))
			}
			out = append(out, string(diag.Code(attr(b, "title")).Rule()))
		}
		return out
	}
	if got := codes(all); !slices.Equal(got, []string{"no-definition", "missing-language", "number-differs", "edge-space"}) {
		t.Errorf("the findings are %q", got)
	}
	wantSays(t, all, "#findings .where-to a", "Council", "О законе", "Passage 1.1", "Passage 1")
	if got := attr(find(all, "#findings .where-to a")[2], "href"); got != "en/law/one.html#p1.1" {
		t.Errorf("the way to the passage: got %q", got)
	}
	wantSays(t, all, ".finding .place code", "content/glossary/bodies/council.yaml:2:1", "content/about:1:1", "content/law/en.md:3:11", "content/law/ru.md:3:1", "content/law/zh.md:1:1")
	if len(find(all, ".finding script")) > 0 {
		t.Error("a message of the content is markup")
	}
	wantSays(t, all, ".facets [aria-current]", "all", "all", "all", "all")
	for query, want := range map[string][]string{
		"severity=warning":            {"missing-language", "number-differs"},
		"severity=warning&text=law":   {"number-differs"},
		"code=edge-space":             {"edge-space"},
		"in=en":                       {"number-differs"},
		"in=ru":                       {},
		"severity=none&in=xx&text=no": {"no-definition", "missing-language", "number-differs", "edge-space"},
		"code=mended":                 {},
	} {
		n := desk(t, "lang=en&"+query)
		if got := codes(n); !slices.Equal(got, want) {
			t.Errorf("%s: the findings are %q, want %q", query, got, want)
		}
		if reset := len(find(n, "[href=editors.html?lang=en#findings]")); reset == 0 && len(want) < 4 {
			t.Errorf("%s: no way back to all findings", query)
		}
		// What was chosen stays when the page is asked for in another language.
		for _, a := range find(n, ".languages a[hreflang=ru]") {
			u, err := url.Parse(attr(a, "href"))
			if err != nil || u.Query().Get("code") != "" && !strings.Contains(query, "code="+u.Query().Get("code")) {
				t.Errorf("%s: the way to Russian is %q", query, attr(a, "href"))
			}
		}
	}
}

// TestDeskIsWhole: in every language the page is valid enough to use by
// keyboard: ids are unique, links within the page lead somewhere, buttons have
// names, and no message is missing.
func TestDeskIsWhole(t *testing.T) {
	t.Parallel()
	for query, lang := range map[string]string{"": "ru", "lang=zh": "zh-Hans", "lang=en": "en", "lang=tlh": "ru"} {
		n := desk(t, query)
		if got := attr(find(n, "html")[0], "lang"); got != lang {
			t.Errorf("%q: the page is in %q, want %q", query, got, lang)
		}
		ids := map[string]bool{}
		for _, e := range find(n, "[id]") {
			if ids[attr(e, "id")] {
				t.Errorf("%q: the id %q is given twice", query, attr(e, "id"))
			}
			ids[attr(e, "id")] = true
		}
		for _, a := range find(n, "a[href]") {
			if id, ok := strings.CutPrefix(attr(a, "href"), "#"); ok && !ids[id] {
				t.Errorf("%q: %q leads nowhere", query, attr(a, "href"))
			}
		}
		for _, b := range find(n, "button") {
			if strings.TrimSpace(content(b)) == "" || attr(b, "type") == "" {
				t.Errorf("%q: a button without a name or type", query)
			}
		}
		if s := content(n); strings.Contains(s, "‹") {
			t.Errorf("%q: a message is missing: %q", query, s[strings.Index(s, "‹"):][:40])
		}
	}
}

// TestDeskIsNotPublished: neither the page nor what it needs is in a site that
// is built.
func TestDeskIsNotPublished(t *testing.T) {
	t.Parallel()
	s, _ := deskFixture(t)
	r := renderer(t, s)
	for _, p := range s.Pages {
		if strings.Contains(p.Path, "editors") {
			t.Errorf("the site has the page %s", p.Path)
		}
		if r.Renders(p.Kind) && bytes.Contains(source(t, r, p.Path), []byte("editors.html")) {
			t.Errorf("%s leads to the desk", p.Path)
		}
	}
	for a := range r.Assets() {
		if strings.Contains(a.Path, "desk") {
			t.Errorf("the site has the asset %s", a.Path)
		}
	}
	var own []string
	for a := range r.DeskAssets() {
		own = append(own, a.Path)
	}
	if len(own) != 2 {
		t.Errorf("the desk's assets: got %q, want its style sheet and script", own)
	}
	theme, err := Parse(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range deskAssets {
		if size := compressed(t, theme.assets[name].data); size == 0 || size > 15_000 {
			t.Errorf("%s: %d bytes compressed", name, size)
		}
	}
}
