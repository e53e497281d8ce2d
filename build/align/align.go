package align

import "stele/build/doc"

// Input is one language version and what others know of its blocks.
type Input struct {
	Doc *doc.Document // required
	// Concepts holds, for each block, the ids of the concepts it names, in
	// order and with repetitions. It may be nil.
	Concepts [][]string
}

// Row holds what says the same in each language.
type Row struct {
	// Blocks holds, per version in the order of the inputs, the ordinals of the
	// blocks, ascending; empty where the version has nothing.
	Blocks [][]int
	// Confidence is the estimated probability, 0 to 1, that the row is right.
	Confidence float64
	// Moved tells that some version has this row elsewhere in its own order.
	Moved bool
	// Unlike tells that its blocks are far apart in length or kind, such as sixteen
	// lines beside two, or a heading beside what is none.
	Unlike bool
}

// certain is the confidence from which a row is not reported. Confidence is the
// chance of being right (bench/align -trust shows how nearly), so a row of less
// is more likely wrong than right.
const certain = 0.5

// Uncertain reports that somebody should look at the row: it is more likely wrong
// than right, or its blocks are far apart in length or kind.
func (r *Row) Uncertain() bool { return r.Confidence < certain || r.Unlike }

// Align aligns the versions of one text. The rows stand in reading order, and
// every block of every version is in exactly one. The same inputs give the same
// rows; the order of the inputs changes nothing but the order of the columns.
func Align(in []Input) []Row {
	par := Defaults()
	return AlignWith(in, &par)
}
