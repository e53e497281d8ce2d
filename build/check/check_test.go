package check_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"stele/build/check"
	"stele/build/diag"
)

var update = flag.Bool("update", false, "write the goldens anew")

// findings runs the whole check over a content folder.
func findings(t testing.TB, content fs.FS) diag.List {
	t.Helper()
	e := load(t, content)
	l := append(slices.Clone(e.found), check.Site(e.site, check.Options{Data: e.data})...)
	return report.Rules.Waive(l, e.site)
}

// TestRules runs the archives of testdata: content files, the codes to look at
// in the first line, and what is found in the file "want". Nothing may be found
// in the folder good.
func TestRules(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	covered := map[string]bool{}
	for _, file := range archives {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(a.Comment), "\n")
		only, ok := strings.CutPrefix(first, "only: ")
		if !ok {
			t.Fatalf("%s: the first line must be \"only: CODES\"", file)
		}
		content, want := fstest.MapFS{}, ""
		for _, f := range a.Files {
			if f.Name == "want" {
				want = string(f.Data)
				continue
			}
			content[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		l, err := report.Rules.Select(findings(t, content), codes(strings.Fields(only)...), nil)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, d := range l {
			covered[string(d.Code)] = true
			if strings.HasPrefix(d.Pos.Path, "good") && d.Code != "not-recorded" {
				t.Errorf("%s: a false alarm:\n%s", file, d)
			}
		}
		var got strings.Builder
		if err := check.WriteText(&got, l, check.Report{Words: report.English}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.String()); diff != "" && !*update {
			t.Errorf("%s: findings (-want +got):\n%s", file, diff)
		}
		if *update {
			a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
			a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(got.String())})
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, r := range check.Own() {
		if !covered[string(r.Code)] && !tabled[string(r.Code)] {
			t.Errorf("no archive has a case of %q", r.Code)
		}
	}
}

// tabled rules have their cases in tests of their own.
var tabled = map[string]bool{"low-confidence": true, "length-ratio": true, "stale": true, "changed": true, "unconfirmed": true, "order-differs": true, "version-date": true, "version-alone": true, "number-twice": true}

func codes(names ...string) []diag.Code {
	var out []diag.Code
	for _, n := range names {
		out = append(out, diag.Code(n))
	}
	return out
}
