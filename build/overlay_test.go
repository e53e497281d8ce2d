package build

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestOverlayKeepsListings: a listing that a Snapshot keeps is as it was
// however often another folder was laid under it.
func TestOverlayKeepsListings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"b", "c", "z"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	snap := NewSnapshot(os.DirFS(dir))
	o := overlay(fstest.MapFS{"a": {}, "b": {}}, snap)
	for look := range 3 {
		for _, c := range []struct {
			fsys fs.FS
			want []string
		}{{o, []string{"a", "b", "c", "z"}}, {snap, []string{"b", "c", "z"}}} {
			entries, err := fs.ReadDir(c.fsys, ".")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range entries {
				got = append(got, e.Name())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("look %d at %T: %q, want %q", look, c.fsys, got, c.want)
			}
		}
	}
}

// TestTidy: what editors leave behind is neither listed nor opened, in whatever folder.
func TestTidy(t *testing.T) {
	t.Parallel()
	f := &fstest.MapFile{Data: []byte("x")}
	own := fstest.MapFS{
		"notes.bak": f, "a/.b.css.swp": f, "a/b.css": f, "a/b.css~": f, ".git/config": f, ".well-known/x": f, "#a#": f, ".#ru.yaml": f, "ru.yaml": f, "x.bak/y": f,
	}
	tidied := tidy(own)
	got := slices.Collect(regular(tidied))
	if want := []string{".well-known/x", "a/b.css", "ru.yaml"}; !slices.Equal(got, want) {
		t.Errorf("published: %q, want %q", got, want)
	}
	for p := range own {
		_, err := fs.ReadFile(tidied, p)
		if listed := slices.Contains(got, p); listed != (err == nil) {
			t.Errorf("%s: listed %v, opened with %v", p, listed, err)
		}
	}
	if names, _ := fs.Glob(tidied, "*.yaml"); !slices.Equal(names, []string{"ru.yaml"}) {
		t.Errorf("*.yaml: %q", names)
	}
	if tidy(nil) != nil {
		t.Error("no folder has become one")
	}
}

// TestTidyFolders: the rule holds for all folders of one's own.
func TestTidyFolders(t *testing.T) {
	t.Parallel()
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	in := Inputs{
		Content: fstest.MapFS{"t/en.md": text("# T\n\nA.\n"), "t/ru.md": text("# Т\n\nА.\n"), "t/de.md.bak": text("# T"), "old.bak/en.md": text("# Old\n")},
		Static:  fstest.MapFS{"notes.bak": text("secret"), "logo.txt": text("logo")},
		I18n:    fstest.MapFS{".#en.yaml": text("- broken"), "en.yaml.orig": text("x")},
		Themes:  fstest.MapFS{"default/assets/extra.css~": text("x"), "default/assets/extra.css": text("y")},
	}
	e, _, err := New(in).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range e.Paths() {
		if strings.Contains(p, "notes") || strings.Contains(p, "logo") || strings.Contains(p, "extra") || strings.Contains(p, "old") {
			got = append(got, p)
		}
	}
	if len(got) != 2 || !strings.HasPrefix(path.Base(got[0]), "extra.") || !strings.HasSuffix(got[0], ".css") || got[1] != "logo.txt" {
		t.Errorf("published: %q, want the style sheet and logo.txt", got)
	}
}
