package build

import (
	"bytes"
	"io/fs"
	"path"
	"strings"

	"stele/build/diag"
	"stele/build/drawing"
	"stele/build/site"
)

// drawn is what was found in a drawing with these bytes.
type drawn struct {
	raw  []byte
	left []string
	err  error
}

// isDrawing reports whether a file is a drawing by its name.
func isDrawing(name string) bool { return strings.EqualFold(path.Ext(name), ".svg") }

// drawings reports what is left out of the drawings that the site shows. What was
// found is kept for the next time, as long as the bytes are the same.
func (b *Builder) drawings(s *site.Site) diag.List {
	var diags diag.List
	kept := map[string]drawn{}
	for _, f := range s.Files {
		if !isDrawing(f.From) {
			continue
		}
		at := diag.Pos{Path: f.From}
		raw, err := fs.ReadFile(b.in.Content, f.From)
		if err != nil {
			continue // publishing tells of it
		}
		d, ok := b.cache.drawings[f.From]
		if !ok || !bytes.Equal(d.raw, raw) {
			d = drawn{raw: raw}
			_, d.left, d.err = drawing.Clean(raw)
		}
		kept[f.From] = d
		switch {
		case d.err != nil:
			diags.Error(at, BadDrawing)
		case len(d.left) > 0:
			diags.Warn(at, BadDrawing.As("left"), "Left", diag.Names(d.left))
		}
	}
	b.cache.drawings = kept
	return diags
}
