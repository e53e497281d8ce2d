package build_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
	blocks "stele/build/edit"
)

// TestArrivalIsToldPlainly: a thing that moved is one thing, in words without a
// count, and is taken whole whichever half is named.
func TestArrivalIsToldPlainly(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	d, _ := deskOf(t, content)
	data := string(content["law/en.md"].Data)
	first, second := "The rivers and lakes of the country.", "Roads and 2 bridges. Ports."
	if !strings.Contains(data, first) || !strings.Contains(data, second) {
		t.Fatalf("the text is another:\n%s", data)
	}
	moved := strings.NewReplacer(first, second, second, first).Replace(data)
	arrival := build.Arrival{Name: "en.md", Text: "law", Lang: "en", Page: "ru", Data: []byte(moved)}
	r, err := d.Receive(arrival)
	if err != nil {
		t.Fatal(err)
	}
	shown := d.Shown(r, "ru")
	if len(shown.Items) != 1 || shown.Items[0].Kind != string(blocks.Moved) || !strings.HasPrefix(shown.Items[0].Label, "перенесено") || len(shown.Kinds) != 1 {
		t.Fatalf("%+v", shown)
	}
	for _, i := range r.Items {
		a, err := d.Accept(arrival, r.Print, []int{i.ID})
		if err != nil || string(a.Files[0].After) != moved {
			t.Errorf("half %d: %v", i.ID, err)
		}
	}
	arrival.Data = []byte(strings.Replace(data, second, "Roads, 2 bridges. Ports.", 1))
	if r, err = d.Receive(arrival); err != nil {
		t.Fatal(err)
	}
	if shown := d.Shown(r, "ru"); len(shown.Items) != 1 || shown.Items[0].Label != "изложено иначе" {
		t.Errorf("%+v", shown.Items)
	}
}

// TestNameForAConcept: a concept is named by its id or by any of its names.
func TestNameForAConcept(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	content["glossary/bodies/lake.yaml"] = holding("class: body\nnames:\n  ru:\n    - text: Озеро\n  en:\n    - text: Basin\ndefinition:\n  ru: Озеро.\n  en: A lake.\n")
	content["glossary/treaties/lake-treaty.yaml"] = holding("class: treaty\nnames:\n  ru:\n    - text: Договор\n  en:\n    - text: Basin\ndefinition:\n  ru: Договор.\n  en: A treaty.\n")
	d, _ := deskOf(t, content)
	for _, c := range []struct{ concept, path, refused string }{
		{"lake", "glossary/bodies/lake.yaml", ""},
		{"озеро", "glossary/bodies/lake.yaml", ""},
		{" Договор ", "glossary/treaties/lake-treaty.yaml", ""},
		{"Море", "", "There is no concept Море"},
		{"basin", "", "Several concepts are called “basin”: lake, lake-treaty"},
		{"", "", "Say which concept"},
		{"LAKE!", "", "There is no concept"},
	} {
		a, err := d.AddName(build.NewName{Concept: c.concept, Lang: "ru", Name: "Водоем"}, "en")
		switch {
		case c.refused != "" && (err == nil || !strings.Contains(err.Error(), c.refused)):
			t.Errorf("%q: %v, want %q", c.concept, err, c.refused)
		case c.refused == "" && (err != nil || a.Files[0].Path != c.path):
			t.Errorf("%q: %+v %v, want %s", c.concept, a, err, c.path)
		}
	}
}

// TestOneTargetChangesOneRow: the record differs only in what came back.
func TestOneTargetChangesOneRow(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	// An edit of another passage, which nobody has saved in the record yet.
	data := string(content["law/ru.md"].Data)
	content["law/ru.md"] = holding(strings.Replace(data, "Дороги и", "Новые дороги и", 1))
	d, _ := deskOf(t, content)
	xlf, ok := d.Table("law.xlf", "law", "en", "ru", nil)
	if !ok {
		t.Fatal("no table")
	}
	back := build.Arrival{Name: "law.xlf", Page: "ru", Data: []byte(strings.Replace(string(xlf), ">Вузы<", ">Университеты<", 1))}
	r, err := d.Receive(back)
	if err != nil || len(r.Items) != 1 {
		t.Fatalf("%v %+v", err, r)
	}
	a, err := d.Accept(back, r.Print, []int{r.Items[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		if !strings.HasSuffix(f.Path, "alignment.tsv") {
			continue
		}
		before := map[string]bool{}
		for l := range strings.Lines(string(f.Before)) {
			before[l] = true
		}
		for l := range strings.Lines(string(f.After)) {
			if !before[l] && !strings.Contains(l, "1.4") {
				t.Errorf("the record has a new line %q", l)
			}
		}
	}
}

func holding(data string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(data)} }
