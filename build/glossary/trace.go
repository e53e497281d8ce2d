package glossary

import (
	"hash/maphash"
	"math/bits"
	"slices"
)

// Trace is which words a text has, for the question whether a name can be in it. It
// may take a text for one that has a word, and never the other way round.
//
// It is a Bloom filter (Bloom, Space/time trade-offs in hash coding with allowable
// errors, 1970) of two bits a word in sixteen, which takes one word in seventy for
// one of the text's. Traces of one run of the program cannot be read by another.
type Trace []uint64

var traceSeed = maphash.MakeSeed()

// probe is a word as traces are asked for it.
func probe(key string) uint64 { return maphash.String(traceSeed, key) }

// traceOf makes the trace of a text's words.
func traceOf(words []token) Trace {
	if len(words) == 0 {
		return nil
	}
	t := make(Trace, 1<<bits.Len(uint(len(words)-1)/4))
	for i := range words {
		p := probe(words[i].key)
		for range 2 {
			at := p % uint64(64*len(t))
			t[at/64] |= 1 << (at % 64)
			p >>= 32
		}
	}
	return t
}

// has reports whether the text may have the word.
func (t Trace) has(p uint64) bool {
	if len(t) == 0 {
		return false
	}
	for range 2 {
		at := p % uint64(64*len(t))
		if t[at/64]>>(at%64)&1 == 0 {
			return false
		}
		p >>= 32
	}
	return true
}

// Trace returns the trace of a text, as Find cuts it into words.
func (m *Matcher) Trace(text string) Trace { return traceOf(m.split(text)) }

// FindTraced is Find, with the trace of the text. A matcher that looks for nothing
// traces nothing.
func (m *Matcher) FindTraced(text string) ([]Match, Trace) {
	if m.root.next == nil {
		return nil, nil
	}
	words := m.split(text)
	return m.find(words), traceOf(words)
}

// Change is the names that two matchers of one language do not have in common.
type Change struct{ names [][]uint64 } // the words of each

// Changed compares two matchers of a language. It is nil where the first looked for
// nothing: then nothing is known of any text.
func Changed(a, b *Matcher) *Change {
	if a.root.next == nil {
		return nil
	}
	c := &Change{}
	take := func(of, other *Matcher) {
		known := make(map[Pattern]bool, len(other.patterns))
		for _, p := range other.patterns {
			known[p] = true
		}
		for _, p := range of.patterns {
			if known[p] {
				continue
			}
			var name []uint64
			for _, w := range of.split(p.Text) {
				name = append(name, probe(w.key))
			}
			if len(name) > 0 {
				c.names = append(c.names, name)
			}
		}
	}
	take(a, b)
	take(b, a)
	return c
}

// Touches reports whether the matchers may find something else in a text: it has
// the words of one of the names. In any other text both find the same.
func (c *Change) Touches(t Trace) bool {
	return slices.ContainsFunc(c.names, func(name []uint64) bool {
		return !slices.ContainsFunc(name, func(word uint64) bool { return !t.has(word) })
	})
}
