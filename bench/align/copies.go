package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"unicode"

	"stele/build/align"
	"stele/build/markdown"
)

// A version is the lines of one language's file.
type version struct {
	lang  string
	lines []string
}

func (v version) input() align.Input {
	return align.Input{Doc: markdown.ParseLines(v.lang+".txt", v.lang, strings.Join(v.lines, "\n")+"\n")}
}

func readVersion(dir, lang string) (version, error) {
	text, err := os.ReadFile(filepath.Join(dir, lang+".txt"))
	if err != nil {
		return version{}, err
	}
	return version{lang, strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")}, nil
}

// seeded returns a source of chance that hangs on names alone, so that a copy is
// the same in every run.
func seeded(names ...string) *rand.Rand {
	h := fnv.New64a()
	for _, n := range names {
		h.Write([]byte(n + "\x00"))
	}
	return rand.New(rand.NewPCG(h.Sum64(), 1))
}

// drifted makes of a version what an older one could be: some sections are not
// there, others were dropped since, paragraphs are missing or say something else.
// None are joined: that rightly joins rows of the others.
func drifted(v version, foreign []string, rng *rand.Rand) version {
	lines := slices.Clone(v.lines)
	for range 1 + rng.IntN(2) {
		from, to := section(lines, rng)
		if to-from < len(lines)/2 {
			lines = slices.Delete(lines, from, to)
		}
	}
	for range 1 + rng.IntN(2) {
		if len(foreign) == 0 || len(lines) == 0 {
			break
		}
		from, to := section(foreign, rng)
		_, at := section(lines, rng)
		lines = slices.Insert(lines, at, foreign[from:to]...)
	}
	var out []string
	for i := range lines {
		head := strings.HasPrefix(lines[i], "#")
		switch x := rng.IntN(100); {
		case head:
			out = append(out, lines[i])
		case x < 10:
		case x < 25:
			out = append(out, reworded(lines[i], lines, 0.3, rng))
		default:
			out = append(out, lines[i])
		}
	}
	return version{v.lang, out}
}

// section returns the bounds of one section, taken by chance; without headings
// one is a few lines.
func section(lines []string, rng *rand.Rand) (from, to int) {
	var heads []int
	for i, l := range lines {
		if strings.HasPrefix(l, "#") {
			heads = append(heads, i)
		}
	}
	if len(heads) < 3 {
		from = rng.IntN(len(lines))
		return from, min(len(lines), from+2+rng.IntN(6))
	}
	n := rng.IntN(len(heads))
	if n+1 == len(heads) {
		return heads[n], len(lines)
	}
	return heads[n], heads[n+1]
}

// reworded puts words of other lines, taken by chance, in the place of a share of
// the words of a line; of text in Han every second letter of a pair is one. What
// is no word stays: marks, digits, the line's prefix.
func reworded(line string, lines []string, share float64, rng *rand.Rand) string {
	other := func() []string {
		for range 20 {
			if w := words(lines[rng.IntN(len(lines))]); len(w) > 0 {
				return w
			}
		}
		return nil
	}
	var b strings.Builder
	for _, w := range pieces(line) {
		if r := []rune(w); unicode.IsLetter(r[0]) && rng.Float64() < share {
			if o := other(); o != nil {
				w = o[rng.IntN(len(o))]
			}
		}
		b.WriteString(w)
	}
	return b.String()
}

// pieces parts a line into words, pairs of Han letters, and what is between.
func pieces(line string) []string {
	var out []string
	kind := func(r rune) int {
		switch {
		case unicode.Is(unicode.Han, r):
			return 2
		case unicode.IsLetter(r):
			return 1
		}
		return 0
	}
	last := -1
	for _, r := range line {
		k := kind(r)
		if k == last && (k != 2 || len([]rune(out[len(out)-1])) < 2) {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		last = k
	}
	return out
}

func words(line string) []string {
	return slices.DeleteFunc(pieces(line), func(w string) bool { return !unicode.IsLetter([]rune(w)[0]) })
}

// documents lists the folders of a set's documents.
func documents(root string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(root, "*", "gold.tsv"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("%s: no documents with gold.tsv", root)
	}
	sort.Strings(names)
	for i := range names {
		names[i] = filepath.Dir(names[i])
	}
	return names, nil
}

// drift prints how far one version that drifted spoils two that did not: the
// figures of two languages alone, and of the same two with a drifted third.
func (b *bench) drift(sets []string) error {
	var alone, beside count
	for _, set := range sets {
		dirs, err := documents(set)
		if err != nil {
			return err
		}
		var one, three count
		for n, dir := range dirs {
			langs, _, err := readGold(filepath.Join(dir, "gold.tsv"))
			if err != nil {
				return err
			}
			for third := range langs {
				var pair []string
				var in []align.Input
				for l, lang := range langs {
					v, err := readVersion(dir, lang)
					if err != nil {
						return err
					}
					if l != third {
						pair, in = append(pair, lang), append(in, v.input())
					}
				}
				v, err := readVersion(dir, langs[third])
				if err != nil {
					return err
				}
				foreign, err := readVersion(dirs[(n+1)%len(dirs)], langs[third])
				if err != nil {
					return err
				}
				if len(dirs) == 1 {
					foreign = version{}
				}
				old := drifted(v, foreign.lines, seeded(filepath.Base(set), filepath.Base(dir), langs[third]))
				gold, err := goldRows(dir, pair)
				if err != nil {
					return err
				}
				_, coarse, err := readGold(filepath.Join(dir, "gold.tsv"))
				if err != nil {
					return err
				}
				x := compare(normal(gold), normal(blocksOf(align.AlignWith(in, &b.par), 2)))
				rows := align.AlignWith(append(slices.Clone(in), old.input()), &b.par)
				got := normal(blocksOf(rows, 2))
				y := compare(withJoined(gold, coarse, third, got), got)
				one.add(x)
				three.add(y)
				if b.docs && y != x {
					fmt.Fprintf(b.out, "  %-30s %s  SF1 alone %.4f beside %.4f\n", filepath.Base(dir), strings.Join(pair, "-"), x.sf1(), y.sf1())
					b.wrong(rows, withJoined(gold, coarse, third, got))
				}
			}
		}
		fmt.Fprintf(b.out, "%-14s two sound languages: SF1 alone %.4f, beside one that drifted %.4f, %+.4f\n", filepath.Base(set), one.sf1(), three.sf1(), three.sf1()-one.sf1())
		alone.add(one)
		beside.add(three)
	}
	fmt.Fprintf(b.out, "%-14s two sound languages: SF1 alone %.4f, beside one that drifted %.4f, %+.4f\n", "all", alone.sf1(), beside.sf1(), beside.sf1()-alone.sf1())
	return nil
}

// wrong prints the rows of which the first two versions' blocks are not wanted.
func (b *bench) wrong(rows []align.Row, want map[row]bool) {
	for _, r := range rows {
		for key := range normal([][][]int{r.Blocks[:2]}) {
			if !want[key] {
				fmt.Fprintf(b.out, "    wrong: %v %.3f\n", r.Blocks, r.Confidence)
				break
			}
		}
	}
}

// withJoined returns the gold rows of two languages, and in place of some of them
// the one that the third language joins them to, where that was found: such a
// row is right too.
func withJoined(fine, coarse [][][]int, third int, got map[row]bool) map[row]bool {
	want := normal(fine)
	for _, r := range coarse {
		two := slices.Delete(slices.Clone(r), third, third+1)
		if sides(two) < 2 {
			continue
		}
		for key := range normal([][][]int{two}) {
			if !got[key] || want[key] {
				continue
			}
			for _, f := range fine {
				if slices.ContainsFunc(f[0], func(x int) bool { return slices.Contains(two[0], x) }) || slices.ContainsFunc(f[1], func(x int) bool { return slices.Contains(two[1], x) }) {
					for k := range normal([][][]int{f}) {
						delete(want, k)
					}
				}
			}
			want[key] = true
		}
	}
	return want
}

func (c *count) sf1() float64 { return f1(c.manyHit, c.manyGot, c.manyWant) }

// blocksOf returns the blocks of the rows' first versions, without empty rows.
func blocksOf(rows []align.Row, versions int) [][][]int {
	var out [][][]int
	for _, r := range rows {
		if c := r.Blocks[:versions]; sides(c) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// reword prints how often rows of high confidence are wrong where a share of the
// words was replaced, in one version after the other and then in all.
func (b *bench) reword(sets []string, share float64) error {
	var sure, wrong [2]int
	for _, set := range sets {
		dirs, err := documents(set)
		if err != nil {
			return err
		}
		var s, w [2]int
		for _, dir := range dirs {
			langs, _, err := readGold(filepath.Join(dir, "gold.tsv"))
			if err != nil {
				return err
			}
			gold, err := goldRows(dir, langs)
			if err != nil {
				return err
			}
			want := normal(gold)
			for which := range len(langs) + 1 { // the last is all
				var in []align.Input
				for l, lang := range langs {
					v, err := readVersion(dir, lang)
					if err != nil {
						return err
					}
					if l == which || which == len(langs) {
						rng := seeded(filepath.Base(set), filepath.Base(dir), lang, "reword")
						lines := slices.Clone(v.lines)
						for i := range lines {
							v.lines[i] = reworded(lines[i], lines, share, rng)
						}
					}
					in = append(in, v.input())
				}
				k := which / len(langs)
				for _, r := range align.AlignWith(in, &b.par) {
					if r.Confidence < 0.9 {
						continue
					}
					for key := range normal([][][]int{r.Blocks}) {
						s[k]++
						if !want[key] {
							w[k]++
							if b.docs {
								fmt.Fprintf(b.out, "  %-30s %s of %s: %q %.3f\n", filepath.Base(dir), append(langs, "all")[which], langs, key, r.Confidence)
							}
						}
					}
				}
			}
		}
		for k := range s {
			sure[k], wrong[k] = sure[k]+s[k], wrong[k]+w[k]
		}
		fmt.Fprintf(b.out, "%-14s of rows >= 0.9 wrong: one language reworded %d of %d (%.2f %%), all %d of %d (%.2f %%)\n", filepath.Base(set), w[0], s[0], 100*(1-share1(w[0], s[0])), w[1], s[1], 100*(1-share1(w[1], s[1])))
	}
	fmt.Fprintf(b.out, "%-14s of rows >= 0.9 wrong: one language reworded %d of %d (%.2f %%), all %d of %d (%.2f %%)\n", "all", wrong[0], sure[0], 100*(1-share1(wrong[0], sure[0])), wrong[1], sure[1], 100*(1-share1(wrong[1], sure[1])))
	return nil
}

// share1 is the share of what is not wrong.
func share1(wrong, all int) float64 { return share(all-wrong, all) }
