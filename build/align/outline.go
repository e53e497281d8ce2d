package align

import (
	"math"
	"unicode"
	"unicode/utf8"

	"stele/build/align/lexicon"
	"stele/build/doc"
)

// An outline is what a glance at a version shows. A feature is something that another
// version may share: an entry of the lexicon, a number, a word, a concept.
type outline struct {
	blocks []doc.Block
	sizes  []float64 // per block, its letters and digits
	chars  float64   // of all blocks
	torn   bool      // a bracket of one block closes in the next
	// The features of each block, once each, and of each of its sentences, and where
	// those of a block or sentence begin.
	ofBlock, inBlock []int32
	ofPart, inPart   []int32
	part             []int32 // per block, its first sentence; one more at the end
	before           []int   // per sentence, how many letters stand before it; one more at the end
	count            []int32 // per feature, how many blocks have it
}

// A trait is what a feature is.
type trait uint8

const (
	traitSense trait = iota
	traitWord
	traitNumber
	traitSmall
	traitConcept
	traits
)

// chanceOf is how likely a feature of each trait is met again in a true translation.
func (par *Parameters) chanceOf(t trait) float64 {
	switch t {
	case traitSense:
		return par.SameSense
	case traitWord:
		return par.SameWord
	case traitNumber:
		return rates[classNumber]
	case traitSmall:
		return rates[classSmall]
	}
	return rates[classConcept]
}

// A sketcher makes outlines of the versions of a text, which share its features.
type sketcher struct {
	traits []trait // per feature
	// Words are numbered, whatever version has them.
	slots   []int32 // a table by their hashes, of numbers and one
	entries []entry
	text    []byte  // the words one after the other
	senses  []int32 // per entry of the lexicon, the number of its feature and one
	// Of the version at hand:
	words  []int32 // one after the other
	parts  []int32 // where the sentences begin among them
	before []int   // and after how many letters
	blank  bool    // the sentence at hand has no word yet
	open   bool    // the last bracket of the block at hand opened
	turn   int32
	made   []int32    // the features of each word, one word's after the other's
	seen   [2][]int32 // per feature, the last sentence and block that had it
}

// An entry is a word that was numbered.
type entry struct {
	from, to int32 // in sketcher.text
	hash     uint32
	trait    trait
	script   script
	feature  int32 // that it is by itself: its number and one
	turn     int32 // the version that it was last looked up for
	first    int32 // where its features begin then, and end
	last     int32
}

// FNV-1a.
const hashBasis, hashPrime = 2166136261, 16777619

// number returns the number of the word that ends text, from there on, and leaves it
// there if it is new.
func (sk *sketcher) number(from int, hash uint32, t trait, s script) int32 {
	if 2*len(sk.entries) >= len(sk.slots) {
		sk.grow()
	}
	at, ok := sk.slot(sk.text[from:], hash, t)
	if ok {
		sk.text = sk.text[:from]
		return sk.slots[at] - 1
	}
	sk.entries = append(sk.entries, entry{from: int32(from), to: int32(len(sk.text)), hash: hash, trait: t, script: s})
	sk.slots[at] = int32(len(sk.entries))
	return int32(len(sk.entries)) - 1
}

// slot finds where a word stands in the table, or where it would.
func (sk *sketcher) slot(word []byte, hash uint32, t trait) (at uint32, ok bool) {
	mask := uint32(len(sk.slots) - 1)
	for at = hash & mask; sk.slots[at] != 0; at = (at + 1) & mask {
		e := &sk.entries[sk.slots[at]-1]
		if e.hash == hash && e.trait == t && string(sk.text[e.from:e.to]) == string(word) {
			return at, true
		}
	}
	return at, false
}

func (sk *sketcher) grow() {
	sk.slots = make([]int32, max(4096, 2*len(sk.slots)))
	mask := uint32(len(sk.slots) - 1)
	for n := range sk.entries {
		at := sk.entries[n].hash & mask
		for sk.slots[at] != 0 {
			at = (at + 1) & mask
		}
		sk.slots[at] = int32(n) + 1
	}
}

// outline makes the outline of a version.
func (sk *sketcher) outline(in *Input) *outline {
	blocks := in.Doc.Blocks
	o := &outline{blocks: blocks, sizes: make([]float64, len(blocks)), part: make([]int32, 0, len(blocks)+1)}
	sk.words, sk.parts, sk.before = sk.words[:0], sk.parts[:0], make([]int, 0, 2*len(blocks))
	all := 0
	for b := range blocks {
		o.part = append(o.part, int32(len(sk.parts)))
		sk.parts, sk.before = append(sk.parts, int32(len(sk.words))), append(sk.before, all)
		text := blocks[b].Text
		size := sk.block(text, all)
		all += size
		o.sizes[b] = float64(size)
		o.chars += o.sizes[b]
		if b+1 < len(blocks) && (sk.open || mayBeCut(text)) && torn(text, blocks[b+1].Text) {
			o.torn = true
		}
		if b < len(in.Concepts) {
			for _, c := range in.Concepts[b] {
				from, hash := len(sk.text), uint32(hashBasis)
				for i := range len(c) {
					hash = (hash ^ uint32(c[i])) * hashPrime
				}
				sk.text = append(sk.text, c...)
				sk.words = append(sk.words, sk.number(from, hash, traitConcept, noScript))
			}
		}
	}
	o.part = append(o.part, int32(len(sk.parts)))
	sk.parts, sk.before = append(sk.parts, int32(len(sk.words))), append(sk.before, all)
	o.before = sk.before
	sk.features(o)
	return o
}

// mayBeCut reports whether a text may be cut within a number or initials.
func mayBeCut(s string) bool {
	n := len(s)
	return n > 2 && s[n-1] == '.' && (digitBefore(s[:n-1]) || isASCIILetter(s[:n-1]) && (s[n-3] == ' ' || s[n-3] == '.'))
}

// block reads the words of a block and returns how many letters and digits it has.
// So many stand before it.
func (sk *sketcher) block(s string, before int) (size int) {
	table := lexicon.Default()
	sk.open, sk.blank = false, true
	end := false // a sentence may have ended
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch kinds[c] {
			case asciiLetter:
				if end {
					sk.cut(before + size)
					end = false
				}
				n, bytes := sk.letters(s[i:], latin)
				size += n
				i += bytes
				continue
			case asciiDigit:
				n := 1
				for i+n < len(s) && kinds[s[i+n]] == asciiDigit {
					n++
				}
				sk.digits(s[i : i+n])
				size += n
				i += n
				continue
			case asciiEnd:
				end = i+1 < len(s)
			case asciiOpens:
				sk.open = true
			case asciiCloses:
				sk.open = false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch sc := scriptOf(r); sc {
		case noScript:
			switch r {
			case '。', '！', '？', '；':
				end = true
			case '（':
				sk.open = true
			case '）':
				sk.open = false
			}
			i += n
		case han:
			if end {
				sk.cut(before + size)
				end = false
			}
			// A word of the lexicon, as long as may be; other letters are passed over.
			if long := table.Longest(s[i:]); long > 0 {
				sk.han(s[i : i+long])
				size += utf8.RuneCountInString(s[i : i+long])
				i += long
				continue
			}
			size++
			i += n
		case kana:
			size++
			i += n
		default:
			if end {
				sk.cut(before + size)
				end = false
			}
			letters, bytes := sk.letters(s[i:], sc)
			size += letters
			i += bytes
		}
	}
	return size
}

// kinds are what ASCII characters are, by their bytes.
var kinds = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c < utf8.RuneSelf && 'a' <= c|0x20 && c|0x20 <= 'z':
			t[c] = asciiLetter
		case '0' <= c && c <= '9':
			t[c] = asciiDigit
		}
	}
	for _, c := range ".!?;" {
		t[c] = asciiEnd
	}
	for _, c := range "([" {
		t[c] = asciiOpens
	}
	for _, c := range ")]" {
		t[c] = asciiCloses
	}
	return t
}()

const (
	asciiOther = iota
	asciiLetter
	asciiDigit
	asciiEnd
	asciiOpens
	asciiCloses
)

// cut begins a sentence, unless that at hand has no words.
func (sk *sketcher) cut(before int) {
	if n := int32(len(sk.words)); sk.parts[len(sk.parts)-1] < n {
		sk.parts, sk.before = append(sk.parts, n), append(sk.before, before)
	}
}

// letters reads a word of one script at the start of s, in lower case, and returns how
// many letters and bytes it has.
func (sk *sketcher) letters(s string, sc script) (n, size int) {
	from, hash := len(sk.text), uint32(hashBasis)
	text := sk.text
	for size < len(s) {
		c := s[size]
		if c < utf8.RuneSelf {
			if sc != latin || kinds[c] != asciiLetter {
				break
			}
			c |= 0x20
			text = append(text, c)
			hash = (hash ^ uint32(c)) * hashPrime
			size++
			n++
			continue
		}
		if size+1 < len(s) && sc == cyrillic && (c == 0xd0 && s[size+1] >= 0xb0 || c == 0xd1 && s[size+1] < 0x90) { // а to я
			text = append(text, c, s[size+1])
			hash = ((hash^uint32(c))*hashPrime ^ uint32(s[size+1])) * hashPrime
			size += 2
			n++
			continue
		}
		r, w := utf8.DecodeRuneInString(s[size:])
		if scriptOf(r) != sc {
			break
		}
		at := len(text)
		text = utf8.AppendRune(text, lowered(r))
		for _, c := range text[at:] {
			hash = (hash ^ uint32(c)) * hashPrime
		}
		size += w
		n++
	}
	sk.text = text
	if n < 2 {
		sk.text = sk.text[:from]
		return n, size
	}
	sk.words = append(sk.words, sk.number(from, hash, traitWord, sc))
	return n, size
}

// lowered returns a letter in lower case, and е for ё.
func lowered(r rune) rune {
	switch {
	case 'а' <= r && r <= 'я':
		return r
	case 'А' <= r && r <= 'Я':
		return r + 'а' - 'А'
	case r == 'ё' || r == 'Ё':
		return 'е'
	}
	return unicode.ToLower(r)
}

func (sk *sketcher) han(s string) {
	from, hash := len(sk.text), uint32(hashBasis)
	for i := range len(s) {
		hash = (hash ^ uint32(s[i])) * hashPrime
	}
	sk.text = append(sk.text, s...)
	sk.words = append(sk.words, sk.number(from, hash, traitWord, han))
}

func (sk *sketcher) digits(s string) {
	from, hash := len(sk.text), uint32(hashBasis)
	for i := range len(s) {
		hash = (hash ^ uint32(s[i])) * hashPrime
	}
	sk.text = append(sk.text, s...)
	t := traitNumber
	if len(s) == 1 {
		t = traitSmall
	}
	sk.words = append(sk.words, sk.number(from, hash, t, noScript))
}

// features turns the words that were read into features.
func (sk *sketcher) features(o *outline) {
	sk.turn++
	often := make([]int32, len(sk.entries))
	for _, w := range sk.words {
		often[w]++
	}
	tongue := lexicon.Guess(func(w string) int {
		hash := uint32(hashBasis)
		for i := range len(w) {
			hash = (hash ^ uint32(w[i])) * hashPrime
		}
		if len(sk.slots) == 0 {
			return 0
		}
		at, ok := sk.slot([]byte(w), hash, traitWord)
		if !ok || int(sk.slots[at])-1 >= len(often) {
			return 0
		}
		return int(often[sk.slots[at]-1])
	})
	table := lexicon.Default()
	if sk.senses == nil {
		sk.senses = make([]int32, table.Size())
	}
	sk.made = sk.made[:0]
	o.ofPart = make([]int32, 0, len(sk.words))
	o.ofBlock = make([]int32, 0, len(sk.words))
	o.inPart = make([]int32, 0, len(sk.parts))
	o.inBlock = make([]int32, 0, len(o.blocks)+1)
	for k := range sk.seen {
		clear(sk.seen[k])
	}
	part := int32(0)
	for b := range o.blocks {
		o.inBlock = append(o.inBlock, int32(len(o.ofBlock)))
		for ; part < o.part[b+1]; part++ {
			o.inPart = append(o.inPart, int32(len(o.ofPart)))
			for _, w := range sk.words[sk.parts[part]:sk.parts[part+1]] {
				e := &sk.entries[w]
				if e.turn != sk.turn {
					e.turn = sk.turn
					sk.lookUp(e, table, tongue)
				}
				for _, f := range sk.made[e.first:e.last] {
					if sk.seen[0][f] == part+1 {
						continue
					}
					sk.seen[0][f] = part + 1
					o.ofPart = append(o.ofPart, f)
					if sk.seen[1][f] != int32(b)+1 {
						sk.seen[1][f] = int32(b) + 1
						o.ofBlock = append(o.ofBlock, f)
					}
				}
			}
		}
	}
	o.inPart, o.inBlock = append(o.inPart, int32(len(o.ofPart))), append(o.inBlock, int32(len(o.ofBlock)))
	o.count = make([]int32, len(sk.traits))
	for _, f := range o.ofBlock {
		o.count[f]++
	}
}

// lookUp finds the features of a word: its entries in the lexicon, or if it is in none
// itself.
func (sk *sketcher) lookUp(e *entry, table *lexicon.Table, tongue lexicon.Language) {
	e.first = int32(len(sk.made))
	if e.trait == traitWord {
		sk.made = table.Append(sk.made, string(sk.text[e.from:e.to]), tongue)
		for i := int(e.first); i < len(sk.made); i++ {
			s := sk.made[i]
			if sk.senses[s] == 0 {
				sk.senses[s] = sk.feature(traitSense) + 1
			}
			sk.made[i] = sk.senses[s] - 1
		}
	}
	if int(e.first) == len(sk.made) {
		if e.feature == 0 {
			e.feature = sk.feature(e.trait) + 1
		}
		sk.made = append(sk.made, e.feature-1)
	}
	e.last = int32(len(sk.made))
}

// feature numbers a new feature.
func (sk *sketcher) feature(t trait) int32 {
	sk.traits = append(sk.traits, t)
	for k := range sk.seen {
		sk.seen[k] = append(sk.seen[k], 0)
	}
	return int32(len(sk.traits)) - 1
}

// logs holds the logarithms of small whole numbers.
var logs = func() (t [1 << 10]float64) {
	for n := range t {
		t[n] = math.Log(float64(n))
	}
	return t
}()

func logOf(n int32) float64 {
	if int(n) < len(logs) {
		return logs[n]
	}
	return math.Log(float64(n))
}
