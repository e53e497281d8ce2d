//go:build unix

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestFolderOpensNoPipe: a pipe among the theme's files or the interface's words
// kept a build waiting for ever.
func TestFolderOpensNoPipe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := fs.ReadFile(folder{dir: dir}, "pipe")
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a pipe was read")
		}
	case <-time.After(10 * time.Second):
		t.Error("a pipe was opened and waited for")
	}
	// In place of a whole folder it is none either.
	go func() {
		_, err := fs.ReadDir(folder{dir: dir, name: "pipe"}, ".")
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a pipe was listed as a folder")
		}
	case <-time.After(10 * time.Second):
		t.Error("a pipe in place of a folder was opened and waited for")
	}
	if b, err := fs.ReadFile(folder{dir: dir}, "file"); err != nil || string(b) != "x" {
		t.Errorf("an ordinary file: %q, %v", b, err)
	}
}

// TestFolderStaysInside: a link in place of a folder beside the content must not
// publish what else is on the machine.
func TestFolderStaysInside(t *testing.T) {
	t.Parallel()
	project, other := t.TempDir(), t.TempDir()
	for _, f := range []string{filepath.Join(other, "secret"), filepath.Join(project, "shared", "file")} {
		if err := os.MkdirAll(filepath.Dir(f), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(project, "content"), 0o700); err != nil {
		t.Fatal(err)
	}
	site := siteFlags{content: filepath.Join(project, "content")}
	for _, c := range []struct {
		target string
		reads  string
	}{{"shared", "file"}, {other, ""}, {"../" + filepath.Base(other), ""}, {"/etc", ""}} {
		link := filepath.Join(project, "static")
		if err := os.Symlink(c.target, link); err != nil {
			t.Fatal(err)
		}
		in, err := site.inputs()
		if (err == nil) != (c.reads != "") {
			t.Errorf("static is a link to %s: got error %v", c.target, err)
		}
		if c.reads != "" {
			if _, err := fs.ReadFile(in.Static, c.reads); err != nil {
				t.Errorf("static is a link to %s: %v", c.target, err)
			}
		}
		if err := os.Remove(link); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := site.inputs(); err != nil {
		t.Errorf("no folders beside the content: %v", err)
	}
}
