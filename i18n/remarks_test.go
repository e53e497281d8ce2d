package i18n

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestRemarks: all languages have the same remarks, and a file is remarked upon in
// its own languages, else in English.
func TestRemarks(t *testing.T) {
	t.Parallel()
	ids := slices.Sorted(maps.Keys(allRemarks[Fallback]))
	files, err := remarks.ReadDir("remarks")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		lang := strings.TrimSuffix(f.Name(), ".yaml")
		if got := slices.Sorted(maps.Keys(allRemarks[lang])); !slices.Equal(got, ids) {
			t.Errorf("%s: %q, want %q", lang, got, ids)
		}
	}
	for _, c := range []struct {
		langs string
		begin []string
	}{
		{"ru zh-Hans en", []string{"# Сайт.", "# 网站设置。", "# The site."}},
		{"kk", []string{"# The site."}},
		{"kk ru", []string{"# Сайт."}},
		{"ru ru-RU", []string{"# Сайт."}},
	} {
		lines := strings.Split(strings.TrimSuffix(Comment("site", strings.Fields(c.langs)...), "\n"), "\n")
		if !slices.EqualFunc(lines, c.begin, strings.HasPrefix) {
			t.Errorf("%s: %q, want lines that begin with %q", c.langs, lines, c.begin)
		}
	}
}

// TestRemarksAreReadOnce: whoever writes a thousand records does not read the
// remarks for each.
func TestRemarksAreReadOnce(t *testing.T) { // alone: it counts what is allocated
	Remark("record", "ru")
	if n := testing.AllocsPerRun(20, func() { Remark("record", "en") }); n > 20 {
		t.Errorf("a remark takes %v allocations", n)
	}
}

// TestBeginFor: whoever begins the file of a language has its model in words that
// they read; the places are the same.
func TestBeginFor(t *testing.T) {
	t.Parallel()
	places := func(text string) (out []string) {
		for line := range strings.Lines(text) {
			if strings.TrimSpace(line) != "" && !strings.HasPrefix(strings.TrimSpace(line), "#") {
				out = append(out, line)
			}
		}
		return out
	}
	want := places(Begin("kk", "en"))
	for speaker, has := range map[string]string{"ru": "# Перейти к тексту\nskip:\n", "zh": "# 跳至正文\nskip:\n"} {
		text := Begin("kk", speaker)
		if !strings.Contains(text, has) || strings.Contains(text, "Skip to the text") {
			t.Errorf("%s: not in the words of who begins it:\n%.600s", speaker, text)
		}
		if got := places(text); !slices.Equal(got, want) {
			t.Errorf("%s: other places than for English", speaker)
		}
		if _, err := Load(fstest.MapFS{"kk.yaml": {Data: []byte(text)}}); err != nil {
			t.Errorf("%s: %v", speaker, err)
		}
	}
}
