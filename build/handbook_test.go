package build_test

import (
	"os"
	"slices"
	"testing"

	"stele/build"
	"stele/build/check"
	"stele/build/diag"
	"stele/build/diagtest"
)

// TestHandbook: our own documents are a parallel text that stele builds without a
// finding, and what one language says the others say too, passage by passage.
func TestHandbook(t *testing.T) {
	t.Parallel()
	e, found, err := build.New(build.Inputs{Content: os.DirFS("../docs/handbook")}).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := found.Count(diag.Error) + found.Count(diag.Warning); n > 0 || e == nil {
		t.Fatalf("%d errors and warnings:\n%s", n, diagtest.Text(found))
	}
	parity := []diag.Code{
		check.MissingVersion, check.MissingPassage, check.ExtraPassage, check.HeadingLevelDiffers, check.ListDiffers, check.ListNumberDiffers,
		check.TableDiffers, check.LinkDiffers, check.NoteDiffers, check.ImageDiffers, check.OrderDiffers, check.EmptyTarget, check.LowConfidence,
	}
	unlike := slices.DeleteFunc(e.Check(), func(d diag.Diagnostic) bool { return !slices.Contains(parity, d.Code) })
	if len(unlike) > 0 {
		t.Errorf("the languages of the handbook differ:\n%s", diagtest.Text(unlike))
	}
	for _, text := range []string{"start", "editing", "content", "checks", "translating", "importing", "searching"} {
		if _, err := e.File("ru/" + text + "/index.html"); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}
