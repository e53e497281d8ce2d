package align

import (
	"testing"

	"stele/build/lang"
)

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
			s = s[lang.FirstUnit(s):]
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
		{"600 tonnes", "шестьсот тонн", "六百吨"},
		{"January", "январю", "一月"},
		{"1,234 people", "1.234 Menschen"},
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
