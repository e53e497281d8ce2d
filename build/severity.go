package build

import (
	"slices"

	"stele/build/diag"
	"stele/build/source"
)

// lenient are the errors that a site can be published with if its owner says so:
// what they speak of is left out, and all else stands as it would. Of any other
// error it is not known what the pages would say.
var lenient = []diag.Code{
	"bad-character", "bad-date", "bad-drawing", "bad-link", "dead-fragment", "dead-image", "dead-link", "duplicate-footnote", "duplicate-id", "file-kind",
	"lang-mismatch", "layout-differs", "too-nested", "unknown-concept", "unknown-key",
}

// regrade gives the findings the severities that the settings say, and reports
// settings that cannot be followed.
func regrade(l diag.List, wanted []source.Severity) diag.List {
	if len(wanted) == 0 {
		return l
	}
	by := map[diag.Code]diag.Severity{}
	var faults diag.List
	for _, w := range wanted {
		rule, known := Rules.Of(w.Code)
		switch {
		case !known:
			faults.Error(w.Pos, BadValue.As("severity"), "Key", string(w.Code), "Hint", Rules.Hint(w.Code))
		case rule.Severity == diag.Error && w.Severity != diag.Error && !slices.Contains(lenient, w.Code):
			names := make(diag.Names, len(lenient))
			for i, c := range lenient {
				names[i] = string(c)
			}
			faults.Error(w.Pos, BadValue.As("severity-error"), "Key", string(w.Code), "Choices", names)
		default:
			by[w.Code] = w.Severity
		}
	}
	l = slices.Clone(l)
	for i := range l {
		if s, ok := by[l[i].Code]; ok {
			l[i].Severity = s
		}
	}
	return append(l, faults...)
}
