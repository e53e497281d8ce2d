package i18n

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestOwnWordsGoOver: a site's own file replaces the messages it has; what a
// new language does not say yet is in Fallback's words.
func TestOwnWordsGoOver(t *testing.T) {
	t.Parallel()
	m, err := Load(fstest.MapFS{
		"de.yaml": {Data: []byte("search: Suche\nwords: {one: \"{{.Count}} Wort\", other: \"{{.Count}} Wörter\"}\n")},
		"ru.yaml": {Data: []byte("search: Найти\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	en := m.UI("en")
	for _, c := range []struct {
		lang, id string
		pairs    []any
		want     string
	}{
		{"de", "search", nil, "Suche"},
		{"de", "words", []any{"Count", 1}, "1 Wort"},
		{"de", "words", []any{"Count", 5}, "5 Wörter"},
		{"de", "skip", nil, en.T("skip")},
		{"uk", "skip", nil, en.T("skip")}, // no file at all
		{"ru", "search", nil, "Найти"},
		{"ru", "skip", nil, "Перейти к тексту"},
		{"de", "no-such-message", nil, "‹no-such-message›"},
	} {
		if got := m.UI(c.lang).T(c.id, c.pairs...); got != c.want {
			t.Errorf("%s: T(%q, %v) = %q, want %q", c.lang, c.id, c.pairs, got, c.want)
		}
	}
}

// TestFaultyOwnWords: a file that cannot be used is named, with what is wrong.
func TestFaultyOwnWords(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"skip: [a":                "i18n/de.yaml",
		`skip: "to {{.Text text"`: "{{.Name}}",
	} {
		_, err := Load(fstest.MapFS{"de.yaml": {Data: []byte(data)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%q) = %v, want an error with %q", data, err, want)
		}
	}
}
