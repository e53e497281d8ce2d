package main

import (
	"io/fs"
	"path/filepath"
	"strings"

	"stele/build"
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
		dir, err := filepath.Abs(r.dir)
		if err == nil {
			dir, err = filepath.EvalSymlinks(dir) // as the changes are told
		}
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
