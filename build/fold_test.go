package build

import (
	"testing"

	"stele/build/diag"
)

// TestFolded: what is said of every file is said once, with its number; what is
// said of few, or says different things, is said one by one.
func TestFolded(t *testing.T) {
	t.Parallel()
	var l diag.List
	for _, f := range []string{"b/en.md", "a/ru.md", "a/en.md"} {
		l.Warn(diag.Pos{Path: f, Line: 2, Col: 1}, "unknown-key.foreign", "Key", "weight")
		l.Warn(diag.Pos{Path: f, Line: 9, Col: 1}, "raw-html", "Tag", "<b>")
	}
	l.Warn(diag.Pos{Path: "a/en.md", Line: 3, Col: 1}, "unknown-key.foreign", "Key", "tags")
	l.Error(diag.Pos{Path: "c/en.md", Line: 2, Col: 1}, "unknown-key", "Key", "statuss", "Meant", "status")
	for i := range 5 {
		l.Warn(diag.Pos{Path: "d/en.md", Line: 10 - i, Col: 1}, "raw-html", "Tag", "<i>")
		l.Warn(diag.Pos{Path: string(rune('p' + i))}, "missing-language", "Languages", diag.Names{"ru", "zh"})
	}
	for _, x := range []string{"fa", "ar", "he"} {
		l.Note(diag.Pos{Path: "../i18n/" + x + ".yaml"}, "missing-language.interface", "Count", 9, "Instead", "en", "Language", x, "Model", "en.yaml")
	}
	for _, x := range []string{"q/fa.md", "q/ar.md", "q/he.md"} {
		l.Warn(diag.Pos{Path: x, Line: 1, Col: 1}, "dead-link", "Address", "README-cs.md", "Path", "q/README-cs.md")
		l.Error(diag.Pos{Path: x, Line: 2, Col: 1}, "dead-link", "Address", "b.md", "Path", "q/b.md")
	}
	for i, path := range []string{"r/en.md", "r/en.md", "r/ru.md", "r/ru.md", "r/ru.md"} {
		l.Warn(diag.Pos{Path: path, Line: i + 1, Col: 1}, "bad-character.omitted", "Name", "U+FEFF")
	}
	want := map[string]bool{
		`q/ar.md:1:1: warning dead-link: folded Phrase=(dead-link Address="README-cs.md" Path="q/README-cs.md") Times=(3) Files=(3)`:                              true,
		`q/ar.md:2:1: error dead-link: dead-link Address="b.md" Path="q/b.md"`:                                                                                    true,
		`q/fa.md:2:1: error dead-link: dead-link Address="b.md" Path="q/b.md"`:                                                                                    true,
		`q/he.md:2:1: error dead-link: dead-link Address="b.md" Path="q/b.md"`:                                                                                    true,
		`../i18n/ar.yaml:1:1: note missing-language: missing-language.interface-many Count=(9) Instead="en" Language="ar" Model="en.yaml" Languages=([fa ar he])`: true,
		`r/en.md:1:1: warning bad-character: bad-character.omitted Name="U+FEFF"`:                                                                                 true,
		`r/en.md:2:1: warning bad-character: bad-character.omitted Name="U+FEFF"`:                                                                                 true,
		`r/ru.md:3:1: warning bad-character: folded Phrase=(bad-character.omitted Name="U+FEFF") Times=(3) Files=(1)`:                                             true,
		`a/en.md:2:1: warning unknown-key: folded Phrase=(unknown-key.foreign Key="weight") Times=(3) Files=(3)`:                                                  true,
		`a/en.md:3:1: warning unknown-key: unknown-key.foreign Key="tags"`:                                                                                        true,
		`a/en.md:9:1: warning raw-html: raw-html Tag="<b>"`:                                                                                                       true,
		`a/ru.md:9:1: warning raw-html: raw-html Tag="<b>"`:                                                                                                       true,
		`b/en.md:9:1: warning raw-html: raw-html Tag="<b>"`:                                                                                                       true,
		`c/en.md:2:1: error unknown-key: unknown-key Key="statuss" Meant="status"`:                                                                                true,
		`d/en.md:6:1: warning raw-html: folded Phrase=(raw-html Tag="<i>") Times=(5) Files=(1)`:                                                                   true,
		`p:1:1: warning missing-language: missing-language.texts Languages=([ru zh]) Texts=(5) First="p"`:                                                         true,
	}
	for _, d := range folded(l).Sorted() {
		if !want[d.String()] {
			t.Errorf("is said: %s", d)
		}
		delete(want, d.String())
	}
	for s := range want {
		t.Errorf("is not said: %s", s)
	}
}
