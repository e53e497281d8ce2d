package render

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"stele/build/compare"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
)

// VersionLine says on a page of a text with several versions which of them it
// is, and leads to the others at the same place.
type VersionLine struct {
	Words    string // which version it is, since when and until when
	Old      bool   // it is not the current one
	Current  *Link  // the current version, at the same place; nil on its own pages
	Changes  *Link  // what changed since, at the same place, or on pages of the current version what it changed
	Versions Link   // all versions
	Before   *Link  // the version before, at the same place; nil for the first
	After    *Link  // the version after, at the same place; nil for the last
	Style    string // history.css, as a link
	Script   string // history.js, as a link
}

// VersionsPage lists the versions of a text.
type VersionsPage struct {
	Frame
	HistoryStyle string         // history.css, as a link
	Up           Link           // the text
	Versions     []VersionEntry // the current one first
	Former       *Link          // the search of earlier versions; nil where nothing has changed
}

// VersionEntry is a version of a text.
type VersionEntry struct {
	Name    string // its date, or that it is the current one, in words
	Title   Words  // what it is called; Text may be empty
	Current bool   // it is the version that holds
	Since   string // the date from which it holds; may be empty
	Until   string // the date of the next; empty for the current one
	Href    string // the text in this version
	Changes *Link  // what it changed; nil for the first
	Count   string // how many passages it changed; empty for the first
	Later   *Link  // what changed from it to the current one; nil where that is Changes of another
}

// ChangesPage tells what changed from one version of a text to another.
type ChangesPage struct {
	Frame
	HistoryStyle string         // history.css, as a link
	Up           Link           // the text
	Versions     Link           // all versions
	From, To     Link           // the two
	Others       []Link         // other comparisons with the same versions
	Summary      []string       // how many passages were changed, how many are new …
	Columns      Columns        // the reader's choice of languages
	Table        []ChangeEntry  // each change, in short
	Runs         []ChangeRun    // the passages, in the order of the later version
	Pragma       template.HTML  // a remark for one HTML checker; put it before the rows
	Taken        []DownloadFile // the comparison as files to take away
}

// ChangeEntry is a line of the table of changes.
type ChangeEntry struct {
	Number string  // of the passage, or of several
	Href   string  // its place in the page
	What   string  // what became of it
	Langs  []Words // in which its text differs
	Alone  bool    // it was changed in one language only
	Begins string  // its first words
}

// ChangeRun is some passages of a page of changes: one that changed, or some, one
// after another, that did not.
type ChangeRun struct {
	Same string        // how many did not change, in words; empty for what did
	Rows []Row         // the passages
	Left template.HTML // in place of passages, where some stood that moved: which, and where they are now
}

// versionLine is the line of a page of a text; nil where it has one version only.
func (c context) versionLine() *VersionLine {
	r := c.site.Revision(c.page.Text)
	if r == nil || !c.Renders(site.Versions) {
		return nil
	}
	v := &VersionLine{
		Old: !r.Present(), Versions: c.versionsLink(r.History), Words: c.standing(r),
		Style: c.rel(c.theme.asset("history.css")), Script: c.rel(c.theme.asset("history.js")),
	}
	now := r.History.Present()
	if v.Old {
		l := c.there(now)
		l.Words = c.local(c.T("history-now-link"))
		v.Current = &l
	}
	if b := r.Before(); b != nil {
		l := c.there(b)
		v.Before = &l
	}
	if a := r.After(); a != nil {
		l := c.there(a)
		v.After = &l
	}
	if !c.Renders(site.Changes) {
		return v
	}
	x, word := r.History.Compared(r, now), "history-changes-since"
	if !v.Old {
		x, word = r.History.Compared(r.Before(), r), "history-changes-made"
	}
	v.Changes = &Link{Href: c.href(site.ChangesKey(x)) + c.firstChange(x), Words: c.local(c.T(word))}
	return v
}

// standing says which version one is, since when and until when.
func (c context) standing(r *site.Revision) string {
	if r.Present() {
		return c.T("history-now", "Date", c.ui.Date(r.Date))
	}
	return c.T("history-old", "Date", c.ui.Date(r.Date), "Until", c.ui.Date(r.Until), "Title", r.Title[c.page.Lang])
}

// nameOf is a version's date in words, or that it is the current one.
func (c context) nameOf(r *site.Revision) string {
	if r.Present() {
		return c.T("history-now-link")
	}
	return c.T("history-of", "Date", c.ui.Date(r.Date))
}

// there is the place of the page in another version: the same section, or the
// nearest passage that the version has, or the beginning.
func (c context) there(r *site.Revision) Link {
	key, anchor := site.ContentsKey(r.Text), ""
	switch {
	case c.page.Kind == site.TextFull:
		key = site.Key{Kind: site.TextFull, Text: r.Text.ID}
	case c.page.Section != nil && len(c.page.Section.Passages) > 0:
		if q := c.site.Counterpart(c.page.Section.Passages[0], r.Text); q != nil {
			key = site.PassageKeyIn(q, c.page.Lang)
			if !q.Opens || q.Number != c.page.Section.Passages[0].Number {
				anchor = fragment(q.Anchor())
			}
		}
	}
	return Link{Href: c.href(key) + anchor, Words: c.local(c.nameOf(r))}
}

// firstChange is the place in a page of changes of the first that the page shows.
func (c context) firstChange(x *site.Comparison) string {
	if c.page.Section == nil {
		return ""
	}
	for _, p := range c.page.Section.Passages {
		if ch := x.Of(p.Number); ch != nil && !ch.Same() {
			return fragment(changeID(x, ch))
		}
	}
	return ""
}

func (c context) versionsLink(h *site.History) Link {
	return Link{Href: c.href(site.VersionsKey(h)), Words: c.local(c.T("history-all"))}
}

// changeID is where a page of changes has a change: under the number of its
// first passage, in the later version if it is there.
func changeID(x *site.Comparison, ch *compare.Change) string {
	return lead0(x, ch).Anchor()
}

// lead0 is the passage that stands for a change.
func lead0(x *site.Comparison, ch *compare.Change) *site.Passage {
	if after := x.After(ch); len(after) > 0 {
		return after[0]
	}
	return x.Before(ch)[0]
}

// changedLater adds to the rows of an earlier version what became of their
// passages, with links to the very places.
func (c context) changedLater(rows []Row) {
	r := c.site.Revision(c.page.Text)
	if r == nil || r.Present() || !c.Renders(site.Changes) {
		return
	}
	now := r.History.Present()
	x := r.History.Compared(r, now)
	page := c.href(site.ChangesKey(x))
	for i := range rows {
		row := &rows[i]
		number, ok := strings.CutPrefix(row.ID, "p")
		if !ok || len(row.Cells) == 0 {
			continue
		}
		ch := x.Of(number)
		if ch == nil || ch.Same() {
			continue
		}
		changes := raw(`<a href="` + esc(page+fragment(changeID(x, ch))) + `">` + esc(c.T("history-what")) + `</a>`)
		current := template.HTML("")
		if after := x.After(ch); len(after) > 0 {
			q := after[0]
			for _, p := range after {
				if p.Number == number {
					q = p
				}
			}
			current = raw(`<a href="` + esc(c.href(site.PassageKeyIn(q, c.page.Lang))+fragment(q.Anchor())) + `">` + esc(q.Number) + `</a>`)
		}
		row.Cells[0].Note = joinNotes(row.Cells[0].Note, c.sentence(laterWords[ch.Kind], "Now", current, "Changes", changes))
		row.Class = strings.TrimSpace(row.Class + " later")
	}
}

// laterWords say what became of a passage of an earlier version.
var laterWords = map[compare.Kind]string{
	compare.Kept: "history-later-kept", compare.Reworded: "history-later-changed", compare.Removed: "history-later-removed",
	compare.Joined: "history-later-joined", compare.Divided: "history-later-divided",
}

func (c context) versionsPage() VersionsPage {
	h := c.site.History(c.page.Text.ID)
	v := c.page.Text.Versions[c.page.Lang]
	p := VersionsPage{HistoryStyle: c.rel(c.theme.asset("history.css")), Up: *c.textLink(site.ContentsKey(h.Text), v)}
	for _, r := range slices.Backward(h.Revisions) {
		e := VersionEntry{
			Name: c.nameOf(r), Current: r.Present(), Since: c.ui.Date(r.Date), Until: c.ui.Date(r.Until),
			Href: c.href(site.ContentsKey(r.Text)),
		}
		if title := r.Title[c.page.Lang]; title != "" {
			e.Title = c.local(title)
		}
		if b := r.Before(); b != nil && c.Renders(site.Changes) {
			x := h.Compared(b, r)
			n := 0
			for i := range x.Changes {
				if !x.Changes[i].Same() {
					n++
				}
			}
			e.Changes = &Link{Href: c.href(site.ChangesKey(x)), Words: c.local(c.T("history-changes-made"))}
			e.Count = c.T("changes-count", "Count", n)
		}
		if now := h.Present(); r != now && r.After() != now && c.Renders(site.Changes) {
			e.Later = &Link{Href: c.href(site.ChangesKey(h.Compared(r, now))), Words: c.local(c.T("history-changes-since"))}
		}
		p.Versions = append(p.Versions, e)
	}
	name := c.T("text-part", "Text", v.Short, "Part", c.T("history"))
	p.Frame = c.frame(name, c.T("history-description", "Text", v.Title))
	if c.site.Outdated() && p.Search != "" {
		in := ""
		if p.SearchIn != "" {
			in = "&in=" + url.QueryEscape(p.SearchIn)
		}
		p.Former = &Link{Href: p.Search + "?earlier=1" + in, Words: c.local(c.T("search-former-link"))}
	}
	return p
}

// columnsCompared are the languages that either version has.
func (c context) columnsCompared(x *site.Comparison) Columns {
	all := c.columnsOf(nil)
	out := Columns{}
	for _, col := range all.List {
		d := x.To.Text.Versions[col.lang].Doc
		if d == nil {
			d = x.From.Text.Versions[col.lang].Doc
		}
		if d == nil {
			continue
		}
		on := col.On
		col.N, col.On, col.Status = len(out.List)+1, on || len(out.List) == 0, c.status(d.Meta.Status)
		out.List = append(out.List, col)
	}
	return out
}

func (c context) changesPage() (ChangesPage, error) {
	x := c.page.Comparison
	h := x.From.History
	v := c.page.Text.Versions[c.page.Lang]
	p := ChangesPage{
		HistoryStyle: c.rel(c.theme.asset("history.css")), Columns: c.columnsCompared(x), Pragma: pointedIDs,
		Up: *c.textLink(site.ContentsKey(h.Text), v), Versions: c.versionsLink(h),
		From: Link{Href: c.href(site.ContentsKey(x.From.Text)), Words: c.local(c.nameOf(x.From))},
		To:   Link{Href: c.href(site.ContentsKey(x.To.Text)), Words: c.local(c.nameOf(x.To))},
	}
	for _, o := range h.Comparisons {
		if o != x && (o.To == x.From || o.From == x.To || o.From == x.From || o.To == x.To && x.From.After() == x.To && o.From.After() == x.From) {
			p.Others = append(p.Others, Link{Href: c.href(site.ChangesKey(o)), Words: c.local(c.T("changes-title", "From", c.ui.Date(o.From.Date), "To", c.dateOrNone(o.To)))})
		}
	}
	p.Summary = c.changeCounts(x)
	left := c.left(x)
	point := func(after *compare.Change) {
		for _, words := range left[after] {
			p.Runs = append(p.Runs, ChangeRun{Left: words})
		}
	}
	point(nil)
	for i := range x.Changes {
		ch := &x.Changes[i]
		row := c.changeRow(x, ch, p.Columns)
		if ch.Same() {
			if n := len(p.Runs); n == 0 || p.Runs[n-1].Same == "" {
				p.Runs = append(p.Runs, ChangeRun{})
			}
			run := &p.Runs[len(p.Runs)-1]
			run.Rows = append(run.Rows, row)
			run.Same = c.T("changes-same", "Count", len(run.Rows))
			point(ch)
			continue
		}
		p.Runs = append(p.Runs, ChangeRun{Rows: []Row{row}})
		p.Table = append(p.Table, c.changeEntry(x, ch, row))
		point(ch)
	}
	title := c.T("changes-title", "From", c.ui.Date(x.From.Date), "To", c.dateOrNone(x.To))
	var err error
	for _, d := range c.site.DownloadsOfComparison(x) {
		f, failed := c.download(d)
		if failed != nil {
			err = failed
		}
		p.Taken = append(p.Taken, f)
	}
	p.Frame = c.frame(c.T("text-part", "Text", v.Short, "Part", title), c.T("changes-description", "Text", v.Title, "Changes", title))
	return p, err
}

// left says where passages that moved stood, by the change after which that was:
// which they are and where they stand now. What moved together is told together.
func (c context) left(x *site.Comparison) map[*compare.Change][]template.HTML {
	var moved []*compare.Change
	for i := range x.Changes {
		if x.Changes[i].Moved {
			moved = append(moved, &x.Changes[i])
		}
	}
	slices.SortFunc(moved, func(a, b *compare.Change) int { return a.Before[0] - b.Before[0] })
	stood := x.Left()
	out := map[*compare.Change][]template.HTML{}
	for i := 0; i < len(moved); {
		first := moved[i]
		at := stood[first]
		var links []string
		for j := i; j < len(moved) && (j == i || moved[j].After[0] == moved[j-1].After[len(moved[j-1].After)-1]+1 && stood[moved[j]] == at); j++ {
			ch := moved[j]
			links = append(links, `<a id="`+leftID(x, ch)+`" href="`+esc(fragment(changeID(x, ch)))+`">`+esc(c.listed(x.Before(ch)))+`</a>`)
		}
		i += len(links)
		after := template.HTML("")
		if p := x.Follows(first); p != nil {
			after = escaped(p.Number)
		}
		out[at] = append(out[at], c.sentence("change-left", "Passages", raw(strings.Join(links, esc(c.T("list-comma")))), "After", after))
	}
	return out
}

// leftID is where a page of changes says that a passage stood there before.
func leftID(x *site.Comparison, ch *compare.Change) string { return "was-" + changeID(x, ch) }

// dateOrNone is the date of a version in words, empty for the current one.
func (c context) dateOrNone(r *site.Revision) string {
	if r.Present() {
		return ""
	}
	return c.ui.Date(r.Date)
}

// changeKinds are the kinds of changes in the order in which they are counted.
var changeKinds = []compare.Kind{compare.Reworded, compare.Inserted, compare.Removed, compare.Joined, compare.Divided}

func (c context) changeCounts(x *site.Comparison) []string {
	count, moved, alone := map[compare.Kind]int{}, 0, 0
	for i := range x.Changes {
		ch := &x.Changes[i]
		if ch.Same() {
			continue
		}
		count[ch.Kind]++
		if ch.Moved {
			moved++
		}
		if x.Alone(ch) {
			alone++
		}
	}
	var out []string
	for _, k := range changeKinds {
		if count[k] > 0 {
			out = append(out, c.T("changes-count-"+string(k), "Count", count[k]))
		}
	}
	if moved > 0 {
		out = append(out, c.T("changes-count-moved", "Count", moved))
	}
	if alone > 0 {
		last := len(out) - 1 // what is of one language alone is among those counted
		out[last] = c.T("changes-among", "Changes", out[last], "Alone", c.T("changes-count-alone", "Count", alone))
	}
	return out
}

// numbersOf are the numbers of a change's passages.
func (c context) numbersOf(x *site.Comparison, ch *compare.Change) string {
	var numbers []string
	for _, p := range slices.Concat(x.After(ch), x.Before(ch)) {
		if !slices.Contains(numbers, p.Number) {
			numbers = append(numbers, p.Number)
		}
	}
	return strings.Join(numbers, c.T("list-comma"))
}

// fate says what became of a passage.
func (c context) fate(x *site.Comparison, ch *compare.Change) string {
	var said []string
	if ch.Kind != compare.Kept {
		said = append(said, c.T("change-"+string(ch.Kind), "Before", c.listed(x.Before(ch)), "After", c.listed(x.After(ch))))
	}
	if ch.Moved {
		after := ""
		if p := x.Followed(ch); p != nil {
			after = p.Number
		}
		said = append(said, c.T("change-moved", "After", after))
	}
	return strings.Join(said, c.T("list-comma"))
}

func (c context) listed(passages []*site.Passage) string {
	var out []string
	for _, p := range passages {
		out = append(out, p.Number)
	}
	return strings.Join(out, c.T("list-comma"))
}

func (c context) changeEntry(x *site.Comparison, ch *compare.Change, row Row) ChangeEntry {
	e := ChangeEntry{Number: c.numbersOf(x, ch), Href: fragment(row.ID), What: c.fate(x, ch), Alone: x.Alone(ch)}
	for _, l := range c.order() {
		if slices.Contains(ch.Langs, l) {
			e.Langs = append(e.Langs, c.words(c.site.Langs[l].Name, l))
		}
	}
	for _, l := range c.order() {
		before, after := x.Texts(ch, l)
		text := after
		if text == "" {
			text = before
		}
		if text != "" {
			e.Begins = lang.Clip(strings.ReplaceAll(text, "\n", " "), changeBegin)
			break
		}
	}
	return e
}

// changeBegin is how wide the first words of a passage are in the table of changes.
const changeBegin = 60

// changeRow shows a change in the columns: what was taken out and what came in.
func (c context) changeRow(x *site.Comparison, ch *compare.Change, cols Columns) Row {
	p := lead0(x, ch)
	r := Row{ID: p.Anchor(), Number: c.numbersOf(x, ch), Href: c.passageHref(p)}
	kind, level := lead(p)
	switch {
	case kind == doc.Heading:
		r.Class = "heading"
	case kind == doc.Item:
		r.Class = "item"
	}
	if !ch.Same() {
		r.Class = strings.TrimSpace(r.Class + " change " + string(ch.Kind))
		if ch.Moved {
			r.Class += " moved"
		}
	}
	for _, col := range cols.List {
		cell := Cell{N: col.N, Lang: col.Lang, Dir: col.Dir}
		before, after := x.Texts(ch, col.lang)
		switch {
		case before == "" && after == "":
			cell.Empty = spoken(c.ui, c.site.Langs[c.page.Lang].Tag, "passage-missing")
		case !slices.Contains(x.Langs, col.lang): // a language that one of the two does not have
			cell.HTML = differenceHTML(after, after, kind, level)
			if after == "" {
				cell.HTML = differenceHTML(before, before, kind, level)
			}
		default:
			cell.HTML = differenceHTML(before, after, kind, level)
		}
		r.Cells = append(r.Cells, cell)
	}
	if !ch.Same() {
		said := []template.HTML{escaped(c.fate(x, ch))}
		if ch.Moved {
			said[0] = raw(`<a href="` + esc(fragment(leftID(x, ch))) + `">` + string(said[0]) + `</a>`)
		}
		if x.Alone(ch) {
			l := ch.Langs[0]
			name := raw(`<span lang="` + esc(c.site.Langs[l].Tag) + `">` + esc(c.site.Langs[l].Name) + `</span>`)
			said = append(said, raw(`<strong class="alone">`+string(c.sentence("change-alone", "Language", name))+`</strong>`))
		}
		r.Cells[0].Note = joinNotes(said...)
	}
	return r
}

// differenceHTML writes how a text became another.
func differenceHTML(before, after string, kind doc.Kind, level int) template.HTML {
	var b strings.Builder
	class := "words"
	if kind == doc.Heading {
		class = "words h h" + string(rune('0'+min(max(level, 1), 6)))
	}
	b.WriteString(`<p class="` + class + `">`)
	for _, r := range compare.Texts(before, after) {
		text := strings.ReplaceAll(esc(r.Text()), "\n", "<br>")
		if r.Op == compare.Same {
			b.WriteString(text)
			continue
		}
		b.WriteString("<" + string(r.Op) + ">" + text + "</" + string(r.Op) + ">")
	}
	b.WriteString("</p>")
	return raw(b.String())
}
