package build

import (
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"stele/build/search"
	"stele/build/site"
)

// newIndex makes the index of a site of its texts, as many read at once as
// there are processors. What was read of a text stays with it for the next time.
func newIndex(s *site.Site, texts []*text) *search.Index {
	byCut := make(map[*site.Text]*text, len(texts))
	for _, t := range texts {
		byCut[t.cut.value] = t
	}
	parts := make([]*search.Part, len(s.Texts))
	workers := min(runtime.GOMAXPROCS(0), len(s.Texts))
	var g errgroup.Group
	for w := range workers {
		g.Go(func() error {
			reader := search.NewReader(s.Langs) // it remembers words, so each has its own
			for i := w; i < len(parts); i += workers {
				parts[i] = byCut[s.Texts[i]].part.of(s.Texts[i], reader)
			}
			return nil
		})
	}
	_ = g.Wait() // none of them can fail
	return search.New(s, parts)
}

// newFormerIndex makes the index of what holds no longer: of each text's earlier
// versions, the latest first, what reads otherwise in the version after.
func newFormerIndex(s *site.Site) *search.Index {
	var parts []*search.Part
	reader := search.NewReader(s.Langs)
	for _, t := range s.Texts {
		h := s.History(t.ID)
		if h == nil {
			continue
		}
		for _, r := range slices.Backward(h.Revisions) {
			if former := r.Former(); len(former) > 0 {
				parts = append(parts, reader.PartOf(r.Text, former))
			}
		}
	}
	return search.NewFormer(s, parts)
}

// SearchFormer answers a query as the page of the search does for readers who
// ask for earlier versions too: with what holds no longer.
func (e *Edition) SearchFormer(query string, lang int) search.Result {
	return e.former().Searcher().Search(query, lang)
}

// Search answers a query as the page of the search does in the language with
// the index.
func (e *Edition) Search(query string, lang int) search.Result {
	return e.searcher().Search(query, lang)
}
