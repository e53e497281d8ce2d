package build_test

import (
	"bytes"
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"stele/build"
	"stele/build/record"
)

// deskContent is a small site of one text in two languages.
func deskContent() fstest.MapFS {
	return fstest.MapFS{
		"law/ru.md": {Data: []byte("# Закон {#law}\n\n## Раз {#one}\n\nРеки и озера страны.\n\nДороги, мосты и порты.\n")},
		"law/en.md": {Data: []byte("# The Law {#law}\n\n## One {#one}\n\nThe rivers and lakes of the country.\n\nRoads, bridges and ports.\n")},
	}
}

func edition(t *testing.T, content fstest.MapFS) *build.Edition {
	t.Helper()
	e, _, err := build.New(build.Inputs{Content: content}).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// version is what a page of the desk says is its text's version.
func version(t *testing.T, d *build.Desk, text string) string {
	t.Helper()
	page, err := d.Page(url.Values{"text": {text}})
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), `data-text="`+text+`" data-version="`)
	v, _, _ := strings.Cut(rest, `"`)
	if !ok || v == "" {
		t.Fatalf("the desk does not give a version of %q", text)
	}
	return v
}

// write keeps an act in the content.
func write(content fstest.MapFS, act *build.Act) {
	for _, f := range act.Files {
		content[f.Path] = &fstest.MapFile{Data: f.After}
	}
}

func states(t *testing.T, content fstest.MapFS, number string) []record.State {
	t.Helper()
	return edition(t, content).Site.Text("law").Passage(number).Row.State
}

func TestDeskConfirms(t *testing.T) {
	t.Parallel()
	content := deskContent()
	desk := edition(t, content).Desk("content")
	seen := build.Seen{Text: "law", Version: version(t, desk, "law"), Lang: "en"}
	act, err := desk.SignSeen(seen, []string{"1.1"}, record.Confirmation{})
	if err != nil {
		t.Fatal(err)
	}
	told := func() string { return desk.Say("en")(act.Done.ID, act.Done.Pairs...) }
	if len(act.Files) != 1 || act.Files[0].Path != "law/alignment.tsv" || told() != "Confirmed: 1.1" {
		t.Errorf("got %+v, %q", act.Files, told())
	}
	if content["law/alignment.tsv"] != nil {
		t.Error("the desk wrote into the content by itself")
	}
	write(content, act)
	if got := states(t, content, "1.1"); got[0] != record.Confirmed || got[1] != record.Confirmed {
		t.Errorf("1.1 is %v, want confirmed", got)
	}
	if got := states(t, content, "1.2"); got[0] != record.Unconfirmed {
		t.Errorf("1.2 is %v, want unconfirmed", got)
	}

	// The page that 1.1 was confirmed from is good for more: nothing that it
	// shows has changed.
	desk = edition(t, content).Desk("content")
	if act, err = desk.SignSeen(seen, []string{"0", "1", "1.2"}, record.Confirmation{}); err != nil {
		t.Fatal(err)
	}
	if told() != "3 passages confirmed" {
		t.Errorf("said %q", told())
	}
	write(content, act)
	for _, n := range []string{"0", "1", "1.1", "1.2"} {
		if got := states(t, content, n); got[0] != record.Confirmed || got[1] != record.Confirmed {
			t.Errorf("%s is %v, want confirmed", n, got)
		}
	}

	// After an edit the other language has not followed; confirmed, it has.
	content["law/en.md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(content["law/en.md"].Data), "lakes", "4 lakes", 1))}
	if got := states(t, content, "1.1"); got[0] != record.Stale || got[1] != record.Changed {
		t.Fatalf("1.1 is %v, want stale and changed", got)
	}
	desk = edition(t, content).Desk("content")
	if _, err = desk.SignSeen(seen, []string{"1.1"}, record.Confirmation{}); err == nil {
		t.Error("a page made before the edit confirms what it does not show")
	}
	seen.Version = version(t, desk, "law")
	if act, err = desk.SignSeen(seen, []string{"1.1"}, record.Confirmation{}); err != nil {
		t.Fatal(err)
	}
	write(content, act)
	if got := states(t, content, "1.1"); got[0] != record.Confirmed || got[1] != record.Confirmed {
		t.Errorf("1.1 is %v, want confirmed", got)
	}
}

func TestDeskPins(t *testing.T) {
	t.Parallel()
	content := deskContent()
	desk := edition(t, content).Desk("content")
	for _, pinned := range []bool{true, true, false} {
		print := desk.Print(edition(t, content).Site.Text("law").Passage("1.2"))
		act, err := desk.Pin(build.At{Text: "law", Passage: "1.2", Print: print, Lang: "ru"}, pinned)
		if err != nil {
			t.Fatal(err)
		}
		write(content, act)
		desk = edition(t, content).Desk("content")
		if got := edition(t, content).Site.Text("law").Passage("1.2").Row.Pinned; got != pinned {
			t.Errorf("pinned %v, want %v; %q", got, pinned, act.Done.ID)
		}
		if states(t, content, "1.2")[0] != record.Unconfirmed {
			t.Error("to pin a passage confirmed it")
		}
	}
}

func TestDeskRefuses(t *testing.T) {
	t.Parallel()
	content := deskContent()
	desk := edition(t, content).Desk("content")
	v := version(t, desk, "law")
	broken := deskContent()
	broken["law/alignment.tsv"] = &fstest.MapFile{Data: []byte("#passage\tmark\tru\ten\none\t-\t-\t-\n")}
	brokenDesk := edition(t, broken).Desk("content")
	for _, c := range []struct {
		name string
		do   func() (*build.Act, error)
		want string
	}{
		{"another version", func() (*build.Act, error) {
			return desk.SignSeen(build.Seen{Text: "law", Version: "0", Lang: "en"}, []string{"1.1"}, record.Confirmation{})
		}, "The text has changed since this page was made."},
		{"in the page's language", func() (*build.Act, error) {
			return desk.SignSeen(build.Seen{Text: "law", Version: "0", Lang: "ru"}, []string{"1.1"}, record.Confirmation{})
		}, "Текст изменился с тех пор, как показана эта страница."},
		{"no such passage", func() (*build.Act, error) {
			return desk.SignSeen(build.Seen{Text: "law", Version: v, Lang: "en"}, []string{"1.1", "9.9", "8"}, record.Confirmation{})
		}, "There is no passage 9.9, 8 in this text."},
		{"no such passage to pin", func() (*build.Act, error) {
			return desk.Pin(build.At{Text: "law", Passage: "9.9", Print: "0", Lang: "en"}, true)
		}, "There is no passage 9.9 in this text."},
		{"no such text", func() (*build.Act, error) {
			return desk.SignSeen(build.Seen{Text: "../law", Version: v, Lang: "en"}, []string{"1.1"}, record.Confirmation{})
		}, "There is no text ../law."},
		{"no passages", func() (*build.Act, error) {
			return desk.SignSeen(build.Seen{Text: "law", Version: v, Lang: "en"}, nil, record.Confirmation{})
		}, "The request is not complete."},
		{"no version", func() (*build.Act, error) {
			return desk.Pin(build.At{Text: "law", Passage: "1.1", Lang: "en"}, true)
		}, "The request is not complete."},
		{"a damaged record", func() (*build.Act, error) {
			return brokenDesk.SignSeen(build.Seen{Text: "law", Version: v, Lang: "en"}, []string{"1.1"}, record.Confirmation{})
		}, "The content has errors."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			act, err := c.do()
			var refused *build.RefusedError
			if act != nil || !errors.As(err, &refused) || !strings.HasPrefix(refused.Sentence, c.want) {
				t.Errorf("got %v, %v; want it refused with %q", act, err, c.want)
			}
		})
	}
}

// TestDeskSearch: the desk finds what the site's search finds, and leads to the
// passages' lines on the desk itself.
func TestDeskSearch(t *testing.T) {
	t.Parallel()
	e, found, err := build.New(build.Inputs{Content: os.DirFS("../content")}).Load(t.Context())
	if err != nil || found.HasErrors() {
		t.Fatal(err, found)
	}
	page, err := e.Desk("content").Page(url.Values{"lang": {"en"}, "q": {"РАТС"}})
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids, hits := map[string]bool{}, []string{}
	for n := range root.Descendants() {
		ids[attr(n, "id")] = true
		if n.Data == "a" && attr(n.Parent.Parent, "class") == "desk-found" {
			hits = append(hits, attr(n, "href"))
		}
	}
	if want := e.Search("РАТС", langOf(e.Site, "en")).Passages; len(hits) != len(want) || len(hits) < 3 {
		t.Fatalf("the desk finds %d passages, the site's search %d: %v", len(hits), len(want), hits)
	}
	for _, h := range hits {
		_, id, _ := strings.Cut(h, "#")
		if !ids[id] || !strings.Contains(h, "q=") {
			t.Errorf("%s leads nowhere on the desk", h)
		}
	}
	page, err = e.Desk("content").Page(url.Values{"lang": {"zh"}, "q": {"xyzzyx"}})
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(page, []byte("没有找到。")); n != 1 {
		t.Errorf("that nothing was found is said %d times", n)
	}
	if !bytes.Contains(page, []byte("：已核定。 </span>")) && !bytes.Contains(page, []byte("：未核定。 </span>")) {
		t.Error("what is said of a line's language does not end as Chinese sentences do")
	}
}

// TestDeskSaysWhatItRemoved: to save nothing in the place of a passage removes it,
// and that is what is said.
func TestDeskSaysWhatItRemoved(t *testing.T) {
	t.Parallel()
	content := deskContent()
	content["law/zh.md"] = &fstest.MapFile{Data: []byte("# 法律 {#law}\n\n## 一 {#one}\n\n国家的河流和湖泊。\n\n道路、桥梁和港口。\n")}
	desk := edition(t, content).Desk("content")
	at := func(lang string) build.At {
		p := edition(t, content).Site.Text("law").Passage("1.2")
		return build.At{Text: "law", Passage: "1.2", Print: desk.Print(p), Lang: lang}
	}
	for _, c := range []struct{ lang, markdown, want string }{
		{"zh", "Roads.", "已保存：第1.2段，English"},
		{"zh", " \n", "已删去：第1.2段，English"},
		{"ru", "", "Удалено: пункт 1.2, English"},
		{"en", "", "Removed: 1.2, English"},
	} {
		act, err := desk.Edit(at(c.lang), "en", build.Piece{First: 0, Last: 0, Markdown: c.markdown})
		if err != nil {
			t.Fatal(err)
		}
		if got := desk.Say(c.lang)(act.Done.ID, act.Done.Pairs...); got != c.want {
			t.Errorf("%q for %q: said %q, want %q", c.markdown, c.lang, got, c.want)
		}
	}
}

// TestDeskSaysWhatIsUnknown: an address that asks for the queue of a language, or
// for a text, that the site has not is told so, with all that there is.
func TestDeskSaysWhatIsUnknown(t *testing.T) {
	t.Parallel()
	desk := edition(t, deskContent()).Desk("content")
	for query, want := range map[string]string{
		"lang=en&queue=fr":     "There is no language “fr” on this site",
		"lang=ru&queue=fr":     "Языка «fr» на сайте нет",
		"lang=en&text=<laws>":  "There is no text “&lt;laws&gt;” on this site",
		"lang=en&queue=ru":     "",
		"lang=en&text=law&q=a": "",
	} {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		page, err := desk.Page(q)
		if err != nil {
			t.Fatal(err)
		}
		if want != "" && !bytes.Contains(page, []byte(want)) || want == "" && bytes.Contains(page, []byte("on this site")) {
			t.Errorf("%s: the desk does not say %q", query, want)
		}
	}
}
