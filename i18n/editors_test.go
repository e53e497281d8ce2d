package i18n

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestEditorsAreToldInEveryLanguage: each sentence that editors are told in
// English is there in Russian and Chinese too, has no places that are not
// filled, and keeps the form of such sentences.
func TestEditorsAreToldInEveryLanguage(t *testing.T) {
	t.Parallel()
	m, err := Command("ru", "zh") // and what is said to editors is among it
	if err != nil {
		t.Fatal(err) // a place that the English sentence has not is an error of reading
	}
	for _, lang := range []string{"ru", "zh"} {
		for id := range m.langs[Fallback].words {
			if !m.says(lang, id) {
				t.Errorf("i18n, %s.yaml of editors or command: %q is not said", lang, id)
			}
		}
		for id := range m.langs[lang].words {
			if !m.says(Fallback, id) {
				t.Errorf("i18n, %s.yaml of editors or command: %q is said by nobody", lang, id)
			}
		}
	}
	for _, lang := range []string{"ru", "zh", "en"} {
		u := m.UI(lang)
		for id := range m.langs[lang].words {
			manual := strings.HasPrefix(id, "help.")
			for _, n := range []int{1, 2, 5} {
				said, err := u.Err(id, "Count", n)
				if err != nil {
					t.Errorf("i18n, %s.yaml of editors or command: %q with %d: %v", lang, id, n, err)
				}
				if !manual && strings.ContainsAny(said, "\n\t") || !manual && !strings.HasPrefix(id, "rule.") && slices.Contains([]string{".", "。"}, lastRune(said)) {
					t.Errorf("i18n, %s.yaml of editors or command: %q is more than a line or ends in a full stop: %q", lang, id, said)
				}
			}
		}
	}
}

func lastRune(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return ""
	}
	return string(r[len(r)-1:])
}

// TestHintsEndSentences: a hint may be a question, so that nothing stands behind it.
func TestHintsEndSentences(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"editors", "command"} {
		for _, lang := range []string{"en", "ru", "zh"} {
			data, err := os.ReadFile(folder + "/" + lang + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			hints := 0
			for line := range strings.Lines(string(data)) {
				if _, rest, found := strings.Cut(strings.TrimSpace(line), "{{.Hint}}"); found {
					hints++
					if strings.Trim(rest, `'"`) != "" {
						t.Errorf("%s/%s.yaml: more behind a hint: %s", folder, lang, line)
					}
				}
			}
			if hints == 0 {
				t.Errorf("%s/%s.yaml: no hint was looked at", folder, lang)
			}
		}
	}
}
