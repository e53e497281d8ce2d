package build_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
)

// TestStandingOfTheFirstText: pages of no text tell what texts are worth only where
// that is the same of all.
func TestStandingOfTheFirstText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, first, second string
		told                bool
	}{
		{"the same", "authentic", "authentic", true},
		{"another", "authentic", "working-translation", false},
		{"the publisher's own beside it", "authentic", "editorial", true},
		{"the publisher's own first", "editorial", "authentic", true},
	} {
		content := fstest.MapFS{}
		for name, status := range map[string]string{"a": c.first, "b": c.second} {
			content[name+"/en.md"] = &fstest.MapFile{Data: []byte("---\nstatus: " + status + "\n---\n# Text\n\nWords.\n")}
		}
		content["glossary/bodies/water.yaml"] = &fstest.MapFile{Data: []byte("class: body\nnames:\n  en:\n    - text: Water\ndefinition:\n  en: Water.\n")}
		e, _, err := build.New(build.Inputs{Content: content}).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		word := e.Say("en")("status-authentic")
		for _, path := range []string{"en/index.html", "en/search.html", "en/glossary/water.html"} {
			page, err := e.File(path)
			if err != nil {
				t.Fatal(err)
			}
			_, foot, _ := strings.Cut(string(page), "<footer") // above it the start page tells of each text
			if got := strings.Contains(foot, word); got != c.told {
				t.Errorf("%s: %s says %q: %v, want %v", c.name, path, word, got, c.told)
			}
		}
	}
}
