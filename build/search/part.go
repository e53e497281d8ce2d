package search

import (
	"slices"
	"strings"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/numeral"
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

// words are the keys of one language's text, each with the passages that have
// it.
type words struct {
	postings
	tokens  []uint16 // how many tokens each passage has
	size    int      // bytes of text
	scripts map[string]int
	foreign map[string]string // words by their script; see Index
	numbers map[string]string // values of the words that stand for a number
}

// postings are keys with their lists, which are kept in one.
type postings struct {
	keys []string
	ends []uint32 // of the keys' lists
	list []uint32 // passages
}

// of is the list of the i-th key.
func (p *postings) of(i int) []uint32 {
	if i == 0 {
		return p.list[:p.ends[0]]
	}
	return p.list[p.ends[i-1]:p.ends[i]]
}

// Reader makes parts. It remembers the words it has met, so it may not be used
// by two goroutines at once.
type Reader struct {
	langs []site.Lang
	known []known // by language

	toks  []token // of the text at hand, to be used again
	pairs []uint64
	key   []byte
}

// known are the words of a language that a reader has met.
type known struct {
	lang  *lang.Language
	stems map[string]string
	named map[string]bool // whether a word names a number
	ids   map[string]uint32
	keys  []string // by id
}

// NewReader returns a reader for the languages of a site.
func NewReader(langs []site.Lang) *Reader {
	r := &Reader{langs: langs}
	for _, l := range langs {
		r.known = append(r.known, known{lang.Of(l.Tag), map[string]string{}, map[string]bool{}, map[string]uint32{}, nil})
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

// words collects the keys of a language, and the numbers and dates on the way.
func (r *Reader) words(passages []passage, l int) words {
	w := words{scripts: map[string]int{}, foreign: map[string]string{}, numbers: map[string]string{}, tokens: make([]uint16, len(passages))}
	k := &r.known[l]
	r.pairs = r.pairs[:0]
	for i := range passages {
		p := &passages[i]
		text := p.texts[l]
		add := func(id uint32) { r.pairs = append(r.pairs, uint64(id)<<32|uint64(i)) }
		r.toks = appendTokens(r.toks[:0], text)
		w.size += len(text)
		w.tokens[i] = uint16(min(len(r.toks), 1<<16-1))
		counts := false
		for j, t := range r.toks {
			counts = counts || k.mayCount(r.toks, j)
			script := scriptOf(t.form)
			w.scripts[script]++
			switch {
			case !t.char:
				key := k.stem(t.form)
				add(k.id(key))
				if script != "" {
					w.foreign[key] = script
				}
			case j+1 < len(r.toks) && r.toks[j+1].char && r.toks[j+1].gap == joined:
				r.key = append(append(r.key[:0], t.form...), r.toks[j+1].form...)
				id, ok := k.ids[string(r.key)]
				if !ok {
					id = k.id(string(r.key))
				}
				add(id)
			default:
				add(k.id(t.form))
			}
		}
		if !counts {
			continue
		}
		p.spans[l] = spans(k.lang, text)
		for _, s := range p.spans[l] {
			for _, v := range s.values {
				for _, key := range v.keys() {
					add(k.id(key))
				}
			}
			if inside := tokens(text[s.start:s.end]); len(inside) == 1 && !inside[0].char && s.values[0].number != "" && scriptOf(inside[0].form) != "" {
				w.numbers[k.stem(inside[0].form)] = s.values[0].number
			}
		}
	}
	slices.Sort(r.pairs)
	last := ^uint64(0)
	for _, pair := range r.pairs {
		if pair == last {
			continue
		}
		if len(w.keys) == 0 || pair>>32 != last>>32 {
			w.keys = append(w.keys, k.keys[pair>>32])
			w.ends = append(w.ends, 0)
		}
		w.list = append(w.list, uint32(pair))
		w.ends[len(w.ends)-1] = uint32(len(w.list))
		last = pair
	}
	w.keys, w.ends, w.list = slices.Clip(w.keys), slices.Clip(w.ends), slices.Clip(w.list)
	return w
}

// mayCount reports whether token i can be part of a number or date that is not
// plain digits by itself: most passages have none, and need not be read for
// them.
func (k *known) mayCount(toks []token, i int) bool {
	t := toks[i]
	if t.char {
		_, digit := hanDigits[t.form]
		_, unit := hanUnits[t.form]
		return digit || unit
	}
	if !strings.ContainsAny(t.form, "0123456789") {
		return k.names(t.form)
	}
	if !plainDigits.MatchString(t.form) || i > 0 && strings.ContainsAny(toks[i-1].form, "0123456789") {
		return true
	}
	if i+1 == len(toks) {
		return false
	}
	next := toks[i+1].form
	return toks[i+1].char && strings.Contains("年月万亿兆千百十", next) || numeral.Scale(next) > 0
}

// names reports whether a word names a number or month, or stands for one.
func (k *known) names(word string) bool {
	is, ok := k.named[word]
	if !ok {
		_, means := numeral.Means(word)
		if means || numeral.Scale(word) > 0 {
			values, _ := numeral.Read(k.lang, word)
			is = slices.ContainsFunc(values, func(v numeral.Value) bool { return v.Firm })
		}
		if m, _ := numeral.Means(word); m.Month > 0 || roman.MatchString(word) {
			is = true
		}
		k.named[strings.Clone(word)] = is
	}
	return is
}

// stem is the word's key.
func (k *known) stem(word string) string {
	s, ok := k.stems[word]
	if !ok {
		s = k.lang.Stem(word)
		k.stems[strings.Clone(word)] = s
	}
	return s
}

// id is the number of a key.
func (k *known) id(key string) uint32 {
	id, ok := k.ids[key]
	if !ok {
		key = strings.Clone(key)
		id = uint32(len(k.keys))
		k.ids[key] = id
		k.keys = append(k.keys, key)
	}
	return id
}
