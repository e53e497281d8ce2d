package build

import (
	"bytes"
	"slices"
	"sync"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/source"
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
	tables    memo[alignKey, alignment]
	matchers  struct {
		of     []*glossary.Concept
		langs  []source.Language
		byLang map[string]*glossary.Matcher
	}
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
	if k, ok := c.cleaned[path]; ok && bytes.Equal(k.raw, raw) {
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

type found struct {
	matches  [][]glossary.Match
	concepts [][]string
}

// alignKey names the versions by address; alignment holds them, so that no
// other value can come to have the same address.
type alignKey struct{ path, versions, record string }

type alignment struct {
	parsed[*align.Table]
	versions []align.Input
}

// matchersOf returns the matchers of the languages, new ones if the glossary
// has changed in any way.
func (c *cache) matchersOf(langs []source.Language, concepts []*glossary.Concept) map[string]*glossary.Matcher {
	m := &c.matchers
	if m.byLang == nil || !slices.Equal(m.of, concepts) || !slices.Equal(m.langs, langs) {
		m.of, m.langs, m.byLang = concepts, langs, map[string]*glossary.Matcher{}
		for _, l := range langs {
			m.byLang[l.Lang] = glossary.MatcherOf(concepts, l.Lang)
		}
	}
	return m.byLang
}

// turn ends a Load: results that it did not use are dropped.
func (c *cache) turn() {
	c.concepts.turn()
	c.documents.turn()
	c.matches.turn()
	c.tables.turn()
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
