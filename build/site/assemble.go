package site

import (
	"cmp"
	"slices"

	"stele/build/diag"
	"stele/build/doc"
)

// Assemble makes the site of its parts: NewGlossary, Cut for each text, Join.
// What is wrong in the content is in the list; the site is whole in any case,
// so that one run shows everything.
func Assemble(in Input) (*Site, diag.List) {
	g := NewGlossary(in.Concepts, in.Scheme)
	var texts []*Text
	var diags diag.List
	for _, t := range in.Texts {
		text, found := Cut(in.Langs, g.IDs, t)
		texts = append(texts, text)
		diags = append(diags, found...)
	}
	s, found := Join(in, g, texts, nil)
	return s, append(diags, found...)
}

// Join makes the site of a glossary and texts that were cut with it. It takes
// everything else from in, and changes neither: they may be parts of other
// sites too. What before, which may be nil, has of the very same texts and holds
// still is taken from it: the links, which are many.
func Join(in Input, g *Glossary, texts []*Text, before *Site) (*Site, diag.List) {
	files, stored := composed(in.Files)
	in.Files = files
	a := &assembler{
		in: in, before: before, stored: stored,
		site: &Site{
			Langs: in.Langs, BaseURL: in.BaseURL, Options: in.Options, Texts: ordered(texts, in.Order),
			Concepts: g.Concepts, Groups: g.Groups, Scheme: g.Scheme, Events: g.Events, concepts: g.byID,
			texts: make(map[string]*Text, len(texts)), occurrences: map[string][]Occurrence{}, formerUses: map[string]int{}, links: map[*doc.Document]map[*Block][]Target{},
			resolutions: map[*Text]*resolution{}, glossary: g, files: in.Files, static: in.Static, damaged: in.Damaged,
		},
	}
	s := a.site
	for _, t := range s.Texts {
		s.texts[t.ID] = t
		s.dated = s.dated || t.Date() != ""
		for _, n := range t.named {
			s.occurrences[n.concept] = append(s.occurrences[n.concept], n.Occurrence)
		}
	}
	s.Title = a.localized(in.Title, func(l int) string {
		if in.Name != "" && len(s.Texts) > 1 {
			return in.Name // it is no one text's
		}
		if len(s.Texts) > 0 {
			return s.Texts[0].Versions[l].Title
		}
		return ""
	})
	none := func(int) string { return "" }
	s.Publisher = a.localized(in.Publisher, none)
	s.Licence = a.localized(in.Licence, none)
	s.place = make(map[*Text]int, len(s.Texts))
	for i, t := range s.Texts {
		s.place[t] = i
	}
	a.file()
	a.addresses()
	a.moved()
	a.links()
	return s, a.diags
}

type assembler struct {
	stored map[string]string // see composed
	in     Input
	site   *Site
	diags  diag.List

	before  *Site       // the last; may be nil
	current *resolution // of the text whose links are resolved; nil for earlier versions

	byPath   map[string]*Text              // texts by folder and file
	used     map[string]bool               // files that something leads to
	loose    map[*Text]map[string]*Passage // headings by their ids without punctuation
	proposed int                           // links for which a name was looked for
}

// localized spreads a map by language over the site's languages; a missing
// language takes the first there is, then the fallback.
func (a *assembler) localized(m map[string]string, fallback func(lang int) string) []string {
	out := make([]string, len(a.in.Langs))
	for i, l := range a.in.Langs {
		out[i] = m[l.Code]
		for j := 0; out[i] == "" && j < len(a.in.Langs); j++ {
			out[i] = m[a.in.Langs[j].Code]
		}
		if out[i] == "" {
			out[i] = fallback(i)
		}
	}
	return out
}

// ordered puts the texts named in order first, then the others by id.
func ordered(texts []*Text, order []string) []*Text {
	texts = slices.Clone(texts)
	ranks := make(map[string]int, len(order))
	for i, id := range order {
		if _, ok := ranks[id]; !ok {
			ranks[id] = i
		}
	}
	rank := func(t *Text) int {
		if i, ok := ranks[t.ID]; ok {
			return i
		}
		return len(order)
	}
	slices.SortFunc(texts, func(x, y *Text) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), CompareNames(x.ID, y.ID))
	})
	return texts
}
