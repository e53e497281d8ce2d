package record

import (
	"slices"
	"strings"
	"unicode"
)

// followParts tells for every removed row where its text is now, and for every
// other which passages were parted from it.
func (rc *reconciler) followParts(rows []Row) {
	at := make(map[string]int, len(rows))
	for i := range rows {
		at[rows[i].Number] = i
	}
	for i := range rows {
		if r := &rows[i]; r.from != "" {
			if k, ok := at[r.from]; ok {
				rows[k].Parts = append(rows[k].Parts, r.Number)
			}
		}
	}
	look := &looker{rc: rc, rows: rows, budget: farPairs}
	for i := range rows {
		r := &rows[i]
		e := rc.recordedAt(r.Number)
		if e < 0 {
			continue
		}
		entry := &rc.rec.Entries[e]
		into, joined := rc.joined[e]
		switch {
		case !r.Removed && !entry.Gone:
			r.Parts = append(slices.Clone(entry.Parts), r.Parts...)
		case !r.Removed:
		case joined:
			r.Parts = []string{rc.rec.Entries[into].Number}
			r.joined = r.Parts[0]
		case len(entry.Parts) > 0 && entry.Gone:
			r.Parts = slices.Clone(entry.Parts)
		default:
			r.Parts = look.find(e)
		}
	}
	for i := range rows {
		rows[i].Parts = living(rows, at, i)
	}
}

// farthest is how many rows are looked at for what became of one. A record that an
// editor made has a few; one in which each row became part of the next took a
// time that grew with the square of their number.
const farthest = 200

// living are the parts of row i, in reading order and each once; instead of one
// that is no more, those that it became part of.
func living(rows []Row, at map[string]int, i int) []string {
	var found []int
	seen := map[int]bool{i: true}
	var add func(parts []string)
	add = func(parts []string) {
		for _, n := range parts {
			k, ok := at[n]
			if !ok || seen[k] {
				continue
			}
			if len(seen) > farthest {
				return
			}
			if seen[k] = true; rows[k].Removed {
				add(rows[k].Parts)
			} else {
				found = append(found, k)
			}
		}
	}
	add(rows[i].Parts)
	slices.Sort(found)
	var out []string
	for _, k := range found {
		out = append(out, rows[k].Number)
	}
	return out
}

// with is what was confirmed of a passage and of one that became part of it: a
// language in which nothing but the row changed stands as it was confirmed.
func (c Cell) with(other Cell) Cell {
	switch {
	case !c.IsConfirmed || !other.IsConfirmed || other.Confirmed == "":
	case c.Confirmed == "":
		c.Confirmed = other.Confirmed
	default:
		c.Confirmed += Pilcrow + other.Confirmed
	}
	return c
}

// looker looks for the text of removed rows in the others.
type looker struct {
	rc     *reconciler
	rows   []Row
	now    [][]grams // by language and row, what stands there; made when first needed
	before [][]grams // what stood there when the record was saved
	budget int       // pairs of texts that may still be compared
}

// What counts as a trace of a removed text. They were set by judgement.
const (
	traceLetters = 16  // shorter texts leave none
	traceParts   = 4   // in more passages it is a phrase, not a part
	traceHeld    = 0.5 // how much of it must be in passages that are each shorter
)

// find lists the rows that hold the text of entry e now, in at least one
// language, and did not before, or of which it held the text. Those of which it
// held the text must hold most of it together: a few words, as those of a heading,
// are found by chance in any long paragraph on the same matter.
func (k *looker) find(e int) []string {
	var out []string
	for l := range k.rc.in {
		col := k.rc.column[l]
		if col < 0 || k.budget < len(k.rows) {
			continue
		}
		cell := &k.rc.rec.Entries[e].Cells[col]
		text := orElse(cell.Saved, cell.Confirmed)
		lost := gramsOf(text)
		if lost.n < traceLetters {
			continue
		}
		k.budget -= len(k.rows)
		k.fill(l)
		var pieces []string // shorter ones
		held := 0           // of the lost text, by those
		for i := range k.rows {
			now := k.now[l][i]
			if now.n < traceLetters || slices.Contains(out, k.rows[i].Number) {
				continue
			}
			_, in := likeness(now, lost)
			if in < partText {
				continue
			}
			if _, in := likeness(k.before[l][i], lost); in >= partText {
				continue // it said as much before
			}
			if now.n >= lost.n {
				if float64(lost.n) < leastPart*float64(now.n) && !strings.Contains(letters(cellText(k.rc.in[l].Doc, k.rows[i].Blocks[l])), letters(text)) {
					continue // as little as that is known by its order
				}
				out = append(out, k.rows[i].Number)
				continue
			}
			pieces = append(pieces, k.rows[i].Number)
			held += int(in * float64(now.n))
		}
		if float64(held) >= traceHeld*float64(lost.n) {
			out = append(out, pieces...)
		}
	}
	if len(out) > traceParts {
		return nil
	}
	return out
}

// letters are the letters and digits of a text, folded.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

func (k *looker) fill(l int) {
	if k.now == nil {
		k.now, k.before = make([][]grams, len(k.rc.in)), make([][]grams, len(k.rc.in))
	}
	if k.now[l] != nil {
		return
	}
	k.now[l], k.before[l] = make([]grams, len(k.rows)), make([]grams, len(k.rows))
	for i := range k.rows {
		r := &k.rows[i]
		if r.Removed {
			continue
		}
		k.now[l][i] = gramsOf(cellText(k.rc.in[l].Doc, r.Blocks[l]))
		if e := k.rc.recordedAt(r.Number); e >= 0 {
			k.before[l][i] = gramsOf(k.rc.rec.Entries[e].Cells[k.rc.column[l]].Saved)
		}
	}
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
