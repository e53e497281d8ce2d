package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
)

// latinTwin gives the Latin letter that looks like a Cyrillic one.
var latinTwin = func() map[rune]rune {
	out := map[rune]rune{}
	cyrillic, latin := []rune("АВЕКМНОРСТУХавекмноргстухіІѕЅјЈ"), []rune("ABEKMHOPCTYXaвeкmнoprcтyxiIsSjJ")
	for i, r := range cyrillic {
		out[r] = latin[i]
	}
	return out
}()

var wordForm = regexp.MustCompile(`[\p{L}\p{M}]+`)

// scripts finds words with letters of two scripts, and single letters that are
// not of the script of their neighbours.
func (b *blockChecker) scripts() {
	for _, m := range wordForm.FindAllStringIndex(b.text, -1) {
		w := b.text[m[0]:m[1]]
		if r, n := utf8.DecodeRuneInString(w); n == len(w) {
			b.singleLetter(r, m[0], m[1])
		} else {
			b.mixedWord(w, m[0])
		}
	}
}

// mixedWord reports the first letter of a word that is not of its script.
func (b *blockChecker) mixedWord(w string, start int) {
	latin, cyrillic, greek := countScripts(w)
	if (latin == 0 || cyrillic == 0) && (greek == 0 || latin+cyrillic < 2) {
		return
	}
	odd, variant := unicode.Cyrillic, "cyrillic"
	switch {
	case greek > 0:
		odd, variant = unicode.Greek, "greek"
	case latin < cyrillic, latin == cyrillic && b.Own('я'):
		odd, variant = unicode.Latin, "latin"
	}
	off := strings.IndexFunc(w, func(r rune) bool { return unicode.Is(odd, r) })
	letter, _ := utf8.DecodeRuneInString(w[off:])
	b.warn(start+off, MixedScript.As(variant), "Letter", string(letter), "Word", diag.Clip(w, diag.Quoted))
}

func countScripts(w string) (latin, cyrillic, greek int) {
	for _, r := range w {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Greek, r) && r != 'µ' && r != 'μ' && r != 'Ω':
			greek++
		}
	}
	return latin, cyrillic, greek
}

// singleLetter reports a word of one letter, such as the Russian «с», that is
// typed in the other script.
func (b *blockChecker) singleLetter(r rune, start, end int) {
	if !b.Alphabetic() || b.foreign(start, end) || b.digitNear(start, end) {
		return
	}
	if b.Own('я') && strings.ContainsRune("aocyk", r) && b.Own(b.letterBefore(start)) && b.Own(b.letterAfter(end)) && b.before(start) == ' ' && b.after(end) == ' ' {
		b.warn(start, MixedScript.As("single-latin"), "Letter", string(r))
	}
	if twin, ok := latinTwin[r]; ok && b.Own('z') && !b.Own(r) {
		b.warn(start, MixedScript.As("single-cyrillic"), "Letter", string(r), "Want", string(twin))
	}
}

// digitNear reports whether a digit stands beside the place: "5 C", "С-300".
func (b *blockChecker) digitNear(off, end int) bool {
	return strings.ContainsFunc(b.text[max(off-3, 0):min(end+3, len(b.text))], unicode.IsDigit)
}
