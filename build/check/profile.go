package check

import (
	"unicode"

	"golang.org/x/text/language"

	"stele/build/diag"
	"stele/build/lang"
	"stele/build/numeral"
	"stele/build/site"
)

// profile is a language of the site as the rules see it.
type profile struct {
	*lang.Language
	tag string // that messages name the language by
	// counts tells that number words and months of the language are known.
	counts bool
}

// profilesOf makes the profiles of a site's languages. Messages call zh-Hans
// Chinese, unless the site has a zh-Hant too.
func profilesOf(langs []site.Lang) []profile {
	bases := map[string]int{}
	out := make([]profile, len(langs))
	for i, l := range langs {
		out[i] = profile{Language: lang.Of(l.Tag), tag: l.Code}
		if _, err := language.Parse(l.Tag); err == nil {
			out[i].tag, out[i].counts = l.Tag, numeral.Knows(out[i].Base)
		}
		bases[out[i].Base]++
	}
	for i := range out {
		if p := &out[i]; p.tag == langs[i].Tag && bases[p.Base] == 1 {
			p.tag = p.Base
		}
	}
	return out
}

// name is a language as a value of a phrase, names are several.
func (c *checker) name(l int) diag.Languages { return diag.Languages{c.langs[l].tag} }

func (c *checker) names(langs []int) diag.Languages {
	var out diag.Languages
	for _, l := range langs {
		out = append(out, c.langs[l].tag)
	}
	return out
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
