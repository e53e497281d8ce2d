package check

import (
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/numeral"
	"stele/build/site"
)

// placed is a value or a date with the block it stands in.
type placed[T any] struct {
	is         T
	block      *site.Block
	start, end int // in the block's text
}

func (f *placed[T]) pos() diag.Pos { return at(f.block, f.start) }

// words are the value as the text writes it.
func (f *placed[T]) words() string {
	return strings.TrimSpace(f.block.Text[f.start:f.end])
}

// stated is what one language of a passage states in numbers.
type stated struct {
	values []placed[numeral.Value]
	dates  []placed[numeral.Date] // whole ones
	keys   map[string]bool        // of the values
}

// read finds what the blocks of a passage state in a language.
func (c *checker) read(p *site.Passage, l int) stated {
	s := stated{keys: map[string]bool{}}
	for _, b := range blocks(p.Cells[l]) {
		values, dates := numeral.Read(c.langs[l].Language, c.mask(b))
		for _, v := range values {
			s.values = append(s.values, placed[numeral.Value]{v, b, v.Start, v.End})
			s.keys[v.Key()] = true
		}
		for _, d := range dates {
			if d.Day != 0 {
				s.dates = append(s.dates, placed[numeral.Date]{d, b, d.Start, d.End})
			}
		}
	}
	return s
}

// compare compares what the languages of a passage state in numbers. Of several
// kinds of difference it reports the first.
func (c *checker) compare(p *site.Passage, have []int) {
	said := make([]stated, len(p.Cells))
	for _, l := range have {
		said[l] = c.read(p, l)
	}
	if !c.values(p, have, said) && !c.percents(p, have, said) {
		c.dates(p, have, said)
	}
}

// difference is what a language states and no other does, and what it lacks.
type difference struct{ extra, lack []*placed[numeral.Value] }

// values reports values that stand in some languages of a passage only: one
// finding for each language that differs. It reports whether there was any.
func (c *checker) values(p *site.Passage, have []int, said []stated) bool {
	diffs := c.differences(p, have, said)
	for _, l := range sortedKeys(diffs) {
		c.difference(p, have, said, l, diffs[l])
	}
	return len(diffs) > 0
}

// differences finds the languages of a passage that differ. Each value that not
// all state counts against the one that has it, or those that lack it.
func (c *checker) differences(p *site.Passage, have []int, said []stated) map[int]*difference {
	out := map[int]*difference{}
	of := func(l int) *difference {
		if out[l] == nil {
			out[l] = &difference{}
		}
		return out[l]
	}
	seen := map[string]bool{}
	for _, l := range have {
		for i := range said[l].values {
			v := &said[l].values[i]
			if !v.is.Firm || seen[v.is.Key()] {
				continue
			}
			with, lack := c.stating(have, said, l, v)
			if len(lack) == 0 {
				continue
			}
			seen[v.is.Key()] = true
			if len(with) == 1 && (len(lack) > 1 || c.likely(p.Section.Text, []int{with[0], lack[0]}) == with[0]) {
				of(with[0]).extra = append(of(with[0]).extra, v)
				continue
			}
			for _, m := range lack {
				of(m).lack = append(of(m).lack, v)
			}
		}
	}
	return out
}

// stating parts the languages of a passage into those that state the value,
// which stands in l, and those that would have to.
func (c *checker) stating(have []int, said []stated, l int, v *placed[numeral.Value]) (with, lack []int) {
	for _, m := range have {
		switch {
		case m == l || said[m].keys[v.is.Key()] || said[m].find(v) != nil:
			with = append(with, m)
		case c.wouldSay(m, v):
			lack = append(lack, m)
		}
	}
	return with, lack
}

// wouldSay reports whether the language, did it state the value, would do so in
// a notation that is known.
func (c *checker) wouldSay(l int, v *placed[numeral.Value]) bool {
	if c.langs[l].counts {
		return true
	}
	if v.is.Kind == numeral.Month || v.is.Words {
		return false
	}
	return v.is.Kind == numeral.Code || v.is.Values[0] > 20
}

// find returns the value that answers to v. In a table of thousands of numbers
// it looks at the first only, to stay linear.
func (s *stated) find(v *placed[numeral.Value]) *placed[numeral.Value] {
	for i := range s.values[:min(len(s.values), 2000)] {
		if v.is.Matches(&s.values[i].is) {
			return &s.values[i]
		}
	}
	return nil
}

// difference reports what one language of a passage says otherwise.
func (c *checker) difference(p *site.Passage, have []int, said []stated, l int, d *difference) {
	code := d.code()
	if len(d.lack) == 0 {
		c.add(diag.Warning, d.extra[0].pos(), code.As("extra"), c.others(p, without(have, l), "related.compare"),
			"Passage", p.Number, "Extra", shown(d.extra), "Language", c.name(l))
		return
	}
	where, related := c.elsewhere(said, d.lack, l)
	if len(d.extra) == 0 {
		c.add(diag.Warning, c.start(p, l), code.As("lack"), related,
			"Passage", p.Number, "Lack", shown(d.lack), "Languages", c.names(where))
		return
	}
	c.add(diag.Warning, d.extra[0].pos(), code.As("both"), related,
		"Passage", p.Number, "Extra", shown(d.extra), "Language", c.name(l), "Lack", shown(d.lack), "Languages", c.names(where))
}

// code is what kind of values differ.
func (d *difference) code() diag.Code {
	all := slices.Concat(d.extra, d.lack)
	switch {
	case slices.ContainsFunc(all, func(v *placed[numeral.Value]) bool { return v.is.Dated }):
		return DateDiffers
	case slices.ContainsFunc(all, func(v *placed[numeral.Value]) bool { return v.is.Kind != numeral.Code }):
		return NumberDiffers
	}
	return CodeDiffers
}

// elsewhere lists the languages but for one that state some of the values, and
// the places where they do.
func (c *checker) elsewhere(said []stated, values []*placed[numeral.Value], but int) (langs []int, places []diag.Related) {
	type spot struct {
		pos   diag.Pos
		words string
	}
	seen := map[spot]bool{} // the parts of a date are the same words
	for l := range said {
		if l == but {
			continue
		}
		found := false
		for _, v := range values {
			there := said[l].find(v)
			if there == nil {
				continue
			}
			found = true
			if s := (spot{there.pos(), there.words()}); !seen[s] {
				seen[s] = true
				places = append(places, diag.Related{Pos: s.pos, Phrase: diag.Say("related.what-in", "What", clip(s.words), "Language", c.name(l))})
			}
		}
		if found {
			langs = append(langs, l)
		}
	}
	return langs, places
}

// shown are the values as the texts write them, in quotation marks.
func shown(values []*placed[numeral.Value]) diag.Phrases {
	var words []string
	for _, v := range values {
		words = append(words, v.words())
	}
	return quoted(words)
}

// percents reports numbers that are a percentage in one language only. It
// reports whether there was any.
func (c *checker) percents(p *site.Passage, have []int, said []stated) bool {
	found := false
	for _, l := range have {
		for i := range said[l].values {
			v := &said[l].values[i]
			if !v.is.Percent {
				continue
			}
			for _, m := range without(have, l) {
				there := said[m].find(v)
				if there == nil || !c.langs[m].counts || said[m].percent(v) {
					continue
				}
				found = true
				c.add(diag.Warning, there.pos(), NumberDiffers.As("percent"), []diag.Related{{Pos: v.pos(), Phrase: diag.Say("related.percentage", "Language", c.name(l))}},
					"Passage", p.Number, "Words", clip(there.words()), "Language", c.name(l))
			}
		}
	}
	return found
}

// percent reports whether the value is stated as a percentage.
func (s *stated) percent(v *placed[numeral.Value]) bool {
	return slices.ContainsFunc(s.values, func(x placed[numeral.Value]) bool { return x.is.Percent && v.is.Matches(&x.is) })
}

// dates compares whole dates: their parts may all be there and yet belong to
// other days. One finding says it for the passage.
func (c *checker) dates(p *site.Passage, have []int, said []stated) {
	for _, l := range have {
		for i := range said[l].dates {
			d := &said[l].dates[i]
			var lack []int
			for _, m := range without(have, l) {
				other := said[m].dates
				if len(other) == len(said[l].dates) && !slices.ContainsFunc(other, func(e placed[numeral.Date]) bool { return sameDay(d.is, e.is) }) {
					lack = append(lack, m)
				}
			}
			if len(lack) == 0 || len(lack)*2 < len(have) && c.likely(p.Section.Text, append(lack, l)) != l {
				continue
			}
			c.add(diag.Warning, d.pos(), DateDiffers.As("day"), c.others(p, lack, "related.compare"),
				"Passage", p.Number, "Words", clip(d.words()), "Languages", c.names(lack))
			return
		}
	}
}

func sameDay(x, y numeral.Date) bool {
	return x.Day == y.Day && x.Month == y.Month && (x.Year == y.Year || x.Year == 0 || y.Year == 0)
}
