package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
)

var (
	doubleSpace  = regexp.MustCompile(`[^\s|][ \x{a0}\x{202f}\x{2009}\t]{2,}[^\s|]`)
	endSpace     = regexp.MustCompile(`(?m)[^\s|]([ \t\x{a0}]+)$`)
	insideOpen   = regexp.MustCompile(`[(\[（《«„「『【][ \x{a0}\x{3000}]+`)
	insideClose  = regexp.MustCompile(`[ \x{a0}\x{3000}]+[)\]）》»」』】]`)
	beforeMark   = regexp.MustCompile(`[ \x{a0}\x{202f}]+[,.;:!?，。；：！？、]`)
	hanPart      = regexp.MustCompile(`^(?:第[0-9０-９〇零一二三四五六七八九十百千]+(?:部分|[篇卷目])|附[件录錄则則][0-9０-９一二三四五六七八九十]*)`)
	betweenHan   = regexp.MustCompile(`\p{Han}([ \x{a0}\x{3000}]+)\p{Han}`)
	frenchSpaces = map[string]string{"fr": ";:!?»", "ca": ""}
)

// spaces finds spaces that are too many.
func (b *blockChecker) spaces() {
	b.sourceSpaces()
	if !strings.ContainsAny(b.text, " \u00a0\u202f\u3000") {
		return
	}
	b.edgeSpaces()
	b.spacesBeforeMarks()
	if b.FullWidth && b.b.Kind != doc.Table {
		b.spacesInHan()
	}
}

// sourceSpaces looks at the file: in a block's text white space is folded.
func (b *blockChecker) sourceSpaces() {
	data, lines, start := b.opts.Data[b.b.Doc.Path], b.b.Doc.Lines, b.b.Start
	if lines == nil || start < 0 || b.b.End > len(data) || start >= b.b.End || b.b.Kind == doc.Table {
		return
	}
	src := data[start:b.b.End]
	if strings.ContainsRune(src, '`') {
		return // code keeps its spaces
	}
	for _, m := range doubleSpace.FindAllStringIndex(src, -1) {
		_, w := utf8.DecodeRuneInString(src[m[0]:])
		if !listMarker(src[:m[0]+w]) {
			b.report(diag.Warning, func() diag.Pos { return lines.Pos(start + m[0] + w) }, DoubleSpace)
		}
	}
	for _, m := range endSpace.FindAllStringSubmatchIndex(src, -1) {
		if tail := src[m[2]:m[3]]; len(tail) >= 2 && strings.Trim(tail, " ") == "" && m[3] < len(src) {
			continue // a line break by two spaces
		}
		b.report(diag.Warning, func() diag.Pos { return lines.Pos(start + m[2]) }, EdgeSpace.As("end"))
	}
}

// listMarker reports whether the line so far is only a list's mark or a
// quotation's.
func listMarker(s string) bool {
	line := s[strings.LastIndexByte(s, '\n')+1:]
	return strings.Trim(line, " \t>-*+0123456789.)#") == ""
}

// edgeSpaces finds spaces inside brackets and quotation marks.
func (b *blockChecker) edgeSpaces() {
	for _, m := range insideOpen.FindAllStringIndex(b.text, -1) {
		if r, w := utf8.DecodeRuneInString(b.text[m[0]:]); b.Base != "fr" || r != '«' {
			b.warn(m[0]+w, EdgeSpace.As("after"), "Mark", string(r))
		}
	}
	for _, m := range insideClose.FindAllStringIndex(b.text, -1) {
		if r := b.before(m[1]); b.Base != "fr" || r != '»' {
			b.warn(m[0], EdgeSpace.As("before"), "Mark", string(r))
		}
	}
}

// spacesBeforeMarks finds spaces before punctuation marks.
func (b *blockChecker) spacesBeforeMarks() {
	for _, m := range beforeMark.FindAllStringIndex(b.text, -1) {
		r, next := b.before(m[1]), b.after(m[1])
		switch {
		case strings.ContainsRune(frenchSpaces[b.Base], r):
		case r == '.' && (next == '.' || lang.InWord(next)): // “ ...” and “ .5”, “ .org”
		case r == ':' && (next == ')' || next == '('): // a face
		case r != '.' && r < utf8.RuneSelf && lang.InWord(next) && m[1]-m[0] == 2 && b.before(m[0]) == masked: // code
		default:
			b.warn(m[0], SpaceBeforePunctuation, "Mark", string(r))
		}
	}
}

// spacesInHan finds spaces between Han characters. One after the name of a part
// of a text (第一章 总则) is how such names are set, or some as wide as a character.
func (b *blockChecker) spacesInHan() {
	var offs []int
	_, named := b.Division(b.text)
	if named == 0 {
		named = len(hanPart.FindString(b.text))
	}
	for i := 0; i < len(b.text); {
		m := betweenHan.FindStringSubmatchIndex(b.text[i:])
		if m == nil {
			break
		}
		gap := b.text[i+m[2] : i+m[3]]
		if i+m[2] != named || utf8.RuneCountInString(gap) > 1 && strings.Trim(gap, "\u3000") != "" {
			offs = append(offs, i+m[2])
		}
		i += m[3]
	}
	if len(offs) > 0 {
		b.once(offs, DoubleSpace.As("han"))
	}
}
