package main

import (
	"strings"

	"github.com/spf13/pflag"

	"stele/build/diag"
	"stele/i18n"
)

// Help and the manual are made of the same: the commands, their flags, and the
// texts help.COMMAND, help.COMMAND.args, help.COMMAND.more of the catalogue. A
// flag's Usage is the id of its description, in which `back quotes` name the value.

// text is a text of the manual; empty where there is none.
func text(words *i18n.UI, id string, pairs ...any) string {
	if !words.Has(id) {
		return ""
	}
	return strings.TrimSpace(diag.Say(id, pairs...).In(words))
}

// described is a flag as the manual shows it.
type described struct {
	name  string // with its dashes: "-o, --out"
	value string // what the value is called; empty for a switch
	about string
}

// describe lists the flags in the words of a language.
func describe(flags *pflag.FlagSet, words *i18n.UI) []described {
	var out []described
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		d := described{name: "--" + f.Name}
		if f.Shorthand != "" {
			d.name = "-" + f.Shorthand + ", " + d.name
		}
		d.about = text(words, f.Usage, flagPairs(f)...)
		if before, rest, ok := strings.Cut(d.about, "`"); ok {
			name, after, _ := strings.Cut(rest, "`")
			d.value, d.about = name, before+name+after
		}
		if f.Value.Type() == "bool" {
			d.value = ""
		}
		if usual := usualValue(f); usual != "" {
			d.about += " " + text(words, "help.default", "Value", usual)
		}
		out = append(out, d)
	})
	return out
}

// choicesOf is the annotation that holds what a flag's value may be.
const choicesOf = "choices"

// choices says what the value of a flag may be.
func choices(flags *pflag.FlagSet, name string, values ...string) {
	flags.Lookup(name).Annotations = map[string][]string{choicesOf: values}
}

func flagPairs(f *pflag.Flag) []any {
	if c := f.Annotations[choicesOf]; c != nil {
		return []any{"Choices", diag.Names(c)}
	}
	return nil
}

// usualValue is the value that a flag has by itself, if it is worth telling.
func usualValue(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "[]":
		return ""
	}
	return strings.Trim(f.DefValue, "[]")
}

// overview is what “stele help” prints.
func overview(words *i18n.UI) string {
	var b strings.Builder
	b.WriteString(text(words, "help.overview") + "\n\n")
	for _, c := range commands() {
		if !c.hidden {
			b.WriteString("  " + c.name + strings.Repeat(" ", max(1, 11-len(c.name))) + text(words, "help."+c.name) + "\n")
		}
	}
	b.WriteString("\n" + text(words, "help.commands") + "\n")
	b.WriteString("\n" + aboutLanguage(words) + "\n")
	b.WriteString("\n" + text(words, "help.codes") + "\n")
	return b.String()
}

// aboutLanguage says how the language of messages is chosen.
func aboutLanguage(words *i18n.UI) string {
	var names diag.Names
	for _, c := range commands() {
		if c.ownLang {
			names = append(names, c.name)
		}
	}
	return text(words, "help.language", "Commands", names)
}

// usageLine is how the command is called.
func (c command) usageLine(flags *pflag.FlagSet, words *i18n.UI) string {
	return text(words, "help.usage", "Command", c.name, "Flags", yes(flags.HasFlags()), "Arguments", text(words, "help."+c.name+".args"))
}

// yes is a truth as a place of a message has it.
func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// more is what there is to say of the command beyond its one line.
func (c command) more(words *i18n.UI) string {
	more := text(words, "help."+c.name+".more", c.pairs...)
	if c.ownLang {
		more = strings.TrimSpace(more + "\n\n" + text(words, "help.lang-before", "Command", c.name))
	}
	return more
}

// help is what “stele help COMMAND” prints.
func (c command) help(flags *pflag.FlagSet, words *i18n.UI) string {
	var b strings.Builder
	b.WriteString(c.usageLine(flags, words) + "\n\n" + capital(text(words, "help."+c.name)) + ending(words) + "\n")
	if more := c.more(words); more != "" {
		b.WriteString("\n" + more + "\n")
	}
	if list := describe(flags, words); len(list) > 0 {
		b.WriteString("\n" + text(words, "help.flags") + "\n")
		for _, d := range list {
			line := "  " + d.name
			if !strings.HasPrefix(d.name, "-") || !strings.Contains(d.name, ",") {
				line = "      " + d.name
			}
			if d.value != "" {
				line += " " + d.value
			}
			b.WriteString(line + "\n          " + d.about + "\n")
		}
	}
	return b.String()
}

// ending is what a sentence ends with in the language.
func ending(words *i18n.UI) string { return text(words, "help.stop") }

// capital begins a sentence.
func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
