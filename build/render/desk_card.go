package render

import (
	"slices"

	"stele/build/compare"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/record"
	"stele/build/site"
)

// deskCards is how many cards a page of the desk holds.
const deskCards = 20

// deskPara is a block on a card.
type deskPara struct {
	Block int // among the passage's blocks in the language; -1 where the text is not cut into blocks
	Runs  []deskRun
}

// deskRun is a run of text as compare finds it, or the mark of a finding.
type deskRun struct {
	Op   compare.Op
	Text string
	Mark int // the number of a finding; 0 for text
	Code string
}

// card is a passage with its whole text and all that can be done with it.
func (m *deskMaker) card(id string, p *site.Passage) deskPassage {
	d := m.passage(id, p)
	t := p.Section.Text
	v := t.Versions[m.page.Lang]
	d.Work, d.Text, d.Version, d.Title = id+"w"+p.Number, t.ID, m.Versions[t.ID], m.words(v.Short, v.TitleLang)
	d.Join = p.Row.Opens == record.OpensNothing
	d.Cells = m.cells(p, true)
	for _, f := range m.open[p] {
		if m.blockOf(f, p) < 0 {
			d.Findings = append(d.Findings, m.finding(f))
		}
	}
	return d
}

// blockOf is which of the passage's blocks in its language a finding is about;
// -1 for none.
func (m *deskMaker) blockOf(f finding, p *site.Passage) int {
	if f.lang < 0 || f.passage != p {
		return -1
	}
	return slices.IndexFunc(p.Cells[f.lang].Blocks, func(b *site.Block) bool {
		return b.Doc.Path == f.Pos.Path && b.Doc.Lines != nil &&
			b.Doc.Lines.Line(b.Start) <= f.Pos.Line && f.Pos.Line <= b.Doc.Lines.Line(max(b.Start, b.End-1))
	})
}

// fill writes the text of a language on a card, with what changed and with marks
// where findings are.
func (m *deskMaker) fill(c *deskCell, p *site.Passage, l int, now string) {
	type mark struct{ at, number int }
	var marks []mark
	type stretch struct{ block, from, to int } // of now
	var stretches []stretch
	at := 0
	for k, b := range p.Cells[l].Blocks {
		if b.Kind == doc.Break {
			continue
		}
		if len(stretches) > 0 {
			at += len(record.Pilcrow)
		}
		stretches = append(stretches, stretch{k, at, at + len(b.Text)})
		at += len(b.Text)
	}
	for _, f := range m.open[p] {
		k := m.blockOf(f, p)
		if k < 0 || f.lang != l {
			continue
		}
		x := m.finding(f)
		x.Block, x.Waive = k, f.Severity != diag.Error
		i := slices.IndexFunc(stretches, func(s stretch) bool { return s.block == k })
		if off := plainOffset(p.Cells[l].Blocks[k], f.Pos); i >= 0 && off > 0 {
			x.Mark = len(marks) + 1
			marks = append(marks, mark{stretches[i].from + off, x.Mark})
		}
		c.Findings = append(c.Findings, x)
	}
	if now == "" && len(stretches) == 0 {
		stretches = []stretch{{-1, 0, 0}}
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return a.at - b.at })

	for _, s := range stretches {
		c.Paras = append(c.Paras, deskPara{Block: s.block})
	}
	pos, para := 0, 0
	add := func(op compare.Op, text string) {
		if text != "" {
			x := &c.Paras[para]
			x.Runs = append(x.Runs, deskRun{Op: op, Text: text})
		}
	}
	for _, r := range m.changes(p, l, now) {
		if r.Op == compare.Out {
			add(r.Op, r.Before)
			continue
		}
		for text := r.After; text != ""; {
			// Up to whatever comes first: a mark, the end of the block.
			for len(marks) > 0 && marks[0].at <= pos {
				x := &c.Paras[para]
				x.Runs = append(x.Runs, deskRun{Mark: marks[0].number, Code: c.Code})
				marks = marks[1:]
			}
			end := stretches[para].to
			if pos >= end && para+1 < len(stretches) { // within what parts two blocks
				skip := min(len(text), stretches[para+1].from-pos)
				text, pos = text[skip:], pos+skip
				if pos >= stretches[para+1].from {
					para++
				}
				continue
			}
			n := len(text)
			if para+1 < len(stretches) {
				n = min(n, end-pos)
			}
			if len(marks) > 0 {
				n = min(n, marks[0].at-pos)
			}
			add(r.Op, text[:n])
			text, pos = text[n:], pos+n
		}
	}
}

// plainOffset is where in the block's plain text a place of its file is, in
// bytes; 0 for its beginning and where it cannot be told.
func plainOffset(b *site.Block, pos diag.Pos) int {
	off := 0
	for n := range b.Walk() {
		t, ok := n.(*doc.Text)
		if !ok {
			continue
		}
		at := b.Doc.Lines.Pos(t.Src)
		if at.Line > pos.Line || at.Line == pos.Line && at.Col > pos.Col {
			break
		}
		off = t.Off
		if at.Line == pos.Line {
			letters := []rune(t.S)
			off += len(string(letters[:min(len(letters), pos.Col-at.Col)]))
		}
	}
	return min(off, len(b.Text))
}
