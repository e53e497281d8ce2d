package word

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/intake/draft"
)

// inline is what holds for the runs inside an element.
type inline struct {
	link     string
	inserted bool
}

// inlines reads what stands in a paragraph.
func (r *reader) inlines(parent *node, p *paragraph, in inline) {
	for _, k := range parent.kids {
		switch {
		case k.is("w:r"):
			r.run(k, p, in)
		case k.is("w:hyperlink"):
			inner := in
			inner.link = r.address(k, p)
			r.inlines(k, p, inner)
		case k.is("w:ins"), k.is("w:moveTo"):
			inner := in
			inner.inserted = true
			r.inlines(k, p, inner)
		case k.is("w:del"), k.is("w:moveFrom"):
			p.deleted.WriteString(allText(k))
			r.referred(k)
		case k.is("w:sdt"):
			if c := k.child("sdtContent"); c != nil {
				r.inlines(c, p, in)
			}
		case k.is("w:smartTag"), k.is("w:customXml"), k.is("w:dir"), k.is("w:bdo"):
			r.inlines(k, p, in)
		case k.is("w:fldSimple"):
			r.fields = append(r.fields, field{code: []byte(k.attr("instr")), result: true})
			r.inlines(k, p, in)
			r.endField(p)
		case k.is("m:oMath"), k.is("m:oMathPara"):
			r.formula(k, p)
		case k.is("mc:AlternateContent"):
			if c := choice(k); c != nil {
				r.inlines(c, p, in)
			}
		case k.is("w:bookmarkStart"):
			p.anchors = append(p.anchors, k.attr("name"))
		case k.is("w:pPr"):
		default:
			if text := allText(k); strings.TrimSpace(text) != "" {
				r.text(p, text, 0, in)
			}
		}
	}
}

// referred notes that what a deletion refers to is left out with it.
func (r *reader) referred(n *node) {
	if n.is("w:footnoteReference") || n.is("w:endnoteReference") {
		key := noteKey{n.name == "endnoteReference", n.attr("id")}
		if note := r.notes[key]; note != nil {
			r.doc.Omit(draft.Deleted, allText(note))
			delete(r.notes, key)
		}
	}
	for _, k := range n.kids {
		r.referred(k)
	}
}

// address is where a w:hyperlink leads.
func (r *reader) address(n *node, p *paragraph) string {
	target := r.relations[n.attr("id")].target
	if target == "" {
		if a := n.attr("anchor"); a != "" {
			return "#" + a
		}
		return ""
	}
	if a := n.attr("anchor"); a != "" && !strings.Contains(target, "#") {
		target += "#" + a
	}
	return r.safe(target, p)
}

// safe returns an address that a text may link to, or none.
func (r *reader) safe(target string, p *paragraph) string {
	lower := strings.ToLower(target)
	for _, scheme := range []string{"http://", "https://", "mailto:", "tel:"} {
		if strings.HasPrefix(lower, scheme) && len(target) < 2000 && draft.Clean(target) == target {
			return target
		}
	}
	p.Doubt(diag.Warning, draft.Links, "Address", clip(target))
	return ""
}

func (r *reader) run(n *node, p *paragraph, in inline) {
	props := n.child("rPr")
	char := r.styles.of(props.val("rStyle"))
	style := draft.Style(0)
	if flagOf(props, "b").or(char.bold) == on {
		style |= draft.Bold
	}
	if flagOf(props, "i").or(char.italic) == on {
		style |= draft.Italic
	}
	if flagOf(props, "strike").or(flagOf(props, "dstrike")).or(char.strike) == on {
		style |= draft.Struck
	}
	if flagOf(props, "vanish").or(char.gone) == on && !r.inContents() {
		p.hidden.WriteString(allText(n))
		return
	}
	raised := props.val("vertAlign")
	mark := false // the next text is a note's mark
	for _, k := range n.kids {
		switch {
		case k.is("w:t"):
			text := string(k.text)
			if mark {
				r.doc.Omit(draft.Mark, text)
				mark = false
				continue
			}
			if raised == "superscript" || raised == "subscript" {
				text = r.raise(text, raised, p)
			}
			r.text(p, text, style, in)
		case k.is("w:delText"):
			p.deleted.Write(k.text)
		case k.is("w:tab"), k.is("w:ptab"):
			r.plain(p, " ", style, in)
		case k.is("w:br"), k.is("w:cr"):
			if r.shown() && (k.attr("type") == "" || k.attr("type") == "textWrapping") {
				p.Spans = append(p.Spans, draft.Span{Break: true})
			} else {
				r.plain(p, " ", style, in)
			}
		case k.is("w:noBreakHyphen"):
			r.doc.Added = append(r.doc.Added, '\u2011')
			r.plain(p, "\u2011", style, in)
		case k.is("w:sym"):
			r.symbol(k, p, style, in)
		case k.is("w:instrText"):
			if f := r.field(); f != nil && !f.result {
				f.code = append(f.code, k.text...)
			}
		case k.is("w:fldChar"):
			r.fieldChar(k, p)
		case k.is("w:footnoteReference"), k.is("w:endnoteReference"):
			r.note(k, p)
			if v := k.attr("customMarkFollows"); v == "1" || v == "true" || v == "on" {
				mark = true
				p.Doubt(diag.Note, draft.Notes.As("mark"), "Mark", clip(allText(n)))
			}
		case k.is("w:commentReference"):
			if c := r.comments[k.attr("id")]; c != nil {
				delete(r.comments, k.attr("id"))
				text := allText(c)
				r.doc.Omit(draft.Comment, text)
				p.Doubt(diag.Warning, draft.LeftOut.As("comment"), "Author", clip(c.attr("author")), "Text", clip(text))
			}
		case k.is("w:drawing"), k.is("w:pict"), k.is("w:object"):
			r.drawing(k, p)
		case k.is("w:ruby"):
			if base := k.child("rubyBase"); base != nil {
				r.inlines(base, p, in)
			}
			if rt := allText(k.child("rt")); strings.TrimSpace(rt) != "" {
				r.doc.Added = append(r.doc.Added, '(', ')')
				r.text(p, "("+rt+")", style, in)
			}
		case k.is("mc:AlternateContent"):
			if c := choice(k); c != nil {
				kids := c.kids
				if props != nil {
					kids = append([]*node{props}, kids...)
				}
				r.run(&node{space: "w", name: "r", kids: kids}, p, in)
			}
		case k.is("w:rPr"):
		default:
			if text := allText(k); strings.TrimSpace(text) != "" {
				r.text(p, text, style, in)
			}
		}
	}
}

// shown reports whether what comes now is seen: not in the code of a field, nor
// in a table of contents.
func (r *reader) shown() bool {
	for i := range r.fields {
		if !r.fields[i].result {
			return false
		}
	}
	return !r.inContents()
}

func (r *reader) inContents() bool {
	for i := range r.fields {
		if r.fields[i].result && r.fields[i].name() == "TOC" {
			return true
		}
	}
	return false
}

func (r *reader) field() *field {
	if n := len(r.fields); n > 0 {
		return &r.fields[n-1]
	}
	return nil
}

// name is the first word of a field's code.
func (f *field) name() string {
	words := strings.Fields(string(f.code))
	if len(words) == 0 {
		return ""
	}
	return strings.ToUpper(words[0])
}

// link is where a HYPERLINK field leads.
func (f *field) link() string {
	if f.name() != "HYPERLINK" {
		return ""
	}
	words := split(string(f.code))
	address, anchor := "", ""
	for i := 1; i < len(words); i++ {
		switch w := words[i]; {
		case w == `\l` && i+1 < len(words):
			i++
			anchor = "#" + words[i]
		case strings.HasPrefix(w, `\`):
			if (w == `\o` || w == `\t` || w == `\s`) && i+1 < len(words) {
				i++
			}
		case address == "":
			address = w
		}
	}
	return address + anchor
}

// split parts a field's code into words, some in quotation marks.
func split(s string) []string {
	var out []string
	for {
		s = strings.TrimLeft(s, " \t\n")
		if s == "" {
			return out
		}
		end := strings.IndexAny(s, " \t\n")
		if s[0] == '"' {
			s = s[1:]
			end = strings.IndexByte(s, '"')
		}
		if end < 0 {
			return append(out, s)
		}
		out = append(out, s[:end])
		s = s[end+1:]
	}
}

func (r *reader) fieldChar(n *node, p *paragraph) {
	switch n.attr("fldCharType") {
	case "begin":
		if len(r.fields) < maxDepth {
			r.fields = append(r.fields, field{})
		}
	case "separate":
		if f := r.field(); f != nil {
			f.result = true
		}
	case "end":
		r.endField(p)
	}
}

// endField closes the innermost field and says if it showed something that is
// not text in the file.
func (r *reader) endField(p *paragraph) {
	f := r.field()
	if f == nil {
		return
	}
	r.fields = r.fields[:len(r.fields)-1]
	if f.text {
		return
	}
	switch name := f.name(); name {
	case "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT":
		p.Doubt(diag.Warning, draft.Numbering.As("field"), "Field", name)
	case "SYMBOL", "EQ", "ADVANCE", "INCLUDETEXT", "INCLUDEPICTURE":
		p.Doubt(diag.Warning, draft.Plain.As("field"), "Field", clip(string(f.code)))
	}
}

// text adds text that the file has as text.
func (r *reader) text(p *paragraph, text string, style draft.Style, in inline) {
	if !r.shown() {
		if r.inContents() {
			r.doc.Omit(draft.Contents, text)
		} else {
			r.doc.Omit(draft.Other, text)
		}
		return
	}
	if in.inserted {
		p.inserted.WriteString(text)
	}
	r.plain(p, text, style, in)
}

// plain adds text to the paragraph.
func (r *reader) plain(p *paragraph, text string, style draft.Style, in inline) {
	if !r.shown() {
		return
	}
	link := in.link
	for i := range r.fields {
		f := &r.fields[i]
		f.text = f.text || text != ""
		if l := f.link(); l != "" {
			if link = l; !strings.HasPrefix(l, "#") {
				link = r.safe(l, p)
			}
		}
	}
	if style&draft.Bold == 0 && strings.TrimSpace(text) != "" {
		p.unmarked = true
	}
	p.Spans = append(p.Spans, draft.Span{Text: text, Style: style, Link: link})
}

// symbol adds a w:sym, a code in a font of pictures.
func (r *reader) symbol(n *node, p *paragraph, style draft.Style, in inline) {
	code, err := strconv.ParseUint(n.attr("char"), 16, 32)
	c, ok := symbol(n.attr("font"), rune(code))
	if err != nil || !ok || !utf8.ValidRune(c) {
		p.Doubt(diag.Warning, draft.Plain.As("symbol"), "Code", clip(n.attr("char")), "Font", clip(n.attr("font")))
		return
	}
	if r.shown() {
		r.doc.Added = append(r.doc.Added, c)
	}
	r.plain(p, string(c), style, in)
}

// raise writes raised or lowered characters, if there are such.
func (r *reader) raise(text, how string, p *paragraph) string {
	out, ok := draft.Raise(text, how == "subscript")
	if !ok {
		p.Doubt(diag.Note, draft.Plain.As("raised"), "Text", clip(text))
	}
	return out
}

// formula adds a formula's characters in a row.
func (r *reader) formula(n *node, p *paragraph) {
	text := allText(n)
	r.text(p, text, 0, inline{})
	p.Doubt(diag.Warning, draft.Plain.As("formula"), "Text", clip(text))
}

// note adds a reference to a footnote or an endnote.
func (r *reader) note(n *node, p *paragraph) {
	key := noteKey{n.name == "endnoteReference", n.attr("id")}
	body := r.notes[key]
	if body == nil || r.inNote || !r.shown() {
		if r.shown() {
			p.Doubt(diag.Warning, draft.Notes.As("missing"), "Mark", clip(n.attr("id")))
		}
		return
	}
	at, ok := r.noteAt[key]
	if !ok {
		at = len(r.doc.Notes)
		r.noteAt[key] = at
		name := ""
		if key.end {
			r.ended++
			name = "e" + strconv.Itoa(r.ended)
		} else {
			r.listed++
			name = strconv.Itoa(r.listed)
		}
		r.doc.Notes = append(r.doc.Notes, draft.Note{Name: name})
		fields, carry := r.fields, r.carry
		r.fields, r.carry, r.inNote = nil, nil, true
		var blocks []draft.Block
		r.blocks(body, &blocks)
		r.endCarry(&blocks)
		r.fields, r.carry, r.inNote = fields, carry, false
		r.doc.Notes[at].Blocks = blocks
	}
	p.Spans = append(p.Spans, draft.Span{Note: at + 1})
}

// drawing reads text boxes, and reports pictures.
func (r *reader) drawing(n *node, p *paragraph) {
	box, picture, alt := false, false, ""
	depth := 0
	var walk func(*node)
	walk = func(n *node) {
		if depth++; depth > maxDepth {
			return
		}
		defer func() { depth-- }()
		switch {
		case n.is("mc:AlternateContent"):
			if c := choice(n); c != nil {
				walk(c)
			}
			return
		case n.name == "txbxContent": // in more than one namespace
			box = true
			fields, carry := r.fields, r.carry
			r.fields, r.carry = nil, nil
			r.blocks(n, &p.boxes)
			r.endCarry(&p.boxes)
			r.fields, r.carry = fields, carry
			return
		case n.name == "docPr" && n.space == "wp":
			alt = strings.TrimSpace(n.attr("descr"))
		case n.is("v:textpath"):
			if s := n.attr("string"); s != "" {
				p.Doubt(diag.Warning, draft.Plain.As("art"), "Text", clip(s))
			}
		case n.name == "blip", n.is("v:imagedata"), n.name == "chart", n.name == "relIds":
			picture = true
		case n.is("a:t"):
			r.doc.Omit(draft.Other, string(n.text))
			p.Doubt(diag.Warning, draft.LeftOut.As("part"), "Text", clip(string(n.text)), "Part", "drawing")
		}
		for _, k := range n.kids {
			walk(k)
		}
	}
	walk(n)
	if picture {
		p.Doubt(diag.Warning, draft.LeftOut.As("picture"), "Text", clip(alt))
	}
	if box && len(p.boxes) > 0 {
		p.boxes[0].Doubt(diag.Warning, draft.Plain.As("box"), "Text", clip(p.boxes[0].Text()))
	}
}
