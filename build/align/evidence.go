package align

import (
	"cmp"
	"math"
	"slices"

	"stele/build/align/lexicon"
)

// A link says that a word of one version may stand for a word of another.
// Seeing both words in two units that are compared is worth
//
//	odds − rate − log size
//
// in logarithms of a likelihood ratio: odds is log a/(1−A), a this link's chance
// to be met in a true pair and A the word's; rate is how often the partner words
// stand in a unit of size one. size is the other unit's: the longer it is, the
// more often it holds the word by chance.
type link struct {
	to    int32
	worth float32 // odds − rate
	part  float32 // weight of this kind of evidence
	// join is, for learnt links that a few ties prove, the index into the counts,
	// else −1.
	join int32
}

// A side is one version's half of the evidence for a pair.
type side struct {
	from  []int32 // per word, its first link; one more at the end
	links []link
	words []wordSide
}

// wordSide is what a word's links have in common.
type wordSide struct {
	miss float32 // log(1−A), what it costs to miss its partner
	rate float32 // frequency of its partners per unit of size
}

// rates are how often a word is met again in a true translation, by its kind.
var rates = [...]float64{classNumber: 0.85, classSmall: 0.5, classLink: 0.93, classConcept: 0.75, classID: 0.97, classSign: 0.6, classHan: 0.4, classWord: 0.5}

// pairing collects the links between two vocabularies.
type pairing struct {
	e, f *version
	list []candidate
}

// candidate is a link in the making; chance is the probability to be met.
type candidate struct {
	u, v   int32
	chance float64
	kind   uint8
}

const (
	byText uint8 = iota
	bySense
	byName
)

// pairWords finds the links that need no training, but for those of names.
func pairWords(e, f *version, par *Parameters, sc *scratch) *pairing {
	p := &pairing{e: e, f: f, list: sc.list[:0]}
	for u := range e.words {
		w := &e.words[u]
		v, ok := f.index[w.text]
		if !ok {
			continue
		}
		x := &f.words[v]
		chance := rates[w.class]
		if w.class == classWord {
			chance = par.SameWord
			switch {
			case w.script == han:
			case w.script != latin && w.script != cyrillic, w.capital+x.capital > 0, len(w.text) > 4:
			default:
				chance = par.SameShortWord
			}
		}
		p.list = append(p.list, candidate{u: int32(u), v: v, chance: chance, kind: byText})
	}
	senses, starts := f.senses()
	for u := range e.words {
		for _, s := range e.words[u].senses {
			for _, v := range senses[starts[s]:starts[s+1]] {
				if e.words[u].text != f.words[v].text {
					p.list = append(p.list, candidate{u: int32(u), v: v, chance: par.SameSense, kind: bySense})
				}
			}
		}
	}
	sc.list = p.list
	return p
}

// senses returns the words of each entry of the lexicon, those of entry s from
// starts[s] on. They are the same for every pair.
func (v *version) senses() (words, starts []int32) {
	if v.senseStarts == nil {
		v.senseWords, v.senseStarts = v.newSenses()
	}
	return v.senseWords, v.senseStarts
}

func (v *version) newSenses() (words, starts []int32) {
	starts = make([]int32, lexicon.Default().Size()+2)
	n := 0
	for i := range v.words {
		for _, s := range v.words[i].senses {
			starts[s+2]++
			n++
		}
	}
	for s := 2; s < len(starts); s++ {
		starts[s] += starts[s-1]
	}
	words = make([]int32, n)
	for i := range v.words {
		for _, s := range v.words[i].senses {
			words[starts[s+1]] = int32(i)
			starts[s+1]++
		}
	}
	return words, starts
}

// sides turns the candidates into the evidence of both sides.
func (p *pairing) sides(par *Parameters, sc *scratch) (e, f *side) {
	turn := func() {
		for i := range p.list {
			c := &p.list[i]
			c.u, c.v = c.v, c.u
		}
	}
	e = newSide(p.e, p.f, p.list, par, sc)
	turn()
	f = newSide(p.f, p.e, p.list, par, sc)
	turn()
	sc.list = p.list
	return e, f
}

func newSide(e, f *version, list []candidate, par *Parameters, sc *scratch) *side {
	list, starts := byWord(list, len(e.words), sc)
	s := &side{from: make([]int32, len(e.words)+1), links: make([]link, 0, len(list)), words: make([]wordSide, len(e.words))}
	usual := f.chars / float64(len(f.units))
	telling := math.Exp(par.Informative)
	for u := range e.words {
		s.from[u] = int32(len(s.links))
		group := list[starts[u]:starts[u+1]]
		if len(group) == 0 {
			continue
		}
		n := float64(e.words[u].count)
		var miss, freq float64
		for i := 0; i < len(group); {
			j := i
			sum := 0.0
			chance := 0.0
			for j < len(group) && group[j].kind == group[i].kind {
				if j == i || group[j].v != group[j-1].v {
					sum += float64(f.words[group[j].v].count)
				}
				chance = max(chance, group[j].chance)
				j++
			}
			// A word that is everywhere tells nothing.
			if chance < telling*(1-math.Exp(-sum/f.chars*usual)) {
				i = j
				continue
			}
			// A word cannot be met more often than its partners are there.
			a := chance * min(1, (sum+par.Smoothing)/(n+par.Smoothing))
			l := link{worth: float32(math.Log(a)) - float32(math.Log(sum/f.chars)), part: 1, join: -1}
			for ; i < j; i++ {
				l.to = group[i].v
				s.add(int32(u), l)
			}
			if a > miss {
				miss, freq = a, sum/f.chars
			}
		}
		miss = min(miss, 0.97)
		cost := float32(math.Log(1 - miss))
		for i := int(s.from[u]); i < len(s.links); i++ {
			s.links[i].worth -= cost
		}
		s.words[u] = wordSide{miss: cost, rate: float32(freq)}
	}
	s.from[len(e.words)] = int32(len(s.links))
	return s
}

// add appends a link of word u, unless the one before leads to the same word.
func (s *side) add(u int32, l link) {
	if n := len(s.links); n == int(s.from[u]) || s.links[n-1].to != l.to {
		s.links = append(s.links, l)
	}
}

// with returns the side with what was learnt; the learntLinks of word u begin at
// starts[u]. Of all that a word may miss the dearest counts.
func (s *side) with(learntLinks []learntLink, starts []int32) *side {
	out := &side{from: make([]int32, len(s.from)), links: make([]link, 0, len(s.links)+len(learntLinks)), words: slices.Clone(s.words)}
	for u := range s.words {
		own := learntLinks[starts[u]:starts[u+1]]
		word := &out.words[u]
		for i := range own {
			if own[i].miss < word.miss {
				*word = own[i].wordSide
			}
		}
		out.from[u] = int32(len(out.links))
		out.links = append(out.links, s.links[s.from[u]:s.from[u+1]]...)
		if more := s.words[u].miss - word.miss; more > 0 {
			for i := int(out.from[u]); i < len(out.links); i++ {
				out.links[i].worth += more
			}
		}
		for i := range own {
			l := own[i].link
			l.worth -= word.miss
			out.add(int32(u), l)
		}
	}
	out.from[len(s.words)] = int32(len(out.links))
	return out
}

// byWord groups candidates by u, each group ordered by kind and v; the group
// of u begins at starts[u].
func byWord(list []candidate, words int, sc *scratch) (out []candidate, starts []int32) {
	starts = fit(&sc.starts, words+2)
	clear(starts)
	for i := range list {
		starts[list[i].u+2]++
	}
	for u := 2; u < len(starts); u++ {
		starts[u] += starts[u-1]
	}
	out = fit(&sc.sorted, len(list))
	for i := range list {
		at := &starts[list[i].u+1]
		out[*at] = list[i]
		*at++
	}
	for u := range words {
		if group := out[starts[u]:starts[u+1]]; len(group) > 1 {
			slices.SortFunc(group, func(a, b candidate) int {
				return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.v, b.v), cmp.Compare(b.chance, a.chance))
			})
		}
	}
	return out, starts
}

// grow makes room for words that came later; they have no links.
func (s *side) grow(words int) {
	for len(s.words) < words {
		s.from = append(s.from, int32(len(s.links)))
		s.words = append(s.words, wordSide{})
	}
}
