package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/record"
	"stele/build/site"
)

func confirmCommand() command {
	var folders siteFlags
	var all bool
	var langs []string
	var by string
	return command{
		name: "confirm", args: "TEXT PASSAGE…", short: "note that the languages of passages agree as they stand",
		long: `
A PASSAGE is a number such as 5.3, a range such as 5.1-5.5, or a section such as
5, its heading and all its passages. Whoever confirms says which languages they
have read, by --lang; without it, all. The record, content/TEXT/alignment.tsv,
keeps the texts, the day and the name. Only the passages named are written. When
a language changes later, the others are reported until they follow and are
confirmed again.`,
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			folders.define(flags)
			flags.BoolVar(&all, "all", false, "confirm every passage")
			flags.StringSliceVarP(&langs, "lang", "l", nil, "the `languages` that were read, as in ru,zh; without it, all")
			flags.StringVar(&by, "by", "", "the `name` of who confirms (instead of git's user.name)")
			return func(v *invocation) int {
				if len(v.args) == 0 || len(v.args) == 1 && !all || len(v.args) > 1 && all {
					return v.usage("confirm needs the name of a text and passages such as 5.3, or --all")
				}
				c := record.Confirmation{By: signature(by), Langs: langs}
				return reviseRecord(v, &folders, v.args[0], folders.write, func(e *build.Edition, id string) (*build.Revision, error) {
					t := e.Site.Text(id)
					for _, l := range langs {
						if !slices.Contains(t.Table.Langs, l) {
							return nil, &usageError{fmt.Sprintf("the text %q has no version in %q; it has %s", id, l, strings.Join(t.Table.Langs, ", "))}
						}
					}
					numbers, wrong := named(t, v.args[1:], all)
					if len(wrong) > 0 {
						return nil, &usageError{fmt.Sprintf("there is no passage %s in the text %q; nothing was confirmed", strings.Join(wrong, ", "), v.args[0])}
					}
					return e.Revise(id, numbers, func(rec *record.Record) (string, error) {
						rec.ConfirmAs(c, numbers...)
						said := counted(len(numbers), "passage", "passages") + " confirmed"
						if langs != nil {
							said += " for " + strings.Join(langs, ", ")
						}
						return said + " in", nil
					})
				})
			}
		},
	}
}

// named are the numbers of the passages that arguments name, each once and in
// reading order, and the arguments that name none.
func named(t *site.Text, args []string, all bool) (numbers, wrong []string) {
	var living []string
	for _, r := range t.Table.Rows {
		if !r.Removed {
			living = append(living, r.Number)
		}
	}
	if all {
		return living, nil
	}
	chosen := map[string]bool{}
	for _, arg := range args {
		from, to, ranged := strings.Cut(strings.ReplaceAll(arg, "–", "-"), "-")
		i, k := slices.Index(living, from), slices.Index(living, to)
		switch {
		case ranged && (i < 0 || k < i):
			wrong = append(wrong, arg)
		case ranged:
			for _, n := range living[i : k+1] {
				chosen[n] = true
			}
			if !strings.Contains(to, ".") { // a range of sections ends with the last one's end
				choose(chosen, living, to)
			}
		case strings.Contains(arg, "."):
			if chosen[arg] = i >= 0; i < 0 {
				wrong = append(wrong, arg)
			}
		case !choose(chosen, living, arg):
			wrong = append(wrong, arg)
		}
	}
	for _, n := range living {
		if chosen[n] {
			numbers = append(numbers, n)
		}
	}
	return numbers, wrong
}

// choose takes the passages of a section and reports whether there are any.
func choose(chosen map[string]bool, living []string, section string) bool {
	found := false
	for _, n := range living {
		if n == section || strings.HasPrefix(n, section+".") {
			chosen[n], found = true, true
		}
	}
	return found
}

// signature is the day and the name of who confirms: as given, else as git knows
// them; empty if nobody says.
func signature(name string) string {
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		name = gitUser()
	}
	if name == "" {
		return ""
	}
	return time.Now().Format(time.DateOnly) + " " + name
}

// gitUser is the name that git signs commits with, as its settings have it: those
// of the folder the command runs in, and then the user's. Settings that include
// others are not followed.
func gitUser() string {
	if name := os.Getenv("GIT_AUTHOR_NAME"); name != "" {
		return strings.Join(strings.Fields(name), " ")
	}
	var files []string
	if dir, err := os.Getwd(); err == nil {
		for at := dir; ; at = filepath.Dir(at) {
			files = append(files, filepath.Join(at, ".git", "config"))
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		files = append(files, filepath.Join(home, ".gitconfig"), filepath.Join(home, ".config", "git", "config"))
	}
	for _, f := range files {
		if data, err := os.ReadFile(f); err == nil {
			if name := gitName(string(data)); name != "" {
				return name
			}
		}
	}
	return ""
}

// gitName is user.name in a file of git's settings.
func gitName(config string) string {
	section, name := "", ""
	for line := range strings.SplitSeq(config, "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			section = strings.ToLower(strings.Trim(line, "[] "))
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if ok && section == "user" && strings.EqualFold(strings.TrimSpace(key), "name") {
			value, _, _ = strings.Cut(value, " #")
			name = strings.Join(strings.Fields(strings.Trim(strings.TrimSpace(value), `"`)), " ")
		}
	}
	return name
}
