package sentence

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stele/build/lang"
)

// A case is a passage with its groups as they were marked by reading.
type marked struct {
	langs  []string
	parts  []Part
	groups [][]string // by language and sentence
}

var mark = regexp.MustCompile(`\[(\w+)\] `)

func readMarked(t *testing.T) []marked {
	t.Helper()
	data, err := os.ReadFile("testdata/passages.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []marked
	for _, block := range strings.Split(string(data), "\n\n") {
		var m marked
		for line := range strings.Lines(block) {
			tag, text, ok := strings.Cut(strings.TrimSpace(line), ": [")
			if !ok {
				continue
			}
			text = "[" + text
			var groups []string
			for _, g := range mark.FindAllStringSubmatch(text, -1) {
				groups = append(groups, g[1])
			}
			m.langs, m.groups = append(m.langs, tag), append(m.groups, groups)
			m.parts = append(m.parts, Part{Blocks: []Block{{Text: mark.ReplaceAllString(text, "")}}})
		}
		if len(m.langs) > 0 {
			out = append(out, m)
		}
	}
	return out
}

func languages(tags []string) (out []*lang.Language) {
	for _, tag := range tags {
		out = append(out, lang.Of(tag))
	}
	return out
}

// pairs are the pairs of sentences of two languages that are in one group.
func pairsOf(n int, group func(l int) []string) map[string]bool {
	out := map[string]bool{}
	for x := range n {
		for y := x + 1; y < n; y++ {
			for i, g := range group(x) {
				for j, h := range group(y) {
					if g == h {
						out[fmt.Sprint(x, i, y, j)] = true
					}
				}
			}
		}
	}
	return out
}

func TestPassages(t *testing.T) {
	t.Parallel()
	right, found, wanted := 0, 0, 0
	cases := readMarked(t)
	for _, m := range cases {
		ties := Tie(languages(m.langs), [][]Part{m.parts})[0]
		for l := range m.langs {
			if len(ties.Sentences[l]) != len(m.groups[l]) {
				t.Fatalf("%q has %d sentences, want %d", m.parts[l].Blocks[0].Text, len(ties.Sentences[l]), len(m.groups[l]))
			}
		}
		want := pairsOf(len(m.langs), func(l int) []string { return m.groups[l] })
		got := pairsOf(len(m.langs), ties.groupsOf)
		bad := false
		for p := range got {
			if want[p] {
				right++
			} else {
				bad = true
			}
		}
		found, wanted = found+len(got), wanted+len(want)
		if bad || len(got) != len(want) {
			t.Logf("%s: groups %v, sure %v", m.parts[0].Blocks[0].Text, ties.Groups, ties.Sure())
		}
	}
	f1 := 2 * float64(right) / float64(found+wanted)
	t.Logf("%d passages: F1 %.4f", len(cases), f1)
	if f1 < 0.97 {
		t.Errorf("F1 %.4f", f1)
	}
}

// TestJoinedPassages: any two of the marked passages in the same languages make a
// longer one, of which every tie is known.
func TestJoinedPassages(t *testing.T) {
	t.Parallel()
	right, found, wanted, n := 0, 0, 0, 0
	cases := readMarked(t)
	for a, x := range cases {
		for b, y := range cases {
			if a == b || !slices.Equal(x.langs, y.langs) {
				continue
			}
			n++
			parts, groups := make([]Part, len(x.langs)), make([][]string, len(x.langs))
			for l, tag := range x.langs {
				space := " "
				if !lang.Of(tag).Spaced {
					space = ""
				}
				parts[l] = part(x.parts[l].Blocks[0].Text + space + y.parts[l].Blocks[0].Text)
				groups[l] = slices.Clone(x.groups[l])
				for _, g := range y.groups[l] {
					groups[l] = append(groups[l], "b"+g)
				}
			}
			ties := Tie(languages(x.langs), [][]Part{parts})[0]
			want := pairsOf(len(x.langs), func(l int) []string { return groups[l] })
			got := pairsOf(len(x.langs), ties.groupsOf)
			for p := range got {
				if want[p] {
					right++
				}
			}
			found, wanted = found+len(got), wanted+len(want)
		}
	}
	f1 := 2 * float64(right) / float64(found+wanted)
	t.Logf("%d passages: F1 %.4f", n, f1)
	if f1 < 0.97 || n < 150 {
		t.Errorf("F1 %.4f of %d passages", f1, n)
	}
}

// groupsOf names the group of each sentence of a language.
func (t *Ties) groupsOf(l int) []string {
	out := make([]string, len(t.Sentences[l]))
	for g := range t.Groups {
		for _, s := range t.Groups[g].Of[l] {
			out[s] = fmt.Sprint(g)
		}
	}
	return out
}

// TestWhole: every sentence is in exactly one group, whatever the passage is.
func TestWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("A sentence here. And one more there. ", 200)
	for name, c := range map[string]struct {
		langs    []string
		passages [][]Part
		isNil    []bool
	}{
		"nothing":        {[]string{"en", "ru"}, [][]Part{{{}, {}}}, []bool{true}},
		"one each":       {[]string{"en", "ru"}, [][]Part{{part("One."), part("Один.")}}, []bool{true}},
		"alone":          {[]string{"en", "ru"}, [][]Part{{part("One. Two."), {}}}, []bool{false}},
		"very long":      {[]string{"en", "ru"}, [][]Part{{part(long), part(long)}}, []bool{false}},
		"no language":    {nil, [][]Part{{}}, []bool{true}},
		"many languages": {strings.Fields("en ru zh de fr es it pl uk ar ja ko"), [][]Part{slices.Repeat([]Part{part("One thing is here. Two things are there, as 5 people say.")}, 12)}, []bool{false}},
		"empty text":     {[]string{"en", "ru"}, [][]Part{{part(""), part("Один. Два.")}}, []bool{false}},
	} {
		for i, ties := range Tie(languages(c.langs), c.passages) {
			if (ties == nil) != c.isNil[i] {
				t.Errorf("%s: ties %v", name, ties)
			}
			if ties == nil {
				continue
			}
			wholeTies(t, ties)
		}
	}
}

func part(text string) Part { return Part{Blocks: []Block{{Text: text}}} }

func wholeTies(t *testing.T, ties *Ties) {
	t.Helper()
	for l := range ties.Sentences {
		seen := make([]int, len(ties.Sentences[l]))
		for _, g := range ties.Groups {
			if !slices.IsSorted(g.Of[l]) || g.Confidence < 0 || g.Confidence > 1.0001 {
				t.Errorf("group %v", g)
			}
			for _, s := range g.Of[l] {
				seen[s]++
			}
		}
		for s, n := range seen {
			if n != 1 {
				t.Errorf("sentence %d of language %d is in %d groups", s, l, n)
			}
		}
	}
}

func FuzzTie(f *testing.F) {
	f.Add("One. Two? Three!", "Один. Два? Три!", "一。二？三！")
	f.Add("A. B. C.", "", "。。。")
	f.Fuzz(func(t *testing.T, en, ru, zh string) {
		for _, ties := range Tie(languages([]string{"en", "ru", "zh"}), [][]Part{{part(en), part(ru), part(zh)}}) {
			if ties != nil {
				wholeTies(t, ties)
			}
		}
	})
}

// TestTieIsLinear: a text of ten times as many passages takes about ten times as
// long, and one passage of very many sentences is not compared at all.
func TestTieIsLinear(t *testing.T) {
	t.Parallel()
	var passages [][]Part
	cases := readMarked(t)
	for range 300 {
		passages = append(passages, cases[0].parts)
	}
	passages = append(passages, []Part{part(strings.Repeat("Yes. No! ", 50_000)), part(strings.Repeat("Да. Нет! ", 50_000)), part(strings.Repeat("是。不！", 50_000))})
	start := time.Now()
	Tie(languages(cases[0].langs), passages)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
}
