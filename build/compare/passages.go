package compare

import (
	"slices"
	"strings"

	"stele/build/order"
)

// Passage is what a numbered passage of a text holds in one of its versions.
type Passage struct {
	Number string
	// Texts by language; empty where it has none.
	Texts []string
	// Parts are other passages: those that were parted from it, or for one that
	// has no text any more those that its text is part of.
	Parts []string
}

func (p *Passage) gone() bool {
	return !slices.ContainsFunc(p.Texts, func(s string) bool { return s != "" })
}

// Kind is what became of a passage from one version to another.
type Kind string

const (
	Kept     Kind = "kept"     // it says what it said
	Reworded Kind = "changed"  // its text changed
	Inserted Kind = "inserted" // it was not there before
	Removed  Kind = "removed"  // it is not there any more
	Joined   Kind = "joined"   // fewer passages say what more did
	Divided  Kind = "divided"  // more passages say what fewer did
)

// Change is what became of a passage, or of some that were joined or divided.
type Change struct {
	Kind Kind
	// Before and After are the passages, as indices of either version, in its
	// order; none where it does not have them.
	Before, After []int
	// Moved tells that it stands elsewhere among the others than it did.
	Moved bool
	// Langs are the languages in which the text differs, ascending.
	Langs []int
}

// Same tells that the passage stands where it stood and says what it said.
func (c *Change) Same() bool { return c.Kind == Kept && !c.Moved }

// Passages tells what became of the passages of a text from one version to
// another. Their numbers are those of one numbering: a passage keeps its number.
// langs are the languages that both versions have. The changes come in the order
// of the later version; what is no more comes after what it followed.
func Passages(before, after []Passage, langs []int) []Change {
	p := pairer{before: before, after: after, langs: langs}
	p.group()
	out := p.changes()
	p.move(out)
	return p.sorted(out)
}

type pairer struct {
	before, after []Passage
	langs         []int
	groups        map[string]string // number -> one that stands for all that were joined or divided with it
}

// root is the number that stands for the group of a number.
func (p *pairer) root(n string) string {
	for {
		up, ok := p.groups[n]
		if !ok || up == n {
			return n
		}
		if upper, ok := p.groups[up]; ok {
			p.groups[n] = upper // the way is half as long the next time
		}
		n = up
	}
}

func (p *pairer) join(a, b string) {
	if a, b = p.root(a), p.root(b); a != b {
		p.groups[b] = a
	}
}

// group finds the passages that were joined or divided.
func (p *pairer) group() {
	p.groups = map[string]string{}
	if !slices.ContainsFunc(p.after, func(x Passage) bool { return len(x.Parts) > 0 }) {
		return
	}
	had, has := map[string]bool{}, map[string]bool{}
	for i := range p.before {
		had[p.before[i].Number] = !p.before[i].gone()
	}
	for i := range p.after {
		has[p.after[i].Number] = !p.after[i].gone()
	}
	for i := range p.after {
		x := &p.after[i]
		for _, part := range x.Parts {
			switch {
			case !has[part]:
			case x.gone() && had[x.Number], !x.gone() && had[x.Number] && !had[part]:
				p.join(x.Number, part)
			}
		}
	}
}

// changes lists all changes, those of the later version first.
func (p *pairer) changes() []Change {
	at := make(map[string]int, len(p.after)) // by group, in out
	out := make([]Change, 0, len(p.after))
	of := func(number string) *Change {
		g := p.root(number)
		k, ok := at[g]
		if !ok {
			k = len(out)
			at[g] = k
			out = append(out, Change{})
		}
		return &out[k]
	}
	for i := range p.after {
		if !p.after[i].gone() {
			c := of(p.after[i].Number)
			c.After = append(c.After, i)
		}
	}
	for i := range p.before {
		if !p.before[i].gone() {
			c := of(p.before[i].Number)
			c.Before = append(c.Before, i)
		}
	}
	for i := range out {
		p.judge(&out[i])
	}
	return out
}

// judge says what kind of a change it is, and in which languages.
func (p *pairer) judge(c *Change) {
	for _, l := range p.langs {
		if Changed(Joint(p.before, c.Before, l), Joint(p.after, c.After, l)) {
			c.Langs = append(c.Langs, l)
		}
	}
	switch {
	case len(c.Before) == 0:
		c.Kind = Inserted
	case len(c.After) == 0:
		c.Kind = Removed
	case len(c.Before) > len(c.After):
		c.Kind = Joined
	case len(c.Before) < len(c.After):
		c.Kind = Divided
	case len(c.Langs) > 0:
		c.Kind = Reworded
	default:
		c.Kind = Kept
	}
}

// Joint is the text of some passages in a language.
func Joint(all []Passage, which []int, lang int) string {
	if len(which) == 1 { // as nearly always
		return all[which[0]].Texts[lang]
	}
	var parts []string
	for _, i := range which {
		if s := all[i].Texts[lang]; s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n")
}

// move marks what stands elsewhere than before: as few as can be, and of those
// the shortest.
func (p *pairer) move(changes []Change) {
	var both []int
	for i := range changes {
		if len(changes[i].Before) > 0 && len(changes[i].After) > 0 {
			both = append(both, i)
		}
	}
	for _, k := range order.Displaced(len(both), func(k int) (at, weight int) {
		c := &changes[both[k]]
		for _, i := range c.After {
			for _, s := range p.after[i].Texts {
				weight += len(s)
			}
		}
		return c.Before[0], weight
	}) {
		changes[both[k]].Moved = true
	}
}

// sorted puts what is no more after what it followed and did not move away.
func (p *pairer) sorted(changes []Change) []Change {
	place := make([]int, len(p.before)) // the change of each earlier passage, or -1
	for i := range place {
		place[i] = -1
	}
	follow := make([][]int, len(changes)+1) // what is no more, by the change that it follows; last those that follow none
	for i := range changes {
		for _, b := range changes[i].Before {
			place[b] = i
		}
	}
	last := len(changes)
	for b := range p.before {
		i := place[b]
		switch {
		case i < 0 || changes[i].Moved:
		case changes[i].Kind != Removed:
			last = i
		case changes[i].Before[0] == b:
			follow[last] = append(follow[last], i)
		}
	}
	out := make([]Change, 0, len(changes))
	add := func(after int) {
		for _, i := range follow[after] {
			out = append(out, changes[i])
		}
	}
	add(len(changes))
	for i := range changes {
		if changes[i].Kind == Removed {
			continue
		}
		out = append(out, changes[i])
		add(i)
	}
	return out
}
