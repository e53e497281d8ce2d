package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/check"
	"stele/build/diag"
	"stele/build/site"
	"stele/i18n"
)

// formats of findings, by the name in --format.
var formats = map[string]func(io.Writer, diag.List, check.Report) error{
	"text": check.WriteText, "json": check.WriteJSON, "sarif": check.WriteSARIF, "github": check.WriteGitHub,
}

// formatNames are the names of the formats as they are told.
var formatNames = []string{"text", "json", "sarif", "github"}

func checkCommand() command {
	var folders siteFlags
	var format string
	var only, ignore []string
	var whose string
	var strict, list bool
	return command{
		name: "check",
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			folders.define(flags)
			flags.StringVarP(&format, "format", "f", "text", "flag.format")
			choices(flags, "format", formatNames...)
			flags.StringSliceVar(&only, "only", nil, "flag.check.only")
			flags.StringSliceVar(&ignore, "ignore", nil, "flag.check.ignore")
			flags.StringVar(&whose, "for", "", "flag.check.for")
			flags.BoolVar(&list, "rules", false, "flag.check.rules")
			flags.BoolVar(&strict, "strict", false, "flag.check.strict")
			return func(v *invocation) int {
				if len(v.args) > 0 {
					return v.usage("usage.no-arguments", "Command", "check", "Argument", v.args[0])
				}
				if list {
					return v.listRules()
				}
				if spoken, ok := spokenLanguage(whose); ok && !v.chosen {
					if err := v.speak(speech(spoken)); err != nil {
						return v.fail(err)
					}
				}
				write := formats[format]
				if write == nil {
					return v.usage("usage.choice", "Flag", "--format", "Choices", diag.Names(formatNames), "Value", format)
				}
				if _, err := build.Rules.Select(nil, codes(only), codes(ignore)); err != nil {
					return v.reject(unknownRule(err))
				}
				in, err := folders.inputs()
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
				if whose != "" && edition != nil {
					l, err := languages(edition.Site, []string{likely(edition.Site, whose)}, nil)
					if err != nil {
						return v.reject(err)
					}
					found = check.Owed(found, edition.Site.Langs[l[0]])
				}
				if found, err = build.Rules.Select(found, codes(only), codes(ignore)); err != nil {
					return v.fail(err) // which cannot be: the codes are known
				}
				if format == "text" {
					found = check.Weighed(found)
				}
				if format == "text" && isTerminal(v.stdout) {
					v.print(v.stdout, found, folders.content)
				} else if err := write(v.stdout, found, check.Report{From: filepath.ToSlash(folders.content), Version: version(), Words: v.words, English: v.english, Rules: build.Rules}); err != nil {
					return v.fail(err)
				}
				errs, warnings := found.Count(diag.Error), found.Count(diag.Warning)
				if whose != "" {
					d := check.DebtOf(found)
					v.tell("said.owed", "Language", diag.Languages{whose}, "Stale", d.Stale, "Missing", d.Missing, "Unconfirmed", d.Unconfirmed, "Other", d.Other)
				}
				v.tell("said.summary-all", "Errors", counted(errs, "errors"), "Warnings", counted(warnings, "warnings"), "Notes", counted(found.Count(diag.Note), "notes"))
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
	wide := 0
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		wide = max(wide, len([]rune(v.say("severity."+s.String()))))
	}
	for _, r := range build.Rules {
		severity := v.say("severity." + r.Severity.String())
		fmt.Fprintf(v.stdout, "%s%s %-25s %s\n", severity, strings.Repeat(" ", wide-len([]rune(severity))), r.Code, check.Title(r.Code).In(v.words))
	}
	return exitFine
}

// unknownRule says of a code that no rule has which is likely meant.
func unknownRule(err error) error {
	var unknown check.UnknownRule
	if errors.As(err, &unknown) {
		return &usageError{unknown.Phrase()}
	}
	return err
}

func codes(names []string) []diag.Code {
	var out []diag.Code
	for _, n := range names {
		out = append(out, diag.Code(n))
	}
	return out
}

// likely is the language of the site that is meant by a tag that it has not: the
// one that is a variant of it, as zh-Hans is of zh.
func likely(s *site.Site, tag string) string {
	meant := tag
	for _, l := range s.Langs {
		switch {
		case l.Code == tag || l.Tag == tag:
			return tag
		case meant == tag && (slices.Contains(i18n.Lineage(l.Tag), tag) || slices.Contains(i18n.Lineage(l.Code), tag)):
			meant = l.Code
		}
	}
	return meant
}
