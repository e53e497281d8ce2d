package doc_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stele/build/doc"
	"stele/build/markdown"
	"stele/build/source"
)

const sample = `# Heading

Слово *курсив **жирный*** и [ссылка ` + "`код`" + `](a.md)[^1] ![печать](b.png) конец  
строки [[id|имя]].

| а | **б** |
|---|---|
|   | в |

[^1]: нота
`

func parse(data string) *doc.Document {
	d, _ := markdown.Parse(source.File{Path: "t/ru.md", Text: "t", Lang: "ru", Tag: "ru", Data: data})
	return d
}

// TestWalk: elements come before what they hold, in the order of the text, those
// of a table cell by cell; and a walk can be broken off anywhere.
func TestWalk(t *testing.T) {
	t.Parallel()
	d := parse(sample)
	want := []string{
		"*doc.Text", "|", "*doc.Text", "*doc.Styled", "*doc.Text", "*doc.Styled", "*doc.Text", "*doc.Text", "*doc.Link", "*doc.Text", "*doc.CodeSpan", "*doc.Text",
		"*doc.NoteRef", "*doc.Text", "*doc.Image", "*doc.Space", "*doc.Text", "*doc.LineBreak", "*doc.Text", "*doc.ConceptLink", "*doc.Text", "*doc.Text", "|",
		"*doc.Text", "*doc.Styled", "*doc.Text", "*doc.Text", "|",
	}
	var got []string
	for i := range d.Blocks {
		for n := range d.Blocks[i].Walk() {
			got = append(got, fmt.Sprintf("%T", n))
		}
		got = append(got, "|")
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		for stop := range 20 {
			n := 0
			for range b.Walk() {
				if n++; n > stop {
					break
				}
			}
			n = 0
			for range b.Runs() {
				if n++; n > stop {
					break
				}
			}
		}
	}
}

// TestAt: every byte of a block's text is found in the file, but for the space
// that stands for a cell's border.
func TestAt(t *testing.T) {
	t.Parallel()
	d := parse(sample)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		for off, r := range b.Text {
			got := sample[b.At(off):]
			if !strings.HasPrefix(got, string(r)) && (r != ' ' || b.Kind != doc.Table) {
				t.Errorf("%q: byte %d is %q, said to be at %.10q", b.Text, off, r, got)
			}
		}
		if at := b.At(len(b.Text) + 1); at > b.End {
			t.Errorf("%q: what is after it is said to be at %d, the block ends at %d", b.Text, at, b.End)
		}
	}
}
