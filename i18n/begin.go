package i18n

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Begin is the beginning of a language's file: every message of Fallback's as a
// comment, above the place for its text. What CLDR knows of the language's dates
// and numbers is written already.
func Begin(lang string) string {
	model, err := fs.ReadFile(builtin, Fallback+".yaml")
	if err != nil {
		panic(err) // it is embedded
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# The words of the interface in %q. Above each place stands the English text;\n# what is left empty reads so. {{.Name}} places are filled by the pages.\n", lang)
	b.WriteString("\n# Dates, numbers, lists: see “The interface in another language” in docs/handbook/content/en.md of\n# stele. What is left out here comes from Unicode CLDR, if it knows the language.\n")
	for l := range slices.Values(Lineage(lang)) {
		if data, err := fs.ReadFile(cldr, "cldr/"+l+".yaml"); err == nil {
			_, rest, _ := strings.Cut(string(data), "\n")
			b.WriteString(rest)
			break
		}
	}
	_, words, _ := strings.Cut(string(model), "\n\n")   // its own first lines
	_, words, _ = strings.Cut(words, "\n\n")            // its dates and numbers
	withForms := regexp.MustCompile(`^([\w-]+):$`)      // a message with a count
	text := regexp.MustCompile(`^([\w-]+): (?:.*\S.*)`) // any other
	b.WriteString("\n")
	for line := range strings.Lines(words) {
		line = strings.TrimSuffix(line, "\n")
		switch m, n := text.FindStringSubmatch(line), withForms.FindStringSubmatch(line); {
		case m != nil:
			fmt.Fprintf(&b, "# %s\n%s:\n", strings.TrimPrefix(line, m[1]+": "), m[1])
		case n != nil:
			fmt.Fprintf(&b, "%s:\n", n[1])
			for _, form := range pluralFormsOf(lang) {
				fmt.Fprintf(&b, "  %s:\n", form)
			}
		case strings.HasPrefix(line, "  "): // a form of the English message
			fmt.Fprintf(&b, "  # %s\n", strings.TrimSpace(line))
		default:
			b.WriteString(line + "\n")
		}
	}
	return b.String()
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
