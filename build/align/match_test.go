package align

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"stele/build/markdown"

	"stele/build/doc"
)

func linesInput(lang, text string) Input {
	return Input{Doc: markdown.ParseLines(lang+".txt", lang, text)}
}

// checkRows fails the test if a block is not in exactly one row, a row's
// blocks are not ascending, or rows are out of order without being moved.
func checkRows(tb testing.TB, rows []Row, in []Input) {
	tb.Helper()
	for l := range in {
		var all []int
		for _, r := range rows {
			if !slices.IsSorted(r.Blocks[l]) {
				tb.Errorf("row %v: blocks of language %d not ascending", r.Blocks, l)
			}
			all = append(all, r.Blocks[l]...)
		}
		last := -1
		for _, r := range rows {
			if r.Moved || len(r.Blocks[l]) == 0 {
				continue
			}
			if r.Blocks[l][0] < last {
				tb.Errorf("row %v: out of order in language %d, but not marked as moved", r.Blocks, l)
			}
			last = r.Blocks[l][0]
		}
		slices.Sort(all)
		want := make([]int, len(in[l].Doc.Blocks))
		for i := range want {
			want[i] = i
		}
		if !slices.Equal(all, want) {
			tb.Errorf("language %d: rows hold blocks %v, want each of %d once", l, all, len(want))
		}
	}
	for _, r := range rows {
		if !(r.Confidence >= 0 && r.Confidence <= 1) {
			tb.Errorf("row %v: confidence %v", r.Blocks, r.Confidence)
		}
	}
}

// rowSet returns the rows with text in more than one language, in a form to
// compare, with the languages in the order given.
func rowSet(rows []Row, order []int) []string {
	var out []string
	for _, r := range rows {
		var s []string
		n := 0
		for _, l := range order {
			s = append(s, fmt.Sprint(r.Blocks[l]))
			if len(r.Blocks[l]) > 0 {
				n++
			}
		}
		if n > 1 {
			out = append(out, strings.Join(s, " "))
		}
	}
	slices.Sort(out)
	return out
}

// damaged drops, joins and exchanges lines of a text.
func damaged(text string, rng *rand.Rand) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var out []string
	for i := 0; i < len(lines); i++ {
		switch x := rng.IntN(20); {
		case x == 0:
		case x == 1 && i+1 < len(lines) && lines[i][0] != '#' && lines[i+1][0] != '#':
			out = append(out, lines[i]+lines[i+1])
			i++
		case x == 2 && i+1 < len(lines):
			out = append(out, lines[i+1], lines[i])
			i++
		default:
			out = append(out, lines[i])
		}
	}
	return strings.Join(out, "\n") + "\n"
}

func textOf(in Input) string {
	var b strings.Builder
	for _, x := range in.Doc.Blocks {
		if x.Kind == doc.Heading {
			b.WriteString("## ")
		}
		b.WriteString(x.Text + "\n")
	}
	return b.String()
}

func TestOwnSets(t *testing.T) {
	t.Parallel()
	golds, err := filepath.Glob("testdata/sets/*/gold.tsv")
	if err != nil || len(golds) == 0 {
		t.Fatalf("no sets: %v", err)
	}
	for _, gold := range golds {
		t.Run(filepath.Base(filepath.Dir(gold)), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(gold)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(string(text)), "\n")
			langs := strings.Split(strings.TrimPrefix(lines[0], "#"), "\t")
			var in []Input
			var all []int
			for l, lang := range langs {
				text, err := os.ReadFile(filepath.Join(filepath.Dir(gold), lang+".txt"))
				if err != nil {
					t.Fatal(err)
				}
				in = append(in, linesInput(lang, string(text)))
				all = append(all, l)
			}
			var want []Row
			for _, line := range lines[1:] {
				var r Row
				for c := range strings.SplitSeq(line, "\t") {
					var blocks []int
					if c != "-" {
						for s := range strings.SplitSeq(c, ",") {
							n, err := strconv.Atoi(s)
							if err != nil {
								t.Fatal(err)
							}
							blocks = append(blocks, n)
						}
					}
					r.Blocks = append(r.Blocks, blocks)
				}
				want = append(want, r)
			}
			rows := Align(in)
			checkRows(t, rows, in)
			if got, want := rowSet(rows, all), rowSet(want, all); !slices.Equal(got, want) {
				t.Errorf("rows:\ngot  %q\nwant %q", got, want)
			}
		})
	}
}

func TestEveryBlockOnce(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 7))
		in := invented(t, 40, seed)
		for l := range in {
			in[l] = linesInput(in[l].Doc.Lang, damaged(textOf(in[l]), rng))
		}
		checkRows(t, Align(in), in)
		checkRows(t, Align(in[:2]), in[:2])
		checkRows(t, Align(in[:1]), in[:1])
	}
	for _, in := range [][]Input{nil, {linesInput("en", "")}, {linesInput("en", ""), linesInput("ru", "а\n")}, {linesInput("en", "\n\n"), linesInput("ru", "\n"), linesInput("zh", "")}} {
		checkRows(t, Align(in), in)
	}
}

func TestSwappedAndRenamed(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		rng := rand.New(rand.NewPCG(seed, 8))
		in := invented(t, 40, seed)
		for l := range in {
			in[l] = linesInput(in[l].Doc.Lang, damaged(textOf(in[l]), rng))
		}
		want := Align(in)
		for _, order := range [][]int{{1, 0, 2}, {2, 1, 0}, {1, 2, 0}} {
			var other []Input
			back := make([]int, len(in))
			for i, l := range order {
				d := *in[l].Doc
				d.Lang = "x" + strconv.Itoa(i)
				other = append(other, Input{Doc: &d})
				back[l] = i
			}
			got := Align(other)
			if len(got) != len(want) {
				t.Fatalf("seed %d, order %v: %d rows, want %d", seed, order, len(got), len(want))
			}
			for i := range got {
				for l, x := range back {
					if !slices.Equal(got[i].Blocks[x], want[i].Blocks[l]) {
						t.Errorf("seed %d, order %v, row %d: got %v, want %v", seed, order, i, got[i].Blocks, want[i].Blocks)
					}
				}
				if got[i].Confidence != want[i].Confidence || got[i].Moved != want[i].Moved {
					t.Errorf("seed %d, order %v, row %d: confidence %v moved %v, want %v %v", seed, order, i, got[i].Confidence, got[i].Moved, want[i].Confidence, want[i].Moved)
				}
			}
		}
	}
}

func TestSameTextIsIdentity(t *testing.T) {
	t.Parallel()
	for _, in := range invented(t, 60, 3) {
		rows := Align([]Input{in, in, in})
		for i, r := range rows {
			if want := [][]int{{i}, {i}, {i}}; !reflect.DeepEqual(r.Blocks, want) || r.Moved {
				t.Errorf("%s: row %d is %v, moved %v; want %v", in.Doc.Lang, i, r.Blocks, r.Moved, want)
			}
		}
	}
}

func TestSameInputSameRows(t *testing.T) {
	t.Parallel()
	in := invented(t, 150, 5)
	want := Align(in)
	for range 3 {
		if got := Align(in); !reflect.DeepEqual(got, want) {
			t.Fatal("two runs over the same texts differ")
		}
	}
}

func TestTextFarAway(t *testing.T) {
	t.Parallel()
	in := invented(t, 60, 11)
	more := invented(t, 60, 12)
	rng := rand.New(rand.NewPCG(1, 9))
	var longer []Input
	for l := range in {
		in[l] = linesInput(in[l].Doc.Lang, damaged(textOf(in[l]), rng))
		longer = append(longer, linesInput(in[l].Doc.Lang, textOf(in[l])+textOf(more[l])))
	}
	all := []int{0, 1, 2}
	want := rowSet(Align(in), all)
	got := rowSet(Align(longer), all)
	missing := 0
	for _, r := range want {
		if _, ok := slices.BinarySearch(got, r); !ok {
			missing++
		}
	}
	// What is learnt from the addition may tip a row that hung in the balance.
	if missing > len(want)/50 {
		t.Errorf("%d of %d rows changed when text was added at the end", missing, len(want))
	}
}

func TestMovedSection(t *testing.T) {
	t.Parallel()
	in := invented(t, 100, 21)
	var cut []string
	parts := strings.Split(strings.TrimPrefix(textOf(in[1]), "## "), "\n## ")
	if len(parts) != 4 {
		t.Fatalf("%d sections, want 4", len(parts))
	}
	for _, i := range []int{0, 2, 1, 3} {
		cut = append(cut, "## "+strings.TrimSuffix(parts[i], "\n"))
	}
	in[1] = linesInput("ru", strings.Join(cut, "\n")+"\n")
	rows := Align(in)
	checkRows(t, rows, in)
	moved, full := 0, 0
	for _, r := range rows {
		if len(r.Blocks[0]) > 0 && len(r.Blocks[1]) > 0 && len(r.Blocks[2]) > 0 {
			full++
			if r.Moved {
				moved++
			}
		}
	}
	if full < len(rows)*9/10 || moved < 15 {
		t.Errorf("%d of %d rows have all languages, %d of them moved; want nearly all, and a section", full, len(rows), moved)
	}
}

func TestConfidenceIsModest(t *testing.T) {
	t.Parallel()
	par := Defaults()
	both, one := Row{Blocks: [][]int{{0}, {0}}}, Row{Blocks: [][]int{{0}, {}}}
	for _, p := range []float64{0.6, 0.9, 0.99} {
		if b, o := both.calibrated(p, &par), one.calibrated(p, &par); !(0.5 < o && o < b && b < p) {
			t.Errorf("certainty %v became %v for a row of one language, %v for one of two; want less for the first, and both between 0.5 and the certainty", p, o, b)
		}
	}
}

func TestLoneMovesAreDoubted(t *testing.T) {
	t.Parallel()
	par := Defaults()
	var rows []Row
	for _, moved := range []bool{true, false, true, true, false, true} {
		rows = append(rows, Row{Confidence: 0.95, Moved: moved})
	}
	doubtLone(rows, &par)
	for i, doubted := range []bool{true, false, false, false, false, true} {
		if got := rows[i].Confidence < 0.5; got != doubted {
			t.Errorf("row %d has confidence %v; want it doubted: %v", i, rows[i].Confidence, doubted)
		}
	}
}

// TestVeryLongBlocks: over a block of hundreds of sentences the likelihoods of
// the ways to its ends differ by more than a number holds.
func TestVeryLongBlocks(t *testing.T) {
	t.Parallel()
	for _, n := range []int{20, 300, 900} {
		in := invented(t, 900, 3)
		var some []Input
		for l, v := range in {
			var b strings.Builder
			for i := range v.Doc.Blocks {
				end := "\n"
				if (i > 5 && i < n) == (l < 2) {
					end = " "
				}
				b.WriteString(v.Doc.Blocks[i].Text + end)
			}
			some = append(some, Input{Doc: markdown.ParseLines("", v.Doc.Lang, b.String())})
		}
		rows := Align(some)
		for _, r := range rows {
			if !(r.Confidence >= 0 && r.Confidence <= 1) {
				t.Errorf("%d paragraphs in one: row %v has confidence %v", n, r.Blocks, r.Confidence)
			}
		}
	}
}

func TestGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	// Both take about as long, so that a busy machine slows them alike.
	few, many := invented(t, 300, 2), invented(t, 2400, 2)
	least := math.Inf(1)
	for range 3 {
		start := time.Now()
		for range 8 {
			Align(few)
		}
		small := time.Since(start) / 8
		start = time.Now()
		Align(many)
		least = min(least, float64(time.Since(start))/float64(small))
	}
	// Linear growth gives 8; the square would give 64.
	if least > 24 {
		t.Errorf("eight times the text took %.1f times as long", least)
	}
}

func FuzzAlign(f *testing.F) {
	f.Add("# A\nOne. Two.\n- x\n", "# Б\nРаз.\nДва.\n- у\n", "# 甲\n一。二。\n")
	f.Add("", "\n\n\n", "> | 1. - #")
	f.Add("[a](b\n)c](d) ((\n", "1,2,3,4.5.6 %$ 二〇二五年十万\n", "...!?…。；；\n")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if len(a)+len(b)+len(c) > 1<<14 {
			t.Skip("long texts are the benchmark's")
		}
		in := []Input{linesInput("en", a), linesInput("ru", b), linesInput("zh", c)}
		start := time.Now()
		rows := Align(in)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%d bytes took %v", len(a)+len(b)+len(c), took)
		}
		checkRows(t, rows, in)
	})
}
