package check

import (
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/site"
)

// blockChecker checks one block. Offsets are bytes of its text.
type blockChecker struct {
	*checker
	*profile
	lang int // the index of the profile
	b    *site.Block
	text string            // masked
	said map[diag.Code]int // findings by code
}

// enough findings of one kind in a block say that it is in disorder; a place
// costs time that grows with the length of its line.
const enough = 10

// warn reports what is found at the offset.
func (b *blockChecker) warn(off int, code diag.Code, pairs ...any) {
	b.report(diag.Warning, func() diag.Pos { return at(b.b, off) }, code, pairs...)
}

func (b *blockChecker) report(sev diag.Severity, pos func() diag.Pos, code diag.Code, pairs ...any) {
	if b.said == nil {
		b.said = map[diag.Code]int{}
	}
	if b.said[code.Rule()]++; b.said[code.Rule()] <= enough {
		b.add(sev, pos(), code, nil, pairs...)
	}
}

// once reports the first of several places of one kind in the block; the phrase
// has a place that tells how many more there are.
func (b *blockChecker) once(offs []int, code diag.Code, pairs ...any) {
	var more diag.Phrase
	if n := len(offs) - 1; n > 0 {
		more = diag.Say("hint.more-in-block", "Count", n)
	}
	b.warn(offs[0], code, append(pairs, "More", more)...)
}

// before and after are the characters around an offset; 0 at the ends.
func (b *blockChecker) before(off int) rune {
	if off <= 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(b.text[:off])
	return r
}

func (b *blockChecker) after(off int) rune {
	if off >= len(b.text) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(b.text[off:])
	return r
}

// near is how many characters away a letter still says what surrounds a place.
const near = 12

// letterBefore and letterAfter are the nearest letters, 0 if there is none near.
func (b *blockChecker) letterBefore(off int) rune {
	for n := 0; off > 0 && n < near; n++ {
		r, w := utf8.DecodeLastRuneInString(b.text[:off])
		if unicode.IsLetter(r) || r == masked {
			return r
		}
		if r == cellEnd {
			break
		}
		off -= w
	}
	return 0
}

func (b *blockChecker) letterAfter(off int) rune {
	for n := 0; off < len(b.text) && n < near; n++ {
		r, w := utf8.DecodeRuneInString(b.text[off:])
		if unicode.IsLetter(r) || r == masked {
			return r
		}
		if r == cellEnd {
			break
		}
		off += w
	}
	return 0
}

// foreign reports whether the place stands among letters of another script, in
// a quotation or a title, where that language's rules hold.
func (b *blockChecker) foreign(off, end int) bool {
	if !b.LettersKnown() {
		return false
	}
	x, y := b.letterBefore(off), b.letterAfter(end)
	alien := func(r rune) bool { return r == masked || unicode.IsLetter(r) && !b.Own(r) }
	return (alien(x) || x == 0) && (alien(y) || y == 0) && (alien(x) || alien(y))
}
