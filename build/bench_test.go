package build_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
	"stele/build/align"
	"stele/build/glossary"
	"stele/build/markdown"
	"stele/build/site"
	"stele/build/source"
)

// BenchmarkReload measures what the preview does after one paragraph of one file
// has changed: Load, and the page that shows the paragraph.
// STELE_BENCH names a content folder, such as bench/texts writes; else it is the
// edition.
func BenchmarkReload(b *testing.B) {
	dir := os.Getenv("STELE_BENCH")
	if dir == "" {
		dir = "../content"
	}
	content := fstest.MapFS{}
	under := os.DirFS(dir)
	file := ""
	if err := fs.WalkDir(under, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(under, p)
		content[p] = &fstest.MapFile{Data: data}
		if strings.HasSuffix(p, "/en.md") {
			file = p
		}
		return err
	}); err != nil {
		b.Fatal(err)
	}
	snap := build.NewSnapshot(content)
	builder := build.New(build.Inputs{Content: snap})
	original := strings.TrimRight(string(content[file].Data), "\n")
	load := func(i int) {
		content[file] = &fstest.MapFile{Data: fmt.Appendf(nil, "%s %d\n", original, i)}
		snap.Forget(file)
		e, _, err := builder.Load(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		text := e.Site.Text(path.Dir(file))
		last := text.Sections[len(text.Sections)-1]
		if _, err := e.File(e.Site.Page(site.PassageKey(last.Passages[0]), 0).Path); err != nil {
			b.Fatal(err)
		}
	}
	load(0)
	i := 0
	for b.Loop() {
		i++
		load(i)
	}
}

// BenchmarkAlignStrategy aligns the edition's Strategy as if it had no record,
// with the concepts that its passages name. GOMAXPROCS=1 gives the time on one
// core, the collection of garbage included.
func BenchmarkAlignStrategy(b *testing.B) {
	content := os.DirFS("../content")
	tree, _, err := source.Read(content)
	if err != nil {
		b.Fatal(err)
	}
	var concepts []*glossary.Concept
	for _, f := range tree.Concepts {
		c, _ := glossary.Parse(f.Path, f.Data)
		concepts = append(concepts, c)
	}
	var in []align.Input
	for _, t := range tree.Texts {
		for _, f := range t.Files {
			if t.Name != "strategy" {
				continue
			}
			d, _ := markdown.Parse(f)
			v := align.Input{Doc: d, Concepts: make([][]string, len(d.Blocks))}
			for i := range d.Blocks {
				for _, m := range glossary.MatcherOf(concepts, f.Lang).Find(d.Blocks[i].Text) {
					v.Concepts[i] = append(v.Concepts[i], m.Concept)
				}
			}
			in = append(in, v)
		}
	}
	if len(in) != 3 {
		b.Fatalf("the Strategy has %d languages", len(in))
	}
	for b.Loop() {
		align.Align(in)
	}
}

// BenchmarkSketch measures what the preview does before its first page, and for
// the first page of another text.
func BenchmarkSketch(b *testing.B) {
	dir := os.Getenv("STELE_BENCH")
	if dir == "" {
		b.Skip("STELE_BENCH names no folder of many texts")
	}
	for b.Loop() {
		builder := build.New(build.Inputs{Content: build.NewSnapshot(os.DirFS(dir))})
		e, err := builder.Sketch(b.Context())
		if err != nil || e == nil {
			b.Fatal(e, err)
		}
		last := e.Site.Texts[len(e.Site.Texts)-1]
		if e, err = builder.Sketch(b.Context(), last.ID); err != nil {
			b.Fatal(err)
		}
		if _, err := e.File(e.Site.Page(site.ContentsKey(e.Site.Text(last.ID)), 0).Path); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkConcept measures what the preview does after a concept was edited: Load, and
// the concept's page. STELE_BENCH names a folder of many texts; the glossary is the
// edition's.
func BenchmarkConcept(b *testing.B) {
	dir := os.Getenv("STELE_BENCH")
	if dir == "" {
		b.Skip("STELE_BENCH names no folder of many texts")
	}
	for _, edit := range []struct {
		name string
		file string
		edit func(data string, i int) string // the file after the i-th edit
	}{
		{"definition", "bodies/sco", func(data string, i int) string {
			return strings.Replace(data, "definition:\n  ru: ", fmt.Sprintf("definition:\n  ru: %d ", i), 1)
		}},
		{"name", "bodies/rats", func(data string, i int) string {
			return strings.Replace(data, "- text: Regional Anti-Terrorist Structure\n", fmt.Sprintf("- text: Regional Structure %d\n", i), 1)
		}},
		{"common name", "bodies/rats", func(data string, i int) string {
			return strings.Replace(data, "- text: Regional Anti-Terrorist Structure\n", "- text: "+[]string{"security", "economic"}[i%2]+"\n", 1)
		}},
		{"relation", "bodies/rats", func(data string, i int) string {
			return strings.Replace(data, "related: [", "related: ["+[]string{"sco", "charter"}[i%2]+", ", 1)
		}},
		{"going and coming", "bodies/rats", func(data string, i int) string {
			if i%2 == 0 {
				return ""
			}
			return data
		}},
	} {
		b.Run(edit.name, func(b *testing.B) {
			content := fstest.MapFS{}
			for from, to := range map[string]string{dir: ".", "../content/glossary": "glossary"} {
				under := os.DirFS(from)
				if err := fs.WalkDir(under, ".", func(p string, d fs.DirEntry, err error) error {
					if err != nil || d.IsDir() {
						return err
					}
					data, err := fs.ReadFile(under, p)
					content[path.Join(to, p)] = &fstest.MapFile{Data: data}
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
			file := "glossary/" + edit.file + ".yaml"
			original := string(content[file].Data)
			snap := build.NewSnapshot(content)
			builder := build.New(build.Inputs{Content: snap})
			load := func(i int) {
				if data := edit.edit(original, i); data != "" {
					if data == original && i > 0 && edit.name != "going and coming" {
						b.Fatal("nothing was edited")
					}
					content[file] = &fstest.MapFile{Data: []byte(data)}
					snap.Forget(file)
				} else {
					delete(content, file)
				}
				if edit.name == "going and coming" {
					snap.ForgetAll()
				}
				e, _, err := builder.Load(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				if _, err := e.File("en/glossary/sco.html"); err != nil {
					b.Fatal(err)
				}
			}
			load(0)
			i := 0
			for b.Loop() {
				i++
				load(i)
			}
		})
	}
}
