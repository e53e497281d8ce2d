package markdown

import (
	"testing"

	"stele/build/doc"
)

func TestReadLines(t *testing.T) {
	t.Parallel()
	bullets, numbers, quote := doc.Container{Kind: doc.Bullets}, doc.Container{Kind: doc.Numbers, Number: 3}, doc.Container{Kind: doc.Quote}
	tests := []struct {
		line   string
		kind   doc.Kind
		level  int
		id     string
		within []doc.Container
		text   string
	}{
		{"plain text", doc.Paragraph, 0, "", nil, "plain text"},
		{"## Goals {#goals}", doc.Heading, 2, "goals", nil, "Goals"},
		{"#hashtag", doc.Paragraph, 0, "", nil, "#hashtag"},
		{"- item", doc.Item, 0, "", []doc.Container{bullets}, "item"},
		{"  - deeper", doc.Item, 0, "", []doc.Container{bullets, bullets}, "deeper"},
		{"3. third", doc.Item, 0, "", []doc.Container{numbers}, "third"},
		{"2025. год", doc.Item, 0, "", []doc.Container{{Kind: doc.Numbers, Number: 2025}}, "год"},
		{"> said", doc.Paragraph, 0, "", []doc.Container{quote}, "said"},
		{"> - said", doc.Item, 0, "", []doc.Container{quote, bullets}, "said"},
		{"| a | b |", doc.Row, 0, "", nil, "a | b"},
		{"* * *", doc.Break, 0, "", nil, ""},
		{"see [the **text**](a/b) and [x](y).", doc.Paragraph, 0, "", nil, "see the text and x."},
		{"a [broken](link", doc.Paragraph, 0, "", nil, "a [broken](link"},
		{"", doc.Paragraph, 0, "", nil, ""},
	}
	for _, tt := range tests {
		d := ParseLines("x.txt", "en", tt.line+"\nlast")
		if len(d.Blocks) != 2 {
			t.Errorf("%q: %d blocks, want 2", tt.line, len(d.Blocks))
			continue
		}
		b := d.Blocks[0]
		same := len(b.Within) == len(tt.within)
		for i := range b.Within {
			same = same && b.Within[i] == tt.within[i]
		}
		if b.Kind != tt.kind || b.Level != tt.level || b.ID != tt.id || !same || b.Text != tt.text {
			t.Errorf("%q: got kind %d level %d id %q within %v text %q, want %d %d %q %v %q", tt.line, b.Kind, b.Level, b.ID, b.Within, b.Text, tt.kind, tt.level, tt.id, tt.within, tt.text)
		}
		if at := d.Pos(&d.Blocks[1]).String(); at != "x.txt:2:1" {
			t.Errorf("%q: next block at %s, want x.txt:2:1", tt.line, at)
		}
	}
}

func TestReadLinesKeepsTargets(t *testing.T) {
	t.Parallel()
	d := ParseLines("x.txt", "en", "see [this](https://example.org/a) and [that](b.html)")
	var dests []string
	for n := range d.Blocks[0].Walk() {
		if link, ok := n.(*doc.Link); ok {
			dests = append(dests, link.Dest)
		}
	}
	if len(dests) != 2 || dests[0] != "https://example.org/a" || dests[1] != "b.html" {
		t.Errorf("targets %q, want the two of the line", dests)
	}
}
