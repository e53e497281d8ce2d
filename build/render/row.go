package render

import (
	"bytes"
	"html/template"
	"strconv"
)

// Row writes a row as the built-in theme shows it. A page has some hundreds of
// cells, and to write them here takes a tenth of the time that a template takes. A
// theme that wants other rows writes them itself: all that is in them is in Row.
func (f Frame) Row(r Row) template.HTML { return f.Body([]Row{r}) }

// Body writes rows, one after the other. They are nearly all of a page, and are written
// right where they belong, see sheet.
func (f Frame) Body(rows []Row) template.HTML {
	if len(rows) == 0 {
		return ""
	}
	w := rowWriter{f: &f}
	write := func(b *bytes.Buffer) {
		w.b = b
		for i := range rows {
			w.row(&rows[i])
		}
	}
	if f.sheet != nil {
		return f.sheet.later(write)
	}
	var b bytes.Buffer
	write(&b)
	return raw(b.String())
}

type rowWriter struct {
	b *bytes.Buffer
	f *Frame
}

func (w *rowWriter) put(parts ...string) {
	for _, s := range parts {
		w.b.WriteString(s)
	}
}

// attr writes an attribute, if it has a value.
func (w *rowWriter) attr(name, value string) {
	if value != "" {
		w.put(" ", name, `="`, quote.Replace(value), `"`)
	}
}

func (w *rowWriter) row(r *Row) {
	w.put("\n" + `<div class="row`)
	if r.Class != "" {
		w.put(" ", quote.Replace(r.Class))
	}
	w.put(`"`)
	w.attr("id", r.ID)
	w.put(">\n")
	if r.Number != "" {
		w.put(`<a class="number"`)
		w.attr("href", r.Href)
		w.attr("aria-label", w.f.ui.T("passage", "Number", r.Number))
		w.put(">", quote.Replace(r.Number), "</a>\n")
	} else {
		w.put(`<span class="number"></span>` + "\n")
	}
	if r.Break {
		w.put(`<hr class="ornament">` + "\n")
	}
	if r.Notice != "" {
		w.put(`<p class="notice">`, string(r.Notice), "</p>\n")
	}
	for i := range r.Cells {
		if i == 1 {
			if more := w.f.T("more", "Number", r.Number); more != "" {
				w.put(`<details class="more"><summary>`, string(more), "</summary></details>\n")
			}
		}
		w.cell(&r.Cells[i])
	}
	w.put("</div>\n")
}

func (w *rowWriter) cell(c *Cell) {
	w.put(`<div class="cell c`, strconv.Itoa(c.N), `" lang="`, quote.Replace(c.Lang), `"`)
	w.attr("dir", c.Dir)
	w.put(">", string(c.HTML))
	if c.Empty != "" {
		w.remark(c, string(c.Empty))
	}
	if c.Note != "" {
		w.remark(c, string(c.Note))
	}
	w.put("</div>\n")
}

// remark is said in the page's language, in a cell of another.
func (w *rowWriter) remark(c *Cell, html string) {
	w.put(`<p class="remark" lang="`, quote.Replace(w.f.Lang), `"`)
	if c.Dir != "" {
		dir := w.f.Dir
		if dir == "" {
			dir = "ltr"
		}
		w.attr("dir", dir)
	}
	w.put(">", html, "</p>")
}
