package record

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stele/build/align"
	"stele/build/order/ordertest"
)

// checkOrder fails the test if two rows stand one way around and all languages
// have them the other, unless rows follow one another in a circle; or if a row
// stands elsewhere in a language and is not said to have moved there.
func checkOrder(tb testing.TB, rows []Row) {
	tb.Helper()
	rows = slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Removed })
	blocks := make([][][]int, len(rows))
	for i := range rows {
		blocks[i] = rows[i].Blocks
	}
	for _, x := range ordertest.Against(blocks) {
		a, b := &rows[x[0]], &rows[x[1]]
		tb.Errorf("passage %s %v stands before %s %v, and all languages have it after", a.Number, a.Blocks, b.Number, b.Blocks)
	}
	for b := range rows {
		for a := range b {
			for l := range rows[a].Blocks {
				x, y := rows[a].Blocks[l], rows[b].Blocks[l]
				stays := func(r *Row) bool { return r.MovedIn == nil || !r.MovedIn[l] }
				if len(x) > 0 && len(y) > 0 && x[0] > y[0] && stays(&rows[a]) && stays(&rows[b]) {
					tb.Errorf("passage %s stands before %s, language %d has it after, and neither has moved", rows[a].Number, rows[b].Number, l)
				}
			}
		}
	}
}

// edited makes of the lines of a language what an editor could.
func edited(lines []string, rng *rand.Rand) []string {
	out := slices.Clone(lines)
	for range rng.IntN(4) {
		i, j := rng.IntN(len(out)), rng.IntN(len(out))
		switch rng.IntN(5) {
		case 0:
			out = moved(out, i, min(j, len(out)-1))
		case 1:
			if len(out) > 2 {
				out = without(out, i, 1)
			}
		case 2:
			out = slices.Insert(out, i, fmt.Sprintf("A paragraph about %d that nobody had before.", rng.IntN(1000)))
		case 3:
			if i+1 < len(out) && out[i][0] != '#' && out[i+1][0] != '#' {
				out = joined(out, i)
			}
		case 4:
			out[i] = strings.Replace(out[i], " ", " really ", 1)
		}
	}
	return out
}

// reconciled checks the order of a text of some languages, each edited on its
// own, without a record and with one, twice.
func reconciled(tb testing.TB, seed uint64, languages int) {
	tb.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	whole := [][]string{lawEn, lawRu}
	var texts [][]string
	in := func() (out []align.Input) {
		for l, lines := range texts {
			out = append(out, text(fmt.Sprint("l", l), lines...))
		}
		return out
	}
	for l := range languages {
		texts = append(texts, edited(whole[l%2], rng))
	}
	tab := Reconcile(in(), nil)
	checkOrder(tb, tab.Rows)
	var rec *Record
	for range 2 {
		rec = New(tab, docs(in()), rec)
		for l := range texts {
			texts[l] = edited(texts[l], rng)
		}
		tab = Reconcile(in(), rec)
		checkOrder(tb, tab.Rows)
	}
}

// TestLateVersion: a language that comes late with four blocks joins the recorded
// passages by the id of its heading.
func TestLateVersion(t *testing.T) {
	t.Parallel()
	var en, ru []string
	for n, id := range []string{"about", "edition", "status", "numbering", "errors", "makers"} {
		en = append(en, fmt.Sprintf("## Part %s {#%s}", id, id))
		ru = append(ru, fmt.Sprintf("## Часть %d {#%s}", n, id))
		for k := range 4 {
			en = append(en, lawEn[2+(n+k)%3]+" "+strings.Repeat(lawEn[6]+" ", k))
			ru = append(ru, lawRu[2+(n+k)%3]+" "+strings.Repeat(lawRu[6]+" ", k))
		}
	}
	in := []align.Input{lines("en", strings.Join(en, "\n")), lines("ru", strings.Join(ru, "\n"))}
	rec := through(t, New(Reconcile(in, nil), docs(in), nil))
	in = append(in, lines("kk", "# Заң туралы\nБұл мәтін қысқа.\n## Басылым {#edition}\nОл үш тілде.\n"))
	tab := Reconcile(in, rec)
	checkOrder(t, tab.Rows)
	for _, r := range tab.Rows {
		for _, b := range r.Blocks[2] {
			if b == 2 && (len(r.Blocks[0]) != 1 || in[0].Doc.Blocks[r.Blocks[0][0]].ID != "edition") {
				t.Errorf("the heading stands in passage %s %v", r.Number, r.Blocks)
			}
		}
	}
}

func FuzzOrder(f *testing.F) {
	for n := range uint8(6) {
		f.Add(uint64(n), n)
	}
	f.Fuzz(func(t *testing.T, seed uint64, languages uint8) { reconciled(t, seed, 2+int(languages)%34) })
}

func TestOrderAfterEdits(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		reconciled(t, seed, 2+int(seed)%5)
	}
	reconciled(t, 1, 35)
}
