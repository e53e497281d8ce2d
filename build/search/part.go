package search

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/numeral"
	"stele/build/site"
)

// Part is what one text gives to the index: its passages with their words. It
// is made from the text alone, so that it may be kept as long as the text. Append
// writes it down, ReadPart reads it again; one that was read knows of no text, and
// an index of it can be published, but answers no queries itself.
type Part struct {
	text    *site.Text      // nil of one that was read
	source  []*site.Passage // likewise
	slug    string
	titles  []string // of the text, by language
	version *version // of one that was read; nil otherwise
	sum     [16]byte // of what it has of the text

	sections []section
	numbers  []string // of the passages
	kinds    []kind   // of the passages
	langs    []words  // by language of the site

	concepts []string // ids of those that passages name
	uses     []use    // in reading order of each concept
}

// version says which text an earlier version is of, and since when it held; empty
// of what is no earlier version.
type version struct{ of, since string }

// section is a run of passages.
type section struct {
	key    site.Key // of the page that shows it
	pages  []string // by language, the page's path; nil where the site knows
	titles []string // by language
	number string
	role   site.Role
	end    int // the passage after the last
}

// use says that a passage names a concept in a language.
type use struct{ concept, passage, lang uint32 }

// kind tells the page how to set a passage.
type kind byte

const (
	plain   kind = 'p'
	heading kind = 'h'
	title   kind = 't'
)

// words are one language's text, and its keys, each with the passages that have
// it.
type words struct {
	texts   []string // of the passages; blocks parted by line ends
	spans   []spansOf
	known   *known
	coded   string   // what lists yields, as numbers of few bytes
	tokens  []uint16 // how many tokens each passage has
	size    int      // bytes of text
	scripts map[string]int
	numbers map[string]string // values of the words that stand for a number

	// letters of two bytes; and how many letters there are of two bytes, and others
	letters    []letterCount
	two, other int
}

// letterCount says how often a text has a letter.
type letterCount struct {
	letter uint16
	count  uint32
}

// countLetters counts the letters of the texts.
func (w *words) countLetters() {
	var count [0x800]uint32
	for _, text := range w.texts {
		for i := 0; i < len(text); i++ {
			switch c := text[i]; {
			case c >= 0xE0:
				w.other++
			case c >= 0xC0 && i+1 < len(text):
				i++
				count[(int(c)&0x1F)<<6|int(text[i])&0x3F]++
			case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
				w.other++
			}
		}
	}
	for r, n := range count {
		if n > 0 && unicode.IsLetter(rune(r)) {
			w.two += int(n)
			w.letters = append(w.letters, letterCount{uint16(r), n})
		}
	}
}

// spansOf are the numbers and dates of a passage that has some.
type spansOf struct {
	passage int
	spans   []span
}

// lists yields the keys, by their numbers in known, each with the passages that
// have it. A list is good until the next.
func (w *words) lists(yield func(id uint32, list []uint32) bool) {
	rest := w.coded
	next := func() uint32 {
		v, n := uvarint(rest)
		rest = rest[n:]
		return uint32(v)
	}
	var list []uint32
	for i := uint32(0); len(rest) > 0; i++ {
		id := i // of one that was read
		if w.known.ends == nil {
			id = next()
		}
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

// Reader makes parts. It remembers the words it has met, so it may not be used
// by two goroutines at once.
type Reader struct {
	langs []site.Lang
	known []*known // by language

	// of the text at hand, to be used again
	toks   []token
	texts  []string // of a passage, by language
	blocks []string
	met    []uint32 // keys, as they were met
	places []place
	code   []byte
}

// place is a passage that has a key, and where the next is, plus 1.
type place struct{ passage, next uint32 }

// chain are the places of a key in the text at hand, plus 1; 0 for none.
type chain struct{ first, last uint32 }

// known are the words of a language that a reader has met, or the keys of a part
// that was read.
type known struct {
	lang  *lang.Language
	words map[string]word
	pairs map[uint64]uint32 // of two characters
	ids   map[string]uint32
	keys  []string // by id
	// scripts of the keys that are words; empty for others
	scripts []string
	chains  []chain // by id, empty between two texts

	letters  string // of a part that was read: its keys, one after another
	ends     []uint32
	ofScript string // by id, scriptNumber of the keys' scripts
}

// len is how many keys there are.
func (k *known) len() int { return max(len(k.keys), len(k.ends)) }

// key is the key with the id.
func (k *known) key(id uint32) string {
	switch {
	case k.ends == nil:
		return k.keys[id]
	case id == 0:
		return k.letters[:k.ends[0]]
	}
	return k.letters[k.ends[id-1]:k.ends[id]]
}

// script is that of a key which is a word, else empty.
func (k *known) script(id uint32) string {
	if k.ends == nil {
		return k.scripts[id]
	}
	return scriptName(k.ofScript[id])
}

// word is what is known of a folded word.
type word struct {
	id     uint32 // of its stem
	script string
	names  naming
}

// naming is what a word may say of numbers and dates.
type naming uint8

const (
	nothing naming = iota
	number         // it stands for a number, or has figures and letters
	roman          // if it is in capitals
	month          // which is a date only where there are figures
)

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
	p := &Part{text: t, slug: t.Slug, langs: make([]words, len(r.langs))}
	for l := range r.langs {
		p.titles = append(p.titles, t.Versions[l].Title)
	}
	p.source, p.numbers, p.kinds = make([]*site.Passage, 0, len(some)), make([]string, 0, len(some)), make([]kind, 0, len(some))
	for l := range p.langs {
		p.langs[l].texts = make([]string, 0, len(some))
	}
	var last *site.Section
	for _, q := range some {
		kind, texts := r.passage(q)
		if kind == 0 { // it has no text
			continue
		}
		if q.Section != last {
			last = q.Section
			s := section{key: site.PassageKey(q), titles: last.Titles, role: last.Role}
			if last.Role == site.Headed {
				s.number = last.Number
			}
			p.sections = append(p.sections, s)
		}
		p.source = append(p.source, q)
		p.numbers, p.kinds = append(p.numbers, q.Number), append(p.kinds, kind)
		p.sections[len(p.sections)-1].end = len(p.source)
		for l := range p.langs {
			p.langs[l].texts = append(p.langs[l].texts, texts[l])
		}
	}
	for l := range p.langs {
		r.words(&p.langs[l], l)
	}
	p.sum = p.digest()
	ids := map[string]uint32{}
	var at map[*site.Passage]uint32
	for name, o := range t.Named() {
		if at == nil {
			at = make(map[*site.Passage]uint32, len(p.source))
			for i, q := range p.source {
				at[q] = uint32(i)
			}
		}
		q, ok := at[o.Passage]
		if !ok {
			continue
		}
		id, ok := ids[name]
		if !ok {
			id = uint32(len(p.concepts))
			ids[name] = id
			p.concepts = append(p.concepts, name)
		}
		for l, n := range o.Uses {
			if n > 0 {
				p.uses = append(p.uses, use{id, q, uint32(l)})
			}
		}
	}
	return p
}

// digest is the sum of all that is shown of the text.
func (p *Part) digest() (sum [16]byte) {
	h := sha256.New()
	var w writer
	w.string(p.slug)
	w.strings(p.titles)
	for i := range p.sections {
		s := &p.sections[i]
		w.strings(s.titles)
		w.string(s.number)
		w.number(int(s.role))
		w.number(s.end)
	}
	for i, number := range p.numbers {
		w.number(int(p.kinds[i]))
		w.string(number)
	}
	for l := range p.langs {
		for _, text := range p.langs[l].texts {
			w.string(text)
		}
		h.Write(w.out)
		w.out = w.out[:0]
	}
	copy(sum[:], h.Sum(nil))
	return sum
}

// passage takes the plain text of a passage, by language; its kind is 0 if there
// is none. The texts are good until the next.
func (r *Reader) passage(q *site.Passage) (kind, []string) {
	if r.texts == nil {
		r.texts = make([]string, len(r.langs))
	}
	kind := kind(0)
	for l := range q.Cells {
		blocks := r.blocks[:0]
		for _, b := range q.Cells[l].Blocks {
			if kind == 0 && b.Text != "" {
				switch {
				case b.Kind == doc.Heading && b.Level == 1:
					kind = title
				case b.Kind == doc.Heading:
					kind = heading
				default:
					kind = plain
				}
			}
			blocks = appendBlock(blocks, b)
		}
		r.texts[l], r.blocks = strings.Join(blocks, "\n"), blocks
	}
	return kind, r.texts
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
func (r *Reader) words(w *words, l int) {
	k := r.known[l]
	w.known, w.scripts, w.numbers, w.tokens = k, map[string]int{}, map[string]string{}, make([]uint16, len(w.texts))
	r.met, r.places = r.met[:0], r.places[:0]
	script, run := "", 0 // the script of the last tokens, and how many they are
	for i, text := range w.texts {
		add := func(id uint32) { r.add(k, id, uint32(i)) }
		r.toks = appendTokens(r.toks[:0], text)
		w.size += len(text)
		w.tokens[i] = uint16(min(len(r.toks), 1<<16-1))
		counts, figured, dated := false, false, false
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
				switch known.names {
				case number:
					counts = true
				case roman:
					counts = counts || text[t.start] < 'a' || text[t.start] >= utf8.RuneSelf
				case month:
					dated = true
				}
				if own == "" {
					figured = true
					counts = counts || figures(r.toks, j)
				}
				add(known.id)
			}
			if own != script {
				w.scripts[script] += run
				script, run = own, 0
			}
			run++
		}
		if !counts && !(dated && figured) {
			continue
		}
		found := spans(k.lang, text)
		if len(found) > 0 {
			w.spans = append(w.spans, spansOf{i, found})
		}
		for _, s := range found {
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
	w.countLetters()
	w.coded = string(r.coded(k))
}

// add notes that a passage has a key. Passages come in order.
func (r *Reader) add(k *known, id, passage uint32) {
	c := &k.chains[id]
	end := uint32(len(r.places)) + 1
	switch {
	case c.last == 0:
		r.met = append(r.met, id)
		c.first = end
	case r.places[c.last-1].passage == passage:
		return
	default:
		r.places[c.last-1].next = end
	}
	c.last = end
	r.places = append(r.places, place{passage: passage})
}

// ordinal words are looked for as they stand: who asks for third countries does
// not mean three of anything.
func ordinal(word string) bool {
	m, _ := numeral.Means(word)
	return m.Ordinal
}

// coded writes the keys that were met with their passages, as lists yields them,
// and forgets them.
func (r *Reader) coded(k *known) []byte {
	out := r.code[:0]
	for _, id := range r.met {
		c := &k.chains[id]
		n := uint64(0)
		for at := c.first; at > 0; at = r.places[at-1].next {
			n++
		}
		out = binary.AppendUvarint(out, uint64(id))
		out = binary.AppendUvarint(out, n)
		last := uint32(0)
		for at := c.first; at > 0; at = r.places[at-1].next {
			p := r.places[at-1].passage
			out = binary.AppendUvarint(out, uint64(p-last))
			last = p
		}
		*c = chain{}
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
		w.names = k.naming(form)
		k.words[form] = w
	}
	return w
}

// naming is what a folded word may say of numbers and dates. Of those that may be
// several, it is the one that more texts are read for.
func (k *known) naming(word string) naming {
	m, means := numeral.Means(word)
	if strings.ContainsAny(word, "0123456789") && !plainDigits.MatchString(word) {
		return number
	}
	if m.Named || means && m.Month == 0 || numeral.Scale(word) != 0 {
		values, _ := numeral.Read(k.lang, word)
		if slices.ContainsFunc(values, func(v numeral.Value) bool { return v.Firm }) {
			return number
		}
	}
	letters := romanLetters.MatchString(word)
	switch {
	case letters && m.Month > 0:
		return number
	case letters:
		return roman
	case m.Month > 0:
		return month
	}
	return nothing
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
		k.keys, k.scripts, k.chains = append(k.keys, key), append(k.scripts, script), append(k.chains, chain{})
	}
	return id
}
