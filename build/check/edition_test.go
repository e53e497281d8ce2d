package check_test

import (
	"os"
	"slices"
	"testing"

	"stele/build/check"
	"stele/build/diag"
	"stele/build/diagtest"
)

// TestEdition holds the rules to the edition of this repository: what they find
// there is true. Of the findings only notes are left, and only of codes that are
// explained: the English text is given as received, its names for one thing
// vary, and the translations name some notions that it only implies.
func TestEdition(t *testing.T) {
	t.Parallel()
	e := load(t, os.DirFS("../../content"))
	if len(e.site.Texts) < 2 || len(e.site.Concepts) < 100 {
		t.Fatalf("the edition has %d texts and %d concepts", len(e.site.Texts), len(e.site.Concepts))
	}
	explained := []diag.Code{"deprecated-term", "term-missing"}
	// How far the editors are with confirming is no matter of the rules.
	standing := []diag.Code{"not-recorded", "unconfirmed", "changed", "stale"}
	for _, d := range report.Rules.Accept(check.Site(e.site, check.Options{Data: e.data}), e.site) {
		switch {
		case slices.Contains(standing, d.Code):
		case d.Severity == diag.Note && slices.Contains(explained, d.Code):
			t.Log(d.Text(diagtest.English()))
		default:
			t.Errorf("a finding on the edition; mend the content, the rule, or waive it with a reason:\n%s", d.Text(diagtest.English()))
		}
	}
}

func BenchmarkEdition(b *testing.B) {
	e := load(b, os.DirFS("../../content"))
	for b.Loop() {
		check.Site(e.site, check.Options{Data: e.data})
	}
}
