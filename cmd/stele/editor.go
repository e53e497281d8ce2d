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
	locale := cmp.Or(env("STELE_LANG"), env("LC_ALL"), env("LC_MESSAGES"), env("LANG"))
	locale, _, _ = strings.Cut(locale, ".") // ru_RU.UTF-8
	locale, _, _ = strings.Cut(locale, "@")
	if spoken, ok := spokenLanguage(locale); ok {
		return spoken
	}
	return i18n.Fallback
}

// spokenLanguage is the one of languagesOfMessages that a tag asks for.
func spokenLanguage(tag string) (string, bool) {
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
