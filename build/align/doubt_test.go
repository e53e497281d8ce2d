package align

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stele/build/doc"
)

// section is a heading with an id and paragraphs in made-up words of a language of
// their own, of about the sizes given.
func section(id string, rng *rand.Rand, sizes ...int) string {
	var b strings.Builder
	word := func() string {
		var w []byte
		for range 3 + rng.IntN(7) {
			w = append(w, byte('a'+rng.IntN(26)))
		}
		return string(w)
	}
	fmt.Fprintf(&b, "## %s {#%s}\n\n", word(), id)
	for _, n := range sizes {
		for range n {
			b.WriteString(word() + " ")
		}
		b.WriteString("end.\n\n")
	}
	return b.String()
}

// TestIDsAreWalls: a short version that was written late has nothing in common
// with the others but the ids of its headings.
func TestIDsAreWalls(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	var long strings.Builder
	ids := []string{"about", "edition", "status", "numbering", "errors", "licence", "makers"}
	for _, id := range ids {
		long.WriteString(section(id, rng, 30+rng.IntN(60), 20, 40, 25))
	}
	short := section("edition", rng, 12) + section("makers", rng, 9)
	in := []Input{markdownInput("en", long.String()), markdownInput("xx", short)}
	rows := Align(in)
	checkRows(t, rows, in)
	for _, r := range rows {
		for _, b := range r.Blocks[1] {
			if x := &in[1].Doc.Blocks[b]; x.Kind == doc.Heading && (len(r.Blocks[0]) != 1 || in[0].Doc.Blocks[r.Blocks[0][0]].ID != x.ID) {
				t.Errorf("heading %q stands in row %v", x.ID, r.Blocks)
			}
		}
	}
}

// TestLikenessElsewhere: a run of paragraphs was moved, and many of its words are
// others, so that it is often not found. That it has no partner is then rarely sure.
func TestLikenessElsewhere(t *testing.T) {
	t.Parallel()
	sure, all := [2]int{}, 0
	for seed := range uint64(12) {
		in := invented(t, 40, 5)
		ru := strings.Split(strings.TrimSpace(textOf(in[1])), "\n")
		rng := rand.New(rand.NewPCG(2, seed))
		others := strings.Fields(strings.Join(ru, " "))
		var run []string
		for _, l := range ru[8:13] {
			words := strings.Fields(l)
			for i := range words {
				if rng.IntN(10) < 6 {
					words[i] = others[rng.IntN(len(others))]
				}
			}
			run = append(run, strings.Join(words, " "))
		}
		in[1] = linesInput("ru", strings.Join(slices.Concat(ru[:8], ru[13:30], run, ru[30:]), "\n")+"\n")
		par := Defaults()
		for k := range sure {
			for _, r := range AlignWith(in[:2], &par) {
				if len(r.Blocks[0]) == 0 && r.Confidence >= high && r.Blocks[1][0] >= 25 && r.Blocks[1][0] < 30 {
					sure[k] += len(r.Blocks[1])
				}
			}
			par.Elsewhere = -100 // never
		}
		all += len(run)
	}
	if 4*sure[0] > 3*sure[1] {
		t.Errorf("of %d paragraphs that were moved %d are surely without partner, without the doubt %d", all, sure[0], sure[1])
	}
}

// TestUnlikeRowsAreListed: a heading beside what is none is to be looked at.
func TestUnlikeRowsAreListed(t *testing.T) {
	t.Parallel()
	lines := strings.Split(clearRU, "\n")
	lines[5] = strings.TrimPrefix(lines[5], "## ")
	in := []Input{linesInput("en", clearEN), linesInput("ru", strings.Join(lines, "\n"))}
	for _, r := range Align(in) {
		want := len(r.Blocks[0]) > 0 && len(r.Blocks[1]) > 0 && r.Blocks[0][0] == 5
		if r.Unlike != want || want && !r.Uncertain() {
			t.Errorf("row %v: unlike %t, uncertain %t; want %t", r.Blocks, r.Unlike, r.Uncertain(), want)
		}
	}
}

// TestCodeNeverClosed: of a version in which code was never closed the rest of the
// file is one block. It costs its own column only.
func TestCodeNeverClosed(t *testing.T) {
	t.Parallel()
	in := invented(t, 40, 7)
	var texts []string
	for l := range in {
		texts = append(texts, strings.ReplaceAll(strings.TrimSpace(textOf(in[l])), "\n", "\n\n"))
	}
	cut := strings.Split(texts[1], "\n\n")
	texts[1] = strings.Join(cut[:10], "\n\n") + "\n\n```\n" + strings.Join(cut[10:], "\n\n")
	in = nil
	for l, lang := range []string{"en", "ru", "zh"} {
		in = append(in, markdownInput(lang, texts[l]))
	}
	alone := rowSet(Align([]Input{in[0], in[2]}), []int{0, 1})
	beside := rowSet(Align(in), []int{0, 2})
	same := 0
	for _, r := range beside {
		if slices.Contains(alone, r) {
			same++
		}
	}
	if same < len(alone)-2 {
		t.Errorf("%d of %d rows of the two sound versions are as they are alone:\n%q\n%q", same, len(alone), alone, beside)
	}
}

// TestWhatHubsLack: of many versions a few have a section that the others lack.
func TestWhatHubsLack(t *testing.T) {
	t.Parallel()
	var in []Input
	for l := range 12 {
		text := []string{clearEN, clearRU, clearZH}[l%3]
		if l >= 9 {
			at := strings.LastIndex(text, "## ")
			text = text[:at] + []string{
				"## Grammar\nThe railway of 1887 has 412 bridges.\nFerries carry 77 horses to Ottawa.\n",
				"## Грамматика\nНа железной дороге 1887 года 412 мостов.\nПаромы везут 77 лошадей в Оттаву.\n",
				"## 语法\n1887年的铁路有412座桥。\n渡轮运送77匹马去渥太华。\n",
			}[l%3] + text[at:]
		}
		in = append(in, linesInput(fmt.Sprint(l), text))
	}
	rows := Align(in)
	checkRows(t, rows, in)
	for _, r := range rows {
		if b := r.Blocks[9]; len(b) == 1 && (b[0] == 7 || b[0] == 8) && (!slices.Equal(r.Blocks[10], b) || !slices.Equal(r.Blocks[11], b)) {
			t.Errorf("row %v: what the last three versions alone have is not in one row", r.Blocks)
		}
	}
}
