package check_test

import (
	"os"
	"testing"

	"stele/build/check"
)

func BenchmarkEdition(b *testing.B) {
	e := load(b, os.DirFS("../../content"))
	b.ResetTimer()
	for b.Loop() {
		check.Site(e.site, check.Options{Data: e.data})
	}
}
