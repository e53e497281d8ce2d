package main

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"

	"stele/build/diag"
	"stele/i18n"
)

// languagesOfMessages are those that the command speaks.
var languagesOfMessages = []string{"en", "ru", "zh"}

// editorLanguage is the language that findings, help and all else are told in:
// what STELE_LANG names, else the system's locale, as far as there are words in
// it. env looks a variable up. What is published never depends on it.
func editorLanguage(env func(string) string) string {
	for _, locale := range []string{env("STELE_LANG"), cmp.Or(env("LC_ALL"), env("LC_MESSAGES"), env("LANG"))} {
		if spoken, ok := spokenLanguage(bare(locale)); ok {
			return spoken
		}
	}
	return i18n.Fallback
}

// bare is a locale without its encoding and variant: ru_RU of ru_RU.UTF-8.
func bare(locale string) string {
	locale, _, _ = strings.Cut(locale, ".")
	locale, _, _ = strings.Cut(locale, "@")
	return locale
}

// unspoken is what STELE_LANG asks for, if no messages are in that language.
// Whoever sets it means it; a system's locale is rather what it came with.
func unspoken(env func(string) string) string {
	asked := env("STELE_LANG")
	switch locale := bare(asked); locale {
	case "", "C", "POSIX":
		return ""
	default:
		if _, ok := spokenLanguage(locale); ok {
			return ""
		}
		return asked
	}
}

// calledSo are words that people write where a tag is meant: names of languages,
// and the country for its language.
var calledSo = map[string]string{
	"cn": "zh", "chn": "zh", "chs": "zh", "chinese": "zh", "中文": "zh", "汉语": "zh", "漢語": "zh", "китайский": "zh",
	"rus": "ru", "russian": "ru", "русский": "ru", "俄语": "ru", "俄文": "ru",
	"eng": "en", "english": "en", "английский": "en", "英语": "en", "英文": "en",
}

// spokenLanguage is the one of languagesOfMessages that a tag asks for.
func spokenLanguage(tag string) (string, bool) {
	if l, ok := calledSo[strings.ToLower(tag)]; ok {
		return l, true
	}
	t, err := language.Parse(tag)
	if err != nil {
		return "", false
	}
	base, _ := t.Base()
	for _, l := range languagesOfMessages {
		if l == base.String() {
			return l, true
		}
	}
	return "", false
}

// speech is the flag --lang, and what it has chosen.
type speech string

// Set implements pflag.Value.
func (s *speech) Set(tag string) error {
	l, ok := spokenLanguage(tag)
	if !ok {
		return misused("usage.lang", "Languages", diag.Names(languagesOfMessages), "Value", tag)
	}
	*s = speech(l)
	return nil
}

// String implements pflag.Value.
func (s *speech) String() string { return string(*s) }

// Type implements pflag.Value.
func (s *speech) Type() string { return "language" }

// speechFlag is how the flag is named.
const speechFlag = "lang"

// leading takes the flags before the command's name, which can only be --lang,
// and returns the rest of the arguments.
func (s *speech) leading(args []string) ([]string, error) {
	for len(args) > 0 {
		value, joined := strings.CutPrefix(args[0], "--"+speechFlag+"=")
		switch {
		case joined:
			args = args[1:]
		case args[0] == "--"+speechFlag && len(args) > 1:
			value, args = args[1], args[2:]
		case args[0] == "--"+speechFlag:
			return nil, misused("usage.flag-none", "Flag", args[0], "Command", "help")
		default:
			return args, nil
		}
		if err := s.Set(value); err != nil {
			return nil, err
		}
	}
	return args, nil
}

// among finds --lang among the arguments of a command whose flags may not be
// readable as a whole, so that this too is told in the language asked for.
func (s *speech) among(args []string) {
	for i, a := range args {
		value, joined := strings.CutPrefix(a, "--"+speechFlag+"=")
		switch {
		case a == "--":
			return
		case joined:
		case a == "--"+speechFlag && i+1 < len(args):
			value = args[i+1]
		default:
			continue
		}
		_ = s.Set(value) // what is wrong with it is told when the flags are read
	}
}
