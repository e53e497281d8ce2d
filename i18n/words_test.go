package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// pluralForms are the plural forms that a message with a count has in each language.
var pluralForms = map[string][]string{
	"ru": {"few", "many", "one", "other"},
	"zh": {"other"},
	"en": {"one", "other"},
}

// entry is one message of a file: a text, or a text for each plural form.
type entry map[string]string

func readMessages(t *testing.T, lang string) map[string]entry {
	t.Helper()
	data, err := fs.ReadFile(builtin, lang+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatalf("%s.yaml: %v", lang, err)
	}
	out := map[string]entry{}
	for id, v := range file {
		m := entry{}
		switch v := v.(type) {
		case string:
			m[""] = v
		case []any: // names of months
			for _, name := range v {
				m[""] += name.(string) + " "
			}
		case map[string]any:
			for form, s := range v {
				m[form] = s.(string)
			}
		default:
			t.Fatalf("%s.yaml: %q is %T", lang, id, v)
		}
		out[id] = m
	}
	return out
}

func languages(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(builtin, "*.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("message files: %v, %v", files, err)
	}
	for i := range files {
		files[i] = strings.TrimSuffix(files[i], ".yaml")
	}
	return files
}

var placeName = regexp.MustCompile(`\.([A-Z]\w*)`)

// TestCompleteInEveryLanguage wants the same messages in all languages, each
// with all the plural forms of its language and the same places.
func TestCompleteInEveryLanguage(t *testing.T) {
	t.Parallel()
	all := map[string]map[string]entry{}
	ids := map[string]bool{}
	for _, lang := range languages(t) {
		all[lang] = readMessages(t, lang)
		for id := range all[lang] {
			ids[id] = true
		}
	}
	for id := range ids {
		if id == "months-of-date" {
			continue // where months read the same beside a day, a language has none
		}
		want := places(all[Fallback][id])
		for lang, messages := range all {
			m, ok := messages[id]
			if !ok {
				t.Errorf("%s.yaml: %q is missing", lang, id)
				continue
			}
			_, plain := m[""]
			if _, fallback := all[Fallback][id][""]; plain != fallback {
				t.Errorf("%s.yaml: %q has plural forms in one language and none in another", lang, id)
			}
			if !plain {
				var got []string
				for form := range m {
					got = append(got, form)
				}
				slices.Sort(got)
				if f := pluralForms[lang]; f == nil || !slices.Equal(got, f) {
					t.Errorf("%s.yaml: %q has the pluralForms %v, want %v", lang, id, got, f)
				}
			}
			for form, s := range m {
				if strings.TrimSpace(s) == "" {
					t.Errorf("%s.yaml: %q %s is empty", lang, id, form)
				}
			}
			if _, form := formKinds[id]; form {
				continue // each has the places that it needs, Load knows which there are
			}
			if got := places(m); !slices.Equal(got, want) {
				t.Errorf("%s.yaml: %q has the places %v, %s.yaml has %v", lang, id, got, Fallback, want)
			}
		}
	}
}

// places lists the names that a message's texts have places for.
func places(m entry) []string {
	var out []string
	for _, s := range m {
		for _, action := range regexp.MustCompile(`\{\{.*?\}\}`).FindAllString(s, -1) {
			for _, p := range placeName.FindAllStringSubmatch(action, -1) {
				out = append(out, p[1])
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestEveryFormIsSpoken localizes every message with every plural form: a
// broken template shows only then.
func TestEveryFormIsSpoken(t *testing.T) {
	t.Parallel()
	messages, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages(t) {
		ui := messages.UI(lang)
		for id, m := range readMessages(t, lang) {
			if _, form := formKinds[id]; form {
				continue // see TestDates and its neighbours
			}
			for _, n := range []int{0, 1, 2, 5, 11, 21, 22, 25, 1000} {
				var pairs []any
				if _, plain := m[""]; !plain {
					pairs = append(pairs, "Count", n)
				}
				for _, p := range places(m) {
					if p != "Count" {
						pairs = append(pairs, p, "x")
					}
				}
				s, err := ui.Err(id, pairs...)
				if err != nil || s == "" || strings.Contains(s, "<no value>") {
					t.Errorf("%s: %q with %v: got %q, %v", lang, id, pairs, s, err)
				}
			}
		}
	}
}

var (
	spoken = regexp.MustCompile(`\bT\(?\s*"([a-z][a-z0-9-]*)"`)
	prefix = regexp.MustCompile(`\bT\(\s*"([a-z][a-z0-9-]*-)"\s*\+`)
	quoted = regexp.MustCompile(`"([a-z][a-z0-9-]*)"`)
)

// TestEveryMessageIsUsed looks through the templates and the Go sources: a
// message that they speak must exist, and one that none names is left over.
func TestEveryMessageIsUsed(t *testing.T) {
	t.Parallel()
	messages := readMessages(t, Fallback)
	named := map[string]bool{}    // whatever stands in quotes
	prefixes := map[string]bool{} // of ids that are put together
	for _, root := range []string{"../themes", "../build", "../cmd"} {
		err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			ext := filepath.Ext(p)
			if err != nil || d.IsDir() || ext != ".go" && ext != ".html" || strings.HasSuffix(p, "_test.go") {
				return err
			}
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			for _, m := range quoted.FindAllSubmatch(data, -1) {
				named[string(m[1])] = true
			}
			if !strings.Contains(p, "themes") && !strings.Contains(p, "render") {
				return nil
			}
			for _, m := range prefix.FindAllSubmatch(data, -1) {
				prefixes[string(m[1])] = true
			}
			for _, m := range spoken.FindAllSubmatch(data, -1) {
				if id := string(m[1]); len(messages[id]) == 0 && !prefixes[id] {
					t.Errorf("%s: speaks %q, which no message file has", p, id)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	used := func(id string) bool {
		for p := range prefixes {
			if rest, ok := strings.CutPrefix(id, p); ok && named[rest] {
				return true
			}
		}
		return named[id]
	}
	for id := range messages {
		if _, form := formKinds[id]; !used(id) && !form {
			t.Errorf("%s.yaml: nothing uses %q", Fallback, id)
		}
	}
}
