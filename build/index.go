package build

import (
	"runtime"

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
				parts[i] = byCut[s.Texts[i]].part(reader)
			}
			return nil
		})
	}
	_ = g.Wait() // none of them can fail
	return search.New(s, parts)
}

// Search answers a query as the page of the search does in the language with
// the index.
func (e *Edition) Search(query string, lang int) search.Result {
	return e.searcher().Search(query, lang)
}
