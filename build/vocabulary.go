package build

import (
	"maps"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/glossary"
	"stele/build/site"
	"stele/build/source"
)

// vocabulary is the glossary as its files and the site's languages make it. It never
// changes.
type vocabulary struct {
	files  []source.File
	absent []string // files that could not be read
	langs  []site.Lang
	scheme glossary.Scheme

	entries  []parsed[*glossary.Concept] // of the files; nil values where one is damaged
	damaged  []string                    // files of concepts that cannot be used
	diags    diag.List                   // of all files, and of the whole
	concepts *site.Glossary
	naming   *naming
}

// naming is what texts know of the glossary: which concepts there are, and by what
// names. It never changes, and stays the same where a definition is edited: two texts
// that were cut with the same naming name the same concepts.
type naming struct {
	concepts []*glossary.Concept
	langs    []site.Lang
	ids      map[string]string             // of the concepts, by each id that finds them
	matchers map[string]*glossary.Matcher  // what finds the names, by language
	patterns map[string][]glossary.Pattern // that they look for
	dated    *datedMatchers                // what finds them in texts of a time
	changed  map[renaming]*glossary.Change // since the naming before
}

// renaming is a matcher, and the one that came in its place.
type renaming struct{ from, to *glossary.Matcher }

// newNaming makes what finds the concepts, whose ids are given, but for what old,
// which may be nil, has made.
func newNaming(concepts []*glossary.Concept, ids map[string]string, langs []site.Lang, old *naming) *naming {
	codes := make([]string, len(langs))
	for i, l := range langs {
		codes[i] = l.Code
	}
	if old != nil && slices.Equal(old.langs, langs) && maps.Equal(old.ids, ids) &&
		slices.EqualFunc(old.concepts, concepts, func(a, b *glossary.Concept) bool { return a.NamedAs(b, codes) }) {
		return old
	}
	n := &naming{concepts: concepts, langs: langs, ids: ids, matchers: map[string]*glossary.Matcher{}, patterns: map[string][]glossary.Pattern{}, changed: map[renaming]*glossary.Change{}}
	for _, code := range codes {
		n.patterns[code] = glossary.Patterns(concepts, code, glossary.Date{})
		if old != nil && old.matchers[code] != nil && slices.Equal(old.patterns[code], n.patterns[code]) {
			n.matchers[code] = old.matchers[code] // names of another language were edited, say
		} else {
			n.matchers[code] = glossary.NewMatcher(code, n.patterns[code])
			if old != nil && old.matchers[code] != nil {
				n.changed[renaming{old.matchers[code], n.matchers[code]}] = glossary.Changed(old.matchers[code], n.matchers[code])
			}
		}
	}
	n.dated = newDatedMatchers(concepts, codes)
	return n
}

// newVocabulary reads the glossary, but for the files that old, which may be nil,
// has read. absent are the files of the content that could not be read.
func newVocabulary(files []source.File, absent []string, langs []site.Lang, scheme glossary.Scheme, old *vocabulary) *vocabulary {
	if old != nil && slices.Equal(old.files, files) && slices.Equal(old.absent, absent) && slices.Equal(old.langs, langs) && old.scheme.Equal(scheme) {
		return old
	}
	read := map[source.File]parsed[*glossary.Concept]{}
	if old != nil {
		for i, f := range old.files {
			read[f] = old.entries[i]
		}
	}
	w := &vocabulary{files: files, absent: absent, langs: langs, scheme: scheme}
	w.damaged = slices.DeleteFunc(slices.Clone(absent), func(p string) bool { return !strings.HasPrefix(p, "glossary/") })
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
		} else {
			w.damaged = append(w.damaged, f.Path)
		}
	}
	codes := make([]string, len(langs))
	for i, l := range langs {
		codes[i] = l.Code
	}
	w.diags = append(w.diags, glossary.Check(all, codes, scheme, w.damaged...)...)
	w.concepts = site.NewGlossary(all, scheme)
	var known *naming
	if old != nil {
		known = old.naming
	}
	w.naming = newNaming(all, w.concepts.IDs, langs, known)
	return w
}

// headings are the settings' as the site has them.
func headings(list []source.Heading) []glossary.Heading {
	var out []glossary.Heading
	for _, h := range list {
		out = append(out, glossary.Heading{Name: h.Name, Title: h.Title, Intro: h.Intro, Pos: h.Pos})
	}
	return out
}

// schemeOf is what the settings say of the glossary.
func schemeOf(c source.Config) glossary.Scheme {
	if c.At == nil {
		return glossary.Scheme{}
	}
	s := glossary.Scheme{Groups: headings(c.Groups), Classes: headings(c.Classes), Pos: diag.Pos{Path: "site.yaml"}}
	if at, ok := c.At["glossary"]; ok {
		s.Pos = at
	}
	return s
}
