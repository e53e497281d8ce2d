package site

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"stele/build/compare"
	"stele/build/diag"
	"stele/build/doc"
)

// Earlier is an earlier version of a text.
type Earlier struct {
	Of    string            // the text's id
	Date  string            // since when it held: YYYY-MM-DD
	Title map[string]string // what it is called, by language; one for all under ""
	Text  *Text             // what Cut made of it
}

// History is all versions of a text that has several.
type History struct {
	Text *Text // the present one
	// Revisions are the versions, the oldest first and the present one last.
	Revisions []*Revision
	// Comparisons are what can be compared: each version with the next, then each
	// with the present one.
	Comparisons []*Comparison
}

// Revision is a version of a text by its date.
type Revision struct {
	History *History
	Index   int   // in History.Revisions
	Text    *Text // its passages
	// Date is since when it holds; empty for a present one that does not say.
	Date string
	// Until is the date of the next; empty for the present one.
	Until string
	// Title is what it is called, by language of the site; mostly empty.
	Title []string

	passages []compare.Passage
	at       []*Passage // where passages stand; nil for a number without any
	former   []*Passage
}

// Present reports whether it is the version that holds.
func (r *Revision) Present() bool { return r.Index == len(r.History.Revisions)-1 }

// Before is the version before it, or nil.
func (r *Revision) Before() *Revision { return r.beside(-1) }

// After is the version after it, or nil.
func (r *Revision) After() *Revision { return r.beside(1) }

func (r *Revision) beside(step int) *Revision {
	if i := r.Index + step; i >= 0 && i < len(r.History.Revisions) {
		return r.History.Revisions[i]
	}
	return nil
}

// Former are the passages that read otherwise in the next version, in some
// language, or are no more in it: each wording that holds no longer is in one
// version, the last that has it. They come in reading order.
func (r *Revision) Former() []*Passage { return r.former }

// outdate finds the former passages.
func (r *Revision) outdate(next *Revision) {
	now := make(map[string][]string, len(next.passages))
	for _, p := range next.passages {
		now[p.Number] = p.Texts
	}
	for i, p := range r.at {
		if p == nil {
			continue
		}
		texts := now[p.Number]
		for l, s := range r.passages[i].Texts {
			if s != "" && (texts == nil || compare.Changed(s, texts[l])) {
				r.former = append(r.former, p)
				break
			}
		}
	}
}

// FormerUses is how many wordings that hold no longer name the concept.
func (s *Site) FormerUses(c *Concept) int { return s.formerUses[c.ID] }

// countFormer counts the wordings that hold no longer by the concepts they name.
func (h *History) countFormer(by map[string]int) {
	for _, r := range h.Revisions {
		former := make(map[*Passage]bool, len(r.former))
		for _, p := range r.former {
			former[p] = true
		}
		for _, n := range r.Text.named {
			if former[n.Passage] {
				by[n.concept]++
			}
		}
	}
}

// Present is the version that holds.
func (h *History) Present() *Revision { return h.Revisions[len(h.Revisions)-1] }

// Comparison is two versions of a text laid side by side.
type Comparison struct {
	Name     string // in addresses: the earlier date, and the later unless that is the present version
	From, To *Revision
	Changes  []compare.Change
	Langs    []int // of the site, that both have; Changes speak of these

	byNumber map[string]int // the change of each number, in either version
}

// Before are the passages that a change was made of; nil for one that was only a number.
func (c *Comparison) Before(x *compare.Change) []*Passage { return c.From.passagesAt(x.Before) }

// After are the passages that came of a change.
func (c *Comparison) After(x *compare.Change) []*Passage { return c.To.passagesAt(x.After) }

func (r *Revision) passagesAt(which []int) []*Passage {
	out := make([]*Passage, len(which))
	for i, k := range which {
		out[i] = r.at[k]
	}
	return out
}

// Texts are what a change made of what, in a language.
func (c *Comparison) Texts(x *compare.Change, lang int) (before, after string) {
	return compare.Joint(c.From.passages, x.Before, lang), compare.Joint(c.To.passages, x.After, lang)
}

// Of is what became of the passage with the number; nil where neither version
// has it.
func (c *Comparison) Of(number string) *compare.Change {
	if i, ok := c.byNumber[number]; ok {
		return &c.Changes[i]
	}
	return nil
}

// Alone reports whether the change is one of a single language, and the others
// were there to follow: each change of a text is to be made in all.
func (c *Comparison) Alone(x *compare.Change) bool { return len(c.Langs) > 1 && len(x.Langs) == 1 }

// History returns the versions of the text with the id; nil where there is one
// only.
func (s *Site) History(text string) *History { return s.histories[text] }

// Revision returns which version the text is, of one with several; else nil.
func (s *Site) Revision(t *Text) *Revision { return s.revisions[t] }

// Compared returns the comparison from one version to another that is published,
// or nil.
func (h *History) Compared(from, to *Revision) *Comparison {
	i := slices.IndexFunc(h.Comparisons, func(c *Comparison) bool { return c.From == from && c.To == to })
	if i < 0 {
		return nil
	}
	return h.Comparisons[i]
}

// histories puts the versions of the texts together and compares them.
func (a *assembler) histories() (map[string]*History, map[*Text]*Revision) {
	if len(a.in.Earlier) == 0 {
		return nil, nil
	}
	histories, revisions := map[string]*History{}, map[*Text]*Revision{}
	for _, t := range a.site.Texts {
		h := &History{Text: t}
		for _, e := range a.in.Earlier {
			if e.Of == t.ID {
				title := make([]string, len(a.in.Langs))
				for l, lang := range a.in.Langs {
					if title[l] = e.Title[lang.Code]; title[l] == "" {
						title[l] = e.Title[""]
					}
				}
				h.Revisions = append(h.Revisions, &Revision{Text: e.Text, Date: e.Date, Title: title})
			}
		}
		if len(h.Revisions) == 0 {
			continue
		}
		slices.SortStableFunc(h.Revisions, func(x, y *Revision) int { return strings.Compare(x.Date, y.Date) })
		h.Revisions = append(h.Revisions, &Revision{Text: t, Date: t.Date(), Title: make([]string, len(a.in.Langs))})
		before := a.before.knowledgeOf(t.ID)
		for i, r := range h.Revisions {
			r.History, r.Index = h, i
			if i > 0 {
				h.Revisions[i-1].Until = r.Date
			}
			if o := before.revisions[r.Text]; o != nil {
				r.passages, r.at = o.passages, o.at
			} else {
				r.take()
			}
			revisions[r.Text] = r
		}
		for _, r := range h.Revisions[:len(h.Revisions)-1] {
			next := r.After()
			if o := before.revisions[r.Text]; o != nil && o.After() != nil && o.After().Text == next.Text {
				r.former = o.former
			} else {
				r.outdate(next)
			}
		}
		h.countFormer(a.site.formerUses)
		h.compare(before)
		histories[t.ID] = h
	}
	return histories, revisions
}

// knowledge is what a site knows of the versions of a text, which is the same of the
// very same texts in another site: with each edit one version of many changes.
type knowledge struct {
	revisions   map[*Text]*Revision
	comparisons map[[2]*Text]*Comparison
}

// knowledgeOf returns what the site, which may be nil, knows of the versions of a text.
func (s *Site) knowledgeOf(text string) knowledge {
	k := knowledge{map[*Text]*Revision{}, map[[2]*Text]*Comparison{}}
	if s == nil || s.histories[text] == nil {
		return k
	}
	for _, r := range s.histories[text].Revisions {
		k.revisions[r.Text] = r
	}
	for _, c := range s.histories[text].Comparisons {
		k.comparisons[[2]*Text{c.From.Text, c.To.Text}] = c
	}
	return k
}

// compare compares each version with the next, and with the present one, but for
// what is known of that before.
func (h *History) compare(before knowledge) {
	now := h.Present()
	add := func(from, to *Revision) {
		c := before.comparisons[[2]*Text{from.Text, to.Text}]
		if c == nil {
			c = Compare(from, to)
		} else {
			c = &Comparison{Name: comparisonName(from, to), From: from, To: to, Changes: c.Changes, Langs: c.Langs, byNumber: c.byNumber}
		}
		h.Comparisons = append(h.Comparisons, c)
	}
	for _, r := range h.Revisions[:now.Index] {
		add(r, r.After())
	}
	for _, r := range h.Revisions[:now.Index-1] { // the last is compared with the present one already
		add(r, now)
	}
}

// Compare compares a version with a later one of the same text. Neighbours and
// what each has against the present one are compared already; see Compared.
func Compare(from, to *Revision) *Comparison {
	c := &Comparison{From: from, To: to, Name: comparisonName(from, to)}
	for l := range from.Text.Versions {
		if from.Text.Versions[l].Doc != nil && to.Text.Versions[l].Doc != nil {
			c.Langs = append(c.Langs, l)
		}
	}
	c.Changes = compare.Passages(from.passages, to.passages, c.Langs)
	c.byNumber = make(map[string]int, len(c.Changes))
	for i := range c.Changes {
		for _, k := range c.Changes[i].Before {
			c.byNumber[from.passages[k].Number] = i
		}
	}
	for i := range c.Changes {
		for _, k := range c.Changes[i].After {
			c.byNumber[to.passages[k].Number] = i
		}
	}
	return c
}

func comparisonName(from, to *Revision) string {
	if to.Present() {
		return from.Date
	}
	return from.Date + "-" + to.Date
}

// take lists the passages of a version, in its order.
func (r *Revision) take() {
	seen := map[string]bool{}
	add := func(p *Passage) {
		seen[p.Number] = true
		x := compare.Passage{Number: p.Number, Parts: p.Row.Parts, Texts: make([]string, len(p.Cells))}
		for l, c := range p.Cells {
			x.Texts[l] = c.Plain()
		}
		r.passages, r.at = append(r.passages, x), append(r.at, p)
	}
	for _, s := range slices.Concat(r.Text.Sections, r.Text.Gone) {
		for _, p := range s.Passages {
			add(p)
		}
	}
	for i := range r.Text.Table.Rows { // numbers that nobody shows, but which lead on
		if row := &r.Text.Table.Rows[i]; row.Removed && !seen[row.Number] && len(row.Parts) > 0 {
			r.passages = append(r.passages, compare.Passage{Number: row.Number, Parts: row.Parts, Texts: make([]string, len(r.Text.Versions))})
			r.at = append(r.at, nil)
		}
	}
}

// Plain is all that a cell says: its blocks, a line each, and their notes.
func (c Cell) Plain() string {
	if len(c.Blocks) == 1 && len(c.Blocks[0].Notes) == 0 {
		return c.Blocks[0].Text
	}
	var lines []string
	add := func(s string) {
		if s != "" {
			lines = append(lines, s)
		}
	}
	for _, b := range c.Blocks {
		add(b.Text)
	}
	for _, b := range c.Blocks {
		for _, n := range b.Notes {
			for _, nb := range n.Blocks {
				add(nb.Text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// versionsPage lists the versions of a text, in its folder; changesPage begins
// the names of those that compare them.
const (
	versionsPage = "versions"
	changesPage  = "changes-"
)

// pages is how many pages the history has in a language, more or less.
func (h *History) pages() int {
	n := 1 + len(h.Comparisons)
	for _, r := range h.Revisions {
		n += 2 + len(r.Text.Sections) + len(r.Text.Gone)
	}
	return n
}

// historyPages are those of the earlier versions of a text, the list of them,
// and what changed.
func (a *assembler) historyPages(t *Text, l int, claim func(*Page)) {
	h := a.site.histories[t.ID]
	if h == nil {
		return
	}
	base := a.site.Langs[l].Code + "/" + t.Slug + "/"
	claim(&Page{Key: VersionsKey(h), Lang: l, Path: base + versionsPage + ".html", Text: t})
	for _, c := range h.Comparisons {
		claim(&Page{Key: ChangesKey(c), Lang: l, Path: base + changesPage + c.Name + ".html", Text: t, Comparison: c})
	}
	for _, r := range h.Revisions[:len(h.Revisions)-1] {
		if r.Text.Layout == doc.LayoutPage {
			claim(&Page{Key: Key{Kind: TextFull, Text: r.Text.ID}, Lang: l, Path: base + r.Date + "/index.html", Text: r.Text})
			continue
		}
		a.textPages(r.Text, l, claim)
	}
}

// VersionsKey returns the key of the page that lists the versions.
func VersionsKey(h *History) Key { return Key{Kind: Versions, Text: h.Text.ID} }

// ChangesKey returns the key of the page of what changed.
func ChangesKey(c *Comparison) Key {
	return Key{Kind: Changes, Text: c.From.History.Text.ID, ID: c.Name}
}

// InForeground reports whether the page is one that crawlers should come to
// first: of a text with several versions, those of the present one.
func (s *Site) InForeground(p *Page) bool {
	r := s.revisions[p.Text]
	return r == nil || r.Present()
}

// Canonical is the page that stands for this one: for one of an earlier version,
// that of the present version which has its passages, or else the whole text.
func (s *Site) Canonical(p *Page) *Page {
	if p.Text == nil || s.InForeground(p) {
		return p
	}
	now := s.revisions[p.Text].History.Text
	key := ContentsKey(now)
	switch {
	case p.Kind == TextFull:
		key = Key{Kind: TextFull, Text: now.ID}
	case p.Section != nil:
		if q := s.Counterpart(p.Section.first(), now); q != nil {
			key = PassageKeyIn(q, p.Lang)
		}
	}
	if q := s.Page(key, p.Lang); q != nil {
		return q
	}
	return p
}

// Counterpart is the passage of another version with the number of p, or else
// the nearest before it in its section that the version has; nil where there is
// none. It may be one that is no more there, where that is said.
func (s *Site) Counterpart(p *Passage, in *Text) *Passage {
	if p == nil {
		return nil
	}
	for i := p.Index; i >= 0; i-- {
		if q := in.Passage(p.Section.Passages[i].Number); q != nil {
			return q
		}
	}
	return nil
}

// first is the section's first passage, or nil.
func (s *Section) first() *Passage {
	for _, p := range s.Passages {
		if p.Opens && p.Number == s.Number {
			return p
		}
	}
	if len(s.Passages) == 0 {
		return nil
	}
	return s.Passages[0]
}

// frozenLinks resolves the links of the earlier versions. What they led to may
// be there no longer, and nobody can mend a text that is frozen: that is no fault.
func (a *assembler) frozenLinks() {
	kept := a.diags
	for _, h := range a.site.histories {
		for _, r := range h.Revisions[:len(h.Revisions)-1] {
			for _, b := range r.Text.linking {
				a.resolve(r.Text, b, a.site.links)
			}
		}
	}
	a.diags = kept
}

// earlierPaths adds the folders and files of the earlier versions.
func (a *assembler) earlierPaths(to map[string]*Text) {
	for _, h := range a.site.histories {
		for _, r := range h.Revisions[:len(h.Revisions)-1] {
			to[r.Text.ID] = r.Text
			for _, v := range r.Text.Versions {
				if v.Doc != nil {
					to[v.Doc.Path] = r.Text
				}
			}
		}
	}
}

// folder is where the addresses in a document begin: its own, and for an earlier
// version that of the text, where the document stood before it was frozen, unless
// its own has the file.
func (a *assembler) folder(t *Text, d *doc.Document, address string) string {
	own := path.Dir(d.Path)
	r := a.site.revisions[t]
	if r == nil || r.Present() {
		return own
	}
	p := norm.NFC.String(path.Join(own, address))
	if _, ok := slices.BinarySearch(a.in.Files, p); ok || a.textOf(p) != nil {
		return own
	}
	return r.History.Text.ID
}

// Pos is where editors find the version: the date of its first file that has
// one, or else its first file.
func (r *Revision) Pos() diag.Pos {
	first := diag.Pos{Path: r.Text.ID}
	for _, v := range r.Text.Versions {
		if v.Doc == nil {
			continue
		}
		if at, ok := v.Doc.Meta.At["date"]; ok {
			return at
		}
		if first.Line == 0 {
			first = diag.Pos{Path: v.Doc.Path, Line: 1, Col: 1}
		}
	}
	return first
}

// Followed is the passage that a change's first one stood after before, of those
// that have text; nil where it stood first.
func (c *Comparison) Followed(x *compare.Change) *Passage {
	if len(x.Before) == 0 {
		return nil
	}
	for k := x.Before[0] - 1; k >= 0; k-- {
		if p := c.From.at[k]; p != nil && !p.Empty() {
			return p
		}
	}
	return nil
}

// Follows is the passage after which a change's first one stands now, of those that
// have text; nil where it stands first.
func (c *Comparison) Follows(x *compare.Change) *Passage {
	if len(x.After) == 0 {
		return nil
	}
	for k := x.After[0] - 1; k >= 0; k-- {
		if p := c.To.at[k]; p != nil && !p.Empty() {
			return p
		}
	}
	return nil
}

// Left tells for each moved change after which other it stood before, of those
// that did not move; nil for none.
func (c *Comparison) Left() map[*compare.Change]*compare.Change {
	out := map[*compare.Change]*compare.Change{}
	var at *compare.Change
	for k, p := range c.From.passages {
		i, ok := c.byNumber[p.Number]
		if !ok || !slices.Contains(c.Changes[i].Before, k) {
			continue
		}
		ch := &c.Changes[i]
		if !ch.Moved {
			at = ch
		} else if _, seen := out[ch]; !seen {
			out[ch] = at
		}
	}
	return out
}

// Outdated reports whether the earlier versions have something that holds no longer.
func (s *Site) Outdated() bool {
	for _, h := range s.histories {
		for _, r := range h.Revisions {
			if len(r.former) > 0 {
				return true
			}
		}
	}
	return false
}

// Versioned reports whether some text has several versions.
func (s *Site) Versioned() bool { return len(s.histories) > 0 }

// DatedPath is where a version is entered under its date. That of the present
// one leads to the text until there is a newer one.
func (s *Site) DatedPath(r *Revision, lang int) string {
	return s.Langs[lang].Code + "/" + r.History.Text.Slug + "/" + r.Date + "/index.html"
}

// dated leads from the addresses that the pages of the present version have under
// its date to where they are as long as it is the present one.
func (m *mover) dated(l int, t *Text) {
	r := m.site.revisions[t]
	if r == nil || !isDay(r.Date) || r.Before().Date == r.Date {
		return
	}
	folder := t.Slug + "/" + r.Date + "/"
	m.add(l, folder+"index.html", ContentsKey(t), "", diag.Pos{})
	if t.Layout == doc.LayoutPage {
		return
	}
	m.add(l, folder+"full.html", Key{Kind: TextFull, Text: t.ID}, "", diag.Pos{})
	for _, s := range t.Sections {
		m.add(l, folder+s.Slug+".html", Key{Kind: TextSection, Text: t.ID, Section: s.Index}, "", diag.Pos{})
	}
}

// isDay reports whether a date says the day.
func isDay(date string) bool { return len(date) == len("2006-01-02") }
