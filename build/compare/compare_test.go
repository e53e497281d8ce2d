package compare

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestMarked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, before, after, want string }{
		{"nothing", "", "", ""},
		{"same", "The SCO priorities", "The SCO priorities", "The SCO priorities"},
		{"english word", "The Parties will hold 3 meetings.", "The Parties will hold 4 meetings.", "The Parties will hold [-3-]{+4+} meetings."},
		{"russian ending", "государства-члены ШОС", "государствами-членами ШОС", "[-государства-]{+государствами+}-[-члены-]{+членами+} ШОС"},
		{"words in a row", "a quite old text", "a wholly new text", "a [-quite old-]{+wholly new+} text"},
		{"little between", "the many old and weary rules of war", "the few quite new and better laws of war", "the [-many old and weary rules-]{+few quite new and better laws+} of war"},
		{"added at the end", "one two", "one two three", "one two{+ three+}"},
		{"removed at the start", "one two", "two", "[-one -]two"},
		{"a whole sentence", "The Parties meet. The Parties vote.", "The Parties meet. The Parties confer. The Parties vote.", "The Parties meet. {+The Parties confer. +}The Parties vote."},
		{"a whole sentence in chinese", "双方会晤。双方表决。", "双方会晤。双方协商。双方表决。", "双方会晤。{+双方协商。+}双方表决。"},
		{"a line", "one\ntwo\nthree", "one\nthree", "one\n[-two\n-]three"},
		{"chinese characters", "成员国将加强合作。", "成员国应加强互利合作。", "成员国[-将-]{+应+}加强{+互利+}合作。"},
		{"number in chinese", "2015年7月10日", "2015年7月11日", "2015年7月[-10-]{+11+}日"},
		{"all new", "", "全新", "{+全新+}"},
		{"all gone", "Abc def", "", "[-Abc def-]"},
		{"accent in a mark of its own", "си\u0301ла", "сила", "[-си\u0301ла-]{+сила+}"},
		{"space only", "a  b", "a b", "a b"},
		{"kinds of spaces and quotation marks", "in 2015 the \"SCO\" of coun\u00adcils", "in\u00a02016 the “SCO” of councils", "in\u00a0[-2015-]{+2016+} the “SCO” of councils"},
		{"bytes that are no text", "a \xff b", "a b", "a [-\xff -]b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Marked(c.before, c.after); got != c.want {
				t.Errorf("Marked(%q, %q)\n got %s\nwant %s", c.before, c.after, got, c.want)
			}
		})
	}
}

// whole fails unless the runs are what Texts promises.
func whole(t interface{ Fatalf(string, ...any) }, before, after string) {
	got := Texts(before, after)
	var old, now strings.Builder
	for i, r := range got {
		old.WriteString(r.Before)
		now.WriteString(r.After)
		switch {
		case r.Text() == "" && r.Before == "",
			r.Op == Out && r.After != "", r.Op == In && r.Before != "",
			r.Op == Same && Changed(r.Before, r.After),
			i > 0 && got[i-1].Op == r.Op, i > 0 && r.Op == Out && got[i-1].Op == In:
			t.Fatalf("Texts(%q, %q): run %d is wrong: %q", before, after, i, got)
		}
	}
	if old.String() != before || now.String() != after {
		t.Fatalf("Texts(%q, %q) = %q: makes %q and %q", before, after, got, old.String(), now.String())
	}
	changed := false
	for _, r := range got {
		changed = changed || r.Op != Same
	}
	if !Changed(before, after) && changed {
		t.Fatalf("Texts(%q, %q) = %q: nothing changed", before, after, got)
	}
}

// TestWhole: old and difference make new, and new and difference old, byte for byte.
func TestWhole(t *testing.T) {
	t.Parallel()
	text := func(size int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "мир", "и", "和", "平", "的", " ", "  ", "\n", "-", "3", ".", ". ", "。", "\u0301", "“", "\"", "\u00ad", "\xff"}), 0, size).Draw(t, "tokens"), "")
		})
	}
	for _, size := range []int{30, 400} {
		rapid.Check(t, func(t *rapid.T) {
			before := text(size).Draw(t, "before")
			after := text(size).Draw(t, "after")
			if rapid.Bool().Draw(t, "edited") && len(before) > 0 { // near each other, as versions are
				i := rapid.IntRange(0, len(before)).Draw(t, "from")
				j := rapid.IntRange(i, len(before)).Draw(t, "to")
				after = before[:i] + text(5).Draw(t, "in") + before[j:]
			}
			whole(t, before, after)
		})
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("成员国将加强合作。", "成员国应加强互利合作。")
	f.Add("The \"SCO\" — 2015", "The «ШОС» — 2016")
	f.Add("a\u0301 \xff", "\u0301")
	f.Add("x, a.\t. y", "x, b.\u00ad. z") // what is unseen is no space
	f.Add("\u00ad\t. y", "\t\u00ad. z")
	f.Add("\x80\" \x00", "The «Ш\xd0e «ШО\x9eС» — 2016")
	f.Add("The \v", "The x") // a space that only tables of spaces know
	f.Fuzz(func(t *testing.T, before, after string) { whole(t, before, after) })
}

// TestBounded: texts that have nothing in common, or the same few words over and
// over, cost no more than others.
func TestBounded(t *testing.T) {
	t.Parallel()
	const n = 60_000
	words := func(of ...string) string {
		var b strings.Builder
		seed := uint32(1)
		for range n {
			seed = seed*1664525 + 1013904223
			b.WriteString(of[int(seed>>16)%len(of)])
			b.WriteByte(' ')
		}
		return b.String()
	}
	for name, pair := range map[string][2]string{
		"nothing in common": {words("a", "b"), words("c", "d")},
		"two words":         {words("a", "b"), words("b", "a", "a")},
		"many words":        {words(strings.Split("the of and to in is it on by at", " ")...), words(strings.Split("at by on it is in to and of the who", " ")...)},
		"one sign":          {strings.Repeat("的", n), strings.Repeat("的", n/2) + "一" + strings.Repeat("的", n/3)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			got := Texts(pair[0], pair[1])
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
			var old int
			for _, r := range got {
				old += utf8.RuneCountInString(r.Before)
			}
			if old != utf8.RuneCountInString(pair[0]) {
				t.Errorf("has %d characters of the old text", old)
			}
		})
	}
}
