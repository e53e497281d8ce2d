package plain

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/intake/draft"
)

var (
	atx        = regexp.MustCompile(`^(#{1,6})[ \t]+(.*?)[ \t]*#*$`)
	breakLine  = regexp.MustCompile(`^(?:\\?[*＊][ \t]*){3,}$|^(?:[-_—–=][ \t]*){3,}$|^⁂$|^[*＊]$`)
	bulletMark = regexp.MustCompile(`^([•▪▫◦‣●○■□◆·∙➢✓–—*+-])[ \t]+(\S.*)$`)
	tightMark  = regexp.MustCompile(`^([•▪▫◦‣●○■□◆➢])(\S.*)$`)
	figureMark = regexp.MustCompile(`^(\(?[0-9]{1,3}[.)])[ \t]+(\S.*)$`)
	letterMark = regexp.MustCompile(`^(\(?[\p{L}]{1,4}\))[ \t]+(\S.*)$`)
	hanMark    = regexp.MustCompile(`^([（(][一二三四五六七八九十0-9]{1,3}[）)])[ \t]*(\S.*)$`)
	rawLine    = regexp.MustCompile(`^(?:\||>|\[\^[^\]]+\]:|\[[^\]]+\]:|<!--)`)
	fenceLine  = regexp.MustCompile("^(```+|~~~+)")
)

// whole is the text with its label before it, parted as they were.
func (p *piece) whole() string {
	if p.tight {
		return p.label + p.text
	}
	return p.label + " " + p.text
}

// pieces joins the lines that were one, and parts what are not.
func (r *reader) pieces(lines []line) []piece {
	var out []piece
	var cur *piece
	gap, page := false, false
	fence := ""
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if fence != "" {
			cur.add(cur.text, "\n"+l.raw)
			if strings.HasPrefix(l.text, fence) {
				fence, cur = "", nil
			}
			continue
		}
		if l.page {
			page = true
		}
		if l.text == "" {
			gap = true
			continue
		}
		p := r.piece(l)
		p.gap, p.page = gap || len(out) == 0, page
		if m := fenceLine.FindString(l.text); m != "" && r.form == Markdown {
			fence = m
			p.raw, p.text = true, l.raw
		}
		switch {
		case cur == nil || p.gap || p.page || r.apart(cur, &p, lines, i):
			out = append(out, p)
			cur = &out[len(out)-1]
		default:
			r.append(cur, &p, false)
			cur.lines++
		}
		gap, page = false, false
	}
	return out
}

// piece tells what a line is by itself.
func (r *reader) piece(l line) piece {
	p := piece{text: l.text, indent: l.indent, lines: 1, line: l.number, doubts: l.doubts}
	if r.form == Markdown {
		if m := atx.FindStringSubmatch(l.text); m != nil {
			p.kind, p.level, p.text = draft.Heading, len(m[1]), m[2]
			r.became(m[1])
			return p
		}
		if rawLine.MatchString(l.text) {
			p.raw = true
			p.text = l.raw
			return p
		}
	}
	if breakLine.MatchString(l.text) {
		p.kind, p.text = draft.Break, ""
		r.became(l.text)
		return p
	}
	m := bulletMark.FindStringSubmatch(l.text)
	if m == nil {
		m = tightMark.FindStringSubmatch(l.text)
	}
	if m != nil {
		p.kind, p.text = draft.Item, m[2]
		p.label = m[1]
		return p
	}
	for _, mark := range []*regexp.Regexp{figureMark, letterMark, hanMark} {
		if m := mark.FindStringSubmatch(l.text); m != nil {
			p.kind, p.label, p.text = draft.Item, m[1], m[2]
			p.tight = len(m[1])+len(m[2]) == len(l.text)
			return p
		}
	}
	kind, n := r.lang.Division(l.text)
	if r.capitals(l.text) {
		p.kind, p.caps, p.named = draft.Heading, true, kind
		return p
	}
	if n > 0 && !ends(l.text[n:]) && r.short(l.text) && utf8.RuneCountInString(l.text)*10 < max(r.width*8, 1) || n > 0 && r.width == 0 && !ends(l.text[n:]) && r.short(l.text) {
		p.kind, p.named = draft.Heading, kind
	}
	return p
}

// short reports whether a line can be a heading by its length.
func (r *reader) short(s string) bool {
	if r.lang.Spaced {
		return utf8.RuneCountInString(s) <= 120
	}
	return utf8.RuneCountInString(s) <= 25
}

// capitals reports whether a line is in capital letters.
func (r *reader) capitals(s string) bool {
	up, all := 0, 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			up++
		}
		if unicode.IsLetter(c) {
			all++
		}
	}
	return up >= 4 && up*2 > all && utf8.RuneCountInString(s) <= 200 && !strings.HasSuffix(s, ";") && !strings.HasSuffix(s, ",")
}

// became notes characters of the source that are marks in the Markdown.
func (r *reader) became(s string) { r.doc.Became = append(r.doc.Became, []rune(s)...) }

// apart reports whether the line p begins a paragraph of its own though no
// empty line stands before it.
func (r *reader) apart(cur, p *piece, lines []line, i int) bool {
	last := lines[i-1]
	if cur.raw || p.raw {
		return !(cur.raw && p.raw)
	}
	switch {
	case cur.kind == draft.Break, p.kind == draft.Break:
		return true
	case cur.kind == draft.Heading && p.kind == draft.Heading:
		return !cur.caps || !p.caps || r.form == Markdown
	case cur.kind == draft.Heading, p.kind == draft.Heading && !r.continues(cur, p):
		return true
	case p.kind == draft.Item:
		return r.begins(cur, p)
	case r.form == Markdown:
		return false
	case r.width == 0:
		return !startsSmall(p.text, false) || ends(last.text)
	}
	w := utf8.RuneCountInString(last.text)
	switch {
	case !ends(last.text):
		return r.meant(cur, p, lines, i)
	case w*10 < r.width*8:
		return true
	}
	return p.indent >= last.indent+2 && cur.lines > 1 && !startsSmall(p.text, false)
}

// meant reports whether a line ended though the next word had room on it. In a
// narrow column, where the line before was no longer, it had none.
func (r *reader) meant(cur, p *piece, lines []line, i int) bool {
	if startsSmall(p.text, false) || strings.HasSuffix(lines[i-1].text, "-") || strings.HasSuffix(lines[i-1].text, ",") {
		return false
	}
	w := utf8.RuneCountInString(lines[i-1].text)
	next := 1
	if r.lang.Spaced {
		word, _, _ := strings.Cut(p.text, " ")
		next += utf8.RuneCountInString(word)
	}
	if (w+next)*10 > r.width*8 {
		return false
	}
	return cur.lines == 1 || utf8.RuneCountInString(lines[i-2].text)*10 > w*12
}

// continues reports whether a line in capitals is only the rest of a sentence.
func (r *reader) continues(cur, p *piece) bool {
	return p.caps && cur.kind != draft.Heading && !ends(cur.text) && r.width > 0 && len(p.text) < 12
}

// begins reports whether a line that looks like an item is one, and not the
// rest of a sentence that a line end cut before a dash or a number.
func (r *reader) begins(cur, p *piece) bool {
	if ends(cur.text) || strings.HasSuffix(cur.text, ",") || cur.kind == draft.Item && kindOf(cur.label) == kindOf(p.label) && !dash(p.label) {
		return true
	}
	return strings.ContainsAny(p.label, "•▪▫◦‣●○■□◆➢✓")
}

func dash(label string) bool { return strings.ContainsAny(label, "–—-") }

// append joins the piece p to cur, of which it is the rest.
func (r *reader) append(cur, p *piece, page bool) {
	text := p.text
	if p.kind == draft.Item { // it was no item
		text = p.whole()
	}
	if cur.raw {
		cur.add(cur.text, "\n"+text)
		return
	}
	cur.doubts = append(cur.doubts, p.doubts...)
	before := cur.text
	last, size := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(text)
	joint := " "
	switch {
	case last == '\u00ad':
		joint = ""
	case last == '-' || last == '‐':
		joint = ""
		stem := before[:len(before)-size]
		a, b := lastWord(stem), firstWord.FindString(text)
		switch {
		case a == "": // a dash, or figures
			if stem == "" || strings.HasSuffix(stem, " ") {
				joint = " "
			}
		case b == "" || !unicode.IsLower(first) && unicode.IsUpper(first):
		default:
			whole, hyphened := r.words[strings.ToLower(a+b)], r.words[strings.ToLower(a+"-"+b)]
			if strings.Contains(a, "-") {
				hyphened = max(hyphened, r.words[strings.ToLower(a+"-"+b)])
			}
			switch {
			case whole > hyphened:
				before = stem
				r.became(string(last))
				cur.doubt(diag.Note, draft.Hyphen.As("joined"), "Word", clip(a+b))
			case hyphened > 0:
				cur.doubt(diag.Note, draft.Hyphen.As("kept"), "Word", clip(a+"-"+b))
			default:
				cur.doubt(diag.Warning, draft.Hyphen.As("unknown"), "Word", clip(a+"-"+b))
			}
		}
	case r.lang.Joins(last, first):
		joint = ""
	}
	if page {
		cur.doubt(diag.Warning, draft.Joined.As("page"), "Before", tail(cur.text), "After", head(text))
	}
	cur.add(before, joint+text)
}

// add makes the end of a piece's text anew. Only the end is kept as a string, or
// a paragraph of many lines would be copied with each.
func (p *piece) add(before, more string) {
	if n := len(before) - longEnd; n > longEnd {
		for !utf8.RuneStart(before[n]) {
			n--
		}
		p.before = append(p.before, before[:n]...)
		before = before[n:]
	}
	p.text = before + more
}

// longEnd is how many bytes of a piece's end are looked at when a line is joined.
const longEnd = 800

// finish puts a piece's text together.
func (p *piece) finish() {
	if p.before != nil {
		p.text, p.before = string(p.before)+p.text, nil
	}
}

var firstWord = regexp.MustCompile(`^[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*`)

// lastWord is the word that a text ends with, and the words that hyphens tie to it.
func lastWord(s string) string {
	at := len(s)
	for len(s)-at < longEnd/4 {
		c, n := utf8.DecodeLastRuneInString(s[:at])
		if c == '-' && at < len(s) {
			if d, _ := utf8.DecodeLastRuneInString(s[:at-n]); !unicode.In(d, unicode.L, unicode.M) {
				break
			}
		} else if !unicode.In(c, unicode.L, unicode.M) {
			break
		}
		at -= n
	}
	return s[at:]
}

func (p *piece) doubt(sev diag.Severity, code diag.Code, pairs ...any) {
	p.doubts = append(p.doubts, draft.Doubt{Severity: sev, Code: code, Pairs: pairs})
}

// join puts together the paragraphs that the end of a page has cut.
func (r *reader) join(in []piece) []piece {
	var out []piece
	for i := range in {
		p := &in[i]
		if n := len(out); n > 0 && r.cut(&out[n-1], p) {
			c := &out[n-1]
			p.finish()
			r.append(c, p, true)
			c.lines += p.lines
			continue
		}
		out = append(out, *p)
	}
	return out
}

// cut reports whether p is the rest of the paragraph or item c.
func (r *reader) cut(c, p *piece) bool {
	if c.raw || p.raw || p.kind != draft.Paragraph || c.kind != draft.Paragraph && c.kind != draft.Item || ends(c.text) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(c.text)
	long := utf8.RuneCountInString(c.text) >= 40 || c.lines > 1 || !r.lang.Spaced && utf8.RuneCountInString(c.text) > 8
	switch {
	case last == '-' && unicode.IsLetter(before(c.text)) && startsSmall(p.text, false):
		return true
	case startsSmall(p.text, false):
		return unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(",–—)»”", last)
	}
	return p.page && long && (unicode.IsLetter(last) || last == ',' || last == '，' || last == '、')
}

func before(s string) rune {
	_, n := utf8.DecodeLastRuneInString(s)
	c, _ := utf8.DecodeLastRuneInString(s[:len(s)-n])
	return c
}

// kindOf is what a label looks like: "1.", "(a)" and so on.
func kindOf(label string) string {
	var b strings.Builder
	for _, c := range label {
		switch {
		case unicode.IsDigit(c):
			c = '1'
		case unicode.Is(unicode.Cyrillic, c):
			c = 'а'
		case unicode.Is(unicode.Han, c):
			c = '一'
		case unicode.IsLetter(c):
			c = 'a'
		}
		if s := b.String(); !strings.HasSuffix(s, string(c)) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// blocks makes blocks of the pieces: lists get their depths, and headings
// their levels by the order in which their kinds come up.
func (r *reader) blocks(pieces []piece) {
	var lists []openList
	var kinds []string // of headings, from the highest
	title := false
	for i := range pieces {
		p := &pieces[i]
		b := draft.Block{Kind: p.kind, Line: p.line, Doubts: p.doubts}
		if p.kind == draft.Item && !r.item(p, pieces, i, lists) {
			p.kind, b.Kind = draft.Paragraph, draft.Paragraph
			p.text = p.whole()
			if p.gap && r.form == Text && r.numbered(p, pieces, i) {
				p.kind, b.Kind, p.named = draft.Heading, draft.Heading, kindOf(p.label)
			}
		}
		if p.kind != draft.Item {
			lists = nil
		}
		switch {
		case p.raw:
			b.Kind = draft.Raw
			b.Spans = []draft.Span{{Text: p.text, Ready: true}}
			r.doc.Blocks = append(r.doc.Blocks, b)
			continue
		case p.kind == draft.Break:
			r.doc.Blocks = append(r.doc.Blocks, b)
			continue
		case i == 0 && r.first(pieces):
			b.Kind, b.Level = draft.Heading, 0
			b.Doubt(diag.Note, draft.Title.As("first"), "Text", clip(p.text))
			title = true
		case p.kind == draft.Paragraph && r.form == Text && r.stands(pieces, i):
			p.kind, b.Kind, p.named = draft.Heading, draft.Heading, "short"
			r.heading(p, &b, &kinds, false)
		case p.kind == draft.Heading:
			r.heading(p, &b, &kinds, !title && len(r.doc.Blocks) == 0)
			title = true
		case p.kind == draft.Item:
			lists = open(lists, p)
			b.Depth = len(lists) - 1
			if bullet(p.label) {
				r.became(p.label)
			} else {
				b.Label, b.Joined, b.Typed = p.label, p.tight, true
			}
		}
		b.Spans = []draft.Span{{Text: p.text, Ready: r.form == Markdown}}
		r.doc.Blocks = append(r.doc.Blocks, b)
	}
}

// first reports whether a text begins with words that can only be its title.
func (r *reader) first(pieces []piece) bool {
	p := &pieces[0]
	return p.kind == draft.Paragraph && p.lines <= 2 && r.short(p.text) && !ends(p.text) && len(pieces) > 1 && (pieces[1].gap || r.width > 0)
}

// stands reports whether a short line with room above it and none below it is a
// heading: it does not end like a sentence, and a sentence follows.
func (r *reader) stands(pieces []piece, i int) bool {
	p := &pieces[i]
	if i == 0 || i+1 == len(pieces) || r.width == 0 || !p.gap || p.lines > 2 || !r.short(p.text) || ends(p.text) || !begins(p.text) {
		return false
	}
	next := &pieces[i+1]
	return !next.gap && !next.page && next.kind == draft.Paragraph && (next.lines > 1 || ends(next.text)) && begins(next.text) &&
		utf8.RuneCountInString(p.text) >= 2 && strings.ContainsFunc(p.text, unicode.IsLetter)
}

// begins reports whether a text begins as a sentence does.
func begins(s string) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘«(（【「『[*_"))
	return unicode.IsUpper(c) || unicode.Is(unicode.Lo, c) || unicode.IsDigit(c)
}

func bullet(label string) bool { return !strings.ContainsFunc(label, isLabel) }

func isLabel(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// openList is a list that may go on.
type openList struct {
	kind   string
	indent int
	number int
}

// open returns the lists that are open with the item p in the innermost.
func open(lists []openList, p *piece) []openList {
	l := openList{kindOf(p.label), p.indent, figures(p.label)}
	for k := len(lists) - 1; k >= 0; k-- {
		if lists[k].kind == l.kind && (!bullet(p.label) || p.indent <= lists[k].indent+1 && p.indent+1 >= lists[k].indent) {
			return append(lists[:k:k], l)
		}
	}
	return append(lists, l)
}

func figures(label string) int {
	n, err := strconv.Atoi(strings.Trim(label, "().（）"))
	if err != nil {
		return 0
	}
	return n
}

// item reports whether what looks like an item is one: a number counts on, or
// begins with one.
func (r *reader) item(p *piece, pieces []piece, i int, lists []openList) bool {
	if bullet(p.label) {
		return true
	}
	n := figures(p.label)
	if n == 0 {
		return true
	}
	if r.form == Text && p.gap && r.numbered(p, pieces, i) {
		return false
	}
	if n == 1 {
		return true
	}
	for _, l := range lists {
		if l.kind == kindOf(p.label) && l.number+1 == n {
			return true
		}
	}
	// A list that paragraphs interrupt goes on.
	for k := i - 1; k >= 0 && k >= i-12; k-- {
		if q := &pieces[k]; q.kind == draft.Item && kindOf(q.label) == kindOf(p.label) && figures(q.label)+1 == n {
			return true
		}
	}
	return false
}

// numbered reports whether a line with a number is a heading: short, without
// an end, and with text below it before the next number.
func (r *reader) numbered(p *piece, pieces []piece, i int) bool {
	if figures(p.label) == 0 || p.lines > 2 || !r.short(p.text) || ends(p.text) || startsSmall(p.text, false) || strings.HasSuffix(p.text, ",") {
		return false
	}
	if i+1 == len(pieces) {
		return false
	}
	next := &pieces[i+1]
	return next.gap && next.kind != draft.Heading && (next.kind != draft.Item || figures(next.label) <= 1 && kindOf(next.label) != kindOf(p.label))
}

// heading sets a heading's level and takes marks of emphasis off it.
func (r *reader) heading(p *piece, b *draft.Block, kinds *[]string, first bool) {
	for _, mark := range []string{"***", "**", "__"} {
		if s, ok := strings.CutPrefix(p.text, mark); ok && r.form == Markdown && p.level > 0 {
			if s, ok := strings.CutSuffix(s, mark); ok && !strings.Contains(s, mark) {
				p.text = s
				r.became(mark + mark)
			}
		}
	}
	switch {
	case first && p.named == "":
		b.Level = 0
		if p.caps {
			b.Doubt(diag.Note, draft.Title.As("caps"), "Text", clip(p.text))
		}
		return
	case p.level > 0:
		b.Level = p.level
		return
	}
	kind := p.named
	if kind == "" {
		kind = "caps"
	}
	at := -1
	for k, name := range *kinds {
		if name == kind {
			at = k
		}
	}
	if at < 0 {
		at = len(*kinds)
		*kinds = append(*kinds, kind)
	}
	b.Level = at + 2
	variant := "number"
	switch {
	case p.caps:
		variant = "caps"
	case p.named == "short":
		variant = "short"
	}
	b.Doubt(diag.Note, draft.Title.As(variant), "Text", clip(p.text))
}
