package render

import (
	"bytes"
	"html/template"
	"strconv"
	syntax "text/template/parse"
)

// Limits of the work on one page. No page of texts that can be read comes near;
// a layout that goes round for ever must not hold the build for ever.
const (
	MaxRounds = 10_000_000 // of all loops together, with the calls of parts
	MaxPage   = 512 << 20  // bytes
)

// place is where a loop of a layout begins.
type place struct {
	file string
	line int
}

// roundsTold makes every loop of the layouts write an empty text in each round,
// and every call of a part before it, which a page counts: thirty parts that call
// the next one twice go on as long as a loop. The capacity of the empty text is the
// place of its loop or call in the list that is returned.
func roundsTold(set *template.Template) []place {
	var places []place
	told := func(tree *syntax.Tree, pos syntax.Pos, line int) *syntax.TextNode {
		places = append(places, place{"layouts/" + tree.ParseName, line})
		return &syntax.TextNode{NodeType: syntax.NodeText, Pos: pos, Text: make([]byte, 0, len(places))}
	}
	var walk func(tree *syntax.Tree, list *syntax.ListNode)
	walk = func(tree *syntax.Tree, list *syntax.ListNode) {
		if list == nil {
			return
		}
		var nodes []syntax.Node
		for _, n := range list.Nodes {
			switch n := n.(type) {
			case *syntax.TemplateNode:
				nodes = append(nodes, told(tree, n.Pos, n.Line))
			case *syntax.RangeNode:
				mark := told(tree, n.Pos, n.Line)
				walk(tree, n.List)
				walk(tree, n.ElseList)
				n.List.Nodes = append([]syntax.Node{mark}, n.List.Nodes...)
			case *syntax.IfNode:
				walk(tree, n.List)
				walk(tree, n.ElseList)
			case *syntax.WithNode:
				walk(tree, n.List)
				walk(tree, n.ElseList)
			}
			nodes = append(nodes, n)
		}
		list.Nodes = nodes
	}
	for _, t := range set.Templates() {
		if t.Tree != nil {
			walk(t.Tree, t.Tree.Root)
		}
	}
	return places
}

// sheet is what a layout writes, within the limits. In place of what is long the layout
// has a sign, for which the sheet writes it: as a value of the layout it would be made,
// copied and thrown away.
type sheet struct {
	bytes.Buffer
	parts  []func(*bytes.Buffer) // what signs stand for
	places []place
	layout string
	rounds int
	loop   place // the one that went round last
}

// Write implements io.Writer.
func (p *sheet) Write(b []byte) (int, error) {
	if len(b) == 0 {
		p.rounds++
		if n := cap(b); n > 0 && n <= len(p.places) {
			p.loop = p.places[n-1]
		}
	}
	n := len(b)
	for {
		if p.rounds > MaxRounds || p.Len()+len(b) > MaxPage {
			at := p.loop
			if at.file == "" {
				at = place{"layouts/" + p.layout + ".html", 1}
			}
			return 0, Faults{{File: at.file, Line: at.line, ID: "endless"}}
		}
		at := bytes.IndexByte(b, 0)
		if at < 0 {
			p.Buffer.Write(b)
			return n, nil
		}
		p.Buffer.Write(b[:at])
		number, rest, _ := bytes.Cut(b[at+1:], []byte{0})
		if i, err := strconv.Atoi(string(number)); err == nil && i >= 0 && i < len(p.parts) {
			p.parts[i](&p.Buffer)
			b = rest
		} else {
			p.Buffer.WriteByte(0)
			b = b[at+1:]
		}
	}
}

// later returns a sign for what write writes. No text has such a character, and where
// html/template takes none but text, it makes another of it.
func (p *sheet) later(write func(*bytes.Buffer)) template.HTML {
	p.parts = append(p.parts, write)
	return raw("\x00" + strconv.Itoa(len(p.parts)-1) + "\x00")
}
