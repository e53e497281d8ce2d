package record

import (
	"slices"

	"stele/build/align"
)

// Reconcile returns the passages of the versions of one text. With a record,
// recorded passages keep their numbers, and only what changed is aligned anew;
// without one, which is nil, all is aligned and numbers follow the order. The
// same inputs give the same table; the order of the inputs changes nothing but
// the order of the columns.
func Reconcile(in []align.Input, rec *Record) *Table { return ReconcileBy(align.Align, in, rec) }

// Aligner is align.Align, or what remembers its results.
type Aligner func([]align.Input) []align.Row

// ReconcileBy is Reconcile with another aligner. The calls of the aligner, and
// their order, hang on the other arguments alone.
func ReconcileBy(aligner Aligner, in []align.Input, rec *Record) *Table {
	t := &Table{}
	for _, v := range in {
		t.Langs = append(t.Langs, v.Doc.Lang)
	}
	if rec != nil {
		rc := newReconciler(in, rec)
		rc.align = aligner
		t.Rows = rc.reconcile()
		if rc.rec != rec {
			t.recalled = rc.rec
		}
		return t
	}
	for _, r := range aligner(in) {
		t.Rows = append(t.Rows, Row{Row: r})
	}
	markOpenings(t.Rows, in)
	markMoved(t.Rows, in)
	number(t.Rows)
	return t
}

// reconcile lays the recorded rows over the versions as they are now. Blocks that
// are still what they were, exactly or nearly, stay in their rows; what is new
// joins the row that a fresh alignment of its surroundings puts it in with
// assigned blocks, and else makes rows of its own. The order of the result
// follows the versions.
func (rc *reconciler) reconcile() []Row {
	for l := range rc.in {
		if rc.column[l] >= 0 {
			rc.assignUnchanged(l)
			rc.assignEdited(l)
		}
	}
	rc.assignReplaced()
	rc.realign()
	rc.assignCounterparts()
	rc.mergeEntries()
	return rc.rows()
}

type reconciler struct {
	align        Aligner
	in           []align.Input
	fingerprints [][]string // the blocks' fingerprints, by language
	rec          *Record
	at           map[string]int // number -> row of the record
	column       []int          // of each input in the record, -1 for none
	entryOf      [][]int        // per language and block, its row in the record, -1 for none yet
	fresh        []align.Row    // the alignment of what is not assigned and what is around it
	freshOf      [][]int        // per language and block, its row in fresh, -1 for none
	joined       map[int]int    // a row of the record that another has taken in -> that one
}

func newReconciler(in []align.Input, rec *Record) *reconciler {
	rc := &reconciler{in: in, align: align.Align, at: make(map[string]int, len(rec.Entries)), joined: map[int]int{}}
	for i, r := range rec.Entries {
		rc.at[r.Number] = i
	}
	for _, v := range in {
		fingerprints := make([]string, len(v.Doc.Blocks))
		for b := range fingerprints {
			fingerprints[b] = Fingerprint(&v.Doc.Blocks[b])
		}
		rc.fingerprints = append(rc.fingerprints, fingerprints)
		rc.freshOf = append(rc.freshOf, slices.Repeat([]int{-1}, len(fingerprints)))
		rc.entryOf = append(rc.entryOf, slices.Repeat([]int{-1}, len(fingerprints)))
		rc.column = append(rc.column, slices.Index(rec.Langs, v.Doc.Lang))
	}
	rc.rec = rc.recall(rec)
	return rc
}

// realign aligns the blocks that are not assigned, and the rows that have
// grown or lost a language, together with the rows around them. What is far from
// any change is left alone, so that a small edit costs little and touches
// nothing else.
func (rc *reconciler) realign() {
	near, changed := rc.nearChanges()
	if !changed {
		return
	}
	part := make([]align.Input, len(rc.in))
	from := make([][]int, len(rc.in)) // ordinals in the whole documents
	for l, v := range rc.in {
		d := *v.Doc
		d.Blocks = nil
		part[l].Doc = &d
		for b, r := range rc.entryOf[l] {
			if r >= 0 && !near[r] {
				continue
			}
			from[l] = append(from[l], b)
			d.Blocks = append(d.Blocks, v.Doc.Blocks[b])
			if v.Concepts != nil {
				part[l].Concepts = append(part[l].Concepts, v.Concepts[b])
			}
		}
	}
	rc.fresh = rc.align(part)
	for i := range rc.fresh {
		for l, blocks := range rc.fresh[i].Blocks {
			for k, b := range blocks {
				blocks[k] = from[l][b]
				rc.freshOf[l][from[l][b]] = i
			}
		}
	}
}

// around is how many rows on each side of a change are aligned with it. It was
// set by judgement; TestNumbersSurviveEdits holds with it.
const around = 4

// nearChanges tells which rows of the record are to be aligned again, and
// whether anything has changed: rows that have grown or lost a language, and
// those between the assigned blocks before and after an unassigned one, which
// are all rows for a language that is new; and some rows around each.
func (rc *reconciler) nearChanges() (near []bool, changed bool) {
	near = make([]bool, len(rc.rec.Entries))
	mark := func(from, to int) {
		changed = true
		for k := max(0, from-around); k <= to+around && k < len(near); k++ {
			near[k] = true
		}
	}
	for l := range rc.in {
		size := make([]int, len(near))
		last := 0     // the row of the assigned block before, or where the text begins
		open := false // an unassigned block waits for the next assigned one
		for _, r := range rc.entryOf[l] {
			if r < 0 {
				open = true
				continue
			}
			if size[r]++; rc.column[l] >= 0 && size[r] > len(rc.rec.Entries[r].Cells[rc.column[l]].Fingerprints) {
				mark(r, r)
			}
			switch {
			case open && last <= r:
				mark(last, r)
			case open: // one of the two was moved: nothing lies between them
				mark(last, last)
				mark(r, r)
			}
			last, open = r, false
		}
		if open {
			mark(last, len(near))
		}
		for r := range size {
			if size[r] == 0 && rc.column[l] >= 0 && rc.hasText(l, r) {
				mark(r, r) // it may have been drawn into a row beside it
			}
		}
	}
	return near, changed
}
