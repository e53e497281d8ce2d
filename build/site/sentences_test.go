package site_test

import (
	"slices"
	"testing"

	"stele/build/lang"
	"stele/build/markdown"
	"stele/build/site"
	"stele/build/source"
)

// TestSentences: no sentence ends in code, a heading and what is not made of
// sentences are one, and a break has none.
func TestSentences(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"prose":   {"It is so. It stays so.", []string{"It is so.", "It stays so."}},
		"code":    {"Write `a. B` first. Then go.", []string{"Write a. B first.", "Then go."}},
		"heading": {"# One. Two.", []string{"One. Two."}},
		"fence":   {"```\nOne. Two.\n```", []string{"One. Two."}},
		"break":   {"---", nil},
	} {
		d, _ := markdown.Parse(source.File{Path: "a/en.md", Text: "a", Lang: "en", Tag: "en", Data: c.text + "\n"})
		var got []string
		for i := range d.Blocks {
			b := &d.Blocks[i]
			for _, at := range site.Sentences(lang.Of("en"), b) {
				got = append(got, b.Text[at.Start:at.End])
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
