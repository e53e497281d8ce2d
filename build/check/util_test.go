package check_test

import (
	"io/fs"
	"testing"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

// edition is a content folder, assembled as the conductor does it.
type edition struct {
	site  *site.Site
	found diag.List         // by the earlier stages
	data  map[string]string // of each text file
}

func load(t testing.TB, content fs.FS) edition {
	t.Helper()
	tree, found, err := source.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	e := edition{found: found, data: map[string]string{}}
	in := site.Input{Title: tree.Config.Title, Order: tree.Config.Texts, Files: tree.Others}
	var langs []string
	for _, l := range tree.Config.Languages {
		in.Langs = append(in.Langs, site.Lang{Code: l.Lang, Tag: l.Tag, Name: l.Name})
		langs = append(langs, l.Lang)
	}
	for _, f := range tree.Concepts {
		c, d := glossary.Parse(f.Path, f.Data)
		e.found = append(e.found, d...)
		if c != nil {
			in.Concepts = append(in.Concepts, c)
		}
	}
	e.found = append(e.found, glossary.Check(in.Concepts, langs, glossary.Scheme{})...)
	matchers := map[string]*glossary.Matcher{}
	for _, l := range langs {
		matchers[l] = glossary.MatcherOf(in.Concepts, l)
	}
	for _, text := range tree.Texts {
		ti := site.TextInput{ID: text.Name, Slug: text.Slug}
		var versions []align.Input
		for _, f := range text.Files {
			e.data[f.Path] = f.Data
			d, list := markdown.Parse(f)
			e.found = append(e.found, list...)
			matches := make([][]glossary.Match, len(d.Blocks))
			concepts := make([][]string, len(d.Blocks))
			for i, b := range d.Blocks {
				if b.Kind == doc.Heading || b.Kind == doc.Code {
					continue
				}
				matches[i] = matchers[f.Lang].Find(b.Text)
				for _, m := range matches[i] {
					concepts[i] = append(concepts[i], m.Concept)
				}
			}
			ti.Docs, ti.Matches = append(ti.Docs, d), append(ti.Matches, matches)
			versions = append(versions, align.Input{Doc: d, Concepts: concepts})
		}
		var rec *record.Record
		if text.Record != nil {
			var list diag.List
			rec, list = record.Parse(text.Record.Path, text.Record.Data)
			e.found = append(e.found, list...)
		}
		ti.Table = record.Reconcile(versions, rec)
		in.Texts = append(in.Texts, ti)
	}
	s, list := site.Assemble(in)
	e.site, e.found = s, append(e.found, list...)
	return e
}
