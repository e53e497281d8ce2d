package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// locate returns the absolute path of the folder that dir names, with links
// resolved, or says why it is not a place to publish to.
func locate(dir string, opts Options) (string, error) {
	refuse := func(why Why, other string) (string, error) {
		return "", &GuardError{Dir: dir, Why: why, Other: other}
	}
	if strings.TrimSpace(dir) == "" {
		return refuse(Nameless, "")
	}
	target, err := resolve(dir)
	if err != nil {
		return "", fmt.Errorf("output folder %q: %w", dir, cause(err))
	}
	if filepath.Dir(target) == target {
		return refuse(Root, "")
	}
	// The home folder is asked of the system here and not of the caller: the
	// guard must not depend on a caller's memory.
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) && within(home, target) {
		return refuse(Home, "")
	}
	if wd, err := os.Getwd(); err == nil && within(wd, target) {
		return refuse(Working, "")
	}
	for _, other := range opts.Apart {
		apart, err := resolve(other)
		if err != nil {
			return "", fmt.Errorf("folder %q: %w", other, cause(err))
		}
		switch {
		case same(target, apart):
			return refuse(Same, other)
		case within(apart, target):
			return refuse(Around, other)
		case within(target, apart):
			return refuse(Inside, other)
		}
	}
	return target, nil
}

// resolve makes a path absolute and follows the links in the part of it that
// exists.
func resolve(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	rest := ""
	for p := abs; ; p = filepath.Dir(p) {
		real, err := filepath.EvalSymlinks(p)
		if err == nil {
			return filepath.Join(real, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if _, err := os.Lstat(p); err == nil {
			return "", fmt.Errorf("%q is a link to nothing", p)
		}
		if filepath.Dir(p) == p {
			return abs, nil
		}
		rest = filepath.Join(filepath.Base(p), rest)
	}
}

// within reports whether inner is outer or lies somewhere in it. Identity
// decides, not spelling: file systems fold letter case.
func within(inner, outer string) bool {
	for p := inner; ; p = filepath.Dir(p) {
		if same(p, outer) {
			return true
		}
		if filepath.Dir(p) == p {
			return false
		}
	}
}

func same(a, b string) bool {
	if a == b {
		return true
	}
	ai, err := os.Stat(a)
	if err != nil {
		return false
	}
	bi, err := os.Stat(b)
	return err == nil && os.SameFile(ai, bi)
}

// scan lists the tree at target by slash path, "." included; nil if there is
// none. It refuses a folder that holds anything and is not marked as ours.
func scan(dir, target string) (map[string]fs.FileInfo, error) {
	info, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, cause(err)
	case !info.IsDir():
		return nil, &GuardError{Dir: dir, Why: IsFile}
	}
	tree := map[string]fs.FileInfo{}
	err = filepath.WalkDir(target, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(target, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		tree[rel] = info
		if path.Base(rel) == ".git" { // at whatever depth: what is in it may be nowhere else
			return &GuardError{Dir: dir, Why: Repository, Other: rel}
		}
		if rel == "." {
			// Seen before the walk goes on: what is not ours may be huge.
			if ours, err := marked(target); ours || err != nil {
				return err
			}
			if entries, err := os.ReadDir(target); err != nil {
				return err
			} else if len(entries) > 0 {
				return &GuardError{Dir: dir, Why: Foreign, Other: Mark}
			}
		}
		return nil
	})
	if err != nil {
		return nil, cause(err)
	}
	return tree, nil
}

// marked reports whether a folder bears our mark.
func marked(dir string) (bool, error) {
	info, err := os.Lstat(filepath.Join(dir, Mark))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return false, err
	}
	f, err := os.Open(filepath.Join(dir, Mark))
	if err != nil {
		return false, err
	}
	defer f.Close()
	first, err := io.ReadAll(io.LimitReader(f, int64(len(markLine))))
	return string(first) == markLine, err
}

// cause strips the operation and path off a system error; the message around
// it names the file in the caller's terms.
func cause(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	if e := (*os.LinkError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}
