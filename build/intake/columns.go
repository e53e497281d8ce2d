package intake

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"stele/build/diag"
	"stele/build/intake/draft"
	"stele/build/lang"
)

// part is one language's share of a document.
type part struct {
	lang    string
	doc     draft.Document
	rows    []extent // of the table, the blocks of the document; nil for a whole document
	written draft.Written
}

// extent is a range of blocks.
type extent struct{ from, to int }

// parts gives each language its share of the document.
func (f File) parts(doc *draft.Document) ([]part, *draft.Doubt) {
	if len(f.Langs) == 1 {
		whole := *doc
		whole.Doubts = nil
		return []part{{lang: f.Langs[0], doc: whole}}, nil
	}
	cols, head, cut := f.columns(doc)
	if cut != nil {
		return nil, cut
	}
	var parts []part
	langs := f.Langs
	if len(langs) == 0 {
		for _, c := range cols {
			langs = append(langs, c.lang)
		}
	}
	for _, l := range langs {
		parts = append(parts, part{lang: l})
	}
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Kind != draft.Table || !fits(b, cols) {
			outside(doc, b)
			continue
		}
		doc.Doubts = append(doc.Doubts, b.Doubts...)
		for r, row := range b.Rows {
			if r == 0 && head && isHead(row, cols) {
				for _, c := range row {
					doc.Omit(draft.Outside, cellText(c))
				}
				continue
			}
			share(doc, parts, cols, row)
		}
	}
	for i := range parts {
		parts[i].notes(doc)
	}
	unusedNotes(doc, parts)
	return parts, nil
}

// column is where a language stands in the table.
type column struct {
	at   int
	lang string
}

// columns finds the columns of the languages in the first table that has them.
// Head tells that its first row names them.
func (f File) columns(doc *draft.Document) (cols []column, head bool, cut *draft.Doubt) {
	refuse := func(variant string, pairs ...any) ([]column, bool, *draft.Doubt) {
		return nil, false, &draft.Doubt{Severity: diag.Error, Code: draft.Columns.As(variant), Pairs: pairs}
	}
	tables := 0
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Kind != draft.Table {
			continue
		}
		tables++
		known := f.Langs
		if len(known) == 0 {
			known = f.Known
		}
		if cols := named(b.Rows[0], known); len(cols) > 1 && (len(f.Langs) == 0 || len(cols) == len(f.Langs)) {
			return cols, true, nil
		}
		texts := columnTexts(b)
		var of []int // the columns with words
		for c, t := range texts {
			if strings.ContainsFunc(t, unicode.IsLetter) && !numbersOnly(b, c) {
				of = append(of, c)
			}
		}
		if len(f.Langs) > 0 {
			if len(of) != len(f.Langs) {
				continue
			}
			for k, c := range of {
				cols = append(cols, column{c, f.Langs[k]})
			}
			return cols, false, nil
		}
		if cols := byScript(texts, of, f.Known); len(cols) > 1 {
			return cols, false, nil
		}
	}
	switch {
	case len(f.Langs) > 0:
		return refuse("count", "Languages", strings.Join(f.Langs, ", "), "Tables", tables)
	case tables > 0:
		return refuse("table")
	}
	return refuse("language")
}

// named are the columns whose heads name languages, in their own or another
// language or by a tag.
func named(row []draft.Cell, known []string) []column {
	var out []column
	for c, cell := range row {
		text := strings.ToLower(strings.TrimSpace(cellText(cell)))
		if text == "" {
			continue
		}
		for _, l := range known {
			if slices.Contains(namesOf(l), text) && !slices.ContainsFunc(out, func(k column) bool { return k.lang == l }) {
				out = append(out, column{c, l})
				break
			}
		}
	}
	return out
}

// namesOf are the names of a language in small letters: its tag, its name in
// itself, and in the languages whose names are known.
func namesOf(l string) []string {
	tag, err := language.Parse(l)
	out := []string{strings.ToLower(l)}
	if err != nil {
		return out
	}
	base, _ := tag.Base()
	baseTag := language.Make(base.String())
	out = append(out, base.String(), base.ISO3(), strings.ToLower(display.Self.Name(tag)), strings.ToLower(display.Self.Name(baseTag)))
	for _, in := range []language.Tag{language.Russian, language.Chinese, language.English, language.French, language.German, language.Spanish, language.Arabic} {
		n := display.Languages(in)
		out = append(out, strings.ToLower(n.Name(tag)), strings.ToLower(n.Name(baseTag)))
	}
	return out
}

// byScript tells columns by their letters: each is of one language alone.
func byScript(texts []string, of []int, known []string) []column {
	var out []column
	for _, c := range of {
		best := ""
		for _, l := range known {
			if !mostly(texts[c], lang.Of(l)) {
				continue
			}
			if best != "" {
				return nil // two languages of one script
			}
			best = l
		}
		if best == "" || slices.ContainsFunc(out, func(k column) bool { return k.lang == best }) {
			return nil
		}
		out = append(out, column{c, best})
	}
	return out
}

func mostly(text string, l *lang.Language) bool {
	if !l.LettersKnown() {
		return false
	}
	own, all := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			all++
			if l.Own(r) {
				own++
			}
		}
	}
	return all > 0 && own*10 >= all*6
}

func columnTexts(b *draft.Block) []string {
	var out [][]byte
	for _, row := range b.Rows {
		for c, cell := range row {
			for len(out) <= c {
				out = append(out, nil)
			}
			out[c] = append(out[c], cellText(cell)+"\n"...)
		}
	}
	texts := make([]string, len(out))
	for i := range out {
		texts[i] = string(out[i])
	}
	return texts
}

// numbersOnly reports whether a column holds nothing but short numbers, as a
// column of ordinals does under whatever head.
func numbersOnly(b *draft.Block, c int) bool {
	for r, row := range b.Rows {
		if c >= len(row) || r == 0 {
			continue
		}
		if text := strings.TrimSpace(cellText(row[c])); len([]rune(text)) > 8 || strings.ContainsFunc(text, unicode.IsLetter) {
			return false
		}
	}
	return len(b.Rows) > 1
}

func cellText(c draft.Cell) string {
	var parts []string
	for i := range c.Blocks {
		b := &c.Blocks[i]
		text := b.Text()
		if b.Typed {
			text = b.Labelled()
		}
		for _, row := range b.Rows {
			for _, inner := range row {
				text += " " + cellText(inner)
			}
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

// fits reports whether a table has the columns.
func fits(b *draft.Block, cols []column) bool {
	width := 0
	for _, row := range b.Rows {
		width = max(width, len(row))
	}
	for _, c := range cols {
		if c.at >= width {
			return false
		}
	}
	return true
}

func isHead(row []draft.Cell, cols []column) bool {
	langs := make([]string, len(cols))
	for i, c := range cols {
		langs[i] = c.lang
	}
	return len(named(row, langs)) == len(cols)
}

// outside leaves out a block that is in no column.
func outside(doc *draft.Document, b *draft.Block) {
	text := cellText(draft.Cell{Blocks: []draft.Block{*b}})
	doc.Doubts = append(doc.Doubts, b.Doubts...)
	if strings.TrimSpace(text) == "" {
		return
	}
	doc.Omit(draft.Outside, text)
	doc.Doubt(diag.Warning, draft.LeftOut.As("outside"), "Text", clip(text))
}

// share gives each language its cell of a row. Where all have as many blocks of
// the same kinds, each block is a row of its own.
func share(doc *draft.Document, parts []part, cols []column, row []draft.Cell) {
	cells := make([][]draft.Block, len(parts))
	for c, cell := range row {
		i := slices.IndexFunc(cols, func(k column) bool { return k.at == c })
		if i < 0 {
			if text := cellText(cell); strings.TrimSpace(text) != "" {
				doc.Omit(draft.Number, text)
			}
			continue
		}
		l := slices.IndexFunc(parts, func(p part) bool { return p.lang == cols[i].lang })
		cells[l] = unpack(cell.Blocks)
	}
	n, alike, any := -1, true, false
	for _, c := range cells {
		any = any || len(c) > 0
		if n < 0 {
			n = len(c)
		}
		alike = alike && len(c) == n && slices.EqualFunc(c, cells[0], func(a, b draft.Block) bool { return a.Kind == b.Kind })
	}
	if !any {
		return
	}
	for l := range parts {
		p := &parts[l]
		from := len(p.doc.Blocks)
		p.doc.Blocks = append(p.doc.Blocks, cells[l]...)
		to := len(p.doc.Blocks)
		if !alike {
			p.rows = append(p.rows, extent{from, to})
			continue
		}
		for k := from; k < to; k++ {
			p.rows = append(p.rows, extent{k, k + 1})
		}
	}
}

// unpack takes tables inside a cell as what is in them.
func unpack(list []draft.Block) []draft.Block {
	var out []draft.Block
	for i := range list {
		if list[i].Kind != draft.Table {
			out = append(out, list[i])
			continue
		}
		for _, row := range list[i].Rows {
			for _, c := range row {
				out = append(out, unpack(c.Blocks)...)
			}
		}
	}
	return out
}

// notes gives the part the notes that its blocks refer to.
func (p *part) notes(doc *draft.Document) {
	at := map[int]int{}
	walk := func(list []draft.Block) {
		for i := range list {
			b := &list[i]
			for k := range b.Spans {
				if n := b.Spans[k].Note; n > 0 {
					if at[n] == 0 {
						p.doc.Notes = append(p.doc.Notes, doc.Notes[n-1])
						at[n] = len(p.doc.Notes)
						p.doc.Notes[at[n]-1].Name = ordinal(at[n])
					}
					b.Spans[k].Note = at[n]
				}
			}
		}
	}
	walk(p.doc.Blocks)
}

func ordinal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return ordinal(n/10) + string(rune('0'+n%10))
}

// unusedNotes leaves out the notes that are in no part.
func unusedNotes(doc *draft.Document, parts []part) {
	total := 0
	for _, p := range parts {
		total += len(p.doc.Notes)
	}
	if total >= len(doc.Notes) {
		return
	}
	for _, n := range doc.Notes {
		used := slices.ContainsFunc(parts, func(p part) bool {
			return slices.ContainsFunc(p.doc.Notes, func(m draft.Note) bool { return len(m.Blocks) > 0 && len(n.Blocks) > 0 && &m.Blocks[0] == &n.Blocks[0] })
		})
		if !used {
			outside(doc, &draft.Block{Kind: draft.Table, Rows: [][]draft.Cell{{{Blocks: n.Blocks}}}})
		}
	}
}

// rowsOf are the rows of the table as extents of the Markdown.
func rowsOf(parts []part) []Row {
	var rows []Row
	for r := range parts[0].rows {
		row := make(Row, len(parts))
		for l := range parts {
			p := &parts[l]
			if e := p.rows[r]; e.to > e.from && e.to <= len(p.written.At) {
				row[l] = Extent{p.written.At[e.from], p.written.End[e.to-1]}
			}
		}
		rows = append(rows, row)
	}
	return rows
}
