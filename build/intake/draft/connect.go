package draft

import (
	"strconv"
	"strings"
	"unicode"

	"stele/build/diag"
)

// Connect gives an id to the headings that links "#name" in the document lead
// to, and takes away the links that lead to no heading. Places are the blocks
// that the names stand at.
func (d *Document) Connect(places map[string]int) {
	c := connector{d, places, map[int]string{}, map[string]bool{}}
	d.Each(c.block)
	for i, id := range c.ids {
		d.Blocks[i].Anchor = id
	}
}

type connector struct {
	*Document
	places map[string]int
	ids    map[int]string // by block
	taken  map[string]bool
}

func (c *connector) block(b *Block) {
	said := false
	for k := range b.Spans {
		s := &b.Spans[k]
		name, inside := strings.CutPrefix(s.Link, "#")
		if !inside {
			continue
		}
		s.Link = ""
		if id := c.id(name); id != "" {
			s.Link = "#" + id
		} else if !said {
			said = true
			b.Doubt(diag.Note, Links.As("inside"), "Text", diag.Clip(Clean(s.Text), diag.Quoted))
		}
	}
}

// id is the id of the heading that a name stands at; empty if there is none.
func (c *connector) id(name string) string {
	at, ok := c.places[name]
	if !ok || at >= len(c.Blocks) || c.Blocks[at].Kind != Heading {
		return ""
	}
	if c.ids[at] == "" {
		id := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, name)
		if id == "" || c.taken[id] || len(id) > 60 {
			id = "ref-" + strconv.Itoa(at)
		}
		c.taken[id] = true
		c.ids[at] = id
	}
	return c.ids[at]
}

// Raise writes figures as raised ones, or as lowered ones. It reports whether
// all characters have such a form.
func Raise(text string, lower bool) (string, bool) {
	from, to := "0123456789+=()n", []rune("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁼⁽⁾ⁿ")
	if lower {
		from, to = "0123456789+=()", []rune("₀₁₂₃₄₅₆₇₈₉₊₌₍₎")
	}
	out := []rune(text)
	for i, c := range out {
		if unicode.IsSpace(c) {
			continue
		}
		k := strings.IndexRune(from, c)
		if k < 0 {
			return text, false
		}
		out[i] = to[k]
	}
	return string(out), true
}
