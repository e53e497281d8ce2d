package exchange

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"stele/build/doc"
)

// Coded is running text in which elements are codes.
type Coded struct {
	Pieces []Piece
	Codes  []*Code // in the order in which they begin
}

// Piece is a run of text or a code.
type Piece struct {
	Text string
	Code *Code // nil for text
	Mark Mark

	src int // where the text stands in the file, byte for byte; 0 if it does not
}

// Mark is what of a code stands at a place.
type Mark uint8

const (
	Alone Mark = iota // a code without an end
	Begin
	End
)

// Code is an element that a translator may move but not write.
type Code struct {
	ID   int
	Type string // what it is, as in Types
	Pair bool   // it has an end
	// Shown is what it stands for, for people.
	Shown string

	open, close string // Markdown
	key         string // what it is and leads to: equal codes have equal keys
	label       string // of a note
}

// The types of codes.
const (
	Italic  = "italic"
	Bold    = "bold"
	Strike  = "strike"
	Sub     = "sub"
	Sup     = "sup"
	Key     = "key"
	Under   = "underline"
	Marked  = "marked"
	Verbal  = "code"
	Link    = "link"
	Concept = "concept"
	Image   = "image"
	Note    = "note"
	Break   = "break"
	// Paragraph stands between blocks that are joined.
	Paragraph = "paragraph"
)

var styles = [...]string{doc.Emphasis: Italic, doc.Strong: Bold, doc.Strike: Strike, doc.Sub: Sub, doc.Sup: Sup, doc.Key: Key, doc.Underline: Under, doc.Marked: Marked}

// String is the text with what its codes are, for comparison. Spaces at the end
// of a line are none of the text.
func (c Coded) String() string {
	s := c.write(func(k *Code) string { return k.key })
	if strings.Contains(s, lineBreak) {
		s = strings.ReplaceAll(strings.ReplaceAll(s, " "+lineBreak, lineBreak), lineBreak+" ", lineBreak)
	}
	return s
}

// lineBreak is the end of a line in such a string.
const lineBreak = string(codeOpen) + "\x03" + Break + string(codeEnd)

// numbered is the text with the numbers of its codes.
func (c Coded) numbered() string {
	return c.write(func(k *Code) string { return strconv.Itoa(k.ID) })
}

// Plain is the text alone.
func (c Coded) Plain() string {
	var b strings.Builder
	for _, p := range c.Pieces {
		b.WriteString(p.Text)
	}
	return folded(b.String())
}

// Characters that no text has: they mark codes where coded text is one string.
const (
	codeOpen, codeEnd = '\x01', '\x02'
	marks             = "\x03\x04\x05" // Alone, Begin, End
)

func (c Coded) write(name func(*Code) string) string {
	var b strings.Builder
	for _, p := range c.Pieces {
		if p.Code == nil {
			b.WriteString(p.Text)
			continue
		}
		b.WriteRune(codeOpen)
		b.WriteRune([]rune(marks)[p.Mark])
		b.WriteString(name(p.Code))
		b.WriteRune(codeEnd)
	}
	return folded(b.String())
}

// folded is text with its white space folded and in NFC, as texts are read.
func folded(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }), " ")
	return norm.NFC.String(s)
}

// fold makes coded text of a block's or cell's elements, which stand in the file
// with this data.
func fold(inlines []doc.Inline, data string, inTable bool) Coded {
	f := &folder{data: data, inTable: inTable}
	f.add(inlines)
	return f.out
}

type folder struct {
	data    string
	inTable bool
	out     Coded
}

func (f *folder) code(c *Code) {
	f.out.Codes = append(f.out.Codes, c)
	m := Alone
	if c.Pair {
		m = Begin
	}
	f.out.Pieces = append(f.out.Pieces, Piece{Code: c, Mark: m})
}

func (f *folder) end(c *Code) { f.out.Pieces = append(f.out.Pieces, Piece{Code: c, Mark: End}) }

func (f *folder) add(inlines []doc.Inline) {
	for _, n := range inlines {
		switch n := n.(type) {
		case *doc.Text:
			p := Piece{Text: n.S}
			if stands(n.S, f.rest(n.Src)) {
				p.src = n.Src
			}
			f.out.Pieces = append(f.out.Pieces, p)
		case *doc.Space:
			f.out.Pieces = append(f.out.Pieces, Piece{Text: " "})
		case *doc.LineBreak:
			f.code(&Code{Type: Break, Shown: "↵", open: "\\\n", key: Break})
		case *doc.NoteRef:
			label := enclosed(f.rest(n.Src))
			f.code(&Code{Type: Note, Shown: "[" + strconv.Itoa(n.Number) + "]", open: label, key: Note + " " + label, label: strings.Trim(label, "[^]")})
		case *doc.Image:
			f.code(&Code{Type: Image, Shown: n.Alt, open: f.image(n), key: Image + " " + n.Dest + " " + n.Alt})
		case *doc.CodeSpan:
			text := plainOf(n.Inlines)
			f.code(&Code{Type: Verbal, Shown: text, open: f.span(n.Src), key: Verbal + " " + text})
		case *doc.Styled:
			c := &Code{Type: styles[n.Style], Pair: true, key: styles[n.Style] + n.Lang + n.Dir}
			c.open, c.close = styleMarks(f.rest(n.Src), n)
			f.code(c)
			f.add(n.Inlines)
			f.end(c)
		case *doc.ConceptLink:
			c := &Code{Type: Concept, Shown: n.ID, open: "[[" + n.ID + "]]", key: Concept + " " + n.ID}
			if len(n.Inlines) == 0 {
				f.code(c)
				continue
			}
			bar := "|"
			if f.inTable {
				bar = `\|`
			}
			c.Pair, c.open, c.close = true, "[["+n.ID+bar, "]]"
			f.code(c)
			f.add(n.Inlines)
			f.end(c)
		case *doc.Link:
			f.link(n)
		}
	}
}

// stands reports whether the file goes on with the text, byte for byte; a line
// end is read as a space.
func stands(s, data string) bool {
	if len(data) < len(s) {
		return false
	}
	for i := range len(s) {
		if s[i] != data[i] && (s[i] != ' ' || data[i] != '\n') {
			return false
		}
	}
	return true
}

func (f *folder) rest(at int) string { return f.data[min(max(at, 0), len(f.data)):] }

func (f *folder) link(n *doc.Link) {
	c := &Code{Type: Link, Pair: true, Shown: n.Dest, key: Link + " " + n.Dest + " " + n.Title}
	rest := f.rest(n.Src)
	switch {
	case strings.HasPrefix(rest, "<"): // an address in angles
		c.Pair, c.open = false, rest[:strings.IndexByte(rest, '>')+1]
	case strings.HasPrefix(rest, "["), strings.HasPrefix(rest, "!"):
		c.open, c.close = "[", "]("+address(n.Dest)+titled(n.Title)+")"
		if rest[0] == '!' { // a picture from elsewhere, which became a link
			c.open = "!["
		}
		c.Shown = n.Dest
	default: // a bare address
		c.Pair, c.open = false, plainOf(n.Inlines)
	}
	f.code(c)
	if c.Pair {
		f.add(n.Inlines)
		f.end(c)
	}
}

func (f *folder) image(n *doc.Image) string {
	return "![" + escapeAll(n.Alt, f.inTable) + "](" + address(n.Dest) + titled(n.Title) + ")"
}

// span is code in a line as the file has it.
func (f *folder) span(at int) string {
	rest := f.rest(at)
	n := len(rest) - len(strings.TrimLeft(rest, "`"))
	fence := rest[:n]
	for i := n; n > 0 && i < len(rest); {
		k := strings.Index(rest[i:], fence)
		if k < 0 {
			break
		}
		i += k
		run := len(rest[i:]) - len(strings.TrimLeft(rest[i:], "`"))
		if run == n {
			return strings.ReplaceAll(rest[:i+n], "\n", " ")
		}
		i += run
	}
	return ""
}

// enclosed is the [^label] that s begins with.
func enclosed(s string) string { return s[:strings.IndexByte(s, ']')+1] }

// styleMarks are the marks around styled text: the tags that the file has, or the
// marks of Markdown.
func styleMarks(rest string, n *doc.Styled) (open, end string) {
	if strings.HasPrefix(rest, "<") {
		if i := strings.IndexByte(rest, '>'); i > 0 {
			name := strings.FieldsFunc(rest[1:i], func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' })[0]
			return strings.ReplaceAll(rest[:i+1], "\n", " "), "</" + name + ">"
		}
	}
	mark := styleMark(rest, n.Style)
	return mark, mark
}

func styleMark(rest string, s doc.Style) string {
	switch s {
	case doc.Strike:
		return "~~"
	case doc.Strong:
		if strings.HasPrefix(rest, "_") {
			return "__"
		}
		return "**"
	}
	if strings.HasPrefix(rest, "_") {
		return "_"
	}
	return "*"
}

// address writes a link's address so that it is read back.
func address(dest string) string {
	if strings.ContainsAny(dest, " ()<>\\&*_[]|") {
		return "<" + strings.NewReplacer(`\`, `\\`, "<", `\<`, ">", `\>`, "&", "&amp;", "|", `%7C`).Replace(dest) + ">"
	}
	return dest
}

func titled(title string) string {
	if title == "" {
		return ""
	}
	return ` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;").Replace(title) + `"`
}

func plainOf(inlines []doc.Inline) string {
	var b strings.Builder
	for t := range doc.Runs(inlines) {
		b.WriteString(t.S)
	}
	return b.String()
}

// join puts parts together, with a code between two.
func join(parts []part) Coded {
	var out Coded
	for i, p := range parts {
		if i > 0 {
			c := &Code{Type: Paragraph, Shown: "¶", key: Paragraph}
			out.Codes = append(out.Codes, c)
			out.Pieces = append(out.Pieces, Piece{Code: c})
		}
		out.Pieces = append(out.Pieces, p.coded.Pieces...)
		out.Codes = append(out.Codes, p.coded.Codes...)
	}
	return out
}

// split undoes join.
func (c Coded) split() []Coded {
	out := []Coded{{}}
	for _, p := range c.Pieces {
		if p.Code != nil && p.Code.Type == Paragraph {
			out = append(out, Coded{})
			continue
		}
		last := &out[len(out)-1]
		last.Pieces = append(last.Pieces, p)
		if p.Code != nil && p.Mark != End {
			last.Codes = append(last.Codes, p.Code)
		}
	}
	return out
}

// span is where a block's running text stands in the file: without the marks of
// a heading.
func span(b *doc.Block, data string) (from, to int) {
	from, to = b.Start, b.End
	if b.Kind != doc.Heading {
		return from, to
	}
	s := data[from:to]
	if rest := strings.TrimLeft(s, "#"); len(rest) < len(s) {
		from += len(s) - len(rest)
		for from < to && (data[from] == ' ' || data[from] == '\t') {
			from++
		}
	}
	s = data[from:to]
	if s = strings.TrimRight(s, " \t"); strings.HasSuffix(s, "}") && !b.AutoID {
		if i := strings.LastIndexByte(s, '{'); i >= 0 {
			s = s[:i]
		}
	}
	s = strings.TrimRight(s, " \t")
	if t := strings.TrimRight(s, "#"); t == "" || strings.HasSuffix(t, " ") {
		s = strings.TrimRight(t, " \t")
	}
	return from, from + len(s)
}

// cellSpan is where a table cell's text stands.
func cellSpan(inlines []doc.Inline, data string) (from, to int) {
	from = inlines[0].Offset()
	if from > 0 && data[from-1] == '\\' {
		from--
	}
	to = from
	for n := range doc.Walk(inlines) {
		to = max(to, n.Offset())
		if t, ok := n.(*doc.Text); ok {
			to = max(to, t.Src+len(t.S))
		}
	}
	for to < len(data) && data[to] != '\n' && (data[to] != '|' || data[to-1] == '\\') {
		to++
	}
	for to > from && (data[to-1] == ' ' || data[to-1] == '\t') {
		to--
	}
	return from, to
}

// markdown writes coded text as Markdown with the escapes that escape makes.
func (c Coded) markdown(escape func(string) string) string {
	var b strings.Builder
	for _, p := range normal(c).Pieces {
		switch {
		case p.Code == nil:
			b.WriteString(escape(p.Text))
		case p.Mark == End:
			b.WriteString(p.Code.close)
		default:
			b.WriteString(p.Code.open)
		}
	}
	return b.String()
}

// normal is the coded text with white space folded over codes as the parser
// folds it, and runs of text in one piece. Space stands outside of what begins
// and ends.
func normal(c Coded) Coded {
	var out Coded
	out.Codes = c.Codes
	space, some := false, false // a space is due; there is text before it
	text := func(s string) {
		if n := len(out.Pieces); n > 0 && out.Pieces[n-1].Code == nil {
			out.Pieces[n-1].Text += s
			return
		}
		out.Pieces = append(out.Pieces, Piece{Text: s})
	}
	var held []Piece // what begins, until something follows it
	release := func() {
		if space && some {
			text(" ")
		}
		space = false
		out.Pieces = append(out.Pieces, held...)
		held = nil
	}
	for _, p := range c.Pieces {
		switch {
		case p.Code == nil:
			for _, r := range norm.NFC.String(p.Text) {
				if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
					space = true
					continue
				}
				release()
				text(string(r))
				some = true
			}
		case p.Mark == Begin:
			held = append(held, p)
		case p.Mark == End && len(held) > 0: // there is nothing in it
			held = append(held, p)
		case p.Mark == End:
			out.Pieces = append(out.Pieces, p)
		default:
			end := p.Code.Type == Break
			space = space && !end
			release()
			out.Pieces = append(out.Pieces, p)
			some = !end
		}
	}
	out.Pieces = append(out.Pieces, held...)
	return out
}

// spliced is the part's text with only that changed which the new text has
// otherwise, if the codes are the same in both.
func (p *part) spliced(to Coded, data string, escape func(string) string) (string, bool) {
	old, at, ok := p.between(p.coded)
	now, _, same := p.between(normal(to))
	if !ok || !same || len(old) != len(now) {
		return "", false
	}
	var out strings.Builder
	done := p.from
	for i := range old {
		if old[i].code != now[i].code {
			return "", false
		}
		if old[i].text == now[i].text {
			continue
		}
		from, end, came := replaced(old[i].text, now[i].text, at[i])
		if from < done || end > p.to || from > end {
			return "", false
		}
		out.WriteString(data[done:from] + escape(came))
		done = end
	}
	return out.String() + data[done:p.to], true
}

// run is text and the code that it ends at.
type run struct{ text, code string }

// between cuts coded text at its codes; at are the places in the file of each
// byte of the texts, -1 where there is none. It fails for a code that the part
// does not have.
func (p *part) between(c Coded) (runs []run, at [][]int, ok bool) {
	runs, at = []run{{}}, [][]int{nil}
	for _, k := range c.Pieces {
		last := len(runs) - 1
		if k.Code == nil {
			runs[last].text += k.Text
			for i := range len(k.Text) {
				if k.src == 0 {
					at[last] = append(at[last], -1)
				} else {
					at[last] = append(at[last], k.src+i)
				}
			}
			continue
		}
		i := slices.IndexFunc(p.coded.Codes, func(c *Code) bool { return c == k.Code || c.ID == k.Code.ID && c.key == k.Code.key })
		if i < 0 {
			return nil, nil, false
		}
		runs[last].code = strconv.Itoa(i) + " " + strconv.Itoa(int(k.Mark))
		runs, at = append(runs, run{}), append(at, nil)
	}
	return runs, at, true
}

// replaced is what of a text is another: where it stands in the file, -1 if that
// is not known, and what comes in its place.
func replaced(old, now string, at []int) (from, end int, came string) {
	i := 0
	for i < len(old) && i < len(now) && old[i] == now[i] {
		i++
	}
	for i > 0 && (i < len(old) && !utf8.RuneStart(old[i]) || i < len(now) && !utf8.RuneStart(now[i])) {
		i--
	}
	k := 0
	for k < len(old)-i && k < len(now)-i && old[len(old)-1-k] == now[len(now)-1-k] {
		k++
	}
	for k > 0 && !utf8.RuneStart(old[len(old)-k]) {
		k--
	}
	came = now[i : len(now)-k]
	switch {
	case i+k < len(old):
		from, end = at[i], at[len(old)-k-1]
		if from < 0 || end < 0 {
			return -1, -1, ""
		}
		return from, end + 1, came
	case i > 0 && at[i-1] >= 0:
		return at[i-1] + 1, at[i-1] + 1, came
	case i < len(at) && at[i] >= 0:
		return at[i], at[i], came
	}
	return -1, -1, ""
}
