package web

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stele/build/diag"
	"stele/build/intake/draft"
)

func (r *reader) text(s string, st style) {
	if strings.TrimSpace(s) == "" && r.cur == nil {
		return
	}
	if r.cur == nil {
		r.begin(draft.Paragraph)
	}
	if r.cur.Kind == draft.Code || r.cur.Kind == draft.Break {
		r.begin(draft.Paragraph)
	}
	s = folded(s)
	if st.raised != 0 && strings.TrimSpace(s) != "" {
		var ok bool
		if s, ok = draft.Raise(s, st.raised == '_'); !ok {
			r.cur.Doubt(diag.Note, draft.Plain.As("raised"), "Text", clip(s))
		}
	}
	r.cur.Spans = append(r.cur.Spans, draft.Span{Text: s, Style: st.marks, Link: st.link})
}

func (r *reader) inline(n *html.Node, st style) {
	switch n.DataAtom {
	case atom.B, atom.Strong:
		st.marks |= draft.Bold
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		st.marks |= draft.Italic
	case atom.S, atom.Strike, atom.Del:
		st.marks |= draft.Struck
	case atom.Sup:
		st.raised = '^'
	case atom.Sub:
		st.raised = '_'
	case atom.Br:
		if r.cur != nil {
			r.cur.Spans = append(r.cur.Spans, draft.Span{Break: true})
		}
		return
	case atom.Script, atom.Style, atom.Title, atom.Iframe, atom.Noembed, atom.Noframes:
		return
	case atom.Template, atom.Button, atom.Select, atom.Textarea, atom.Svg, atom.Datalist, atom.Noscript, atom.Object, atom.Audio, atom.Video:
		r.leave(n)
		return
	case atom.Img:
		if r.cur == nil {
			r.begin(draft.Paragraph)
		}
		r.cur.Doubt(diag.Warning, draft.LeftOut.As("picture"), "Text", clip(attr(n, "alt")))
		return
	case atom.A:
		if note := r.refs[n]; note > 0 {
			r.reference(n, note)
			return
		}
		if href := strings.TrimSpace(attr(n, "href")); href != "" {
			if r.backLink(n, href) {
				r.doc.Omit(draft.Mark, textOf(n))
				return
			}
			st.link = r.address(href)
		}
	}
	r.children(n, st)
}

// address is where a link leads, if a text may link there.
func (r *reader) address(href string) string {
	lower := strings.ToLower(href)
	for _, s := range []string{"http://", "https://", "mailto:", "tel:", "#"} {
		if strings.HasPrefix(lower, s) && len(href) < 2000 && draft.Clean(href) == href {
			return href
		}
	}
	if r.cur == nil {
		r.begin(draft.Paragraph)
	}
	r.cur.Doubt(diag.Warning, draft.Links, "Address", clip(href))
	return ""
}

var noteMark = regexp.MustCompile(`^\s*[\[(]?\s*([0-9]{1,4}|[*†‡]{1,4}|[a-z]|[ivx]{1,5})\s*[\])]?\s*$`)

// findNotes pairs references with the elements of their notes: a link whose
// words are a note's mark, to an element that comes after it.
func (r *reader) findNotes(root *html.Node) {
	r.refs = map[*html.Node]int{}
	place := map[*html.Node]int{}
	n := 0
	var order func(*html.Node)
	order = func(m *html.Node) {
		n++
		place[m] = n
		for c := m.FirstChild; c != nil; c = c.NextSibling {
			order(c)
		}
	}
	order(root)
	for _, a := range find(root, atom.A) {
		name, inside := strings.CutPrefix(attr(a, "href"), "#")
		if !inside || name == "" || !noteMark.MatchString(textOf(a)) {
			continue
		}
		target := r.byName[name]
		if target == nil || place[target] <= place[a] {
			continue
		}
		body := container(target)
		if body == nil || contains(body, a) || strings.TrimSpace(textOf(body)) == "" || len(textOf(body)) > 20_000 {
			continue
		}
		if r.notes[body] == 0 {
			r.doc.Notes = append(r.doc.Notes, draft.Note{Name: strconv.Itoa(len(r.doc.Notes) + 1)})
			r.notes[body] = len(r.doc.Notes)
		}
		r.refs[a] = r.notes[body]
	}
}

// container is the block that a note's mark stands in.
func container(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Li, atom.P, atom.Dd:
				return n
			case atom.Div, atom.Aside:
				if len(find(n, atom.Div)) <= 1 {
					return n
				}
				return nil
			case atom.Td, atom.Th, atom.Body, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
				return nil
			}
		}
	}
	return nil
}

// backLink reports whether a link leads from a note back to its reference.
func (r *reader) backLink(n *html.Node, href string) bool {
	t := strings.TrimSpace(textOf(n))
	if !strings.HasPrefix(href, "#") || !noteMark.MatchString(t) && !strings.ContainsAny(t, "↑↩^") || len(t) > 12 {
		return false
	}
	for m := n; m != nil; m = m.Parent {
		if r.notes[m] > 0 {
			return true
		}
	}
	return false
}

// reference adds the reference to a note, and reads the note at the first.
func (r *reader) reference(n *html.Node, note int) {
	r.doc.Omit(draft.Mark, textOf(n))
	if r.cur == nil {
		r.begin(draft.Paragraph)
	}
	r.cur.Spans = append(r.cur.Spans, draft.Span{Note: note})
	if r.doc.Notes[note-1].Blocks != nil {
		return
	}
	r.doc.Notes[note-1].Blocks = []draft.Block{} // a note may refer to itself
	for body, k := range r.notes {
		if k == note {
			r.doc.Notes[note-1].Blocks = r.apart(body)
		}
	}
}
