package record

import (
	"maps"
	"slices"
)

// Confirmation is somebody's word that passages agree as they stand.
type Confirmation struct {
	// By says when and by whom, as "2026-11-28 Anna"; it may be empty.
	By string
	// Langs are the languages that they have read; none for all there are.
	Langs []string
}

// Confirm notes that all languages of the passages agree as they stand in the
// record, and returns the numbers that the record does not have.
func (r *Record) Confirm(numbers ...string) (unknown []string) {
	return r.ConfirmAs(Confirmation{}, numbers...)
}

// ConfirmAs notes a confirmation of the passages as they stand in the record,
// and returns the numbers that the record does not have. A language that nobody
// read, and one whose version is away, stays as it was: if the others were
// changed meanwhile, it has still to follow.
func (r *Record) ConfirmAs(c Confirmation, numbers ...string) (unknown []string) {
	at := map[string]int{}
	for i, row := range r.Entries {
		if !row.Gone {
			at[row.Number] = i
		}
	}
	for _, n := range numbers {
		i, ok := at[n]
		if !ok {
			unknown = append(unknown, n)
			continue
		}
		r.confirm(r.Entries[i].Cells, c)
	}
	return unknown
}

func (r *Record) confirm(cells []Cell, by Confirmation) {
	read := func(l int) bool {
		return (r.away == nil || !r.away[l]) && (len(by.Langs) == 0 || slices.Contains(by.Langs, r.Langs[l]))
	}
	// What each language was confirmed beside is written out first, since what
	// the others are confirmed as is about to change.
	seen := make([]map[string]string, len(cells))
	for l := range cells {
		if seen[l] = map[string]string{}; read(l) {
			for k := range cells {
				if k != l && (r.away == nil || !r.away[k]) {
					seen[l][r.Langs[k]] = textPrint(cells[k].Saved)
				}
			}
			continue
		}
		for k := range cells {
			if k != l && cells[k].IsConfirmed {
				seen[l][r.Langs[k]] = textPrint(cells[k].Confirmed)
			}
		}
		maps.Copy(seen[l], cells[l].Seen)
	}
	for l := range cells {
		if c := &cells[l]; read(l) {
			c.Confirmed, c.IsConfirmed, c.By = c.Saved, true, by.By
		}
	}
	for l := range cells {
		c := &cells[l]
		c.Seen = nil
		if !c.IsConfirmed {
			continue
		}
		for k := range cells {
			print, ok := seen[l][r.Langs[k]]
			if !ok || cells[k].IsConfirmed && textPrint(cells[k].Confirmed) == print {
				continue
			}
			if c.Seen == nil {
				c.Seen = map[string]string{}
			}
			c.Seen[r.Langs[k]] = print
		}
	}
}

// Pin fixes a passage's row, or frees it, and reports whether it exists.
func (r *Record) Pin(number string, pinned bool) bool {
	i := slices.IndexFunc(r.Entries, func(row Entry) bool { return row.Number == number && !row.Gone })
	if i < 0 {
		return false
	}
	r.Entries[i].Pinned = pinned
	return true
}
