package intake

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"stele/build/doc"
	"stele/build/intake/draft"
)

// missing returns the characters that the source has more often than the
// document with what it left out; none is how it must be.
func missing(source string, d *draft.Document) string {
	have := tally(d.Characters())
	for _, r := range fold(string(d.Added)) {
		have[r]--
	}
	var lost []rune
	for r, n := range tally(source) {
		for range min(n-have[r], 20) {
			lost = append(lost, r)
		}
	}
	slices.Sort(lost)
	return string(lost)
}

// tally counts characters, without white space.
func tally(s string) map[rune]int {
	out := map[rune]int{}
	for _, r := range fold(s) {
		out[r]++
	}
	return out
}

// fold brings a text into the form in which characters are counted: without
// white space, raised figures as figures.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

// Same reports whether two texts have the same characters, however they are
// ordered, parted and composed.
func Same(a, b string) bool {
	x, y := tally(a), tally(b)
	if len(x) != len(y) {
		return false
	}
	for r, n := range x {
		if y[r] != n {
			return false
		}
	}
	return true
}

// words is the text that the Markdown of a document must show.
func words(d *draft.Document) string {
	var s strings.Builder
	var blocks func(list []draft.Block, cell bool)
	blocks = func(list []draft.Block, cell bool) {
		for i := range list {
			b := &list[i]
			s.WriteString(b.Label + " ")
			if cell && b.Kind == draft.Item && b.Label == "" && len(list) > 1 {
				s.WriteString("•")
			}
			for _, p := range b.Spans {
				s.WriteString(p.Text)
			}
			s.WriteByte('\n')
			for _, row := range b.Rows {
				for _, c := range row {
					blocks(c.Blocks, true)
				}
			}
		}
	}
	blocks(d.Blocks, false)
	for _, n := range d.Notes {
		blocks(n.Blocks, false)
	}
	return s.String()
}

// Shown is all text of a document as readers see it, with the numbers of its items.
func Shown(d *doc.Document) string {
	var b strings.Builder
	var blocks func([]doc.Block)
	blocks = func(list []doc.Block) {
		for i := range list {
			k := &list[i]
			if n := len(k.Within); k.Kind == doc.Item && n > 0 && k.Within[n-1].Kind == doc.Numbers {
				mark := "."
				if k.Within[n-1].Paren {
					mark = ")"
				}
				b.WriteString(strconv.Itoa(k.Within[n-1].Number) + mark + " ")
			}
			b.WriteString(k.Text + "\n")
			for _, n := range k.Notes {
				blocks(n.Blocks)
			}
		}
	}
	blocks(d.Blocks)
	return b.String()
}

// Visible reports whether a character is one that a text may contain.
func Visible(r rune) bool { return draft.Clean(string(r)) != "" }
