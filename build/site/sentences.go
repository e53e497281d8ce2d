package site

import (
	"strings"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/record"
	"stele/build/sentence"
)

// tie finds which sentences of each passage say the same.
func (a *cutter) tie(t *Text) {
	langs := make([]*lang.Language, len(a.langs))
	for l := range langs {
		langs[l] = lang.Of(a.langs[l].Tag)
	}
	var passages [][]sentence.Part
	var tied []*Passage
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			parts := make([]sentence.Part, len(p.Cells))
			sentences := true
			for l, c := range p.Cells {
				for _, b := range c.Blocks {
					of := asSentences(b.Block)
					for _, x := range b.Terms {
						of.Marks = append(of.Marks, sentence.Mark{Start: x.Start, End: x.End, ID: x.Concept})
					}
					parts[l].Blocks = append(parts[l].Blocks, of)
					sentences = sentences && isSentences(b.Block)
				}
			}
			if sentences {
				passages, tied = append(passages, parts), append(tied, p)
			}
		}
	}
	for i, ties := range sentence.Tie(langs, passages) {
		tied[i].Ties = ties
	}
}

// TieRows ties the sentences of a table's rows, of whose concepts nothing is
// known: of files that are no text of a site. It returns as many results as the
// table has rows; nil as in Passage.Ties.
func TieRows(t *record.Table, docs []*doc.Document) []*sentence.Ties {
	langs := make([]*lang.Language, len(docs))
	for l, d := range docs {
		langs[l] = lang.Of(d.Lang)
	}
	out := make([]*sentence.Ties, len(t.Rows))
	var passages [][]sentence.Part
	var at []int
	for i := range t.Rows {
		parts := make([]sentence.Part, len(docs))
		sentences := true
		for l, blocks := range t.Rows[i].Blocks {
			for _, o := range blocks {
				b := &docs[l].Blocks[o]
				parts[l].Blocks = append(parts[l].Blocks, asSentences(b))
				sentences = sentences && isSentences(b)
			}
		}
		if sentences {
			passages, at = append(passages, parts), append(at, i)
		}
	}
	for i, ties := range sentence.Tie(langs, passages) {
		out[at[i]] = ties
	}
	return out
}

// Sentences are the places of the block's sentences in its text, as they are tied
// and marked. What is not made of sentences is one, a break has none.
func Sentences(l *lang.Language, b *doc.Block) []lang.Span {
	if b.Kind == doc.Break || b.Text == "" {
		return nil
	}
	of := asSentences(b)
	of.Whole = of.Whole || !isSentences(b)
	return of.Spans(l)
}

// isSentences tells whether the block is made of sentences at all.
func isSentences(b *doc.Block) bool {
	return b.Kind != doc.Table && b.Kind != doc.Row && b.Kind != doc.Code && b.Kind != doc.Break
}

// asSentences is the block as sentences are found in it.
func asSentences(b *doc.Block) sentence.Block {
	return sentence.Block{Text: prose(b), Whole: b.Kind == doc.Heading}
}

// prose is the block's text with the marks in code made letters: no sentence ends
// in a file's name.
func prose(b *doc.Block) string {
	var out []byte
	for n := range b.Walk() {
		code, ok := n.(*doc.CodeSpan)
		if !ok {
			continue
		}
		if out == nil {
			out = []byte(b.Text)
		}
		for t := range doc.Runs(code.Inlines) {
			for i := t.Off; i < t.End(); i++ {
				if strings.IndexByte(".!?;()[]\"", out[i]) >= 0 {
					out[i] = '_'
				}
			}
		}
	}
	if out == nil {
		return b.Text
	}
	return string(out)
}
