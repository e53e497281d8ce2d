package check_test

import (
	"flag"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"stele/build/check"
	"stele/build/diag"
	"stele/build/diagtest"
)

// FuzzSite: whatever the texts are, there is no panic, every finding is of a
// known rule, in one line, and its places are in the files; and the same texts
// give the same findings.
func FuzzSite(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	// As a test, the texts of an archive are one; the fuzzer is given each by itself,
	// as it can do little with texts of which one takes it a second.
	fuzzing := flag.Lookup("test.fuzz").Value.String() != ""
	longest := 1 << 14
	if fuzzing {
		longest = 1 << 10
	}
	for _, file := range archives {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		texts := map[string]*[3]string{}
		for _, x := range a.Files {
			of := ""
			if fuzzing {
				of = path.Dir(x.Name)
			}
			for i, lang := range []string{"ru", "en", "zh"} {
				if strings.HasSuffix(x.Name, "/"+lang+".md") {
					if texts[of] == nil {
						texts[of] = &[3]string{}
					}
					texts[of][i] += string(x.Data)
				}
			}
		}
		for _, of := range slices.Sorted(maps.Keys(texts)) {
			if t := texts[of]; len(t[0])+len(t[1])+len(t[2]) <= longest {
				f.Add(t[0], t[1], t[2])
			}
		}
	}
	f.Add("«„“ ( [[rats]] 5-", "\"'`", "（“《")
	f.Add("1.1.1 12 января 2 2 2\u00a0000", "May 1, 1\n\n| a | 1 |\n|---|---|\n| \"b | c |\n\nx[^1]\n\n[^1]: y 5", "五十百千万亿第三百分之百分之一双二十一月一日\n\n5月40日")
	const concept = "class: body\nnames:\n  ru: [РАТС]\n  en: [RATS, {text: the structure, status: deprecated}]\n  zh: [机构]\n"
	words := diagtest.English() // which takes longer than a small site
	f.Fuzz(func(t *testing.T, ru, en, zh string) {
		if len(ru)+len(en)+len(zh) > longest {
			t.Skip()
		}
		content := fstest.MapFS{"glossary/bodies/rats.yaml": &fstest.MapFile{Data: []byte(concept)}}
		for lang, text := range map[string]string{"ru": ru, "en": en, "zh": zh} {
			content["t/"+lang+".md"] = &fstest.MapFile{Data: []byte(text)}
		}
		e := load(t, content)
		l := check.Site(e.site, check.Options{Data: e.data})
		lines := map[string][]string{}
		for name, data := range e.data {
			lines[name] = strings.Split(data, "\n")
		}
		inside := func(p diag.Pos) bool {
			if p.Path == "glossary/bodies/rats.yaml" {
				return true
			}
			file, ok := lines[p.Path]
			return ok && p.Line >= 1 && p.Line <= len(file) && p.Col >= 1 && p.Col <= utf8.RuneCountInString(file[p.Line-1])+1
		}
		for _, d := range l {
			if !inside(d.Pos) {
				t.Errorf("%v: out of the file\n%q", d, lines[d.Pos.Path])
			}
			for _, r := range d.Related {
				if !inside(r.Pos) {
					t.Errorf("%v: the place %v %q is out of the file", d, r.Pos, r.Text(words))
				}
			}
			if _, ok := report.Rules.Of(d.Code); !ok {
				t.Errorf("%v: no such rule", d)
			}
			if said := d.Sentence(words); said == "" || strings.HasSuffix(said, ".") || strings.ContainsAny(said, "‹›\n") || !utf8.ValidString(said) || utf8.RuneCountInString(said) > 2000 {
				t.Errorf("%v: the message is empty, ends in a period, is broken or too long", d)
			}
		}
		again := report.Rules.Waive(check.Site(e.site, check.Options{Data: e.data}), e.site)
		once := report.Rules.Waive(l, e.site)
		var a, b strings.Builder
		if err := check.WriteText(&a, once, check.Report{Words: words}); err != nil {
			t.Fatal(err)
		}
		if err := check.WriteText(&b, again, check.Report{Words: words}); err != nil {
			t.Fatal(err)
		}
		if a.String() != b.String() {
			t.Errorf("two runs differ:\n%s\n%s", a.String(), b.String())
		}
	})
}
