package markdown

import (
	"bytes"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/hidden"
	"stele/build/lang"
)

// writer builds the content of one block. White space is folded: it is kept
// back until something follows it, and so is an element that opens, so that a
// space before a word in bold stands before the bold.
//
// It writes a list of steps first, since what is kept back may go to the end of
// an element that is already closed; finish makes the tree of them.
type writer struct {
	l       *lowerer
	steps   []step
	text    []byte
	last    rune // of text
	queued  []step
	gap     gap
	gapSrc  int
	inTable bool
	told    bool // of HTML that is not obeyed
}

// step is a part of what a block holds, in the order of the text.
type step struct {
	kind stepKind
	// node is the element of an open or leaf step.
	node doc.Inline
	// Of a run: its place in the text and in src.
	off, end, src int
}

type stepKind uint8

const (
	run      stepKind = iota
	open              // an element that holds what follows, to its shut step
	openCell          // a table cell likewise
	shut
	leaf  // an element that holds nothing
	extra // a doc.Space
)

// gap is white space not yet written.
type gap uint8

const (
	none gap = iota
	line     // a line end: nothing between characters of a language without spaces
	blank
)

// writer returns a writer that writes its steps and text in memory used again for the
// next block; there is one at a time, but for descriptions of images.
func (l *lowerer) writer() *writer {
	w := &writer{l: l, steps: l.scratch[:0], text: l.written[:0]}
	l.scratch, l.written = nil, nil
	return w
}

// plain returns the text alone.
func (w *writer) plain() string { return strings.TrimSuffix(string(w.text), " ") }

// finish returns the block's text and its elements.
func (w *writer) finish() (string, []doc.Inline) {
	text, top, _ := w.tree()
	return text, top
}

// finishTable returns the text of a table and the elements of each of its cells.
// What stands between the cells is left out.
func (w *writer) finishTable() (string, [][]doc.Inline) {
	text, _, cells := w.tree()
	return text, cells
}

func (w *writer) tree() (text string, top []doc.Inline, cells [][]doc.Inline) {
	w.steps = append(w.steps, w.queued...)
	n := len(bytes.TrimSuffix(w.text, []byte(" ")))
	if n < len(w.text) {
		w.trim(n)
	}
	l := w.l
	text = w.share(w.text[:n])
	done := l.nodes[:0] // of all elements that are still open
	var opened []opening
	for _, s := range w.steps {
		switch s.kind {
		case run:
			done = append(done, l.run(doc.Text{S: text[s.off:s.end], Off: s.off, Src: l.base + s.src}))
		case extra:
			done = append(done, &doc.Space{Src: l.base + s.src})
		case leaf:
			done = append(done, s.node)
		case open, openCell:
			opened = append(opened, opening{s.node, len(done)})
		case shut:
			o := opened[len(opened)-1]
			opened = opened[:len(opened)-1]
			inside := slices.Clone(done[o.from:])
			done = done[:o.from]
			if o.node == nil {
				cells = append(cells, inside)
				continue
			}
			fill(o.node, inside)
			done = append(done, o.node)
		}
	}
	top = slices.Clone(done)
	clear(w.steps) // what it points to must not stay in memory
	clear(done)
	l.scratch, l.written, l.nodes = w.steps, w.text, done
	return text, top, cells
}

// share returns the text, in the memory of the file where it stands there as it is:
// so do nearly all blocks.
func (w *writer) share(text []byte) string {
	for i := range w.steps {
		s := &w.steps[i]
		if s.kind != run {
			continue
		}
		if end := s.src + len(text); s.off == 0 && s.end == len(text) && end <= len(w.l.whole) && w.l.whole[s.src:end] == string(text) {
			return w.l.whole[s.src:end]
		}
		break
	}
	return string(text)
}

// opening is an element, nil for a cell, whose content is being collected.
type opening struct {
	node doc.Inline
	from int
}

// fill puts into an element what it holds.
func fill(n doc.Inline, inside []doc.Inline) {
	if len(inside) == 0 {
		return
	}
	switch n := n.(type) {
	case *doc.Styled:
		n.Inlines = inside
	case *doc.CodeSpan:
		n.Inlines = inside
	case *doc.Link:
		n.Inlines = inside
	case *doc.ConceptLink:
		n.Inlines = inside
	}
}

// run returns the run in memory that it shares with its neighbours: nearly all
// elements are runs.
func (l *lowerer) run(t doc.Text) *doc.Text {
	if len(l.runs) == cap(l.runs) {
		l.runs = make([]doc.Text, 0, min(max(2*cap(l.runs), 4), 64))
	}
	l.runs = append(l.runs, t)
	return &l.runs[len(l.runs)-1]
}

// trim takes the space at the end off the text, which is now n bytes long. The
// last thing in the block is not text then, and the space before it is shown.
func (w *writer) trim(n int) {
	i := len(w.steps) - 1
	for w.steps[i].kind != run {
		i--
	}
	s := &w.steps[i]
	s.end = n
	space := step{kind: extra, src: s.src + n - s.off}
	if s.end == s.off {
		*s = space
		return
	}
	w.steps = slices.Insert(w.steps, i+1, space)
}

// put writes text that stands at src in the file, byte for byte.
func (w *writer) put(s string, src int) {
	if s == "" {
		return
	}
	off := len(w.text)
	w.text = append(w.text, s...)
	w.last, _ = utf8.DecodeLastRuneInString(s)
	if n := len(w.steps); n > 0 {
		p := &w.steps[n-1]
		if p.kind == run && p.src+p.end-p.off == src {
			p.end += len(s)
			return
		}
	}
	w.steps = append(w.steps, step{kind: run, off: off, end: off + len(s), src: src})
}

// words writes text that stands at src in the file and folds its white space.
func (w *writer) words(s string, src int) {
	for s != "" {
		i := folded(s)
		if i > 0 {
			r, _ := utf8.DecodeRuneInString(s)
			w.flush(r)
			w.put(s[:i], src)
		}
		if i < len(s) {
			w.space(src + i)
			i++
		}
		s, src = s[i:], src+i
	}
}

// folded returns how long the beginning of s is whose white space needs no
// folding: words parted by one blank each.
func folded(s string) int {
	blank := true // the byte before is one
	for i := range len(s) {
		switch {
		case s[i] == '\t' || s[i] == '\n':
			if blank && i > 0 {
				return i - 1
			}
			return i
		case s[i] != ' ':
			blank = false
		case blank:
			return max(i-1, 0)
		default:
			blank = true
		}
	}
	if blank && s != "" {
		return len(s) - 1
	}
	return len(s)
}

func space(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }

// space notes white space at src.
func (w *writer) space(src int) {
	if w.gap == none {
		w.gapSrc = src
	}
	w.gap = blank
}

// newline notes the end of a line at src.
func (w *writer) newline(src int) {
	if w.gap == none {
		w.gap, w.gapSrc = line, src
	}
}

// flush writes what was kept back, before the character next; 0 if what
// follows is not text.
func (w *writer) flush(next rune) {
	g := w.gap
	w.gap = none
	n := len(w.steps)
	switch {
	case g == none:
	case g == line && w.l.lang.Joins(w.last, next):
	case n == 0, w.steps[n-1].kind == run && w.last == ' ', w.steps[n-1].kind == extra:
	case len(w.text) == 0, w.last == ' ':
		// The text has its space already; this one only parts what is shown.
		w.steps = append(w.steps, step{kind: extra, src: w.gapSrc})
	default:
		w.put(" ", w.gapSrc)
	}
	w.steps = append(w.steps, w.queued...)
	w.queued = w.queued[:0]
}

// open begins an element.
func (w *writer) open(n doc.Inline) { w.queued = append(w.queued, step{kind: open, node: n}) }

// close ends the element that was begun last.
func (w *writer) close() {
	if len(w.queued) > 0 {
		w.queued = append(w.queued, step{kind: shut})
		return
	}
	w.steps = append(w.steps, step{kind: shut})
}

// leaf writes an element that holds nothing.
func (w *writer) leaf(n doc.Inline) {
	w.flush(0)
	w.steps = append(w.steps, step{kind: leaf, node: n})
}

// offset is where a node stands in the file.
func (l *lowerer) offset(n ast.Node) int { return l.base + max(n.Pos(), 0) }

// children writes the inline nodes in n. Plain runs are put together first, so
// that an address in them is seen whole.
func (w *writer) children(n ast.Node, inLink bool) {
	partners := w.l.partners(n)
	for c := n.FirstChild(); c != nil; {
		t, ok := c.(*ast.Text)
		if tag, isTag := c.(*tag); isTag {
			w.tag(tag, partners)
			c = c.NextSibling()
			continue
		}
		if !ok {
			w.inline(c, inLink)
			c = c.NextSibling()
			continue
		}
		seg := t.Segment
		for c = c.NextSibling(); c != nil && !t.SoftLineBreak() && !t.HardLineBreak(); c = c.NextSibling() {
			next, ok := c.(*ast.Text)
			if !ok || next.Segment.Start != seg.Stop || next.IsRaw() != t.IsRaw() {
				break
			}
			t, seg = next, seg.WithStop(next.Segment.Stop)
		}
		switch {
		case t.IsRaw():
			w.words(w.l.segmentText(seg), seg.Start)
		case inLink:
			w.escaped(w.l.segmentText(seg), seg.Start)
		default:
			w.linkify(w.l.segmentText(seg), seg.Start)
		}
		if t.HardLineBreak() {
			w.queued = append(w.queued, step{kind: leaf, node: &doc.LineBreak{Src: w.l.base + seg.Stop}})
			w.space(seg.Stop)
		} else if t.SoftLineBreak() {
			w.newline(seg.Stop)
		}
	}
}

func (w *writer) inline(n ast.Node, inLink bool) {
	l := w.l
	switch n := n.(type) {
	case *ast.Emphasis:
		e := &doc.Styled{Style: doc.Emphasis, Src: l.offset(n)}
		switch {
		case l.strike(n):
			e.Style = doc.Strike
		case n.Level == 2:
			e.Style = doc.Strong
		}
		w.open(e)
		w.children(n, inLink)
		w.close()
	case *ast.CodeSpan:
		w.open(&doc.CodeSpan{Src: l.offset(n)})
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				w.code(t.Segment)
			}
		}
		w.close()
	case *ast.Link:
		w.reference(n.Reference)
		w.link(string(n.Destination), string(n.Title), max(n.Pos(), 0), inLink, func() { w.children(n, true) })
	case *ast.AutoLink:
		label := string(n.Label(l.src))
		dest := label
		if n.AutoLinkType == ast.AutoLinkEmail {
			dest = "mailto:" + dest
		}
		at := max(n.Pos(), 0) + 1
		w.link(dest, "", at-1, inLink, func() { w.words(label, at) })
	case *ast.Image:
		w.reference(n.Reference)
		w.image(n)
	case *noteRef:
		w.note(n)
	case *conceptLink:
		w.open(&doc.ConceptLink{ID: n.id, Src: l.offset(n)})
		if !n.text.IsEmpty() {
			w.escaped(l.segmentText(n.text), n.text.Start)
		} else {
			w.flush(0)
		}
		w.close()
	case *literal:
		w.words(l.segmentText(n.seg), n.seg.Start)
	case *comment:
		l.comment(n.start, n.end)
	default:
		w.children(n, inLink)
	}
}

// tag writes what a tag begins or ends, or the tag itself where it has no partner.
func (w *writer) tag(t *tag, partners map[ast.Node]*tag) {
	at := t.seg.Start
	switch {
	case t.name == lineBreakTag:
		w.queued = append(w.queued, step{kind: leaf, node: &doc.LineBreak{Src: w.l.base + at}})
		w.space(t.seg.Stop)
	case partners[t] == nil:
		if !w.told {
			w.told = true
			w.l.diags.Warn(w.l.pos(at), RawHTML.As("alone"), "Tag", diag.Clip(w.l.segmentText(t.seg), diag.Quoted))
		}
		w.words(w.l.segmentText(t.seg), at)
	case t.ends:
		w.close()
	default:
		w.open(&doc.Styled{Style: styleOfTag[t.name], Lang: t.lang, Dir: t.dir, Src: w.l.base + at})
	}
}

// code writes a code span's text. In a table a bar is escaped even there.
func (w *writer) code(seg text.Segment) {
	s, at := w.l.segmentText(seg), seg.Start
	for w.inTable {
		before, after, ok := strings.Cut(s, `\|`)
		if !ok {
			break
		}
		w.words(before, at)
		w.words("|", at+len(before)+1)
		s, at = after, at+len(before)+2
	}
	w.words(s, at)
}

// reference notes that a reference definition is used.
func (w *writer) reference(r *ast.ReferenceLink) {
	if r == nil {
		return
	}
	if def := w.l.refs[util.ToLinkReference(r.Value)]; def != nil {
		def.used = true
	}
}

// link writes a link around what body writes, or only that.
func (w *writer) link(dest, title string, src int, inLink bool, body func()) {
	written := dest
	if w.l.addressTooLong(dest, title, src) {
		body()
		return
	}
	dest = unescape(dest)
	body = w.never(body, written, src)
	if !w.l.safe(dest, src, false) || inLink {
		body()
		return
	}
	w.open(&doc.Link{Dest: dest, Title: oneLine(unescape(title)), Src: w.l.base + src})
	body()
	w.close()
}

// addressTooLong refuses a link or an image that would be dear wherever it stands.
func (p *parse) addressTooLong(dest, title string, src int) bool {
	for _, s := range [...]struct {
		what diag.Code
		text string
	}{{TooLong.As("address"), dest}, {TooLong.As("link-title"), title}} {
		if len(s.text) > MaxAddress {
			p.diags.Error(p.pos(src), s.what, "Bytes", len(s.text), "Max", MaxAddress)
			return true
		}
	}
	return false
}

// never is the body of a link, and the link's address where that is nothing: a
// link that nobody sees leads nowhere.
func (w *writer) never(body func(), dest string, src int) func() {
	return func() {
		steps, queued := len(w.steps), len(w.queued)
		body()
		if len(w.steps) > steps || len(w.queued) > queued {
			return
		}
		if i := strings.Index(w.l.segmentText(text.NewSegment(src, min(src+len(dest)+4, len(w.l.src)))), dest); i >= 0 {
			w.words(dest, src+i)
		}
	}
}

// image writes an image, or what describes it if it cannot be shown.
func (w *writer) image(n *ast.Image) {
	at := max(n.Pos(), 0)
	describe := func() { w.children(n, true) }
	if w.l.addressTooLong(string(n.Destination), string(n.Title), at) {
		describe()
		return
	}
	dest := unescape(string(n.Destination))
	if w.l.hasHTML(n) {
		w.l.diags.Warn(w.l.pos(at), RawHTML.As("image"))
		describe()
		return
	}
	if !w.l.safe(dest, at, true) {
		describe()
		return
	}
	if scheme, _, ok := strings.Cut(dest, ":"); ok && schemePattern.MatchString(scheme) {
		w.l.diags.Warn(w.l.pos(at), ExternalImage)
		w.link(dest, string(n.Title), at, false, describe)
		return
	}
	alt := w.l.writer()
	alt.children(n, true)
	w.leaf(&doc.Image{Dest: dest, Alt: alt.plain(), Title: oneLine(unescape(string(n.Title))), Src: w.l.base + at})
}

// hasHTML reports whether what n holds has HTML in it.
func (l *lowerer) hasHTML(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == kindLiteral || c.Kind() == kindTag || l.hasHTML(c) {
			return true
		}
	}
	return false
}

// note writes the mark of a footnote.
func (w *writer) note(n *noteRef) {
	l := w.l
	f := l.notes[n.label]
	if f == nil {
		l.diags.Warn(l.pos(n.seg.Start), UndefinedFootnote, "Note", diag.Clip(n.label, diag.Quoted), "Note", diag.Clip(n.label, diag.Quoted))
		w.words(l.segmentText(n.seg), n.seg.Start)
		return
	}
	if f.number == 0 {
		l.count++
		f.number = l.count
	}
	if !f.used {
		f.used = true
		l.pending = append(l.pending, f)
	}
	w.leaf(&doc.NoteRef{Number: f.number, Src: l.base + n.seg.Start})
}

// bareURL finds an address in running text. Letters of all scripts belong to
// it but Chinese and Japanese ones: there the sentence goes on without a space.
var bareURL = regexp.MustCompile(`https?://[^\s<>"'“”„«»‘’|\x{3000}-\x{30FF}\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{FF00}-\x{FFEF}\x{20000}-\x{3FFFF}]+`)

// linkify writes plain text and makes links of the addresses in it.
func (w *writer) linkify(s string, src int) {
	if !strings.Contains(s, "://") { // as nearly always, and the pattern is slow
		w.escaped(s, src)
		return
	}
	at := 0
	for _, m := range bareURL.FindAllStringIndex(s, -1) {
		if r, _ := utf8.DecodeLastRuneInString(s[:m[0]]); unicode.IsDigit(r) || unicode.IsLetter(r) && !lang.Unspaced(r) {
			continue
		}
		end := m[0] + len(trimURL(s[m[0]:m[1]]))
		dest := s[m[0]:end]
		if u, err := url.Parse(unescape(dest)); err != nil || u.Host == "" {
			continue
		}
		w.escaped(s[at:m[0]], src+at)
		w.link(dest, "", src+m[0], false, func() { w.escaped(s[m[0]:end], src+m[0]) })
		at = end
	}
	w.escaped(s[at:], src+at)
}

// trimURL cuts off the punctuation of the sentence around an address.
func trimURL(s string) string {
	round := strings.Count(s, ")") - strings.Count(s, "(")
	square := strings.Count(s, "]") - strings.Count(s, "[")
	for s != "" {
		last, n := utf8.DecodeLastRuneInString(s)
		switch {
		case strings.ContainsRune(".,;:!?*_~…—–", last):
		case last == ')' && round > 0:
			round--
		case last == ']' && square > 0:
			square--
		default:
			return s
		}
		s = s[:len(s)-n]
	}
	return s
}

// escaped writes text of the file with its backslash escapes and character
// references resolved.
func (w *writer) escaped(s string, src int) {
	at := 0
	for i := 0; i < len(s); {
		switch {
		case s[i] != '\\' && s[i] != '&':
			i++
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			w.words(s[at:i], src+at)
			at = i + 1 // the character itself stands as it is
			i += 2
		case s[i] == '&':
			n, r := charRef(s[i:])
			if n == 0 {
				i++
				continue
			}
			if bad := w.l.refusedRef(r, w.last, src+i); bad {
				i += n
				continue
			}
			w.words(s[at:i], src+at)
			if r == " " {
				w.space(src + i)
			} else {
				first, _ := utf8.DecodeRuneInString(r)
				w.flush(first)
				w.put(r, src+i)
			}
			i += n
			at = i
		default:
			i++
		}
	}
	w.words(s[at:], src+at)
}

var charRefPattern = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// charRef returns the length of the character reference that s begins with and
// what it stands for; 0 if there is none.
func charRef(s string) (int, string) {
	ref := charRefPattern.FindString(s)
	if ref == "" {
		return 0, ""
	}
	r := html.UnescapeString(ref)
	if r == ref {
		return 0, ""
	}
	return len(ref), r
}

// refusedRef reports a reference to a character that no text may contain; it is
// shown as it was written.
func (l *lowerer) refusedRef(r string, before rune, src int) bool {
	for _, c := range r {
		what := hidden.Refused(c)
		if what == "" && !hidden.Needed(c, before, 0) {
			what = hidden.Doubtful(c)
		}
		if what != "" || c == '\n' || c == '\t' {
			l.diags.Warn(l.pos(src), BadCharacter.As("reference"), "What", diag.Say("hidden."+orElse(what, "white")))
			return true
		}
	}
	return false
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// unescape resolves the escapes and character references of an address or title.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]) {
			b.WriteByte(s[i+1])
			i += 2
			continue
		}
		if s[i] == '&' {
			if n, r := charRef(s[i:]); n > 0 {
				b.WriteString(r)
				i += n
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// oneLine is a title without line ends and characters that nobody sees.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if hidden.Is(r) {
			return -1
		}
		return r
	}, strings.Join(strings.FieldsFunc(s, space), " "))
}

var (
	schemePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*$`)
	badPercent    = regexp.MustCompile(`%(?:[^0-9A-Fa-f]|[0-9A-Fa-f](?:[^0-9A-Fa-f]|$)|$)`)
)

// safe reports whether a link or image may have the address. What browsers
// make of an address is decided on its decoded form: a list of what is allowed,
// since lists of what is not have always had holes.
func (l *lowerer) safe(dest string, src int, image bool) bool {
	if badPercent.MatchString(dest) {
		l.diags.Error(l.pos(src), BadLink.As("percent"))
		return false
	}
	decoded, err := url.PathUnescape(dest)
	if err != nil || !utf8.ValidString(decoded) {
		l.diags.Error(l.pos(src), BadLink, "Address", diag.Clip(dest, diag.Quoted))
		return false
	}
	clean := strings.TrimSpace(decoded)
	refuse := func(why string) bool {
		code := UnsafeLink.As("link")
		if image {
			code = UnsafeLink.As("image")
		}
		l.diags.Warn(l.pos(src), code, "Fault", diag.Say("address-fault."+why, "Address", diag.Clip(dest, diag.Quoted)))
		return false
	}
	for _, r := range clean {
		if hidden.InLine(r) {
			return refuse("invisible")
		}
	}
	switch {
	case clean == "":
		return refuse("none")
	case strings.Contains(clean, `\`):
		return refuse("backslash")
	case strings.HasPrefix(clean, "//"):
		return refuse("slashes")
	}
	scheme, rest, ok := strings.Cut(clean, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	switch scheme = strings.ToLower(scheme); {
	case image && (scheme == "mailto" || scheme == "tel"):
	case scheme == "http", scheme == "https":
		switch u, err := url.Parse(dest); {
		case err != nil || u.Host == "":
			return refuse("host")
		case u.User != nil:
			return refuse("user")
		}
		return true
	case scheme == "mailto", scheme == "tel":
		if rest != "" {
			return true
		}
	}
	return refuse("scheme")
}
