package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/site"
)

// use is a name of a concept in a block.
type use struct {
	block *site.Block
	term  site.Term
}

// words are the name as the text writes it.
func (u use) words() string { return u.block.Text[u.term.Start:u.term.End] }

// missingTerms reports concepts that a passage names in one language and not in
// another.
func (c *checker) missingTerms(p *site.Passage, have []int) {
	have = slices.DeleteFunc(slices.Clone(have), func(l int) bool { return !hasText(p.Cells[l]) })
	if len(have) < 2 {
		return
	}
	uses := c.uses(p, have)
	missing := map[int][]*site.Concept{} // by the language that lacks them
	for _, id := range sortedKeys(uses) {
		k := c.site.Concept(id)
		with, lack := c.naming(p, have, k, uses[id])
		// Where most languages do without the name, it is the few that add it,
		// which is no gap but a choice of words.
		if len(with) < len(lack) {
			continue
		}
		for _, l := range lack {
			missing[l] = append(missing[l], k)
		}
	}
	for _, l := range sortedKeys(missing) {
		c.missingTerm(p, l, missing[l], uses)
	}
}

func hasText(cell site.Cell) bool {
	return slices.ContainsFunc(cell.Blocks, func(b *site.Block) bool { return b.Kind != doc.Heading && b.Kind != doc.Code && b.Kind != doc.Break })
}

// uses are the first use of each concept in each language of the passage.
func (c *checker) uses(p *site.Passage, have []int) map[string]map[int]use {
	out := map[string]map[int]use{}
	for _, l := range have {
		for _, b := range p.Cells[l].Blocks {
			for _, u := range b.Terms {
				if c.quotes(p, l, b, u) {
					continue
				}
				if out[u.Concept] == nil {
					out[u.Concept] = map[int]use{}
				}
				if _, ok := out[u.Concept][l]; !ok {
					out[u.Concept][l] = use{b, u}
				}
			}
		}
	}
	return out
}

// naming parts the languages of a passage into those that name the concept, if
// only by a name that is not looked for, and those that could and do not.
func (c *checker) naming(p *site.Passage, have []int, k *site.Concept, uses map[int]use) (with, lack []int) {
	for _, l := range have {
		_, ok := uses[l]
		switch {
		case ok, slices.ContainsFunc(p.Cells[l].Blocks, func(b *site.Block) bool { return len(c.ownMatcher(k, l).Find(b.Text)) > 0 }):
			with = append(with, l)
		case len(k.Names[c.site.Langs[l].Code]) > 0:
			lack = append(lack, l)
		}
	}
	return with, lack
}

// missingTerm reports the concepts that one language of a passage does not name.
func (c *checker) missingTerm(p *site.Passage, l int, concepts []*site.Concept, uses map[string]map[int]use) {
	sev := diag.Note
	var names diag.Phrases
	var related []diag.Related
	for _, k := range concepts {
		name := c.site.Name(k, l)
		if n, ok := k.Preferred(c.site.Langs[l].Code); ok {
			name = n.Text
		}
		names = append(names, diag.Say("named-concept", "Name", clip(name), "Concept", k.ID))
		if proper(k) && !c.frequent(k) {
			sev = diag.Warning
		}
		for _, m := range sortedKeys(uses[k.ID]) {
			u := uses[k.ID][m]
			related = append(related, diag.Related{Pos: at(u.block, u.term.Start), Phrase: diag.Say("related.quoted-in", "Words", clip(u.words()), "Language", c.name(m))})
		}
	}
	c.add(wording(p.Section.Text.Versions[l].Doc, sev), c.start(p, l), TermMissing, related,
		"Passage", p.Number, "Names", names, "Count", len(names), "Language", c.name(l))
}

// proper reports whether the concept is one thing with a name of its own: to
// leave it out is likelier a fault than to word a notion otherwise.
func proper(k *site.Concept) bool {
	switch k.Class {
	case glossary.Body, glossary.Treaty, glossary.Document:
		return true
	}
	return false
}

// frequent reports whether a fifth of all passages name the concept, and ten at
// least: a pronoun stands for what is always spoken of.
func (c *checker) frequent(k *site.Concept) bool {
	all := 0
	for _, t := range c.site.Texts {
		for _, s := range t.Sections {
			all += len(s.Passages)
		}
	}
	return len(c.site.Occurrences(k)) >= 10 && len(c.site.Occurrences(k))*5 >= all
}

// quotes reports whether a name in a block stands in another language of the
// passage just the same, with what surrounds it: then it is quoted, not used.
func (c *checker) quotes(p *site.Passage, l int, b *site.Block, u site.Term) bool {
	const around = 8
	text := c.mask(b)
	from, to := u.Start, u.End
	for n := 0; n < around && from > 0 && text[from-1] >= ' '; n++ {
		from--
	}
	for n := 0; n < around && to < len(text) && text[to] >= ' '; n++ {
		to++
	}
	for from < u.Start && !utf8.RuneStart(text[from]) {
		from++
	}
	for to > u.End && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	for m, cell := range p.Cells {
		if m != l && slices.ContainsFunc(cell.Blocks, func(o *site.Block) bool { return strings.Contains(o.Text, text[from:to]) }) {
			return true
		}
	}
	return false
}

// deprecated reports names that the glossary advises against.
func (c *checker) deprecated(p *site.Passage, have []int) {
	for _, l := range have {
		code := c.site.Langs[l].Code
		for _, b := range p.Cells[l].Blocks {
			for _, u := range b.Terms {
				names := c.site.Concept(u.Concept).Names[code]
				if u.Name < 0 || u.Name >= len(names) {
					continue
				}
				if n := names[u.Name]; advisedAgainst(n, b.Text[u.Start:u.End], names) && !c.quotes(p, l, b, u) {
					c.deprecatedUse(p, use{b, u}, n, code)
				}
			}
		}
	}
}

func (c *checker) deprecatedUse(p *site.Passage, u use, n glossary.Name, code string) {
	var instead diag.Phrase
	if name, ok := c.site.Concept(u.term.Concept).Preferred(code); ok {
		instead = diag.Say("hint.preferred", "Name", clip(name.Text))
	}
	says := DeprecatedTerm
	if n.Status == glossary.Superseded {
		says = DeprecatedTerm.As("superseded")
	}
	c.add(wording(u.block.Doc, diag.Warning), at(u.block, u.term.Start), says, []diag.Related{{Pos: n.Pos, Phrase: diag.Say("related.glossary")}},
		"Passage", p.Number, "Words", clip(u.words()), "Concept", u.term.Concept, "Hint", instead)
}

// advisedAgainst reports whether the words found by a name should not be used.
// They may in truth be a name that may be: “The Strategy”, where “The strategy”
// is deprecated and “Strategy” is not.
func advisedAgainst(n glossary.Name, words string, names []glossary.Name) bool {
	if n.Status != glossary.Deprecated && n.Status != glossary.Superseded {
		return false
	}
	return !slices.ContainsFunc(names, func(o glossary.Name) bool {
		return (o.Status == glossary.Preferred || o.Status == glossary.Admitted) && strings.Contains(words, o.Text) && !strings.Contains(n.Text, o.Text)
	})
}
