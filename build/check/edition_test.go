package check_test

import (
	"os"
	"testing"
	"time"

	"stele/build/check"
)

func TestScratch(t *testing.T) {
	e := load(t, os.DirFS("../../content"))
	for _, d := range e.found {
		t.Log("LOAD", d)
	}
	start := time.Now()
	l := check.Site(e.site, check.Options{Data: e.data})
	t.Log(time.Since(start), len(l))
	for _, d := range l {
		t.Log(d)
		for _, r := range d.Related {
			t.Log("     ", r.Pos, r.Message)
		}
	}
}
