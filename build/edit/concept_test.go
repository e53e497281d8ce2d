package edit_test

import (
	"errors"
	"strings"
	"testing"

	"stele/build/edit"
	"stele/build/glossary"
)

const rats = `class: body
names:
  ru:
    - text: РАТС
      kind: abbreviation

  # the names in English
  en:
    - RATS
definition:
  ru: Орган.
parent: sco
related: [council, "sco-2", three-evils]
`

func TestConcept(t *testing.T) {
	t.Parallel()
	c := edit.Concept{Path: "glossary/bodies/rats.yaml", Data: rats}
	for _, x := range []struct {
		name     string
		do       func() (string, error)
		old, new string
		err      error
	}{
		{"another name", func() (string, error) { return c.AddName("ru", " Структура  ШОС ") }, "abbreviation\n", "abbreviation\n    - text: Структура ШОС\n      kind: variant\n      status: admitted\n      reliability: from-knowledge\n", nil},
		{"after a plain name", func() (string, error) { return c.AddName("en", "Yes: a #name") }, "- RATS\n", "- RATS\n    - text: \"Yes: a #name\"\n      kind: variant\n      status: admitted\n      reliability: from-knowledge\n", nil},
		{"first in its language", func() (string, error) { return c.AddName("zh", "地区反恐怖机构") }, "names:\n", "names:\n  zh:\n    - text: 地区反恐怖机构\n      reliability: from-knowledge\n", nil},
		{"a name it has", func() (string, error) { return c.AddName("ru", "РАТС") }, "", "", edit.ErrName},
		{"no name", func() (string, error) { return c.AddName("ru", " ") }, "", "", edit.ErrName},
		{"parent", func() (string, error) { return c.Following("sco", "organisation") }, "parent: sco", "parent: organisation", nil},
		{"related", func() (string, error) { return c.Following("sco-2", "sco-3") }, `"sco-2"`, `"sco-3"`, nil},
		{"not named", func() (string, error) { return c.Following("evils", "x") }, "RATS", "RATS", nil},
	} {
		got, err := x.do()
		if !errors.Is(err, x.err) {
			t.Errorf("%s: %v, want %v", x.name, err, x.err)
			continue
		}
		if want := strings.Replace(rats, x.old, x.new, 1); err == nil && got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", x.name, got, want)
		}
	}
	named, err := c.Named("structure")
	if err != nil || named.Path != "glossary/bodies/structure.yaml" || named.Data != rats+"aliases: [rats]\n" {
		t.Errorf("renamed: %v\n%s\n%s", err, named.Path, named.Data)
	}
	again, err := named.Named("agency")
	if err != nil || !strings.Contains(again.Data, "aliases: [structure, rats]") {
		t.Errorf("renamed twice: %v\n%s", err, again.Data)
	}
	if _, err := c.Named("../x"); !errors.Is(err, edit.ErrID) {
		t.Errorf("a bad id: %v", err)
	}
	fresh, err := edit.NewConcept("bodies", "court", []string{"ru", "zh", "en"}, map[string]string{"ru": "Суд", "en": "no"})
	if err != nil || fresh.Path != "glossary/bodies/court.yaml" {
		t.Fatal(err, fresh)
	}
	if g, found := glossary.Parse(fresh.Path, fresh.Data); len(found) > 0 || g.Names["en"][0].Text != "no" {
		t.Errorf("a new concept: %v\n%s", found, fresh.Data)
	}
}

func TestRelinked(t *testing.T) {
	t.Parallel()
	f := file("The [[rats]] and [[rats|its *organs*]], [[rats-2]] and `[[rats]]`[^1].\n\n| [[rats]] |\n|---|\n| [[rats\\|x]] |\n\n[^1]: Of [[rats]].\n")
	got, err := f.Relinked("rats", "agency")
	if want := "The [[agency]] and [[agency|its *organs*]], [[rats-2]] and `[[rats]]`[^1].\n\n| [[agency]] |\n|---|\n| [[agency\\|x]] |\n\n[^1]: Of [[agency]].\n"; err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}
