package edit

import (
	"strings"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// Revert takes a change of a file back: before and after are the file as it was
// and as the change made it, now is the file as it is. Other changes made since
// stay, unless they touch the lines of this one; then it is not done.
func Revert(before, after, now string) (string, bool) {
	if now == after {
		return before, true
	}
	a, b, c := lines(after), lines(before), lines(now)
	back, since := lcs.DiffLines(a, b), lcs.DiffLines(a, c)
	var out strings.Builder
	write := func(list []string) {
		for _, l := range list {
			out.WriteString(l)
		}
	}
	at := 0 // in a
	for len(back) > 0 || len(since) > 0 {
		var d lcs.Diff
		var from []string
		switch {
		case len(since) == 0 || len(back) > 0 && back[0].Start < since[0].Start:
			d, from, back = back[0], b, back[1:]
			if len(since) > 0 && since[0].Start < max(d.End, d.Start+1) {
				return "", false
			}
		default:
			d, from, since = since[0], c, since[1:]
			if len(back) > 0 && back[0].Start < max(d.End, d.Start+1) {
				return "", false
			}
		}
		write(a[at:d.Start])
		write(from[d.ReplStart:d.ReplEnd])
		at = d.End
	}
	write(a[at:])
	return out.String(), true
}

// lines cuts a text after each line end.
func lines(s string) []string {
	l := strings.SplitAfter(s, "\n")
	if l[len(l)-1] == "" {
		l = l[:len(l)-1]
	}
	return l
}
