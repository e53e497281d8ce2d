package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"stele/build/align"
)

// alone prints, for folders of Markdown files in several languages, whether the
// rows of each two languages are the same with the others beside them as without.
func (b *bench) alone(folders []string, pair []string) error {
	var all count
	same, texts := 0, 0
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(folder, "*", pair[0]+".*"))
		if err != nil {
			return err
		}
		for _, name := range names {
			files, err := filepath.Glob(filepath.Join(filepath.Dir(name), "*.*"))
			if err != nil {
				return err
			}
			var two, in []align.Input
			for _, l := range pair {
				v, err := read(filepath.Join(filepath.Dir(name), l+filepath.Ext(name)))
				if os.IsNotExist(err) {
					break
				}
				if err != nil {
					return err
				}
				two = append(two, v)
			}
			if len(two) < len(pair) {
				continue
			}
			in = slices.Clone(two)
			for _, f := range files {
				if filepath.Ext(f) != filepath.Ext(name) || slices.Contains(pair, lang(f)) {
					continue
				}
				v, err := read(f)
				if err != nil {
					return err
				}
				in = append(in, v)
			}
			want := normal(blocksOf(align.AlignWith(two, &b.par), 2))
			got := normal(blocksOf(align.AlignWith(in, &b.par), 2))
			c := compare(want, got)
			all.add(c)
			texts++
			if c.hit == c.want && c.hit == c.got {
				same++
			} else if b.docs {
				fmt.Fprintf(b.out, "  %-60s %d of %d rows (%d alone)\n", filepath.Base(filepath.Dir(name)), c.hit, c.got, c.want)
			}
		}
	}
	fmt.Fprintf(b.out, "%s as they align alone: %d of %d texts, rows with both SF1 %.4f, all rows AF1 %.4f\n", strings.Join(pair, "-"), same, texts, all.sf1(), f1(all.hit, all.got, all.want))
	return nil
}

// many prints what becomes of rows, confidence and time when a text has ever more
// languages, up to n: further ones are made of those that the set has, with
// words of their own.
func (b *bench) many(sets []string, n int) error {
	counts := []int{3, 6, 7, 12, 20, n}
	counts = slices.DeleteFunc(slices.Compact(counts), func(k int) bool { return k > n })
	for _, k := range slices.Compact(counts) {
		var total count
		blocks, sure := 0, 0.0
		rows := 0
		start := time.Now()
		for _, set := range sets {
			dirs, err := documents(set)
			if err != nil {
				return err
			}
			for _, dir := range dirs {
				langs, gold, err := readGold(filepath.Join(dir, "gold.tsv"))
				if err != nil {
					return err
				}
				var in []align.Input
				want := make([][][]int, len(gold))
				for l := range k {
					v, err := readVersion(dir, langs[l%len(langs)])
					if err != nil {
						return err
					}
					if l >= len(langs) {
						v = v.ciphered(l)
					}
					blocks += len(v.lines)
					in = append(in, v.input())
					for i := range gold {
						want[i] = append(want[i], gold[i][l%len(langs)])
					}
				}
				var got [][][]int
				for _, r := range align.AlignWith(in, &b.par) {
					got = append(got, r.Blocks)
					rows++
					sure += r.Confidence
				}
				total.add(compare(normal(want), normal(got)))
			}
		}
		fmt.Fprintf(b.out, "%2d languages: %6d blocks  SF1 %.4f  mean confidence %.4f  %.2f s\n", k, blocks, total.sf1(), sure/float64(rows), time.Since(start).Seconds())
	}
	return nil
}

// ciphered is a version in a language of its own: letters stand for others, those
// of names and numbers for themselves.
func (v version) ciphered(by int) version {
	turn := func(r, first rune, size int) rune { return first + (r-first+rune(by*7+3))%rune(size) }
	out := version{lang: fmt.Sprint("x", by)}
	for _, line := range v.lines {
		var s strings.Builder
		for _, w := range pieces(line) {
			if r := []rune(w); !unicode.IsUpper(r[0]) {
				w = strings.Map(func(r rune) rune {
					switch {
					case 'a' <= r && r <= 'z':
						return turn(r, 'a', 26)
					case 'а' <= r && r <= 'я':
						return turn(r, 'а', 32)
					case 0x4e00 <= r && r < 0x9fa5:
						return turn(r, 0x4e00, 0x9fa5-0x4e00)
					}
					return r
				}, w)
			}
			s.WriteString(w)
		}
		out.lines = append(out.lines, s.String())
	}
	return out
}
