package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/site"
)

// endings reports a passage that breaks off in one language: it ends in a
// letter or a digit, where all others end a sentence. Languages that write no
// marks between words or sentences, such as Thai, are left out.
func (c *checker) endings(p *site.Passage, have []int) {
	var open, closed []int
	var place diag.Pos
	var last string
	for _, l := range have {
		b := p.Cells[l].Blocks[len(p.Cells[l].Blocks)-1]
		if b.Kind != doc.Paragraph && b.Kind != doc.Item || !c.langs[l].Spaced && !c.langs[l].FullWidth {
			return
		}
		text := strings.TrimRightFunc(c.mask(b), closes)
		end, size := utf8.DecodeLastRuneInString(text)
		switch {
		case unicode.Is(unicode.Sentence_Terminal, end) && endsSentence(text[:len(text)-size]):
			closed = append(closed, l)
		case unicode.IsLetter(end) || unicode.IsDigit(end):
			open = append(open, l)
			place, last = at(b, len(text)-size), lastWord(text)
		default:
			return
		}
	}
	if len(open) != 1 || len(closed) == 0 {
		return
	}
	d := p.Section.Text.Versions[open[0]].Doc
	c.add(wording(d, diag.Warning), place, NoEndMark, c.others(p, closed, "related.text-in"),
		"Passage", p.Number, "Word", clip(last), "Languages", c.names(closed))
}

// closes reports whether r may stand after the mark that ends a sentence.
func closes(r rune) bool {
	return unicode.IsSpace(r) || r == '"' || r == '\'' || unicode.In(r, unicode.Pe, unicode.Pf, unicode.Pi)
}

// endsSentence reports whether the mark after the text ends a sentence. After a
// short word it may belong to an abbreviation: 2014 г., Ltd.
func endsSentence(text string) bool {
	w := lastWord(text)
	r, _ := utf8.DecodeLastRuneInString(w)
	return utf8.RuneCountInString(w) > 4 || !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian)
}

// lastWord is what stands after the last space, or the last few characters.
func lastWord(text string) string {
	const most = 20
	from, n := len(text), 0
	for from > 0 && n < most {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if unicode.IsSpace(r) {
			break
		}
		from, n = from-size, n+1
	}
	return text[from:]
}
