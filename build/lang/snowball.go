package lang

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/russian"
)

// Snowball names the official Snowball stemmer that readers search the language
// by, "ru" or "en"; it is empty where words are looked for as they are. It goes
// further than Key, by which names are found: security, secure and secured are
// one word.
func (l *Language) Snowball() string {
	if _, ok := snowball[l.Base]; ok {
		return l.Base
	}
	return ""
}

// Stem is the word, in small letters, as its Snowball stemmer leaves it.
func (l *Language) Stem(word string) string {
	stem := snowball[l.Base]
	if stem == nil {
		return word
	}
	env := snowballstem.NewEnv(word)
	stem(env)
	return env.Current()
}

var snowball = map[string]func(*snowballstem.Env) bool{"ru": russian.Stem, "en": english.Stem}
