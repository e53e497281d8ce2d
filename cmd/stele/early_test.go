package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
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

// TestCollectAt: small heaps grow freely, large ones by little.
func TestCollectAt(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]int{0: 400, 4 << 20: 400, 64 << 20: 99, 1 << 30: 30} {
		if got := collectAt(live); got != want {
			t.Errorf("with %d MiB in use the heap may grow by %d %%, want %d", live>>20, got, want)
		}
	}
}
