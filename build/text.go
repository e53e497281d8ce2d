package build

import (
	"cmp"
	"slices"
	"sync"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/search"
	"stele/build/site"
	"stele/build/source"
)

// text is one text brought through parsing, searching, aligning and cutting. It
// never changes; the result of each stage stands beside what it was made from.
type text struct {
	from     source.Text
	naming   *naming
	versions []*version  // of the files
	record   *recordFile // nil without one
	history  *history    // nil without earlier versions
	table    *record.Table
	cut      parsed[*site.Text]

	part *part
}

// part is what the search needs of a text, once somebody searches.
type part struct {
	once sync.Once
	kept func() *search.Part // of an outline, as it was remembered; else nil
	read *search.Part
}

// of reads a text at the first call.
func (p *part) of(t *site.Text, r *search.Reader) *search.Part {
	p.once.Do(func() {
		if p.kept != nil {
			p.read, p.kept = p.kept(), nil
			return
		}
		p.read = r.Part(t)
	})
	return p.read
}

// version is one language's file, parsed and searched.
type version struct {
	file     source.File
	naming   *naming
	matcher  *glossary.Matcher
	doc      *doc.Document
	diags    diag.List
	matches  [][]glossary.Match // by block
	concepts [][]string         // the ids of the matches
	traces   []glossary.Trace   // by block, of those that were searched
}

// recordFile is the text's alignment.tsv as parsed.
type recordFile struct {
	file  source.File
	value *record.Record
	diags diag.List
}

// diags are what all stages found.
func (t *text) diags() diag.List {
	var all diag.List
	if t.from.Unread {
		return nil
	}
	for _, v := range t.versions {
		all = append(all, v.diags...)
	}
	if t.record != nil {
		all = append(all, t.record.diags...)
	}
	all = append(all, t.cut.diags...)
	if t.history != nil {
		for _, r := range t.history.revisions {
			all = append(all, r.diags...)
		}
	}
	return all
}

// madeOf reports whether the text is what newText would make.
func (t *text) madeOf(from source.Text, w *naming) bool {
	return t != nil && t.naming == w && t.from.Name == from.Name && t.from.Slug == from.Slug && t.from.Unread == from.Unread &&
		slices.Equal(t.from.Files, from.Files) && t.record.madeOf(from.Record) && sameRevisions(t.from.Revisions, from.Revisions)
}

// newText runs the stages, but for the results of old, which may be nil, that
// still hold.
func newText(from source.Text, w *naming, old *text, aligner func(*text) record.Aligner, depth site.Depth) *text {
	if old == nil {
		old = &text{}
	}
	t := &text{from: from, naming: w, record: old.record}
	for _, f := range from.Files {
		t.versions = append(t.versions, newVersion(f, w, "", old.version(f.Path)))
	}
	if !old.record.madeOf(from.Record) {
		t.record = newRecord(from.Record)
	}
	t.history = numberHistory(from, t.record, w, old.history)
	if old.table != nil && t.record == old.record && t.history.basisOf() == old.history.basisOf() && slices.EqualFunc(t.versions, old.versions, (*version).alignsAs) {
		t.table = old.table
	} else {
		t.align(aligner(t))
	}
	if t.cutAs(old) {
		t.cut, t.part = old.cut, old.part
		return t
	}
	t.part = &part{}
	in := site.TextInput{ID: from.Name, Slug: from.Slug, Table: t.table, Cited: t.history.numbers(), Unread: from.Unread, Depth: depth}
	if t.table == old.table && slices.Equal(w.langs, old.naming.langs) {
		in.Before = old.cut.value
	}
	for _, v := range t.versions {
		in.Docs = append(in.Docs, v.doc)
		in.Matches = append(in.Matches, v.matches)
	}
	if t.record != nil {
		in.Record = t.record.value
	}
	t.cut.value, t.cut.diags = site.Cut(w.langs, w.ids, in)
	if t.history != nil {
		t.history.cutHistory(t.cut.value.Slug, old.history)
	}
	return t
}

// cutAs reports whether cutting the text would make what it made of old: nothing is
// new but names that the text does not have.
func (t *text) cutAs(old *text) bool {
	if t.history != nil || old.history != nil || t.table != old.table || t.record != old.record || !slices.Equal(t.naming.langs, old.naming.langs) ||
		t.from.Slug != old.from.Slug || t.from.Unread != old.from.Unread || !slices.EqualFunc(t.versions, old.versions, (*version).cutsAs) {
		return false
	}
	return !slices.ContainsFunc(old.cut.value.ByHand, func(id string) bool { return t.naming.ids[id] != old.naming.ids[id] })
}

// cutsAs reports whether a text of either version is cut into the same.
func (v *version) cutsAs(o *version) bool {
	return v.doc == o.doc && sameSlice(v.matches, o.matches)
}

func (t *text) align(aligner record.Aligner) {
	var in []align.Input
	for _, v := range t.versions {
		in = append(in, align.Input{Doc: v.doc, Concepts: v.concepts})
	}
	var rec *record.Record
	if t.record != nil {
		rec = t.record.value
	}
	if t.history != nil {
		rec = t.history.basis
	}
	t.table = record.ReconcileBy(aligner, in, rec)
	if t.record == nil && rec != nil {
		forgetStates(t.table) // the numbers are known, but nobody confirmed anything
	}
}

func (t *text) version(path string) *version {
	for _, v := range t.versions {
		if v.file.Path == path {
			return v
		}
	}
	return nil
}

// newVersion parses and searches a file, but for what old, which may be nil,
// has found: an edit changes few of a file's blocks. Names are found that were in
// use at the date, or else at the file's own.
func newVersion(f source.File, w *naming, date string, old *version) *version {
	v := &version{file: f, naming: w}
	if old != nil && old.file == f && old.naming == w {
		return old
	}
	if old != nil && old.file == f {
		v.doc, v.diags = old.doc, old.diags
	} else {
		v.doc, v.diags = markdown.Parse(f)
	}
	v.matcher = w.matcher(f.Lang, cmp.Or(date, v.doc.Meta.Date))
	known := old.searchedBy(v.matcher, w)
	if known.all(v.doc) {
		v.matches, v.concepts, v.traces = old.matches, old.concepts, old.traces
		return v
	}
	n := len(v.doc.Blocks)
	v.matches, v.concepts, v.traces = make([][]glossary.Match, n), make([][]string, n), make([]glossary.Trace, n)
	same := old != nil && old.doc == v.doc // what is found, too
	for i := range v.doc.Blocks {
		b := &v.doc.Blocks[i]
		if !searched(b) {
			continue
		}
		if k, ok := known.block(b.Text); ok {
			v.matches[i], v.concepts[i], v.traces[i] = old.matches[k], old.concepts[k], old.traces[k]
			continue
		}
		v.matches[i], v.traces[i] = v.matcher.FindTraced(b.Text)
		for _, m := range v.matches[i] {
			v.concepts[i] = append(v.concepts[i], m.Concept)
		}
		same = same && slices.Equal(v.matches[i], old.matches[i])
	}
	if same {
		v.matches, v.concepts = old.matches, old.concepts
	}
	return v
}

// findings are what a version tells of the names in another.
type findings struct {
	*version
	change *glossary.Change // of the names since; nil for none
	blocks map[string]int   // by text; made when needed
}

// searchedBy returns what the version tells of what the matcher finds; nil for
// nothing.
func (v *version) searchedBy(m *glossary.Matcher, n *naming) *findings {
	if v == nil {
		return nil
	}
	f := &findings{version: v}
	if v.matcher != m {
		if f.change = n.changed[renaming{v.matcher, m}]; f.change == nil {
			return nil
		}
	}
	return f
}

// all reports whether everything that there is to be found in the document is known.
func (f *findings) all(d *doc.Document) bool {
	if f == nil || f.doc != d {
		return false
	}
	return f.change == nil || !slices.ContainsFunc(f.traces, f.change.Touches)
}

// block returns the block that has the same names as a text, if one is known.
func (f *findings) block(text string) (int, bool) {
	if f == nil {
		return 0, false
	}
	if f.blocks == nil {
		f.blocks = make(map[string]int, len(f.doc.Blocks))
		for i := range f.doc.Blocks {
			if b := &f.doc.Blocks[i]; searched(b) {
				f.blocks[b.Text] = i
			}
		}
	}
	i, ok := f.blocks[text]
	return i, ok && (f.change == nil || !f.change.Touches(f.traces[i]))
}

// searched reports whether names are looked for in the block.
func searched(b *doc.Block) bool { return b.Kind != doc.Heading && b.Kind != doc.Code }

// alignsAs reports whether the aligner cannot tell the versions apart.
func (v *version) alignsAs(o *version) bool {
	return v == o || v.doc == o.doc && slices.EqualFunc(v.concepts, o.concepts, slices.Equal[[]string])
}

func newRecord(f *source.File) *recordFile {
	if f == nil {
		return nil
	}
	r := &recordFile{file: *f}
	r.value, r.diags = record.Parse(f.Path, f.Data)
	return r
}

func (r *recordFile) madeOf(f *source.File) bool {
	if r == nil || f == nil {
		return r == nil && f == nil
	}
	return r.file == *f
}
