package exchange

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/lang"
)

// codes finds the codes of a text that came back from a word processor, or says
// what is wrong with it. Codes that are carried by looks get the numbers that
// the unit has for such, in their order.
func (u *Unit) codes(text []stretch, k carrier, j *Job) ([]Raw, diag.Phrase) {
	r := &lookReader{unit: u, carrier: k, next: map[string][]int{}, byID: map[int]*Code{}}
	for _, list := range [][]*Code{u.Source.Codes, u.Target.Codes} {
		for _, c := range list {
			if r.byID[c.ID] == nil {
				kind := r.kind(c)
				r.next[kind] = append(r.next[kind], c.ID)
			}
			r.byID[c.ID] = c
		}
	}
	for _, list := range r.next {
		slices.Sort(list)
	}
	r.tokens(u.paragraphs(text, j))
	r.pair()
	for i := range r.read {
		r.put(i)
	}
	r.close(look{})
	return r.out, r.fault
}

// paragraphs has the ends of paragraphs in a unit that has none be what they are
// meant for: ends of lines if as many are wanted, else spaces.
func (u *Unit) paragraphs(text []stretch, j *Job) []stretch {
	count := func(codes []*Code, kind string) (n int) {
		for _, c := range codes {
			if c.Type == kind {
				n++
			}
		}
		return n
	}
	own := u.Target.Codes
	if u.Missing {
		own = u.Source.Codes
	}
	lines, paragraphs := 0, 0
	for _, s := range text {
		if s.end == lineEnd {
			lines++
		} else if s.end == paragraphEnd {
			paragraphs++
		}
	}
	if paragraphs == 0 || count(own, Paragraph) > 0 || count(u.Source.Codes, Paragraph) > 0 {
		return text
	}
	asLines := lines+paragraphs == count(own, Break) || lines+paragraphs == count(u.Source.Codes, Break)
	of := lang.Of(j.Site.Langs[j.To].Tag)
	out := slices.Clone(text)
	for i := range out {
		if out[i].end != paragraphEnd {
			continue
		}
		before, after := out[i-1], out[i+1]
		out[i].look = before.look.shared(after.look)
		if asLines {
			out[i].end = lineEnd
			continue
		}
		out[i].end, out[i].text = noEnd, " "
		a, _ := utf8.DecodeLastRuneInString(before.text)
		b, _ := utf8.DecodeRuneInString(after.text)
		if of.Joins(a, b) {
			out[i].text = ""
		}
	}
	return out
}

// lookReader makes codes of looks.
type lookReader struct {
	unit    *Unit
	carrier carrier
	next    map[string][]int // numbers of codes by what they are, until they are used
	byID    map[int]*Code
	read    []token
	open    []begun
	out     []Raw
	fault   diag.Phrase
}

// token is text of one look, a code shown as a number, or an end.
type token struct {
	stretch
	id   int
	mark Mark
}

// begun is a code that has begun.
type begun struct {
	id    int
	kind  string
	shown bool // as a number
}

// kind is what codes have in common that a look cannot tell apart.
func (r *lookReader) kind(c *Code) string {
	switch c.Type {
	case Link:
		return Link + " " + r.unit.placeOf(c)
	case Verbal:
		return Verbal + " " + folded(c.Shown)
	}
	return c.Type
}

func (r *lookReader) wrong(why diag.Phrase) {
	if r.fault.ID == "" {
		r.fault = why
	}
}

// take is the next number for a code of this kind; 0 with a fault if there is none.
func (r *lookReader) take(kind string) int {
	list := r.next[kind]
	if len(list) == 0 {
		name, detail, _ := strings.Cut(kind, " ")
		if detail != "" {
			name += " " + diag.Clip(strings.ReplaceAll(detail, "\n", ""), 40)
		}
		r.wrong(diag.Say("return.code-added", "Code", name))
		return 0
	}
	r.next[kind] = list[1:]
	return list[0]
}

// tokens parts text and the codes that are shown in it.
func (r *lookReader) tokens(text []stretch) {
	for _, s := range text {
		rest := s.text
		for _, m := range numberInBraces.FindAllStringIndex(s.text, -1) {
			word := s.text[m[0]:m[1]]
			inner := strings.Trim(word, "{}")
			n := r.carrier.braces
			if strings.Count(word, "{") < n || strings.Count(word, "}") < n {
				continue
			}
			number, closing := strings.CutPrefix(inner, "/")
			id, err := strconv.Atoi(number)
			if err != nil || id == 0 {
				continue
			}
			t := token{stretch: stretch{look: s.look}, id: id}
			switch c := r.byID[id]; {
			case closing:
				t.mark = End
			case c != nil && c.Pair:
				t.mark = Begin
			}
			// More braces than mark a code are text.
			from := m[0] + strings.Count(word, "{") - n
			to := m[1] - strings.Count(word, "}") + n
			if before := rest[:from-(len(s.text)-len(rest))]; before != "" {
				r.read = append(r.read, token{stretch: stretch{text: before, look: s.look}})
			}
			r.read = append(r.read, t)
			rest = s.text[to:]
		}
		if rest != "" || s.end != noEnd {
			r.read = append(r.read, token{stretch: stretch{text: rest, look: s.look, end: s.end}})
		}
	}
}

// pair gives both ends of a code that is shown as numbers the look that all of
// it has, so that looks do not cross it.
func (r *lookReader) pair() {
	from := map[int]int{} // where a code begins
	for i, t := range r.read {
		switch {
		case t.id == 0:
		case t.mark == Begin:
			from[t.id] = i
		case t.mark == End:
			at, ok := from[t.id]
			if !ok {
				continue
			}
			delete(from, t.id)
			all := t.look
			for _, in := range r.read[at:i] {
				all = all.shared(in.look)
			}
			r.read[at].look, r.read[i].look = all, all
		}
	}
}

// kinds are the codes that a look stands for.
func (r *lookReader) kinds(l look) []string {
	var out []string
	for _, f := range []struct {
		on   bool
		kind string
	}{{l.link != "", Link + " " + l.link}, {l.italic, Italic}, {l.bold, Bold}, {l.strike, Strike}} {
		if f.on {
			out = append(out, f.kind)
		}
	}
	return out
}

// put writes the i-th token.
func (r *lookReader) put(i int) {
	t := r.read[i]
	if t.end == paragraphEnd {
		r.close(look{})
		r.alone(Paragraph)
		return
	}
	// Of a link that is an address and nothing else, the text is the code.
	lone := ""
	if t.look.link != "" && t.id == 0 && t.end == noEnd {
		kind := Link + " " + t.look.link
		list := r.next[kind]
		switch {
		case len(list) > 0 && !r.byID[list[0]].Pair && folded(t.text) == folded(r.byID[list[0]].seen()):
			lone, t.look.link = kind, ""
		case len(list) == 0 && !r.isOpen(kind) && canonical(withScheme(t.text)) == t.look.link:
			t.look.link = "" // programs make links of addresses as they are typed
		}
		r.read[i].look = t.look
	}
	r.close(t.look)
	var opening []string
	for _, kind := range r.kinds(t.look) {
		if !r.isOpen(kind) {
			opening = append(opening, kind)
		}
	}
	slices.SortStableFunc(opening, func(a, b string) int {
		return cmp.Or(cmp.Compare(r.extent(b, i), r.extent(a, i)), cmp.Compare(r.rank(a), r.rank(b)))
	})
	for _, kind := range opening {
		r.begin(kind)
	}
	switch {
	case t.id != 0:
		r.out = append(r.out, Raw{ID: t.id, Mark: t.mark})
		r.shown(t)
	case t.end == lineEnd:
		r.alone(Break)
	case lone != "":
		r.alone(lone)
	case t.look.mono:
		r.alone(Verbal + " " + folded(t.text))
	default:
		r.out = append(r.out, Raw{Text: t.text})
	}
}

func withScheme(s string) string {
	if strings.Contains(s, "://") || strings.HasPrefix(s, "mailto:") {
		return s
	}
	if strings.Contains(s, "@") {
		return "mailto:" + s
	}
	return "http://" + s
}

// shown keeps track of the codes that are shown as numbers; whether they are in
// order is seen later.
func (r *lookReader) shown(t token) {
	switch t.mark {
	case Begin:
		r.open = append(r.open, begun{id: t.id, shown: true})
	case End:
		if i := slices.IndexFunc(r.open, func(o begun) bool { return o.shown && o.id == t.id }); i >= 0 {
			r.open = slices.Delete(r.open, i, i+1)
		}
	}
}

func (r *lookReader) isOpen(kind string) bool {
	return slices.ContainsFunc(r.open, func(o begun) bool { return !o.shown && o.kind == kind })
}

func (r *lookReader) alone(kind string) {
	if id := r.take(kind); id != 0 {
		if r.byID[id].Pair {
			r.wrong(diag.Say("return.code-torn", "Code", r.byID[id].describe()))
			return
		}
		r.out = append(r.out, Raw{ID: id})
	}
}

func (r *lookReader) begin(kind string) {
	id := r.take(kind)
	if id != 0 && !r.byID[id].Pair {
		r.wrong(diag.Say("return.code-torn", "Code", r.byID[id].describe()))
		id = 0
	}
	r.open = append(r.open, begun{id: id, kind: kind})
	if id != 0 {
		r.out = append(r.out, Raw{ID: id, Mark: Begin})
	}
}

// close ends the codes that the look does not have, and those within them, which
// begin anew.
func (r *lookReader) close(l look) {
	stays := r.kinds(l)
	for i, o := range r.open {
		if o.shown || slices.Contains(stays, o.kind) {
			continue
		}
		inner := slices.Clone(r.open[i:])
		r.open = r.open[:i]
		for k := len(inner) - 1; k >= 0; k-- {
			if o := inner[k]; !o.shown && o.id != 0 {
				r.out = append(r.out, Raw{ID: o.id, Mark: End})
			}
		}
		for _, o := range inner {
			if o.shown {
				r.open = append(r.open, o)
			}
		}
		r.close(l)
		return
	}
}

// extent is how many tokens from the i-th on have a look.
func (r *lookReader) extent(kind string, i int) int {
	n := 0
	for _, t := range r.read[i:] {
		if t.end == paragraphEnd || !slices.Contains(r.kinds(t.look), kind) {
			break
		}
		n++
	}
	return n
}

// rank orders codes that begin and end at one place as the unit has them.
func (r *lookReader) rank(kind string) int {
	own := r.unit.Target.Codes
	if r.unit.Missing {
		own = r.unit.Source.Codes
	}
	for i, c := range own {
		if r.kind(c) == kind {
			return i
		}
	}
	return len(own)
}
