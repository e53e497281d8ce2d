package build

import "stele/build/diag"

// The codes of what this package finds.
const (
	AddressCollision diag.Code = "address-collision"
	MissingLanguage  diag.Code = "missing-language"
)
