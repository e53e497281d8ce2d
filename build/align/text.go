package align

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/align/lexicon"
	"stele/build/doc"
	"stele/build/lang"
)

// A unit is what the path runs over: a sentence, or a part of one between
// semicolons, or a whole block where nothing can be told apart.
type unit struct {
	block int32
	first bool // opens its block
	open  bool // breaks off without an end of sentence
	size  float32
	marks uint8
	shape int32   // of its block, in version.shapes
	words []int32 // types, each once, in order of first use
	text  string  // as written; only of versions in Han
}

// A version is one language's text as units and vocabulary.
type version struct {
	blocks []doc.Block
	first  []int32 // per block, its first unit; one more at the end
	torn   []bool  // per block, whether it and the next are one torn piece
	shapes []shape // what blocks there are, each once
	units  []unit
	words  []word
	index  map[string]int32
	at     []int32 // the units that hold each word, ascending, with beyond after each word's
	from   []int32 // per word, where its units begin in at; one more at the end
	edges  []edge  // what stands between all units, once it was asked for
	// The words of each entry of the lexicon, once they were asked for.
	senseWords, senseStarts []int32
	sounded                 []sounded // what may be a name, once it was asked for
	chars                   float64   // sum of the units' sizes
	lined                   float64   // 1 if it was set a sentence a line, 0 if in paragraphs of several, or between
	latin                   int       // letters of each script, to know what the text is written in
	cyr                     int
	han                     int
	kana                    int
}

// class says what kind of evidence a word is.
type class uint8

const (
	classWord    class = iota // an ordinary word
	classNumber               // a number of two digits or more
	classSmall                // a small number, as digit or word
	classLink                 // a link's target
	classConcept              // a concept named by someone else
	classID                   // a heading's id
	classHan                  // two Han letters no word of the lexicon covers
	classSign                 // a percent or currency sign
)

// A word is an entry of a version's vocabulary.
type word struct {
	text    string
	class   class
	script  script
	capital int32   // how often it is written with a capital
	count   int32   // units that hold it
	last    int32   // the reader's turn that saw it last
	senses  []int32 // lexicon entries
}

type script uint8

const (
	noScript script = iota
	latin
	cyrillic
	han
	kana
	other
)

func scriptOf(r rune) script {
	switch {
	case r < 0x80:
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return latin
		}
		return noScript
	case r >= 0x4e00 && r <= 0x9fff, r >= 0x3400 && r <= 0x4dbf, r == '々', r == '〇':
		return han
	case r >= 0x400 && r < 0x530:
		return cyrillic
	case r >= 0x3041 && r <= 0x30ff && r != '・':
		return kana
	case !unicode.IsLetter(r) && !unicode.Is(unicode.M, r):
		return noScript
	case r < 0x250, r >= 0x1e00 && r < 0x1f00:
		return latin
	case r >= 0x20000 && r < 0x32000:
		return han
	}
	return other
}

// newVersion reads one input.
func newVersion(in Input) *version {
	v := &version{blocks: in.Doc.Blocks}
	// A text's words grow about as the root of its letters (Heaps 1978).
	size, letters := 0, 0
	for i := range v.blocks {
		size += len(v.blocks[i].Text)
		letters += utf8.RuneCountInString(v.blocks[i].Text)
	}
	root := math.Sqrt(float64(letters))
	if size > 5*letters/2 { // Han: most pairs of letters are words
		size = int(44 * root)
	} else {
		size = int(10 * root)
	}
	v.index, v.words = make(map[string]int32, size), make([]word, 0, size)
	rd := reader{v: v}
	for i := range v.blocks {
		b := &v.blocks[i]
		shape := v.shapeOf(b)
		v.torn = append(v.torn, i+1 < len(v.blocks) && torn(b.Text, v.blocks[i+1].Text))
		v.first = append(v.first, int32(len(v.units)))
		rd.block(int32(i), b)
		rd.turn++ // what comes after belongs to no unit read before
		if len(v.units) == int(v.first[i]) {
			v.units = append(v.units, unit{block: int32(i), first: true})
		}
		for n := int(v.first[i]); n < len(v.units); n++ {
			v.units[n].shape = shape
		}
		head := &v.units[v.first[i]]
		if b.ID != "" {
			rd.addOnce(head, "\x04"+b.ID, classID, noScript)
		}
		if i < len(in.Concepts) {
			for _, c := range in.Concepts[i] {
				rd.concept(i, c)
			}
		}
	}
	v.first = append(v.first, int32(len(v.units)))
	v.lined = v.linedness()
	v.locate()
	table := lexicon.Default()
	tongue := lexicon.Guess(func(w string) int {
		if i, ok := v.index[w]; ok {
			return int(v.words[i].count)
		}
		return 0
	})
	for i := range v.words {
		w := &v.words[i]
		if w.class == classWord {
			w.senses = table.Lookup(w.text, tongue)
		}
	}
	return v
}

// linedness tells from the units in paragraphs, 0 to 1, whether a version was set a
// sentence a line. Of few paragraphs it is taken that they are ordinary ones.
func (v *version) linedness() float64 {
	const usual, ordinary, single, several = 20, 1.8, 1.25, 1.6
	blocks, units := float64(usual), usual*ordinary
	for i := range v.blocks {
		if v.blocks[i].Kind == doc.Paragraph {
			blocks++
			units += float64(v.first[i+1] - v.first[i])
		}
	}
	return min(1, max(0, (several-units/blocks)/(several-single)))
}

// shape is what tells blocks apart but for their text.
type shape struct {
	kind         doc.Kind
	level, depth int
}

// shapeOf returns the number of a block's shape.
func (v *version) shapeOf(b *doc.Block) int32 {
	l := shape{kind: b.Kind, level: b.Level, depth: len(b.Within)}
	i := slices.Index(v.shapes, l)
	if i < 0 {
		i = len(v.shapes)
		v.shapes = append(v.shapes, l)
	}
	return int32(i)
}

// beyond ends a word's units: no unit has this number.
const beyond = math.MaxInt32

// locate counts the words and notes the units that hold them. All lists stand
// in one slice, for they are walked through for every pair of units compared.
func (v *version) locate() {
	for i := range v.units {
		u := &v.units[i]
		v.chars += float64(u.size)
		for _, w := range u.words {
			v.words[w].count++
		}
	}
	v.from = make([]int32, len(v.words)+1)
	for w := range v.words {
		v.from[w+1] = v.from[w] + v.words[w].count + 1
	}
	v.at = make([]int32, v.from[len(v.words)])
	next := slices.Clone(v.from)
	for i := range v.units {
		for _, w := range v.units[i].words {
			v.at[next[w]] = int32(i)
			next[w]++
		}
	}
	for w := range v.words {
		v.at[next[w]] = beyond
	}
}

// unitsOf returns the units that hold a word, ascending.
func (v *version) unitsOf(w int32) []int32 { return v.at[v.from[w] : v.from[w+1]-1] }

// reader turns blocks into units.
type reader struct {
	v      *version
	low    []byte
	spans  []span
	words  []int32  // scratch memory for a unit's words
	turn   int32    // counts the units read, from 1
	cuts   []int    // of unitsIn: where the sentences of a block end
	pieces []string // and the units that they make
}

// span is a run of text that is one word, number or sign.
type span struct {
	from, to int
	letters  int
	script   script
	capital  bool
	digits   bool
}

// block splits b into units and reads each.
func (rd *reader) block(n int32, b *doc.Block) {
	v := rd.v
	first := true
	for _, part := range rd.unitsIn(b.Text) {
		v.units = append(v.units, unit{block: n, first: first})
		first = false
		rd.turn++
		u := &v.units[len(v.units)-1]
		u.words = rd.words[:0]
		rd.unit(u, part)
		rd.words = u.words
		u.words = slices.Clone(u.words)
	}
	if first {
		return
	}
	rd.links(b, int(v.first[n]))
}

// Limits of units. What is compared grows with the square of their number up to
// AllPairs, and 12 kB of "![" had 6,000 of them. Texts that people wrote are far
// from all three.
const (
	fewUnits   = 8      // of a block, which may be as short as they like
	shortUnit  = 16     // bytes that more of them have on average
	mostUnits  = 300    // of a block
	totalUnits = 60_000 // of a version; of what follows, each block is one
)

// unitsIn cuts a text at the ends of its sentences, which are put together where
// they are too many.
func (rd *reader) unitsIn(text string) []string {
	rd.cuts = rd.cuts[:0]
	whole := len(rd.v.units) >= totalUnits
	for at := 0; at < len(text); {
		cut := len(text) - at
		if !whole {
			cut = lang.FirstUnit(text[at:])
		}
		if at += cut; strings.TrimSpace(text[at-cut:at]) != "" {
			rd.cuts = append(rd.cuts, at)
		}
	}
	n := len(rd.cuts)
	rd.pieces = rd.pieces[:0]
	together := 1
	if n > fewUnits {
		fit := min(mostUnits, max(fewUnits, len(text)/shortUnit))
		together = (n + fit - 1) / fit
	}
	from := 0
	for i := together - 1; i < n+together-1; i += together {
		to := rd.cuts[min(i, n-1)]
		rd.pieces = append(rd.pieces, strings.TrimSpace(text[from:to]))
		from = to
	}
	return rd.pieces
}

// links gives each link's target to the unit its words stand in.
func (rd *reader) links(b *doc.Block, from int) {
	v := rd.v
	total := 0
	for t := range b.Runs() {
		total += len(t.S)
	}
	var sum float64
	for i := from; i < len(v.units); i++ {
		sum += float64(v.units[i].size)
	}
	passed := 0
	for n := range b.Walk() {
		dest := ""
		switch n := n.(type) {
		case *doc.Text:
			passed += len(n.S)
		case *doc.Link:
			dest = address(n.Dest)
		case *doc.Image:
			dest = address(n.Dest)
		case *doc.ConceptLink:
			dest = address("concept:" + n.ID)
		}
		if dest == "" {
			continue
		}
		// The text of the block is folded, so the place is by proportion.
		want := sum * float64(passed+1) / float64(total+1)
		i := from
		for acc := float64(v.units[i].size); i+1 < len(v.units) && acc < want; {
			i++
			acc += float64(v.units[i].size)
		}
		rd.addOnce(&v.units[i], "\x03"+dest, classLink, noScript)
		rd.parts(&v.units[i], dest)
	}
}

// parts adds the words of a link's target, for the sake of blocks that a
// careless split cut through one.
func (rd *reader) parts(u *unit, dest string) {
	for _, w := range strings.FieldsFunc(dest, func(r rune) bool { return scriptOf(r) != latin }) {
		if len(w) > 1 {
			rd.addOnce(u, w, classWord, latin)
		}
	}
}

// concept gives a concept to the whole block: its place is not known, so it is
// put on every unit only if there is one.
func (rd *reader) concept(block int, id string) {
	v := rd.v
	from := int(v.first[block])
	if len(v.units)-from == 1 {
		rd.addOnce(&v.units[from], "\x05"+id, classConcept, noScript)
	}
}

// addresses adds the addresses that stand in the text itself.
func (rd *reader) addresses(u *unit, s string) {
	for {
		i := strings.Index(s, "://")
		if i < 0 {
			return
		}
		s = s[i:]
		end := strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x80 || strings.ContainsRune(`)]>"`, r) })
		if end < 0 {
			end = len(s)
		}
		if a := strings.TrimRight(s[:end], ".,;:"); len(a) > 6 {
			rd.add(u, "\x03"+address(a), classLink, noScript, false)
		}
		s = s[end:]
	}
}

// address reduces a link's target to what versions in several languages share.
func address(s string) string {
	if i := strings.Index(s, "://"); i >= 0 {
		s = s[i+3:]
	}
	s = strings.TrimPrefix(s, "www.")
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == '/' })
	out := parts[:0]
	for i, p := range parts {
		if i > 0 && isTag(p) {
			continue
		}
		out = append(out, p)
	}
	return strings.Join(out, "/")
}

// isTag tells whether a part of a path looks like a language tag.
func isTag(p string) bool {
	head, tail, cut := strings.Cut(p, "-")
	if len(head) != 2 || !isAlpha(head) {
		return false
	}
	return !cut || (len(tail) == 2 || len(tail) == 4) && isAlpha(tail)
}

func isAlpha(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// add puts a word into the unit once.
func (rd *reader) add(u *unit, text string, c class, s script, capital bool) {
	v := rd.v
	id, ok := v.index[text]
	if !ok {
		id = int32(len(v.words))
		v.index[text] = id
		v.words = append(v.words, word{text: text, class: c, script: s})
	}
	if capital {
		v.words[id].capital++
	}
	if v.words[id].last != rd.turn {
		v.words[id].last = rd.turn
		u.words = append(u.words, id)
	}
}

// addOnce is add for what comes after its unit was read.
func (rd *reader) addOnce(u *unit, text string, c class, s script) {
	n := len(u.words)
	rd.add(u, text, c, s, false)
	if len(u.words) > n && slices.Contains(u.words[:n], u.words[n]) {
		u.words = u.words[:n]
	}
}

// unit reads the words, numbers and marks of one sentence.
func (rd *reader) unit(u *unit, s string) {
	rd.scan(s)
	low := string(rd.low)
	u.marks = marksOf(s)
	u.open = breaksOff(s)
	rd.addresses(u, s)
	size, hans := 0, false
	for k := 0; k < len(rd.spans); k++ {
		sp := rd.spans[k]
		t := low[sp.from:sp.to]
		n := sp.letters
		size += n
		switch sp.script {
		case latin:
			rd.v.latin += n
		case cyrillic:
			rd.v.cyr += n
		case han:
			hans = true
			rd.v.han += n
		case kana:
			rd.v.kana += n
		}
		if used := rd.number(u, low, k); used > 0 {
			k += used - 1
			continue
		}
		switch {
		case sp.digits:
		case sp.script == han:
			rd.han(u, t)
		case sp.script == kana || sp.script == other && n > 12:
			rd.pairs(u, t, sp.script)
		default:
			if n > 1 || sp.script == latin && sp.capital {
				rd.add(u, t, classWord, sp.script, sp.capital)
			}
			if n > 1 && hangul(t) {
				rd.pairs(u, t, sp.script) // what a word's endings leave alone
			}
		}
	}
	u.size = float32(size)
	if hans {
		u.text = s
	}
}

// scan finds the spans of s and writes it in lower case, with ё as е.
func (rd *reader) scan(s string) {
	low, spans := rd.low[:0], rd.spans[:0]
	open := -1 // the span being read
	for i, r := range s {
		at := len(low)
		sc := scriptOf(r)
		digit := sc == noScript && (r >= '0' && r <= '9' || r >= '０' && r <= '９')
		lower := r
		if r < 0x80 {
			if 'A' <= r && r <= 'Z' {
				lower = r + 0x20
			}
		} else if sc == latin || sc == cyrillic || sc == other {
			switch {
			case 'а' <= r && r <= 'я':
			case 'А' <= r && r <= 'Я':
				lower = r + 'а' - 'А'
			case r == 'ё' || r == 'Ё':
				lower = 'е'
			default:
				lower = unicode.ToLower(r)
			}
		} else if r >= '０' && r <= '９' {
			lower = r - '０' + '0'
		}
		switch {
		case lower < 0x80:
			low = append(low, byte(lower))
		case lower < 0x800: // AppendRune is no short way
			low = append(low, 0xc0|byte(lower>>6), 0x80|byte(lower)&0x3f)
		default:
			low = utf8.AppendRune(low, lower)
		}
		switch {
		case digit:
			if open < 0 || !spans[open].digits {
				open = len(spans)
				spans = append(spans, span{from: at, digits: true})
			}
			spans[open].to = len(low)
			spans[open].letters++
		case sc != noScript:
			if open < 0 || spans[open].script != sc {
				open = len(spans)
				spans = append(spans, span{from: at, script: sc, capital: lower != r})
			}
			spans[open].to = len(low)
			spans[open].letters++
		case (r == '\'' || r == '’' || r == '\u00ad') && open >= 0 && spans[open].script == latin && i+utf8.RuneLen(r) < len(s):
			// An apostrophe parts the word (l'homme, Mozilla's).
			open = -1
		case r == '%' || r == '％' || r == '$' || r == '€' || r == '£' || r == '¥' || r == '№' || r == '§':
			spans = append(spans, span{from: at, to: len(low), letters: 1})
			open = -1
		default:
			open = -1
		}
	}
	rd.low, rd.spans = low, spans
}

// han reads a run of Han letters: words of the lexicon where they match,
// pairs of letters everywhere.
func (rd *reader) han(u *unit, t string) {
	table := lexicon.Default()
	var at [4]int
	n := 0
	for i := 0; i < len(t); {
		if size := rd.hanNumber(u, t, i); size > 0 {
			i += size
			continue
		}
		if size := table.Longest(t[i:]); size > 0 {
			rd.add(u, t[i:i+size], classWord, han, false)
			i += size
			continue
		}
		_, size := utf8.DecodeRuneInString(t[i:])
		i += size
	}
	for i := range t {
		if n > 0 {
			_, size := utf8.DecodeRuneInString(t[i:])
			rd.add(u, t[at[0]:i+size], classHan, han, false)
		}
		at[0] = i
		n++
	}
}

// hangul tells whether a word begins with a Korean syllable.
func hangul(t string) bool { return t >= "\uac00" && t < "\ud7a4" }

// pairs reads a run of a script without spaces as pairs of letters.
func (rd *reader) pairs(u *unit, t string, sc script) {
	prev := -1
	for i := range t {
		if prev >= 0 {
			_, size := utf8.DecodeRuneInString(t[i:])
			rd.add(u, t[prev:i+size], classHan, sc, false)
		}
		prev = i
	}
}
