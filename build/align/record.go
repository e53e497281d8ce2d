package align

// Record is the content of a text's alignment.tsv.
type Record struct{}
