package check

import (
	"strings"
	"unicode/utf8"

	"stele/build/lang"
)

// fullWidth maps what should be full-width in Han text.
var fullWidth = map[rune]rune{',': '，', ';': '；', ':': '：', '!': '！', '?': '？', '(': '（', ')': '）', '.': '。'}

// widths finds punctuation of the wrong width.
func (b *blockChecker) widths() {
	switch {
	case b.FullWidth:
		b.halfWidthMarks()
		b.fullWidthLetters()
	case b.Alphabetic():
		b.fullWidthMarks()
	}
}

// halfWidthMarks finds Latin punctuation among Han characters.
func (b *blockChecker) halfWidthMarks() {
	var offs []int
	for off, r := range b.text {
		if fullWidth[r] != 0 && b.halfWidth(r, b.before(off), b.after(off+1)) {
			offs = append(offs, off)
		}
	}
	if len(offs) > 0 {
		r := b.after(offs[0])
		b.once(offs, HalfWidthPunctuation, "Mark", string(r), "Want", string(fullWidth[r]))
	}
}

// halfWidth reports whether a mark between two characters should be full-width.
func (b *blockChecker) halfWidth(r, before, after rune) bool {
	afterHan := lang.IsHan(before) || before != 0 && strings.ContainsRune("”》）」』〉", before)
	switch r {
	case '(', ')':
		return lang.IsHan(before) || lang.IsHan(after)
	case '.':
		return afterHan && (lang.IsHan(after) || !lang.InWord(after) && after != '.')
	}
	return afterHan
}

// fullWidthLetters finds letters and digits as wide as Han characters.
func (b *blockChecker) fullWidthLetters() {
	for off, r := range b.text {
		wide := r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
		if before := b.before(off); wide && (before < '０' || before > 'ｚ') { // one finding for a run
			b.warn(off, FullWidth.As("letters"), "Mark", string(r), "Want", string(narrow(r)))
		}
	}
}

// fullWidthMarks finds full-width characters among letters.
func (b *blockChecker) fullWidthMarks() {
	for off, r := range b.text {
		if narrow(r) == r {
			continue
		}
		end := off + utf8.RuneLen(r)
		if lang.IsHan(b.before(off)) || lang.IsHan(b.after(end)) || b.foreign(off, end) {
			continue
		}
		b.warn(off, FullWidth, "Mark", string(r), "Language", b.name(b.lang), "Want", string(narrow(r)))
	}
}

// narrow is what a full-width character is among letters; any other is itself.
func narrow(r rune) rune {
	switch {
	case r == '。', r == '．':
		return '.'
	case r == '、':
		return ','
	case r == '\u3000':
		return ' '
	case r >= '！' && r <= '～':
		return r - ('！' - '!')
	}
	return r
}
