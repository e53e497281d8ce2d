// Package word reads Word's .docx files: the paragraphs with their numbers as
// they are printed, headings, notes, tables and links. Tracked changes count as
// accepted. What is no part of the text is left out and said to be. It knows
// neither Markdown nor languages.
package word

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/intake/draft"
	written "stele/build/word"
)

// Read reads a .docx file. If it cannot, it says why.
func Read(data []byte) (*draft.Document, *draft.Doubt) {
	r, err := newReader(data)
	if err == nil {
		err = r.all()
	}
	if f := (*refusal)(nil); errors.As(err, &f) {
		return nil, &draft.Doubt{Severity: diag.Error, Code: draft.Refused.As(f.variant), Pairs: []any{"Part", f.detail}}
	} else if err != nil {
		return nil, &draft.Doubt{Severity: diag.Error, Code: draft.Refused.As("damaged"), Pairs: []any{"Part", diag.Reason(err)}}
	}
	return r.doc, nil
}

// reader is one file being read.
type reader struct {
	*archive
	doc       *draft.Document
	main      string // the name of the main part
	relations map[string]relation
	styles    styles
	numbering *numbering
	notes     map[noteKey]*node
	noteAt    map[noteKey]int // index in doc.Notes
	comments  map[string]*node
	used      map[string]bool // parts whose text is read
	fields    []field         // open ones, from the outside in
	carry     *paragraph      // what stands before a deleted paragraph mark
	inNote    bool
	headings  map[string]int // bookmark -> block
	listed    int            // footnotes so far
	ended     int            // endnotes so far
	spanned   int            // columns that cells span so far
}

type noteKey struct {
	end bool
	id  string
}

// field is a complex field: its code, and whether its result has begun.
type field struct {
	code   []byte
	result bool
	text   bool // something is in the result
}

func newReader(data []byte) (*reader, error) {
	a, err := open(data)
	if err != nil {
		return nil, err
	}
	r := &reader{
		archive: a, doc: &draft.Document{}, notes: map[noteKey]*node{}, noteAt: map[noteKey]int{},
		comments: map[string]*node{}, used: map[string]bool{}, headings: map[string]int{},
	}
	top, err := a.relations("")
	if err != nil {
		return nil, err
	}
	r.main = "word/document.xml"
	for _, id := range sortedKeys(top) {
		if top[id].kind == "officeDocument" {
			r.main = top[id].target
		}
	}
	if a.files[strings.ToLower(r.main)] == nil {
		return nil, &refusal{"part", r.main}
	}
	r.relations, err = a.relations(r.main)
	return r, err
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// related returns the part that the main part names as its styles, numbering …
func (r *reader) related(kind string) (*node, error) {
	for _, id := range sortedKeys(r.relations) {
		if rel := r.relations[id]; rel.kind == kind && rel.mode != "External" {
			r.used[strings.ToLower(rel.target)] = true
			return r.part(rel.target)
		}
	}
	return nil, nil
}

func (r *reader) all() error {
	styles, err := r.related("styles")
	if err != nil {
		return err
	}
	r.styles = readStyles(styles)
	numbering, err := r.related("numbering")
	if err != nil {
		return err
	}
	r.numbering = readNumbering(numbering)
	for _, kind := range []string{"footnotes", "endnotes", "comments"} {
		root, err := r.related(kind)
		if err != nil {
			return err
		}
		if root == nil {
			continue
		}
		for _, k := range root.kids {
			switch id := k.attr("id"); {
			case kind == "comments":
				if c := r.comments[id]; c != nil { // damaged, but its words are there
					r.comment(c)
				}
				r.comments[id] = k
			case k.attr("type") == "" || k.attr("type") == "normal":
				key := noteKey{kind == "endnotes", id}
				if n := r.notes[key]; n != nil {
					r.doc.Omit(draft.Unused, allText(n))
					r.doc.Doubt(diag.Warning, draft.LeftOut.As("unused"), "Text", clip(allText(n)))
				}
				r.notes[key] = k
			default: // what parts notes from the text
				r.doc.Omit(draft.Page, allText(k))
			}
		}
	}
	main, err := r.part(r.main)
	if err != nil {
		return err
	}
	r.used[strings.ToLower(r.main)] = true
	if main.child("body") == nil {
		return &refusal{"part", r.main}
	}
	for _, k := range main.kids {
		if k.is("w:body") { // Word writes one, and shows all that there are
			r.blocks(k, &r.doc.Blocks)
			r.endCarry(&r.doc.Blocks)
		}
	}
	r.doc.Connect(r.headings)
	r.unused()
	return r.others()
}

// unused leaves out the notes and comments that nothing refers to.
func (r *reader) unused() {
	for _, end := range []bool{false, true} {
		var ids []string
		for k := range r.notes {
			if _, ok := r.noteAt[k]; !ok && k.end == end {
				ids = append(ids, k.id)
			}
		}
		slices.Sort(ids)
		for _, id := range ids {
			text := allText(r.notes[noteKey{end, id}])
			if strings.TrimSpace(text) == "" {
				continue
			}
			r.doc.Omit(draft.Unused, text)
			r.doc.Doubt(diag.Warning, draft.LeftOut.As("unused"), "Text", clip(text))
		}
	}
	for _, id := range sortedKeys(r.comments) {
		r.comment(r.comments[id])
	}
}

// comment leaves out a comment that stands at no place.
func (r *reader) comment(n *node) {
	if text := allText(n); strings.TrimSpace(text) != "" {
		r.doc.Omit(draft.Comment, text)
		r.doc.Doubt(diag.Warning, draft.LeftOut.As("comment"), "Author", clip(n.attr("author")), "Text", clip(text))
	}
}

// others leaves out what stands in parts that are no part of the text.
func (r *reader) others() error {
	said := map[string]bool{}
	for _, name := range sortedKeys(r.files) {
		if !isXML(name) || r.used[name] || strings.HasPrefix(name, "customxml/") || strings.HasSuffix(name, ".rels") {
			continue
		}
		root, err := r.part(name)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "docprops/") {
			if name == "docprops/core.xml" {
				r.doc.Title = draft.Fold(string(root.child("title").chars()))
			}
			continue
		}
		text := allText(root)
		if strings.TrimSpace(text) == "" {
			continue
		}
		what, variant := draft.Other, "part"
		if root.name == "hdr" || root.name == "ftr" {
			what, variant = draft.Header, "header"
		}
		r.doc.Omit(what, text)
		if !said[variant+text] {
			said[variant+text] = true
			r.doc.Doubt(diag.Warning, draft.LeftOut.As(variant), "Text", clip(text), "Part", name)
		}
	}
	return nil
}

func (n *node) chars() []byte {
	if n == nil {
		return nil
	}
	return n.text
}

// allText is the text in a node, with a space between paragraphs.
func allText(n *node) string {
	var b strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		switch {
		case n.is("mc:Fallback"):
			return
		case isText(n):
			b.Write(n.text)
		case n.is("w:p"), n.is("w:tab"), n.is("w:br"):
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
		}
		for _, k := range n.kids {
			walk(k)
		}
	}
	if n != nil {
		walk(n)
	}
	return b.String()
}

func isText(n *node) bool {
	return n.name == "t" && (n.space == "w" || n.space == "m" || n.space == "a") || n.is("w:delText")
}

func clip(s string) string {
	text, _ := draft.Part(strings.Join(strings.Fields(s), " "))
	return diag.Clip(text, diag.Quoted)
}

// choice is what is to be read of alternatives.
func choice(n *node) *node {
	if c := n.child("Choice"); c != nil {
		return c
	}
	return n.child("Fallback")
}

// blocks reads the paragraphs and tables in a node.
func (r *reader) blocks(parent *node, out *[]draft.Block) {
	for _, k := range parent.kids {
		switch {
		case k.is("w:p"):
			r.paragraph(k, out)
		case k.is("w:tbl"):
			r.endCarry(out)
			r.table(k, out)
		case k.is("w:sdt"):
			if strings.Contains(k.child("sdtPr", "docPartObj", "docPartGallery").attr("val"), "Table of Contents") {
				r.contents(k)
				continue
			}
			if c := k.child("sdtContent"); c != nil {
				r.blocks(c, out)
			}
		case k.is("w:ins"), k.is("w:moveTo"), k.is("w:customXml"), k.is("w:smartTag"):
			r.blocks(k, out)
		case k.is("w:del"), k.is("w:moveFrom"):
			r.deleted(allText(k), out)
		case k.is("mc:AlternateContent"):
			if c := choice(k); c != nil {
				r.blocks(c, out)
			}
		case k.is("w:altChunk"):
			r.doc.Doubt(diag.Error, draft.LeftOut.As("chunk"), "Part", r.relations[k.attr("id")].target)
		case k.is("m:oMathPara"), k.is("m:oMath"):
			p := &paragraph{}
			r.formula(k, p)
			*out = append(*out, p.Block)
		case k.is("w:sectPr"), k.is("w:bookmarkEnd"), k.is("w:proofErr"), k.is("w:tcPr"):
		case k.is("w:bookmarkStart"):
			r.pendingAnchors(k, out)
		default:
			if text := allText(k); strings.TrimSpace(text) != "" {
				r.doc.Omit(draft.Other, text)
				r.doc.Doubt(diag.Warning, draft.LeftOut.As("part"), "Text", clip(text), "Part", k.name)
			}
		}
	}
}

// pendingAnchors is a bookmark between blocks: it belongs to the next one.
func (r *reader) pendingAnchors(k *node, out *[]draft.Block) {
	if out == &r.doc.Blocks {
		r.headings[k.attr("name")] = len(*out)
	}
}

// contents leaves out a table of contents, which the site makes itself.
func (r *reader) contents(n *node) {
	text := allText(n)
	r.doc.Omit(draft.Contents, text)
	r.doc.Doubt(diag.Note, draft.LeftOut.As("contents"), "Text", clip(text))
}

// deleted leaves out what a tracked change deletes.
func (r *reader) deleted(text string, out *[]draft.Block) {
	if strings.TrimSpace(text) == "" {
		return
	}
	r.doc.Omit(draft.Deleted, text)
	if n := len(*out); n > 0 {
		(*out)[n-1].Doubt(diag.Warning, draft.LeftOut.As("deletion"), "Text", clip(text))
		return
	}
	r.doc.Doubt(diag.Warning, draft.LeftOut.As("deletion"), "Text", clip(text))
}

// paragraph is a block as it is read.
type paragraph struct {
	draft.Block
	boxes    []draft.Block // text boxes that are anchored in it
	anchors  []string
	deleted  strings.Builder
	inserted strings.Builder
	hidden   strings.Builder
	unmarked bool // there is text that is not bold
}

func (r *reader) paragraph(n *node, out *[]draft.Block) {
	props := n.child("pPr")
	p := &paragraph{}
	if r.carry != nil {
		p, r.carry = r.carry, nil
	}
	r.inlines(n, p, inline{})
	if props.child("rPr", "del") != nil || props.child("rPr", "moveFrom") != nil {
		r.carry = p // its end was deleted: the next paragraph goes on
		return
	}
	id := props.val("pStyle")
	if id == "" {
		id = r.styles.fallback
	}
	st := r.styles.of(id)
	r.finish(p, props, id, st)
	if strings.HasPrefix(st.name, "toc ") || st.name == "toc heading" || st.name == "table of figures" {
		if text := p.Text(); strings.TrimSpace(text) != "" {
			r.doc.Omit(draft.Contents, text)
			if st.name != "toc heading" {
				r.doc.Doubt(diag.Note, draft.LeftOut.As("contents"), "Text", clip(text))
			}
		}
		p.Spans = nil
	}
	if st.name == strings.ToLower(written.CoverName) { // what an export says of the text
		r.doc.Omit(draft.Cover, p.Text())
		p.Spans = nil
	}
	r.add(p, out)
}

// add appends a paragraph and what is anchored in it, unless it is empty.
func (r *reader) add(p *paragraph, out *[]draft.Block) {
	if p.Empty() && p.Label != "" {
		p.Doubt(diag.Warning, draft.Numbering.As("empty"), "Number", p.Label)
	}
	if out == &r.doc.Blocks {
		for _, a := range p.anchors {
			r.headings[a] = len(*out)
		}
	}
	if p.Empty() {
		r.doc.Drop(&p.Block)
	}
	if !p.Empty() {
		*out = append(*out, p.Block)
	} else if len(p.Doubts) > 0 {
		if n := len(*out); n > 0 {
			(*out)[n-1].Doubts = append((*out)[n-1].Doubts, p.Doubts...)
		} else {
			r.doc.Doubts = append(r.doc.Doubts, p.Doubts...)
		}
	}
	*out = append(*out, p.boxes...)
}

// endCarry writes what a deleted paragraph mark joined to nothing.
func (r *reader) endCarry(out *[]draft.Block) {
	if p := r.carry; p != nil {
		r.carry = nil
		r.finish(p, nil, "", r.styles.of(r.styles.fallback))
		r.add(p, out)
	}
}

// finish sets what the paragraph is, and its number.
func (r *reader) finish(p *paragraph, props *node, id string, st *style) {
	level := max(st.outline, 0)
	if v := props.val("outlineLvl"); v != "" {
		level = outlineLevel(v)
	}
	if st.name == "title" {
		level = 1
	}
	if num := r.number(props, id, st); num != nil {
		p.Depth, p.Label, p.Joined = num.level, num.label, num.joined
		p.Kind = draft.Item
		if num.absent && !p.Empty() {
			p.Doubt(diag.Warning, draft.Numbering.As("level"), "Text", clip(p.Text()))
		}
		if num.doubtful != "" {
			p.Doubt(diag.Warning, draft.Numbering.As("format"), "Format", num.doubtful, "Number", num.label)
		}
		if !num.bullet && num.label == "" {
			p.Kind, p.Depth = draft.Paragraph, 0
		}
	}
	if p.Kind == draft.Paragraph && level <= 0 {
		r.typedBullet(p)
	}
	if level > 0 && !p.Empty() {
		p.Kind, p.Depth, p.Level = draft.Heading, 0, level
		if st.name == "title" {
			p.Level = titleLevel
		}
	}
	if p.Kind == draft.Paragraph && !p.unmarked && !p.Empty() && (props.val("jc") == "center" || capitals(p.Text())) {
		if t := strings.TrimSpace(p.Text()); utf8.RuneCountInString(t) <= 150 && !strings.ContainsAny(t[len(t)-1:], ".;,:") {
			p.Doubt(diag.Warning, draft.Title.As("bold"), "Text", clip(t))
		}
	}
	for _, c := range []struct {
		text *strings.Builder
		code diag.Code
		what string
	}{{&p.deleted, draft.LeftOut.As("deletion"), draft.Deleted}, {&p.inserted, draft.Inserted, ""}, {&p.hidden, draft.LeftOut.As("hidden"), draft.Hidden}} {
		if s := c.text.String(); strings.TrimSpace(s) != "" {
			p.Doubt(diag.Warning, c.code, "Text", clip(s))
			if c.what != "" {
				r.doc.Omit(c.what, s)
			}
		}
	}
}

// bullets are the signs that people type before the items of a list.
const bullets = "•▪▫◦‣●○■□◆➢✓·"

// typedBullet takes a paragraph that begins with a bullet for an item.
func (r *reader) typedBullet(p *paragraph) {
	for i := range p.Spans {
		s := &p.Spans[i]
		if strings.TrimSpace(s.Text) == "" && !s.Break && s.Note == 0 {
			continue
		}
		text := strings.TrimLeft(s.Text, " \t\u00a0")
		c, n := utf8.DecodeRuneInString(text)
		rest := text[n:]
		if !strings.ContainsRune(bullets, c) || rest != "" && strings.TrimLeft(rest, " \t\u00a0") == rest ||
			rest == "" && (i+1 == len(p.Spans) || strings.TrimLeft(p.Spans[i+1].Text, " \t\u00a0") == p.Spans[i+1].Text) {
			return
		}
		p.Spans = p.Spans[i:]
		p.Spans[0].Text = strings.TrimLeft(rest, " \t\u00a0")
		if rest == "" {
			p.Spans[1].Text = strings.TrimLeft(p.Spans[1].Text, " \t\u00a0")
		}
		p.Kind = draft.Item
		r.doc.Became = append(r.doc.Became, c)
		return
	}
}

// titleLevel is the level of a paragraph in the style Title: above all headings.
const titleLevel = 0

func capitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// number counts the paragraph in its list, if it is in one.
func (r *reader) number(props *node, id string, st *style) *number {
	num := props.child("numPr")
	numID, ilvl := num.val("numId"), num.val("ilvl")
	if numID == "" {
		numID = st.numID
		if ilvl == "" {
			if i, ok := r.numbering.byStyle[[2]string{numID, id}]; ok {
				ilvl = strconv.Itoa(i)
			}
		}
		if ilvl == "" {
			ilvl = st.ilvl
		}
	}
	if numID == "" || numID == "0" {
		return nil
	}
	i, err := strconv.Atoi(ilvl)
	if err != nil {
		i = 0
	}
	return r.numbering.next(numID, i, cmp.Or(props.child("rPr", "lang").attr("val"), st.lang, r.styles.lang))
}
