package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"

	"stele/build/diag"
	"stele/build/doc"
)

// lowerer turns goldmark's tree into blocks.
type lowerer struct {
	*parse
	notes   map[string]*footnote
	order   []*footnote // as defined
	count   int         // notes numbered so far
	pending []*footnote // first referred to in the current block
	blocks  int
	full    bool
	waived  int // codes in waivers so far

	headings int // so far

	remarked int // remarks so far
	begun    int // remarks that have a block

	scratch []step       // see writer
	written []byte       // likewise
	nodes   []doc.Inline // see writer.tree
	runs    []doc.Text   // see lowerer.run
}

type footnote struct {
	node   *xast.Footnote
	label  string
	number int // 0 until it is referred to
	used   bool
}

// document lowers the whole tree.
func (l *lowerer) document(root ast.Node) {
	l.findNotes(root)
	l.children(root, nil, doc.Paragraph, &l.doc.Blocks, true)
	for _, f := range l.order {
		if f.used {
			continue
		}
		l.diags.Warn(l.pos(l.at(f.node, "[")), UnusedFootnote, "Note", diag.Clip(f.label, diag.Quoted))
		f.used = true
		l.children(f.node, nil, doc.Paragraph, &l.doc.Blocks, true)
	}
	l.ids()
	if l.full && len(l.doc.Blocks) > keptBlocks {
		l.doc.Blocks = l.doc.Blocks[:keptBlocks]
	}
	l.doc.Blocks = slices.Clone(l.doc.Blocks) // without the room for more, which is as much again
}

// findNotes collects the footnotes, wherever they are defined.
func (l *lowerer) findNotes(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			return
		}
		if f, ok := c.(*xast.Footnote); ok {
			note := &footnote{node: f, label: string(f.Ref)}
			l.order = append(l.order, note)
			if first := l.notes[note.label]; first != nil {
				l.diags.Error(l.pos(l.at(f, "[")), DuplicateFootnote, "Note", diag.Clip(note.label, diag.Quoted))
			} else {
				l.notes[note.label] = note
			}
		}
		l.findNotes(c)
	}
}

// children lowers the blocks in n. First is what a paragraph is that comes
// first in n; outer tells that the blocks are the document's own, not a note's.
func (l *lowerer) children(n ast.Node, within []doc.Container, first doc.Kind, out *[]doc.Block, outer bool) {
	rest := doc.Paragraph
	if first == doc.Definition {
		rest = doc.Definition
	}
	pairs, marks := l.pair(n), stack{}
	for next := n.FirstChild(); next != nil && !l.full; {
		node := next
		next = node.NextSibling()
		n.RemoveChild(n, node) // what was lowered need not stay in memory
		switch c := node.(type) {
		case *xast.FootnoteList:
			continue
		case *commentBlock:
			l.comment(c.start, c.end)
			continue
		case *boxMark:
			within = l.mark(c, next, pairs, &marks, within, out, outer)
		case *boxTitle:
			l.add(l.inlineBlock(c, doc.Paragraph), within, out, outer)
		case *box:
			title, ok := c.FirstChild().(*boxTitle)
			if c.untitled {
				c.label = "" // its author wants none
			}
			k := l.remark(c.label, ok && title != nil)
			l.children(c, inside(within, k), doc.Paragraph, out, outer)
		case *ast.Paragraph, *ast.TextBlock:
			l.add(l.inlineBlock(c, first), within, out, outer)
		case *ast.Heading:
			b := l.inlineBlock(c, doc.Heading)
			b.Level = c.Level
			b.ID, b.Aliases = l.attrs[ast.Node(c)].id, l.attrs[ast.Node(c)].aliases
			if n := utf8.RuneCountInString(b.Text); n > MaxHeading {
				l.diags.Error(l.pos(b.Start), TooLong.As("heading"), "Count", n, "Max", MaxHeading)
			}
			l.extendHeading(b)
			if b.Text == "" && !shows(b) {
				l.diags.Warn(l.pos(b.Start), EmptyHeading)
			}
			l.add(b, within, out, outer)
		case *ast.FencedCodeBlock:
			l.add(l.code(c, c.Language(l.src), l.at(c, "`~")), within, out, outer)
		case *ast.CodeBlock:
			l.add(l.code(c, nil, -1), within, out, outer)
		case *ast.ThematicBreak:
			start := l.at(c, "*-_")
			l.add(&doc.Block{Kind: doc.Break, Start: start, End: l.lineEnd(start)}, within, out, outer)
		case *xast.Table:
			l.add(l.table(c), within, out, outer)
		case *ast.Blockquote:
			k := doc.Container{Kind: doc.Quote}
			if alert := l.alerts[c]; alert != nil {
				k = l.remark(alert.label, alert.Lines().Len() > 0)
			}
			l.children(c, inside(within, k), doc.Paragraph, out, outer)
		case *ast.List:
			k := doc.Container{Kind: doc.Bullets}
			var numbers []int
			if c.IsOrdered() {
				k.Kind, k.Paren, numbers = doc.Numbers, c.Marker == ')', l.numbers(c)
			}
			for item := c.FirstChild(); item != nil; item = item.NextSibling() {
				if c.IsOrdered() {
					k.Number, numbers = numbers[0], numbers[1:]
				}
				at := len(*out)
				l.children(item, inside(within, k), doc.Item, out, outer)
				if task := l.tasks[item]; task != doc.NoTask && at < len(*out) {
					(*out)[at].Task = task
				}
			}
		case *xast.DefinitionList:
			for d := c.FirstChild(); d != nil; d = d.NextSibling() {
				if d.Kind() == xast.KindDefinitionTerm {
					l.add(l.inlineBlock(d, doc.Term), within, out, outer)
				} else {
					l.children(d, within, doc.Definition, out, outer)
				}
			}
		}
		first = rest
	}
}

// inside returns the containers with one more, in memory of its own and no more than
// that: every block keeps its own.
func inside(within []doc.Container, k doc.Container) []doc.Container {
	out := make([]doc.Container, len(within)+1)
	out[copy(out, within)] = k
	return out
}

// add appends the block, whose offsets are still those of src, and the notes
// that it refers to. A note's own notes go to the block around the note.
func (l *lowerer) add(b *doc.Block, within []doc.Container, out *[]doc.Block, outer bool) {
	if b == nil {
		return
	}
	if l.blocks++; l.blocks > MaxBlocks {
		l.full = true
		l.diags.Error(l.pos(b.Start), TooManyBlocks, "Max", MaxBlocks)
		return
	}
	if b.Kind == doc.Heading {
		if l.headings++; l.headings > MaxHeadings {
			l.full = true
			l.diags.Error(l.pos(b.Start), TooManyBlocks.As("headings"), "Max", MaxHeadings)
			return
		}
	}
	if len(b.Text) > longBlock {
		l.diags.Warn(l.pos(b.Start), LongBlock, "Count", len([]rune(b.Text)))
	}
	l.look(b)
	b.Within = l.first(within)
	b.Start += l.base
	b.End += l.base
	*out = append(*out, *b)
	if !outer {
		return
	}
	at := len(*out) - 1
	for len(l.pending) > 0 {
		f := l.pending[0]
		l.pending = l.pending[1:]
		note := doc.Note{Number: f.number, Start: l.base + l.at(f.node, "[")}
		l.children(f.node, nil, doc.Paragraph, &note.Blocks, false)
		(*out)[at].Notes = append((*out)[at].Notes, note)
	}
	l.pending = nil
}

// at is where the mark of a block stands in src. Goldmark's position counts the
// columns of a tab and can be too far right.
func (p *parse) at(n ast.Node, marks string) int {
	at := min(max(n.Pos(), 0), len(p.src)-1)
	return max(bytes.LastIndexAny(p.src[:at+1], marks), 0)
}

// lineEnd returns the end of the line that off is on, without white space.
func (l *lowerer) lineEnd(off int) int {
	line, _, _ := bytes.Cut(l.src[off:], []byte{'\n'})
	return off + len(bytes.TrimRight(line, " \t"))
}

// inlineBlock lowers a block of running text; nil if nothing is in it.
func (l *lowerer) inlineBlock(n ast.Node, kind doc.Kind) *doc.Block {
	w := l.writer()
	w.children(n, false)
	b := &doc.Block{Kind: kind}
	lines := n.Lines()
	if lines.Len() > 0 {
		b.Start, b.End = lines.At(0).Start, lines.At(lines.Len()-1).Stop
	} else if kind == doc.Heading {
		b.Start = l.at(n, "#")
		b.End = l.lineEnd(b.Start)
	}
	b.Text, b.Inlines = w.finish()
	b.End = max(b.Start, b.Start+len(bytes.TrimRight(l.src[b.Start:b.End], " \t\n")))
	if len(b.Inlines) == 0 && kind != doc.Heading && kind != doc.Term {
		return nil
	}
	return b
}

// extendHeading widens the block from its text to its marks, "#" and {#id}.
func (l *lowerer) extendHeading(b *doc.Block) {
	start := bytes.LastIndexByte(l.src[:b.Start], '\n') + 1
	if i := bytes.IndexByte(l.src[start:b.Start], '#'); i >= 0 {
		b.Start = start + i
	}
	b.End = l.lineEnd(b.End)
}

// shows reports whether a heading without words of its own shows something: a
// concept's name, or a picture.
func shows(b *doc.Block) bool {
	for n := range b.Walk() {
		switch n.(type) {
		case *doc.ConceptLink, *doc.Image:
			return true
		}
	}
	return false
}

// What follows a fence and is none of these is a remark.
var syntaxPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9+#.-]{0,30}$`)

// code lowers a code block; fence is the offset of its opening fence, or -1.
func (l *lowerer) code(n ast.Node, lang []byte, fence int) *doc.Block {
	b := &doc.Block{Kind: doc.Code, Start: fence}
	lines := n.Lines()
	if fence < 0 {
		if lines.Len() == 0 {
			return nil
		}
		b.Start = lines.At(0).Start
	}
	if syntaxPattern.Match(lang) {
		b.Syntax = string(lang)
	}
	w := l.writer()
	b.End = l.lineEnd(b.Start)
	for i := range lines.Len() {
		seg := lines.At(i)
		w.put(strings.Repeat(" ", seg.Padding), seg.Start)
		s := string(l.src[seg.Start:seg.Stop])
		if i == lines.Len()-1 {
			s = strings.TrimSuffix(s, "\n")
		}
		w.put(s, seg.Start)
		b.End = max(b.End, seg.Start+len(strings.TrimSuffix(s, "\n")))
	}
	b.Text, b.Inlines = w.finish()
	if fence >= 0 {
		end, ok := l.closingFence(b.End, fence)
		if b.End = end; !ok {
			code := OpenFence
			if l.cutShort[n] {
				code = OpenFence.As("inner")
			}
			l.diags.Warn(l.pos(fence), code, "Mark", string(l.src[fence:fence+l.fenceLen(fence)]))
		}
	}
	return b
}

// fenceLen is how many characters the fence at the offset has.
func (l *lowerer) fenceLen(fence int) int {
	return len(l.src[fence:]) - len(bytes.TrimLeft(l.src[fence:], string(l.src[fence])))
}

// closingFence returns the end of the line after off that ends the code which
// began with the fence, or off where that is another line.
func (l *lowerer) closingFence(off, fence int) (end int, ok bool) {
	i := bytes.IndexByte(l.src[off:], '\n')
	if i < 0 {
		return off, false
	}
	line, _, _ := bytes.Cut(l.src[off+i+1:], []byte{'\n'})
	t := bytes.Trim(line, " \t>")
	at := off + i + 1 + len(line) - len(bytes.TrimLeft(line, " \t>"))
	if len(t) < max(3, l.fenceLen(fence)) || len(bytes.Trim(t, string(l.src[fence]))) > 0 || l.fenceAt[at] {
		return off, false
	}
	return l.lineEnd(off + i + 1), true
}

var alignments = map[xast.Alignment]doc.Alignment{
	xast.AlignLeft: doc.AlignLeft, xast.AlignCenter: doc.AlignCenter, xast.AlignRight: doc.AlignRight,
}

// table lowers a whole table to one block.
func (l *lowerer) table(t *xast.Table) *doc.Block {
	w := l.writer()
	w.inTable = true
	start, end := -1, 0
	b := &doc.Block{Kind: doc.Table}
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		r := doc.TableRow{Head: row.Kind() == xast.KindTableHeader}
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			if lines := c.Lines(); lines.Len() > 0 {
				if start < 0 {
					start = lines.At(0).Start
				}
				end = lines.At(0).Stop
			}
			w.queued = append(w.queued, step{kind: openCell})
			w.children(c, false)
			w.close()
			w.space(end)
			r.Cells = append(r.Cells, doc.TableCell{Align: alignments[c.(*xast.TableCell).Alignment]})
		}
		b.Rows = append(b.Rows, r)
	}
	start = max(start, 0)
	b.End = l.lineEnd(end)
	var cells [][]doc.Inline
	b.Text, cells = w.finishTable()
	for i := range b.Rows {
		for j := range b.Rows[i].Cells {
			b.Rows[i].Cells[j].Inlines, cells = cells[0], cells[1:]
		}
	}
	// From the first cell back to its bar.
	for start > 0 && (l.src[start-1] == ' ' || l.src[start-1] == '\t') {
		start--
	}
	if start > 0 && l.src[start-1] == '|' {
		start--
	}
	b.Start = start
	return b
}

// comment keeps a comment that accepts findings; others are only left out.
func (l *lowerer) comment(start, end int) {
	body := string(l.src[start+len(commentOpen) : end-len(commentClose)])
	if strings.Contains(body, "--!>") || strings.HasPrefix(body, ">") || strings.HasPrefix(body, "->") {
		l.diags.Warn(l.pos(start), RawHTML.As("comment"))
	}
	words := strings.Fields(body)
	if len(words) == 0 || words[0] != "stele:" {
		return
	}
	if len(words) < 3 || words[1] != "ignore" {
		l.diags.Warn(l.pos(start), BadWaiver)
		return
	}
	codes := strings.FieldsFunc(words[2], func(r rune) bool { return r == ',' })
	if l.waived += len(codes); l.waived > MaxWaivers {
		if l.waived-len(codes) <= MaxWaivers {
			l.diags.Error(l.pos(start), TooManyWaivers, "Max", MaxWaivers)
		}
		return
	}
	l.doc.Waivers = append(l.doc.Waivers, doc.Waiver{
		Pos: l.pos(start), Codes: codes,
		Reason: strings.Join(words[3:], " "), Block: len(l.doc.Blocks),
	})
}

// ids checks the ids that headings were given and makes those that were not.
func (l *lowerer) ids() {
	taken := map[string]int{} // id -> block
	for i := range l.doc.Blocks {
		b := &l.doc.Blocks[i]
		if b.Kind != doc.Heading || b.ID == "" {
			continue
		}
		if first, ok := taken[b.ID]; ok {
			twice := diag.Of(diag.Error, l.idPos(b), DuplicateID, "ID", b.ID)
			twice.Related = []diag.Related{{Pos: l.idPos(&l.doc.Blocks[first]), Phrase: diag.Say("related.first")}}
			l.diags = append(l.diags, twice)
			b.ID = ""
			continue
		}
		taken[b.ID] = i
	}
	next := map[string]int{}
	for i := range l.doc.Blocks {
		b := &l.doc.Blocks[i]
		if b.Kind != doc.Heading || b.ID != "" {
			continue
		}
		base := idOf(b.Text)
		id := base
		for n := max(next[base], 1); ; n++ {
			if n > 1 {
				id = fmt.Sprintf("%s-%d", base, n)
			}
			if _, ok := taken[id]; !ok {
				next[base] = n + 1
				break
			}
		}
		taken[id] = i
		b.ID, b.AutoID = id, true
	}
}

// idPos is the place of the braces after a heading.
func (l *lowerer) idPos(b *doc.Block) diag.Pos {
	if i := strings.LastIndexByte(string(l.src[b.Start-l.base:b.End-l.base]), '{'); i >= 0 {
		return l.lines.Pos(b.Start + i)
	}
	return l.lines.Pos(b.Start)
}

// maxMadeID is how many characters an id has that is made of a heading. Links of
// other programs lead to such ids, which are as long as the heading.
const maxMadeID = 300

// idOf makes an id of a heading's text: its letters and digits, in lower case,
// with hyphens between the words.
func idOf(s string) string {
	var b strings.Builder
	gap := false
	n := 0
	for _, r := range strings.ToLower(s) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = gap || unicode.IsSpace(r) || unicode.Is(unicode.Pd, r)
			continue
		}
		if n == maxMadeID {
			break
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
		n++
	}
	if b.Len() == 0 {
		return "section"
	}
	return norm.NFC.String(b.String())
}

// smallest returns the n smallest numbers in order.
func smallest(all []int, n int) []int {
	slices.Sort(all)
	return all[:min(n, len(all))]
}

// segmentText is the source of a segment.
func (p *parse) segmentText(s text.Segment) string { return p.whole[s.Start:s.Stop] }
