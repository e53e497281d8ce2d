package render

import (
	"cmp"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
	"stele/build/syntax"
)

// writer turns the blocks of a page's cells into HTML. All tags are written here,
// and all that comes from the content is escaped here.
type writer struct {
	context
	b     htmlWriter // of all cells, one after the other
	cells []Cell     // of all rows likewise

	lang    int // of the cell
	number  string
	real    bool            // headings of this cell are headings, not paragraphs that look so
	outline *outline        // nil: headings are shown as paragraphs
	kept    *Cells          // cells that need not be written; may be nil
	mark    *site.Concept   // its uses are marked, and notes and terms left out; nil in texts
	cards   *cards          // concepts that links lead to
	refs    map[string]bool // ids of notes that were referred to
	brought []site.Note     // notes of other pages that the block refers to
	targets []site.Target   // of the links and images of the block that are not yet written
	colours []syntax.Span   // of the block that are not yet written, if it is code

	tied [][]tied // by block of the cell, the sentences that are marked; nil where none is
	own  []tied   // of the block that is written
}

// outline keeps the levels of a page's headings without gaps.
type outline struct {
	base  int // level of the document that becomes <h1>, less one
	above int // level of the last heading on the page
}

// level is the HTML level for a heading of the document's level.
func (o *outline) level(l int) int {
	h := min(max(l-o.base, 1), o.above+1, 6)
	if h == 1 && o.above > 0 {
		h = 2 // a page has one <h1>
	}
	o.above = h
	return h
}

// room is about how long the HTML of a language's part of a passage will be.
func room(cell site.Cell) int {
	n := 0
	for _, b := range cell.Blocks {
		n += 96 + len(b.Text) + len(b.Text)/4
	}
	return n
}

// cell returns the HTML of a language's part of a passage.
func (w *writer) cell(cell site.Cell) string {
	from := w.b.Len()
	for i, b := range cell.Blocks {
		w.brought = w.bring(b)
		w.own = nil
		if w.tied != nil {
			w.own = w.tied[i]
		}
		w.block(b)
		w.own = nil
		if w.mark == nil {
			w.notes(b)
		}
	}
	return w.b.String()[from:]
}

func (w *writer) block(b *site.Block) {
	within := b.Within
	item := b.Kind == doc.Item && len(within) > 0
	if item {
		within = within[:len(within)-1]
	}
	end := w.open(within)
	if n := len(within); n > 0 && within[n-1].First && within[n-1].Titled && b.Kind == doc.Paragraph {
		w.wrap(b, `<p class="remark-title">`, "</p>")
		w.b.WriteString(end)
		return
	}
	switch b.Kind {
	case doc.Heading:
		w.heading(b)
	case doc.Item:
		w.item(b, item)
	case doc.Code:
		class := ""
		if b.Syntax != "" {
			class = ` class="language-` + esc(b.Syntax) + `"`
		}
		w.wrap(b, `<pre tabindex="0" dir="ltr"><code`+class+">", "</code></pre>")
	case doc.Table:
		label := w.T("table-of", "Number", w.number, "Language", w.site.Langs[w.lang].Name)
		w.wrap(b, `<div class="scroll" role="group" tabindex="0" aria-label="`+esc(label)+`"><table>`, "</table></div>")
	case doc.Term:
		w.wrap(b, `<p class="dt">`, "</p>")
	case doc.Definition:
		w.wrap(b, `<p class="dd">`, "</p>")
	case doc.Break:
		w.b.WriteString(`<hr class="ornament">`)
	default:
		w.wrap(b, "<p>", "</p>")
	}
	w.b.WriteString(end)
}

// open begins the containers around a block and returns what ends them. Lists
// around a block that is not their item's first are an indent only.
func (w *writer) open(within []doc.Container) (end string) {
	for _, c := range within {
		switch c.Kind {
		case doc.Quote:
			w.b.WriteString("<blockquote>")
			end = "</blockquote>" + end
			continue
		case doc.Remark:
			w.remark(c)
		default:
			w.b.WriteString(`<div class="in">`)
		}
		end = "</div>" + end
	}
	return end
}

// remark begins a remark. Each of its blocks is a passage, so that each has its
// part of the box; the first says what it is.
func (w *writer) remark(c doc.Container) {
	class := "box"
	word := doc.RemarkWords[c.Label]
	if word != "" {
		class += " box-" + c.Label
	}
	w.b.WriteString(`<div class="` + class + `"` + w.marked(c.Lang, c.Dir) + ">")
	switch {
	case !c.First || c.Titled || c.Label == "":
	case word != "":
		said := w.said(w.lang, word)
		w.b.WriteString(`<p class="remark-title"` + w.marked(said.Lang, said.Dir) + ">" + esc(said.Text) + "</p>")
	default:
		w.b.WriteString(`<p class="remark-title">` + esc(c.Label) + "</p>")
	}
}

// marked are the attributes of words that say their language or direction. Words
// in a language that say no direction have the language's.
func (w *writer) marked(tag, dir string) string {
	attrs := ""
	if own := w.site.Langs[w.lang].Tag; tag != "" && tag != own {
		attrs = ` lang="` + esc(tag) + `"`
		if dir == "" && lang.Of(tag).RightToLeft != lang.Of(own).RightToLeft {
			dir = directionOf(tag)
		}
	}
	if dir != "" {
		attrs += ` dir="` + esc(dir) + `"`
	}
	return attrs
}

// directionOf is the direction of words in the language, said in any case.
func directionOf(tag string) string { return cmp.Or(lang.Of(tag).Direction(), "ltr") }

func (w *writer) wrap(b *site.Block, open, end string) {
	w.b.WriteString(open)
	w.targets = w.site.Links(b)
	setting := prose
	w.colours = nil
	if b.Kind == doc.Code {
		setting = code
		w.colours = syntax.Spans(b.Syntax, b.Text)
	}
	if len(w.own) > 0 && setting == prose {
		own := w.own
		w.own = nil
		w.tiedInlines(b, b.Inlines, own)
	} else {
		w.inlines(b, b.Inlines, setting)
	}
	w.rows(b)
	w.b.WriteString(end)
}

func (w *writer) item(b *site.Block, inList bool) {
	if inList {
		if list := b.Within[len(b.Within)-1]; list.Kind == doc.Numbers {
			start := ""
			if list.Paren {
				start = ` class="paren"`
			}
			if list.Number != 1 {
				start += ` start="` + strconv.Itoa(list.Number) + `"`
			}
			w.wrap(b, "<ol"+start+"><li>"+w.task(b), "</li></ol>")
			return
		}
	}
	if b.Task != doc.NoTask {
		w.wrap(b, `<ul class="tasks"><li>`+w.task(b), "</li></ul>")
		return
	}
	w.wrap(b, "<ul><li>", "</li></ul>")
}

// task says whether what the item asks for is done.
func (w *writer) task(b *site.Block) string {
	switch b.Task {
	case doc.Undone:
		return `<span class="task" role="img" aria-label="` + esc(w.T("task-undone")) + `">☐</span> `
	case doc.Done:
		return `<span class="task" role="img" aria-label="` + esc(w.T("task-done")) + `">☑</span> `
	}
	return ""
}

func (w *writer) heading(b *site.Block) {
	class := "h h" + strconv.Itoa(b.Level)
	if capitals(b.Text) {
		class += " caps"
	}
	tag := "p"
	if w.real && w.outline != nil {
		tag = "h" + strconv.Itoa(w.outline.level(b.Level))
	}
	w.wrap(b, "<"+tag+` class="`+class+`">`, "</"+tag+">")
}

// setting is what the elements that are written stand in.
type setting uint8

const (
	prose  setting = iota
	linked         // a link: no concept is linked in it
	code           // code: nor is it set as words of a language
)

// inlines writes elements of the block.
func (w *writer) inlines(b *site.Block, inlines []doc.Inline, in setting) {
	for _, n := range inlines {
		switch n := n.(type) {
		case *doc.Text:
			w.text(b, n, in)
		case *doc.Styled:
			tag := tags[n.Style]
			w.b.WriteString("<" + tag + w.marked(n.Lang, n.Dir) + ">")
			w.inlines(b, n.Inlines, in)
			w.b.WriteString("</" + tag + ">")
		case *doc.CodeSpan:
			w.b.WriteString(`<code dir="ltr">`)
			w.inlines(b, n.Inlines, code)
			w.b.WriteString("</code>")
		case *doc.Link:
			w.link(n.Title, func() { w.inlines(b, n.Inlines, linked) })
		case *doc.ConceptLink:
			w.link("", func() {
				if len(n.Inlines) == 0 {
					w.conceptName(n.ID)
				}
				w.inlines(b, n.Inlines, linked)
			})
		case *doc.Image:
			w.image(w.target(), n)
		case *doc.NoteRef:
			if w.mark == nil {
				w.noteRef(b, n.Number)
			}
		case *doc.LineBreak:
			w.b.WriteString("<br>")
		case *doc.Space:
			w.b.WriteByte(' ')
		}
	}
}

var tags = [...]string{doc.Emphasis: "em", doc.Strong: "strong", doc.Strike: "del", doc.Sub: "sub", doc.Sup: "sup", doc.Key: "kbd", doc.Underline: "u", doc.Marked: "span"}

// target takes the target of the next link or image of the block.
func (w *writer) target() site.Target {
	if len(w.targets) == 0 {
		return site.Target{}
	}
	t := w.targets[0]
	w.targets = w.targets[1:]
	return t
}

// link writes a link around what inside writes.
func (w *writer) link(title string, inside func()) {
	opened := w.openLink(w.target(), title)
	inside()
	if opened {
		w.b.WriteString("</a>")
	}
}

// conceptName writes the concept's name in the cell's language, else in the first
// that has one.
func (w *writer) conceptName(id string) {
	k := w.site.Concept(id)
	if k == nil {
		w.b.WriteString(esc("[[" + id + "]]")) // as it is written; told
		return
	}
	open, end := "", ""
	if k == w.mark {
		open, end = "<mark>", "</mark>"
	}
	for i := range w.site.Langs {
		l := w.site.Langs[(w.lang+i)%len(w.site.Langs)]
		name, ok := k.Preferred(l.Code)
		switch {
		case !ok:
			continue
		case i == 0:
			w.b.put(open)
			w.set(name.Text)
			w.b.put(end)
		default:
			w.b.WriteString(open + `<span lang="` + esc(l.Tag) + `">` + esc(name.Text) + "</span>" + end)
		}
		return
	}
	w.b.WriteString(open + esc(k.ID) + end)
}

var alignments = [...]string{
	doc.AlignNone: "", doc.AlignLeft: ` class="align-left"`, doc.AlignCenter: ` class="align-center"`, doc.AlignRight: ` class="align-right"`,
}

// rows writes the rows of a table. A space parts cells as it does in the block's
// text, so that words do not run together in what is taken out of the page.
func (w *writer) rows(b *site.Block) {
	left := 0 // cells to come that hold something
	for _, r := range b.Rows {
		for _, c := range r.Cells {
			if len(c.Inlines) > 0 {
				left++
			}
		}
	}
	space := false // is due between what was written and a cell to come
	open := func(tag string) {
		if space && left > 0 {
			w.b.WriteByte(' ')
			space = false
		}
		w.b.WriteString("<" + tag + ">")
	}
	part := "" // of the table, that the last row was in
	end := func() {
		if part != "" {
			w.b.WriteString("</" + part + ">")
		}
	}
	for _, r := range b.Rows {
		its, cell, scope := "tbody", "td", ""
		if r.Head {
			its, cell, scope = "thead", "th", ` scope="col"`
		}
		if its != part {
			end()
			open(its)
			part = its
		}
		open("tr")
		for _, c := range r.Cells {
			open(cell + scope + alignments[c.Align])
			w.inlines(b, c.Inlines, prose)
			w.b.WriteString("</" + cell + ">")
			if len(c.Inlines) > 0 {
				left--
				space = true
			}
		}
		w.b.WriteString("</tr>")
	}
	end()
}

// text writes a run of text. The first use of a concept becomes a link to its
// page; in a concordance every use is marked.
func (w *writer) text(b *site.Block, n *doc.Text, in setting) {
	set := w.set
	if in == code {
		set = w.b.text
		if len(w.colours) > 0 {
			w.coloured(n)
			return
		}
	}
	if len(b.Terms) == 0 {
		set(n.S)
		return
	}
	done := 0 // bytes of the run written
	// Terms are in order and do not overlap; a block can have as many as runs.
	first, _ := slices.BinarySearchFunc(b.Terms, n.Off, func(t site.Term, off int) int { return cmp.Or(cmp.Compare(t.End, off), -1) })
	for _, t := range b.Terms[first:] {
		if t.Start >= n.End() {
			break
		}
		from, to := max(t.Start-n.Off, done), min(t.End-n.Off, len(n.S))
		if from >= to {
			continue
		}
		switch {
		case w.mark != nil && t.Concept == w.mark.ID:
			set(n.S[done:from])
			w.b.put("<mark>")
			set(n.S[from:to])
			w.b.put("</mark>")
		case w.mark == nil && t.Linked && in == prose && t.Start >= n.Off && t.End <= n.End():
			set(n.S[done:from])
			w.term(w.site.Concept(t.Concept))
			set(n.S[from:to])
			w.b.put("</a>")
		default:
			continue
		}
		done = to
	}
	set(n.S[done:])
}

// coloured writes a run of code. A span may go on in the next run.
func (w *writer) coloured(n *doc.Text) {
	done := 0
	for len(w.colours) > 0 {
		s := w.colours[0]
		from, to := max(s.Start-n.Off, done), min(s.End-n.Off, len(n.S))
		if from >= len(n.S) {
			break
		}
		if from < to {
			w.b.text(n.S[done:from])
			w.b.put(`<span class="`, string(s.Kind), `">`)
			w.b.text(n.S[from:to])
			w.b.put("</span>")
			done = to
		}
		if s.End > n.End() {
			break
		}
		w.colours = w.colours[1:]
	}
	w.b.text(n.S[done:])
}

// set writes a run of text, with its line breaks bound and its foreign words marked.
func (w *writer) set(s string) {
	speech := &w.speeches[w.lang]
	if speech.foreign == "" || !hasSmall(s) {
		w.b.bound(s, speech.binding)
		return
	}
	s = speech.binding.bound(s)
	found := latinWords(s)
	if len(found) > 0 && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }) {
		found = [][]int{{0, len(s)}} // with its quotation marks
	}
	done := 0
	for _, at := range found {
		w.b.text(s[done:at[0]])
		w.b.put(`<span lang="`, esc(speech.foreign), `">`)
		w.b.text(s[at[0]:at[1]])
		w.b.put("</span>")
		done = at[1]
	}
	w.b.text(s[done:])
}

// hasSmall reports whether a text has a small Latin letter.
func hasSmall(s string) bool {
	for i := range len(s) {
		if 'a' <= s[i] && s[i] <= 'z' {
			return true
		}
	}
	return false
}

// speech is how texts in a language are set.
type speech struct {
	binding *binding
	foreign string
}

func speechesOf(langs []site.Lang) []speech {
	out := make([]speech, len(langs))
	for l, it := range langs {
		out[l] = speech{bindingOf(it.Tag), foreignOf(langs, l)}
	}
	return out
}

// foreignOf is the language that Latin words are of in a text in another script:
// the one language of the site that is written so. Empty where they may be of
// the text's own or of several.
func foreignOf(langs []site.Lang, own int) string {
	latin := func(l site.Lang) bool { return lang.Of(l.Tag).Script == "Latn" }
	if latin(langs[own]) {
		return ""
	}
	tag := ""
	for _, l := range langs {
		if latin(l) {
			if tag != "" {
				return ""
			}
			tag = l.Tag
		}
	}
	return tag
}

// bound is words with their line breaks bound.
func (c context) bound(text string, lang int) Words {
	w := c.words(text, lang)
	w.Text = bound(w.Text, w.Lang)
	return w
}

// term opens a link to a concept's page, with a card if the page has room.
func (w *writer) term(k *site.Concept) {
	w.b.put(`<a class="term" href="`, esc(w.href(site.Key{Kind: site.ConceptPage, ID: k.ID})), `"`)
	if w.cards != nil {
		w.b.put(` data-card="`, esc(w.cards.add(k)), `"`)
	}
	w.b.put(">")
}

// openLink opens a link and reports whether it did: a link that leads nowhere
// leaves its text.
func (w *writer) openLink(t site.Target, title string) bool {
	attrs := ""
	if title != "" {
		attrs = ` title="` + esc(title) + `"`
	}
	switch {
	case t.URL != "":
		if !allowed(t.URL) {
			return false
		}
		w.b.WriteString(`<a href="` + esc(t.URL) + `" rel="noreferrer"` + attrs + ">")
	case t.File != "":
		w.b.WriteString(`<a href="` + esc(w.rel(t.File)+fragment(t.Fragment)) + `"` + attrs + ">")
	case t.Page != (site.Key{}):
		if t.Page.Kind == site.ConceptPage {
			if k := w.site.Concept(t.Page.ID); k != nil {
				w.term(k)
				return true
			}
			return false
		}
		href := w.href(t.Page)
		if href == "" {
			return false
		}
		// a passage that stands on this page needs no other
		if t.Fragment != "" && w.page.Kind == site.TextFull && w.page.Text.ID == t.Page.Text {
			href = ""
		}
		w.b.WriteString(`<a href="` + esc(href+fragment(t.Fragment)) + `"` + attrs + ">")
	default:
		return false
	}
	return true
}

func fragment(f string) string {
	if f == "" {
		return ""
	}
	return "#" + url.PathEscape(f)
}

// allowed reports whether an address has a scheme that readers may be sent to.
// An address that cannot be read, or hides its scheme, has none.
func allowed(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != ""
	}
	return false
}

// image writes an image of the content folder; any other leaves its
// alternative text, for pages load nothing from elsewhere.
func (w *writer) image(t site.Target, n *doc.Image) {
	if t.File == "" {
		w.b.WriteString(esc(n.Alt))
		return
	}
	title := ""
	if n.Title != "" {
		title = ` title="` + esc(n.Title) + `"`
	}
	fmt.Fprintf(&w.b, `<img src="%s" alt="%s"%s loading="lazy">`, esc(w.rel(t.File)), esc(n.Alt), title)
}

// noteID is a note's id on the page: notes are numbered in each language.
func (w *writer) noteID(n int) string {
	return w.site.Langs[w.lang].Code + "-" + strconv.Itoa(n)
}

// noteRef refers to a note. Only the reference in the block that the note
// follows can be returned to.
func (w *writer) noteRef(b *site.Block, n int) {
	id := w.noteID(n)
	anchor := ""
	for _, note := range slices.Concat(b.Notes, w.brought) {
		if note.Number == n && !w.refs[id] {
			w.refs[id] = true
			anchor = ` id="ref-` + esc(id) + `"`
		}
	}
	fmt.Fprintf(&w.b, `<sup class="ref"><a%s href="#note-%s" aria-label="%s">%d</a></sup>`, anchor, esc(id), esc(w.T("note-label", "Number", n)), n)
}

// bring returns the notes that the block refers to and that stand on another
// page, with their first reference: they are repeated here, once.
func (w *writer) bring(b *site.Block) []site.Note {
	if w.page == nil || w.page.Section == nil || w.mark != nil {
		return nil
	}
	var out []site.Note
	for n := range b.Walk() {
		ref, ok := n.(*doc.NoteRef)
		if !ok || w.refs[w.noteID(ref.Number)] {
			continue
		}
		note, home := w.page.Text.Note(w.lang, ref.Number)
		if home != nil && home != w.page.Section && !slices.ContainsFunc(out, func(o site.Note) bool { return o.Number == ref.Number }) {
			out = append(out, note)
		}
	}
	return out
}

// notes writes the footnotes that follow a block.
func (w *writer) notes(b *site.Block) {
	for _, n := range slices.Concat(b.Notes, w.brought) {
		id := esc(w.noteID(n.Number))
		fmt.Fprintf(&w.b, `<div class="note" id="note-%s"><span class="note-number">%d</span>`, id, n.Number)
		for i, nb := range n.Blocks {
			if i > 0 {
				w.b.WriteByte(' ')
			}
			w.block(nb)
		}
		fmt.Fprintf(&w.b, ` <a class="back" href="#ref-%s" aria-label="%s">↩</a></div>`, id, esc(w.T("note-back", "Number", n.Number)))
	}
}

func esc(s string) string { return html.EscapeString(s) }
