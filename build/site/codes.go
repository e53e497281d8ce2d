package site

import "stele/build/diag"

// The codes of what this package finds.
const (
	UnknownConcept   diag.Code = "unknown-concept"
	AddressCollision diag.Code = "address-collision"
	TooManyAliases   diag.Code = "too-many-aliases"
	ReservedAddress  diag.Code = "reserved-address"
	SlugDiffers      diag.Code = "slug-differs"
	LayoutDiffers    diag.Code = "layout-differs"
	HeadingIDDiffers diag.Code = "heading-id-differs"
	DeadLink         diag.Code = "dead-link"
	DeadFragment     diag.Code = "dead-fragment"
	FileKind         diag.Code = "file-kind"
	DeadImage        diag.Code = "dead-image"
)

// Rules are the rules that the package reports, with their usual severities.
var Rules = []diag.Rule{
	{Code: UnknownConcept, Severity: diag.Error},
	{Code: AddressCollision, Severity: diag.Error},
	{Code: TooManyAliases, Severity: diag.Warning},
	{Code: ReservedAddress, Severity: diag.Error},
	{Code: SlugDiffers, Severity: diag.Error},
	{Code: LayoutDiffers, Severity: diag.Error},
	{Code: HeadingIDDiffers, Severity: diag.Warning},
	{Code: DeadLink, Severity: diag.Error},
	{Code: DeadFragment, Severity: diag.Error},
	{Code: FileKind, Severity: diag.Error},
	{Code: DeadImage, Severity: diag.Error},
}
