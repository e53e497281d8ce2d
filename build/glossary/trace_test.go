package glossary_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stele/build/glossary"
)

// TestChanged: where a change of names does not touch a text, the names that are found
// in it stay, whatever the change was; and most texts are not touched.
func TestChanged(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, lang := range []string{"ru", "en", "zh"} {
		words := map[string][]string{
			"ru": strings.Fields("совет Советом министров рынка РАТС рынок государств-членов ШОС решения ёлки елка"),
			"en": strings.Fields("council Councils' minister Ministers market RATS markets member-states SCO decision's"),
			"zh": strings.Split("理事会部长市场成员国决定上合组织", ""),
		}[lang]
		some := func(n int) string {
			var out []string
			for range n {
				out = append(out, words[rng.IntN(len(words))])
			}
			if lang == "zh" {
				return strings.Join(out, "")
			}
			return strings.Join(out, " ")
		}
		touched, differ := 0, 0
		const rounds = 3000
		for range rounds {
			var a, b []glossary.Pattern
			for i := range 1 + rng.IntN(4) {
				p := glossary.Pattern{Concept: fmt.Sprint(i), Text: some(1 + rng.IntN(3)), Exact: rng.IntN(3) == 0, Rank: rng.IntN(3)}
				if rng.IntN(5) > 0 {
					a = append(a, p)
				}
				if rng.IntN(4) > 0 {
					b = append(b, p)
				}
			}
			from, to := glossary.NewMatcher(lang, a), glossary.NewMatcher(lang, b)
			change := glossary.Changed(from, to)
			text := some(1 + rng.IntN(6))
			was, trace := from.FindTraced(text)
			is := to.Find(text)
			if change == nil {
				if len(a) > 0 {
					t.Fatalf("%s: nothing is known of %v", lang, a)
				}
				continue
			}
			if change.Touches(trace) {
				touched++
			} else if !slices.Equal(was, is) {
				t.Fatalf("%s: %q is not touched by what changed between %v and %v, but %v was found and %v is", lang, text, a, b, was, is)
			}
			if !slices.Equal(was, is) {
				differ++
			}
		}
		if differ == 0 || touched > 3*differ {
			t.Errorf("%s: of %d texts %d were touched and %d differ", lang, rounds, touched, differ)
		}
	}
}
