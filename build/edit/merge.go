package edit

import (
	"regexp"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff/lcs"

	"stele/build/doc"
	"stele/build/markdown"
	"stele/build/source"
)

// Kind is how a stretch of a version differs in another file of it.
type Kind string

const (
	Same     Kind = "same"
	Space    Kind = "space"    // in nothing but spaces, line ends and marks of Markdown
	Divided  Kind = "divided"  // the same letters in other blocks
	Reworded Kind = "reworded" // other words
	New      Kind = "new"      // not there before
	Gone     Kind = "gone"     // not there any more
	Moved    Kind = "moved"    // the same, elsewhere
	Front    Kind = "front"    // the front matter
)

// Kinds lists those that are changes.
var Kinds = []Kind{Reworded, New, Gone, Moved, Divided, Space, Front}

// Difference is a stretch of blocks before, From up to To, and what stands in its
// place after, Into up to Till. Both can be empty.
type Difference struct {
	Kind       Kind
	From, To   int
	Into, Till int
	// Other is, of a block that was moved, the index of the difference that is the
	// other half of it; else -1.
	Other int
}

// Source is what a new version of a file was made from.
type Source int

const (
	Markdown Source = iota // all of it counts
	Words                  // a document whose marks are poorer: what has the same words is kept as it was
)

// Compare tells how after differs from before, in the order of after; a block
// that is gone stands where it was.
func Compare(before, after File, from Source) []Difference {
	var out []Difference
	if from == Markdown && before.front() != after.front() {
		out = append(out, Difference{Kind: Front, Other: -1})
	}
	c := comparison{before, after, from, out}
	a, b := c.keys(before), c.keys(after)
	i, k := 0, 0
	for _, d := range lcs.DiffLines(a, b) {
		c.same(i, d.Start, k)
		c.hunk(d.Start, d.End, d.ReplStart, d.ReplEnd)
		i, k = d.End, d.ReplEnd
	}
	c.same(i, len(a), k)
	c.moves(a, b)
	return c.out
}

type comparison struct {
	before, after File
	from          Source
	out           []Difference
}

// keys are the words of the blocks, by which they are found again.
func (c *comparison) keys(f File) []string {
	out := make([]string, len(f.Doc.Blocks))
	for i := range f.Doc.Blocks {
		b := &f.Doc.Blocks[i]
		out[i] = string(rune('a'+c.kind(b))) + letters(c.text(b)) + "\x00" + letters(notes(b))
	}
	return out
}

// kind is what a block counts as: documents often have items as paragraphs that
// begin with a dot, and a break as some asterisks.
func (c *comparison) kind(b *doc.Block) doc.Kind {
	switch {
	case c.from == Markdown:
	case b.Kind == doc.Item || b.Kind == doc.Definition || b.Kind == doc.Term:
		return doc.Paragraph
	case b.Kind == doc.Paragraph && rule.MatchString(b.Text):
		return doc.Break
	}
	return b.Kind
}

var (
	rule = regexp.MustCompile(`^[*_\-—–\s]{3,}$`)
	dot  = regexp.MustCompile(`^(?:[•·▪◦●○■□–—*-]|[0-9]{1,3}[.)])[\s\x{a0}]+`)
)

// text is what a block says, without the dot or number of an item.
func (c *comparison) text(b *doc.Block) string {
	switch {
	case c.from == Markdown:
		return b.Text
	case c.kind(b) == doc.Break:
		return ""
	case b.Kind == doc.Paragraph:
		return dot.ReplaceAllString(b.Text, "")
	}
	return b.Text
}

// notes is the text of a block's notes.
func notes(b *doc.Block) string {
	var w strings.Builder
	for i := range b.Notes {
		for k := range b.Notes[i].Blocks {
			w.WriteString(b.Notes[i].Blocks[k].Text + " ")
		}
	}
	return w.String()
}

func (c *comparison) add(kind Kind, from, to, into, till int) {
	c.out = append(c.out, Difference{kind, from, to, into, till, -1})
}

// same adds blocks with the same words: a document tells no more, but Markdown
// may have other spaces and marks.
func (c *comparison) same(i, to, k int) {
	for ; i < to; i, k = i+1, k+1 {
		kind := Same
		if c.from == Markdown && c.before.Text(i, i) != c.after.Text(k, k) {
			kind = Space
		}
		c.add(kind, i, i+1, k, k+1)
	}
}

// hunk adds what stands between blocks that are the same.
func (c *comparison) hunk(i, to, k, till int) {
	if i < to && k < till && c.words(c.before, i, to) == c.words(c.after, k, till) {
		c.add(Divided, i, to, k, till)
		return
	}
	pairs := c.pair(i, to, k, till)
	for _, p := range append(pairs, [2]int{to, till}) {
		for ; i < p[0]; i++ {
			c.add(Gone, i, i+1, k, k)
		}
		for ; k < p[1]; k++ {
			c.add(New, i, i, k, k+1)
		}
		if i < to && k < till {
			c.add(Reworded, i, i+1, k, k+1)
			i, k = i+1, k+1
		}
	}
}

func (c *comparison) words(f File, from, to int) string {
	var w strings.Builder
	for i := from; i < to; i++ {
		w.WriteString(letters(c.text(&f.Doc.Blocks[i]) + notes(&f.Doc.Blocks[i])))
	}
	return w.String()
}

// mostPairs is how many pairs of blocks are compared with each other; in larger
// stretches they are taken in their order.
const mostPairs = 40_000

// pair finds the blocks of a stretch that became one another: those that are
// alike, in order, so that they are alike the most altogether.
func (c *comparison) pair(i, to, k, till int) [][2]int {
	n, m := to-i, till-k
	var out [][2]int
	if n*m > mostPairs || n == 1 && m == 1 {
		for d := range min(n, m) {
			out = append(out, [2]int{i + d, k + d})
		}
		return out
	}
	a, b := make([]map[string]int, n), make([]map[string]int, m)
	for x := range n {
		a[x] = pieces(c.text(&c.before.Doc.Blocks[i+x]))
	}
	for y := range m {
		b[y] = pieces(c.text(&c.after.Doc.Blocks[k+y]))
	}
	best := make([][]float64, n+1) // of what comes after
	like := make([][]float64, n)
	for x := range best {
		best[x] = make([]float64, m+1)
	}
	for x := n - 1; x >= 0; x-- {
		like[x] = make([]float64, m)
		for y := m - 1; y >= 0; y-- {
			best[x][y] = max(best[x+1][y], best[x][y+1])
			if s := likeness(a[x], b[y]); s >= enoughAlike && c.kind(&c.before.Doc.Blocks[i+x]) == c.kind(&c.after.Doc.Blocks[k+y]) {
				like[x][y] = s
				best[x][y] = max(best[x][y], s+best[x+1][y+1])
			}
		}
	}
	for x, y := 0, 0; x < n && y < m; {
		switch {
		case like[x][y] > 0 && best[x][y] == like[x][y]+best[x+1][y+1]:
			out = append(out, [2]int{i + x, k + y})
			x, y = x+1, y+1
		case best[x][y] == best[x+1][y]:
			x++
		default:
			y++
		}
	}
	return out
}

// enoughAlike is the share of common pairs of letters from which on a text is
// taken for another wording of a text and not for a new one. Set by judgement.
const enoughAlike = 0.45

// pieces counts the pairs of letters of a text.
func pieces(s string) map[string]int {
	out := map[string]int{}
	last := rune(0)
	for _, r := range strings.ToLower(letters(s)) {
		if last != 0 {
			out[string([]rune{last, r})]++
		}
		last = r
	}
	return out
}

func likeness(a, b map[string]int) float64 {
	common, all := 0, 0
	for p, n := range a {
		common += min(n, b[p])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(common) / float64(all)
}

// moves finds what is gone in one place and new in another.
func (c *comparison) moves(a, b []string) {
	gone := map[string][]int{}
	for i, d := range c.out {
		if d.Kind == Gone {
			gone[a[d.From]] = append(gone[a[d.From]], i)
		}
	}
	for i := range c.out {
		d := &c.out[i]
		if d.Kind != New {
			continue
		}
		if list := gone[b[d.Into]]; len(list) > 0 {
			other := list[0]
			gone[b[d.Into]] = list[1:]
			d.Kind, d.Other = Moved, other
			c.out[other].Kind, c.out[other].Other = Moved, i
		}
	}
}

// front is the file before its first block.
func (f File) front() string {
	if len(f.Doc.Blocks) == 0 {
		return f.Data
	}
	return f.Data[:f.lead(0)]
}

// tail is the file after its last block: mostly the notes.
func (f File) tail() string {
	n := len(f.Doc.Blocks)
	if n == 0 {
		return ""
	}
	return f.Data[f.end(n-1):]
}

// Merge returns before with some of the differences taken from after; of a block
// that was moved both halves are, or none. Where the file would not read as it
// must, ErrSpreads says so: then all must be taken, or others.
func Merge(before, after File, from Source, all []Difference, take []bool) (string, error) {
	if len(take) != len(all) {
		return "", ErrSpreads
	}
	whole := true
	for i, d := range all {
		if d.Other >= 0 && take[d.Other] != take[i] {
			return "", ErrSpreads
		}
		whole = whole && (take[i] || d.Kind == Same)
	}
	if whole && from == Markdown {
		return after.Data, nil
	}
	m := &merging{before: before, after: after, from: from, labels: map[string]string{}, boxes: map[int]int{}}
	for _, l := range noteLabel.FindAllStringSubmatch(before.Data, -1) {
		m.labels[l[1]] = l[1]
	}
	m.out.WriteString(before.front())
	for i, d := range all {
		switch {
		case d.Kind == Front:
			if take[i] {
				m.out.Reset()
				m.out.WriteString(after.front())
			}
		case take[i]:
			m.fresh(d)
		default:
			for b := d.From; b < d.To; b++ {
				m.keep(b)
			}
		}
	}
	tail := before.tail()
	if tail == "" {
		tail = "\n"
	}
	m.out.WriteString(tail)
	data := strings.TrimRight(m.out.String(), "\n") + "\n"
	if m.notes.Len() > 0 {
		data += m.notes.String()
	}
	next := before.File
	if next.Path == "" {
		next = after.File
	}
	next.Data = data
	if _, found := source.Clean("", []byte(data)); len(found) > 0 {
		return "", &FaultError{found[0]}
	}
	now, _ := markdown.Parse(next)
	if len(now.Blocks) != len(m.want) {
		return "", ErrSpreads
	}
	for i := range now.Blocks {
		if now.Blocks[i].Text != m.want[i].Text || notes(&now.Blocks[i]) != notes(m.want[i]) {
			return "", ErrSpreads
		}
		if was, ok := m.boxes[i]; ok && was != boxes(&now.Blocks[i]) {
			return "", ErrSpreads
		}
	}
	if from == Words && strings.Count(data, "<!--") < strings.Count(before.Data, "<!--")-m.dropped {
		return "", ErrSpreads
	}
	return data, nil
}

type merging struct {
	before, after File
	from          Source
	out, notes    strings.Builder
	want          []*doc.Block
	labels        map[string]string // of notes that are taken, with what they are of
	last          *doc.Block
	boxes         map[int]int // in how many boxes those of want stand, where it is known
	place         int         // of which block of before the last stands in the place; -1 for a new one
	carried       bool        // something was written that is no block, before the first
	dropped       int         // how many comments go with what they are about
}

// gap parts what was written from what comes: as the file has it that it is from.
func (m *merging) gap(f File, i int) {
	defer func() { m.last = &f.Doc.Blocks[i] }()
	if m.last == nil && !m.carried {
		return
	}
	if i == 0 || m.last == nil {
		m.out.WriteString("\n\n")
		return
	}
	between := f.Data[f.end(i-1):max(f.end(i-1), f.lead(i))]
	b := &f.Doc.Blocks[i]
	if strings.Count(between, "\n") < 2 && (b.Kind == doc.Item && !inside(m.last, b) || m.last.Kind == doc.Table || b.Kind != doc.Item && b.Kind != doc.Definition) {
		between = "\n\n"
	}
	m.out.WriteString(between)
}

func (m *merging) keep(i int) {
	m.gap(m.before, i)
	m.out.WriteString(m.before.Data[m.before.lead(i):m.before.end(i)])
	if m.from == Words {
		m.boxes[len(m.want)] = boxes(&m.before.Doc.Blocks[i])
	}
	m.place = i
	m.want = append(m.want, &m.before.Doc.Blocks[i])
}

var (
	noteLabel  = regexp.MustCompile(`\[\^([^\[\]\s]{1,100})\]`)
	headingIDs = regexp.MustCompile(`[ \t]*\{#[^{}\n]*\}[ \t]*$`)
)

// fresh writes the blocks of after that a difference has in place of others.
func (m *merging) fresh(d Difference) {
	for k := d.Into; k < d.Till; k++ {
		old := d.From + k - d.Into
		known := m.from == Words && old < d.To
		if !known || !m.between(k, old) {
			m.gap(m.after, k)
		}
		text := m.after.Data[m.after.lead(k):m.after.end(k)]
		b := &m.after.Doc.Blocks[k]
		if b.Kind == doc.Heading && k-d.Into < d.To-d.From && !headingIDs.MatchString(text) {
			if ids := headingIDs.FindString(m.before.Text(old, old)); m.before.Doc.Blocks[old].Kind == doc.Heading {
				text += ids
			}
		}
		if known {
			m.dropped += strings.Count(m.before.Text(old, old), "<!--")
			m.boxes[len(m.want)] = boxes(&m.before.Doc.Blocks[old])
		}
		if known && b.Kind == doc.Paragraph && m.before.Doc.Blocks[old].Kind == doc.Item {
			// A paragraph that begins with a dot is the item that it was.
			item := &m.before.Doc.Blocks[old]
			if mark := dot.FindString(b.Text); mark != "" && strings.HasPrefix(text, strings.TrimRight(mark, " \u00a0")) {
				text = m.before.Data[m.before.line(item.Start):item.Start] + dot.ReplaceAllString(text, "")
				said := *b
				said.Text = dot.ReplaceAllString(b.Text, "")
				b, m.last = &said, item
			}
		}
		m.out.WriteString(m.labelled(text))
		m.want = append(m.want, b)
		if m.place = -1; known {
			m.place = old
		}
	}
	if m.from == Words {
		for old := d.From + d.Till - d.Into; old < d.To; old++ {
			m.gone(old)
		}
	}
}

// above is where what stands above a block begins: after the block before it.
func (f File) above(i int) int {
	if i == 0 {
		return f.lead(0) // the rest is the front
	}
	return min(f.end(i-1), f.line(f.Doc.Blocks[i].Start))
}

// between writes what the file has above a block whose words come from a
// document, if it is more than empty lines: a document has no remarks, no boxes
// and no addresses of links.
func (m *merging) between(k, old int) bool {
	text := m.before.Data[m.before.above(old):m.before.line(m.before.Doc.Blocks[old].Start)]
	if strings.Trim(text, "> \t\n") == "" {
		return false
	}
	switch {
	case m.last == nil && !m.carried:
		text = strings.TrimLeft(text, "\n")
	case old == 0:
		text = "\n\n" + text
	case m.place != old-1 && !strings.HasPrefix(text, "\n\n"):
		text = "\n" + text
	}
	m.out.WriteString(text)
	m.last = &m.after.Doc.Blocks[k]
	return true
}

// gone keeps what the file has above a block that goes, but for the remarks about
// the block itself.
func (m *merging) gone(old int) {
	f := m.before
	from := f.above(old)
	rest := f.unwaived(old, from)
	m.dropped += strings.Count(f.Data[from:f.line(f.Doc.Blocks[old].Start)], "<!--") - strings.Count(rest, "<!--") + strings.Count(f.Text(old, old), "<!--")
	if rest = strings.Trim(rest, "\n"); strings.Trim(rest, "> \t\n") == "" {
		return
	}
	if m.last != nil || m.carried {
		m.out.WriteString("\n\n")
	}
	m.out.WriteString(rest)
	m.carried = true
}

// boxes counts the boxes that a block stands in.
func boxes(b *doc.Block) int {
	n := 0
	for i := range b.Within {
		if b.Within[i].Kind == doc.Remark {
			n++
		}
	}
	return n
}

// labelled gives the notes of a text labels that are free, and takes the notes
// themselves along.
func (m *merging) labelled(text string) string {
	return noteLabel.ReplaceAllStringFunc(text, func(mark string) string {
		label := mark[2 : len(mark)-1]
		def := definition(m.after.Data, label)
		if def == "" {
			return mark
		}
		if definition(m.before.Data, label) == def {
			return mark
		}
		fresh := label
		for n := 2; m.labels[fresh] != "" && m.labels[fresh] != "new "+label; n++ {
			fresh = label + "-" + string(rune('0'+n%10))
			if n > 9 {
				return mark
			}
		}
		if m.labels[fresh] == "" {
			m.labels[fresh] = "new " + label
			m.notes.WriteString("\n[^" + fresh + "]:" + def + "\n")
		}
		return "[^" + fresh + "]"
	})
}

// definition is what a file says of a note, without its label.
func definition(data, label string) string {
	mark := "[^" + label + "]:"
	at := 0
	if !strings.HasPrefix(data, mark) {
		i := strings.Index(data, "\n"+mark)
		if i < 0 {
			return ""
		}
		at = i + 1
	}
	lines := strings.Split(data[at+len(mark):], "\n")
	end := 1
	for i := 1; i < len(lines); i++ {
		l := lines[i]
		switch {
		case strings.TrimSpace(l) == "":
			continue
		case strings.HasPrefix(l, "    ") || strings.TrimSpace(lines[i-1]) != "" && !strings.HasPrefix(l, "[^"):
			end = i + 1
			continue
		}
		break
	}
	return strings.Join(slices.Clone(lines[:min(end, len(lines))]), "\n")
}
