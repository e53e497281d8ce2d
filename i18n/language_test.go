package i18n

import "testing"

func TestLanguage(t *testing.T) {
	t.Parallel()
	m, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ in, tag, want string }{
		{"en", "zh", "Chinese"},
		{"en", "zh-Hant", "Traditional Chinese"},
		{"en", "pt-BR", "Brazilian Portuguese"},
		{"en", "not a tag", "not a tag"},
		{"en", "qaa", "qaa"},
		{"ru", "zh", "китайский"},
		{"zh", "ru", "俄语"},
		{"xx", "ru", "Russian"}, // there are no words in xx, and English ones are said
		{"en", "pt", "Portuguese"},
		{"en", "zh-TW", "Traditional Chinese"},
		{"en", "fa-IR", "Persian"},
		{"en", "it-CH", "Italian (Switzerland)"},
	} {
		if got := m.UI(tt.in).Language(tt.tag); got != tt.want {
			t.Errorf("%q in %s: %q, want %q", tt.tag, tt.in, got, tt.want)
		}
	}
}
