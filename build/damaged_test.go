package build_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
)

// TestDamagedFilesAreThere: a file that cannot be used is told of where it is, and
// nothing that leads to it is said to lead nowhere; mended, it is used again.
func TestDamagedFilesAreThere(t *testing.T) {
	t.Parallel()
	content := func() fstest.MapFS {
		c := deskContent()
		c["site.yaml"] = &fstest.MapFile{Data: []byte("languages: [ru, en]\nglossary:\n  groups:\n    - {folder: own, title: {ru: Свои, en: Own}}\n")}
		c["note/ru.md"] = &fstest.MapFile{Data: []byte("# Заметка\n\nСм. [закон](../law/en.md), [пункт](../law/en.md#1.1) и [[lake]].\n")}
		c["note/en.md"] = &fstest.MapFile{Data: []byte("# Note\n\nSee [the law](../law/en.md), [a passage](../law/en.md#1.1) and [[lake]].\n")}
		c["glossary/own/lake.yaml"] = &fstest.MapFile{Data: []byte("class: notion\nnames:\n  ru: [озеро]\n  en: [lake]\n")}
		c["glossary/bodies/sea.yaml"] = &fstest.MapFile{Data: []byte("class: body\nnames:\n  ru: [море]\n  en: [sea]\nrelated: [lake]\n")}
		return c
	}
	whole := content()
	b := build.New(build.Inputs{Content: whole})
	codes := func() []string {
		t.Helper()
		_, found, err := b.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, d := range found {
			if code := string(d.Code); d.Severity.String() == "error" || strings.HasPrefix(code, "dead-") || strings.HasPrefix(code, "unknown-") {
				out = append(out, d.Pos.Path+" "+code)
			}
		}
		return out
	}
	if got := codes(); len(got) > 0 {
		t.Fatalf("whole: %q", got)
	}
	good := map[string][]byte{}
	for name, f := range whole {
		good[name] = f.Data
	}
	for _, c := range []struct{ file, after, want string }{
		{"law/en.md", "\xFF\xFE", "encoding"},
		{"law/en.md", "\n<<<<<<< one\nA\n=======\nB\n>>>>>>> two\n", "merge-conflict"},
		{"glossary/own/lake.yaml", "   - a\n  b: [\n", "yaml-syntax"},
		{"glossary/own/lake.yaml", "\xFF", "encoding"},
	} {
		whole[c.file] = &fstest.MapFile{Data: []byte(string(good[c.file]) + c.after)}
		got := codes()
		if slices.ContainsFunc(got, func(s string) bool { return s != c.file+" "+c.want }) || len(got) == 0 {
			t.Errorf("%s with %q: %q, want only %s", c.file, c.after, got, c.want)
		}
		whole[c.file] = &fstest.MapFile{Data: good[c.file]}
		if got := codes(); len(got) > 0 {
			t.Errorf("%s mended: %q", c.file, got)
		}
	}
	// What is not there at all is told of as before.
	delete(whole, "glossary/own/lake.yaml")
	if got := codes(); !slices.Contains(got, "note/en.md unknown-concept") || !slices.Contains(got, "glossary/bodies/sea.yaml unknown-concept") {
		t.Errorf("without the concept: %q", got)
	}
}
