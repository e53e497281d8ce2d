package render

import (
	"bytes"
	"html/template"
	syntax "text/template/parse"
)

// Limits of the work on one page. No page of texts that can be read comes near;
// a layout that goes round for ever must not hold the build for ever.
const (
	maxRounds = 20_000_000 // of all loops together
	maxPage   = 512 << 20  // bytes
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

// sheet is what a layout writes, within the limits.
type sheet struct {
	bytes.Buffer
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
	if p.rounds > maxRounds || p.Len()+len(b) > maxPage {
		at := p.loop
		if at.file == "" {
			at = place{"layouts/" + p.layout + ".html", 1}
		}
		return 0, Faults{{File: at.file, Line: at.line, ID: "endless"}}
	}
	return p.Buffer.Write(b)
}
