package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestPlaceVersion: a version is written whole or not at all, and what failed can
// be done again.
func TestPlaceVersion(t *testing.T) {
	t.Parallel()
	const folder = "law/versions/2001-06-15"
	good := []newFile{{folder + "/en.md", "text"}, {folder + "/pictures/seal.png", "seal"}, {folder + "/alignment.tsv", "record"}, {"law/alignment.tsv", "record"}}
	content := t.TempDir()
	files := func() (names []string) {
		t.Helper()
		err := filepath.WalkDir(content, func(p string, e fs.DirEntry, err error) error {
			if rel, _ := filepath.Rel(content, p); rel != "." {
				names = append(names, filepath.ToSlash(rel))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	if err := os.WriteFile(filepath.Join(content, "other"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(content, "law"), 0o755); err != nil {
		t.Fatal(err)
	}
	before := files()
	v := &invocation{Context: t.Context()}
	for _, bad := range []newFile{{folder + "/en.md/x", "below a file"}, {"other/x", "below a file outside"}} {
		if err := placeVersion(v, content, folder, append(slices.Clone(good), bad)); err == nil {
			t.Errorf("%s was written", bad.path)
		}
		if now := files(); !slices.Equal(now, before) {
			t.Errorf("%s: left %q, there was %q", bad.path, now, before)
		}
	}
	if err := placeVersion(v, content, folder, good); err != nil {
		t.Fatal(err)
	}
	for _, f := range good {
		if data, err := os.ReadFile(filepath.Join(content, filepath.FromSlash(f.path))); string(data) != f.content {
			t.Errorf("%s is %q (%v)", f.path, data, err)
		}
	}
	if n := len(files()) - len(before); n != 7 {
		t.Errorf("%d files and folders more, want 7: %q", n, files())
	}
	if err := placeVersion(v, content, folder, good[:2]); err == nil {
		t.Error("a version that is there was replaced")
	}
}
