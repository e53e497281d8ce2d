package record

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

// statesOf tells how each language's text stands to what was confirmed. cells
// holds the recorded cells, now the present texts, and here whether there is a
// block, which may be without words; all by language.
func statesOf(cells []Cell, now []string, here []bool) []State {
	out := make([]State, len(now))
	changed := false
	confirmed := false
	for l, c := range cells {
		confirmed = confirmed || c.IsConfirmed
		changed = changed || c.IsConfirmed && c.Confirmed != now[l]
	}
	if !confirmed {
		return out
	}
	for l, c := range cells {
		switch {
		case !here[l] && !c.IsConfirmed: // a language that is new
		case !here[l] && c.Confirmed == "":
			out[l] = Absent
		case !c.IsConfirmed, c.Confirmed == "" && now[l] != "":
			out[l] = Added
		case c.Confirmed != "" && now[l] == "":
			out[l] = Missing
		case c.Confirmed != now[l]:
			out[l] = Changed
		case changed:
			out[l] = Stale
		default:
			out[l] = Confirmed
		}
	}
	return out
}
