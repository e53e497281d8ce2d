package render

import (
	"html/template"
	"strconv"
)

// Row writes a row as the built-in theme shows it. A page has some hundreds of
// cells, and to write them here takes a tenth of the time that a template takes. A
// theme that wants other rows writes them itself: all that is in them is in Row.
func (f Frame) Row(r Row) template.HTML { return f.Body([]Row{r}) }

// Body writes rows, one after the other.
func (f Frame) Body(rows []Row) template.HTML {
	n := 0
	for i := range rows {
		n += 256
		for _, c := range rows[i].Cells {
			n += 128 + len(c.HTML)
		}
	}
	w := rowWriter{f: &f}
	w.Grow(n)
	for i := range rows {
		w.row(&rows[i])
	}
	return raw(w.String())
}

type rowWriter struct {
	htmlWriter
	f *Frame
}

func (w *rowWriter) row(r *Row) {
	w.WriteString("\n" + `<div class="row`)
	if r.Class != "" {
		w.WriteString(" " + quote.Replace(r.Class))
	}
	w.WriteByte('"')
	w.attr("id", r.ID)
	w.WriteString(">\n")
	if r.Number != "" {
		w.WriteString(`<a class="number"`)
		w.attr("href", r.Href)
		w.attr("aria-label", w.f.ui.T("passage", "Number", r.Number))
		w.WriteString(">" + quote.Replace(r.Number) + "</a>\n")
	} else {
		w.WriteString(`<span class="number"></span>` + "\n")
	}
	if r.Break {
		w.WriteString(`<hr class="ornament">` + "\n")
	}
	if r.Notice != "" {
		w.WriteString(`<p class="notice">` + string(r.Notice) + "</p>\n")
	}
	for i, c := range r.Cells {
		if i == 1 {
			if more := w.f.T("more", "Number", r.Number); more != "" {
				w.WriteString(`<details class="more"><summary>` + string(more) + "</summary></details>\n")
			}
		}
		w.cell(c)
	}
	w.WriteString("</div>\n")
}

func (w *rowWriter) cell(c Cell) {
	w.WriteString(`<div class="cell c` + strconv.Itoa(c.N) + `" lang="` + quote.Replace(c.Lang) + `"`)
	w.attr("dir", c.Dir)
	w.WriteString(">" + string(c.HTML))
	if c.Empty != "" {
		w.remark(c, string(c.Empty))
	}
	if c.Note != "" {
		w.remark(c, string(c.Note))
	}
	w.WriteString("</div>\n")
}

// remark is said in the page's language, in a cell of another.
func (w *rowWriter) remark(c Cell, html string) {
	w.WriteString(`<p class="remark" lang="` + quote.Replace(w.f.Lang) + `"`)
	if c.Dir != "" {
		dir := w.f.Dir
		if dir == "" {
			dir = "ltr"
		}
		w.attr("dir", dir)
	}
	w.WriteString(">" + html + "</p>")
}
