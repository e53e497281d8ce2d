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
