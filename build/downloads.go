package build

import (
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"

	"stele/build/artifact"
	"stele/build/exchange"
	"stele/build/export"
	"stele/build/pack"
	"stele/build/site"
)

// formats are the formats that the settings name, or all.
func formats(names []string) []site.Format {
	if names == nil {
		return site.Formats
	}
	out := make([]site.Format, len(names))
	for i, n := range names {
		out[i] = site.Format(n)
	}
	return out
}

// maker makes downloads of the edition.
func (e *Edition) maker(tags map[string]string) *export.Maker {
	m := &export.Maker{Site: e.Site, Tags: tags, File: e.picture, Zip: e.zip}
	for l := range e.Site.Langs {
		m.UIs = append(m.UIs, e.renderer.UI(l))
	}
	return m
}

// picture reads a file of the content folder that is published at the path.
func (e *Edition) picture(path string) ([]byte, error) {
	i, ok := slices.BinarySearchFunc(e.Site.Files, path, func(f site.File, path string) int { return strings.Compare(f.Path, path) })
	if !ok {
		return nil, fmt.Errorf("%w: %s", fs.ErrNotExist, path)
	}
	return fs.ReadFile(e.content, e.Site.Files[i].From)
}

// zip makes an archive. What packs is kept with the Builder, for one goroutine at
// a time.
func (e *Edition) zip(files []pack.File) ([]byte, error) {
	p, ok := e.packers.Get().(*pack.Packer)
	if !ok {
		p = new(pack.Packer)
	}
	defer e.packers.Put(p)
	return p.Zip(files)
}

// Download makes a file to take away, which need not be published. tags
// replaces language tags, as in zh-CN for zh.
func (e *Edition) Download(d *site.Download, tags map[string]string) ([]byte, error) {
	return e.makeDownload(e.maker(tags), d)
}

// makeDownload makes a file with the package that knows its format.
func (e *Edition) makeDownload(m *export.Maker, d *site.Download) ([]byte, error) {
	if d.Format == site.XLIFF {
		data, _ := e.Translation(d.Text, d.Langs[0], d.Langs[1]).XLIFF(exchange.Choice{})
		return data, nil
	}
	return m.Make(d)
}

// download is a file to take away, whose size is known once it was made.
func (e *Edition) download(m *export.Maker, d *site.Download) artifact.Artifact {
	return artifact.Artifact{Path: d.Path, Make: func() ([]byte, error) {
		defer e.alone(d.Path)() // a page that says the size waits, rather than have another made
		data, err := e.makeDownload(m, d)
		if err == nil {
			e.sizes.Store(d.Path, len(data))
		}
		return data, err
	}}
}

// downloads yields the files to take away.
func (e *Edition) downloads() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		m := e.maker(nil)
		json := false
		for _, d := range append(e.Site.Downloads(), e.Site.HistoryDownloads()...) {
			json = json || d.Format == site.JSON
			if !yield(e.download(m, d)) {
				return
			}
		}
		if json && !yield(artifact.Of(export.SchemaPath, export.Schema)) {
			return
		}
		if json && e.Site.Versioned() {
			yield(artifact.Of(export.HistorySchemaPath, export.HistorySchema))
		}
	}
}

// size is how many bytes a download has. One that nobody has asked for yet is
// made for it.
func (e *Edition) size(path string) (int, error) {
	if n, ok := e.sizes.Load(path); ok {
		return n.(int), nil
	}
	e.alone(path)() // somebody may be making it
	if n, ok := e.sizes.Load(path); ok {
		return n.(int), nil
	}
	data, err := e.File(path)
	return len(data), err
}

// alone waits until nobody else makes the download, and returns what ends the time
// in which nobody else may.
func (e *Edition) alone(path string) (done func()) {
	m, _ := e.making.LoadOrStore(path, new(sync.Mutex))
	m.(*sync.Mutex).Lock()
	return m.(*sync.Mutex).Unlock
}
