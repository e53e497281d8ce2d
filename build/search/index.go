package search

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode"

	"stele/build/lang"
	"stele/build/site"
)

// Index is a site made ready to be searched. It is not changed after it was
// made.
type Index struct {
	site     *site.Site
	parts    []*Part
	passages int   // of all parts, numbered through in reading order
	first    []int // of each part
	langs    []language
	concepts []concept
	months   map[string]int // names of months
	stamp    string
	former   bool // it is of earlier versions
}

// language is what the index holds for one language.
type language struct {
	scripts  []string // that most of its text is in, by frequency
	stemmer  string   // its name; see lang.Snowball
	size     int      // bytes of text
	postings          // of all parts; none where the texts are read through
	tokens   []uint16 // of the passages
	whole    bool     // the texts are read through
	inline   bool     // keys stand with their postings, as they are many
	shards   []int    // first passage of each text shard
	blocks   []int    // first key of each block of keys
	chunks   []int    // first key of each chunk of postings
	foreign  []string
	numbers  map[string]string // the words for numbers that the texts have, by stem
	letters  string            // that change places with those of ASCII in the files
}

// concept is a concept of the glossary as it is searched.
type concept struct {
	*site.Concept
	names [][]string // by language: the preferred first
	forms [][]string // further forms as they stand in texts
	uses  [][]uint32 // by language: the passages that name it
}

const (
	// wholeLimit is how long the texts of a language may be, in bytes, that
	// have no index: to read them through costs less.
	wholeLimit = 128 << 10
	// foreignLimit is how many words of other scripts a language may have that
	// are listed for the script.
	foreignLimit = 2000
	// mainShare is the share of a language's words that makes a script its own.
	mainShare = 10
)

// New makes the index of a site of the parts of its texts, in their order.
func New(s *site.Site, parts []*Part) *Index { return index(s, parts, false) }

// NewFormer makes the index of what holds no longer, of parts of earlier versions
// of the site's texts. It is apart from that of the texts, so that only readers
// who ask for earlier versions load anything of it.
func NewFormer(s *site.Site, parts []*Part) *Index { return index(s, parts, true) }

func index(s *site.Site, parts []*Part, former bool) *Index {
	x := &Index{site: s, parts: parts, former: former}
	for _, p := range parts {
		x.first = append(x.first, x.passages)
		x.passages += len(p.kinds)
	}
	x.months = x.monthNames()
	for l := range s.Langs {
		x.langs = append(x.langs, x.language(l))
	}
	x.concepts = x.used()
	x.stamp = x.fingerprint()
	return x
}

// part is where a passage stands: the index of its part, and its number there.
func (x *Index) part(p int) (part, passage int) {
	part = sort.SearchInts(x.first, p+1) - 1 // the last that begins no later
	return part, p - x.first[part]
}

// language joins what the parts have in a language.
func (x *Index) language(l int) language {
	g := language{stemmer: lang.Of(x.site.Langs[l].Tag).Snowball()}
	scripts, words := map[string]int{}, 0
	numbers := map[string]string{}
	seen := map[*known][]bool{} // the keys of the parts that share them
	foreign := func(k *known, id uint32) {
		if s := k.script(id); s != "" && !slices.Contains(g.scripts, s) {
			g.foreign = append(g.foreign, k.key(id))
		}
	}
	for _, p := range x.parts {
		w := &p.langs[l]
		g.size += w.size
		for s, n := range w.scripts {
			if s != "" {
				scripts[s] += n
				words += n
			}
		}
		maps.Copy(numbers, w.numbers)
		if w.known.ends != nil {
			continue
		}
		if seen[w.known] == nil {
			seen[w.known] = make([]bool, len(w.known.keys))
		}
		for id := range w.lists {
			seen[w.known][id] = true
		}
	}
	for s, n := range scripts {
		if n*mainShare >= words {
			g.scripts = append(g.scripts, s)
		}
	}
	slices.SortFunc(g.scripts, func(a, b string) int { return cmp.Or(scripts[b]-scripts[a], strings.Compare(a, b)) })
	for k, ids := range seen {
		for id, is := range ids {
			if is {
				foreign(k, uint32(id))
			}
		}
	}
	for _, p := range x.parts {
		for id := range p.langs[l].known.ends {
			foreign(p.langs[l].known, uint32(id))
		}
	}
	slices.Sort(g.foreign)
	g.foreign = slices.Compact(g.foreign)
	g.numbers = numbers
	g.letters = x.letters(l)
	g.whole = g.size <= wholeLimit
	g.shards = x.shards(l, shardSize(g.size, g.whole))
	if g.whole {
		return g
	}
	g.postings, g.tokens = x.merge(l)
	if len(g.keys) == 0 { // nothing but marks
		g.whole = true
		return g
	}
	g.inline = isCharacter([]rune(g.keys[len(g.keys)/2])[0])
	if !g.inline {
		g.blocks = blocks(g.keys)
	}
	g.chunks = chunks(&g.postings, x.passages, g.inline)
	return g
}

const ascii = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// letters are the commonest letters of a language whose letters take two bytes
// each; "" for other languages. In the files of the index they change places
// with the letters of ASCII: what is then compressed is a sixth smaller.
func (x *Index) letters(l int) string {
	count := map[rune]int{}
	two, all := 0, 0
	for i := 0; i < x.passages && all < 1<<16; i += 1 + x.passages/1000 { // a sample is enough
		part, p := x.part(i)
		for _, r := range x.parts[part].langs[l].texts[p] {
			if !unicode.IsLetter(r) {
				continue
			}
			all++
			if r >= 0x80 && r < 0x800 {
				two++
				count[r]++
			}
		}
	}
	if two*2 < all {
		return ""
	}
	letters := slices.SortedFunc(maps.Keys(count), func(a, b rune) int { return cmp.Or(count[b]-count[a], int(a-b)) })
	return string(letters[:min(len(letters), len(ascii))])
}

// swap changes the letters of a language for those of ASCII, and back.
func swap(letters string) func(string) string {
	if letters == "" {
		return func(s string) string { return s }
	}
	var to [0x800]rune // letters of two bytes at most
	for i := range to {
		to[i] = rune(i)
	}
	for i, r := range []rune(letters) {
		to[r], to[ascii[i]] = rune(ascii[i]), r
	}
	return func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < rune(len(to)) {
				return to[r]
			}
			return r
		}, s)
	}
}

// merge joins the keys of the parts, sorted, and numbers the passages through.
func (x *Index) merge(l int) (postings, []uint16) {
	at, tables := map[string]uint32{}, map[*known][]uint32{}
	var keys []string
	var counts, latest []uint32 // latest is the part that last had the key, plus 1
	var tokens []uint16
	for i, p := range x.parts {
		from := &p.langs[l]
		tokens = append(tokens, from.tokens...)
		table := tables[from.known] // the number of each of its keys, plus 1
		if table == nil {
			table = make([]uint32, from.known.len())
			tables[from.known] = table
		}
		for id, list := range from.lists {
			if table[id] == 0 {
				k := from.known.key(id)
				n, ok := at[k]
				if !ok {
					n = uint32(len(keys))
					at[k] = n
					keys, counts, latest = append(keys, k), append(counts, 0), append(latest, 0)
				}
				table[id] = n + 1
			}
			n := table[id] - 1
			if latest[n] == uint32(i)+1 { // only what was read can be so, and was not written by Append
				table[id] = 0
				continue
			}
			latest[n] = uint32(i) + 1
			counts[n] += uint32(len(list))
		}
	}
	order := make([]uint32, len(keys))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(keys[a], keys[b]) })
	var out postings
	next := make([]uint32, len(keys)) // where the key's list goes on
	end := uint32(0)
	for _, n := range order {
		next[n] = end
		end += counts[n]
		out.keys, out.ends = append(out.keys, keys[n]), append(out.ends, end)
	}
	out.list = make([]uint32, end)
	for i, p := range x.parts {
		from := &p.langs[l]
		table := tables[from.known]
		for id, list := range from.lists {
			if table[id] == 0 {
				continue
			}
			n := table[id] - 1
			for _, q := range list {
				out.list[next[n]] = uint32(x.first[i]) + q
				next[n]++
			}
		}
	}
	return out, tokens
}

// used are the concepts, with their names and the passages that use them.
func (x *Index) used() []concept {
	out := make([]concept, len(x.site.Concepts))
	at := make(map[string]int, len(out))
	for i, c := range x.site.Concepts {
		at[c.ID] = i
		out[i] = concept{Concept: c, uses: make([][]uint32, len(x.langs))}
		for _, l := range x.site.Langs {
			var names, forms []string
			if n, ok := c.Preferred(l.Code); ok {
				names = append(names, n.Text)
			}
			for _, n := range c.Names[l.Code] {
				if !slices.Contains(names, n.Text) {
					names = append(names, n.Text)
				}
				forms = append(forms, n.Forms...)
			}
			out[i].names, out[i].forms = append(out[i].names, names), append(out[i].forms, forms)
		}
	}
	for i, p := range x.parts {
		for _, u := range p.uses {
			if c, ok := at[p.concepts[u.concept]]; ok {
				list := &out[c].uses[u.lang]
				*list = append(*list, uint32(x.first[i])+u.passage)
			}
		}
	}
	return out
}

// fingerprint tells one state of the index from another. Shards are asked for
// under it, so that old and new ones are never mixed.
func (x *Index) fingerprint() string {
	h := sha256.New()
	for _, l := range x.site.Langs {
		fmt.Fprintf(h, "%q\n", l)
	}
	var line []byte
	put := func(s string) { line = append(binary.AppendUvarint(line, uint64(len(s))), s...) }
	for i, p := range x.parts {
		line = binary.AppendUvarint(line[:0], uint64(x.first[i]))
		put(p.slug)
		for q, number := range p.numbers {
			put(number)
			for l := range p.langs {
				put(p.langs[l].texts[q])
			}
		}
		h.Write(line)
	}
	for _, c := range x.concepts {
		fmt.Fprintf(h, "%q %q %q %v\n", c.ID, c.names, c.forms, c.uses)
	}
	return hex.EncodeToString(h.Sum(nil)[:5])
}

// shardSize is how many bytes of text a shard holds: a few hits are shown at a
// time, each from a shard of its own at the worst; where all are read, fewer
// and larger ones travel better. Of many texts they are twice as large, lest most
// files of the site be shards.
func shardSize(size int, whole bool) int {
	if whole {
		return min(max(size/6, 4<<10), 20<<10)
	}
	return min(max(6<<10, size/1000), 12<<10)
}

// shards cuts the passages where a shard of the language is full, better at the
// end of a section or text.
func (x *Index) shards(l, size int) []int {
	out := []int{0}
	n := 0
	for i, p := range x.parts {
		q := 0
		for k, s := range p.sections {
			opens := i > 0 || k > 0
			for ; q < s.end; q++ {
				more := len(p.langs[l].texts[q])
				if n > 0 && (n+more > size || opens && n > size*2/3) {
					out = append(out, x.first[i]+q)
					n = 0
				}
				n += more
				opens = false
			}
		}
	}
	return out
}
