package record

import (
	"cmp"
	"slices"
	"strings"

	"stele/build/doc"
)

// place is a block as the record has it: a row and which of the row's blocks.
type place struct{ row, nth int }

// blocksOf lists the blocks that the record has of a language, in its order.
func (rc *reconciler) blocksOf(l int) (places []place, fingerprints []string) {
	for i, r := range rc.rec.Entries {
		for n, p := range r.Cells[rc.column[l]].Fingerprints {
			places = append(places, place{i, n})
			fingerprints = append(fingerprints, p)
		}
	}
	return places, fingerprints
}

// assignUnchanged assigns the blocks whose fingerprints the record has. A fingerprint
// that stands in several places keeps to the order, runs of neighbours first.
func (rc *reconciler) assignUnchanged(l int) {
	places, fingerprints := rc.blocksOf(l)
	at := make(map[string][]int, len(fingerprints))
	for i, p := range fingerprints {
		at[p] = append(at[p], i)
	}
	now := rc.fingerprints[l]
	count := make(map[string]int, len(now))
	for _, p := range now {
		count[p]++
	}
	taken := make([]bool, len(fingerprints))
	give := func(b, i int) {
		rc.entryOf[l][b] = places[i].row
		taken[i] = true
	}
	match := slices.Repeat([]int{-1}, len(now)) // block -> index in fingerprints
	for b, p := range now {
		if is := at[p]; len(is) == 1 && count[p] == 1 {
			match[b] = is[0]
			give(b, is[0])
		}
	}
	// Repeated texts: next to an assigned neighbour first, forwards and backwards.
	extend := func(b, from, step int) {
		if match[b] >= 0 || from < 0 {
			return
		}
		if i := from + step; i >= 0 && i < len(fingerprints) && !taken[i] && fingerprints[i] == now[b] {
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

// When a block counts as an edited form of a recorded one, or as a part of it.
// They were set by judgement; TestNumbersSurviveEdits holds with them.
const (
	sameText  = 0.5  // Dice coefficient from which two texts are forms of one
	farMore   = 0.2  // how much more it must be for texts far from each other
	partText  = 0.75 // share of the shorter text that the longer must hold
	leastPart = 0.1  // how much of the longer the shorter must be for that to tell anything: a long paragraph has the words of many a heading
	reach     = 40   // how far from its place, in blocks, a block is near
	displaced = 0.1  // how much less a text elsewhere is like than one in place
	slack     = 1.2  // how much longer than the whole its parts together may be
	// farPairs is how many pairs of blocks are compared at most, however far
	// from each other; in a wholly new text distant likenesses are not looked for.
	farPairs = 1 << 20
)

// lostBlock is a recorded block that is not there any more.
type lostBlock struct {
	place
	text  grams
	order int // among all recorded blocks of the language
}

// likePair is a block with a lost block that it may be a form of.
type likePair struct {
	block, lost int
	score       float64
	size        int  // of the block
	part        bool // the block and others may be what the lost one was divided into
}

// assignEdited assigns blocks that were edited: those most like a recorded block
// that is not there any more, near its place first.
func (rc *reconciler) assignEdited(l int) {
	if !slices.Contains(rc.entryOf[l], -1) {
		return
	}
	places, fingerprints := rc.blocksOf(l)
	lost := rc.lostBlocks(l, places, fingerprints)
	if len(lost) == 0 {
		return
	}
	pairs := rc.likePairs(l, lost, rc.expectedPlaces(l, places))
	slices.SortStableFunc(pairs, func(x, y likePair) int { return cmp.Compare(y.score, x.score) })
	used := make([]bool, len(lost))
	held := make([]int, len(lost)) // the size of the blocks that took a lost one's place
	for _, p := range pairs {
		if rc.entryOf[l][p.block] >= 0 || used[p.lost] && !p.part {
			continue
		}
		// Both halves of a divided block are like it; two forms of it are not its
		// halves, for they do not find room in it.
		if used[p.lost] && float64(held[p.lost]+p.size) > slack*float64(lost[p.lost].text.n) {
			continue
		}
		rc.entryOf[l][p.block] = lost[p.lost].row
		used[p.lost] = true
		held[p.lost] += p.size
	}
}

// lostBlocks lists, in their order, the recorded blocks whose fingerprints no
// assigned block has, but for those of which no text was saved.
func (rc *reconciler) lostBlocks(l int, places []place, fingerprints []string) []lostBlock {
	present := make(map[string]int, len(rc.fingerprints[l]))
	for b, p := range rc.fingerprints[l] {
		if rc.entryOf[l][b] >= 0 {
			present[p]++
		}
	}
	var lost []lostBlock
	var texts []string // of the row
	for i, p := range places {
		if p.nth == 0 {
			texts = strings.Split(rc.rec.Entries[p.row].Cells[rc.column[l]].Saved, Pilcrow)
		}
		if present[fingerprints[i]] > 0 {
			present[fingerprints[i]]--
			continue
		}
		if p.nth < len(texts) && texts[p.nth] != "" {
			lost = append(lost, lostBlock{p, gramsOf(texts[p.nth]), i})
		}
	}
	return lost
}

// likePairs compares the blocks that have no row yet with the lost ones: with
// those near where each is expected, and with all others if they are not too many.
func (rc *reconciler) likePairs(l int, lost []lostBlock, expected []int) []likePair {
	var pairs []likePair
	blocks := rc.in[l].Doc.Blocks
	everywhere := len(lost)*len(blocks) <= farPairs
	var all *likeTexts
	if everywhere {
		all = likeTextsOf(lost)
	}
	for b := range blocks {
		if rc.entryOf[l][b] >= 0 {
			continue
		}
		g := gramsOf(blocks[b].Text)
		like := func(k int) (dice, contained float64) { return likeness(g, lost[k].text) }
		if everywhere {
			common := all.compare(g)
			like = func(k int) (dice, contained float64) { return g.with(lost[k].text, common[k]) }
		}
		first, _ := slices.BinarySearchFunc(lost, expected[b]-reach, func(x lostBlock, o int) int { return cmp.Compare(x.order, o) })
		for k := first; k < len(lost); k++ {
			far := lost[k].order > expected[b]+reach
			if far && !everywhere {
				break
			}
			dice, contained := like(k)
			// A paragraph that took in another one is like both: it stays the one
			// whose place it has.
			score := dice
			if o := lost[k].order - expected[b]; o < 0 || o > 1 {
				score -= displaced
			}
			switch {
			case dice >= sameText && (!far || dice >= sameText+farMore):
				pairs = append(pairs, likePair{b, k, score, g.n, contained >= partText && !far && g.n < lost[k].text.n})
			case contained >= partText && !far && float64(min(g.n, lost[k].text.n)) >= leastPart*float64(max(g.n, lost[k].text.n)):
				// Whatever is like as a whole goes before a part.
				pairs = append(pairs, likePair{b, k, contained * sameText, 0, true})
			}
		}
		if everywhere {
			for k := range lost[:first] {
				if dice, _ := like(k); dice >= sameText+farMore {
					pairs = append(pairs, likePair{b, k, dice, g.n, false})
				}
			}
		}
	}
	return pairs
}

// assignReplaced assigns a block that was written anew from end to end, such as a
// placeholder: it stands where the one block of a recorded row stood, between
// the same neighbours, and another language still has the row there. A pinned
// row keeps such a block too.
func (rc *reconciler) assignReplaced() {
	// at is the row of a block; the ends of a text are rows before and after all.
	at := func(l, b int) int {
		switch rows := rc.entryOf[l]; {
		case b < 0:
			return -1
		case b >= len(rows):
			return len(rc.rec.Entries)
		case rows[b] < 0:
			return len(rc.rec.Entries) + 1 // not assigned: nobody's neighbour
		default:
			return rows[b]
		}
	}
	here := make([]map[int][]int, len(rc.in)) // by language, the blocks of each row
	for l := range rc.in {
		here[l] = map[int][]int{}
		for b, r := range rc.entryOf[l] {
			here[l][r] = append(here[l][r], b)
		}
	}
	for l := range rc.in {
		if rc.column[l] < 0 {
			continue
		}
		for _, b := range here[l][-1] {
			before, after := at(l, b-1), at(l, b+1)
			if after > len(rc.rec.Entries) || before > len(rc.rec.Entries) || rc.neighbour(before, 1) != rc.neighbour(after, -1) {
				continue
			}
			r := rc.neighbour(before, 1)
			if r < 0 || len(here[l][r]) > 0 || len(rc.rec.Entries[r].Cells[rc.column[l]].Fingerprints) != 1 {
				continue
			}
			for k := range rc.in {
				n := len(here[k][r])
				if n == 0 || !opensAlike(&rc.in[l].Doc.Blocks[b], &rc.in[k].Doc.Blocks[here[k][r][0]]) {
					continue
				}
				if at(k, here[k][r][0]-1) == before && at(k, here[k][r][n-1]+1) == after {
					rc.entryOf[l][b] = r
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

// expectedPlaces gives, for each block, the place in the recorded order where it
// would stand if nothing was moved: right after the assigned block before it.
func (rc *reconciler) expectedPlaces(l int, places []place) []int {
	firstOf := map[int]int{}
	for i, p := range places {
		if _, ok := firstOf[p.row]; !ok {
			firstOf[p.row] = i
		}
	}
	out := make([]int, len(rc.entryOf[l]))
	last := 0
	for b, r := range rc.entryOf[l] {
		if i, ok := firstOf[r]; ok {
			last = i
		}
		out[b] = last
	}
	return out
}
