package record

import "stele/build/diag"

// The codes of what this package finds.
const (
	LowConfidence diag.Code = "low-confidence"
	RecordDamaged diag.Code = "record-damaged"
)

// Rules are the rules that the package reports, with their usual severities.
var Rules = []diag.Rule{
	{Code: LowConfidence, Severity: diag.Warning},
	{Code: RecordDamaged, Severity: diag.Error},
}
