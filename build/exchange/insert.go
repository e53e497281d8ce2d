package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

// partial refuses the units of missing passages that did not come back whole:
// half a passage is not put in.
func (m *merger) partial() {
	have := map[*site.Passage]int{}
	for _, e := range m.edits {
		if e.unit.Missing {
			have[e.unit.Passage]++
		}
	}
	kept := m.edits[:0:0]
	for _, e := range m.edits {
		if p := e.unit.Passage; e.unit.Missing && have[p] < m.needed[p] {
			m.refuse(e.from, e.unit, diag.Say("return.partial", "Number", have[p], "All", m.needed[p]))
			continue
		}
		kept = append(kept, e)
	}
	m.edits = kept
}

// insertions are the passages that were missing, each after what comes before it
// in the text, and their notes, which come at the end of the file.
func (m *merger) insertions(data string, before *doc.Document, missing map[*site.Passage][]*edit, d *draft) (changes []change, appendix string) {
	if len(missing) == 0 {
		return nil, ""
	}
	src := m.file(m.From).Data
	used := map[string]bool{} // labels of notes
	for _, l := range noteLabel.FindAllStringSubmatch(data, -1) {
		used[l[1]] = true
	}
	at := -1             // the ordinal of the last block so far
	var last *doc.Block  // that block, or what was put in after it
	var like *site.Block // what was put in last, if nothing came after it
	first := ""          // what comes before all that is there
	all := m.passages()
	above, below := m.neighbours(all)
	for i, p := range all {
		if blocks := p.Cells[m.To].Blocks; len(blocks) > 0 {
			at = blocks[len(blocks)-1].Ordinal
			last, like = blocks[len(blocks)-1].Block, nil
		}
		edits := missing[p]
		if m.copied(p) { // it goes with a neighbour
			if edits = missing[above[i]]; len(edits) == 0 {
				edits = missing[below[i]]
			}
		}
		if len(edits) == 0 {
			continue
		}
		w := &inserter{src: src, used: used, labels: map[string]string{}, texts: map[int]Coded{}, trial: m.trial}
		for _, e := range edits {
			for _, c := range e.text.Codes {
				w.label(c)
			}
			w.texts[e.unit.source[0].from] = normal(e.text)
		}
		text := ""
		for _, b := range p.Cells[m.From].Blocks {
			if s, ok := between(like, b, src); ok {
				text += s
			} else if last != nil {
				text += gap(last, b.Block)
			}
			text += w.block(b)
			d.new[at] = append(d.new[at], newBlock{like: b, texts: w.texts, edit: edits[0], row: p})
			last, like = b.Block, b
		}
		for _, b := range p.Cells[m.From].Blocks {
			for _, n := range b.Notes {
				appendix += "\n" + w.note(n, b) + "\n"
			}
		}
		if w.failed {
			for _, e := range edits {
				m.unwritten[e] = true
			}
		}
		if at < 0 {
			first += text
			continue
		}
		pos := after(&before.Blocks[at], data)
		changes = append(changes, change{pos, pos, text})
	}
	if first != "" {
		if len(before.Blocks) > 0 {
			first += "\n"
		}
		pos := beginning(before, data)
		changes = append(changes, change{pos, pos, first + "\n"})
	}
	return changes, appendix
}

// neighbours are, for each passage, the nearest before it and after it that have
// something to translate.
func (m *merger) neighbours(all []*site.Passage) (before, after []*site.Passage) {
	before, after = make([]*site.Passage, len(all)), make([]*site.Passage, len(all))
	var last *site.Passage
	for i, p := range all {
		if before[i] = last; !m.copied(p) {
			last = p
		}
	}
	last = nil
	for i, p := range slices.Backward(all) {
		if after[i] = last; !m.copied(p) {
			last = p
		}
	}
	return before, after
}

// passages are those of the text, in reading order.
func (j *Job) passages() []*site.Passage {
	var out []*site.Passage
	for _, s := range j.Text.Sections {
		out = append(out, s.Passages...)
	}
	return out
}

// copied reports whether a passage that is missing has nothing to translate.
func (m *merger) copied(p *site.Passage) bool {
	from := p.Cells[m.From].Blocks
	return len(from) > 0 && len(p.Cells[m.To].Blocks) == 0 && p.Cells[m.To].State != record.Absent && m.needed[p] == 0
}

var noteLabel = regexp.MustCompile(`\[\^([^\[\]\s]{1,100})\]`)

// after is the end of the last line of a block.
func after(b *doc.Block, data string) int {
	line := func(at int) int {
		if i := strings.IndexByte(data[at:], '\n'); i >= 0 {
			return at + i
		}
		return len(data)
	}
	end := line(b.End)
	if b.Kind == doc.Heading && data[b.Start] != '#' && end < len(data) { // the line below it is its mark
		end = line(end + 1)
	}
	return end
}

// beginning is where the first block begins, or the end of a file without one.
func beginning(d *doc.Document, data string) int {
	if len(d.Blocks) == 0 {
		return len(data)
	}
	return strings.LastIndexByte(data[:d.Blocks[0].Start], '\n') + 1
}

// gap parts two blocks: items of one list stand on lines one below the other.
func gap(last, b *doc.Block) string {
	switch {
	case last == nil:
		return "\n\n"
	case b.Kind == doc.Item && len(last.Within) > 0 && len(b.Within) > 0, b.Kind == doc.Definition && last.Kind == doc.Term:
		return "\n"
	}
	return "\n\n"
}

// inserter writes the blocks of one passage.
type inserter struct {
	src    string
	used   map[string]bool   // labels of notes in the file
	labels map[string]string // of the source: those that the notes get
	texts  map[int]Coded     // of the parts, by where they stand in the source
	trial  *trial
	failed bool // a text cannot be written
}

// label gives a note a label that the file does not have yet.
func (w *inserter) label(c *Code) {
	if c.Type != Note {
		return
	}
	if w.labels[c.label] == "" {
		label := c.label
		for n := 2; w.used[label]; n++ {
			label = fmt.Sprintf("%s-%d", c.label, n)
		}
		w.used[label], w.labels[c.label] = true, label
	}
	c.open = "[^" + w.labels[c.label] + "]"
	c.key = Note + " " + c.open
}

// block is a block of the source, with its marks, that says what came back.
func (w *inserter) block(b *site.Block) string {
	start := strings.LastIndexByte(w.src[:b.Start], '\n') + 1
	before := w.src[start:b.Start]
	if b.Kind == doc.Heading && w.src[b.Start] != '#' {
		before += strings.Repeat("#", b.Level) + " "
	}
	return before + w.replaced(b)
}

// replaced is a block of the source, without what stands before it on its line,
// with the texts of its parts.
func (w *inserter) replaced(b *site.Block) string {
	var out strings.Builder
	at := b.Start
	var shape string
	cutBlock(b, "", w.src, &shape, func(_ string, p part) {
		text, ok := w.texts[p.from]
		if !ok || p.from < at {
			return
		}
		written, ok := w.trial.write(&p, text, "")
		w.failed = w.failed || !ok
		out.WriteString(w.src[at:p.from] + written)
		at = p.to
	})
	out.WriteString(w.src[at:b.End])
	return out.String()
}

// note is a note of the source that says what came back.
func (w *inserter) note(n site.Note, b *site.Block) string {
	i := slices.IndexFunc(b.Block.Notes, func(d doc.Note) bool { return d.Number == n.Number })
	label := strings.Trim(enclosed(w.src[b.Block.Notes[i].Start:]), "[^]")
	if to := w.labels[label]; to != "" {
		label = to
	}
	out := "[^" + label + "]: "
	for i, nb := range n.Blocks {
		if i > 0 {
			out += "\n\n    "
		}
		text := w.replaced(nb)
		if nb.Kind == doc.Item {
			start := strings.LastIndexByte(w.src[:nb.Start], '\n') + 1
			text = strings.TrimLeft(w.src[start:nb.Start], " \t") + text
		}
		out += text
	}
	return out
}

// sameNew reports whether a block of the new file is what was to be put in.
func (d *draft) sameNew(n newBlock, a *doc.Block, data string, src string) bool {
	if !alikeNew(n.like.Block, a) {
		return false
	}
	ok := true
	check := func(like *site.Block, a *doc.Block) {
		var got []string
		var shape string
		cutBlock(&site.Block{Block: a}, "", data, &shape, func(_ string, p part) { got = append(got, p.coded.String()) })
		var want []string
		cutBlock(like, "", src, &shape, func(_ string, p part) {
			if text, came := n.texts[p.from]; came {
				want = append(want, text.String())
			}
		})
		ok = ok && slices.Equal(got, want)
	}
	check(n.like, a)
	if len(a.Notes) != len(n.like.Notes) {
		return false
	}
	for i, note := range n.like.Notes {
		if len(note.Blocks) != len(a.Notes[i].Blocks) {
			return false
		}
		for k, nb := range note.Blocks {
			check(nb, &a.Notes[i].Blocks[k])
		}
	}
	return ok
}

// alikeNew is alike for a block of another file, whose heading may have an id
// made of its text.
func alikeNew(b, a *doc.Block) bool {
	x := *b
	if x.AutoID && a.AutoID {
		x.ID = a.ID
	}
	return alike(&x, a)
}

// finish notes what was done, and makes the record of the text as it is then.
func (m *merger) finish(f source.File, before, after *doc.Document, d *draft) {
	m.out.File = &f
	changed, inserted, tracked := map[*site.Passage]bool{}, map[*site.Passage]bool{}, map[*site.Passage]int{} // the row
	for _, e := range m.edits {
		changed[e.unit.Passage] = !e.unit.Missing
		if e.unit.Missing {
			m.out.InsertedUnits++
		} else {
			m.out.ChangedUnits++
		}
		if e.from.Tracked && tracked[e.unit.Passage] == 0 {
			tracked[e.unit.Passage] = e.from.Line
		}
	}
	for _, list := range d.new {
		for _, n := range list {
			inserted[n.row] = true
		}
	}
	for _, p := range m.passages() {
		if changed[p] {
			m.out.Changed = append(m.out.Changed, p.Number)
		}
		if inserted[p] {
			m.out.Inserted = append(m.out.Inserted, p.Number)
		}
		if tracked[p] > 0 {
			m.out.Tracked = append(m.out.Tracked, Remark{Passage: p.Number, Line: tracked[p]})
		}
	}
	if m.Confirmed == nil && !m.record {
		return
	}
	t := m.Text.Table
	langs := t.Langs
	column := slices.Index(langs, m.Site.Langs[m.To].Code)
	docs := m.Text.Docs()
	if column < 0 { // the version is new
		column = len(langs)
		langs, docs = append(slices.Clone(langs), m.Site.Langs[m.To].Code), append(docs, nil)
	}
	docs[column] = after
	// Where the old blocks are now, and the new ones of each passage.
	now := map[int]int{}
	rows := map[string][]int{}
	k := 0
	put := func(ordinal int) {
		for _, n := range d.new[ordinal] {
			rows[n.row.Number] = append(rows[n.row.Number], k)
			k++
		}
	}
	put(-1)
	for i := range before.Blocks {
		now[i] = k
		k++
		put(i)
	}
	next := &record.Table{Langs: langs, Rows: slices.Clone(t.Rows)}
	for i := range next.Rows {
		r := &next.Rows[i]
		if r.Blocks == nil {
			continue
		}
		r.Blocks = slices.Clone(r.Blocks)
		for len(r.Blocks) < len(langs) {
			r.Blocks = append(r.Blocks, nil)
		}
		var blocks []int
		for _, b := range r.Blocks[column] {
			blocks = append(blocks, now[b])
		}
		r.Blocks[column] = append(blocks, rows[r.Number]...)
	}
	// Whoever reads the difference sees what came back and nothing else.
	m.out.Record = record.Amend(next, docs, m.Confirmed, slices.Concat(m.out.Changed, m.out.Inserted))
}
