package lang

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode"
)

// marked are passages with the sentences told apart by reading, by the file that
// holds them: those of the edition, others that the rules were made with, and
// others that were written afterwards.
var marked = []string{"edition", "kinds", "unseen", "later"}

// wrong are how many passages of each are known to be cut otherwise than a reader
// does: such as “Vitamin C. Good for you.”, where C. looks like an initial.
var wrong = map[string]int{"edition": 0, "kinds": 2, "unseen": 1, "later": 0}

// TestSentences compares boundaries with those marked by reading. F1 of all is to
// be at least 0.995, issue 16.
func TestSentences(t *testing.T) {
	t.Parallel()
	var all tally
	passages := 0
	for _, name := range marked {
		data, err := os.ReadFile("testdata/sentences/" + name + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		var its tally
		bad := 0
		for line := range strings.Lines(string(data)) {
			tag, s, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
			if !ok {
				t.Fatalf("%s: no language: %q", name, line)
			}
			passages++
			found, at := its.count(tag, s)
			if !at {
				bad++
				t.Logf("%s: want %s\n      got %s", name, s, found)
			}
		}
		t.Logf("%s: F1 %.4f (%d right, %d too many, %d missed)", name, its.f1(), its.right, its.extra, its.missed)
		if bad != wrong[name] {
			t.Errorf("%s: %d passages are cut otherwise than marked, %d are known", name, bad, wrong[name])
		}
		all.right, all.extra, all.missed = all.right+its.right, all.extra+its.extra, all.missed+its.missed
	}
	t.Logf("all %d passages: F1 %.4f", passages, all.f1())
	if all.f1() < 0.995 || passages < 300 {
		t.Errorf("F1 %.4f of %d passages", all.f1(), passages)
	}
}

type tally struct{ right, extra, missed int }

func (c *tally) f1() float64 { return 2 * float64(c.right) / float64(2*c.right+c.extra+c.missed) }

// count cuts a passage in which " | " marks where a sentence begins, and reports
// whether the boundaries are the same.
func (c *tally) count(tag, s string) (cut string, same bool) {
	l := Of(tag)
	space := " "
	if !l.Spaced {
		space = ""
	}
	text, want := "", map[int]bool{}
	for i, part := range strings.Split(s, " | ") {
		if i > 0 {
			text += space
			want[len(text)] = true
		}
		text += part
	}
	same = true
	var parts []string
	for i, at := range l.Sentences(text) {
		parts = append(parts, text[at.Start:at.End])
		switch {
		case i == 0:
		case want[at.Start]:
			c.right++
			delete(want, at.Start)
		default:
			c.extra++
			same = false
		}
	}
	c.missed += len(want)
	return strings.Join(parts, " | "), same && len(want) == 0
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"Mr. A. B. said “no.” Then; 他说。“好”", "т. е. «Да!» — (и т. д.) ст. 5", "((([[“„«《。！？", "1. 2. (а) ;б) ；（二）", "\xff.\xe3 ։ ؟"} {
		for _, tag := range []string{"ru", "zh", "en", "hy", "de"} {
			f.Add(tag, s)
		}
	}
	f.Fuzz(func(t *testing.T, tag, s string) {
		done := 0
		for _, at := range Of(tag).Sentences(s) {
			if at.Start < done || at.End <= at.Start || at.End > len(s) {
				t.Fatalf("%q: %v after %d", s, at, done)
			}
			if strings.ContainsFunc(s[done:at.Start], func(r rune) bool { return !between(r) }) {
				t.Fatalf("%q: lost %q", s, s[done:at.Start])
			}
			done = at.End
		}
		if strings.ContainsFunc(s[done:], func(r rune) bool { return !between(r) }) {
			t.Fatalf("%q: lost %q", s, s[done:])
		}
	})
}

func between(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// TestSentencesAreLinear: what may end a sentence, open brackets or be quoted is
// looked at a bounded way, and what closes or opens sentences once.
func TestSentencesAreLinear(t *testing.T) {
	t.Parallel()
	const n = 100_000
	texts := []string{
		// Of each of these the marks stand in one run, which ends no sentence.
		strings.Repeat(".)", n) + " x", strings.Repeat("!)", n) + " x", strings.Repeat("。）", n) + "，x", strings.Repeat("….\"", n) + "，x",
		strings.Repeat(".[1]", n) + " x", strings.Repeat(".)", n) + strings.Repeat(" (", n) + "x",
		// Of these many sentences or stops look at the openers before the first word.
		strings.Repeat("• ", n) + strings.Repeat("N. ", n), strings.Repeat("—", n) + strings.Repeat("1. a. ", n), strings.Repeat("\"…\"« ", n) + "X",
		strings.Repeat("«…» ", n) + "x", strings.Repeat("(!) ", n) + "x",
	}
	for _, mark := range []string{"![", "… ", "? (", "!—", "(", "«", "“. ", "a. ", "И. ", "1. ", "。”", ".", "”", "；（", "г. Я", "：“。”", "? »‚"} {
		texts = append(texts, strings.Repeat(mark, n))
	}
	for _, s := range texts {
		for _, tag := range []string{"ru", "zh"} {
			start := time.Now()
			Of(tag).Sentences(s)
			if took := time.Since(start); took > 20*time.Second { // the square of it takes minutes or hours
				t.Errorf("%q: %d bytes took %v", s[:12], len(s), took)
			}
		}
	}
}

// TestRuns: what a run is known to reach is what going through it from there gives.
func TestRuns(t *testing.T) {
	t.Parallel()
	for _, s := range []string{".)!)。）[1].”» x", "a.[12].“ X.)", "((«—• …a", ")(( —b", "'“ \xff.)…"} {
		for name, far := range map[string]func(string, int) int{"closers": skipClosers, "openers": skipOpeners} {
			var r run
			for i, c := range s {
				if unicode.IsDigit(c) || c == ']' { // no mark is in the number of a note
					continue
				}
				if got, want := r.upTo(i, far, s), far(s, i); got != want {
					t.Errorf("%q at %d: the %s reach %d, want %d", s, i, name, got, want)
				}
			}
		}
	}
}

func BenchmarkSentences(b *testing.B) {
	data, err := os.ReadFile("testdata/sentences/edition.tsv")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		for line := range strings.Lines(string(data)) {
			tag, s, _ := strings.Cut(line, "\t")
			Of(tag).Sentences(s)
		}
	}
}
