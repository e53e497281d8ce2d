package site_test

import (
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"stele/build/diag"
	"stele/build/glossary"
	"stele/build/site"
)

// TestOutlines: a site of outlines has the pages of one of the texts themselves, at the
// same addresses and with the same titles, and the same is found about the whole.
func TestOutlines(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("testdata/*.txtar")
	outlines := 0
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		in := input(t, a)
		g := site.NewGlossary(in.Concepts, in.Scheme)
		var texts, outlined []*site.Text
		for _, x := range in.Texts {
			text, _ := site.Cut(in.Langs, g.IDs, x)
			texts, outlined = append(texts, text), append(outlined, text)
			if !text.Outlines() {
				continue
			}
			outlines++
			data := string(text.AppendOutline(nil))
			o, ok := site.Outlined(in.Langs, data)
			if !ok {
				t.Fatalf("%s: the outline of %s cannot be read", file, text.ID)
			}
			outlined[len(outlined)-1] = o
			for i := range data { // must not panic
				if _, ok := site.Outlined(in.Langs, data[:i]); ok {
					t.Errorf("%s: %d bytes of %d were taken for the outline of %s", file, i, len(data), text.ID)
				}
				site.Outlined(in.Langs, data[:i]+"\xff\xff\x03"+data[i:])
			}
			if o.Editorial() != text.Editorial() || o.Date() != text.Date() || !slices.Equal(o.AppendSign(nil), text.AppendSign(nil)) || !slices.Equal(o.AppendOutline(nil), text.AppendOutline(nil)) {
				t.Errorf("%s: the outline of %s is another text's", file, text.ID)
			}
		}
		want, wantFound := site.Join(in, g, texts, nil)
		got, found := site.Join(in, g, outlined, nil)
		if w, g := wantFound.Sorted(), found.Sorted(); !slices.EqualFunc(w, g, func(a, b diag.Diagnostic) bool {
			return a.Pos == b.Pos && a.Code == b.Code && a.Phrase.ID == b.Phrase.ID
		}) {
			t.Errorf("%s: found %v\nwant %v", file, g, w)
		}
		same := func(what string, want, got []*site.Page) {
			if !slices.EqualFunc(want, got, func(a, b *site.Page) bool { return a.Path == b.Path && a.Key == b.Key && a.Fragment == b.Fragment }) {
				t.Errorf("%s: there are other %s", file, what)
			}
		}
		same("pages", want.Pages, got.Pages)
		same("old addresses", want.Moved, got.Moved)
		if !slices.Equal(want.Files, got.Files) {
			t.Errorf("%s: there are other files", file)
		}
		for i, text := range want.Texts {
			w, _ := want.AppendLeads(nil, text)
			g, _ := got.AppendLeads(nil, got.Texts[i])
			if !slices.Equal(w, g) {
				t.Errorf("%s: the links of %s lead elsewhere", file, text.ID)
			}
			if c, d := text.Counts(), got.Texts[i].Counts(); c.Passages != d.Passages || c.AgreeAll != d.AgreeAll {
				t.Errorf("%s: %s has other passages: %v, not %v", file, text.ID, d, c)
			}
			for l := range want.Langs {
				if text.Units(l) != got.Texts[i].Units(l) {
					t.Errorf("%s: %s has another length", file, text.ID)
				}
			}
		}
	}
	if outlines < 4 {
		t.Errorf("%d texts have outlines", outlines)
	}
}

// FuzzOutlined: no bytes make it panic.
func FuzzOutlined(f *testing.F) {
	langs := []site.Lang{{Code: "ru"}, {Code: "en"}}
	g := site.NewGlossary(nil, glossary.Scheme{})
	f.Add("")
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		in := input(f, a)
		for _, x := range in.Texts {
			if text, _ := site.Cut(in.Langs, g.IDs, x); text.Outlines() {
				f.Add(string(text.AppendOutline(nil)))
			}
		}
	}
	f.Fuzz(func(_ *testing.T, data string) {
		site.Outlined(langs, data)
	})
}
