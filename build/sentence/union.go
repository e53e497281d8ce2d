package sentence

import "slices"

// union joins the sentences of a passage to groups.
type union struct {
	base   []int // by language, the number of its first sentence
	parent []int
	sure   []float64 // by sentence
}

func newUnion(p *passage) *union {
	u := &union{base: make([]int, len(p.sentences))}
	n := 0
	for l := range p.sentences {
		u.base[l] = n
		n += len(p.sentences[l])
	}
	u.parent, u.sure = make([]int, n), make([]float64, n)
	for i := range u.parent {
		u.parent[i], u.sure[i] = i, 1
	}
	return u
}

func (u *union) at(l, sentence int) int { return u.base[l] + sentence }

func (u *union) root(i int) int {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

func (u *union) join(l, i, m, j int) { u.joinAt(u.at(l, i), u.at(m, j)) }

func (u *union) joinAt(a, b int) {
	a, b = u.root(a), u.root(b)
	u.parent[max(a, b)] = min(a, b)
}

// joinAll makes one group of all.
func (u *union) joinAll(sure float64) {
	for i := range u.parent {
		u.joinAt(0, i)
		u.sure[i] = sure
	}
}

// joinLinks joins what the links of all pairs tie. A sentence is as sure as the
// pair that is least sure of it, but for a pair that finds no counterpart.
func (u *union) joinLinks(pairs []pair) {
	for k := range pairs {
		q := &pairs[k]
		for _, l := range q.links {
			for i := l.e[0]; i < l.e[1]; i++ {
				u.sure[u.at(q.x, i)] = min(u.sure[u.at(q.x, i)], l.chance)
			}
			for j := l.f[0]; j < l.f[1]; j++ {
				u.sure[u.at(q.y, j)] = min(u.sure[u.at(q.y, j)], l.chance)
			}
			if l.e[0] == l.e[1] || l.f[0] == l.f[1] {
				continue
			}
			first := u.at(q.x, l.e[0])
			for i := l.e[0]; i < l.e[1]; i++ {
				u.joinAt(first, u.at(q.x, i))
			}
			for j := l.f[0]; j < l.f[1]; j++ {
				u.joinAt(first, u.at(q.y, j))
			}
		}
	}
}

// groups returns the groups in the order of their first sentences, by language.
func (u *union) groups(p *passage) []Group {
	var out []Group
	number := make([]int, len(u.parent))
	for i := range number {
		number[i] = -1
	}
	for l := range p.sentences {
		for s := range p.sentences[l] {
			i := u.at(l, s)
			root := u.root(i)
			if number[root] < 0 {
				number[root] = len(out)
				out = append(out, Group{Of: make([][]int, len(p.sentences)), Confidence: 1})
			}
			g := &out[number[root]]
			g.Of[l] = append(g.Of[l], s)
			g.Confidence = min(g.Confidence, u.sure[i])
		}
	}
	return slices.Clip(out)
}
