package edit_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stele/build/doc"
	"stele/build/edit"
	"stele/build/markdown"
	"stele/build/source"
)

func file(data string) edit.File {
	f := source.File{Path: "law/ru.md", Text: "law", Lang: "ru", Tag: "ru", Data: data}
	if strings.Contains(data, "。") {
		f.Path, f.Lang, f.Tag = "law/zh.md", "zh", "zh-Hans"
	}
	d, _ := markdown.Parse(f)
	return edit.File{File: f, Doc: d}
}

const law = `---
title: Law
---
# Law {#law}

## One {#one}

First paragraph.

Second paragraph,
on two lines.

- item one
- item two

  more of two

1. first
2. second

> said

| a | b |
|---|---|
| c | d |

` + "```go\ncode\n```" + `

Term
: meaning

Under
-----

Last with a note[^1].

[^1]: The note.
`

func TestEdits(t *testing.T) {
	t.Parallel()
	type do = func(f edit.File) (*edit.Result, error)
	at := func(f edit.File, s string) int { return strings.Index(f.Data, s) }
	block := func(f edit.File, begins string) int {
		i := slices.IndexFunc(f.Doc.Blocks, func(b doc.Block) bool { return strings.HasPrefix(b.Text, begins) })
		if i < 0 {
			t.Fatalf("no block %q", begins)
		}
		return i
	}
	replace := func(begins, text string) do {
		return func(f edit.File) (*edit.Result, error) { return f.Replace(block(f, begins), block(f, begins), text) }
	}
	for _, c := range []struct {
		name     string
		do       do
		old, new string // what becomes of the file
		err      error
	}{
		{"replace", replace("First", "Another.\n\n"), "First paragraph.", "Another.", nil},
		{"replace by two", replace("First", "Another.\r\n\r\nOne more."), "First paragraph.", "Another.\n\nOne more.", nil},
		{"two lines", replace("Second", "Second."), "Second paragraph,\non two lines.", "Second.", nil},
		{"heading", replace("One", "## Eins {#one}"), "## One", "## Eins", nil},
		{"heading with a mark below", replace("Under", "Drunter\n-----"), "Under\n", "Drunter\n", nil},
		{"item", replace("item one", "- item 1"), "- item one", "- item 1", nil},
		{"later in an item", replace("more", "  much more"), "  more of two", "  much more", nil},
		{"table", replace("a b", "| a | b |\n|---|---|\n| c | e |"), "| d |", "| e |", nil},
		{"code", replace("code", "```go\nsome\n```"), "\ncode\n", "\nsome\n", nil},
		{"meaning", replace("meaning", ": sense"), ": meaning", ": sense", nil},
		{"note lost", replace("Last", "Last without."), "Last with a note[^1].", "Last without.", nil},
		{"taken away", replace("First", " \n"), "First paragraph.\n\n", "", nil},
		{"an open fence", replace("First", "```\nFirst"), "", "", edit.ErrSpreads},
		{"insert", func(f edit.File) (*edit.Result, error) { return f.Insert(block(f, "First"), "In between.") }, "First paragraph.\n", "First paragraph.\n\nIn between.\n", nil},
		{"insert first", func(f edit.File) (*edit.Result, error) { return f.Insert(-1, "In front.") }, "---\n# Law", "---\nIn front.\n\n# Law", nil},
		{"insert nothing", func(f edit.File) (*edit.Result, error) { return f.Insert(1, "\n \n") }, "", "", edit.ErrSpreads},
		{"join", func(f edit.File) (*edit.Result, error) { return f.Join(block(f, "Second")) }, "First paragraph.\n\nSecond", "First paragraph.\nSecond", nil},
		{"join items", func(f edit.File) (*edit.Result, error) { return f.Join(block(f, "item two")) }, "item one\n- item two", "item one item two", nil},
		{"join within an item", func(f edit.File) (*edit.Result, error) { return f.Join(block(f, "more")) }, "item two\n\n  more", "item two more", nil},
		{"join with a heading", func(f edit.File) (*edit.Result, error) { return f.Join(block(f, "First")) }, "", "", edit.ErrApart},
		{"divide", func(f edit.File) (*edit.Result, error) { return f.Divide(block(f, "Second"), at(f, "paragraph,\n")) }, "Second paragraph,", "Second\n\nparagraph,", nil},
		{"divide at a line end", func(f edit.File) (*edit.Result, error) { return f.Divide(block(f, "Second"), at(f, "\non two")) }, "paragraph,\non", "paragraph,\n\non", nil},
		{"divide an item", func(f edit.File) (*edit.Result, error) { return f.Divide(block(f, "item one"), at(f, "one\n-")) }, "- item one\n", "- item\n- one\n", nil},
		{"divide a quotation", func(f edit.File) (*edit.Result, error) { return f.Divide(block(f, "said"), at(f, "id\n")) }, "> said", "> sa\n>\n> id", nil},
		{"divide before it begins", func(f edit.File) (*edit.Result, error) { return f.Divide(block(f, "First"), at(f, "First")) }, "", "", edit.ErrWhole},
		{"divide a heading", func(f edit.File) (*edit.Result, error) { return f.Divide(block(f, "One"), at(f, "ne {#one")) }, "", "", edit.ErrWhole},
		{"divide a table", func(f edit.File) (*edit.Result, error) { return f.Divide(block(f, "a b"), at(f, "c |")) }, "", "", edit.ErrWhole},
		{"move down", func(f edit.File) (*edit.Result, error) { return f.Move(block(f, "First"), edit.Down) }, "First paragraph.\n\nSecond paragraph,\non two lines.", "Second paragraph,\non two lines.\n\nFirst paragraph.", nil},
		{"move up", func(f edit.File) (*edit.Result, error) { return f.Move(block(f, "item two"), edit.Up) }, "", "", edit.ErrNowhere},
		{"move items", func(f edit.File) (*edit.Result, error) { return f.Move(block(f, "second"), edit.Up) }, "1. first\n2. second", "2. second\n1. first", nil},
		{"move over a section", func(f edit.File) (*edit.Result, error) { return f.Move(block(f, "First"), edit.Up) }, "", "", edit.ErrNowhere},
		{"move out of the file", func(f edit.File) (*edit.Result, error) { return f.Move(0, edit.Up) }, "", "", edit.ErrNowhere},
		{"waive", func(f edit.File) (*edit.Result, error) {
			return f.Waive(block(f, "First"), "number-differs", " it is --> right ")
		}, "First par", "<!-- stele: ignore number-differs it is –› right -->\nFirst par", nil},
		{"waive at an item", func(f edit.File) (*edit.Result, error) {
			return f.Waive(block(f, "item one"), "number-differs", "so it is")
		}, "- item one\n", "- item one <!-- stele: ignore number-differs so it is -->\n", nil},
		{"waive at a table", func(f edit.File) (*edit.Result, error) { return f.Waive(block(f, "a b"), "number-differs", "so it is") }, "| a |", "<!-- stele: ignore number-differs so it is -->\n| a |", nil},
		{"waive at code", func(f edit.File) (*edit.Result, error) {
			return f.Waive(block(f, "code"), "number-differs", "so it is")
		}, "```go", "<!-- stele: ignore number-differs so it is -->\n```go", nil},
		{"waive without a reason", func(f edit.File) (*edit.Result, error) { return f.Waive(1, "number-differs", " ! ") }, "", "", edit.ErrReason},
	} {
		f := file(law)
		r, err := c.do(f)
		if !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.err)
			continue
		}
		if err != nil {
			continue
		}
		if strings.Count(law, c.old) != 1 {
			t.Fatalf("%s: %q stands %d times", c.name, c.old, strings.Count(law, c.old))
		}
		if want := strings.Replace(law, c.old, c.new, 1); r.Data != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, r.Data, want)
		}
	}
}

func TestJoinChinese(t *testing.T) {
	t.Parallel()
	f := file("- 一。\n- 二。\n")
	r, err := f.Join(1)
	if err != nil || r.Data != "- 一。二。\n" {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestFault(t *testing.T) {
	t.Parallel()
	f := file(law)
	var fault *edit.FaultError
	if _, err := f.Replace(2, 2, "### Three {#one}\n\nbidi \u202e"); !errors.As(err, &fault) {
		t.Errorf("a second heading with the id: %v", err)
	}
}

// TestPlace: every letter of the plain text stands at its place in the file.
func TestPlace(t *testing.T) {
	t.Parallel()
	f := file("A *b* [c](d.md) `e` \\* f\ng &amp; h[^1] i\n\n[^1]: n\n")
	b := f.Doc.Blocks[0]
	for i, r := range b.Text {
		if r == ' ' || r == '&' {
			continue
		}
		at := f.Place(0, i)
		if at < 0 || !strings.HasPrefix(f.Data[at:], string(r)) {
			t.Errorf("%q at %d is at %d", r, i, at)
		}
	}
}

func TestRevert(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, after, now, want string
		ok                       bool
	}{
		{"a\nb\n", "a\nc\n", "a\nc\n", "a\nb\n", true},
		{"a\n\nb\n\nc\n", "a\n\nB\n\nc\n", "a\n\nB\n\nC\n", "a\n\nb\n\nC\n", true},
		{"a\n\nb\n\nc\n", "a\n\nB\n\nc\n", "0\n\na\n\nB\n\nc\n", "0\n\na\n\nb\n\nc\n", true},
		{"a\n\nb\n\nc\n", "a\n\nB\n\nc\n", "a\n\nBB\n\nc\n", "", false},
		{"", "a\n", "a\nb\n", "b\n", true},
	} {
		if got, ok := edit.Revert(c.before, c.after, c.now); got != c.want || ok != c.ok {
			t.Errorf("Revert(%q, %q, %q) = %q, %v; want %q, %v", c.before, c.after, c.now, got, ok, c.want, c.ok)
		}
	}
}

// TestRevertApart: two changes of different lines can be taken back in any order.
func TestRevertApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.SampledFrom([]string{"a\n", "b\n", "\n"}), 5, 20).Draw(t, "lines")
		i := rapid.IntRange(0, len(list)-3).Draw(t, "i")
		k := rapid.IntRange(i+2, len(list)-1).Draw(t, "k")
		one, both := slices.Clone(list), slices.Clone(list)
		one[i], both[i], both[k] = "one\n", "one\n", "two\n"
		other := slices.Clone(list)
		other[k] = "two\n"
		join := func(l []string) string { return strings.Join(l, "") }
		if got, ok := edit.Revert(join(list), join(one), join(both)); !ok || got != join(other) {
			t.Fatalf("got %q, %v; want %q", got, ok, join(other))
		}
	})
}

// FuzzEdit: whatever the text and the edit, all blocks but those edited are as
// they were, and what is refused is refused with an error.
func FuzzEdit(f *testing.F) {
	f.Add(law, 3, 7, "new", uint8(0))
	f.Add(law, 5, 2, "```\nx", uint8(1))
	f.Add("a\n\n- b\n- c\n", 1, 1, "z", uint8(2))
	f.Add("> a\n> b\n\nc", 0, 3, "<!-- x", uint8(3))
	f.Fuzz(func(t *testing.T, data string, i, at int, text string, what uint8) {
		if len(data) > 4000 || len(text) > 1000 || !utf8.ValidString(data) {
			return
		}
		clean, found := source.Clean("law/ru.md", []byte(data))
		if len(found) > 0 {
			return
		}
		fl := file(clean)
		n := len(fl.Doc.Blocks)
		if n == 0 {
			return
		}
		i = ((i % n) + n) % n
		var r *edit.Result
		var err error
		switch what % 6 {
		case 0:
			r, err = fl.Replace(i, i, text)
		case 1:
			r, err = fl.Insert(i, text)
		case 2:
			r, err = fl.Join(i)
		case 3:
			r, err = fl.Divide(i, fl.Doc.Blocks[i].Start+max(0, at%1000))
		case 4:
			r, err = fl.Move(i, edit.Down)
		case 5:
			r, err = fl.Waive(i, "number-differs", text)
		}
		if err != nil {
			return
		}
		for k, now := range r.Now {
			if now >= 0 && fl.Doc.Blocks[k].Text != r.Doc.Blocks[now].Text {
				t.Fatalf("block %d was %q and is %q", k, fl.Doc.Blocks[k].Text, r.Doc.Blocks[now].Text)
			}
		}
	})
}
