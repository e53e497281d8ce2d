package build_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"stele/build"
	"stele/build/artifact"
	"stele/build/diag"
)

// many are artifacts, more than are made at a time, in no order.
func many(n int, made func(i int) ([]byte, error)) func(func(artifact.Artifact) bool) {
	return func(yield func(artifact.Artifact) bool) {
		for i := range n {
			x := i * 7 % n
			if !yield(artifact.Artifact{Path: fmt.Sprintf("%04d", x), Make: func() ([]byte, error) { return made(x) }}) {
				return
			}
		}
	}
}

// TestWrite: everything is given once and in order, and the first error is the end.
func TestWrite(t *testing.T) {
	t.Parallel()
	const n = 600
	echo := func(i int) ([]byte, error) { return fmt.Append(nil, i), nil }
	i := 0
	if err := build.Write(t.Context(), many(n, echo), func(path string, body []byte) error {
		if want := fmt.Sprintf("%04d %d", i, i); path+" "+string(body) != want {
			t.Errorf("got %s %s, want %s", path, body, want)
		}
		i++
		return nil
	}); err != nil || i != n {
		t.Errorf("%d files and error %v, want %d and none", i, err, n)
	}
	bad := errors.New("bad")
	var makes atomic.Int32
	count := func(i int) ([]byte, error) {
		makes.Add(1)
		if i == 300 {
			return nil, bad
		}
		return nil, nil
	}
	given := 0
	if err := build.Write(t.Context(), many(n, count), func(string, []byte) error { given++; return nil }); !errors.Is(err, bad) || given > 300 {
		t.Errorf("a file that cannot be made: error %v, %d files given; want %v and at most 300", err, given, bad)
	}
	makes.Store(0)
	given = 0
	if err := build.Write(t.Context(), many(n, echo), func(string, []byte) error { given++; return bad }); !errors.Is(err, bad) || given != 1 {
		t.Errorf("a file that cannot be taken: error %v, %d files given; want %v and 1", err, given, bad)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	makes.Store(0)
	if err := build.Write(ctx, many(n, count), func(string, []byte) error { return nil }); !errors.Is(err, context.Canceled) || makes.Load() > 0 {
		t.Errorf("when done with: error %v, %d files made; want %v and none", err, makes.Load(), context.Canceled)
	}
}

// TestOneByOne: a preview, which asks for one file at a time, gets what a build
// writes, and no more files.
func TestOneByOne(t *testing.T) {
	t.Parallel()
	e, all := made(t, build.Inputs{Content: os.DirFS("../content"), BaseURL: "https://example.org/"})
	var paths []string
	for p, want := range all {
		paths = append(paths, p)
		if got, err := e.File(p); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: a preview has other bytes than a build (error %v)", p, err)
		}
	}
	slices.Sort(paths)
	if got := e.Paths(); !slices.Equal(got, paths) {
		t.Errorf("paths %q, built %q", got, paths)
	}
	for _, p := range []string{"", "ru", "ru/search.htm", "ru/strategy/", "editors.html"} {
		if _, err := e.File(p); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: error %v, want that there is no such file", p, err)
		}
	}
}

// TestOwnersFaults: what is wrong in the site owner's words and layouts is found
// with its place, all of it in one run, and hides nothing in the content.
func TestOwnersFaults(t *testing.T) {
	t.Parallel()
	themes := fstest.MapFS{"default/layouts/home.html": {Data: []byte("{{define \"main\"}}\n{{if}}")}, "default/layouts/text.html": {Data: []byte("{{")}}
	words := fstest.MapFS{"en.yaml": {Data: []byte("skip: [a\n")}, "ru.yaml": {Data: []byte("\nskip: '{{.X}}'\n")}}
	b := build.New(build.Inputs{
		Content: fstest.MapFS{"a/ru.md": {Data: []byte("Раз [два](нет.md)\n")}, "a/en.md": {Data: []byte("One\n")}},
		Themes:  themes, I18n: words,
	})
	errorsOf := func() (*build.Edition, []string) {
		t.Helper()
		e, found, err := b.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var at []string
		for _, d := range found {
			if d.Severity == diag.Error {
				at = append(at, d.Pos.String()+" "+string(d.Code))
			}
		}
		return e, at
	}
	want := []string{
		"../i18n/en.yaml:1:1 bad-messages", "../i18n/ru.yaml:2:1 bad-messages",
		"../themes/default/layouts/home.html:2:1 bad-layout", "../themes/default/layouts/text.html:1:1 bad-layout",
		"a/ru.md:1:5 dead-link",
	}
	for range 2 { // found anew, and remembered
		if e, got := errorsOf(); !slices.Equal(got, want) || e == nil {
			t.Fatalf("got %q and an edition: %t; want %q and one", got, e != nil, want)
		}
	}
	delete(words, "en.yaml")
	delete(themes, "default/layouts/text.html")
	if _, got := errorsOf(); !slices.Equal(got, []string{want[1], want[2], want[4]}) {
		t.Errorf("after two were mended: got %q", got)
	}
}
