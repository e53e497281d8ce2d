package exchange

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/aymanbagabas/go-udiff/lcs"
)

// Restore returns the bytes of a file whose text, as it was read, was before and
// is to be after: lines that do not change keep their bytes, with the line ends,
// the mark at the beginning and whatever else reading makes uniform. Lines that
// change get the line ends of the file.
func Restore(raw []byte, before, after string) string {
	text := string(raw)
	body := strings.TrimPrefix(text, "\ufeff")
	mark := text[:len(text)-len(body)]
	was, old, now := lines(body), lines(before), lines(after)
	if len(was) != len(old) { // reading does not change how many there are
		return after
	}
	end := "\n"
	if len(was) > 1 {
		end = was[0][len(strings.TrimRight(was[0], "\r\n")):]
	}
	var b strings.Builder
	b.WriteString(mark)
	done := 0
	keep := func(to int) {
		for _, l := range was[done:to] {
			b.WriteString(l)
		}
	}
	for _, d := range lcs.DiffLines(old, now) {
		keep(d.Start)
		for _, l := range now[d.ReplStart:d.ReplEnd] {
			if s, ok := strings.CutSuffix(l, "\n"); ok {
				l = s + end
			}
			b.WriteString(l)
		}
		done = d.End
	}
	keep(len(was))
	return b.String()
}

// lines cuts a text after each line end: LF, CR LF or CR.
func lines(s string) []string {
	var out []string
	for s != "" {
		i := strings.IndexAny(s, "\r\n")
		switch {
		case i < 0:
			i = len(s)
		case strings.HasPrefix(s[i:], "\r\n"):
			i += 2
		default:
			i++
		}
		out = append(out, s[:i])
		s = s[i:]
	}
	return out
}

// Lines tells, as a patch does, which lines of a file are others.
func Lines(name, before, after string) string {
	return udiff.Unified(name, name, before, after)
}
