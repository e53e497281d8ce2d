package check

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"stele/build/diag"
	"stele/build/numeral"
	"stele/build/site"
)

// placed is a value with the block it stands in.
type placed struct {
	is         numeral.Value
	block      *site.Block
	start, end int // in the block's text
}

func (f *placed) pos() diag.Pos { return at(f.block, f.start) }

// words are the value as the text writes it.
func (f *placed) words() string {
	return strings.TrimSpace(f.block.Text[f.start:f.end])
}

// stated is what one language of a passage states in numbers: the days first,
// then the values, among which are the parts of the days.
type stated struct {
	values []placed
	days   int // how many of the values are days
	// different is how many different days there are.
	different int
	keys      map[string]bool // of the values
}

// read finds what the blocks of a passage state in a language.
func (c *checker) read(p *site.Passage, l int) stated {
	s := stated{keys: map[string]bool{}}
	var rest []placed
	for _, b := range blocks(p.Cells[l]) {
		values, dates := numeral.Read(c.langs[l].Language, c.mask(b))
		for _, d := range dates {
			if d.Day != 0 {
				v := numeral.Value{Kind: numeral.Day, Date: d, Firm: true, Dated: true, Start: d.Start, End: d.End}
				s.values = append(s.values, placed{v, b, d.Start, d.End})
			}
		}
		for _, v := range values {
			rest = append(rest, placed{v, b, v.Start, v.End})
		}
	}
	s.days = len(s.values)
	s.values = append(s.values, rest...)
	for i := range s.values {
		if i == s.days {
			s.different = len(s.keys)
		}
		s.keys[s.values[i].is.Key()] = true
	}
	if s.days == len(s.values) {
		s.different = len(s.keys)
	}
	return s
}

// compare compares what the languages of a passage state in numbers, and looks
// at their days.
func (c *checker) compare(p *site.Passage, have []int) {
	said := make([]stated, len(p.Cells))
	for _, l := range have {
		said[l] = c.read(p, l)
		c.calendar(p, &said[l])
	}
	if len(have) < 2 {
		return
	}
	if !c.values(p, have, said) {
		c.percents(p, have, said)
	}
}

// calendar reports days that no calendar has.
func (c *checker) calendar(p *site.Passage, s *stated) {
	for i := range s.values[:s.days] {
		v := &s.values[i]
		days, impossible := v.is.Date.Impossible()
		if !impossible || lunar(v) {
			continue
		}
		c.add(diag.Warning, v.pos(), ImpossibleDate, nil, "Passage", p.Number, "Words", v.words(), "Count", days)
	}
}

// lunar reports whether a day may be one of the Chinese calendar, whose second
// month can have thirty days: its days are written in numerals of the script, and
// its years are counted from the beginning of a reign.
func lunar(v *placed) bool {
	return v.is.Date.Year < 1000 && strings.ContainsAny(v.words(), "月") && !strings.ContainsFunc(v.words(), func(r rune) bool { return unicode.Is(unicode.Nd, r) })
}

// difference is what a language states and no other does, and what it lacks.
type difference struct{ extra, lack []*placed }

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
// all state counts against the one that has it, or those that lack it. Days are
// looked at as wholes first; the parts of one that differs say nothing more.
func (c *checker) differences(p *site.Passage, have []int, said []stated) map[int]*difference {
	out := map[int]*difference{}
	of := func(l int) *difference {
		if out[l] == nil {
			out[l] = &difference{}
		}
		return out[l]
	}
	seen := map[string]bool{}
	parts := map[string]bool{} // the keys of the parts of days that differ
	for _, days := range []bool{true, false} {
		for _, l := range have {
			values := said[l].values[said[l].days:]
			if days {
				values = said[l].values[:said[l].days]
			}
			for i := range values {
				v := &values[i]
				if !v.is.Firm || seen[v.is.Key()] || !days && v.is.Dated && parts[v.is.Key()] {
					continue
				}
				with, lack := c.stating(have, said, l, v)
				if len(lack) == 0 {
					continue
				}
				seen[v.is.Key()] = true
				if days {
					for _, w := range partsOf(v.is.Date) {
						parts[w.Key()] = true
					}
				}
				if len(with) == 1 && (len(lack) > 1 || c.likely(p.Section.Text, []int{min(with[0], lack[0]), max(with[0], lack[0])}) == with[0]) {
					of(with[0]).extra = append(of(with[0]).extra, v)
					continue
				}
				for _, m := range lack {
					of(m).lack = append(of(m).lack, v)
				}
			}
		}
	}
	return out
}

// partsOf are the values that a day is made of.
func partsOf(d numeral.Date) []numeral.Value {
	out := []numeral.Value{{Values: []float64{float64(d.Day)}}, {Kind: numeral.Month, Values: []float64{float64(d.Month)}}}
	if d.Year > 0 {
		out = append(out, numeral.Value{Values: []float64{float64(d.Year)}})
	}
	return out
}

// stating parts the languages of a passage into those that state the value,
// which stands in l, and those that would have to.
func (c *checker) stating(have []int, said []stated, l int, v *placed) (with, lack []int) {
	for _, m := range have {
		switch {
		case m == l || said[m].keys[v.is.Key()] || said[m].find(v) != nil:
			with = append(with, m)
		case v.is.Kind == numeral.Day:
			if c.lacksDay(said, l, m, v.is.Date) {
				lack = append(lack, m)
			}
		case c.wouldSay(said, l, m, v):
			lack = append(lack, m)
		}
	}
	return with, lack
}

// lacksDay reports whether m does not have a day of l. The parts of a day may
// stand in words that are not read as one (the 9th and the 10th of that July);
// they are another day only where both languages have as many.
func (c *checker) lacksDay(said []stated, l, m int, d numeral.Date) bool {
	if !numeral.KnowsMonths(c.langs[m].Base) {
		return false // its number is compared
	}
	if said[l].different == said[m].different {
		return true
	}
	for _, w := range partsOf(d) {
		if said[m].find(&placed{is: w}) == nil {
			return true
		}
	}
	return false
}

// few values of a passage are compared each with each; a table may have thousands.
const few = 100

// wouldSay reports whether m, did it state the value of l, would do so in a
// notation that is known. Where the words for numbers are not known, any that is
// not all too long may stand in words; but figures that l does not have are put
// in the place of another number.
func (c *checker) wouldSay(said []stated, l, m int, v *placed) bool {
	if v.is.Kind == numeral.Month {
		return numeral.KnowsMonths(c.langs[m].Base)
	}
	if c.langs[m].counts || v.is.Kind == numeral.Code || !v.is.Words && isLong(v.is.Values[0]) {
		return true
	}
	if v.is.Words || len(said[m].values) > few {
		return false
	}
	for i := range said[m].values {
		w := &said[m].values[i]
		if w.is.Kind == numeral.Number && w.is.Firm && !w.is.Words && !said[l].keys[w.is.Key()] && said[l].find(w) == nil {
			return true
		}
	}
	return false
}

// isLong reports whether a number takes so many words that it is written in
// figures: a year, a fraction.
func isLong(x float64) bool {
	if x != math.Trunc(x) {
		return true
	}
	for ; x >= 1000 && math.Mod(x, 10) == 0; x /= 10 {
	}
	return x > 100 && math.Mod(x, 100) != 0
}

// find returns the value that answers to v. In a table of thousands of numbers
// it looks at the first only, to stay linear.
func (s *stated) find(v *placed) *placed {
	for i := range s.values[:min(len(s.values), 2000)] {
		if v.is.Matches(&s.values[i].is) {
			return &s.values[i]
		}
	}
	return nil
}

// surplus returns the firm value of l that stands there more often than in any
// other language: where one takes the place of another that l has anyhow, it is
// the one that differs. Of several it is the one nearest to the place of the
// value that l lacks.
func surplus(have []int, said []stated, l int, lack *placed, from int) *placed {
	count := func(m int, v *placed) int {
		n := 0
		for i := range said[m].values {
			if v.is.Kind == said[m].values[i].is.Kind && v.is.Matches(&said[m].values[i].is) {
				n++
			}
		}
		return n
	}
	if len(said[l].values) > few {
		return nil
	}
	place := -1
	for i := range said[from].values {
		if lack == &said[from].values[i] {
			place = i
		}
	}
	var best *placed
	near := 0
	for i := range said[l].values {
		v := &said[l].values[i]
		if !v.is.Firm || v.is.Kind != lack.is.Kind {
			continue
		}
		more := true
		for _, m := range without(have, l) {
			more = more && count(l, v) > count(m, v)
		}
		if d := max(i-place, place-i); more && (best == nil || d < near) {
			best, near = v, d
		}
	}
	return best
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
	if len(d.extra) == 0 && len(where) > 0 {
		if v := surplus(have, said, l, d.lack[0], where[0]); v != nil {
			d.extra = append(d.extra, v)
		}
	}
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
	case slices.ContainsFunc(all, func(v *placed) bool { return v.is.Dated }):
		return DateDiffers
	case slices.ContainsFunc(all, func(v *placed) bool { return v.is.Kind != numeral.Code }):
		return NumberDiffers
	}
	return CodeDiffers
}

// elsewhere lists the languages but for one that state some of the values, and
// the places where they do.
func (c *checker) elsewhere(said []stated, values []*placed, but int) (langs []int, places []diag.Related) {
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
func shown(values []*placed) diag.Phrases {
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
	seen := map[*placed]bool{}
	for _, l := range have {
		for i := range said[l].values {
			v := &said[l].values[i]
			if !v.is.Percent {
				continue
			}
			for _, m := range without(have, l) {
				there := said[m].find(v)
				if there == nil || !c.langs[m].counts || said[m].percent(v) || seen[there] {
					continue
				}
				found, seen[there] = true, true
				c.add(diag.Warning, there.pos(), NumberDiffers.As("percent"), []diag.Related{{Pos: v.pos(), Phrase: diag.Say("related.percentage", "Language", c.name(l))}},
					"Passage", p.Number, "Words", clip(there.words()), "Language", c.name(l))
			}
		}
	}
	return found
}

// percent reports whether the value is stated as a percentage.
func (s *stated) percent(v *placed) bool {
	return slices.ContainsFunc(s.values, func(x placed) bool { return x.is.Percent && v.is.Matches(&x.is) })
}
