package build

import (
	"strings"
	"testing"
)

// TestWordEdge: the bar shows where the cursor stands, and where the text is cut.
func TestWordEdge(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"Реки| и озера":                 "Реки| и озера",
		"Реки и оз|ера":                 "Реки и |озера",
		"Реки и озе|ра страны":          "Реки и озера| страны",
		"Р|еки и озера":                 "Реки| и озера", // the beginning is no place to cut at
		"мосты|. Порты":                 "мосты.| Порты",
		"the Anti-|Terrorist Structure": "the |Anti-Terrorist Structure",
		"by 1,0|00 of them":             "by 1,000| of them",
		"in «|Реки»":                    "in |«Реки»",
		"各成员国|将加强合作。":                   "各成员国|将加强合作。",
		"各成员国将加强合作|。此外，":                "各成员国将加强合作。|此外，",
		"上合组织（|SCO）成员国":                 "上合组织|（SCO）成员国",
		"wo|rd":                         "", // one word has no edge within
	} {
		cut := wordEdge([]rune(strings.ReplaceAll(at, "|", "")), len([]rune(at[:strings.Index(at, "|")])))
		got := ""
		if cut > 0 {
			r := []rune(strings.ReplaceAll(at, "|", ""))
			got = string(r[:cut]) + "|" + string(r[cut:])
		}
		if got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}
