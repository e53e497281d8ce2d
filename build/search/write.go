package search

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"iter"
	"math/bits"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"stele/build/artifact"
	"stele/build/site"
)

// folder is where the files of the index stand, from the site's root, and
// formerFolder, in it, those of what holds no longer.
const (
	folder       = "search/"
	formerFolder = "earlier/"
)

// Owns reports whether a path of the site is one that the index may have. Which
// of them it has is known only when it was made.
func Owns(path string) bool {
	rest, ok := strings.CutPrefix(path, folder)
	return ok && strings.HasSuffix(rest, ".js")
}

// OwnsFormer reports whether a path is one that the index of earlier versions may
// have.
func OwnsFormer(path string) bool { return Owns(path) && strings.HasPrefix(path, folder+formerFolder) }

// Artifacts yields the files of the index. The same index gives the same bytes.
func (x *Index) Artifacts() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		put := func(name string, payload func() any) bool {
			if x.former {
				name = formerFolder + name
			}
			return yield(artifact.Artifact{Path: folder + name + ".js", Make: func() ([]byte, error) { return script(name, payload()) }})
		}
		if !put("start", x.start) || len(x.concepts) > 0 && !put("uses", x.uses) {
			return
		}
		for l, g := range x.langs {
			code := x.site.Langs[l].Code
			if len(x.concepts) > 0 && !put(code+"/names", func() any { return x.names(l) }) {
				return
			}
			for i := range g.shards {
				if !put(code+"/t"+strconv.Itoa(i), func() any { return x.textShard(l, i) }) {
					return
				}
			}
			for i := range g.blocks {
				if !put(code+"/k"+strconv.Itoa(i), func() any { return frontCoded(within(g.keys, g.blocks, i)) }) {
					return
				}
			}
			for i := range g.chunks {
				if !put(code+"/p"+strconv.Itoa(i), func() any { return x.postings(l, i) }) {
					return
				}
			}
			if !g.whole && !put(code+"/w", func() any { return x.lengths(l) }) {
				return
			}
		}
	}
}

// script is a file of the index: a plain script that hands its payload over.
func script(name string, payload any) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "steleIndex(%q,", name)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(payload); err != nil {
		return nil, fmt.Errorf("search: %s: %w", name, err)
	}
	b.Truncate(b.Len() - len("\n"))
	b.WriteString(")\n")
	return b.Bytes(), nil
}

// within is the part of a list that the i-th piece holds.
func within[T any](list []T, pieces []int, i int) []T {
	if i+1 < len(pieces) {
		return list[pieces[i]:pieces[i+1]]
	}
	return list[pieces[i]:]
}

// start is what the script needs before it can look for anything.
type start struct {
	Stamp    string         `json:"v"`
	Passages int            `json:"n"`
	Langs    []startLang    `json:"l"`
	Texts    [][]any        `json:"t"` // slug, passages; of an earlier version also the present one's slug, and the date
	Concepts int            `json:"c"`
	Months   map[string]int `json:"m"`
	Former   bool           `json:"e,omitempty"` // it is of earlier versions
}

type startLang struct {
	Code    string   `json:"c"`
	Tag     string   `json:"t"`
	Scripts []string `json:"s"`
	Stemmer string   `json:"m,omitempty"`
	Letters string   `json:"x,omitempty"` // that stand for those of ASCII
	Foreign []string `json:"f,omitempty"` // stems in other scripts
	Many    bool     `json:"o,omitempty"` // there are too many of those to list
	Shards  []int    `json:"a"`           // first passages, each less the one before
	Blocks  []string `json:"k,omitempty"` // first keys
	Firsts  []int    `json:"b,omitempty"` // their numbers
	Chunks  []any    `json:"p,omitempty"` // first keys, or their numbers where blocks have the keys
	// Spelled are the words for numbers that the texts use, by stem.
	Spelled map[string]string `json:"w,omitempty"`
}

func (x *Index) start() any {
	s := start{Stamp: x.stamp, Passages: x.passages, Concepts: len(x.concepts), Months: x.months, Former: x.former}
	for l, g := range x.langs {
		lang := x.site.Langs[l]
		e := startLang{Code: lang.Code, Tag: lang.Tag, Scripts: g.scripts, Stemmer: g.stemmer, Letters: g.letters, Spelled: g.numbers, Shards: gaps(g.shards)}
		if len(g.foreign) > foreignLimit {
			e.Many = true
		} else {
			e.Foreign = g.foreign
		}
		e.Firsts = g.blocks
		for _, k := range g.blocks {
			e.Blocks = append(e.Blocks, g.keys[k])
		}
		for _, k := range g.chunks {
			if g.inline {
				e.Chunks = append(e.Chunks, g.keys[k])
			} else {
				e.Chunks = append(e.Chunks, k)
			}
		}
		s.Langs = append(s.Langs, e)
	}
	for _, p := range x.parts {
		e := []any{p.slug, len(p.kinds)}
		if v := p.versionIn(x.site); x.former && v.of != "" {
			e = append(e, v.of, v.since)
		}
		s.Texts = append(s.Texts, e)
	}
	return s
}

// gaps are the differences between the numbers of a rising list.
func gaps[T int | uint32](list []T) []T {
	out := make([]T, len(list))
	last := T(0)
	for i, n := range list {
		out[i], last = n-last, n
	}
	return out
}

// shard is a run of passages in one language, with where they stand.
type shard struct {
	At       int      `json:"a"` // the first passage
	Sections [][]any  `json:"s"` // text, first passage, passages, number, title, page, the text's title, role
	Kinds    string   `json:"k"`
	Numbers  []string `json:"n"`
	Texts    []string `json:"p"`
	Spans    [][]any  `json:"d"` // passage, start, end, values
}

func (x *Index) textShard(l, i int) any {
	g := &x.langs[l]
	from, end := g.shards[i], x.passages
	if i+1 < len(g.shards) {
		end = g.shards[i+1]
	}
	s := shard{At: from}
	letters := swap(g.letters)
	for n := from; n < end; {
		part, first := x.part(n)
		p := x.parts[part]
		last := min(end-x.first[part], len(p.kinds))
		s.Sections = append(s.Sections, x.sections(l, part, first, last)...)
		s.Numbers = append(s.Numbers, p.numbers[first:last]...)
		for q := first; q < last; q++ {
			s.Kinds += string(rune(p.kinds[q]))
			s.Texts = append(s.Texts, letters(p.langs[l].texts[q]))
		}
		for _, in := range p.langs[l].spansIn(first, last) {
			text := p.langs[l].texts[in.passage]
			starts, ends := ruler{text: text}, ruler{text: text}
			for _, d := range in.spans {
				e := []any{x.first[part] + in.passage - from, starts.units(d.start), ends.units(d.end)}
				for _, v := range d.values {
					e = append(e, v.String())
				}
				s.Spans = append(s.Spans, e)
			}
		}
		n += last - first
	}
	return s
}

// spansIn are those of the passages from first up to end.
func (w *words) spansIn(first, end int) []spansOf {
	at := func(p int) int {
		return sort.Search(len(w.spans), func(i int) bool { return w.spans[i].passage >= p })
	}
	return w.spans[at(first):at(end)]
}

// sections say where the passages of a part from first up to end stand.
func (x *Index) sections(l, part, first, end int) [][]any {
	p := x.parts[part]
	var out [][]any
	begin := 0
	for _, s := range p.sections {
		if begin >= end {
			break
		}
		if s.end > first {
			page := ""
			if path := s.pageIn(x.site, l); path != "" {
				page = site.Rel(x.site.Langs[l].Code+"/search.html", path)
			}
			out = append(out, []any{part, x.first[part] + begin, s.end - begin, s.number, s.titles[l], page, p.titles[l], int(s.role)})
		}
		begin = s.end
	}
	return out
}

// pageIn is the path of the page that shows the section, empty if there is none.
func (s *section) pageIn(site *site.Site, l int) string {
	if s.pages != nil {
		return s.pages[l]
	}
	if p := site.Page(s.key, l); p != nil {
		return p.Path
	}
	return ""
}

// versionIn is which earlier version the part is of.
func (p *Part) versionIn(site *site.Site) version {
	if p.version != nil {
		return *p.version
	}
	if r := site.Revision(p.text); r != nil {
		return version{r.History.Text.Slug, r.Date}
	}
	return version{}
}

// ruler measures a text from its beginning, as scripts of the web count. It goes
// on from where it last was, since a text may have a hundred thousand numbers.
type ruler struct {
	text  string
	at, n int // so many bytes are so many units
}

// units is how long the text is before the byte.
func (m *ruler) units(at int) int {
	if at < m.at {
		m.at, m.n = 0, 0
	}
	for _, r := range m.text[m.at:at] {
		m.n++
		if r > 0xFFFF {
			m.n++
		}
	}
	m.at = at
	return m.n
}

// names are the concepts' names in a language, and their further forms.
func (x *Index) names(l int) any {
	out := make([][2][]string, 0, len(x.concepts))
	letters := swap(x.langs[l].letters)
	swapped := func(list []string) []string {
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = letters(s)
		}
		return out
	}
	for _, c := range x.concepts {
		out = append(out, [2][]string{swapped(c.names[l]), swapped(c.forms[l])})
	}
	return out
}

// uses are the concepts' ids and the passages that name them, by language.
func (x *Index) uses() any {
	out := make([][2]any, 0, len(x.concepts))
	for _, c := range x.concepts {
		var lists [][]uint32
		for _, list := range c.uses {
			lists = append(lists, filled(gaps(list)))
		}
		out = append(out, [2]any{c.ID, lists})
	}
	return out
}

// filled makes an empty list of none.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// blockSize is how many bytes of keys a block holds.
const blockSize = 32 << 10

// blocks cuts sorted keys.
func blocks(keys []string) []int {
	out, n := []int{0}, 0
	for i, k := range keys {
		if n > blockSize {
			out = append(out, i)
			n = 0
		}
		n += len(k)
	}
	return out
}

// frontCoded writes sorted keys, each as what it adds to the one before: the
// number of equal letters, in base 36, and the rest.
func frontCoded(keys []string) string {
	var b strings.Builder
	last := []rune(nil)
	for i, k := range keys {
		if i > 0 {
			b.WriteByte('\n')
		}
		now := []rune(k)
		n := 0
		for n < len(now) && n < len(last) && now[n] == last[n] && n < 35 {
			n++
		}
		b.WriteString(strconv.FormatInt(int64(n), 36))
		b.WriteString(string(now[n:]))
		last = now
	}
	return b.String()
}

// chunkSize is how many bytes of postings a chunk holds.
const chunkSize = 3 << 10

// chunks cuts the postings. Where the keys stand with them, these count too.
func chunks(p *postings, passages int, inline bool) []int {
	out, n := []int{0}, 0
	for i, key := range p.keys {
		k := sizeOf(p.of(i), passages)
		if inline {
			k += 8 * utf8.RuneCountInString(key)
		}
		if n > 0 && n+k > 8*chunkSize {
			out = append(out, i)
			n = 0
		}
		n += k
	}
	return out
}

// chunk is a run of postings, and their keys where nothing else has them.
type chunk struct {
	Keys string `json:"k,omitempty"`
	Bits string `json:"b"`
}

func (x *Index) postings(l, i int) any {
	g := &x.langs[l]
	var c chunk
	if g.inline {
		c.Keys = frontCoded(within(g.keys, g.chunks, i))
	}
	w := &bitWriter{}
	for n := range within(g.keys, g.chunks, i) {
		w.list(g.of(g.chunks[i]+n), x.passages)
	}
	c.Bits = base64.RawStdEncoding.EncodeToString(w.bytes)
	return c
}

// lengths tell short passages from long ones, by which they are weighed, with a
// character each: more classes than a few would cost a query more bytes than its
// hits do.
func (x *Index) lengths(l int) any {
	out := make([]byte, 0, x.passages)
	for _, n := range x.langs[l].tokens {
		out = append(out, 'a'+lengthClass(int(n)))
	}
	return string(out)
}

// lengthClass rises with the number of words: a heading or item, a paragraph, a
// long one.
func lengthClass(n int) byte {
	switch {
	case n < 16:
		return 0
	case n < 48:
		return 1
	}
	return 2
}

// bitWriter packs numbers.
type bitWriter struct {
	bytes []byte
	n     int // bits used
}

func (w *bitWriter) bit(b uint) {
	if w.n%8 == 0 {
		w.bytes = append(w.bytes, 0)
	}
	w.bytes[w.n/8] |= byte(b << (7 - w.n%8))
	w.n++
}

func (w *bitWriter) low(v uint, n int) {
	for n--; n >= 0; n-- {
		w.bit(v >> n & 1)
	}
}

// list writes how many passages there are (Elias gamma) and the gaps between
// them (Rice, with the parameter that their mean suggests).
func (w *bitWriter) list(list []uint32, passages int) {
	n := uint(len(list))
	k := bits.Len(n)
	w.low(0, k-1)
	w.low(n, k)
	rice := riceOf(len(list), passages)
	last := -1
	for _, p := range list {
		gap := uint(int(p) - last - 1)
		last = int(p)
		for range gap >> rice {
			w.bit(1)
		}
		w.bit(0)
		w.low(gap, rice)
	}
}

// riceOf is the number of low bits of a gap that are written as they are.
func riceOf(n, passages int) int { return max(bits.Len(uint(passages/n))-1, 0) }

// sizeOf is how many bits list takes.
func sizeOf(list []uint32, passages int) int {
	n := 2*bits.Len(uint(len(list))) - 1
	rice := riceOf(len(list), passages)
	last := -1
	for _, p := range list {
		n += (int(p)-last-1)>>rice + 1 + rice
		last = int(p)
	}
	return n
}
