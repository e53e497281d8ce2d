package search

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// scriptNames are the scripts that tell in which languages a word is looked
// for. A script that is not among them is Other: such words are looked for in
// the languages that have any of those.
var scriptNames = []string{
	"Latin", "Cyrillic", "Han", "Greek", "Arabic", "Hebrew", "Devanagari", "Bengali", "Tamil", "Telugu", "Thai", "Lao", "Khmer", "Myanmar",
	"Hangul", "Hiragana", "Katakana", "Georgian", "Armenian", "Ethiopic", "Mongolian", "Tibetan", "Sinhala", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Thaana", "Syriac", "Oriya",
}

// Other is the script of letters in none of the scripts with a name here.
const other = "Other"

// scriptOf is the script of the first letter of a folded word; "" for a number.
func scriptOf(form string) string {
	r, _ := utf8.DecodeRuneInString(form)
	switch {
	case r >= '0' && r <= '9':
		return ""
	case r >= 'a' && r <= 'z':
		return "Latin"
	case r >= 0x430 && r <= 0x44F:
		return "Cyrillic"
	case r >= 0x4E00 && r <= 0x9FFF:
		return "Han"
	case !unicode.IsLetter(r):
		return ""
	}
	for _, name := range scriptNames {
		if unicode.Is(unicode.Scripts[name], r) {
			return name
		}
	}
	return other
}

// scriptNumber is a script as it is kept: 0 for none.
func scriptNumber(script string) byte {
	switch script {
	case "":
		return 0
	case other:
		return byte(len(scriptNames) + 1)
	}
	return byte(slices.Index(scriptNames, script) + 1)
}

// scriptName is the script with the number.
func scriptName(n byte) string {
	switch {
	case n == 0:
		return ""
	case int(n) > len(scriptNames):
		return other
	}
	return scriptNames[n-1]
}
