package markdown

import "stele/build/diag"

// The codes of what this package finds.
const (
	BadCharacter       diag.Code = "bad-character"
	EmptyFile          diag.Code = "empty-file"
	TooLong            diag.Code = "too-long"
	FrontMatter        diag.Code = "front-matter"
	UnknownKey         diag.Code = "unknown-key"
	LangMismatch       diag.Code = "lang-mismatch"
	BadSlug            diag.Code = "bad-slug"
	RawHTML            diag.Code = "raw-html"
	OpenFence          diag.Code = "open-fence"
	ForeignMark        diag.Code = "foreign-mark"
	UnsafeLink         diag.Code = "unsafe-link"
	BadLink            diag.Code = "bad-link"
	ExternalImage      diag.Code = "external-image"
	BadConcept         diag.Code = "bad-concept"
	BadID              diag.Code = "bad-id"
	HeadingAttribute   diag.Code = "heading-attribute"
	EmptyHeading       diag.Code = "empty-heading"
	DuplicateID        diag.Code = "duplicate-id"
	UndefinedFootnote  diag.Code = "undefined-footnote"
	DuplicateFootnote  diag.Code = "duplicate-footnote"
	UnusedFootnote     diag.Code = "unused-footnote"
	DuplicateReference diag.Code = "duplicate-reference"
	UnusedReference    diag.Code = "unused-reference"
	BadWaiver          diag.Code = "bad-waiver"
	TooManyWaivers     diag.Code = "too-many-waivers"
	LongBlock          diag.Code = "long-block"
	TooManyBlocks      diag.Code = "too-many-blocks"
	TooManyMarks       diag.Code = "too-many-marks"
	TooNested          diag.Code = "too-nested"
	TableTooLarge      diag.Code = "table-too-large"
)

// Rules are the rules that the package reports, with their usual severities.
var Rules = []diag.Rule{
	{Code: BadCharacter, Severity: diag.Error},
	{Code: EmptyFile, Severity: diag.Warning},
	{Code: TooLong, Severity: diag.Error},
	{Code: FrontMatter, Severity: diag.Error},
	{Code: UnknownKey, Severity: diag.Error},
	{Code: LangMismatch, Severity: diag.Error},
	{Code: BadSlug, Severity: diag.Error},
	{Code: RawHTML, Severity: diag.Warning},
	{Code: OpenFence, Severity: diag.Warning},
	{Code: ForeignMark, Severity: diag.Warning},
	{Code: UnsafeLink, Severity: diag.Warning},
	{Code: BadLink, Severity: diag.Error},
	{Code: ExternalImage, Severity: diag.Warning},
	{Code: BadConcept, Severity: diag.Warning},
	{Code: BadID, Severity: diag.Warning},
	{Code: HeadingAttribute, Severity: diag.Warning},
	{Code: EmptyHeading, Severity: diag.Warning},
	{Code: DuplicateID, Severity: diag.Error},
	{Code: UndefinedFootnote, Severity: diag.Warning},
	{Code: DuplicateFootnote, Severity: diag.Error},
	{Code: UnusedFootnote, Severity: diag.Warning},
	{Code: DuplicateReference, Severity: diag.Warning},
	{Code: UnusedReference, Severity: diag.Warning},
	{Code: BadWaiver, Severity: diag.Warning},
	{Code: TooManyWaivers, Severity: diag.Error},
	{Code: LongBlock, Severity: diag.Warning},
	{Code: TooManyBlocks, Severity: diag.Error},
	{Code: TooManyMarks, Severity: diag.Error},
	{Code: TooNested, Severity: diag.Error},
	{Code: TableTooLarge, Severity: diag.Error},
}
