package i18n

import (
	"embed"
	"io/fs"
)

//go:embed editors/*.yaml
var editors embed.FS

//go:embed command/*.yaml
var command embed.FS

// Editors reads what is said to editors: findings, with a sentence for each code
// and variant, and the titles of the rules. It stands apart from the words of
// the pages, so that a site in a language of its own need not say it.
func Editors() (*Messages, error) {
	own, err := fs.Sub(editors, "editors")
	if err != nil {
		return nil, err
	}
	return load(own, nil)
}

// Command reads what the command says: what is said to editors, and with it the
// help, the summaries and what is wrong in a call. Only the languages named are
// read, and Fallback: a shell that completes a word does not wait for the others.
func Command(langs ...string) (*Messages, error) {
	said, err := fs.Sub(editors, "editors")
	if err != nil {
		return nil, err
	}
	own, err := fs.Sub(command, "command")
	if err != nil {
		return nil, err
	}
	return load(said, own, append(langs, Fallback)...)
}
