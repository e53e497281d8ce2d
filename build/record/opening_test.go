package record

import (
	"slices"
	"testing"

	"stele/build/align"
)

// TestOpenings: what a row opens is said by most of its languages, and a break that
// few have of those with the text after it parts nothing.
func TestOpenings(t *testing.T) {
	t.Parallel()
	langs := []string{"ru", "en", "zh", "tr"}
	for _, c := range []struct {
		name  string
		texts [][]string
		rows  [][][]int // by language, the blocks
		want  []Opening
	}{
		{
			"a break in one of four",
			[][]string{{"## A", "x"}, {"## A", "x"}, {"## A", "x"}, {"## A", "* * *", "x"}},
			[][][]int{{{0}, {0}, {0}, {0}}, {{}, {}, {}, {1}}, {{1}, {1}, {1}, {2}}},
			[]Opening{OpensSection, OpensNothing, OpensNothing},
		},
		{
			"a break in one of two",
			[][]string{{"## A", "x"}, {"## A", "* * *", "x"}, nil, nil},
			[][][]int{{{0}, {0}, {}, {}}, {{}, {1}, {}, {}}, {{1}, {2}, {}, {}}},
			[]Opening{OpensSection, OpensPart, OpensNothing},
		},
		{
			"what follows is in one language only",
			[][]string{{"## A", "* * *", "x"}, {"## A"}, {"## A"}, {"## A"}},
			[][][]int{{{0}, {0}, {0}, {0}}, {{1}, {}, {}, {}}, {{2}, {}, {}, {}}},
			[]Opening{OpensSection, OpensPart, OpensNothing},
		},
		{
			"a break at the end",
			[][]string{{"## A", "* * *"}, {"## A"}, {"## A"}, {"## A"}},
			[][][]int{{{0}, {0}, {0}, {0}}, {{1}, {}, {}, {}}},
			[]Opening{OpensSection, OpensPart},
		},
		{
			"another level in the first",
			[][]string{{"### A"}, {"## A"}, {"## A"}, {"## A"}},
			[][][]int{{{0}, {0}, {0}, {0}}},
			[]Opening{OpensSection},
		},
		{
			"as many have one as the other, the first and the last of four",
			[][]string{{"# A"}, {"## A"}, {"## A"}, {"# A"}},
			[][][]int{{{0}, {0}, {0}, {0}}},
			[]Opening{OpensText},
		},
		{
			"as many open something as nothing",
			[][]string{{"A"}, {"## A"}, {"## A"}, {"A"}},
			[][][]int{{{0}, {0}, {0}, {0}}},
			[]Opening{OpensNothing},
		},
		{
			"as many have one as the other",
			[][]string{{"## A"}, {"# A"}, {"## A"}, {"# A"}},
			[][][]int{{{0}, {0}, {0}, {0}}},
			[]Opening{OpensSection},
		},
	} {
		var in []align.Input
		for l, lines := range c.texts {
			in = append(in, text(langs[l], lines...))
		}
		rows := make([]Row, len(c.rows))
		for i, blocks := range c.rows {
			rows[i].Blocks = blocks
		}
		markOpenings(rows, in)
		var got []Opening
		for _, r := range rows {
			got = append(got, r.Opens)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
