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

// TestFaultyOwnWords: a file that cannot be used is named, with the place and
// what is wrong.
func TestFaultyOwnWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, data, want string }{
		{"de.yaml", "search: Suche\nskip: [a", "i18n/de.yaml:2:"},
		{"de.yaml", `skip: "to {{.Text text"`, "i18n/de.yaml: the message “skip”: the places in"},
		{"de.yaml", `section-of: "Abschnitt {{.Number}} von {{.Lats}}"`, "i18n/de.yaml: the message “section-of” has no {{.Lats}}; what can be filled in is {{.Last}}, {{.Number}}"},
		{"en.yaml", `skip: "Skip {{.Count}} words"`, "i18n/en.yaml: the message “skip” has no {{.Count}}; nothing is filled in here"},
		{"german.yaml", "skip: a", "i18n/german.yaml: the name is not a language"},
	} {
		_, err := Load(fstest.MapFS{c.file: {Data: []byte(c.data)}})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("Load(%s: %q) = %v, want an error that begins with %q", c.file, c.data, err, c.want)
		}
	}
	// A theme of one's own may have messages of its own.
	if _, err := Load(fstest.MapFS{"en.yaml": {Data: []byte(`my-words: "{{.Anything}}"`)}}); err != nil {
		t.Errorf("a message that only an own theme knows: %v", err)
	}
}
