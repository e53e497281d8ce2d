package align

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stele/build/markdown"
	"stele/build/order/ordertest"
	"stele/build/source"
)

// checkOrder fails the test if a row's blocks do not follow one another in some
// version; if rows that are not moved stand in another order than some version has
// them in; or if any two stand in another than all versions have them in, unless
// rows follow one another in a circle.
func checkOrder(tb testing.TB, rows []Row) {
	tb.Helper()
	blocks := make([][][]int, len(rows))
	for i := range rows {
		blocks[i] = rows[i].Blocks
	}
	for _, x := range ordertest.Against(blocks) {
		tb.Errorf("row %v stands before row %v, and all versions have them the other way around", blocks[x[0]], blocks[x[1]])
	}
	for i, r := range rows {
		for l, blocks := range r.Blocks {
			for n := 1; n < len(blocks); n++ {
				if blocks[n] != blocks[n-1]+1 {
					tb.Errorf("row %v: the blocks of version %d do not follow one another", r.Blocks, l)
				}
			}
		}
		for _, s := range rows[:i] {
			if r.Moved || s.Moved {
				continue
			}
			for l := range r.Blocks {
				if len(r.Blocks[l]) > 0 && len(s.Blocks[l]) > 0 && s.Blocks[l][0] > r.Blocks[l][0] {
					tb.Errorf("row %v stands before row %v, and version %d has them the other way around", s.Blocks, r.Blocks, l)
				}
			}
		}
	}
}

// olderCopies makes n versions of the invented text, each with damage of its own
// and some of them with sections dropped, doubled in another place, or foreign.
func olderCopies(tb testing.TB, n int, rng *rand.Rand) []Input {
	in, foreign := invented(tb, 30, rng.Uint64()), invented(tb, 30, rng.Uint64())
	var out []Input
	for i := range n {
		l := i % len(in)
		lines := strings.Split(strings.TrimSpace(textOf(in[l])), "\n")
		if rng.IntN(2) == 0 {
			from := rng.IntN(len(lines))
			lines = slices.Delete(lines, from, min(len(lines), from+rng.IntN(8)))
		}
		if rng.IntN(3) == 0 {
			other := strings.Split(strings.TrimSpace(textOf(foreign[l])), "\n")
			from := rng.IntN(len(other))
			lines = slices.Insert(lines, rng.IntN(len(lines)+1), other[from:min(len(other), from+6)]...)
		}
		text := strings.Join(lines, "\n") + "\n"
		if rng.IntN(2) == 0 {
			text = damaged(text, rng)
		}
		out = append(out, linesInput(fmt.Sprint(in[l].Doc.Lang, i), text))
	}
	return out
}

func TestOrderIsSacred(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 2, 3, 3, 3, 4, 5, 6, 9} {
		for seed := range uint64(2) {
			in := olderCopies(t, n, rand.New(rand.NewPCG(seed, uint64(n))))
			rows := Align(in)
			checkRows(t, rows, in)
			checkOrder(t, rows)
		}
	}
}

func FuzzOrder(f *testing.F) {
	f.Add(uint64(1), uint8(2))
	f.Add(uint64(2), uint8(3))
	f.Add(uint64(3), uint8(6))
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		in := olderCopies(t, 2+int(n)%34, rand.New(rand.NewPCG(seed, 3)))
		rows := Align(in)
		checkRows(t, rows, in)
		checkOrder(t, rows)
	})
}

func markdownInput(lang, text string) Input {
	d, _ := markdown.Parse(source.File{Path: lang + ".md", Lang: lang, Tag: lang, Data: text})
	return Input{Doc: d}
}

// TestListRunIntoParagraph: what one version has as a list another has as lines of
// one paragraph.
func TestListRunIntoParagraph(t *testing.T) {
	t.Parallel()
	in := []Input{
		markdownInput("en", "# Rights\n\nYou may:\n\n1. Learn from form AB-12 what data we hold (open 9:00 to 17:00).\n2. Ask for a copy\n3. Take it elsewhere\n4. Have it put right\n5. Have it deleted\n6. Object to its use\n7. Complain to the authority. Write to us first at [privacy@example.org](mailto:privacy@example.org) or +44 20 7946 0000.\n\nTo do any of these, write to us.\n"),
		markdownInput("zh", "# 权利\n\n您可以：\n\n1.从AB-12表格了解我们持有哪些数据（9:00至17:00）。\n2.索取副本\n3.转移到别处\n4.予以更正\n5.予以删除\n6.反对使用\n7.向主管机关投诉。请先联系我们：[privacy@example.org](mailto:privacy@example.org) 或 +44 20 7946 0000。\n\n如需行使这些权利，请与我们联系。\n"),
	}
	rows := Align(in)
	checkRows(t, rows, in)
	checkOrder(t, rows)
	got := rowSet(rows, []int{0, 1})
	if !slices.Contains(got, "[2 3 4 5 6 7 8] [2]") {
		t.Errorf("got %q; want the list and the paragraph in one row", got)
	}
}

// TestCodeTiesWithCode: a section with code that one version lacks takes no
// clause of another section.
func TestCodeTiesWithCode(t *testing.T) {
	t.Parallel()
	en := "## Rules\n\n1. The interface is described.\n\n1. The order compares X, then Y, then Z; x, y, z, A, B, C and a, b, c by the alphabet, 0 1 2 3 4 5 6 7 8 9 as numbers: 1.0.0-alpha < 1.0.0.\n\n## Questions\n\nBegin with 0.1.0.\n"
	ru := "## Правила\n\n1. Интерфейс описан.\n\n## Грамматика\n\n```\n<digit> ::= \"0\" | \"1\" | \"2\" | \"3\" | \"4\" | \"5\" | \"6\" | \"7\" | \"8\" | \"9\"\n<letter> ::= \"A\" | \"B\" | \"C\" | \"X\" | \"Y\" | \"Z\" | \"a\" | \"b\" | \"c\" | \"x\" | \"y\" | \"z\"\n```\n\n## Вопросы\n\nНачните с 0.1.0.\n"
	in := []Input{markdownInput("en", en), markdownInput("ru", ru)}
	for _, r := range Align(in) {
		if slices.Contains(r.Blocks[1], 3) && len(r.Blocks[0]) > 0 {
			t.Errorf("the code stands in row %v", r.Blocks)
		}
	}
}
