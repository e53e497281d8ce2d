package build

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkPages measures what it costs to make the pages of all texts, and the files to
// take away, as a build makes them once the texts are loaded. STELE_BENCH names a folder
// of many texts; else it is the edition.
func BenchmarkPages(b *testing.B) {
	dir := os.Getenv("STELE_BENCH")
	if dir == "" {
		dir = "../content"
	}
	e, _, err := New(Inputs{Content: os.DirFS(dir)}).Load(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, kind := range []string{".html", ".csv", ".json"} {
		b.Run(kind[1:], func(b *testing.B) {
			b.ReportAllocs()
			bytes := 0
			for b.Loop() {
				bytes = 0
				for _, files := range e.ofTexts(e.Site.Texts) {
					for _, a := range files {
						if !strings.HasSuffix(a.Path, kind) {
							continue
						}
						made, err := a.Make()
						if err != nil {
							b.Fatal(err)
						}
						bytes += len(made)
					}
				}
			}
			b.SetBytes(int64(bytes))
		})
	}
}
