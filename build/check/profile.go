package check

import (
	"cmp"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"stele/build/lang"
	"stele/build/numeral"
	"stele/build/site"
)

// profile is a language of the site as the rules see it.
type profile struct {
	*lang.Language
	name string // in English, for messages
	// counts tells that number words and months of the language are known.
	counts bool
}

func profileOf(l site.Lang) profile {
	p := profile{Language: lang.Of(l.Tag)}
	if _, err := language.Parse(l.Tag); err != nil {
		p.name = l.Code
		return p
	}
	p.name = cmp.Or(display.English.Languages().Name(language.Make(p.Base)), l.Code)
	p.counts = numeral.Knows(p.Base)
	return p
}

// letters counts a text's letters, and those of the language's script. A Han
// character says as much as three letters.
func (p *profile) letters(s string) (all, own int) {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		n := 1
		if lang.IsHan(r) {
			n = 3
		}
		all += n
		if p.Own(r) {
			own += n
		}
	}
	return all, own
}
