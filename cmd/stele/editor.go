package main

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"

	"stele/i18n"
)

// editorLanguage is the language that findings are told in: what STELE_LANG
// names, else the system's locale, as far as findings are written in it. env
// looks a variable up. What is published never depends on it.
func editorLanguage(messages *i18n.Messages, env func(string) string) string {
	locale := cmp.Or(env("STELE_LANG"), env("LC_ALL"), env("LC_MESSAGES"), env("LANG"))
	locale, _, _ = strings.Cut(locale, ".") // ru_RU.UTF-8
	locale, _, _ = strings.Cut(locale, "@")
	tag, err := language.Parse(locale)
	if err != nil {
		return i18n.Fallback
	}
	if base, _ := tag.Base(); messages.Has(base.String()) {
		return base.String()
	}
	return i18n.Fallback
}
