package output_test

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"stele/build/output"
)

// TestTwins: a twin is made of every file that wants one, has its time, is not
// made again while the file stays, and goes with it; a file of the tree's own with
// a twin's name goes before it.
func TestTwins(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	var mu sync.Mutex
	var made []string
	opts := output.Options{
		Twins: []output.Twin{{Suffix: ".up", Make: func(b []byte) ([]byte, error) {
			mu.Lock()
			defer mu.Unlock()
			made = append(made, string(b))
			return bytes.ToUpper(b), nil
		}}},
		Twinned: func(path string, size int64) bool { return strings.HasSuffix(path, ".html") && size > 1 },
	}
	publish := func(opts output.Options, files tree) output.Stats {
		t.Helper()
		made = nil
		stats, err := output.Publish(t.Context(), dir, bytesOf(files), opts)
		if err != nil {
			t.Fatal(err)
		}
		return stats
	}
	look := func(name string) (string, time.Time) {
		t.Helper()
		body, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", time.Time{}
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(body), info.ModTime()
	}
	same := func(name string) {
		t.Helper()
		body, at := look(name)
		twin, then := look(name + ".up")
		if twin != strings.ToUpper(body) || !at.Equal(then) {
			t.Errorf("%s is %q of %v, its twin %q of %v", name, body, at, twin, then)
		}
	}
	files := tree{"a.html": "aa", "b/c.html": "cc", "d.html": "d", "e.txt": "ee"}
	if s := publish(opts, files); s.Files != 7 || s.Written != 7 {
		t.Errorf("first: %+v", s)
	}
	same("a.html")
	same("b/c.html")
	for _, none := range []string{"d.html.up", "e.txt.up", ".nojekyll.up"} {
		if body, _ := look(none); body != "" {
			t.Errorf("there is %s", none)
		}
	}
	if s := publish(opts, files); s.Written != 0 || len(s.Removed) != 0 || len(made) != 0 {
		t.Errorf("again: %+v, made %q", s, made)
	}
	files["a.html"] = "aaa"
	_, before := look("b/c.html.up")
	if s := publish(opts, files); s.Written != 2 || len(made) != 1 {
		t.Errorf("changed: %+v, made %q", s, made)
	}
	same("a.html")
	same("b/c.html")
	if _, after := look("b/c.html.up"); !after.Equal(before) {
		t.Error("a twin that did not change has another time")
	}
	// One that was taken away by hand is made again, one that is older too.
	if err := os.Remove(filepath.Join(dir, "a.html.up")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(dir, "b/c.html.up"), time.Time{}, before.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if publish(opts, files); len(made) != 2 {
		t.Errorf("made %q", made)
	}
	same("a.html")
	same("b/c.html")
	var known []output.Known
	for name, body := range files {
		known = append(known, output.Known{Path: name, Size: int64(len(body)), Sum: sha256.Sum256([]byte(body))})
	}
	if !output.Holds(t.Context(), dir, known, opts) || output.Holds(t.Context(), dir, known, output.Options{}) {
		t.Error("Holds does not see the twins, or sees them where none are wanted")
	}
	if n := opts.Count(known); n != 7 {
		t.Errorf("%d files are counted", n)
	}
	if err := os.Chtimes(filepath.Join(dir, "a.html.up"), time.Time{}, before.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if output.Holds(t.Context(), dir, known, opts) {
		t.Error("Holds takes an old twin for one of its file")
	}
	files["a.html.up"] = "own"
	publish(opts, files)
	if body, _ := look("a.html.up"); body != "own" {
		t.Errorf("the tree's own file is %q", body)
	}
	delete(files, "a.html.up")
	delete(files, "b/c.html")
	if s := publish(opts, files); len(s.Removed) != 2 {
		t.Errorf("removed %q", s.Removed)
	}
	same("a.html")
	if s := publish(output.Options{}, files); len(s.Removed) != 1 {
		t.Errorf("without twins: %+v", s)
	}
}
