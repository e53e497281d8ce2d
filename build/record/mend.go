package record

import (
	"maps"
	"slices"
	"strings"
)

// JoinWith makes a passage part of another: its blocks go to the end of the
// other's in each language, and its number is gone for good. It reports whether
// both exist.
func (r *Record) JoinWith(number, other string) bool {
	from, into := r.living(number), r.living(other)
	if from < 0 || into < 0 || from == into {
		return false
	}
	a, b := &r.Entries[into], &r.Entries[from]
	whole := agreed(a.Cells, nil) && agreed(b.Cells, nil)
	for l := range a.Cells {
		x, y := &a.Cells[l], b.Cells[l]
		x.Fingerprints = append(slices.Clone(x.Fingerprints), y.Fingerprints...)
		x.Saved = together(x.Saved, y.Saved)
		*x = x.with(y)
		x.Seen = unseen(x.Seen, y.Seen)
		if whole {
			x.Seen = nil
		}
		b.Cells[l] = Cell{Confirmed: y.Confirmed, IsConfirmed: y.IsConfirmed, By: y.By}
	}
	a.Parts = slices.Concat(a.Parts, b.Parts)
	b.Gone, b.Pinned, b.Parts = true, false, []string{other}
	return true
}

// DivideAt makes two passages of one: by language, the blocks from the index at
// on become the new one. A language that is not in at stays with the first. It
// returns the new number, or "" if there is nothing to divide.
func (r *Record) DivideAt(number string, at map[string]int) string {
	i := r.living(number)
	if i < 0 {
		return ""
	}
	e := &r.Entries[i]
	fresh := Entry{Number: r.after(number), Cells: make([]Cell, len(e.Cells))}
	moved, left := 0, 0
	for l := range e.Cells {
		n := len(e.Cells[l].Fingerprints)
		k, ok := at[r.Langs[l]]
		if !ok {
			k = n
		}
		if k < 0 || k > n {
			return ""
		}
		moved, left = moved+n-k, left+k
	}
	if moved == 0 || left == 0 {
		return ""
	}
	whole := agreed(e.Cells, at)
	for l := range e.Cells {
		c, d := &e.Cells[l], &fresh.Cells[l]
		k, ok := at[r.Langs[l]]
		if !ok {
			k = len(c.Fingerprints)
		}
		saved := parts(c.Saved)
		if len(saved) != len(c.Fingerprints) { // blocks without words are not told apart
			saved = make([]string, len(c.Fingerprints))
			if len(saved) > 0 {
				saved[0] = c.Saved
			}
		}
		d.Fingerprints, c.Fingerprints = slices.Clone(c.Fingerprints[k:]), slices.Clone(c.Fingerprints[:k])
		c.Saved, d.Saved = together(saved[:k]...), together(saved[k:]...)
		if whole {
			c.Confirmed, c.Seen = c.Saved, nil
			d.Confirmed, d.IsConfirmed, d.By = d.Saved, true, c.By
		}
	}
	e.Parts = append(slices.Clone(e.Parts), fresh.Number)
	r.Entries = slices.Insert(r.Entries, i+1, fresh)
	return fresh.Number
}

// Shift gives a block of a passage in a language to a neighbouring passage: the
// first block to one before it, the last to one after it. Neither stands as
// confirmed then. It reports whether there was a block to give.
func (r *Record) Shift(number, other, lang string) bool {
	from, into, l := r.living(number), r.living(other), slices.Index(r.Langs, lang)
	if from < 0 || into < 0 || from == into || l < 0 || len(r.Entries[from].Cells[l].Fingerprints) == 0 {
		return false
	}
	x, y := &r.Entries[from].Cells[l], &r.Entries[into].Cells[l]
	n := len(x.Fingerprints)
	saved := parts(x.Saved)
	if len(saved) != n {
		saved = append(make([]string, n-1), x.Saved)
	}
	if into < from {
		y.Fingerprints = append(slices.Clone(y.Fingerprints), x.Fingerprints[0])
		y.Saved = together(y.Saved, saved[0])
		x.Fingerprints, x.Saved = slices.Clone(x.Fingerprints[1:]), together(saved[1:]...)
		return true
	}
	y.Fingerprints = append([]string{x.Fingerprints[n-1]}, y.Fingerprints...)
	y.Saved = together(saved[n-1], y.Saved)
	x.Fingerprints, x.Saved = slices.Clone(x.Fingerprints[:n-1]), together(saved[:n-1]...)
	return true
}

// living is the entry of a passage that is not gone, or -1.
func (r *Record) living(number string) int {
	return slices.IndexFunc(r.Entries, func(e Entry) bool { return e.Number == number && !e.Gone })
}

// after is the first free number after a passage's.
func (r *Record) after(number string) string {
	used := maps.Clone(r.given)
	if used == nil {
		used = map[string]bool{}
	}
	for _, e := range r.Entries {
		used[e.Number] = true
	}
	section, pos, ok := strings.Cut(number, ".")
	if !ok { // what follows a heading
		section, pos = number, "0"
	}
	return between(section+".", pos, used)
}

// agreed reports whether every language that has blocks was confirmed as it
// stands; with at, in as many blocks as there are, so that they can be told apart.
func agreed(cells []Cell, at map[string]int) bool {
	for _, c := range cells {
		if !c.IsConfirmed || !same(c.Confirmed, c.Saved) || len(c.Seen) > 0 || at != nil && len(c.Fingerprints) > 1 && len(parts(c.Saved)) != len(c.Fingerprints) {
			return false
		}
	}
	return true
}

// unseen joins what two texts were confirmed beside: what neither agrees on is
// no text at all, so that the language has still to follow.
func unseen(a, b map[string]string) map[string]string {
	if len(a)+len(b) == 0 {
		return nil
	}
	out := maps.Clone(a)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, b)
	for l := range out {
		out[l] = noText
	}
	return out
}

// noText is the print of no text.
const noText = "00000000"

func parts(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, Pilcrow)
}

func together(texts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return s == "" }), Pilcrow)
}
