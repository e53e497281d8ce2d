package i18n

import (
	"reflect"
	"testing"
	"text/template"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"pgregory.net/rapid"
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
				for _, without := range append(namesIn(p, true), "") {
					var pairs []any
					data := map[string]any{}
					for _, name := range namesIn(p, false) {
						if name == without || data[name] != nil {
							continue
						}
						var value any = "<" + name + " & 2>"
						if len(pairs)%4 == 2 || name == "Count" {
							value = 12345
						}
						pairs = append(pairs, name, value)
						data[name] = value
					}
					if _, ok := data["Count"]; ok {
						data["Count"] = u.Number(12345)
					}
					got, ok := p.fill(u, pairs)
					want, err := u.locs[0].Localize(&goi18n.LocalizeConfig{MessageID: id, TemplateData: data})
					if !ok || err != nil || got != want {
						t.Errorf("%s, %s without %q: got %q, want %q (%v)", lang, id, without, got, want, err)
					}
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

// namesIn are the names of the places of a message; or of those alone that it
// can do without.
func namesIn(p plain, optional bool) []string {
	var out []string
	for _, x := range p {
		if x.name != "" && (x.given != nil || !optional) {
			out = append(out, x.name)
		}
		out = append(append(out, namesIn(x.given, optional)...), namesIn(x.none, optional)...)
	}
	return out
}

// TestOptionalParts: zero and the empty text are as if nothing was given.
func TestOptionalParts(t *testing.T) {
	t.Parallel()
	u := (&Messages{langs: map[string]*speech{}}).UI("en")
	m := &message{}
	m.Other = "{{if .Number}}para. {{.Number}}{{if .Section}} of {{.Section}}{{end}}{{else}}the whole{{end}}."
	m.Zero, m.One, m.Two, m.Few, m.Many = m.Other, m.Other, m.Other, m.Other, m.Other
	p, ok := plainOf(m)
	if !ok {
		t.Fatal("not plain")
	}
	for want, pairs := range map[string][]any{
		"the whole.":     {"Number", 0, "Section", "II"},
		"para. 3 of II.": {"Number", 3, "Section", "II"},
		"para. 5.3.":     {"Number", "", "Number", "5.3", "Section", ""},
	} {
		if got, ok := p.fill(u, pairs); !ok || got != want {
			t.Errorf("%v: %q, want %q", pairs, got, want)
		}
	}
	if got, ok := p.fill(u, []any{"Number", 1.5}); ok {
		t.Errorf("a value of another type: %q", got)
	}
}

// TestSimple: what is read without a template is what the template says.
func TestSimple(t *testing.T) {
	t.Parallel()
	parts := []string{"a", "слово ", "{{.Name}}", "{{.N1}}", "{{", "}}", "{{-", "{{.}}", "{{ .Name }}", "{{if .Name}}x{{end}}", "{{.A.B}}", "\n", "{", "}", ""}
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(parts), 0, 5).Draw(t, "parts") {
			text += p
		}
		got, ok := simple(text)
		if !ok {
			return
		}
		read++
		tmpl, err := template.New("").Parse(text)
		if err != nil {
			t.Fatalf("%q is no template: %v", text, err)
		}
		if want, ok := piecesOf(tmpl.Root); !ok || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: got %v, want %v", text, got, want)
		}
	})
	if read == 0 {
		t.Error("nothing was read")
	}
}
