package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"stele/build/diag"
)

// Limits of a file; beyond them it is refused.
const (
	maxEntries = 10_000
	maxPart    = 64 << 20  // bytes of one part
	maxParts   = 128 << 20 // bytes of all parts that are read
	maxRatio   = 400       // of a part to what it is packed in; text packs to a tenth
	maxDepth   = 200       // elements inside each other
	maxNodes   = 4_000_000 // elements of one part
)

// refusal is why a file cannot be read: the variant of the finding, and a detail,
// which is a name or a phrase.
type refusal struct {
	variant string
	detail  any
}

func (f *refusal) Error() string { return fmt.Sprint(f.variant, ": ", f.detail) }

// archive is the parts of a .docx file by name.
type archive struct {
	files map[string]*zip.File
	read  int
}

// open reads the directory of the file and looks for whatever no Word file has.
func open(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &refusal{"damaged", diag.Reason(err)}
	}
	if len(z.File) > maxEntries {
		return nil, &refusal{"large", "[Content_Types].xml"}
	}
	a := &archive{files: map[string]*zip.File{}}
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if name == ".." || strings.HasPrefix(path.Clean(name), "../") || path.Clean("/"+name) != "/"+strings.TrimSuffix(name, "/") {
			return nil, &refusal{"name", f.Name}
		}
		if f.Flags&1 != 0 {
			return nil, &refusal{"locked", f.Name}
		}
		if f.UncompressedSize64 > maxPart && isXML(name) || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
			return nil, &refusal{"large", f.Name}
		}
		key := strings.ToLower(name)
		if a.files[key] != nil && isXML(key) {
			return nil, &refusal{"damaged", f.Name}
		}
		a.files[key] = f
	}
	return a, nil
}

func isXML(name string) bool {
	e := strings.ToLower(path.Ext(name))
	return e == ".xml" || e == ".rels"
}

// bytes returns a part, nil if there is none.
func (a *archive) bytes(name string) (data []byte, err error) {
	f := a.files[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, &refusal{"damaged", diag.Say("reason.in", "Part", name, "Reason", diag.Reason(err))}
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	data, err = io.ReadAll(io.LimitReader(r, maxPart+1))
	if err != nil {
		return nil, &refusal{"damaged", diag.Say("reason.in", "Part", name, "Reason", diag.Reason(err))}
	}
	if a.read += len(data); len(data) > maxPart || a.read > maxParts {
		return nil, &refusal{"large", name}
	}
	return data, nil
}

// part parses a part; nil if there is none.
func (a *archive) part(name string) (*node, error) {
	data, err := a.bytes(name)
	if data == nil || err != nil {
		return nil, err
	}
	root, err := parse(data)
	if err != nil {
		if f := (*refusal)(nil); errors.As(err, &f) {
			return nil, &refusal{f.variant, name}
		}
		return nil, &refusal{"damaged", diag.Say("reason.in", "Part", name, "Reason", diag.Reason(err))}
	}
	return root, nil
}

// node is an element. Text is the character data directly in it.
type node struct {
	space, name string
	attrs       []xml.Attr
	kids        []*node
	text        []byte
}

// spaces are the namespaces by their usual prefixes; both those of ISO 29500
// Transitional and of Strict.
var spaces = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":    "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                "r",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             "m",
	"http://purl.oclc.org/ooxml/officeDocument/math":                         "m",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                              "a",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            "mc",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             "wp",
	"http://schemas.openxmlformats.org/package/2006/relationships":           "rel",
	"urn:schemas-microsoft-com:vml":                                          "v",
}

// parse reads XML into a tree. Declarations of types or entities, which no
// part of a Word file has, are refused.
func parse(data []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	root := &node{}
	stack := []*node{root}
	count := 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if count++; count > maxNodes || len(stack) > maxDepth {
				return nil, &refusal{"nested", ""}
			}
			space, known := spaces[t.Name.Space]
			if !known {
				space = "?"
			}
			n := &node{space: space, name: t.Name.Local}
			if len(t.Attr) > 0 {
				n.attrs = append([]xml.Attr(nil), t.Attr...)
			}
			top.kids = append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			// Only few elements hold text; the rest is indentation.
			if holdsText(top) {
				top.text = append(top.text, t...)
			}
		case xml.Directive:
			return nil, &refusal{"entity", ""}
		}
	}
	if len(root.kids) == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	return root.kids[0], nil
}

func holdsText(n *node) bool {
	switch n.name {
	case "t", "delText", "instrText", "delInstrText":
		return true
	case "title":
		return n.space == "?"
	}
	return false
}

// is reports whether the node is the element "w:p".
func (n *node) is(qualified string) bool {
	p, l, _ := strings.Cut(qualified, ":")
	return n != nil && n.space == p && n.name == l
}

// child returns the first child "w:…" of the path, nil if there is none.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var next *node
		for _, k := range n.kids {
			if k.name == name {
				next = k
				break
			}
		}
		n = next
	}
	return n
}

// attr returns an attribute by its local name.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// val is w:val of the child.
func (n *node) val(names ...string) string { return n.child(names...).attr("val") }

// flag is a switch such as w:b: absent, on or off.
func (n *node) flag(name string) (on, set bool) {
	c := n.child(name)
	if c == nil {
		return false, false
	}
	switch c.attr("val") {
	case "0", "false", "off", "none":
		return false, true
	}
	return true, true
}

// relations are the targets of a part's relationships, by id.
type relation struct{ kind, target, mode string }

func (a *archive) relations(part string) (map[string]relation, error) {
	dir, file := path.Split(part)
	root, err := a.part(dir + "_rels/" + file + ".rels")
	if root == nil || err != nil {
		return nil, err
	}
	out := map[string]relation{}
	for _, k := range root.kids {
		kind := k.attr("Type")
		target, mode := k.attr("Target"), k.attr("TargetMode")
		if mode != "External" {
			if strings.HasPrefix(target, "/") {
				target = path.Clean(target)[1:]
			} else {
				target = path.Join(dir, target)
			}
		}
		out[k.attr("Id")] = relation{kind[strings.LastIndexByte(kind, '/')+1:], target, mode}
	}
	return out, nil
}

// Characters is all text that the file's parts hold, in no order that matters,
// as the simplest reading finds it: every w:t, w:delText, m:t and a:t once. Of
// what the file has in several forms, the first counts.
func Characters(data []byte) (string, error) {
	a, err := open(data)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for name := range a.files {
		if !isXML(name) || strings.HasPrefix(name, "customxml/") || strings.HasPrefix(name, "docprops/") {
			continue
		}
		part, err := a.bytes(name)
		if err != nil {
			return "", err
		}
		if err := characters(part, &b); err != nil {
			return "", err
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// characters adds the text of a part.
func characters(part []byte, b *strings.Builder) error {
	d := xml.NewDecoder(bytes.NewReader(part))
	text := 0
	var chosen []bool // of each mc:AlternateContent that is open, whether a form was read
	holds := func(n xml.Name) bool {
		space := spaces[n.Space]
		return (space == "w" || space == "m" || space == "a") && n.Local == "t" || space == "w" && n.Local == "delText"
	}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch {
			case holds(t.Name):
				text++
			case spaces[t.Name.Space] != "mc":
			case t.Name.Local == "AlternateContent":
				chosen = append(chosen, false)
			case t.Name.Local == "Fallback", t.Name.Local == "Choice":
				n := len(chosen)
				if t.Name.Local == "Fallback" || n > 0 && chosen[n-1] {
					if err := d.Skip(); err != nil {
						return err
					}
				} else if n > 0 {
					chosen[n-1] = true
				}
			}
		case xml.EndElement:
			switch {
			case holds(t.Name):
				text--
			case spaces[t.Name.Space] == "mc" && t.Name.Local == "AlternateContent" && len(chosen) > 0:
				chosen = chosen[:len(chosen)-1]
			}
		case xml.CharData:
			if text > 0 {
				b.Write(t)
			}
		}
	}
}
