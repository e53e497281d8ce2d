package check

import (
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/lang"
	"stele/build/site"
)

// lackSure is how sure it must be that a sentence has no counterpart, and
// lackLength how many letters it must have: what is shorter is soon said within
// another.
const (
	lackSure   = 0.8
	lackLength = 30
)

// sentences reports a sentence that some languages lack within a passage that they
// have.
func (c *checker) sentences(p *site.Passage, have []int) {
	if p.Ties == nil || len(p.Ties.Groups) < 2 {
		return
	}
	for i := range p.Ties.Groups {
		g := &p.Ties.Groups[i]
		var with, without []int
		for _, l := range have {
			if len(g.Of[l]) > 0 {
				with = append(with, l)
			} else {
				without = append(without, l)
			}
		}
		if g.Confidence < lackSure || len(without) == 0 || !long(p, with[0], g.Of[with[0]]) {
			continue
		}
		// Where several have it they are right; where one has it alone, that is where
		// it stands.
		if len(without) == 1 && (len(with) > 1 || c.likely(p.Section.Text, have) != with[0]) {
			c.lacks(p, i, with, without[0])
		} else {
			c.hasAlone(p, i, with, without)
		}
	}
}

// long reports whether sentences are long enough to be missed.
func long(p *site.Passage, l int, of []int) bool {
	n := 0
	for _, i := range of {
		for _, r := range textOf(p, l, i) {
			n++
			if lang.Wide(r) {
				n += 2
			}
		}
	}
	return n >= lackLength
}

func textOf(p *site.Passage, l, i int) string {
	at := p.Ties.Sentences[l][i]
	return p.Cells[l].Blocks[at.Block].Text[at.Start:at.End]
}

// place is where in a language a group's sentences would stand that with has: at
// the end of the sentence before, in the order of that language.
func (c *checker) place(p *site.Passage, group, with, l int) diag.Pos {
	for i := p.Ties.Groups[group].Of[with][0] - 1; i >= 0; i-- {
		if its := p.Ties.Groups[p.Ties.GroupOf(with, i)].Of[l]; len(its) > 0 {
			s := p.Ties.Sentences[l][its[len(its)-1]]
			b := p.Cells[l].Blocks[s.Block]
			_, last := utf8.DecodeLastRuneInString(b.Text[s.Start:s.End])
			return at(b, s.End-last)
		}
	}
	return c.start(p, l)
}

// lacks reports what a language lacks, where it would stand.
func (c *checker) lacks(p *site.Passage, group int, with []int, l int) {
	first := p.Ties.Groups[group].Of[with[0]][0]
	d := p.Section.Text.Versions[l].Doc
	c.add(wording(d, diag.Warning), c.place(p, group, with[0], l), SentenceMissing, c.having(p, group, with),
		"Passage", p.Number, "Language", c.name(l), "Languages", c.names(with), "Words", clip(textOf(p, with[0], first)))
}

// hasAlone reports sentences that have no counterpart in several languages, or in
// one whose wording is fixed, where they stand.
func (c *checker) hasAlone(p *site.Passage, group int, with, without []int) {
	l := c.likely(p.Section.Text, with)
	first := p.Ties.Groups[group].Of[l][0]
	s := p.Ties.Sentences[l][first]
	d := p.Section.Text.Versions[l].Doc
	var related []diag.Related
	for _, m := range without {
		related = append(related, diag.Related{Pos: c.place(p, group, l, m), Phrase: diag.Say("related.text-in", "Language", c.name(m))})
	}
	c.add(wording(d, diag.Warning), at(p.Cells[l].Blocks[s.Block], s.Start), SentenceMissing.As("alone"), related,
		"Passage", p.Number, "Language", c.name(l), "Languages", c.names(without), "Words", clip(textOf(p, l, first)))
}

// having are the places of a group in the languages that have it.
func (c *checker) having(p *site.Passage, group int, with []int) []diag.Related {
	var out []diag.Related
	for _, l := range with {
		s := p.Ties.Sentences[l][p.Ties.Groups[group].Of[l][0]]
		out = append(out, diag.Related{Pos: at(p.Cells[l].Blocks[s.Block], s.Start), Phrase: diag.Say("related.text-in", "Language", c.name(l))})
	}
	return out
}
