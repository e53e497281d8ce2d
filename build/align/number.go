package align

import (
	"strconv"

	"stele/build/doc"
)

// number gives the rows of t the numbers of a text without a record: "0" for
// the title, "1", "2" … for the rows that open a section (a heading of the
// second level or a thematic break), and "section.position" for all others.
func number(t *Table, in []Input) {
	section, pos := 0, 0
	for i := range t.Rows {
		r := &t.Rows[i]
		switch opens(r, in) {
		case 1:
			r.Number = "0"
			if i > 0 {
				pos++
				r.Number = "0." + strconv.Itoa(pos)
			}
		case 2:
			section++
			pos = 0
			r.Number = strconv.Itoa(section)
		default:
			pos++
			r.Number = strconv.Itoa(section) + "." + strconv.Itoa(pos)
		}
	}
}

// opens tells what the row opens: 1 the text (a first-level heading), 2 a
// section, 0 nothing. The first language that has something decides.
func opens(r *Row, in []Input) int {
	for l, blocks := range r.Blocks {
		for _, b := range blocks {
			switch k := in[l].Doc.Blocks[b]; {
			case k.Kind == doc.Heading && k.Level == 1:
				return 1
			case k.Kind == doc.Heading && k.Level == 2, k.Kind == doc.Break:
				return 2
			}
			return 0
		}
	}
	return 0
}
