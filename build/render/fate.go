package render

import (
	"html/template"
	"strings"

	"stele/build/site"
)

// What became of passages: those that were removed, became part of others, were
// divided, or stand elsewhere in the page's language. Each is said in a sentence
// with links, which the words of the interface have places for.

func escaped(s string) template.HTML { return raw(esc(s)) }

// joinNotes puts remarks one after another.
func joinNotes(notes ...template.HTML) template.HTML {
	var out []string
	for _, n := range notes {
		if n != "" {
			out = append(out, string(n))
		}
	}
	return raw(strings.Join(out, " "))
}

// sentence fills the places of a message with markup. Its pairs are those of T,
// but for values of type template.HTML, which stand as they are.
func (c context) sentence(id string, pairs ...any) template.HTML {
	var held []template.HTML
	for i, v := range pairs {
		if h, ok := v.(template.HTML); ok && h == "" {
			pairs[i] = ""
		} else if ok {
			pairs[i] = string(rune(hold + len(held)))
			held = append(held, h)
		}
	}
	s := esc(c.T(id, pairs...))
	for i, h := range held {
		s = strings.ReplaceAll(s, string(rune(hold+i)), string(h))
	}
	return raw(s)
}

// hold is the first of the characters, for private use, that stand for markup
// while the rest of a sentence is escaped.
const hold = 0xe000

// linked is the passage's number with a link to it.
func (c context) linked(p *site.Passage) string {
	href := c.passageHref(p)
	if k := c.page.Kind; k == site.TextFull && c.page.Text == p.Section.Text {
		href = fragment(p.Anchor())
	}
	return `<a href="` + esc(href) + `">` + esc(p.Number) + "</a>"
}

// passageHref leads to the passage in its page.
func (c context) passageHref(p *site.Passage) string {
	return c.href(site.PassageKeyIn(p, c.page.Lang)) + fragment(p.Anchor())
}

// linkedAll are the numbers of a text's passages with links, as a list.
func (c context) linkedAll(t *site.Text, numbers []string) (list template.HTML, count int) {
	var out []string
	for _, n := range numbers {
		if p := t.Passage(n); p != nil && !p.Empty() {
			out = append(out, c.linked(p))
		}
	}
	return raw(strings.Join(out, esc(c.T("list-comma")))), len(out)
}

// removed says what became of a passage that is no more.
func (c context) removed(p *site.Passage) template.HTML {
	if parts, n := c.linkedAll(p.Section.Text, p.Row.Parts); n > 0 {
		return c.sentence("passage-joined", "Number", p.Number, "Into", parts, "Count", n)
	}
	if s := p.Section; s.Role == site.Gone && p.Index == 0 {
		if rest := s.Remaining(); rest != nil {
			return joinNotes(escaped(c.T("section-removed", "Number", s.Number)), c.sentence("section-remains", "Number", raw(c.linked(rest))))
		}
		return escaped(c.T("section-removed", "Number", s.Number))
	}
	return escaped(c.T("passage-removed", "Number", p.Number))
}

// divided says which passages were parted from one that readers may know whole.
func (c context) divided(p *site.Passage) template.HTML {
	if !p.Row.Published {
		return ""
	}
	parts, n := c.linkedAll(p.Section.Text, p.Row.Parts)
	if n == 0 {
		return ""
	}
	return c.sentence("passage-divided", "Number", p.Number, "Parts", parts, "Count", n)
}

// movedHere says where the other languages have a passage.
func (c context) movedHere(m *site.Move) template.HTML {
	if m == nil {
		return ""
	}
	var langs []string
	for _, l := range m.Langs {
		langs = append(langs, `<span lang="`+esc(c.site.Langs[l].Tag)+`">`+esc(c.site.Langs[l].Name)+"</span>")
	}
	after := template.HTML("")
	if m.After != nil {
		after = raw(c.linked(m.After))
	}
	last := ""
	if m.Last != m.First {
		last = m.Last.Number
	}
	return c.sentence("passage-moved", "Languages", raw(strings.Join(langs, esc(c.T("list-comma")))), "First", m.First.Number, "Last", last, "After", after)
}

// pointer stands where the other languages have a passage that this one has
// elsewhere. Whoever follows an old address to it is led on.
func (c context) pointer(p site.Placed, w *writer) Row {
	r := Row{Number: p.Number, Href: c.passageHref(p.Passage), Class: "elsewhere"}
	if c.page.Kind == site.TextSection {
		r.ID = p.Anchor()
	}
	if c.page.Kind == site.TextFull {
		r.Href = fragment(p.Anchor())
	}
	last := template.HTML("")
	if p.Moved.Last != p.Moved.First {
		last = raw(c.linked(p.Moved.Last))
	}
	r.Notice = c.sentence("passage-elsewhere", "First", raw(c.linked(p.Passage)), "Last", last)
	return r
}
