package build_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"stele/build"
	"stele/build/site"
)

var updateTies = flag.Bool("update", false, "rewrite the goldens")

// TestSentencesOfTheEdition: the ties of all sentences of the edition, which were
// checked by reading, ru–en and zh–en. A change of this file is to be read likewise.
func TestSentencesOfTheEdition(t *testing.T) {
	t.Parallel()
	e, found, err := build.New(build.Inputs{Content: os.DirFS("../content")}).Load(t.Context())
	if err != nil || e == nil {
		t.Fatal(err, found)
	}
	var b strings.Builder
	for _, text := range e.Site.Texts {
		for _, s := range text.Sections {
			for _, p := range s.Passages {
				writeTies(&b, e.Site, p)
			}
		}
	}
	const golden = "testdata/sentences.golden"
	if *updateTies {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		got, want := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("%s:%d:\n got %s\nwant %s", golden, i+1, got[i], want[i])
			}
		}
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
}

// writeTies writes a passage's groups of sentences, each by how it begins and ends
// in every language.
func writeTies(b *strings.Builder, s *site.Site, p *site.Passage) {
	if p.Ties == nil {
		return
	}
	unsure := ""
	if !p.Ties.Sure() {
		unsure = " ?"
	}
	fmt.Fprintf(b, "%s %s%s\n", p.Section.Text.ID, p.Number, unsure)
	for _, g := range p.Ties.Groups {
		for l, its := range g.Of {
			fmt.Fprintf(b, "  %s", s.Langs[l].Code)
			if len(its) == 0 {
				b.WriteString(" –")
			}
			for n, i := range its {
				at := p.Ties.Sentences[l][i]
				if n > 0 {
					b.WriteString(" +")
				}
				text := []rune(p.Cells[l].Blocks[at.Block].Text[at.Start:at.End])
				if len(text) > 60 {
					text = append(append(text[:40:40], []rune(" … ")...), text[len(text)-15:]...)
				}
				fmt.Fprintf(b, " %d %s", i+1, string(text))
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
}
