package i18n

import (
	"embed"
	"io/fs"
)

//go:embed editors/*.yaml
var editors embed.FS

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
