package i18n

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v4"
)

// file is what one file says.
type file struct {
	messages []message
	forms    forms
}

// message is a text with its place in the file and the names it has places for.
type message struct {
	goi18n.Message
	at     place
	places []string
}

// parseFile reads the file with the name. A key without a value says nothing yet.
func parseFile(name string, data []byte) (file, Faults) {
	out := file{forms: forms{}}
	var doc yaml.Node
	err := yaml.Unmarshal(data, &doc)
	if syntax := (*yaml.LoadError)(nil); errors.As(err, &syntax) && syntax.Mark.Line > 0 {
		line, col := syntax.Mark.Line, max(1, syntax.Mark.Column)
		// What is missing at the end is told of a line that need not exist.
		if last := strings.Count(strings.TrimRight(string(data), "\n"), "\n") + 1; line > last {
			line, col = last, 1
		}
		return out, Faults{place{name, line, col}.fault("yaml")}
	}
	if err != nil {
		return out, Faults{place{file: name}.fault("yaml")}
	}
	if len(doc.Content) == 0 || isNull(doc.Content[0]) {
		return out, nil // an empty file
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return out, Faults{placeOf(name, root).fault("none")}
	}
	var faults Faults
	first := map[string]*yaml.Node{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], resolved(root.Content[i+1])
		id := key.Value
		if key.Kind != yaml.ScalarNode || id == "" {
			faults = append(faults, placeOf(name, key).fault("key"))
			continue
		}
		if f := first[id]; f != nil {
			faults = append(faults, placeOf(name, key).in(id, amiss("twice", "Line", f.Line)))
			continue
		}
		first[id] = key
		if isNull(value) {
			continue
		}
		where := placeOf(name, key)
		if known, ok := formKinds[id]; ok {
			f, err := readForm(id, known, value)
			if err != nil {
				faults = append(faults, where.in(id, err))
			} else if f != nil {
				out.forms[id] = f
			}
			continue
		}
		msg := message{Message: goi18n.Message{ID: id}, at: where}
		err := msg.read(value)
		if err == nil {
			msg.places, err = placesOf(msg.Zero, msg.One, msg.Two, msg.Few, msg.Many, msg.Other)
		}
		switch {
		case err != nil:
			faults = append(faults, where.in(id, err))
		case msg.Other != "":
			out.messages = append(out.messages, msg)
		}
	}
	return out, faults
}

func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.ShortTag() == "!!null" || n.Value == "")
}

// read takes the text of a message, or its texts for the plural forms. A form
// that is not given reads as “other”.
func (m *message) read(value *yaml.Node) error {
	if value.Kind == yaml.ScalarNode {
		m.Other = value.Value
	} else if value.Kind != yaml.MappingNode {
		return amiss("list")
	}
	forms := map[string]*string{"zero": &m.Zero, "one": &m.One, "two": &m.Two, "few": &m.Few, "many": &m.Many, "other": &m.Other}
	for i := 0; value.Kind == yaml.MappingNode && i+1 < len(value.Content); i += 2 {
		form, text := value.Content[i].Value, resolved(value.Content[i+1])
		switch at := forms[form]; {
		case value.Content[i].Kind != yaml.ScalarNode: // {{.Name}} without quotation marks is a map in a map
			return amiss("braces")
		case at == nil:
			return amiss("form-unknown", "Form", form)
		case *at != "":
			return amiss("form-twice", "Form", form)
		case text.Kind != yaml.ScalarNode:
			return amiss("form-text", "Form", form)
		case !isNull(text):
			*at = text.Value
		}
	}
	for form, at := range forms {
		if *at != "" && m.Other == "" {
			return amiss("form-other", "Form", form)
		}
	}
	for _, at := range forms {
		if *at == "" {
			*at = m.Other
		}
	}
	return nil
}

// placesOf reads the {{.Name}} places of the texts, whatever they stand in.
func placesOf(texts ...string) ([]string, error) {
	var names []string
	for i, text := range texts {
		if n := utf8.RuneCountInString(text); n > MaxMessage {
			return nil, amiss("long", "Count", n, "Max", MaxMessage)
		}
		// Most messages have one text for all forms, and many have no place.
		if !strings.Contains(text, "{{") || slices.Contains(texts[:i], text) {
			continue
		}
		t, err := template.New("").Parse(text)
		if err != nil {
			return nil, amiss("places", "Text", text)
		}
		if len(t.Templates()) > 1 || t.Tree != nil && t.Tree.Root != nil && !ends(t.Root, 0) {
			return nil, amiss("work", "Text", text)
		}
		if t.Tree != nil { // else nothing is written
			walk(t.Root, func(name string) {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			})
		}
	}
	return names, nil
}

// MaxMessage is how many characters a message may have.
const MaxMessage = 10_000

// deepest is how many conditions may stand inside each other.
const deepest = 20

// ends reports whether what the template does is in proportion to its length:
// it fills places and has conditions, but neither loops nor functions, and
// nothing that calls itself. A message of those could keep a build for ever.
func ends(n parse.Node, depth int) bool {
	list := func(l *parse.ListNode) bool {
		return l == nil || !slices.ContainsFunc(l.Nodes, func(m parse.Node) bool { return !ends(m, depth+1) })
	}
	branch := func(b *parse.BranchNode) bool {
		return depth < deepest && ends(b.Pipe, depth) && list(b.List) && list(b.ElseList)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		return list(n)
	case *parse.TextNode, *parse.CommentNode:
		return true
	case *parse.ActionNode:
		return ends(n.Pipe, depth)
	case *parse.PipeNode:
		return len(n.Decl) == 0 && len(n.Cmds) == 1 && depth < deepest && cheap(n.Cmds[0].Args, depth+1)
	case *parse.IfNode:
		return branch(&n.BranchNode)
	case *parse.WithNode:
		return branch(&n.BranchNode)
	case *parse.FieldNode, *parse.DotNode, *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
		return true
	}
	return false
}

// cheap reports the same of a value, or of a function and its arguments.
func cheap(args []parse.Node, depth int) bool {
	if f, ok := args[0].(*parse.IdentifierNode); ok {
		args = args[1:]
		if len(args) == 0 {
			return false
		}
		switch f.Ident {
		case "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not":
		case "printf":
			format, ok := args[0].(*parse.StringNode)
			if !ok || !padding.MatchString(format.Text) {
				return false
			}
		default:
			return false
		}
	} else if len(args) > 1 {
		return false
	}
	return !slices.ContainsFunc(args, func(a parse.Node) bool { return !ends(a, depth) })
}

// padding is how a number is filled up with zeros: %02d.
var padding = regexp.MustCompile(`^%0?[1-9]?d$`)

// walk calls found with every name that the template has a place for.
func walk(n parse.Node, found func(string)) {
	list := func(l *parse.ListNode) {
		if l != nil {
			walk(l, found)
		}
	}
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, found)
		list(b.List)
		list(b.ElseList)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, m := range n.Nodes {
			walk(m, found)
		}
	case *parse.ActionNode:
		walk(n.Pipe, found)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			for _, arg := range c.Args {
				walk(arg, found)
			}
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.FieldNode:
		found(n.Ident[0])
	}
}
