package draft

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// place is where running text stands.
type place uint8

const (
	inText place = iota
	inHeading
	inCell
	inLink
)

// inline writes spans as Markdown. What follows a line end begins with indent.
func (w *writer) inline(spans []Span, indent string, where place) string {
	list := tidy(spans, where)
	w.escape(list, where)
	keep := kept(list)
	var b strings.Builder
	for i := range list {
		s := &list[i]
		if s.Break {
			if where != inText || strings.HasSuffix(b.String(), `\`) {
				b.WriteByte(' ')
				continue
			}
			b.WriteString("\\\n" + indent)
			continue
		}
		if opensLink(list, i) {
			b.WriteString("[")
		}
		for _, m := range marks {
			if keep[i]&m.style != 0 && (i == 0 || !goesOn(list, keep, i-1, i, m.style)) {
				b.WriteString(m.sign)
			}
		}
		b.WriteString(s.Text)
		for k := len(marks) - 1; k >= 0; k-- {
			if m := marks[k]; keep[i]&m.style != 0 && (i+1 == len(list) || !goesOn(list, keep, i, i+1, m.style)) {
				b.WriteString(m.sign)
			}
		}
		if closesLink(list, i) {
			b.WriteString("](" + destination(s.Link) + ")")
		}
	}
	out := strings.TrimSpace(b.String())
	if where == inHeading {
		out = Fold(out)
		if i := strings.LastIndexByte(out, '{'); i >= 0 && strings.HasSuffix(out, "}") && (i == 0 || out[i-1] != '\\') {
			out = out[:i] + `\` + out[i:]
		}
		if strings.HasSuffix(out, "#") { // a closing mark
			out = out[:len(out)-1] + `\#`
		}
	}
	return out
}

// escape makes the texts of the spans Markdown.
func (w *writer) escape(list []Span, where place) {
	atStart := where == inText
	for i := range list {
		s := &list[i]
		switch {
		case s.Break:
			atStart = where == inText
			continue
		case s.Note > 0:
			s.Text = "[^" + w.doc.Notes[s.Note-1].Name + "]"
		case !s.Ready:
			blank := strings.TrimSpace(s.Text) == ""
			in := where
			if s.Link != "" {
				in = inLink
			}
			s.Text = escape(s.Text, in, atStart)
			if strings.HasPrefix(s.Text, ":") && i > 0 && list[i-1].Note > 0 { // no note's definition
				s.Text = `\` + s.Text
			}
			if strings.HasPrefix(s.Text, "^") && opensLink(list, i) { // no note's mark
				s.Text = `\` + s.Text
			}
			if strings.HasSuffix(s.Text, "!") && i+1 < len(list) && (opensLink(list, i+1) || list[i+1].Note > 0) {
				s.Text = s.Text[:len(s.Text)-1] + `\!`
			}
			atStart = atStart && blank
			continue
		}
		atStart = false
	}
}

// marks from the outside in.
var marks = []struct {
	style Style
	sign  string
}{{Bold, "**"}, {Italic, "*"}, {Struck, "~~"}}

func opensLink(list []Span, i int) bool {
	return list[i].Link != "" && (i == 0 || list[i-1].Link != list[i].Link)
}

func closesLink(list []Span, i int) bool {
	return list[i].Link != "" && (i+1 == len(list) || list[i+1].Link != list[i].Link)
}

// goesOn reports whether a style runs on from span i to span j, inside the
// same marks around it and the same link.
func goesOn(list []Span, keep []Style, i, j int, style Style) bool {
	if list[i].Break || list[j].Break || list[i].Link != list[j].Link || keep[j]&style == 0 || keep[i]&style == 0 {
		return false
	}
	for _, m := range marks {
		if m.style == style {
			return true
		}
		if keep[i]&m.style != keep[j]&m.style {
			return false
		}
	}
	return true
}

// tidy joins spans that are alike, folds white space, and moves it out of
// styled spans, whose marks cannot stand beside it.
func tidy(spans []Span, where place) []Span {
	var out []Span
	add := func(s Span) {
		if s.Text == "" && s.Note == 0 && !s.Break {
			return
		}
		if n := len(out); n > 0 && s.Note == 0 && !s.Break {
			if !s.Ready && strings.HasSuffix(out[n-1].Text, " ") && strings.HasPrefix(s.Text, " ") {
				if s.Text = s.Text[1:]; s.Text == "" {
					return
				}
			}
			if l := &out[n-1]; l.Note == 0 && !l.Break && l.Style == s.Style && l.Link == s.Link && l.Ready == s.Ready {
				l.Text += s.Text
				return
			}
		}
		out = append(out, s)
	}
	for _, s := range spans {
		if s.Note > 0 || s.Break {
			add(Span{Note: s.Note, Break: s.Break})
			continue
		}
		if !s.Ready {
			s.Text = fold(s.Text)
		}
		if where == inHeading {
			s.Style &^= Bold
		}
		if strings.TrimSpace(s.Text) == "" {
			s.Style = 0
			if s.Link != "" && (len(out) == 0 || out[len(out)-1].Link != s.Link) {
				s.Link = ""
			}
		}
		if s.Style == 0 {
			add(s)
			continue
		}
		body := strings.TrimLeftFunc(s.Text, unicode.IsSpace)
		before := s.Text[:len(s.Text)-len(body)]
		core := strings.TrimRightFunc(body, unicode.IsSpace)
		after := body[len(core):]
		add(Span{Text: before, Link: s.Link})
		add(Span{Text: core, Style: s.Style, Link: s.Link, Ready: s.Ready})
		add(Span{Text: after, Link: s.Link})
	}
	out = trimmed(out)
	// A space between two spans of one style belongs to it.
	for i := 1; i+1 < len(out); i++ {
		if s := &out[i]; s.Style == 0 && s.Note == 0 && !s.Break && !s.Ready && strings.TrimSpace(s.Text) == "" {
			s.Style = out[i-1].Style & out[i+1].Style
		}
	}
	return out
}

// trimmed takes away blanks and line ends at either end, and those that follow
// a line end.
func trimmed(list []Span) []Span {
	var out []Span
	for _, s := range list {
		blank := s.Note == 0 && strings.TrimSpace(s.Text) == ""
		if n := len(out); blank && (n == 0 || out[n-1].Break) {
			continue
		}
		out = append(out, s)
	}
	for n := len(out); n > 0 && out[n-1].Note == 0 && strings.TrimSpace(out[n-1].Text) == ""; n-- {
		out = out[:n-1]
	}
	return out
}

var white = regexp.MustCompile(`[ \t\n\r\f\v]+`)

// fold makes one space of each run of them; no-break spaces stay.
func fold(s string) string { return white.ReplaceAllString(s, " ") }

// kept are the styles of each span that Markdown can mark there: a mark of
// emphasis counts only where what is around it lets it.
func kept(list []Span) []Style {
	keep := make([]Style, len(list))
	for i := range list {
		if !list[i].Break && list[i].Note == 0 {
			keep[i] = list[i].Style
		}
	}
	// Marks beside marks are ambiguous: where one closes, none may open. What
	// cannot go on from the span before is given up.
	for i := 1; i < len(list); i++ {
		closing, opening := false, false
		for _, m := range marks {
			on := goesOn(list, keep, i-1, i, m.style)
			closing = closing || keep[i-1]&m.style != 0 && !on
			opening = opening || keep[i]&m.style != 0 && !on
		}
		if !closing || !opening {
			continue
		}
		same := true
		for _, m := range marks {
			if same = same && keep[i-1]&m.style == keep[i]&m.style; !same {
				keep[i] &^= m.style
			}
		}
	}
	var all Style
	for _, k := range keep {
		all |= k
	}
	mixed := all&Bold != 0 && all&Italic != 0
	for _, m := range marks {
		for i := 0; i < len(list); {
			if keep[i]&m.style == 0 {
				i++
				continue
			}
			j := i
			for j+1 < len(list) && goesOn(list, keep, j, j+1, m.style) {
				j++
			}
			tilde := false // beside a tilde ~~ is no mark
			for k := max(i-1, 0); k <= min(j+1, len(list)-1) && m.style == Struck; k++ {
				tilde = tilde || strings.Contains(list[k].Text, "~")
			}
			// Where both kinds of emphasis stand in one paragraph, a mark that
			// could open and close may find the wrong partner.
			star := strings.HasPrefix(list[i].Text, `\*`) || strings.HasSuffix(list[j].Text, "*") ||
				i > 0 && strings.HasSuffix(list[i-1].Text, "*") || j+1 < len(list) && strings.HasPrefix(list[j+1].Text, `\*`)
			either := mixed && (closes(before(list, i), first(list[i].Text)) || opens(last(list[j].Text), after(list, j)))
			if tilde || star || either || !opens(before(list, i), first(list[i].Text)) || !closes(last(list[j].Text), after(list, j)) {
				for k := i; k <= j; k++ {
					keep[k] &^= m.style
				}
			}
			i = j + 1
		}
	}
	return keep
}

func before(list []Span, i int) rune {
	if i == 0 || list[i-1].Break {
		return ' '
	}
	if opensLink(list, i) {
		return '['
	}
	if closesLink(list, i-1) {
		return ')'
	}
	return last(list[i-1].Text)
}

func after(list []Span, i int) rune {
	if i+1 == len(list) || list[i+1].Break {
		return ' '
	}
	if opensLink(list, i+1) && !closesLink(list, i) {
		return '['
	}
	if closesLink(list, i) {
		return ']'
	}
	return first(list[i+1].Text)
}

func first(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func last(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

// opens reports whether a mark between the two characters can open emphasis.
func opens(before, after rune) bool {
	return !unicode.IsSpace(after) && (!punct(after) || unicode.IsSpace(before) || punct(before))
}

func closes(before, after rune) bool {
	if (word(before) || unicode.IsMark(before)) && (before >= utf8.RuneSelf || after >= utf8.RuneSelf) && unicode.In(after, unicode.Ps, unicode.Pi) {
		return false // our Markdown takes the mark for one that opens
	}
	return !unicode.IsSpace(before) && (!punct(before) || unicode.IsSpace(after) || punct(after))
}

func punct(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

var (
	entity    = regexp.MustCompile(`^&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`)
	lineStart = regexp.MustCompile(`^(?:#{1,6}(?:\s|$)|[-+](?:\s|$)|[-=]+\s*$|>|:(?:\s|$)|[-:|][-:| ]*$|\|)`)
	listStart = regexp.MustCompile(`^([0-9]{1,9})[.)](?:\s|$)`)
)

var address = regexp.MustCompile(`https?://[^\s<>"'“”„«»‘’|\x{3000}-\x{30FF}\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{FF00}-\x{FFEF}]+`)

// escape writes text so that Markdown reads the same characters. Addresses that
// have marks in them stand in angle brackets, where nothing is a mark.
func escape(s string, where place, atStart bool) string {
	if where == inLink || !strings.Contains(s, "://") {
		return escapeWords(s, where, atStart)
	}
	var b strings.Builder
	at := 0
	for _, m := range address.FindAllStringIndex(s, -1) {
		end := m[0] + len(strings.TrimRight(s[m[0]:m[1]], ".,;:!?*_~…—–)]"))
		const marks = "\\*_`~[]&<"
		marked := strings.ContainsAny(s[m[0]:end], marks) || end < len(s) && strings.IndexByte(marks, s[end]) >= 0 // which is written with a backslash
		if end-m[0] < len("https://") || !marked {
			continue
		}
		b.WriteString(escapeWords(s[at:m[0]], where, atStart && at == 0))
		b.WriteString("<" + s[m[0]:end] + ">")
		at = end
	}
	b.WriteString(escapeWords(s[at:], where, atStart && at == 0))
	return b.String()
}

func escapeWords(s string, where place, atStart bool) string {
	var b strings.Builder
	links := where == inLink || strings.Contains(s, "](") || strings.Contains(s, "][") || strings.Contains(s, "]:")
	if atStart {
		t := strings.TrimLeftFunc(s, unicode.IsSpace)
		s = t
		if m := listStart.FindStringSubmatch(t); m != nil {
			b.WriteString(m[1] + `\`)
			s = t[len(m[1]):]
			b.WriteByte(s[0])
			s = s[1:]
		} else if lineStart.MatchString(t) {
			b.WriteString(`\`)
			b.WriteByte(t[0])
			s = t[1:]
		}
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		rest := s[i+1:]
		switch c {
		case '\\', '*', '`':
			b.WriteByte('\\')
		case '_':
			if i == 0 || rest == "" || !word(last(s[:i])) || !word(first(rest)) {
				b.WriteByte('\\')
			}
		case '~':
			if strings.HasPrefix(rest, "~") || i > 0 && s[i-1] == '~' {
				b.WriteByte('\\')
			}
		case '<':
			if rest != "" && strings.IndexByte("/!?", rest[0]) >= 0 || rest != "" && (rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z') || rest == "" {
				b.WriteByte('\\')
			}
		case '&':
			if entity.MatchString(s[i:]) {
				b.WriteByte('\\')
			}
		case '[':
			if links || rest == "" || rest[0] == '[' || rest[0] == '^' || i > 0 && (s[i-1] == '!' || s[i-1] == '[') {
				b.WriteByte('\\')
			}
		case ']':
			if links || rest == "" {
				b.WriteByte('\\')
			}
		case '|':
			if where == inCell || where == inLink {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// destination writes the address of a link.
func destination(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == ' ':
			b.WriteString("%20")
		case r == '(':
			b.WriteString("%28")
		case r == ')':
			b.WriteString("%29")
		case r == '<', r == '>', r == '\\', r < ' ', r == '|':
			b.WriteString(escapeByte(byte(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func escapeByte(c byte) string {
	const hex = "0123456789ABCDEF"
	return "%" + string(hex[c>>4]) + string(hex[c&15])
}
