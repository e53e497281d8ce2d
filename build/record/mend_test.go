package record

import (
	"fmt"
	"strings"
	"testing"

	"stele/build/align"
)

// mended lays the record over the versions after it was written and read again,
// and describes the rows: the number, the blocks by language, the states.
func mended(t *testing.T, in []align.Input, rec *Record) string {
	t.Helper()
	var b strings.Builder
	if _, err := rec.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	again, found := Parse("t/alignment.tsv", b.String())
	if len(found) > 0 {
		t.Fatalf("the mended record does not parse: %v\n%s", found, b.String())
	}
	var out []string
	for _, r := range Reconcile(in, again).Rows {
		s := r.Number
		if r.Removed {
			s += " gone " + strings.Join(r.Parts, " ")
		} else {
			for l, blocks := range r.Blocks {
				s += fmt.Sprintf(" %v%d", blocks, r.State[l])
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

// TestMend: rows that an editor joined, divided or moved stay so, and what was
// confirmed stays confirmed where nothing but the division changed.
func TestMend(t *testing.T) {
	t.Parallel()
	en := text("en", "# Law", "The rivers and lakes.", "Roads, bridges, ports.", "Schools and universities.", "Trade in 14 goods.")
	ru := text("ru", "# Закон", "Реки и озера.", "Дороги, мосты, порты.", "Школы и университеты.", "Торговля 14 товарами.")
	in := []align.Input{en, ru}
	table := Reconcile(in, nil)
	fresh := func(confirm ...string) *Record {
		rec := New(table, docs(in), nil)
		rec.ConfirmAs(Confirmation{By: "2026-11-28 Anna"}, confirm...)
		return rec
	}
	for _, c := range []struct {
		name string
		do   func() *Record
		want string
	}{
		{"join", func() *Record { r := fresh("0.2", "0.3"); r.JoinWith("0.3", "0.2"); return r }, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2 3]1 [2 3]1\n0.3 gone 0.2\n0.4 [4]0 [4]0"},
		{"join unconfirmed", func() *Record { r := fresh("0.2"); r.JoinWith("0.3", "0.2"); return r }, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2 3]2 [2 3]2\n0.3 gone 0.2\n0.4 [4]0 [4]0"},
		{"join and divide", func() *Record {
			r := fresh("0.2", "0.3")
			r.JoinWith("0.3", "0.2")
			if n := r.DivideAt("0.2", map[string]int{"en": 1, "ru": 1}); n != "0.2a" {
				t.Errorf("the new number is %q", n)
			}
			return r
		}, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2]1 [2]1\n0.2a [3]1 [3]1\n0.3 gone 0.2\n0.4 [4]0 [4]0"},
		{"divide one language", func() *Record {
			r := fresh()
			r.JoinWith("0.3", "0.2")
			r.DivideAt("0.2", map[string]int{"en": 1})
			return r
		}, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2]0 [2 3]0\n0.2a [3]0 []0\n0.3 gone 0.2\n0.4 [4]0 [4]0"},
		{"nothing to divide", func() *Record {
			r := fresh("0.2")
			for _, at := range []map[string]int{{"en": 1}, {"en": 2}, {"en": -1}, {"en": 0, "ru": 0}, nil} {
				if n := r.DivideAt("0.2", at); n != "" {
					t.Errorf("divided at %v: %s", at, n)
				}
			}
			return r
		}, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2]1 [2]1\n0.3 [3]0 [3]0\n0.4 [4]0 [4]0"},
		{"shift down", func() *Record { r := fresh("0.2", "0.3"); r.Shift("0.2", "0.3", "ru"); return r }, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2]3 []4\n0.3 [3]3 [2 3]2\n0.4 [4]0 [4]0"},
		{"shift up", func() *Record { r := fresh(); r.Shift("0.3", "0.2", "en"); return r }, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2 3]0 [2]0\n0.3 []0 [3]0\n0.4 [4]0 [4]0"},
		{"shift there and back", func() *Record {
			r := fresh("0.2", "0.3")
			if !r.Shift("0.2", "0.3", "ru") || !r.Shift("0.3", "0.2", "ru") {
				t.Error("not shifted")
			}
			return r
		}, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2]1 [2]1\n0.3 [3]1 [3]1\n0.4 [4]0 [4]0"},
		{"no such passage", func() *Record {
			r := fresh()
			if r.Shift("9", "0.2", "ru") || r.Shift("0.2", "9", "ru") || r.Shift("0.2", "0.3", "zh") || r.JoinWith("0.2", "0.2") || r.JoinWith("9", "0.2") {
				t.Error("what is not there was mended")
			}
			return r
		}, "0 [0]0 [0]0\n0.1 [1]0 [1]0\n0.2 [2]0 [2]0\n0.3 [3]0 [3]0\n0.4 [4]0 [4]0"},
	} {
		if got := mended(t, in, c.do()); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
