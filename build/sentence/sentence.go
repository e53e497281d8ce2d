// Package sentence ties the sentences of a passage that say the same, in all its
// languages. The passages of a text go in, each with what it says in every
// language; groups of sentences come out, n of one language to m of another, each
// with a confidence. It knows no file, no number and no page, and gives sentences
// no names that would last.
//
// # Method
//
// The sentences of each two languages are tied by dynamic programming within the
// passage (Gale and Church 1993), with what they share as evidence: lengths,
// numbers, names of concepts, words of the aligner's lexicon, words that look or
// sound alike, question marks, quotes and brackets. Two neighbours may cross. A
// tie is as sure as the ways through the passage that have it are likely (the
// forward–backward algorithm). Where the pairs of three or more languages
// disagree, each hears what the others say once (as T-Coffee does for sequences,
// Notredame et al. 2000), and no language is the pivot; then all ties are joined.
//
// Passages with one sentence in every language are not looked at. Where all
// languages have as many, as long as one another, that is enough: nothing is read.
package sentence

import (
	"stele/build/lang"
)

// Part is what a passage says in one language; without blocks where it says nothing.
type Part struct{ Blocks []Block }

// Block is a paragraph, an item or a heading of a passage.
type Block struct {
	Text  string
	Whole bool   // not to be cut: a heading
	Marks []Mark // ascending
}

// Mark is something in a block that other languages name alike: a concept, the
// target of a link.
type Mark struct {
	Start, End int // in Text
	ID         string
}

// Sentence is a sentence of a part.
type Sentence struct {
	Block      int // in Part.Blocks
	Start, End int // in the block's text
}

// Group is a group of sentences that say the same.
type Group struct {
	// Of holds for each language the ordinals of its sentences, ascending; none
	// where it has nothing that says the same.
	Of [][]int
	// Confidence is the estimated probability, 0 to 1, that the group is right.
	Confidence float64
}

// Ties are the sentences of a passage and which of them say the same.
type Ties struct {
	Sentences [][]Sentence // by language
	// Groups stand in the order of the first sentences of the first language that has
	// any. Every sentence is in exactly one.
	Groups []Group
}

// Least is the confidence from which a group can be shown by itself.
const Least = 0.7

// Sure reports whether every group can be shown by itself. Else only the whole
// passage says the same for sure.
func (t *Ties) Sure() bool {
	for i := range t.Groups {
		if t.Groups[i].Confidence < Least {
			return false
		}
	}
	return true
}

// GroupOf returns the group that a sentence of a language is in.
func (t *Ties) GroupOf(l, sentence int) int {
	for i := range t.Groups {
		for _, s := range t.Groups[i].Of[l] {
			if s == sentence {
				return i
			}
		}
	}
	return -1
}

// Tie ties the sentences of a text's passages, each of which has a part for every
// language. It returns as many results, nil where no language has two sentences.
func Tie(langs []*lang.Language, passages [][]Part) []*Ties {
	t := newTier(langs)
	out := make([]*Ties, len(passages))
	read := make([]passage, len(passages))
	for i, parts := range passages {
		read[i] = t.cut(parts)
	}
	t.measure(read)
	for i := range read {
		out[i] = t.tie(passages[i], &read[i])
	}
	return out
}
