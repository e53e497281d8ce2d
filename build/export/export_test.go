package export_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"stele/build"
	"stele/build/export"
	"stele/build/site"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestForCrawlers: testdata has small sites, and after the files of each, whose
// names begin with "content/", those that are made for crawlers.
func TestForCrawlers(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dated", "local"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden := "testdata/" + name + ".txtar"
			a, err := txtar.ParseFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			content := fstest.MapFS{}
			want := &txtar.Archive{Comment: a.Comment}
			for _, f := range a.Files {
				if p, ok := strings.CutPrefix(f.Name, "content/"); ok {
					content[p] = &fstest.MapFile{Data: f.Data}
					want.Files = append(want.Files, f)
				}
			}
			e, found, err := build.New(build.Inputs{Content: content}).Load(t.Context())
			if err != nil || found.HasErrors() {
				t.Fatal(err, found)
			}
			for x := range export.ForCrawlers(e.Site, func(k site.Kind) bool { return k != site.Search && k != site.TextFull }) {
				data, err := x.Make()
				if err != nil {
					t.Fatal(err)
				}
				want.Files = append(want.Files, txtar.File{Name: x.Path, Data: data})
				if !slices.Contains(e.Paths(), x.Path) {
					t.Errorf("%s is not published", x.Path)
				}
			}
			got := txtar.Format(want)
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(txtar.Format(a)), string(got)); diff != "" && !*update {
				t.Errorf("%s (-want +got):\n%s", golden, diff)
			}
		})
	}
}
