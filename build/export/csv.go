package export

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/glossary"
	"stele/build/record"
	"stele/build/site"
)

// bom tells spreadsheet programs that a file is UTF-8.
const bom = "\ufeff"

// table writes rows as CSV by RFC 4180.
func table(rows [][]string) []byte {
	n := len(bom)
	for _, row := range rows {
		for _, s := range row {
			n += len(s) + len(s)/32 + len(`"",`)
		}
	}
	b := append(make([]byte, 0, n), bom...)
	for _, row := range rows {
		for i, s := range row {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendField(b, guarded(s))
		}
		b = append(b, '\r', '\n')
	}
	return b
}

// appendField writes a field. It stands in quotation marks where it must, and where
// encoding/csv sets them for programs that are not strict.
func appendField(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	at := 0 // the first character for which there are marks
	for at < len(s) && !marked[s[at]] {
		at++
	}
	if first, _ := utf8.DecodeRuneInString(s); at == len(s) && s != `\.` && !unicode.IsSpace(first) {
		return append(b, s...)
	}
	b = append(b, '"')
	done := 0
	for ; at < len(s); at++ {
		written := ""
		switch s[at] {
		case '"':
			written = `""`
		case '\r': // the ends of lines are the file's
		case '\n':
			written = "\r\n"
		default:
			continue
		}
		b = append(append(b, s[done:at]...), written...)
		done = at + 1
	}
	return append(append(b, s[done:]...), '"')
}

// marked are the characters for which a field stands in quotation marks.
var marked = [256]bool{',': true, '"': true, '\r': true, '\n': true}

// guarded keeps a spreadsheet program from taking a text for a formula: such
// begin with one of these signs. An apostrophe tells the program that it is text.
func guarded(s string) string {
	if r, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", r) {
		return "'" + s
	}
	return s
}

// csv is a text as a table: passages as rows, languages as columns. What the
// versions are stands in rows of other kinds before the passages. A passage is
// named as in addresses, p2.10, for spreadsheet programs make 2.1 of a number, or
// the second of October.
func (m *Maker) csv(d *site.Download) []byte {
	t := d.Text
	head := []string{"kind", "passage", "section"}
	for _, l := range d.Langs {
		head = append(head, m.tag(l))
	}
	for _, l := range d.Langs {
		head = append(head, "state "+m.tag(l))
	}
	rows := [][]string{head}
	fact := func(kind string, of func(l int) string) {
		row := []string{kind, "", ""}
		some := false
		for _, l := range d.Langs {
			s := of(l)
			some = some || s != ""
			row = append(row, s)
		}
		if some {
			rows = append(rows, append(row, make([]string, len(d.Langs))...))
		}
	}
	fact("title", func(l int) string { return t.Versions[l].Title })
	fact("status", func(l int) string { return string(t.Versions[l].Doc.Meta.Status) })
	fact("source", func(l int) string { return t.Versions[l].Doc.Meta.Source })
	fact("date", func(l int) string { return t.Versions[l].Doc.Meta.Date })
	fact("licence", func(l int) string { return m.Site.Licence[l] })
	for p := range passages(t) {
		kind := "passage"
		switch {
		case p.Empty():
			continue
		case p.Opens:
			kind = "heading"
		}
		row := []string{kind, p.Anchor(), p.Section.Number}
		empty := true
		for _, l := range d.Langs {
			text := m.cell(p, l)
			empty = empty && text == ""
			row = append(row, text)
		}
		for _, l := range d.Langs {
			row = append(row, state(t, p, l))
		}
		if !empty {
			rows = append(rows, row)
		}
	}
	return table(rows)
}

var states = [...]string{
	record.Unconfirmed: "unconfirmed", record.Confirmed: "confirmed", record.Changed: "changed", record.Stale: "stale",
	record.Missing: "missing", record.Added: "added", record.Absent: "absent",
}

// state is how a language's part of a passage stands; empty without a record.
func state(t *site.Text, p *site.Passage, l int) string {
	if !t.Recorded || p.Row.State == nil {
		return ""
	}
	return states[p.Cells[l].State]
}

// conceptsCSV is the glossary as a table: a row is a concept, a column a kind of
// knowledge in a language.
func (m *Maker) conceptsCSV(d *site.Download) []byte {
	head := []string{m.called("csv-id", d), m.called("csv-group", d), m.called("csv-class", d)}
	for _, of := range []string{"csv-name", "csv-abbreviation", "csv-other-names", "csv-definition"} {
		for _, l := range d.Langs {
			head = append(head, m.UIs[l].T(of)+" "+m.tag(l))
		}
	}
	head = append(head, m.called("csv-dates", d))
	for _, l := range d.Langs {
		head = append(head, m.UIs[l].T("csv-source")+" "+m.tag(l))
	}
	rows := [][]string{head}
	for _, c := range m.Site.Concepts {
		row := []string{c.ID, c.Group, string(c.Class)}
		column := func(of func(code string) string) {
			for _, l := range d.Langs {
				row = append(row, of(m.Site.Langs[l].Code))
			}
		}
		column(func(code string) string {
			n, _ := c.Preferred(code)
			return n.Text
		})
		column(func(code string) string { return names(c, code, true) })
		column(func(code string) string { return names(c, code, false) })
		column(func(code string) string { return strings.TrimSpace(c.Definition.In(code)) })
		var dates []string
		for _, e := range c.Events {
			dates = append(dates, e.Fact+" "+e.Date)
		}
		row = append(row, strings.Join(dates, "; "))
		column(func(code string) string { return strings.TrimSpace(c.Source.In(code)) })
		rows = append(rows, row)
	}
	for l := range m.Site.Langs {
		if s := m.Site.Licence[l]; s != "" {
			row := make([]string, len(head))
			row[0], row[2] = s, m.UIs[l].T("csv-licence")
			rows = append(rows, row)
		}
	}
	return table(rows)
}

// called is a word in the languages of the file, each once. A column of one
// language is headed in that language, one of all languages in all of them.
func (m *Maker) called(id string, d *site.Download) string {
	var words []string
	for _, l := range d.Langs {
		if w := m.UIs[l].T(id); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, " / ")
}

// names are the concept's names in a language beside the preferred one: its
// abbreviations, or the others.
func names(c *site.Concept, code string, short bool) string {
	var out []string
	for _, n := range c.Names[code] {
		if n.Status != glossary.Preferred && (n.Kind == glossary.Abbreviation) == short {
			out = append(out, n.Text)
		}
	}
	return strings.Join(out, "; ")
}
