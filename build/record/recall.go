package record

import (
	"slices"
	"strings"
)

// recall returns the record with rows that are as they were before a save,
// where the texts are again as they were then, and with what can be known of
// rows that could not be read. rec itself stays as it is.
func (rc *reconciler) recall(rec *Record) *Record {
	if len(rec.Earlier) == 0 && len(rec.damaged) == 0 {
		return rec
	}
	out := *rec
	out.Entries = slices.Clone(rec.Entries)
	for _, i := range rec.damaged {
		e := &out.Entries[i]
		e.Cells = slices.Clone(e.Cells)
		for l := range e.Cells {
			if c := &e.Cells[l]; c.Saved != "" && len(c.Fingerprints) == 0 {
				// Its texts are there, if not their fingerprints: they are found by likeness.
				c.Fingerprints = slices.Repeat([]string{"?"}, strings.Count(c.Saved, Pilcrow)+1)
			}
		}
	}
	have, claimed := map[cellPrint]int{}, map[cellPrint]int{}
	for l, prints := range rc.fingerprints {
		for _, p := range prints {
			have[cellPrint{rc.column[l], p}]++
		}
	}
	for _, e := range out.Entries {
		for l, c := range e.Cells {
			for _, p := range c.Fingerprints {
				claimed[cellPrint{l, p}]++
			}
		}
	}
	changed := map[int]bool{} // entries that were put back
	for from := 0; from < len(rec.Earlier); {
		to := from
		for to < len(rec.Earlier) && rec.Earlier[to].Group == rec.Earlier[from].Group {
			to++
		}
		rc.recallGroup(&out, rec.Earlier[from:to], have, claimed, changed)
		from = to
	}
	return &out
}

// recallGroup puts the rows of a group back if all of their blocks are there
// again, not all of those that they hold now, and none of them belongs elsewhere.
// A row that is gone comes back with whatever block of it does.
func (rc *reconciler) recallGroup(rec *Record, group []Earlier, have, claimed map[cellPrint]int, changed map[int]bool) {
	own, need := map[cellPrint]int{}, map[cellPrint]int{}
	entries := make([]int, len(group))
	lost := true
	for k, x := range group {
		i, ok := rc.at[x.Number]
		if !ok || changed[i] || rec.Entries[i].Pinned {
			return
		}
		entries[k] = i
		for l, c := range rec.Entries[i].Cells {
			for _, p := range c.Fingerprints {
				if rc.has(l) {
					own[cellPrint{l, p}]++
				}
			}
		}
		for l, prints := range x.Prints {
			for _, p := range prints {
				if rc.has(l) {
					need[cellPrint{l, p}]++
				}
			}
		}
	}
	if len(own) > 0 {
		lost = false
		for p, n := range own {
			lost = lost || have[p] < n
		}
	}
	alone := len(group) == 1 && rec.Entries[entries[0]].Gone
	free := func(p cellPrint) int { return have[p] - (claimed[p] - own[p]) }
	all, some, gained := true, false, false
	for p, n := range need {
		all = all && free(p) >= n
		some = some || free(p) > 0
		gained = gained || own[p] < n
	}
	if !lost || !gained || !all && !(alone && some) {
		return
	}
	parted(rec, entries)
	for k, x := range group {
		e := &rec.Entries[entries[k]]
		changed[entries[k]] = true
		if e.Gone {
			e.Gone, e.Parts = false, nil
		}
		e.Cells = slices.Clone(e.Cells)
		for l := range e.Cells {
			if !rc.has(l) || l >= len(x.Prints) {
				continue
			}
			c := &e.Cells[l]
			for _, p := range c.Fingerprints {
				claimed[cellPrint{l, p}]--
			}
			c.Fingerprints, c.Saved = nil, ""
			for _, p := range x.Prints[l] {
				if key := (cellPrint{l, p}); have[key] > claimed[key] {
					claimed[key]++
					c.Fingerprints = append(c.Fingerprints, p)
				}
			}
		}
	}
}

// parted gives rows that were one what was confirmed of each: the first holds
// the confirmed texts of those that it had taken in.
func parted(rec *Record, entries []int) {
	for k := len(entries) - 1; k > 0; k-- {
		other := &rec.Entries[entries[k]]
		if !other.Gone {
			continue
		}
		for _, i := range entries[:k] {
			e := &rec.Entries[i]
			e.Cells = slices.Clone(e.Cells)
			for l := range e.Cells {
				if own, ok := strings.CutSuffix(e.Cells[l].Confirmed, Pilcrow+other.Cells[l].Confirmed); ok && other.Cells[l].IsConfirmed {
					e.Cells[l].Confirmed = own
				}
			}
		}
	}
}

// has reports whether a column of the record has a version now.
func (rc *reconciler) has(column int) bool { return slices.Contains(rc.column, column) }
