package build

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/output"
	"stele/build/store"
)

// TestStoreChangesNoByte edits a site again and again at random and builds each
// state without a store, with one that remembers the states before, and after
// some of what it remembers was damaged or deleted.
func TestStoreChangesNoByte(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 2))
	words := map[string][]string{
		"ru": strings.Fields("мир торговля граница договор 2001 Шанхай государства сотрудничество безопасность статья"),
		"en": strings.Fields("peace trade border treaty 2001 Shanghai states cooperation security article"),
	}
	content := fstest.MapFS{
		"glossary/peace.yaml": {Data: []byte("names:\n  ru: [{text: мир, status: preferred}]\n  en: [{text: peace, status: preferred}]\n")},
	}
	text := func(lang string, paragraphs int) *fstest.MapFile {
		var b strings.Builder
		b.WriteString("# " + words[lang][0] + "\n")
		for i := range paragraphs {
			fmt.Fprintf(&b, "\n## %s {#s%d}\n\n", words[lang][i%10], i)
			for range 2 + r.IntN(3) {
				for range 3 + r.IntN(9) {
					b.WriteString(words[lang][r.IntN(10)] + " ")
				}
				b.WriteString("end.\n\n")
			}
		}
		return &fstest.MapFile{Data: []byte(b.String())}
	}
	for i := range 3 {
		for lang := range words {
			content[fmt.Sprintf("t%d/%s.md", i, lang)] = text(lang, 3)
		}
	}
	for round := range 12 {
		if round%3 > 0 {
			lang := []string{"ru", "en"}[r.IntN(2)]
			content[fmt.Sprintf("t%d/%s.md", r.IntN(3), lang)] = text(lang, 2+r.IntN(2))
		}
		if round%4 == 3 { // an earlier version, which the numbers come from
			content["t0/versions/2001-01-01/en.md"] = text("en", 2+r.IntN(2))
			content["t0/versions/2001-01-01/ru.md"] = text("ru", 2+r.IntN(2))
		}
		if round%3 == 2 {
			damage(t, dir, r)
		}
		want := madeOf(t, Inputs{Content: content})
		s, err := store.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		got := madeOf(t, Inputs{Content: content, Store: s, Program: "test"})
		for _, path := range slices.Sorted(maps.Keys(want)) {
			if !bytes.Equal(got[path], want[path]) {
				t.Fatalf("round %d: %s is another with the store", round, path)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("round %d: %d files with the store, %d without", round, len(got), len(want))
		}
	}
}

// madeOf builds a site and returns its files, and under "found" what was found.
// What is recalled must be what is made.
func madeOf(t *testing.T, in Inputs) map[string][]byte {
	t.Helper()
	b := New(in)
	recalled, err := b.Recall(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	e, found, err := b.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	var sums Sums
	if err := e.Write(context.Background(), sums.Through(func(path string, body []byte) error {
		out[path] = body
		return nil
	})); err != nil {
		t.Fatal(err)
	}
	if recalled != nil && (!slices.Equal(recalled.Files, sums) || fmt.Sprint(recalled.Found) != fmt.Sprint(found)) {
		t.Error("what was recalled is not what is made")
	}
	b.Remember(context.Background(), found, sums)
	if again, err := New(in).Recall(context.Background()); err != nil || in.Store != nil && again == nil {
		t.Errorf("what was remembered is not recalled (%v)", err)
	}
	out["found"] = []byte(fmt.Sprint(found))
	return out
}

// damage changes, cuts or deletes some entries of a store.
func damage(t *testing.T, dir string, r *rand.Rand) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		switch r.IntN(4) {
		case 0:
			err = os.Remove(f)
		case 1:
			err = os.WriteFile(f, data[:len(data)/2], 0o644)
		case 2:
			data[len(data)-1] ^= 4
			err = os.WriteFile(f, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestAllInputsCount: what Recall does not look at, it would not see changing.
func TestAllInputsCount(t *testing.T) {
	t.Parallel()
	// The store and who is told of the progress change nothing.
	if n := reflect.TypeFor[Inputs]().NumField(); n != 10 {
		t.Errorf("there are %d kinds of inputs; Recall knows ten", n)
	}
	dir := t.TempDir()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	one := fstest.MapFS{"a": {Data: []byte("1")}}
	first := Inputs{Content: fstest.MapFS{"t/en.md": {Data: []byte("Text.\n")}}, Store: s, Program: "test"}
	madeOf(t, first)
	for name, change := range map[string]func(*Inputs){
		"content": func(in *Inputs) { in.Content = fstest.MapFS{"t/en.md": {Data: []byte("Text\n")}} }, "themes": func(in *Inputs) { in.Themes = one },
		"words": func(in *Inputs) { in.I18n = one }, "static": func(in *Inputs) { in.Static = one }, "base": func(in *Inputs) { in.BaseURL = "https://example.org/" },
		"name": func(in *Inputs) { in.Name = "Site" }, "program": func(in *Inputs) { in.Program = "other" },
		"choice": func(in *Inputs) { in.Only = []string{"t"} },
	} {
		in := first
		change(&in)
		if r, err := New(in).Recall(t.Context()); err != nil || r != nil {
			t.Errorf("another %s was not seen (%v)", name, err)
		}
	}
	if r, err := New(first).Recall(t.Context()); err != nil || r == nil {
		t.Errorf("the same was not recalled (%v)", err)
	}
}

// TestChangeDuringBuild: what came of a file that changed during a build is not
// taken for what comes of the file before the change.
func TestChangeDuringBuild(t *testing.T) {
	t.Parallel()
	text := &fstest.MapFile{Data: []byte("Text. ![A](a.png)\n")}
	for _, tt := range []struct{ name, folder, path string }{
		{"picture", "content", "t/a.png"}, {"text", "content", "t/en.md"}, {"static", "static", "robots.txt"}, {"theme", "themes", "x/y.css"}, {"words", "i18n", "en.yaml"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := store.Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			folders := map[string]fstest.MapFS{"content": {"t/en.md": text, "t/a.png": {Data: []byte("1")}}, "static": {}, "themes": {}, "i18n": {}}
			in := Inputs{Content: folders["content"], Static: folders["static"], Themes: folders["themes"], I18n: folders["i18n"], Store: s, Program: "test"}
			recall := func(b *Builder) *Recalled {
				r, err := b.Recall(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			b, files := New(in), folders[tt.folder]
			recall(b)
			before := files[tt.path]
			files[tt.path] = &fstest.MapFile{Data: []byte("2")}
			b.Remember(t.Context(), nil, nil)
			if files[tt.path] = before; before == nil {
				delete(files, tt.path)
			}
			if recall(b) != nil {
				t.Error("what came of the change is recalled without it")
			}
			b.Remember(t.Context(), nil, nil)
			if recall(New(in)) == nil {
				t.Error("what did not change is not recalled")
			}
		})
	}
}

// TestRecalled: a build with all that findings can hold comes back as it was.
func TestRecalled(t *testing.T) {
	t.Parallel()
	var found diag.List
	found.Warn(diag.Pos{Path: "a/ru.md", Line: 3, Col: 4}, "code.variant", "Text", "x", "Empty", "", "Count", 3, "Zero", 0, "Names", diag.Names{"a", "b"},
		"Languages", diag.Languages{"ru"}, "Phrase", diag.Say("inner", "Word", "w"), "Phrases", diag.Phrases{diag.Say("p"), diag.Say("q", "N", 1)}, "None", diag.Names{})
	found.Note(diag.Pos{}, "other")
	found[1].Related = []diag.Related{{Pos: diag.Pos{Path: "b"}, Phrase: diag.Say("there", "Line", 1)}}
	in := &Recalled{Found: found, Files: []output.Known{{Path: "index.html", Size: 5, Sum: [32]byte{1, 2, 31: 9}}}}
	data := writeRecalled(in)
	out := readRecalled(data)
	if out == nil || !reflect.DeepEqual(in, out) {
		t.Errorf("got %+v\nwant %+v", out, in)
	}
	for i := range data {
		readRecalled(data[:i]) // must not panic
	}
	if readRecalled([]byte(`{"Found":[{"Phrase":{"ID":"x","Names":["A"],"Args":[{}]}}]}`)) != nil {
		t.Error("a finding without a value was taken")
	}
}

// TestRowsStored: rows come back as they were; what is no rows is refused.
func TestRowsStored(t *testing.T) {
	t.Parallel()
	if n := reflect.TypeFor[align.Row]().NumField(); n != 4 {
		t.Errorf("a row has %d fields; writeRows and readRows know four", n)
	}
	in := []align.Input{{Doc: &doc.Document{Blocks: make([]doc.Block, 300)}}, {Doc: &doc.Document{Blocks: make([]doc.Block, 2)}}}
	rows := []align.Row{{Blocks: [][]int{{0, 1, 299}, nil}, Confidence: 0.3}, {Blocks: [][]int{nil, {1}}, Confidence: 1, Moved: true}, {Blocks: [][]int{{2}, {0}}, Confidence: 0.9, Unlike: true}}
	data := writeRows(rows)
	got, ok := readRows(data, in)
	if !ok || !reflect.DeepEqual(got, rows) {
		t.Errorf("got %v, %v", got, ok)
	}
	for i := range data {
		if _, ok := readRows(data[:i], in); ok {
			t.Errorf("%d bytes of %d were taken", i, len(data))
		}
	}
	if _, ok := readRows(data, in[1:]); ok {
		t.Error("rows of other versions were taken")
	}
}
