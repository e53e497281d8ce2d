package record

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stele/build/align"
	"stele/build/diag"
)

// TestWrittenRecordParses: a plus sign, which parts the blocks of a cell, can
// stand anywhere in a text.
func TestWrittenRecordParses(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"+", "+ added", "one +", "+ + two", "one + + two + three", "+7 495", "a+b"} {
		in := []align.Input{text("en", line, "Second."), text("ru", "Раз. Два.")}
		table := &Table{Langs: []string{"en", "ru"}, Rows: []Row{{Number: "0.1", Row: align.Row{Blocks: [][]int{{0, 1}, {0}}}}}}
		want := New(table, docs(in), nil)
		var b bytes.Buffer
		if _, err := want.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		got, diags := Parse("t/alignment.tsv", b.String())
		if len(diags) > 0 || len(got.Entries) != 1 {
			t.Errorf("%q: a written record does not parse: %v\n%s", line, diags, b.String())
		} else if diff := cmp.Diff(want.Entries[0].Cells, got.Entries[0].Cells); diff != "" {
			t.Errorf("%q: cells after a round trip (-want +got):\n%s", line, diff)
		}
	}
}

// TestRecordRemarks: what a record says of itself is in its languages, whoever
// writes it, and reading it back leaves that out.
func TestRecordRemarks(t *testing.T) {
	t.Parallel()
	for langs, want := range map[string]string{
		"ru zh-Hans en": "# Пункты этого текста|# 本文各段|# The passages of this text|#passage\tmark\tru\tzh-Hans\ten",
		"kk":            "# The passages of this text|#passage\tmark\tkk",
	} {
		var b bytes.Buffer
		if _, err := (&Record{Langs: strings.Fields(langs)}).WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(b.String(), "\n")
		for i, begin := range strings.Split(want, "|") {
			if i >= len(lines) || !strings.HasPrefix(lines[i], begin) {
				t.Errorf("%s: line %d does not begin with %q in\n%s", langs, i+1, begin, &b)
			}
		}
		if _, diags := Parse("t/alignment.tsv", b.String()); len(diags) > 0 {
			t.Errorf("%s: %v", langs, diags)
		}
	}
}

func TestRecordRoundTrip(t *testing.T) {
	t.Parallel()
	in := []align.Input{text("en", "# T", "One two three.", "## A", "Four + five\tsix."), text("ru", "# Т", "Раз два три.", "## А", "Четыре пять шесть.")}
	tab := Reconcile(in, nil)
	rec := New(tab, docs(in), nil)
	rec.Confirm("0.1")
	rec.Pin("1.1", true)
	var a, b bytes.Buffer
	if _, err := rec.WriteTo(&a); err != nil {
		t.Fatal(err)
	}
	again, diags := Parse("t/alignment.tsv", a.String())
	if len(diags) > 0 {
		t.Fatalf("a written record does not parse: %v\n%s", diags, a.String())
	}
	if _, err := again.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a.String(), b.String()); diff != "" {
		t.Errorf("written again the record differs (-first +second):\n%s", diff)
	}
}

// TestDamagedRecord: one fault is one error, at its place, and the number of the
// faulty line is still known.
func TestDamagedRecord(t *testing.T) {
	t.Parallel()
	const (
		head  = "#passage\tmark\ten\tru\n"
		rows  = "1.1\t-\t0123456789\t0123456789\n1.2\t-\t0123456780\t-\n"
		texts = "=1.1\ten\tOne.\n=1.1\tru\tРаз.\n=1.2\ten\tTwo.\n=1.2\tru\t\n"
	)
	whole := head + rows + texts
	mend := func(old, new string) string {
		t.Helper()
		if !strings.Contains(whole, old) {
			t.Fatalf("%q is not in the record", old)
		}
		return strings.Replace(whole, old, new, 1)
	}
	if _, diags := Parse("t/alignment.tsv", whole); len(diags) > 0 {
		t.Fatalf("the whole record: %v", diags)
	}
	for _, c := range []struct{ name, text, want, numbers string }{
		{"empty", "", "1:1", ""},
		{"no header", rows + texts, "1:1", ""},
		{"header after a row", rows[:strings.Index(rows, "1.2")] + head + rows[strings.Index(rows, "1.2"):], "1:1", "1.2"},
		{"two headers", head + head + rows, "2:1", "1.1 1.2"},
		{"header cut off", mend("\ten\tru", ""), "1:1", ""},
		{"no language", mend("\ten\tru", "\ten\tРусский"), "1:18", ""},
		{"language missing", mend("\ten\tru", "\ten\t"), "1:18", ""},
		{"language twice", mend("\ten\tru", "\ten\ten"), "1:18", ""},
		{"other language", mend("\ten\tru", "\ten\trus"), "5:6", "1.1 1.2"},
		{"no number", mend("\n1.2\t", "\n1.x\t"), "3:1 6:1", "1.1 1.2"},
		{"a date for a number", mend("\n1.2\t", "\n02.Jan\t"), "3:1 6:1", "1.1 1.2"},
		{"number twice", mend("\n1.2\t", "\n1.1\t"), "3:1 6:1", "1.1 1.2"},
		{"spaces for tabs", mend("1.2\t-\t0123456780\t-", "1.2  -  0123456780  -"), "3:1", "1.1 1.2"},
		{"a tab too few", mend("0123456780\t-", "0123456780-"), "3:1", "1.1 1.2"},
		{"a tab too many", mend("0123456780\t-", "0123456780\t-\t-"), "3:1", "1.1 1.2"},
		{"mark", mend("1.2\t-", "1.2\tpinn"), "3:5", "1.1 1.2"},
		{"fingerprint", mend("0123456780", "012345678"), "3:7", "1.1 1.2"},
		{"fingerprint in quotation marks", mend("0123456780", `"0123456780"`), "3:7", "1.1 1.2"},
		{"joined without spaces", mend("0123456780", "0123456780+0123456789"), "3:7", "1.1 1.2"},
		{"joined to nothing", mend("0123456780", "0123456780 + "), "3:7", "1.1 1.2"},
		{"merge", mend("1.2\t-\t0123456780\t-\n", "<<<<<<< ours\n1.2\t-\t0123456780\t-\n||||||| base\n1.2\t-\t-\t-\n=======\n1.2\tpin\t0123456780\t-\n>>>>>>> theirs\n"), "3:1", "1.1 1.2"},
		{"merge in the texts", mend("=1.1\ten\tOne.\n", "<<<<<<< ours\n=1.1\ten\tOne.\n=======\n=1.1\ten\tOnce.\n>>>>>>> theirs\n"), "4:1", "1.1 1.2"},
		{"row removed", mend("1.2\t-\t0123456780\t-\n", ""), "5:1", "1.1 1.2"},
		{"row cut off", head + rows[:12], "2:1", "1.1"},
		{"text without a language", mend("=1.2\ten\tTwo.", "=1.2"), "6:1", "1.1 1.2"},
		{"text in three", mend("Two.", "T\two."), "6:1", "1.1 1.2"},
		{"text on two lines", mend("Two.", "T\nwo."), "7:1", "1.1 1.2"},
		{"text twice", mend("=1.2\ten", "=1.1\ten"), "6:1", "1.1 1.2"},
		{"text of another language", mend("=1.2\ten", "=1.2\tfr"), "6:6", "1.1 1.2"},
	} {
		rec, diags := Parse("t/alignment.tsv", c.text)
		var places, numbers []string
		for _, d := range diags {
			places = append(places, fmt.Sprintf("%d:%d", d.Pos.Line, d.Pos.Col))
			if d.Severity != diag.Error || d.Code != "record-damaged" {
				t.Errorf("%s: %s, want an error record-damaged", c.name, d)
			}
		}
		for _, r := range rec.Entries {
			numbers = append(numbers, r.Number)
		}
		if got := strings.Join(places, " "); got != c.want {
			t.Errorf("%s: errors at %s, want %s: %v\n%s", c.name, got, c.want, diags, c.text)
		}
		if got := strings.Join(numbers, " "); got != c.numbers {
			t.Errorf("%s: numbers %q, want %q", c.name, got, c.numbers)
		}
	}
}

// TestRecordAsEditorsSave: what text editors and spreadsheets do to a file on
// their own is no damage.
func TestRecordAsEditorsSave(t *testing.T) {
	t.Parallel()
	whole := "# A remark.\n#passage\tmark\ten\tru\n1.1\t-\t0123456789 One…\t-\n=1.1\ten\tOne.\n=1.1\tru\t\n"
	want, diags := Parse("t/alignment.tsv", whole)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for name, text := range map[string]string{
		"ends of lines stripped": strings.ReplaceAll(whole, "\t\n", "\n"),
		"no last end of line":    strings.TrimSuffix(whole, "\n"),
		"Windows":                strings.ReplaceAll(whole, "\n", "\r\n"),
		"spaces added":           strings.ReplaceAll(strings.ReplaceAll(whole, "\n", "  \n"), "\t", " \t"),
		"cells emptied":          strings.ReplaceAll(whole, "\t-", "\t"),
		"empty lines":            strings.ReplaceAll(whole, "\n", "\n\n"),
	} {
		got, diags := Parse("t/alignment.tsv", text)
		for i := range got.Entries {
			got.Entries[i].Line = 3
		}
		if len(diags) > 0 {
			t.Errorf("%s: %v\n%s", name, diags, text)
		} else if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Record{})); diff != "" {
			t.Errorf("%s: the record differs (-want +got):\n%s", name, diff)
		}
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	yes := func(s string) Cell { return Cell{Confirmed: s, IsConfirmed: true} }
	for _, c := range []struct {
		cells []Cell
		now   []string
		want  []State
	}{
		{[]Cell{{}, {}}, []string{"a", "b"}, []State{Unconfirmed, Unconfirmed}},
		{[]Cell{yes("a"), yes("b")}, []string{"a", "b"}, []State{Confirmed, Confirmed}},
		{[]Cell{yes("a"), yes("b")}, []string{"x", "b"}, []State{Changed, Stale}},
		{[]Cell{yes("a"), yes("b")}, []string{"x", "y"}, []State{Changed, Changed}},
		{[]Cell{yes("a"), yes("b")}, []string{"", "b"}, []State{Missing, Stale}},
		{[]Cell{yes("a"), yes("")}, []string{"a", ""}, []State{Confirmed, Absent}},
		{[]Cell{yes("a"), yes("")}, []string{"a", "b"}, []State{Stale, Added}},
		{[]Cell{yes("a"), {}}, []string{"a", "b"}, []State{Confirmed, Unconfirmed}},
		{[]Cell{yes("a"), {}}, []string{"a", ""}, []State{Confirmed, Unconfirmed}},
		{[]Cell{yes(""), yes("")}, []string{"* * *", "* * *"}, []State{Confirmed, Confirmed}},
		{[]Cell{yes(""), yes("")}, []string{"* * *", ""}, []State{Confirmed, Absent}},
	} {
		here := make([]bool, len(c.now))
		for l, words := range c.now {
			here[l] = words != ""
			c.now[l] = strings.TrimPrefix(words, "* * *")
		}
		if got, _ := statesOf([]string{"ru", "en"}, c.cells, c.now, here); !slices.Equal(got, c.want) {
			t.Errorf("statesOf(%+v, %q, %v) = %v, want %v", c.cells, c.now, here, got, c.want)
		}
	}
}

// TestRecordKeepsItsColumns: a language that is taken away and one that is
// added leave the lines of the others as they were.
func TestRecordKeepsItsColumns(t *testing.T) {
	t.Parallel()
	ru, en, de := text("ru", "Торговля растет."), text("en", "Trade grows."), text("de", "Der Handel wächst.")
	tab := Reconcile([]align.Input{ru, en}, nil)
	rec := New(tab, docs([]align.Input{ru, en}), nil)
	rec.Confirm("0.1")
	for _, c := range []struct {
		name  string
		in    []align.Input
		langs string
	}{
		{"as it was", []align.Input{ru, en}, "ru en"},
		{"the other order", []align.Input{en, ru}, "ru en"},
		{"one away", []align.Input{en}, "ru en"},
		{"one more", []align.Input{de, en, ru}, "ru en de"},
	} {
		tab := Reconcile(c.in, rec)
		got := New(tab, docs(c.in), rec)
		if langs := strings.Join(got.Langs, " "); langs != c.langs {
			t.Errorf("%s: columns %s, want %s", c.name, langs, c.langs)
			continue
		}
		if diff := cmp.Diff(rec.Entries[0].Cells, got.Entries[0].Cells[:2]); diff != "" {
			t.Errorf("%s: the cells that were there differ (-was +is):\n%s", c.name, diff)
		}
	}
}

// FuzzParseRecord: whatever stands in the file, each fault has a place in it, a
// number is there once, and what was understood is written and read the same.
func FuzzParseRecord(f *testing.F) {
	f.Add("#passage\tmark\ten\tru\n1.1\tpin\t0123456789 One…\t-\n1.2\tgone\t-\t-\n=1.1\ten\tOne.\n~1.1\tru\tРаз. ¶ Два.\n")
	f.Add("#passage\tmark\ten\n1.1\t\t0123456789 + 0123456780\n<<<<<<< a\n=1.1\ten\tx\n=======\n=1.1\ten\ty\n>>>>>>> b\n=2\tru\tz")
	f.Add("#passage\tmark\ten\tru\n1.1\tpin\t0123456789 One…\t-\n1.2\tgone\t-\t-\n@1.1\te")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			return // source.Clean lets neither through
		}
		rec, diags := Parse("t/alignment.tsv", text)
		for _, d := range diags {
			if lines := strings.Count(text, "\n") + 1; d.Pos.Line < 1 || d.Pos.Line > lines || d.Pos.Col < 1 {
				t.Errorf("%q: %s is not in a file of %d lines", text, d, lines)
			}
		}
		seen := map[string]bool{}
		for i := range rec.Entries {
			if n := rec.Entries[i].Number; seen[n] {
				t.Errorf("%q: the number %s stands twice", text, n)
			}
			seen[rec.Entries[i].Number] = true
			rec.Entries[i].Line = 0
			if rec.Entries[i].Gone {
				rec.Entries[i].Pinned = false // there is nothing to pin
			}
		}
		if len(rec.Langs) == 0 {
			return
		}
		var b strings.Builder
		if _, err := rec.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		again, diags := Parse("t/alignment.tsv", b.String())
		for i := range again.Entries {
			again.Entries[i].Line = 0
		}
		for _, r := range []*Record{rec, again} {
			for i := range r.Addresses {
				r.Addresses[i].Line = 0
			}
		}
		if diff := cmp.Diff(rec, again, cmpopts.IgnoreUnexported(Record{})); len(diags) > 0 || diff != "" {
			t.Errorf("%q: written as\n%s\nread again (-first +second):\n%s%v", text, b.String(), diff, diags)
		}
	})
}

// TestConfirmWithoutALanguage: who confirms while a language is away has not
// seen it, so it must not come back as confirmed with what they changed.
func TestConfirmWithoutALanguage(t *testing.T) {
	t.Parallel()
	ru, en, edited := text("ru", "Торговля растет."), text("en", "Trade grows."), text("en", "Trade grows fast.")
	both := []align.Input{ru, en}
	tab := Reconcile(both, nil)
	rec := New(tab, docs(both), nil)
	rec.Confirm("0.1")
	for _, c := range []struct {
		name  string
		alone align.Input
		want  State // of Russian, when it is back
	}{
		{"nothing changed", en, Confirmed},
		{"English changed", edited, Stale},
	} {
		tab := Reconcile([]align.Input{c.alone}, rec)
		later := New(tab, docs([]align.Input{c.alone}), rec)
		later.Confirm("0.1")
		if _, ok := later.ConfirmedText("0.1", "en"); !ok {
			t.Errorf("%s: English is not confirmed", c.name)
		}
		back := Reconcile([]align.Input{ru, c.alone}, later)
		if got := back.Rows[0].State[0]; got != c.want {
			t.Errorf("%s: Russian comes back as %v, want %v", c.name, got, c.want)
		}
	}
}
