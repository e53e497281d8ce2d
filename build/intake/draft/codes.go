package draft

import "stele/build/diag"

// The codes of what the readers of foreign files find.
const (
	Refused   diag.Code = "import-refused"
	LeftOut   diag.Code = "import-left-out"
	Inserted  diag.Code = "import-inserted"
	Joined    diag.Code = "import-joined"
	Hyphen    diag.Code = "import-hyphen"
	Title     diag.Code = "import-heading"
	Numbering diag.Code = "import-number"
	Tables    diag.Code = "import-table"
	Notes     diag.Code = "import-note"
	Plain     diag.Code = "import-plain"
	Links     diag.Code = "import-link"
	Replaced  diag.Code = "import-replaced"
	Columns   diag.Code = "import-columns"
	Lost      diag.Code = "import-lost"
)

// Rules are the rules that they report, with their usual severities.
var Rules = []diag.Rule{
	{Code: Refused, Severity: diag.Error},
	{Code: LeftOut, Severity: diag.Warning},
	{Code: Inserted, Severity: diag.Warning},
	{Code: Joined, Severity: diag.Warning},
	{Code: Hyphen, Severity: diag.Warning},
	{Code: Title, Severity: diag.Warning},
	{Code: Numbering, Severity: diag.Warning},
	{Code: Tables, Severity: diag.Warning},
	{Code: Notes, Severity: diag.Warning},
	{Code: Plain, Severity: diag.Warning},
	{Code: Links, Severity: diag.Warning},
	{Code: Replaced, Severity: diag.Note},
	{Code: Columns, Severity: diag.Error},
	{Code: Lost, Severity: diag.Error},
}
