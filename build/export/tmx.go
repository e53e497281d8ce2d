package export

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
)

// tmx is a translation memory of TMX 1.4b. Its segments are plain text: looks
// and notes belong to the document, not to what was translated.
func (m *Maker) tmx(d *site.Download) []byte {
	t := d.Text
	src := "*all*"
	if d.Shape == site.Pair {
		src = m.tag(d.Langs[0])
	}
	w := newXML()
	w.open("tmx", "version", "1.4")
	w.open("header", "creationtool", "stele", "creationtoolversion", "1", "segtype", "block", "o-tmf", "stele",
		"adminlang", "en", "srclang", src, "datatype", "plaintext")
	for _, l := range d.Langs {
		v := t.Versions[l]
		prop := func(kind, value string) {
			if value != "" {
				w.leaf("prop", value, "type", kind, "xml:lang", m.tag(l))
			}
		}
		prop("x-title", v.Title)
		prop("x-status", string(v.Doc.Meta.Status))
		prop("x-source", v.Doc.Meta.Source)
		prop("x-date", v.Doc.Meta.Date)
		prop("x-licence", m.Site.Licence[l])
	}
	w.close("header")
	w.open("body")
	for p := range passages(t) {
		for i, unit := range m.segments(p, d.Langs) {
			some := 0
			for _, s := range unit {
				if s != "" {
					some++
				}
			}
			if some < 2 {
				continue // there is nothing to learn from one language alone
			}
			id := p.Number
			if i > 0 {
				id += "-" + strconv.Itoa(i+1)
			}
			w.open("tu", "tuid", id)
			w.leaf("prop", p.Number, "type", "x-passage")
			for k, s := range unit {
				if s == "" {
					continue
				}
				w.open("tuv", "xml:lang", m.tag(d.Langs[k]))
				w.leaf("seg", s)
				w.close("tuv")
			}
			w.close("tu")
		}
	}
	w.close("body")
	w.close("tmx")
	return w.bytes()
}

// segments cuts a passage into what says the same in each of the languages:
// sentences where that is sure, else blocks where there are as many in each,
// else the whole. A language without text has empty ones.
func (m *Maker) segments(p *site.Passage, langs []int) [][]string {
	texts := make([][]string, len(langs)) // by language, of each block
	count, same := 0, true
	for k, l := range langs {
		for _, b := range p.Cells[l].Blocks {
			if b.Kind != doc.Break && b.Kind != doc.Code && b.Text != "" {
				texts[k] = append(texts[k], b.Text)
			}
		}
		if n := len(texts[k]); n > 0 {
			same = same && (count == 0 || count == n)
			count = max(count, n)
		}
	}
	if !same {
		unit := make([]string, len(langs))
		for k := range texts {
			unit[k] = strings.Join(texts[k], "\n")
		}
		return [][]string{unit}
	}
	var out [][]string
	for i := range count {
		unit := make([]string, len(langs))
		for k := range texts {
			if len(texts[k]) > 0 {
				unit[k] = texts[k][i]
			}
		}
		out = append(out, m.bySentence(unit, langs)...)
	}
	return out
}

// Beyond many sentences of a block, those that have fewer than short bytes on average
// are the dots of a form, of which nobody learns how to translate.
const many, short = 100, 16

// bySentence cuts texts that say the same into their sentences if these surely
// answer to each other one by one: there are as many in each language, each of
// about its share of the whole, with the same figures in it. Otherwise the texts
// stay whole.
func (m *Maker) bySentence(unit []string, langs []int) [][]string {
	var cut [][]string
	n := -1
	for k, s := range unit {
		var parts []string
		if s != "" {
			parts = sentences(lang.Of(m.Site.Langs[langs[k]].Tag), s)
			if n >= 0 && n != len(parts) {
				return [][]string{unit}
			}
			n = len(parts)
		}
		cut = append(cut, parts)
	}
	if n < 2 || n > many && slices.ContainsFunc(unit, func(s string) bool { return s != "" && len(s) < n*short }) {
		return [][]string{unit}
	}
	length := make([]float64, len(unit)) // once for all sentences
	for k := range unit {
		length[k] = float64(utf8.RuneCountInString(unit[k]))
	}
	out := make([][]string, n)
	for i := range out {
		out[i] = make([]string, len(unit))
		low, high, digits, first := 2.0, 0.0, "", true
		for k, parts := range cut {
			if parts == nil {
				continue
			}
			share := float64(utf8.RuneCountInString(parts[i])) / length[k]
			low, high = min(low, share), max(high, share)
			if d := figures(parts[i]); !first && d != digits {
				return [][]string{unit}
			} else {
				digits, first = d, false
			}
			out[i][k] = parts[i]
		}
		if high > 1.6*low && high-low > 0.06 {
			return [][]string{unit}
		}
	}
	return out
}

// sentences cuts a text into its sentences.
func sentences(l *lang.Language, s string) []string {
	var out []string
	for _, at := range l.Sentences(s) {
		out = append(out, s[at.Start:at.End])
	}
	return out
}

// figures are the digits of a text.
func figures(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
