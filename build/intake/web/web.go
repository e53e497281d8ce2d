// Package web reads HTML pages: headings, paragraphs, lists with their numbers,
// tables, notes and links. What frames the text of a page (navigation, header,
// footer, scripts) is left out and said to be.
package web

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"stele/build/diag"
	"stele/build/intake/draft"
	"stele/build/lang"
)

// maxDepth is how deep elements may stand inside each other, maxTags how many
// there may be.
const (
	maxDepth = 400
	maxTags  = 300_000
)

// Read reads a page, and all its characters by another way. It fails if the
// page's encoding cannot be told.
func Read(data []byte) (doc *draft.Document, characters string, err error) {
	text, err := decode(data)
	if err != nil {
		return nil, "", err
	}
	if strings.Count(text, "<") > maxTags {
		return nil, "", &diag.ReasonError{Phrase: diag.Say("reason.elements")}
	}
	root, err := html.ParseWithOptions(strings.NewReader(text), html.ParseOptionEnableScripting(false))
	if err != nil { // which the parser has only of what is nested too deep
		return nil, "", &diag.ReasonError{Phrase: diag.Say("reason.page-deep")}
	}
	if depth(root) > maxDepth {
		return nil, "", &diag.ReasonError{Phrase: diag.Say("reason.page-deep")}
	}
	r := &reader{doc: &draft.Document{}, places: map[string]int{}, notes: map[*html.Node]int{}, byName: map[string]*html.Node{}}
	r.names(root)
	r.findNotes(root)
	r.page(root)
	r.doc.Connect(r.places)
	return r.doc, all(text), nil
}

// decode turns a page into UTF-8 by its mark of byte order or what it says.
func decode(data []byte) (string, error) {
	if utf8.Valid(data) {
		return strings.TrimPrefix(string(data), "\uFEFF"), nil
	}
	enc, name, certain := charset.DetermineEncoding(data, "")
	if !certain && name == "windows-1252" {
		return "", &diag.ReasonError{Phrase: diag.Say("reason.page-encoding")}
	}
	out, err := enc.NewDecoder().Bytes(data)
	return string(out), err
}

// depth is how deep the tree is, without recursion.
func depth(root *html.Node) int {
	most, d := 0, 0
	for n := root; n != nil; {
		most = max(most, d)
		switch {
		case n.FirstChild != nil:
			n, d = n.FirstChild, d+1
			continue
		}
		for n != nil && n != root && n.NextSibling == nil {
			n, d = n.Parent, d-1
		}
		if n == nil || n == root {
			break
		}
		n = n.NextSibling
	}
	return most
}

// all is the text of the page as its tokens have it, without scripts, styles
// and the title of the window.
func all(text string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	skip := atom.Atom(0)
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return b.String()
			}
			return b.String()
		case html.StartTagToken:
			name, _ := z.TagName()
			if a := atom.Lookup(name); unshown(a) {
				skip = a
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if atom.Lookup(name) == skip {
				skip = 0
			}
		case html.TextToken:
			if skip == 0 {
				b.Write(bytes.ReplaceAll(z.Text(), []byte{0}, nil))
			}
		}
	}
}

// unshown elements hold no text of a page.
func unshown(a atom.Atom) bool {
	return a == atom.Script || a == atom.Style || a == atom.Title || a == atom.Iframe || a == atom.Noembed || a == atom.Noframes
}

type reader struct {
	doc    *draft.Document
	places map[string]int // id -> block
	byName map[string]*html.Node
	notes  map[*html.Node]int // the element of a note -> 1-based index in doc.Notes
	refs   map[*html.Node]int // a reference -> likewise

	out     *[]draft.Block
	cur     *draft.Block
	lists   []list
	quote   int
	waiting []string // ids that wait for a block
}

// list is an open list.
type list struct {
	ordered bool
	next    int
	step    int
	format  string
	item    *html.Node
	begun   bool // the item has a block
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && unshown(n.DataAtom) {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block(n) {
			b.WriteByte(' ')
		}
	}
	walk(n)
	return b.String()
}

func clip(s string) string {
	text, _ := draft.Part(strings.Join(strings.Fields(s), " "))
	return diag.Clip(text, diag.Quoted)
}

// find returns the elements of a kind.
func find(n *html.Node, a atom.Atom) (out []*html.Node) {
	if n.Type == html.ElementNode && n.DataAtom == a {
		out = append(out, n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = append(out, find(c, a)...)
	}
	return out
}

// page reads the text of the page: what stands in its only main or article
// element, or else the body.
func (r *reader) page(root *html.Node) {
	if t := find(root, atom.Title); len(t) > 0 {
		r.doc.Title = draft.Fold(textOfTitle(t[0]))
	}
	text := root
	for _, a := range []atom.Atom{atom.Main, atom.Article} {
		if m := find(root, a); len(m) == 1 && len(textOf(m[0]))*2 > len(textOf(root)) {
			text = m[0]
			break
		}
	}
	if text != root {
		r.around(root, text)
	}
	r.out = &r.doc.Blocks
	r.children(text, style{})
	r.flush()
}

func textOfTitle(n *html.Node) string {
	if n.FirstChild != nil {
		return n.FirstChild.Data
	}
	return ""
}

// around leaves out what is not in the element of the text.
func (r *reader) around(n, text *html.Node) {
	if n == text || r.notes[n] > 0 {
		return
	}
	if !contains(n, text) && !r.hasNote(n) {
		r.leave(n)
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.around(c, text)
	}
}

func contains(n, m *html.Node) bool {
	for ; m != nil; m = m.Parent {
		if n == m {
			return true
		}
	}
	return false
}

func (r *reader) hasNote(n *html.Node) bool {
	if r.notes[n] > 0 {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if r.hasNote(c) {
			return true
		}
	}
	return false
}

// leave leaves out an element with all that is in it.
func (r *reader) leave(n *html.Node) {
	text := textOf(n)
	if n.Type == html.ElementNode && unshown(n.DataAtom) || strings.TrimSpace(text) == "" {
		return
	}
	r.doc.Omit(draft.Outside, text)
	r.doc.Doubt(diag.Warning, draft.LeftOut.As("element"), "Element", n.Data, "Text", clip(text))
}

// names remembers the elements that links can name.
func (r *reader) names(n *html.Node) {
	if n.Type == html.ElementNode {
		for _, key := range []string{"id", "name"} {
			if v := attr(n, key); v != "" && r.byName[v] == nil && (key == "id" || n.DataAtom == atom.A) {
				r.byName[v] = n
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.names(c)
	}
}

// zh tells where a line's end is no space, which is so in every page.
var zh = lang.Of("zh")

// folded is a text node's text: a line's end is a space, but not between
// Chinese characters.
func folded(s string) string {
	if !strings.ContainsAny(s, "\n\r") {
		return s
	}
	lines := strings.Split(strings.ReplaceAll(s, "\r", ""), "\n")
	var b strings.Builder
	last := rune(0)
	for i, l := range lines {
		if i > 0 {
			l = strings.TrimLeft(l, " \t")
		}
		if i < len(lines)-1 {
			l = strings.TrimRight(l, " \t")
		}
		first, _ := utf8.DecodeRuneInString(l)
		if i > 0 && !(l != "" && last != 0 && zh.Joins(last, first)) {
			b.WriteByte(' ')
		}
		b.WriteString(l)
		if l != "" {
			last, _ = utf8.DecodeLastRuneInString(l)
		}
	}
	return b.String()
}
