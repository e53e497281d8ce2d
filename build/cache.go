package build

import (
	"bytes"

	"stele/build/diag"
	"stele/build/render"
	"stele/build/source"
	"stele/i18n"
)

// cache is what one Load leaves for the next: the results of the stages, each
// beside all that it was made from. A result is taken again where that is equal;
// what a Load did not use, the next will not find. Strings that were taken again
// are the same in memory, so that comparing them costs nothing.
type cache struct {
	cleaned  map[string]cleaned // by path
	words    *words
	texts    map[string]*text // by name
	messages latest[*i18n.Messages]
	theme    latest[*render.Theme]
}

// parsed is a result with what was found wrong on the way.
type parsed[T any] struct {
	value T
	diags diag.List
}

// cleaned is a file's bytes and what source.Clean made of them.
type cleaned struct {
	raw []byte
	parsed[string]
}

// clean returns source.Clean for a Load, once for the same bytes, and keeps what
// it returned for the next. Files are read one after another, so it needs no
// lock.
func (c *cache) clean() func(path string, raw []byte) (string, diag.List) {
	old := c.cleaned
	c.cleaned = make(map[string]cleaned, len(old))
	return func(path string, raw []byte) (string, diag.List) {
		k, ok := old[path]
		if !ok || !sameSlice(k.raw, raw) && !bytes.Equal(k.raw, raw) {
			k.value, k.diags = source.Clean(path, raw)
		}
		k.raw = raw
		c.cleaned[path] = k
		return k.value, k.diags
	}
}

// sameSlice reports whether two slices are the very same bytes in memory, as
// those of a file held by a Snapshot are.
func sameSlice(a, b []byte) bool {
	return len(a) == len(b) && len(a) > 0 && &a[0] == &b[0]
}

// latest remembers the last result of something made of a few files.
type latest[V any] struct {
	key   string
	value V
	made  bool
}

// get returns the value for the key, which stands for all that it is made of.
func (l *latest[V]) get(key string, make func() (V, error)) (V, error) {
	if l.made && l.key == key {
		return l.value, nil
	}
	v, err := make()
	*l = latest[V]{key, v, err == nil}
	return v, err
}
