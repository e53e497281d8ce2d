package build

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"stele/build/leftover"
)

// overlaid shows the files of over, and those of under that over does not have.
type overlaid struct{ over, under fs.FS }

// overlay lays own files over built-in ones, file by file; own may be nil.
func overlay(builtin, own fs.FS) fs.FS {
	if own == nil {
		return builtin
	}
	return overlaid{own, builtin}
}

func (o overlaid) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.under.Open(name)
	}
	return f, err
}

// ReadDir lists what stands in either.
func (o overlaid) ReadDir(name string) ([]fs.DirEntry, error) {
	upper, err := fs.ReadDir(o.over, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	lower, lowerErr := fs.ReadDir(o.under, name)
	if err != nil && lowerErr != nil {
		return nil, lowerErr
	}
	upper = slices.Clone(upper) // it may be kept by whoever gave it
	for _, e := range lower {
		if !slices.ContainsFunc(upper, func(u fs.DirEntry) bool { return u.Name() == e.Name() }) {
			upper = append(upper, e)
		}
	}
	slices.SortFunc(upper, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return upper, nil
}

// sub is the folder of fsys, or nil where there is none.
func sub(fsys fs.FS, dir string) fs.FS {
	if fsys == nil {
		return nil
	}
	if info, err := fs.Stat(fsys, dir); err != nil || !info.IsDir() {
		return nil
	}
	s, err := fs.Sub(fsys, dir)
	if err != nil {
		return nil
	}
	return s
}

// tidied hides what editors and systems left behind among somebody's files.
type tidied struct{ fsys fs.FS }

// tidy hides what was left behind in a folder; own may be nil.
func tidy(own fs.FS) fs.FS {
	if own == nil {
		return nil
	}
	return tidied{own}
}

func (t tidied) Open(name string) (fs.File, error) {
	for part := range strings.SplitSeq(name, "/") {
		if name != "." && leftover.Is(part) {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
	}
	return t.fsys.Open(name)
}

// ReadDir lists the others.
func (t tidied) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(t.fsys, name)
	if slices.ContainsFunc(entries, leftBehind) {
		entries = slices.DeleteFunc(slices.Clone(entries), leftBehind) // it may be kept by whoever gave it
	}
	return entries, err
}

func leftBehind(d fs.DirEntry) bool { return leftover.Is(d.Name()) }

// regular yields the paths of the files to publish as they are: all but Go
// sources.
func regular(fsys fs.FS) iter.Seq[string] {
	return func(yield func(string) bool) {
		_ = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil //nolint:nilerr // what cannot be read is not published
			}
			if d.Type().IsRegular() && !strings.HasSuffix(p, ".go") && !yield(p) {
				return fs.SkipAll
			}
			return nil
		})
	}
}

// contents is all that a few files say, with their paths; "" for no files.
func contents(fsys fs.FS) string {
	if fsys == nil {
		return ""
	}
	var b strings.Builder
	_ = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil //nolint:nilerr // a file that cannot be read is missed by whoever needs it
		}
		data, err := fs.ReadFile(fsys, p)
		fmt.Fprintf(&b, "%q %v %d\n%s", p, err, len(data), data)
		return nil
	})
	return b.String()
}
