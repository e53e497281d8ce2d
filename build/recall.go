package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"stele/build/diag"
	"stele/build/output"
	"stele/build/store"
)

// Recalled is what a build of the very same inputs by the same program came to.
type Recalled struct {
	Found diag.List      // of Load
	Files []output.Known // that were published
}

// Recall looks in the store for what came of the inputs as they are at this
// moment; nil if nobody built them. It reads every file of the folders, and the
// next Load takes what was read.
func (b *Builder) Recall(ctx context.Context) (*Recalled, error) {
	b.print = nil
	if b.in.Store == nil || b.in.Only != nil {
		return nil, nil //nolint:nilnil // nothing is remembered, and least of a part
	}
	content := NewSnapshot(b.in.Content)
	key, err := b.printOf(ctx, content)
	if err != nil {
		return nil, err
	}
	b.recalled = content
	b.print = &key
	data, ok := b.in.Store.Get(key)
	if !ok {
		return nil, nil //nolint:nilnil // as it says
	}
	return readRecalled(data), nil
}

// Remember puts into the store what came of the inputs that Recall looked at. It
// is for an edition that was loaded and published since, and for nothing but it.
//
// All folders but the content are read again for the edition, and so are its
// pictures. If a file changed meanwhile, nothing is remembered: when the change
// is taken back, what came of it would pass for what comes of the old file.
func (b *Builder) Remember(ctx context.Context, found diag.List, files []output.Known) {
	if b.print == nil {
		return
	}
	was := *b.print
	b.print = nil
	data := writeRecalled(&Recalled{found, files})
	if data == nil {
		return
	}
	if now, err := b.printOf(ctx, b.in.Content); err != nil || now != was {
		return
	}
	b.in.Store.Put(was, data)
}

// printOf is the key of all inputs as they are at this moment, with the content
// read through the folder given.
func (b *Builder) printOf(ctx context.Context, content fs.FS) (store.Key, error) {
	d := b.newDigest("site")
	d.text(b.in.BaseURL)
	d.text(b.in.Name)
	for _, fsys := range []fs.FS{content, b.in.Themes, b.in.I18n, b.in.Static} {
		if err := d.folder(ctx, fsys); err != nil {
			return store.Key{}, err
		}
	}
	return d.key(), nil
}

// folder takes all files of a folder, but for hidden ones, which nobody reads.
func (d *digest) folder(ctx context.Context, fsys fs.FS) error {
	if fsys == nil {
		d.text("none")
		return nil
	}
	h := sha256.New()
	err := fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			fmt.Fprintf(h, "%q cannot be read\n", p)
			return nil
		}
		if p != "." && strings.HasPrefix(e.Name(), ".") && e.IsDir() {
			return fs.SkipDir
		}
		if !e.Type().IsRegular() {
			fmt.Fprintf(h, "%q %v\n", p, e.Type())
			return nil
		}
		own := sha256.New()
		if err := pour(own, fsys, p); err != nil {
			fmt.Fprintf(h, "%q cannot be read\n", p)
			return nil
		}
		fmt.Fprintf(h, "%q %x\n", p, own.Sum(nil))
		return nil
	})
	d.text(string(h.Sum(nil)))
	return err
}

// pour writes a file.
func pour(w io.Writer, fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if s, ok := fsys.(*Snapshot); ok {
		if data, ok := s.Held(name); ok {
			_, err := w.Write(data)
			return err
		}
	}
	_, err = io.Copy(w, f)
	return err
}

// Sums collects what is known of the files that are handed on to put.
type Sums []output.Known

// Through returns put with the sums taken on the way.
func (s *Sums) Through(put func(path string, body []byte) error) func(path string, body []byte) error {
	return func(path string, body []byte) error {
		*s = append(*s, output.Known{Path: path, Size: int64(len(body)), Sum: sha256.Sum256(body)})
		return put(path, body)
	}
}
