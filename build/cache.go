package build

import (
	"bytes"
	"slices"
	"sync"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/render"
	"stele/build/site"
	"stele/build/source"
	"stele/i18n"
)

// cache keeps the results of pure stages between two Loads. It is sound because
// each key holds all that its stage depends on: files by their whole content,
// and values made by an earlier stage by identity, which stands for their
// content as long as the entry holds them. What one Load did not use, the next
// will not find.
type cache struct {
	cleaned   map[string]cleaned // by path
	concepts  memo[source.File, parsed[*glossary.Concept]]
	documents memo[source.File, parsed[*doc.Document]]
	matches   memo[matchKey, *found]
	blocks    memo[blockKey, []glossary.Match]
	tables    memo[alignKey, alignment]
	cuts      memo[cutKey, parsed[*site.Text]]
	glossary  *searchable
	messages  latest[*i18n.Messages]
	theme     latest[*render.Theme]
}

// cleaned is a file's bytes and what source.Clean made of them.
type cleaned struct {
	raw   []byte
	text  string
	diags diag.List
}

// clean is source.Clean, once for the same bytes. Files are read one after
// another, so it needs no lock.
func (c *cache) clean(path string, raw []byte) (string, diag.List) {
	if k, ok := c.cleaned[path]; ok && (sameSlice(k.raw, raw) || bytes.Equal(k.raw, raw)) {
		return k.text, k.diags
	}
	if c.cleaned == nil {
		c.cleaned = map[string]cleaned{}
	}
	text, diags := source.Clean(path, raw)
	c.cleaned[path] = cleaned{raw, text, diags}
	return text, diags
}

type parsed[T any] struct {
	value T
	diags diag.List
}

type matchKey struct {
	doc     *doc.Document
	matcher *glossary.Matcher
}

// blockKey is a block's text and what looks for names in it.
type blockKey struct {
	matcher *glossary.Matcher
	text    string
}

type found struct {
	matches  [][]glossary.Match
	concepts [][]string
}

// alignKey names the versions, and what was found in them, by address;
// alignment holds them, so that no other value can come to have the same.
type alignKey struct {
	path, versions, record string
	recorded               bool // an empty record is not the same as none
}

type alignment struct {
	parsed[*align.Table]
	versions []align.Input
	found    []*found
}

// sameSlice reports whether two slices are the very same bytes in memory, as
// those of a file held by a Snapshot are.
func sameSlice(a, b []byte) bool {
	return len(a) == len(b) && len(a) > 0 && &a[0] == &b[0]
}

// cutKey names what a text is cut from. The table stands for the versions and
// what was found in them: it is made anew when any of these changes.
type cutKey struct {
	table    *align.Table
	glossary *searchable
	slug     string
}

// searchable is a glossary with what finds its names, by language.
type searchable struct {
	langs    []site.Lang
	concepts []*glossary.Concept
	whole    *site.Glossary
	matchers map[string]*glossary.Matcher
}

// glossaryOf returns the searchable glossary, a new one if the concepts or the
// languages have changed in any way.
func (c *cache) glossaryOf(langs []site.Lang, concepts []*glossary.Concept) *searchable {
	if g := c.glossary; g != nil && slices.Equal(g.concepts, concepts) && slices.Equal(g.langs, langs) {
		return g
	}
	g := &searchable{langs, concepts, site.NewGlossary(concepts), map[string]*glossary.Matcher{}}
	for _, l := range langs {
		g.matchers[l.Code] = glossary.MatcherOf(concepts, l.Code)
	}
	c.glossary = g
	return g
}

// turn ends a Load: results that it did not use are dropped.
func (c *cache) turn() {
	c.concepts.turn()
	c.documents.turn()
	c.matches.turn()
	c.blocks.turn()
	c.tables.turn()
	c.cuts.turn()
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

// memo remembers the results of a pure function for one more Load. The zero
// value is ready; it may be used concurrently.
type memo[K comparable, V any] struct {
	mu       sync.Mutex
	old, now map[K]V
}

func (m *memo[K, V]) get(k K, make func() V) V {
	m.mu.Lock()
	v, ok := m.now[k]
	if !ok {
		if v, ok = m.old[k]; ok {
			m.keep(k, v)
		}
	}
	m.mu.Unlock()
	if ok {
		return v
	}
	v = make()
	m.mu.Lock()
	m.keep(k, v)
	m.mu.Unlock()
	return v
}

func (m *memo[K, V]) keep(k K, v V) {
	if m.now == nil {
		m.now = map[K]V{}
	}
	m.now[k] = v
}

func (m *memo[K, V]) turn() {
	m.mu.Lock()
	m.old, m.now = m.now, nil
	m.mu.Unlock()
}
