package check

import (
	"slices"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/site"
)

// kinds compares headings and lists across the languages of a passage.
func (c *checker) kinds(p *site.Passage, have []int) {
	if !c.differ(p, have, HeadingLevelDiffers, heading) {
		c.differ(p, have, ListDiffers, listItems)
	}
}

// heading tells of the heading among the blocks.
func heading(blocks []*site.Block) diag.Phrase {
	for _, b := range blocks {
		if b.Kind == doc.Heading {
			return diag.Say("heading.level", "Level", b.Level)
		}
	}
	return diag.Say("heading.none")
}

// listItems tells how many list items there are among the blocks.
func listItems(blocks []*site.Block) diag.Phrase {
	n := 0
	for _, b := range blocks {
		if b.Kind == doc.Item {
			n++
		}
	}
	if n == 0 {
		return diag.Say("items.none")
	}
	return diag.Say("items", "Count", n)
}

// differ reports a language of which another thing is told than of the others.
// It reports whether there is one.
func (c *checker) differ(p *site.Passage, have []int, code diag.Code, tell func([]*site.Block) diag.Phrase) bool {
	told := map[int]diag.Phrase{}
	for _, l := range have {
		told[l] = tell(p.Cells[l].Blocks)
	}
	odd, ok := c.odd(p, have, told)
	if !ok {
		return false
	}
	rest := without(have, odd)
	var related []diag.Related
	for _, l := range rest {
		related = append(related, diag.Related{Pos: c.start(p, l), Phrase: diag.Say("related.what-in", "What", told[l], "Language", c.name(l))})
	}
	there := told[rest[0]]
	like := slices.DeleteFunc(rest, func(l int) bool { return told[l].String() != there.String() })
	c.add(diag.Warning, c.start(p, odd), code, related,
		"Passage", p.Number, "Here", told[odd], "There", there, "Languages", c.names(like))
	return true
}

// odd finds the language that differs: the one against all others, else the
// likeliest of those that differ. It reports whether there is a difference.
func (c *checker) odd(p *site.Passage, have []int, told map[int]diag.Phrase) (int, bool) {
	groups := map[string][]int{}
	for _, l := range have {
		groups[told[l].String()] = append(groups[told[l].String()], l)
	}
	if len(groups) < 2 {
		return 0, false
	}
	var single []int
	for _, langs := range groups {
		if len(langs) == 1 {
			single = append(single, langs[0])
		}
	}
	if len(single) == 1 && len(have) > 2 {
		return single[0], true
	}
	return c.likely(p.Section.Text, have), true
}
