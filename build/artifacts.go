package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"stele/build/artifact"
	"stele/build/diag"
	"stele/build/drawing"
	"stele/build/export"
	"stele/build/search"
	"stele/build/site"
	"stele/build/source"
)

// Artifacts yields all that is published, in no promised order: the pages and
// what is beside them. Nothing is made until somebody calls Make.
func (e *Edition) Artifacts() iter.Seq[artifact.Artifact] {
	return chain(e.renderer.Pages(), e.index(), e.formerIndex(), e.rest())
}

// rest yields what is not a page, static files last.
func (e *Edition) rest() iter.Seq[artifact.Artifact] {
	return chain(
		export.ForCrawlers(e.Site, e.renderer.Renders),
		export.OpenSearch(e.Site, e.renderer.Renders),
		e.downloads(),
		e.renderer.Assets(),
		e.renderer.Moved(),
		func(yield func(artifact.Artifact) bool) {
			for _, f := range e.Site.Files {
				if !yield(e.file(f)) {
					return
				}
			}
		},
		e.redirects(),
		func(yield func(artifact.Artifact) bool) {
			for path := range regular(e.static) {
				if path == export.RedirectsPath && len(e.Site.Moved) > 0 {
					continue // it is in ours
				}
				if !yield(stored(e.static, path, path)) {
					return
				}
			}
		},
	)
}

// redirects yields the file of old addresses for hosts, with what the owner has
// in a file of the same name.
func (e *Edition) redirects() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		if len(e.Site.Moved) == 0 {
			return
		}
		yield(artifact.Artifact{Path: export.RedirectsPath, Make: func() ([]byte, error) {
			own, err := fs.ReadFile(e.static, export.RedirectsPath)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			return export.Redirects(e.Site, e.renderer.Renders, own), nil
		}})
	}
}

// index yields what readers search by. It is made when the first of it is
// asked for.
func (e *Edition) index() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		if e.renderer.Renders(site.Search) {
			e.searched().Artifacts()(yield)
		}
	}
}

// formerIndex yields what readers search earlier versions by.
func (e *Edition) formerIndex() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		if e.Site.Outdated() && e.renderer.Renders(site.Search) {
			e.former().Artifacts()(yield)
		}
	}
}

// file is a file of the content folder that something leads to.
func (e *Edition) file(f site.File) artifact.Artifact {
	if !isDrawing(f.From) {
		return stored(e.content, f.From, f.Path)
	}
	return artifact.Artifact{Path: f.Path, Make: func() ([]byte, error) {
		data, err := fs.ReadFile(e.content, f.From)
		if err != nil {
			return nil, err
		}
		clean, _, err := drawing.Clean(data)
		if err != nil {
			return []byte(`<svg xmlns="http://www.w3.org/2000/svg"></svg>` + "\n"), nil //nolint:nilerr // and told, see drawings
		}
		return clean, nil
	}}
}

// stored is a file published as it is.
func stored(fsys fs.FS, from, path string) artifact.Artifact {
	return artifact.Artifact{Path: path, Make: func() ([]byte, error) { return fs.ReadFile(fsys, from) }}
}

// chain yields the streams' artifacts, one stream after the other.
func chain(streams ...iter.Seq[artifact.Artifact]) iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		for _, s := range streams {
			for a := range s {
				if !yield(a) {
					return
				}
			}
		}
	}
}

// Paths lists the paths of all files of the edition, sorted.
func (e *Edition) Paths() []string {
	var out []string
	for a := range e.Artifacts() {
		out = append(out, a.Path)
	}
	slices.Sort(out)
	return out
}

// File makes one file of the edition, or hands out one that was made lately. The
// error is fs.ErrNotExist where the edition has no such file. The bytes must not be
// changed.
func (e *Edition) File(path string) ([]byte, error) {
	if b, ok := e.made.get(path); ok {
		return b, nil
	}
	a, ok := e.artifact(path)
	if !ok {
		return nil, fmt.Errorf("%w: %s", fs.ErrNotExist, path)
	}
	b, err := a.Make()
	if err == nil {
		e.made.add(path, b)
	}
	return b, err
}

// artifact finds one. The site finds its pages, of which there may be tens of
// thousands, by itself.
func (e *Edition) artifact(path string) (artifact.Artifact, bool) {
	if p := e.Site.At(path); p != nil {
		if a, ok := e.renderer.Artifact(p); ok {
			return a, true
		}
	}
	if search.OwnsFormer(path) {
		a, ok := e.formerShards()[path]
		return a, ok
	}
	if search.Owns(path) {
		if a, ok := e.shards()[path]; ok {
			return a, true
		}
	}
	a, ok := e.others()[path]
	return a, ok
}

// byPath collects a stream.
func byPath(all iter.Seq[artifact.Artifact]) map[string]artifact.Artifact {
	return maps.Collect(func(yield func(string, artifact.Artifact) bool) {
		for a := range all {
			if !yield(a.Path, a) {
				return
			}
		}
	})
}

// Write makes every file of the edition and gives them to put, sorted by path.
// It ends with the first error, of a file that cannot be made, of put or of ctx.
func (e *Edition) Write(ctx context.Context, put func(path string, body []byte) error) error {
	return write(ctx, e.Artifacts(), e.progress, put)
}

// Write makes artifacts, as many at once as there are processors, and gives
// them to put one after another, sorted by path. It ends with the first error.
func Write(ctx context.Context, all iter.Seq[artifact.Artifact], put func(path string, body []byte) error) error {
	return write(ctx, all, nil, put)
}

func write(ctx context.Context, all iter.Seq[artifact.Artifact], progress *Progress, put func(path string, body []byte) error) error {
	files := slices.Collect(all)
	progress.beginFiles(len(files))
	return makeAll(ctx, files, progress, put)
}

// makeAll makes the files and gives them to put, sorted by path.
func makeAll(ctx context.Context, files []artifact.Artifact, progress *Progress, put func(path string, body []byte) error) error {
	sorted := slices.SortedFunc(slices.Values(files), func(x, y artifact.Artifact) int { return strings.Compare(x.Path, y.Path) })
	const batch = 256 // files in memory at a time
	for chunk := range slices.Chunk(sorted, batch) {
		made := make([][]byte, len(chunk))
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(runtime.GOMAXPROCS(0))
		for i, a := range chunk {
			g.Go(func() (err error) {
				if err := ctx.Err(); err != nil {
					return err
				}
				made[i], err = a.Make()
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
		for i, a := range chunk {
			if err := put(a.Path, made[i]); err != nil {
				return err
			}
			progress.file()
		}
	}
	return nil
}

// collisions reports the site owner's static files that have the address of a
// file the site makes, or the same as another in the eyes of some system.
func (e *Edition) collisions() diag.List {
	var diags diag.List
	static := map[string]bool{}
	for p := range regular(e.static) {
		static[p] = true
	}
	taken := map[string]string{} // by what a host or a file system may take for one name
	for a := range e.rest() {
		low, pos := source.FoldName(a.Path), diag.Pos{Path: "../static/" + a.Path}
		other, isTaken := taken[low]
		if isTaken && other != a.Path && static[other] {
			diags.Error(pos, source.NameCollision, "Name", path.Base(a.Path), "Other", path.Base(other))
			continue
		}
		if page := e.Site.Alike(a.Path); isTaken || search.Owns(low) && e.renderer.Renders(site.Search) || page != nil && e.renderer.Renders(page.Kind) {
			if static[a.Path] { // else two texts have one address, which is said
				diags.Error(pos, AddressCollision.As("static"), "Path", a.Path)
			}
		}
		taken[low] = a.Path
	}
	return diags
}

// unpublishable reports what is among the site owner's static files and cannot be
// published, at least not from every system.
func unpublishable(own fs.FS) diag.List {
	var diags diag.List
	if own == nil {
		return diags
	}
	_ = fs.WalkDir(own, ".", func(p string, d fs.DirEntry, err error) error {
		pos := diag.Pos{Path: "../static/" + p}
		switch {
		case p == ".": // there may be none
			return err
		case err != nil:
			diags.Error(pos, source.Unreadable.As("folder"), "Reason", diag.Reason(err))
			return fs.SkipDir
		case d.Type()&fs.ModeSymlink != 0:
			diags.Warn(pos, source.NotAFile.As("link"))
			return nil
		case !d.IsDir() && !d.Type().IsRegular():
			diags.Warn(pos, source.NotAFile)
			return nil
		}
		if fault := source.NameFault(path.Base(p)); fault.ID != "" {
			diags.Error(pos, source.BadName, "Name", path.Base(p), "Fault", fault)
		}
		return nil
	})
	return diags
}
