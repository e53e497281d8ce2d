package build

import (
	"slices"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

// history is the earlier versions of a text brought through the stages, and what
// the present one is numbered by. It never changes.
type history struct {
	naming    *naming
	slug      string // of the text
	record    *recordFile
	revisions []*revision
	tables    []*record.Table // of the revisions
	basis     *record.Record  // of the present version; nil for none
}

// revision is an earlier version of a text.
type revision struct {
	from     source.Revision
	versions []*version // of the files
	record   *recordFile
	cut      parsed[*site.Text]
	diags    diag.List // of reading and cutting: a frozen text is told what breaks it, and no more
}

// numberHistory reads the earlier versions and numbers them and the text as one,
// but for what old, which may be nil, has of it.
func numberHistory(from source.Text, rec *recordFile, w *naming, old *history) *history {
	if len(from.Revisions) == 0 {
		return nil
	}
	if old == nil {
		old = &history{}
	}
	h := &history{naming: w, record: rec}
	same := old.record == rec && len(old.revisions) == len(from.Revisions)
	for i, f := range from.Revisions {
		r := newRevision(f, w, old.revision(f.Name))
		h.revisions = append(h.revisions, r)
		same = same && r.alignsAs(old.revisions[i])
	}
	if same {
		h.tables, h.basis = old.tables, old.basis
		return h
	}
	var all []record.Version
	for _, r := range h.revisions {
		v := record.Version{In: inputs(r.versions), Record: r.record.parsed(), Known: old.table(r, rec)}
		for _, x := range r.versions {
			v.Docs = append(v.Docs, x.doc)
		}
		all = append(all, v)
	}
	h.tables, h.basis = record.History(append(all, record.Version{Record: rec.parsed()}))
	if rec == nil { // the present text is numbered by others and confirmed by nobody
		for _, t := range h.tables {
			forgetStates(t)
		}
	}
	return h
}

// table is that of a revision which numbers it as h did, whatever became of the
// text and of its other versions: where its record has all its numbers. It is nil
// where that is not sure. rec is the record of the text.
func (h *history) table(r *revision, rec *recordFile) *record.Table {
	for i, o := range h.revisions {
		if r.alignsAs(o) && (h.record == nil) == (rec == nil) && h.tables[i].StandsAlone(r.record.parsed()) {
			return h.tables[i]
		}
	}
	return nil
}

// forgetStates takes away how the passages stand to what was confirmed, where
// nobody has.
func forgetStates(t *record.Table) {
	for i := range t.Rows {
		t.Rows[i].State, t.Rows[i].Ahead = nil, nil
	}
}

// cutHistory cuts the earlier versions of the text with the slug, but for what
// old has cut.
func (h *history) cutHistory(slug string, old *history) {
	h.slug = slug
	for i, r := range h.revisions {
		if old != nil && old.slug == slug && old.naming == h.naming && i < len(old.revisions) &&
			old.tables[i] == h.tables[i] && slices.Equal(old.revisions[i].versions, r.versions) {
			r.cut, r.diags = old.revisions[i].cut, old.revisions[i].diags
			continue
		}
		in := site.TextInput{ID: r.from.Name, Slug: slug + "/" + r.from.Date, Table: h.tables[i], Frozen: true}
		for _, v := range r.versions {
			in.Docs = append(in.Docs, v.doc)
			in.Matches = append(in.Matches, v.matches)
			r.diags = append(r.diags, breaking(v.diags)...)
		}
		if r.record != nil {
			in.Record = r.record.value
			r.diags = append(r.diags, breaking(r.record.diags)...)
		}
		r.cut.value, r.cut.diags = site.Cut(h.naming.langs, h.naming.ids, in)
		r.diags = append(r.diags, breaking(r.cut.diags)...)
	}
}

// breaking are the findings that keep a text from being published. What else is
// said of a text, nobody can mend in one that is frozen.
func breaking(all diag.List) diag.List {
	var out diag.List
	for _, d := range all {
		if d.Severity == diag.Error {
			out = append(out, d)
		}
	}
	return out
}

// newRevision parses and searches the files, but for what old, which may be nil,
// has found.
func newRevision(from source.Revision, w *naming, old *revision) *revision {
	if old == nil {
		old = &revision{}
	}
	r := &revision{from: from, record: old.record}
	for _, f := range from.Files {
		i := slices.IndexFunc(old.versions, func(v *version) bool { return v.file.Path == f.Path })
		var was *version
		if i >= 0 {
			was = old.versions[i]
		}
		r.versions = append(r.versions, newVersion(f, w, from.Date, was))
	}
	if !old.record.madeOf(from.Record) {
		r.record = newRecord(from.Record)
	}
	return r
}

// alignsAs reports whether the numbering cannot tell the two apart.
func (r *revision) alignsAs(o *revision) bool {
	return r.from.Name == o.from.Name && r.record == o.record && slices.EqualFunc(r.versions, o.versions, (*version).alignsAs)
}

// basisOf is what the present version is numbered by; nil without a history.
func (h *history) basisOf() *record.Record {
	if h == nil {
		return nil
	}
	return h.basis
}

// numbers are those that passages of the earlier versions have.
func (h *history) numbers() map[string]bool {
	if h == nil {
		return nil
	}
	out := map[string]bool{}
	for _, t := range h.tables {
		for i := range t.Rows {
			if !t.Rows[i].Removed {
				out[t.Rows[i].Number] = true
			}
		}
	}
	return out
}

func (h *history) revision(name string) *revision {
	for _, r := range h.revisions {
		if r.from.Name == name {
			return r
		}
	}
	return nil
}

// parsed is the record as read; nil without one.
func (r *recordFile) parsed() *record.Record {
	if r == nil {
		return nil
	}
	return r.value
}

func inputs(versions []*version) []align.Input {
	var in []align.Input
	for _, v := range versions {
		in = append(in, align.Input{Doc: v.doc, Concepts: v.concepts})
	}
	return in
}

// sameRevisions reports whether the files of the versions are the same.
func sameRevisions(a, b []source.Revision) bool {
	return slices.EqualFunc(a, b, func(x, y source.Revision) bool {
		return x.Name == y.Name && slices.Equal(x.Files, y.Files) && sameFile(x.Record, y.Record) && sameTitles(x.Title, y.Title)
	})
}

func sameFile(a, b *source.File) bool {
	return a == b || a != nil && b != nil && *a == *b
}

func sameTitles(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// earlier are the versions as a site takes them.
func (h *history) earlier(of string) []site.Earlier {
	if h == nil {
		return nil
	}
	var out []site.Earlier
	for _, r := range h.revisions {
		out = append(out, site.Earlier{Of: of, Date: r.from.Date, Title: r.from.Title, Text: r.cut.value})
	}
	return out
}
