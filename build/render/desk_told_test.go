package render

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"stele/build/diag"
	"stele/build/lang"
	"stele/build/record"
)

// told is the desk with other findings.
func told(t *testing.T, query map[string][]string, add func(*diag.List)) *html.Node {
	t.Helper()
	s, d := deskFixture(t)
	d.Findings = nil
	add(&d.Findings)
	b, err := renderer(t, s).Desk(d, query)
	if err != nil {
		t.Fatal(err)
	}
	n, err := html.Parse(strings.NewReader(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestDeskTellsWhatIsLacking: what a language lacks is found where it is missing, at
// the end of the passage before it, and shown on the card of the passage itself.
func TestDeskTellsWhatIsLacking(t *testing.T) {
	t.Parallel()
	n := told(t, map[string][]string{"lang": {"en"}}, func(l *diag.List) {
		l.Warn(diag.Pos{Path: "law/en.md", Line: 3, Col: 1}, "number-differs.percent", "Passage", "1.2", "Words", "5", "Language", diag.Languages{"en"})
	})
	var cards []string
	for _, w := range find(n, ".work") {
		if len(find(w, ".open .rule")) > 0 {
			cards = append(cards, attr(w, "data-number"))
		}
	}
	if !slices.Equal(cards, []string{"1.2"}) {
		t.Errorf("the finding about 1.2 is on the cards %q", cards)
	}
	wantSays(t, n, "#findings .where-to a", "Passage 1.2")
}

// TestDeskNamesItsOwnActs: no finding on the desk tells to run a command for what
// has a button there.
func TestDeskNamesItsOwnActs(t *testing.T) {
	t.Parallel()
	n := told(t, map[string][]string{"lang": {"en"}}, func(l *diag.List) {
		at := diag.Pos{Path: "law/en.md", Line: 3, Col: 1}
		l.Warn(at, "changed", "Passage", "1.1", "Changes", "x", "Text", "law")
		l.Warn(at, "stale", "Passage", "1.1", "Changes", "x", "Text", "law", "Language", "x")
		l.Note(at, "not-recorded", "Text", "law")
		l.Note(at, "unconfirmed", "Open", 1, "Count", 2, "Text", "law")
		l.Note(at, "unconfirmed.language", "Open", 1, "Count", 2, "Text", "law", "Language", "x")
		l.Note(at, "unconfirmed.version", "Text", "law", "Language", "x")
	})
	found := find(n, ".finding")
	if len(found) != 6 {
		t.Fatalf("%d findings", len(found))
	}
	for _, f := range found {
		if strings.Contains(content(f), "stele ") {
			t.Errorf("it names a command: %s", content(f))
		}
	}
}

func TestBeyond(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ title, sentence, want string }{
		{"Лишний пробел", "лишний пробел", ""},
		{"Лишний пробел", "лишний пробел; уберите его", "уберите его"},
		{"Лишний пробел", "лишний пробелок", "лишний пробелок"},
		{"Лишний пробел", "в конце стоит пробел", "в конце стоит пробел"},
		{"多余空格", "多余空格：请删去", "请删去"},
	} {
		if got := beyond(c.title, c.sentence); got != c.want {
			t.Errorf("%q, %q: %q, want %q", c.title, c.sentence, got, c.want)
		}
	}
}

// TestDeskQueueSaysWhoChanged: a card whose own language is as it was confirmed says
// which of the others is not.
func TestDeskQueueSaysWhoChanged(t *testing.T) {
	t.Parallel()
	s, d := deskFixture(t)
	for _, sec := range s.Text("law").Sections {
		for _, p := range sec.Passages {
			if p.Row.Ahead = make([][]int, 3); p.Number == "1.1" {
				p.Row.Ahead = [][]int{{2}, {2}, nil}
			}
		}
	}
	page := func(query map[string][]string) *html.Node {
		b, err := renderer(t, s).Desk(d, query)
		if err != nil {
			t.Fatal(err)
		}
		n, err := html.Parse(strings.NewReader(string(b)))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for lang, want := range map[string]string{"ru": "English: new wording", "en": "new wording"} {
		for _, w := range find(page(map[string][]string{"lang": {"en"}, "queue": {lang}}), ".work") {
			if attr(w, "data-number") == "1.1" {
				wantSays(t, w, "h4 .mark.is-stale", want)
			}
		}
	}
	// The changed text was signed since for its own language alone: the record has
	// no more what it was, so that nobody can say that only spaces are new.
	law := s.Text("law")
	signed := record.New(law.Table, law.Docs(), d.Records["law"])
	signed.Confirm("1.1")
	d.Records["law"] = signed
	for _, sec := range s.Text("law").Sections {
		for _, p := range sec.Passages {
			if p.Number == "1.1" {
				p.Cells[2].State = record.Confirmed
			}
		}
	}
	seen := 0
	for _, w := range find(page(map[string][]string{"lang": {"en"}, "queue": {"ru"}, "kind": {"wording"}}), ".work") {
		if attr(w, "data-number") == "1.1" {
			wantSays(t, w, "h4 .mark.is-stale", "English: new wording (what it was before is not kept)")
			seen++
		}
	}
	if seen != 1 {
		t.Errorf("the card is shown %d times", seen)
	}
	n := page(map[string][]string{"lang": {"en"}, "queue": {"ru"}, "kind": {"divided"}})
	wantSays(t, n, "#queue .said-so", "Nothing that is due matches this choice. Show all that is due")
}

// TestSnippet: the hits of a search are marked, with other endings too.
func TestSnippet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tag, text, query, want string }{
		{"ru", "Сотрудничество стран и народов.", "страна", "Сотрудничество [стран] и народов."},
		{"ru", "Сотрудничество.", "Верблюд", ""},
		{"zh-Hans", "各成员国将加强合作。", "成员国", "各[成员国]将加强合作。"},
		{"zh-Hans", "成员国和各成员国将加强合作。", "成员国 合作", "[成员国]和各[成员国]将加强[合作]。"},
		{"zh-Hans", "成员国家。", "国家 成员国", "[成员国家]。"},
		{"zh-Hans", "一一一，一二", "一一", "[一一一]，一二"},
		{"zh-Hans", "一带一路 Road", "road 一路", "一带[一路] [Road]"},
		{"en", "Ports and roads.", "road", "Ports and [roads]."},
	} {
		got := ""
		if at := hits(c.text, c.query, lang.Of(c.tag)); len(at) > 0 {
			for _, r := range window(c.text, at) {
				if r.Hit {
					got += "[" + r.Text + "]"
				} else {
					got += r.Text
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.query, got, c.want)
		}
	}
	long := strings.Repeat("слово ", 100) + "страна" + strings.Repeat(" слово", 100)
	if same := strings.Repeat("一", 1000); len(window(same, hits(same, "一", lang.Of("zh-Hans")))[0].Text) > 3*200 {
		t.Error("a text that repeats what was searched for is shown as a whole")
	}
	if got := window(long, hits(long, "страна", lang.Of("ru"))); len(got) != 5 || got[0].Text != "… " || !got[2].Hit {
		t.Errorf("%+v", got)
	}
}
