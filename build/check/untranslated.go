package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
)

var placeholder = regexp.MustCompile(`(?i)^[^\p{L}]*(to ?do|tbd|tbc|xxx+|lorem ipsum.*|(to be )?translated?|translation|перевести|нет перевода|перевод|待译|待翻译|翻译中|未翻译)[^\p{L}]*$`)

// empty reports blocks that say nothing where another language says something,
// and placeholders.
func (c *checker) empty(p *site.Passage, have []int) {
	for _, l := range have {
		var said []int
		for _, m := range without(have, l) {
			if slices.ContainsFunc(p.Cells[m].Blocks, speaks) {
				said = append(said, m)
			}
		}
		for _, b := range p.Cells[l].Blocks {
			switch {
			case !speaks(b) && b.Kind != doc.Heading && (len(said) > 0 || len(have) == 1):
				c.add(diag.Warning, at(b, 0), EmptyTarget, c.others(p, said, "related.text-in"), "Passage", p.Number)
			case placeholder.MatchString(b.Text) && len(said) > 0:
				c.add(diag.Warning, at(b, 0), EmptyTarget.As("placeholder"), c.others(p, said, "related.text-in"),
					"Passage", p.Number, "Words", clip(b.Text))
			}
		}
	}
}

// speaks reports whether there is something to read or see in the block.
func speaks(b *site.Block) bool {
	if b.Kind == doc.Break || b.Kind == doc.Code || strings.ContainsFunc(b.Text, lang.InWord) {
		return true
	}
	for n := range b.Walk() {
		if _, ok := n.(*doc.Image); ok {
			return true
		}
	}
	return false
}

// untranslated reports text that stands in another language's script, or is
// the same as the other's.
func (c *checker) untranslated(p *site.Passage, have []int) {
	for _, l := range have {
		for _, b := range p.Cells[l].Blocks {
			if b.Kind != doc.Code && b.Kind != doc.Break {
				c.untranslatedBlock(p, have, l, b)
			}
		}
	}
}

// foreignVersions reports the versions of which most is not written in the letters
// of their language, once each: Serbian has two scripts, and a file may have the
// wrong name.
func (c *checker) foreignVersions(t *site.Text, present []int) {
	blocks, foreign := make([]int, len(t.Versions)), make([]int, len(t.Versions))
	passages(t, func(p *site.Passage) {
		for _, l := range present {
			for _, b := range p.Cells[l].Blocks {
				if all, own := c.langs[l].letters(b.Text); all >= 20 && b.Kind != doc.Code {
					blocks[l]++
					if own*10 < all*3 {
						foreign[l]++
					}
				}
			}
		}
	})
	for _, l := range present {
		if d := t.Versions[l].Doc; c.langs[l].LettersKnown() && foreign[l] >= 5 && foreign[l]*2 > blocks[l] {
			c.foreign[d] = true
			c.add(diag.Warning, top(d.Path), LanguageScript.As("version"), nil, "Language", c.name(l), "Count", foreign[l])
		}
	}
}

func (c *checker) untranslatedBlock(p *site.Passage, have []int, l int, b *site.Block) {
	text := c.mask(b)
	all, own := c.langs[l].letters(text)
	if all == 0 || !isPhrase(text) {
		return
	}
	foreign := c.langs[l].LettersKnown() && own*10 < all*3
	if b.Kind == doc.Table { // tables of names, quotations and figures
		foreign = own == 0
	}
	twin := c.twin(p, l, b, have)
	switch {
	case twin >= 0 && foreign:
		c.add(diag.Warning, at(b, 0), SameAsSource, c.others(p, []int{twin}, "related.same-text"),
			"Passage", p.Number, "Source", c.name(twin), "Language", c.name(l))
	case twin >= 0 && l == c.likely(p.Section.Text, []int{twin, l}):
		c.add(diag.Note, at(b, 0), SameAsSource.As("words"), c.others(p, []int{twin}, "related.same-text"),
			"Passage", p.Number, "Source", c.name(twin))
	case foreign && all >= 20 && !c.foreign[p.Section.Text.Versions[l].Doc]:
		c.add(diag.Warning, at(b, 0), LanguageScript, nil, "Passage", p.Number, "Language", c.name(l))
	}
}

// twin returns a language whose part of the passage has a block of the same
// text, or -1.
func (c *checker) twin(p *site.Passage, l int, b *site.Block, have []int) int {
	for _, m := range without(have, l) {
		// The text is at home where the letters are its language's own.
		all, own := c.langs[m].letters(b.Text)
		if own*2 < all {
			continue
		}
		for _, o := range p.Cells[m].Blocks {
			if lang.Fold(o.Text) == lang.Fold(b.Text) {
				return m
			}
		}
	}
	return -1
}

// isPhrase tells text that wants translating from numbers, codes and names: it
// has at least three words, two of which begin with a small letter, or six Han
// characters.
func isPhrase(s string) bool {
	words, small, han := 0, 0, 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !lang.InWord(r) && r != '\'' && r != '’' && r != '-' }) {
		for i, r := range w {
			if lang.IsHan(r) {
				han++
			} else if i == 0 && unicode.IsLetter(r) {
				words++
				if unicode.IsLower(r) && len(w) > 1 {
					small++
				}
			}
		}
	}
	return words >= 3 && small >= 2 || han >= 6
}
