package build_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stele/build"
	"stele/build/lang"
	"stele/build/site"
)

// found are the numbers of a text's passages that a query finds.
func found(e *build.Edition, query, page, text string) []string {
	var out []string
	for _, p := range e.Search(query, langOf(e.Site, page)).Passages {
		if p.Section.Text.ID == text {
			out = append(out, p.Number)
		}
	}
	return out
}

func langOf(s *site.Site, code string) int {
	return slices.IndexFunc(s.Langs, func(l site.Lang) bool { return l.Code == code })
}

// names are all names of a concept in a language, and the forms of them that
// stand in the texts.
func names(s *site.Site, c *site.Concept, lang string) []string {
	var out []string
	for _, n := range c.Names[lang] {
		out = append(append(out, n.Text), n.Forms...)
	}
	l := langOf(s, lang)
	for _, o := range s.Occurrences(c) {
		for _, b := range o.Passage.Cells[l].Blocks {
			for _, t := range b.Terms {
				if t.Concept == c {
					out = append(out, b.Text[t.Start:t.End])
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestSearchFindsConcepts: every name of every concept, in every form that the
// texts have, finds every passage that a reader says names it in any language.
func TestSearchFindsConcepts(t *testing.T) {
	t.Parallel()
	e, found0, err := build.New(build.Inputs{Content: os.DirFS("../content")}).Load(t.Context())
	if err != nil || found0.HasErrors() {
		t.Fatal(err, found0)
	}
	s := e.Site
	text := s.Text(concordanceText)
	want := map[string]map[string]bool{}
	for n := range readConcordance(t, s, text) {
		if want[n.concept] == nil {
			want[n.concept] = map[string]bool{}
		}
		want[n.concept][n.passage] = true
	}
	queries := 0
	for _, c := range s.Concepts {
		for _, l := range s.Langs {
			for _, name := range names(s, c, l.Code) {
				queries++
				got := found(e, name, l.Code, concordanceText)
				for _, p := range slices.Sorted(maps.Keys(want[c.ID])) {
					if !slices.Contains(got, p) {
						t.Errorf("%s, %s: %q does not find %s", c.ID, l.Code, name, p)
					}
				}
			}
		}
	}
	t.Logf("%d concepts, %d names and forms", len(s.Concepts), queries)
}

// TestSearchScript holds the script of the theme to the Go code: the same words
// of the edition and of others, the same stems, the same hits.
func TestSearchScript(t *testing.T) {
	r := open(t, 1280, 900)
	r.visit("ru/search.html")
	r.await(`globalThis.steleSearch !== undefined`)
	for _, tag := range []string{"ru", "en"} {
		words, edition := wordsOf(t, tag)
		list, err := json.Marshal(words)
		if err != nil {
			t.Fatal(err)
		}
		got := ask[[]string](r, fmt.Sprintf("%s.map(w => steleFind.stems.%s(w))", list, tag))
		bad := 0
		for i, w := range words {
			if stem := lang.Of(tag).Stem(w); got[i] != stem && bad < 20 {
				bad++
				t.Errorf("%s: %q: the script's stem is %q, want %q", tag, w, got[i], stem)
			}
		}
		t.Logf("%s: %d words of the edition and %d others", tag, edition, len(words)-edition)
		if len(words)-edition < 10_000 {
			t.Errorf("%s: looked at %d words only", tag, len(words))
		}
	}
}

// wordsOf are the words of the edition and of the aligner's lexicon in the
// script of a language, and what comes of them with the language's endings.
func wordsOf(t *testing.T, tag string) (words []string, edition int) {
	t.Helper()
	letters, endings := regexp.MustCompile(`[а-яё]+`), strings.Fields("ость остью ейший ейшего нный нная ивший вшись ывшись ющий ющаяся уется ается ить ешь ила ого ями ией ьями ее ою ь и нн ейш")
	if tag == "en" {
		letters, endings = regexp.MustCompile(`[a-z]+`), strings.Fields("s es ies ied ed eed edly ing ingly ly li ment ement ness fulness ousness ation ational ization izer ator alism aliti iviti biliti ogi y yed able ible ance ence e l ll tt")
	}
	seen := map[string]bool{}
	take := func(pattern string) {
		for _, name := range glob(t, pattern) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range letters.FindAllString(strings.ToLower(string(data)), -1) {
				seen[strings.ReplaceAll(w, "ё", "е")] = true
			}
		}
	}
	take("../content/*/*.md")
	take("../content/glossary/*/*.yaml")
	edition = len(seen)
	take("align/lexicon/*.txt")
	words = slices.Sorted(maps.Keys(seen))
	for i, w := range words[:len(words):len(words)] {
		for k := range 3 {
			words = append(words, w+endings[(i+k*7)%len(endings)])
		}
	}
	return words, edition
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.FromSlash(pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v, %v", pattern, names, err)
	}
	return names
}
