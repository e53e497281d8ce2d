package render

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"stele/build/diag"
	"stele/build/record"
	"stele/build/site"
)

// deskQueue is what an editor of one language has to do, card by card.
type deskQueue struct {
	Words  // the language's name
	Code   string
	All    string // back to the desk
	Facets []facet
	Cards  []deskPassage
	Count  int
	Pages  string // which cards these are
	Next   string
	Prev   string
	Asked  bool   // nothing is left of what is due, as it was chosen
	Whole  string // all that is due
	Groups []deskGroup
	Tables []deskTable
	Folded bool // the tables are of many texts
}

// deskFew is how many values a choice of the queue, and how many texts to confirm in,
// are shown unfolded: the work is to be seen first.
const deskFew = 12

// Many reports whether there are more groups than are shown unfolded.
func (q *deskQueue) Many() bool { return len(q.Groups) > deskFew }

// deskGroup is what of the choice can be confirmed at once in a text: passages in
// which nothing is open.
type deskGroup struct {
	Words         // the text's title
	Name, Version string
	Passages      []string
	Wrong         string // what is said to a range that is none of them
}

// deskTable is a file for a translator.
type deskTable struct {
	Words        // what it is
	Href  string // as XLIFF
	Word  string // for a word processor
}

// dueKinds are the kinds of what is due, the first that holds counting.
var dueKinds = []string{"missing", "wording", "divided", "space", "doubt", "finding", "unconfirmed"}

// queueOf is the queue of a language, of a text or of all.
func (m *deskMaker) queueOf(lang, text string) string {
	q := url.Values{"queue": {lang}, "lang": {m.site.Langs[m.page.Lang].Code}}
	if text != "" {
		q.Set("text", text)
	}
	return DeskPath + "?" + q.Encode()
}

// due is a passage that a language has something to do in.
type due struct {
	p    *site.Passage
	kind string
	open bool // more than somebody's word is wanting
	id   string
}

// due says what the language has to do in a passage; empty for nothing.
func (m *deskMaker) due(p *site.Passage, l int) string {
	if p.Empty() || p.Row.Removed {
		return ""
	}
	c := p.Cells[l]
	uncertain := !confirmedAll(p) && (p.Row.Uncertain() && !p.Row.Pinned || p.Row.Moved)
	found := slices.ContainsFunc(m.open[p], func(f finding) bool {
		return f.Severity != diag.Note && (f.lang == l || f.lang < 0)
	})
	switch {
	case c.State == record.Missing, len(c.Blocks) == 0 && c.State == record.Unconfirmed && p.Section.Text.Versions[l].Doc != nil:
		return "missing"
	case c.State == record.Changed, c.State == record.Added:
		// who signs this language vouches that it says what the others do, and so
		// has their changes to read too
		kind := m.nature(p, l)
		for o, other := range p.Cells {
			if other.State == record.Changed || other.State == record.Added {
				kind = graver(kind, m.nature(p, o))
			}
		}
		return kind
	case c.State == record.Stale:
		kind := "space"
		for _, k := range p.Row.Ahead[m.column(p, l)] {
			if o := m.langOf(p, k); o >= 0 {
				if kind = graver(kind, m.nature(p, o)); !unsigned(p.Cells[o].State) {
					kind = graver(kind, "wording") // it was signed since: its former words are not kept
				}
			}
		}
		return kind
	case uncertain:
		return "doubt"
	case found:
		return "finding"
	case c.State == record.Unconfirmed && len(c.Blocks) > 0:
		return "unconfirmed"
	}
	return ""
}

// unsigned reports whether a language's text is not the one that was confirmed, so that
// the record has still what it was.
func unsigned(s record.State) bool {
	return s == record.Changed || s == record.Added || s == record.Missing
}

// graver is the kind that comes first in dueKinds.
func graver(a, b string) string {
	return dueKinds[min(slices.Index(dueKinds, a), slices.Index(dueKinds, b))]
}

// column is the language's place in the text's table, and langOf the language of
// a place.
func (m *deskMaker) column(p *site.Passage, l int) int {
	return slices.Index(p.Section.Text.Table.Langs, m.site.Langs[l].Code)
}

func (m *deskMaker) langOf(p *site.Passage, column int) int {
	return slices.IndexFunc(m.site.Langs, func(x site.Lang) bool { return x.Code == p.Section.Text.Table.Langs[column] })
}

// nature says how a language's text differs from what was confirmed.
func (m *deskMaker) nature(p *site.Passage, l int) string {
	rec := m.Records[p.Section.Text.ID]
	if rec == nil {
		return "wording"
	}
	before, _ := rec.ConfirmedText(p.Number, m.site.Langs[l].Code)
	var texts []string
	for _, b := range p.Cells[l].Blocks {
		texts = append(texts, b.Text)
	}
	now := strings.Join(texts, record.Pilcrow)
	switch {
	case letters(before) != letters(now):
		if joined(rec, p.Number, m.site.Langs[l].Code, letters(now)) {
			return "divided"
		}
		return "wording"
	case strings.Count(before, record.Pilcrow) != strings.Count(now, record.Pilcrow):
		return "divided"
	}
	return "space"
}

// joined reports whether a passage says, in a language, what was confirmed of it and
// of those after it, letter by letter: they were put together and nothing else.
func joined(rec *record.Record, number, lang, now string) bool {
	l := slices.Index(rec.Langs, lang)
	first := slices.IndexFunc(rec.Entries, func(e record.Entry) bool { return e.Number == number })
	if l < 0 || first < 0 {
		return false
	}
	for i, e := range rec.Entries[first:] {
		said := letters(e.Cells[l].Confirmed)
		rest, ok := strings.CutPrefix(now, said)
		if !ok || said == "" || !e.Cells[l].IsConfirmed {
			return false
		}
		if rest == "" {
			return i > 0
		}
		now = rest
	}
	return false
}

// holdsMore reports whether a passage holds other words, in some language, than were
// confirmed of it, though it is only divided otherwise: what another passage said is
// to be read before anybody vouches for it.
func (m *deskMaker) holdsMore(p *site.Passage) bool {
	rec := m.Records[p.Section.Text.ID]
	for l, c := range p.Cells {
		if rec == nil || c.State != record.Changed {
			continue
		}
		before, _ := rec.ConfirmedText(p.Number, m.site.Langs[l].Code)
		var now strings.Builder
		for _, b := range c.Blocks {
			now.WriteString(letters(b.Text))
		}
		if letters(before) != now.String() {
			return true
		}
	}
	return false
}

// letters is a text without white space and without what parts blocks.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '¶' {
			return -1
		}
		return r
	}, s)
}

// queue lists what is due in a language, as the query chooses from it.
func (m *deskMaker) queue(code string) *deskQueue {
	l := slices.IndexFunc(m.site.Langs, func(x site.Lang) bool { return x.Code == code })
	q := &deskQueue{Words: m.words(m.site.Langs[l].Name, l), Code: code, All: m.address("queue", ""), Whole: m.queueOf(code, "")}
	var hits map[*site.Passage]bool
	if query := m.query.Get("q"); query != "" && m.Search != nil {
		hits = map[*site.Passage]bool{}
		for _, p := range m.Search(query, l) {
			hits[p] = true
		}
	}
	var all []due
	for i, t := range m.site.Texts {
		for _, s := range t.Sections {
			for _, p := range s.Passages {
				if kind := m.due(p, l); kind != "" && (hits == nil || hits[p]) {
					open := kind != "unconfirmed" && kind != "space" && kind != "divided" || kind == "divided" && m.holdsMore(p)
					open = open || slices.ContainsFunc(m.open[p], func(f finding) bool { return f.Severity != diag.Note })
					all = append(all, due{p, kind, open, "t" + strconv.Itoa(i+1)})
				}
			}
		}
	}
	says := map[string]func(due) string{
		"kind": func(d due) string { return d.kind },
		"text": func(d due) string { return d.p.Section.Text.ID },
	}
	if m.chosen != nil {
		says["section"] = func(d due) string { return d.p.Section.Number }
	}
	choose := func(except string) []due {
		return slices.DeleteFunc(slices.Clone(all), func(d due) bool {
			for key, say := range says {
				if want := m.query.Get(key); key != except && want != "" && say(d) != want {
					return true
				}
			}
			return false
		})
	}
	facetOf := func(key, name string, label func(v string) Words, order []string) {
		say := says[key]
		if say == nil {
			return
		}
		count, left := map[string]int{}, choose(key)
		for _, d := range left {
			count[say(d)]++
		}
		current := m.query.Get(key)
		f := facet{Name: name, Items: []facetItem{{Words: m.local(m.T("desk-any")), Count: len(left), Href: m.first(key, ""), Current: current == ""}}}
		for _, v := range order {
			if count[v] > 0 || v == current {
				f.Items = append(f.Items, facetItem{Words: label(v), Count: count[v], Href: m.first(key, v), Current: v == current})
			}
		}
		if len(f.Items) > 1+deskFew {
			f.Fold = "by-" + key
		}
		if len(f.Items) > 2 || current != "" {
			q.Facets = append(q.Facets, f)
		}
	}
	facetOf("kind", m.T("desk-by-kind"), func(v string) Words { return m.local(m.T("desk-due-" + v)) }, dueKinds)
	var texts, sections []string
	for _, t := range m.site.Texts {
		texts = append(texts, t.ID)
	}
	facetOf("text", m.T("desk-by-text"), func(v string) Words {
		t := m.site.Text(v).Versions[m.page.Lang]
		return m.words(t.Short, t.TitleLang)
	}, texts)
	if m.chosen != nil {
		title := map[string]Words{}
		for _, s := range m.chosen.Sections {
			sections = append(sections, s.Number)
			title[s.Number] = m.sectionTitle(s, m.page.Lang)
		}
		facetOf("section", m.T("desk-by-section"), func(v string) Words {
			w := title[v]
			w.Text = v + ". " + w.Text
			return w
		}, sections)
	}
	chosen := choose("")
	q.Count = len(chosen)
	q.Asked = len(chosen) == 0 && (hits != nil || len(all) > 0)
	m.pages(q, chosen, l)
	m.groups(q, chosen)
	m.tables(q, l)
	return q
}

// first is the address with one key changed, at the first card.
func (m *deskMaker) first(key, value string) string {
	was := m.query
	defer func() { m.query = was }()
	m.query = url.Values{}
	for k, v := range was {
		if k != "from" && (k != "section" || key != "text") {
			m.query[k] = v
		}
	}
	return m.address(key, value)
}

// pages puts the cards of one page into the queue.
func (m *deskMaker) pages(q *deskQueue, chosen []due, l int) {
	from, _ := strconv.Atoi(m.query.Get("from"))
	if from >= len(chosen) {
		from = max(0, len(chosen)-1) / deskCards * deskCards
	}
	to := min(from+deskCards, len(chosen))
	for _, d := range chosen[from:to] {
		c := m.card(d.id, d.p)
		c.Due = m.dueOf(d, l)
		q.Cards = append(q.Cards, c)
	}
	if len(chosen) > deskCards {
		q.Pages = m.T("desk-pages", "From", m.ui.Number(from+1), "To", m.ui.Number(to), "All", m.ui.Number(len(chosen)))
	}
	if to < len(chosen) {
		q.Next = m.address("from", strconv.Itoa(to))
	}
	if from > 0 {
		q.Prev = m.address("from", "")
		if from > deskCards {
			q.Prev = m.address("from", strconv.Itoa(from-deskCards))
		}
	}
}

// dueOf says what is due of a language in a passage: what it has to do, or which of
// the others changed.
func (m *deskMaker) dueOf(d due, l int) string {
	what := m.T("desk-due-" + d.kind)
	if !slices.Contains([]string{"wording", "divided", "space"}, d.kind) || d.p.Cells[l].State != record.Stale {
		return what
	}
	var names []string
	kept := false
	for _, k := range d.p.Row.Ahead[m.column(d.p, l)] {
		if o := m.langOf(d.p, k); o >= 0 {
			names = append(names, m.site.Langs[o].Name)
			kept = kept || unsigned(d.p.Cells[o].State)
		}
	}
	if len(names) == 0 {
		return what
	}
	if !kept {
		what = m.T("desk-due-unkept")
	}
	return m.T("desk-due-other", "Languages", strings.Join(names, m.T("list-comma")), "What", what)
}

// groups lists what of the choice can be confirmed at once.
func (m *deskMaker) groups(q *deskQueue, chosen []due) {
	for _, d := range chosen {
		if d.open {
			continue
		}
		t := d.p.Section.Text
		if n := len(q.Groups); n == 0 || q.Groups[n-1].Name != t.ID {
			v := t.Versions[m.page.Lang]
			q.Groups = append(q.Groups, deskGroup{Words: m.words(v.Short, v.TitleLang), Name: t.ID, Version: m.Versions[t.ID]})
		}
		g := &q.Groups[len(q.Groups)-1]
		g.Passages = append(g.Passages, d.p.Number)
	}
	for i := range q.Groups {
		g := &q.Groups[i]
		g.Wrong = m.T("desk-range-wrong", "First", g.Passages[0], "Last", g.Passages[len(g.Passages)-1])
	}
}

// wantsTable reports whether a translator from one language into another has
// something to do in a text.
func wantsTable(t *site.Text, from, to int) bool {
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			a, b := p.Cells[from], p.Cells[to]
			if len(a.Blocks) > 0 && !p.Row.Removed && b.State != record.Absent && (len(b.Blocks) == 0 || !p.Agree(from, to)) {
				return true
			}
		}
	}
	return false
}

// tables lists the files for translators into the language.
func (m *deskMaker) tables(q *deskQueue, l int) {
	q.Folded = m.chosen == nil && len(m.site.Texts) > 1
	for _, t := range m.site.Texts {
		if m.chosen != nil && t != m.chosen || t.Versions[l].Doc == nil {
			continue
		}
		for _, from := range m.langsOf(t) {
			if from == l || !wantsTable(t, from, l) {
				continue
			}
			a, b := m.site.Langs[from].Code, m.site.Langs[l].Code
			v := url.Values{"text": {t.ID}, "from": {a}, "to": {b}, "only": {"missing", "stale", "unconfirmed"}}
			name := url.PathEscape(strings.ReplaceAll(t.ID, "/", "-") + "." + a + "-" + b)
			title := t.Versions[m.page.Lang]
			label := m.T("desk-table", "From", m.site.Langs[from].Name, "To", m.site.Langs[l].Name)
			if q.Folded {
				label = title.Short + m.T("colon") + label
			}
			q.Tables = append(q.Tables, deskTable{m.local(label), "editors/" + name + ".xlf?" + v.Encode(), "editors/" + name + ".docx?" + v.Encode()})
		}
	}
}
