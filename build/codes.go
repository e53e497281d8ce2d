package build

import (
	"stele/build/check"
	"stele/build/diag"
)

// The codes of what this package finds.
const (
	AddressCollision diag.Code = "address-collision"
	AddressLost      diag.Code = "address-lost"
	BadDrawing       diag.Code = "bad-drawing"
	BadLayout        diag.Code = "bad-layout"
	BadMessages      diag.Code = "bad-messages"
	BadValue         diag.Code = "bad-value"
	MissingLanguage  diag.Code = "missing-language"
	Placeholder      diag.Code = "placeholder"
)

// own are the rules that the package reports itself.
var own = []diag.Rule{
	{Code: AddressCollision, Severity: diag.Error},
	{Code: AddressLost, Severity: diag.Note},
	{Code: BadDrawing, Severity: diag.Error},
	{Code: BadLayout, Severity: diag.Error},
	{Code: BadMessages, Severity: diag.Error},
	{Code: BadValue, Severity: diag.Error},
	{Code: MissingLanguage, Severity: diag.Warning},
	{Code: Placeholder, Severity: diag.Warning},
}

// Stages are all packages that find something in the content.
func Stages() []check.Stage { return append(check.Stages(), check.Stage{Name: "build", Rules: own}) }

// Rules are what can be found in the content. They are not to be changed.
var Rules = check.RulesOf(Stages())
