package build

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
