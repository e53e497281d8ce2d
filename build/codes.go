package build

import "stele/build/diag"

// The codes of what this package finds.
const (
	AddressCollision diag.Code = "address-collision"
	BadLayout        diag.Code = "bad-layout"
	BadMessages      diag.Code = "bad-messages"
	BadValue         diag.Code = "bad-value"
	MissingLanguage  diag.Code = "missing-language"
)
