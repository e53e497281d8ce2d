package source

import "stele/build/diag"

// The codes of what this package finds.
const (
	Address          diag.Code = "address"
	Encoding         diag.Code = "encoding"
	BadCharacter     diag.Code = "bad-character"
	EmptyFile        diag.Code = "empty-file"
	FileName         diag.Code = "file-name"
	FolderNamedMd    diag.Code = "folder-named-md"
	NameCollision    diag.Code = "name-collision"
	BadName          diag.Code = "bad-name"
	NotAFile         diag.Code = "not-a-file"
	NoTexts          diag.Code = "no-texts"
	MergeConflict    diag.Code = "merge-conflict"
	TooLarge         diag.Code = "too-large"
	LargeFile        diag.Code = "large-file"
	TooManyLanguages diag.Code = "too-many-languages"
	TooManyFiles     diag.Code = "too-many-files"
	TooManyAliases   diag.Code = "too-many-aliases"
	TooDeep          diag.Code = "too-deep"
	Unreadable       diag.Code = "unreadable"
	UnknownText      diag.Code = "unknown-text"
	BadLanguage      diag.Code = "bad-language"
	DuplicateEntry   diag.Code = "duplicate-entry"
	MissingKey       diag.Code = "missing-key"
	BadValue         diag.Code = "bad-value"
	MissingLanguage  diag.Code = "missing-language"
	UnknownLanguage  diag.Code = "unknown-language"
)

// Rules are the rules that the package reports, with their usual severities.
var Rules = []diag.Rule{
	{Code: Address, Severity: diag.Warning},
	{Code: Encoding, Severity: diag.Error},
	{Code: BadCharacter, Severity: diag.Error},
	{Code: EmptyFile, Severity: diag.Warning},
	{Code: FileName, Severity: diag.Warning},
	{Code: FolderNamedMd, Severity: diag.Warning},
	{Code: NameCollision, Severity: diag.Error},
	{Code: BadName, Severity: diag.Error},
	{Code: NotAFile, Severity: diag.Warning},
	{Code: NoTexts, Severity: diag.Error},
	{Code: MergeConflict, Severity: diag.Error},
	{Code: TooLarge, Severity: diag.Error},
	{Code: LargeFile, Severity: diag.Warning},
	{Code: TooManyLanguages, Severity: diag.Error},
	{Code: TooManyFiles, Severity: diag.Error},
	{Code: TooManyAliases, Severity: diag.Warning},
	{Code: TooDeep, Severity: diag.Error},
	{Code: Unreadable, Severity: diag.Error},
	{Code: UnknownText, Severity: diag.Error},
	{Code: BadLanguage, Severity: diag.Error},
	{Code: DuplicateEntry, Severity: diag.Error},
	{Code: MissingKey, Severity: diag.Error},
	{Code: BadValue, Severity: diag.Error},
	{Code: MissingLanguage, Severity: diag.Warning},
	{Code: UnknownLanguage, Severity: diag.Warning},
}
