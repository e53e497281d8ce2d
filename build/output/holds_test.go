package output_test

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
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
