// Package docs holds what is written for people and told by the command too: the
// sections of the handbook's page on the checks, in each of its languages. The
// handbook itself, docs/handbook, is a parallel text that stele builds.
package docs

import (
	"embed"
	"strings"
)

//go:embed handbook/checks/*.md
var checks embed.FS

// Rule is the section of the checks that is about the rule with the code, in the
// language, without its heading; empty where there is none. It is Markdown: a
// line with the title and the severity, and then what the rule says.
func Rule(lang, code string) string {
	page, err := checks.ReadFile("handbook/checks/" + lang + ".md")
	if err != nil {
		return ""
	}
	_, rest, found := strings.Cut(string(page), "\n### "+code+"\n")
	if !found {
		return ""
	}
	for _, next := range []string{"\n### ", "\n## "} {
		rest, _, _ = strings.Cut(rest, next)
	}
	return strings.TrimSpace(rest)
}
