package yaml

import "stele/build/diag"

// The codes of what this package finds.
const (
	BadCharacter diag.Code = "bad-character"
	TooLarge     diag.Code = "too-large"
	TooDeep      diag.Code = "too-deep"
	YAMLSyntax   diag.Code = "yaml-syntax"
	YAMLAlias    diag.Code = "yaml-alias"
	YAMLTag      diag.Code = "yaml-tag"
	EmptyValue   diag.Code = "empty-value"
	UnknownKey   diag.Code = "unknown-key"
	DuplicateKey diag.Code = "duplicate-key"
	WrongType    diag.Code = "wrong-type"
	BadValue     diag.Code = "bad-value"
	TooLong      diag.Code = "too-long"
	BadDate      diag.Code = "bad-date"
)

// Rules are the rules that the package reports, with their usual severities.
var Rules = []diag.Rule{
	{Code: BadCharacter, Severity: diag.Error},
	{Code: TooLarge, Severity: diag.Error},
	{Code: TooDeep, Severity: diag.Error},
	{Code: YAMLSyntax, Severity: diag.Error},
	{Code: YAMLAlias, Severity: diag.Error},
	{Code: YAMLTag, Severity: diag.Warning},
	{Code: EmptyValue, Severity: diag.Warning},
	{Code: UnknownKey, Severity: diag.Error},
	{Code: DuplicateKey, Severity: diag.Error},
	{Code: WrongType, Severity: diag.Error},
	{Code: BadValue, Severity: diag.Error},
	{Code: TooLong, Severity: diag.Error},
	{Code: BadDate, Severity: diag.Error},
}
