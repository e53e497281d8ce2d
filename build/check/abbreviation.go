package check

import (
	"strings"
	"unicode"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/numeral"
	"stele/build/site"
)

// known abbreviations need no introduction anywhere.
var known = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`PDF HTML XML CSV JSON URL ISO OK TV PC ID IT CD DVD GPS SMS DNA HIV AIDS AD BC UTC GMT
		USA US UK EU UN NATO UNESCO MIT CC BY EPUB TMX TBX XLIFF ISBN ISSN FAQ PS RIA TASS BBC CNN
		ООН ЕС США СССР РФ СНГ СМИ ВВП НАТО ЮНЕСКО ТВ ПК ДНК ВИЧ СПИД ИТ РИА ТАСС`) {
		out[w] = true
	}
	return out
}()

// abbreviation is one that a version uses.
type abbreviation struct {
	block      *site.Block
	off        int
	n          int  // how often it is used, not counting introductions
	introduced bool // somewhere in the version
}

// abbreviations reports those a version uses without ever saying what they
// stand for: not in brackets, not after "hereinafter", not in the glossary.
func (c *checker) abbreviations(t *site.Text, present []int) {
	for _, l := range present {
		used := map[string]*abbreviation{}
		passages(t, func(p *site.Passage) {
			for _, b := range blocks(p.Cells[l]) {
				if b.Kind != doc.Heading && b.Kind != doc.Code && b.Kind != doc.Break {
					abbreviate(used, b, c.mask(b))
				}
			}
		})
		for _, s := range sortedKeys(used) {
			a := used[s]
			if a.n == 0 || a.introduced || known[s] || c.inGlossary(s) {
				continue
			}
			c.add(wording(t.Versions[l].Doc, diag.Note), at(a.block, a.off), AbbreviationUnexplained, nil, "Words", clip(s), "Count", a.n)
		}
	}
}

// abbreviate adds the abbreviations of a block to those used.
func abbreviate(used map[string]*abbreviation, b *site.Block, text string) {
	for _, m := range capitals(text) {
		s := text[m[0]:m[1]]
		a := used[s]
		if a == nil {
			a = &abbreviation{}
			used[s] = a
		}
		switch {
		case inBrackets(text, m[0], m[1]):
			a.introduced = true
		case a.n == 0:
			a.block, a.off, a.n = b, m[0], 1
		default:
			a.n++
		}
	}
}

// capitals returns the places of words of capitals.
func capitals(text string) [][2]int {
	var out [][2]int
	var w shape
	from, words := -1, 0
	flush := func(to int) {
		if from >= 0 {
			if n := w.abbreviation(text[from:to]); n > 0 {
				out = append(out, [2]int{from, from + n})
			}
		}
		from, w = -1, shape{}
	}
	for i, r := range text {
		if !lang.InWord(r) || lang.IsHan(r) {
			flush(i)
			continue
		}
		if from < 0 {
			from = i
			words++
		}
		w.add(r)
	}
	flush(len(text))
	if words >= 3 && len(out)*2 > words {
		return nil // a line in capitals
	}
	return out
}

// shape counts the characters of a word.
type shape struct{ upper, lower, other int }

func (w *shape) add(r rune) {
	switch {
	case unicode.IsUpper(r):
		w.upper++
	case unicode.IsLower(r):
		w.lower++
	default:
		w.other++
	}
}

// abbreviation is how many bytes of the word are an abbreviation: none, or all
// but the s of a plural, as in NGOs.
func (w shape) abbreviation(s string) int {
	if w.upper < 2 || w.upper > 8 || w.other > 0 {
		return 0
	}
	if w.lower == 1 && strings.HasSuffix(s, "s") {
		s, w.lower = s[:len(s)-1], 0
	}
	if w.lower > 0 || numeral.Roman(s) != 0 {
		return 0
	}
	return len(s)
}

// inBrackets reports whether the abbreviation is introduced where it stands: in
// brackets or after a word such as "hereinafter", or with brackets after it.
func inBrackets(text string, from, to int) bool {
	const reach = 200 // bytes that a bracket holds at most
	before, after := text[max(from-reach, 0):from], text[to:]
	if open := strings.LastIndexAny(before, "([（"); open >= 0 && !strings.ContainsAny(before[open+1:], ")]）") {
		return true
	}
	after = strings.TrimLeft(after, "»”\"s ")
	return strings.HasPrefix(after, "(") || strings.HasPrefix(after, "（")
}

// inGlossary reports whether some concept is called so.
func (c *checker) inGlossary(s string) bool {
	for _, k := range c.site.Concepts {
		for _, code := range sortedKeys(k.Names) {
			for _, n := range k.Names[code] {
				if n.Text == s {
					return true
				}
			}
		}
	}
	return false
}
