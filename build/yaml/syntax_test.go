package yaml

import "testing"

// TestSyntax: what the parser says leads to a sentence of ours; the parser may
// change its words.
func TestSyntax(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a: b: c":           "colon",
		"a: [b":             "list",
		"a: {b: c":          "mapping",
		"a: \"b":            "quote",
		"a: \"\\q\"":        "escape",
		"a: b\n---\na: c":   "document",
		"a: @b":             "start",
		"\ta: b":            "start",
		"a:\n  b: c\n d: e": "indent",
		"a: b\nc":           "key",
		"a: & b":            "sign",
		"a: *b":             "star",
		"a: !<b":            "line",
	} {
		d := Open("f.yaml", 0, in)
		if len(d.Diags) != 1 || d.Diags[0].Phrase.ID != string(YAMLSyntax.As(want)) {
			t.Errorf("%q: %v, want %s", in, d.Diags, YAMLSyntax.As(want))
		}
	}
}
