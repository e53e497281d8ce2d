package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
)

// parse is one file being parsed. Goldmark's parsers reach it by pointer, so
// every file has a goldmark parser of its own; making one costs microseconds.
type parse struct {
	src   []byte // the file after its front matter
	whole string // the same; blocks share its memory
	base  int    // offset of src in the file
	lines *diag.Lines
	diags diag.List
	doc   *doc.Document
	lang  *lang.Language

	attrs map[any]attr // of headings, by node
	items map[any]int  // offsets of the marks of list items, by node
	refs  map[string]*refdef
	meter meter
	cells int // of all tables so far
	// The source as tables are to see it, once one needs it.
	noBars []byte

	boxes   bool         // there are marks of remarks
	fences  []openFence  // of remarks
	fenceAt map[int]bool // offsets of the fences that do not end the code before them

	fenceOf  map[ast.Node]int  // how many characters the fences of code have
	cutShort map[ast.Node]bool // code that ends with the remark around it

	tasks  map[ast.Node]doc.Task // of list items
	alerts map[ast.Node]*boxMark // what quotations are
	tags   bool                  // there are tags that are obeyed
	marks  map[string]*foreigner // of other programs

	nested bool // too deep nesting was reported
	// The next end of a comment at or after an offset, as last looked for.
	closeFrom, closeAt int
}

// run parses and lowers the whole file.
func (p *parse) run() {
	root := p.goldmark().Parse(text.NewReader(p.src))
	l := &lowerer{parse: p, notes: map[string]*footnote{}}
	l.document(root)
	p.unusedRefs()
	p.foreigners()
}

// pos is the place of an offset in src.
func (p *parse) pos(off int) diag.Pos { return p.lines.Pos(p.base + off) }

// goldmark builds the parser. Parsers of raw HTML are left out, as are those
// of references, emphasis, autolinks and footnote marks, which are ours.
func (p *parse) goldmark() parser.Parser {
	pr := util.Prioritized
	nest := func(b parser.BlockParser) parser.BlockParser { return nestGuard{b, p} }
	return parser.NewParser(
		parser.WithBlockParsers(
			pr(heading{parser.NewSetextHeadingParser(), p}, 100),
			pr(nest(extension.NewDefinitionListParser()), 101),
			pr(extension.NewDefinitionDescriptionParser(), 102),
			pr(parser.NewThematicBreakParser(), 200),
			pr(nest(parser.NewListParser()), 300),
			pr(itemParser{parser.NewListItemParser(), p}, 400),
			pr(parser.NewCodeBlockParser(), 500),
			pr(heading{parser.NewATXHeadingParser(), p}, 600),
			pr(boxMarkParser{p}, 650),
			pr(fenceGuard{parser.NewFencedCodeBlockParser(), p}, 700),
			pr(nest(boxParser{p}), 750),
			pr(nest(parser.NewBlockquoteParser()), 800),
			pr(commentBlockParser{p}, 900),
			pr(nest(extension.NewFootnoteBlockParser()), 950),
			pr(parser.NewParagraphParser(), 1000),
		),
		parser.WithParagraphTransformers(
			pr(refdefs{p}, 100),
			pr(openings{p}, 120),
			pr(tableGuard{p}, 150),
			pr(tableParser{extension.NewTableParagraphTransformer(), p}, 200),
		),
		parser.WithInlineParsers(
			pr(metered{parser.NewCodeSpanParser(), p, "`"}, 100),
			pr(noteParser{p}, 110),
			pr(conceptParser{p}, 120),
			pr(linkGuard{parser.NewLinkParser(), p}, 200),
			pr(angleParser{p}, 300),
			pr(emphasis{p}, 500),
		),
	)
}

// nestGuard refuses containers inside too many others: every line costs a step
// for each, and their stack grows with them.
type nestGuard struct {
	parser.BlockParser
	p *parse
}

// Open asks the parser first: a list's parser is also asked for the second
// item of a list that is already open.
func (g nestGuard) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, at := reader.Position()
	node, state := g.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, state
	}
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		switch n.Kind() {
		case ast.KindList, ast.KindBlockquote, xast.KindDefinitionList, xast.KindFootnote, kindBox:
			depth++
		}
	}
	if depth < MaxNesting {
		return node, state
	}
	if !g.p.nested {
		g.p.nested = true
		g.p.diags.Error(g.p.pos(at.Start), TooNested, "Max", MaxNesting)
	}
	return nil, parser.NoChildren
}

// itemParser notes where the mark of an item stands: a law's clause is cited by
// the number that is written, which goldmark counts instead.
type itemParser struct {
	parser.BlockParser
	p *parse
}

func (i itemParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	mark := startOf(reader, pc)
	node, state := i.BlockParser.Open(parent, reader, pc)
	if node != nil {
		i.p.items[node] = mark
	}
	return node, state
}

// numbers are those of the items of an ordered list as they are written. Where all
// are the same, as in "1. 1. 1.", the list is to be counted.
func (p *parse) numbers(list *ast.List) []int {
	var written []int
	same := true
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		n := list.Start + len(written)
		if at, ok := p.items[item]; ok && at >= 0 && at < len(p.src) {
			digits := p.src[at:min(at+10, len(p.src))]
			end := 0
			for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
				end++
			}
			if v, err := strconv.Atoi(string(digits[:end])); err == nil {
				n = v
			}
		}
		same = same && n == list.Start
		written = append(written, n)
	}
	if same {
		for i := range written {
			written[i] = list.Start + i
		}
	}
	return written
}

// attr is what stands in braces after a heading.
type attr struct {
	id      string
	aliases []string // what it was before: {#id #alias}
	off     int      // of the id in src
}

// heading takes {#id} off the end of a heading. Goldmark's own attributes let
// any attribute in, and quotation marks in them.
type heading struct {
	parser.BlockParser
	p *parse
}

var (
	idPattern    = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]*$`)
	attrsPattern = regexp.MustCompile(`^\s*(?:#|\.[\pL-]|[A-Za-z][\w-]*\s*=)`)
)

func (h heading) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	h.BlockParser.Close(node, reader, pc)
	n := node.Lines().Len()
	if node.Parent() == nil || n == 0 {
		return
	}
	seg := node.Lines().At(n - 1)
	line := bytes.TrimRight(h.p.src[seg.Start:seg.Stop], " \t\n")
	i := bytes.LastIndexByte(line, '{')
	if i < 0 || line[len(line)-1] != '}' || i > 0 && (line[i-1] == '\\' || line[i-1] == '{') {
		return
	}
	inner := string(line[i+1 : len(line)-1])
	if !attrsPattern.MatchString(inner) {
		return
	}
	id, rest, _ := strings.Cut(strings.TrimSpace(inner), " ")
	if !strings.HasPrefix(id, "#") {
		id, rest = "", inner
	}
	off := seg.Start + i + 1
	switch id = strings.TrimPrefix(id, "#"); {
	case id != "" && (!idPattern.MatchString(id) || len(id) > 100):
		h.p.diags.Warn(h.p.pos(off), BadID, "ID", diag.Clip(id, diag.Quoted))
	case id != "":
		var aliases []string
		aliases, rest = h.aliases(rest, off)
		h.p.attrs[node] = attr{id, aliases, off + 1}
	}
	if strings.TrimSpace(rest) != "" || id == "" && strings.TrimSpace(inner) == "#" {
		h.p.diags.Warn(h.p.pos(off), HeadingAttribute)
	}
	seg.Stop = seg.Start + len(bytes.TrimRight(line[:i], " \t"))
	lines := text.NewSegments()
	lines.AppendAll(node.Lines().Sliced(0, n-1))
	if seg.Stop > seg.Start {
		lines.Append(seg)
	}
	node.SetLines(lines)
}

// aliases takes the further ids out of what follows a heading's id, and returns
// what is left.
func (h heading) aliases(rest string, off int) (aliases []string, left string) {
	for word := range strings.FieldsSeq(rest) {
		id, ok := strings.CutPrefix(word, "#")
		switch {
		case !ok:
			left += word
		case !idPattern.MatchString(id) || len(id) > 100:
			h.p.diags.Warn(h.p.pos(off), BadID, "ID", diag.Clip(id, diag.Quoted))
		case len(aliases) < MaxAliases:
			aliases = append(aliases, id)
		}
	}
	return aliases, left
}

// commentBlock is a comment on lines of its own.
type commentBlock struct {
	ast.BaseBlock
	start, end int // of the comment in src
}

var kindCommentBlock = ast.NewNodeKind("CommentBlock")

func (*commentBlock) Kind() ast.NodeKind   { return kindCommentBlock }
func (*commentBlock) IsRaw() bool          { return true }
func (*commentBlock) Dump(_ []byte, _ int) {}

// startOf is where, in the source, the text of the line begins that a parser may
// open a block at.
func startOf(reader text.Reader, pc parser.Context) int {
	_, seg := reader.PeekLine()
	return seg.Start - seg.Padding + pc.BlockOffset()
}

// lineAt is the line without its indentation, and where it begins; not ok where
// no mark of a block can stand: in an empty line, and between the items of a list.
func lineAt(parent ast.Node, reader text.Reader, pc parser.Context) (line []byte, start int, ok bool) {
	at := pc.BlockOffset()
	if at < 0 || parent.Kind() == ast.KindList {
		return nil, 0, false
	}
	line, _ = reader.PeekLine()
	return line[at:], startOf(reader, pc), true
}

// commentBlockParser finds comments that begin and end with a line. One that
// is not closed is not a comment: it would swallow the rest of the text.
type commentBlockParser struct{ p *parse }

func (commentBlockParser) Trigger() []byte { return []byte{'<'} }

func (c commentBlockParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, start, ok := lineAt(parent, reader, pc)
	if !ok || !bytes.HasPrefix(line, commentOpen) {
		return nil, parser.NoChildren
	}
	end := c.p.commentEnd(start + len(commentOpen))
	if end < 0 {
		return nil, parser.NoChildren
	}
	after, _, _ := bytes.Cut(c.p.src[end:], []byte{'\n'})
	if len(bytes.TrimSpace(after)) > 0 {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &commentBlock{start: start, end: end}, parser.NoChildren
}

// commentEnd returns where the comment that is open at the offset ends, or -1.
// It remembers the answer, so that a file of open comments is searched once.
func (p *parse) commentEnd(from int) int {
	if p.closeAt == 0 || from < p.closeFrom || p.closeAt > 0 && from > p.closeAt {
		p.closeFrom, p.closeAt = from, -1
		if i := bytes.Index(p.src[from:], commentClose); i >= 0 {
			p.closeAt = from + i
		}
	}
	if p.closeAt < 0 {
		return -1
	}
	return p.closeAt + len(commentClose)
}

func (c commentBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	if _, seg := reader.PeekLine(); seg.Start >= node.(*commentBlock).end {
		return parser.Close
	}
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (commentBlockParser) Close(ast.Node, text.Reader, parser.Context) {}
func (commentBlockParser) CanInterruptParagraph() bool                 { return true }
func (commentBlockParser) CanAcceptIndentedLine() bool                 { return false }

// refdef is a link reference definition.
type refdef struct {
	off  int
	used bool
}

// refdefs takes link reference definitions, one a line, off the beginning of a
// paragraph. Goldmark's own is quadratic in their number.
type refdefs struct{ p *parse }

var refPattern = regexp.MustCompile(`^ {0,3}\[((?:[^\[\]\\\n]|\\.){1,999})\]:[ \t]*(<[^<>\n]*>|[^\s<]\S*)(?:[ \t]+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*\n?$`)

func (r refdefs) Transform(node *ast.Paragraph, _ text.Reader, pc parser.Context) {
	lines, n := node.Lines(), 0
	for ; n < lines.Len(); n++ {
		seg := lines.At(n)
		raw := r.p.src[seg.Start:seg.Stop]
		if t := bytes.TrimLeft(raw, " "); len(t) < 2 || t[0] != '[' || t[1] == '^' {
			break
		}
		m := refPattern.FindSubmatch(raw)
		if m == nil || len(bytes.TrimSpace(m[1])) == 0 {
			break
		}
		dest, title := m[2], m[3]
		if dest[0] == '<' {
			dest = dest[1 : len(dest)-1]
		}
		if len(title) > 1 {
			title = title[1 : len(title)-1]
		}
		off := seg.Start + bytes.IndexByte(raw, '[')
		key := util.ToLinkReference(m[1])
		if r.p.refs[key] != nil {
			r.p.diags.Warn(r.p.pos(off), DuplicateReference, "Reference", diag.Clip(string(m[1]), diag.Quoted))
			continue
		}
		r.p.refs[key] = &refdef{off: off}
		if r.p.addressTooLong(string(dest), string(title), off) {
			r.p.refs[key].used = true // no link has it, and so much is said
			continue
		}
		pc.AddReference(parser.NewReference(m[1], dest, title))
	}
	switch {
	case n == 0:
	case n == lines.Len():
		node.Parent().RemoveChild(node.Parent(), node)
	default:
		rest := text.NewSegments()
		rest.AppendAll(lines.Sliced(n, lines.Len()))
		node.SetLines(rest)
	}
}

// unusedRefs warns of references that no link uses.
func (p *parse) unusedRefs() {
	var offs []int
	for _, r := range p.refs {
		if !r.used {
			offs = append(offs, r.off)
		}
	}
	const most = 10
	first := smallest(offs, most)
	for i, off := range first {
		if i == most-1 && len(offs) > most {
			p.diags.Warn(p.pos(off), UnusedReference.As("many"), "Count", len(offs)-most)
			break
		}
		p.diags.Warn(p.pos(off), UnusedReference)
	}
}

// tableGuard refuses tables that are too large, before they are: a row that
// has few cells is filled up to the number of columns.
type tableGuard struct{ p *parse }

var delimiterRow = regexp.MustCompile(`^[ \t]*[|:-][|: \t-]*\n?$`)

func (g tableGuard) Transform(node *ast.Paragraph, _ text.Reader, _ parser.Context) {
	lines := node.Lines()
	for i := 1; i < lines.Len(); i++ {
		seg := lines.At(i)
		line := g.p.src[seg.Start:seg.Stop]
		if line[0] == '\n' || !delimiterRow.Match(line) {
			continue
		}
		columns := bytes.Count(line, []byte{'|'}) + 1
		cells := columns * (lines.Len() - i)
		if g.p.cells += cells; cells > MaxCells || g.p.cells > MaxFileCells {
			code, most := TableTooLarge, MaxCells
			if cells <= MaxCells {
				code, most = TableTooLarge.As("file"), MaxFileCells
			}
			g.p.diags.Error(g.p.pos(seg.Start), code, "Rows", lines.Len()-i, "Columns", columns, "Max", most)
			g.p.cells -= cells // the tables after this one may be small
			node.SetLines(text.NewSegments())
			return
		}
	}
}

// tableParser keeps a bar inside [[id|text]] from parting cells. Goldmark asks the
// source alone for bars, so it is shown one in which those are something else.
type tableParser struct {
	parser.ParagraphTransformer
	p *parse
}

var conceptBar = regexp.MustCompile(`\[\[[^\[\]|\\\n]{1,200}(\|)[^\[\]|\n]*\]\]`)

func (t tableParser) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		if line := t.p.src[seg.Start:seg.Stop]; bytes.Contains(line, []byte("[[")) && bytes.IndexByte(line, '|') >= 0 {
			reader = text.NewReader(t.p.unbarred())
			break
		}
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}

// unbarred is src without the bars of links to concepts; all else stands where it did.
func (p *parse) unbarred() []byte {
	if p.noBars == nil {
		p.noBars = bytes.Clone(p.src)
		for _, m := range conceptBar.FindAllSubmatchIndex(p.src, -1) {
			if before := p.src[:m[0]]; !bytes.HasSuffix(before, []byte("[")) && !escapes(before) {
				p.noBars[m[2]] = ' '
			}
		}
	}
	return p.noBars
}

// escapes reports whether what follows is escaped: an odd number of backslashes
// stands before it.
func escapes(before []byte) bool {
	return (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1
}
