package record

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"stele/build/align"
	"stele/build/doc"
)

// settle lays the recorded rows over the versions as they are now. Blocks that
// are still what they were, exactly or nearly, stay in their rows; what is new
// joins the row that a fresh alignment of its surroundings puts it in with
// settled blocks, and else makes rows of its own. The order of the result
// follows the versions.
func settle(in []align.Input, rec *Record) []Row {
	s := newSettler(in, rec)
	for l := range in {
		if s.column[l] >= 0 {
			s.exact(l)
			s.similar(l)
		}
	}
	s.inPlace()
	s.alignAnew()
	s.join()
	s.merge()
	return s.rows()
}

type settler struct {
	in      []align.Input
	prints  [][]string // the blocks' fingerprints, by language
	rec     *Record
	at      map[string]int // number -> row of the record
	column  []int          // of each input in the record, -1 for none
	rowOf   [][]int        // per language and block, its row in the record, -1 for none yet
	fresh   []align.Row    // the alignment of what is not settled and what is around it
	freshOf [][]int        // per language and block, its row in fresh, -1 for none
}

func newSettler(in []align.Input, rec *Record) *settler {
	s := &settler{in: in, rec: rec, at: make(map[string]int, len(rec.Rows))}
	for i, r := range rec.Rows {
		s.at[r.Number] = i
	}
	for _, v := range in {
		prints := make([]string, len(v.Doc.Blocks))
		for b := range prints {
			prints[b] = Fingerprint(&v.Doc.Blocks[b])
		}
		s.prints = append(s.prints, prints)
		s.freshOf = append(s.freshOf, slices.Repeat([]int{-1}, len(prints)))
		s.rowOf = append(s.rowOf, slices.Repeat([]int{-1}, len(prints)))
		s.column = append(s.column, slices.Index(rec.Langs, v.Doc.Lang))
	}
	return s
}

// alignAnew aligns the blocks that are not settled, and the rows that have
// grown or lost a language, together with the rows around them: those between
// the settled blocks before and after, which are all rows for a language that is
// new, and some more. What is far from any change is left alone, so that a small
// edit costs little and touches nothing else.
func (s *settler) alignAnew() {
	const around = 4 // rows on each side
	near := make([]bool, len(s.rec.Rows))
	mark := func(from, to int) {
		for k := max(0, from-around); k <= to+around && k < len(near); k++ {
			near[k] = true
		}
	}
	unsettled := false
	for l := range s.in {
		size := make([]int, len(s.rec.Rows))
		last := 0     // the row of the settled block before, or where the text begins
		open := false // an unsettled block waits for the next settled one
		for _, r := range s.rowOf[l] {
			if r < 0 {
				unsettled, open = true, true
				continue
			}
			if size[r]++; s.column[l] >= 0 && size[r] > len(s.rec.Rows[r].Cells[s.column[l]].Prints) {
				unsettled = true
				mark(r, r)
			}
			switch {
			case open && last <= r:
				mark(last, r)
			case open: // one of the two was moved: nothing lies between them
				mark(last, last)
				mark(r, r)
			}
			last, open = r, false
		}
		if open {
			mark(last, len(near))
		}
		for r := range size {
			if size[r] == 0 && s.column[l] >= 0 && s.expects(l, r) {
				unsettled = true // it may have been drawn into a row beside it
				mark(r, r)
			}
		}
	}
	if !unsettled {
		return
	}
	part := make([]align.Input, len(s.in))
	from := make([][]int, len(s.in)) // ordinals in the whole documents
	for l, v := range s.in {
		d := *v.Doc
		d.Blocks = nil
		part[l].Doc = &d
		for b, r := range s.rowOf[l] {
			if r >= 0 && !near[r] {
				continue
			}
			from[l] = append(from[l], b)
			d.Blocks = append(d.Blocks, v.Doc.Blocks[b])
			if v.Concepts != nil {
				part[l].Concepts = append(part[l].Concepts, v.Concepts[b])
			}
		}
	}
	s.fresh = align.Align(part)
	for i := range s.fresh {
		for l, blocks := range s.fresh[i].Blocks {
			for k, b := range blocks {
				blocks[k] = from[l][b]
				s.freshOf[l][from[l][b]] = i
			}
		}
	}
}

// place is a block as the record has it: a row and which of the row's blocks.
type place struct{ row, nth int }

// blocksOf lists the blocks that the record has of a language, in its order.
func (s *settler) blocksOf(l int) (places []place, prints []string) {
	for i, r := range s.rec.Rows {
		for n, p := range r.Cells[s.column[l]].Prints {
			places = append(places, place{i, n})
			prints = append(prints, p)
		}
	}
	return places, prints
}

// exact settles the blocks whose fingerprints the record has. A fingerprint
// that stands in several places keeps to the order, runs of neighbours first.
func (s *settler) exact(l int) {
	places, prints := s.blocksOf(l)
	at := make(map[string][]int, len(prints))
	for i, p := range prints {
		at[p] = append(at[p], i)
	}
	now := s.prints[l]
	count := make(map[string]int, len(now))
	for _, p := range now {
		count[p]++
	}
	taken := make([]bool, len(prints))
	give := func(b, i int) {
		s.rowOf[l][b] = places[i].row
		taken[i] = true
	}
	match := slices.Repeat([]int{-1}, len(now)) // block -> index in prints
	for b, p := range now {
		if is := at[p]; len(is) == 1 && count[p] == 1 {
			match[b] = is[0]
			give(b, is[0])
		}
	}
	// Repeated texts: next to a settled neighbour first, forwards and backwards.
	extend := func(b, from, step int) {
		if match[b] >= 0 || from < 0 {
			return
		}
		if i := from + step; i >= 0 && i < len(prints) && !taken[i] && prints[i] == now[b] {
			match[b] = i
			give(b, i)
		}
	}
	for b := 1; b < len(now); b++ {
		extend(b, match[b-1], 1)
	}
	for b := len(now) - 2; b >= 0; b-- {
		extend(b, match[b+1], -1)
	}
	for b, p := range now {
		if match[b] >= 0 {
			continue
		}
		for match[b] < 0 && len(at[p]) > 0 {
			if i := at[p][0]; !taken[i] {
				match[b] = i
				give(b, i)
			}
			at[p] = at[p][1:] // taken for good: a text of equal blocks must not look at it again
		}
	}
}

// Similarities from which a block counts as an edited form of another, or as a
// part of it or as holding it.
const (
	sameText  = 0.5
	partText  = 0.75
	reach     = 40 // how far from its place, in blocks, an edited block is looked for
	farExcess = 0.2
	roomy     = 1.2 // how much longer than the whole its parts together may be
)

// similar settles blocks that were edited: those most like a recorded block
// that is not there any more, near its place first.
func (s *settler) similar(l int) {
	if !slices.Contains(s.rowOf[l], -1) {
		return
	}
	places, prints := s.blocksOf(l)
	blocks := s.in[l].Doc.Blocks
	present := make(map[string]int, len(blocks))
	for b, p := range s.prints[l] {
		if s.rowOf[l][b] >= 0 {
			present[p]++
		}
	}
	type gone struct {
		place
		text  grams
		order int
	}
	var lost []gone
	var texts []string // of the row
	for i, p := range places {
		if p.nth == 0 {
			texts = strings.Split(s.rec.Rows[p.row].Cells[s.column[l]].Saved, pilcrow)
		}
		if present[prints[i]] > 0 {
			present[prints[i]]--
			continue
		}
		if p.nth < len(texts) && texts[p.nth] != "" {
			lost = append(lost, gone{p, gramsOf(texts[p.nth]), i})
		}
	}
	if len(lost) == 0 {
		return
	}
	type pair struct {
		b, g  int
		score float64
		size  int  // of the block
		part  bool // the block and others may be what the lost one was divided into
	}
	var pairs []pair
	expect := s.expected(l, places)
	for b := range blocks {
		if s.rowOf[l][b] >= 0 {
			continue
		}
		g := gramsOf(blocks[b].Text)
		first, _ := slices.BinarySearchFunc(lost, expect[b]-reach, func(x gone, o int) int { return cmp.Compare(x.order, o) })
		near := lost[first:]
		for k := range near {
			far := near[k].order > expect[b]+reach
			if far && len(lost)*len(blocks) > 1<<20 {
				break // a wholly new text: distant likenesses are not looked for
			}
			d, c := likeness(g, near[k].text)
			switch {
			case d >= sameText && (!far || d >= sameText+farExcess):
				pairs = append(pairs, pair{b, first + k, d, g.n, c >= partText && !far && g.n < near[k].text.n})
			case c >= partText && !far:
				pairs = append(pairs, pair{b, first + k, c * 0.5, 0, true})
			}
		}
		if len(lost)*len(blocks) <= 1<<20 {
			for k := range lost[:first] {
				if d, _ := likeness(g, lost[k].text); d >= sameText+farExcess {
					pairs = append(pairs, pair{b, k, d, g.n, false})
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Compare(y.score, x.score) })
	used := make([]bool, len(lost))
	held := make([]int, len(lost)) // the size of the blocks that took a lost one's place
	for _, p := range pairs {
		if s.rowOf[l][p.b] >= 0 || used[p.g] && !p.part {
			continue
		}
		// Both halves of a divided block are like it; two forms of it are not its
		// halves, for they do not find room in it.
		if used[p.g] && float64(held[p.g]+p.size) > roomy*float64(lost[p.g].text.n) {
			continue
		}
		s.rowOf[l][p.b] = lost[p.g].row
		used[p.g] = true
		held[p.g] += p.size
	}
}

// inPlace settles a block that was written anew from end to end, such as a
// placeholder: it stands where the one block of a recorded row stood, between
// the same neighbours, and another language still has the row there. A pinned
// row keeps such a block too.
func (s *settler) inPlace() {
	// at is the row of a block; the ends of a text are rows before and after all.
	at := func(l, b int) int {
		switch rows := s.rowOf[l]; {
		case b < 0:
			return -1
		case b >= len(rows):
			return len(s.rec.Rows)
		case rows[b] < 0:
			return len(s.rec.Rows) + 1 // not settled: nobody's neighbour
		default:
			return rows[b]
		}
	}
	here := make([]map[int][]int, len(s.in)) // by language, the blocks of each row
	for l := range s.in {
		here[l] = map[int][]int{}
		for b, r := range s.rowOf[l] {
			here[l][r] = append(here[l][r], b)
		}
	}
	for l := range s.in {
		if s.column[l] < 0 {
			continue
		}
		for _, b := range here[l][-1] {
			before, after := at(l, b-1), at(l, b+1)
			if after > len(s.rec.Rows) || before > len(s.rec.Rows) || s.beside(before, 1) != s.beside(after, -1) {
				continue
			}
			r := s.beside(before, 1)
			if r < 0 || len(here[l][r]) > 0 || len(s.rec.Rows[r].Cells[s.column[l]].Prints) != 1 {
				continue
			}
			for k := range s.in {
				n := len(here[k][r])
				if n == 0 || !opensAlike(&s.in[l].Doc.Blocks[b], &s.in[k].Doc.Blocks[here[k][r][0]]) {
					continue
				}
				if at(k, here[k][r][0]-1) == before && at(k, here[k][r][n-1]+1) == after {
					s.rowOf[l][b] = r
					break
				}
			}
		}
	}
}

// opensAlike tells that both blocks open a part of the text, or neither.
func opensAlike(a, b *doc.Block) bool {
	return (a.Kind == doc.Heading) == (b.Kind == doc.Heading) && (a.Kind == doc.Break) == (b.Kind == doc.Break)
}

// expected gives, for each block, the place in the recorded order where it
// would stand if nothing was moved: right after the settled block before it.
func (s *settler) expected(l int, places []place) []int {
	firstOf := map[int]int{}
	for i, p := range places {
		if _, ok := firstOf[p.row]; !ok {
			firstOf[p.row] = i
		}
	}
	out := make([]int, len(s.rowOf[l]))
	last := 0
	for b, r := range s.rowOf[l] {
		if i, ok := firstOf[r]; ok {
			last = i
		}
		out[b] = last
	}
	return out
}

// join lets unsettled blocks follow the other languages: a block that the fresh
// alignment puts with settled blocks of one row belongs to that row.
func (s *settler) join() {
	for l := range s.in {
		fresh := map[int]int{} // row -> the one fresh row its blocks stand in, -1 for several
		for b, r := range s.rowOf[l] {
			if r < 0 {
				continue
			}
			if f, ok := fresh[r]; ok && f != s.freshOf[l][b] {
				fresh[r] = -1
			} else {
				fresh[r] = s.freshOf[l][b]
			}
		}
		for b, r := range s.rowOf[l] {
			if r >= 0 {
				continue
			}
			if row := s.witness(l, b, fresh); row >= 0 && !s.rec.Rows[row].Pinned {
				s.rowOf[l][b] = row
				fresh[row] = s.freshOf[l][b]
			}
		}
	}
}

// witness returns the one recorded row that the settled blocks beside block b
// in its fresh row belong to, or -1. Other languages are heard first; a row
// that has settled blocks of this language already is only taken if they are
// in the same fresh row, which fresh gives by row.
func (s *settler) witness(l, b int, fresh map[int]int) int {
	row := -1
	f := s.fresh[s.freshOf[l][b]]
	for k, blocks := range f.Blocks {
		if k == l {
			continue
		}
		for _, o := range blocks {
			if r := s.rowOf[k][o]; r >= 0 && (row < 0 || r < row) {
				row = r
			}
		}
	}
	if row < 0 {
		for _, o := range f.Blocks[l] {
			if r := s.rowOf[l][o]; r >= 0 {
				return r
			}
		}
		return -1
	}
	if f, ok := fresh[row]; ok && f != s.freshOf[l][b] {
		return -1
	}
	return row
}

// merge unites recorded rows whose texts a translator has drawn together: a
// row that lost all of a language's text joins the row beside it, if the text
// there now holds it.
func (s *settler) merge() {
	of := make([]map[int][]int, len(s.in)) // by language, the blocks of each row
	for l := range s.in {
		of[l] = map[int][]int{}
		for b, r := range s.rowOf[l] {
			of[l][r] = append(of[l][r], b)
		}
	}
	for l := range s.in {
		if s.column[l] < 0 {
			continue
		}
		for r := range s.rec.Rows {
			if len(of[l][r]) > 0 || !s.expects(l, r) {
				continue
			}
			for _, n := range []int{s.beside(r, -1), s.beside(r, 1)} {
				if n < 0 || len(of[l][n]) == 0 || s.rec.Rows[n].Pinned {
					continue
				}
				if b := of[l][n][len(of[l][n])-1]; !s.swallowed(l, b, n, r) && !s.foundTogether(l, b, n, r, of) {
					continue
				}
				into, from := min(n, r), max(n, r)
				for k := range s.in {
					for _, o := range of[k][from] {
						s.rowOf[k][o] = into
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

// expects reports whether the record has words of the language in a row that is
// free to change. Where it has no block, an editor has put the text elsewhere.
func (s *settler) expects(l, r int) bool {
	row := &s.rec.Rows[r]
	c := &row.Cells[s.column[l]]
	return len(c.Prints) > 0 && c.Saved != "" && !row.Pinned && !row.Gone
}

// beside returns the next row before or after r that is not gone, or -1.
func (s *settler) beside(r, step int) int {
	for r += step; r >= 0 && r < len(s.rec.Rows); r += step {
		if !s.rec.Rows[r].Gone {
			return r
		}
	}
	return -1
}

// swallowed reports whether block b of row n has grown and holds, word for
// word, what row r lost.
func (s *settler) swallowed(l, b, n, r int) bool {
	lost, own := s.rec.Rows[r].Cells[s.column[l]].Saved, s.rec.Rows[n].Cells[s.column[l]].Saved
	text := s.in[l].Doc.Blocks[b].Text
	if len(text) < len(lost) {
		return false
	}
	now := gramsOf(text)
	_, in := likeness(now, gramsOf(lost))
	return in >= partText && now.n > gramsOf(own).n
}

// foundTogether reports whether block b of row n has grown and is found anew to
// say what the other languages have in both rows, n and r, which is how a merged
// paragraph of a new translation is known.
func (s *settler) foundTogether(l, b, n, r int, of []map[int][]int) bool {
	const grown = 1.2
	f := s.freshOf[l][b]
	own := gramsOf(s.rec.Rows[n].Cells[s.column[l]].Saved)
	if f < 0 || s.fresh[f].Confidence < 0.5 || float64(gramsOf(s.in[l].Doc.Blocks[b].Text).n) < grown*float64(own.n) {
		return false
	}
	found := false
	for k := range s.in {
		for _, row := range []int{n, r} {
			for _, o := range of[k][row] {
				if k != l && s.freshOf[k][o] != f {
					return false
				}
				found = found || k != l && row == r
			}
		}
	}
	return found
}

// recorded is the confidence of a row that the record vouches for.
const recorded = 1

// rows forms the rows: one per recorded row, divided where all of its languages
// were, and one per group of fresh blocks; in reading order and numbered.
func (s *settler) rows() []Row {
	n := len(s.in)
	byRow := make([]Row, len(s.rec.Rows))
	for i := range byRow {
		byRow[i] = Row{Number: s.rec.Rows[i].Number, Pinned: s.rec.Rows[i].Pinned, Row: align.Row{Confidence: recorded, Blocks: make([][]int, n)}}
	}
	news := map[int]*Row{}
	var out []Row
	var newOrder []int
	for l := range s.in {
		for b, r := range s.rowOf[l] {
			if r >= 0 {
				byRow[r].Blocks[l] = append(byRow[r].Blocks[l], b)
				continue
			}
			f := s.freshOf[l][b]
			if news[f] == nil {
				news[f] = &Row{Row: align.Row{Blocks: make([][]int, n), Confidence: s.fresh[f].Confidence}}
				newOrder = append(newOrder, f)
			}
			news[f].Blocks[l] = append(news[f].Blocks[l], b)
		}
	}
	var removed []int
	for i := range byRow {
		r := &byRow[i]
		if rowSize(r) == 0 {
			removed = append(removed, i)
			continue
		}
		out = append(out, s.divide(r, s.rec.Rows[i])...)
	}
	for _, f := range newOrder {
		out = append(out, *news[f])
	}
	out = s.inOrder(out)
	out = s.withRemoved(out, removed)
	markOpenings(out, s.in)
	s.numberNew(out)
	for i := range out {
		out[i].State = s.state(&out[i])
	}
	return out
}

// divide splits a row that has more blocks than were recorded, where the fresh
// alignment parts them in every language that has text; the first part keeps
// the number.
func (s *settler) divide(r *Row, old Entry) []Row {
	grown := 0
	for l, blocks := range r.Blocks {
		if s.column[l] >= 0 && len(blocks) > len(old.Cells[s.column[l]].Prints) {
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
			f := s.freshOf[l][b]
			k, ok := byFresh[f]
			if !ok {
				k = len(parts)
				byFresh[f] = k
				parts = append(parts, Row{Row: align.Row{Blocks: make([][]int, len(s.in)), Confidence: r.Confidence}})
				if f >= 0 {
					parts[k].Confidence = s.fresh[f].Confidence
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
	return parts
}

func (s *settler) state(r *Row) []State {
	now := make([]string, len(s.in))
	here := make([]bool, len(s.in))
	cells := make([]Cell, len(s.in))
	i := s.recordedAt(r.Number)
	for l := range s.in {
		if r.Blocks != nil {
			now[l], here[l] = cellText(s.in[l].Doc, r.Blocks[l]), len(r.Blocks[l]) > 0
		}
		if i >= 0 && s.column[l] >= 0 {
			cells[l] = s.rec.Rows[i].Cells[s.column[l]]
		}
	}
	return standing(cells, now, here)
}

func rowSize(r *Row) int {
	n := 0
	for _, b := range r.Blocks {
		n += len(b)
	}
	return n
}

// inOrder sorts rows so that every language's blocks come in its own order as
// far as the languages agree; where they do not, the more languages win, then
// the first. Rows out of some language's order are marked as moved.
func (s *settler) inOrder(rows []Row) []Row {
	heads := make([]int, len(s.in))   // next block of each language
	of := make([][]int, len(s.in))    // row of each block
	first := make([][]int, len(rows)) // first block of each row by language
	for l, v := range s.in {
		of[l] = make([]int, len(v.Doc.Blocks))
	}
	for i := range rows {
		first[i] = slices.Repeat([]int{-1}, len(s.in))
		for l, blocks := range rows[i].Blocks {
			for _, b := range blocks {
				of[l][b] = i
			}
			if len(blocks) > 0 {
				first[i][l] = slices.Min(blocks)
			}
		}
	}
	placed := make([]bool, len(rows))
	var out []Row
	for len(out) < len(rows) {
		best, bestShare, bestAt := -1, -1.0, 0
		for l := range s.in {
			for heads[l] < len(of[l]) && placed[of[l][heads[l]]] {
				heads[l]++
			}
			if heads[l] == len(of[l]) {
				continue
			}
			i := of[l][heads[l]]
			ready, has := 0, 0
			for k, b := range first[i] {
				if b < 0 {
					continue
				}
				has++
				for heads[k] < len(of[k]) && placed[of[k][heads[k]]] {
					heads[k]++
				}
				if b <= heads[k] {
					ready++
				}
			}
			share := float64(ready) / float64(has)
			at := s.recordedAt(rows[i].Number)
			if share > bestShare || share == bestShare && at >= 0 && bestAt >= 0 && at < bestAt {
				best, bestShare, bestAt = i, share, at
			}
		}
		placed[best] = true
		rows[best].Moved = bestShare < 1
		out = append(out, rows[best])
	}
	return out
}

func (s *settler) recordedAt(number string) int {
	if i, ok := s.at[number]; ok {
		return i
	}
	return -1
}

// withRemoved puts the rows that are no more after the row they followed.
func (s *settler) withRemoved(rows []Row, removed []int) []Row {
	follow := map[string][]Row{} // number -> removed rows after it
	prev, next := "", 0
	for _, i := range removed { // ascending
		for ; next <= i; next++ {
			if next < i {
				prev = s.rec.Rows[next].Number
			}
		}
		follow[prev] = append(follow[prev], Row{Number: s.rec.Rows[i].Number, Removed: true, Row: align.Row{Confidence: recorded, Blocks: make([][]int, len(s.in))}})
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

// grams is the set of a text's short runs of letters, for likeness.
type grams struct {
	set map[uint64]int
	n   int
}

// gramsOf takes runs of three letters, of two for Han, letters folded.
func gramsOf(s string) grams {
	g := grams{set: map[uint64]int{}}
	var a, b rune
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
			if b == ' ' {
				continue
			}
		}
		r = unicode.ToLower(r)
		k := uint64(a)<<42 | uint64(b)<<21 | uint64(r)
		if unicode.Is(unicode.Han, r) {
			k = uint64(b)<<21 | uint64(r)
		}
		g.set[k]++
		g.n++
		a, b = b, r
	}
	return g
}

// likeness returns the Dice coefficient of two texts and the share of the
// smaller that stands in the larger, both 0 to 1.
func likeness(x, y grams) (dice, contained float64) {
	if x.n == 0 || y.n == 0 {
		return 0, 0
	}
	small, large := x, y
	if len(large.set) < len(small.set) {
		small, large = large, small
	}
	common := 0
	for k, n := range small.set {
		common += min(n, large.set[k])
	}
	return 2 * float64(common) / float64(x.n+y.n), float64(common) / float64(min(x.n, y.n))
}
