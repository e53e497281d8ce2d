package site

import (
	"strings"

	"stele/build/record"
)

// takeGone takes the sections that are no more, with their passages, out of the
// sections that they stood after: their addresses stay, each with a page of its
// own that says so.
func (t *Text) takeGone() {
	for i, s := range t.Sections {
		var kept []*Passage
		var gone *Section
		for _, p := range s.Passages {
			switch n := p.Number; {
			case !p.Row.Removed:
				gone = nil
			case n != "0" && !strings.Contains(n, "."):
				gone = &Section{Text: t, Role: Gone, Number: n, Titles: make([]string, len(p.Cells)), after: i}
				for l, v := range t.Versions {
					if v.Doc != nil && p.Row.Was != nil {
						gone.Titles[l] = p.Row.Was[t.column(l)]
					}
				}
				p.Opens = true
				t.Gone = append(t.Gone, gone)
			case gone != nil && !strings.HasPrefix(n, gone.Number+"."):
				gone = nil
			}
			if gone == nil {
				kept = append(kept, p)
				continue
			}
			p.Section, p.Index = gone, len(gone.Passages)
			gone.Passages = append(gone.Passages, p)
		}
		s.Passages = kept
		for k, p := range kept {
			p.Index = k
		}
	}
	for i, s := range t.Gone {
		s.Index = len(t.Sections) + i
	}
}

// putBack undoes takeGone for a section whose address another has now.
func (t *Text) putBack(s *Section) {
	to := t.Sections[s.after]
	for _, p := range s.Passages {
		p.Section, p.Index, p.Opens = to, len(to.Passages), false
		to.Passages = append(to.Passages, p)
	}
}

// goneSlug is the address that a section had: as the record keeps it, or else by
// its number.
func goneSlug(s *Section) string {
	if rec := s.Text.record; rec != nil {
		for _, a := range rec.Addresses {
			if a.Number == s.Number && len(a.Names) > 0 {
				return a.Names[0]
			}
		}
	}
	if strings.Join(s.Passages[0].Row.Was, "") == "" { // a thematic break has no words
		return "part-" + s.Number
	}
	return "section-" + s.Number
}

// column is the column of the site's language in the table, -1 for none.
func (t *Text) column(lang int) int {
	for c, code := range t.Table.Langs {
		if d := t.Versions[lang].Doc; d != nil && d.Lang == code {
			return c
		}
	}
	return -1
}

// Before is the section after which one stood that is no more.
func (s *Section) Before() *Section { return s.Text.Sections[s.after] }

// After is the section that follows one that is no more, or nil.
func (s *Section) After() *Section {
	if s.after+1 < len(s.Text.Sections) {
		return s.Text.Sections[s.after+1]
	}
	return nil
}

// Remaining is the first passage of a section that is no more which stands
// elsewhere now, or nil.
func (s *Section) Remaining() *Passage {
	for _, other := range s.Text.Sections {
		for _, p := range other.Passages {
			if !p.Row.Removed && strings.HasPrefix(p.Number, s.Number+".") {
				return p
			}
		}
	}
	return nil
}

// Counts say how a text stands, for all who tell it: readers, the desk, the
// terminal.
type Counts struct {
	Passages int   // that are there
	With     []int // by language, those that have text or an ornament in it
	Agree    []int // by language, those of With that stand as they were confirmed
	AgreeAll int   // those that do in every language of the text
}

// Counts counts the passages of the text.
func (t *Text) Counts() Counts {
	c := Counts{With: make([]int, len(t.Versions)), Agree: make([]int, len(t.Versions))}
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			if p.Empty() {
				continue
			}
			c.Passages++
			for l, cell := range p.Cells {
				if len(cell.Blocks) == 0 {
					continue
				}
				if c.With[l]++; cell.State == record.Confirmed {
					c.Agree[l]++
				}
			}
			if p.Agrees() {
				c.AgreeAll++
			}
		}
	}
	return c
}
