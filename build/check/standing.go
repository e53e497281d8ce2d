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
	total, open := 0, 0
	passages(t, func(p *site.Passage) {
		if isBreak(p) {
			return
		}
		total++
		if !c.followed(p, present) {
			open++
		}
	})
	if open > 0 {
		c.add(diag.Note, pos, Unconfirmed, nil, "Open", open, "Count", total, "Text", t.ID)
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
// not followed. It reports whether the passage was confirmed at all.
func (c *checker) followed(p *site.Passage, present []int) bool {
	by := map[record.State][]int{}
	for _, l := range present {
		by[p.Cells[l].State] = append(by[p.Cells[l].State], l)
	}
	if len(by[record.Unconfirmed]) == len(present) {
		return false
	}
	var clauses diag.Phrases
	var places []diag.Related
	for _, x := range changes {
		if langs := by[x.state]; len(langs) > 0 {
			clauses = append(clauses, diag.Say(x.clause, "Languages", c.names(langs), "Count", len(langs)))
			places = append(places, c.others(p, langs, x.place)...)
		}
	}
	text := p.Section.Text.ID
	for _, l := range by[record.Stale] {
		c.add(diag.Warning, c.start(p, l), Stale, places,
			"Passage", p.Number, "Changes", clauses, "Language", c.name(l), "Text", text)
	}
	if len(by[record.Stale]) == 0 && len(places) > 0 {
		c.add(diag.Note, places[0].Pos, Changed, places[1:], "Passage", p.Number, "Changes", clauses, "Text", text)
	}
	return true
}

// withoutNew leaves out the languages whose whole version came after the others
// were confirmed, and reports them: one finding says it for all their passages.
func (c *checker) withoutNew(t *site.Text, present []int) []int {
	return slices.DeleteFunc(slices.Clone(present), func(l int) bool {
		added, known := 0, false
		passages(t, func(p *site.Passage) {
			switch p.Cells[l].State {
			case record.Added:
				added++
			case record.Unconfirmed:
			default:
				known = true
			}
		})
		if added == 0 || known {
			return false
		}
		c.add(diag.Note, top(t.Versions[l].Doc.Path), Unconfirmed.As("version"), nil, "Language", c.name(l), "Text", t.ID)
		return true
	})
}
