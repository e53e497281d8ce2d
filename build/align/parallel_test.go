package align

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/markdown"
	"stele/build/source"
)

// edition returns the rows of single paragraphs of the edition's Strategy, in its three
// languages.
func edition(tb testing.TB) []Input {
	tb.Helper()
	var in []Input
	for _, l := range []string{"en", "ru", "zh"} {
		path := "../../content/strategy/" + l + ".md"
		text, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		d, _ := markdown.Parse(source.File{Path: path, Text: "strategy", Lang: l, Tag: l, Data: string(text)})
		in = append(in, Input{Doc: d})
	}
	rows := slices.DeleteFunc(fully(in), func(r Row) bool {
		return slices.ContainsFunc(r.Blocks, func(b []int) bool { return len(b) != 1 })
	})
	return pick(in, rows)
}

// pick returns the blocks of some rows of single blocks.
func pick(in []Input, rows []Row) []Input {
	out := make([]Input, len(in))
	for l := range in {
		d := *in[l].Doc
		d.Blocks = make([]doc.Block, len(rows))
		for i, r := range rows {
			d.Blocks[i] = in[l].Doc.Blocks[r.Blocks[l][0]]
		}
		out[l].Doc = &d
	}
	return out
}

// drawn returns n rows of a text of single blocks, in an order drawn by chance.
func drawn(in []Input, n int, rng *rand.Rand) []Input {
	var rows []Row
	for _, b := range rng.Perm(len(in[0].Doc.Blocks))[:n] {
		rows = append(rows, Row{Blocks: slices.Repeat([][]int{{b}}, len(in))})
	}
	return pick(in, rows)
}

// fully aligns without the glance.
func fully(in []Input) []Row {
	par := Defaults()
	par.Parallel = 0
	return AlignWith(in, &par)
}

// sameOutcome reports whether two results tell editors the same.
func sameOutcome(a, b Row) bool {
	return slices.EqualFunc(a.Blocks, b.Blocks, slices.Equal[[]int]) && a.Moved == b.Moved && a.Unlike == b.Unlike && a.Uncertain() == b.Uncertain()
}

// TestParallel: texts that are parallel are seen to be so, and their rows are those of
// the full method, about as sure.
func TestParallel(t *testing.T) {
	t.Parallel()
	rng, whole := rand.New(rand.NewPCG(1, 1)), edition(t)
	par := Defaults()
	taken := 0
	const texts = 60
	for range texts {
		in := drawn(whole, 40, rng)
		rows := parallel(in, &par)
		if rows == nil {
			continue
		}
		taken++
		want := fully(in)
		if !slices.EqualFunc(rows, want, sameOutcome) {
			t.Errorf("at a glance %v, the full method %v", rows, want)
			continue
		}
		for i := range rows {
			if d := rows[i].Confidence - want[i].Confidence; d < -0.3 || d > 0.3 {
				t.Errorf("row %d: confidence %.3f at a glance, %.3f by the full method", i, rows[i].Confidence, want[i].Confidence)
			}
		}
		slices.Reverse(in)
		for i, r := range parallel(in, &par) {
			if r.Confidence != rows[i].Confidence {
				t.Errorf("row %d: confidence %v, and with the versions in another order %v", i, rows[i].Confidence, r.Confidence)
			}
		}
	}
	if taken < texts*8/10 {
		t.Errorf("%d of %d parallel texts were seen to be parallel", taken, texts)
	}
}

// TestHardlyParallel: versions with as many blocks that do not all answer to one
// another are looked at in full, or at least have the rows of the full method.
func TestHardlyParallel(t *testing.T) {
	t.Parallel()
	rng, whole := rand.New(rand.NewPCG(1, 2)), edition(t)
	par := Defaults()
	// Each damages the blocks of one version; it reports false where it cannot.
	first := func(s string) int { return lang.FirstUnit(s) }
	last := func(s string) (from int) {
		for at := 0; at < len(s); {
			from = at
			at += lang.FirstUnit(s[at:])
		}
		return from
	}
	others := drawn(whole, 60, rng)
	for _, damage := range []struct {
		name string
		do   func(blocks []doc.Block, l, x int) bool
	}{
		{"neighbours changed places", func(b []doc.Block, _, x int) bool {
			b[x], b[x+1] = b[x+1], b[x]
			return b[x].Text != b[x+1].Text
		}},
		{"blocks changed places", func(b []doc.Block, _, x int) bool {
			y := (x + 5) % len(b)
			b[x], b[y] = b[y], b[x]
			return b[x].Text != b[y].Text
		}},
		{"the last sentence stands in the next", func(b []doc.Block, _, x int) bool {
			at := last(b[x].Text)
			b[x+1].Text = b[x].Text[at:] + " " + b[x+1].Text
			b[x].Text = b[x].Text[:at]
			return at > 0
		}},
		{"the first sentence stands in the one before", func(b []doc.Block, _, x int) bool {
			at := first(b[x+1].Text)
			b[x].Text += " " + b[x+1].Text[:at]
			b[x+1].Text = b[x+1].Text[at:]
			return b[x+1].Text != ""
		}},
		{"another paragraph of its length", func(b []doc.Block, l, x int) bool {
			for _, o := range others[l].Doc.Blocks {
				if n, m := len(o.Text), len(b[x].Text); o.Kind == b[x].Kind && o.Text != b[x].Text && 10*n < 13*m && 10*m < 13*n {
					b[x].Text = o.Text
					return true
				}
			}
			return false
		}},
		{"one is missing, and another was put in", func(b []doc.Block, l, x int) bool {
			y := (x + 3) % len(b)
			foreign := others[l].Doc.Blocks[x%20]
			moved := slices.Insert(slices.Delete(slices.Clone(b), x, x+1), y, foreign)
			copy(b, moved)
			return true
		}},
		{"two are one, and another is two", func(b []doc.Block, _, x int) bool {
			y := (x + 4) % (len(b) - 1)
			at := first(b[y].Text)
			if at == len(b[y].Text) || y == x || y == x+1 {
				return false
			}
			tail := b[y]
			b[y].Text, tail.Text = b[y].Text[:at], b[y].Text[at:]
			b[x].Text += " " + b[x+1].Text
			both := slices.Delete(slices.Clone(b), x+1, x+2)
			if y > x {
				y--
			}
			copy(b, slices.Insert(both, y+1, tail))
			return true
		}},
	} {
		tried, taken := 0, 0
		for range 60 {
			in := drawn(whole, 40, rng)
			l, x := rng.IntN(3), rng.IntN(39)
			if !damage.do(in[l].Doc.Blocks, l, x) {
				continue
			}
			tried++
			rows := parallel(in, &par)
			if rows == nil {
				continue
			}
			taken++
			if want := fully(in); !slices.EqualFunc(rows, want, sameOutcome) {
				t.Errorf("%s at block %d of %s: at a glance %v, the full method %v", damage.name, x, in[l].Doc.Lang, rows, want)
			}
		}
		t.Logf("%s: %d of %d were taken to be parallel all the same", damage.name, taken, tried)
	}
}

// TestNothingKnown: of words that nothing is known of, such as names that each
// language sorts by its own alphabet, the order proves nothing.
func TestNothingKnown(t *testing.T) {
	t.Parallel()
	par := Defaults()
	in := []Input{
		linesInput("en", "- Kaspian\n- Rilian\n- Tirian\n- Erlian\n- Nain\n"),
		linesInput("ru", "- Каспиан\n- Нейн\n- Рилиан\n- Тириан\n- Эрлиан\n"),
		linesInput("el", "- Κασπιαν\n- Ναιν\n- Ριλιαν\n- Τιριαν\n- Ερλιαν\n"),
	}
	if rows := parallel(in, &par); rows != nil {
		t.Errorf("taken for parallel: %v", rows)
	}
}

// FuzzOutline: no text stops the glance, and no letter is counted twice.
func FuzzOutline(f *testing.F) {
	f.Add("One (two) 3,000. Три!", "上海合作组织；2015年。Ёж [")
	f.Add("\xff\xd0", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		sk := new(sketcher)
		for _, s := range []string{a, b} {
			in := Input{Doc: &doc.Document{Blocks: []doc.Block{{Text: s}, {Text: a + b}}}, Concepts: [][]string{{s}}}
			o := sk.outline(&in)
			if o.sizes[0] > float64(len([]rune(s))) || len(o.inBlock) != 3 || int(o.inBlock[2]) != len(o.ofBlock) || int(o.part[2]) != len(o.inPart)-1 {
				t.Fatalf("%q: %+v", s, o)
			}
		}
	})
}

// BenchmarkParallel aligns forty paragraphs of the edition, in three languages.
func BenchmarkParallel(b *testing.B) {
	in := drawn(edition(b), 40, rand.New(rand.NewPCG(1, 1)))
	for _, mode := range []string{"glance", "full"} {
		b.Run(mode, func(b *testing.B) {
			par := Defaults()
			if mode == "full" {
				par.Parallel = 0
			}
			b.ReportAllocs()
			for b.Loop() {
				AlignWith(in, &par)
			}
		})
	}
}
