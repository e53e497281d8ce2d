package search

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stele/build/lang"
	"stele/build/site"
)

// Index is a site made ready to be searched. It is not changed after it was
// made.
type Index struct {
	site     *site.Site
	parts    []*Part
	passages int // of all parts, numbered through in reading order
	numbering
	langs    []language
	concepts []concept
	months   map[string]int // names of months
	stamp    string
	former   bool // it is of earlier versions
}

// language is what the index holds for one language.
type language struct {
	scripts []string // that most of its text is in, by frequency
	stemmer string   // its name; see lang.Snowball
	size    int      // bytes of text
	whole   bool     // the texts are read through
	shards  []int    // first passage of each text shard
	foreign []string
	numbers map[string]string // the words for numbers that the texts have, by stem
	letters string            // that change places with those of ASCII in the files

	// of all parts; none where the texts are read through
	lists
	inline bool  // keys stand with their lists, as they are many
	blocks []int // first key of each block of keys; none where they stand with their lists
	chunks []int // first key of each chunk of lists; a block begins with a chunk
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
	// rareLetter is the share of a language's letters that makes a letter common.
	rareLetter = 1000
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
	for i, p := range parts {
		x.first = append(x.first, x.passages)
		x.passages += len(p.kinds)
		for range p.kinds {
			x.part = append(x.part, uint32(i))
		}
	}
	x.first = append(x.first, x.passages)
	x.months = x.monthNames()
	for l := range s.Langs {
		x.langs = append(x.langs, x.language(l))
	}
	x.concepts = x.used()
	x.stamp = x.fingerprint()
	return x
}

// language joins what the parts have in a language.
func (x *Index) language(l int) language {
	g := language{stemmer: lang.Of(x.site.Langs[l].Tag).Snowball()}
	scripts, words := map[string]int{}, 0
	numbers := map[string]string{}
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
	}
	for s, n := range scripts {
		if n*mainShare >= words {
			g.scripts = append(g.scripts, s)
		}
	}
	slices.SortFunc(g.scripts, func(a, b string) int { return cmp.Or(scripts[b]-scripts[a], strings.Compare(a, b)) })
	v := x.collect(l)
	for i, script := range v.scripts {
		if script != "" && !slices.Contains(g.scripts, script) {
			g.foreign = append(g.foreign, v.keys[i])
		}
	}
	slices.Sort(g.foreign)
	g.numbers = numbers
	g.letters = x.letters(l)
	g.whole = g.size <= wholeLimit
	if !g.whole {
		g.lists = x.lists(l, v)
		g.whole = len(g.keys) == 0 // nothing but marks
	}
	g.shards = x.shards(l, &g)
	if g.whole {
		return g
	}
	g.inline = isCharacter([]rune(g.keys[len(g.keys)/2])[0])
	g.cut()
	return g
}

// letters are the commonest letters of a language whose letters take two bytes
// each; "" for other languages. In the files of the index they change places with
// the letters of ASCII: what is then compressed is a sixth smaller. Each has its
// own place, if a commoner one has not taken it, so that edits do not move them.
func (x *Index) letters(l int) string {
	var count [0x800]int
	two, others := 0, 0
	for _, p := range x.parts {
		two, others = two+p.langs[l].two, others+p.langs[l].other
		for _, c := range p.langs[l].letters {
			count[c.letter] += int(c.count)
		}
	}
	if two <= others {
		return ""
	}
	var letters []rune
	for r, n := range count {
		if n > two/rareLetter {
			letters = append(letters, rune(r))
		}
	}
	slices.SortStableFunc(letters, func(a, b rune) int { return count[b] - count[a] })
	out := []rune(asciiLetters)
	for _, r := range letters[:min(len(letters), len(out))] {
		i := int(r) % len(out)
		for out[i] >= utf8.RuneSelf {
			i = (i + 1) % len(out)
		}
		out[i] = r
	}
	return string(out)
}

// collected are the keys of all parts in a language, as they were met.
type collected struct {
	keys    []string
	scripts []string            // of those that are words
	counts  []uint32            // passages that have them
	numbers map[*known][]uint32 // of the keys of a part, plus 1; 0 for those that are left out
}

func (x *Index) collect(l int) *collected {
	v := &collected{numbers: map[*known][]uint32{}}
	at := map[string]uint32{}
	var latest []uint32 // the part that last had the key, plus 1
	for i, p := range x.parts {
		from := &p.langs[l]
		numbers := v.numbers[from.known]
		if numbers == nil {
			numbers = make([]uint32, from.known.len())
			v.numbers[from.known] = numbers
		}
		for id, list := range from.lists {
			if numbers[id] == 0 {
				k := from.known.key(id)
				n, ok := at[k]
				if !ok {
					n = uint32(len(v.keys))
					at[k] = n
					v.keys, v.scripts = append(v.keys, k), append(v.scripts, from.known.script(id))
					v.counts, latest = append(v.counts, 0), append(latest, 0)
				}
				numbers[id] = n + 1
			}
			n := numbers[id] - 1
			if latest[n] == uint32(i)+1 { // only what was read can be so, and was not written by Append
				numbers[id] = 0
				continue
			}
			latest[n] = uint32(i) + 1
			v.counts[n] += uint32(len(list))
		}
	}
	return v
}

// lists are sorted keys, each with the passages that have it, as they are written.
type lists struct {
	keys []string
	ends []int // of each list, in bits
	bits []byte
}

// bitsOf is how many bits the list of the i-th key has.
func (g *lists) bitsOf(i int) int { return g.ends[i] - g.begin(i) }

// begin is where the list of the i-th key begins.
func (g *lists) begin(i int) int {
	if i == 0 {
		return 0
	}
	return g.ends[i-1]
}

// lists joins those of the parts.
func (x *Index) lists(l int, v *collected) lists {
	order := make([]uint32, len(v.keys))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(v.keys[a], v.keys[b]) })
	next := make([]uint32, len(order)) // where the list of the key goes on
	end := uint32(0)
	for _, n := range order {
		next[n] = end
		end += v.counts[n]
	}
	all := make([]uint32, end)
	for i, p := range x.parts {
		from := &p.langs[l]
		numbers, first := v.numbers[from.known], uint32(x.first[i])
		for id, list := range from.lists {
			if numbers[id] == 0 {
				continue
			}
			n := numbers[id] - 1
			for _, q := range list {
				all[next[n]] = first + q
				next[n]++
			}
		}
	}
	out := lists{keys: make([]string, len(order)), ends: make([]int, len(order))}
	var w bitWriter
	for i, n := range order {
		out.keys[i] = v.keys[n]
		w.list(all[next[n]-v.counts[n]:next[n]], &x.numbering)
		out.ends[i] = w.size()
	}
	out.bits = w.filled()
	return out
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

// madeAs changes with what the files are made of in another way.
const madeAs = "stele search 2\n"

// fingerprint tells one state of the index from another. Shards are asked for
// under it, so that old and new ones are never mixed.
func (x *Index) fingerprint() string {
	h := sha256.New()
	fmt.Fprint(h, madeAs)
	for _, l := range x.site.Langs {
		fmt.Fprintf(h, "%q\n", l)
	}
	var w writer
	for _, p := range x.parts {
		w.out = append(w.out, p.sum[:]...)
		v := p.versionIn(x.site)
		w.string(v.of)
		w.string(v.since)
		for i := range p.sections {
			for l := range x.langs {
				w.string(p.sections[i].pageIn(x.site, l))
			}
		}
	}
	h.Write(w.out)
	for _, c := range x.concepts {
		fmt.Fprintf(h, "%q %q %q %v\n", c.ID, c.names, c.forms, c.uses)
	}
	return hex.EncodeToString(h.Sum(nil)[:5])
}

// shardSize is how many bytes a shard of texts holds at most, of so many in all: a
// few hits are shown at a time, each from a shard of its own at the worst; where
// all are read, fewer and larger ones travel better. Of many texts they are larger,
// lest most files of the site be shards.
func shardSize(size int, whole bool) int {
	if whole {
		return min(max(size/6, 4<<10), 20<<10)
	}
	return min(max(8<<10, size/500), 12<<10)
}

// shards cuts the passages of a language, best between texts, else between sections.
func (x *Index) shards(l int, g *language) []int {
	size := func(bytes int) int {
		if g.letters != "" { // a byte for each of most letters
			return bytes/2 + 1
		}
		return bytes
	}
	most := shardSize(size(g.size), g.whole)
	type item struct {
		first, weight int
		mark          uint32
	}
	var items []item // of a section each, or of a part of a long one
	for i, p := range x.parts {
		q := 0
		for k, s := range p.sections {
			for n, begin := 0, q; q < s.end; q++ {
				w := size(len(p.langs[l].texts[q]))
				if q == begin || n+w > most/4 {
					mark := scattered(markOf(p.slug + "\n" + p.numbers[q]))
					switch {
					case k == 0 && q == begin:
						mark >>= 3
					case q == begin:
						mark >>= 1
					}
					items = append(items, item{x.first[i] + q, 0, mark})
					n = 0
				}
				n += w
				items[len(items)-1].weight += w
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	out := []int{0}
	before := 0 // shards that begin in the same text as the last, without it
	taken := once{shardMark(x.parts[x.part[0]].slug, 0): true}
	c := cutter{
		items: len(items), most: most,
		weight: func(i int) int { return items[i].weight },
		mark:   func(i int) uint32 { return items[i].mark },
		free: func(i int) bool {
			p, n := items[i].first, 0
			if x.part[p] == x.part[out[len(out)-1]] {
				n = before + 1
			}
			if !taken.free(shardMark(x.parts[x.part[p]].slug, n)) {
				return false
			}
			out, before = append(out, p), n
			return true
		},
	}
	c.cuts()
	return out
}

// shardMark is by what a shard is known: the text that it begins with, and how many
// shards begin in the text before it.
func shardMark(slug string, before int) uint32 { return markOf(slug + "\n" + strconv.Itoa(before)) }

// shardMarks are those of all shards of a language.
func (x *Index) shardMarks(g *language) []uint32 {
	out := make([]uint32, len(g.shards))
	before := 0
	for i, p := range g.shards {
		part := x.part[p]
		if i > 0 && x.part[g.shards[i-1]] != part {
			before = 0
		}
		out[i] = shardMark(x.parts[part].slug, before)
		before++
	}
	return out
}
