package glossary

import (
	"fmt"
	"slices"
	"testing"

	"stele/build/diag"
)

// TestOneNameOfMany: of a thousand concepts with one name, and none that fits, each
// word of a text was compared with all.
func TestOneNameOfMany(t *testing.T) {
	t.Parallel()
	var patterns []Pattern
	for i := range 1000 {
		patterns = append(patterns, Pattern{Concept: fmt.Sprintf("c%04d", 999-i), Text: "SAME", Exact: i%2 == 0, Rank: 1})
	}
	m := NewMatcher("en", patterns)
	if n := len(m.root.next["same"].ends); n != 2 {
		t.Errorf("%d names are kept, want one exact and one not", n)
	}
	if got := m.Find("the SAME, not the same"); len(got) != 1 || got[0].Concept != "c0000" {
		t.Errorf("found %v, want c0000 once", got)
	}
}

// TestMaxGroups: the page of every group lists all.
func TestMaxGroups(t *testing.T) {
	t.Parallel()
	var all []*Concept
	for i := range MaxGroups + 1 {
		c, found := Parse(fmt.Sprintf("glossary/g%d/c%d.yaml", i, i), "class: notion\nnames: {en: [a]}\n")
		if len(found) > 0 {
			t.Fatal(found)
		}
		all = append(all, c)
	}
	for n, want := range map[int]bool{MaxGroups: false, MaxGroups + 1: true} {
		found := Check(all[:n], []string{"en"}, Scheme{})
		i := slices.IndexFunc(found, func(d diag.Diagnostic) bool { return d.Code == TooManyFiles })
		if got := i >= 0; got != want {
			t.Errorf("%d groups: %v", n, found)
		}
		// By name g99 is the last of 201, and c99.yaml its first file.
		if at := (diag.Pos{Path: "glossary/g99/c99.yaml"}); want && i >= 0 && found[i].Pos != at {
			t.Errorf("is told at %v, want at %v, a file of the first group beyond", found[i].Pos, at)
		}
	}
}
