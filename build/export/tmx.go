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

// segments cuts a passage into what says the same in each of the languages: ties of
// sentences where they are sure, else blocks where there are as many in each, else
// the whole. A language that has nothing there has an empty one.
func (m *Maker) segments(p *site.Passage, langs []int) [][]string {
	if p.Ties != nil && p.Ties.Sure() {
		return m.ties(p, langs)
	}
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
		if p.Ties == nil { // else it is known that its sentences are doubtful
			out = append(out, m.bySentence(unit, langs)...)
		} else {
			out = append(out, unit)
		}
	}
	return out
}

// ties are the groups of sentences of a passage. What a third language says in one
// sentence may join several of these, which are parted again where that is sure.
func (m *Maker) ties(p *site.Passage, langs []int) [][]string {
	var out [][]string
	for _, g := range p.Ties.Groups {
		unit := make([]string, len(langs))
		for k, l := range langs {
			unit[k] = m.said(p, l, g.Of[l])
		}
		out = append(out, m.bySentence(unit, langs)...)
	}
	return out
}

// said is what sentences of a language say, with what stands between neighbours.
func (m *Maker) said(p *site.Passage, l int, sentences []int) string {
	of := lang.Of(m.Site.Langs[l].Tag)
	var out string
	for n, i := range sentences {
		s := p.Ties.Sentences[l][i]
		text := p.Cells[l].Blocks[s.Block].Text
		if n > 0 {
			before := p.Ties.Sentences[l][sentences[n-1]]
			a, _ := utf8.DecodeLastRuneInString(out)
			b, _ := utf8.DecodeRuneInString(text[s.Start:s.End])
			switch {
			case before.Block != s.Block:
				out += "\n"
			case sentences[n-1]+1 == i:
				out += text[before.End:s.Start]
			case !of.Joins(a, b):
				out += " "
			}
		}
		out += text[s.Start:s.End]
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
