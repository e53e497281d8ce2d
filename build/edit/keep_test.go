package edit_test

import (
	"strings"
	"testing"

	"stele/build/edit"
)

// TestWordsKeepWhatStandsBetween: a document has neither comments nor boxes nor
// addresses of links; with its words the file keeps them.
func TestWordsKeepWhatStandsBetween(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ before, after, want string }{
		"a comment":         {"One two three.\n\n<!-- ask again -->\n\nFour five six.\n", "One two three.\n\nFour five seven.\n", "One two three.\n\n<!-- ask again -->\n\nFour five seven.\n"},
		"the first comment": {"<!-- ask again -->\n\nFour five six.\n", "Four five seven.\n", "<!-- ask again -->\n\nFour five seven.\n"},
		"a link's address":  {"One two [three].\n\n[three]: https://example.org\n\nFour five six.\n", "One two three.\n\nFour five seven.\n", "One two [three].\n\n[three]: https://example.org\n\nFour five seven.\n"},
		"a box": {
			"One two three.\n\n:::tip\nFour five six.\n:::\n\nSeven eight nine.\n", "One two three.\n\nFour five seven.\n\nSeven eight ten.\n",
			"One two three.\n\n:::tip\nFour five seven.\n:::\n\nSeven eight ten.\n",
		},
		"a remark": {
			"One two three.\n\n<!-- stele: ignore brackets so it is -->\nFour five six.\n", "One two three.\n\nFour five seven.\n",
			"One two three.\n\n<!-- stele: ignore brackets so it is -->\nFour five seven.\n",
		},
		"a comment before what is gone": {
			"One two three.\n\n<!-- ask again -->\n\nFour five six.\n\nSeven eight nine.\n", "One two three.\n\nSeven eight nine.\n",
			"One two three.\n\n<!-- ask again -->\n\nSeven eight nine.\n",
		},
		"a remark about what is gone": {
			"One two three.\n\n<!-- stele: ignore brackets so it is -->\nFour five six.\n\nSeven eight nine.\n", "One two three.\n\nSeven eight nine.\n",
			"One two three.\n\nSeven eight nine.\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, after := file(tt.before), file(tt.after)
			all := edit.Compare(before, after, edit.Words)
			take := make([]bool, len(all))
			for i := range take {
				take[i] = all[i].Kind != edit.Same
			}
			if got, err := edit.Merge(before, after, edit.Words, all, take); err != nil || got != tt.want {
				t.Errorf("%v\ngot  %q\nwant %q", err, got, tt.want)
			}
		})
	}
}

// TestRemarkGoesWithItsBlock: a remark that accepts findings about a block must not
// be about the next one when the block is taken away.
func TestRemarkGoesWithItsBlock(t *testing.T) {
	t.Parallel()
	const remark = "<!-- stele: ignore brackets so it is -->\n"
	for before, want := range map[string]string{
		"A one.\n\n" + remark + "B two.\n\nC three.\n":                                   "A one.\n\nC three.\n",
		"A one.\n\n" + remark + "\nB two.\n\nC three.\n":                                 "A one.\n\nC three.\n",
		"A one.\n\n" + remark + "B two.\n\n" + remark + "C three.\n":                     "A one.\n\n" + remark + "C three.\n",
		"A one.\n\n" + remark + "\n<!-- ask again -->\n\nB two.\n\nC three.\n":           "A one.\n\n\n\n<!-- ask again -->\n\nC three.\n",
		"A one.\n\nB two. " + strings.TrimSpace(remark) + "\n\n" + remark + "C three.\n": "A one.\n\n" + remark + "C three.\n",
	} {
		r, err := file(before).Replace(1, 1, "")
		if err != nil || r.Data != want {
			t.Errorf("%q: %v", before, err)
			if r != nil {
				t.Errorf("got  %q\nwant %q", r.Data, want)
			}
		}
	}
	r, err := file(remark+"A one.\n\nB two.\n").Replace(0, 0, "")
	if err != nil || r.Data != "B two.\n" {
		t.Errorf("the first block: %v", err)
	}
}
