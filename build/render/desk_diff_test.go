package render

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stele/build/record"
)

// marked writes a diff as text: [-out-] and {+in+}.
func marked(changes []change) string {
	var b strings.Builder
	for _, c := range changes {
		switch c.Op {
		case "del":
			b.WriteString("[-" + c.Text + "-]")
		case "ins":
			b.WriteString("{+" + c.Text + "+}")
		default:
			b.WriteString(c.Text)
		}
	}
	return b.String()
}

func TestDiff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, before, after, want string }{
		{"nothing", "", "", ""},
		{"same", "The SCO priorities", "The SCO priorities", "The SCO priorities"},
		{"english word", "The Parties will hold 3 meetings.", "The Parties will hold 4 meetings.", "The Parties will hold [-3-]{+4+} meetings."},
		{"russian ending", "государства-члены ШОС", "государствами-членами ШОС", "[-государства-]{+государствами+}-[-члены-]{+членами+} ШОС"},
		{"words in a row", "a quite old text", "a wholly new text", "a [-quite old-]{+wholly new+} text"},
		{"added at the end", "one two", "one two three", "one two{+ three+}"},
		{"removed at the start", "one two", "two", "[-one -]two"},
		{"chinese characters", "成员国将加强合作。", "成员国应加强互利合作。", "成员国[-将-]{+应+}加强{+互利+}合作。"},
		{"number in chinese", "2015年7月10日", "2015年7月11日", "2015年7月[-10-]{+11+}日"},
		{"all new", "", "全新", "{+全新+}"},
		{"all gone", "Abc def", "", "[-Abc def-]"},
		{"accent in a mark of its own", "си\u0301ла", "сила", "[-си\u0301ла-]{+сила+}"},
		{"space only", "a  b", "a b", "a b"},
		{"kinds of spaces and quotation marks", "in 2015 the \"SCO\" of coun\u00adcils", "in\u00a02016 the “SCO” of councils", "in\u00a0[-2015-]{+2016+} the “SCO” of councils"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := marked(diff(c.before, c.after)); got != c.want {
				t.Errorf("diff(%q, %q)\n got %s\nwant %s", c.before, c.after, got, c.want)
			}
		})
	}
}

// TestDiffIsWhole: what is kept and taken out is the old text, what is kept and
// put in the new one, and no two runs of a kind follow each other.
func TestDiffIsWhole(t *testing.T) {
	t.Parallel()
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "мир", "和", "平", " ", "  ", "-", "3", ".", "\u0301"}), 0, 30).Draw(t, "tokens"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		got := diff(before, after)
		var old, now string
		for i, c := range got {
			if c.Op != "ins" {
				old += c.Text
			}
			if c.Op != "del" {
				now += c.Text
			}
			if c.Text == "" || i > 0 && got[i-1].Op == c.Op {
				t.Fatalf("diff(%q, %q): run %d is empty or continues the one before: %v", before, after, i, got)
			}
		}
		if record.Fold(old) != record.Fold(before) || now != after {
			t.Fatalf("diff(%q, %q) = %v: makes %q and %q", before, after, got, old, now)
		}
	})
}
