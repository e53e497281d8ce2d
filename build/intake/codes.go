package intake

import "stele/build/intake/draft"

// Lost is the code of the finding that a character is in no version and not in
// what was left out.
const Lost = draft.Lost

// Rules are the rules that the package reports, with their usual severities.
var Rules = draft.Rules
