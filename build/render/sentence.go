package render

import (
	"strconv"
	"strings"
	"unicode"

	"stele/build/doc"
	"stele/build/site"
)

// mostTies is how many groups of sentences of a passage are told apart: the style
// sheet has a rule for each. A passage with more is marked as a whole.
const mostTies = 24

// marking says what is marked with a sentence that a reader points at.
type marking uint8

const (
	unmarked  marking = iota
	sentences         // its counterparts
	passage           // the whole passage, since they are not known for sure
)

// markingOf says what is marked in a passage.
func (c context) markingOf(p *site.Passage) marking {
	if !c.site.Options.Sentences || p.Ties == nil {
		return unmarked
	}
	several := 0
	for _, cell := range p.Cells {
		if len(cell.Blocks) > 0 {
			several++
		}
	}
	switch {
	case several < 2:
		return unmarked
	case len(p.Ties.Groups) < 2, len(p.Ties.Groups) > mostTies, !p.Ties.Sure():
		return passage
	}
	return sentences
}

// spans begin the sentences of each group. What is touched keeps its mark by
// having the focus, but nothing within a link can have it.
var spans = func() (out [mostTies]struct{ plain, linked string }) {
	for g := range out {
		begin := `<span class="s` + strconv.Itoa(g+1) + `"`
		out[g].plain, out[g].linked = begin+` tabindex="-1">`, begin+">"
	}
	return out
}()

// tied is a sentence that is marked, in a block's text.
type tied struct {
	start, end int
	group      int
}

// tiedIn are the sentences of a language's part of a passage, by block. No
// sentence ends within a link to a concept.
func tiedIn(p *site.Passage, l int) [][]tied {
	out := make([][]tied, len(p.Cells[l].Blocks))
	group := make([]int, len(p.Ties.Sentences[l]))
	for g := range p.Ties.Groups {
		for _, s := range p.Ties.Groups[g].Of[l] {
			group[s] = g
		}
	}
	for i, s := range p.Ties.Sentences[l] {
		b := p.Cells[l].Blocks[s.Block]
		out[s.Block] = append(out[s.Block], tied{outside(b, s.Start), outside(b, s.End), group[i]})
	}
	return out
}

// outside moves a place behind the name of a concept that it is in.
func outside(b *site.Block, at int) int {
	for _, t := range b.Terms {
		if t.Start < at && at < t.End {
			return t.End
		}
		if t.Start >= at {
			break
		}
	}
	return at
}

// sentenced writes elements of a block of which each sentence is marked. A
// sentence that begins or ends within an element is in pieces, so that elements
// nest. Spans are shut before anything that is no part of a sentence.
type sentenced struct {
	*writer
	of   []tied
	open int // the sentence whose span is open, or −1
}

func (w *writer) tiedInlines(b *site.Block, inlines []doc.Inline, of []tied) {
	s := &sentenced{writer: w, of: of, open: -1}
	s.elements(b, inlines, prose)
}

func (s *sentenced) elements(b *site.Block, inlines []doc.Inline, in setting) {
	for _, n := range inlines {
		switch n := n.(type) {
		case *doc.Text:
			s.run(b, n, in)
			continue
		case *doc.Styled, *doc.Link, *doc.ConceptLink:
			if from, to, ok := extent(n); ok && s.crossed(from, to) {
				s.shut()
				s.around(b, n, in)
				continue
			}
		}
		if from, _, ok := extent(n); ok {
			s.enter(from, in)
		}
		s.inlines(b, []doc.Inline{n}, in)
	}
	s.shut()
}

// around writes an element that sentences begin or end within.
func (s *sentenced) around(b *site.Block, n doc.Inline, in setting) {
	switch n := n.(type) {
	case *doc.Styled:
		tag := tags[n.Style]
		s.b.WriteString("<" + tag + s.marked(n.Lang, n.Dir) + ">")
		s.elements(b, n.Inlines, in)
		s.b.WriteString("</" + tag + ">")
	case *doc.Link:
		s.link(n.Title, func() { s.elements(b, n.Inlines, linked) })
	case *doc.ConceptLink:
		s.link("", func() { s.elements(b, n.Inlines, linked) })
	}
}

// run writes a run of text sentence by sentence.
func (s *sentenced) run(b *site.Block, n *doc.Text, in setting) {
	for done := 0; done < len(n.S); {
		at := n.Off + done
		to := n.End()
		group := -1
		for _, x := range s.of {
			if at < x.start {
				to = min(to, x.start)
				break
			}
			if at < x.end {
				to, group = min(to, x.end), x.group
				break
			}
		}
		piece := doc.Text{S: n.S[done : to-n.Off], Off: at, Src: n.Src + done}
		if group >= 0 {
			s.enter(at, in)
		} else if s.open >= 0 && strings.ContainsFunc(piece.S, unicode.IsSpace) {
			s.shut()
		}
		s.text(b, &piece, in)
		done = to - n.Off
	}
}

// enter opens the span of the sentence at a place of the text, if it is not open.
func (s *sentenced) enter(at int, in setting) {
	for i := range s.of {
		x := &s.of[i]
		if at < x.start || at >= x.end {
			continue
		}
		if s.open == i {
			return
		}
		s.shut()
		s.open = i
		if in == linked {
			s.b.WriteString(spans[x.group].linked)
		} else {
			s.b.WriteString(spans[x.group].plain)
		}
		return
	}
	s.shut()
}

func (s *sentenced) shut() {
	if s.open >= 0 {
		s.b.WriteString("</span>")
		s.open = -1
	}
}

// crossed tells whether the text from from to to is not all within one sentence.
func (s *sentenced) crossed(from, to int) bool {
	for _, x := range s.of {
		if x.start <= from && to <= x.end {
			return false
		}
	}
	return true
}

// extent is the part of the block's text that an element holds; ok is false for
// one without text.
func extent(n doc.Inline) (from, to int, ok bool) {
	for t := range doc.Runs([]doc.Inline{n}) {
		if !ok {
			from = t.Off
		}
		to, ok = t.End(), true
	}
	return from, to, ok
}
