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
			if said := allRemarks[l][id]; said != "" {
				if said = strings.TrimSuffix(said, "\n"); !slices.Contains(out, said) {
					out = append(out, said)
				}
				break
			}
		}
	}
	if out == nil {
		out = append(out, allRemarks[Fallback][id])
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

// allRemarks are the remarks by language, read once, as they are few: a record asks
// for several whenever it is written.
var allRemarks = readRemarks()

func readRemarks() map[string]map[string]string {
	files, err := remarks.ReadDir("remarks")
	if err != nil {
		panic(err) // embedded
	}
	all := map[string]map[string]string{}
	for _, f := range files {
		data, err := remarks.ReadFile("remarks/" + f.Name())
		if err != nil {
			panic(err)
		}
		var said map[string]string
		if err := yaml.Unmarshal(data, &said); err != nil {
			panic(err)
		}
		all[strings.TrimSuffix(f.Name(), ".yaml")] = said
	}
	return all
}
