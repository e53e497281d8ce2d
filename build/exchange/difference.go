package exchange

import (
	"strings"
	"unicode"

	"github.com/aymanbagabas/go-udiff/lcs"

	"stele/build/lang"
)

// difference tells by words what became of a text: what was taken out in [-…-],
// what came in {+…+}.
func difference(before, now string) string {
	a, b := words(before), words(now)
	var w strings.Builder
	done := 0
	for _, d := range lcs.DiffLines(a, b) {
		w.WriteString(strings.Join(a[done:d.Start], ""))
		if gone := strings.Join(a[d.Start:d.End], ""); gone != "" {
			w.WriteString("[-" + gone + "-]")
		}
		if came := strings.Join(b[d.ReplStart:d.ReplEnd], ""); came != "" {
			w.WriteString("{+" + came + "+}")
		}
		done = d.End
	}
	w.WriteString(strings.Join(a[done:], ""))
	return w.String()
}

// words cuts a text into words, spaces, and single characters of everything else.
func words(s string) []string {
	var out []string
	start, last := 0, -1
	for i, r := range s {
		kind := 0 // by itself
		switch {
		case unicode.IsSpace(r):
			kind = 1
		case lang.InWord(r) && !lang.Unspaced(r):
			kind = 2
		}
		if i > start && (kind != last || kind == 0) && !unicode.IsMark(r) {
			out = append(out, s[start:i])
			start = i
		}
		last = kind
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}
