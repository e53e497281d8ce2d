package build

import (
	"slices"

	"stele/build/diag"
	"stele/build/glossary"
	"stele/build/site"
	"stele/build/source"
)

// words is the glossary as its files and the site's languages make it. It never
// changes: two texts that were cut with the same words know the same concepts.
type words struct {
	files []source.File
	langs []site.Lang

	entries  []parsed[*glossary.Concept] // of the files; nil values where one is damaged
	diags    diag.List                   // of all files, and of the whole
	concepts *site.Glossary
	matchers map[string]*glossary.Matcher // what finds the names, by language
}

// newWords reads the glossary, but for the files that old, which may be nil,
// has read.
func newWords(files []source.File, langs []site.Lang, old *words) *words {
	if old != nil && slices.Equal(old.files, files) && slices.Equal(old.langs, langs) {
		return old
	}
	read := map[source.File]parsed[*glossary.Concept]{}
	if old != nil {
		for i, f := range old.files {
			read[f] = old.entries[i]
		}
	}
	w := &words{files: files, langs: langs, matchers: map[string]*glossary.Matcher{}}
	var all []*glossary.Concept
	for _, f := range files {
		e, ok := read[f]
		if !ok {
			e.value, e.diags = glossary.Parse(f.Path, f.Data)
		}
		w.entries = append(w.entries, e)
		w.diags = append(w.diags, e.diags...)
		if e.value != nil {
			all = append(all, e.value)
		}
	}
	codes := make([]string, len(langs))
	for i, l := range langs {
		codes[i] = l.Code
		w.matchers[l.Code] = glossary.MatcherOf(all, l.Code)
	}
	w.diags = append(w.diags, glossary.Check(all, codes)...)
	w.concepts = site.NewGlossary(all)
	return w
}
