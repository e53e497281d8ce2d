package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/diag"
	"stele/build/record"
	"stele/build/site"
)

func confirmCommand() command {
	var folders siteFlags
	var all bool
	var langs []string
	var by string
	return command{
		name: "confirm",
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			folders.define(flags)
			flags.BoolVar(&all, "all", false, "flag.confirm.all")
			flags.StringSliceVarP(&langs, "for", "l", nil, "flag.confirm.for")
			flags.StringVar(&by, "by", "", "flag.confirm.by")
			return func(v *invocation) int {
				if !all && len(v.args) < 2 {
					return v.usage("usage.confirm")
				}
				names, passages := v.args, []string(nil)
				if !all {
					names, passages = v.args[:1], v.args[1:]
				} else if len(names) == 0 {
					names = nil // all
				}
				c := record.Confirmation{By: signature(by), Langs: langs}
				return reviseRecords(v, &folders, names, folders.writeAll, func(e *build.Edition, id string) (*build.Revision, error) {
					t := e.Site.Text(id)
					for _, l := range langs {
						if !slices.Contains(t.Table.Langs, l) {
							return nil, misused("usage.no-version", "Text", id, "Language", l, "Languages", diag.Names(t.Table.Langs))
						}
					}
					numbers, wrong := named(t, passages, all)
					if len(wrong) > 0 {
						return nil, misused("usage.no-passage", "Passages", diag.Names(wrong), "Text", v.args[0])
					}
					return e.Revise(id, numbers, func(rec *record.Record) (string, error) {
						rec.ConfirmAs(c, numbers...)
						if langs != nil {
							return v.say("said.confirmed-for", "Passages", counted(len(numbers), "passages"), "Languages", diag.Names(langs), "File", recordFile(&folders, id)), nil
						}
						return v.say("said.confirmed", "Passages", counted(len(numbers), "passages"), "File", recordFile(&folders, id)), nil
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
