package numeral

import (
	"strings"
	"unicode"
)

// roman reads a Roman numeral at token i.
func (r *reader) roman(i int) int {
	t := r.toks[i]
	if len(t.raw) > 32 || !romanLetters(t.raw) {
		return 0
	}
	raw := t.raw
	if r.base == "fr" { // XXIe
		for _, end := range []string{"ème", "er", "e"} {
			if cut, ok := strings.CutSuffix(raw, end); ok && len(cut) > 0 {
				raw = cut
				break
			}
		}
	}
	s := lookalike.Replace(raw)
	v := Roman(raw)
	if small := strings.ToUpper(t.raw); v == 0 && small != t.raw && strings.Trim(t.raw, "ivx") == "" && (r.tok(i+1).s == ")" || r.tok(i+1).s == "）") {
		if v = Roman(small); v > 0 { // (ii)
			r.add(Value{Values: []float64{float64(v)}, Words: true, Start: t.start, End: t.end})
			return 1
		}
	}
	if v == 0 {
		return 0
	}
	cyrillic := s != raw && !strings.ContainsFunc(raw, func(c rune) bool { return unicode.Is(unicode.Latin, c) })
	marked := romanMarkers[r.tok(i-1).s] || romanMarkers[r.tok(i+1).s] || r.tok(i-1).s == "." && romanMarkers[r.tok(i-2).s]
	if cyrillic && !marked {
		return 0
	}
	if !marked && r.tok(i+1).s == "в" && r.tok(i+2).s == "." {
		marked = true
	}
	firm := marked || len(s) > 1 && strings.Trim(s, "IVX") == ""
	if !firm && len(s) == 1 {
		return 0
	}
	// 90-е годы XX века: the nineties say it all
	if b := r.tok(i - 1); b.s == "годы" || b.s == "годов" || b.s == "годах" || b.s == "годам" || b.s == "гг" || b.s == "." && r.tok(i-2).s == "гг" {
		firm = false
	}
	if strings.HasPrefix(r.tok(i+1).s, "полугоди") {
		firm = false // 下半年
	}
	r.add(Value{Values: []float64{float64(v)}, Firm: firm, Words: true, Start: t.start, End: t.end})
	return 1
}

// romanLetters reports whether a word has no letter that a Roman numeral has
// not: most words are told so at a glance.
func romanLetters(s string) bool {
	for _, c := range s {
		switch c {
		case 'M', 'D', 'C', 'L', 'X', 'V', 'I', 'М', 'С', 'Х', 'І':
		default:
			return false
		}
	}
	return true
}

// Roman is the value of a well-formed Roman numeral in capitals, or 0. Cyrillic
// letters that look like the Latin ones will do.
func Roman(s string) int {
	if !romanLetters(s) {
		return 0
	}
	s = lookalike.Replace(s)
	parts := []struct {
		s string
		v int
	}{
		{"M", 1000}, {"CM", 900}, {"D", 500}, {"CD", 400}, {"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1},
	}
	v, rest := 0, s
	for _, p := range parts {
		for n := 0; strings.HasPrefix(rest, p.s); n++ {
			if n == 3 || n == 1 && (len(p.s) == 2 || p.v == 5 || p.v == 50 || p.v == 500) {
				return 0
			}
			rest = rest[len(p.s):]
			v += p.v
		}
	}
	if rest != "" {
		return 0
	}
	return v
}
