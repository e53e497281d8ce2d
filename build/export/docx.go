package export

import (
	"strconv"
	"strings"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
	"stele/build/word"
)

// docx is a text as a Word document: all versions in one table, a passage a row,
// or one version alone.
func (m *Maker) docx(d *site.Download) ([]byte, error) {
	t, first := d.Text, d.Langs[0]
	w := &wordWriter{Maker: m, doc: &word.Document{
		Title: t.Versions[first].Title, Lang: m.wordLang(first), Date: t.Date(), Landscape: len(d.Langs) > 1,
	}}
	w.doc.Header = t.Versions[first].Short
	if date := t.Date(); date != "" {
		w.doc.Header += m.UIs[first].T("dash") + m.UIs[first].Date(date)
	}
	if len(d.Langs) == 1 {
		w.doc.Header += m.UIs[first].T("dash") + m.status(t.Versions[first].Doc, first)
		w.doc.Description = strings.Join(m.about(t, first), "\n")
		w.alone(t, first)
	} else {
		for _, l := range d.Langs {
			w.doc.Description += strings.Join(m.about(t, l), "\n") + "\n"
		}
		w.parallel(t, d.Langs)
	}
	return m.zip(w.doc.Files())
}

type wordWriter struct {
	*Maker
	doc    *word.Document
	inCell bool
	room   int // the width for text, in twentieths of a point
	text   *site.Text
	notes  map[int]int // of the version being written: their numbers in the document
}

func (m *Maker) wordLang(l int) word.Lang {
	of := lang.Of(m.Site.Langs[l].Tag)
	return word.Lang{Tag: m.Site.Langs[l].Tag, EastAsian: of.FullWidth, RightToLeft: of.RightToLeft}
}

// alone writes one version.
func (w *wordWriter) alone(t *site.Text, l int) {
	w.text, w.notes, w.room = t, map[int]int{}, word.PageWidth(false)
	about := func() {
		facts := w.about(t, l)
		for i, fact := range facts {
			w.doc.Blocks = append(w.doc.Blocks, word.Paragraph{Style: word.Cover, Lang: w.wordLang(l), Gap: i == len(facts)-1, Runs: []word.Run{{Text: fact}}})
		}
	}
	titled := false
	for p := range passages(t) {
		for i, b := range p.Cells[l].Blocks {
			blocks := w.block(b, l)
			if i == 0 {
				blocks = anchored(blocks, p.Anchor())
			}
			title := b.Kind == doc.Heading && b.Level == 1 && !titled
			if !titled && !title {
				w.doc.Blocks = append(w.doc.Blocks, word.Paragraph{Style: word.Title, Lang: w.wordLang(l), Runs: []word.Run{{Text: t.Versions[l].Title}}})
				about()
			}
			w.doc.Blocks = append(w.doc.Blocks, blocks...)
			if title {
				about()
			}
			titled = true
		}
	}
}

// anchored gives the first paragraph a place that links lead to.
func anchored(blocks []word.Block, name string) []word.Block {
	if len(blocks) == 0 {
		return blocks
	}
	if p, ok := blocks[0].(word.Paragraph); ok {
		p.Anchors = append(p.Anchors, name)
		blocks[0] = p
	}
	return blocks
}

// parallel writes versions side by side.
func (w *wordWriter) parallel(t *site.Text, langs []int) {
	const numbers = 794
	w.text, w.inCell = t, true
	table := &word.Table{Heads: 1, Widths: []int{numbers}, RightToLeft: w.wordLang(langs[0]).RightToLeft}
	each := (word.PageWidth(true) - numbers) / len(langs)
	w.room = each - word.CellMargin
	head := [][]word.Block{nil}
	for _, l := range langs {
		table.Widths = append(table.Widths, each)
		head = append(head, []word.Block{
			word.Paragraph{Style: word.CellHead, Lang: w.wordLang(l), Runs: []word.Run{{Text: w.Site.Langs[l].Name}}},
			word.Paragraph{Style: word.Cover, Lang: w.wordLang(l), Runs: []word.Run{{Text: w.status(t.Versions[l].Doc, l)}}},
		})
	}
	table.Rows = append(table.Rows, head)
	notes := make([]map[int]int, len(langs)) // by column
	for i := range notes {
		notes[i] = map[int]int{}
	}
	for p := range passages(t) {
		if p.Empty() {
			continue
		}
		row := [][]word.Block{{word.Paragraph{Style: word.Number, Anchors: []string{p.Anchor()}, Runs: []word.Run{{Text: p.Number}}}}}
		for i, l := range langs {
			var cell []word.Block
			w.notes = notes[i]
			for _, b := range p.Cells[l].Blocks {
				cell = append(cell, w.block(b, l)...)
			}
			row = append(row, cell)
		}
		table.Rows = append(table.Rows, row)
	}
	w.doc.Blocks = append(w.doc.Blocks, table)
	for _, l := range langs {
		w.doc.Blocks = append(w.doc.Blocks, word.Paragraph{Style: word.Cover})
		for _, fact := range w.about(t, l) {
			w.doc.Blocks = append(w.doc.Blocks, word.Paragraph{Style: word.Cover, Lang: w.wordLang(l), Runs: []word.Run{{Text: fact}}})
		}
	}
}

// block is a block as paragraphs; its notes become footnotes.
func (w *wordWriter) block(b *site.Block, l int) []word.Block {
	for _, n := range b.Notes { // first, so that references have their numbers
		w.doc.Notes = append(w.doc.Notes, nil)
		at := len(w.doc.Notes)
		w.notes[n.Number] = at
		for _, nb := range n.Blocks {
			for _, x := range w.block(nb, l) {
				if p, ok := x.(word.Paragraph); ok {
					w.doc.Notes[at-1] = append(w.doc.Notes[at-1], p)
				}
			}
		}
	}
	p := word.Paragraph{Lang: w.wordLang(l)}
	if w.inCell {
		p.Style = word.Cell
	}
	for i, c := range b.Within {
		if i < len(b.Within)-1 || c.Kind == doc.Quote || b.Kind != doc.Item {
			p.Indent++
		}
	}
	var before []word.Block // what a remark says of itself
	for _, c := range b.Within {
		if label := w.remarkLabel(c, l); label != "" {
			p := p
			p.Runs = []word.Run{{Text: label, Bold: true}}
			before = append(before, p)
		}
	}
	links := w.Site.Links(b)
	switch b.Kind {
	case doc.Heading:
		switch {
		case w.inCell:
			p.Style = word.CellHead
		case b.Level == 1:
			p.Style = word.Title
		default:
			p.Style = []word.Style{word.Heading1, word.Heading2, word.Heading3}[min(b.Level-2, 2)]
		}
	case doc.Item:
		if p.Marker = marker(b.Block); p.Marker == bullet {
			p.Marker, p.Bullet = "", true
		}
	case doc.Break:
		p.Center, p.Runs = true, []word.Run{{Text: "* * *"}}
		return append(before, p)
	case doc.Code:
		p.Style, p.Lang = word.Code, word.Lang{}
		p.Runs = []word.Run{{Text: b.Text, Mono: true}}
		return append(before, p)
	case doc.Definition:
		p.Indent++
	case doc.Table:
		return append(before, w.table(b, l, &links))
	}
	whole := w.room
	w.room -= p.Indent * word.Step
	if p.Marker != "" || p.Bullet {
		w.room -= word.Step
	}
	p.Runs = w.runs(b.Inlines, l, word.Run{Bold: b.Kind == doc.Term || isTitle(b.Block)}, &links)
	w.room = whole
	return append(before, p)
}

func (w *wordWriter) table(b *site.Block, l int, links *[]site.Target) *word.Table {
	columns := 1
	for _, r := range b.Rows {
		columns = max(columns, len(r.Cells))
	}
	t := &word.Table{RightToLeft: w.wordLang(l).RightToLeft}
	for range columns {
		t.Widths = append(t.Widths, w.room/columns)
	}
	whole := w.room
	w.room = max(w.room/columns-word.CellMargin, 1)
	defer func() { w.room = whole }()
	for _, r := range b.Rows {
		var row [][]word.Block
		for _, c := range r.Cells {
			row = append(row, []word.Block{word.Paragraph{Style: word.Cell, Lang: w.wordLang(l), Runs: w.runs(c.Inlines, l, word.Run{Bold: r.Head}, links)}})
		}
		for len(row) < columns {
			row = append(row, nil)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// runs are elements as runs of the look that they stand in. links are the
// targets to come.
func (w *wordWriter) runs(inlines []doc.Inline, l int, look word.Run, links *[]site.Target) []word.Run {
	var out []word.Run
	put := func(r word.Run, text string) {
		r.Text = text
		out = append(out, r)
	}
	// What stands as it is beside other such is one run: each escaped mark is an
	// element, and there may be half a million of them.
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			put(look, plain.String())
			plain.Reset()
		}
	}
	next := func() site.Target {
		if len(*links) == 0 {
			return site.Target{}
		}
		t := (*links)[0]
		*links = (*links)[1:]
		return t
	}
	for _, n := range inlines {
		switch n := n.(type) {
		case *doc.Text:
			plain.WriteString(n.S)
			continue
		case *doc.Space:
			plain.WriteByte(' ')
			continue
		}
		flush()
		in := look
		switch n := n.(type) {
		case *doc.LineBreak:
			in.Break = true
			put(in, "")
		case *doc.Styled:
			switch n.Style {
			case doc.Emphasis:
				in.Italic = true
			case doc.Strong:
				in.Bold = true
			case doc.Strike:
				in.Strike = true
			case doc.Sub:
				in.Sub = true
			case doc.Sup:
				in.Sup = true
			case doc.Underline:
				in.Underline = true
			case doc.Key:
				in.Mono = true
			}
			out = append(out, w.runs(n.Inlines, l, in, links)...)
		case *doc.CodeSpan:
			in.Mono = true
			out = append(out, w.runs(n.Inlines, l, in, links)...)
		case *doc.Link:
			w.lead(&in, next(), l)
			out = append(out, w.runs(n.Inlines, l, in, links)...)
		case *doc.ConceptLink:
			next()
			if len(n.Inlines) == 0 {
				put(in, w.conceptName(n.ID, l))
			}
			out = append(out, w.runs(n.Inlines, l, in, links)...)
		case *doc.Image:
			if pic, ok := w.picture(next()); ok {
				in.Picture = pic.inWord(n, w.room, word.PageHeight(w.doc.Landscape))
				put(in, "")
			} else {
				put(in, "["+n.Alt+"]")
			}
		case *doc.NoteRef:
			if at := w.notes[n.Number]; at > 0 {
				put(word.Run{Note: at}, "")
			} else {
				put(in, "["+strconv.Itoa(n.Number)+"]")
			}
		}
	}
	flush()
	return out
}

// lead has a run lead where a link does: to a passage of the text, or out.
func (w *wordWriter) lead(r *word.Run, t site.Target, l int) {
	switch {
	case t.URL != "":
		r.URL = t.URL
	case t.Page.Text == w.text.ID && w.text.Passage(strings.TrimPrefix(t.Fragment, "p")) != nil:
		r.Anchor = t.Fragment
	case t.Page != (site.Key{}):
		if p := w.Site.Page(t.Page, l); p != nil && w.Site.BaseURL != "" {
			r.URL = w.Site.Abs(p.Path)
			if t.Fragment != "" {
				r.URL += "#" + t.Fragment
			}
		}
	case t.File != "" && w.Site.BaseURL != "":
		r.URL = w.Site.Abs(t.File)
	}
}
