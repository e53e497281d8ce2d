package render

import (
	"bytes"
	"testing"

	"stele/build/site"
)

// TestCells: pages whose cells were written for all pages of the text are those that
// were written by themselves; with and without sentences that are marked, where texts
// are read from the right too.
func TestCells(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*site.Input){
		"plain":     nil,
		"sentences": func(in *site.Input) { in.Options.Sentences = true },
		"from the right": func(in *site.Input) {
			in.Langs = append([]site.Lang{{Code: "zh", Tag: "ar", Name: "العربية"}}, in.Langs[0], in.Langs[2])
		},
	} {
		s := fixtureSite(t, change)
		r := renderer(t, s)
		kept, all := 0, 0
		for _, text := range s.Texts {
			cells := r.Cells(text)
			for _, own := range cells.html {
				for _, html := range own {
					all++
					if html != "" {
						kept++
					}
				}
			}
			shared := r.Sharing(func() *Cells { return cells })
			for _, p := range s.Pages {
				if p.Text != text {
					continue
				}
				want, err := r.Page(p)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := shared.Page(p); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: %s differs, error %v", name, p.Path, err)
				}
			}
		}
		if kept < all/4 || kept == all {
			t.Errorf("%s: %d of %d cells are the same on all pages", name, kept, all)
		}
	}
}
