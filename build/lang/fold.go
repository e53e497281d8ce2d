package lang

import (
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/russian"
)

// Fold makes spellings equal that differ only by case, white space,
// punctuation, or е for ё, in whatever language.
func Fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if !InWord(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(FoldLetter(r))
	}
	return b.String()
}

// FoldLetter is the letter as words are compared across spellings: small, and
// е for ё.
func FoldLetter(r rune) rune {
	if r = unicode.ToLower(r); r == 'ё' {
		return 'е'
	}
	return r
}

// FoldMark makes the variants of a punctuation mark equal.
func FoldMark(r rune) rune {
	switch r {
	case '’', 'ʼ', '‘', '`', '＇':
		return '\''
	case '“', '”', '„', '«', '»', '‹', '›', '「', '」', '『', '』', '＂':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−', '－':
		return '-'
	}
	if r >= '！' && r <= '～' { // full-width forms of ASCII
		return r - '！' + '!'
	}
	return r
}

// Spelling is the word, case kept, as it is spelled where spellings differ.
func (l *Language) Spelling(word string) string {
	if l.entry.yo {
		return foldYo.Replace(word)
	}
	return word
}

var foldYo = strings.NewReplacer("ё", "е", "Ё", "Е")

// Key is what a word is looked up by: small letters without inflection, as far
// as the language's is known. It need not be a word, only equal for all forms.
func (l *Language) Key(word string) string {
	word = l.Lower(l.Spelling(word))
	if l.entry.stem != nil {
		return l.entry.stem(word)
	}
	return word
}

// Lower is the text in small letters.
func (l *Language) Lower(s string) string {
	if l.entry.cases != nil {
		return strings.ToLowerSpecial(l.entry.cases, s)
	}
	return strings.ToLower(s)
}

// Upper is the text in capitals.
func (l *Language) Upper(s string) string {
	if l.entry.cases != nil {
		return strings.ToUpperSpecial(l.entry.cases, s)
	}
	return strings.ToUpper(s)
}

func stemRussian(w string) string {
	env := snowballstem.NewEnv(w)
	russian.Stem(env)
	return env.Current()
}

// stemEnglish removes the ending of a plural.
func stemEnglish(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "xes")):
		return w[:len(w)-2]
	case len(w) > 2 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
	}
	return w
}
