package output_test

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"stele/build/output"
)

// TestHolds: a folder holds the files, and nothing else, byte for byte, or not.
func TestHolds(t *testing.T) {
	t.Parallel()
	files := map[string]string{"index.html": "one", "ru/a.html": "two", "ru/b/c.html": ""}
	var known []output.Known
	for p, s := range files {
		known = append(known, output.Known{Path: p, Size: int64(len(s)), Sum: sha256.Sum256([]byte(s))})
	}
	publish := func(t *testing.T) string {
		dir := filepath.Join(t.TempDir(), "public")
		_, err := output.Publish(context.Background(), dir, func(put func(string, []byte) error) error {
			for p, s := range files {
				if err := put(p, []byte(s)); err != nil {
					return err
				}
			}
			return nil
		}, output.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return dir
	}
	dir := publish(t)
	if !output.Holds(t.Context(), dir, known, output.Options{}) {
		t.Error("what was published is not held")
	}
	if output.Holds(t.Context(), dir, known[1:], output.Options{}) {
		t.Error("a file too many was not seen")
	}
	if output.Holds(t.Context(), filepath.Join(dir, "none"), known, output.Options{}) || output.Holds(t.Context(), dir, known, output.Options{Apart: []string{dir}}) {
		t.Error("a folder that is none of ours holds the files")
	}
	for name, change := range map[string]func(dir string) error{
		"another byte": func(dir string) error { return os.WriteFile(filepath.Join(dir, "index.html"), []byte("onf"), 0o644) },
		"longer":       func(dir string) error { return os.WriteFile(filepath.Join(dir, "index.html"), []byte("one "), 0o644) },
		"gone":         func(dir string) error { return os.Remove(filepath.Join(dir, "ru/a.html")) },
		"more":         func(dir string) error { return os.WriteFile(filepath.Join(dir, "more"), nil, 0o644) },
		"a folder":     func(dir string) error { return os.Mkdir(filepath.Join(dir, "more"), 0o755) },
		"mark": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, output.Mark), []byte("made by stele"), 0o644)
		},
		"file for folder": func(dir string) error {
			if err := os.RemoveAll(filepath.Join(dir, "ru/b")); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "ru/b"), nil, 0o644)
		},
	} {
		dir := publish(t)
		if err := change(dir); err != nil {
			t.Fatal(err)
		}
		if output.Holds(t.Context(), dir, known, output.Options{}) {
			t.Errorf("%s: it was not seen", name)
		}
	}
}

// TestKeep: files of the old tree that are known by their sums stay as they are, and
// others do not.
func TestKeep(t *testing.T) {
	t.Parallel()
	known := func(path, body string) output.Known {
		return output.Known{Path: path, Size: int64(len(body)), Sum: sha256.Sum256([]byte(body))}
	}
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, tree{"a.html": "one", "b/c.html": "two", "d.html": "three"})
	before := stat(t, dir, "b/c.html")
	var kept []bool
	fill := func(files []output.Known, rest tree) error {
		_, err := output.PublishTree(t.Context(), dir, func(x *output.Tree) (err error) {
			if kept, err = x.Keep(files); err != nil {
				return err
			}
			for path, body := range rest {
				if err := x.Put(path, []byte(body)); err != nil {
					return err
				}
			}
			return nil
		}, output.Options{})
		return err
	}
	if err := fill([]output.Known{known("b/c.html", "two"), known("d.html", "other"), known("e.html", "five"), known(".nojekyll", "")}, tree{"d.html": "other", "e.html": "five"}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(kept, []bool{true, false, false, false}) {
		t.Errorf("kept %v", kept)
	}
	wantTree(t, dir, tree{"b/c.html": "two", "d.html": "other", "e.html": "five"})
	if !os.SameFile(before, stat(t, dir, "b/c.html")) {
		t.Error("what was kept is another file")
	}
	for name, files := range map[string][]output.Known{"twice": {known("d.html", "other"), known("d.html", "other")}} {
		if err := fill(files, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := fill([]output.Known{known("d.html", "other")}, tree{"d.html": "other"}); err == nil {
		t.Error("a file was taken twice")
	}
	wantTree(t, dir, tree{"b/c.html": "two", "d.html": "other", "e.html": "five"})
}
