package check_test

import (
	"fmt"
	"slices"
	"testing"

	"stele/build/check"
	"stele/build/diag"
)

// TestWeighed: what is doubtful or untrue stands before typography, whatever the
// file and the severity; within a weight the place decides.
func TestWeighed(t *testing.T) {
	t.Parallel()
	at := func(path string, line int) diag.Pos { return diag.Pos{Path: path, Line: line, Col: 1} }
	var l diag.List
	l.Warn(at("a/en.md", 1), check.DoubleSpace)
	l.Note(at("a/en.md", 2), check.YoInconsistent)
	l.Note(at("a/en.md", 3), check.Unconfirmed)
	l.Note(at("a/ru.md", 1), check.TermMissing)
	l.Warn(at("a/ru.md", 2), check.ImageAlt)
	l.Warn(at("a/zh.md", 8), check.DateDiffers)
	l.Warn(at("a/zh.md", 9), check.QuoteStyle)
	l.Warn(at("b/en.md", 1), check.LowConfidence)
	l.Error(at("b/zh.md", 1), "dead-link")
	before := slices.Clone(l)
	var got []string
	for _, d := range check.Weighed(l) {
		got = append(got, fmt.Sprintf("%s:%d %s", d.Pos.Path, d.Pos.Line, d.Code))
	}
	want := []string{
		"b/zh.md:1 dead-link", "a/zh.md:8 date-differs", "b/en.md:1 low-confidence", "a/ru.md:2 image-alt", "a/ru.md:1 term-missing",
		"a/en.md:1 double-space", "a/zh.md:9 quote-style", "a/en.md:3 unconfirmed", "a/en.md:2 yo-inconsistent",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	for i, d := range l {
		if d.Pos != before[i].Pos {
			t.Fatal("the list itself was changed")
		}
	}
}
