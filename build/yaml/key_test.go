package yaml_test

import (
	"testing"

	"stele/build/diag"
	"stele/build/yaml"
	"stele/i18n"
)

// TestKey: a key stands in the quotation marks of the language that names it.
func TestKey(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string][2]string{"en": {`"date"`, `an entry of "date"`}, "ru": {"«date»", "«date» (одна из записей)"}, "zh": {"“date”", "“date”中的一项"}} {
		m, err := i18n.Command(lang)
		if err != nil {
			t.Fatal(err)
		}
		key := yaml.Key("date")
		if got := [2]string{key.In(m.UI(lang)), diag.Say("key-entry", "Key", key).In(m.UI(lang))}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
