package check

import (
	"slices"
	"unicode/utf8"

	"stele/build/compare"
	"stele/build/diag"
	"stele/build/lang"
	"stele/build/sentence"
	"stele/build/site"
)

// lackSure is how sure it must be that a sentence of several languages has no
// counterpart in another, aloneSure that one of a single language has none anywhere,
// where no second language bears it out, and unreadSure so if nothing is known of
// the words of that language; lackLength is how many letters it must have: what is
// shorter is soon said within another.
const (
	lackSure   = 0.7
	aloneSure  = 0.75
	unreadSure = 0.9
	lackLength = 30
)

// A lack is groups of sentences, one after the other, that some languages have and
// others lack.
type lack struct {
	groups        []int
	with, without []int
}

// sentences reports sentences that some languages lack within a passage that they
// have.
func (c *checker) sentences(p *site.Passage, have []int) {
	if p.Ties == nil || len(p.Ties.Groups) < 2 {
		return
	}
	var found []lack
	for i := range p.Ties.Groups {
		g := &p.Ties.Groups[i]
		x := lack{groups: []int{i}}
		for _, l := range have {
			if len(g.Of[l]) > 0 {
				x.with = append(x.with, l)
			} else {
				x.without = append(x.without, l)
			}
		}
		sure := lackSure
		if len(x.with) == 1 {
			if sure = aloneSure; !sentence.Reads(lang.Of(c.site.Langs[x.with[0]].Tag)) {
				sure = unreadSure
			}
		}
		if g.Confidence < sure || len(x.without) == 0 || !long(p, x.with[0], g.Of[x.with[0]]) {
			continue
		}
		if len(x.with) == 1 && quotes(p, x.with[0], x.without) {
			continue
		}
		if n := len(found) - 1; n >= 0 && goesOn(p, &found[n], &x) {
			found[n].groups = append(found[n].groups, i)
		} else {
			found = append(found, x)
		}
	}
	for i := range found {
		x := &found[i]
		// Where several have it they are right; where one has it alone, that is where
		// it stands.
		if len(x.without) == 1 && (len(x.with) > 1 || c.likely(p.Section.Text, have) != x.with[0]) {
			c.lacks(p, x)
		} else {
			c.hasAlone(p, x)
		}
	}
}

// goesOn reports whether y is the next that the same languages have.
func goesOn(p *site.Passage, x, y *lack) bool {
	if !slices.Equal(x.with, y.with) {
		return false
	}
	before := p.Ties.Groups[x.groups[len(x.groups)-1]].Of[x.with[0]]
	return before[len(before)-1]+1 == p.Ties.Groups[y.groups[0]].Of[x.with[0]][0]
}

// quotes reports whether a language has a sentence of another letter by letter
// beside its own translation, so that a sentence is left over which is not amiss.
func quotes(p *site.Passage, l int, others []int) bool {
	its := map[string]bool{}
	for i := range p.Ties.Sentences[l] {
		if long(p, l, []int{i}) {
			its[compare.Fold(textOf(p, l, i))] = true
		}
	}
	for _, m := range others {
		for i := range p.Ties.Sentences[m] {
			if its[compare.Fold(textOf(p, m, i))] {
				return true
			}
		}
	}
	return false
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
func (c *checker) lacks(p *site.Passage, x *lack) {
	l, group := x.without[0], x.groups[0]
	first := p.Ties.Groups[group].Of[x.with[0]][0]
	d := p.Section.Text.Versions[l].Doc
	c.addLack(x, "several", SentenceMissing, wording(d, diag.Warning), c.place(p, group, x.with[0], l), c.having(p, group, x.with),
		"Passage", p.Number, "Language", c.name(l), "Languages", c.names(x.with), "Words", clip(textOf(p, x.with[0], first)))
}

// hasAlone reports sentences that have no counterpart in several languages, or in
// one whose wording is fixed, where they stand.
func (c *checker) hasAlone(p *site.Passage, x *lack) {
	l, group := c.likely(p.Section.Text, x.with), x.groups[0]
	first := p.Ties.Groups[group].Of[l][0]
	s := p.Ties.Sentences[l][first]
	d := p.Section.Text.Versions[l].Doc
	var related []diag.Related
	for _, m := range x.without {
		related = append(related, diag.Related{Pos: c.place(p, group, l, m), Phrase: diag.Say("related.text-in", "Language", c.name(m))})
	}
	c.addLack(x, "alone-several", SentenceMissing.As("alone"), wording(d, diag.Warning), at(p.Cells[l].Blocks[s.Block], s.Start), related,
		"Passage", p.Number, "Language", c.name(l), "Languages", c.names(x.without), "Words", clip(textOf(p, l, first)))
}

// addLack adds a finding about one sentence, or as a variant about several.
func (c *checker) addLack(x *lack, several string, one diag.Code, sev diag.Severity, pos diag.Pos, related []diag.Related, pairs ...any) {
	if n := len(x.groups); n > 1 {
		one, pairs = SentenceMissing.As(several), append(pairs, "Count", n)
	}
	c.add(sev, pos, one, related, pairs...)
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
