package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/check"
	"stele/build/diag"
)

// formats of findings, by the name in --format.
var formats = map[string]func(io.Writer, diag.List, check.Report) error{
	"text": check.WriteText, "json": check.WriteJSON, "sarif": check.WriteSARIF, "github": check.WriteGitHub,
}

func checkCommand() command {
	var site siteFlags
	var format string
	var only, ignore []string
	var strict, list bool
	return command{
		name: "check", short: "find everything a careful editor would",
		long: `
The findings go to standard output. Each has its place and a code, which
docs/checks.md explains; <!-- stele: ignore CODE reason --> in front of a block
accepts a finding that is right as it is.`,
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			site.define(flags)
			flags.StringVarP(&format, "format", "f", "text", "`text`, json, sarif or github")
			flags.StringSliceVar(&only, "only", nil, "report these `codes` only")
			flags.StringSliceVar(&ignore, "ignore", nil, "do not report these `codes`")
			flags.BoolVar(&list, "rules", false, "list the rules, and check nothing")
			flags.BoolVar(&strict, "strict", false, "exit with 1 for warnings too")
			return func(v *invocation) int {
				if len(v.args) > 0 {
					return v.usage("check takes no arguments, got %q", v.args[0])
				}
				if list {
					return v.listRules()
				}
				write := formats[format]
				if write == nil {
					return v.usage("--format is text, json, sarif or github, not %q", format)
				}
				if _, err := build.Rules.Select(nil, codes(only), codes(ignore)); err != nil {
					return v.usage("%s", v.unknownRule(err))
				}
				in, err := site.inputs()
				if err != nil {
					return v.fail(err)
				}
				edition, found, err := build.New(in).Load(v)
				if err != nil {
					return v.fail(err)
				}
				if edition != nil {
					found = edition.Check()
				}
				if found, err = build.Rules.Select(found, codes(only), codes(ignore)); err != nil {
					return v.fail(err) // which cannot be: the codes are known
				}
				if err := write(v.stdout, found, check.Report{From: filepath.ToSlash(site.content), Version: version(), Words: v.words, English: v.english, Rules: build.Rules}); err != nil {
					return v.fail(err)
				}
				errs, warnings := found.Count(diag.Error), found.Count(diag.Warning)
				fmt.Fprintf(v.stderr, "stele: %s, %s, %s\n", counted(errs, "error", "errors"), counted(warnings, "warning", "warnings"), counted(found.Count(diag.Note), "note", "notes"))
				if errs > 0 || strict && warnings > 0 {
					return exitFault
				}
				return exitFine
			}
		},
	}
}

// listRules prints what can be found, a line for each rule.
func (v *invocation) listRules() int {
	for _, r := range build.Rules {
		fmt.Fprintf(v.stdout, "%-7s %-25s %s\n", r.Severity, r.Code, check.Title(r.Code).In(v.words))
	}
	return exitFine
}

// unknownRule says of a code that no rule has which is likely meant.
func (v *invocation) unknownRule(err error) string {
	var unknown check.UnknownRule
	if errors.As(err, &unknown) {
		return unknown.Phrase().In(v.words)
	}
	return err.Error()
}

func codes(names []string) []diag.Code {
	var out []diag.Code
	for _, n := range names {
		out = append(out, diag.Code(n))
	}
	return out
}
