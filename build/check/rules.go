package check

import (
	"stele/build/diag"
	"stele/build/site"
)

// rule is something to look for. It says what it finds, with the usual severity
// (a rule may speak more softly where a version's wording is not the editors'
// own), what it needs, and has one function: about the site, a text that has
// versions in the languages present, a passage that has something in the
// languages have, or a block.
type rule struct {
	finds []diag.Rule
	needs needs

	site    func(*checker)
	text    func(c *checker, t *site.Text, present []int)
	passage func(c *checker, p *site.Passage, have []int)
	block   func(*blockChecker)
}

// needs is what there must be for a rule to have something to look at.
type needs uint8

const (
	anything needs = iota
	several        // languages that have the text or the passage
	prose          // a block of words, not of code
)

// least is how many languages the rule needs.
func (r *rule) least() int {
	if r.needs == several {
		return 2
	}
	return 1
}

func note(code diag.Code) diag.Rule    { return diag.Rule{Code: code, Severity: diag.Note} }
func fault(code diag.Code) diag.Rule   { return diag.Rule{Code: code, Severity: diag.Error} }
func warning(code diag.Code) diag.Rule { return diag.Rule{Code: code, Severity: diag.Warning} }

func finds(r ...diag.Rule) []diag.Rule { return r }

// rules are what Site looks for, in the order of docs/handbook/checks/en.md.
var rules = []rule{
	{finds: finds(note(MissingVersion)), text: (*checker).missingVersions},
	{finds: finds(warning(MissingPassage), warning(ExtraPassage)), needs: several, text: (*checker).gaps},
	{finds: finds(warning(LowConfidence)), needs: several, passage: (*checker).uncertain},
	{finds: finds(warning(HeadingLevelDiffers), warning(ListDiffers)), needs: several, passage: (*checker).kinds},
	{finds: finds(warning(ListNumberDiffers), warning(TableDiffers), warning(LinkDiffers), warning(NoteDiffers), warning(ImageDiffers)), needs: several, passage: (*checker).parity},
	{finds: finds(warning(OrderDiffers)), needs: several, text: (*checker).order},
	{finds: finds(warning(EmptyTarget)), passage: (*checker).empty},
	{finds: finds(warning(SameAsSource), warning(LanguageScript)), text: (*checker).foreignVersions, passage: (*checker).untranslated},
	{finds: finds(warning(LengthRatio)), needs: several, text: (*checker).lengths},
	{finds: finds(warning(SentenceMissing)), needs: several, passage: (*checker).sentences},
	{finds: finds(warning(Stale), note(Changed), note(Unconfirmed), note(NotRecorded)), needs: several, text: (*checker).standing},
	{finds: finds(fault(VersionDate)), text: (*checker).versionDates},
	{finds: finds(note(VersionAlone)), text: (*checker).versionAlone},
	{finds: finds(fault(NumberTwice)), text: (*checker).numberTwice},

	{finds: finds(warning(NumberDiffers), warning(DateDiffers), warning(CodeDiffers), warning(ImpossibleDate)), passage: (*checker).compare},
	{finds: finds(warning(NoEndMark)), needs: several, passage: (*checker).endings},
	{finds: finds(note(AbbreviationUnexplained)), text: (*checker).abbreviations},
	{finds: finds(warning(InconsistentTranslation)), site: (*checker).translations},

	{finds: finds(warning(TermMissing)), needs: several, passage: (*checker).missingTerms},
	{finds: finds(warning(DeprecatedTerm)), passage: (*checker).deprecated},
	{finds: finds(note(UnusedConcept)), site: (*checker).unusedConcepts},
	{finds: finds(warning(AmbiguousTerm)), site: (*checker).ambiguous},
	{finds: finds(note(NoDefinition)), site: (*checker).definitions},

	{finds: finds(warning(UnpairedBracket), warning(UnpairedQuote)), needs: prose, block: (*blockChecker).pairs},
	{finds: finds(warning(QuoteStyle)), needs: prose, block: (*blockChecker).quotes},
	{finds: finds(warning(RepeatedWord)), needs: prose, block: (*blockChecker).repeated},
	{finds: finds(warning(DoubleSpace), warning(EdgeSpace), warning(SpaceBeforePunctuation)), needs: prose, block: (*blockChecker).spaces},
	{finds: finds(warning(HalfWidthPunctuation), warning(FullWidth)), needs: prose, block: (*blockChecker).widths},
	{finds: finds(warning(HyphenForDash)), needs: prose, block: (*blockChecker).hyphens},
	{finds: finds(note(YoInconsistent)), text: (*checker).yo},
	{finds: finds(warning(MixedScript)), needs: prose, block: (*blockChecker).scripts},

	{finds: finds(warning(ImageAlt), warning(LinkText)), block: (*blockChecker).links},
}
