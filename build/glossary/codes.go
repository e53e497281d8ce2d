package glossary

import "stele/build/diag"

// The codes of what this package finds.
const (
	BadName          diag.Code = "bad-name"
	DuplicateEntry   diag.Code = "duplicate-entry"
	MissingKey       diag.Code = "missing-key"
	WrongType        diag.Code = "wrong-type"
	TooLong          diag.Code = "too-long"
	BadDate          diag.Code = "bad-date"
	DuplicateConcept diag.Code = "duplicate-concept"
	UnknownConcept   diag.Code = "unknown-concept"
	ParentCycle      diag.Code = "parent-cycle"
	TwoPreferred     diag.Code = "two-preferred"
	NoPreferred      diag.Code = "no-preferred"
	TooManyNames     diag.Code = "too-many-names"
	TooManyFiles     diag.Code = "too-many-files"
	ClassFolder      diag.Code = "class-folder"
	MissingLanguage  diag.Code = "missing-language"
	UnknownLanguage  diag.Code = "unknown-language"
	UnknownGroup     diag.Code = "unknown-group"
	UnknownClass     diag.Code = "unknown-class"
)

// Rules are the rules that the package reports, with their usual severities.
var Rules = []diag.Rule{
	{Code: BadName, Severity: diag.Error},
	{Code: DuplicateEntry, Severity: diag.Error},
	{Code: MissingKey, Severity: diag.Error},
	{Code: WrongType, Severity: diag.Error},
	{Code: TooLong, Severity: diag.Error},
	{Code: BadDate, Severity: diag.Error},
	{Code: DuplicateConcept, Severity: diag.Error},
	{Code: UnknownConcept, Severity: diag.Error},
	{Code: ParentCycle, Severity: diag.Error},
	{Code: TwoPreferred, Severity: diag.Error},
	{Code: NoPreferred, Severity: diag.Error},
	{Code: TooManyNames, Severity: diag.Error},
	{Code: TooManyFiles, Severity: diag.Error},
	{Code: ClassFolder, Severity: diag.Warning},
	{Code: MissingLanguage, Severity: diag.Warning},
	{Code: UnknownLanguage, Severity: diag.Warning},
	{Code: UnknownGroup, Severity: diag.Warning},
	{Code: UnknownClass, Severity: diag.Error},
}
