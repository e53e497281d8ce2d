package check

import (
	"math"
	"slices"

	"stele/build/diag"
	"stele/build/record"
	"stele/build/site"
)

// missingVersions reports the languages that a text does not exist in.
func (c *checker) missingVersions(t *site.Text, present []int) {
	var missing []int
	for l, v := range t.Versions {
		if v.Doc == nil {
			missing = append(missing, l)
		}
	}
	if len(missing) == 0 {
		return
	}
	var related []diag.Related
	for _, l := range present[1:] {
		related = append(related, diag.Related{Pos: top(t.Versions[l].Doc.Path), Phrase: diag.Say("related.version", "Language", c.name(l))})
	}
	c.add(diag.Note, top(t.Versions[present[0]].Doc.Path), MissingVersion, related,
		"Languages", c.names(missing), "Text", t.ID)
}

// gap is a row of neighbouring passages that the same languages have.
type gap struct {
	have        []int
	first, last *site.Passage
	n           int
}

// gaps reports passages that a language has not, and those that only one has.
// Neighbours of the same kind make one finding.
func (c *checker) gaps(t *site.Text, present []int) {
	var all []gap
	passages(t, func(p *site.Passage) {
		have := filled(p)
		if len(have) == len(present) || confirmedAbsent(p, present) || isBreak(p) {
			return
		}
		if n := len(all); n > 0 {
			g := &all[n-1]
			if slices.Equal(g.have, have) && g.last.Section == p.Section && g.last.Index+1 == p.Index {
				g.last = p
				g.n++
				return
			}
		}
		all = append(all, gap{have, p, p, 1})
	})
	for i := range all {
		c.gap(&all[i], present)
	}
}

// mostLacking is how many languages are each told of a passage that they lack. Of
// more one finding tells: thirty that say one thing would hide all others.
const mostLacking = 3

func (c *checker) gap(g *gap, present []int) {
	var lack []int
	for _, l := range present {
		if !slices.Contains(g.have, l) {
			lack = append(lack, l)
		}
	}
	extra, missing := ExtraPassage, MissingPassage
	which := []any{"Passage", g.first.Number}
	if g.n > 1 {
		extra, missing = ExtraPassage.As("many"), MissingPassage.As("many")
		which = []any{"First", g.first.Number, "Last", g.last.Number, "Count", g.n}
	}
	if len(g.have) == 1 && len(lack) > 1 {
		c.add(diag.Warning, c.start(g.first, g.have[0]), extra, c.others(g.first, lack, "related.would-follow"),
			slices.Concat(which, []any{"Language", c.name(g.have[0])})...)
		return
	}
	if len(lack) > mostLacking {
		if g.n > 1 {
			missing = MissingPassage.As("many-languages")
		} else {
			missing = MissingPassage.As("languages")
		}
		c.add(diag.Warning, c.start(g.first, lack[0]), missing,
			slices.Concat(c.others(g.first, g.have, "related.stands-here"), c.others(g.first, lack[1:], "related.would-follow")),
			slices.Concat(which, []any{"Languages", c.names(lack)})...)
		return
	}
	for _, l := range lack {
		c.add(diag.Warning, c.start(g.first, l), missing, c.others(g.first, g.have, "related.stands-here"),
			slices.Concat(which, []any{"Language", c.name(l)})...)
	}
}

// confirmedAbsent reports that an editor confirmed the passage without text in
// the languages that have none.
func confirmedAbsent(p *site.Passage, present []int) bool {
	for _, l := range present {
		if len(p.Cells[l].Blocks) == 0 && p.Cells[l].State != record.Absent {
			return false
		}
	}
	return true
}

// uncertain reports a row that the aligner was not sure of.
func (c *checker) uncertain(p *site.Passage, have []int) {
	if p.Row == nil || p.Row.Pinned || !p.Row.Uncertain() || p.Agrees() || isBreak(p) {
		return
	}
	main := c.likely(p.Section.Text, have)
	others := c.others(p, without(have, main), "related.taken-to-be-same")
	if p.Row.Unlike {
		c.add(diag.Warning, c.start(p, main), LowConfidence.As("unlike"), others, "Passage", p.Number)
		return
	}
	c.add(diag.Warning, c.start(p, main), LowConfidence, others, "Passage", p.Number, "Percent", int(math.RoundToEven(100*p.Row.Confidence)))
}
