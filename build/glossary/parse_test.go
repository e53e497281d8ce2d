package glossary

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stele/build/diag"
	"stele/build/diagtest"
)

const full = `class: body
names:
  ru:
    - text: Региональная антитеррористическая структура
      kind: full
      status: preferred
      reliability: confirmed
      source: сайт
      forms: [Структуре]
    - {text: РАТС, kind: abbreviation}
  en: [Regional Anti-Terrorist Structure, {text: RATS, kind: abbreviation, find: false}]
definition: {ru: Орган., en: Body.}
source: Charter
facts: {founded: 2001-06-15, in-force: 2003, period: 2011/2016, place: {ru: Ташкент}}
parent: sco
related: [secretariat, terrorism]
sort: {zh: "diqu"}
notes:
  - {date: 2025-07, text: {ru: х}, source: у}
`

func TestParse(t *testing.T) {
	t.Parallel()
	c, diags := Parse("glossary/bodies/rats.yaml", full)
	if len(diags) > 0 {
		t.Fatalf("got diagnostics %v, want none", diags)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s %v\n", c.ID, c.Group, c.Class, c.Parent, c.Related)
	for _, l := range []string{"ru", "zh", "en"} {
		for _, n := range c.Names[l] {
			fmt.Fprintf(&b, "%s %s|%s|%s|%s|%s|%v|%t %d:%d\n", l, n.Text, n.Kind, n.Status, n.Reliability, n.Source, n.Forms, n.Hidden, n.Pos.Line, n.Pos.Col)
		}
	}
	for _, f := range c.Facts {
		fmt.Fprintf(&b, "%s %v %v %v\n", f.Key, f.Date, f.To, f.Text)
	}
	fmt.Fprintf(&b, "%v %v %v %v\n", c.Definition, c.Source, c.Sort, c.Notes[0].Date)
	fmt.Fprintf(&b, "%v %v %v", c.At["names.en"], c.At["related.1"], c.At["definition.en"])
	want := `rats bodies body sco [secretariat terrorism]
ru Региональная антитеррористическая структура|full|preferred|confirmed|сайт|[Структуре]|false 4:13
ru РАТС|abbreviation|admitted|||[]|false 10:14
en Regional Anti-Terrorist Structure|full|preferred|||[]|false 11:8
en RATS|abbreviation|admitted|||[]|true 11:50
founded 2001-06-15  map[]
in-force 2003  map[]
period 2011 2016 map[]
place   map[ru:Ташкент]
map[en:Body. ru:Орган.] map[:Charter] map[zh:diqu] 2025-07
glossary/bodies/rats.yaml:11:3 glossary/bodies/rats.yaml:16:24 glossary/bodies/rats.yaml:12:26`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestParseDiagnostics(t *testing.T) {
	t.Parallel()
	const ok = "class: body\nnames: {ru: [А]}\n"
	tests := []struct{ name, path, in, want string }{
		{"plain names", "", ok, ""},
		{"no names", "", "class: body", `1:1: error missing-key: a concept needs "names:" with a list for each language`},
		{"no class", "", "names: {ru: [А]}", `1:1: error missing-key: a concept needs a line "class: …", such as "class: notion"`},
		{"no word", "", "class: [body]\nnames: {ru: [А]}", `1:8: error wrong-type: "class" must be one text`},
		{"a word of the site's", "", "class: city\nnames: {ru: [А]}", ""},
		{"two preferred", "", "class: body\nnames:\n  ru:\n    - {text: А, status: preferred}\n    - {text: Б, status: preferred}\n", `5:14: error two-preferred: two names for "ru" are preferred; leave one so and make the other admitted`},
		{"none preferred", "", "class: body\nnames:\n  ru: [{text: А, status: deprecated}]\n", `3:3: error no-preferred: none of the names for "ru" is preferred; one must be`},
		{"preferred later", "", "class: body\nnames:\n  ru: [Б, {text: А, status: preferred}]\n", ""},
		{"no text", "", "class: body\nnames: {ru: [{kind: full}, А]}\n", `2:14: error missing-key: a name needs a line "text: …"`},
		{"confirmed nowhere", "", "class: body\nnames: {ru: [{text: А, reliability: confirmed}]}\n", `2:24: error missing-key: the name is confirmed, but there is no "source" that says where`},
		{"unknown key of a name", "", "class: body\nnames: {ru: [{text: А, from: x}]}\n", `2:24: error unknown-key: there is no key "from"; the keys here are find, forms, kind, reliability, since, source, status, text, until`},
		{"bad fact", "", ok + "facts: {founded: 2001-13}", `3:18: error bad-date: "founded" is not a date: "2001-13"; write YYYY, YYYY-MM or YYYY-MM-DD`},
		{"period backwards", "", ok + "facts: {period: 2016/2011}", `3:17: error bad-date: "period" must be two dates with a slash between them, the earlier first: 2011/2016`},
		{"related twice", "", ok + "related: [a, a]", `3:14: error duplicate-entry: an entry of "related" stands there twice: "a"`},
		{"sort without language", "", ok + "sort: x", `3:7: error wrong-type: "sort" must say for which language: {zh: x}`},
		{"note without text", "", ok + "notes: [{date: 2025}]", `3:9: error missing-key: a note needs a "text"`},
		{"file name", "glossary/bodies/a b.yaml", ok, `1:1: error bad-name: the file's name "a b" is the concept's id and its address: only letters, digits and single hyphens`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := tt.path
			if path == "" {
				path = "glossary/a.yaml"
			}
			_, diags := Parse(path, tt.in)
			if got := strings.ReplaceAll(text(diags), path+":", ""); got != tt.want {
				t.Errorf("%q:\n got %s\nwant %s", tt.in, got, tt.want)
			}
		})
	}
}

// TestLimits: a hostile file is refused where it would be endured for minutes.
func TestLimits(t *testing.T) {
	t.Parallel()
	list := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%d, ", i)
		}
		return b.String()
	}
	for _, tt := range []struct{ in, want string }{
		{"class: body\nnames: {ru: [" + list(MaxNames) + "]}", ""},
		{"class: body\nnames: {ru: [" + list(MaxNames+1) + "]}", "too-many-names"},
		{"class: body\nnames: {ru: [А], en: [{text: b, forms: [" + list(MaxNames-1) + "]}]}", ""},
		{"class: body\nnames: {ru: [А], en: [{text: b, forms: [" + list(MaxNames) + "]}]}", "too-many-names"},
		{"class: body\nnames: {ru: [А]}\nrelated: [" + list(MaxRelated) + "]", ""},
		{"class: body\nnames: {ru: [А]}\nrelated: [" + list(MaxRelated+9) + "]", "too-many-names"},
		{"class: body\nnames: {ru: [А, " + strings.Repeat("я", MaxNameLen) + "]}", ""},
		{"class: body\nnames: {ru: [А, " + strings.Repeat("я", MaxNameLen+1) + "]}", "too-long"},
		{"class: body\nnames: {ru: [{text: А, forms: [" + strings.Repeat("я", MaxNameLen+1) + "]}]}", "too-long"},
	} {
		_, diags := Parse("glossary/a.yaml", tt.in)
		got := ""
		if len(diags) > 0 {
			got = string(diags[0].Code)
		}
		if got != tt.want || len(diags) > 1 {
			t.Errorf("%.60q…: got %v, want %q", tt.in, diags, tt.want)
		}
	}
}

// TestLinear: what is wrong between many concepts is found in linear time. Each
// of these took minutes.
func TestLinear(t *testing.T) {
	t.Parallel()
	const n = 100_000
	c := &Concept{ID: "a", Path: "glossary/a.yaml", Names: map[string][]Name{"ru": {{Text: "А"}}}}
	for i := range n {
		c.Related = append(c.Related, fmt.Sprint("k", i))
	}
	var chain []*Concept
	for i := range n {
		chain = append(chain, &Concept{ID: fmt.Sprint("k", i), Parent: fmt.Sprint("k", i+1), Names: map[string][]Name{"ru": {{Text: "А"}}}})
	}
	start := time.Now()
	if got := len(Check(append(chain, c), []string{"ru"}, Scheme{})); got != 1 { // the last one's parent
		t.Errorf("%d diagnostics, want 1", got)
	}
	if got := len(Check([]*Concept{c}, []string{"ru"}, Scheme{})); got != n {
		t.Errorf("%d diagnostics, want %d", got, n)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%d ids took %v", n, took)
	}
}

func text(l diag.List) string {
	var lines []string
	for _, d := range l.Sorted() {
		lines = append(lines, d.Text(diagtest.English()))
	}
	return strings.Join(lines, "\n")
}

func TestCheck(t *testing.T) {
	t.Parallel()
	files := []struct{ path, data string }{
		{"glossary/bodies/a.yaml", "class: treaty\nnames:\n  ru: [А]\n  en: [A]\nparent: b\nrelated: [a, council]\n"},
		{"glossary/bodies/b.yaml", "class: body\nnames:\n  ru: [Б]\n  fr: [B]\nparent: a\n"},
		{"glossary/bodies/counsil.yaml", "class: body\nnames:\n  ru: [В]\n  en: [C]\ndefinition:\n  ru: Совет.\n"},
		{"glossary/treaties/a.yaml", "class: treaty\nnames:\n  ru: [А]\n  en: [A]\n"},
	}
	var all []*Concept
	for _, f := range files {
		c, diags := Parse(f.path, f.data)
		if len(diags) > 0 {
			t.Fatalf("%s: %v", f.path, diags)
		}
		all = append(all, c)
	}
	want := `glossary/bodies/a.yaml:1:1: warning class-folder: a concept of class "treaty" does not belong in the folder "bodies"
glossary/bodies/a.yaml:5:1: error parent-cycle: "a" belongs, over its parents, to itself
glossary/bodies/a.yaml:6:11: error unknown-concept: a concept cannot name itself here
glossary/bodies/a.yaml:6:14: error unknown-concept: there is no concept "council"; is "counsil" meant?
glossary/bodies/b.yaml:2:1: warning missing-language: there is no name in "en"
glossary/bodies/b.yaml:4:3: warning unknown-language: the site has no language "fr"
glossary/bodies/b.yaml:5:1: error parent-cycle: "b" belongs, over its parents, to itself
glossary/bodies/counsil.yaml:5:1: warning missing-language: the definition is missing in "en"
glossary/treaties/a.yaml:1:1: error duplicate-concept: there is another concept "a"; rename one of the two files`
	if got, want := text(Check(all[:3], []string{"de"}, Scheme{})), `glossary:1:1: warning missing-language: none of the 3 concepts has a name or a definition in "de"`; !strings.Contains(got, want) || strings.Count(got, `"de"`) != 1 {
		t.Errorf("a language without any name: got\n%s\nwant once\n%s", got, want)
	}
	if got := text(Check(all, []string{"ru", "en"}, Scheme{})); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestEdition keeps the edition's own concepts readable.
func TestEdition(t *testing.T) {
	t.Parallel()
	root := filepath.FromSlash("../../content")
	var all []*Concept
	err := filepath.WalkDir(filepath.Join(root, "glossary"), func(p string, e os.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		c, diags := Parse(filepath.ToSlash(rel), string(data))
		if len(diags) > 0 {
			t.Errorf("got\n%s\nwant no diagnostics", text(diags))
		}
		all = append(all, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diags := Check(all, []string{"ru", "zh", "en"}, Scheme{}); len(diags) > 0 {
		t.Errorf("got\n%s\nwant no diagnostics", text(diags))
	}
}
