package build

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"stele/build/source"
)

// steady gives the same list of a folder as long as its names are the same, as
// a snapshot does.
type steady struct {
	fstest.MapFS
	listed map[string][]fs.DirEntry
}

func (s steady) ReadDir(name string) ([]fs.DirEntry, error) {
	now, err := s.MapFS.ReadDir(name)
	same := func(a, b fs.DirEntry) bool { return a.Name() == b.Name() && a.Type() == b.Type() }
	if was := s.listed[name]; err == nil && !slices.EqualFunc(was, now, same) {
		s.listed[name] = now
	}
	return s.listed[name], err
}

func tree(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for p, s := range files {
		m[p] = &fstest.MapFile{Data: []byte(s), Mode: 0o644}
	}
	return m
}

// TestReadAgain: what an earlier reading left must not show in a later one.
func TestReadAgain(t *testing.T) {
	t.Parallel()
	files := map[string]string{"site.yaml": "title: T\n", "a/ru.md": "А", "a/img.png": "x", "b-1/en.md": "B", "b/en.md": "B", "glossary/bodies/x.yaml": "x: 1\n"}
	again := steady{listed: map[string][]fs.DirEntry{}}
	var memory reading
	for i, edit := range []func(){
		func() {},
		func() { files["a/en.md"] = "A" }, // a language that the title is spread to
		func() { files["a/ru.md"] = "А\u200b" },
		func() { delete(files, "a/img.png"); files["a/alignment.tsv"] = "#" },
		func() { files["site.yaml"] = "title: T\ntexts: [b, nothing, b]\n" },
		func() { files["b/en.md"] = " \n" },
		func() { delete(files, "b/en.md"); files["b"] = "no folder any more" },
		func() { delete(files, "site.yaml"); files["c d/ru.md"] = "Б" },
		func() { clear(files) },
	} {
		edit()
		want, wantDiags, err := source.Read(tree(files))
		if err != nil {
			t.Fatal(err)
		}
		again.MapFS = tree(files)
		got, gotDiags, err := memory.read(again, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("edit %d: read again (-fresh +again):\n%s", i, diff)
		}
		if diff := cmp.Diff(wantDiags, gotDiags); diff != "" {
			t.Errorf("edit %d: findings (-fresh +again):\n%s", i, diff)
		}
	}
}

// TestRemembered: a file that did not change is the same in memory, also where
// its bytes are read anew; what is no more is forgotten.
func TestRemembered(t *testing.T) {
	t.Parallel()
	files := map[string]string{"site.yaml": "title: T\n", "a/ru.md": "А\r\n", "b/ru.md": "Б"}
	for name, open := range map[string]func() fs.FS{
		"a folder":   func() fs.FS { return tree(files) },
		"a snapshot": func() fs.FS { return NewSnapshot(tree(files)) },
	} {
		var memory reading
		first, _, err := memory.read(open(), nil)
		if err != nil {
			t.Fatal(err)
		}
		changed := map[string]string{"site.yaml": "title: T\n", "a/ru.md": "А\r\n", "b/ru.md": "В"}
		second, _, err := memory.read(tree(changed), nil)
		if err != nil {
			t.Fatal(err)
		}
		same := func(i int) bool {
			x, y := first.Texts[i].Files[0].Data, second.Texts[i].Files[0].Data
			return unsafe.StringData(x) == unsafe.StringData(y)
		}
		if !same(0) || same(1) {
			t.Errorf("%s: the file that is as it was is the same: %t, the other: %t; want true and false", name, same(0), same(1))
		}
		if _, _, err := memory.read(tree(map[string]string{"c/ru.md": "Г"}), nil); err != nil {
			t.Fatal(err)
		}
		if len(memory.files) != 1 || len(memory.slugs) != 1 || len(memory.listings) != 2 || memory.settings != nil {
			t.Errorf("%s: what is no more is remembered: %v", name, memory)
		}
		if _, _, err := memory.read(nowhere{}, nil); err == nil || len(memory.files) != 1 {
			t.Errorf("%s: error %v, and %d files are remembered; want an error and 1", name, err, len(memory.files))
		}
	}
}

// nowhere is a folder that cannot be read, for now.
type nowhere struct{}

func (nowhere) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
