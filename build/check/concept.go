package check

import (
	"stele/build/diag"
	"stele/build/glossary"
	"stele/build/lang"
	"stele/build/site"
)

// definitions reports concepts without a definition.
func (c *checker) definitions() {
	for _, k := range c.site.Concepts {
		if len(k.Definition) == 0 {
			c.add(diag.Note, top(k.Path), NoDefinition, nil, "Concept", k.ID)
		}
	}
}

// unusedConcepts reports concepts that no text names.
func (c *checker) unusedConcepts() {
	for _, k := range c.site.Concepts {
		if len(c.site.Occurrences(k)) == 0 && len(c.site.Texts) > 0 && !c.inside(k) {
			c.add(diag.Note, top(k.Path), UnusedConcept, nil, "Concept", k.ID)
		}
	}
}

// inside reports whether a name of the concept stands within a use of another
// concept's longer name, which is not counted as a use.
func (c *checker) inside(k *site.Concept) bool {
	if c.used == nil {
		c.used = make([]map[string]bool, len(c.langs))
		for l := range c.used {
			c.used[l] = map[string]bool{}
		}
		for _, t := range c.site.Texts {
			passages(t, c.use)
		}
	}
	for l := range c.site.Langs {
		m := c.ownMatcher(k, l)
		for name := range c.used[l] {
			if len(m.Find(name)) > 0 {
				return true
			}
		}
	}
	return false
}

// use notes the names that a passage uses.
func (c *checker) use(p *site.Passage) {
	for l := range p.Cells {
		for _, b := range p.Cells[l].Blocks {
			for _, u := range b.Terms {
				c.used[l][b.Text[u.Start:u.End]] = true
			}
		}
	}
}

// conceptIn is a concept in one language.
type conceptIn struct {
	id   string
	lang int
}

// ownMatcher finds all names of one concept, also those not looked for in texts.
func (c *checker) ownMatcher(k *site.Concept, l int) *glossary.Matcher {
	key := conceptIn{k.ID, l}
	if m := c.matchers[key]; m != nil {
		return m
	}
	code := c.site.Langs[l].Code
	var patterns []glossary.Pattern
	for i, n := range k.Names[code] {
		patterns = append(patterns, glossary.Pattern{Concept: k.ID, Name: i, Text: n.Text, Exact: n.Kind == glossary.Abbreviation})
		for _, f := range n.Forms {
			patterns = append(patterns, glossary.Pattern{Concept: k.ID, Name: i, Text: f, Exact: true})
		}
	}
	c.matchers[key] = glossary.NewMatcher(code, patterns)
	return c.matchers[key]
}

// ambiguous reports names that two concepts share in a language, so that a text
// does not say which it means.
func (c *checker) ambiguous() {
	type owner struct {
		id  string
		pos diag.Pos
	}
	for l, own := range c.site.Langs {
		first := map[string]owner{}
		for _, k := range c.site.Concepts {
			for _, n := range k.Names[own.Code] {
				if n.Hidden {
					continue
				}
				key := lang.Fold(n.Text)
				if n.Kind == glossary.Abbreviation {
					key = n.Text
				}
				o, taken := first[key]
				switch {
				case !taken:
					first[key] = owner{k.ID, n.Pos}
				case o.id != k.ID:
					c.add(diag.Warning, n.Pos, AmbiguousTerm, []diag.Related{{Pos: o.pos, Phrase: diag.Say("related.name-of", "Concept", o.id)}},
						"Words", clip(n.Text), "Concept", o.id, "Language", c.name(l))
				}
			}
		}
	}
}
