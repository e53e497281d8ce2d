package i18n

import (
	"embed"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed remarks/*.yaml
var remarks embed.FS

// Remark is a comment that is written into a file, in each of the languages that
// the file is in and that have words for it; else in English. It hangs on the
// file's languages alone, never on who runs the command: the same content gives
// the same file.
func Remark(id string, langs ...string) []string {
	var out []string
	for _, lang := range langs {
		for _, l := range Lineage(lang) {
			if said := remarksIn(l)[id]; said != "" {
				if said = strings.TrimSuffix(said, "\n"); !slices.Contains(out, said) {
					out = append(out, said)
				}
				break
			}
		}
	}
	if out == nil {
		out = append(out, remarksIn(Fallback)[id])
	}
	return out
}

// Comment is Remark as lines that begin with "# ".
func Comment(id string, langs ...string) string {
	var b strings.Builder
	for _, said := range Remark(id, langs...) {
		for line := range strings.SplitSeq(said, "\n") {
			b.WriteString("# " + line + "\n")
		}
	}
	return b.String()
}

func remarksIn(lang string) map[string]string {
	data, err := remarks.ReadFile("remarks/" + lang + ".yaml")
	if err != nil {
		return nil // a language without
	}
	var said map[string]string
	if err := yaml.Unmarshal(data, &said); err != nil {
		panic(err) // embedded
	}
	return said
}
