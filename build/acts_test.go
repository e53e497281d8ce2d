package build_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
	blocks "stele/build/edit"
	"stele/build/record"
)

// put keeps an act in the content, as it must be before.
func put(t *testing.T, content fstest.MapFS, a *build.Act) {
	t.Helper()
	for _, f := range a.Files {
		now, err := fs.ReadFile(content, f.Path)
		if (f.Before == nil) != (err != nil) || string(now) != string(f.Before) {
			t.Errorf("%s is %q, the act has it before as %q", f.Path, now, f.Before)
		}
		if f.After == nil {
			delete(content, f.Path)
			continue
		}
		content[f.Path] = &fstest.MapFile{Data: f.After}
	}
}

func deskOf(t *testing.T, content fstest.MapFS) (*build.Desk, func(number string) build.At) {
	t.Helper()
	e := edition(t, content)
	d := e.Desk("content")
	return d, func(number string) build.At {
		p := e.Site.Text("law").Passage(number)
		if p == nil {
			t.Fatalf("there is no passage %s", number)
		}
		return build.At{Text: "law", Passage: number, Print: d.Print(p), Lang: "en"}
	}
}

// actContent is a text of two languages with a record.
func actContent(t *testing.T) fstest.MapFS {
	t.Helper()
	content := fstest.MapFS{
		"law/ru.md":                   {Data: []byte("\ufeff# Закон {#law}\r\n\r\n## Раз {#one}\r\n\r\nРеки и озера [[water|страны]].\r\n\r\nДороги и мосты. Порты.\r\n\r\n- Школы\r\n- Вузы\r\n")},
		"law/en.md":                   {Data: []byte("# The Law {#law}\n\n## One {#one}\n\nThe rivers and lakes of the country.\n\nRoads and 2 bridges. Ports.\n\n- Schools\n- Universities\n")},
		"glossary/bodies/water.yaml":  {Data: []byte("class: body\nnames:\n  en:\n    - text: Water\n  ru:\n    - text: Вода\n")},
		"glossary/bodies/rivers.yaml": {Data: []byte("class: body\nnames:\n  en:\n    - text: River\n  ru:\n    - text: Река\nparent: water\n")},
	}
	d, _ := deskOf(t, content)
	act, err := d.SignSeen(build.Seen{Text: "law", Version: version(t, d, "law"), Lang: "en"}, []string{"0", "1", "1.1", "1.2", "1.3", "1.4"}, record.Confirmation{By: "2026-11-28 Anna"})
	if err != nil {
		t.Fatal(err)
	}
	put(t, content, act)
	return content
}

// rows are the passages of the text with what they hold in each language.
func rows(t *testing.T, content fstest.MapFS) string {
	t.Helper()
	var out []string
	x := edition(t, content).Site.Text("law")
	for _, s := range x.Sections {
		for _, p := range s.Passages {
			if p.Row.Removed {
				continue
			}
			line := p.Number
			for _, c := range p.Cells {
				line += " |"
				for _, b := range c.Blocks {
					line += " " + b.Text
				}
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func TestActs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		do    func(d *build.Desk, at func(string) build.At) (*build.Act, error)
		said  string
		files int
		old   string // of rows
		new   string
	}{
		{"edit", func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
			return d.Edit(at("1.1"), "ru", build.Piece{First: 0, Last: 0, Markdown: "Совсем другое."})
		}, "Saved: 1.1, Русский", 2, "Реки и озера страны.", "Совсем другое."},
		{"edit into two", func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
			return d.Edit(at("1.2"), "en", build.Piece{First: 0, Last: 0, Markdown: "Roads.\n\nPorts."})
		}, "Saved: 1.2, English", 2, "Roads and 2 bridges. Ports.", "Roads. Ports."},
		{"divide a block", func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
			return d.Divide(at("1.2"), "ru", 0, 16)
		}, "1.2, Русский: the block is two now: Дороги и мосты. | Порты.", 2, "Дороги и мосты. Порты.", "Дороги и мосты. Порты."},
		{"divide within a word", func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
			return d.Divide(at("1.2"), "ru", 0, 10)
		}, "1.2, Русский: the block is two now, at the nearest edge of a word: Дороги и | мосты. Порты.", 2, "Дороги и мосты. Порты.", "Дороги и мосты. Порты."},
		{"join passages", func(d *build.Desk, at func(string) build.At) (*build.Act, error) { return d.Join(at("1.4")) }, "1.4 is part of 1.3 now", 1, "Школы | Schools\n1.4 | Вузы | Universities", "Школы Вузы | Schools Universities"},
		{"give to the next", func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
			return d.Shift(at("1.3"), "ru", blocks.Down)
		}, "1.3, Русский: a block belongs to 1.4 now", 1, "Школы | Schools\n1.4 | Вузы", "| Schools\n1.4 | Школы Вузы"},
		{"move in the file", func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
			return d.MoveBlock(at("1.4"), "en", 0, blocks.Up)
		}, "1.4, English: the block has changed places with the one before it", 1, "x", "x"},
		{"pin", func(d *build.Desk, at func(string) build.At) (*build.Act, error) { return d.Pin(at("1.4"), true) }, "Pinned: 1.4", 1, "x", "x"},
		{"waive", func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
			return d.Waive(at("1.2"), "en", 0, "number-differs", "so it is")
		}, "1.2: the finding is accepted, with the reason", 1, "x", "x"},
		{"sign one language", func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
			return d.Sign("law", "en", map[string]string{"1.2": at("1.2").Print}, record.Confirmation{By: "2026-11-28 Boris", Langs: []string{"en"}})
		}, "Confirmed: 1.2 (English)", 1, "x", "x"},
		{"a name", func(d *build.Desk, _ func(string) build.At) (*build.Act, error) {
			return d.AddName(build.NewName{Concept: "water", Lang: "ru", Name: "Воды"}, "en")
		}, "In the glossary: water, “Воды”", 1, "x", "x"},
		{"a concept", func(d *build.Desk, _ func(string) build.At) (*build.Act, error) {
			return d.AddName(build.NewName{Concept: "schools", Group: "bodies", Lang: "en", Name: "Schools"}, "en")
		}, "In the glossary: schools, “Schools”", 1, "x", "x"},
		{"rename a concept", func(d *build.Desk, _ func(string) build.At) (*build.Act, error) {
			return d.Rename("water", "waters", "en")
		}, "water is called waters now, wherever it is named", 4, "x", "x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			content := actContent(t)
			before := map[string]string{}
			for p, f := range content {
				before[p] = string(f.Data)
			}
			was := rows(t, content)
			d, at := deskOf(t, content)
			a, err := c.do(d, at)
			if err != nil {
				t.Fatal(err)
			}
			if said := d.Say("en")(a.Done.ID, a.Done.Pairs...); said != c.said {
				t.Errorf("said %q, want %q", said, c.said)
			}
			if len(a.Files) != c.files {
				t.Errorf("%d files, want %d", len(a.Files), c.files)
			}
			put(t, content, a)
			if c.old != "x" && !strings.Contains(was, c.old) {
				t.Fatalf("%q is not in\n%s", c.old, was)
			}
			if got, want := rows(t, content), strings.Replace(was, c.old, c.new, 1); got != want && c.name != "move in the file" {
				t.Errorf("rows\n%s\nwant\n%s", got, want)
			}
			if e := edition(t, content); e.Check().HasErrors() {
				t.Errorf("errors: %v", e.Check())
			}
			for _, f := range a.Files { // line ends and the mark at the beginning are kept
				if s := string(f.After); f.Path == "law/ru.md" && (!strings.HasPrefix(s, "\ufeff") || strings.Count(s, "\n") != strings.Count(s, "\r\n")) {
					t.Errorf("%s: %q", f.Path, s)
				}
			}

			// Taken back, everything is as it was; done again, as it became.
			after := map[string]string{}
			for p, f := range content {
				after[p] = string(f.Data)
			}
			d, _ = deskOf(t, content)
			back, err := d.TakeBackAct(a, "en")
			if err != nil {
				t.Fatal(err)
			}
			put(t, content, back)
			compareFiles(t, content, before)
			d, _ = deskOf(t, content)
			again, err := d.TakeBackAct(back, "en")
			if err != nil {
				t.Fatal(err)
			}
			put(t, content, again)
			compareFiles(t, content, after)
		})
	}
}

func compareFiles(t *testing.T, content fstest.MapFS, want map[string]string) {
	t.Helper()
	for p, f := range content {
		if want[p] != string(f.Data) {
			t.Errorf("%s is %q, want %q", p, f.Data, want[p])
		}
	}
	if len(content) != len(want) {
		t.Errorf("%d files, want %d", len(content), len(want))
	}
}

// TestActsKeepWhatIsRight: what was confirmed stays so where rows are only
// divided otherwise, and a text rewritten from end to end keeps its number.
// TestActsKeepVersions: the desk writes down the numbers of the earlier versions
// with those of the text, and gives none of them to another passage.
func TestActsKeepVersions(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"save", "confirm"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content := amended()
			d, _ := deskOf(t, content)
			seen := build.Seen{Text: "law", Version: version(t, d, "law"), Lang: "en"}
			var act *build.Act
			if name == "save" {
				rev, err := d.Save(seen)
				if err != nil {
					t.Fatal(err)
				}
				if act, err = d.Acted(rev, "law", "desk-done-saved"); err != nil {
					t.Fatal(err)
				}
			} else {
				var err error
				if act, err = d.SignSeen(seen, []string{"1.1"}, record.Confirmation{}); err != nil {
					t.Fatal(err)
				}
			}
			put(t, content, act)
			for _, path := range []string{"law/alignment.tsv", "law/versions/2001-05-01/alignment.tsv", "law/versions/2010-01-01/alignment.tsv"} {
				if content[path] == nil {
					t.Errorf("there is no %s", path)
				}
			}
			if strings.Contains(rows(t, content), "1.2 |") {
				t.Error("1.2 is a passage of the earlier versions alone")
			}
		})
	}
}

// TestDivideBesideVersions: the new number is none that a passage of an earlier
// version has.
func TestDivideBesideVersions(t *testing.T) {
	t.Parallel()
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	const head = "---\ndate: DATE\n---\n\n"
	old, now := strings.Replace(head, "DATE", "2001-05-01", 1), strings.Replace(head, "DATE", "2020-02-03", 1)
	content := fstest.MapFS{
		"site.yaml":                     file("languages: [{lang: en}]\n"),
		"law/versions/2001-05-01/en.md": file(old + "# Law\n\nThe council meets in March.\n\nA chairman presides over it.\n"),
		"law/en.md":                     file(now + "# Law\n\nThe council meets in March.\n\nDecisions are published in three languages.\n"),
	}
	d, _ := deskOf(t, content)
	rev, err := d.Save(build.Seen{Text: "law", Version: version(t, d, "law"), Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	act, err := d.Acted(rev, "law", "desk-done-saved")
	if err != nil {
		t.Fatal(err)
	}
	put(t, content, act)
	was := content["law/versions/2001-05-01/alignment.tsv"]
	was.Data = []byte(strings.ReplaceAll(string(was.Data), "0.2\t", "0.1a\t"))
	fresh := ""
	if _, err := edition(t, content).Revise("law", []string{"0.1"}, func(rec *record.Record) (string, error) {
		rec.JoinWith("0.3", "0.1")
		fresh = rec.DivideAt("0.1", map[string]int{"en": 1})
		return "", nil
	}); err != nil || fresh != "0.1b" {
		t.Errorf("the new number is %q (%v), want 0.1b", fresh, err)
	}
}

func TestActsKeepWhatIsRight(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	do := func(f func(d *build.Desk, at func(string) build.At) (*build.Act, error)) {
		t.Helper()
		d, at := deskOf(t, content)
		a, err := f(d, at)
		if err != nil {
			t.Fatal(err)
		}
		put(t, content, a)
	}
	do(func(d *build.Desk, at func(string) build.At) (*build.Act, error) { return d.Join(at("1.4")) })
	if got := states(t, content, "1.3"); !slices.Equal(got, []record.State{record.Confirmed, record.Confirmed}) {
		t.Errorf("1.3 after joining is %v", got)
	}
	do(func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
		return d.Divide(at("1.3"), "ru", 1, 0)
	})
	if got := states(t, content, "1.3a"); !slices.Equal(got, []record.State{record.Confirmed, record.Confirmed}) {
		t.Errorf("1.3a after dividing is %v", got)
	}
	do(func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
		return d.Edit(at("1.1"), "en", build.Piece{Markdown: "Entirely other words, 77 of them."})
	})
	if got := states(t, content, "1.1"); !slices.Equal(got, []record.State{record.Stale, record.Changed}) {
		t.Errorf("1.1 after an edit is %v", got)
	}
	// What is missing is written where it belongs.
	do(func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
		return d.Edit(at("1.1"), "ru", build.Piece{Markdown: " "})
	})
	if got := states(t, content, "1.1"); got[0] != record.Missing {
		t.Errorf("1.1 without its Russian is %v", got)
	}
	do(func(d *build.Desk, at func(string) build.At) (*build.Act, error) {
		return d.Edit(at("1.1"), "ru", build.Piece{First: -1, Last: -1, Markdown: "Новые слова."})
	})
	if got := rows(t, content); !strings.Contains(got, "1.1 | Новые слова. | Entirely other words, 77 of them.") {
		t.Errorf("rows\n%s", got)
	}
}

func TestActsRefuse(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	d, at := deskOf(t, content)
	with := func(a build.At, change func(*build.At)) build.At { change(&a); return a }
	for name, do := range map[string]func() (*build.Act, error){
		"changed":           func() (*build.Act, error) { return d.Join(with(at("1.4"), func(a *build.At) { a.Print = "0" })) },
		"no print":          func() (*build.Act, error) { return d.Join(with(at("1.4"), func(a *build.At) { a.Print = "" })) },
		"no text":           func() (*build.Act, error) { return d.Join(with(at("1.4"), func(a *build.At) { a.Text = "../law" })) },
		"no passage":        func() (*build.Act, error) { return d.Join(with(at("1.4"), func(a *build.At) { a.Passage = "9" })) },
		"no language":       func() (*build.Act, error) { return d.Shift(at("1.4"), "fr", blocks.Up) },
		"no block":          func() (*build.Act, error) { return d.Divide(at("1.4"), "ru", 7, 0) },
		"too far":           func() (*build.Act, error) { return d.Divide(at("1.4"), "ru", 0, 99) },
		"before all":        func() (*build.Act, error) { return d.Divide(at("1.4"), "ru", 0, 0) },
		"after a heading":   func() (*build.Act, error) { return d.Join(at("1.1")) },
		"a heading":         func() (*build.Act, error) { return d.Join(at("1")) },
		"the first":         func() (*build.Act, error) { return d.Shift(at("0"), "ru", blocks.Up) },
		"the last":          func() (*build.Act, error) { return d.Shift(at("1.4"), "ru", blocks.Down) },
		"an error":          func() (*build.Act, error) { return d.Edit(at("1.4"), "ru", build.Piece{Markdown: "- \u202eвузы"}) },
		"another id":        func() (*build.Act, error) { return d.Edit(at("1"), "ru", build.Piece{Markdown: "## Раз {#law}"}) },
		"an open fence":     func() (*build.Act, error) { return d.Edit(at("1.1"), "ru", build.Piece{Markdown: "```"}) },
		"nothing":           func() (*build.Act, error) { return d.Edit(at("1.3"), "ru", build.Piece{Markdown: "- Школы\n"}) },
		"piece upside down": func() (*build.Act, error) { return d.Edit(at("1.3"), "ru", build.Piece{First: 1, Last: 0}) },
		"missing, but there": func() (*build.Act, error) {
			return d.Edit(at("1.3"), "ru", build.Piece{First: -1, Last: -1, Markdown: "x"})
		},
		"no reason":       func() (*build.Act, error) { return d.Waive(at("1.3"), "ru", 0, "number-differs", "") },
		"an error's code": func() (*build.Act, error) { return d.Waive(at("1.3"), "ru", 0, "duplicate-id", "so") },
		"no code":         func() (*build.Act, error) { return d.Waive(at("1.3"), "ru", 0, "x -->", "so") },
		"a taken id":      func() (*build.Act, error) { return d.Rename("water", "rivers", "en") },
		"a bad id":        func() (*build.Act, error) { return d.Rename("water", "../x", "en") },
		"no concept":      func() (*build.Act, error) { return d.Rename("../water", "x", "en") },
		"no group": func() (*build.Act, error) {
			return d.AddName(build.NewName{Concept: "x", Group: "../x", Lang: "ru", Name: "x"}, "en")
		},
		"a bad new id": func() (*build.Act, error) {
			return d.AddName(build.NewName{Concept: "../x", Group: "bodies", Lang: "ru", Name: "x"}, "en")
		},
		"signed unseen": func() (*build.Act, error) {
			return d.Sign("law", "en", map[string]string{"1.2": "0"}, record.Confirmation{})
		},
		"signed by no language": func() (*build.Act, error) {
			return d.Sign("law", "en", map[string]string{"1.2": at("1.2").Print}, record.Confirmation{Langs: []string{"xx"}})
		},
	} {
		a, err := do()
		var refused *build.RefusedError
		if a != nil || !errors.As(err, &refused) || refused.Sentence == "" || strings.Contains(refused.Sentence, "desk-") {
			t.Errorf("%s: %v, %v", name, a, err)
		}
	}
}

func TestReceive(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	d, _ := deskOf(t, content)
	arrival := build.Arrival{
		Name: "en.md", Text: "law", Lang: "en", Page: "en",
		Data: []byte("# The Law {#law}\n\n## One {#one}\n\nRoads and 2 bridges. Ports.\n\nThe rivers and the lakes of the country.\n\nA new paragraph, about nothing of that kind.\n\n- Schools\n"),
	}
	r, err := d.Receive(arrival)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range r.Items {
		got = append(got, string(i.Kind)+" "+i.Number)
	}
	if want := []string{"gone 1.1", "new 1.2", "new 1.2", "gone 1.4"}; r.Same != 4 || !slices.Equal(got, want) {
		t.Errorf("%d same, %q, want %q", r.Same, got, want)
	}
	if shown := d.Shown(r, "ru"); shown.Same != "4 блока без изменений" || len(shown.Kinds) != 2 {
		t.Errorf("shown %+v", shown)
	}
	// A file that changes nothing, and one that has another date only, are lists
	// to the page too, not null.
	same := string(content["law/en.md"].Data)
	for _, data := range []string{same, strings.Replace(same, "---\n", "---\ndate: 2025-01-01\n", 1)} {
		r, err := d.Receive(build.Arrival{Name: "en.md", Text: "law", Lang: "en", Page: "en", Data: []byte(data)})
		if err != nil {
			t.Fatal(err)
		}
		sent, err := json.Marshal(d.Shown(r, "ru"))
		if err != nil || bytes.Contains(sent, []byte("null")) {
			t.Errorf("the page is sent %s, %v", sent, err)
		}
	}
	// One alone, then all.
	one, err := d.Accept(arrival, r.Print, []int{r.Items[2].ID})
	if err != nil {
		t.Fatal(err)
	}
	if s := string(one.Files[0].After); s != strings.Replace(string(content["law/en.md"].Data), "Ports.\n", "Ports.\n\nA new paragraph, about nothing of that kind.\n", 1) {
		t.Errorf("one change taken:\n%s", s)
	}
	all, err := d.Accept(arrival, r.Print, []int{r.Items[0].ID, r.Items[1].ID, r.Items[2].ID, r.Items[3].ID})
	if err != nil || string(all.Files[0].After) != string(arrival.Data) {
		t.Errorf("all taken: %v", err)
	}
	for _, c := range []struct {
		print string
		items []int
	}{{"0", nil}, {r.Print, nil}, {r.Print, []int{99}}, {r.Print, []int{-1}}} {
		if a, err := d.Accept(arrival, c.print, c.items); err == nil {
			t.Errorf("%v: accepted %v", c, a)
		}
	}
	// A translation there and back.
	xlf, ok := d.Table("law.xlf", "law", "en", "ru", nil)
	if !ok {
		t.Fatal("no table")
	}
	back := build.Arrival{Name: "law.xlf", Page: "ru", Data: []byte(strings.Replace(string(xlf), ">Вузы<", ">Университеты<", 1))}
	if r, err = d.Receive(back); err != nil || len(r.Items) != 1 || r.Items[0].After != "Университеты" || r.Lang != "ru" {
		t.Fatalf("%v, %+v", err, r)
	}
	act, err := d.Accept(back, r.Print, []int{r.Items[0].ID})
	if err != nil || string(act.Files[0].After) != strings.Replace(string(content["law/ru.md"].Data), "Вузы", "Университеты", 1) {
		t.Errorf("%v", err)
	}
	// So does a table for a word processor: as it was sent it changes nothing.
	table, ok := d.Table("law.docx", "law", "en", "ru", nil)
	if !ok {
		t.Fatal("no table for a word processor")
	}
	if r, err := d.Receive(build.Arrival{Name: "law.docx", Page: "ru", Data: table}); err != nil || len(r.Items) > 0 || r.Lang != "ru" || r.Text != "law" {
		t.Errorf("%v, %+v", err, r)
	}
	for _, name := range []string{"x.xlf", "en.pdf", "en.md", "en.docx"} {
		if _, err := d.Receive(build.Arrival{Name: name, Text: "law", Lang: "en", Page: "zh", Data: []byte("\xff\x00%PDF-")}); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
