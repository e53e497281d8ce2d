package record

import (
	"slices"

	"stele/build/align"
)

// recorded is the confidence of a row that the record vouches for.
const recorded = 1

// rows forms the rows: one per recorded row, divided where all of its languages
// were, and one per group of fresh blocks; in reading order and numbered.
func (rc *reconciler) rows() []Row {
	n := len(rc.in)
	byEntry := make([]Row, len(rc.rec.Entries))
	for i := range byEntry {
		byEntry[i] = Row{Number: rc.rec.Entries[i].Number, Pinned: rc.rec.Entries[i].Pinned, Row: align.Row{Confidence: recorded, Blocks: make([][]int, n)}}
	}
	news := map[int]*Row{}
	var out []Row
	var newOrder []int
	for l := range rc.in {
		for b, r := range rc.entryOf[l] {
			if r >= 0 {
				byEntry[r].Blocks[l] = append(byEntry[r].Blocks[l], b)
				continue
			}
			f := rc.freshOf[l][b]
			if news[f] == nil {
				news[f] = &Row{Row: align.Row{Blocks: make([][]int, n), Confidence: rc.fresh[f].Confidence}}
				newOrder = append(newOrder, f)
			}
			news[f].Blocks[l] = append(news[f].Blocks[l], b)
		}
	}
	var removed []int
	for i := range byEntry {
		r := &byEntry[i]
		if rowSize(r) == 0 {
			removed = append(removed, i)
			continue
		}
		out = append(out, rc.divide(r, rc.rec.Entries[i])...)
	}
	for _, f := range newOrder {
		out = append(out, *news[f])
	}
	out = rc.inOrder(out)
	out = rc.withRemoved(out, removed)
	markOpenings(out, rc.in)
	rc.numberNew(out)
	rc.followParts(out)
	for i := range out {
		r := &out[i]
		if e := rc.recordedAt(r.Number); e >= 0 {
			r.Published = rc.rec.Entries[e].Published()
		}
		r.State, r.Ahead = rc.state(r)
	}
	return out
}

// divide splits a row that has more blocks than were recorded, where the fresh
// alignment parts them in every language that has text; the first part keeps
// the number.
func (rc *reconciler) divide(r *Row, old Entry) []Row {
	grown := 0
	for l, blocks := range r.Blocks {
		if rc.column[l] >= 0 && len(blocks) > len(old.Cells[rc.column[l]].Fingerprints) {
			grown++
		}
	}
	if grown == 0 || r.Pinned {
		return []Row{*r}
	}
	byFresh := map[int]int{}
	var parts []Row
	for l, blocks := range r.Blocks {
		for _, b := range blocks {
			f := rc.freshOf[l][b]
			k, ok := byFresh[f]
			if !ok {
				k = len(parts)
				byFresh[f] = k
				parts = append(parts, Row{Row: align.Row{Blocks: make([][]int, len(rc.in)), Confidence: r.Confidence}})
				if f >= 0 {
					parts[k].Confidence = rc.fresh[f].Confidence
				}
			}
			parts[k].Blocks[l] = append(parts[k].Blocks[l], b)
		}
	}
	if len(parts) == 1 {
		return []Row{*r}
	}
	for _, p := range parts {
		for l, blocks := range r.Blocks {
			if len(blocks) > 0 && len(p.Blocks[l]) == 0 {
				return []Row{*r} // the languages were not all divided here
			}
		}
	}
	parts[0].Number, parts[0].Pinned = r.Number, r.Pinned
	for k := range parts[1:] {
		parts[k+1].from = r.Number
	}
	return parts
}

func (rc *reconciler) state(r *Row) ([]State, [][]int) {
	now := make([]string, len(rc.in))
	here := make([]bool, len(rc.in))
	cells := make([]Cell, len(rc.in))
	i := rc.recordedAt(r.Number)
	var taken []int // rows that it took in since they were recorded
	for from, into := range rc.joined {
		if into == i && i >= 0 {
			taken = append(taken, from)
		}
	}
	slices.Sort(taken)
	for l := range rc.in {
		if r.Blocks != nil {
			now[l], here[l] = cellText(rc.in[l].Doc, r.Blocks[l]), len(r.Blocks[l]) > 0
		}
		if i >= 0 && rc.column[l] >= 0 {
			cells[l] = rc.rec.Entries[i].Cells[rc.column[l]]
			for _, from := range taken {
				cells[l] = cells[l].with(rc.rec.Entries[from].Cells[rc.column[l]])
			}
		}
	}
	langs := make([]string, len(rc.in))
	for l, v := range rc.in {
		langs[l] = v.Doc.Lang
	}
	return statesOf(langs, cells, now, here)
}

func rowSize(r *Row) int {
	n := 0
	for _, b := range r.Blocks {
		n += len(b)
	}
	return n
}

func (rc *reconciler) recordedAt(number string) int {
	if i, ok := rc.at[number]; ok {
		return i
	}
	return -1
}

// withRemoved puts the rows that are no more after the row they followed.
func (rc *reconciler) withRemoved(rows []Row, removed []int) []Row {
	follow := map[string][]Row{} // number -> removed rows after it
	prev, next := "", 0
	for _, i := range removed { // ascending
		for ; next <= i; next++ {
			if next < i {
				prev = rc.rec.Entries[next].Number
			}
		}
		gone := Row{Number: rc.rec.Entries[i].Number, Removed: true, Was: make([]string, len(rc.in)), Row: align.Row{Confidence: recorded, Blocks: make([][]int, len(rc.in))}}
		for l, col := range rc.column {
			if col >= 0 {
				gone.Was[l] = orElse(rc.rec.Entries[i].Cells[col].Confirmed, rc.rec.Entries[i].Cells[col].Saved)
			}
		}
		follow[prev] = append(follow[prev], gone)
	}
	out := slices.Clone(follow[""])
	for _, r := range rows {
		out = append(out, r)
		if r.Number != "" {
			out = append(out, follow[r.Number]...)
		}
	}
	return out
}
