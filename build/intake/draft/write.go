package draft

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"stele/build/hidden"
)

// Written is a document as Markdown.
type Written struct {
	Text string
	// At and End are, for each block, where it stands in Text.
	At, End []int
	// Doubts are those of the blocks with their offsets in Text.
	Doubts []Placed
}

// Placed is a Doubt with its offset in the Markdown.
type Placed struct {
	Offset int
	Doubt
}

// Write writes the document as Markdown, after the head, which is its front
// matter. Characters that no text may contain must have been taken out before.
func (d *Document) Write(head string) Written {
	w := &writer{doc: d, notes: map[int]bool{}}
	w.b.WriteString(head)
	w.blocks(d.Blocks, "", true)
	for n := range d.Notes {
		w.note(n)
	}
	out := w.b.String()
	if out != "" && !strings.HasSuffix(out, "\n") {
		out += "\n"
	}
	w.Text = out
	return w.Written
}

type writer struct {
	Written
	doc   *Document
	b     strings.Builder
	notes map[int]bool
}

// level is a list that is open.
type level struct {
	depth  int
	mark   byte // '-', '.' or ')'
	next   int  // the number that continues it
	indent string
}

// blocks writes blocks one below the other. Outer tells that their places are kept.
func (w *writer) blocks(list []Block, indent string, outer bool) {
	var open []level
	quote := 0
	first := !outer // a note's first block stands on its mark's line
	for i := range list {
		b := &list[i]
		between := indent + strings.Repeat("> ", min(b.Quote, quote))
		if b.Quote != quote {
			open, quote = nil, b.Quote
		}
		prefix := indent + strings.Repeat("> ", b.Quote)
		number, mark, counted := listMark(b)
		item := b.Kind == Item && (counted || b.Label == "")
		if b.Kind == Item && b.Label == "" {
			mark = '-'
		}
		var above *level // the list that b continues
		for len(open) > 0 {
			last := &open[len(open)-1]
			if item && last.depth == b.Depth {
				above = last
			}
			if last.depth < b.Depth || above != nil {
				break
			}
			open = open[:len(open)-1]
		}
		parent := prefix
		if n := len(open); n > 0 && above == nil {
			parent = open[n-1].indent
		} else if n > 1 {
			parent = open[n-2].indent
		}
		tight := false
		switch {
		case above == nil || i == 0:
		case above.mark != mark:
		case mark != '-' && above.next != number:
			// A comment keeps Markdown from counting on.
			w.gap(false, between, &first)
			w.b.WriteString(parent + "<!-- -->")
		default:
			tight = list[i-1].Kind == Item && list[i-1].Quote == b.Quote
		}
		w.gap(tight, between, &first)
		at := w.b.Len()
		inner := parent
		marker := ""
		if item {
			marker = "- "
			if mark != '-' {
				marker = strconv.Itoa(number) + string(mark) + " "
			}
			inner = parent + strings.Repeat(" ", len(marker))
			l := level{b.Depth, mark, number + 1, inner}
			if above != nil {
				*above = l
			} else {
				open = append(open, l)
			}
		}
		w.block(b, parent, marker, inner, item, outer || i > 0)
		end := w.b.Len()
		if outer {
			w.At = append(w.At, at)
			w.End = append(w.End, end)
		}
		w.doubts(b, at)
	}
}

// doubts places the doubts of a block and of what is in it.
func (w *writer) doubts(b *Block, at int) {
	for _, d := range b.Doubts {
		w.Doubts = append(w.Doubts, Placed{at, d})
	}
	for _, row := range b.Rows {
		for _, c := range row {
			for i := range c.Blocks {
				w.doubts(&c.Blocks[i], at)
			}
		}
	}
}

// gap parts a block from the one before it.
func (w *writer) gap(tight bool, prefix string, first *bool) {
	switch {
	case *first:
		*first = false
	case strings.HasSuffix(w.b.String(), "\n\n") || w.b.Len() == 0: // after the head
	case tight:
		w.b.WriteString("\n")
	default:
		if s := w.b.String(); !strings.HasSuffix(s, "\n") {
			w.b.WriteString("\n")
		}
		w.b.WriteString(strings.TrimRight(quoteOf(prefix), " ") + "\n")
	}
}

// quoteOf is the part of a prefix that an empty line in a quotation needs.
func quoteOf(prefix string) string {
	if !strings.Contains(prefix, ">") {
		return ""
	}
	return prefix
}

// listMark is the number and the delimiter of an item that Markdown can count.
func listMark(b *Block) (number int, mark byte, ok bool) {
	n := len(b.Label) - 1
	if b.Kind != Item || n < 1 || n > 9 || b.Joined || b.Label[n] != '.' && b.Label[n] != ')' || n > 1 && b.Label[0] == '0' {
		return 0, 0, false
	}
	for i := range n {
		if b.Label[i] < '0' || b.Label[i] > '9' {
			return 0, 0, false
		}
	}
	number, err := strconv.Atoi(b.Label[:n])
	return number, b.Label[n], err == nil
}

// block writes one block. Own tells that it begins a line of its own.
func (w *writer) block(b *Block, parent, marker, inner string, item, own bool) {
	start := parent
	if !own {
		start = ""
	}
	switch b.Kind {
	case Heading:
		w.b.WriteString(start + strings.Repeat("#", min(max(b.Level, 1), 6)) + " ")
		text := w.inline(labelled(b), "", inHeading)
		w.b.WriteString(text)
		if b.Anchor != "" {
			w.b.WriteString(" {#" + b.Anchor + "}")
		}
	case Break:
		w.b.WriteString(start + "* * *")
	case Raw:
		w.b.WriteString(strings.TrimRight(b.Text(), "\n"))
	case Code:
		w.code(b, start, inner)
	case Table:
		w.table(b, start, inner)
	default:
		if item {
			text := w.inline(b.Spans, inner, inText)
			w.b.WriteString(strings.TrimRight(start+marker+text, " "))
			return
		}
		w.b.WriteString(start + w.inline(labelled(b), parent, inText))
	}
}

// labelled are the block's spans with its label before them.
func labelled(b *Block) []Span {
	if b.Label == "" {
		return b.Spans
	}
	label := b.Label
	if !b.Joined && len(b.Spans) > 0 {
		label += " "
	}
	return append([]Span{{Text: label}}, b.Spans...)
}

// code writes lines as they are, between fences longer than any in them.
func (w *writer) code(b *Block, start, inner string) {
	text := strings.Trim(b.Text(), "\n")
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	w.b.WriteString(start + fence + "\n")
	for line := range strings.SplitSeq(text, "\n") {
		w.b.WriteString(strings.TrimRight(inner+line, " ") + "\n")
	}
	w.b.WriteString(inner + fence)
}

// table writes a table; its first row is the head.
func (w *writer) table(b *Block, start, inner string) {
	columns := 1
	for _, r := range b.Rows {
		columns = max(columns, len(r))
	}
	for i, r := range b.Rows {
		if i > 0 {
			start = "\n" + inner
		}
		w.b.WriteString(start + "|")
		for c := range columns {
			text := ""
			if c < len(r) {
				text = w.cell(r[c].Blocks)
			}
			if text == "" {
				w.b.WriteString("  |")
				continue
			}
			w.b.WriteString(" " + text + " |")
		}
		if i == 0 {
			w.b.WriteString("\n" + inner + "|" + strings.Repeat(" --- |", columns))
		}
	}
}

// cell writes the blocks of a cell one after the other.
func (w *writer) cell(blocks []Block) string {
	var parts []string
	for i := range blocks {
		b := &blocks[i]
		if b.Kind == Table {
			for _, row := range b.Rows {
				for _, c := range row {
					if s := w.cell(c.Blocks); s != "" {
						parts = append(parts, s)
					}
				}
			}
			continue
		}
		spans := labelled(b)
		if b.Kind == Item && b.Label == "" && len(blocks) > 1 {
			spans = append([]Span{{Text: "• "}}, spans...)
		}
		if s := w.inline(spans, "", inCell); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// note writes a footnote's definition.
func (w *writer) note(n int) {
	blocks := w.doc.Notes[n].Blocks
	if len(blocks) == 0 {
		blocks = []Block{{}}
	}
	first := false
	w.gap(false, "", &first)
	w.b.WriteString("[^" + w.doc.Notes[n].Name + "]: ")
	w.blocks(blocks, "    ", false)
}

// Head is a front matter of keys and values, in their order.
func Head(pairs ...[2]string) string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, p := range pairs {
		if p[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", p[0], scalar(p[1]))
		}
	}
	b.WriteString("---\n\n")
	return b.String()
}

// scalar writes a value so that YAML reads the same words.
func scalar(s string) string {
	s = Fold(Clean(s))
	plain := s != "" && !strings.ContainsAny(s[:1], "-?:,[]{}#&*!|>'\"%@`~=0123456789.+<") &&
		!strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":")
	switch strings.ToLower(s) {
	case "yes", "no", "on", "off", "true", "false", "null", "y", "n":
		plain = false
	}
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// Fold puts a text on one line without white space at its ends and with one space
// where there is some within. Spaces of the width of a Chinese character are as
// they were: 第一章　总则.
func Fold(s string) string {
	var b strings.Builder
	gap, wide := false, 0
	for _, r := range s {
		if unicode.IsSpace(r) {
			gap = true
			if r == wideSpace {
				wide++
			}
			continue
		}
		switch {
		case b.Len() == 0: // what stands before is an indent
		case wide > 0:
			b.WriteString(strings.Repeat(string(wideSpace), wide))
		case gap:
			b.WriteByte(' ')
		}
		gap, wide = false, 0
		b.WriteRune(r)
	}
	return b.String()
}

// wideSpace is the space of the width of a Chinese character.
const wideSpace = '\u3000'

// Clean takes out the characters that no text may contain.
func Clean(s string) string {
	out, _ := Part(s)
	return out
}

// Part parts a text from the characters in it that no text may contain, and
// from soft hyphens, which are hints of layout.
func Part(s string) (text, invisible string) {
	left := func(r rune) bool { return r == softHyphen || hidden.Is(r) }
	if !strings.ContainsFunc(s, left) { // as most texts
		return norm.NFC.String(s), ""
	}
	var out, gone strings.Builder
	for _, r := range s {
		if left(r) {
			gone.WriteRune(r)
			continue
		}
		out.WriteRune(r)
	}
	return norm.NFC.String(out.String()), gone.String()
}

const softHyphen = '\u00ad'
