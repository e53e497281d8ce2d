package intake_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stele/build/diag"
	"stele/build/diagtest"
	"stele/build/intake"
	"stele/build/markdown"
	"stele/build/source"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// reporter is a test, or a trial of one.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// read imports a file and checks what holds for all: the Markdown is valid and
// shows the characters of the source.
func read(t reporter, f intake.File) (intake.Result, diag.List) {
	t.Helper()
	f.Path = func(lang string) string { return lang + ".md" }
	if f.Known == nil {
		f.Known = []string{"ru", "zh", "en"}
	}
	res, found := intake.Read(f)
	for _, v := range res.Versions {
		d, list := markdown.Parse(source.File{Path: v.Lang + ".md", Lang: v.Lang, Tag: v.Lang, Data: v.Markdown})
		if list.HasErrors() && !strings.HasSuffix(f.Name, ".md") {
			t.Errorf("%s: the Markdown has errors\n%s", f.Name, diagtest.Text(list))
		}
		if got := intake.Shown(d); v.Words != "" && !intake.Same(got, v.Words) {
			t.Errorf("%s: the Markdown shows\n%s\nand should show\n%s\nit is\n%s", f.Name, got, v.Words, v.Markdown)
		}
	}
	return res, found
}

// golden compares what was made of a file with testdata/NAME.golden.
func golden(t *testing.T, name string, f intake.File) {
	t.Helper()
	res, found := read(t, f)
	var b strings.Builder
	for _, v := range res.Versions {
		fmt.Fprintf(&b, "-- %s.md --\n%s", v.Lang, v.Markdown)
	}
	if res.Rows != nil {
		b.WriteString("-- rows --\n")
		for _, row := range res.Rows {
			for l, e := range row {
				fmt.Fprintf(&b, "%s: %q  ", res.Versions[l].Lang, res.Versions[l].Markdown[e.Start:e.End])
			}
			b.WriteString("\n")
		}
	}
	if len(res.Left) > 0 {
		b.WriteString("-- left --\n")
		for _, l := range res.Left {
			fmt.Fprintf(&b, "%s: %q\n", l.What, l.Text)
		}
	}
	if len(found) > 0 {
		b.WriteString("-- found --\n" + diagtest.Text(found.Sorted()))
	}
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, b.String(), want)
	}
}
