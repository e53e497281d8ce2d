package site

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/record"
)

// An outline is what the rest of a site has to know of a text: its titles, its
// sections and the numbers of its passages, what stands in its front matter, and
// where its links lead. A site that is joined of outlines has the same pages, and the
// same findings about the whole, as one of the texts themselves; all but the pages and
// the downloads of the texts can be made of it.

// Outlines reports whether the rest of a site gets on with the outline of the text.
// It does not where passages are shown elsewhere, stand in another order in some
// language or are on pages of their own after they are gone, and where the text has
// waivers or old names, which hang on its blocks.
func (t *Text) Outlines() bool {
	if t.Unread || t.orders != nil || len(t.Gone) > 0 || len(t.former) > 0 || len(t.named) > 0 {
		return false
	}
	for _, v := range t.Versions {
		if v.Doc != nil && len(v.Doc.Waivers) > 0 {
			return false
		}
	}
	return true
}

// AppendOutline appends the outline of a text that Outlines.
func (t *Text) AppendOutline(out []byte) []byte {
	w := outlineWriter{out}
	w.text(t.ID)
	w.text(t.Slug)
	w.text(string(t.Layout))
	w.flag(t.Recorded)
	w.number(len(t.Versions))
	for _, v := range t.Versions {
		w.version(v)
	}
	var addresses []record.Address
	if t.record != nil {
		addresses = t.record.Addresses
	}
	w.flag(t.record != nil)
	w.number(len(addresses))
	for _, a := range addresses {
		w.text(a.Number)
		w.texts(a.Names)
	}
	at := map[*Passage]int{}
	w.number(len(t.Sections))
	for _, s := range t.Sections {
		w.section(s, at)
	}
	w.number(len(t.byID))
	for _, id := range slices.Sorted(maps.Keys(t.byID)) {
		w.text(id)
		w.number(at[t.byID[id]])
	}
	w.number(len(t.linking))
	for _, b := range t.linking {
		w.links(t, b)
	}
	return w.out
}

// Outlined returns the text as its outline has it. It is false for what is no outline
// for the languages. The text shares the memory of the outline.
func Outlined(langs []Lang, data string) (*Text, bool) {
	r := outlineReader{data: data, langs: len(langs)}
	t := &Text{Outlined: true}
	t.ID, t.Slug, t.Layout, t.Recorded = r.text(), r.text(), doc.Layout(r.text()), r.flag()
	if r.count() != len(langs) {
		return nil, false
	}
	for l := range langs {
		t.Versions = append(t.Versions, r.version(t.ID, langs[l].Code, len(langs)))
	}
	isRecorded := r.flag()
	var addresses []record.Address
	for range r.count() {
		addresses = append(addresses, record.Address{Number: r.text(), Names: r.texts()})
	}
	if isRecorded {
		t.record = &record.Record{Addresses: addresses}
	}
	t.Table = &record.Table{}
	for _, v := range t.Versions {
		if v.Doc != nil {
			t.Table.Langs = append(t.Table.Langs, v.Doc.Lang)
		}
	}
	t.byNumber, t.byID = map[string]*Passage{}, map[string]*Passage{}
	var all []*Passage
	for i := range r.count() {
		s := r.section(t, i)
		t.Sections = append(t.Sections, s)
		for _, p := range s.Passages {
			t.byNumber[p.Number] = p
			all = append(all, p)
		}
	}
	for range r.count() {
		id, n := r.text(), r.number()
		if n >= len(all) {
			return nil, false
		}
		t.byID[id] = all[n]
	}
	t.placed = map[*Block][]diag.Pos{}
	for range r.count() {
		b, places, ok := r.links(t)
		if !ok {
			return nil, false
		}
		t.linking = append(t.linking, b)
		t.placed[b] = places
	}
	return t, !r.bad && len(r.data) == 0
}

// Marks of a passage in an outline.
const (
	outlineOpens = 1 << iota
	outlineRemoved
	outlinePublished
	outlineStates // it has states
)

type outlineWriter struct{ out []byte }

func (w *outlineWriter) number(n int) { w.out = binary.AppendUvarint(w.out, uint64(n)) }

func (w *outlineWriter) text(s string) {
	w.out = append(binary.AppendUvarint(w.out, uint64(len(s))), s...)
}

func (w *outlineWriter) flag(b bool) {
	n := 0
	if b {
		n = 1
	}
	w.number(n)
}

func (w *outlineWriter) texts(list []string) {
	w.number(len(list))
	for _, s := range list {
		w.text(s)
	}
}

func (w *outlineWriter) version(v Version) {
	w.text(v.Title)
	w.text(v.Short)
	w.number(v.TitleLang)
	w.flag(v.Doc != nil)
	if v.Doc == nil {
		return
	}
	m := v.Doc.Meta
	for _, s := range []string{v.Doc.Path, m.Title, m.Short, m.Slug, string(m.Status), m.Source, m.Date, m.Description, string(m.Layout)} {
		w.text(s)
	}
	w.number(len(m.At))
	for _, k := range slices.Sorted(maps.Keys(m.At)) {
		w.text(k)
		w.text(m.At[k].Path)
		w.number(m.At[k].Line)
		w.number(m.At[k].Col)
	}
}

func (w *outlineWriter) section(s *Section, at map[*Passage]int) {
	w.text(s.Number)
	w.text(s.Slug)
	w.number(int(s.Role))
	w.texts(s.Titles)
	w.out = binary.LittleEndian.AppendUint64(w.out, math.Float64bits(s.Followed))
	for _, n := range s.units {
		w.number(n)
	}
	w.number(len(s.Passages))
	for _, p := range s.Passages {
		at[p] = len(at)
		w.text(p.Number)
		marks := 0
		for mark, is := range [...]bool{p.Opens, p.Row.Removed, p.Row.Published} {
			if is {
				marks |= 1 << mark
			}
		}
		if p.Row.State != nil {
			marks |= outlineStates
		}
		w.number(marks)
		for _, c := range p.Cells {
			n := int(c.State) << 1
			if len(c.Blocks) > 0 {
				n |= 1
			}
			w.number(n)
		}
	}
}

// The kinds of what leads somewhere.
const (
	outlineLink = iota
	outlineConcept
	outlineImage
)

func (w *outlineWriter) links(t *Text, b *Block) {
	w.number(slices.IndexFunc(t.Versions, func(v Version) bool { return v.Doc == b.Doc }))
	n := 0
	for x := range b.Walk() {
		if destined(x) {
			n++
		}
	}
	w.number(n)
	places := t.placed[b] // of a text that is itself read from its outline
	for x := range b.Walk() {
		switch x := x.(type) {
		case *doc.Link:
			w.number(outlineLink)
			w.text(x.Dest)
		case *doc.ConceptLink:
			w.number(outlineConcept)
			w.text(x.ID)
		case *doc.Image:
			w.number(outlineImage)
			w.text(x.Dest)
		default:
			continue
		}
		at := placeOf(b, x)
		if places != nil {
			at, places = places[0], places[1:]
		}
		w.number(at.Line)
		w.number(at.Col)
	}
}

// outlineReader reads what is written. At the first thing that cannot be read it is
// bad, and all after it is empty.
type outlineReader struct {
	data  string
	langs int
	bad   bool
}

func (r *outlineReader) fail() {
	r.bad, r.data = true, ""
}

func (r *outlineReader) number() int {
	for v, i := 0, 0; i < len(r.data) && i < 5; i++ {
		b := int(r.data[i])
		v |= b & 0x7f << (7 * i)
		if b < 0x80 && v <= math.MaxInt32 {
			r.data = r.data[i+1:]
			return v
		}
	}
	r.fail()
	return 0
}

// count is the number of things that follow, of which each takes a byte or more.
func (r *outlineReader) count() int {
	n := r.number()
	if n > len(r.data) {
		r.fail()
		return 0
	}
	return n
}

func (r *outlineReader) flag() bool { return r.number() == 1 }

func (r *outlineReader) text() string {
	n := r.count()
	s := r.data[:n]
	r.data = r.data[n:]
	return s
}

func (r *outlineReader) texts() []string {
	n := r.count()
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = r.text()
	}
	return out
}

func (r *outlineReader) version(text, lang string, langs int) Version {
	v := Version{Title: r.text(), Short: r.text(), TitleLang: r.number()}
	if v.TitleLang >= langs {
		r.fail()
		v.TitleLang = 0
	}
	if !r.flag() {
		return v
	}
	d := &doc.Document{Text: text, Lang: lang, Path: r.text()}
	m := &d.Meta
	m.Title, m.Short, m.Slug, m.Status = r.text(), r.text(), r.text(), doc.Status(r.text())
	m.Source, m.Date, m.Description, m.Layout = r.text(), r.text(), r.text(), doc.Layout(r.text())
	n := r.count()
	if n > 0 {
		m.At = make(map[string]diag.Pos, n)
	}
	for range n {
		k := r.text()
		m.At[k] = diag.Pos{Path: r.text(), Line: r.number(), Col: r.number()}
	}
	v.Doc = d
	return v
}

// some stands for the blocks of a cell, of which an outline knows only that there are
// any.
var some = []*Block{{Block: &doc.Block{}, Doc: &doc.Document{}, Ordinal: -1}}

func (r *outlineReader) section(t *Text, index int) *Section {
	s := &Section{Text: t, Index: index, Number: r.text(), Slug: r.text(), Role: Role(r.number()), Titles: r.texts(), units: make([]int, r.langs)}
	if len(s.Titles) != r.langs || len(r.data) < 8 {
		r.fail()
		return s
	}
	s.Followed = math.Float64frombits(binary.LittleEndian.Uint64([]byte(r.data[:8])))
	r.data = r.data[8:]
	for l := range s.units {
		s.units[l] = r.number()
	}
	n := r.count()
	if n*(2+r.langs) > len(r.data) {
		r.fail()
		return s
	}
	passages, cells := make([]Passage, n), make([]Cell, n*r.langs)
	s.Passages = make([]*Passage, n)
	rows := map[int]*record.Row{} // most passages have the same marks
	for i := range passages {
		p := &passages[i]
		p.Section, p.Index, p.Number = s, i, r.text()
		marks := r.number()
		p.Opens = marks&outlineOpens != 0
		p.Cells = cells[i*r.langs : (i+1)*r.langs : (i+1)*r.langs]
		for l := range p.Cells {
			c := r.number()
			p.Cells[l].State = record.State(c >> 1)
			if c&1 != 0 {
				p.Cells[l].Blocks = some
			}
		}
		row := rows[marks]
		if row == nil {
			row = &record.Row{Removed: marks&outlineRemoved != 0, Published: marks&outlinePublished != 0}
			if marks&outlineStates != 0 {
				row.State = []record.State{}
			}
			rows[marks] = row
		}
		p.Row = row
		s.Passages[i] = p
	}
	return s
}

func (r *outlineReader) links(t *Text) (*Block, []diag.Pos, bool) {
	l := r.number()
	if l >= len(t.Versions) || t.Versions[l].Doc == nil {
		return nil, nil, false
	}
	b := &Block{Block: &doc.Block{}, Doc: t.Versions[l].Doc, Ordinal: -1}
	var places []diag.Pos
	for range r.count() {
		kind, to := r.number(), r.text()
		places = append(places, diag.Pos{Path: b.Doc.Path, Line: r.number(), Col: r.number()})
		switch kind {
		case outlineLink:
			b.Inlines = append(b.Inlines, &doc.Link{Dest: to})
		case outlineConcept:
			b.Inlines = append(b.Inlines, &doc.ConceptLink{ID: to})
		case outlineImage:
			b.Inlines = append(b.Inlines, &doc.Image{Dest: to})
		default:
			return nil, nil, false
		}
	}
	return b, places, true
}

// AppendSign appends what the pages of another text can show of this one, or hang on:
// where it stands, what it is called and what its versions are worth. What links into
// its passages lead to is not in it; see Leads.
func (t *Text) AppendSign(out []byte) []byte {
	w := outlineWriter{out}
	w.text(t.ID)
	w.text(t.Slug)
	w.text(string(t.Layout))
	for _, v := range t.Versions {
		w.text(v.Title)
		w.text(v.Short)
		w.number(v.TitleLang)
		w.flag(v.Doc != nil)
		if v.Doc != nil {
			w.text(v.Doc.Path)
			w.text(string(v.Doc.Meta.Status))
			w.text(v.Doc.Meta.Date)
			w.text(v.Doc.Meta.Description)
		}
	}
	return w.out
}

// AppendLeads appends where the links of a text lead in the site, and returns the
// files of the content folder that it shows or leads to.
func (s *Site) AppendLeads(out []byte, t *Text) (_ []byte, files []string) {
	w := outlineWriter{out}
	for _, b := range t.linking {
		targets := s.Links(b)
		w.number(len(targets))
		for _, to := range targets {
			w.text(to.URL)
			w.text(to.File)
			w.text(to.Fragment)
			w.number(int(to.Page.Kind))
			w.text(to.Page.Text)
			w.text(to.Page.ID)
			w.number(to.Page.Section)
			for l := range s.Langs {
				if p := s.Page(to.Page, l); p != nil {
					w.text(p.Path)
				}
			}
		}
	}
	if r := s.resolutions[t]; r != nil {
		files = r.files
	}
	return w.out, files
}
