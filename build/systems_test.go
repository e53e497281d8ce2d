package build_test

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"

	"stele/build"
	"stele/build/diag"
	"stele/build/diagtest"
)

// system is a file system with the habits of another: names that differ by letter
// case or normal form alone are one, as on Windows and macOS, and are listed as it
// stores them.
type system struct {
	files  fstest.MapFS
	stored func(name string) string
}

func fold(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// real is the name under which the files know one.
func (s system) real(name string) string {
	for known := range s.files {
		for p := known; p != "."; p = path.Dir(p) {
			if fold(p) == fold(name) {
				return p
			}
		}
	}
	return name
}

func (s system) Open(name string) (fs.File, error) { return s.files.Open(s.real(name)) }

func (s system) Stat(name string) (fs.FileInfo, error) { return s.files.Stat(s.real(name)) }

func (s system) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := s.files.ReadDir(s.real(name))
	for i, e := range list {
		list[i] = storedEntry{e, s.stored(e.Name())}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

type storedEntry struct {
	fs.DirEntry
	name string
}

func (e storedEntry) Name() string { return e.name }

// TestSystems: the same files make the same site and the same findings on a system
// that stores names decomposed and does not tell letter case apart, and with the line
// ends of Windows.
func TestSystems(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for name, data := range map[string]string{
		"site.yaml":                  "languages: [ru, en]\n",
		"майский-устав/ru.md":        "# Устав {#u}\n\nКамни несут тексты.\n\n![рис](узор-й.png)\n\n![нет](Узор-Й.png)\n\n[a](../other/ru.md)\n",
		"майский-устав/en.md":        "# Charter {#u}\n\nStones bear texts.\n\n![fig](узор-й.png)\n\n![none](Узор-Й.png)\n\n[a](../Other/en.md)\n",
		"майский-устав/узор-й.png":   "png",
		"other/ru.md":                "# Иное {#o}\n\nЁлка.\n",
		"other/en.md":                "# Other {#o}\n\nA café.\n\n| a | b |\n|---|---|\n| c | d |\n",
		"glossary/bodies/совет.yaml": "class: body\nnames:\n  ru: [Совет]\n  en: [Council]\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	windows := fstest.MapFS{}
	for name, f := range files {
		data := f.Data
		if !strings.HasSuffix(name, ".png") {
			data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
		}
		windows[name] = &fstest.MapFile{Data: data}
	}
	same := func(s string) string { return s }
	load := func(content fs.FS) (pages map[string]string, found string) {
		t.Helper()
		e, list, err := build.New(build.Inputs{Content: content, Static: system{fstest.MapFS{"й.txt": {Data: []byte("й")}}, same}}).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if e == nil {
			return nil, diagtest.Text(list)
		}
		pages = map[string]string{}
		for _, p := range e.Paths() {
			b, err := e.File(p)
			if err != nil {
				t.Fatalf("%s: %v", p, err)
			}
			pages[p] = string(b)
		}
		return pages, diagtest.Text(append(list, slices.DeleteFunc(e.Check(), func(d diag.Diagnostic) bool {
			return slices.ContainsFunc(list, func(o diag.Diagnostic) bool { return o.Pos == d.Pos && o.Code == d.Code })
		})...).Sorted())
	}
	want, told := load(files)
	if !strings.Contains(told, "Узор-Й.png") || !strings.Contains(told, "../Other/en.md") {
		t.Errorf("links whose letter case is wrong are not told of:\n%s", told)
	}
	for name, content := range map[string]fs.FS{
		"macOS":     system{files, norm.NFD.String},
		"Windows":   system{windows, same},
		"line ends": windows,
	} {
		got, found := load(content)
		if norm.NFC.String(found) != told { // places name the files as they are stored
			t.Errorf("%s: found are\n%s\nand not\n%s", name, found, told)
		}
		for p, page := range want {
			if got[p] != page && norm.NFC.String(got[p]) != page && path.Ext(p) != ".epub" { // which do so too
				t.Errorf("%s: %s is another page", name, p)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d files, want %d", name, len(got), len(want))
		}
	}
}
