package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestApart: a title that a language has from another is not shown twice.
func TestApart(t *testing.T) {
	t.Parallel()
	got := apart("Устав", []Words{{Lang: "ru", Text: "Устав"}, {Lang: "zh-Hans", Text: "宪章"}, {Lang: "en", Text: "Charter"}, {Lang: "de", Text: "Charter"}})
	want := []Words{{Lang: "zh-Hans", Text: "宪章"}, {Lang: "en", Text: "Charter"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
