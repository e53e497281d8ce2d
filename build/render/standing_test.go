package render

import (
	"strings"
	"testing"
)

// TestFirstTextIsLookedForOnce: whose standing the pages tell that are of no text is
// found once for all of them, and pages of a text have nothing to do with it: else
// each page would walk all texts.
func TestFirstTextIsLookedForOnce(t *testing.T) {
	t.Parallel()
	s := fixtureSite(t, nil)
	r := renderer(t, s)
	if r.first == nil || r.first != s.Texts[0] {
		t.Fatalf("found %v, want the first text", r.first)
	}
	standing := func(path string) string {
		return strings.Join(says(find(page(t, r, path), "footer")), " ")
	}
	paths := []string{"en/glossary/index.html", "en/law/one.html"}
	var before []string
	for _, path := range paths {
		before = append(before, standing(path))
	}
	// What pages ask for is what was found; of the texts none is asked.
	r.first = s.Texts[1]
	if got := standing(paths[0]); got == before[0] {
		t.Errorf("%s looks for the text itself: %s", paths[0], got)
	}
	if got := standing(paths[1]); got != before[1] {
		t.Errorf("%s asks for another text than its own: %s", paths[1], got)
	}
}
