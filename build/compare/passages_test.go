package compare

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// version reads passages from lines such as "5.3 text | текст" and, for one that
// is gone or was divided, "5.4 -> 5.3" and "5.3 text | текст -> 5.3a".
func version(lines string) []Passage {
	var out []Passage
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		line, parts, _ := strings.Cut(line, "->")
		number, texts, _ := strings.Cut(line, " ")
		p := Passage{Number: number, Parts: strings.Fields(parts), Texts: make([]string, 2)}
		for l, s := range strings.SplitN(texts, "|", 2) {
			p.Texts[l] = strings.TrimSpace(s)
		}
		out = append(out, p)
	}
	return out
}

// told writes changes out, all but those of what stayed as it was.
func told(before, after []Passage, changes []Change) string {
	var b strings.Builder
	numbers := func(all []Passage, which []int) string {
		var out []string
		for _, i := range which {
			out = append(out, all[i].Number)
		}
		return strings.Join(out, "+")
	}
	for _, c := range changes {
		if c.Same() {
			continue
		}
		fmt.Fprintf(&b, "%s %s>%s", c.Kind, numbers(before, c.Before), numbers(after, c.After))
		if c.Moved {
			b.WriteString(" moved")
		}
		for _, l := range c.Langs {
			b.WriteString(" " + strconv.Itoa(l))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestPassages(t *testing.T) {
	t.Parallel()
	const old = "1 one | один\n1.1 two | два\n1.2 three | три\n2 four | четыре\n2.1 five | пять\n2.2 six | шесть\n"
	for _, c := range []struct{ name, before, after, want string }{
		{"nothing", old, old, ""},
		{"one language", old, strings.Replace(old, "три", "3", 1), "changed 1.2>1.2 1\n"},
		{"inserted", old, strings.Replace(old, "1.2", "1.1a new | новый\n1.2", 1), "inserted >1.1a 0 1\n"},
		{"removed", old, strings.Replace(old, "1.2 three | три\n", "1.2\n", 1), "removed 1.2> 0 1\n"},
		{"removed, and no trace of it", old, strings.Replace(old, "1 one | один\n", "", 1), "removed 1> 0 1\n"},
		{"joined", old, strings.Replace(strings.Replace(old, "1.1 two | два\n", "1.1 two three | два три\n", 1), "1.2 three | три\n", "1.2 -> 1.1\n", 1), "joined 1.1+1.2>1.1\n"},
		{"joined and changed", old, strings.Replace(strings.Replace(old, "1.1 two | два\n", "1.1 two three | два, три\n", 1), "1.2 three | три\n", "1.2 -> 1.1\n", 1), "joined 1.1+1.2>1.1 1\n"},
		{"divided", strings.Replace(old, "1.1 two | два\n", "1.1 two bis | два бис\n", 1), strings.Replace(old, "1.1 two | два\n", "1.1 two | два -> 1.1a\n1.1a bis | бис\n", 1), "divided 1.1>1.1+1.1a\n"},
		{"divided long ago", strings.Replace(old, "1.1 two | два\n", "1.1 two | два -> 1.2\n", 1), strings.Replace(old, "1.1 two | два\n", "1.1 two | два -> 1.2\n", 1), ""},
		{"moved", old, "1 one | один\n2 four | четыре\n2.1 five | пять\n1.1 two | два\n1.2 three | три\n2.2 six | шесть\n", "kept 1.1>1.1 moved\nkept 1.2>1.2 moved\n"},
		{"moved and changed", old, "1 one | один\n1.2 three | три\n2 four | четыре\n2.1 five | пять\n2.2 six | шесть\n1.1 zwei | два\n", "changed 1.1>1.1 moved 0\n"},
		{"what followed what moved", old, "1 one | один\n2 four | четыре\n2.1 five | пять\n2.2 six | шесть\n1.1 two | два\n", "removed 1.2> 0 1\nkept 1.1>1.1 moved\n"},
		{"joined in chinese", "1 会议公开举行。 | a\n2 议程于会前公布。 | b", "1 会议公开举行。议程于会前公布。 | a b\n2 -> 1", "joined 1+2>1\n"},
		{"joined in chinese and changed", "1 会议公开举行。 | a\n2 议程于会前公布。 | b", "1 会议公开举行。议程于会后公布。 | a b\n2 -> 1", "joined 1+2>1 0\n"},
		{"no change", "1 a \"b\" | а", "1 a  “b” | а", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			before, after := version(c.before), version(c.after)
			if got := told(before, after, Passages(before, after, []int{0, 1})); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// TestPassagesAreWhole: each passage of either version is in one change, and the
// later version comes in its order.
func TestPassagesAreWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) []Passage {
			numbers := rapid.SliceOfNDistinct(rapid.IntRange(1, 12), 0, 12, rapid.ID).Draw(t, name)
			var out []Passage
			for _, n := range numbers {
				p := Passage{Number: strconv.Itoa(n), Texts: []string{rapid.SampledFrom([]string{"", "a", "b", "a b"}).Draw(t, "text"), rapid.SampledFrom([]string{"", "а", "б"}).Draw(t, "текст")}}
				for _, k := range rapid.SliceOfN(rapid.IntRange(1, 12), 0, 2).Draw(t, "parts") {
					p.Parts = append(p.Parts, strconv.Itoa(k))
				}
				out = append(out, p)
			}
			return out
		}
		before, after := draw("before"), draw("after")
		var olds, news []int
		first := -1
		for _, c := range Passages(before, after, []int{0, 1}) {
			olds, news = append(olds, c.Before...), append(news, c.After...)
			if len(c.After) > 0 {
				if c.After[0] <= first {
					t.Fatalf("%v: out of order", c)
				}
				first = c.After[0]
			}
		}
		for _, side := range []struct {
			all  []Passage
			seen []int
		}{{before, olds}, {after, news}} {
			slices.Sort(side.seen)
			var want []int
			for i := range side.all {
				if !side.all[i].gone() {
					want = append(want, i)
				}
			}
			if !slices.Equal(side.seen, want) {
				t.Fatalf("passages %v, want %v", side.seen, want)
			}
		}
	})
}
