package check

import (
	"stele/build/compare"
	"stele/build/diag"
	"stele/build/site"
)

// versionDates reports a present version that is not of a later day than the one
// before it. Those before are in order by their folders' names.
func (c *checker) versionDates(t *site.Text, _ []int) {
	h := c.site.History(t.ID)
	if h == nil {
		return
	}
	switch now, before := h.Present(), h.Present().Before(); {
	case now.Date == "":
		c.add(diag.Warning, now.Pos(), VersionDate.As("none"), nil, "Text", t.ID, "Before", before.Date)
	case now.Date <= before.Date:
		c.add(diag.Error, now.Pos(), VersionDate, []diag.Related{{Pos: before.Pos(), Phrase: diag.Say("related.version-before", "Date", before.Date)}},
			"Text", t.ID, "Date", now.Date, "Before", before.Date)
	}
}

// versionAlone reports the passages that were changed in one language only since
// the version before. What is frozen nobody can mend.
func (c *checker) versionAlone(t *site.Text, _ []int) {
	h := c.site.History(t.ID)
	if h == nil {
		return
	}
	x := h.Compared(h.Present().Before(), h.Present())
	for i := range x.Changes {
		ch := &x.Changes[i]
		if !x.Alone(ch) {
			continue
		}
		l, variant := ch.Langs[0], VersionAlone
		p := first(x.After(ch), x.Before(ch))
		switch ch.Kind {
		case compare.Inserted:
			variant = VersionAlone.As("inserted")
		case compare.Removed:
			variant = VersionAlone.As("removed")
		}
		c.add(diag.Note, c.where(p, l, h.Present()), variant, nil, "Passage", p.Number, "Language", c.name(l), "Before", x.From.Date)
	}
}

// first is the first passage of the lists.
func first(lists ...[]*site.Passage) *site.Passage {
	for _, l := range lists {
		if len(l) > 0 {
			return l[0]
		}
	}
	return nil
}

// where is a place of the passage in a language, or else in any, or else the
// version that should have it.
func (c *checker) where(p *site.Passage, lang int, in *site.Revision) diag.Pos {
	if p.Section.Text == in.Text {
		for k := range p.Cells {
			l := (lang + k) % len(p.Cells)
			if bs := p.Cells[l].Blocks; len(bs) > 0 {
				return bs[0].Doc.Pos(bs[0].Block)
			}
		}
	}
	return in.Pos()
}

// Texts below this likeness say something else; shorter ones than this prove
// nothing. Both were set by judgement.
const (
	unlike      = 0.25
	tellingText = 24 // bytes
)

// numberTwice reports numbers that two passages have over the versions: the text
// of a number stands under another one now, or a number that was gone has come
// back with another text.
func (c *checker) numberTwice(t *site.Text, _ []int) {
	h := c.site.History(t.ID)
	if h == nil {
		return
	}
	last := map[string]held{} // number -> the newest version that has it, and what it said
	for _, r := range h.Revisions {
		before := r.Before()
		now := texts(r)
		if before != nil {
			c.swapped(h.Compared(before, r))
			for number, was := range last {
				p := now[number]
				if p == nil || was.in == before || !saysOther(was.passage, p) {
					continue
				}
				c.add(diag.Error, c.where(p, 0, r), NumberTwice.As("again"), related(was), "Passage", number, "Before", was.in.Date)
			}
		}
		for number, p := range now {
			last[number] = held{r, p}
		}
	}
}

// held is a passage in a version.
type held struct {
	in      *site.Revision
	passage *site.Passage
}

func related(was held) []diag.Related {
	for _, cell := range was.passage.Cells {
		if len(cell.Blocks) > 0 {
			b := cell.Blocks[0]
			return []diag.Related{{Pos: b.Doc.Pos(b.Block), Phrase: diag.Say("related.version-before", "Date", was.in.Date)}}
		}
	}
	return nil
}

// texts are the passages of a version that have text, by number.
func texts(r *site.Revision) map[string]*site.Passage {
	out := map[string]*site.Passage{}
	passages(r.Text, func(p *site.Passage) {
		if !p.Empty() {
			out[p.Number] = p
		}
	})
	return out
}

// saysOther reports whether two passages say different things in every language
// that both have.
func saysOther(a, b *site.Passage) bool {
	both := false
	for l := range a.Cells {
		x, y := a.Cells[l].Plain(), b.Cells[l].Plain()
		if x == "" || y == "" {
			continue
		}
		if both = true; x == y || compare.Likeness(x, y) >= unlike {
			return false
		}
	}
	return both
}

// swapped reports the numbers that have a text which stood under another number
// in the earlier version, while what stood there under theirs was something else.
func (c *checker) swapped(x *site.Comparison) {
	type in struct {
		lang int
		text string
	}
	at := map[in]*site.Passage{} // of the earlier version; nil for what stands twice
	earlier := texts(x.From)
	for _, p := range earlier {
		for l, cell := range p.Cells {
			key := in{l, cell.Plain()}
			if len(key.text) < tellingText {
				continue
			}
			if _, twice := at[key]; twice {
				at[key] = nil
			} else {
				at[key] = p
			}
		}
	}
	passages(x.To.Text, func(p *site.Passage) {
		was := earlier[p.Number]
		if was == nil || p.Empty() || !saysOther(was, p) {
			return
		}
		for l, cell := range p.Cells {
			if other := at[in{l, cell.Plain()}]; other != nil && other.Number != p.Number {
				c.add(diag.Error, c.where(p, l, x.To), NumberTwice, related(held{x.From, was}), "Passage", p.Number, "Other", other.Number, "Before", x.From.Date)
				return
			}
		}
	})
}
