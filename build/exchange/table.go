package exchange

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	intake "stele/build/intake/draft"
	foreign "stele/build/intake/word"
	"stele/build/lang"
	"stele/build/word"
)

// A table for a word processor has a row for each unit: its number, the source,
// the further languages, the translation, remarks. What the way back needs stands
// as hidden text beside the number, whole in each row: rows may be taken out,
// moved, or put together from several files. Hidden text in the head tells which
// column is the translation.
const (
	rowMark  = "stele-row"
	headMark = "stele-translation"
)

// mark is what a row says of itself.
func (j *Job) mark(u *Unit, k carrier, columns, column int) string {
	p := u.Prints()
	sent := "-"
	if !u.Missing {
		sent = fingerprint(formOf(settled(u.laid(u.Target, k))))
	}
	return strings.Join([]string{
		rowMark, url.PathEscape(j.Text.ID), j.Site.Langs[j.From].Code, j.Site.Langs[j.To].Code, u.ID,
		p.Source, p.Target, sent, k.String(), strconv.Itoa(column), strconv.Itoa(columns), "",
	}, "|")
}

// Table writes the units as a Word document with a table to be filled in. The
// same text gives the same bytes.
func (j *Job) Table(c Choice) ([]byte, Sent, error) {
	units, apart := j.chosen(c)
	t := &tableWriter{Job: j, Choice: c}
	data, err := t.document(units).Bytes()
	return data, Sent{len(units), apart}, err
}

type tableWriter struct {
	*Job
	Choice
}

func (t *tableWriter) lang(l int) word.Lang {
	of := lang.Of(t.Site.Langs[l].Tag)
	return word.Lang{Tag: t.Site.Langs[l].Tag, EastAsian: of.FullWidth, RightToLeft: of.RightToLeft}
}

func (t *tableWriter) document(units []*Unit) *word.Document {
	from, to := t.Site.Langs[t.From], t.Site.Langs[t.To]
	title := t.Words.T("translate-title", "Title", t.Text.Versions[t.From].Title, "From", from.Name, "To", to.Name)
	d := &word.Document{Title: title, Header: title, Lang: t.lang(t.To), Date: t.Text.Date(), Landscape: true, Description: strings.Join(t.facts(), "\n")}
	say := func(style word.Style, text string) {
		d.Blocks = append(d.Blocks, word.Paragraph{Style: style, Lang: t.lang(t.To), Runs: []word.Run{{Text: text}}})
	}
	say(word.Title, title)
	for _, fact := range t.facts() {
		say(word.Small, fact)
	}
	say(word.Normal, t.Words.T("translate-how", "Language", to.Name))
	d.Blocks = append(d.Blocks, t.table(units))
	return d
}

const (
	numberWidth = 1020
	notesWidth  = 2835
)

func (t *tableWriter) table(units []*Unit) *word.Table {
	sources := append([]int{t.From}, t.Also...)
	column := 2 + len(sources) // of the translation, from 1
	each := (word.PageWidth(true) - numberWidth - notesWidth) / (len(sources) + 1)
	table := &word.Table{Heads: 1, Widths: []int{numberWidth}}
	head := [][]word.Block{{t.head(t.To, t.Words.T("desk-number"), "")}}
	for _, l := range sources {
		table.Widths = append(table.Widths, each)
		head = append(head, []word.Block{t.head(l, t.Site.Langs[l].Name, "")})
	}
	table.Widths = append(table.Widths, each, notesWidth)
	head = append(head, []word.Block{t.head(t.To, t.Site.Langs[t.To].Name, headMark)}, []word.Block{t.head(t.To, t.Words.T("translate-notes"), "")})
	table.Rows = append(table.Rows, head)
	for _, u := range units {
		k := u.carrier(t.Job)
		row := [][]word.Block{{word.Paragraph{Style: word.Number, Runs: []word.Run{
			{Text: strings.TrimPrefix(u.ID, "p")}, {Text: t.mark(u, k, len(head), column), Hidden: true},
		}}}}
		row = append(row, t.cell(u, u.Source, t.From, k))
		for _, l := range t.Also {
			row = append(row, []word.Block{word.Paragraph{Style: word.Cell, Lang: t.lang(l), Runs: []word.Run{{Text: plain(u.Passage, l)}}}})
		}
		row = append(row, t.cell(u, u.Target, t.To, k), t.remarks(u, k))
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (t *tableWriter) head(l int, text, mark string) word.Paragraph {
	p := word.Paragraph{Style: word.CellHead, Lang: t.lang(l), Runs: []word.Run{{Text: text}}}
	if mark != "" {
		p.Runs = append(p.Runs, word.Run{Text: mark, Hidden: true})
	}
	return p
}

// cell is a unit's text in a language.
func (t *tableWriter) cell(u *Unit, c Coded, l int, k carrier) []word.Block {
	style := word.Cell
	if u.source[0].block.Kind == doc.Heading {
		style = word.CellHead
	}
	of := t.lang(l)
	p := word.Paragraph{Style: style, Lang: of}
	var out []word.Block
	for _, s := range settled(u.laid(c, k)) {
		switch s.end {
		case lineEnd:
			p.Runs = append(p.Runs, word.Run{Break: true})
			continue
		case paragraphEnd:
			out = append(out, p)
			p.Runs = nil
			continue
		}
		r := word.Run{Text: s.text, Bold: s.look.bold, Italic: s.look.italic, Strike: s.look.strike, Mono: s.look.mono}
		if anchor, ok := strings.CutPrefix(s.look.link, "#"); ok {
			r.Anchor = anchor
		} else if s.look.link != "" {
			r.URL = u.address(s.look.link)
		}
		p.Runs = append(p.Runs, r)
	}
	return append(out, p)
}

// address is the address of a link, as the text has it.
func (u *Unit) address(place string) string {
	for _, list := range [][]*Code{u.Target.Codes, u.Source.Codes} {
		for _, c := range list {
			if c.Type == Link && u.placeOf(c) == place {
				return c.Shown
			}
		}
	}
	return ""
}

// remarks are what a translator is told of a unit: why it is due, what its codes
// are, how terms are called.
func (t *tableWriter) remarks(u *Unit, k carrier) []word.Block {
	var out []word.Block
	say := func(text string) {
		out = append(out, word.Paragraph{Style: word.Small, Lang: t.lang(t.To), Runs: []word.Run{{Text: text}}})
	}
	due := t.Due(u)
	if due == Unconfirmed && !t.Text.Recorded {
		due = "" // as all is
	}
	if id := map[Due]string{Missing: "translate-missing", Stale: "translate-stale", Unconfirmed: "translate-unconfirmed"}[due]; id != "" {
		say(t.Words.T(id))
	}
	if due == Stale {
		if before := t.confirmed(u.Passage, t.To); before != "" {
			say(t.Words.T("translate-before", "Text", before))
		}
	}
	for _, n := range t.notes(u, due) {
		say(n.text)
	}
	seen := map[int]bool{}
	for _, list := range [][]*Code{u.Source.Codes, u.Target.Codes} {
		for _, c := range list {
			if seen[c.ID] || c.Type == Break || c.Type == Paragraph || !k.numbers && c.byLook() {
				continue
			}
			seen[c.ID] = true
			what := map[string]string{
				Note: "translate-note", Image: "translate-image", Concept: "translate-concept", Link: "translate-link", Verbal: "translate-code",
				Bold: "translate-bold", Italic: "translate-italic", Strike: "translate-strike",
			}[c.Type]
			name := k.mark(c, Begin)
			if c.Pair {
				name += "…" + k.mark(c, End)
			}
			text := name + " = " + t.Words.T(what)
			if shown := t.shownAs(c); shown != "" {
				text += " " + shown
			}
			say(text)
		}
	}
	return out
}

// shownAs is what a code stands for, in the language translated into.
func (t *tableWriter) shownAs(c *Code) string {
	if c.Type != Concept {
		return c.Shown
	}
	for _, k := range t.Site.Concepts {
		if k.ID == c.Shown {
			if name, ok := k.Preferred(t.Site.Langs[t.To].Code); ok {
				return name.Text
			}
		}
	}
	return c.Shown
}

// TableError says why a Word document cannot be read.
type TableError struct{ Why diag.Phrase }

func (e *TableError) Error() string { return e.Why.String() }

// markOfRow finds what a row says of itself.
var markOfRow = regexp.MustCompile(rowMark + `\|([^|\s]*)\|([^|\s]*)\|([^|\s]*)\|([^|\s]*)\|([0-9a-f]{8})\|([0-9a-f]{8}|-)\|([0-9a-f]{8}|-)\|([0-9]+n?)\|([0-9]+)\|([0-9]+)\|`)

// ReadTable reads a Word document with a table that Table made and somebody
// filled in. The error is ErrForeign for any other document, and a *TableError
// for what is no such document or damaged.
func ReadTable(data []byte) (*Returned, error) {
	rows, refused := foreign.Rows(data)
	if refused != nil {
		return nil, &TableError{diag.Say(string(refused.Code), refused.Pairs...)}
	}
	r := &tableReader{out: &Returned{Prints: map[string]Prints{}}, column: map[int]int{}, ours: map[int]bool{}}
	marks := make([][]string, len(rows))
	for i, row := range rows {
		for c, cell := range row.Cells {
			text := hiddenText(cell)
			if strings.Contains(text, headMark) {
				r.column[row.Table] = c + 1
			}
			if m := markOfRow.FindStringSubmatch(text); m != nil && marks[i] == nil {
				marks[i], r.ours[row.Table] = m, true
			}
		}
	}
	for i, row := range rows {
		if r.ours[row.Table] {
			if err := r.row(row, marks[i]); err != nil {
				return nil, err
			}
		}
	}
	if r.out.Text == "" {
		return nil, ErrForeign
	}
	return r.out, nil
}

type tableReader struct {
	out    *Returned
	column map[int]int  // of the translation, by table, as its head says
	ours   map[int]bool // tables with rows that we know
}

// hiddenText is all text of a cell, hidden or not: some programs show what was
// hidden.
func hiddenText(c foreign.Cell) string {
	var b strings.Builder
	for _, p := range c {
		for _, r := range p {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func (r *tableReader) row(row foreign.Row, m []string) error {
	u := ReturnedUnit{Line: row.At, Col: 1, Tracked: row.Tracked}
	for _, c := range row.Comments {
		u.Comments = append(u.Comments, Comment(c))
	}
	if m == nil {
		for _, c := range row.Cells {
			if strings.Contains(hiddenText(c), headMark) {
				return nil
			}
		}
		for _, c := range row.Cells {
			if text := strings.TrimSpace(hiddenText(c)); text != "" {
				u.Fault = diag.Say("return.row", "Text", diag.Clip(text, diag.Quoted))
				r.out.Units = append(r.out.Units, u)
				break
			}
		}
		return nil
	}
	text, err := url.PathUnescape(m[1])
	if err != nil {
		text = m[1]
	}
	switch {
	case r.out.Text == "":
		r.out.Text, r.out.From, r.out.To = text, m[2], m[3]
	case r.out.Text != text || r.out.From != m[2] || r.out.To != m[3]:
		return &TableError{diag.Say("return.mixed")}
	}
	u.ID = m[4]
	if _, twice := r.out.Prints[u.ID]; !twice {
		r.out.Prints[u.ID] = Prints{m[5], m[6], m[7]}
	}
	k, ok := parseCarrier(m[8])
	column, _ := strconv.Atoi(m[9])
	columns, _ := strconv.Atoi(m[10])
	if c := r.column[row.Table]; c > 0 {
		column = c
	} else if columns != len(row.Cells) {
		column = 0
	}
	u.table = &tableCell{carrier: k}
	switch {
	case !ok || column < 1 || column > len(row.Cells):
		u.Fault = diag.Say("return.columns")
	default:
		u.table.text, u.Fault = stretches(row.Cells[column-1])
		u.table.text = settled(u.table.text)
		u.None = len(u.table.text) == 0 && u.Fault.ID == ""
	}
	r.out.Units = append(r.out.Units, u)
	return nil
}

// stretches are the shown text of a cell.
func stretches(c foreign.Cell) (out []stretch, fault diag.Phrase) {
	for i, p := range c {
		if i > 0 {
			out = append(out, stretch{end: paragraphEnd})
		}
		for _, r := range p {
			l := look{bold: r.Style&intake.Bold != 0, italic: r.Style&intake.Italic != 0, strike: r.Style&intake.Struck != 0, mono: r.Mono, link: r.Link}
			if at := strings.Index(l.link, linkMark); at >= 0 { // some programs put the file's own name before it
				l.link = l.link[at:]
			} else if place := canonical(l.link); place != "" {
				l.link = place
			}
			switch {
			case r.Hidden:
			case r.Foreign != "":
				fault = diag.Say("return.foreign-" + r.Foreign)
			case r.Break:
				out = append(out, stretch{end: lineEnd})
			default:
				out = append(out, stretch{text: r.Text, look: l})
			}
		}
	}
	return out, fault
}
