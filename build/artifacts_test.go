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

	"stele/build"
	"stele/build/artifact"
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
