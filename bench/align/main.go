// Align measures the aligner on folders of texts with known alignments.
//
//	go run ./bench/align [-docs] [-mode pair|tri] SET...
//	go run ./bench/align -vary [-only NAMES] SET...
//	go run ./bench/align -drift SET...
//	go run ./bench/align -reword 0.5 SET...
//	go run ./bench/align -set NAME=VALUE …
//	go run ./bench/align -alone en,zh FOLDER...
//	go run ./bench/align -many 40 SET...
//	go run ./bench/align -tsv FILE FILE [FILE...]
//
// With -vary each of the aligner's parameters is made a fifth less and then a
// quarter more, all others as they are, and the change of AF1 over all sets and
// pairs is printed; -only names the parameters to vary, as in Words,Kinds.Other.
//
// With -drift one version of each document is made an older one, and the figures
// of the two others beside it are printed next to what they are alone. With
// -reword a share of the words is replaced by others, and how many of the rows of
// a confidence of 0.9 or more are wrong is printed. With -alone two languages of
// folders of texts in several (en.md, zh.md, ru.md) are aligned alone and with the
// others beside them, and in how many texts their rows are the same is printed.
// With -many each text is given more languages, made of those that it has, and what
// becomes of rows, confidence and time is printed. Files that end in .md are read as
// Markdown.
//
// A set is a folder of documents; a document is a folder with one file per
// language, one block a line (en.txt, zh.txt …), and gold.tsv: a header that
// names the languages, then one row a line with the line numbers from 0, parted
// by commas, "-" for none. Where a pair of languages has finer rows than
// gold.tsv, gold-en-zh.tsv and so on hold them.
//
// Figures are summed over a set's documents. Strict precision, recall and F1
// count rows that match exactly and have text in at least two languages; AF1
// counts one-sided rows too, each block by itself; LF1 is over linked pairs of
// blocks.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"stele/build/align"
	"stele/build/markdown"
	"stele/build/source"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("align", flag.ContinueOnError)
	fs.SetOutput(stderr)
	tsv := fs.Bool("tsv", false, "print the rows of the files given")
	set := fs.String("set", "", "set parameters, as in \"Glue=0.7 Join=0.2\"")
	docs := fs.Bool("docs", false, "print each document")
	half := fs.String("half", "", "only documents with an even (dev) or odd (test) place in their set")
	mode := fs.String("mode", "pair", "pair or tri")
	trust := fs.Bool("trust", false, "print how often rows of each confidence are right")
	vary := fs.Bool("vary", false, "print what the sets' figures are with each parameter less and more")
	only := fs.String("only", "", "with -vary, the parameters to vary, parted by commas")
	drift := fs.Bool("drift", false, "print what a drifted version costs the two others")
	reword := fs.Float64("reword", 0, "print how often sure rows are wrong where this share of the words is replaced")
	alone := fs.String("alone", "", "print in how many texts these two `languages` align as they do alone")
	many := fs.Int("many", 0, "print what becomes of rows and time with up to this many languages")
	if err := fs.Parse(args); err != nil || fs.NArg() == 0 {
		return 2
	}
	out := bufio.NewWriter(stdout)
	defer out.Flush()
	b := &bench{out: out, docs: *docs, half: *half, tri: *mode == "tri", par: align.Defaults()}
	for _, s := range strings.Fields(*set) {
		name, value, _ := strings.Cut(s, "=")
		x, err := strconv.ParseFloat(value, 64)
		at := reflect.ValueOf(&b.par).Elem().FieldByName(name)
		if err != nil || !at.IsValid() || !at.CanFloat() && !at.CanInt() {
			fmt.Fprintf(stderr, "-set: %q is no parameter and its value\n", s)
			return 2
		}
		if at.CanInt() {
			at.SetInt(int64(x))
			continue
		}
		at.SetFloat(x)
	}
	if *tsv {
		if err := printRows(out, fs.Args(), &b.par); err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
		return 0
	}
	if *vary {
		if err := b.vary(fs.Args(), *only); err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
		return 0
	}
	if *drift || *reword > 0 || *alone != "" || *many > 0 {
		err := error(nil)
		switch {
		case *drift:
			err = b.drift(fs.Args())
		case *reword > 0:
			err = b.reword(fs.Args(), *reword)
		case *many > 0:
			err = b.many(fs.Args(), *many)
		default:
			pair := strings.Split(*alone, ",")
			if len(pair) != 2 {
				return 2
			}
			err = b.alone(fs.Args(), pair)
		}
		if err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
		return 0
	}
	for _, set := range fs.Args() {
		if _, err := b.set(set); err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
		out.Flush()
	}
	if *trust {
		b.trust()
	}
	return 0
}

// lang is the language that a file's name tells: "en.txt", "strategy.ru.txt".
func lang(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return name[strings.LastIndexByte(name, '.')+1:]
}

func read(path string) (align.Input, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return align.Input{}, err
	}
	if filepath.Ext(path) == ".md" {
		d, _ := markdown.Parse(source.File{Path: path, Text: "text", Lang: lang(path), Tag: lang(path), Data: string(text)})
		return align.Input{Doc: d}, nil
	}
	return align.Input{Doc: markdown.ParseLines(path, lang(path), string(text))}, nil
}

func printRows(w io.Writer, paths []string, par *align.Parameters) error {
	var in []align.Input
	for _, p := range paths {
		v, err := read(p)
		if err != nil {
			return err
		}
		in = append(in, v)
	}
	fmt.Fprint(w, "#row")
	for _, v := range in {
		fmt.Fprint(w, "\t", v.Doc.Lang)
	}
	fmt.Fprintln(w, "\tconfidence")
	for i, r := range align.AlignWith(in, par) {
		fmt.Fprint(w, i+1)
		for _, c := range r.Blocks {
			fmt.Fprint(w, "\t", cell(c))
		}
		fmt.Fprintf(w, "\t%.3f\n", r.Confidence)
	}
	return nil
}

func cell(blocks []int) string {
	if len(blocks) == 0 {
		return "-"
	}
	var s []string
	for _, b := range blocks {
		s = append(s, strconv.Itoa(b))
	}
	return strings.Join(s, ",")
}

// A row is its cells as text, "3,4\t5"; equal rows have equal texts.
type row = string

// bench runs sets and prints their figures.
type bench struct {
	out  io.Writer
	docs bool
	half string
	tri  bool
	par  align.Parameters
	// bins count rows by confidence in steps of 0.05: all, and right ones.
	bins, right [21]int
}

// count is what two tables have in common.
type count struct{ hit, got, want, manyHit, manyGot, manyWant, linkHit, linkGot, linkWant int }

func (c *count) add(o count) {
	c.hit += o.hit
	c.got += o.got
	c.want += o.want
	c.manyHit += o.manyHit
	c.manyGot += o.manyGot
	c.manyWant += o.manyWant
	c.linkHit += o.linkHit
	c.linkGot += o.linkGot
	c.linkWant += o.linkWant
}

func f1(hit, got, want int) float64 {
	if got+want == 0 {
		return 1
	}
	return 2 * float64(hit) / float64(got+want)
}

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// set prints the figures of a set and returns its mean AF1.
func (b *bench) set(root string) (float64, error) {
	names, err := filepath.Glob(filepath.Join(root, "*", "gold.tsv"))
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("%s: no documents with gold.tsv", root)
	}
	sort.Strings(names)
	langs, _, err := readGold(names[0])
	if err != nil {
		return 0, err
	}
	groups := [][]string{langs}
	if !b.tri {
		groups = nil
		for i := range langs {
			for j := i + 1; j < len(langs); j++ {
				groups = append(groups, []string{langs[i], langs[j]})
			}
		}
	}
	mean := 0.0
	for _, group := range groups {
		var total count
		start := time.Now()
		for n, name := range names {
			if b.half == "dev" && n%2 == 1 || b.half == "test" && n%2 == 0 {
				continue
			}
			c, err := b.doc(filepath.Dir(name), group)
			if err != nil {
				return 0, err
			}
			total.add(c)
			if b.docs {
				fmt.Fprintf(b.out, "  %-40s AF1 %.3f\n", filepath.Base(filepath.Dir(name)), f1(c.hit, c.got, c.want))
			}
		}
		af := f1(total.hit, total.got, total.want)
		mean += af / float64(len(groups))
		fmt.Fprintf(b.out, "%-14s %-9s P %.3f R %.3f SF1 %.3f AF1 %.3f  links P %.3f R %.3f LF1 %.3f  %.2f s\n", filepath.Base(root), strings.Join(group, "-"),
			share(total.manyHit, total.manyGot), share(total.manyHit, total.manyWant), f1(total.manyHit, total.manyGot, total.manyWant), af,
			share(total.linkHit, total.linkGot), share(total.linkHit, total.linkWant), f1(total.linkHit, total.linkGot, total.linkWant), time.Since(start).Seconds())
	}
	fmt.Fprintf(b.out, "%-14s mean AF1 %.4f\n", filepath.Base(root), mean)
	return mean, nil
}

func (b *bench) doc(dir string, group []string) (count, error) {
	var in []align.Input
	for _, l := range group {
		v, err := read(filepath.Join(dir, l+".txt"))
		if err != nil {
			return count{}, err
		}
		in = append(in, v)
	}
	gold, err := goldRows(dir, group)
	if err != nil {
		return count{}, err
	}
	rows := align.AlignWith(in, &b.par)
	got := make([][][]int, 0, len(rows))
	for _, r := range rows {
		got = append(got, r.Blocks)
	}
	want := normal(gold)
	for _, r := range rows {
		for key := range normal([][][]int{r.Blocks}) {
			bin := int(r.Confidence * 20)
			b.bins[bin]++
			if want[key] {
				b.right[bin]++
			}
		}
	}
	return compare(want, normal(got)), nil
}

// trust prints the calibration.
func (b *bench) trust() {
	for i, n := range b.bins {
		if n > 0 {
			fmt.Fprintf(b.out, "confidence %.2f: %6d rows, %.3f right\n", float64(i)/20, n, share(b.right[i], n))
		}
	}
	n, r := b.bins[18]+b.bins[19]+b.bins[20], b.right[18]+b.right[19]+b.right[20]
	all := 0
	for _, x := range b.bins {
		all += x
	}
	fmt.Fprintf(b.out, "confidence >= 0.9: %d of %d rows, %.4f wrong\n", n, all, 1-share(r, n))
}

// readGold reads a table of gold rows.
func readGold(path string) ([]string, [][][]int, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	var rows [][][]int
	for n, line := range lines[1:] {
		var r [][]int
		for c := range strings.SplitSeq(line, "\t") {
			var blocks []int
			if c != "-" {
				for s := range strings.SplitSeq(c, ",") {
					x, err := strconv.Atoi(s)
					if err != nil {
						return nil, nil, fmt.Errorf("%s:%d: %w", path, n+2, err)
					}
					blocks = append(blocks, x)
				}
			}
			r = append(r, blocks)
		}
		rows = append(rows, r)
	}
	return strings.Split(strings.TrimPrefix(lines[0], "#"), "\t"), rows, nil
}

func goldRows(dir string, group []string) ([][][]int, error) {
	if len(group) == 2 {
		if _, rows, err := readGold(filepath.Join(dir, "gold-"+strings.Join(group, "-")+".tsv")); err == nil {
			return rows, nil
		}
	}
	langs, rows, err := readGold(filepath.Join(dir, "gold.tsv"))
	if err != nil {
		return nil, err
	}
	var out [][][]int
	for _, r := range rows {
		var picked [][]int
		for _, l := range group {
			i := slices.Index(langs, l)
			if i < 0 || i >= len(r) {
				return nil, fmt.Errorf("%s: gold.tsv has no column %q", dir, l)
			}
			picked = append(picked, r[i])
		}
		out = append(out, picked)
	}
	return out, nil
}

// normal parts one-sided rows into single blocks.
func normal(rows [][][]int) map[row]bool {
	out := map[row]bool{}
	key := func(r [][]int) row {
		var s []string
		for _, c := range r {
			c = slices.Clone(c)
			slices.Sort(c)
			s = append(s, cell(c))
		}
		return strings.Join(s, "\t")
	}
	for _, r := range rows {
		if sides(r) > 1 {
			out[key(r)] = true
			continue
		}
		for l, c := range r {
			for _, x := range c {
				one := make([][]int, len(r))
				one[l] = []int{x}
				out[key(one)] = true
			}
		}
	}
	return out
}

func sides(r [][]int) int {
	n := 0
	for _, c := range r {
		if len(c) > 0 {
			n++
		}
	}
	return n
}

// compare counts what two tables share.
func compare(want, got map[row]bool) count {
	var c count
	c.got, c.want = len(got), len(want)
	for r := range want {
		if got[r] {
			c.hit++
		}
		if !oneSided(r) {
			c.manyWant++
			if got[r] {
				c.manyHit++
			}
		}
	}
	for r := range got {
		if !oneSided(r) {
			c.manyGot++
		}
	}
	a, b := links(want), links(got)
	c.linkGot, c.linkWant = len(b), len(a)
	for l := range a {
		if b[l] {
			c.linkHit++
		}
	}
	return c
}

func oneSided(r row) bool {
	n := 0
	for c := range strings.SplitSeq(r, "\t") {
		if c != "-" {
			n++
		}
	}
	return n < 2
}

func links(rows map[row]bool) map[string]bool {
	out := map[string]bool{}
	for r := range rows {
		cells := strings.Split(r, "\t")
		for a := range cells {
			for b := a + 1; b < len(cells); b++ {
				if cells[a] == "-" || cells[b] == "-" {
					continue
				}
				for i := range strings.SplitSeq(cells[a], ",") {
					for j := range strings.SplitSeq(cells[b], ",") {
						out[fmt.Sprint(a, i, b, j)] = true
					}
				}
			}
		}
	}
	return out
}
