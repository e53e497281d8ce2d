package check

import (
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
)

// worded is a passage with its text in each language, folded.
type worded struct {
	p    *site.Passage
	text []string
}

// translations reports passages that are the same in one language and not in
// another, over the whole site.
func (c *checker) translations() {
	var all []worded
	for _, t := range c.site.Texts {
		passages(t, func(p *site.Passage) { all = append(all, word(p)) })
	}
	type pair struct{ lang, first, second int }
	reported := map[pair]bool{}
	for same := range c.langs {
		for _, group := range repeats(all, same) {
			for _, i := range group[1:] {
				first, second := &all[group[0]], &all[i]
				for l := range c.langs {
					if l == same || first.text[l] == "" || second.text[l] == "" || first.text[l] == second.text[l] || reported[pair{l, group[0], i}] {
						continue
					}
					reported[pair{l, group[0], i}] = true
					c.inconsistent(first.p, second.p, same, l)
				}
			}
		}
	}
}

func word(p *site.Passage) worded {
	w := worded{p, make([]string, len(p.Cells))}
	for l, cell := range p.Cells {
		var parts []string
		for _, b := range cell.Blocks {
			if b.Kind != doc.Code && b.Kind != doc.Break {
				parts = append(parts, lang.Fold(b.Text))
			}
		}
		w.text[l] = strings.Join(parts, " ")
	}
	return w
}

// repeats groups the passages of the same text in the language, by their index.
func repeats(all []worded, l int) [][]int {
	byText := map[string][]int{}
	for i := range all {
		if text := all[i].text[l]; isPhrase(text) {
			byText[text] = append(byText[text], i)
		}
	}
	var out [][]int
	for _, text := range sortedKeys(byText) {
		out = append(out, byText[text])
	}
	return out
}

// inconsistent reports a passage that is the same as an earlier one in one
// language and not in the other.
func (c *checker) inconsistent(first, second *site.Passage, same, l int) {
	c.add(diag.Warning, c.start(second, l), InconsistentTranslation, []diag.Related{
		{Pos: c.start(first, l), Phrase: diag.Say("related.passage", "Passage", first.Number, "Language", c.name(l))},
		{Pos: c.start(second, same), Phrase: diag.Say("related.same-words", "Language", c.name(same))},
		{Pos: c.start(first, same), Phrase: diag.Say("related.as-here")},
	}, "Passage", second.Number, "Other", first.Number, "Same", c.name(same), "Language", c.name(l))
}
