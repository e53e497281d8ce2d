package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stele/build"
	"stele/build/leftover"
	"stele/build/watch"
)

// snapshots keep the folders of a site in memory while it is previewed, and
// follow what is told of changes in them.
type snapshots []rooted

// rooted is a folder's snapshot and where the folder is.
type rooted struct {
	dir  string // as given
	snap *build.Snapshot
}

// keep puts snapshots in place of the inputs' folders.
func keep(in *build.Inputs, site *siteFlags) snapshots {
	var all snapshots
	for dir, fsys := range map[string]*fs.FS{site.content: &in.Content, site.beside("themes"): &in.Themes, site.beside("i18n"): &in.I18n, site.beside("static"): &in.Static} {
		s := build.NewSnapshot(*fsys)
		*fsys = s
		all = append(all, rooted{dir, s})
	}
	return all
}

// follow forgets what may have changed.
func (all snapshots) follow(c watch.Change) {
	for _, r := range all {
		if c.All {
			r.snap.ForgetAll()
			continue
		}
		dir, err := resolved(r.dir)
		if err != nil {
			r.snap.ForgetAll()
			continue
		}
		for _, f := range c.Files {
			if rel, err := filepath.Rel(dir, f); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
				r.snap.Forget(filepath.ToSlash(rel))
			}
		}
	}
}

// resolved is a folder's path as changes in it are told.
func resolved(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(dir)
}

// sight is the files of the folders as they were last looked at, by path. With
// it the watcher's wish to look again once things have settled costs an editor
// nothing: pages that are as they were are not loaded anew under their hands.
type sight map[string]look

type look struct {
	size int64
	time time.Time
}

func lookAt(info fs.FileInfo) look { return look{info.Size(), info.ModTime()} }

// news takes note of a change that was told and reports whether there is
// anything new in it. Files that change after this call will be told again.
func (s *sight) news(c watch.Change, in snapshots) bool {
	if c.All {
		now := sight{}
		for _, r := range in {
			if dir, err := resolved(r.dir); err == nil {
				now.add(dir)
			}
		}
		same := *s != nil && maps.Equal(*s, now)
		*s = now
		return !same
	}
	fresh := false
	for _, f := range c.Files {
		if leftover.Is(filepath.Base(f)) {
			continue
		}
		was, known := (*s)[f]
		if info, err := os.Lstat(f); err == nil {
			fresh = fresh || !known || was != lookAt(info)
			(*s)[f] = lookAt(info)
		} else {
			fresh = fresh || known
			delete(*s, f)
		}
	}
	return fresh
}

// took takes note of a file that the desk wrote, so that the report of it is no
// news.
func (s *sight) took(f string) {
	if *s == nil {
		return // nothing was looked at yet
	}
	if info, err := os.Lstat(f); err == nil {
		(*s)[f] = lookAt(info)
	} else {
		delete(*s, f)
	}
}

// add looks at the files below a folder, but for what editors leave behind.
func (s sight) add(dir string) {
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // what cannot be read is as good as not there
		}
		if p != dir && leftover.Is(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			s[p] = lookAt(info)
		}
		return nil
	})
}
