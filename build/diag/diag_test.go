package diag

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLines(t *testing.T) {
	t.Parallel()
	text := "аб\n\n中文x\n"
	l := NewLines("f", text)
	for _, c := range []struct{ offset, line, col int }{
		{0, 1, 1}, {2, 1, 2}, {4, 1, 3}, {5, 2, 1}, {6, 3, 1}, {9, 3, 2}, {12, 3, 3}, {13, 3, 4}, {14, 4, 1}, {99, 4, 1}, {-1, 1, 1},
	} {
		if got := l.Pos(c.offset); got != (Pos{"f", c.line, c.col}) {
			t.Errorf("Pos(%d) = %v, want %d:%d", c.offset, got, c.line, c.col)
		}
		if got := l.Line(c.offset); got != c.line {
			t.Errorf("Line(%d) = %d, want %d", c.offset, got, c.line)
		}
	}
}

func TestSorted(t *testing.T) {
	t.Parallel()
	var l List
	l.Warn(Pos{"b", 1, 1}, "one")
	l.Error(Pos{"a", 2, 1}, "two")
	l.Error(Pos{"a", 1, 9}, "three")
	l.Error(Pos{"a", 2, 1}, "two")
	var got []string
	for _, d := range l.Sorted() {
		got = append(got, d.Phrase.ID)
	}
	if want := []string{"three", "two", "one"}; !slices.Equal(got, want) {
		t.Errorf("sorted %q, want %q", got, want)
	}
	if len(l) != 4 || l.Count(Error) != 3 || !l.HasErrors() {
		t.Errorf("the list itself was changed: %v", l)
	}
}

// TestOneLine: a message that quotes the content cannot forge lines or speak to
// the terminal.
func TestOneLine(t *testing.T) {
	t.Parallel()
	d := Of(Error, Pos{Path: "f"}, "x", "V", "a\nb\x1b[31m\u0085c")
	if got, want := d.Text(spelled{}), "f:1:1: error x: x V=a b\\u001b[31m\\u0085c"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestShown(t *testing.T) {
	t.Parallel()
	var d Diagnostic
	for n := range 35 {
		if got := d.Shown(); n <= 5 && len(got) != n {
			t.Errorf("%d places are shown as %d", n, len(got))
		}
		d.Related = append(d.Related, Related{Pos{"a", n + 1, 1}, Say("x")})
	}
	got := d.Shown()
	if len(got) != 5 || got[3].Phrase.ID != "x" {
		t.Fatalf("35 places are shown as %v", got)
	}
	if last := got[4]; last.Phrase.ID != "related.more" || last.Phrase.Value("Count") != 31 || last.Pos.Line != 5 {
		t.Errorf("the last says %v at %v", last.Phrase, last.Pos)
	}
	if len(d.Related) != 35 || d.Related[4].Phrase.ID != "x" {
		t.Error("the finding itself was changed")
	}
}

func TestCapped(t *testing.T) {
	t.Parallel()
	var l List
	for i := range 1000 {
		l.Error(Pos{"a", i + 1, 1}, "x")
	}
	l.Warn(Pos{"a", 5, 1}, "x")
	l.Error(Pos{"a", 6, 1}, "y")
	l.Error(Pos{"b", 1, 1}, "x")
	got := l.Capped(10)
	if len(got) != 13 || got.Count(Error) != 12 {
		t.Fatalf("%d findings, %d errors: %v", len(got), got.Count(Error), got)
	}
	if last := got[9]; last.Phrase.Value("Count") != 991 || last.Pos.Line != 10 {
		t.Errorf("the last of many says %v at %v", last.Phrase, last.Pos)
	}
	if same := l[990:].Capped(20); len(same) != len(l[990:]) {
		t.Errorf("few findings were cut to %d", len(same))
	}
}

// TestVisible: no name of a file can speak to the terminal, break a line or be
// no text, wherever it is printed.
func TestVisible(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"глава/а.md": "глава/а.md", "a\x1b[31m": `a\u001b[31m`, "a\nb": `a\u000ab`, "\xff\ufffd": `\xff\ufffd`, "a\u202eb": `a\u202eb`,
		"نامه\u200cها.md": "نامه\u200cها.md", "\x7f\u0085": `\u007f\u0085`,
	} {
		if got := Visible(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if got := (Pos{Path: in}).String(); got != want+":1:1" {
			t.Errorf("%q as a place: %q", in, got)
		}
		if got := Say("x", "A", in).In(spelled{}); strings.ContainsAny(got, "\x1b\n\x7f") || !utf8.ValidString(got) {
			t.Errorf("%q as a value: %q", in, got)
		}
	}
}
