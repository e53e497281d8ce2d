package intake

import (
	"strings"

	"stele/build/diag"
	"stele/build/intake/draft"
)

// outline brings the levels of headings into the order of a text: one of the
// first level, which is the title, and no level passed over. It returns the
// title. Whole tells that blocks may be joined, with the joint: a title in several lines.
func outline(d *draft.Document, whole bool, joint string) string {
	at := titleOf(d)
	title := ""
	if at >= 0 {
		for whole && at+1 < len(d.Blocks) {
			next := &d.Blocks[at+1]
			if d.Blocks[at].Level > 0 || next.Kind != draft.Heading || next.Level > 0 || next.Label != "" {
				break
			}
			b := &d.Blocks[at]
			b.Spans = append(append(b.Spans, draft.Span{Text: joint}), next.Spans...)
			b.Doubts = append(b.Doubts, next.Doubts...)
			b.Doubt(diag.Warning, draft.Joined.As("title"), "Text", clip(next.Text()))
			d.Blocks = append(d.Blocks[:at+1], d.Blocks[at+2:]...)
		}
		b := &d.Blocks[at]
		title = b.Labelled()
	}
	least := 0
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Kind == draft.Heading && i != at && b.Level > 0 && (least == 0 || b.Level < least) {
			least = b.Level
		}
	}
	last := 1
	for i := range d.Blocks {
		b := &d.Blocks[i]
		switch {
		case b.Kind != draft.Heading:
		case i == at:
			b.Level, last = 1, 1
		case b.Level == 0:
			b.Level, last = 2, 2
		default:
			b.Level = min(b.Level-least+2, last+1, 6)
			last = b.Level
		}
	}
	return draft.Fold(title)
}

// titleOf is the block that is the title: the first that says so (level 0), or
// a heading above all others; -1 if there is none.
func titleOf(d *draft.Document) int {
	first, count, least := -1, 0, 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind != draft.Heading {
			continue
		}
		if b.Level == 0 {
			return i
		}
		switch {
		case least == 0 || b.Level < least:
			least, count = b.Level, 1
			if first < 0 {
				first = i
			} else {
				first = -2 // what stands above all others comes later
			}
		case b.Level == least:
			count++
		}
	}
	if first >= 0 && count == 1 && d.Blocks[first].Label == "" {
		return first
	}
	return -1
}

func clip(s string) string { return diag.Clip(strings.Join(strings.Fields(s), " "), diag.Quoted) }
