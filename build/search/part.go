package search

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

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
	known   *known
	coded   []byte   // what lists yields, as numbers of few bytes
	tokens  []uint16 // how many tokens each passage has
	size    int      // bytes of text
	scripts map[string]int
	numbers map[string]string // values of the words that stand for a number
}

// lists yields the keys, by their numbers in known, rising, each with the
// passages that have it. A list is good until the next.
func (w *words) lists(yield func(id uint32, list []uint32) bool) {
	rest := w.coded
	next := func() uint32 {
		v, n := binary.Uvarint(rest)
		rest = rest[n:]
		return uint32(v)
	}
	var list []uint32
	for id := uint32(0); len(rest) > 0; {
		id += next()
		list = list[:0]
		p := uint32(0)
		for range next() {
			p += next()
			list = append(list, p)
		}
		if !yield(id, list) {
			return
		}
	}
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
	known []*known // by language

	toks  []token // of the text at hand, to be used again
	pairs []uint64
	code  []byte
}

// known are the words of a language that a reader has met.
type known struct {
	lang  *lang.Language
	words map[string]word
	pairs map[uint64]uint32 // of two characters
	ids   map[string]uint32
	keys  []string // by id
	// scripts of the keys that are words; empty for others
	scripts []string
}

// word is what is known of a folded word.
type word struct {
	id     uint32 // of its stem
	script string
	named  bool // it names a number or month, or stands for one
}

// NewReader returns a reader for the languages of a site.
func NewReader(langs []site.Lang) *Reader {
	r := &Reader{langs: langs}
	for _, l := range langs {
		r.known = append(r.known, &known{lang: lang.Of(l.Tag), words: map[string]word{}, pairs: map[uint64]uint32{}, ids: map[string]uint32{}})
	}
	return r
}

// Part reads a text.
func (r *Reader) Part(t *site.Text) *Part {
	var all []*site.Passage
	for _, s := range t.Sections {
		all = append(all, s.Passages...)
	}
	return r.PartOf(t, all)
}

// PartOf reads some passages of a text, which come in reading order.
func (r *Reader) PartOf(t *site.Text, some []*site.Passage) *Part {
	p := &Part{text: t}
	for _, q := range some {
		if x := r.passage(q); x.kind != 0 {
			p.passages = append(p.passages, x)
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
	k := r.known[l]
	w := words{known: k, scripts: map[string]int{}, numbers: map[string]string{}, tokens: make([]uint16, len(passages))}
	r.pairs = r.pairs[:0]
	script, run := "", 0 // the script of the last tokens, and how many they are
	for i := range passages {
		p := &passages[i]
		text := p.texts[l]
		add := func(id uint32) { r.pairs = append(r.pairs, uint64(id)<<32|uint64(i)) }
		r.toks = appendTokens(r.toks[:0], text)
		w.size += len(text)
		w.tokens[i] = uint16(min(len(r.toks), 1<<16-1))
		counts := false
		for j, t := range r.toks {
			var own string
			if t.char {
				own = scriptOf(t.form)
				if !counts {
					_, digit := hanDigits[t.form]
					counts = digit || hanUnits[t.form] > 0
				}
				if j+1 < len(r.toks) && r.toks[j+1].char && r.toks[j+1].gap == joined {
					add(k.pair(t.form, r.toks[j+1].form))
				} else {
					add(k.id(t.form, ""))
				}
			} else {
				known := k.word(t.form)
				own = known.script
				counts = counts || known.named || own == "" && figures(r.toks, j)
				add(known.id)
			}
			if own != script {
				w.scripts[script] += run
				script, run = own, 0
			}
			run++
		}
		if !counts {
			continue
		}
		p.spans[l] = spans(k.lang, text)
		for _, s := range p.spans[l] {
			for _, v := range s.values {
				for _, key := range v.keys() {
					add(k.id(key, ""))
				}
			}
			if inside := tokens(text[s.start:s.end]); len(inside) == 1 && !inside[0].char && s.values[0].number != "" && scriptOf(inside[0].form) != "" && !ordinal(inside[0].form) {
				w.numbers[k.keys[k.word(inside[0].form).id]] = s.values[0].number
			}
		}
	}
	w.scripts[script] += run
	slices.Sort(r.pairs)
	w.coded = slices.Clone(r.coded(slices.Compact(r.pairs)))
	return w
}

// ordinal words are looked for as they stand: who asks for third countries does
// not mean three of anything.
func ordinal(word string) bool {
	m, _ := numeral.Means(word)
	return m.Ordinal
}

// coded writes pairs of a key and a passage, sorted, as lists yields them.
func (r *Reader) coded(pairs []uint64) []byte {
	out := r.code[:0]
	id := uint64(0)
	for i := 0; i < len(pairs); {
		end := i + 1
		for end < len(pairs) && pairs[end]>>32 == pairs[i]>>32 {
			end++
		}
		out = binary.AppendUvarint(out, pairs[i]>>32-id)
		out = binary.AppendUvarint(out, uint64(end-i))
		id = pairs[i] >> 32
		last := uint32(0)
		for _, pair := range pairs[i:end] {
			out = binary.AppendUvarint(out, uint64(uint32(pair)-last))
			last = uint32(pair)
		}
		i = end
	}
	r.code = out
	return out
}

// afterFigures are what may follow the figures of a Chinese date or number.
const afterFigures = "年月万亿兆千百十"

// figures reports whether the figures of token i can be part of a number or date
// that is not plain digits by itself: most passages have none, and need not be
// read for them.
func figures(toks []token, i int) bool {
	if !plainDigits.MatchString(toks[i].form) || i > 0 && strings.ContainsAny(toks[i-1].form, "0123456789") {
		return true
	}
	if i+1 == len(toks) {
		return false
	}
	next := toks[i+1].form
	return toks[i+1].char && strings.Contains(afterFigures, next) || numeral.Scale(next) > 0
}

// word looks a folded word up.
func (k *known) word(form string) word {
	w, ok := k.words[form]
	if !ok {
		form = strings.Clone(form)
		w.script = scriptOf(form)
		w.id = k.id(k.lang.Stem(form), w.script)
		w.named = k.named(form)
		k.words[form] = w
	}
	return w
}

// named reports whether a word names a number or month, or stands for one, or
// has figures and letters.
func (k *known) named(word string) bool {
	if roman.MatchString(word) || strings.ContainsAny(word, "0123456789") && !plainDigits.MatchString(word) {
		return true
	}
	m, means := numeral.Means(word)
	if m.Month > 0 {
		return true
	}
	if !means && numeral.Scale(word) == 0 {
		return false
	}
	values, _ := numeral.Read(k.lang, word)
	return slices.ContainsFunc(values, func(v numeral.Value) bool { return v.Firm })
}

// pair is the number of the key of two neighbouring characters.
func (k *known) pair(a, b string) uint32 {
	r, n := utf8.DecodeRuneInString(a)
	q, m := utf8.DecodeRuneInString(b)
	if n < len(a) || m < len(b) { // characters with marks
		return k.id(a+b, "")
	}
	both := uint64(r)<<32 | uint64(q)
	id, ok := k.pairs[both]
	if !ok {
		id = k.id(a+b, "")
		k.pairs[both] = id
	}
	return id
}

// id is the number of a key.
func (k *known) id(key, script string) uint32 {
	id, ok := k.ids[key]
	if !ok {
		key = strings.Clone(key)
		id = uint32(len(k.keys))
		k.ids[key] = id
		k.keys, k.scripts = append(k.keys, key), append(k.scripts, script)
	}
	return id
}
