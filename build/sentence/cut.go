package sentence

import (
	"slices"
	"unicode/utf8"

	"stele/build/lang"
)

// tier ties the passages of one text.
type tier struct {
	langs []*lang.Language
	scale []float64 // by language, what a letter counts for
	reader
	solver
}

func newTier(langs []*lang.Language) *tier {
	return &tier{langs: langs, scale: make([]float64, len(langs))}
}

// A passage is a passage as cut, by language.
type passage struct {
	sentences [][]Sentence
	sizes     [][]float64 // of each sentence, in letters
	most      int         // sentences of a language
}

// cut cuts the parts of a passage into sentences.
func (t *tier) cut(parts []Part) passage {
	p := passage{sentences: make([][]Sentence, len(parts)), sizes: make([][]float64, len(parts))}
	for l := range parts {
		for n, b := range parts[l].Blocks {
			spans := b.Spans(t.langs[l])
			p.sentences[l], p.sizes[l] = slices.Grow(p.sentences[l], len(spans)), slices.Grow(p.sizes[l], len(spans))
			for _, at := range spans {
				p.add(l, Sentence{n, at.Start, at.End}, b.Text[at.Start:at.End])
			}
		}
		p.most = max(p.most, len(p.sentences[l]))
	}
	return p
}

// Spans are the places of the block's sentences in its text.
func (b *Block) Spans(l *lang.Language) []lang.Span {
	if b.Whole {
		return []lang.Span{{Start: 0, End: len(b.Text)}}
	}
	return l.Sentences(b.Text)
}

func (p *passage) add(l int, s Sentence, text string) {
	p.sentences[l] = append(p.sentences[l], s)
	p.sizes[l] = append(p.sizes[l], float64(utf8.RuneCountInString(text)))
}

// measure finds what a letter of each language counts for, so that all versions
// of the text are as long: from the passages that every language has in as many
// sentences. Where one lacks a sentence it would else seem terse, and what it lacks
// would not be missed.
func (t *tier) measure(read []passage) {
	sums := make([]float64, len(t.langs))
	for i := range read {
		whole := true
		for l := range t.langs {
			n := len(read[i].sentences[l])
			whole = whole && n > 0 && n == len(read[i].sentences[0])
		}
		if !whole {
			continue
		}
		for l := range t.langs {
			for _, n := range read[i].sizes[l] {
				sums[l] += n
			}
		}
	}
	// A short text says little of its languages, so they are what they usually are.
	const usual = 400
	length := 0.0 // of the text, in English letters
	for l, its := range t.langs {
		length += sums[l] / its.Breadth() / float64(len(t.langs))
	}
	for l, its := range t.langs {
		t.scale[l] = (usual + length) / (usual*its.Breadth() + sums[l])
	}
	for i := range read {
		for l := range read[i].sizes {
			for s := range read[i].sizes[l] {
				read[i].sizes[l][s] *= t.scale[l]
			}
		}
	}
}
