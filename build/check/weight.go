package check

import (
	"cmp"
	"slices"

	"stele/build/diag"
)

// doubtful are the rules that find what may be untrue or stand beside what it is
// not the same as: a reader is misled by it.
var doubtful = []diag.Code{
	MissingPassage, ExtraPassage, LowConfidence, HeadingLevelDiffers, ListDiffers, ListNumberDiffers, TableDiffers, LinkDiffers, NoteDiffers, ImageDiffers,
	OrderDiffers, EmptyTarget, SameAsSource, LanguageScript, LengthRatio, SentenceMissing, Stale, Changed,
	NumberDiffers, DateDiffers, CodeDiffers, InconsistentTranslation,
	TermMissing, DeprecatedTerm, AmbiguousTerm,
}

// typographic are the rules that find how a thing is written, not what is said.
var typographic = []diag.Code{
	UnpairedBracket, UnpairedQuote, QuoteStyle, RepeatedWord, DoubleSpace, EdgeSpace, SpaceBeforePunctuation, HalfWidthPunctuation, FullWidth,
	HyphenForDash, YoInconsistent, MixedScript, NoEndMark,
}

// Weight says how soon an editor should see a finding, the lowest first: what
// stops the site, then warnings, then notes; and whatever its severity, what is
// doubtful before what is typography.
func Weight(d diag.Diagnostic) int {
	doubt, form := slices.Contains(doubtful, d.Code), slices.Contains(typographic, d.Code)
	switch {
	case d.Severity == diag.Error:
		return 0
	case d.Severity == diag.Warning && doubt:
		return 1
	case d.Severity == diag.Warning && !form:
		return 2
	case doubt:
		return 3
	case d.Severity == diag.Warning:
		return 4
	case !form:
		return 5
	}
	return 6
}

// Weighed returns findings for people to read: by weight, those of one weight as
// they were. Programs are given them by place.
func Weighed(l diag.List) diag.List {
	return slices.SortedStableFunc(slices.Values(l), func(a, b diag.Diagnostic) int { return cmp.Compare(Weight(a), Weight(b)) })
}
