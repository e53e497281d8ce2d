package check

import (
	"stele/build/diag"
	"stele/build/site"
)

// order reports passages that a language has in another place than the others.
func (c *checker) order(t *site.Text, present []int) {
	for _, l := range present {
		var before, last *site.Passage // that the language has, before x and up to it
		for _, s := range t.In(l) {
			for _, x := range s.Placed {
				if before = last; !x.Pointer && len(x.Cells[l].Blocks) > 0 {
					last = x.Passage
				}
				if x.Pointer || x.Moved == nil {
					continue
				}
				c.add(diag.Warning, c.start(x.Passage, l), OrderDiffers, c.others(x.Passage, x.Moved.Langs, "related.compare"),
					"Passage", x.Number, "Last", lastOf(x.Moved), "Language", c.name(l), "Others", c.names(x.Moved.Langs),
					"Here", numberOf(before), "There", numberOf(x.Moved.After))
			}
		}
	}
}

// lastOf is the number of the last passage that moved, if that is not the first.
func lastOf(m *site.Move) string {
	if m.First == m.Last {
		return ""
	}
	return m.Last.Number
}

func numberOf(p *site.Passage) string {
	if p == nil {
		return ""
	}
	return p.Number
}
