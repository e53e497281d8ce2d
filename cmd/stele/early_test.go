package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"stele/build"
	"stele/build/render"
	"stele/build/serve"
)

// TestPreviewOfManyTexts: a preview shows pages before all texts are read, and
// what needs them all is answered once they are.
func TestPreviewOfManyTexts(t *testing.T) {
	t.Parallel()
	content := filepath.Join(t.TempDir(), "content")
	for i := range 40 {
		for _, lang := range []string{"ru", "en"} {
			put(t, filepath.Join(content, "law", fmt.Sprintf("n%02d", i), lang+".md"), fmt.Sprintf("# Text %d\n\nThe article of %d.\n", i, i))
		}
	}
	v := &invocation{Context: t.Context(), stderr: io.Discard, stdout: io.Discard}
	if err := v.speak("en"); err != nil {
		t.Fatal(err)
	}
	site := &siteFlags{content: content, cache: noCache}
	in, err := site.inputs()
	if err != nil {
		t.Fatal(err)
	}
	kept := keep(&in, site)
	l := newLoader(v, in, site, kept, serve.New())
	e := l.begin(t.Context())
	if e == nil {
		t.Fatal("a site of many texts is shown only when it is loaded")
	}
	if body, err := e.Lookup("en/law/n33.html"); err != nil || !strings.Contains(string(body), "The article of 33.") {
		t.Errorf("the page is not shown before the whole is: %v %s", err, body)
	}
	if body, err := e.Ask(render.DeskPath, nil); err != nil || !strings.Contains(string(body), "The texts are being read") {
		t.Errorf("the desk says %s", body)
	}
	waits := make(chan string)
	go func() {
		body, _ := e.Lookup("search/start.js")
		waits <- string(body)
	}()
	select {
	case body := <-waits:
		t.Errorf("what needs all texts was answered: %s", body)
	case <-time.After(50 * time.Millisecond):
	}
	edition, _, err := build.New(in).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e.quiet()
	e.end(memory{edition, nil})
	if body := <-waits; !strings.Contains(body, "law/n33") {
		t.Errorf("what waited for all texts was answered with %q", body)
	}
	if _, err := e.Lookup("en/law/n34.html"); err != nil {
		t.Error("the first site does not hand over to the whole")
	}
	// One whose preview ends waits for nothing.
	ctx, cancel := context.WithCancel(t.Context())
	e = l.begin(ctx)
	cancel()
	if _, err := e.Lookup("search/start.js"); err == nil {
		t.Error("a preview that has ended answers")
	}
	e.quiet()

	address := previewOf(t, content)
	for _, path := range []string{"en/law/n31.html", "search/start.js", "editors.html"} {
		answer, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
}

// lacking is content that can be looked through once, and then not until it is mended.
type lacking struct {
	fs.FS
	looks  atomic.Int32
	mended atomic.Bool
}

func (c *lacking) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "." && c.looks.Add(1) > 1 && !c.mended.Load() {
		return nil, &fs.PathError{Op: "open", Path: "law", Err: syscall.EMFILE}
	}
	return fs.ReadDir(c.FS, name)
}

// TestFirstLoadFails: a preview whose first pages were shown, and whose site then
// cannot be loaded, says on every page why, and shows the site once it can.
func TestFirstLoadFails(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{}
	for i := range 40 {
		content[fmt.Sprintf("law/n%02d/en.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "# Text %d\n\nThe article of %d.\n", i, i)}
	}
	u := &lacking{FS: content}
	v := &invocation{Context: t.Context(), stderr: io.Discard, stdout: io.Discard}
	if err := v.speak("en"); err != nil {
		t.Fatal(err)
	}
	server := serve.New()
	l := newLoader(v, build.Inputs{Content: u}, &siteFlags{content: "content"}, snapshots{}, server)
	get := func(path string) (int, string) {
		r := httptest.NewRequest(http.MethodGet, "http://localhost:4321"+path, nil)
		w := httptest.NewRecorder()
		server.Handler(4321).ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	if err := l.show(t.Context()); err == nil {
		t.Fatal("the site is loaded, though its folder cannot be read")
	}
	if u.looks.Load() != 2 {
		t.Fatal("it fails before there is a sketch")
	}
	for _, path := range []string{"/en/law/n01.html", "/en/law/n33.html", "/search/start.js", "/nowhere.html"} {
		if code, body := get(path); code != http.StatusServiceUnavailable || !strings.Contains(body, "too many") || !strings.Contains(body, serve.ReloadTag) {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
	u.mended.Store(true)
	if err := l.show(t.Context()); err != nil {
		t.Fatal(err)
	}
	if code, body := get("/en/law/n33.html"); code != http.StatusOK || !strings.Contains(body, "The article of 33.") {
		t.Errorf("the site that is loaded at last is not shown: %d %s", code, body)
	}
}
