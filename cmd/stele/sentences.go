package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/record"
	"stele/build/sentence"
	"stele/build/site"
)

// tiedRow is a row with its sentences, by language.
type tiedRow struct {
	number     string
	confidence float64
	blocks     [][]*doc.Block
	ties       *sentence.Ties
}

// tiedRows are the rows of files.
func tiedRows(t *record.Table, docs []*doc.Document) []tiedRow {
	var out []tiedRow
	for i, ties := range site.TieRows(t, docs) {
		r := &t.Rows[i]
		if r.Removed {
			continue
		}
		row := tiedRow{r.Number, r.Confidence, make([][]*doc.Block, len(docs)), ties}
		for l, blocks := range r.Blocks {
			for _, o := range blocks {
				row.blocks[l] = append(row.blocks[l], &docs[l].Blocks[o])
			}
		}
		out = append(out, row)
	}
	return out
}

// tiedPassages are the rows of a text of a site, in the languages that it has.
func tiedPassages(t *site.Text) []tiedRow {
	var have []int
	for l, v := range t.Versions {
		if v.Doc != nil {
			have = append(have, l)
		}
	}
	var out []tiedRow
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			if p.Empty() {
				continue
			}
			row := tiedRow{number: p.Number, confidence: p.Row.Confidence}
			if p.Ties != nil {
				row.ties = &sentence.Ties{}
			}
			for _, l := range have {
				var blocks []*doc.Block
				for _, b := range p.Cells[l].Blocks {
					blocks = append(blocks, b.Block)
				}
				row.blocks = append(row.blocks, blocks)
				if p.Ties != nil {
					row.ties.Sentences = append(row.ties.Sentences, p.Ties.Sentences[l])
				}
			}
			if p.Ties != nil {
				for _, g := range p.Ties.Groups {
					of := sentence.Group{Confidence: g.Confidence}
					for _, l := range have {
						of.Of = append(of.Of, g.Of[l])
					}
					row.ties.Groups = append(row.ties.Groups, of)
				}
			}
			out = append(out, row)
		}
	}
	return out
}

// tie is a group of sentences that say the same.
type tie struct {
	confidence float64
	sentences  [][]placedSentence // by language
}

type placedSentence struct {
	block *doc.Block
	start int // in the block's text
	text  string
}

// each yields the ties of a row. Where it has none, all that it says is one.
func (r *tiedRow) each(langs []*lang.Language) []tie {
	if r.ties == nil {
		one := tie{confidence: r.confidence, sentences: make([][]placedSentence, len(r.blocks))}
		for l, blocks := range r.blocks {
			for _, b := range blocks {
				for _, at := range site.Sentences(langs[l], b) {
					one.sentences[l] = append(one.sentences[l], placedSentence{b, at.Start, b.Text[at.Start:at.End]})
				}
			}
		}
		return []tie{one}
	}
	var out []tie
	for _, g := range r.ties.Groups {
		x := tie{confidence: g.Confidence, sentences: make([][]placedSentence, len(r.blocks))}
		for l, its := range g.Of {
			for _, i := range its {
				at := r.ties.Sentences[l][i]
				b := r.blocks[l][at.Block]
				x.sentences[l] = append(x.sentences[l], placedSentence{b, at.Start, b.Text[at.Start:at.End]})
			}
		}
		out = append(out, x)
	}
	return out
}

// The JSON form of tied sentences.
type (
	jsonTies struct {
		Languages []string  `json:"languages"`
		Ties      []jsonTie `json:"ties"`
	}
	jsonTie struct {
		Passage    string                    `json:"passage"`
		Confidence float64                   `json:"confidence"`
		Sentences  map[string][]jsonSentence `json:"sentences"`
	}
	jsonSentence struct {
		Line   int    `json:"line"`
		Column int    `json:"column"`
		Text   string `json:"text"`
	}
)

// writeTies prints the ties of rows, a line for each with the passage's number, its
// sentences in every language and how sure it is.
func writeTies(w io.Writer, rows []tiedRow, names []string, docs []*doc.Document, format string) error {
	langs := make([]*lang.Language, len(docs))
	for l, d := range docs {
		langs[l] = lang.Of(d.Lang)
	}
	b := bufio.NewWriter(w)
	if format == "json" {
		out := jsonTies{Languages: names, Ties: []jsonTie{}}
		for i := range rows {
			for _, t := range rows[i].each(langs) {
				x := jsonTie{Passage: rows[i].number, Confidence: float64(int(t.confidence*1000+0.5)) / 1000, Sentences: map[string][]jsonSentence{}}
				for l, its := range t.sentences {
					list := []jsonSentence{}
					for _, s := range its {
						pos := docs[l].Lines.Pos(s.block.At(s.start))
						list = append(list, jsonSentence{pos.Line, pos.Col, s.text})
					}
					x.Sentences[columnKey(names, l)] = list
				}
				out.Ties = append(out.Ties, x)
			}
		}
		enc := json.NewEncoder(b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(out); err != nil {
			return err
		}
		return b.Flush()
	}
	fmt.Fprintf(b, "#passage\t%s\tconfidence\n", strings.Join(names, "\t"))
	for i := range rows {
		for _, t := range rows[i].each(langs) {
			b.WriteString(rows[i].number)
			for _, its := range t.sentences {
				b.WriteByte('\t')
				if len(its) == 0 {
					b.WriteByte('-')
				}
				for n, s := range its {
					if n > 0 {
						b.WriteString(" ¶ ")
					}
					b.WriteString(strings.Join(strings.Fields(s.text), " "))
				}
			}
			fmt.Fprintf(b, "\t%.3f\n", t.confidence)
		}
	}
	return b.Flush()
}
