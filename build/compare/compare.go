// Package compare tells how one state of a text became another: by words, and
// by characters where a script has no spaces between words. It is the one place
// where differences are found: the editors' desk, the notes to translators and
// the pages of what changed between versions are made of them. It knows texts
// as strings only, and nothing of records, sites or how a difference is shown.
package compare

import (
	"strings"
	"unicode/utf8"

	"stele/build/lang"
)

// Op is what became of a run of text.
type Op string

const (
	Same Op = ""    // it is in both states
	Out  Op = "del" // it was taken out
	In   Op = "ins" // it came in
)

// Run is a run of text that two states share, or that one of them has.
type Run struct {
	Op Op
	// Before and After are the run in either state: empty where the state does not
	// have it. In what is the same they differ at most in what is no change, as the
	// kind of a space or of a quotation mark.
	Before, After string
}

// Text is the run as it is shown: as it is now, or as it was if it is no more.
func (r Run) Text() string {
	if r.Op == Out {
		return r.Before
	}
	return r.After
}

// Texts tells how before became after. What was taken out stands before what
// came in its place; no two runs of a kind follow each other, and none is empty.
// Before of all runs, joined, is before to the byte, and After is after. What is
// no change, as Fold says, is not shown as one.
//
// It costs time in proportion to the texts, however different they are: what
// differs in very many places is told more coarsely than it might be.
func Texts(before, after string) []Run {
	if !Changed(before, after) {
		return runs(nil, []string{before}, []string{after})
	}
	a, b := tokens(before), tokens(after)
	x, y := numbered(a, b)
	parts := segments(x, y)
	parts = slide(parts, a, b, x, y)
	parts = absorb(parts, a, b)
	return runs(parts, a, b)
}

// runs writes the segments out. What is between them is the same.
func runs(parts []segment, a, b []string) []Run {
	var out []Run
	add := func(op Op, before, after []string) {
		r := Run{op, strings.Join(before, ""), strings.Join(after, "")}
		switch {
		case r.Before == "" && r.After == "":
		case len(out) > 0 && out[len(out)-1].Op == op:
			out[len(out)-1].Before += r.Before
			out[len(out)-1].After += r.After
		default:
			out = append(out, r)
		}
	}
	i, j := 0, 0
	for _, p := range parts {
		add(Same, a[i:p.a0], b[j:p.b0])
		add(Out, a[p.a0:p.a1], nil)
		add(In, nil, b[p.b0:p.b1])
		i, j = p.a1, p.b1
	}
	add(Same, a[i:], b[j:])
	return out
}

// Changed reports whether two states of a text differ in anything that is a
// change. The end of a line is a space, and between characters of full width it
// is nothing: two paragraphs that were drawn together say what they said.
func Changed(before, after string) bool {
	if before == after {
		return false
	}
	if a, b := apart(before, after); Fold(a) == Fold(b) {
		return false
	}
	return !strings.Contains(before, "\n") && !strings.Contains(after, "\n") || Fold(closed(before)) != Fold(closed(after))
}

// apart leaves out what two texts have in common at either end, but for a
// character that folding keeps: what is left folds the same if the texts do.
func apart(a, b string) (string, string) {
	kept := func(s string) bool { r, _ := utf8.DecodeRuneInString(s); f := foldRune(r); return f != 0 && f != ' ' }
	i, least := 0, min(len(a), len(b))
	for i < least && a[i] == b[i] {
		i++
	}
	for i > 0 && (i == len(a) || i == len(b) || !utf8.RuneStart(a[i]) || !utf8.RuneStart(b[i]) || !kept(a[i:]) || !kept(b[i:]) || a[i] != b[i]) {
		i--
	}
	a, b = a[i:], b[i:]
	n, least := 0, min(len(a), len(b))
	for n < least && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && (!utf8.RuneStart(a[len(a)-n]) || !kept(a[len(a)-n:])) {
		n--
	}
	if n == 0 {
		return a, b
	}
	_, size := utf8.DecodeRuneInString(a[len(a)-n:])
	return a[:len(a)-n+size], b[:len(b)-n+size]
}

// closed is the text without the ends of lines that stand between characters of
// full width.
func closed(s string) string {
	lines := strings.Split(s, "\n")
	var b strings.Builder
	for i, line := range lines {
		if i > 0 && !(solid(lastRune(lines[i-1])) && solid(firstRune(line))) {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return b.String()
}

// solid reports whether the character is of full width, a sign among such ones too.
func solid(r rune) bool {
	return lang.Wide(r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// Marked tells in one line of plain text how before became after: what was taken
// out in [-…-], what came in {+…+}.
func Marked(before, after string) string {
	var w strings.Builder
	for _, r := range Texts(before, after) {
		switch r.Op {
		case Out:
			w.WriteString("[-" + r.Before + "-]")
		case In:
			w.WriteString("{+" + r.After + "+}")
		default:
			w.WriteString(r.After)
		}
	}
	return w.String()
}

// Likeness is how much of two texts is the same, from 0 to 1.
func Likeness(before, after string) float64 {
	same, old, now := 0, 0, 0
	for _, r := range Texts(before, after) {
		n, m := weight(tokens(r.Before)), weight(tokens(r.After))
		old, now = old+n, now+m
		if r.Op == Same {
			same += m
		}
	}
	if old+now == 0 {
		return 1
	}
	return 2 * float64(same) / float64(old+now)
}
