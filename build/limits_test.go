package build_test

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"stele/build"
	"stele/build/glossary"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/render"
	"stele/build/site"
	"stele/build/source"
	"stele/build/yaml"
	"stele/i18n"
)

// TestLimits: the handbook names the limits as they are, in the three languages.
func TestLimits(t *testing.T) {
	t.Parallel()
	want := []int{
		source.MaxFileBytes >> 20, yaml.MaxBytes >> 20, markdown.MaxMeta >> 10, source.MaxOther >> 20,
		source.MaxLanguages, source.MaxFiles, source.MaxDepth, source.MaxRevisions,
		markdown.MaxBlocks, markdown.MaxHeadings, markdown.MaxNesting, markdown.MaxMarks, markdown.MaxCells, markdown.MaxFileCells,
		markdown.MaxHeading, markdown.MaxAddress, markdown.MaxWaivers, markdown.MaxAliases, site.MaxMoved,
		yaml.MaxText, yaml.MaxDepth, glossary.MaxNames, glossary.MaxNameLen, glossary.MaxRelated, glossary.MaxGroups,
		record.MaxLangs, record.MaxRows, i18n.MaxMessage, render.MaxParts, render.MaxRounds, render.MaxPage >> 20, build.MostFindings,
	}
	if source.MaxAliases != markdown.MaxAliases {
		t.Errorf("%d old names in settings, %d in texts", source.MaxAliases, markdown.MaxAliases)
	}
	number := regexp.MustCompile(`\d[\d,\x{a0}]*`)
	for _, lang := range []string{"en", "ru", "zh"} {
		data, err := os.ReadFile("../docs/handbook/content/" + lang + ".md")
		if err != nil {
			t.Fatal(err)
		}
		_, section, ok := strings.Cut(string(data), "{#limits}")
		if !ok {
			t.Errorf("%s: there is no section {#limits}", lang)
			continue
		}
		section, _, _ = strings.Cut(section, "\n## ")
		var got []int
		for line := range strings.Lines(section) {
			cells := strings.Split(line, "|")
			if len(cells) < 3 {
				continue
			}
			for _, s := range number.FindAllString(cells[2], -1) {
				n, err := strconv.Atoi(strings.NewReplacer(",", "", "\u00a0", "").Replace(s))
				if err != nil {
					t.Errorf("%s: %v", lang, err)
				}
				got = append(got, n)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the limits are\n%d, the handbook has\n%d", lang, want, got)
		}
	}
}
