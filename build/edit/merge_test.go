package edit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stele/build/doc"
	"stele/build/edit"
)

// told is a comparison in short: the kinds of what is another, with the blocks.
func told(all []edit.Difference) string {
	var out []string
	for _, d := range all {
		if d.Kind != edit.Same {
			out = append(out, fmt.Sprintf("%s %d-%d>%d-%d", d.Kind, d.From, d.To, d.Into, d.Till))
		}
	}
	return strings.Join(out, ", ")
}

func TestCompare(t *testing.T) {
	t.Parallel()
	const before = "---\ntitle: T\n---\n# Law {#law}\n\nThe rivers of the country.\n\nRoads and bridges are built.\n\nSchools *teach* the young.\n"
	for _, c := range []struct {
		name, after, want string
		from              edit.Source
	}{
		{"as it is", before, "", edit.Markdown},
		{"reworded", strings.Replace(before, "rivers", "many rivers", 1), "reworded 1-2>1-2", edit.Markdown},
		{"new", strings.Replace(before, "Roads", "Trade goes on.\n\nRoads", 1), "new 2-2>2-3", edit.Markdown},
		{"gone", strings.Replace(before, "Roads and bridges are built.\n\n", "", 1), "gone 2-3>2-2", edit.Markdown},
		{"another in its place", strings.Replace(before, "Roads and bridges are built.\n\n", "Whatever.\n\nQuite something.\n\n", 1), "gone 2-3>2-2, new 3-3>2-3, new 3-3>3-4", edit.Markdown},
		{"divided", strings.Replace(before, "Roads and bridges", "Roads and\n\nbridges", 1), "divided 2-3>2-4", edit.Markdown},
		{"joined", strings.Replace(before, "country.\n\nRoads", "country. Roads", 1), "divided 1-3>1-2", edit.Markdown},
		{"marks", strings.Replace(before, "*teach*", "**teach**", 1), "space 3-4>3-4", edit.Markdown},
		{"marks of a document", strings.Replace(before, "*teach*", "teach", 1), "", edit.Words},
		{"no id in a document", strings.Replace(before, " {#law}", "", 1), "", edit.Words},
		{"dots of a document", "# Law\n\nThe rivers of the country.\n\nRoads and bridges are built.\n\n• Schools teach the young.\n", "", edit.Words},
		{"front matter", strings.Replace(before, "title: T", "title: U", 1), "front 0-0>0-0", edit.Markdown},
		{"front matter of a document", strings.Replace(before, "---\ntitle: T\n---\n", "", 1), "", edit.Words},
		{"moved", "---\ntitle: T\n---\n# Law {#law}\n\nSchools *teach* the young.\n\nThe rivers of the country.\n\nRoads and bridges are built.\n", "moved 1-1>1-2, moved 3-4>4-4", edit.Markdown},
	} {
		if got := told(edit.Compare(file(before), file(c.after), c.from)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	const before = "---\ntitle: T\n---\n# Law {#law}\n\n<!-- stele: ignore x why -->\nThe rivers[^1] of the country.\n\n- one\n- two\n\n[^1]: Old note.\n"
	const after = "# The Law\n\nThe great rivers[^1] of the country.\n\n- one\n- two\n- three\n\nAn end[^2].\n\n[^1]: Old note.\n\n[^2]: New note.\n"
	b, a := file(before), file(after)
	all := edit.Compare(b, a, edit.Words)
	if got := told(all); got != "reworded 0-1>0-1, reworded 1-2>1-2, new 4-4>4-5, new 4-4>5-6" {
		t.Fatal(got)
	}
	take := func(kinds ...int) []bool {
		out := make([]bool, len(all))
		n := 0
		for i, d := range all {
			if d.Kind == edit.Same {
				continue
			}
			out[i] = slices.Contains(kinds, n)
			n++
		}
		return out
	}
	for _, c := range []struct {
		kinds []int
		want  string
	}{
		{nil, before},
		{[]int{0}, strings.Replace(before, "# Law", "# The Law", 1)},
		{[]int{1}, strings.Replace(before, "rivers", "great rivers", 1)},
		{[]int{2}, strings.Replace(before, "- two\n", "- two\n- three\n", 1)},
		{[]int{3}, strings.Replace(before, "- two\n", "- two\n\nAn end[^2].\n", 1) + "\n[^2]: New note.\n"},
	} {
		got, err := edit.Merge(b, a, edit.Words, all, take(c.kinds...))
		if err != nil || got != c.want {
			t.Errorf("%v: %v\n%s\nwant\n%s", c.kinds, err, got, c.want)
		}
	}
}

// TestMergeItems: the items of a document that has them as paragraphs stay items.
func TestMergeItems(t *testing.T) {
	t.Parallel()
	b := file("# Law {#law}\n\n- one river and a lake\n- two roads\n\n***\n\nEnd.\n")
	a := file("# Law\n\n• one river and two lakes\n\n• two roads\n\n\\* \\* \\*\n\nEnd.\n")
	all := edit.Compare(b, a, edit.Words)
	if got := told(all); got != "reworded 1-2>1-2" {
		t.Fatal(got)
	}
	take := make([]bool, len(all))
	take[1] = true
	want := "# Law {#law}\n\n- one river and two lakes\n- two roads\n\n***\n\nEnd.\n"
	if got, err := edit.Merge(b, a, edit.Words, all, take); err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestMergeIsWhole: with nothing taken a file is as it was, with all it is as the
// new one has it, and with a part it has the blocks that were taken and those
// that were not, or it is refused.
func TestMergeIsWhole(t *testing.T) {
	t.Parallel()
	blocks := []string{"# T {#t}", "One two three four.", "Five *six* seven.", "- item a", "- item b\n\n  more", "> quoted", "| a | b |\n|---|---|\n| c | d |", "```\ncode\n```", "Eight[^1] nine.", "1. first", "Ten eleven twelve thirteen.", ":::tip\nIn a box.\n:::", "<!-- ask again -->\n\nAsk three four.", "See [this].\n\n[this]: https://example.org"}
	draw := func(t *rapid.T, label string) edit.File {
		list := rapid.SliceOfN(rapid.SampledFrom(blocks), 1, 8).Draw(t, label)
		return file(strings.Join(list, "\n\n") + "\n\n[^1]: Note.\n")
	}
	rapid.Check(t, func(t *rapid.T) {
		before, after := draw(t, "before"), draw(t, "after")
		from := edit.Source(rapid.IntRange(0, 1).Draw(t, "from"))
		all := edit.Compare(before, after, from)
		old, fresh := 0, 0
		for _, d := range all {
			old, fresh = old+d.To-d.From, fresh+d.Till-d.Into
		}
		if old != len(before.Doc.Blocks) || fresh != len(after.Doc.Blocks) {
			t.Fatalf("%d of %d blocks before and %d of %d after are told of", old, len(before.Doc.Blocks), fresh, len(after.Doc.Blocks))
		}
		take := make([]bool, len(all))
		if got, err := edit.Merge(before, after, from, all, take); err != nil || got != before.Data {
			t.Fatalf("nothing taken: %v\n%q\n%q", err, got, before.Data)
		}
		for i, d := range all {
			take[i] = rapid.Bool().Draw(t, "take")
			if d.Other >= 0 && d.Other < i {
				take[i] = take[d.Other]
			}
		}
		got, err := edit.Merge(before, after, from, all, take)
		if err != nil {
			if !errors.Is(err, edit.ErrSpreads) {
				t.Fatal(err)
			}
			return
		}
		var want []string
		for i, d := range all {
			if take[i] {
				want = append(want, texts(after.Doc.Blocks[d.Into:d.Till])...)
			} else {
				want = append(want, texts(before.Doc.Blocks[d.From:d.To])...)
			}
		}
		if n := strings.Count(before.Data, "<!--"); from == edit.Words && strings.Count(got, "<!--") < n {
			t.Fatalf("of %d comments some are lost: %q", n, got)
		}
		if now := texts(file(got).Doc.Blocks); !slices.Equal(now, want) {
			t.Fatalf("got %q, want %q", now, want)
		}
	})
}

func texts(blocks []doc.Block) []string {
	out := []string{}
	for i := range blocks {
		out = append(out, blocks[i].Text)
	}
	return out
}
