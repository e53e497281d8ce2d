package i18n

import (
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
)

// plain is a message that says the same in all plural forms and has nothing but
// text and places to be filled in. Nearly all messages are; a page asks for some
// hundreds, and to fill them needs neither plurals nor templates.
type plain []piece

// piece is text or, where name is set, a place.
type piece struct{ text, name string }

// plainOf returns the message as pieces, if it is a plain one.
func plainOf(m *message) (plain, bool) {
	for _, form := range []string{m.Zero, m.One, m.Two, m.Few, m.Many} {
		if form != m.Other {
			return nil, false
		}
	}
	t, err := template.New("").Parse(m.Other)
	if err != nil || t.Tree == nil {
		return nil, false
	}
	var out plain
	for _, n := range t.Root.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			out = append(out, piece{text: string(n.Text)})
		case *parse.ActionNode:
			if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 1 {
				return nil, false
			}
			f, ok := n.Pipe.Cmds[0].Args[0].(*parse.FieldNode)
			if !ok || len(f.Ident) != 1 {
				return nil, false
			}
			out = append(out, piece{name: f.Ident[0]})
		default:
			return nil, false
		}
	}
	return out, true
}

// fill writes the message with the values, names and values in turn; it leaves to
// others what is not a string or a number, or not given.
func (p plain) fill(u *UI, pairs []any) (string, bool) {
	if len(p) == 1 && p[0].name == "" {
		return p[0].text, true
	}
	var b strings.Builder
	for _, x := range p {
		if x.name == "" {
			b.WriteString(x.text)
			continue
		}
		given := false
		for i := len(pairs) - 2; i >= 0 && !given; i-- { // the last of a name counts
			if pairs[i] != any(x.name) {
				continue
			}
			given = true
			switch v := pairs[i+1].(type) {
			case string:
				b.WriteString(v)
			case int:
				if x.name == "Count" {
					b.WriteString(u.Number(v))
				} else {
					b.WriteString(strconv.Itoa(v))
				}
			default:
				return "", false
			}
		}
		if !given {
			return "", false
		}
	}
	return b.String(), true
}
