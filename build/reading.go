package build

import (
	"bytes"
	"io/fs"

	"stele/build/diag"
	"stele/build/source"
)

// reading is what one reading of the content folder leaves for the next: the
// results of its steps, each beside what it was made from.
type reading struct {
	listings map[string]listing // by folder
	files    map[string]cleaned // by path
	slugs    map[string]string  // by name
	settings *settings          // nil without a site.yaml
}

type listing struct {
	entries []fs.DirEntry
	value   *source.Listing
}

// cleaned is a file's bytes and the text they make.
type cleaned struct {
	raw  []byte
	text parsed[string]
}

type settings struct {
	from   source.File
	config parsed[source.Config]
}

// read reads the folder, but for what is as it was the last time: that is taken
// again, its strings the same in memory. What this reading does not come upon,
// the next will not find. wanted, which may be nil, says which texts are read.
func (r *reading) read(fsys fs.FS, wanted func(text string) bool) (*source.Tree, diag.List, error) {
	old := *r
	*r = reading{
		listings: make(map[string]listing, len(old.listings)),
		files:    make(map[string]cleaned, len(old.files)),
		slugs:    make(map[string]string, len(old.slugs)),
	}
	steps := source.Steps{
		Wanted: wanted,
		List: func(dir string, entries []fs.DirEntry) *source.Listing {
			l, ok := old.listings[dir]
			// The very same list alone tells that all files are what they were: that
			// of a Snapshot until something in the folder changes. Two empty lists are
			// the same wherever they stand.
			if !ok || len(entries) == 0 || !sameSlice(l.entries, entries) {
				l = listing{entries, source.List(dir, entries)}
			}
			r.listings[dir] = l
			return l.value
		},
		Clean: func(path string, raw []byte) (string, diag.List) {
			c, ok := old.files[path]
			if !ok || !sameSlice(c.raw, raw) && !bytes.Equal(c.raw, raw) {
				c.text.value, c.text.diags = source.Clean(path, raw)
			}
			c.raw = raw // the next time it may be the very same
			r.files[path] = c
			return c.text.value, c.text.diags
		},
		Settings: func(f source.File) (source.Config, diag.List) {
			r.settings = old.settings
			if r.settings == nil || r.settings.from != f {
				r.settings = &settings{from: f}
				r.settings.config.value, r.settings.config.diags = source.ParseConfig(f)
			}
			return r.settings.config.value, r.settings.config.diags
		},
		Slug: func(name string) string {
			slug, ok := old.slugs[name]
			if !ok {
				slug = source.Slug(name)
			}
			r.slugs[name] = slug
			return slug
		},
	}
	tree, diags, err := steps.Read(fsys)
	if err != nil {
		*r = old
	}
	return tree, diags, err
}

// sameSlice reports whether two slices are the very same in memory.
func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
