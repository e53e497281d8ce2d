package build_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stele/build"
	"stele/build/check"
	"stele/build/diag"
	"stele/build/diagtest"
	"stele/themes"
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

var (
	// keysPressed are the keys that the desk's script asks for.
	keysPressed = regexp.MustCompile(`'(?:Key([A-Z])|Arrow(Up|Down)|(Escape|Enter))'`)
	keyTable    = regexp.MustCompile(`(?m)^\| (?:key|клавиша|按键) \|.*\n\|---\|---\|\n((?:\|.*\n)+)`)
	keysNamed   = regexp.MustCompile("`([A-Z])`|Alt\\+([↑↓])|(?:Ctrl\\+)(?:Shift\\+)?(Z|Enter)|\\b(Esc)\\b")
)

// TestDeskKeys: the handbook lists the keys of the desk, all of them and no other,
// in each language.
func TestDeskKeys(t *testing.T) {
	t.Parallel()
	script, err := fs.ReadFile(themes.Default(), "assets/desk.js")
	if err != nil {
		t.Fatal(err)
	}
	keys := func(text string, pattern *regexp.Regexp) []string {
		var out []string
		for _, m := range pattern.FindAllStringSubmatch(text, -1) {
			key := strings.Join(m[1:], "")
			if named := map[string]string{"Up": "↑", "Down": "↓", "Escape": "Esc"}[key]; named != "" {
				key = named
			}
			out = append(out, key)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	want := keys(string(script), keysPressed)
	if len(want) < 10 {
		t.Fatalf("the script asks for %q only", want)
	}
	for _, lang := range []string{"en", "ru", "zh"} {
		page, err := os.ReadFile("../docs/handbook/editing/" + lang + ".md")
		if err != nil {
			t.Fatal(err)
		}
		table := keyTable.FindStringSubmatch(string(page))
		if table == nil {
			t.Errorf("%s: there is no table of keys", lang)
			continue
		}
		if got := keys(table[1], keysNamed); !slices.Equal(got, want) {
			t.Errorf("%s: the handbook names the keys %q, the desk has %q", lang, got, want)
		}
		// The desk asks about words that are not saved (desk-edit-unsaved).
		if !regexp.MustCompile(`(?m)^\| Esc \|.*Esc`).MatchString(table[1]) {
			t.Errorf("%s: the handbook does not say what a second Esc does", lang)
		}
	}
}
