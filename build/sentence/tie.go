package sentence

import (
	"cmp"
	"math"
	"slices"
)

// most is how many sentences of one language are compared with those of another
// at most. A passage that has more is one group.
const most = 100

// mostPoints is how many pairs of sentences are weighed at most in all languages of
// a passage: those of sixteen that have a hundred each, of forty that have sixty. A
// passage that has more is one group.
const mostPoints = 300_000

// Up to allWithAll languages are all compared with one another, of more each with
// some, so that time grows with their number and not its square.
const allWithAll, hubs = 5, 2

// tie ties the sentences of a passage.
func (t *tier) tie(parts []Part, p *passage) *Ties {
	if p.most < 2 {
		return nil
	}
	out := &Ties{Sentences: p.sentences}
	var have []int
	for l := range p.sentences {
		if len(p.sentences[l]) > 0 {
			have = append(have, l)
		}
	}
	u := newUnion(p)
	switch {
	case len(have) < 2:
		for s := range p.sentences[have[0]] {
			u.sure[u.at(have[0], s)] = 1
		}
	case p.most > most || p.most*p.most*pairCount(len(have)) > mostPoints:
		u.joinAll(0)
	case p.one(have):
		u.joinAll(alikeSure)
	case t.alike(parts, p, have):
		for s := range p.sentences[have[0]] {
			for _, l := range have[1:] {
				u.join(have[0], s, l, s)
			}
		}
		for i := range u.sure {
			u.sure[i] = alikeSure
		}
	default:
		t.solveAll(parts, p, have, u)
	}
	out.Groups = u.groups(p)
	return out
}

// alikeSure is how sure sentences are that are as many and as long everywhere.
const alikeSure = 0.97

// one reports whether a language says in one sentence what the others say in
// several, as long in all.
func (p *passage) one(have []int) bool {
	single := false
	low, high := math.Inf(1), 0.0
	for _, l := range have {
		single = single || len(p.sentences[l]) == 1
		sum := 0.0
		for _, n := range p.sizes[l] {
			sum += n
		}
		low, high = min(low, sum), max(high, sum)
	}
	return single && high+15 < 1.45*(low+15)
}

// alike reports whether all languages have as many sentences, each of about its
// share of the whole and with the same figures, so that they surely answer to one
// another one by one. Neighbours of one length might have changed places: a glance
// at their first words tells.
func (t *tier) alike(parts []Part, p *passage, have []int) bool {
	n := len(p.sentences[have[0]])
	for _, l := range have {
		if len(p.sentences[l]) != n {
			return false
		}
	}
	doubtful := false
	for s := range n {
		low, high := p.sizes[have[0]][s], p.sizes[have[0]][s]
		digits := figures(parts, p, have[0], s)
		for _, l := range have[1:] {
			low, high = min(low, p.sizes[l][s]), max(high, p.sizes[l][s])
			if figures(parts, p, l, s) != digits {
				return false
			}
		}
		if high+20 > 1.8*(low+20) {
			return false
		}
		if s > 0 {
			for _, l := range have {
				if a, b := p.sizes[l][s-1]+15, p.sizes[l][s]+15; digits == figures(parts, p, l, s-1) && a < 1.5*b && b < 1.5*a {
					doubtful = true
				}
			}
		}
	}
	return !doubtful || !t.changed(parts, p, have)
}

// changed reports whether some sentence of another language begins more like a
// neighbour of its counterpart in the first.
func (t *tier) changed(parts []Part, p *passage, have []int) bool {
	t.collect(parts, p, have, glance)
	n := len(p.sentences[have[0]])
	better := make([]float64, n) // how much more like the sentence before or its counterpart
	t.shared(func(x, y []clue) {
		from := 0
		for _, a := range x {
			for from < len(y) && y[from].sentence < a.sentence-1 {
				from++
			}
			for _, b := range y[from:min(from+3, len(y))] {
				i, worth := int(a.sentence), worthOf(a, b, len(x), len(y))
				switch b.sentence - a.sentence {
				case 0:
					better[i] -= worth
					if i+1 < n {
						better[i+1] -= worth
					}
				case 1:
					better[i+1] += worth
				case -1:
					better[i] += worth
				}
			}
		}
	})
	for s := 1; s < n; s++ {
		if better[s] > -0.5 && better[s] != 0 {
			return true
		}
	}
	return false
}

// figures is a sum of the digits of a sentence: those of other digits differ.
func figures(parts []Part, p *passage, l, s int) (sum uint64) {
	at := p.sentences[l][s]
	text := parts[l].Blocks[at.Block].Text[at.Start:at.End]
	run := uint64(0)
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			run = run*10 + uint64(c-'0') + 1
		} else if run > 0 {
			sum += run * run
			run = 0
		}
	}
	return sum + run*run
}

// solveAll ties the sentences of a passage by what they say.
func (t *tier) solveAll(parts []Part, p *passage, have []int, u *union) {
	t.collect(parts, p, have, 1<<30)
	pairs := t.pairs(parts, p, have)
	n := len(p.sentences)
	of := make([]*pair, n*n) // by its two languages
	for k := range pairs {
		of[pairs[k].x*n+pairs[k].y] = &pairs[k]
	}
	t.shared(func(x, y []clue) {
		if len(x) > common || len(y) > common {
			return
		}
		q := of[int(x[0].lang)*n+int(y[0].lang)]
		if q == nil {
			return
		}
		for _, a := range x {
			for _, b := range y {
				q.view.worth[a.sentence][b.sentence] += worthOf(a, b, len(x), len(y))
			}
		}
	})
	for k := range pairs {
		pairs[k].links = t.solve(&pairs[k].view, pairs[k].likely)
	}
	if len(have) > 2 && !agree(p, pairs) {
		hear(p, pairs)
		for k := range pairs {
			pairs[k].likely = matrix(len(pairs[k].view.e), len(pairs[k].view.f))
			pairs[k].links = t.solve(&pairs[k].view, pairs[k].likely)
		}
	}
	u.joinLinks(pairs)
}

// collect reads the clues of a passage, those of so many words of each sentence.
func (t *tier) collect(parts []Part, p *passage, have []int, words int) {
	t.clues = t.clues[:0]
	for _, l := range have {
		t.begin(t.langs[l])
		for s, at := range p.sentences[l] {
			b := &parts[l].Blocks[at.Block]
			t.read(l, s, b.Text[at.Start:at.End], words)
			for _, m := range b.Marks {
				if m.Start >= at.Start && m.Start < at.End {
					t.clues = append(t.clues, clue{hash(kindMark, m.ID), int32(l), int32(s), worthConcept})
				}
			}
		}
	}
}

// A pair is two languages of a passage.
type pair struct {
	x, y   int
	view   view
	likely [][]float64 // how likely two sentences are tied
	links  []link
}

func matrix(n, m int) [][]float64 {
	all := make([]float64, n*m)
	out := make([][]float64, n)
	for i := range out {
		out[i] = all[i*m : (i+1)*m]
	}
	return out
}

// pairCount is how many pairs so many languages are compared in.
func pairCount(n int) int {
	if n > allWithAll {
		return hubs*(n-hubs) + hubs*(hubs-1)/2
	}
	return n * (n - 1) / 2
}

// pairs returns the pairs of languages to compare.
func (t *tier) pairs(parts []Part, p *passage, have []int) []pair {
	hub := make([]bool, len(p.sentences))
	if len(have) > allWithAll {
		// Those that have as many sentences as most have.
		order := slices.Clone(have)
		count := map[int]int{}
		for _, l := range have {
			count[len(p.sentences[l])]++
		}
		slices.SortStableFunc(order, func(a, b int) int {
			return cmp.Compare(count[len(p.sentences[b])], count[len(p.sentences[a])])
		})
		for _, l := range order[:hubs] {
			hub[l] = true
		}
	}
	var out []pair
	for a, x := range have {
		for _, y := range have[a+1:] {
			if len(have) > allWithAll && !hub[x] && !hub[y] {
				continue
			}
			n, m := len(p.sentences[x]), len(p.sentences[y])
			q := pair{x: x, y: y, view: view{e: p.sizes[x], f: p.sizes[y], worth: matrix(n, m)}, likely: matrix(n, m)}
			if k := len(parts[x].Blocks); k > 1 && k == len(parts[y].Blocks) {
				q.view.endE, q.view.endF = ends(p.sentences[x]), ends(p.sentences[y])
			}
			out = append(out, q)
		}
	}
	return out
}

// ends tells which sentences end a block.
func ends(s []Sentence) []bool {
	out := make([]bool, len(s))
	for i := range s {
		out[i] = i+1 == len(s) || s[i+1].Block != s[i].Block
	}
	return out
}

// agree reports whether no pair parts what the others join.
func agree(p *passage, pairs []pair) bool {
	u := newUnion(p)
	u.joinLinks(pairs)
	for k := range pairs {
		// Two links of a pair in one group were joined by others.
		seen := map[int]bool{}
		for _, l := range pairs[k].links {
			var root int
			if l.e[0] < l.e[1] {
				root = u.root(u.at(pairs[k].x, l.e[0]))
			} else {
				root = u.root(u.at(pairs[k].y, l.f[0]))
			}
			if seen[root] {
				return false
			}
			seen[root] = true
		}
	}
	return true
}

// thirds is what is worth what all other languages say.
const thirds = 4.0

// hear adds to what two sentences share what the other languages say of them.
func hear(p *passage, pairs []pair) {
	find := func(x, y int) (q *pair, back bool) {
		for k := range pairs {
			if pairs[k].x == x && pairs[k].y == y {
				return &pairs[k], false
			}
			if pairs[k].x == y && pairs[k].y == x {
				return &pairs[k], true
			}
		}
		return nil, false
	}
	likely := func(q *pair, back bool, i, j int) float64 {
		if back {
			i, j = j, i
		}
		return q.likely[i][j]
	}
	heard := make([][][]float64, len(pairs))
	for k := range pairs {
		q := &pairs[k]
		heard[k] = matrix(len(q.view.e), len(q.view.f))
		ways := 0
		for z := range p.sentences {
			there, b1 := find(q.x, z)
			on, b2 := find(z, q.y)
			if z == q.x || z == q.y || there == nil || on == nil {
				continue
			}
			ways++
			for i := range q.view.e {
				for j := range q.view.f {
					most := 0.0
					for s := range p.sentences[z] {
						most = max(most, likely(there, b1, i, s)*likely(on, b2, s, j))
					}
					heard[k][i][j] += most
				}
			}
		}
		for i := range heard[k] {
			for j := range heard[k][i] {
				heard[k][i][j] *= thirds / max(1, float64(ways))
			}
		}
	}
	for k := range pairs {
		for i := range heard[k] {
			for j, x := range heard[k][i] {
				pairs[k].view.worth[i][j] += x
			}
		}
	}
}
