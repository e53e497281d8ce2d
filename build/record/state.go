package record

import "stele/build/compare"

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

// Agrees reports that an editor confirmed this language as it stands, with text
// or without, and that none of the others has changed since.
func (s State) Agrees() bool { return s == Confirmed || s == Absent }

// statesOf tells how each language's text stands to what was confirmed, and for
// those that are stale, which languages they have not followed. langs are the
// languages, cells holds the recorded cells, now the present texts, and here
// whether there is a block, which may be without words; all by language.
func statesOf(langs []string, cells []Cell, now []string, here []bool) (states []State, ahead [][]int) {
	states = make([]State, len(now))
	for l, c := range cells {
		switch {
		case !c.IsConfirmed: // never, or the language is new
		case !here[l] && c.Confirmed == "":
			states[l] = Absent
		case c.Confirmed == "" && now[l] != "":
			states[l] = Added
		case c.Confirmed != "" && now[l] == "":
			states[l] = Missing
		case !same(c.Confirmed, now[l]):
			states[l] = Changed
		default:
			states[l] = Confirmed
			if since := changedSince(l, langs, cells, now); since != nil {
				if ahead == nil {
					ahead = make([][]int, len(now))
				}
				states[l], ahead[l] = Stale, since
			}
		}
	}
	return states, ahead
}

// changedSince lists the languages that are not as they were when language l
// was confirmed.
func changedSince(l int, langs []string, cells []Cell, now []string) (since []int) {
	for k := range cells {
		if k == l {
			continue
		}
		if print, ok := cells[l].Seen[langs[k]]; ok {
			if print != textPrint(now[k]) {
				since = append(since, k)
			}
		} else if cells[k].IsConfirmed && !same(cells[k].Confirmed, now[k]) {
			since = append(since, k)
		}
	}
	return since
}

// same reports whether two texts differ in nothing that is a change.
func same(a, b string) bool { return !compare.Changed(a, b) }
