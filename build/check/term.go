package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/lang"
	"stele/build/numeral"
	"stele/build/site"
)

// concepts checks the glossary against the texts.
func (c *checker) concepts() {
	c.ambiguous()
	for _, k := range c.site.Concepts {
		top := diag.Pos{Path: k.Path, Line: 1, Col: 1}
		if len(k.Definition) == 0 {
			c.add(diag.Note, top, "no-definition", nil, "the concept “%s” has no definition; say in one to three sentences what it is", k.ID)
		}
		if len(c.site.Occurrences(k)) == 0 && len(c.site.Texts) > 0 && !c.inside(k) {
			c.add(diag.Note, top, "unused-concept", nil, "no text names the concept “%s”; see whether a name is missing, or the concept is not needed", k.ID)
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
			for _, t := range c.site.Texts {
				passages(t, func(p *site.Passage) {
					for _, b := range p.Cells[l].Blocks {
						for _, u := range b.Terms {
							c.used[l][b.Text[u.Start:u.End]] = true
						}
					}
				})
			}
		}
	}
	for l := range c.site.Langs {
		m := ownMatcher(k, c.site.Langs[l].Code)
		for name := range c.used[l] {
			if len(m.Find(name)) > 0 {
				return true
			}
		}
	}
	return false
}

// ownMatcher finds all names of one concept, also those not looked for in texts.
func ownMatcher(k *site.Concept, code string) *glossary.Matcher {
	var patterns []glossary.Pattern
	for i, n := range k.Names[code] {
		patterns = append(patterns, glossary.Pattern{Concept: k.ID, Name: i, Text: n.Text, Exact: n.Kind == glossary.Abbreviation})
		for _, f := range n.Forms {
			patterns = append(patterns, glossary.Pattern{Concept: k.ID, Name: i, Text: f, Exact: true})
		}
	}
	return glossary.NewMatcher(code, patterns)
}

// ambiguous reports names that two concepts share in a language, so that a text
// does not say which it means.
func (c *checker) ambiguous() {
	for l, own := range c.site.Langs {
		type owner struct {
			id  string
			pos diag.Pos
		}
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
					c.add(diag.Warning, n.Pos, "ambiguous-term", []diag.Related{{Pos: o.pos, Message: "the name of “" + o.id + "”"}},
						"%s names “%s” in %s too; a use of it in a text counts for one of them only: make one name longer, or give it “find: false”", quote(n.Text), o.id, c.langs[l].name)
				}
			}
		}
	}
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

// termGaps reports concepts that a passage names in one language and not in
// another, and names that should not be used.
func (c *checker) termGaps(t *site.Text) {
	matchers := map[string]*glossary.Matcher{}
	names := func(k *site.Concept, l int, text string) bool {
		key := fmt.Sprint(l, k.ID)
		if matchers[key] == nil {
			matchers[key] = ownMatcher(k, c.site.Langs[l].Code)
		}
		return len(matchers[key].Find(text)) > 0
	}
	passages(t, func(p *site.Passage) {
		c.deprecated(p)
		have := slices.DeleteFunc(filled(p), func(l int) bool {
			return !slices.ContainsFunc(p.Cells[l].Blocks, func(b *site.Block) bool { return b.Kind != doc.Heading && b.Kind != doc.Code && b.Kind != doc.Break })
		})
		if len(have) < 2 {
			return
		}
		uses := map[string]map[int]use{} // concept -> language -> first use
		for _, l := range have {
			for _, b := range p.Cells[l].Blocks {
				for _, u := range b.Terms {
					if c.quoted(p, l, b, u.Start, u.End) {
						continue
					}
					if uses[u.Concept.ID] == nil {
						uses[u.Concept.ID] = map[int]use{}
					}
					if _, ok := uses[u.Concept.ID][l]; !ok {
						uses[u.Concept.ID][l] = use{b, u}
					}
				}
			}
		}
		gaps := map[int][]gap{} // by the language that lacks the concept
		for _, id := range sortedKeys(uses) {
			k := c.site.Concept(id)
			var with, lack []int
			for _, l := range have {
				_, ok := uses[id][l]
				switch {
				case ok, slices.ContainsFunc(p.Cells[l].Blocks, func(b *site.Block) bool { return names(k, l, b.Text) }):
					with = append(with, l)
				case len(k.Names[c.site.Langs[l].Code]) > 0:
					lack = append(lack, l)
				}
			}
			for _, l := range lack {
				// Where most languages do without the name, it is the few that
				// add it, which is no gap but a choice of words.
				if len(with) >= len(lack) {
					gaps[l] = append(gaps[l], gap{k, uses[id]})
				}
			}
		}
		for _, l := range sortedKeys(gaps) {
			c.gap(p, l, gaps[l])
		}
	})
}

type use struct {
	block *site.Block
	term  site.Term
}

type gap struct {
	concept *site.Concept
	uses    map[int]use
}

// gap reports the concepts that one language of a passage does not name.
func (c *checker) gap(p *site.Passage, l int, gaps []gap) {
	sev := diag.Note
	var said []string
	var related []diag.Related
	for _, g := range gaps {
		name := c.site.Name(g.concept, l)
		if n, ok := g.concept.Preferred(c.site.Langs[l].Code); ok {
			name = n.Text
		}
		said = append(said, fmt.Sprintf("%s (%s)", quote(name), g.concept.ID))
		if proper(g.concept) && !c.frequent(g.concept) {
			sev = diag.Warning
		}
		for _, m := range sortedKeys(g.uses) {
			u := g.uses[m]
			related = append(related, diag.Related{Pos: at(u.block, u.term.Start), Message: quote(u.block.Text[u.term.Start:u.term.End]) + " in " + c.langs[m].name})
		}
	}
	verb := "is"
	if len(said) > 1 {
		verb = "are"
	}
	c.add(wording(p.Section.Text.Versions[l].Doc, sev), c.start(p, l), "term-missing", related,
		"passage %s: %s %s named in the other languages, not in %s; use the name, or add the wording to the glossary", p.Number, join(said), verb, c.langs[l].name)
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

// quoted reports whether the words at start to end of a block stand in another
// language of the passage just the same, with what surrounds them: then they
// are quoted, not used.
func (c *checker) quoted(p *site.Passage, l int, b *site.Block, start, end int) bool {
	const around = 8
	text := c.mask(b)
	from, to := start, end
	for n := 0; n < around && from > 0 && text[from-1] >= ' '; n++ {
		from--
	}
	for n := 0; n < around && to < len(text) && text[to] >= ' '; n++ {
		to++
	}
	for from < start && !utf8.RuneStart(text[from]) {
		from++
	}
	for to > end && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	for m, cell := range p.Cells {
		if m == l {
			continue
		}
		for _, o := range cell.Blocks {
			if strings.Contains(o.Text, text[from:to]) {
				return true
			}
		}
	}
	return false
}

// deprecated reports names that the glossary advises against.
func (c *checker) deprecated(p *site.Passage) {
	for l := range p.Cells {
		code := c.site.Langs[l].Code
		for _, b := range p.Cells[l].Blocks {
			for _, u := range b.Terms {
				names := u.Concept.Names[code]
				if u.Name < 0 || u.Name >= len(names) {
					continue
				}
				n := names[u.Name]
				text := b.Text[u.Start:u.End]
				if n.Status != glossary.Deprecated && n.Status != glossary.Superseded || approved(text, n, names) || c.quoted(p, l, b, u.Start, u.End) {
					continue
				}
				instead := ""
				if pref, ok := u.Concept.Preferred(code); ok {
					instead = "; the name to use is " + quote(pref.Text)
				}
				c.add(wording(b.Doc, diag.Warning), at(b, u.Start), "deprecated-term", []diag.Related{{Pos: n.Pos, Message: "in the glossary"}},
					"passage %s: %s is a %s name of “%s”%s", p.Number, quote(text), n.Status, u.Concept.ID, instead)
			}
		}
	}
}

// approved reports whether the words found by a name not to be used are in
// truth one that may be: “The Strategy”, where “The strategy” is deprecated and
// “Strategy” is not.
func approved(text string, n glossary.Name, names []glossary.Name) bool {
	for _, o := range names {
		if (o.Status == glossary.Preferred || o.Status == glossary.Admitted) && strings.Contains(text, o.Text) && !strings.Contains(n.Text, o.Text) {
			return true
		}
	}
	return false
}

// known abbreviations need no introduction anywhere.
var known = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`PDF HTML XML CSV JSON URL ISO OK TV PC ID IT CD DVD GPS SMS DNA HIV AIDS AD BC UTC GMT
		USA US UK EU UN NATO UNESCO MIT CC BY EPUB TMX TBX XLIFF ISBN ISSN FAQ PS RIA TASS BBC CNN
		ООН ЕС США СССР РФ СНГ СМИ ВВП НАТО ЮНЕСКО ТВ ПК ДНК ВИЧ СПИД ИТ РИА ТАСС`) {
		out[w] = true
	}
	return out
}()

// abbreviations reports those a version uses without ever saying what they
// stand for: not in brackets, not after "hereinafter", not in the glossary.
func (c *checker) abbreviations(t *site.Text) {
	for l, v := range t.Versions {
		if v.Doc == nil {
			continue
		}
		type found struct {
			b   *site.Block
			off int
			n   int
		}
		first := map[string]*found{}
		introduced := map[string]bool{}
		passages(t, func(p *site.Passage) {
			for _, b := range blocks(p.Cells[l]) {
				if b.Kind == doc.Heading || b.Kind == doc.Code || b.Kind == doc.Break {
					continue
				}
				text := c.mask(b)
				for _, a := range abbreviations(text) {
					s := text[a[0]:a[1]]
					if inBrackets(text, a[0], a[1]) {
						introduced[s] = true
						continue
					}
					if first[s] == nil {
						first[s] = &found{b, a[0], 0}
					}
					first[s].n++
				}
			}
		})
		for _, s := range sortedKeys(first) {
			f := first[s]
			if introduced[s] || known[s] || c.inGlossary(s) {
				continue
			}
			c.add(wording(v.Doc, diag.Note), at(f.b, f.off), "abbreviation-unexplained", nil,
				"%s is used (%s) and never explained; write it out at its first use with the abbreviation in brackets, or put it into the glossary", quote(s), plural(f.n, "time"))
		}
	}
}

// abbreviations returns the places of words of capitals.
func abbreviations(text string) [][2]int {
	var out [][2]int
	from, upper, lower, other := -1, 0, 0, 0
	flush := func(to int) {
		// NGOs: the plural's s is no part of it
		if from >= 0 && upper >= 2 && upper <= 8 && other == 0 {
			s := text[from:to]
			if lower == 1 && strings.HasSuffix(s, "s") {
				s, lower = s[:len(s)-1], 0
			}
			if lower == 0 && numeral.Roman(s) == 0 {
				out = append(out, [2]int{from, from + len(s)})
			}
		}
		from, upper, lower, other = -1, 0, 0, 0
	}
	words, shouted := 0, 0
	for i, r := range text {
		if !lang.InWord(r) || lang.IsHan(r) {
			flush(i)
			continue
		}
		if from < 0 {
			from = i
			words++
			if unicode.IsUpper(r) {
				shouted++
			}
		}
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		default:
			other++
		}
	}
	flush(len(text))
	if words >= 3 && len(out)*2 > words {
		return nil // a line in capitals
	}
	return out
}

// inBrackets reports whether the abbreviation is introduced where it stands: in
// brackets or after a word such as "hereinafter", or with brackets after it.
func inBrackets(text string, from, to int) bool {
	const reach = 200 // bytes that a bracket holds at most
	before, after := text[max(from-reach, 0):from], text[to:]
	if open := strings.LastIndexAny(before, "([（"); open >= 0 && !strings.ContainsAny(before[open+1:], ")]）") {
		return true
	}
	after = strings.TrimLeft(after, "»”\"s ")
	return strings.HasPrefix(after, "(") || strings.HasPrefix(after, "（")
}

// inGlossary reports whether some concept is called so.
func (c *checker) inGlossary(s string) bool {
	for _, k := range c.site.Concepts {
		for _, code := range sortedKeys(k.Names) {
			for _, n := range k.Names[code] {
				if n.Text == s {
					return true
				}
			}
		}
	}
	return false
}
