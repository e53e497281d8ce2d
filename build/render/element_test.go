package render

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/site"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestElements takes every kind of block and element through the parser and the
// renderer. A case in testdata/elements.txtar is three parts: NAME.LANG.md; the
// tree that the parser makes of it, NAME.tree; and what the renderer writes, a
// line for each block and note, NAME.html.
func TestElements(t *testing.T) {
	t.Parallel()
	const path = "testdata/elements.txtar"
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	golden := map[string][]byte{}
	for _, f := range a.Files {
		golden[f.Name] = f.Data
	}
	out := &txtar.Archive{Comment: a.Comment}
	seen := map[string]bool{}
	for _, f := range a.Files {
		base, ok := strings.CutSuffix(f.Name, ".md")
		if !ok {
			continue
		}
		name, lang, _ := strings.Cut(base, ".")
		d := parse("t", lang, string(f.Data))
		note(d.Blocks, seen)
		tree, html := []byte(doc.Dump(d)), elementHTML(t, d)
		out.Files = append(out.Files, f, txtar.File{Name: name + ".tree", Data: tree}, txtar.File{Name: name + ".html", Data: html})
		if *update {
			continue
		}
		if diff := cmp.Diff(string(golden[name+".tree"]), string(tree)); diff != "" {
			t.Errorf("%s: the tree differs (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(string(golden[name+".html"]), string(html)); diff != "" {
			t.Errorf("%s: the HTML differs (-want +got):\n%s", name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, what := range []string{
		"block 0", "block 1", "block 2", "block 3", "block 4", "block 6", "block 7", "block 8", // doc.Row comes from line-per-block files only
		"style 0", "style 1", "style 2", "style 3", "style 4", "style 5", "style 6", "style 7", "align 0", "align 1", "align 2", "align 3", "container 0", "container 1", "container 2", "container 3",
		"*doc.Text", "*doc.Styled", "*doc.CodeSpan", "*doc.Link", "*doc.ConceptLink", "*doc.Image", "*doc.NoteRef", "*doc.LineBreak", "*doc.Space",
	} {
		if !seen[what] {
			t.Errorf("no case has %s", what)
		}
	}
}

// note notes the kinds of what is in the blocks.
func note(blocks []doc.Block, seen map[string]bool) {
	see := func(what string, kind uint8) { seen[what+" "+string('0'+rune(kind))] = true }
	for i := range blocks {
		b := &blocks[i]
		see("block", uint8(b.Kind))
		for _, c := range b.Within {
			see("container", uint8(c.Kind))
		}
		for _, r := range b.Rows {
			for _, c := range r.Cells {
				see("align", uint8(c.Align))
			}
		}
		for n := range b.Walk() {
			seen[reflect.TypeOf(n).String()] = true
			if s, ok := n.(*doc.Styled); ok {
				see("style", uint8(s.Style))
			}
		}
		for _, n := range b.Notes {
			note(n.Blocks, seen)
		}
	}
}

// elementHTML is what the renderer makes of a document that stands in a site
// with another text, a picture and the concepts of the fixture.
func elementHTML(t *testing.T, d *doc.Document) []byte {
	t.Helper()
	found := fixtureMatches(d)
	about := []*doc.Document{parse("about", d.Lang, "# About\n\nA text.\n")}
	docs := []*doc.Document{d}
	s, _ := site.Assemble(site.Input{
		Langs: languages, Order: []string{"t"}, Concepts: fixtureConcepts(), Files: []string{"t/seal.png"},
		Texts: []site.TextInput{{ID: "t", Docs: docs, Table: table(docs), Matches: [][][]glossary.Match{found}}, {ID: "about", Docs: about, Table: table(about)}},
	})
	r := renderer(t, s)
	var out bytes.Buffer
	for l, lang := range languages {
		if lang.Code != d.Lang {
			continue
		}
		c := context{r, s.Page(site.Key{Kind: site.TextFull, Text: "t"}, l), r.uis[l], nil}
		if c.page == nil {
			c.page = s.Page(site.ContentsKey(s.Text("t")), l)
		}
		w := &writer{context: c, lang: l, number: "1.1", real: true, outline: &outline{}, refs: map[string]bool{}}
		for _, section := range s.Text("t").Sections {
			for _, p := range section.Passages {
				for _, b := range p.Cells[l].Blocks {
					w.b.Reset()
					w.block(b)
					out.WriteString(w.b.String() + "\n")
					if w.b.Reset(); len(b.Notes) > 0 {
						w.notes(b)
						out.WriteString(w.b.String() + "\n")
					}
				}
			}
		}
	}
	return out.Bytes()
}
