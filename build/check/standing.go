package check

import (
	"slices"

	"stele/build/diag"
	"stele/build/record"
	"stele/build/site"
)

// standing reports which languages have not followed a change.
func (c *checker) standing(t *site.Text, present []int) {
	pos := top(t.Versions[present[0]].Doc.Path)
	if !t.Recorded {
		c.add(diag.Note, pos, NotRecorded, nil, "Text", t.ID)
		return
	}
	present = c.withoutNew(t, present)
	counts := t.Counts()
	open := map[int]int{} // passages that nobody confirmed, by language
	passages(t, func(p *site.Passage) {
		c.followed(p, present)
		for _, l := range present {
			if p.Cells[l].State == record.Unconfirmed && len(p.Cells[l].Blocks) > 0 {
				open[l]++
			}
		}
	})
	same := true
	for _, l := range present {
		same = same && open[l] == open[present[0]]
	}
	switch {
	case len(present) == 0:
	case same && open[present[0]] > 0:
		c.add(diag.Note, pos, Unconfirmed, nil, "Open", open[present[0]], "Count", counts.Passages, "Text", t.ID)
	case !same:
		for _, l := range present {
			if open[l] > 0 {
				c.add(diag.Note, top(t.Versions[l].Doc.Path), Unconfirmed.As("language"), nil, "Language", c.name(l), "Open", open[l], "Count", counts.With[l], "Text", t.ID)
			}
		}
	}
}

// change is what can have happened to a language's part of a passage since it
// was confirmed, with the phrases that say so.
type change struct {
	state         record.State
	clause, place string
}

var changes = []change{
	{record.Changed, "change.changed", "related.changed"},
	{record.Added, "change.added", "related.added"},
	{record.Missing, "change.removed", "related.removed"},
}

// followed reports what changed in a passage since it was confirmed, and who has
// not followed.
func (c *checker) followed(p *site.Passage, present []int) {
	by := map[record.State][]int{}
	for _, l := range present {
		by[p.Cells[l].State] = append(by[p.Cells[l].State], l)
	}
	text := p.Section.Text
	for _, l := range by[record.Stale] {
		var since []int // the languages that have changed and were confirmed without this one
		for _, k := range c.ahead(p, l) {
			if s := p.Cells[k].State; s != record.Changed && s != record.Added && s != record.Missing {
				since = append(since, k)
			}
		}
		clauses, places := c.changed(p, by, since)
		c.add(diag.Warning, c.start(p, l), Stale, places,
			"Passage", p.Number, "Changes", clauses, "Language", c.name(l), "Text", text.ID)
	}
	if clauses, places := c.changed(p, by, nil); len(by[record.Stale]) == 0 && len(places) > 0 {
		c.add(diag.Note, places[0].Pos, Changed, places[1:], "Passage", p.Number, "Changes", clauses, "Text", text.ID)
	}
}

// changed says what happened to the languages of a passage; those of since have
// changed too.
func (c *checker) changed(p *site.Passage, by map[record.State][]int, since []int) (clauses diag.Phrases, places []diag.Related) {
	for _, x := range changes {
		langs := by[x.state]
		if x.state == record.Changed {
			langs = slices.Sorted(slices.Values(slices.Concat(langs, since)))
		}
		if len(langs) > 0 {
			clauses = append(clauses, diag.Say(x.clause, "Languages", c.names(langs), "Count", len(langs)))
			places = append(places, c.others(p, langs, x.place)...)
		}
	}
	return clauses, places
}

// ahead lists the languages that language l of the passage has not followed.
func (c *checker) ahead(p *site.Passage, l int) []int {
	t := p.Section.Text
	column := func(l int) int {
		if d := t.Versions[l].Doc; d != nil {
			return slices.Index(t.Table.Langs, d.Lang)
		}
		return -1
	}
	var out []int
	if col := column(l); col >= 0 && p.Row.Ahead != nil {
		for k := range p.Cells {
			if x := column(k); x >= 0 && slices.Contains(p.Row.Ahead[col], x) {
				out = append(out, k)
			}
		}
	}
	return out
}

// withoutNew leaves out the languages whose whole version came after the others
// were confirmed, and reports them: one finding says it for all their passages.
func (c *checker) withoutNew(t *site.Text, present []int) []int {
	known := map[int]bool{}
	passages(t, func(p *site.Passage) {
		for _, l := range present {
			switch p.Cells[l].State {
			case record.Unconfirmed, record.Added:
			default:
				known[l] = true
			}
		}
	})
	if len(known) == 0 {
		return present
	}
	return slices.DeleteFunc(slices.Clone(present), func(l int) bool {
		if !known[l] {
			c.add(diag.Note, top(t.Versions[l].Doc.Path), Unconfirmed.As("version"), nil, "Language", c.name(l), "Text", t.ID)
		}
		return !known[l]
	})
}
