package render

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"stele/build/compare"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/record"
	"stele/build/site"
)

// deskText is a text on the desk.
type deskText struct {
	ID      string // of its part of the page; "t1" for the first text
	Name    string // the text's id
	Title   Words
	Desk    string // the desk with this text alone
	Read    string // the text's page
	Current bool   // chosen

	Version  string
	Recorded bool
	Record   string // the record's file
	Passages int
	Coverage []deskCoverage
	Counts   []deskCount

	Sections []deskSection
	Work     []deskPassage // what wants a look, as far as the page holds it
	Wanting  int           // how many want one
	Queue    string        // where all of them stand, card by card
	Only     []string      // passages that are unconfirmed and nothing else
	OnlyIn   []deskOnly    // those of them that are so in each language

	Plan []deskPlan // what saving the numbers does; empty where it changes nothing
	Undo bool       // the last change of the record can be taken back
}

// deskOnly is the passages that are unconfirmed in a language.
type deskOnly struct {
	Words    // the language's name
	Code     string
	Passages []string
}

// deskPlan is one thing that saving the numbers does, in words, and to which.
type deskPlan struct {
	Text    string
	Numbers string
}

// deskCoverage is how much of a text a language has.
type deskCoverage struct {
	Words            // the language's name
	Absent    bool   // no version in this language
	With      string // passages with text
	Confirmed string // the share of them that stands as confirmed; empty without a record
	Bar       template.HTML
}

// deskCount is how many findings of a severity there are.
type deskCount struct {
	deskSign
	Count int
	Href  string
}

type deskSection struct {
	Number   string
	Title    Words
	Href     string
	Passages []deskPassage
}

// deskPassage is a passage on the desk: a tile of the map, a line of the table,
// and if it wants a look a part of the page.
type deskPassage struct {
	ID     string // of its line in the table
	Work   string // id of its part of the page, empty without one
	Number string
	Class  string // the state that counts most, for the tile
	Label  string // the whole state in words
	Href   string // the passage in its page
	Bead   string // such as "1:2:1"; empty where every language has one block
	Sure   string // the confidence as a percentage; empty for an empty row
	Bar    template.HTML
	Marks  []deskSign
	Cells  []deskCell
	// Confirm tells that there is something to confirm, Pin that it may be
	// pinned, or Pinned freed.
	Confirm, Pin, Pinned bool
	Findings             []deskFinding // open ones that are about the passage, and of no language

	// Of a card: the text, the state of the text and of the passage that it shows.
	Text, Version, Print string
	Title                Words // of the text
	Join                 bool  // it can become part of the one before it
	Due                  string
}

// deskCell is one language's part of a passage.
type deskCell struct {
	Words    // the language's name
	State    deskSign
	Start    string // the first words
	Paras    []deskPara
	Write    bool // the language has no text here, and a file to write it in
	Several  bool // blocks
	Findings []deskFinding
	Place    string // path:line:col
	Code     string // of the language
	By       string // when and by whom it was confirmed, as far as they told
	Confirm  bool   // there is something to confirm in this language
	Number   string // of the passage
}

// deskSign is a state: a class for its colour, a sign, and a word.
type deskSign struct{ Class, Sign, Word string }

// signs are the states in the order in which they count, with their signs. The
// word of a state is the message "desk-" and its name.
var signs = []struct{ class, sign string }{
	{"missing", "−"},
	{"added", "+"},
	{"changed", "≠"},
	{"stale", "!"},
	{"empty", "∅"},
	{"doubt", "?"},
	{"moved", "⇅"},
	{"unconfirmed", "○"},
	{"confirmed", "✓"},
	{"absent", "·"},
	{"removed", "×"},
	{"pinned", "◆"},
}

func (m *deskMaker) sign(class string) deskSign {
	i := slices.IndexFunc(signs, func(s struct{ class, sign string }) bool { return s.class == class })
	return deskSign{class, signs[i].sign, m.T("desk-" + class)}
}

func (m *deskMaker) legend() []deskSign {
	var out []deskSign
	for _, s := range signs {
		out = append(out, m.sign(s.class))
	}
	return out
}

var stateClass = map[record.State]string{
	record.Unconfirmed: "unconfirmed",
	record.Confirmed:   "confirmed",
	record.Changed:     "changed",
	record.Stale:       "stale",
	record.Missing:     "missing",
	record.Added:       "added",
	record.Absent:      "absent",
}

func cellClass(c site.Cell) string {
	if len(c.Blocks) == 0 && c.State == record.Unconfirmed {
		return "empty"
	}
	return stateClass[c.State]
}

// marksOf are the states of a passage apart from those of its languages.
func marksOf(p *site.Passage) []string {
	var out []string
	if p.Row.Removed || p.Empty() {
		return []string{"removed"}
	}
	if p.Row.Uncertain() && !p.Row.Pinned {
		out = append(out, "doubt")
	}
	if p.Row.Moved {
		out = append(out, "moved")
	}
	if p.Row.Pinned {
		out = append(out, "pinned")
	}
	return out
}

// classOf is the state of a passage that counts most.
func (m *deskMaker) classOf(p *site.Passage) string {
	has := map[string]bool{}
	for _, class := range marksOf(p) {
		has[class] = true
	}
	if !has["removed"] {
		for _, l := range m.langsOf(p.Section.Text) {
			has[cellClass(p.Cells[l])] = true
		}
	}
	for _, s := range signs {
		if has[s.class] {
			return s.class
		}
	}
	return "confirmed"
}

// wants tells whether a passage wants a look: a language did not follow, or
// nobody has confirmed a row that is uncertain.
func (m *deskMaker) wants(p *site.Passage) bool {
	switch m.classOf(p) {
	case "missing", "added", "changed", "stale":
		return true
	case "empty", "doubt", "moved":
		if !confirmedAll(p) {
			return true
		}
	}
	return slices.ContainsFunc(m.open[p], func(f finding) bool { return f.Severity != diag.Note })
}

// confirmedAll tells whether an editor has confirmed the passage as it stands.
func confirmedAll(p *site.Passage) bool {
	for _, c := range p.Cells {
		if c.State.Agrees() {
			continue
		}
		if c.State != record.Unconfirmed || len(c.Blocks) > 0 {
			return false
		}
	}
	return slices.ContainsFunc(p.Cells, func(c site.Cell) bool { return c.State != record.Unconfirmed })
}

// langsOf are the site's languages in which the text has a version, in the
// site's order: no language of the interface comes first on the desk.
func (m *deskMaker) langsOf(t *site.Text) []int {
	var out []int
	for l, v := range t.Versions {
		if v.Doc != nil {
			out = append(out, l)
		}
	}
	return out
}

// overview is what the desk says of every text.
func (m *deskMaker) overview(i int, t *site.Text) deskText {
	v := t.Versions[m.page.Lang]
	x := deskText{
		ID: fmt.Sprintf("t%d", i+1), Name: t.ID, Title: m.words(v.Short, v.TitleLang),
		Desk: m.address("text", t.ID), Read: m.href(site.ContentsKey(t)), Current: t == m.chosen,
		Version: m.Versions[t.ID], Recorded: t.Recorded, Record: m.under(diag.Pos{Path: t.ID + "/alignment.tsv"}),
	}
	x.Record = strings.TrimSuffix(x.Record, ":1:1")
	counts := t.Counts()
	x.Passages = counts.Passages
	with, confirmed := counts.With, counts.Agree
	for _, l := range m.langsOf(t) {
		x.OnlyIn = append(x.OnlyIn, deskOnly{Words: m.words(m.site.Langs[l].Name, l), Code: m.site.Langs[l].Code})
	}
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			if p.Empty() || m.classOf(p) != "unconfirmed" || m.wants(p) {
				continue
			}
			x.Only = append(x.Only, p.Number)
			for i, l := range m.langsOf(t) {
				if cellClass(p.Cells[l]) == "unconfirmed" {
					x.OnlyIn[i].Passages = append(x.OnlyIn[i].Passages, p.Number)
				}
			}
		}
	}
	x.OnlyIn = slices.DeleteFunc(x.OnlyIn, func(o deskOnly) bool { return len(o.Passages) == 0 })
	x.Undo = m.Undo[t.ID]
	if plan := m.Plans[t.ID]; plan.Changes() {
		x.Plan = m.plan(t, plan)
	}
	for l := range m.site.Langs {
		c := deskCoverage{Words: m.words(m.site.Langs[l].Name, l), Absent: t.Versions[l].Doc == nil}
		if !c.Absent {
			c.With = m.T("desk-with", "Number", m.ui.Number(with[l]), "All", m.ui.Number(x.Passages))
			c.Bar = bar(with[l], max(x.Passages, 1))
			if t.Recorded {
				c.Confirmed = m.T("desk-share", "Percent", m.ui.Percent(float64(confirmed[l])/float64(max(with[l], 1))))
				c.Bar = bar(confirmed[l], max(x.Passages, 1))
			}
		}
		x.Coverage = append(x.Coverage, c)
	}
	for _, sev := range severities {
		n := 0
		for _, f := range m.found {
			if f.text == t && f.Severity == sev {
				n++
			}
		}
		if n > 0 {
			sign := m.severity(sev)
			sign.Word = m.T("desk-counted-"+sev.String(), "Count", n)
			x.Counts = append(x.Counts, deskCount{sign, n, m.address("text", t.ID) + "#findings"})
		}
	}
	return x
}

// plan puts into words what saving the numbers of a text does.
func (m *deskMaker) plan(t *site.Text, p record.Plan) []deskPlan {
	const most = 40 // numbers that are named
	var out []deskPlan
	add := func(id string, numbers []string) {
		if len(numbers) == 0 {
			return
		}
		x := deskPlan{Text: m.T(id, "Count", len(numbers))}
		if id != "desk-plan-kept" && (t.Recorded || id != "desk-plan-new") {
			x.Numbers = strings.Join(numbers[:min(most, len(numbers))], m.T("list-comma"))
			if len(numbers) > most {
				x.Numbers += " …"
			}
		}
		out = append(out, x)
	}
	add("desk-plan-kept", p.Kept)
	add("desk-plan-new", p.New)
	var joined []string
	for _, n := range p.Joined {
		joined = append(joined, n+" → "+strings.Join(p.Parts[n], " + "))
	}
	add("desk-plan-joined", joined)
	add("desk-plan-moved", p.Moved)
	add("desk-plan-gone", p.Gone)
	add("desk-plan-back", p.Back)
	return out
}

// detail adds a text's passages to what the overview says of it.
func (m *deskMaker) detail(x deskText, t *site.Text) deskText {
	x.Queue = m.queueOf(m.site.Langs[m.page.Lang].Code, t.ID)
	for _, s := range slices.Concat(t.Sections, t.Gone) {
		sec := deskSection{Title: m.sectionTitle(s, m.page.Lang)}
		if s.Role == site.Headed {
			sec.Number = s.Number
		}
		for i, p := range s.Passages {
			d := m.passage(x.ID, p)
			if i == 0 {
				sec.Href = d.Href
			}
			if m.wants(p) {
				if x.Wanting++; len(x.Work) < deskCards {
					d.Work = x.ID + "w" + p.Number
					x.Work = append(x.Work, m.card(x.ID, p))
				}
			}
			sec.Passages = append(sec.Passages, d)
		}
		x.Sections = append(x.Sections, sec)
	}
	return x
}

func (m *deskMaker) passage(id string, p *site.Passage) deskPassage {
	d := deskPassage{
		ID: id + "r" + p.Number, Number: p.Number, Class: m.classOf(p), Href: m.passageHref(p),
		Pinned: p.Row.Pinned, Confirm: !confirmedAll(p), Pin: !p.Row.Pinned,
	}
	var says []string
	for _, class := range marksOf(p) {
		s := m.sign(class)
		if class == "doubt" {
			s.Word = m.T("desk-sure", "Percent", m.ui.Percent(p.Row.Confidence))
		}
		d.Marks = append(d.Marks, s)
		says = append(says, s.Word)
	}
	if d.Class == "removed" {
		d.Confirm, d.Pin = false, false
		d.Label = strings.Join(says, m.T("list-comma"))
		return d
	}
	if m.Print != nil {
		d.Print = m.Print(p)
	}
	d.Cells = m.cells(p, false)
	d.Sure = m.ui.Percent(p.Row.Confidence)
	d.Bar = bar(int(p.Row.Confidence*1000), 1000)
	var bead, states []string
	plain := true
	for i, l := range m.langsOf(p.Section.Text) {
		n := len(p.Cells[l].Blocks)
		plain = plain && n == 1
		bead = append(bead, m.ui.Number(n))
		states = append(states, d.Cells[i].Text+" "+d.Cells[i].State.Word)
	}
	if !plain {
		d.Bead = strings.Join(bead, ":")
		says = append(says, d.Bead)
	}
	d.Label = strings.Join(append(states, says...), m.T("list-comma"))
	return d
}

// cells are a passage's languages: their first words, or whole with what
// changed since they were confirmed.
func (m *deskMaker) cells(p *site.Passage, whole bool) []deskCell {
	var out []deskCell
	t := p.Section.Text
	for _, l := range m.langsOf(t) {
		part := p.Cells[l]
		c := deskCell{Words: m.words(m.site.Langs[l].Name, l), State: m.sign(cellClass(part))}
		var texts []string
		for _, b := range part.Blocks {
			if b.Kind == doc.Break {
				continue
			}
			texts = append(texts, b.Text)
		}
		if len(part.Blocks) > 0 {
			c.Place = m.under(part.Blocks[0].Doc.Pos(part.Blocks[0].Block))
		}
		now := strings.Join(texts, record.Pilcrow)
		c.Start = lang.Clip(now, 48)
		c.Code, c.Number, c.Confirm = m.site.Langs[l].Code, p.Number, !part.State.Agrees()
		if rec := m.Records[t.ID]; rec != nil {
			c.By = rec.ConfirmedBy(p.Number, c.Code)
		}
		if whole {
			c.Write, c.Several = len(part.Blocks) == 0, len(part.Blocks) > 1
			m.fill(&c, p, l, now)
		}
		out = append(out, c)
	}
	return out
}

// changes tells how the text in a language differs from what was confirmed.
func (m *deskMaker) changes(p *site.Passage, l int, now string) []compare.Run {
	switch p.Cells[l].State {
	case record.Changed, record.Missing, record.Added:
	default:
		return compare.Texts(now, now)
	}
	before := ""
	if rec := m.Records[p.Section.Text.ID]; rec != nil {
		before, _ = rec.ConfirmedText(p.Number, m.site.Langs[l].Code)
	}
	return compare.Texts(before, now)
}
