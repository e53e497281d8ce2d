package web

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stele/build/diag"
	"stele/build/intake/draft"
	"stele/build/intake/label"
)

// style is how running text is set.
type style struct {
	marks  draft.Style
	link   string
	raised byte // '^' or '_'
}

// blocks are the elements that begin a line of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Table: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Blockquote: true,
	atom.Pre: true, atom.Hr: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Section: true, atom.Article: true, atom.Main: true,
	atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Nav: true, atom.Figure: true, atom.Figcaption: true, atom.Caption: true,
	atom.Address: true, atom.Center: true, atom.Fieldset: true, atom.Form: true, atom.Details: true, atom.Summary: true, atom.Body: true, atom.Html: true,
	atom.Tbody: true, atom.Thead: true, atom.Tfoot: true, atom.Menu: true, atom.Dir: true,
}

func block(n *html.Node) bool { return n.Type == html.ElementNode && blocks[n.DataAtom] }

func (r *reader) children(n *html.Node, st style) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c, st)
	}
}

func (r *reader) node(n *html.Node, st style) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data, st)
		return
	case html.ElementNode:
	case html.DocumentNode:
		r.children(n, st)
		return
	default:
		return
	}
	if r.notes[n] > 0 {
		return // read where it is referred to
	}
	if id := attr(n, "id"); id != "" {
		r.waiting = append(r.waiting, id)
	}
	if n.DataAtom == atom.A && attr(n, "name") != "" {
		r.waiting = append(r.waiting, attr(n, "name"))
	}
	if block(n) {
		r.flush()
		r.block(n, st)
		r.flush()
		return
	}
	r.inline(n, st)
}

func (r *reader) block(n *html.Node, st style) {
	switch a := n.DataAtom; a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.begin(draft.Heading)
		r.cur.Level = int(n.Data[1] - '0')
		r.children(n, st)
	case atom.P, atom.Div:
		if a == atom.P && strings.Contains(attr(n, "class"), "MsoTitle") {
			r.begin(draft.Heading)
		}
		r.children(n, st)
		if a == atom.P && strings.Contains(attr(n, "class"), "MsoList") && r.cur != nil {
			wordItem(r.cur)
		}
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		r.list(n, st)
	case atom.Li:
		r.item(n, st)
	case atom.Blockquote:
		lists := r.lists
		r.lists = nil
		r.quote++
		r.children(n, st)
		r.flush()
		r.quote--
		r.lists = lists
	case atom.Pre:
		r.begin(draft.Code)
		r.cur.Spans = []draft.Span{{Text: textOf(n)}}
	case atom.Hr:
		r.begin(draft.Break)
	case atom.Table:
		r.table(n)
	case atom.Nav, atom.Footer, atom.Aside:
		r.leave(n)
	case atom.Header:
		if len(find(n, atom.H1)) > 0 {
			r.children(n, st)
		} else {
			r.leave(n)
		}
	default:
		r.children(n, st)
	}
}

// begin opens a block.
func (r *reader) begin(kind draft.Kind) {
	r.flush()
	b := &draft.Block{Kind: kind, Quote: r.quote, Depth: len(r.lists)}
	if n := len(r.lists); n > 0 && !r.lists[n-1].begun && r.lists[n-1].item != nil && kind == draft.Paragraph {
		l := &r.lists[n-1]
		l.begun = true
		b.Kind, b.Depth = draft.Item, n-1
		if l.ordered {
			s, ok := label.Format(l.next, l.format)
			b.Label = s + "."
			if !ok {
				b.Doubt(diag.Warning, draft.Numbering.As("format"), "Format", l.format, "Number", b.Label)
			}
		}
	}
	r.cur = b
}

// flush ends the open block.
func (r *reader) flush() {
	b := r.cur
	if b == nil {
		return
	}
	r.cur = nil
	if b.Kind != draft.Code {
		for len(b.Spans) > 0 && b.Spans[len(b.Spans)-1].Break {
			b.Spans = b.Spans[:len(b.Spans)-1]
		}
	}
	if b.Empty() {
		r.doc.Drop(b)
		if len(b.Doubts) > 0 {
			r.doc.Doubts = append(r.doc.Doubts, b.Doubts...)
		}
		return
	}
	if r.out == &r.doc.Blocks {
		for _, id := range r.waiting {
			r.places[id] = len(*r.out)
		}
	}
	r.waiting = nil
	*r.out = append(*r.out, *b)
}

var markers = map[string]string{
	"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal",
	"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
	"lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero", "cjk-ideographic": "chineseCountingThousand",
	"simp-chinese-informal": "chineseCountingThousand", "cjk-decimal": "ideographDigital", "lower-greek": "lowerGreek", "hebrew": "hebrew1",
	"decimal": "decimal", "lower-russian": "russianLower", "upper-russian": "russianUpper",
}

var listStyle = regexp.MustCompile(`list-style(?:-type)?\s*:\s*([a-z-]+)`)

func (r *reader) list(n *html.Node, st style) {
	l := list{ordered: n.DataAtom == atom.Ol, next: 1, step: 1, format: "decimal"}
	if f := markers[attr(n, "type")]; f != "" {
		l.format = f
	}
	if m := listStyle.FindStringSubmatch(attr(n, "style")); m != nil {
		if m[1] == "none" {
			l.ordered = false
		} else if f := markers[m[1]]; f != "" {
			l.format = f
		}
	}
	if hasAttr(n, "reversed") {
		l.step, l.next = -1, 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Li {
				l.next++
			}
		}
	}
	if v, err := strconv.Atoi(attr(n, "start")); err == nil {
		l.next = v
	}
	l.next -= l.step
	if len(r.lists) >= 20 {
		r.children(n, st)
		return
	}
	r.lists = append(r.lists, l)
	r.children(n, st)
	r.flush()
	r.lists = r.lists[:len(r.lists)-1]
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func (r *reader) item(n *html.Node, st style) {
	if len(r.lists) == 0 {
		r.lists = []list{{step: 1}}
		defer func() { r.lists = nil }()
	}
	l := &r.lists[len(r.lists)-1]
	l.next += l.step
	if v, err := strconv.Atoi(attr(n, "value")); err == nil {
		l.next = v
	}
	l.item, l.begun = n, false
	r.children(n, st)
	r.flush()
	r.lists[len(r.lists)-1].item = nil
}

var typed = regexp.MustCompile(`^\s*([0-9]{1,9}[.)]|[·•§o\x{F0B7}\x{F0A7}])[\s\x{A0}]+`)

// wordItem takes the number that Word wrote before an item's text off it.
func wordItem(b *draft.Block) {
	text := ""
	if len(b.Spans) > 0 {
		text = b.Spans[0].Text
	}
	m := typed.FindStringSubmatch(text)
	if m == nil {
		return
	}
	if c := m[1][len(m[1])-1]; c == '.' || c == ')' {
		b.Kind, b.Label, b.Typed = draft.Item, m[1], true
		b.Spans[0].Text = text[len(m[0]):]
	}
}

// maxCells keeps spans from making a table of nothing.
const maxCells = 200_000

func (r *reader) table(n *html.Node) {
	b := draft.Block{Kind: draft.Table, Quote: r.quote, Depth: len(r.lists)}
	var captions []draft.Block
	down := map[int]int{} // column -> rows that a cell above still covers
	cells := 0
	var rows func(*html.Node)
	rows = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type != html.ElementNode:
				if strings.TrimSpace(c.Data) != "" && c.Type == html.TextNode {
					r.doc.Omit(draft.Other, c.Data)
				}
			case c.DataAtom == atom.Tr:
				b.Rows = append(b.Rows, r.row(c, down, &cells))
			case c.DataAtom == atom.Caption:
				captions = append(captions, r.apart(c)...)
			case c.DataAtom == atom.Tbody, c.DataAtom == atom.Thead, c.DataAtom == atom.Tfoot, c.DataAtom == atom.Form:
				rows(c)
			default:
				captions = append(captions, r.apart(c)...)
			}
		}
	}
	rows(n)
	*r.out = append(*r.out, captions...)
	r.doc.AddTable(&b, r.out)
}

func (r *reader) row(n *html.Node, down map[int]int, cells *int) []draft.Cell {
	var row []draft.Cell
	covered := func() {
		for down[len(row)] > 0 {
			down[len(row)]--
			if *cells++; *cells > maxCells {
				clear(down)
				return
			}
			row = append(row, draft.Cell{Merged: true})
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			if c.Type == html.TextNode {
				r.doc.Omit(draft.Other, c.Data)
			}
			continue
		}
		covered()
		wide, high := span(c, "colspan", cells), span(c, "rowspan", cells)
		for k := range wide {
			if high > 1 {
				down[len(row)] = high - 1
			}
			cell := draft.Cell{Merged: k > 0}
			if k == 0 {
				cell.Blocks = r.apart(c)
			}
			row = append(row, cell)
		}
	}
	covered()
	return row
}

func span(n *html.Node, key string, cells *int) int {
	v, err := strconv.Atoi(attr(n, key))
	if err != nil || v < 1 {
		return 1
	}
	v = min(v, 200)
	if *cells += v; *cells > maxCells {
		return 1
	}
	return v
}

// apart reads what is in an element by itself.
func (r *reader) apart(n *html.Node) []draft.Block {
	var out []draft.Block
	was := *r
	r.out, r.cur, r.lists, r.quote, r.waiting = &out, nil, nil, 0, nil
	r.children(n, style{})
	r.flush()
	r.out, r.cur, r.lists, r.quote, r.waiting = was.out, was.cur, was.lists, was.quote, was.waiting
	return out
}
