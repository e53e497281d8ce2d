package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/check"
	"stele/build/diag"
	"stele/docs"
)

func explainCommand() command {
	return command{
		name: "explain",
		setup: func(*pflag.FlagSet) func(*invocation) int {
			return func(v *invocation) int {
				if len(v.args) == 0 {
					for _, r := range build.Rules {
						fmt.Fprintf(v.stdout, "%-26s %s\n", r.Code, check.Title(r.Code).In(v.words))
					}
					return exitFine
				}
				if _, err := build.Rules.Select(nil, codes(v.args), nil); err != nil {
					return v.reject(unknownRule(err))
				}
				for i, c := range v.args {
					if i > 0 {
						fmt.Fprintln(v.stdout)
					}
					fmt.Fprintf(v.stdout, "%s\n\n%s\n", c, v.section(diag.Code(c)))
				}
				return exitFine
			}
		},
	}
}

// within are links from one page of the handbook to another.
var within = regexp.MustCompile(`\[([^\]\[]*)\]\(\.\./[^)]*\)`)

// section is what the handbook says of a rule, as a terminal shows it.
func (v *invocation) section(code diag.Code) string {
	text := docs.Rule(string(v.lang), string(code))
	title, rest, _ := strings.Cut(text, "\n")
	title = strings.Replace(strings.TrimPrefix(title, "*"), "* · ", " · ", 1)
	return title + "\n" + within.ReplaceAllString(rest, "$1")
}
