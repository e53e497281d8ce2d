package record

import (
	"stele/build/align"
)

// Table is the alignment of the versions of one text, with the numbers of its
// passages.
type Table struct {
	// Langs are the versions' languages, in the order of the inputs.
	Langs []string
	// Rows in reading order. Every block of every version is in exactly one.
	Rows []Row
}

// Row is a passage: what says the same in each language.
type Row struct {
	// Row holds the blocks by language, in the order of Table.Langs.
	align.Row
	// Number is the passage's permanent number, such as "5.3" or "5.3a";
	// "5" for the heading of section 5, "0" for the text's title.
	Number string
	// Opens is what begins with the row, as its first block in the first
	// language that has one says.
	Opens Opening
	// Pinned rows were fixed by hand in the record and are never re-aligned.
	Pinned bool
	// Removed rows hold a number that is no longer used: no blocks.
	Removed bool
	// State tells, per language, how the text stands to what was last
	// confirmed; nil without a record.
	State []State
}

// Opening is what a row opens.
type Opening uint8

const (
	OpensNothing Opening = iota
	OpensText            // a first-level heading
	OpensSection         // a second-level heading
	OpensPart            // a thematic break
)

func (r *Row) opensSection() bool { return r.Opens == OpensSection || r.Opens == OpensPart }

// State is how a language's part of a passage stands to the record.
type State uint8

const (
	// Unconfirmed: no editor has confirmed this passage yet.
	Unconfirmed State = iota
	// Confirmed: the text is as it was confirmed.
	Confirmed
	// Changed: the text changed since it was confirmed.
	Changed
	// Stale: the text is as it was confirmed, but another language's changed.
	Stale
	// Missing: the passage has no text in this language, but was confirmed with one.
	Missing
	// Added: the passage has text here that it did not have when it was confirmed.
	Added
	// Absent: no text, and confirmed so.
	Absent
)

// Reconcile returns the passages of the versions of one text. With a record,
// recorded passages keep their numbers, and only what changed is aligned anew;
// without one, which is nil, all is aligned and numbers follow the order. The
// same inputs give the same table; the order of the inputs changes nothing but
// the order of the columns.
func Reconcile(in []align.Input, rec *Record) *Table {
	t := &Table{}
	for _, v := range in {
		t.Langs = append(t.Langs, v.Doc.Lang)
	}
	if rec != nil {
		t.Rows = settle(in, rec)
		return t
	}
	for _, r := range align.Align(in) {
		t.Rows = append(t.Rows, Row{Row: r})
	}
	markOpenings(t.Rows, in)
	number(t.Rows)
	return t
}
