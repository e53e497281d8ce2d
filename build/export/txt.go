package export

import (
	"strconv"
	"strings"

	"stele/build/doc"
	"stele/build/site"
)

// txt is a version as plain text, with the numbers of the passages if asked.
func (m *Maker) txt(d *site.Download) []byte {
	l := d.Langs[0]
	var b strings.Builder
	title := d.Text.Versions[l].Title
	b.WriteString(title + "\n\n")
	for _, fact := range m.about(d.Text, l) {
		b.WriteString(fact + "\n")
	}
	b.WriteString("\n" + strings.Repeat("-", 40) + "\n")
	tight := false // the block before was an item of a list
	for p := range passages(d.Text) {
		number := ""
		if d.Shape == site.Numbered {
			number = p.Number + "  "
		}
		for _, block := range p.Cells[l].Blocks {
			item := block.Kind == doc.Item
			if !item || !tight {
				b.WriteByte('\n')
			}
			tight = item
			b.WriteString(m.paragraph(block, l, number) + "\n")
			number = ""
		}
	}
	return []byte(b.String())
}

// paragraph is a block with its marks and notes as plain text.
func (m *Maker) paragraph(b *site.Block, l int, number string) string {
	var w strings.Builder
	indent := ""
	for i, c := range b.Within {
		if i < len(b.Within)-1 || c.Kind == doc.Quote || b.Kind != doc.Item {
			indent += "   "
		}
	}
	for _, c := range b.Within {
		if label := m.remarkLabel(c, l); label != "" {
			w.WriteString(indent + label + "\n")
		}
	}
	w.WriteString(indent + number)
	if b.Kind == doc.Item {
		w.WriteString(marker(b.Block) + " ")
	}
	switch b.Kind {
	case doc.Break:
		w.WriteString("* * *")
	case doc.Table:
		for i, r := range b.Rows {
			if i > 0 {
				w.WriteString("\n" + indent)
			}
			for j, c := range r.Cells {
				if j > 0 {
					w.WriteByte('\t')
				}
				w.WriteString(m.plain(c.Inlines, l))
			}
		}
	default:
		w.WriteString(strings.ReplaceAll(m.plain(b.Inlines, l), "\n", "\n"+indent))
	}
	for _, n := range b.Notes {
		for i, nb := range n.Blocks {
			w.WriteString("\n" + indent + "   ")
			if i == 0 {
				w.WriteString("[" + strconv.Itoa(n.Number) + "] ")
			}
			w.WriteString(m.plain(nb.Inlines, l))
		}
	}
	return w.String()
}

// remarkLabel is what a remark says of itself above its first block; empty
// elsewhere, and where it has a title.
func (m *Maker) remarkLabel(c doc.Container, l int) string {
	if c.Kind != doc.Remark || !c.First || c.Titled {
		return ""
	}
	if word := doc.RemarkWords[c.Label]; word != "" {
		return m.UIs[l].T(word)
	}
	return c.Label
}

// isTitle reports whether the block is the title of a remark.
func isTitle(b *doc.Block) bool {
	n := len(b.Within)
	return n > 0 && b.Within[n-1].First && b.Within[n-1].Titled && b.Kind == doc.Paragraph
}

// taskMark says of the item of a list whether it is done, with a space.
func taskMark(b *doc.Block) string {
	return [...]string{doc.NoTask: "", doc.Undone: "☐ ", doc.Done: "☑ "}[b.Task]
}

// marker is what stands before the item of a list.
func marker(b *doc.Block) string { return strings.TrimSuffix(listMarker(b)+" "+taskMark(b), " ") }

func listMarker(b *doc.Block) string {
	if n := len(b.Within); n > 0 && b.Within[n-1].Kind == doc.Numbers {
		return strconv.Itoa(b.Within[n-1].Number) + numberMark(b.Within[n-1])
	}
	return bullet
}

// bullet stands before the items of a list without numbers.
const bullet = "•"

// numberMark is what stands after the number of an item.
func numberMark(c doc.Container) string {
	if c.Paren {
		return ")"
	}
	return "."
}

// plain is running text as readers see it, without its looks.
func (m *Maker) plain(inlines []doc.Inline, l int) string {
	var w strings.Builder
	var write func([]doc.Inline)
	write = func(inlines []doc.Inline) {
		for _, n := range inlines {
			switch n := n.(type) {
			case *doc.Text:
				w.WriteString(n.S)
			case *doc.ConceptLink:
				if len(n.Inlines) == 0 {
					w.WriteString(m.conceptName(n.ID, l))
				}
				write(n.Inlines)
			case *doc.Image:
				w.WriteString(n.Alt)
			case *doc.NoteRef:
				w.WriteString("[" + strconv.Itoa(n.Number) + "]")
			case *doc.LineBreak:
				w.WriteByte('\n')
			case *doc.Space:
				w.WriteByte(' ')
			default:
				write(n.Children())
			}
		}
	}
	write(inlines)
	return strings.ReplaceAll(w.String(), " \n", "\n") // the text has a space before a line end
}

// conceptName is the concept's preferred name in the language, or else in the
// first that has one.
func (m *Maker) conceptName(id string, l int) string {
	c := m.Site.Concept(id)
	if c == nil {
		return id
	}
	for i := range m.Site.Langs {
		if n, ok := c.Preferred(m.Site.Langs[(l+i)%len(m.Site.Langs)].Code); ok {
			return n.Text
		}
	}
	return id
}

// cell is a language's part of a passage as plain text without notes, blocks on
// lines of their own.
func (m *Maker) cell(p *site.Passage, l int) string {
	var parts []string
	for _, b := range p.Cells[l].Blocks {
		if b.Kind != doc.Break {
			parts = append(parts, b.Text)
		}
	}
	return strings.Join(parts, "\n")
}
