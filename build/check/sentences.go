package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/align/lexicon"
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
	alone         bool // it is told of where the sentences stand, not where they would
	told          int  // the language whose sentences are named and counted
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
		if len(x.with) == 0 || len(x.without) == 0 {
			continue
		}
		// Where several have it they are right; where one has it alone, that is where
		// it stands.
		x.alone = len(x.without) > 1 || len(x.with) == 1 && c.likely(p.Section.Text, have) == x.with[0]
		if x.told = x.with[0]; x.alone {
			x.told = c.likely(p.Section.Text, x.with)
		}
		sure := lackSure
		if len(x.with) == 1 {
			if sure = aloneSure; !sentence.Reads(lang.Of(c.site.Langs[x.with[0]].Tag)) {
				sure = unreadSure
			}
		}
		if g.Confidence < sure || !long(p, x.told, g.Of[x.told]) {
			continue
		}
		if len(x.with) == 1 && c.repeats(p, x.told, g.Of[x.told], x.without) {
			continue
		}
		if n := len(found) - 1; n >= 0 && goesOn(p, &found[n], &x) {
			found[n].groups = append(found[n].groups, i)
		} else {
			found = append(found, x)
		}
	}
	for i := range found {
		if x := &found[i]; x.alone {
			c.hasAlone(p, x)
		} else {
			c.lacks(p, x)
		}
	}
}

// goesOn reports whether y is the next that the same languages have.
func goesOn(p *site.Passage, x, y *lack) bool {
	if !slices.Equal(x.with, y.with) {
		return false
	}
	before := p.Ties.Groups[x.groups[len(x.groups)-1]].Of[x.told]
	return before[len(before)-1]+1 == p.Ties.Groups[y.groups[0]].Of[x.told][0]
}

// repeats reports whether sentences of a language that no other has are in order
// because it quotes another letter by letter beside its own translation: they are
// what is quoted, or stand next to it and may be the translation, which is then left
// over. What is in a third language, such as a motto, is not translated there.
func (c *checker) repeats(p *site.Passage, l int, of, others []int) bool {
	its := map[string]bool{} // of another language, and whether they are in it
	for _, m := range others {
		for i := range p.Ties.Sentences[m] {
			if long(p, m, []int{i}) {
				s := textOf(p, m, i)
				its[compare.Fold(s)] = its[compare.Fold(s)] || c.speaks(m, s)
			}
		}
	}
	if len(its) == 0 {
		return false
	}
	original := make([]bool, len(p.Ties.Sentences[l])) // a sentence in another language
	for i := range original {
		original[i] = its[compare.Fold(textOf(p, l, i))]
	}
	for _, i := range of {
		if _, same := its[compare.Fold(textOf(p, l, i))]; !same && !nextTo(p, l, i, original) {
			return false
		}
	}
	return true
}

// nextTo reports whether a sentence stands before or after originals, so near that
// it may be a part of their translation: a translation is at most twice as long.
func nextTo(p *site.Passage, l, i int, original []bool) bool {
	for _, step := range []int{-1, 1} {
		own, theirs := 0, 0
		j := i
		for ; j >= 0 && j < len(original) && !original[j]; j += step {
			own += weight(p, l, j)
		}
		for ; j >= 0 && j < len(original) && original[j]; j += step {
			theirs += weight(p, l, j)
		}
		if theirs > 0 && own <= 2*theirs {
			return true
		}
	}
	return false
}

// speaks reports whether a sentence is in the language, by its script and, where
// many are written in it, by words that nearly every sentence has.
func (c *checker) speaks(l int, s string) bool {
	if all, own := c.langs[l].letters(s); 2*own < all {
		return false
	}
	common, ok := lexicon.Common(lang.Of(c.site.Langs[l].Tag).Base)
	return !ok || slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }),
		func(w string) bool { return slices.Contains(common, w) })
}

// long reports whether sentences are long enough to be missed.
func long(p *site.Passage, l int, of []int) bool {
	n := 0
	for _, i := range of {
		n += weight(p, l, i)
	}
	return n >= lackLength
}

// weight is how many letters a sentence has; a wide one counts as three.
func weight(p *site.Passage, l, i int) (n int) {
	for _, r := range textOf(p, l, i) {
		n++
		if lang.Wide(r) {
			n += 2
		}
	}
	return n
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
	first := p.Ties.Groups[group].Of[x.told][0]
	d := p.Section.Text.Versions[l].Doc
	c.addLack(p, x, "several", SentenceMissing, wording(d, diag.Warning), c.place(p, group, x.told, l), c.having(p, group, x.with),
		"Passage", p.Number, "Language", c.name(l), "Languages", c.names(x.with), "Words", clip(textOf(p, x.told, first)))
}

// hasAlone reports sentences that have no counterpart in several languages, or in
// one whose wording is fixed, where they stand.
func (c *checker) hasAlone(p *site.Passage, x *lack) {
	l, group := x.told, x.groups[0]
	first := p.Ties.Groups[group].Of[l][0]
	s := p.Ties.Sentences[l][first]
	d := p.Section.Text.Versions[l].Doc
	related := c.having(p, group, without(x.with, l))
	for _, m := range x.without {
		related = append(related, diag.Related{Pos: c.place(p, group, l, m), Phrase: diag.Say("related.text-in", "Language", c.name(m))})
	}
	c.addLack(p, x, "alone-several", SentenceMissing.As("alone"), wording(d, diag.Warning), at(p.Cells[l].Blocks[s.Block], s.Start), related,
		"Passage", p.Number, "Having", c.names(x.with), "Languages", c.names(x.without), "Words", clip(textOf(p, l, first)))
}

// addLack adds a finding about one sentence, or as a variant about several.
func (c *checker) addLack(p *site.Passage, x *lack, several string, one diag.Code, sev diag.Severity, pos diag.Pos, related []diag.Related, pairs ...any) {
	n := 0
	for _, i := range x.groups {
		n += len(p.Ties.Groups[i].Of[x.told])
	}
	if n > 1 {
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
