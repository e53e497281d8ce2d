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

	recalled *Record // the record as it was laid over the versions, where that is not as it was read
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
	// Published tells that somebody confirmed the passage, so that readers may
	// know its number. A removed row that nobody confirmed leaves nothing to tell.
	Published bool
	// Parts are other passages: for a removed row those that its text is part of
	// now, for another those that were parted from it.
	Parts []string
	// Was is the text of a removed row as it was confirmed or saved last, by
	// language; nil for others.
	Was []string
	// MovedIn tells, per language, whether the row stands elsewhere in that
	// language's own order than in the table; nil where none moved it.
	MovedIn []bool
	// State tells, per language, how the text stands to what was last
	// confirmed; nil without a record.
	State []State
	// Ahead lists, for a language that is Stale, those that it has not followed,
	// as indices; nil where none is.
	Ahead [][]int

	joined string // of a removed row: the passage that took in its blocks as they are
	from   string // the passage that this one was parted from, before it has a number
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
