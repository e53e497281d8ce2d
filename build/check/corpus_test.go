package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"stele/build/align"
	"stele/build/check"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/site"
)

func TestCorpusScratch(t *testing.T) {
	dirs, _ := filepath.Glob(os.Getenv("CORPUS"))
	passages := 0
	for _, dir := range dirs {
		gold, err := os.ReadFile(filepath.Join(dir, "gold.tsv"))
		if err != nil {
			continue
		}
		lines := strings.Split(strings.TrimSpace(string(gold)), "\n")
		var langs []string
		var docs []*doc.Document
		rows := [][][]int{}
		for i, ln := range lines {
			f := strings.Split(ln, "\t")
			if i == 0 {
				langs = f
				for _, l := range langs {
					l = strings.TrimPrefix(l, "#")
					raw, _ := os.ReadFile(filepath.Join(dir, l+".txt"))
					d := &doc.Document{Text: "t", Lang: l, Path: filepath.Base(dir) + "/" + l + ".txt", Lines: diag.NewLines(filepath.Base(dir)+"/"+l+".txt", string(raw))}
					off := 0
					for _, x := range strings.SplitAfter(string(raw), "\n") {
						s := strings.TrimRight(x, "\n")
						b := doc.Block{Kind: doc.Paragraph, Start: off, End: off + len(s)}
						if strings.HasPrefix(s, "#") {
							b.Kind = doc.Heading
							b.Level = len(s) - len(strings.TrimLeft(s, "#"))
						}
						body := strings.TrimLeft(s, "#")
						if strings.HasPrefix(strings.TrimSpace(body), "- ") {
							b.Kind = doc.Item
							body = strings.TrimPrefix(strings.TrimSpace(body), "- ")
						}
						body = strings.Join(strings.Fields(strings.NewReplacer("**", "", "| ", "", "> ", "").Replace(body)), " ")
						b.Text = body
						b.Pieces = []doc.Piece{{Kind: doc.Text, S: body, Src: off}}
						d.Blocks = append(d.Blocks, b)
						off += len(x)
					}
					docs = append(docs, d)
				}
				continue
			}
			var row [][]int
			for _, c := range f[:len(langs)] {
				var ns []int
				if c != "-" {
					for _, x := range strings.FieldsFunc(c, func(r rune) bool { return r == ',' || r == ' ' || r == '+' }) {
						n, err := strconv.Atoi(x)
						if err != nil {
							t.Fatal(c)
						}
						ns = append(ns, n)
					}
				}
				row = append(row, ns)
			}
			rows = append(rows, row)
		}
		tb := &align.Table{}
		in := site.Input{}
		for i, l := range langs {
			l = strings.TrimPrefix(l, "#")
			langs[i] = l
			tb.Langs = append(tb.Langs, l)
			in.Langs = append(in.Langs, site.Lang{Code: l, Tag: l, Name: l})
		}
		for i, r := range rows {
			tb.Rows = append(tb.Rows, align.Row{Number: fmt.Sprint("1.", i+1), Blocks: r, Confidence: 1})
		}
		passages += len(rows)
		in.Texts = []site.TextInput{{ID: "t", Docs: docs, Table: tb}}
		s, _ := site.Assemble(in)
		for _, d := range check.Site(s, check.Options{}) {
			fmt.Println(d)
			for _, r := range d.Related {
				fmt.Println("     ", r.Pos, r.Message)
			}
		}
	}
	fmt.Println(passages, "passages")
}
