package record

import (
	"slices"

	"stele/build/order"
)

// Plan is what saving the numbers of a table does to a record.
type Plan struct {
	Kept   []string // passages that stay where they are
	New    []string // passages that get a number for good
	Joined []string // numbers that are gone because their passages became part of others
	Moved  []string // passages that go elsewhere in the order of the record
	Gone   []string // numbers whose passages are no more
	Back   []string // numbers that were gone and have a passage again
	// Parts are, for the numbers of Joined, the passages that they became part of.
	Parts map[string][]string
}

// Plan tells what New(t, docs, old) does to old, which may be nil.
func (t *Table) Plan(old *Record) Plan {
	p := Plan{Parts: map[string][]string{}}
	at := map[string]int{}
	gone := map[string]bool{}
	if old != nil {
		for i, e := range old.Entries {
			at[e.Number], gone[e.Number] = i, e.Gone
		}
	}
	var stays []string
	for i := range t.Rows {
		r := &t.Rows[i]
		_, known := at[r.Number]
		switch {
		case r.Removed && gone[r.Number]:
		case r.Removed && len(r.Parts) > 0:
			p.Joined = append(p.Joined, r.Number)
			p.Parts[r.Number] = r.Parts
		case r.Removed:
			p.Gone = append(p.Gone, r.Number)
		case !known:
			p.New = append(p.New, r.Number)
		case gone[r.Number]:
			p.Back = append(p.Back, r.Number)
		default:
			stays = append(stays, r.Number)
		}
	}
	moved := order.Displaced(len(stays), func(k int) (int, int) { return at[stays[k]], 1 })
	for k, n := range stays {
		if slices.Contains(moved, k) {
			p.Moved = append(p.Moved, n)
		} else {
			p.Kept = append(p.Kept, n)
		}
	}
	return p
}

// Changes reports whether the plan does anything but keep.
func (p *Plan) Changes() bool {
	return len(p.New)+len(p.Joined)+len(p.Moved)+len(p.Gone)+len(p.Back) > 0
}
