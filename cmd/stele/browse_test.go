package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"stele/i18n"
)

// TestNoBrowser: where the system's program finds no browser, that is said, and
// not the number with which the program ended.
func TestNoBrowser(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the program that stands in is called as that of Linux")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\nexit 3\n"), 0o755); err != nil { //nolint:gosec // it is run
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	err := browse(t.Context(), "http://localhost/")
	if err == nil {
		t.Fatal("a program that ended with 3 has opened the browser")
	}
	for lang, want := range map[string]string{"en": "no browser was found", "ru": "браузер не найден", "zh": "没有找到浏览器"} {
		messages, err2 := i18n.Command(lang)
		if err2 != nil {
			t.Fatal(err2)
		}
		if said := phraseOf(err).In(messages.UI(lang)); !strings.Contains(said, want) || strings.Contains(said, "exit") {
			t.Errorf("%s: %s", lang, said)
		}
	}
}
