package i18n

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// TestBegin: the beginning of a language's file can be read, says nothing yet
// but dates, and has a place for every message with a count in all its forms.
func TestBegin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, forms, date string }{
		{"kk", "[one other]", "2014\u00a0ж. 12 қыркүйек"},
		{"uk", "[one few many other]", "12 вересня 2014 р."},
		{"ar", "[zero one two few many other]", "12 سبتمبر 2014"},
		{"vi", "[other]", "12 tháng 9, 2014"},
		{"dng", "[other]", "2014-09-12"},
	} {
		if got := fmt.Sprint(pluralFormsOf(c.lang)); got != c.forms {
			t.Errorf("%s: forms %s, want %s", c.lang, got, c.forms)
		}
		text := Begin(c.lang, "en")
		m, err := Load(fstest.MapFS{c.lang + ".yaml": {Data: []byte(text)}})
		if err != nil {
			t.Errorf("%s: %v\n%s", c.lang, err, text)
			continue
		}
		all := len(m.langs[Fallback].words)
		if n, _ := m.Missing(c.lang); n != all {
			t.Errorf("%s: %d of %d messages are still to be written, want all", c.lang, n, all)
		}
		for id := range m.langs[Fallback].words {
			if !strings.Contains(text, "\n"+id+":\n") {
				t.Errorf("%s: there is no place for %q", c.lang, id)
			}
		}
		if got := m.UI(c.lang).Date("2014-09-12"); strings.ReplaceAll(got, "\u00a0р", " р") != c.date {
			t.Errorf("%s: the date reads %q, want %q", c.lang, got, c.date)
		}
	}
}
