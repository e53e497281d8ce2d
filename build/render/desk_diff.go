package render

import (
	"strings"
	"unicode"

	"github.com/aymanbagabas/go-udiff/lcs"

	"stele/build/lang"
	"stele/build/record"
)

// change is a run of text that two versions share, or that one of them has.
type change struct {
	Op   string // "" for what is in both, "del", "ins"
	Text string
}

// diff tells how before became after: by words, and by characters where a
// script has no spaces between words. What was taken out stands before what
// came in its place. What is no change, as the kind of a space or of a quotation
// mark, is not shown as one: it stands as it is after. The texts of all runs but
// "del" make after, and of all but "ins" what counts as before.
func diff(before, after string) []change {
	a, b := tokens(before), tokens(after)
	w := &changes{}
	done := 0 // in b
	for _, d := range lcs.DiffLines(folded(a), folded(b)) {
		w.keep(b[done:d.ReplStart])
		w.replace(a[d.Start:d.End], b[d.ReplStart:d.ReplEnd])
		done = d.ReplEnd
	}
	w.keep(b[done:])
	w.flush()
	return w.out
}

// folded are the tokens as they count when states of a text are compared.
func folded(tokens []string) []string {
	out := make([]string, len(tokens))
	for i, s := range tokens {
		if out[i] = record.Fold(s); out[i] == "" {
			out[i] = " " // a run of spaces
		}
	}
	return out
}

// changes collects runs. Spaces between two changed words are changed with
// them: "old words" for "new ones" reads better than word by word.
type changes struct {
	out      []change
	del, ins strings.Builder
	space    string // since the last change
}

func (w *changes) keep(tokens []string) {
	if len(tokens) == 0 {
		return
	}
	text := strings.Join(tokens, "")
	if w.pending() && strings.TrimSpace(text) == "" {
		w.space += text
		return
	}
	w.flush()
	w.add("", text)
}

func (w *changes) replace(del, ins []string) {
	if w.space != "" {
		w.del.WriteString(w.space)
		w.ins.WriteString(w.space)
		w.space = ""
	}
	w.del.WriteString(strings.Join(del, ""))
	w.ins.WriteString(strings.Join(ins, ""))
}

func (w *changes) pending() bool { return w.del.Len()+w.ins.Len() > 0 }

func (w *changes) flush() {
	w.add("del", w.del.String())
	w.add("ins", w.ins.String())
	w.del.Reset()
	w.ins.Reset()
	space := w.space
	w.space = ""
	w.add("", space)
}

func (w *changes) add(op, text string) {
	if text == "" {
		return
	}
	if n := len(w.out); n > 0 && w.out[n-1].Op == op {
		w.out[n-1].Text += text
		return
	}
	w.out = append(w.out, change{op, text})
}

// tokens cuts a text into words, runs of spaces, and single characters of
// everything else. Joined they are the text.
func tokens(s string) []string {
	var out []string
	start, kind := 0, -1
	for i, r := range s {
		k := tokenKind(r)
		if i > start && (k != kind || k == single) && !unicode.IsMark(r) {
			out = append(out, s[start:i])
			start = i
		}
		kind = k
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

const (
	single = iota
	word
	blank
)

func tokenKind(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return blank
	case r == '\u00ad', r == '\u200b', r == '\u2060': // within a word, unseen
		return word
	case lang.Unspaced(r):
		return single
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return word
	}
	return single
}
