package i18n

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Begin is the beginning of a language's file: every message as a comment, in the
// words of the language that whoever begins it speaks, above the place for its
// text. What CLDR knows of the language's dates and numbers is written already.
func Begin(lang, speaker string) string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(Comment("words", speaker), "LANGUAGE", lang))
	b.WriteString("\n" + Comment("words-forms", speaker))
	for l := range slices.Values(Lineage(lang)) {
		if data, err := fs.ReadFile(cldr, "cldr/"+l+".yaml"); err == nil {
			_, rest, _ := strings.Cut(string(data), "\n")
			b.WriteString(rest)
			break
		}
	}
	model := sampleOf(Fallback)
	shown := model
	for _, l := range Lineage(speaker) {
		if _, err := fs.Stat(builtin, l+".yaml"); err == nil {
			shown = sampleOf(l)
			break
		}
	}
	about := map[string]sample{}
	for _, m := range shown {
		about[m.id] = m
	}
	b.WriteString("\n")
	for i, m := range model {
		above := about[m.id].above
		if i > 0 && len(above) > 0 {
			b.WriteString("\n")
		}
		for _, line := range above {
			b.WriteString(line + "\n")
		}
		text := cmp.Or(about[m.id].text, m.text)
		if !m.counted {
			fmt.Fprintf(&b, "# %s\n%s:\n", text, m.id)
			continue
		}
		fmt.Fprintf(&b, "%s:\n", m.id)
		for form := range strings.Lines(text) {
			b.WriteString("  # " + strings.TrimSpace(form) + "\n")
		}
		for _, form := range pluralFormsOf(lang) {
			fmt.Fprintf(&b, "  %s:\n", form)
		}
	}
	return b.String()
}

// sample is a message of a built-in file: what is said of it above, and its text
// as it is written, of one that counts a form on each line.
type sample struct {
	id      string
	above   []string
	text    string
	counted bool
}

var (
	withForms = regexp.MustCompile(`^([\w-]+):$`)         // a message with a count
	withText  = regexp.MustCompile(`^([\w-]+): (.*\S.*)`) // any other
)

// sampleOf are the messages of a language's built-in file, in order, without its
// dates and numbers.
func sampleOf(lang string) []sample {
	data, err := fs.ReadFile(builtin, lang+".yaml")
	if err != nil {
		panic(err) // it is embedded
	}
	_, words, _ := strings.Cut(string(data), "\n\n") // its own first lines
	_, words, _ = strings.Cut(words, "\n\n")         // its dates and numbers
	var out []sample
	var above []string
	for line := range strings.Lines(words) {
		line = strings.TrimSuffix(line, "\n")
		switch m, n := withText.FindStringSubmatch(line), withForms.FindStringSubmatch(line); {
		case m != nil:
			out = append(out, sample{m[1], above, m[2], false})
			above = nil
		case n != nil:
			out = append(out, sample{n[1], above, "", true})
			above = nil
		case strings.HasPrefix(line, "  "): // a form
			out[len(out)-1].text += strings.TrimSpace(line) + "\n"
		case line != "":
			above = append(above, line)
		}
	}
	return out
}

// pluralFormsOf lists the plural forms of whole numbers in the language.
func pluralFormsOf(lang string) []string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	var out []string
	tag := language.Make(lang)
	for _, form := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many} {
		for n := range 201 {
			if plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0) == form {
				out = append(out, names[form])
				break
			}
		}
	}
	return append(out, "other")
}
