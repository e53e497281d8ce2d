package search

import (
	"iter"
	"slices"
	"sort"
	"strconv"
	"strings"

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
		put := func(name string, data func(name string) ([]byte, error)) bool {
			if x.former {
				name = formerFolder + name
			}
			return yield(artifact.Artifact{Path: folder + name + ".js", Make: func() ([]byte, error) { return data(name) }})
		}
		asJSON := func(name string, payload func() any) bool {
			return put(name, func(name string) ([]byte, error) { return asJSON(name, payload()) })
		}
		if !asJSON("start", x.start) || len(x.concepts) > 0 && !asJSON("uses", x.uses) {
			return
		}
		for l := range x.langs {
			g := &x.langs[l]
			code := x.site.Langs[l].Code
			if len(x.concepts) > 0 && !asJSON(code+"/names", func() any { return x.names(l) }) {
				return
			}
			for i, mark := range x.shardMarks(g) {
				if !put(code+"/t"+nameOf(mark), func(name string) ([]byte, error) { return x.shard(name, l, i), nil }) {
					return
				}
			}
			for i, key := range g.blocks {
				if !put(code+"/k"+nameOf(markOf(g.keys[key])), func(name string) ([]byte, error) { return g.block(name, i), nil }) {
					return
				}
			}
			for i, key := range g.chunks {
				if !put(code+"/p"+nameOf(markOf(g.keys[key])), func(name string) ([]byte, error) { return g.chunk(name, i), nil }) {
					return
				}
			}
			if !g.whole && !asJSON(code+"/w", func() any { return x.lengths(l) }) {
				return
			}
		}
	}
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
	Firsts  []string `json:"k,omitempty"` // first keys of the blocks, or of the chunks where keys stand with their lists
	Inline  bool     `json:"i,omitempty"` // they do
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
		firsts := g.blocks
		if e.Inline = g.inline; g.inline {
			firsts = g.chunks
		}
		for _, k := range firsts {
			e.Firsts = append(e.Firsts, g.keys[k])
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

// shard writes a run of passages in one language: an object of
//
//	s  the texts, each its title and its sections: the first passage from the
//	   text's, how many, number, title, page, role
//	k  kinds
//	n  numbers
//	p  texts
//	d  numbers and dates: passage from the first of the shard, start, end, values
func (x *Index) shard(name string, l, i int) []byte {
	g := &x.langs[l]
	from, end := g.shards[i], x.passages
	if i+1 < len(g.shards) {
		end = g.shards[i+1]
	}
	letters := newSwapping(g.letters)
	each := func(do func(part, first, last int)) { // of each part, its passages
		for n := from; n < end; {
			part := int(x.part[n])
			first := n - x.first[part]
			last := min(end, x.first[part+1]) - x.first[part]
			do(part, first, last)
			n += last - first
		}
	}
	size := 0
	each(func(part, first, last int) {
		for _, s := range x.parts[part].langs[l].texts[first:last] {
			size += len(s) + 16
		}
	})
	f := newFile(name, size+512)
	f.raw(`{"s":[`)
	each(func(part, first, last int) {
		f.comma(x.first[part] + first - from)
		x.sections(f, l, part, first, last)
	})
	f.raw(`],"k":"`)
	each(func(part, first, last int) {
		for _, k := range x.parts[part].kinds[first:last] {
			f.out = append(f.out, byte(k))
		}
	})
	f.raw(`","n":[`)
	each(func(part, first, last int) {
		for q, number := range x.parts[part].numbers[first:last] {
			f.comma(x.first[part] + first + q - from)
			f.string(number, nil)
		}
	})
	f.raw(`],"p":[`)
	each(func(part, first, last int) {
		for q, text := range x.parts[part].langs[l].texts[first:last] {
			f.comma(x.first[part] + first + q - from)
			f.string(text, letters)
		}
	})
	f.raw(`],"d":[`)
	n := 0
	each(func(part, first, last int) {
		w := &x.parts[part].langs[l]
		for _, in := range w.spansIn(first, last) {
			starts, ends := ruler{text: w.texts[in.passage]}, ruler{text: w.texts[in.passage]}
			for _, d := range in.spans {
				f.comma(n)
				n++
				f.raw("[")
				f.number(x.first[part] + in.passage - from)
				f.raw(",")
				f.number(starts.units(d.start))
				f.raw(",")
				f.number(ends.units(d.end))
				for _, v := range d.values {
					f.raw(",")
					f.string(v.String(), nil)
				}
				f.raw("]")
			}
		}
	})
	f.raw("]}")
	return f.end()
}

// spansIn are those of the passages from first up to end.
func (w *words) spansIn(first, end int) []spansOf {
	at := func(p int) int {
		return sort.Search(len(w.spans), func(i int) bool { return w.spans[i].passage >= p })
	}
	return w.spans[at(first):at(end)]
}

// sections say where the passages of a part from first up to end stand.
func (x *Index) sections(f *file, l, part, first, end int) {
	p := x.parts[part]
	f.raw("[")
	f.string(p.titles[l], nil)
	f.raw(",[")
	begin, n := 0, 0
	for i := range p.sections {
		s := &p.sections[i]
		if begin >= end {
			break
		}
		if s.end > first {
			page := ""
			if path := s.pageIn(x.site, l); path != "" {
				page = site.Rel(x.site.Langs[l].Code+"/search.html", path)
			}
			f.comma(n)
			n++
			f.raw("[")
			f.number(begin)
			f.raw(",")
			f.number(s.end - begin)
			for _, s := range []string{s.number, s.titles[l], page} {
				f.raw(",")
				f.string(s, nil)
			}
			f.raw(",")
			f.number(int(s.role))
			f.raw("]")
		}
		begin = s.end
	}
	f.raw("]]")
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
	letters := newSwapping(x.langs[l].letters)
	swapped := func(list []string) []string {
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = letters.text(s)
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

// block writes a run of keys, and how many keys each of their chunks has.
func (g *language) block(name string, i int) []byte {
	keys := within(g.keys, g.blocks, i)
	f := newFile(name, 8*len(keys))
	f.raw(`{"k":`)
	f.string(frontCoded(keys), newSwapping(g.letters))
	f.raw(`,"p":[`)
	from := g.blocks[i]
	c, _ := slices.BinarySearch(g.chunks, from)
	for n := 0; c < len(g.chunks) && g.chunks[c] < from+len(keys); c, n = c+1, n+1 {
		f.comma(n)
		f.number(len(within(g.keys, g.chunks, c)))
	}
	f.raw("]}")
	return f.end()
}

// chunk writes a run of lists, and their keys where nothing else has them.
func (g *language) chunk(name string, i int) []byte {
	keys := within(g.keys, g.chunks, i)
	first := g.chunks[i]
	var w bitWriter
	w.copyBits(g.bits, g.begin(first), g.ends[first+len(keys)-1])
	f := newFile(name, len(w.bytes)*4/3+16*len(keys))
	f.raw("{")
	if g.inline {
		f.raw(`"k":`)
		f.string(frontCoded(keys), nil)
		f.raw(",")
	}
	f.raw(`"b":`)
	f.base64(w.filled())
	f.raw("}")
	return f.end()
}

// lengths tell short passages from long ones, by which they are weighed, with a
// character each: more classes than a few would cost a query more bytes than its
// hits do.
func (x *Index) lengths(l int) any {
	out := make([]byte, 0, x.passages)
	for _, p := range x.parts {
		for _, n := range p.langs[l].tokens {
			out = append(out, 'a'+lengthClass(int(n)))
		}
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
