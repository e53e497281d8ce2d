package edit

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stele/build/doc"
	"stele/build/glossary"
)

// Why an edit of the glossary is refused.
var (
	ErrName    = errors.New("the concept has this name already, or it is empty")
	ErrConcept = errors.New("the concept's file is written in a way that is not edited here")
	ErrID      = errors.New("this cannot be the id of a concept")
)

// Concept is a concept's file.
type Concept struct{ Path, Data string }

// AddName adds a name in a language to a concept.
func (c Concept) AddName(lang, name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	was, found := glossary.Parse(c.Path, c.Data)
	if was == nil || found.HasErrors() {
		return "", ErrConcept
	}
	if name == "" || len([]rune(name)) > glossary.MaxNameLen || slices.ContainsFunc(was.Names[lang], func(n glossary.Name) bool { return n.Text == name }) {
		return "", ErrName
	}
	lines := strings.Split(c.Data, "\n")
	entry := func(indent string) []string {
		out := []string{indent + "- text: " + scalar(name)}
		if len(was.Names[lang]) > 0 {
			out = append(out, indent+"  kind: variant", indent+"  status: admitted")
		}
		return append(out, indent+"  reliability: from-knowledge")
	}
	at, text := 0, []string(nil)
	if pos, ok := was.At["names."+lang]; ok {
		// After the last item of the language's list.
		at = pos.Line
		own := indentOf(lines[pos.Line-1])
		indent := ""
		for ; at < len(lines); at++ {
			l := lines[at]
			if strings.TrimSpace(l) == "" {
				continue
			}
			if in := indentOf(l); len(in) < len(own) || in == own && !strings.HasPrefix(l[len(in):], "- ") {
				break
			} else if strings.HasPrefix(l[len(in):], "- ") && (indent == "" || len(in) < len(indent)) {
				indent = in
				if in == "" {
					return "", ErrConcept
				}
			}
		}
		if indent == "" { // a list within brackets
			return "", ErrConcept
		}
		for at > pos.Line && strings.TrimSpace(lines[at-1]) == "" {
			at--
		}
		text = entry(indent)
	} else {
		at = was.At["names"].Line
		indent := "  "
		if at < len(lines) {
			if in := indentOf(lines[at]); in != "" {
				indent = in
			}
		}
		text = append([]string{indent + lang + ":"}, entry(indent+"  ")...)
	}
	data := strings.Join(slices.Insert(lines, at, text...), "\n")
	now, found := glossary.Parse(c.Path, data)
	if now == nil || found.HasErrors() || len(now.Names[lang]) != len(was.Names[lang])+1 || now.Names[lang][len(now.Names[lang])-1].Text != name {
		return "", ErrConcept
	}
	for l, names := range was.Names {
		if len(now.Names[l]) < len(names) || !slices.EqualFunc(names, now.Names[l][:len(names)], func(a, b glossary.Name) bool { return a.Text == b.Text && a.Status == b.Status }) {
			return "", ErrConcept
		}
	}
	return data, nil
}

// NewConcept is the file of a concept with a name in some of the languages.
func NewConcept(group, id string, langs []string, names map[string]string) (Concept, error) {
	if !glossary.ValidID(id) {
		return Concept{}, ErrID
	}
	class, ok := map[string]string{"bodies": "body", "treaties": "treaty", "principles": "principle"}[group]
	if !ok {
		class = string(glossary.Notion)
	}
	var b strings.Builder
	b.WriteString("class: " + class + "\nnames:\n")
	any := false
	for _, l := range langs {
		if name := strings.Join(strings.Fields(names[l]), " "); name != "" {
			b.WriteString("  " + l + ":\n    - text: " + scalar(name) + "\n      reliability: from-knowledge\n")
			any = true
		}
	}
	c := Concept{"glossary/" + group + "/" + id + ".yaml", b.String()}
	if now, found := glossary.Parse(c.Path, c.Data); !any || now == nil || found.HasErrors() {
		return Concept{}, ErrName
	}
	return c, nil
}

// Named returns the concept's file under another id, which keeps the old one as
// an alias, so that addresses and links go on to lead to it.
func (c Concept) Named(id string) (Concept, error) {
	was, found := glossary.Parse(c.Path, c.Data)
	if was == nil || found.HasErrors() {
		return Concept{}, ErrConcept
	}
	if !glossary.ValidID(id) || id == was.ID {
		return Concept{}, ErrID
	}
	next := Concept{path.Dir(c.Path) + "/" + id + path.Ext(c.Path), c.Data}
	switch pos, ok := was.At["aliases"]; {
	case !ok:
		next.Data = strings.TrimRight(next.Data, "\n") + "\naliases: [" + scalar(was.ID) + "]\n"
	default:
		lines := strings.Split(next.Data, "\n")
		l := lines[pos.Line-1]
		i := strings.Index(l, "aliases:")
		if k := strings.IndexByte(l, '['); i >= 0 && k > i {
			lines[pos.Line-1] = l[:k+1] + scalar(was.ID) + ", " + l[k+1:]
		} else if pos.Line < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[pos.Line]), "- ") {
			lines = slices.Insert(lines, pos.Line, indentOf(lines[pos.Line])+"- "+scalar(was.ID))
		} else {
			return Concept{}, ErrConcept
		}
		next.Data = strings.Join(lines, "\n")
	}
	now, found := glossary.Parse(next.Path, next.Data)
	if now == nil || found.HasErrors() || !slices.Equal(now.Aliases, append([]string{was.ID}, was.Aliases...)) && !slices.Equal(now.Aliases, []string{was.ID}) {
		return Concept{}, ErrConcept
	}
	return next, nil
}

// Following returns the concept's file with another concept's new id wherever it
// names it.
func (c Concept) Following(old, id string) (string, error) {
	was, _ := glossary.Parse(c.Path, c.Data)
	if was == nil || was.Parent != old && !slices.Contains(was.Related, old) {
		return c.Data, nil
	}
	word := regexp.MustCompile(`(^|[\s\[,:'"])` + regexp.QuoteMeta(old) + `($|[\s\],'"#])`)
	lines := strings.Split(c.Data, "\n")
	change := func(line int) {
		l := lines[line-1]
		lines[line-1] = word.ReplaceAllString(l, "${1}"+id+"${2}")
	}
	if was.Parent == old {
		change(was.At["parent"].Line)
	}
	for i, r := range was.Related {
		if r == old {
			change(was.At["related."+strconv.Itoa(i)].Line)
		}
	}
	data := strings.Join(lines, "\n")
	now, found := glossary.Parse(c.Path, data)
	renamed := func(s string) string {
		if s == old {
			return id
		}
		return s
	}
	if now == nil || found.HasErrors() || now.Parent != renamed(was.Parent) || len(now.Related) != len(was.Related) {
		return "", ErrConcept
	}
	for i, r := range was.Related {
		if now.Related[i] != renamed(r) {
			return "", ErrConcept
		}
	}
	return data, nil
}

// Relinked returns the file with another id in the links to a concept that were
// made by hand.
func (f File) Relinked(old, id string) (string, error) {
	var at []int
	var look func(b *doc.Block)
	look = func(b *doc.Block) {
		for n := range b.Walk() {
			if c, ok := n.(*doc.ConceptLink); ok && c.ID == old {
				at = append(at, c.Src)
			}
		}
		for i := range b.Notes {
			for k := range b.Notes[i].Blocks {
				look(&b.Notes[i].Blocks[k])
			}
		}
	}
	for i := range f.Doc.Blocks {
		look(&f.Doc.Blocks[i])
	}
	slices.Sort(at)
	var out strings.Builder
	done := 0
	for _, p := range slices.Compact(at) {
		i := strings.Index(f.Data[p:], old)
		if i < 0 || i > 8 || !strings.HasPrefix(f.Data[p:], "[[") {
			return "", ErrConcept
		}
		out.WriteString(f.Data[done:p+i] + id)
		done = p + i + len(old)
	}
	out.WriteString(f.Data[done:])
	return out.String(), nil
}

func indentOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " "))] }

var (
	plainScalar = regexp.MustCompile(`^\p{L}[\p{L}\p{M}\p{N}]*([ \-–.(][\p{L}\p{M}\p{N})]+)*$`)
	taken       = []string{"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
)

// scalar is a text as YAML reads it.
func scalar(s string) string {
	if plainScalar.MatchString(s) && !slices.Contains(taken, strings.ToLower(s)) {
		return s
	}
	return strconv.Quote(s)
}
