package record

import (
	"slices"

	"stele/build/align"
	"stele/build/doc"
)

// One numbering runs through all versions of a text. A version that has a record
// keeps its numbers. One that has none gets them from the version beside it: by
// that one's record, or by the one that would be made of it. So a passage has one
// number in all versions, and no number is given to two passages.

// Version is one version of a text.
type Version struct {
	In     []align.Input
	Docs   []*doc.Document // those of In
	Record *Record         // nil without one
	// Known is the table that History gave to the same version before, where it is
	// known to be the same still; nil where it is not.
	Known *Table
}

// History returns the tables of the versions of a text, the oldest first and the
// present one last. The versions without a record follow the next later one that
// has one, or else the one before; where none has one, the oldest is numbered by
// its order and the others follow it.
//
// The present version is left out, since it changes with every edit: for it the
// record is returned that Reconcile is to be given, nil where there is none. No
// number of an earlier version hangs on its text.
func History(versions []Version) (tables []*Table, present *Record) {
	now := len(versions) - 1
	tables = make([]*Table, now)
	given := map[string]bool{}
	made := make([]*Record, len(versions)) // what the neighbours of each go by
	last := -1                             // the last that has a record
	for i, v := range versions {
		if v.Record == nil {
			continue
		}
		last = i
		made[i] = v.Record.beside(given)
		for _, e := range v.Record.Entries {
			given[e.Number] = true
		}
	}
	for i, v := range versions[:now] { // before any new number is given
		if v.Record != nil {
			if tables[i] = v.Known; tables[i] == nil {
				tables[i] = Reconcile(v.In, made[i])
			}
			note(given, tables[i])
		}
	}
	follow := func(i int, by *Record) {
		tables[i] = Reconcile(versions[i].In, by)
		note(given, tables[i])
		made[i] = New(tables[i], versions[i].Docs, by).beside(given)
	}
	for i := min(last, now) - 1; i >= 0; i-- {
		if made[i] == nil {
			follow(i, made[i+1])
		}
	}
	for i := last + 1; i < now; i++ {
		var before *Record
		if i > 0 {
			before = made[i-1]
		}
		follow(i, before)
	}
	if made[now] == nil && now > 0 {
		made[now] = made[now-1]
	}
	return tables, made[now]
}

// StandsAlone reports whether the table, which Reconcile made of a version with
// the record, is the same whatever other versions there are: it gives no number
// that the record does not have.
func (t *Table) StandsAlone(rec *Record) bool {
	if rec == nil {
		return false
	}
	has := make(map[string]bool, len(rec.Entries))
	for _, e := range rec.Entries {
		has[e.Number] = true
	}
	return !slices.ContainsFunc(t.Rows, func(r Row) bool { return !has[r.Number] })
}

// note takes down the numbers that a table gives.
func note(given map[string]bool, t *Table) {
	for i := range t.Rows {
		given[t.Rows[i].Number] = true
	}
}

// beside is the record with the numbers that other versions of the text have,
// which it does not give again. They may become more.
func (r *Record) beside(given map[string]bool) *Record {
	out := *r
	out.given = given
	return &out
}

// Reserve keeps the numbers of another version of the text from being given by
// DivideAt.
func (r *Record) Reserve(t *Table) {
	if r.given == nil {
		r.given = map[string]bool{}
	}
	note(r.given, t)
}
