package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/numeral"
	"stele/build/site"
)

// typography checks every block by the rules of its language.
func (c *checker) typography(t *site.Text) {
	passages(t, func(p *site.Passage) {
		for l := range p.Cells {
			for _, b := range blocks(p.Cells[l]) {
				if b.Kind == doc.Break {
					continue
				}
				s := &setter{checker: c, profile: &c.langs[l], b: b, text: c.mask(b)}
				if b.Kind != doc.Code {
					s.pairs()
					s.quotes()
					s.repeated()
					s.spaces()
					s.widths()
					s.hyphens()
					s.scripts()
				}
				s.links()
			}
		}
	})
}

// setter checks one block. Offsets are bytes of its text.
type setter struct {
	*checker
	*profile
	b    *site.Block
	text string
	said map[string]int // findings by code
}

// enough findings of one kind in a block say that it is in disorder; a place
// costs time that grows with the length of its line.
const enough = 10

func (s *setter) warn(off int, code, format string, args ...any) {
	s.report(diag.Warning, func() diag.Pos { return at(s.b, off) }, code, format, args...)
}

func (s *setter) report(sev diag.Severity, pos func() diag.Pos, code, format string, args ...any) {
	if s.said == nil {
		s.said = map[string]int{}
	}
	if s.said[code]++; s.said[code] <= enough {
		s.add(sev, pos(), diag.Code(code), nil, format, args...)
	}
}

// twice reports a word typed twice.
func (s *setter) twice(off int, word string) {
	s.report(wording(s.b.Doc, diag.Warning), func() diag.Pos { return at(s.b, off) }, "repeated-word", "%s stands twice; remove one", quote(word))
}

// once reports the first of several findings of one kind in the block and how
// many more there are.
func (s *setter) once(offs []int, code, format string, args ...any) {
	if len(offs) == 0 {
		return
	}
	if n := len(offs) - 1; n > 0 {
		format += fmt.Sprintf(" (and %d more in this block)", n)
	}
	s.warn(offs[0], code, format, args...)
}

// before and after are the characters around an offset; 0 at the ends.
func (s *setter) before(off int) rune {
	if off <= 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s.text[:off])
	return r
}

func (s *setter) after(off int) rune {
	if off >= len(s.text) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s.text[off:])
	return r
}

// letterBefore and letterAfter are the nearest letters, 0 if there is none near.
func (s *setter) letterBefore(off int) rune {
	for n := 0; off > 0 && n < 12; n++ {
		r, w := utf8.DecodeLastRuneInString(s.text[:off])
		if unicode.IsLetter(r) || r == masked {
			return r
		}
		if r == cellEnd {
			break
		}
		off -= w
	}
	return 0
}

func (s *setter) letterAfter(off int) rune {
	for n := 0; off < len(s.text) && n < 12; n++ {
		r, w := utf8.DecodeRuneInString(s.text[off:])
		if unicode.IsLetter(r) || r == masked {
			return r
		}
		if r == cellEnd {
			break
		}
		off += w
	}
	return 0
}

// foreign reports whether the place stands among letters of another script, in
// a quotation or a title, where that language's rules hold.
func (s *setter) foreign(off, end int) bool {
	if !s.LettersKnown() {
		return false
	}
	a, b := s.letterBefore(off), s.letterAfter(end)
	alien := func(r rune) bool { return r == masked || unicode.IsLetter(r) && !s.Own(r) }
	return (alien(a) || a == 0) && (alien(b) || b == 0) && (alien(a) || alien(b))
}

// closers of opening brackets and quotation marks.
var closers = map[rune]rune{
	'(': ')', '[': ']', '{': '}', '（': '）', '［': '］', '【': '】', '《': '》', '〈': '〉', '「': '」', '『': '』', '«': '»', '“': '”', '„': '“',
}

var enumeration = regexp.MustCompile(`(?:^|[\s;:,；：，。、])(?:[\p{L}]|\d{1,3}|[ivx]{1,4})$`)

// pairs finds brackets and quotation marks without their partner.
func (s *setter) pairs() {
	type open struct {
		r   rune
		off int
	}
	var stack []open
	waiting := map[rune]int{} // how many marks of the stack a closing mark would close
	known := s.quotesKnown()
	for off, r := range s.text {
		switch r {
		case cellEnd:
			for _, o := range stack {
				s.unpaired(o.off, o.r, "closed")
			}
			stack = stack[:0]
			clear(waiting)
		case '“', '”', '„':
			if !known {
				continue
			}
		case '«', '»':
			if !known && s.Quotes[0] == 0 {
				continue
			}
		}
		// A mark that opens in one place closes in another: „Wort“.
		if n := len(stack); n > 0 && closers[stack[n-1].r] == r {
			stack = stack[:n-1]
			waiting[r]--
			continue
		}
		if c, ok := closers[r]; ok {
			stack = append(stack, open{r, off})
			waiting[c]++
			continue
		}
		if !slices.Contains([]rune{')', ']', '}', '）', '］', '】', '》', '〉', '」', '』', '»', '”'}, r) {
			continue
		}
		if (r == ')' || r == '）') && enumeration.MatchString(s.text[max(off-24, 0):off]) {
			continue // a) b) 1) in a list
		}
		// It may close an earlier one, past others that were not closed.
		if waiting[r] == 0 {
			s.unpaired(off, r, "opened")
			continue
		}
		k := len(stack) - 1
		for ; closers[stack[k].r] != r; k-- {
			s.unpaired(stack[k].off, stack[k].r, "closed")
			waiting[closers[stack[k].r]]--
		}
		waiting[r]--
		stack = stack[:k]
	}
	for _, o := range stack {
		if o.r == '“' || o.r == '«' {
			// A quotation over several paragraphs opens in each of them.
			if o.off == 0 && s.b.Kind == doc.Paragraph && len(stack) == 1 && s.runsOn(o.r) {
				continue
			}
		}
		s.unpaired(o.off, o.r, "closed")
	}
}

func (s *setter) unpaired(off int, r rune, never string) {
	code, what := "unpaired-bracket", "bracket"
	if strings.ContainsRune("«»“”„「」『』", r) {
		code, what = "unpaired-quote", "quotation mark"
	}
	s.warn(off, code, "this %s is never %s in its block: %c; add its partner or remove it", what, never, r)
}

// quotesKnown reports whether the language pairs “ with ” and „ with “.
func (s *setter) quotesKnown() bool { return s.Inner[0] != 0 }

// runsOn reports whether the next paragraph opens with the same mark.
func (s *setter) runsOn(r rune) bool {
	i := s.b.Ordinal + 1
	return i > 0 && i < len(s.b.Doc.Blocks) && strings.HasPrefix(s.b.Doc.Blocks[i].Text, string(r))
}

// quotes finds quotation marks that are not the language's own.
func (s *setter) quotes() {
	want := s.Quotes
	if want[0] == 0 {
		return
	}
	depth := 0
	var offs []int
	var first rune
	for off, r := range s.text {
		end := off + utf8.RuneLen(r)
		switch r {
		case want[0]:
			depth++
			continue
		case want[1]:
			depth--
			continue
		}
		switch r {
		case '"', '＂':
		case '“', '”', '„', '«', '»', '‟', '〝', '〞':
			if depth > 0 && (r == s.Inner[0] || r == s.Inner[1]) {
				continue
			}
		case '\'':
			if s.Base == "en" && lang.InWord(s.before(off)) || s.FullWidth || s.Base != "en" {
				continue
			}
		case '`':
		default:
			continue
		}
		if r == '"' && unicode.IsDigit(s.before(off)) && depth <= 0 && !strings.Contains(s.text[:off], "\"") {
			continue // inches, seconds
		}
		if s.foreign(off, end) {
			continue
		}
		if len(offs) == 0 {
			first = r
		}
		offs = append(offs, off)
	}
	s.once(offs, "quote-style", "quotation marks that are not usual in %s: %c; write %c…%c, and %c…%c within", s.name, first, want[0], want[1], orRune(s.Inner[0], want[0]), orRune(s.Inner[1], want[1]))
}

func orRune(r, other rune) rune {
	if r == 0 {
		return other
	}
	return r
}

var spacedWords = regexp.MustCompile(`[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*`)

// repeated finds a word typed twice.
func (s *setter) repeated() {
	if s.FullWidth {
		s.doubledHan()
		s.repeatedHan()
	}
	words := spacedWords.FindAllStringIndex(s.text, -1)
	for i := 1; i < len(words); i++ {
		a, b := words[i-1], words[i]
		x, y := s.text[a[0]:a[1]], s.text[b[0]:b[1]]
		if !strings.EqualFold(x, y) || strings.TrimSpace(s.text[a[1]:b[0]]) != "" || a[1] == b[0] {
			continue
		}
		low := strings.ToLower(x)
		first, _ := utf8.DecodeRuneInString(x)
		second, _ := utf8.DecodeRuneInString(y)
		if s.MayRepeat(low) || lang.IsHan(first) || unicode.IsUpper(second) && unicode.IsUpper(first) {
			continue
		}
		s.twice(b[0], y)
	}
}

// doubledHan finds a Han character or mark that never follows itself.
func (s *setter) doubledHan() {
	last, lastOff := rune(0), 0
	for off, r := range s.text {
		if r == last && s.Single(r) {
			s.twice(lastOff, string(r))
			r = 0 // a third is the first of another two
		}
		last, lastOff = r, off
	}
	if off := strings.Index(s.text, "等等等"); off >= 0 {
		s.twice(off, "等")
	}
}

// repeatedHan finds three or more Han characters that follow themselves.
func (s *setter) repeatedHan() {
	type char struct {
		r   rune
		off int
	}
	var run []char
	flush := func() {
		for i := 0; i < len(run); i++ {
			for n := 3; n <= 12 && i+2*n <= len(run); n++ {
				if slices.EqualFunc(run[i:i+n], run[i+n:i+2*n], func(a, b char) bool { return a.r == b.r }) {
					var w strings.Builder
					for _, c := range run[i : i+n] {
						w.WriteRune(c.r)
					}
					s.twice(run[i+n].off, w.String())
					i += n
					break
				}
			}
		}
		run = run[:0]
	}
	for off, r := range s.text {
		if lang.IsHan(r) {
			run = append(run, char{r, off})
		} else {
			flush()
		}
	}
	flush()
}

var (
	doubleSpace  = regexp.MustCompile(`[^\s|][ \x{a0}\x{202f}\x{2009}\t]{2,}[^\s|]`)
	endSpace     = regexp.MustCompile(`(?m)[^\s|]([ \t\x{a0}]+)$`)
	insideOpen   = regexp.MustCompile(`[(\[（《«„「『【][ \x{a0}\x{3000}]+`)
	insideClose  = regexp.MustCompile(`[ \x{a0}\x{3000}]+[)\]）》»」』】]`)
	beforeMark   = regexp.MustCompile(`[ \x{a0}\x{202f}]+[,.;:!?，。；：！？、]`)
	betweenHan   = regexp.MustCompile(`\p{Han}([ \x{a0}\x{3000}]+)\p{Han}`)
	frenchSpaces = map[string]string{"fr": ";:!?»", "ca": ""}
)

// spaces finds spaces that are too many.
func (s *setter) spaces() {
	s.sourceSpaces()
	if !strings.ContainsAny(s.text, " \u00a0\u202f\u3000") {
		return
	}
	for _, m := range insideOpen.FindAllStringIndex(s.text, -1) {
		r, w := utf8.DecodeRuneInString(s.text[m[0]:])
		if s.Base == "fr" && r == '«' {
			continue
		}
		s.warn(m[0]+w, "edge-space", "a space after “%c”; remove it", r)
	}
	for _, m := range insideClose.FindAllStringIndex(s.text, -1) {
		r, _ := utf8.DecodeLastRuneInString(s.text[m[0]:m[1]])
		if s.Base == "fr" && r == '»' {
			continue
		}
		s.warn(m[0], "edge-space", "a space before “%c”; remove it", r)
	}
	for _, m := range beforeMark.FindAllStringIndex(s.text, -1) {
		r, _ := utf8.DecodeLastRuneInString(s.text[m[0]:m[1]])
		next := s.after(m[1])
		switch {
		case strings.ContainsRune(frenchSpaces[s.Base], r):
			continue
		case r == '.' && (next == '.' || lang.InWord(next)): // “ ...” and “ .5”, “ .org”
			continue
		case r == ':' && (next == ')' || next == '('), r != '.' && lang.InWord(next) && r < 0x80 && m[1]-m[0] == 2 && next != ' ' && s.before(m[0]) == masked:
			continue
		}
		s.warn(m[0], "space-before-punctuation", "a space before “%c”; remove it", r)
	}
	if s.FullWidth {
		var offs []int
		for i := 0; i < len(s.text); {
			m := betweenHan.FindStringSubmatchIndex(s.text[i:])
			if m == nil {
				break
			}
			if s.b.Kind != doc.Table {
				offs = append(offs, i+m[2])
			}
			i += m[3]
		}
		s.once(offs, "double-space", "a space between Chinese characters; remove it")
	}
}

// sourceSpaces looks at the file: in a block's text white space is folded.
func (s *setter) sourceSpaces() {
	data := s.opts.Data[s.b.Doc.Path]
	b := s.b
	if b.Doc.Lines == nil || b.Start < 0 || b.End > len(data) || b.Start >= b.End || b.Kind == doc.Code || b.Kind == doc.Table {
		return
	}
	src := data[b.Start:b.End]
	if strings.ContainsRune(src, '`') {
		return // code keeps its spaces
	}
	for _, m := range doubleSpace.FindAllStringIndex(src, -1) {
		_, w := utf8.DecodeRuneInString(src[m[0]:])
		if listMarker(src[:m[0]+w]) {
			continue
		}
		s.report(diag.Warning, func() diag.Pos { return b.Doc.Lines.Pos(b.Start + m[0] + w) }, "double-space", "more than one space; leave one")
	}
	for _, m := range endSpace.FindAllStringSubmatchIndex(src, -1) {
		if tail := src[m[2]:m[3]]; len(tail) >= 2 && strings.Trim(tail, " ") == "" && m[3] < len(src) {
			continue // a line break by two spaces
		}
		s.report(diag.Warning, func() diag.Pos { return b.Doc.Lines.Pos(b.Start + m[2]) }, "edge-space", "a space at the end of the line; remove it")
	}
}

// listMarker reports whether the line so far is only a list's mark or a
// quotation's.
func listMarker(s string) bool {
	line := s[strings.LastIndexByte(s, '\n')+1:]
	return strings.Trim(line, " \t>-*+0123456789.)#") == ""
}

// fullWidth maps what should be full-width in Han text.
var fullWidth = map[rune]rune{',': '，', ';': '；', ':': '：', '!': '！', '?': '？', '(': '（', ')': '）', '.': '。'}

// widths finds punctuation of the wrong width.
func (s *setter) widths() {
	var half []int
	var first rune
	defer func() {
		s.once(half, "half-width-punctuation", "“%c” among Chinese characters; write “%c”", first, fullWidth[first])
	}()
	for off, r := range s.text {
		end := off + utf8.RuneLen(r)
		a, b := s.before(off), s.after(end)
		switch {
		case s.FullWidth && fullWidth[r] != 0:
			hanSide := lang.IsHan(a) || strings.ContainsRune("”》）」』〉", a) && a != 0
			bad := false
			switch r {
			case '(':
				bad = lang.IsHan(a) || lang.IsHan(b)
			case ')':
				bad = lang.IsHan(a) || lang.IsHan(b)
			case '.':
				bad = hanSide && !lang.InWord(b) && b != '.' || hanSide && lang.IsHan(b)
			default:
				bad = hanSide
			}
			if bad {
				if len(half) == 0 {
					first = r
				}
				half = append(half, off)
			}
		case s.FullWidth && (r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'):
			if a >= '０' && a <= 'ｚ' {
				continue // one finding for a run
			}
			s.warn(off, "full-width", "full-width letters and digits (“%c”); write “%c”", r, r-0xfee0)
		case s.Alphabetic() && isFullWidth(r):
			if lang.IsHan(a) || lang.IsHan(b) || s.foreign(off, end) {
				continue
			}
			narrow := r - 0xfee0
			switch r {
			case '。', '．':
				narrow = '.'
			case '、':
				narrow = ','
			case '\u3000':
				narrow = ' '
			}
			s.warn(off, "full-width", "the full-width character “%c” among letters of %s; write “%c”", r, s.name, narrow)
		}
	}
}

func isFullWidth(r rune) bool {
	return r >= '！' && r <= '～' || r == '。' || r == '、' || r == '\u3000'
}

var (
	spacedHyphen = regexp.MustCompile(`[^\s\x01] (--?) [^\s\x01]`)
	doubleHyphen = regexp.MustCompile(`[\p{L}\p{N}]--[\p{L}\p{N}]`)
	digitRange   = regexp.MustCompile(`\d+(?:[.,]\d+)?-\d+(?:[.,]\d+)?`)
)

// hyphens finds hyphens where a dash belongs.
func (s *setter) hyphens() {
	dash := map[bool]string{true: "——", false: "–"}[s.FullWidth]
	if s.Base == "ru" {
		dash = "—"
	}
	if !strings.Contains(s.text, "-") {
		return
	}
	for i := 0; i < len(s.text); {
		m := spacedHyphen.FindStringSubmatchIndex(s.text[i:])
		if m == nil {
			break
		}
		if !s.foreign(i+m[2], i+m[3]) {
			s.warn(i+m[2], "hyphen-for-dash", "a hyphen between spaces; write a dash (%s)", dash)
		}
		i += m[3]
	}
	for _, m := range doubleHyphen.FindAllStringIndex(s.text, -1) {
		_, w := utf8.DecodeRuneInString(s.text[m[0]:])
		s.warn(m[0]+w, "hyphen-for-dash", "two hyphens; write a dash (%s)", dash)
	}
	for _, m := range digitRange.FindAllStringIndex(s.text, -1) {
		a, b := s.before(m[0]), s.after(m[1])
		if lang.InWord(a) && !lang.IsHan(a) || strings.ContainsRune("-/.:№#+", a) && a != 0 || b == '-' || b == '/' || lang.InWord(b) && !lang.IsHan(b) {
			continue // part of a code, a date, a telephone number
		}
		from, to, _ := strings.Cut(s.text[m[0]:m[1]], "-")
		x, y := numeral.Readings(from), numeral.Readings(to)
		if len(x) == 0 || len(y) == 0 || x[0] >= y[0] && len(to) >= len(from) || len(to) < len(from) && len(from) < 3 || from[0] == '0' || to[0] == '0' || len(from) > 4 || len(to) > len(from)+1 {
			continue
		}
		s.warn(m[0]+len(from), "hyphen-for-dash", "a hyphen in the range %s; write %s%s%s", quote(s.text[m[0]:m[1]]), from, map[bool]string{true: "—", false: "–"}[s.FullWidth], to)
	}
}

// latinTwin gives the Latin letter that looks like a Cyrillic one.
var latinTwin = func() map[rune]rune {
	out := map[rune]rune{}
	cyrillic, latin := []rune("АВЕКМНОРСТУХавекмноргстухіІѕЅјЈ"), []rune("ABEKMHOPCTYXaвeкmнoprcтyxiIsSjJ")
	for i, r := range cyrillic {
		out[r] = latin[i]
	}
	return out
}()

var wordForm = regexp.MustCompile(`[\p{L}\p{M}]+`)

// scripts finds words with letters of two scripts, and single letters that are
// not of the script of their neighbours.
func (s *setter) scripts() {
	for _, m := range wordForm.FindAllStringIndex(s.text, -1) {
		w := s.text[m[0]:m[1]]
		latin, cyrillic, greek := 0, 0, 0
		for _, r := range w {
			switch {
			case unicode.Is(unicode.Latin, r):
				latin++
			case unicode.Is(unicode.Cyrillic, r):
				cyrillic++
			case unicode.Is(unicode.Greek, r) && r != 'µ' && r != 'μ' && r != 'Ω':
				greek++
			}
		}
		switch {
		case latin > 0 && cyrillic > 0 || greek > 0 && latin+cyrillic > 1:
			odd, where, name := unicode.Cyrillic, 0, "Cyrillic"
			if greek > 0 {
				odd, name = unicode.Greek, "Greek"
			} else if latin < cyrillic || latin == cyrillic && s.Own('я') {
				odd, name = unicode.Latin, "Latin"
			}
			letter := rune(0)
			for off, r := range w {
				if unicode.Is(odd, r) {
					where, letter = off, r
					break
				}
			}
			s.warn(m[0]+where, "mixed-script", "the “%c” in %s is a %s letter; type the word in one script", letter, quote(w), name)
		case utf8.RuneCountInString(w) == 1 && s.Alphabetic() && !s.foreign(m[0], m[1]) && !s.digitNear(m[0], m[1]):
			r, _ := utf8.DecodeRuneInString(w)
			if s.Own('я') && strings.ContainsRune("aocyk", r) && s.Own(s.letterBefore(m[0])) && s.Own(s.letterAfter(m[1])) && s.before(m[0]) == ' ' && s.after(m[1]) == ' ' {
				s.warn(m[0], "mixed-script", "this “%c” is a Latin letter; type it in Cyrillic", r)
			}
			if t, ok := latinTwin[r]; ok && s.Own('z') && !s.Own(r) {
				s.warn(m[0], "mixed-script", "this “%c” is a Cyrillic letter; type it in Latin (%c)", r, t)
			}
		}
	}
}

// digitNear reports whether a digit stands beside the place: "5 C", "С-300".
func (s *setter) digitNear(off, end int) bool {
	return strings.ContainsFunc(s.text[max(off-3, 0):min(end+3, len(s.text))], unicode.IsDigit)
}

// links finds images without a description and links without a text.
func (s *setter) links() {
	pos := func(n doc.Inline) diag.Pos {
		if s.b.Doc.Lines != nil && n.Offset() > 0 {
			return s.b.Doc.Lines.Pos(n.Offset())
		}
		return at(s.b, 0)
	}
	for n := range s.b.Walk() {
		switch n := n.(type) {
		case *doc.Image:
			if strings.TrimSpace(n.Alt) == "" {
				s.add(diag.Warning, pos(n), "image-alt", nil, "the image %s has no alternative text; say in brackets what it shows: ![…](%s)", quote(n.Dest), diag.Clip(n.Dest, 60))
			}
		case *doc.Link:
			said := strings.TrimSpace(spoken(n.Inlines))
			switch {
			case !strings.ContainsFunc(said, lang.InWord):
				s.add(diag.Warning, pos(n), "link-text", nil, "the link to %s has no text; say where it leads", quote(n.Dest))
			case address.MatchString(said) && address.FindString(said) == said:
				s.add(diag.Note, pos(n), "link-text", nil, "the text of the link is its address; say where it leads")
			case vague[strings.ToLower(said)]:
				s.add(diag.Note, pos(n), "link-text", nil, "the link text %s says nothing when read alone; say where it leads", quote(said))
			}
		}
	}
}

// spoken is what a screen reader says of the elements: their text and what
// describes their images.
func spoken(inlines []doc.Inline) string {
	var b strings.Builder
	for n := range doc.Walk(inlines) {
		switch n := n.(type) {
		case *doc.Text:
			b.WriteString(n.S)
		case *doc.Image:
			b.WriteString(n.Alt)
		}
	}
	return b.String()
}

// vague link texts mean nothing out of their sentence.
var vague = map[string]bool{
	"here": true, "click here": true, "link": true, "this link": true, "more": true, "read more": true,
	"здесь": true, "тут": true, "сюда": true, "ссылка": true, "по ссылке": true, "далее": true, "подробнее": true,
	"这里": true, "此处": true, "点击这里": true, "链接": true, "点击": true, "更多": true,
}

// homographs are spelled alike without ё and mean another word.
var homographs = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`все чем нем том тем небо осел мел узнает узнаем сознает признает признаем придает берет берем
		слез лен весел села сел сестры звезды жены весла озера стекла ведра пчелы совершенный совершенного совершенное совершенная
		падеж крестный житье белье поем поет всем его ее нее еще`) {
		out[w] = true
	}
	for _, w := range []string{"его", "ее", "нее", "еще"} {
		delete(out, w)
	}
	return out
}()

// yo reports words that one text spells with ё in one place and with е in
// another: one finding for a text.
func (c *checker) yo(t *site.Text) {
	for l, v := range t.Versions {
		if v.Doc == nil || c.langs[l].Base != "ru" && c.langs[l].Base != "be" {
			continue
		}
		type spot struct {
			b        *site.Block
			off, end int
		}
		with, plain := map[string]spot{}, map[string]spot{}
		passages(t, func(p *site.Passage) {
			for _, b := range blocks(p.Cells[l]) {
				text := c.mask(b)
				for _, m := range wordForm.FindAllStringIndex(text, -1) {
					w := strings.ToLower(text[m[0]:m[1]])
					if strings.ContainsRune(w, 'ё') {
						e := strings.ReplaceAll(w, "ё", "е")
						if _, ok := with[e]; !ok {
							with[e] = spot{b, m[0], m[1]}
						}
					} else if _, ok := plain[w]; !ok && strings.ContainsRune(w, 'е') {
						plain[w] = spot{b, m[0], m[1]}
					}
				}
			}
		})
		var words []string
		for _, w := range sortedKeys(with) {
			if _, ok := plain[w]; ok && !homographs[w] {
				words = append(words, w)
			}
		}
		if len(words) == 0 {
			continue
		}
		first := plain[words[0]]
		var related []diag.Related
		for _, w := range words[:min(len(words), 5)] {
			s := with[w]
			related = append(related, diag.Related{Pos: at(s.b, s.off), Message: "with ё: " + s.b.Text[s.off:s.end]})
		}
		more := ""
		if n := len(words) - 5; n > 0 {
			more = " and " + plural(n, "other")
		}
		c.add(diag.Note, at(first.b, first.off), "yo-inconsistent", related,
			"ё is written in some places and not in others: %s%s; choose one way for the whole text", strings.Join(words[:min(len(words), 5)], ", "), more)
	}
}
