package sentence

import (
	"fmt"
	"maps"
	"math"
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

func readMarked(t *testing.T, path string) []marked {
	t.Helper()
	data, err := os.ReadFile(path)
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
	cases := readMarked(t, "testdata/passages.txt")
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

// TestKinds: passages of other kinds and languages, those of the same languages as
// one text. The floor is what holds: what is hard yet are sentences of which each
// language has one that the other leaves out, and a change of order in a short text
// of which few words are known.
func TestKinds(t *testing.T) {
	t.Parallel()
	right, found, wanted, n := 0, 0, 0, 0
	for _, path := range []string{"testdata/kinds.txt", "testdata/unseen.txt"} {
		texts := map[string][]marked{}
		for _, m := range readMarked(t, path) {
			key := strings.Join(m.langs, " ")
			texts[key] = append(texts[key], m)
		}
		r, f, w, whole, of := 0, 0, 0, 0, 0
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			var passages [][]Part
			for _, m := range texts[key] {
				passages = append(passages, m.parts)
			}
			for i, ties := range Tie(languages(strings.Fields(key)), passages) {
				m := texts[key][i]
				for l := range m.langs {
					if len(ties.Sentences[l]) != len(m.groups[l]) {
						t.Fatalf("%q has %d sentences, want %d", m.parts[l].Blocks[0].Text, len(ties.Sentences[l]), len(m.groups[l]))
					}
				}
				want, got := pairsOf(len(m.langs), func(l int) []string { return m.groups[l] }), pairsOf(len(m.langs), ties.groupsOf)
				f, w, of = f+len(got), w+len(want), of+1
				for p := range got {
					if want[p] {
						r++
					}
				}
				if maps.Equal(got, want) {
					whole++
				}
			}
		}
		t.Logf("%s: %d of %d passages as marked, F1 %.4f", path, whole, of, 2*float64(r)/float64(f+w))
		right, found, wanted, n = right+r, found+f, wanted+w, n+of
	}
	f1 := 2 * float64(right) / float64(found+wanted)
	t.Logf("%d passages: F1 %.4f", n, f1)
	if f1 < 0.93 || n < 150 {
		t.Errorf("F1 %.4f of %d passages", f1, n)
	}
}

// TestJoinedPassages: any two of the marked passages in the same languages make a
// longer one, of which every tie is known.
func TestJoinedPassages(t *testing.T) {
	t.Parallel()
	right, found, wanted, n := 0, 0, 0, 0
	cases := readMarked(t, "testdata/passages.txt")
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
	cases := readMarked(t, "testdata/passages.txt")
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

// TestManyShare: a passage of as many sentences as are compared, in many languages,
// where every sentence has what every other has. The languages are not as long as
// one another, so that all must be read.
func TestManyShare(t *testing.T) {
	t.Parallel()
	tags := strings.Fields("en ru zh de fr es it pl uk ar ja ko")
	unequal := func(n int) (parts []Part) {
		for l := range n {
			var b strings.Builder
			for i := range most - l%2 {
				fmt.Fprintf(&b, "Is it “5” (or 17): 1789, 1812, 1848, 1871, 1905, 1917, 1945, 1949, 1961, 1991 and %d? ", 2000+i%3)
			}
			parts = append(parts, part(b.String()))
		}
		return parts
	}
	start := time.Now()
	ties := Tie(languages(tags), [][]Part{unequal(12)})[0]
	if took := time.Since(start); took > 15*time.Second { // to weigh every clue for every two sentences takes a minute
		t.Errorf("took %v", took)
	}
	wholeTies(t, ties)
	if len(ties.Groups) < most/2 {
		t.Errorf("%d groups", len(ties.Groups))
	}
	// Of still more languages nothing is compared.
	many := Tie(languages(slices.Repeat(tags, 4)), [][]Part{unequal(48)})[0]
	wholeTies(t, many)
	if len(many.Groups) != 1 || many.Sure() {
		t.Errorf("%d groups, sure %v", len(many.Groups), many.Sure())
	}
	for n := range 20 {
		langs, p := languages(slices.Repeat(tags, 2)[:n]), passage{sentences: make([][]Sentence, n), sizes: make([][]float64, n)}
		have := make([]int, n)
		for l := range have {
			have[l] = l
		}
		if got := len(newTier(langs).pairs(make([]Part, n), &p, have)); got != pairCount(n) {
			t.Errorf("%d languages are compared in %d pairs, not %d", n, got, pairCount(n))
		}
	}
}

// TestClues: numbers are the same however large, and whatever asks is a question.
func TestClues(t *testing.T) {
	t.Parallel()
	keys := func(tag, s string) (out []uint64) {
		var rd reader
		l := lang.Of(tag)
		rd.begin(l)
		rd.read(0, 0, s, glance)
		for _, c := range rd.clues {
			out = append(out, c.key)
		}
		return out
	}
	for _, c := range []struct {
		tag, s   string
		tag2, s2 string
		same     bool
	}{
		{"en", "12345678901234567890123", "ru", "12345678901234567890123", true},
		{"en", "12345678901234567890123", "ru", "99945678901234567890123", false},
		{"en", "18446744073709551616", "ru", "36893488147419103232", false},
		{"en", "1", "ru", "65536", false},
		{"en", "3.14", "ru", "3,14", true},
		{"en", "3.14", "ru", "3,15", false},
		{"en", "?", "el", ";", true},
		{"en", "?", "el", "\u037e", true},
		{"en", "?", "zh", "？", true},
	} {
		if got := slices.Equal(keys(c.tag, c.s), keys(c.tag2, c.s2)); got != c.same || len(keys(c.tag, c.s)) == 0 {
			t.Errorf("%s and %s: the same %v, want %v", c.s, c.s2, got, c.same)
		}
	}
	if k := keys("en", ";"); len(k) > 0 {
		t.Errorf("an English semicolon is a clue: %x", k)
	}
	if number(math.Inf(1)) == number(1e308) || number(0.1+0.2) != number(0.3) {
		t.Error("a number without end is another, or one is not what it is reckoned to")
	}
}
