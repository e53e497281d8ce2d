package word

import (
	"errors"
	"strconv"
	"strings"

	"stele/build/diag"
	"stele/build/intake/draft"
)

// Row is a row of one of a file's tables as it stands there, for those who made
// the table: with what is hidden and how each run looks, but for what is no part
// of the text.
type Row struct {
	Table, At int // which table, and which of its rows, from 1
	Cells     []Cell
	// Tracked tells that changes in it are tracked; they count as accepted.
	Tracked bool
	// Comments are those beside it.
	Comments []Comment
}

// Comment is a remark in the margin.
type Comment struct{ Author, Text string }

// Cell is what a cell holds, by paragraphs. Tables inside it count as paragraphs.
type Cell [][]Run

// Run is text of one look.
type Run struct {
	Text  string
	Style draft.Style
	Mono  bool // in type of one width, as code is
	// Hidden text is not shown.
	Hidden bool
	Break  bool   // the end of a line instead of text
	Link   string // where it leads: an address, or "#" and the name of a place in the file
	// Foreign is what is no text: a "footnote" or a "picture".
	Foreign string
}

// Rows reads the rows of all tables of a .docx file. If it cannot, it says why.
func Rows(data []byte) ([]Row, *draft.Doubt) {
	r, err := newReader(data)
	var out []Row
	if err == nil {
		out, err = r.tableRows()
	}
	if f := (*refusal)(nil); errors.As(err, &f) {
		return nil, &draft.Doubt{Severity: diag.Error, Code: draft.Refused.As(f.variant), Pairs: []any{"Part", f.detail}}
	} else if err != nil {
		return nil, &draft.Doubt{Severity: diag.Error, Code: draft.Refused.As("damaged"), Pairs: []any{"Part", diag.Reason(err)}}
	}
	return out, nil
}

func (r *reader) tableRows() ([]Row, error) {
	styles, err := r.related("styles")
	if err != nil {
		return nil, err
	}
	r.styles = readStyles(styles)
	comments, err := r.related("comments")
	if err != nil {
		return nil, err
	}
	if comments != nil {
		for _, k := range comments.kids {
			r.comments[k.attr("id")] = k
		}
	}
	main, err := r.part(r.main)
	if err != nil {
		return nil, err
	}
	w := &rowReader{reader: r}
	w.body(main.child("body"))
	return w.rows, nil
}

// rowReader reads rows. It has nothing to do with what the reader makes a
// document of.
type rowReader struct {
	*reader
	rows   []Row
	tables int
	row    *Row
	cell   *Cell
	joined bool // the end of the paragraph before was deleted
}

// inside are the elements that hold what stands in their place.
func inside(k *node) *node {
	switch {
	case k.is("w:sdt"):
		return k.child("sdtContent")
	case k.is("mc:AlternateContent"):
		return choice(k)
	case k.is("w:ins"), k.is("w:moveTo"), k.is("w:customXml"), k.is("w:smartTag"), k.is("w:dir"), k.is("w:bdo"):
		return k
	}
	return nil
}

// body looks for tables.
func (w *rowReader) body(n *node) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		if k.is("w:tbl") {
			w.tables++
			at := 0
			w.table(k, &at)
		} else if in := inside(k); in != nil {
			w.body(in)
		}
	}
}

func (w *rowReader) table(n *node, at *int) {
	for _, k := range n.kids {
		switch {
		case k.is("w:tr"):
			*at++
			if k.child("trPr", "del") != nil {
				continue
			}
			w.row = &Row{Table: w.tables, At: *at, Tracked: k.child("trPr", "ins") != nil}
			w.cells(k)
			w.rows = append(w.rows, *w.row)
		default:
			if in := inside(k); in != nil {
				w.table(in, at)
			}
		}
	}
}

func (w *rowReader) cells(n *node) {
	for _, k := range n.kids {
		if k.is("w:tc") {
			cell := Cell{}
			w.cell, w.joined, w.fields = &cell, false, nil
			if k.child("tcPr", "cellDel") == nil {
				w.paragraphs(k)
			}
			w.row.Cells = append(w.row.Cells, cell)
		} else if in := inside(k); in != nil {
			w.cells(in)
		}
	}
}

func (w *rowReader) paragraphs(n *node) {
	for _, k := range n.kids {
		switch {
		case k.is("w:p"):
			if !w.joined || len(*w.cell) == 0 {
				*w.cell = append(*w.cell, nil)
			}
			w.inlines(k, "")
			mark := k.child("pPr", "rPr")
			w.joined = mark.child("del") != nil || mark.child("moveFrom") != nil
			w.row.Tracked = w.row.Tracked || w.joined || mark.child("ins") != nil
		case k.is("w:tbl"), k.is("w:tr"), k.is("w:tc"):
			w.joined = false
			w.paragraphs(k)
		case k.is("w:del"), k.is("w:moveFrom"):
			w.row.Tracked = true
		default:
			if in := inside(k); in != nil {
				w.paragraphs(in)
			}
		}
	}
}

// put adds a run to the paragraph.
func (w *rowReader) put(r Run) {
	if !w.shown() {
		return
	}
	for i := range w.fields {
		if l := w.fields[i].link(); l != "" {
			r.Link = l
		}
	}
	last := len(*w.cell) - 1
	(*w.cell)[last] = append((*w.cell)[last], r)
}

func (w *rowReader) inlines(n *node, link string) {
	for _, k := range n.kids {
		switch {
		case k.is("w:r"):
			w.run(k, link)
		case k.is("w:hyperlink"):
			to := ""
			if id := k.attr("id"); id != "" {
				to = w.relations[id].target
			}
			if a := k.attr("anchor"); a != "" && !strings.Contains(to, "#") {
				to += "#" + a
			}
			w.inlines(k, to)
		case k.is("w:del"), k.is("w:moveFrom"):
			w.row.Tracked = true
		case k.is("w:fldSimple"):
			w.fields = append(w.fields, field{code: []byte(k.attr("instr")), result: true})
			w.inlines(k, link)
			w.fields = w.fields[:len(w.fields)-1]
		case k.is("m:oMath"), k.is("m:oMathPara"):
			w.put(Run{Foreign: "picture"})
		default:
			if in := inside(k); in != nil {
				w.row.Tracked = w.row.Tracked || k.is("w:ins") || k.is("w:moveTo")
				w.inlines(in, link)
			}
		}
	}
}

func (w *rowReader) run(n *node, link string) {
	props := n.child("rPr")
	char := w.styles.of(props.val("rStyle"))
	bold, italic := "b", "i"
	if on, _ := props.flag("rtl"); on { // for which Word has switches of its own
		bold, italic = "bCs", "iCs"
	}
	look := Run{Link: link}
	set := func(on bool, s draft.Style) {
		if on {
			look.Style |= s
		}
	}
	set(flagOf(props, bold).or(char.bold) == on, draft.Bold)
	em := props.val("em")
	set(flagOf(props, italic).or(char.italic) == on || em != "" && em != "none", draft.Italic)
	set(flagOf(props, "strike").or(flagOf(props, "dstrike")).or(char.strike) == on, draft.Struck)
	look.Hidden = flagOf(props, "vanish").or(char.gone) == on
	look.Mono = strings.HasPrefix(strings.ToLower(props.child("rFonts").attr("ascii")), "courier")
	text := func(s string) {
		r := look
		r.Text = s
		w.put(r)
	}
	for _, k := range n.kids {
		switch {
		case isText(k) && !k.is("w:delText"):
			text(string(k.text))
		case k.is("w:tab"), k.is("w:ptab"):
			text(" ")
		case k.is("w:br"), k.is("w:cr"):
			if kind := k.attr("type"); kind == "" || kind == "textWrapping" {
				r := look
				r.Break = true
				w.put(r)
			} else {
				text(" ")
			}
		case k.is("w:noBreakHyphen"):
			text("\u2011")
		case k.is("w:softHyphen"):
			text("\u00ad")
		case k.is("w:sym"):
			code, err := strconv.ParseUint(k.attr("char"), 16, 32)
			if c, ok := symbol(k.attr("font"), rune(code)); err == nil && ok {
				text(string(c))
			} else {
				w.put(Run{Foreign: "picture"})
			}
		case k.is("w:instrText"):
			if f := w.field(); f != nil && !f.result {
				f.code = append(f.code, k.text...)
			}
		case k.is("w:fldChar"):
			w.fieldChar(k)
		case k.is("w:footnoteReference"), k.is("w:endnoteReference"):
			w.put(Run{Foreign: "footnote"})
		case k.is("w:commentReference"):
			if c := w.comments[k.attr("id")]; c != nil {
				w.row.Comments = append(w.row.Comments, Comment{clip(c.attr("author")), clip(allText(c))})
			}
		case k.is("w:drawing"), k.is("w:pict"), k.is("w:object"):
			w.put(Run{Foreign: "picture"})
		case k.is("w:delText"):
			w.row.Tracked = true
		case k.is("mc:AlternateContent"):
			w.put(Run{Foreign: "picture"})
		case k.is("w:ruby"):
			if base := k.child("rubyBase"); base != nil {
				w.inlines(base, link)
			}
		}
	}
}

func (w *rowReader) fieldChar(n *node) {
	switch n.attr("fldCharType") {
	case "begin":
		if len(w.fields) < maxDepth {
			w.fields = append(w.fields, field{})
		}
	case "separate":
		if f := w.field(); f != nil {
			f.result = true
		}
	case "end":
		if len(w.fields) > 0 {
			w.fields = w.fields[:len(w.fields)-1]
		}
	}
}
