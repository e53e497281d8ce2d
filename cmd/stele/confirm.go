package main

import (
	"cmp"
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
				return reviseRecords(v, &folders, names, folders.writeAll(v), func(e *build.Edition, id string) (*build.Revision, error) {
					t := e.Site.Text(id)
					for _, l := range langs {
						if !slices.Contains(t.Table.Langs, l) {
							return nil, misused("usage.no-version", "Text", id, "Language", l, "Languages", diag.Names(t.Table.Langs))
						}
					}
					numbers, err := named(t, passages, all)
					if err != nil {
						return nil, err
					}
					v.tellSigned(t, passages)
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
// reading order.
func named(t *site.Text, args []string, all bool) ([]string, error) {
	living := livingOf(t)
	if all {
		return living, nil
	}
	chosen := map[string]bool{}
	var wrong []string
	for _, arg := range args {
		names, err := namedBy(living, arg)
		if err != nil {
			return nil, err
		}
		if names == nil {
			wrong = append(wrong, absent(living, arg)...)
		}
		for _, n := range names {
			chosen[n] = true
		}
	}
	if len(wrong) > 0 {
		last := ""
		if len(wrong) == 1 {
			last = lastBefore(living, wrong[0])
		}
		return nil, misused("usage.no-passage", "Passages", diag.Names(wrong), "Text", t.ID, "Many", yes(len(wrong) > 1), "Last", last)
	}
	return slices.DeleteFunc(living, func(n string) bool { return !chosen[n] }), nil
}

// livingOf are the numbers of the passages that the text has, in reading order.
func livingOf(t *site.Text) []string {
	var living []string
	for _, r := range t.Table.Rows {
		if !r.Removed {
			living = append(living, r.Number)
		}
	}
	return living
}

// namedBy are the numbers that one argument names: a passage, a section or a range;
// nil for none.
func namedBy(living []string, arg string) ([]string, error) {
	from, to, ranged := strings.Cut(strings.ReplaceAll(arg, "–", "-"), "-")
	switch {
	case ranged:
		i, k := slices.Index(living, from), slices.Index(living, to)
		if i >= 0 && k >= 0 && k < i {
			return nil, misused("usage.range-reversed", "Range", arg, "Meant", to+"-"+from)
		}
		if i < 0 || k < 0 {
			return nil, nil
		}
		last := k
		if !strings.Contains(to, ".") { // a range of sections ends with the last one's end
			for last+1 < len(living) && inSection(living[last+1], to) {
				last++
			}
		}
		return living[i : last+1], nil
	case strings.Contains(arg, "."):
		if i := slices.Index(living, arg); i >= 0 {
			return living[i : i+1], nil
		}
		return nil, nil
	}
	var out []string
	for _, n := range living {
		if inSection(n, arg) {
			out = append(out, n)
		}
	}
	return out, nil
}

// absent are the numbers that one argument names and the text does not have: of a
// range, the ends.
func absent(living []string, arg string) []string {
	from, to, ranged := strings.Cut(strings.ReplaceAll(arg, "–", "-"), "-")
	if !ranged || from == "" || to == "" {
		return []string{arg}
	}
	return slices.DeleteFunc([]string{from, to}, func(n string) bool { return slices.Contains(living, n) })
}

// lastBefore is the last number of the section in which one that does not exist
// would be, or else that of the text.
func lastBefore(living []string, number string) string {
	section, _, _ := strings.Cut(number, ".")
	last := ""
	for _, n := range living {
		if inSection(n, section) {
			last = n
		}
	}
	if last == "" && len(living) > 0 {
		last = living[len(living)-1]
	}
	return last
}

// inSection reports whether a passage is in the section, or opens it.
func inSection(number, section string) bool {
	return number == section || strings.HasPrefix(number, section+".")
}

// tellSigned says of each section and range which passages it is, with the words
// that they begin and end with: whoever signs several by one name sees what is
// signed.
func (v *invocation) tellSigned(t *site.Text, args []string) {
	living := livingOf(t)
	for _, arg := range args {
		numbers, err := namedBy(living, arg)
		if err != nil || len(numbers) == 0 || strings.Contains(arg, ".") && len(numbers) == 1 {
			continue
		}
		from, to := numbers[0], numbers[len(numbers)-1]
		v.tell("said.signs", "What", arg, "Count", len(numbers), "From", from, "First", v.begins(t, from), "To", to, "Last", v.begins(t, to))
	}
}

// begins are the first words of a passage, in the language of whoever runs the
// command if it has one in it.
func (v *invocation) begins(t *site.Text, number string) string {
	said := ""
	for _, r := range t.Table.Rows {
		if r.Number != number {
			continue
		}
		for l, blocks := range r.Blocks {
			d := t.Docs()[l]
			if len(blocks) == 0 || d == nil {
				continue
			}
			words := diag.Clip(d.Blocks[blocks[0]].Text, 40)
			if d.Lang == v.lang.String() {
				return words
			}
			said = cmp.Or(said, words)
		}
	}
	return said
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
