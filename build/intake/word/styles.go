package word

import (
	"cmp"
	"strconv"
	"strings"
)

// style is what a paragraph or character style sets, with what it is based on.
type style struct {
	name         string // in lower case: "heading 1"
	outline      int    // 1–9; 0 is none, -1 is not set
	numID, ilvl  string // numbering; empty is not set
	lang         string // of the text; empty is not set
	bold, italic flag
	strike, gone flag
}

// flag is a switch that a style may leave to the style below.
type flag uint8

const (
	unset flag = iota
	off
	on
)

func flagOf(props *node, name string) flag {
	v, set := props.flag(name)
	switch {
	case !set:
		return unset
	case v:
		return on
	}
	return off
}

func (f flag) or(g flag) flag {
	if f == unset {
		return g
	}
	return f
}

// styles are a file's styles by id, resolved.
type styles struct {
	byID     map[string]*style
	fallback string // the default paragraph style
	lang     string // of the text, where nothing else says it
}

// readStyles resolves the styles; a style based on itself ends the chain there.
func readStyles(root *node) styles {
	s := styles{byID: map[string]*style{}}
	raw := map[string]*node{}
	if root == nil {
		return s
	}
	s.lang = root.child("docDefaults", "rPrDefault", "rPr", "lang").attr("val")
	for _, k := range root.kids {
		if k.is("w:style") {
			raw[k.attr("styleId")] = k
			if k.attr("type") == "paragraph" && (k.attr("default") == "1" || k.attr("default") == "true") {
				s.fallback = k.attr("styleId")
			}
		}
	}
	var resolve func(id string, depth int) *style
	resolve = func(id string, depth int) *style {
		if st := s.byID[id]; st != nil {
			return st
		}
		n := raw[id]
		if n == nil || depth > 50 {
			return &style{outline: -1}
		}
		st := &style{outline: -1}
		s.byID[id] = st // what is based on itself finds this
		base := resolve(n.val("basedOn"), depth+1)
		p, r := n.child("pPr"), n.child("rPr")
		*st = style{
			name: strings.ToLower(strings.TrimSpace(n.val("name"))), outline: base.outline, numID: base.numID, ilvl: base.ilvl, lang: cmp.Or(r.child("lang").attr("val"), base.lang),
			bold: flagOf(r, "b").or(base.bold), italic: flagOf(r, "i").or(base.italic),
			strike: flagOf(r, "strike").or(base.strike), gone: flagOf(r, "vanish").or(base.gone),
		}
		if v := p.val("outlineLvl"); v != "" {
			st.outline = outlineLevel(v)
		}
		if num := p.child("numPr"); num != nil {
			if v := num.val("numId"); v != "" {
				st.numID = v
			}
			if v := num.val("ilvl"); v != "" {
				st.ilvl = v
			}
		}
		if st.outline < 0 || p.child("outlineLvl") == nil {
			if l := headingLevel(st.name); l > 0 {
				st.outline = l
			}
		}
		return st
	}
	for id := range raw {
		resolve(id, 0)
	}
	return s
}

// of returns a style, empty if there is none.
func (s styles) of(id string) *style {
	if st := s.byID[id]; st != nil {
		return st
	}
	return &style{outline: -1}
}

// outlineLevel turns w:outlineLvl, from 0, into a level from 1; 9 is body text.
func outlineLevel(v string) int {
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// headingLevel is the level of a heading style. The built-in ones have English
// names in the file in every version of Word; people name theirs after them.
func headingLevel(name string) int {
	for _, kind := range []string{"heading", "заголовок", "标题"} {
		rest, ok := strings.CutPrefix(name, kind)
		if !ok {
			continue
		}
		number, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= 9 {
			return n
		}
	}
	return 0
}
