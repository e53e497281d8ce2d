package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"stele/build/intake/label"
)

// node is an element of pandoc's tree.
type node struct {
	T string          `json:"t"`
	C json.RawMessage `json:"c"`
}

// parts are the parts of an element's content.
func (n node) parts() []json.RawMessage {
	var out []json.RawMessage
	_ = json.Unmarshal(n.C, &out)
	return out
}

func nodes(raw json.RawMessage) []node {
	var out []node
	_ = json.Unmarshal(raw, &out)
	return out
}

// blocks collects what is in blocks; label is the number before the first.
func (th *things) blocks(list []node, label string) {
	for i, n := range list {
		if i > 0 {
			label = ""
		}
		switch n.T {
		case "Para", "Plain":
			text := th.inlines(nodes(n.C))
			th.lines = append(th.lines, numbered{label, text})
		case "Header":
			text := th.inlines(nodes(n.parts()[2]))
			th.headings = append(th.headings, bare(text))
			th.lines = append(th.lines, numbered{label, text})
		case "LineBlock":
			for _, l := range n.parts() {
				th.lines = append(th.lines, numbered{label, th.inlines(nodes(l))})
			}
		case "BulletList":
			for _, item := range n.parts() {
				th.item(nodes(item), "")
			}
		case "OrderedList":
			p := n.parts()
			var items []json.RawMessage
			_ = json.Unmarshal(p[1], &items)
			for k, item := range items {
				th.item(nodes(item), ordinal(p[0], k))
			}
		case "BlockQuote":
			th.blocks(nodes(n.C), "")
		case "Div":
			th.blocks(nodes(n.parts()[1]), "")
		case "CodeBlock":
			var text string
			_ = json.Unmarshal(n.parts()[1], &text)
			th.lines = append(th.lines, numbered{label, text})
		case "Table":
			th.table(n.parts())
		}
	}
}

func (th *things) item(list []node, label string) {
	if len(list) > 0 && (list[0].T == "Para" || list[0].T == "Plain") {
		quiet := things{}
		th.items = append(th.items, bare(quiet.inlines(nodes(list[0].C))))
	}
	th.blocks(list, label)
}

// ordinal is the number of the k-th item of a list.
func ordinal(attrs json.RawMessage, k int) string {
	var a []json.RawMessage
	_ = json.Unmarshal(attrs, &a)
	start := 1
	var style, mark node
	if len(a) == 3 {
		_ = json.Unmarshal(a[0], &start)
		_ = json.Unmarshal(a[1], &style)
		_ = json.Unmarshal(a[2], &mark)
	}
	format := map[string]string{"LowerAlpha": "lowerLetter", "UpperAlpha": "upperLetter", "LowerRoman": "lowerRoman", "UpperRoman": "upperRoman"}[style.T]
	s, ok := label.Format(start+k, format)
	if !ok {
		s = strconv.Itoa(start + k)
	}
	switch mark.T {
	case "OneParen":
		return s + ")"
	case "TwoParens":
		return "(" + s + ")"
	}
	return s + "."
}

// table collects a table of more than one column; one is a frame around text.
func (th *things) table(p []json.RawMessage) {
	var columns []json.RawMessage
	_ = json.Unmarshal(p[2], &columns)
	inner := &things{}
	var s strings.Builder
	var walk func(raw json.RawMessage)
	walk = func(raw json.RawMessage) {
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			return
		}
		if blocks := nodes(raw); len(blocks) > 0 && blocks[0].T != "" && !strings.HasPrefix(blocks[0].T, "Align") {
			inner.blocks(blocks, "")
			return
		}
		for _, x := range list {
			walk(x)
		}
	}
	for _, x := range p[3:] {
		walk(x)
	}
	for _, l := range inner.lines {
		s.WriteString(l.text)
	}
	if text := bare(s.String()); len(columns) > 1 && text != "" {
		th.tables = append(th.tables, text)
	}
	th.headings = append(th.headings, inner.headings...)
	th.items = append(th.items, inner.items...)
	th.notes = append(th.notes, inner.notes...)
	th.tables = append(th.tables, inner.tables...)
	th.lines = append(th.lines, inner.lines...)
}

// inlines is the text of running elements; notes in them are collected.
func (th *things) inlines(list []node) string {
	var s strings.Builder
	for _, n := range list {
		switch n.T {
		case "Str":
			var text string
			_ = json.Unmarshal(n.C, &text)
			s.WriteString(text)
		case "Space", "SoftBreak", "LineBreak":
			s.WriteByte(' ')
		case "Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline":
			s.WriteString(th.inlines(nodes(n.C)))
		case "Quoted", "Cite", "Span":
			s.WriteString(th.inlines(nodes(n.parts()[1])))
		case "Link":
			s.WriteString(th.inlines(nodes(n.parts()[1])))
		case "Code", "Math":
			var text string
			_ = json.Unmarshal(n.parts()[1], &text)
			s.WriteString(text)
		case "Note":
			in := &things{}
			in.blocks(nodes(n.C), "")
			var t strings.Builder
			for _, l := range in.lines {
				t.WriteString(l.text)
			}
			th.notes = append(th.notes, bare(t.String()))
			th.items = append(th.items, in.items...)
		}
	}
	return s.String()
}
