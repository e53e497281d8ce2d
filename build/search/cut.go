package search

import (
	"strconv"
	"unicode/utf8"
)

// Files of the index hold pieces of sorted keys and of passages. Pieces are cut
// where what stands there says so, not where they are full: then an edit changes
// the pieces that hold what was edited, and after one or two all cuts are where
// they were. (The idea is that of programs which store only what changed of a file:
// Muthitacharoen and others, A Low-bandwidth Network File System, 2001.) A piece is
// named by what it begins with, so that more or fewer pieces before it change
// nothing of it.

// cutter cuts a list of items.
type cutter struct {
	items  int
	weight func(i int) int
	mark   func(i int) uint32 // how little a piece may begin with the item
	most   int                // weight of a piece
	free   func(i int) bool   // whether a piece may begin with it; asked where one is to
}

// cuts are the first items of the pieces, in the order of the list. A piece has at
// least half of what it may have, but the last, and one before an item that is too
// large; where in its second half it ends, says the item with the lowest mark.
func (c *cutter) cuts() []int {
	if c.items == 0 {
		return nil
	}
	out := []int{0}
	begin, n, best := 0, 0, 0
	for i := 0; i < c.items; i++ {
		w := c.weight(i)
		if i > begin && n+w > c.most {
			if best == 0 {
				best = i
			}
			if c.free(best) {
				out = append(out, best)
				begin, n, i, best = best, 0, best-1, 0 // what comes after it is looked at again
				continue
			}
			best = 0
		}
		if i > begin && n >= c.most/2 && (best == 0 || c.mark(i) < c.mark(best)) {
			best = i
		}
		n += w
	}
	return out
}

// scattered is another number for each number, so that the names of pieces, whose
// scattered marks are low, do not lie close together.
func scattered(mark uint32) uint32 { return mark * 2654435769 }

// markOf is a number by which a key or name is known: FNV-1a of its characters. The
// script of the theme makes the same (mark in search.js).
func markOf(s string) uint32 {
	h := uint32(2166136261)
	for _, r := range s {
		h = (h ^ uint32(r)) * 16777619
	}
	return h
}

// nameOf is a mark as it stands in the name of a file.
func nameOf(mark uint32) string { return strconv.FormatUint(uint64(mark), 36) }

// once reports of each mark whether it is met for the first time.
type once map[uint32]bool

func (o once) free(mark uint32) bool {
	if o[mark] {
		return false
	}
	o[mark] = true
	return true
}

const (
	// blockSize is how many bytes of keys a block holds at most, front coded.
	blockSize = 6 << 10
	// chunkSize is how many bytes of lists a chunk holds at most.
	chunkSize = 6000
)

// cut cuts keys and lists. Where the keys stand with their lists, these count too.
func (g *language) cut() {
	taken := once{} // by chunks, with one of which each block begins
	chunks := func(from, to int) {
		c := cutter{items: to - from, most: 8 * chunkSize}
		c.weight = func(i int) int {
			n := g.bitsOf(from + i)
			if g.inline {
				n += 8 * utf8.RuneCountInString(g.keys[from+i])
			}
			return n
		}
		c.mark = func(i int) uint32 { return scattered(markOf(g.keys[from+i])) }
		c.free = func(i int) bool { return taken.free(markOf(g.keys[from+i])) }
		for _, i := range c.cuts() {
			g.chunks = append(g.chunks, from+i)
		}
	}
	if g.inline {
		taken[markOf(g.keys[0])] = true
		chunks(0, len(g.keys))
		return
	}
	c := cutter{items: len(g.keys), most: blockSize}
	c.weight = func(i int) int {
		if i == 0 {
			return 2 + utf8.RuneCountInString(g.keys[i])
		}
		same, n := g.keys[i-1], 0
		for n < len(same) && n < len(g.keys[i]) && same[n] == g.keys[i][n] {
			n++
		}
		return 2 + utf8.RuneCountInString(g.keys[i][n:])
	}
	c.mark = func(i int) uint32 { return scattered(markOf(g.keys[i])) }
	c.free = func(i int) bool { return taken.free(markOf(g.keys[i])) }
	taken[markOf(g.keys[0])] = true
	g.blocks = c.cuts()
	for b, from := range g.blocks {
		to := len(g.keys)
		if b+1 < len(g.blocks) {
			to = g.blocks[b+1]
		}
		chunks(from, to)
	}
}
