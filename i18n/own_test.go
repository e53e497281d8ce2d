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
		"de.yaml": {Data: []byte("search: Suche\nwords: {one: \"{{.Count}} Wort\", other: \"{{.Count}} Wörter\"}\nsection-of: '{{if .Last}}{{.Number}} von {{.Last}}{{else}}{{.Number}}{{end}}'\n")},
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
		{"de", "section-of", []any{"Number", 2, "Last", 3}, "2 von 3"},
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
		{"de.yaml", `skip: "to {{.Text text"`, "i18n/de.yaml:1:1: the message “skip”: the places in"},
		{"de.yaml", `section-of: "Abschnitt {{.Number}} von {{.Lats}}"`, "i18n/de.yaml:1:1: the message “section-of”: there is no {{.Lats}}; what can be filled in is {{.Last}}, {{.Number}}"},
		{"en.yaml", `skip: "Skip {{.Count}} words"`, "i18n/en.yaml:1:1: the message “skip”: there is no {{.Count}}; nothing is filled in here"},
		{"de.yaml", "search: Suche\nskip: Zum Text\nsearch: Finden", "i18n/de.yaml:3:1: the message “search”: it is written twice, first in line 1"},
		{"de.yaml", "words: {one: Wort, others: Wörter}", "i18n/de.yaml:1:1: the message “words”: “others” is not a plural form"},
		{"de.yaml", "words: {one: Wort}", "i18n/de.yaml:1:1: the message “words”: there is “one”, but no “other”"},
		{"de.yaml", "search: [Suche]", "i18n/de.yaml:1:1: the message “search”: this is a list"},
		{"de.yaml", "- search", "i18n/de.yaml:1:1: the file holds no messages"},
		{"de.yaml", "\nmonths: [Januar, Februar]", "i18n/de.yaml:2:1: the message “months”: the months are a list of 12 names, [January, …], here are 2"},
		{"de.yaml", "months: Januar", "i18n/de.yaml:1:1: the message “months”: the months are a list of 12 names"},
		{"de.yaml", `date-day: "{{.Tag}}"`, "i18n/de.yaml:1:1: the message “date-day”: there is no {{.Tag}}; what can be filled in is {{.Day}}, {{.Month}}"},
		{"de.yaml", `number: "1.000"`, "i18n/de.yaml:1:1: the message “number”: “1.000” is not the number 1234567"},
		{"de.yaml", `section-of: "{{range 1000000000}}{{range 1000000000}}{{end}}{{end}}"`, "i18n/de.yaml:1:1: the message “section-of”: “{{range"},
		{"de.yaml", `section-of: '{{printf "%0999999999d" 1}}'`, "i18n/de.yaml:1:1: the message “section-of”: “{{printf"},
		{"de.yaml", `section-of: '{{define "a"}}{{template "a"}}{{end}}{{template "a"}}'`, "i18n/de.yaml:1:1: the message “section-of”: “{{define"},
		{"de.yaml", "section-of: '" + strings.Repeat("{{if .Last}}", 21) + strings.Repeat("{{end}}", 21) + "'", "i18n/de.yaml:1:1: the message “section-of”: “{{if"},
		{"de.yaml", "skip: " + strings.Repeat("a", MaxMessage+1), "i18n/de.yaml:1:1: the message “skip”: it has"},
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

// TestKin: a language finds the words of the one it is a variant of, and those
// that are missing are counted.
func TestKin(t *testing.T) {
	t.Parallel()
	m, err := Load(fstest.MapFS{
		"zh-CN.yaml": {Data: []byte("search: 查找\n")},
		"kk.yaml":    {Data: []byte("skip: Мәтінге өту\nsearch:\nnav-site: ''\n")},
		"dng.yaml":   {Data: []byte("words: {other: \"{{.Count}} сы\"}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	all, _ := m.Missing("xx")
	for _, c := range []struct {
		lang    string
		missing int
		instead string
		id      string
		want    string
	}{
		{"en", 0, "en", "skip", "Skip to the text"},
		{"en-US", 0, "en", "skip", "Skip to the text"},
		{"en-GB", 0, "en", "skip", "Skip to the text"},
		{"zh-Hans", 0, "en", "skip", "跳至正文"},
		{"zh-CN", 0, "en", "skip", "跳至正文"},
		{"zh-Hans-CN", 0, "en", "skip", "跳至正文"},
		{"zh-SG", 0, "en", "skip", "跳至正文"},
		{"ru-KZ", 0, "en", "skip", "Перейти к тексту"},
		{"ru-Cyrl", 0, "en", "skip", "Перейти к тексту"},
		{"zh-Hant", all, "zh", "skip", "跳至正文"}, // in another script, which is said
		{"zh-TW", all, "zh", "skip", "跳至正文"},
		{"kk", all - 1, "en", "skip", "Мәтінге өту"},
		{"kk-KZ", all - 1, "en", "skip", "Мәтінге өту"},
		{"kk", all - 1, "en", "nav-site", "Site"}, // what is empty is not said yet
		{"xx", all, "en", "skip", "Skip to the text"},
		{"dng", all - 1, "en", "words", "1 сы"}, // a language without plurals known
	} {
		n, instead := m.Missing(c.lang)
		if n != c.missing || n > 0 && instead != c.instead {
			t.Errorf("%s: %d words are missing, read in %q; want %d, %q", c.lang, n, instead, c.missing, c.instead)
		}
		if got := m.UI(c.lang).T(c.id, "Count", 1); got != c.want {
			t.Errorf("%s: T(%q) = %q, want %q", c.lang, c.id, got, c.want)
		}
	}
	if got := m.UI("zh-CN").T("search"); got != "查找" {
		t.Errorf("zh-CN: own words are %q, want 查找", got)
	}
}
