package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"stele/build/diag"
	"stele/build/doc"
)

// Remarks that stand apart from the text are marked in as many ways as there are
// programs that read Markdown. These are read:
//
//   - between two marks: ":::tip Title" and ":::", "/// tip | Title" and "///",
//     <details> and </details>, and fences that hold no code, ```{note} and
//     ```smart header="Title";
//   - by indentation: !!! note "Title", ??? note "Title" and, of tabs, === "Title";
//   - in a quotation that begins with [!NOTE].
//
// Marks of the first kind are blocks of one line, which lowering pairs: what
// stands between them need not be cut out of the text that the parser sees.

// boxForm is how a remark is marked.
type boxForm uint8

const (
	formColons boxForm = iota
	formSlashes
	formFence
	formDetails
	formSummary // <summary> in one line, the title of details
)

// boxMark begins or ends a remark. Its lines are the title.
type boxMark struct {
	ast.BaseBlock
	form       boxForm
	ends       bool
	label      string
	named      string // what the author called it
	lang, dir  string
	quote      bool // it is a quotation
	unknown    bool // no program's word for a remark that we know
	start, end int  // in src
}

// box is a remark marked by indentation.
type box struct {
	ast.BaseBlock
	label, named string
	untitled     bool // its title is empty, so that it has none
}

// boxTitle is the title of a box.
type boxTitle struct{ ast.BaseBlock }

var (
	kindBoxMark  = ast.NewNodeKind("BoxMark")
	kindBox      = ast.NewNodeKind("Box")
	kindBoxTitle = ast.NewNodeKind("BoxTitle")
)

func (*boxMark) Kind() ast.NodeKind    { return kindBoxMark }
func (*boxMark) Dump(_ []byte, _ int)  {}
func (*box) Kind() ast.NodeKind        { return kindBox }
func (*box) Dump(_ []byte, _ int)      {}
func (*boxTitle) Kind() ast.NodeKind   { return kindBoxTitle }
func (*boxTitle) Dump(_ []byte, _ int) {}

// labels are the words that programs know for remarks, with what readers are told.
var labels = map[string]string{
	"note": "note", "info": "note", "abstract": "note", "summary": "note", "tldr": "note", "seealso": "note", "smart": "note", "admonition": "",
	"tip": "tip", "hint": "tip", "success": "tip", "check": "tip", "done": "tip",
	"important": "important",
	"warning":   "warning", "warn": "warning", "attention": "warning",
	"caution": "caution", "danger": "caution", "error": "caution", "failure": "caution", "fail": "caution", "missing": "caution", "bug": "caution",
	"example": "example",
	"details": "details",
	"quote":   "", "cite": "",
}

// plainFences are the words after a fence that name a remark, and no language of
// code, even without braces around them.
var plainFences = []string{"attention", "caution", "danger", "hint", "important", "info", "note", "smart", "tip", "warn", "warning"}

// remarkLabel is what readers are told of a remark that its author calls name; known
// tells whether that is a word for a remark.
func remarkLabel(name string) (label string, known bool) {
	name = strings.ToLower(strings.TrimPrefix(strings.ToLower(name), "callout-"))
	l, ok := labels[name]
	if !ok {
		l = name
	}
	return l, ok
}

var (
	colonMark   = regexp.MustCompile(`^:{3,}[ \t]*(?:\{[ \t]*\.?([A-Za-z][A-Za-z0-9_-]{0,40})([^}\n]*)\}|([A-Za-z][A-Za-z0-9_-]{0,40}))([^\n]*)`)
	slashMark   = regexp.MustCompile(`^/{3,}[ \t]+([A-Za-z][A-Za-z0-9_-]{0,40})[ \t]*(?:\|[ \t]*([^\n]*))?$`)
	slashEnd    = regexp.MustCompile(`^/{3,}[ \t]*$`)
	colonEnd    = regexp.MustCompile(`^:{3,}[ \t]*$`)
	fenceMark   = regexp.MustCompile("^(`{3,}|~{3,})[ \t]*(\\{?)([A-Za-z][A-Za-z-]{0,40})(\\}?)(?:[ \t]+([^\\n]*?))?[ \t]*$")
	fenceEnd    = regexp.MustCompile("^(`{3,}|~{3,})[ \t]*$")
	detailsMark = regexp.MustCompile(`(?i)^<details((?:\s+(?:open|dir|lang)(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=/]+))?)*)\s*>[ \t]*(?:<summary>(.*)</summary>)?[ \t]*$`)
	detailsEnd  = regexp.MustCompile(`(?i)^</details\s*>[ \t]*$`)
	summaryMark = regexp.MustCompile(`(?i)^<summary\s*>(.*)</summary\s*>[ \t]*$`)
	indentMark  = regexp.MustCompile(`^(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]{0,40})((?:[ \t]+[A-Za-z][\w-]*)*)[ \t]*(?:"(.*)")?[ \t]*$`)
	tabMark     = regexp.MustCompile(`^===[!+]*[ \t]+"(.*)"[ \t]*$`)
	alertMark   = regexp.MustCompile(`^\[!([A-Za-z][\w-]{0,40})\][+-]?[ \t]*([^\n]*)\n?$`)
	titleValue  = regexp.MustCompile(`(?:header|title)=(?:"([^"\n]*)"|'([^'\n]*)')`)
	taskMark    = regexp.MustCompile(`^\[([ xX])\][ \t]+\S`)
)

// openFence is a fence that begins a remark and is not ended yet.
type openFence struct {
	parent ast.Node
	char   byte
	n      int
}

// boxMarkParser finds the marks that stand around remarks.
type boxMarkParser struct{ p *parse }

func (boxMarkParser) Trigger() []byte { return []byte{':', '/', '`', '~', '<'} }

func (m boxMarkParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, start, ok := lineAt(parent, reader, pc)
	if !ok {
		return nil, parser.NoChildren
	}
	raw := bytes.TrimRight(line, " \t\n")
	var node *boxMark
	switch raw[0] {
	case ':':
		node = m.colons(raw, start)
		if node != nil && node.unknown && inParagraph(pc) {
			node = nil
		}
	case '/':
		node = m.slashes(raw, start)
		if node != nil && node.unknown && inParagraph(pc) {
			node = nil
		}
	case '<':
		node = m.html(raw, start)
	default:
		node = m.fence(parent, raw, start)
	}
	if node == nil {
		return nil, parser.NoChildren
	}
	node.start, node.end = start, start+len(raw)
	m.p.boxes = true
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// inParagraph reports whether the line before belongs to a paragraph.
func inParagraph(pc parser.Context) bool {
	open := pc.OpenedBlocks()
	return len(open) > 0 && open[len(open)-1].Node.Kind() == ast.KindParagraph
}

func (boxMarkParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}
func (boxMarkParser) Close(ast.Node, text.Reader, parser.Context) {}
func (boxMarkParser) CanInterruptParagraph() bool                 { return true }
func (boxMarkParser) CanAcceptIndentedLine() bool                 { return false }

// titled is a mark with a title at from to to of the line that begins at start.
func titled(n ast.Node, line []byte, start, from, to int) {
	if from < 0 {
		return
	}
	for from < to && (line[from] == ' ' || line[from] == '\t') {
		from++
	}
	for from < to && (line[to-1] == ' ' || line[to-1] == '\t') {
		to--
	}
	if from < to {
		n.Lines().Append(text.NewSegment(start+from, start+to))
	}
}

func (m boxMarkParser) colons(line []byte, start int) *boxMark {
	if colonEnd.Match(line) {
		return &boxMark{form: formColons, ends: true}
	}
	g := colonMark.FindSubmatchIndex(line)
	if g == nil {
		return nil
	}
	node := &boxMark{form: formColons}
	from, to := g[2], g[3]
	if from < 0 {
		from, to = g[6], g[7]
	}
	known := false
	node.named = string(line[from:to])
	node.label, known = remarkLabel(node.named)
	node.quote = isQuote(node.named)
	rest := string(line[g[8]:g[9]])
	title := titleValue.FindSubmatchIndex(line)
	switch inner := strings.TrimSpace(rest); {
	case title != nil:
		titled(node, line, start, max(title[2], title[4]), max(title[3], title[5]))
	case strings.HasPrefix(inner, "[") && strings.HasSuffix(inner, "]"):
		open := g[8] + strings.IndexByte(rest, '[') + 1
		titled(node, line, start, open, g[8]+strings.LastIndexByte(rest, ']'))
	case strings.HasPrefix(inner, "{"): // attributes
	case strings.HasPrefix(rest, ":"), inner != "" && rest[0] != ' ' && rest[0] != '\t':
		return nil // a word that only begins so
	default:
		titled(node, line, start, g[8], g[9])
	}
	node.unknown = !known
	return node
}

func (m boxMarkParser) slashes(line []byte, start int) *boxMark {
	if slashEnd.Match(line) {
		return &boxMark{form: formSlashes, ends: true}
	}
	g := slashMark.FindSubmatchIndex(line)
	if g == nil {
		return nil
	}
	node := &boxMark{form: formSlashes, named: string(line[g[2]:g[3]])}
	known := false
	node.label, known = remarkLabel(node.named)
	node.quote = isQuote(node.named)
	titled(node, line, start, g[4], g[5])
	node.unknown = !known
	return node
}

func isQuote(name string) bool {
	name = strings.ToLower(name)
	return name == "quote" || name == "cite"
}

func (m boxMarkParser) fence(parent ast.Node, line []byte, start int) *boxMark {
	if g := fenceEnd.FindSubmatch(line); g != nil {
		for n := len(m.p.fences); n > 0; n = len(m.p.fences) {
			top := m.p.fences[n-1]
			if top.parent == parent {
				if top.char != line[0] || len(g[1]) < top.n {
					return nil
				}
				m.p.fences = m.p.fences[:n-1]
				return &boxMark{form: formFence, ends: true}
			}
			if standsIn(parent, top.parent) {
				return nil
			}
			m.p.fences = m.p.fences[:n-1] // it ended with what it stood in
		}
		return nil
	}
	g := fenceMark.FindSubmatchIndex(line)
	if g == nil {
		return nil
	}
	name := string(line[g[6]:g[7]])
	braces := g[4] < g[5]
	known := false
	node := &boxMark{form: formFence, named: name}
	node.label, known = remarkLabel(name)
	node.quote = isQuote(name)
	if strings.Contains(string(line[g[3]:]), "```") { // code in a line
		return nil
	}
	if braces != (g[8] < g[9]) || !known || !braces && !slices.Contains(plainFences, name) {
		return nil
	}
	if g[10] >= 0 {
		if title := titleValue.FindSubmatchIndex(line); title != nil {
			titled(node, line, start, max(title[2], title[4]), max(title[3], title[5]))
		} else if !bytes.ContainsAny(line[g[10]:g[11]], "={") {
			titled(node, line, start, g[10], g[11])
		}
	}
	m.p.fences = append(m.p.fences, openFence{parent, line[0], g[3] - g[2]})
	return node
}

// standsIn reports whether a block stands in another.
func standsIn(n, in ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n == in {
			return true
		}
	}
	return false
}

func (m boxMarkParser) html(line []byte, start int) *boxMark {
	switch {
	case detailsEnd.Match(line):
		return &boxMark{form: formDetails, ends: true, named: "details"}
	case len(line) > 1 && line[1] != 'd' && line[1] != 'D' && line[1] != 's' && line[1] != 'S':
		return nil
	}
	if g := summaryMark.FindSubmatchIndex(line); g != nil {
		node := &boxMark{form: formSummary, named: "summary"}
		titled(node, line, start, g[2], g[3])
		return node
	}
	g := detailsMark.FindSubmatchIndex(line)
	if g == nil {
		return nil
	}
	lang, dir, ok := attributes(string(line[g[2]:g[3]]))
	if !ok {
		return nil
	}
	node := &boxMark{form: formDetails, label: "details", named: "details", lang: lang, dir: dir}
	titled(node, line, start, g[4], g[5])
	return node
}

// boxParser finds remarks and tabs that are marked by indentation.
type boxParser struct{ p *parse }

func (boxParser) Trigger() []byte { return []byte{'!', '?', '='} }

func (x boxParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, start, ok := lineAt(parent, reader, pc)
	if !ok {
		return nil, parser.NoChildren
	}
	raw := bytes.TrimRight(line, " \t\n")
	node, title := &box{}, &boxTitle{}
	if g := tabMark.FindSubmatchIndex(raw); g != nil {
		node.named = "tab"
		titled(title, raw, start, g[2], g[3])
		x.p.foreign(foreignTabs, start, `=== "`+diag.Clip(string(raw[g[2]:g[3]]), diag.Quoted)+`"`)
	} else if g := indentMark.FindSubmatchIndex(raw); g != nil {
		node.named = string(raw[g[2]:g[3]])
		node.label, _ = remarkLabel(node.named)
		node.untitled = g[6] >= 0 && len(bytes.TrimSpace(raw[g[6]:g[7]])) == 0
		titled(title, raw, start, g[6], g[7])
	} else {
		return nil, parser.NoChildren
	}
	if title.Lines().Len() > 0 {
		node.AppendChild(node, title)
	}
	reader.AdvanceToEOL()
	return node, parser.HasChildren
}

// Continue lets in what is indented by four columns, as in a footnote.
func (boxParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if len(bytes.TrimSpace(line)) == 0 {
		return parser.Continue | parser.HasChildren
	}
	at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if at < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(at, padding)
	return parser.Continue | parser.HasChildren
}
func (boxParser) Close(ast.Node, text.Reader, parser.Context) {}
func (boxParser) CanInterruptParagraph() bool                 { return true }
func (boxParser) CanAcceptIndentedLine() bool                 { return false }

// openings takes the marks at the beginning of a paragraph that say what the
// quotation or the item around it is: [!NOTE], [x].
type openings struct{ p *parse }

func (o openings) Transform(node *ast.Paragraph, _ text.Reader, _ parser.Context) {
	parent, lines := node.Parent(), node.Lines()
	if parent == nil || lines.Len() == 0 || parent.FirstChild() != ast.Node(node) {
		return
	}
	seg := lines.At(0)
	if seg.Start >= seg.Stop || o.p.src[seg.Start] != '[' {
		return
	}
	raw := o.p.src[seg.Start:seg.Stop]
	switch parent.Kind() {
	case ast.KindListItem:
		g := taskMark.FindSubmatchIndex(raw)
		if g == nil {
			return
		}
		o.p.tasks[parent] = doc.Undone
		if raw[g[2]] != ' ' {
			o.p.tasks[parent] = doc.Done
		}
		lines.Set(0, seg.WithStart(seg.Start+g[1]-1))
	case ast.KindBlockquote:
		g := alertMark.FindSubmatchIndex(raw)
		if g == nil {
			return
		}
		alert := &boxMark{named: string(raw[g[2]:g[3]])}
		alert.label, _ = remarkLabel(alert.named)
		titled(alert, raw, seg.Start, g[4], g[5])
		o.p.alerts[parent] = alert
		if alert.Lines().Len() > 0 {
			// The title is a block of its own, which the parser sees as any other.
			title := &boxTitle{}
			title.SetLines(alert.Lines())
			title.SetPos(seg.Start)
			parent.InsertBefore(parent, node, title)
		}
		if lines.Len() == 1 {
			parent.RemoveChild(parent, node)
			return
		}
		rest := text.NewSegments()
		rest.AppendAll(lines.Sliced(1, lines.Len()))
		node.SetLines(rest)
	}
}

// fenceGuard notes where code begins, so that such a line is taken for no end.
type fenceGuard struct {
	parser.BlockParser
	p *parse
}

func (f fenceGuard) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	at := startOf(reader, pc)
	node, state := f.BlockParser.Open(parent, reader, pc)
	if node != nil {
		f.p.fenceAt[at] = true
		f.p.fenceOf[node] = len(f.p.src[at:]) - len(bytes.TrimLeft(f.p.src[at:], string(f.p.src[at])))
	}
	return node, state
}

// Continue ends code where the fence ends that began the remark around it, as it
// would end any code: what stands in a fence cannot be longer than the fence.
func (f fenceGuard) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	if n := len(f.p.fences); n > 0 {
		around := f.p.fences[n-1]
		line, seg := reader.PeekLine()
		_, indent := util.IndentWidth(line, reader.LineOffset())
		mark := fenceEnd.FindSubmatch(bytes.TrimRight(line[indent:], " \t\n"))
		if mark != nil && around.parent == node.Parent() && around.char == mark[1][0] && len(mark[1]) >= around.n && f.p.fenceOf[node] < around.n {
			f.p.fenceAt[seg.Start-seg.Padding+indent] = true
			f.p.cutShort[node] = true
			return parser.Close
		}
	}
	return f.BlockParser.Continue(node, reader, pc)
}

// pair finds which marks among the blocks of n belong together.
func (l *lowerer) pair(n ast.Node) map[ast.Node]*boxMark {
	if !l.boxes {
		return nil
	}
	pairs := map[ast.Node]*boxMark{}
	var open []*boxMark
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		m, ok := c.(*boxMark)
		switch {
		case !ok:
		case !m.ends && m.form == formSummary:
			if before, ok := c.PreviousSibling().(*boxMark); ok && before.form == formDetails && !before.ends && before.Lines().Len() == 0 && pairs[before] != nil {
				pairs[m] = before
			}
		case !m.ends:
			if len(open) < MaxNesting {
				open = append(open, m)
				pairs[m] = m // until its end is found
			}
		default:
			for i := len(open) - 1; i >= 0; i-- {
				if open[i].form == m.form {
					pairs[m], pairs[open[i]] = open[i], m
					for _, inner := range open[i+1:] {
						pairs[inner] = m // ends here too, but has no end of its own
					}
					l.unended(open[i+1:], pairs)
					open = open[:i]
					break
				}
			}
		}
	}
	l.unended(open, pairs)
	return pairs
}

// unended reports marks that have no end. Where the word is one that no program is
// known to use, it is words of the text.
func (l *lowerer) unended(marks []*boxMark, pairs map[ast.Node]*boxMark) {
	for _, m := range marks {
		if m.unknown {
			delete(pairs, m)
			continue
		}
		l.diags.Warn(l.pos(m.start), OpenFence.As("box"), "Mark", diag.Clip(string(l.src[m.start:m.end]), diag.Quoted))
	}
}

// remark is a new container for what stands in a remark.
func (l *lowerer) remark(label string, hasTitle bool) doc.Container {
	l.remarked++
	return doc.Container{Kind: doc.Remark, Number: l.remarked, Label: label, Titled: hasTitle}
}

// stack are the marked remarks that lowering is in, of one parent.
type stack struct {
	marks []*boxMark
	outer [][]doc.Container // what each stands in
}

// mark lowers a mark and returns the containers of what follows it.
func (l *lowerer) mark(m *boxMark, next ast.Node, pairs map[ast.Node]*boxMark, s *stack, within []doc.Container, out *[]doc.Block, outer bool) []doc.Container {
	pair := pairs[m]
	switch {
	case pair == nil:
		l.stray(m, within, out, outer)
	case m.form == formSummary && !m.ends:
		l.add(l.inlineBlock(m, doc.Paragraph), within, out, outer)
	case m.ends:
		for n := len(s.marks) - 1; n >= 0; n-- {
			top := s.marks[n]
			within = s.outer[n]
			s.marks, s.outer = s.marks[:n], s.outer[:n]
			if top == pair {
				break
			}
		}
	default:
		if m.unknown {
			l.foreign(foreignDirective, m.start, map[boxForm]string{formColons: ":::", formSlashes: "/// "}[m.form]+m.named)
		}
		s.marks, s.outer = append(s.marks, m), append(s.outer, within)
		if m.quote {
			within = inside(within, doc.Container{Kind: doc.Quote})
		} else {
			sum, ok := next.(*boxMark)
			k := l.remark(m.label, m.Lines().Len() > 0 || ok && pairs[sum] == m && !sum.ends && sum.form == formSummary)
			k.Lang, k.Dir = m.lang, m.dir
			within = inside(within, k)
		}
		if m.Lines().Len() > 0 {
			l.add(l.inlineBlock(m, doc.Paragraph), within, out, outer)
		}
	}
	return within
}

// stray lowers a mark that belongs to no other as the text that it is.
func (l *lowerer) stray(m *boxMark, within []doc.Container, out *[]doc.Block, outer bool) {
	mark := string(l.src[m.start:m.end])
	if m.form == formColons || m.form == formSlashes {
		l.foreign(foreignDirective, m.start, mark)
	} else {
		l.diags.Warn(l.pos(m.start), RawHTML, "Tag", diag.Clip(mark, diag.Quoted))
	}
	w := l.writer()
	w.words(mark, m.start)
	b := &doc.Block{Start: m.start, End: m.end}
	b.Text, b.Inlines = w.finish()
	l.add(b, within, out, outer)
}

// first marks the containers that the block is the first in.
func (l *lowerer) first(in []doc.Container) []doc.Container {
	cloned := false
	for i := range in {
		if in[i].Kind == doc.Remark && in[i].Number > l.begun {
			if !cloned {
				in, cloned = slices.Clone(in), true
			}
			in[i].First = true
		}
	}
	for i := range in {
		if in[i].Kind == doc.Remark {
			l.begun = max(l.begun, in[i].Number)
		}
	}
	return in
}
