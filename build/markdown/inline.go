package markdown

import (
	"bytes"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"stele/build/diag"
	"stele/build/doc"
)

// meter counts what costs more than its own length to parse in one block: a
// mark of emphasis may look back at every other, a link or code at the rest of
// the paragraph, a bracket at what stands between it and its partner.
type meter struct {
	marks, bytes int
	depth        int // open brackets

	over, noComment, html bool // reported, or known, for this block
}

// maxMarkCost is how many marks × bytes a block may have: MaxMarks in 64 KB, or
// a few in megabytes.
const maxMarkCost = 128 << 20

// spend counts a mark in the block being parsed, and reports whether it may be
// parsed. Parent is the block: goldmark parses each block's text with the block
// itself as the parent.
func (p *parse) spend(parent ast.Node, block text.Reader) bool {
	m := &p.meter
	if m.over {
		return false
	}
	if m.bytes == 0 && parent.Type() == ast.TypeBlock {
		if l := parent.Lines(); l != nil && l.Len() > 0 {
			m.bytes = l.At(l.Len()-1).Stop - l.At(0).Start
		}
	}
	m.marks++
	if m.marks <= MaxMarks && m.marks*m.bytes <= maxMarkCost {
		return true
	}
	m.over = true
	_, at := block.Position()
	p.diags.Error(p.pos(at.Start), TooManyMarks, "Count", m.marks, "Bytes", m.bytes)
	return false
}

// metered is a goldmark parser whose every mark is counted.
type metered struct {
	parser.InlineParser
	p       *parse
	trigger string
}

func (g metered) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); len(line) == 0 || line[0] != g.trigger[0] || !g.p.spend(parent, block) {
		return nil
	}
	return g.InlineParser.Parse(parent, block, pc)
}

// linkGuard is goldmark's parser of links and images, counted.
type linkGuard struct {
	parser.InlineParser
	p *parse
}

// Brackets more than MaxNesting deep are text: every closing one looks at all
// that stands after its opening one.
func (g linkGuard) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := &g.p.meter
	switch {
	case m.over: // the file is refused
		return nil
	case line[0] == '!' && (len(line) < 2 || line[1] != '['):
		return nil
	case line[0] != ']':
		m.depth++
		if m.depth > MaxNesting {
			return nil
		}
	case m.depth > MaxNesting:
		m.depth--
		return nil
	default:
		m.depth = max(m.depth-1, 0)
		if len(line) > 1 && (line[1] == '(' || line[1] == '[') && !g.p.spend(parent, block) {
			return nil
		}
		block = lineReader{block, parent.Lines()}
	}
	return g.InlineParser.Parse(parent, block, pc)
}

// lineReader is goldmark's reader of a block, but that it finds what stands between
// two places by halves. Goldmark walks to there from the end of the block, for every
// bracket that closes.
type lineReader struct {
	text.Reader
	lines *text.Segments
}

func (r lineReader) Value(seg text.Segment) []byte {
	n := r.lines.Len()
	line := sort.Search(n, func(i int) bool { return r.lines.At(i).Start > seg.Start }) - 1
	out := make([]byte, 0, seg.Stop-seg.Start+1)
	from := seg.Start
	for line = max(line, 0); line < n; line++ {
		s := r.lines.At(line)
		out = s.ConcatPadding(out)
		if to := min(seg.Stop, s.Stop); from < to {
			out = append(out, r.Source()[from:to]...)
		}
		if s.Stop > seg.Stop || line+1 == n {
			break
		}
		from = r.lines.At(line + 1).Start
	}
	return out
}

// CloseBlock is called at the end of every block's text.
func (g linkGuard) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	g.p.meter = meter{}
	g.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// emphasis parses *, ** and _, __ by the rules of CommonMark, mended for what
// they were not made for, and ~~ (but not ~, which stands between numbers).
type emphasis struct{ p *parse }

func (emphasis) Trigger() []byte { return []byte{'*', '_', '~'} }

func (e emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, seg := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 1, e)
	if node == nil || node.Char == '~' && (node.OriginalLength != 2 || before == '~') || !e.p.spend(parent, block) {
		return nil
	}
	after := ' '
	if node.OriginalLength < len(line) {
		after, _ = utf8.DecodeRune(line[node.OriginalLength:])
	}
	mend(node, before, after)
	node.Segment = seg.WithStop(seg.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

func (emphasis) IsDelimiter(b byte) bool { return b == '*' || b == '_' || b == '~' }

func (emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (e emphasis) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

// mend lets a mark close after punctuation though a letter follows, and open
// before punctuation though a letter precedes: in «**注意：**请» and in
// «**«важно»**слово» CommonMark sees the wrong side. Only where a character
// beyond ASCII is involved: the rule is right for English and for code.
func mend(d *parser.Delimiter, before, after rune) {
	if d.Char != '*' || before < utf8.RuneSelf && after < utf8.RuneSelf {
		return
	}
	if punct(before) && letter(after) && !unicode.In(before, unicode.Ps, unicode.Pi) {
		d.CanClose = true // and can open still: a sentence may have ended before it
	}
	if punct(after) && letter(before) && !unicode.In(after, unicode.Pe, unicode.Pf) {
		// It can close still: in «**术语**（…）» a bracket follows a term in bold.
		d.CanOpen = true
	}
}

func punct(r rune) bool  { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// noteRef is a reference to a footnote, defined or not.
type noteRef struct {
	ast.BaseInline
	label string
	seg   text.Segment
}

var kindNoteRef = ast.NewNodeKind("NoteRef")

func (*noteRef) Kind() ast.NodeKind   { return kindNoteRef }
func (*noteRef) Dump(_ []byte, _ int) {}

type noteParser struct{ p *parse }

var notePattern = regexp.MustCompile(`^\[\^([^\[\]\s]{1,100})\]`)

func (noteParser) Trigger() []byte { return []byte{'['} }

func (n noteParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if len(line) < 4 || line[1] != '^' {
		return nil
	}
	m := notePattern.FindSubmatch(line)
	if m == nil || !n.p.spend(parent, block) {
		return nil
	}
	block.Advance(len(m[0]))
	return &noteRef{label: string(m[1]), seg: seg.WithStop(seg.Start + len(m[0]))}
}

// conceptLink is [[id]] or [[id|text]].
type conceptLink struct {
	ast.BaseInline
	id   string
	text text.Segment // empty for the concept's own name
}

var kindConceptLink = ast.NewNodeKind("ConceptLink")

func (*conceptLink) Kind() ast.NodeKind   { return kindConceptLink }
func (*conceptLink) Dump(_ []byte, _ int) {}

type conceptParser struct{ p *parse }

var (
	// In a table the bar is escaped.
	conceptPattern = regexp.MustCompile(`^\[\[\s*([^\[\]|\\\n]{1,200}?)\s*(?:\\?\|([^\[\]\n]{0,1000}))?\]\]`)
	conceptID      = regexp.MustCompile(`^[\p{L}\p{N}\p{M}-]+$`)
)

func (conceptParser) Trigger() []byte { return []byte{'['} }

func (c conceptParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if len(line) < 5 || line[1] != '[' || pc.IsInLinkLabel() {
		return nil
	}
	m := conceptPattern.FindSubmatchIndex(line)
	if m == nil || m[1] < len(line) && line[m[1]] == '(' || !c.p.spend(parent, block) {
		return nil // [[1]](address) is a link with the text [1]
	}
	id := string(line[m[2]:m[3]])
	if !conceptID.MatchString(id) {
		c.p.diags.Warn(c.p.pos(seg.Start), BadConcept, "ID", diag.Clip(id, diag.Quoted))
		return nil
	}
	node := &conceptLink{id: id}
	if m[4] >= 0 {
		node.text = text.NewSegment(seg.Start+m[4], seg.Start+m[5])
	}
	block.Advance(m[1])
	return node
}

// literal is text that stands as it is, without escapes or character references.
type literal struct {
	ast.BaseInline
	seg text.Segment
}

var kindLiteral = ast.NewNodeKind("Literal")

func (*literal) Kind() ast.NodeKind   { return kindLiteral }
func (*literal) Dump(_ []byte, _ int) {}

// comment is a comment inside a paragraph.
type comment struct {
	ast.BaseInline
	start, end int
}

var kindComment = ast.NewNodeKind("Comment")

func (*comment) Kind() ast.NodeKind   { return kindComment }
func (*comment) Dump(_ []byte, _ int) {}

// angleParser parses what "<" begins: <https://…>, <name@host>, comments, and
// HTML tags, which become text.
type angleParser struct{ p *parse }

var (
	autoURL      = regexp.MustCompile(`^<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>`)
	autoMail     = regexp.MustCompile(`^<([\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*)>`)
	htmlTag      = regexp.MustCompile(`^<(?:/?[A-Za-z]|[!?][A-Za-z\[])[^<>]*>`)
	commentOpen  = []byte("<!--")
	commentClose = []byte("-->")
)

func (angleParser) Trigger() []byte { return []byte{'<'} }

func (a angleParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if bytes.HasPrefix(line, commentOpen) {
		return a.comment(parent, block)
	}
	for _, kind := range []struct {
		pattern *regexp.Regexp
		typ     ast.AutoLinkType
	}{{autoURL, ast.AutoLinkURL}, {autoMail, ast.AutoLinkEmail}} {
		m := kind.pattern.FindSubmatchIndex(line)
		if m == nil {
			continue
		}
		if !a.p.spend(parent, block) {
			return nil
		}
		block.Advance(m[1])
		return ast.NewAutoLink(kind.typ, ast.NewTextSegment(text.NewSegment(seg.Start+m[2], seg.Start+m[3])))
	}
	if node := a.tag(line, seg); node != nil && a.p.spend(parent, block) {
		block.Advance(node.seg.Len())
		return node
	}
	m := htmlTag.FindIndex(line)
	if m == nil || !a.p.spend(parent, block) {
		return nil
	}
	if !a.p.meter.html {
		a.p.meter.html = true
		a.p.diags.Warn(a.p.pos(seg.Start), RawHTML, "Tag", diag.Clip(string(line[:m[1]]), diag.Quoted))
	}
	block.Advance(m[1])
	return &literal{seg: seg.WithStop(seg.Start + m[1])}
}

// tag is an HTML tag that is obeyed if it has a partner.
type tag struct {
	ast.BaseInline
	name      string // in small letters
	ends      bool
	lang, dir string
	seg       text.Segment
}

var kindTag = ast.NewNodeKind("Tag")

func (*tag) Kind() ast.NodeKind   { return kindTag }
func (*tag) Dump(_ []byte, _ int) {}

var (
	// tagPattern is the whole list of the tags that are obeyed, with the only
	// attributes that they may have.
	tagPattern   = regexp.MustCompile(`(?i)^<(?:(/)(sub|sup|kbd|u|del|span|bdi)\s*>|(sub|sup|kbd|u|del|span|bdi)((?:\s+(?:lang|dir)\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=/]+))*)\s*>|(br)\s*/?>)`)
	attrPattern  = regexp.MustCompile(`(?i)(lang|dir|open)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=/]+)))?`)
	langPattern  = regexp.MustCompile(`^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$`)
	styleOfTag   = map[string]doc.Style{"sub": doc.Sub, "sup": doc.Sup, "kbd": doc.Key, "u": doc.Underline, "del": doc.Strike, "span": doc.Marked, "bdi": doc.Marked}
	lineBreakTag = "br"
)

// tag reads a tag of the list; nil where the line begins with none.
func (a angleParser) tag(line []byte, seg text.Segment) *tag {
	g := tagPattern.FindSubmatchIndex(line)
	if g == nil {
		return nil
	}
	n := &tag{seg: seg.WithStop(seg.Start + g[1])}
	switch {
	case g[2] >= 0:
		n.name, n.ends = string(line[g[4]:g[5]]), true
	case g[10] >= 0:
		n.name = lineBreakTag
	default:
		var ok bool
		n.name = string(line[g[6]:g[7]])
		if n.lang, n.dir, ok = attributes(string(line[g[8]:g[9]])); !ok {
			return nil
		}
		if styleOfTag[strings.ToLower(n.name)] == doc.Marked && n.lang+n.dir == "" {
			return nil // it says nothing
		}
	}
	n.name = strings.ToLower(n.name)
	a.p.tags = true
	return n
}

// attributes reads the attributes that a tag may have; ok is false where a value
// is none. Each counts once.
func attributes(s string) (lang, dir string, ok bool) {
	for _, g := range attrPattern.FindAllStringSubmatch(s, -1) {
		value := g[2] + g[3] + g[4]
		switch strings.ToLower(g[1]) {
		case "lang":
			if lang != "" || !langPattern.MatchString(value) {
				return "", "", false
			}
			lang = value
		case "dir":
			value = strings.ToLower(value)
			if dir != "" || value != "ltr" && value != "rtl" && value != "auto" {
				return "", "", false
			}
			dir = value
		}
	}
	return lang, dir, true
}

// partners finds the tags among the elements in n that belong together: to each
// its partner. Those that are missing are text.
func (p *parse) partners(n ast.Node) map[ast.Node]*tag {
	if !p.tags {
		return nil
	}
	var found map[ast.Node]*tag
	var open []*tag
	count := map[string]int{} // of the open ones, so that an end without a beginning looks for none
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*tag)
		switch {
		case !ok || t.name == lineBreakTag:
		case !t.ends:
			open = append(open, t)
			count[t.name]++
		case count[t.name] == 0:
		default:
			for i := len(open) - 1; i >= 0; i-- {
				count[open[i].name]--
				if open[i].name != t.name {
					continue
				}
				if i < MaxNesting {
					if found == nil {
						found = map[ast.Node]*tag{}
					}
					found[t], found[open[i]] = open[i], t
				}
				open = open[:i]
				break
			}
		}
	}
	return found
}

// comment takes a comment out of the text. One that is not closed in its
// paragraph stays as text.
func (a angleParser) comment(parent ast.Node, block text.Reader) ast.Node {
	l, seg := block.Position()
	if a.p.meter.noComment {
		return nil
	}
	skip := len(commentOpen)
	for {
		line, s := block.PeekLine()
		if line == nil {
			break
		}
		if i := bytes.Index(line[min(skip, len(line)):], commentClose); i >= 0 {
			if !a.p.spend(parent, block) {
				break
			}
			n := skip + i + len(commentClose)
			block.Advance(n)
			return &comment{start: seg.Start, end: s.Start - s.Padding + n}
		}
		skip = 0
		block.AdvanceLine()
	}
	block.SetPosition(l, seg)
	a.p.meter.noComment = true
	a.p.diags.Warn(a.p.pos(seg.Start), RawHTML.As("open-comment"))
	return nil
}

// strike tells ~~ from ** after both were matched as emphasis.
func (p *parse) strike(n ast.Node) bool {
	at := n.Pos()
	return at >= 0 && at < len(p.src) && p.src[at] == '~'
}
