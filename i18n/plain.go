package i18n

import (
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
)

// plain is a message that says the same in all plural forms and has nothing but
// text, places to be filled in, and parts that stand where something is given. Nearly
// all messages are; a page asks for some hundreds, and to fill them needs neither
// plurals nor templates.
type plain []piece

// piece is text; or, where name is set, a place; or, where that has parts, what is
// said if it is given, and else.
type piece struct {
	text, name  string
	given, none plain
}

// plainOf returns the message as pieces, if it is a plain one.
func plainOf(m *message) (plain, bool) {
	for _, form := range []string{m.Zero, m.One, m.Two, m.Few, m.Many} {
		if form != m.Other {
			return nil, false
		}
	}
	if p, ok := simple(m.Other); ok {
		return p, true
	}
	t, err := template.New("").Parse(m.Other)
	if err != nil || t.Tree == nil {
		return nil, false
	}
	return piecesOf(t.Root)
}

// simple is a message of text and places alone, as nearly all are: thousands of them are
// read by every run, and to parse a template takes long.
func simple(text string) (plain, bool) {
	if text == "" {
		return nil, false
	}
	out := plain{}
	for {
		before, after, ok := strings.Cut(text, "{{")
		if before != "" {
			out = append(out, piece{text: before})
		}
		if !ok {
			return out, true
		}
		action, rest, ok := strings.Cut(after, "}}")
		name, field := strings.CutPrefix(action, ".")
		if !ok || !field || name == "" || strings.ContainsFunc(name, func(r rune) bool { return !('a' <= r|0x20 && r|0x20 <= 'z') }) {
			return nil, false
		}
		out = append(out, piece{name: name})
		text = rest
	}
}

func piecesOf(list *parse.ListNode) (plain, bool) {
	out := plain{}
	if list == nil {
		return out, true
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			out = append(out, piece{text: string(n.Text)})
		case *parse.ActionNode:
			name := fieldOf(n.Pipe)
			if name == "" {
				return nil, false
			}
			out = append(out, piece{name: name})
		case *parse.IfNode:
			p := piece{name: fieldOf(n.Pipe)}
			var first, second bool
			p.given, first = piecesOf(n.List)
			p.none, second = piecesOf(n.ElseList)
			if p.name == "" || !first || !second {
				return nil, false
			}
			out = append(out, p)
		default:
			return nil, false
		}
	}
	return out, true
}

// fieldOf is the name of the place that is all of a pipeline, or "".
func fieldOf(pipe *parse.PipeNode) string {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return ""
	}
	f, ok := pipe.Cmds[0].Args[0].(*parse.FieldNode)
	if !ok || len(f.Ident) != 1 {
		return ""
	}
	return f.Ident[0]
}

// fill writes the message with the values, names and values in turn; it leaves to
// others what is not a string or a number, or not given.
func (p plain) fill(u *UI, pairs []any) (string, bool) {
	if len(p) == 1 && p[0].name == "" {
		return p[0].text, true
	}
	var b strings.Builder
	ok := p.write(&b, u, pairs)
	return b.String(), ok
}

func (p plain) write(b *strings.Builder, u *UI, pairs []any) bool {
	for i := range p {
		x := &p[i]
		if x.name == "" {
			b.WriteString(x.text)
			continue
		}
		value, given := "", false
		for i := len(pairs) - 2; i >= 0 && !given; i -= 2 { // the last of a name counts
			if pairs[i] != any(x.name) {
				continue
			}
			given = true
			switch v := pairs[i+1].(type) {
			case string:
				value = v
			case int:
				if x.name == "Count" {
					value = u.Number(v)
				} else if v != 0 || x.given == nil { // a number is given if it is not zero
					value = strconv.Itoa(v)
				}
			default:
				return false
			}
		}
		switch {
		case x.given == nil && !given:
			return false
		case x.given == nil:
			b.WriteString(value)
		case value != "" && !x.given.write(b, u, pairs), value == "" && !x.none.write(b, u, pairs):
			return false
		}
	}
	return true
}
