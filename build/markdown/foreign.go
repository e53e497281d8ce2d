package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/doc"
)

// Marks of other programs that are not obeyed, by kind. Each kind is told of
// once in a file, with its count: a manual has hundreds.
const (
	foreignTabs      = "tabs"
	foreignShortcode = "shortcode" // {{< note >}}, [online]
	foreignTemplate  = "template"  // {% include %}, {{ value }}
	foreignMath      = "math"      // $x^2$
	foreignDirective = "directive" // :::word
)

// foreigner is what is known of one kind.
type foreigner struct {
	first int // offset in src
	mark  string
	count int
}

// foreign notes a mark at an offset of src.
func (p *parse) foreign(kind string, at int, mark string) {
	f := p.marks[kind]
	if f == nil {
		f = &foreigner{first: at, mark: mark}
		p.marks[kind] = f
	}
	if at < f.first {
		f.first, f.mark = at, mark
	}
	f.count++
}

// foreigners reports the marks that were noted.
func (p *parse) foreigners() {
	for _, kind := range []string{foreignTabs, foreignShortcode, foreignTemplate, foreignMath, foreignDirective} {
		if f := p.marks[kind]; f != nil {
			p.diags.Warn(p.pos(f.first), ForeignMark.As(kind), "Mark", diag.Clip(f.mark, diag.Quoted), "Times", f.count)
		}
	}
}

// look notes the marks in the running text of a block, which is still at its
// offsets of src. What stands in code is none.
func (l *lowerer) look(b *doc.Block) {
	if b.Kind == doc.Code {
		return
	}
	if bracketTag(b) {
		l.foreign(foreignShortcode, b.Start, b.Text)
	}
	var in func([]doc.Inline)
	in = func(inlines []doc.Inline) {
		for _, n := range inlines {
			switch n := n.(type) {
			case *doc.Text:
				l.lookIn(n)
			case *doc.CodeSpan:
			default:
				in(n.Children())
			}
		}
	}
	in(b.Inlines)
	for _, r := range b.Rows {
		for _, c := range r.Cells {
			in(c.Inlines)
		}
	}
}

// bracketTag reports whether a paragraph is nothing but a mark such as [online],
// [/online] or [cut title="x"].
func bracketTag(b *doc.Block) bool {
	s, ok := strings.CutPrefix(b.Text, "[")
	if !ok || b.Kind != doc.Paragraph || len(b.Inlines) != 1 || len(s) > 200 {
		return false
	}
	s, ok = strings.CutSuffix(s, "]")
	if !ok || strings.ContainsAny(s, "[]") {
		return false
	}
	name, rest, _ := strings.Cut(strings.TrimPrefix(s, "/"), " ")
	for _, r := range name {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return len(name) > 1 && (rest == "" || strings.Contains(rest, `="`))
}

// lookIn notes the marks in a run of text.
func (l *lowerer) lookIn(t *doc.Text) {
	for from := 0; ; {
		i := strings.IndexAny(t.S[from:], "{$")
		if i < 0 {
			return
		}
		i += from
		at := t.Src - l.base + i
		escaped := at > 0 && at <= len(l.src) && l.src[at-1] == '\\'
		rest := t.S[i:]
		from = i + 1
		if escaped {
			continue
		}
		switch {
		case strings.HasPrefix(rest, "{{<"), strings.HasPrefix(rest, "{{%"):
			l.foreign(foreignShortcode, at, upTo(rest, "}}"))
			from++
		case strings.HasPrefix(rest, "{%"):
			l.foreign(foreignTemplate, at, upTo(rest, "%}"))
			from++
		case strings.HasPrefix(rest, "{{") && strings.Contains(rest[2:min(len(rest), 120)], "}}"):
			l.foreign(foreignTemplate, at, upTo(rest, "}}"))
			from++
		case rest[0] == '$':
			before, _ := utf8.DecodeLastRuneInString(t.S[:i])
			n := 0
			if i == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
				n = mathLen(rest)
			}
			if n > 0 {
				l.foreign(foreignMath, at, rest[:n])
				from = i + n
			}
		}
	}
}

// upTo is s to the end of the first mark in it.
func upTo(s, mark string) string {
	s = s[:min(len(s), 4*diag.Quoted)]
	if i := strings.Index(s, mark); i >= 0 {
		return s[:i+len(mark)]
	}
	return s
}

// maxMath is how many bytes a formula in a line may have.
const maxMath = 500

// mathLen is how long the formula is that s begins with, and 0 where “$” is a
// sum of money or a variable: a formula has no space inside its marks, no letter
// or digit behind them, and something that prose has not.
func mathLen(s string) int {
	s = s[:min(len(s), maxMath)]
	if strings.HasPrefix(s, "$$") {
		if i := strings.Index(s[2:], "$$"); i > 0 {
			return i + 4
		}
		return 0
	}
	end := strings.IndexByte(s[1:], '$')
	if end < 1 {
		return 0
	}
	inner, after := s[1:1+end], s[end+2:]
	if r, _ := utf8.DecodeRuneInString(after); after != "" && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.TrimSpace(inner) != inner {
		return 0
	}
	if strings.ContainsAny(inner, `\^_=`) || len(inner) <= 2 && inner[0] >= 'A' && inner[0] <= 'z' {
		return end + 2
	}
	return 0
}
