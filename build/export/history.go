package export

import (
	_ "embed"
	"slices"
	"strings"

	"stele/build/compare"
	"stele/build/doc"
	"stele/build/site"
	"stele/build/word"
)

// HistorySchema is the JSON Schema of what this package writes of the versions
// of a text.
//
//go:embed history.schema.json
var HistorySchema []byte

// HistorySchemaPath is where it is published.
const HistorySchemaPath = "data/history.schema.json"

type (
	jsonHistory struct {
		Schema   string           `json:"$schema"`
		Kind     string           `json:"kind"`
		ID       string           `json:"id"`
		Versions []jsonRevision   `json:"versions"`
		Changes  []jsonComparison `json:"changes"`
	}
	jsonRevision struct {
		Date    string            `json:"date,omitempty"`
		Until   string            `json:"until,omitempty"`
		Current bool              `json:"current,omitempty"`
		Title   map[string]string `json:"title,omitempty"`
		Data    string            `json:"data,omitempty"` // relative to this file
		URLs    map[string]string `json:"urls,omitempty"`
	}
	jsonComparison struct {
		From string         `json:"from"`
		To   string         `json:"to,omitempty"` // none for a current version without a date
		Data string         `json:"data"`         // relative to this file
		Kind map[string]int `json:"counts"`
	}
	jsonChanges struct {
		Schema  string       `json:"$schema"`
		Kind    string       `json:"kind"`
		ID      string       `json:"id"`
		From    string       `json:"from"`
		To      string       `json:"to,omitempty"`
		Langs   []string     `json:"languages"`
		Changes []jsonChange `json:"changes"`
	}
	jsonChange struct {
		Kind   string               `json:"kind"`
		Before []string             `json:"before"`
		After  []string             `json:"after"`
		Moved  bool                 `json:"moved,omitempty"`
		Langs  []string             `json:"languages"`
		Alone  bool                 `json:"alone,omitempty"`
		Runs   map[string][]jsonRun `json:"runs"`
	}
	jsonRun struct {
		Op     string `json:"op"`
		Text   string `json:"text"`
		Before string `json:"before,omitempty"` // where it is written otherwise, but that is no change
	}
)

// versionsJSON is all versions of a text in short.
func (m *Maker) versionsJSON(d *site.Download) ([]byte, error) {
	h := m.Site.History(d.Text.ID)
	out := jsonHistory{Schema: site.Rel(d.Path, HistorySchemaPath), Kind: "versions", ID: d.Text.ID, Versions: []jsonRevision{}, Changes: []jsonComparison{}}
	for _, r := range h.Revisions {
		j := jsonRevision{Date: r.Date, Until: r.Until, Current: r.Present(), Title: map[string]string{}, URLs: map[string]string{}}
		for l, title := range r.Title {
			if title != "" {
				j.Title[m.Site.Langs[l].Code] = title
			}
			if p := m.Site.Page(site.ContentsKey(r.Text), l); p != nil && m.Site.BaseURL != "" {
				j.URLs[m.Site.Langs[l].Code] = m.Site.Abs(p.Path)
			}
		}
		for _, f := range m.Site.DownloadsOf(r.Text) {
			if f.Format == site.JSON {
				j.Data = site.Rel(d.Path, f.Path)
			}
		}
		out.Versions = append(out.Versions, j)
	}
	for _, c := range h.Comparisons {
		j := jsonComparison{From: c.From.Date, To: c.To.Date, Data: site.Rel(d.Path, m.Site.Compare(c, site.JSON, nil).Path), Kind: map[string]int{}}
		for i := range c.Changes {
			if ch := &c.Changes[i]; !ch.Same() {
				j.Kind[string(ch.Kind)]++
			}
		}
		out.Changes = append(out.Changes, j)
	}
	return encode(out)
}

// changesJSON is what changed from one version to another.
func (m *Maker) changesJSON(d *site.Download) ([]byte, error) {
	c := d.Comparison
	out := jsonChanges{
		Schema: site.Rel(d.Path, HistorySchemaPath), Kind: "changes", ID: d.Text.ID, From: c.From.Date, To: c.To.Date,
		Langs: m.codes(c.Langs), Changes: []jsonChange{},
	}
	for i := range c.Changes {
		ch := &c.Changes[i]
		if ch.Same() {
			continue
		}
		j := jsonChange{
			Kind: string(ch.Kind), Before: numbers(c.Before(ch)), After: numbers(c.After(ch)), Moved: ch.Moved,
			Langs: m.codes(ch.Langs), Alone: c.Alone(ch), Runs: map[string][]jsonRun{},
		}
		for _, l := range c.Langs {
			before, after := c.Texts(ch, l)
			runs := []jsonRun{}
			for _, r := range compare.Texts(before, after) {
				x := jsonRun{Op: map[compare.Op]string{compare.Same: "same", compare.Out: "out", compare.In: "in"}[r.Op], Text: r.Text()}
				if r.Op == compare.Same && r.Before != r.After {
					x.Before = r.Before
				}
				runs = append(runs, x)
			}
			j.Runs[m.Site.Langs[l].Code] = runs
		}
		out.Changes = append(out.Changes, j)
	}
	return encode(out)
}

func (m *Maker) codes(langs []int) []string {
	out := []string{}
	for _, l := range langs {
		out = append(out, m.Site.Langs[l].Code)
	}
	return out
}

func numbers(passages []*site.Passage) []string {
	out := []string{}
	for _, p := range passages {
		out = append(out, p.Number)
	}
	return out
}

// changesDOCX is what changed as a Word document: the passages that changed in a
// table, what was taken out struck and what came in underlined.
func (m *Maker) changesDOCX(d *site.Download) ([]byte, error) {
	c, first := d.Comparison, d.Langs[0]
	ui := m.UIs[first]
	to := ""
	if !c.To.Present() {
		to = ui.Date(c.To.Date)
	}
	title := ui.T("changes-title", "From", ui.Date(c.From.Date), "To", to)
	v := d.Text.Versions[first]
	w := &wordWriter{Maker: m, doc: &word.Document{
		Title: v.Title + ui.T("dash") + title, Lang: m.wordLang(first), Date: c.To.Date, Landscape: len(d.Langs) > 1,
		Header: v.Short + ui.T("dash") + title,
	}}
	say := func(style word.Style, text string) {
		w.doc.Blocks = append(w.doc.Blocks, word.Paragraph{Style: style, Lang: m.wordLang(first), Runs: []word.Run{{Text: text}}})
	}
	say(word.Title, v.Title)
	say(word.Heading2, title)
	const numbersWidth = 1700
	table := &word.Table{Heads: 1, Widths: []int{numbersWidth}}
	each := (word.PageWidth(w.doc.Landscape) - numbersWidth) / len(d.Langs)
	head := [][]word.Block{nil}
	for _, l := range d.Langs {
		table.Widths = append(table.Widths, each)
		head = append(head, []word.Block{
			word.Paragraph{Style: word.CellHead, Lang: m.wordLang(l), Runs: []word.Run{{Text: m.Site.Langs[l].Name}}},
			word.Paragraph{Style: word.Small, Lang: m.wordLang(l), Runs: []word.Run{{Text: m.status(c.To.Text.Versions[l].Doc, l)}}},
		})
	}
	table.Rows = append(table.Rows, head)
	for i := range c.Changes {
		ch := &c.Changes[i]
		if ch.Same() {
			continue
		}
		all := append(c.After(ch), c.Before(ch)...)
		said := m.change(c, ch, first)
		if c.Alone(ch) {
			said = ui.T("changes-among", "Changes", said, "Alone", ui.T("changes-alone"))
		}
		row := [][]word.Block{{
			word.Paragraph{Style: word.Number, Runs: []word.Run{{Text: strings.Join(apart(numbers(all)), ui.T("list-comma"))}}},
			word.Paragraph{Style: word.Small, Lang: m.wordLang(first), Runs: []word.Run{{Text: said}}},
		}}
		for _, l := range d.Langs {
			before, after := c.Texts(ch, l)
			row = append(row, m.differenceDOCX(before, after, l, heading(all[0])))
		}
		table.Rows = append(table.Rows, row)
	}
	if len(table.Rows) == 1 {
		say(word.Small, ui.T("changes-none"))
		return m.zip(w.doc.Files())
	}
	w.doc.Blocks = append(w.doc.Blocks, word.Paragraph{Style: word.Small, Lang: m.wordLang(first), Runs: []word.Run{
		{Text: ui.T("changes-out"), Out: true}, {Text: " "}, {Text: ui.T("changes-in"), In: true},
	}}, table)
	for _, l := range d.Langs {
		w.doc.Blocks = append(w.doc.Blocks, word.Paragraph{Style: word.Small})
		for _, fact := range m.about(c.To.Text, l) {
			w.doc.Blocks = append(w.doc.Blocks, word.Paragraph{Style: word.Small, Lang: m.wordLang(l), Runs: []word.Run{{Text: fact}}})
		}
	}
	return m.zip(w.doc.Files())
}

// change says what became of a passage.
func (m *Maker) change(c *site.Comparison, ch *compare.Change, l int) string {
	ui := m.UIs[l]
	var said []string
	list := func(p []*site.Passage) string { return strings.Join(numbers(p), ui.T("list-comma")) }
	if ch.Kind != compare.Kept {
		said = append(said, ui.T("change-"+string(ch.Kind), "Before", list(c.Before(ch)), "After", list(c.After(ch))))
	}
	if ch.Moved {
		after := ""
		if p := c.Followed(ch); p != nil {
			after = p.Number
		}
		said = append(said, ui.T("change-moved", "After", after))
	}
	return strings.Join(said, ui.T("list-comma"))
}

// differenceDOCX is how a text became another, a paragraph for each of its lines.
func (m *Maker) differenceDOCX(before, after string, l int, heading bool) []word.Block {
	p := word.Paragraph{Style: word.Cell, Lang: m.wordLang(l)}
	if heading {
		p.Style = word.CellHead
	}
	for _, r := range compare.Texts(before, after) {
		p.Runs = append(p.Runs, word.Run{Text: r.Text(), Out: r.Op == compare.Out, In: r.Op == compare.In})
	}
	return []word.Block{p}
}

// heading reports whether the passage is one in some language.
func heading(p *site.Passage) bool {
	for _, c := range p.Cells {
		if len(c.Blocks) > 0 {
			return c.Blocks[0].Kind == doc.Heading
		}
	}
	return false
}

// apart leaves out what was said before.
func apart(all []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// revisionEntries tell of every version but the first, the newest first. Each
// has the address that the version has under its date, now or once there is a
// newer one.
func revisionEntries(s *site.Site, t *site.Text, lang int, at func(path string) string) []atomEntry {
	h := s.History(t.ID)
	if h == nil {
		return nil
	}
	var out []atomEntry
	for _, r := range slices.Backward(h.Revisions) {
		before := r.Before()
		if before == nil || r.Date == "" {
			continue
		}
		p := s.Page(site.ChangesKey(h.Compared(before, r)), lang)
		if p == nil {
			continue
		}
		out = append(out, atomEntry{
			Title: t.Versions[lang].Title + " (" + r.Date + ")", ID: identify(s, s.DatedPath(r, lang)), Updated: firstDay(r.Date) + "T00:00:00Z",
			Links:   []atomLink{{Rel: "alternate", Type: "text/html", Href: at(p.Path)}},
			Summary: r.Title[lang],
		})
	}
	return out
}

// firstDay is the first day of a date, which may be a month or a year.
func firstDay(date string) string { return (date + "-01-01")[:len("2006-01-02")] }
