package build_test

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"stele/build"
	"stele/build/record"
)

// TestDeskQueueIsLight: with more than a thousand cards due, a page of the queue
// holds twenty of them, leads to all, and is small.
func TestDeskQueueIsLight(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{}
	for _, l := range []string{"ru", "en"} {
		var b strings.Builder
		fmt.Fprintf(&b, "# %s {#law}\n\n", l)
		for i := range 1100 {
			if i%100 == 0 {
				fmt.Fprintf(&b, "## %s %d {#s%d}\n\n", l, i, i)
			}
			fmt.Fprintf(&b, "%s %d, %d.\n\n", map[string]string{"ru": "Абзац", "en": "Paragraph"}[l], i, i*i+1000)
		}
		content["law/"+l+".md"] = &fstest.MapFile{Data: []byte(b.String())}
	}
	d := edition(t, content).Desk("content")
	if _, err := d.Page(url.Values{}); err != nil { // what is gathered once
		t.Fatal(err)
	}
	next, cards, pages := "editors.html?queue=ru&lang=ru&text=law", 0, 0
	for next != "" {
		u, err := url.Parse(next)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		page, err := d.Page(u.Query())
		if err != nil {
			t.Fatal(err)
		}
		if pages == 0 {
			t.Logf("a page of the queue: %d kB in %v", len(page)/1000, time.Since(begun))
		}
		n := strings.Count(string(page), `<article class="work"`)
		if cards, pages = cards+n, pages+1; n > 20 || len(page) > 250_000 || pages > 60 {
			t.Fatalf("page %d has %d cards and %d bytes", pages, n, len(page))
		}
		next = ""
		if m := regexp.MustCompile(`<a rel="next" href="([^"]*)"`).FindSubmatch(page); m != nil {
			next = html.UnescapeString(string(m[1]))
		}
	}
	if cards != 1112 {
		t.Errorf("%d cards on %d pages, want 1112", cards, pages)
	}
}

// TestDeskQueueBeginsWithWork: of many texts, the tables for translators and the choice
// of a text are folded; of one, its tables are shown.
func TestDeskQueueBeginsWithWork(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{}
	for i := range 13 {
		for l, word := range map[string]string{"ru": "Абзац", "en": "Paragraph"} {
			content[fmt.Sprintf("t%d/%s.md", i, l)] = &fstest.MapFile{Data: fmt.Appendf(nil, "# %s %d {#t}\n\n%s %d.\n", word, i, word, i)}
		}
	}
	for _, c := range []struct {
		texts  int
		query  string
		tables bool // folded
		choice bool // folded
	}{
		{13, "", true, true},
		{13, "&text=t3", false, true},
		{12, "", true, false},
		{1, "", false, false},
	} {
		some := fstest.MapFS{}
		for name, f := range content {
			for i := range c.texts {
				if strings.HasPrefix(name, fmt.Sprintf("t%d/", i)) {
					some[name] = f
				}
			}
		}
		q, err := url.ParseQuery("queue=ru&lang=en" + c.query)
		if err != nil {
			t.Fatal(err)
		}
		page, err := edition(t, some).Desk("content").Page(q)
		if err != nil {
			t.Fatal(err)
		}
		said := string(page)
		if !strings.Contains(said, `<ul class="tables">`) {
			t.Errorf("%d texts%s: no tables", c.texts, c.query)
		}
		if got := strings.Contains(said, `<details class="folded" id="tables">`); got != c.tables {
			t.Errorf("%d texts%s: the tables are folded: %v", c.texts, c.query, got)
		}
		if got, want := strings.Contains(said, `<details class="folded" id="by-group">`), c.texts > 12 && c.query == ""; got != want {
			t.Errorf("%d texts%s: what is confirmed at once is folded: %v", c.texts, c.query, got)
		}
		if got := strings.Contains(said, `<details id="by-text">`); got != c.choice {
			t.Errorf("%d texts%s: the choice of a text is folded: %v", c.texts, c.query, got)
		}
	}
}

// TestDeskQueueChooses: what is due is told by kind, and a section is chosen.
func TestDeskQueueChooses(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	change := func(name, old, new string) {
		content[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(content[name].Data), old, new, 1))}
	}
	change("law/en.md", "The rivers", "The 9 rivers")             // Russian has not followed new wording
	change("law/en.md", "bridges. Ports.", "bridges.\n\nPorts.")  // only divided otherwise
	change("law/ru.md", "- Школы\r\n", "")                        // missing
	change("law/en.md", "- Universities\n", "- Uni ver sities\n") // only spaces
	d := edition(t, content).Desk("content")
	for query, want := range map[string]string{
		"":                "1.1 1.2 1.3 1.4",
		"kind=wording":    "1.1",
		"kind=missing":    "1.3",
		"kind=divided":    "1.2",
		"kind=space":      "1.4",
		"kind=finding":    "",
		"section=0":       "",
		"section=1":       "1.1 1.2 1.3 1.4",
		"q=Дороги":        "1.2",
		"kind=no&from=-1": "1.1 1.2 1.3 1.4",
	} {
		q, err := url.ParseQuery(query + "&queue=ru&text=law&lang=en")
		if err != nil {
			t.Fatal(err)
		}
		page, err := d.Page(q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range regexp.MustCompile(`<article class="work"[^>]* data-number="([^"]*)" data-print="[0-9a-f]{16}"`).FindAllSubmatch(page, -1) {
			got = append(got, string(m[1]))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
	// A space more in one's own language does not hide that another was reworded.
	change("law/ru.md", "Реки", "Ре ки")
	page, err := edition(t, content).Desk("content").Page(url.Values{"queue": {"ru"}, "text": {"law"}, "kind": {"wording"}})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(page, []byte(`data-number="1.1"`)) {
		t.Error("a passage that another language has in other words, and this one with another space, is not due as reworded")
	}
}

// TestDeskQueueKnowsWhatWasJoined: two passages that were only put together in a
// language have no new wording; nor can they be confirmed unread with others.
func TestDeskQueueKnowsWhatWasJoined(t *testing.T) {
	t.Parallel()
	for now, want := range map[string]string{"country. Roads": "divided", "country. New roads": "wording"} {
		content := deskContent()
		desk := edition(t, content).Desk("content")
		act, err := desk.SignSeen(build.Seen{Text: "law", Version: version(t, desk, "law"), Lang: "en"}, []string{"0", "1", "1.1", "1.2"}, record.Confirmation{})
		if err != nil {
			t.Fatal(err)
		}
		write(content, act)
		en := string(content["law/en.md"].Data)
		content["law/en.md"] = &fstest.MapFile{Data: []byte(strings.Replace(en, "country.\n\nRoads", now, 1))}
		// Joined in the other language too: nothing else is open in it.
		ru := string(content["law/ru.md"].Data)
		content["law/ru.md"] = &fstest.MapFile{Data: []byte(strings.Replace(ru, ".\n\nДороги", ". Дороги", 1))}
		d := edition(t, content).Desk("content")
		for _, kind := range []string{"divided", "wording"} {
			page, err := d.Page(url.Values{"lang": {"en"}, "queue": {"en"}, "text": {"law"}, "kind": {kind}})
			if err != nil {
				t.Fatal(err)
			}
			if got := bytes.Contains(page, []byte(`data-number="1.1"`)); got != (kind == want) {
				t.Errorf("%q is %s: %v, want %s", now, kind, got, want)
			}
			if regexp.MustCompile(`id="all[^>]* data-passages="[^"]*1\.1 `).Match(page) {
				t.Errorf("%q, %s: 1.1 can be confirmed unread", now, kind)
			}
		}
	}
}

// TestDeskSpeaksOneLanguage: on a desk of texts in Russian and Chinese nothing is
// said in English, neither to who reads the one nor to who reads the other.
func TestDeskSpeaksOneLanguage(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{
		"site.yaml":   {Data: []byte("title: {ru: Закон, zh: 法律}\nlanguages: [{lang: ru}, {lang: zh}]\n")},
		"закон/ru.md": {Data: []byte("---\ntitle: Закон\nstatus: editorial\n---\n# Закон {#z}\n\n## Раз {#r}\n\nРеки, 5 рек.\n\nДороги «страны.\n\nШколы.\n")},
		"закон/zh.md": {Data: []byte("---\ntitle: 法律\nstatus: editorial\n---\n# 法律 {#z}\n\n## 一 {#r}\n\n河流，6条。\n\n道路\n\n")},
	}
	e := edition(t, content)
	d := e.Desk("content")
	words := regexp.MustCompile(`[A-Za-z]{2,}`)
	known := map[string]bool{"XLIFF": true, "Word": true, "Markdown": true, "Ctrl": true, "Enter": true, "Esc": true, "Alt": true, "Shift": true, "git": true, "content": true, "md": true, "ru": true, "zh": true, "docx": true, "html": true, "txt": true, "xlf": true, "MB": true, "tsv": true, "alignment": true, "stele": true, "align": true, "save": true, "bodies": true, "treaties": true, "principles": true}
	for _, query := range []string{"lang=ru", "lang=zh", "lang=ru&queue=zh", "lang=zh&queue=ru"} {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		page, err := d.Page(q)
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(strings.NewReader(string(page)))
		if err != nil {
			t.Fatal(err)
		}
		met := 0
		look := func(s, where string) {
			for _, w := range words.FindAllString(s, -1) {
				if !known[w] {
					met++
					t.Errorf("%s: English %q in %s %q", query, w, where, s)
				}
			}
		}
		for n := range root.Descendants() {
			switch {
			case n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "script":
				look(n.Data, "the text")
			case n.Type == html.ElementNode:
				for _, a := range n.Attr {
					if a.Key == "aria-label" || a.Key == "placeholder" || a.Key == "title" && attr(n, "class") != "rule" || strings.HasPrefix(a.Key, "data-") && attr(n, "id") == "desk-words" {
						look(a.Val, a.Key)
					}
				}
			}
		}
		if met > 0 {
			t.Errorf("%s: English met: %d", query, met)
		}
	}
	// What is refused is said in the page's language too.
	for _, lang := range []string{"ru", "zh"} {
		_, err := d.Join(build.At{Text: "закон", Passage: "1.1", Print: "x", Lang: lang})
		if err == nil || words.MatchString(err.Error()) {
			t.Errorf("%s: %v", lang, err)
		}
	}
}
