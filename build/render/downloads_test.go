package render

import (
	"errors"
	"strings"
	"testing"

	"stele/build/site"
)

// TestDownloads: the page of an interface language names every file in its words,
// with its size, and pages lead to it.
func TestDownloads(t *testing.T) {
	t.Parallel()
	s := fixtureSite(t, nil)
	r := renderer(t, s)
	asked := map[string]bool{}
	r = r.Sized(func(path string) (int, error) {
		asked[path] = true
		return 2_500_000, nil
	})
	for l := range s.Langs {
		p := s.Page(site.Key{Kind: site.DownloadsPage}, l)
		body, err := r.Page(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range s.Downloads() {
			if href := site.Rel(p.Path, d.Path); !strings.Contains(string(body), `href="`+href+`"`) || !asked[d.Path] {
				t.Errorf("%s does not lead to %s", p.Path, d.Path)
			}
		}
		if strings.Contains(string(body), "‹") || !strings.Contains(string(body), map[string]string{"ru": "Документ Word", "zh": "Word文档", "en": "Word document"}[s.Langs[l].Code]) {
			t.Errorf("%s does not speak its language:\n%s", p.Path, body)
		}
		for _, k := range []site.Key{{Kind: site.Home}, {Kind: site.TextContents, Text: "law"}, {Kind: site.ConceptPage, ID: s.Concepts[0].ID}} {
			from := s.Page(k, l)
			body, err := r.Page(from)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(body), `href="`+site.Rel(from.Path, p.Path)+`"`) {
				t.Errorf("%s does not lead to %s", from.Path, p.Path)
			}
			if files := strings.Contains(string(body), `<link rel="alternate" type="application/json"`); files != (k.Kind != site.Home) {
				t.Errorf("%s has alternates: %v", from.Path, files)
			}
		}
	}
	r = r.Sized(func(string) (int, error) { return 0, errors.New("broken") })
	if _, err := r.Page(s.Page(site.Key{Kind: site.DownloadsPage}, 0)); err == nil {
		t.Error("a file that cannot be made has a size")
	}
}
