package i18n

import (
	"testing"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// TestPlainMessages: what plain messages are filled with says what go-i18n says.
func TestPlainMessages(t *testing.T) {
	t.Parallel()
	site, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	editors, err := Editors()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range []*Messages{site, editors} {
		for lang, s := range m.langs {
			u := m.UI(lang)
			for id, p := range s.plain {
				if u.forms[id] != nil {
					continue
				}
				var pairs []any
				data := map[string]any{}
				for _, x := range p {
					if x.name == "" || data[x.name] != nil {
						continue
					}
					var value any = "<" + x.name + " & 2>"
					if len(pairs)%4 == 2 || x.name == "Count" {
						value = 12345
					}
					pairs = append(pairs, x.name, value)
					data[x.name] = value
				}
				if _, ok := data["Count"]; ok {
					data["Count"] = u.Number(12345)
				}
				got, ok := p.fill(u, pairs)
				want, err := u.locs[0].Localize(&goi18n.LocalizeConfig{MessageID: id, TemplateData: data})
				if !ok || err != nil || got != want {
					t.Errorf("%s, %s: got %q, want %q (%v)", lang, id, got, want, err)
				}
				n++
			}
		}
	}
	if n < 300 {
		t.Errorf("%d messages only", n)
	}
	u := site.UI("en")
	if got := u.T("passage"); got == "" || got == u.T("passage", "Number", "5.3") {
		t.Errorf("without a value: %q", got)
	}
}
