package exchange

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// stretch is what a word processor holds of a text: characters of one look, or
// the end of a line or a paragraph.
type stretch struct {
	text string
	look look
	end  end
}

// look is how text is set, and where it leads.
type look struct {
	bold, italic, strike, mono bool
	link                       string // as placeOf has it
}

// end is what a stretch without text is.
type end uint8

const (
	noEnd end = iota
	lineEnd
	paragraphEnd
)

// shared is what two looks have in common.
func (l look) shared(o look) look {
	out := look{bold: l.bold && o.bold, italic: l.italic && o.italic, strike: l.strike && o.strike, mono: l.mono && o.mono}
	if l.link == o.link {
		out.link = l.link
	}
	return out
}

// carrier says how a unit's codes are carried by a word processor. Bold text and
// the like are carried by its looks; a note, a picture or a concept is a number
// in braces: {1}, or {1}…{/1}.
type carrier struct {
	braces int // how many stand around a number, so that no text is taken for one
	// numbers tells that all codes are numbers, because the looks would not tell
	// which codes they are: two bold words without a space between them.
	numbers bool
}

func (k carrier) String() string {
	s := strconv.Itoa(k.braces)
	if k.numbers {
		s += "n"
	}
	return s
}

func parseCarrier(s string) (k carrier, ok bool) {
	s, k.numbers = strings.CutSuffix(s, "n")
	n, err := strconv.Atoi(s)
	k.braces = n
	return k, err == nil && n > 0 && n < 1000
}

func (k carrier) mark(c *Code, m Mark) string {
	slash := ""
	if m == End {
		slash = "/"
	}
	return strings.Repeat("{", k.braces) + slash + strconv.Itoa(c.ID) + strings.Repeat("}", k.braces)
}

// numberInBraces is what could be taken for a code.
var numberInBraces = regexp.MustCompile(`(\{+)/?[0-9]+\}+`)

// carrier is how the unit's codes are carried.
func (u *Unit) carrier(j *Job) carrier {
	k := carrier{braces: 1}
	for _, c := range []Coded{u.Source, u.Target} {
		for _, p := range c.Pieces {
			for _, m := range numberInBraces.FindAllStringSubmatch(p.Text, -1) {
				k.braces = max(k.braces, len(m[1])+1)
			}
		}
		if len(c.Codes) > 0 && !k.numbers {
			k.numbers = !u.survives(c, k, j)
		}
	}
	return k
}

// survives reports whether coded text is read back from its looks as it is.
func (u *Unit) survives(c Coded, k carrier, j *Job) bool {
	raw, fault := u.codes(settled(u.laid(c, k)), k, j)
	if fault.ID != "" {
		return false
	}
	return numbered(tidied(raw)) == numbered(tidied(rawOf(c)))
}

// rawOf is coded text with the numbers of its codes alone.
func rawOf(c Coded) []Raw {
	var out []Raw
	for _, p := range normal(c).Pieces {
		r := Raw{Text: p.Text}
		if p.Code != nil {
			r = Raw{ID: p.Code.ID, Mark: p.Mark}
		}
		out = append(out, r)
	}
	return out
}

// tidied leaves out spaces at codes without an end, where they do not count.
func tidied(raw []Raw) []Raw {
	out := slices.Clone(raw)
	for i := range out {
		if out[i].ID != 0 {
			continue
		}
		if i > 0 && out[i-1].ID != 0 && out[i-1].Mark == Alone {
			out[i].Text = strings.TrimLeft(out[i].Text, " \t\n\r")
		}
		if i+1 < len(out) && out[i+1].ID != 0 && out[i+1].Mark == Alone {
			out[i].Text = strings.TrimRight(out[i].Text, " \t\n\r")
		}
	}
	return out
}

// placeOf says where a link leads, in a form that programs do not change: the
// address in a canonical form, or "#stele-3" with the number of the code where
// the address is none outside, or that of two codes that are not equal.
func (u *Unit) placeOf(c *Code) string {
	own := canonical(c.Shown)
	for _, list := range [][]*Code{u.Source.Codes, u.Target.Codes} {
		for _, o := range list {
			if own != "" && o.Type == Link && o.key != c.key && canonical(o.Shown) == own {
				own = ""
			}
		}
	}
	if own == "" {
		return linkMark + strconv.Itoa(c.ID)
	}
	return own
}

const linkMark = "#stele-"

// canonical is an address as it is compared; empty if it is none of another site.
func canonical(address string) string {
	a, err := url.Parse(address)
	if err != nil || a.Scheme != "http" && a.Scheme != "https" && a.Scheme != "mailto" {
		return ""
	}
	query, err := url.QueryUnescape(a.RawQuery)
	if err != nil {
		query = a.RawQuery
	}
	path := cmp.Or(a.Path, a.Opaque, "/")
	return strings.Join([]string{strings.ToLower(a.Scheme + "://" + a.Host), path, query, a.Fragment}, "\n")
}

// laid is coded text as a word processor holds it.
func (u *Unit) laid(c Coded, k carrier) []stretch {
	var out []stretch
	var now []look // with what is around it
	top := func() look {
		if len(now) == 0 {
			return look{}
		}
		return now[len(now)-1]
	}
	for _, p := range c.Pieces {
		l := top()
		switch {
		case p.Code == nil:
			out = append(out, stretch{text: p.Text, look: l})
		case p.Code.Type == Break:
			out = append(out, stretch{end: lineEnd})
		case p.Code.Type == Paragraph:
			out = append(out, stretch{end: paragraphEnd})
		case !k.numbers && p.Code.byLook():
			inner := l
			switch p.Code.Type {
			case Bold:
				inner.bold = true
			case Italic:
				inner.italic = true
			case Strike:
				inner.strike = true
			case Verbal:
				inner.mono = true
			case Link:
				inner.link = u.placeOf(p.Code)
			}
			switch p.Mark {
			case Begin:
				now = append(now, inner)
			case End:
				now = now[:len(now)-1]
			default:
				out = append(out, stretch{text: p.Code.seen(), look: inner})
			}
		default:
			out = append(out, stretch{text: k.mark(p.Code, p.Mark), look: l})
		}
	}
	return out
}

// byLook reports whether a word processor has a look for the code.
func (c *Code) byLook() bool {
	switch c.Type {
	case Bold, Italic, Strike, Link, Verbal:
		return true
	}
	return false
}

// seen is the text that a code without an end is shown as.
func (c *Code) seen() string {
	if c.Type == Link {
		return strings.Trim(c.open, "<>")
	}
	return c.Shown
}

// settled is a text of a word processor in the one form in which it is compared:
// white space folded, of the look that both its sides have, stretches of one look
// in one, no empty paragraphs.
func settled(in []stretch) []stretch {
	w := &settler{}
	for _, s := range in {
		if s.end != noEnd {
			w.end(s.end)
			continue
		}
		for s.text != "" {
			n := strings.IndexFunc(s.text, isSpace)
			switch {
			case n == 0:
				w.space = true
				s.text = s.text[1:]
				continue
			case n < 0:
				n = len(s.text)
			}
			w.word(s.text[:n], s.look)
			s.text = s.text[n:]
		}
	}
	w.flush()
	for n := len(w.out); n > 0 && w.out[n-1].end != noEnd; n-- {
		w.out = w.out[:n-1]
	}
	return w.out
}

// settler settles a text word by word.
type settler struct {
	out  []stretch
	text strings.Builder // of the stretch that is being made, in the look of last
	last look
	// What stands between the last word and the next.
	space bool
	due   end
}

// flush ends the stretch that is being made.
func (w *settler) flush() {
	if w.text.Len() > 0 {
		w.out = append(w.out, stretch{text: norm.NFC.String(w.text.String()), look: w.last})
		w.text.Reset()
	}
}

// add adds text of a look.
func (w *settler) add(text string, l look) {
	if l != w.last {
		w.flush()
	}
	w.text.WriteString(text)
	w.last = l
}

func (w *settler) end(e end) {
	w.due = max(w.due, e)
	if e != lineEnd || w.due != lineEnd {
		return
	}
	if w.flush(); len(w.out) > 0 {
		w.out = append(w.out, stretch{end: lineEnd, look: w.last})
		w.due, w.space = noEnd, false
	}
}

func (w *settler) word(text string, l look) {
	switch {
	case w.due == paragraphEnd:
		w.flush()
		for n := len(w.out); n > 0 && w.out[n-1].end == lineEnd; n-- { // before the end of a paragraph it is nothing
			w.out = w.out[:n-1]
		}
		if len(w.out) > 0 {
			w.out = append(w.out, stretch{end: paragraphEnd})
		}
	case w.text.Len() > 0 && w.space:
		w.add(" ", w.last.shared(l))
	case w.text.Len() == 0 && len(w.out) > 0 && w.out[len(w.out)-1].end == lineEnd:
		w.out[len(w.out)-1].look = w.last.shared(l)
	}
	w.add(text, l)
	w.space, w.due = false, noEnd
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// formOf is a settled text as one string, for comparison.
func formOf(text []stretch) string {
	var b strings.Builder
	for _, s := range text {
		b.WriteRune(codeOpen)
		for _, f := range []struct {
			on   bool
			name byte
		}{{s.look.bold, 'b'}, {s.look.italic, 'i'}, {s.look.strike, 's'}, {s.look.mono, 'm'}, {s.end == lineEnd, 'l'}, {s.end == paragraphEnd, 'p'}} {
			if f.on {
				b.WriteByte(f.name)
			}
		}
		b.WriteString(s.look.link)
		b.WriteRune(codeEnd)
		b.WriteString(s.text)
	}
	return b.String()
}
