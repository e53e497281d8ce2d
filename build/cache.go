package build

import (
	"stele/build/diag"
	"stele/build/render"
	"stele/build/site"
	"stele/i18n"
)

// cache is what one Load leaves for the next: the results of the stages, each
// beside all that it was made from. A result is taken again where that is equal;
// what a Load did not use, the next will not find. Strings that were taken again
// are the same in memory, so that comparing them costs nothing.
type cache struct {
	reading    reading
	vocabulary *vocabulary
	texts      map[string]*text // by name
	site       *site.Site
	heads      map[string]head // by path; of sketches
	messages   latest[parsed[*i18n.Messages]]
	theme      latest[parsed[*render.Theme]]
	drawings   map[string]drawn // by path
}

// parsed is a result with what was found wrong on the way.
type parsed[T any] struct {
	value T
	diags diag.List
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
