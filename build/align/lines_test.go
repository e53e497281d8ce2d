package align

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
		d := ReadLines("x.txt", "en", tt.line+"\nlast")
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
	d := ReadLines("x.txt", "en", "see [this](https://example.org/a) and [that](b.html)")
	var dests []string
	for _, p := range d.Blocks[0].Pieces {
		if p.Kind == doc.LinkOpen {
			dests = append(dests, p.Dest)
		}
	}
	if len(dests) != 2 || dests[0] != "https://example.org/a" || dests[1] != "b.html" {
		t.Errorf("targets %q, want the two of the line", dests)
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want int
	}{
		{"One thing. Another thing.", 2},
		{"Mr. Smith met J. R. Brown at 5 p.m. in the U.S. Senate.", 1},
		{"В 2015 г. в г. Уфе прошла встреча. Она была пятой.", 2},
		{"他说：“好。”然后走了。", 2},
		{"\"Really?\" she asked. \"Yes.\"", 2},
		{"Version 1.2.3 is out", 1},
		{"first a long clause; then another long clause", 2},
	}
	for _, tt := range tests {
		n := 0
		for s := tt.text; s != ""; n++ {
			s = s[sentence(s):]
		}
		if n != tt.want {
			t.Errorf("%q: %d sentences, want %d", tt.text, n, tt.want)
		}
	}
}

func TestNumbersMeet(t *testing.T) {
	t.Parallel()
	tests := [][]string{
		{"2015–2025", "2015年至2025年", "2015-2025 гг.", "二〇一五年至二〇二五年"},
		{"1,234,567 people", "1 234 567 человек"},
		{"820,000 cases", "82万例", "820 тыс. случаев"},
		{"$37 billion", "370亿$", "$37 млрд"},
		{"3 May", "5月3日", "3 мая", "五月三日"},
		{"Article twelve", "第十二条"},
	}
	for _, tt := range tests {
		var want []string
		for i, text := range tt {
			v := newVersion(linesInput("x", text))
			var got []string
			for _, w := range v.units[0].words {
				if c := v.words[w].class; c == classNumber || c == classSmall {
					got = append(got, v.words[w].text)
				}
			}
			if i == 0 {
				want = got
				continue
			}
			for _, x := range want {
				if _, ok := v.index[x]; !ok {
					t.Errorf("%q holds %q, but %q only %q", tt[0], x, text, got)
				}
			}
		}
	}
}

func TestNamesSoundAlike(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a      string
		as     script
		b      string
		bs     script
		expect bool
	}{
		{"aguero", latin, "агуэро", cyrillic, true},
		{"sterling", latin, "стерлинга", cyrillic, true},
		{"christian", latin, "克里斯蒂安", han, true},
		{"shakespeare", latin, "莎士比亚", han, false}, // 士 is no letter of transcription
		{"moscow", latin, "стерлинга", cyrillic, false},
		{"robinson", latin, "罗宾森", han, true},
	} {
		s := alike(soundsOf(tt.a, tt.as), soundsOf(tt.b, tt.bs), 3, 0)
		if got := s > 0.67; got != tt.expect {
			t.Errorf("%s and %s: alike %.2f, want alike: %v", tt.a, tt.b, s, tt.expect)
		}
	}
}

func TestTorn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"see [the page](https://example.", "org/page) for more", true},
		{"the wave followed a 7.", "5 magnitude earthquake.", true},
		{"in Washington, D.", "C. on Friday", true},
		{"it was (as he said) fine.", "The end (of it) came.", false},
		{"founded in 1998.", "12 members joined.", false},
		{"one. Two.", "1. three", false},
		{"smile :(", "and go on", false},
		{"", "", false},
	} {
		if got := torn(tt.a, tt.b); got != tt.want {
			t.Errorf("%q | %q: torn %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
