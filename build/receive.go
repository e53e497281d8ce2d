package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"stele/build/compare"
	"stele/build/diag"
	"stele/build/edit"
	"stele/build/exchange"
	"stele/build/glossary"
	"stele/build/intake"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

// Arrival is a file that was given to the desk: a new version of a text in a
// language, or what comes back from a translator.
type Arrival struct {
	Name string
	Data []byte
	// Text and Lang are of what it is a version; a translation tells itself.
	Text, Lang string
	// Page is the language of the page.
	Page string
}

// Receipt says what an arrival would do. Nothing is written.
type Receipt struct {
	Text, Lang string
	Path       string
	// Print stands for the file as it is now.
	Print string
	Same  int
	Items []ReceiptItem
	// Left is what of the document is in no version, Refused what of a translation
	// could not be put back, Findings what is wrong with the new file.
	Left, Refused, Findings []string

	before, after edit.File
	from          edit.Source
	all           []edit.Difference
	raw           []byte
	record        *Changed // with what a translation inserts, if all is taken
}

// ReceiptItem is one thing that is another.
type ReceiptItem struct {
	ID   int       // among the differences
	Kind edit.Kind // never Same
	// Number is of the passage that it is in, or after which it comes.
	Number        string
	Before, After string // the words
	// With is the other half of what was moved; it goes with this one. -1 for none.
	With int
}

// Receive says what an arrival would do.
func (d *Desk) Receive(a Arrival) (*Receipt, error) {
	say := d.say(a.Page)
	e := d.edition
	r := &Receipt{Text: a.Text, Lang: a.Lang}
	var data string
	back, err := d.returned(a)
	if err != nil {
		return nil, err
	}
	switch {
	case back != nil:
		if e.Site.Text(back.Text) == nil {
			return nil, refuse(say("desk-refused-text", "Text", back.Text))
		}
		m, files, err := e.Return(back)
		switch {
		case errors.Is(err, ErrFaulty):
			return nil, refuse(say("desk-refused-content"))
		case err != nil:
			return nil, refuse(say("desk-refused-foreign"))
		}
		r.Text, r.Lang = back.Text, back.To
		for _, x := range m.Refused {
			r.Refused = append(r.Refused, d.sentence(a.Page, diag.Say("return.passage", "Number", x.Passage, "Unit", x.Unit, "Why", x.Why)))
		}
		if err := r.open(d, say); err != nil {
			return nil, err
		}
		data = r.before.Data
		if len(files) > 0 {
			data = m.File.Data
		}
		if len(files) > 1 {
			r.record = &files[1]
		}
	default:
		if err := r.open(d, say); err != nil {
			return nil, err
		}
		in := intake.File{Name: a.Name, Data: a.Data, Langs: []string{a.Lang}, Path: func(string) string { return r.Path }}
		if strings.ToLower(path.Ext(a.Name)) == ".md" {
			text, found := source.Clean(r.Path, a.Data)
			if len(found) > 0 {
				return nil, refuse(say("desk-refused-file", "Why", d.finding(a.Page, found[0])))
			}
			data = text
			break
		}
		result, found := intake.Read(in)
		if found.HasErrors() || len(result.Versions) != 1 {
			why := ""
			for _, x := range found {
				if x.Severity == diag.Error {
					why = x.Sentence(d.words(a.Page))
				}
			}
			return nil, refuse(say("desk-refused-file", "Why", why))
		}
		r.from, data = edit.Words, result.Versions[0].Markdown
		for _, x := range found {
			r.Findings = append(r.Findings, d.finding(a.Page, x))
		}
		for _, l := range result.Left {
			told := func(f string) bool { return strings.Contains(f, l.Text) }
			if !slices.ContainsFunc(r.Findings, told) { // else a finding has all of it
				r.Left = append(r.Left, l.Text)
			}
		}
		if r.raw == nil {
			r.from = edit.Markdown // there is nothing to keep
		}
	}
	r.after.File = r.before.File
	r.after.Data = data
	var found diag.List
	r.after.Doc, found = markdown.Parse(r.after.File)
	for _, x := range found {
		if x.Severity != diag.Note {
			r.Findings = append(r.Findings, d.finding(a.Page, x))
		}
	}
	r.compare(d)
	return r, nil
}

// returned reads what comes back from a translator; nil for what is a version of
// a text.
func (d *Desk) returned(a Arrival) (*exchange.Returned, error) {
	say := d.say(a.Page)
	switch strings.ToLower(path.Ext(a.Name)) {
	case ".xlf", ".xliff":
		back, err := exchange.ReadXLIFF(a.Data)
		switch {
		case errors.Is(err, exchange.ErrForeign):
			return nil, refuse(say("desk-refused-foreign"))
		case err != nil: // what the reader of XML says of it is in no language of ours
			return nil, refuse(say("desk-refused-damaged"))
		}
		return back, nil
	case ".docx":
		back, err := exchange.ReadTable(a.Data)
		if table := (*exchange.TableError)(nil); errors.As(err, &table) {
			return nil, refuse(say("desk-refused-file", "Why", d.sentence(a.Page, table.Why)))
		}
		if errors.Is(err, exchange.ErrForeign) {
			return nil, nil
		}
		return back, err
	}
	return nil, nil
}

func (d *Desk) sentence(page string, p diag.Phrase) string { return p.In(d.words(page)) }

// finding is a finding in words, with its line.
func (d *Desk) finding(page string, x diag.Diagnostic) string {
	s := x.Sentence(d.words(page))
	if x.Pos.Line > 0 {
		s = fmt.Sprintf("%d:%d %s", x.Pos.Line, x.Pos.Col, s)
	}
	return s
}

// open finds the file that the arrival is a version of.
func (r *Receipt) open(d *Desk, say func(id string, pairs ...any) string) error {
	e := d.edition
	t := e.Site.Text(r.Text)
	l := slices.IndexFunc(e.Site.Langs, func(l site.Lang) bool { return l.Code == r.Lang })
	switch {
	case t == nil:
		return refuse(say("desk-refused-text", "Text", r.Text))
	case l < 0:
		return refuse(say("desk-refused-request"))
	}
	f, ok := d.versionFile(t, l)
	if !ok {
		f.File = source.File{Path: t.ID + "/" + r.Lang + ".md", Text: t.ID, Lang: r.Lang, Tag: e.Site.Langs[l].Tag}
		f.Doc, _ = markdown.Parse(f.File)
	}
	r.before, r.Path = f, f.Path
	raw, err := fs.ReadFile(e.content, f.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	r.raw = raw
	h := sha256.Sum256(raw)
	r.Print = hex.EncodeToString(h[:8])
	return nil
}

// compare lists what is another.
func (r *Receipt) compare(d *Desk) {
	r.all = edit.Compare(r.before, r.after, r.from)
	number := map[int]string{}
	t := d.edition.Site.Text(r.Text)
	l := slices.IndexFunc(d.edition.Site.Langs, func(l site.Lang) bool { return l.Code == r.Lang })
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			for _, b := range p.Cells[l].Blocks {
				number[b.Ordinal] = p.Number
			}
		}
	}
	last := ""
	for i, x := range r.all {
		if x.To > x.From {
			last = number[x.From]
		}
		if x.Kind == edit.Same {
			r.Same += x.To - x.From
			continue
		}
		item := ReceiptItem{ID: i, Kind: x.Kind, Number: last, With: x.Other}
		for k := x.From; k < x.To; k++ {
			item.Before += join(item.Before) + r.before.Doc.Blocks[k].Text
		}
		for k := x.Into; k < x.Till; k++ {
			item.After += join(item.After) + r.after.Doc.Blocks[k].Text
		}
		r.Items = append(r.Items, item)
	}
}

func join(before string) string {
	if before == "" {
		return ""
	}
	return record.Pilcrow
}

// Accept takes the chosen items of an arrival. It refuses if the file is not as
// it was when the receipt was made.
func (d *Desk) Accept(a Arrival, print string, items []int) (*Act, error) {
	say := d.say(a.Page)
	r, err := d.Receive(a)
	if err != nil {
		return nil, err
	}
	if r.Print != print {
		return nil, &RefusedError{Sentence: say("desk-refused-changed"), Changed: true}
	}
	take := make([]bool, len(r.all))
	for _, i := range items {
		if i < 0 || i >= len(take) || r.all[i].Kind == edit.Same {
			return nil, refuse(say("desk-refused-request"))
		}
		take[i] = true
		if o := r.all[i].Other; r.all[i].Kind == edit.Moved && o >= 0 { // the other half
			take[o] = true
		}
	}
	taken := 0
	for i, t := range take {
		if t && !(r.all[i].Kind == edit.Moved && r.all[i].Other < i) {
			taken++
		}
	}
	data, err := edit.Merge(r.before, r.after, r.from, r.all, take)
	if errors.Is(err, edit.ErrSpreads) {
		return nil, refuse(say("desk-refused-parts"))
	}
	if err != nil {
		return nil, d.refusedIn(err, a.Page)
	}
	if data == r.before.Data && r.raw != nil {
		return nil, refuse(say("desk-refused-same"))
	}
	next := r.before.File
	next.Data = data
	if _, found := markdown.Parse(next); found.HasErrors() {
		_, was := markdown.Parse(r.before.File)
		if found.Count(diag.Error) > was.Count(diag.Error) {
			i := slices.IndexFunc(found, func(x diag.Diagnostic) bool { return x.Severity == diag.Error })
			return nil, refuse(say("desk-refused-fault", "Why", d.finding(a.Page, found[i])))
		}
	}
	after := []byte(data)
	if r.raw != nil {
		after = []byte(exchange.Restore(r.raw, r.before.Data, data))
	}
	done := &Act{
		Done: said("desk-done-received", "Count", taken, "Path", r.Path), Text: r.Text,
		Files: []FileChange{{r.Path, r.raw, after}},
	}
	if whole := !slices.ContainsFunc(r.Items, func(i ReceiptItem) bool { return !take[i.ID] }); whole && r.record != nil {
		rec, err := d.recordChange(r.record.Path, r.record.Data)
		if err != nil {
			return nil, err
		}
		if rec != nil {
			done.Files = append(done.Files, *rec)
		}
	}
	return done, nil
}

// Table makes the file for a translator of what is due in a text: XLIFF, or a
// table for a word processor where the name ends so.
func (d *Desk) Table(name, text, from, to string, only []exchange.Due) ([]byte, bool) {
	t := d.edition.Site.Text(text)
	at := func(code string) int {
		return slices.IndexFunc(d.edition.Site.Langs, func(l site.Lang) bool { return l.Code == code })
	}
	if t == nil || at(from) < 0 || at(to) < 0 || from == to || t.Versions[at(from)].Doc == nil {
		return nil, false
	}
	c := exchange.Choice{Version: exchange.V12, Only: only}
	if path.Ext(name) == ".docx" {
		data, _, err := d.edition.TranslationTable(t, at(from), at(to), c)
		return data, err == nil
	}
	data, _ := d.edition.Translation(t, at(from), at(to)).XLIFF(c)
	return data, true
}

// NewName says which concept is to have a name, or which is to be made.
type NewName struct {
	Concept string // its id
	Group   string // of one that is new; empty for one that there is
	Lang    string // of the name
	Name    string
}

// AddName adds a name to the glossary.
func (d *Desk) AddName(n NewName, page string) (*Act, error) {
	say := d.say(page)
	e := d.edition
	if !slices.ContainsFunc(e.Site.Langs, func(l site.Lang) bool { return l.Code == n.Lang }) {
		return nil, refuse(say("desk-refused-request"))
	}
	done := said("desk-done-named", "Concept", n.Concept, "Name", n.Name)
	if n.Group == "" {
		id, err := d.called(n.Concept, say)
		if err != nil {
			return nil, err
		}
		c, raw, err := d.concept(id, say)
		if err != nil {
			return nil, err
		}
		data, err := c.AddName(n.Lang, n.Name)
		if err != nil {
			return nil, d.refusedIn(err, page)
		}
		return &Act{Done: done, Files: []FileChange{{c.Path, raw, []byte(exchange.Restore(raw, c.Data, data))}}}, nil
	}
	if !slices.ContainsFunc(d.groups(), func(g string) bool { return g == n.Group }) {
		return nil, refuse(say("desk-refused-request"))
	}
	c, err := edit.NewConcept(n.Group, n.Concept, []string{n.Lang}, map[string]string{n.Lang: n.Name})
	if err != nil {
		return nil, d.refusedIn(err, page)
	}
	if d.known(n.Concept) {
		return nil, refuse(say("desk-refused-taken", "Concept", n.Concept))
	}
	return &Act{Done: done, Files: []FileChange{{c.Path, nil, []byte(c.Data)}}}, nil
}

// called is the id of the concept that an editor names, by its id or by any of its
// names in any language.
func (d *Desk) called(name string, say func(id string, pairs ...any) string) (string, error) {
	fold := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	want := fold(name)
	if want == "" {
		return "", refuse(say("desk-refused-which"))
	}
	var ids []string
	for _, c := range d.edition.Site.Concepts {
		if c.ID == want || slices.Contains(c.Aliases, want) {
			return c.ID, nil
		}
		for _, l := range d.edition.Site.Langs {
			if slices.ContainsFunc(c.Names[l.Code], func(n glossary.Name) bool { return fold(n.Text) == want }) {
				ids = append(ids, c.ID)
				break
			}
		}
	}
	switch len(ids) {
	case 0:
		return "", refuse(say("desk-refused-no-concept", "Concept", name))
	case 1:
		return ids[0], nil
	}
	return "", refuse(say("desk-refused-several", "Concept", name, "Ids", strings.Join(ids, say("list-comma"))))
}

// groups are those that a concept can be in.
func (d *Desk) groups() []string {
	all := slices.Clone(glossary.Groups)
	for _, g := range d.edition.Site.Groups {
		all = append(all, g.Name)
	}
	for _, g := range d.edition.Tree.Config.Groups {
		all = append(all, g.Name)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// known reports whether a concept has or had the id.
func (d *Desk) known(id string) bool {
	return slices.ContainsFunc(d.edition.Site.Concepts, func(c *site.Concept) bool { return c.ID == id || slices.Contains(c.Aliases, id) })
}

// concept is a concept's file as it was read, with its bytes.
func (d *Desk) concept(id string, say func(id string, pairs ...any) string) (edit.Concept, []byte, error) {
	for _, f := range d.edition.Tree.Concepts {
		if strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path)) == id {
			raw, err := fs.ReadFile(d.edition.content, f.Path)
			return edit.Concept{Path: f.Path, Data: f.Data}, raw, err
		}
	}
	return edit.Concept{}, nil, refuse(say("desk-refused-no-concept", "Concept", id))
}

// Rename gives a concept another id, in its file and wherever texts and other
// concepts name it. The old id goes on to lead to it.
func (d *Desk) Rename(id, to, page string) (*Act, error) {
	say := d.say(page)
	e := d.edition
	c, raw, err := d.concept(id, say)
	if err != nil {
		return nil, err
	}
	if d.known(to) && to != id {
		return nil, refuse(say("desk-refused-taken", "Concept", to))
	}
	next, err := c.Named(to)
	if err != nil {
		return nil, d.refusedIn(err, page)
	}
	a := &Act{Done: said("desk-done-renamed", "Concept", id, "New", to)}
	a.Files = append(a.Files, FileChange{c.Path, raw, nil}, FileChange{next.Path, nil, []byte(exchange.Restore(raw, c.Data, next.Data))})
	change := func(path, before string, after string) error {
		if before == after {
			return nil
		}
		raw, err := fs.ReadFile(e.content, path)
		if err == nil {
			a.Files = append(a.Files, FileChange{path, raw, []byte(exchange.Restore(raw, before, after))})
		}
		return err
	}
	for _, f := range e.Tree.Concepts {
		if f.Path == c.Path {
			continue
		}
		after, err := edit.Concept{Path: f.Path, Data: f.Data}.Following(id, to)
		if err != nil {
			return nil, d.refusedIn(err, page)
		}
		if err := change(f.Path, f.Data, after); err != nil {
			return nil, err
		}
	}
	for _, t := range e.Site.Texts {
		for l := range t.Versions {
			f, ok := d.versionFile(t, l)
			if !ok {
				continue
			}
			after, err := f.Relinked(id, to)
			if err != nil {
				return nil, d.refusedIn(err, page)
			}
			if err := change(f.Path, f.Data, after); err != nil {
				return nil, err
			}
		}
	}
	return a, nil
}

// TakeBackAct is the act that takes another one back: its files as they were, but
// for what was changed in them since, elsewhere.
func (d *Desk) TakeBackAct(a *Act, page string) (*Act, error) {
	say := d.say(page)
	back := &Act{Done: said("desk-done-undone"), Text: a.Text, Passages: a.Passages}
	for _, f := range a.Files {
		now, err := fs.ReadFile(d.edition.content, f.Path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			now = nil
		case err != nil:
			return nil, err
		}
		switch {
		case (now == nil) != (f.After == nil), f.Before == nil && !bytes.Equal(now, f.After):
			return nil, &RefusedError{Sentence: say("desk-refused-undo"), Changed: true}
		case f.Before == nil || f.After == nil:
			back.Files = append(back.Files, FileChange{f.Path, now, f.Before})
			continue
		}
		was, ok := edit.Revert(string(f.Before), string(f.After), string(now))
		if !ok {
			return nil, &RefusedError{Sentence: say("desk-refused-undo"), Changed: true}
		}
		back.Files = append(back.Files, FileChange{f.Path, now, []byte(was)})
	}
	return back, nil
}

// ShownReceipt is a receipt as a page shows it.
type ShownReceipt struct {
	Text  string `json:"text"`
	In    string `json:"in"`
	Path  string `json:"path"`
	Seen  string `json:"seen"`
	Same  string `json:"same"` // how many, in words
	Kinds []struct {
		Kind  string `json:"kind"`
		Words string `json:"words"` // how many of what
	} `json:"kinds"`
	Items    []ShownItem `json:"items"`
	Left     []string    `json:"left"`
	Refused  []string    `json:"refused"`
	Findings []string    `json:"findings"`
}

// ShownItem is a ReceiptItem as a page shows it.
type ShownItem struct {
	ID     int        `json:"id"`
	Kind   string     `json:"kind"`
	Number string     `json:"number"`
	Label  string     `json:"label"` // what it is, in words
	Words  []ShownRun `json:"words"`
}

// ShownRun is a run of text: as it was and is, taken out ("del") or new ("ins").
type ShownRun struct {
	Op   compare.Op `json:"op"`
	Text string     `json:"text"`
}

// list is never nil: what has nothing in it is an empty list to the page, too.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// Shown puts a receipt into words.
func (d *Desk) Shown(r *Receipt, page string) *ShownReceipt {
	say := d.say(page)
	out := &ShownReceipt{
		Text: r.Text, In: r.Lang, Path: r.Path, Seen: r.Print, Same: say("desk-same", "Count", r.Same),
		Items: []ShownItem{}, Left: list(r.Left), Refused: list(r.Refused), Findings: list(r.Findings),
	}
	out.Kinds = list(out.Kinds)
	count := map[edit.Kind]int{}
	for _, i := range r.Items {
		item := ShownItem{ID: i.ID, Kind: string(i.Kind), Number: i.Number, Words: []ShownRun{}}
		runs := compare.Texts(i.Before, i.After)
		if i.Kind == edit.Moved { // one thing, with two halves
			if i.Before == "" {
				continue
			}
			other := r.Items[slices.IndexFunc(r.Items, func(o ReceiptItem) bool { return o.ID == i.With })]
			runs = compare.Texts(i.Before, i.Before)
			if item.Label = say("desk-item-moved", "Number", other.Number); other.Number == "" {
				item.Label = say("desk-item-moved-first")
			}
		} else {
			item.Label = say(itemWords[i.Kind])
		}
		count[i.Kind]++
		for _, r := range runs {
			item.Words = append(item.Words, ShownRun{r.Op, r.Text()})
		}
		out.Items = append(out.Items, item)
	}
	for _, k := range edit.Kinds {
		if count[k] > 0 {
			out.Kinds = append(out.Kinds, struct {
				Kind  string `json:"kind"`
				Words string `json:"words"`
			}{string(k), say(kindWords[k], "Number", count[k])})
		}
	}
	return out
}

// kindWords are the messages that count what is another.
var kindWords = map[edit.Kind]string{
	edit.Reworded: "desk-kind-reworded", edit.New: "desk-kind-new", edit.Gone: "desk-kind-gone", edit.Moved: "desk-kind-moved",
	edit.Divided: "desk-kind-divided", edit.Space: "desk-kind-space", edit.Front: "desk-kind-front",
}

// itemWords are the messages that say what a single thing is.
var itemWords = map[edit.Kind]string{
	edit.Reworded: "desk-item-reworded", edit.New: "desk-item-new", edit.Gone: "desk-item-gone",
	edit.Divided: "desk-item-divided", edit.Space: "desk-item-space", edit.Front: "desk-item-front",
}

// Say speaks the language of a page.
func (d *Desk) Say(lang string) func(id string, pairs ...any) string { return d.say(lang) }
