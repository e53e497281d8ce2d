package search

import (
	"slices"
	"strings"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
)

// Part is what one text gives to the index: its passages with their words. It
// is made from the text alone, so that it may be kept as long as the text.
type Part struct {
	text     *site.Text
	passages []passage
	langs    []words // by language of the site
}

// passage is one that has text in some language.
type passage struct {
	*site.Passage
	kind  kind
	texts []string // by language; blocks parted by line ends
	spans [][]span // by language: numbers and dates
}

// kind tells the page how to set a passage.
type kind byte

const (
	plain   kind = 'p'
	heading kind = 'h'
	title   kind = 't'
)

// words are the keys of one language's text, sorted, each with the passages
// that have it.
type words struct {
	keys    []string
	lists   [][]uint32 // ordinals in the part
	tokens  []uint16   // how many tokens each passage has
	size    int        // bytes of text
	scripts map[string]int
	foreign map[string]string // words by their script; see Index
	spelled map[string]string // what is said in a word that stands for a number
}

// Reader makes parts. It remembers the stems of words it has met, so it may
// not be used by two goroutines at once.
type Reader struct {
	langs []site.Lang
	stems []map[string]string // by language
}

// NewReader returns a reader for the languages of a site.
func NewReader(langs []site.Lang) *Reader {
	r := &Reader{langs: langs}
	for range langs {
		r.stems = append(r.stems, map[string]string{})
	}
	return r
}

// Part reads a text.
func (r *Reader) Part(t *site.Text) *Part {
	p := &Part{text: t}
	for _, s := range t.Sections {
		for _, q := range s.Passages {
			if x := r.passage(q); x.kind != 0 {
				p.passages = append(p.passages, x)
			}
		}
	}
	for l := range r.langs {
		p.langs = append(p.langs, r.words(p.passages, l))
	}
	return p
}

// passage takes the plain text of a passage; its kind is 0 if there is none.
func (r *Reader) passage(q *site.Passage) passage {
	p := passage{Passage: q, texts: make([]string, len(r.langs)), spans: make([][]span, len(r.langs))}
	for l := range q.Cells {
		var blocks []string
		for _, b := range q.Cells[l].Blocks {
			if p.kind == 0 && b.Text != "" {
				switch {
				case b.Kind == doc.Heading && b.Level == 1:
					p.kind = title
				case b.Kind == doc.Heading:
					p.kind = heading
				default:
					p.kind = plain
				}
			}
			blocks = appendBlock(blocks, b)
		}
		p.texts[l] = strings.Join(blocks, "\n")
		p.spans[l] = spans(lang.Of(r.langs[l].Tag), p.texts[l])
	}
	return p
}

// appendBlock adds the text of a block and of its notes.
func appendBlock(out []string, b *site.Block) []string {
	if b.Text != "" {
		out = append(out, strings.TrimSpace(b.Text))
	}
	for _, n := range b.Notes {
		for _, nb := range n.Blocks {
			out = appendBlock(out, nb)
		}
	}
	return out
}

// words collects the keys of a language.
func (r *Reader) words(passages []passage, l int) words {
	w := words{scripts: map[string]int{}, foreign: map[string]string{}, spelled: map[string]string{}, tokens: make([]uint16, len(passages))}
	lists := map[string][]uint32{}
	for i, p := range passages {
		add := func(key string) {
			if list := lists[key]; len(list) == 0 || list[len(list)-1] != uint32(i) {
				lists[key] = append(list, uint32(i))
			}
		}
		toks := tokens(p.texts[l])
		w.size += len(p.texts[l])
		w.tokens[i] = uint16(min(len(toks), 1<<16-1))
		for j, t := range toks {
			script := scriptOf(t.form)
			w.scripts[script]++
			if !t.char {
				key := r.stem(l, t.form)
				add(key)
				if script != "" {
					w.foreign[key] = script
				}
				continue
			}
			if j+1 < len(toks) && toks[j+1].char && toks[j+1].gap == joined {
				add(t.form + toks[j+1].form)
			} else {
				add(t.form)
			}
		}
		for _, s := range p.spans[l] {
			for _, v := range s.values {
				for _, k := range v.keys() {
					add(k)
				}
			}
			if inside := tokens(p.texts[l][s.start:s.end]); len(inside) == 1 && !inside[0].char && s.values[0].number != "" && scriptOf(inside[0].form) != "" {
				w.spelled[r.stem(l, inside[0].form)] = s.values[0].number
			}
		}
	}
	w.keys = make([]string, 0, len(lists))
	for k := range lists {
		w.keys = append(w.keys, k)
	}
	slices.Sort(w.keys)
	for _, k := range w.keys {
		w.lists = append(w.lists, lists[k])
	}
	return w
}

// stem is the word's key in the language.
func (r *Reader) stem(l int, word string) string {
	s, ok := r.stems[l][word]
	if !ok {
		s = lang.Of(r.langs[l].Tag).Stem(word)
		r.stems[l][strings.Clone(word)] = s
	}
	return s
}
