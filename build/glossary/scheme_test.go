package glossary

import (
	"slices"
	"testing"

	"stele/build/diag"
)

func TestGroupIsTheFolder(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"glossary/a.yaml":             "",
		"glossary/bodies/a.yaml":      "bodies",
		"glossary/places/asia/a.yaml": "places/asia",
		"glossary/x/bodies/a.yaml":    "x/bodies",
		"glossary/glossary/a.yaml":    "glossary",
	} {
		c, _ := Parse(file, "class: body\nnames: {ru: [А]}\n")
		if c.Group != want {
			t.Errorf("%s: group %q, want %q", file, c.Group, want)
		}
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	found := []string{"z", "principles", "a", "bodies", "a/b", "places"}
	for _, tt := range []struct{ named, want []string }{
		{nil, []string{"bodies", "principles", "a", "a/b", "places", "z"}},
		{[]string{"places", "treaties", "principles"}, []string{"places", "principles", "bodies", "a", "a/b", "z"}},
	} {
		var s Scheme
		for _, n := range tt.named {
			s.Groups = append(s.Groups, Heading{Name: n})
		}
		if got := s.Order(found); !slices.Equal(got, tt.want) {
			t.Errorf("%q with %q first: got %q, want %q", found, tt.named, got, tt.want)
		}
	}
}

// TestScheme: each fault between the settings and the concepts is one finding,
// however many concepts and languages it touches.
func TestScheme(t *testing.T) {
	t.Parallel()
	at := func(line int) diag.Pos { return diag.Pos{Path: "site.yaml", Line: line, Col: 7} }
	settings := diag.Pos{Path: "site.yaml", Line: 1, Col: 1}
	all := Local{"ru": "а", "en": "b"}
	files := map[string]string{ // file -> class
		"places/a": "body", "places/b": "notion", "bodies/c": "body", "d": "notion",
	}
	tests := []struct {
		name    string
		classes map[string]string // over those of files
		scheme  Scheme
		want    string
	}{
		{"no settings", nil, Scheme{}, ""},
		{"settings without the group", nil, Scheme{Pos: settings}, `site.yaml:1:1: warning missing-language: the group "places" of the glossary has no title in ru, en; give it one in site.yaml, under "glossary"`},
		{"named", nil, Scheme{Pos: settings, Groups: []Heading{{Name: "places", Title: all, Pos: at(3)}, {Name: "treaties", Pos: at(4)}, {Name: "bodies", Pos: at(5)}}}, ""},
		{"one title for all", nil, Scheme{Pos: settings, Groups: []Heading{{Name: "places", Title: Local{"": "P"}, Pos: at(3)}}}, ""},
		{"a language without a title", nil, Scheme{Pos: settings, Groups: []Heading{{Name: "places", Title: Local{"en": "P"}, Intro: all, Pos: at(3)}}}, `site.yaml:3:7: warning missing-language: the group "places" of the glossary has no title in ru; give it one in site.yaml, under "glossary"`},
		{"a language without an introduction", nil, Scheme{Pos: settings, Groups: []Heading{{Name: "places", Title: all, Intro: Local{"en": "P"}, Pos: at(3)}}}, `site.yaml:3:7: warning missing-language: the group "places" of the glossary has no introduction in ru, but in other languages`},
		{"no such folder", nil, Scheme{Pos: settings, Groups: []Heading{{Name: "place", Title: all, Pos: at(3)}, {Name: "places", Title: all, Pos: at(4)}}}, `site.yaml:3:7: warning unknown-group: there is no concept in the folder "glossary/place"; is "places" meant?`},
		{"a class nobody named", map[string]string{"places/a": "city"}, Scheme{}, `glossary/places/a.yaml:1:8: error unknown-class: there is no class "city"; use one of body, status, treaty, document, principle, notion, or name it in site.yaml, under "glossary", "classes"`},
		{"a slip", map[string]string{"places/a": "citi"}, Scheme{Classes: []Heading{{Name: "city"}}}, `glossary/places/a.yaml:1:8: error unknown-class: there is no class "citi"; use one of body, status, treaty, document, principle, notion, city, or name it in site.yaml, under "glossary", "classes"; is "city" meant?`},
		{"a named class stands in any folder", map[string]string{"places/a": "city", "bodies/c": "city", "d": "city"}, Scheme{Classes: []Heading{{Name: "city"}}}, ""},
		{"a class without a title", nil, Scheme{Pos: settings, Groups: []Heading{{Name: "places", Title: all, Pos: at(2)}}, Classes: []Heading{{Name: "city", Pos: at(3)}, {Name: "body", Pos: at(4)}}}, `site.yaml:3:7: warning missing-language: the class "city" of the glossary has no title in ru, en; give it one in site.yaml, under "glossary"`},
		{"the wrong folder", map[string]string{"bodies/c": "treaty"}, Scheme{}, `glossary/bodies/c.yaml:1:1: warning class-folder: a concept of class "treaty" does not belong in the folder "bodies"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var concepts []*Concept
			for f, class := range files {
				if own, ok := tt.classes[f]; ok {
					class = own
				}
				c, diags := Parse("glossary/"+f+".yaml", "class: "+class+"\nnames: {ru: [А], en: [B]}\n")
				if len(diags) > 0 {
					t.Fatal(diags)
				}
				concepts = append(concepts, c)
			}
			if got := text(Check(concepts, []string{"ru", "en"}, tt.scheme)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
