package check

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"stele/build/site"
)

// tongue is what the rules know of a language.
type tongue struct {
	code string // "ru": the base language, in small letters
	name string // in English, for messages
	// script holds the letters the language is written in; nil = not known.
	script []*unicode.RangeTable
	// spaced languages part their words by spaces.
	spaced bool
	// counts tells that number words and months of the language are known.
	counts bool
	// quotes are the outer quotation marks that belong to it; zero = not known.
	quotes [2]rune
	// inner are those used inside of the outer ones.
	inner [2]rune
}

// scripts of the languages by their code in language tags.
var scripts = map[string][]*unicode.RangeTable{
	"Latn": {unicode.Latin},
	"Cyrl": {unicode.Cyrillic},
	"Grek": {unicode.Greek},
	"Hans": {unicode.Han},
	"Hant": {unicode.Han},
	"Jpan": {unicode.Han, unicode.Hiragana, unicode.Katakana},
	"Kore": {unicode.Hangul, unicode.Han},
	"Arab": {unicode.Arabic},
	"Hebr": {unicode.Hebrew},
	"Deva": {unicode.Devanagari},
	"Thai": {unicode.Thai},
	"Mong": {unicode.Mongolian},
	"Armn": {unicode.Armenian},
	"Geor": {unicode.Georgian},
}

func tongueOf(l site.Lang) tongue {
	tag, err := language.Parse(l.Tag)
	if err != nil {
		return tongue{code: l.Code, name: l.Code, spaced: true}
	}
	base, _ := tag.Base()
	script, _ := tag.Script()
	t := tongue{code: base.String(), script: scripts[script.String()], spaced: true}
	if t.name = display.English.Languages().Name(language.Make(t.code)); t.name == "" {
		t.name = l.Code
	}
	switch t.code {
	case "ru":
		t.quotes, t.inner = [2]rune{'«', '»'}, [2]rune{'„', '“'}
	case "en":
		t.quotes, t.inner = [2]rune{'“', '”'}, [2]rune{'‘', '’'}
	case "zh":
		t.quotes, t.inner = [2]rune{'“', '”'}, [2]rune{'‘', '’'}
	case "uk", "be", "kk", "ky", "tg", "hy":
		t.quotes = [2]rune{'«', '»'}
	}
	switch t.code {
	case "zh", "ja", "th", "lo", "km", "my":
		t.spaced = false
	}
	t.counts = t.code == "ru" || t.code == "en" || t.code == "zh"
	return t
}

// own reports whether the letter belongs to the language's script. A language
// of unknown script owns every letter.
func (t *tongue) own(r rune) bool {
	if t.script == nil {
		return unicode.IsLetter(r)
	}
	return unicode.In(r, t.script...)
}

// han reports whether the language is written in Han characters, with
// full-width punctuation.
func (t *tongue) han() bool { return t.code == "zh" || t.code == "ja" }

// alphabetic reports whether the language is written in Latin or Cyrillic
// letters, with the punctuation that goes with them.
func (t *tongue) alphabetic() bool {
	return len(t.script) == 1 && (t.script[0] == unicode.Latin || t.script[0] == unicode.Cyrillic)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// letters counts a text's letters, and those of the language's script. A Han
// character says as much as three letters.
func (t *tongue) letters(s string) (all, own int) {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		n := 1
		if isHan(r) {
			n = 3
		}
		all += n
		if t.own(r) {
			own += n
		}
	}
	return all, own
}

// wordish reports whether the rune can be part of a word.
func wordish(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
}

// fold makes spellings equal that differ only by case, white space,
// punctuation, or е for ё.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if !wordish(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		if r = unicode.ToLower(r); r == 'ё' {
			r = 'е'
		}
		b.WriteRune(r)
	}
	return b.String()
}
