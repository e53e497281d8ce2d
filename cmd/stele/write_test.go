package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"stele/build"
	"stele/build/serve"
)

// TestWriteFails: if one file of an act cannot be written, all are as they were,
// also the record that undo goes back to.
func TestWriteFails(t *testing.T) {
	t.Parallel()
	content := filepath.Join(t.TempDir(), "content")
	for path, data := range map[string]string{"law/alignment.tsv": "now", "law/alignment.tsv~": "before", "law/ru.md": "text"} {
		put(t, filepath.Join(content, filepath.FromSlash(path)), data)
	}
	site := &siteFlags{content: content}
	in, err := site.inputs()
	if err != nil {
		t.Fatal(err)
	}
	l := newLoader(&invocation{Context: t.Context(), stdout: io.Discard, stderr: io.Discard}, in, site, keep(&in, site), serve.New())
	link := filepath.Join(content, "law", "en.md")
	if err := os.Symlink(filepath.Join(content, "missing", "en.md"), link); err != nil {
		t.Skip(err)
	}
	files := []build.FileChange{
		{Path: "law/ru.md", Before: []byte("text")},
		{Path: "law/alignment.tsv", Before: []byte("now"), After: []byte("next")},
		{Path: "law/en.md", After: []byte("new")},
	}
	was := map[string][]byte{"law/alignment.tsv": []byte("before")}
	if err := l.write(nil, &build.Act{Files: files}, keepBefore(&build.Act{Files: files}), was, "en"); err == nil {
		t.Fatal("it was written through a link that leads nowhere")
	}
	want := func(path, data string) {
		t.Helper()
		if got, err := os.ReadFile(filepath.Join(content, filepath.FromSlash(path))); err != nil || string(got) != data {
			t.Errorf("%s: %q %v, want %q", path, got, err, data)
		}
	}
	want("law/alignment.tsv", "now")
	want("law/alignment.tsv~", "before")
	want("law/ru.md", "text")
	if _, err := os.Lstat(link); err != nil {
		t.Error(err)
	}
	if err := l.write(nil, &build.Act{Files: files[:2]}, keepBefore(&build.Act{Files: files[:2]}), was, "en"); err != nil {
		t.Fatal(err)
	}
	want("law/alignment.tsv", "next")
	want("law/alignment.tsv~", "now")
	if _, err := os.Stat(filepath.Join(content, "law", "ru.md")); !os.IsNotExist(err) {
		t.Errorf("what was to go is there: %v", err)
	}
}

// TestNewFilesFirst: a concept under its new name is written before the old one goes.
func TestNewFilesFirst(t *testing.T) {
	t.Parallel()
	got := ""
	for _, f := range inOrder([]build.FileChange{
		{Path: "old ", Before: []byte("a")},
		{Path: "text ", Before: []byte("a"), After: []byte("b")},
		{Path: "new ", After: []byte("a")},
	}) {
		got += f.Path
	}
	if got != "new text old " {
		t.Errorf("got %q", got)
	}
}
