package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"stele/build/glossary"
	"stele/build/lang"
)

// Glossary is the concepts of a site, joined to each other.
type Glossary struct {
	Concepts []*Concept // by id
	Groups   []Group    // as they are shown; none is empty
	Events   []Event    // of treaties and documents, by date
	Scheme   glossary.Scheme
	// IDs are the concepts' by each id that finds them: their own, and those that they
	// had before.
	IDs  map[string]string
	byID map[string]*Concept
}

// NewGlossary joins concepts to each other and collects their dated facts.
func NewGlossary(concepts []*glossary.Concept, scheme glossary.Scheme) *Glossary {
	g := &Glossary{Scheme: scheme, IDs: map[string]string{}, byID: map[string]*Concept{}}
	for _, c := range concepts {
		k := &Concept{Concept: c}
		g.Concepts = append(g.Concepts, k)
		g.byID[c.ID] = k
	}
	for _, c := range g.Concepts { // links by an id of before find it too
		for _, id := range c.Aliases {
			if g.byID[id] == nil {
				g.byID[id] = c
			}
		}
	}
	for id, c := range g.byID {
		g.IDs[id] = c.ID
	}
	slices.SortFunc(g.Concepts, func(x, y *Concept) int { return strings.Compare(x.ID, y.ID) })
	g.group()
	for _, c := range g.Concepts {
		if p := g.byID[c.Concept.Parent]; p != nil {
			c.Parent = p
			p.Children = append(p.Children, c)
		}
		for _, id := range c.Concept.Related {
			if r := g.byID[id]; r != nil {
				c.Related = append(c.Related, r)
			}
		}
		for _, f := range c.Facts {
			if f.Date.Year == 0 {
				continue
			}
			date := f.Date.String()
			if f.To.Year != 0 {
				date += "/" + f.To.String()
			}
			c.Events = append(c.Events, Event{Concept: c, Fact: string(f.Key), Date: date})
		}
		if c.Class == glossary.Treaty || c.Class == glossary.Document {
			g.Events = append(g.Events, c.Events...)
		}
	}
	slices.SortStableFunc(g.Events, func(x, y Event) int {
		return cmp.Or(strings.Compare(x.Date, y.Date), strings.Compare(x.Concept.ID, y.Concept.ID), strings.Compare(x.Fact, y.Fact))
	})
	return g
}

// group puts the concepts into their groups. What stands in no folder is in none.
func (g *Glossary) group() {
	members := map[string][]*Concept{}
	for _, c := range g.Concepts {
		if c.Group != "" {
			members[c.Group] = append(members[c.Group], c)
		}
	}
	for _, name := range g.Scheme.Order(slices.Collect(maps.Keys(members))) {
		g.Groups = append(g.Groups, Group{Heading: g.Scheme.Group(name), Concepts: members[name]})
	}
}

// Initial is a group of an alphabetical list: a letter and its concepts.
type Initial struct {
	Letter   string
	Concepts []*Concept
}

// Alphabet sorts the concepts as a glossary in the language does, Chinese by
// pinyin, and groups them by initial letter.
func (s *Site) Alphabet(concepts []*Concept, l int) []Initial {
	order := lang.Of(s.Langs[l].Tag).Order()
	code := s.Langs[l].Code
	key := func(c *Concept) string { return cmp.Or(c.Sort[code], s.Name(c, l)) }
	sorted := slices.Clone(concepts)
	letter := map[*Concept]string{}
	for _, c := range sorted {
		letter[c] = order.Initial(key(c))
	}
	slices.SortStableFunc(sorted, func(x, y *Concept) int {
		return cmp.Or(order.Compare(letter[x], letter[y]), order.Compare(key(x), key(y)), strings.Compare(x.ID, y.ID))
	})
	var out []Initial
	for _, c := range sorted {
		if n := len(out); n == 0 || out[n-1].Letter != letter[c] {
			out = append(out, Initial{Letter: letter[c]})
		}
		out[len(out)-1].Concepts = append(out[len(out)-1].Concepts, c)
	}
	return out
}

// Name is the concept's preferred name in the language, else in the first
// language that has one, else its id.
func (s *Site) Name(c *Concept, l int) string {
	for k := range s.Langs {
		if n, ok := c.Preferred(s.Langs[(l+k)%len(s.Langs)].Code); ok {
			return n.Text
		}
	}
	return c.ID
}
