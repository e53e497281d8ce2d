package build

import (
	"path"
	"strings"
	"sync"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/markdown"
	"stele/build/site"
	"stele/build/source"
	"stele/build/yaml"
	"stele/i18n"
	"stele/skeleton"
)

// SampleText is what a new text of the model says in the language or one that it
// is a variant of, or else in English.
func SampleText(model, lang string) string {
	for _, l := range append(i18n.Lineage(lang), i18n.Fallback) {
		if data, err := skeleton.Files.ReadFile(model + "/" + l + ".md"); err == nil {
			return string(data)
		}
	}
	panic("build: there is no sample " + model) // the samples are embedded
}

// SampleWords are the words of a new site in the language as SampleText is, by
// what they are: "site" (its title), "definition", and "name-ID" for a concept.
func SampleWords(lang string) map[string]string {
	all := sampleWords()
	for _, l := range i18n.Lineage(lang) {
		if words, ok := all[l]; ok {
			return words
		}
	}
	return all[i18n.Fallback]
}

// sampleWords are those of all languages.
var sampleWords = sync.OnceValue(func() map[string]map[string]string {
	data, err := skeleton.Files.ReadFile("words.yaml")
	if err != nil {
		panic(err) // embedded
	}
	root := yaml.Open("words.yaml", 0, string(data)).Root
	all := map[string]map[string]string{}
	for _, l := range root.Keys() {
		words := root.Get(l).Map()
		all[l] = map[string]string{}
		for _, k := range words.Keys() {
			all[l][k] = words.Text(k)
		}
	}
	return all
})

// samples are the blocks of all samples, headings apart: those of a text may well
// be called the same.
var samples = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, model := range []string{"about", "declaration", "text"} {
		files, err := skeleton.Files.ReadDir(model)
		if err != nil {
			panic(err) // embedded
		}
		for _, f := range files {
			lang := strings.TrimSuffix(f.Name(), ".md")
			d, _ := markdown.Parse(source.File{Path: f.Name(), Lang: lang, Tag: lang, Data: SampleText(model, lang)})
			for i := range d.Blocks {
				if d.Blocks[i].Kind != doc.Heading {
					known[d.Blocks[i].Text] = true
				}
			}
		}
	}
	return known
})

// placeholders reports what stands as “stele new” wrote it: once for a version of
// a text, the definition of a concept, its names, and the title of the site.
func placeholders(s *site.Site, tree *source.Tree) diag.List {
	var diags diag.List
	var titles []string
	for _, l := range s.Langs {
		if t := tree.Config.Title[l.Code]; t != "" && isSample("site", t) {
			titles = append(titles, l.Code)
		}
	}
	if len(titles) > 0 {
		diags.Warn(tree.Config.At["title"], Placeholder.As("title"), "Languages", diag.Names(titles))
	}
	known := samples()
	for _, t := range s.Texts {
		for _, d := range t.Docs() {
			if d == nil {
				continue
			}
			count, first := 0, diag.Pos{}
			for i := range d.Blocks {
				if b := &d.Blocks[i]; b.Kind != doc.Heading && b.Kind != doc.Break && known[b.Text] {
					if count++; count == 1 {
						first = d.Pos(b)
					}
				}
			}
			if count > 0 {
				diags.Warn(first, Placeholder, "Count", count)
			}
		}
	}
	for _, c := range s.Concepts {
		var definitions []string
		names := 0
		for _, l := range s.Langs {
			if text := c.Definition.In(l.Code); text != "" && isSample("definition", strings.TrimSpace(text)) {
				definitions = append(definitions, l.Code)
			}
			if n, ok := c.Preferred(l.Code); ok && n.Text == c.ID && n.Reliability == glossary.FromKnowledge {
				names++
			}
		}
		if len(definitions) > 0 {
			diags.Warn(c.At["definition"], Placeholder.As("definition"), "Languages", diag.Names(definitions))
		}
		if names > 1 { // one language may call it so
			diags.Warn(c.At["names"], Placeholder.As("names"), "Name", path.Base(c.ID))
		}
	}
	return diags
}

// isSample reports whether the words are those of a sample of any language.
func isSample(what, words string) bool {
	for _, of := range sampleWords() {
		if of[what] == words {
			return true
		}
	}
	return false
}
