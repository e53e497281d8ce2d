// Package lang is the one place that knows languages and the scripts they are
// written in: direction, spaces, quotation marks, how words are looked up,
// sorted and counted, where sentences end. It is about the languages of texts;
// the words of the interface are in i18n.
//
// What is special to a language stands in its entry, and a language without an
// entry goes by what holds for its script. It is never treated as English. A
// tag that names no script has the likely one: "sr" is Cyrillic, "zh-TW" is
// Hant. Nothing here depends on the locale of the machine.
package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Language is what is known of a language. It is only read, by many users at once.
type Language struct {
	Tag    string // as it was asked for: "zh-Hans-CN"
	Base   string // the language alone: "zh"; the tag itself if it is none
	Script string // as ISO 15924 has it: "Hans"; empty if nothing is known of it

	// RightToLeft languages are written from right to left.
	RightToLeft bool
	// Spaced languages part their words by spaces. The texts of the others are
	// measured, matched and compared by characters.
	Spaced bool
	// FullWidth languages have punctuation as wide as their characters, and the
	// end of a line between two characters is no space.
	FullWidth bool
	// Quotes are the quotation marks, Inner those within them; zeros where they
	// are not known or where good writers differ.
	Quotes, Inner [2]rune

	letters []*unicode.RangeTable // of its script; nil if not known
	entry   entry
}

// Of returns what is known of the language with a BCP 47 tag.
func Of(tag string) *Language {
	if l, ok := usual[tag]; ok {
		return l
	}
	return newLanguage(tag)
}

// usual are the languages that most sites have, so that they need no parsing.
var usual = func() map[string]*Language {
	out := map[string]*Language{}
	for tag := range entries {
		out[tag] = newLanguage(tag)
	}
	for _, tag := range []string{"zh-Hans", "zh-Hant"} {
		out[tag] = newLanguage(tag)
	}
	return out
}()

func newLanguage(tag string) *Language {
	l := &Language{Tag: tag, Base: tag, Spaced: true}
	if t, err := language.Parse(tag); err == nil {
		base, _ := t.Base()
		l.Base = base.String()
		if script, _ := t.Script(); scripts[script.String()].letters != nil {
			l.Script = script.String()
		}
	}
	s := scripts[l.Script]
	l.letters = s.letters
	l.RightToLeft, l.FullWidth, l.Spaced = s.rightToLeft, s.fullWidth, !s.unspaced
	l.entry = entries[l.Base]
	l.entry.shortenings, l.entry.starters, l.entry.ordinals = tables[l.Base].shortenings, tables[l.Base].starters, ordinals[l.Base]
	l.Quotes, l.Inner = l.entry.quotes, l.entry.inner
	return l
}

// Direction is "rtl" for languages written from right to left, else empty.
func (l *Language) Direction() string {
	if l.RightToLeft {
		return "rtl"
	}
	return ""
}

// Own reports whether the letter belongs to the language's script. A language
// of unknown script owns every letter.
func (l *Language) Own(r rune) bool {
	if l.letters == nil {
		return unicode.IsLetter(r)
	}
	return unicode.In(r, l.letters...)
}

// LettersKnown reports whether Own tells letters apart.
func (l *Language) LettersKnown() bool { return l.letters != nil }

// Alphabetic reports whether the language is written in Latin or Cyrillic
// letters, with the punctuation that goes with them.
func (l *Language) Alphabetic() bool { return l.Script == "Latn" || l.Script == "Cyrl" }

// Joins reports whether the end of a line between two characters is no space
// in the language; 0 stands for what is not text, such as an image.
//
// This is a narrower question than that of spaces between words: Thai has none
// there, but its spaces part sentences, so a line's end may well be one.
func (l *Language) Joins(a, b rune) bool { return l.FullWidth && solid(a) && (b == 0 || solid(b)) }

// solid characters have no space between them in text of full width.
func solid(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF ||
		strings.ContainsRune("“”‘’—…·", r) && r != 0
}

// MayRepeat reports whether a word, in small letters, can rightly follow itself
// in the language: “he had had it”. Words in letters of another script are
// quoted; they are judged by the rules of all languages.
func (l *Language) MayRepeat(word string) bool {
	if first, _ := utf8.DecodeRuneInString(word); !l.Own(first) {
		return doublings[word]
	}
	return l.entry.reduplicates || l.entry.doublings[word]
}
