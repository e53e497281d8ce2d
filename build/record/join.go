package record

import "slices"

// assignCounterparts lets unassigned blocks follow the other languages: a block that the fresh
// alignment puts with assigned blocks of one row belongs to that row.
func (rc *reconciler) assignCounterparts() {
	for l := range rc.in {
		fresh := map[int]int{} // row -> the one fresh row its blocks stand in, -1 for several
		for b, r := range rc.entryOf[l] {
			if r < 0 {
				continue
			}
			if f, ok := fresh[r]; ok && f != rc.freshOf[l][b] {
				fresh[r] = -1
			} else {
				fresh[r] = rc.freshOf[l][b]
			}
		}
		for b, r := range rc.entryOf[l] {
			if r >= 0 {
				continue
			}
			if row := rc.counterpart(l, b, fresh); row >= 0 && !rc.rec.Entries[row].Pinned {
				rc.entryOf[l][b] = row
				fresh[row] = rc.freshOf[l][b]
			}
		}
	}
}

// counterpart returns the one recorded row that the assigned blocks beside block b
// in its fresh row belong to, or -1. Other languages are heard first; a row
// that has assigned blocks of this language already is only taken if they are
// in the same fresh row, which fresh gives by row.
func (rc *reconciler) counterpart(l, b int, fresh map[int]int) int {
	row := -1
	f := rc.fresh[rc.freshOf[l][b]]
	for k, blocks := range f.Blocks {
		if k == l {
			continue
		}
		for _, o := range blocks {
			if r := rc.entryOf[k][o]; r >= 0 && (row < 0 || r < row) {
				row = r
			}
		}
	}
	if row < 0 {
		for _, o := range f.Blocks[l] {
			if r := rc.entryOf[l][o]; r >= 0 {
				return r
			}
		}
		return -1
	}
	if f, ok := fresh[row]; ok && f != rc.freshOf[l][b] {
		return -1
	}
	return row
}

// mergeEntries unites recorded rows whose texts a translator has drawn together: a
// row that lost all of a language's text joins the row beside it, if the text
// there now holds it.
func (rc *reconciler) mergeEntries() {
	of := make([]map[int][]int, len(rc.in)) // by language, the blocks of each row
	for l := range rc.in {
		of[l] = map[int][]int{}
		for b, r := range rc.entryOf[l] {
			of[l][r] = append(of[l][r], b)
		}
	}
	for l := range rc.in {
		if rc.column[l] < 0 {
			continue
		}
		for r := range rc.rec.Entries {
			if len(of[l][r]) > 0 || !rc.hasText(l, r) {
				continue
			}
			for _, n := range []int{rc.neighbour(r, -1), rc.neighbour(r, 1)} {
				if n < 0 || len(of[l][n]) == 0 || rc.rec.Entries[n].Pinned {
					continue
				}
				if b := of[l][n][len(of[l][n])-1]; !rc.absorbed(l, b, n, r) && !rc.alignedTogether(l, b, n, r, of) {
					continue
				}
				into, from := min(n, r), max(n, r)
				rc.joined[from] = into
				for k := range rc.in {
					for _, o := range of[k][from] {
						rc.entryOf[k][o] = into
					}
					of[k][into] = append(of[k][into], of[k][from]...)
					slices.Sort(of[k][into])
					delete(of[k], from)
				}
				break
			}
		}
	}
}

// hasText reports whether the record has words of the language in a row that is
// free to change. Where it has no block, an editor has put the text elsewhere.
func (rc *reconciler) hasText(l, r int) bool {
	row := &rc.rec.Entries[r]
	c := &row.Cells[rc.column[l]]
	return len(c.Fingerprints) > 0 && c.Saved != "" && !row.Pinned && !row.Gone
}

// neighbour returns the next row before or after r that is not gone, or -1.
func (rc *reconciler) neighbour(r, step int) int {
	for r += step; r >= 0 && r < len(rc.rec.Entries); r += step {
		if !rc.rec.Entries[r].Gone {
			return r
		}
	}
	return -1
}

// absorbed reports whether block b of row n has grown and holds, word for
// word, what row r lost.
func (rc *reconciler) absorbed(l, b, n, r int) bool {
	lost, own := rc.rec.Entries[r].Cells[rc.column[l]].Saved, rc.rec.Entries[n].Cells[rc.column[l]].Saved
	text := rc.in[l].Doc.Blocks[b].Text
	if len(text) < len(lost) {
		return false
	}
	now := gramsOf(text)
	_, in := likeness(now, gramsOf(lost))
	return in >= partText && now.n > gramsOf(own).n
}

// alignedTogether reports whether block b of row n has grown and is found anew to
// say what the other languages have in both rows, n and r, which is how a merged
// paragraph of a new translation is known.
func (rc *reconciler) alignedTogether(l, b, n, r int, of []map[int][]int) bool {
	const grown = 1.2 // set by judgement, as the values of find.go
	f := rc.freshOf[l][b]
	own := gramsOf(rc.rec.Entries[n].Cells[rc.column[l]].Saved)
	if f < 0 || rc.fresh[f].Uncertain() || float64(gramsOf(rc.in[l].Doc.Blocks[b].Text).n) < grown*float64(own.n) {
		return false
	}
	found := false
	for k := range rc.in {
		for _, row := range []int{n, r} {
			for _, o := range of[k][row] {
				if k != l && rc.freshOf[k][o] != f {
					return false
				}
				found = found || k != l && row == r
			}
		}
	}
	return found
}
