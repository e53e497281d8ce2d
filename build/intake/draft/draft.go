// Package draft is what a reader of a foreign file makes of it: blocks of
// spans, notes, and what was left out, and the Markdown of all that. It knows
// no file format. Every character that a reader finds ends in a block, in a
// note or in Left; Characters gives them back, so that they can be counted.
package draft

import (
	"strings"

	"stele/build/diag"
)

// Document is one language version as it was read.
type Document struct {
	Title  string // as the file's properties have it; may be empty
	Blocks []Block
	Notes  []Note
	Left   []Left
	// Added are the characters of blocks and notes that the source has in
	// another form than text, such as a symbol's code.
	Added []rune
	// Became are the characters of the source that are marks in the Markdown,
	// such as a bullet, or for which another was written, which is in Added.
	Became []rune
	// Doubts are those about no block.
	Doubts []Doubt
}

// Kind is what a Block is.
type Kind uint8

const (
	Paragraph Kind = iota
	Heading
	Item  // of a list
	Table //
	Break // a thematic break
	Code  // lines shown as they are
	Raw   // lines of Markdown, written as they are
)

// Block is a paragraph, heading, item, table …
type Block struct {
	Kind  Kind
	Level int // of a heading, from 1
	// Depth is how many lists are around the list of an Item, or around
	// any other block.
	Depth int
	// Quote is how many quotations are around the block.
	Quote int
	// Label is the number as it is printed before the block: "1.", "а)",
	// "Статья 5."; Joined tells that no space follows it. An Item without a
	// label has a bullet.
	Label  string
	Joined bool
	// Typed tells that the label is part of the source's own text.
	Typed bool
	Spans []Span
	Rows  [][]Cell // of a Table
	// Doubts are to be looked at by an editor.
	Doubts []Doubt
	// Anchor names the block for links to it; empty for most.
	Anchor string
	// Line is where the block stands in the source: a line, or the ordinal of
	// a paragraph; 0 if it cannot be said.
	Line int
}

// Labelled is the block's text with its label before it.
func (b *Block) Labelled() string {
	if b.Label != "" && !b.Joined {
		return b.Label + " " + b.Text()
	}
	return b.Label + b.Text()
}

// Cell is a cell of a table.
type Cell struct {
	Blocks []Block
	// Merged tells that the cell is the continuation of one to the left of it
	// or above it, and empty.
	Merged bool
}

// Span is a piece of running text. A span with a Note or a Break has no text.
type Span struct {
	Text  string
	Style Style
	Link  string // where it leads; empty for most
	Note  int    // 1-based in Document.Notes
	Break bool   // the end of a line that is meant
	// Ready text is Markdown already and is written as it is.
	Ready bool
}

// Style is how a Span is set.
type Style uint8

const (
	Bold Style = 1 << iota
	Italic
	Struck
)

// Note is a footnote.
type Note struct {
	Name   string // what its mark says: "1"
	Blocks []Block
}

// Left is a piece of the source that is in no block.
type Left struct {
	What string // one of the reasons below
	Text string // in full
}

// The reasons for leaving something out.
const (
	Deleted   = "deletion"
	Comment   = "comment"
	Header    = "header"
	Contents  = "contents"
	Cover     = "cover" // of a document that the site itself wrote
	Hidden    = "hidden"
	Invisible = "invisible"
	Outside   = "outside"
	Unused    = "unused"
	Number    = "number"
	Mark      = "mark"
	Picture   = "picture"
	Page      = "page"
	Script    = "script"
	Other     = "other"
)

// Doubt is a finding that waits for its place in the Markdown.
type Doubt struct {
	Severity diag.Severity
	Code     diag.Code
	Pairs    []any
}

// Omit notes that a piece of text is left out, unless nothing is in it.
func (d *Document) Omit(what, text string) {
	if strings.TrimSpace(text) != "" {
		d.Left = append(d.Left, Left{what, text})
	}
}

// Drop leaves out a block that is empty to the eye, with what is invisible in it.
func (d *Document) Drop(b *Block) {
	d.Omit(Invisible, b.Text())
	for _, row := range b.Rows {
		for _, c := range row {
			for i := range c.Blocks {
				d.Drop(&c.Blocks[i])
			}
		}
	}
}

// Doubt notes a finding about the whole document.
func (d *Document) Doubt(sev diag.Severity, code diag.Code, pairs ...any) {
	d.Doubts = append(d.Doubts, Doubt{sev, code, pairs})
}

// Doubt notes a finding about the block.
func (b *Block) Doubt(sev diag.Severity, code diag.Code, pairs ...any) {
	b.Doubts = append(b.Doubts, Doubt{sev, code, pairs})
}

// Text is the text of the block's spans, with a space for a line end, without
// its label.
func (b *Block) Text() string { return textOf(b.Spans) }

func textOf(spans []Span) string {
	var s strings.Builder
	for _, p := range spans {
		if p.Break {
			s.WriteByte(' ')
		}
		s.WriteString(p.Text)
	}
	return s.String()
}

// Empty reports whether nothing is in the block to be shown.
func (b *Block) Empty() bool {
	if b.Kind == Break {
		return false
	}
	for _, row := range b.Rows {
		for _, c := range row {
			for i := range c.Blocks {
				if !c.Blocks[i].Empty() || c.Blocks[i].Label != "" {
					return false
				}
			}
		}
	}
	for _, s := range b.Spans {
		if s.Note > 0 || strings.TrimSpace(Clean(s.Text)) != "" {
			return false
		}
	}
	return true
}

// Each visits all blocks, those in cells of tables and in notes too.
func (d *Document) Each(visit func(*Block)) {
	each(d.Blocks, visit)
	for _, n := range d.Notes {
		each(n.Blocks, visit)
	}
}

func each(list []Block, visit func(*Block)) {
	for i := range list {
		visit(&list[i])
		for _, row := range list[i].Rows {
			for _, c := range row {
				each(c.Blocks, visit)
			}
		}
	}
}

// AddTable adds a table to blocks of the document. One that is empty is left
// out, and one of a single column is a frame around its text.
func (d *Document) AddTable(b *Block, to *[]Block) {
	columns := 0
	for _, row := range b.Rows {
		columns = max(columns, len(row))
	}
	switch {
	case b.Empty():
		d.Drop(b)
	case columns > 1:
		*to = append(*to, *b)
		return
	default:
		for _, row := range b.Rows {
			for _, c := range row {
				*to = append(*to, c.Blocks...)
			}
		}
	}
	d.Doubts = append(d.Doubts, b.Doubts...)
}

// Characters is all text of the document that comes from the source, in no
// particular order: blocks, notes and what was left out, without the labels
// that the source does not spell out.
func (d *Document) Characters() string {
	var s strings.Builder
	d.Each(func(b *Block) {
		if b.Typed {
			s.WriteString(b.Label + " ")
		}
		for _, p := range b.Spans {
			s.WriteString(p.Text)
		}
		s.WriteByte('\n')
	})
	for _, l := range d.Left {
		s.WriteString(l.Text + "\n")
	}
	s.WriteString(string(d.Became))
	return s.String()
}
