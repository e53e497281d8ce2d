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
		_, err := fs.ReadFile(folder(dir), "pipe")
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
	if b, err := fs.ReadFile(folder(dir), "file"); err != nil || string(b) != "x" {
		t.Errorf("an ordinary file: %q, %v", b, err)
	}
}
