package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/png"
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
	"stele/build/record"
	"stele/build/store"
)

// TestStoreChangesNoByte edits a site again and again at random and builds each
// state as a whole, text by text without a store, with one that remembers the states
// before, and after some of what it remembers was damaged or deleted.
func TestStoreChangesNoByte(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 2))
	c := newRandomSite(r)
	tree := map[string][]byte{}
	names := []string{"", ""}
	for round := range 28 {
		what := c.edit(round)
		if round%5 == 4 {
			what += ", damage"
			damage(t, dir, r)
		}
		if round == 20 {
			names = []string{"Name", "https://example.org/"}
		}
		in := Inputs{Content: maps.Clone(c.files), Name: names[0], BaseURL: names[1]}
		want := madeOf(t, in)
		same := func(how string, got map[string][]byte) {
			t.Helper()
			for _, path := range slices.Sorted(maps.Keys(want)) {
				if !bytes.Equal(got[path], want[path]) {
					t.Fatalf("round %d (%s): %s is another %s:\n%s\nnot\n%s", round, what, path, how, got[path], want[path])
				}
			}
			if len(got) != len(want) {
				t.Fatalf("round %d (%s): %d files %s, not %d", round, what, len(got), how, len(want))
			}
		}
		same("text by text", gatheredOf(t, in, nil))
		s, err := store.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		in.Store, in.Program = s, "test"
		old := tree
		if round%4 == 2 {
			old = nil // the published folder is gone
		}
		tree = gatheredOf(t, in, old)
		same("with the store", tree)
	}
}

// randomSite is a site that is edited at random.
type randomSite struct {
	r     *rand.Rand
	files fstest.MapFS
	texts int
	words map[string][]string
}

func newRandomSite(r *rand.Rand) *randomSite {
	c := &randomSite{r: r, texts: 5, files: fstest.MapFS{"t0/a.png": {Data: []byte("\x89PNG\r\n\x1a\n0")}}, words: map[string][]string{
		"ru": strings.Fields("мир торговля граница договор 2001 Шанхай государства сотрудничество безопасность статья"),
		"en": strings.Fields("peace trade border treaty 2001 Shanghai states cooperation security article"),
	}}
	c.settings()
	for i := range c.texts {
		c.text(i, "ru")
		c.text(i, "en")
	}
	return c
}

func (c *randomSite) settings() {
	c.files["site.yaml"] = &fstest.MapFile{Data: fmt.Appendf(nil, "languages: [ru, en]\ntitle: Site %d\ndownloads: [json, csv, epub, xliff, docx]\nseverities:\n  dead-fragment: warning\n  bad-link: warning\n", c.r.IntN(3))}
}

// text writes a version of a text, with a link into another.
func (c *randomSite) text(i int, lang string) {
	var b strings.Builder
	r, words := c.r, c.words[lang]
	if r.IntN(3) == 0 {
		fmt.Fprintf(&b, "---\ntitle: %s %d\ndate: 2020-01-0%d\n---\n\n", words[r.IntN(10)], r.IntN(3), 1+r.IntN(9))
	}
	fmt.Fprintf(&b, "# %s %d\n", words[i], r.IntN(3))
	for k := range 2 + r.IntN(2) {
		if i%2 == 0 {
			fmt.Fprintf(&b, "\n## %s %d {#s%d}\n\n", words[k], r.IntN(2), k+i%4/2)
		}
		for range 2 + r.IntN(2) {
			for range 3 + r.IntN(9) {
				b.WriteString(words[r.IntN(10)] + " ")
			}
			switch other := r.IntN(c.texts); r.IntN(5) {
			case 0:
				fmt.Fprintf(&b, "[here](../t%d/%s.md#s%d) ", other, lang, r.IntN(3))
			case 1:
				fmt.Fprintf(&b, "[there](../t%d/%s.md#p%d.%d) ", other, lang, r.IntN(3), r.IntN(3))
			case 2:
				b.WriteString("![A](../t0/a.png) ")
			case 3:
				fmt.Fprintf(&b, "[off](../t%d)[^1] ", other)
			}
			b.WriteString("end.\n\n")
		}
	}
	if r.IntN(4) == 0 {
		b.WriteString("<!-- stele: ignore dead-fragment known -->\n")
	}
	b.WriteString("[^1]: A note.\n")
	c.files[fmt.Sprintf("t%d/%s.md", i, lang)] = &fstest.MapFile{Data: []byte(b.String())}
}

// edit changes something, and says what.
func (c *randomSite) edit(round int) string {
	r := c.r
	lang := []string{"ru", "en"}[r.IntN(2)]
	i := r.IntN(c.texts)
	path := fmt.Sprintf("t%d/%s.md", i, lang)
	switch round % 14 {
	default:
		c.text(i, lang)
		return "a text"
	case 0:
		return "nothing"
	case 3: // a line alone
		if f := c.files[path]; f != nil {
			c.files[path] = &fstest.MapFile{Data: append(slices.Clone(f.Data), "\nOne more line.\n"...)}
		}
		return "a paragraph more"
	case 4:
		c.settings()
		return "the settings"
	case 5:
		c.files["glossary/peace.yaml"] = &fstest.MapFile{Data: fmt.Appendf(nil, "names:\n  ru: [{text: %s, status: preferred}]\n  en: [{text: peace, status: preferred}]\n", c.words["ru"][r.IntN(2)])}
		return "the glossary"
	case 6:
		c.texts++
		c.text(c.texts-1, "ru")
		c.text(c.texts-1, "en")
		return "a text more"
	case 8:
		delete(c.files, fmt.Sprintf("t%d/%s.md", c.texts-1, lang))
		return "a version less"
	case 9:
		c.files["t0/a.png"] = &fstest.MapFile{Data: fmt.Appendf(nil, "\x89PNG\r\n\x1a\n%d", round)}
		return "a picture"
	case 10:
		delete(c.files, "glossary/peace.yaml")
		return "no glossary"
	case 11: // an earlier version, which the numbers come from
		c.files["t0/versions/2001-01-01/en.md"], c.files["t0/versions/2001-01-01/ru.md"] = c.files["t0/en.md"], c.files["t0/ru.md"]
		return "an earlier version"
	case 13:
		delete(c.files, "t0/versions/2001-01-01/en.md")
		delete(c.files, "t0/versions/2001-01-01/ru.md")
		return "no earlier version"
	case 7: // numbers that stay
		save := func(e *Edition) ([]*Revision, error) {
			rev, err := e.Revise(fmt.Sprintf("t%d", i), nil, func(*record.Record) (string, error) { return "", nil })
			return []*Revision{rev}, err
		}
		_, _, _ = New(Inputs{Content: c.files}).Revise(context.Background(), save, func(files []Changed) error {
			for _, f := range files {
				c.files[f.Path] = &fstest.MapFile{Data: []byte(f.Data)}
			}
			return nil
		})
		return "a record"
	}
}

// TestPacksHangOn: the files of a text are made anew where what they show of others has
// changed, and else are those of the store.
func TestPacksHangOn(t *testing.T) {
	t.Parallel()
	picture := func(c color.Color) []byte {
		img := image.NewRGBA(image.Rect(0, 0, 2, 2))
		img.Set(0, 0, c)
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	content := fstest.MapFS{
		"site.yaml": {Data: []byte("downloads: [epub, json]\n")},
		"a/en.md":   {Data: []byte("---\nstatus: authentic\n---\n\n# A\n\nSee [it](../b/en.md#x).\n\n![Red](red.png)\n")},
		"a/red.png": {Data: picture(color.White)},
		"b/en.md":   {Data: []byte("# B\n\n## One {#one}\n\nWords.\n\n### Deep {#x}\n\nMore words.\n")},
		"c/en.md":   {Data: []byte("# C\n\nAlone.\n")},
		"d/e/en.md": {Data: []byte("---\nstatus: received\n---\n\n# E\n\nIn a folder.\n")},
	}
	for _, tt := range []struct {
		name, path, data string
		made             []string // texts whose files are made
	}{
		{"nothing", "c/en.md", string(content["c/en.md"].Data), nil},
		{"a word", "c/en.md", "# C\n\nNot alone.\n", []string{"c"}},
		{"a paragraph before", "b/en.md", "# B\n\n## One {#one}\n\nWords.\n\nNew.\n\n### Deep {#x}\n\nMore words.\n", []string{"a", "b"}},
		{"a paragraph after", "b/en.md", "# B\n\n## One {#one}\n\nWords.\n\n### Deep {#x}\n\nMore words.\n\nNew.\n", []string{"b"}},
		{"a section's address", "b/en.md", "# B\n\n## One {#other}\n\nWords.\n\n### Deep {#x}\n\nMore words.\n", []string{"a", "b"}},
		{"a title", "c/en.md", "# See\n\nAlone.\n", []string{"a", "b", "c", "d/e"}},
		{"a picture", "a/red.png", string(picture(color.Black)), []string{"a"}},
		{"the settings", "site.yaml", "downloads: [epub, json]\ntitle: Site\n", []string{"a", "b", "c", "d/e"}},
		{"a text more", "f/en.md", "# F\n", []string{"a", "b", "c", "d/e", "f"}},
		{"a concept that one text names", "glossary/x.yaml", "names:\n  en: [{text: folder, status: preferred}]\n", []string{"a", "b", "c", "d/e"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := store.Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			in := Inputs{Content: maps.Clone(content), Store: s, Program: "test"}
			old := gatheredOf(t, in, nil)
			files := maps.Clone(content)
			files[tt.path] = &fstest.MapFile{Data: []byte(tt.data)}
			in.Content = files
			g, _, err := New(in).Gather(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := g.keyTexts(t.Context()); err != nil {
				t.Fatal(err)
			}
			m := &memory{old, map[string][]byte{}}
			missing, err := g.recall(t.Context(), g.items, m)
			if err != nil {
				t.Fatal(err)
			}
			var made []string
			for _, it := range missing {
				made = append(made, it.from.Name)
			}
			if !slices.Equal(made, tt.made) {
				t.Errorf("the files of %q are made, not of %q", made, tt.made)
			}
			want := madeOf(t, Inputs{Content: files})
			for path, body := range gatheredOf(t, in, old) {
				if !bytes.Equal(body, want[path]) {
					t.Errorf("%s is another", path)
				}
				delete(want, path)
			}
			if len(want) > 0 {
				t.Errorf("%d files are not made", len(want))
			}
		})
	}
}

// TestShared: files that are made text by text, with what the pages of a text have in
// common written once, are those that are made each by itself.
func TestShared(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"../content", "../docs/handbook"} {
		got, want := gatheredOf(t, Inputs{Content: os.DirFS(dir)}, nil), madeOf(t, Inputs{Content: os.DirFS(dir)})
		for path, body := range want {
			if !bytes.Equal(got[path], body) {
				t.Errorf("%s: %s is another", dir, path)
			}
		}
		if len(got) != len(want) || len(want) < 100 {
			t.Errorf("%s: %d files, want %d", dir, len(got), len(want))
		}
	}
}

// memory is a tree of files in memory, beside the one that was there before.
type memory struct{ old, files map[string][]byte }

func (m *memory) Put(path string, body []byte) error {
	if m.files[path] != nil {
		return fmt.Errorf("%s is given twice", path)
	}
	m.files[path] = slices.Clone(body)
	return nil
}

func (m *memory) Keep(files []output.Known) ([]bool, error) {
	kept := make([]bool, len(files))
	for i, f := range files {
		body, ok := m.old[f.Path]
		if kept[i] = ok && sha256.Sum256(body) == f.Sum; kept[i] {
			if err := m.Put(f.Path, body); err != nil {
				return nil, err
			}
		}
	}
	return kept, nil
}

// gatheredOf builds a site text by text over an old tree and returns its files, and
// under "found" what was found.
func gatheredOf(t *testing.T, in Inputs, old map[string][]byte) map[string][]byte {
	t.Helper()
	g, found, err := New(in).Gather(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := &memory{old, map[string][]byte{}}
	sums, err := g.Write(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	if in.Store == nil { // nobody asks
		sums = sums[:0]
	} else if len(sums) != len(m.files) || !slices.IsSortedFunc(sums, func(x, y output.Known) int { return strings.Compare(x.Path, y.Path) }) {
		t.Errorf("%d files are known of %d, or not by path", len(sums), len(m.files))
	}
	for _, f := range sums {
		if body := m.files[f.Path]; sha256.Sum256(body) != f.Sum || int64(len(body)) != f.Size {
			t.Errorf("another file is known than %s", f.Path)
		}
	}
	m.files["found"] = []byte(fmt.Sprint(found))
	return m.files
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
