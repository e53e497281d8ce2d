package yaml

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v4"
)

// OpenTOML parses data, which is TOML and the part of the file path after its
// first line lines, into the same document that the YAML of it would be.
func OpenTOML(path string, line int, data string) *Doc {
	d := &Doc{path: path, line: line}
	d.Root = &Map{doc: d, pos: d.at(1, 1)}
	if len(data) > MaxBytes {
		d.Diags.Error(d.at(1, 1), TooLarge.As("yaml"), "Max", MaxBytes>>10)
		return d
	}
	var table map[string]any
	meta, err := toml.Decode(data, &table)
	if err != nil {
		at := d.at(1, 1)
		var e toml.ParseError
		if errors.As(err, &e) {
			at = d.at(e.Position.Line, 1)
		}
		d.Diags.Error(at, YAMLSyntax.As("toml"))
		return d
	}
	top := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1}
	seen, lines := map[string]bool{}, keyLines(data)
	for _, key := range meta.Keys() {
		if seen[key[0]] {
			continue // a part of a table
		}
		seen[key[0]] = true
		at := max(lines[key[0]], 1)
		name := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key[0], Line: at, Column: 1}
		top.Content = append(top.Content, name, tomlNode(table[key[0]], at, 0))
	}
	if d.plain(top, 0) {
		d.Root = d.mapping(top)
	}
	return d
}

// keyLines are the lines that the keys at the top stand on; the parser does not tell.
func keyLines(data string) map[string]int {
	lines, n := map[string]int{}, 0
	for line := range strings.Lines(data) {
		n++
		if m := keyLine.FindStringSubmatch(line); m != nil && lines[m[1]] == 0 {
			lines[m[1]] = n
		}
	}
	return lines
}

var keyLine = regexp.MustCompile(`^[ \t]*(?:\[+[ \t]*)?["']?([^"'=.\]\s]+)`)

// tomlNode is a value as YAML has it.
func tomlNode(v any, line, depth int) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Line: line, Column: 1}
	if depth > MaxDepth {
		return n
	}
	switch v := v.(type) {
	case string:
		n.Value = v
	case bool:
		n.Tag, n.Value = "!!bool", strconv.FormatBool(v)
	case time.Time:
		n.Value = v.Format(time.RFC3339)
		if v.Location().String() == "date-local" {
			n.Value = v.Format(time.DateOnly)
		}
	case []any:
		n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		for _, item := range v {
			n.Content = append(n.Content, tomlNode(item, line, depth+1))
		}
	case map[string]any, []map[string]any:
		n.Kind, n.Tag = yaml.MappingNode, "!!map" // nobody reads tables
	default:
		n.Value = fmt.Sprint(v)
	}
	return n
}
