package check

import (
	"fmt"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/numeral"
	"stele/build/site"
)

// placed is a fact with the block it stands in.
type placed struct {
	numeral.Value
	block *site.Block
}

func (f *placed) pos() diag.Pos { return at(f.block, f.Start) }

// show is the fact as the text writes it.
func (f *placed) show() string {
	if f.End > len(f.block.Text) || f.Start > f.End {
		return f.Code
	}
	return strings.TrimSpace(f.block.Text[f.Start:f.End])
}

// agreement compares what the languages of each passage state in numbers.
func (c *checker) agreement(t *site.Text) {
	passages(t, func(p *site.Passage) {
		have := filled(p)
		if len(have) < 2 {
			return
		}
		facts := make([][]placed, len(p.Cells))
		dates := make([][]numeral.Date, len(p.Cells))
		at := make([][]*site.Block, len(p.Cells)) // the block of each date
		for _, l := range have {
			for _, b := range blocks(p.Cells[l]) {
				fs, ds := numeral.Read(c.langs[l].Language, c.mask(b))
				for _, f := range fs {
					facts[l] = append(facts[l], placed{f, b})
				}
				for _, d := range ds {
					if d.Day == 0 {
						continue
					}
					dates[l] = append(dates[l], d)
					at[l] = append(at[l], b)
				}
			}
		}
		if !c.facts(p, have, facts) {
			c.days(p, have, dates, at)
		}
	})
}

// facts reports facts that stand in some languages of a passage only: one
// finding for each language that differs. It reports whether there was any.
func (c *checker) facts(p *site.Passage, have []int, facts [][]placed) bool {
	type trouble struct {
		extra, lack []*placed // extra stand only here; lack in all others
	}
	byLang := map[int]*trouble{}
	of := func(l int) *trouble {
		if byLang[l] == nil {
			byLang[l] = &trouble{}
		}
		return byLang[l]
	}
	keys := make([]map[string]bool, len(facts))
	for l := range facts {
		keys[l] = map[string]bool{}
		for i := range facts[l] {
			keys[l][facts[l][i].Key()] = true
		}
	}
	seen := map[string]bool{}
	for _, l := range have {
		for i := range facts[l] {
			f := &facts[l][i]
			key := f.Key()
			if !f.Firm || seen[key] {
				continue
			}
			var with, lack []int
			for _, m := range have {
				switch {
				case m == l || keys[m][key] || find(facts[m], f) != nil:
					with = append(with, m)
				case c.wouldSay(m, f):
					lack = append(lack, m)
				}
			}
			if len(lack) == 0 {
				continue
			}
			seen[key] = true
			switch {
			case len(with) == 1 && (len(lack) > 1 || c.likely(p.Section.Text, []int{with[0], lack[0]}) == with[0]):
				of(with[0]).extra = append(of(with[0]).extra, f)
			default:
				for _, m := range lack {
					of(m).lack = append(of(m).lack, f)
				}
			}
		}
	}
	found := false
	for _, l := range sortedKeys(byLang) {
		tr := byLang[l]
		found = true
		code := diag.Code("number-differs")
		pos := c.start(p, l)
		var related []diag.Related
		var said []string
		if len(tr.extra) > 0 {
			pos = tr.extra[0].pos()
			said = append(said, show(tr.extra)+" only here, in "+c.langs[l].name)
		}
		if len(tr.lack) > 0 {
			said = append(said, show(tr.lack)+" not here, but in "+c.names(c.where(facts, tr.lack, l)))
			for _, m := range c.where(facts, tr.lack, l) {
				for _, f := range tr.lack {
					if g := find(facts[m], f); g != nil {
						r := diag.Related{Pos: g.pos(), Message: g.show() + " in " + c.langs[m].name}
						if !slices.ContainsFunc(related, func(o diag.Related) bool { return o.Pos == r.Pos && o.Message == r.Message }) {
							related = append(related, r)
						}
					}
				}
			}
		} else {
			related = c.others(p, without(have, l), "compare %s")
		}
		all := slices.Concat(tr.extra, tr.lack)
		switch {
		case slices.ContainsFunc(all, func(f *placed) bool { return f.Dated }):
			code = "date-differs"
		case !slices.ContainsFunc(all, func(f *placed) bool { return f.Kind != numeral.Code }):
			code = "code-differs"
		}
		c.add(diag.Warning, pos, code, related, "passage %s: %s; make the languages say the same", p.Number, strings.Join(said, "; "))
	}
	if !found {
		return c.percents(p, have, facts)
	}
	return found
}

func show(facts []*placed) string {
	var out []string
	for _, f := range facts {
		if s := quote(f.show()); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return join(out)
}

// wouldSay reports whether the language, did it state the fact, would do so in
// a notation that is known.
func (c *checker) wouldSay(l int, f *placed) bool {
	if c.langs[l].counts {
		return true
	}
	if f.Kind == numeral.Month || f.Words {
		return false
	}
	return f.Kind == numeral.Code || f.Values[0] > 20
}

// where lists the languages that state one of the facts, but for one.
func (c *checker) where(facts [][]placed, of []*placed, but int) []int {
	var out []int
	for l := range facts {
		if l != but && slices.ContainsFunc(of, func(f *placed) bool { return find(facts[l], f) != nil }) {
			out = append(out, l)
		}
	}
	return out
}

// find returns the fact that answers to f. In a table of thousands of numbers
// it looks at the first only, to stay linear.
func find(in []placed, f *placed) *placed {
	for i := range in[:min(len(in), 2000)] {
		if f.Matches(&in[i].Value) {
			return &in[i]
		}
	}
	return nil
}

// percents reports a number that is a percentage in one language only.
func (c *checker) percents(p *site.Passage, have []int, facts [][]placed) bool {
	found := false
	for _, l := range have {
		for i := range facts[l] {
			f := &facts[l][i]
			if !f.Percent {
				continue
			}
			for _, m := range without(have, l) {
				g := find(facts[m], f)
				if g == nil || !c.langs[m].counts || slices.ContainsFunc(facts[m], func(x placed) bool { return x.Percent && f.Matches(&x.Value) }) {
					continue
				}
				found = true
				c.add(diag.Warning, g.pos(), "number-differs", []diag.Related{{Pos: f.pos(), Message: "a percentage in " + c.langs[l].name}},
					"passage %s: %s is a percentage in %s, not here; make the languages say the same", p.Number, quote(g.show()), c.langs[l].name)
			}
		}
	}
	return found
}

// days compares whole dates: their parts may all be there and yet belong to
// other days.
func (c *checker) days(p *site.Passage, have []int, dates [][]numeral.Date, at [][]*site.Block) {
	same := func(x, y numeral.Date) bool {
		return x.Day == y.Day && x.Month == y.Month && (x.Year == y.Year || x.Year == 0 || y.Year == 0)
	}
	for _, l := range have {
		for i, d := range dates[l] {
			var lack []int
			for _, m := range without(have, l) {
				if len(dates[m]) == len(dates[l]) && !slices.ContainsFunc(dates[m], func(e numeral.Date) bool { return same(d, e) }) {
					lack = append(lack, m)
				}
			}
			if len(lack) == 0 || len(lack)*2 < len(have) && c.likely(p.Section.Text, append(lack, l)) != l {
				continue
			}
			b := at[l][i]
			pos := diag.Pos{Path: b.Doc.Path}
			if b.Doc.Lines != nil {
				pos = b.Doc.Lines.Pos(b.At(d.Start))
			}
			c.add(diag.Warning, pos, "date-differs", c.others(p, lack, "compare %s"),
				"passage %s: %s is not a date of %s; make the languages say the same", p.Number, quote(b.Text[d.Start:d.End]), c.names(lack))
			return
		}
	}
}

// translations reports passages that are the same in one language and not in
// another, over the whole site.
func (c *checker) translations() {
	type spot struct {
		p    *site.Passage
		text []string // folded, by language
	}
	var all []spot
	for _, t := range c.site.Texts {
		passages(t, func(p *site.Passage) {
			s := spot{p, make([]string, len(p.Cells))}
			for l, cell := range p.Cells {
				var parts []string
				for _, b := range cell.Blocks {
					if b.Kind != doc.Code && b.Kind != doc.Break {
						parts = append(parts, lang.Fold(b.Text))
					}
				}
				s.text[l] = strings.Join(parts, " ")
			}
			all = append(all, s)
		})
	}
	reported := map[string]bool{}
	for l := range c.langs {
		byText := map[string][]int{}
		for i, s := range all {
			if phrase(s.text[l]) {
				byText[s.text[l]] = append(byText[s.text[l]], i)
			}
		}
		for _, text := range sortedKeys(byText) {
			group := byText[text]
			for _, i := range group[1:] {
				first, second := all[group[0]], all[i]
				for m := range c.langs {
					if m == l || first.text[m] == "" || second.text[m] == "" || first.text[m] == second.text[m] {
						continue
					}
					id := fmt.Sprint(m, group[0], i)
					if reported[id] {
						continue
					}
					reported[id] = true
					c.add(diag.Warning, c.start(second.p, m), "inconsistent-translation", []diag.Related{
						{Pos: c.start(first.p, m), Message: "passage " + first.p.Number + " in " + c.langs[m].name},
						{Pos: c.start(second.p, l), Message: "the same words in " + c.langs[l].name},
						{Pos: c.start(first.p, l), Message: "as here"},
					}, "passage %s: the %s is the same as in passage %s, the %s is not; translate both alike", second.p.Number, c.langs[l].name, first.p.Number, c.langs[m].name)
				}
			}
		}
	}
}
