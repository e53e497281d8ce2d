package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"stele/build/lang"
	"stele/build/numeral"
)

var (
	spacedHyphen = regexp.MustCompile(`[^\s\x01] (--?) [^\s\x01]`)
	doubleHyphen = regexp.MustCompile(`[\p{L}\p{N}]--[\p{L}\p{N}]`)
	airliner     = regexp.MustCompile(`^7\d7-\d00$`) // Boeing 737-800
	digitRange   = regexp.MustCompile(`\d+(?:[.,]\d+)?-\d+(?:[.,]\d+)?`)
)

// hyphens finds hyphens where a dash belongs.
func (b *blockChecker) hyphens() {
	if !strings.Contains(b.text, "-") {
		return
	}
	sentence, numbers := b.dashes()
	for i := 0; i < len(b.text); {
		m := spacedHyphen.FindStringSubmatchIndex(b.text[i:])
		if m == nil {
			break
		}
		if !b.foreign(i+m[2], i+m[3]) {
			b.warn(i+m[2], HyphenForDash.As("spaced"), "Want", sentence)
		}
		i += m[3]
	}
	for _, m := range doubleHyphen.FindAllStringIndex(b.text, -1) {
		_, w := utf8.DecodeRuneInString(b.text[m[0]:])
		b.warn(m[0]+w, HyphenForDash.As("double"), "Want", sentence)
	}
	for _, m := range digitRange.FindAllStringIndex(b.text, -1) {
		from, to, _ := strings.Cut(b.text[m[0]:m[1]], "-")
		if !b.inCode(m[0], m[1]) && isRange(from, to) {
			b.warn(m[0]+len(from), HyphenForDash.As("range"), "Words", clip(from+"-"+to), "Want", clip(from+numbers+to))
		}
	}
}

// dashes are the language's own between parts of a sentence and in ranges.
func (b *blockChecker) dashes() (sentence, numbers string) {
	switch {
	case b.FullWidth:
		return "——", "—"
	case b.Base == "ru":
		return "—", "–"
	}
	return "–", "–"
}

// inCode reports whether what stands around numbers makes them part of a code, a
// date, a telephone number.
func (b *blockChecker) inCode(start, end int) bool {
	before, after := b.before(start), b.after(end)
	if airliner.MatchString(b.text[start:end]) {
		return true
	}
	return lang.InWord(before) && !lang.IsHan(before) || before != 0 && strings.ContainsRune("-/.:№#+", before) ||
		after == '-' || after == '/' || lang.InWord(after) && !lang.IsHan(after)
}

// isRange reports whether two numbers with a hyphen are a range: 5-7, 2015-2025,
// 2015-25; and no code, such as 10-5, 010-20, 12345-7.
func isRange(from, to string) bool {
	x, y := numeral.Readings(from), numeral.Readings(to)
	switch {
	case len(x) == 0, len(y) == 0, from[0] == '0', to[0] == '0':
		return false
	case len(from) > 4, len(to) > len(from)+1, len(to) < len(from) && len(from) < 3:
		return false
	}
	return x[0] < y[0] || len(to) < len(from)
}
