package lang

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/rangetable"
)

// script is what holds for all languages written in one.
type script struct {
	letters     []*unicode.RangeTable
	rightToLeft bool
	unspaced    bool // no spaces between words
	fullWidth   bool
}

func letters(tables ...*unicode.RangeTable) script { return script{letters: tables} }

func rightToLeft(tables ...*unicode.RangeTable) script {
	return script{letters: tables, rightToLeft: true}
}

func unspaced(tables ...*unicode.RangeTable) script {
	return script{letters: tables, unspaced: true}
}

func fullWidth(tables ...*unicode.RangeTable) script {
	return script{letters: tables, unspaced: true, fullWidth: true}
}

// scripts by their ISO 15924 codes. Without spaces are Han and kana, Tibetan,
// which parts syllables by a point, and those whose lines break by a dictionary
// (class SA of Unicode's annex 14).
var scripts = map[string]script{
	"Hans": fullWidth(unicode.Han),
	"Hant": fullWidth(unicode.Han),
	"Hani": fullWidth(unicode.Han),
	"Hanb": fullWidth(unicode.Han, unicode.Bopomofo),
	"Bopo": fullWidth(unicode.Bopomofo),
	"Jpan": fullWidth(unicode.Han, unicode.Hiragana, unicode.Katakana),
	"Hrkt": fullWidth(unicode.Hiragana, unicode.Katakana),
	"Hira": fullWidth(unicode.Hiragana),
	"Kana": fullWidth(unicode.Katakana),

	"Thai": unspaced(unicode.Thai),
	"Laoo": unspaced(unicode.Lao),
	"Khmr": unspaced(unicode.Khmer),
	"Mymr": unspaced(unicode.Myanmar),
	"Tibt": unspaced(unicode.Tibetan),
	"Tale": unspaced(unicode.Tai_Le),
	"Talu": unspaced(unicode.New_Tai_Lue),
	"Lana": unspaced(unicode.Tai_Tham),
	"Tavt": unspaced(unicode.Tai_Viet),
	"Ahom": unspaced(unicode.Ahom),

	"Arab": rightToLeft(unicode.Arabic),
	"Aran": rightToLeft(unicode.Arabic),
	"Hebr": rightToLeft(unicode.Hebrew),
	"Thaa": rightToLeft(unicode.Thaana),
	"Syrc": rightToLeft(unicode.Syriac),
	"Nkoo": rightToLeft(unicode.Nko),
	"Adlm": rightToLeft(unicode.Adlam),
	"Rohg": rightToLeft(unicode.Hanifi_Rohingya),
	"Mand": rightToLeft(unicode.Mandaic),
	"Samr": rightToLeft(unicode.Samaritan),
	"Mend": rightToLeft(unicode.Mende_Kikakui),
	"Yezi": rightToLeft(unicode.Yezidi),

	"Latn": letters(unicode.Latin),
	"Cyrl": letters(unicode.Cyrillic),
	"Grek": letters(unicode.Greek),
	"Armn": letters(unicode.Armenian),
	"Geor": letters(unicode.Georgian),
	"Kore": letters(unicode.Hangul, unicode.Han),
	"Hang": letters(unicode.Hangul),
	"Mong": letters(unicode.Mongolian),
	"Deva": letters(unicode.Devanagari),
	"Beng": letters(unicode.Bengali),
	"Guru": letters(unicode.Gurmukhi),
	"Gujr": letters(unicode.Gujarati),
	"Orya": letters(unicode.Oriya),
	"Taml": letters(unicode.Tamil),
	"Telu": letters(unicode.Telugu),
	"Knda": letters(unicode.Kannada),
	"Mlym": letters(unicode.Malayalam),
	"Sinh": letters(unicode.Sinhala),
	"Ethi": letters(unicode.Ethiopic),
	"Tfng": letters(unicode.Tifinagh),
	"Cher": letters(unicode.Cherokee),
	"Cans": letters(unicode.Canadian_Aboriginal),
	"Yiii": letters(unicode.Yi),
}

// IsHan reports whether the rune is a Chinese character.
func IsHan(r rune) bool {
	if r >= '一' && r <= '鿿' {
		return true
	}
	return r >= 0x2e80 && unicode.Is(unicode.Han, r)
}

// Unspaced reports whether the rune is a letter or a mark of a script that is
// written without spaces between words.
func Unspaced(r rune) bool {
	if r < 0x0e00 {
		return false
	}
	if r >= '一' && r <= '鿿' {
		return true
	}
	return unicode.Is(withoutSpaces, r)
}

// withoutSpaces holds all scripts that have none between words, in one table.
var withoutSpaces = func() *unicode.RangeTable {
	var tables []*unicode.RangeTable
	for _, s := range scripts {
		if s.unspaced {
			tables = append(tables, s.letters...)
		}
	}
	return rangetable.Merge(tables...)
}()

// Wide reports whether a letter is as wide as two Latin ones.
func Wide(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// InWord reports whether the rune can be part of a word.
func InWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
}

// Length counts words, and the letters of scripts that part no words by spaces.
func Length(s string) int {
	n, word := 0, false
	for _, r := range s {
		switch {
		// The most frequent cases first; the letters of Russian and Chinese are
		// all that these ranges hold.
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= 'А' && r <= 'я':
			if !word {
				n++
			}
			word = true
		case r == ' ':
			word = false
		case r >= '一' && r <= '鿿':
			n++
			word = false
		case unicode.IsMark(r) || r == '’' || r == '\'' || r == '-' || r == '‑':
		case Unspaced(r) && !unicode.IsPunct(r):
			n++
			word = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !word {
				n++
			}
			word = true
		default:
			word = false
		}
	}
	return n
}

// Clip shortens s to the width of n letters; a wide letter counts as two.
func Clip(s string, n int) string {
	width := 0
	for i, r := range s {
		width++
		if Wide(r) {
			width++
		}
		if width > n {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

// Breadth is how many letters of the language usually say what one letter of
// English says: measured on the news of NTREX-128.
func (l *Language) Breadth() float64 {
	switch l.Script {
	case "Hans", "Hant":
		return 0.32 // 0.35, with the names of foreigners in Latin letters
	case "Jpan":
		return 0.46
	case "Kore":
		return 0.55
	case "Ethi":
		return 0.68
	case "Hebr":
		return 0.81
	case "Arab":
		return 0.96
	}
	if l.Base == "en" {
		return 1
	}
	return 1.1
}
