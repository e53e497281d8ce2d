package doc

import (
	"fmt"
	"strings"
)

// Dump writes a document as text that people can read, for tests: a line for
// each block, with its place in the file, the containers that it stands in, its
// kind and what it holds. Elements are in braces. A row of a table has a line of
// its own, and so has each block of a note.
func Dump(d *Document) string {
	w := dumper{doc: d}
	w.blocks(d.Blocks, "")
	for _, v := range d.Waivers {
		fmt.Fprintf(&w, "waiver %d:%d %v %q before block %d\n", v.Pos.Line, v.Pos.Col, v.Codes, v.Reason, v.Block)
	}
	return w.String()
}

type dumper struct {
	strings.Builder
	doc *Document
}

// kindNames are in the order of the kinds.
var kindNames = [...]string{"p", "h", "item", "code", "table", "row", "term", "def", "break"}

func (w *dumper) blocks(bs []Block, indent string) {
	for i := range bs {
		b := &bs[i]
		from, to := w.doc.Lines.Pos(b.Start), w.doc.Lines.Pos(b.End)
		fmt.Fprintf(w, "%s%d:%d-%d:%d ", indent, from.Line, from.Col, to.Line, to.Col)
		for _, c := range b.Within {
			switch c.Kind {
			case Quote:
				w.WriteString("quote>")
			case Bullets:
				w.WriteString("ul>")
			case Numbers:
				fmt.Fprintf(w, "ol%d", c.Number)
				if c.Paren {
					w.WriteByte(')')
				}
				w.WriteByte('>')
			case Remark:
				w.WriteString("remark")
				fmt.Fprint(w, c.Number)
				if c.Label != "" {
					w.WriteString("(" + c.Label + ")")
				}
				if c.First {
					w.WriteByte('^')
				}
				if c.Titled {
					w.WriteByte('=')
				}
				w.WriteByte('>')
			}
		}
		w.WriteString(kindNames[b.Kind])
		if b.Kind == Heading {
			auto := ""
			if b.AutoID {
				auto = "~"
			}
			fmt.Fprintf(w, "%d %s#%s", b.Level, auto, b.ID)
			for _, id := range b.Aliases {
				w.WriteString(" #" + id)
			}
		}
		w.WriteString([...]string{NoTask: "", Undone: " [ ]", Done: " [x]"}[b.Task])
		if b.Syntax != "" {
			w.WriteString(" " + b.Syntax)
		}
		w.WriteString(": ")
		w.inlines(b.Inlines)
		w.WriteByte('\n')
		for _, r := range b.Rows {
			w.row(r, indent+"  ")
		}
		for _, n := range b.Notes {
			fmt.Fprintf(w, "%s  note %d\n", indent, n.Number)
			w.blocks(n.Blocks, indent+"    ")
		}
	}
}

var alignNames = [...]string{AlignNone: "| ", AlignLeft: "|< ", AlignCenter: "|= ", AlignRight: "|> "}

func (w *dumper) row(r TableRow, indent string) {
	w.WriteString(indent)
	if r.Head {
		w.WriteString("head ")
	}
	for _, c := range r.Cells {
		w.WriteString(alignNames[c.Align])
		w.inlines(c.Inlines)
		w.WriteByte(' ')
	}
	w.WriteString("|\n")
}

var styleNames = [...]string{Emphasis: "em", Strong: "strong", Strike: "strike", Sub: "sub", Sup: "sup", Key: "key", Underline: "u", Marked: "span"}

func (w *dumper) inlines(inlines []Inline) {
	for _, n := range inlines {
		switch n := n.(type) {
		case *Text:
			w.WriteString(strings.ReplaceAll(n.S, "\n", "⏎"))
			continue
		case *Styled:
			w.WriteString("{" + styleNames[n.Style])
			if n.Lang != "" {
				w.WriteString(" lang=" + n.Lang)
			}
			if n.Dir != "" {
				w.WriteString(" dir=" + n.Dir)
			}
			w.WriteByte('|')
		case *CodeSpan:
			w.WriteString("{code|")
		case *Link:
			fmt.Fprintf(w, "{link %s%s|", n.Dest, titled(n.Title))
		case *ConceptLink:
			w.WriteString("{concept " + n.ID + "|")
		case *Image:
			fmt.Fprintf(w, "{image %s %q%s", n.Dest, n.Alt, titled(n.Title))
		case *NoteRef:
			fmt.Fprintf(w, "{note %d", n.Number)
		case *LineBreak:
			w.WriteString("{break")
		case *Space:
			w.WriteString("{space")
		}
		w.inlines(n.Children())
		w.WriteByte('}')
	}
}

func titled(title string) string {
	if title == "" {
		return ""
	}
	return fmt.Sprintf(" %q", title)
}
