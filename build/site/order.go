package site

import (
	"slices"

	"stele/build/record"
)

// Placed is a passage where a language's pages have it.
type Placed struct {
	*Passage
	// Moved is set for the first of some passages that the others have elsewhere.
	Moved *Move
	// Pointer tells that this is not the passage itself, but the place where the
	// others have it and some after it: it stands elsewhere in this language.
	Pointer bool
}

// Move is some passages, one after another, that a language has in another place
// than the others.
type Move struct {
	First, Last *Passage
	After       *Passage // the one that they follow in the other languages; nil at the beginning
	Langs       []int    // the languages that have them there
}

// Stretch is a section with what a language has in it.
type Stretch struct {
	Section *Section
	Placed  []Placed
}

// In returns the sections and passages of the text in the language's own order.
// Where the language has the order of all, they are those of Sections.
func (t *Text) In(lang int) []Stretch {
	if o := t.orders; o != nil && o[lang] != nil {
		return o[lang]
	}
	out := make([]Stretch, len(t.Sections))
	for i, s := range t.Sections {
		out[i].Section = s
		out[i].Placed = make([]Placed, len(s.Passages))
		for k, p := range s.Passages {
			out[i].Placed[k].Passage = p
		}
	}
	return out
}

// Stretch returns what the language has in the section.
func (s *Section) Stretch(lang int) Stretch {
	if o := s.Text.orders; s.Role != Gone && o != nil && o[lang] != nil {
		return o[lang][s.Text.placeOf(s, lang)]
	}
	out := Stretch{Section: s, Placed: make([]Placed, len(s.Passages))}
	for k, p := range s.Passages {
		out.Placed[k].Passage = p
	}
	return out
}

// placeOf returns where among the sections a language has one.
func (t *Text) placeOf(s *Section, lang int) int {
	if t.orders != nil && t.orders[lang] != nil {
		return t.places[lang][s.Index]
	}
	return s.Index
}

// Beside returns the sections before and after one in the language's own order, nil
// where there is none. The section is none of those that are no more.
func (s *Section) Beside(lang int) (before, after *Section) {
	t := s.Text
	at := t.placeOf(s, lang)
	section := func(i int) *Section {
		switch {
		case i < 0 || i >= len(t.Sections):
			return nil
		case t.orders != nil && t.orders[lang] != nil:
			return t.orders[lang][i].Section
		}
		return t.Sections[i]
	}
	return section(at - 1), section(at + 1)
}

// home is the section on whose page the language has the passage.
func (p *Passage) home(lang int) *Section {
	if h := p.Section.Text.homes; h != nil && h[lang] != nil && h[lang][p] != nil {
		return h[lang][p]
	}
	return p.Section
}

// order finds the order of every language that has moved a passage.
func (t *Text) order() {
	var all []*Passage // in the order of all languages
	for _, s := range t.Sections {
		all = append(all, s.Passages...)
	}
	at := make(map[*Passage]int, len(all))
	for i, p := range all {
		at[p] = i
	}
	for l := range t.Versions {
		moved := make([]bool, len(all))
		any := false
		for i, p := range all {
			moved[i] = p.movedIn(l)
			any = any || moved[i]
		}
		if !any {
			continue
		}
		if t.orders == nil {
			t.orders = make([][]Stretch, len(t.Versions))
			t.homes = make([]map[*Passage]*Section, len(t.Versions))
			t.places = make([][]int, len(t.Versions))
		}
		t.orders[l], t.homes[l] = t.orderOf(l, all, at, moved)
		t.places[l] = make([]int, len(t.Sections))
		for i, s := range t.orders[l] {
			t.places[l][s.Section.Index] = i
		}
	}
}

// movedIn reports whether a language has the passage elsewhere than the others.
func (p *Passage) movedIn(lang int) bool {
	t := p.Section.Text
	if p.Row.MovedIn == nil || t.Versions[lang].Doc == nil {
		return false
	}
	col := slices.Index(t.Table.Langs, t.Versions[lang].Doc.Lang)
	return col >= 0 && p.Row.MovedIn[col]
}

func (t *Text) orderOf(l int, all []*Passage, at map[*Passage]int, moved []bool) ([]Stretch, map[*Passage]*Section) {
	// What moved follows what the language has before it; all else, also what
	// the language does not have, stays among its neighbours.
	var own []int // the language's passages in its order
	for i, p := range all {
		if len(p.Cells[l].Blocks) > 0 {
			own = append(own, i)
		}
	}
	first := func(i int) int {
		n := all[i].Cells[l].Blocks[0].Ordinal
		for _, b := range all[i].Cells[l].Blocks {
			n = min(n, b.Ordinal)
		}
		return n
	}
	slices.SortFunc(own, func(a, b int) int { return first(a) - first(b) })
	follow := make([][]int, len(all)+1) // what moved to after each passage; the last for before all
	last := len(all)
	for _, i := range own {
		if moved[i] {
			follow[last] = append(follow[last], i)
		} else {
			last = i
		}
	}
	sequence := slices.Clone(follow[len(all)])
	for i := range all {
		if !moved[i] {
			sequence = append(append(sequence, i), follow[i]...)
		}
	}
	// Runs of what moved together, and where the others have them.
	starts := map[int]*Move{}     // first passage -> its run
	pointers := map[int][]*Move{} // passage that the others have before a run -> the run; -1 for none
	for k := 0; k < len(sequence); k++ {
		i := sequence[k]
		if !moved[i] {
			continue
		}
		langs := t.heldThere(all[i], l)
		end := k
		for end+1 < len(sequence) && moved[sequence[end+1]] && sequence[end+1] == sequence[end]+1 {
			end++
		}
		if len(langs) > 0 {
			m := &Move{First: all[i], Last: all[sequence[end]], Langs: langs}
			before := i - 1
			for before >= 0 && (moved[before] || all[before].Empty()) {
				before--
			}
			if before >= 0 {
				m.After = all[before]
			}
			starts[i] = m
			pointers[before] = append(pointers[before], m)
		}
		k = end
	}
	var out []Stretch
	homes := map[*Passage]*Section{}
	cur := t.Sections[0]
	put := func(x Placed) {
		if len(out) == 0 || out[len(out)-1].Section != cur {
			out = append(out, Stretch{Section: cur})
		}
		s := &out[len(out)-1]
		s.Placed = append(s.Placed, x)
	}
	point := func(after int) {
		for _, m := range pointers[after] {
			put(Placed{Passage: m.First, Moved: m, Pointer: true})
		}
	}
	point(-1)
	for _, i := range sequence {
		p := all[i]
		if o := p.Row.Opens; o == record.OpensSection || o == record.OpensPart {
			cur = p.Section
		}
		homes[p] = cur
		put(Placed{Passage: p, Moved: starts[i]})
		point(i)
	}
	return t.whole(out), homes
}

// whole makes sure that every section is there, once: the opening of one that a
// language has no place for stays where it was.
func (t *Text) whole(in []Stretch) []Stretch {
	var out []Stretch
	at := map[*Section]int{}
	for _, s := range in {
		if k, ok := at[s.Section]; ok {
			out[k].Placed = append(out[k].Placed, s.Placed...)
			continue
		}
		at[s.Section] = len(out)
		out = append(out, s)
	}
	for _, s := range t.Sections {
		if _, ok := at[s]; !ok {
			out = append(out, Stretch{Section: s})
		}
	}
	return out
}

// heldThere lists the other languages that have the passage where the order of
// all has it.
func (t *Text) heldThere(p *Passage, lang int) []int {
	var out []int
	for l, c := range p.Cells {
		if l != lang && len(c.Blocks) > 0 && !p.movedIn(l) {
			out = append(out, l)
		}
	}
	return out
}

// MovedLangs lists the languages that have the passage elsewhere than the
// others.
func (p *Passage) MovedLangs() []int {
	var out []int
	for l := range p.Cells {
		if p.movedIn(l) {
			out = append(out, l)
		}
	}
	return out
}
