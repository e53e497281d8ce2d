package align

import (
	"cmp"
	"math"
	"slices"
)

// A blockChance is how likely two blocks of a pair are tied.
type blockChance struct {
	e, f int32
	p    float32
}

// chance returns how likely blocks of the leg's two versions are tied.
func (l leg) chance(x, y int32) float32 {
	if l.back {
		x, y = y, x
	}
	i, ok := slices.BinarySearchFunc(l.a.blockChances, blockChance{e: x, f: y}, byBlocks)
	if !ok {
		return 0
	}
	return l.a.blockChances[i].p
}

func byBlocks(a, b blockChance) int { return cmp.Or(cmp.Compare(a.e, b.e), cmp.Compare(a.f, b.f)) }

// unlikely is the chance below which two blocks are taken not to be tied.
const unlikely = 0.01

// weighBlocks finds how likely blocks are tied: as likely as the one of their
// units that is likeliest tied to any of the other.
func (a *aligner) weighBlocks() {
	a.blockChances = a.blockChances[:0]
	if a.eword == nil {
		return
	}
	type unitChance struct {
		unit  int32 // with those of f after those of e
		block int32 // of the other side
		p     float32
	}
	var all []unitChance
	add := func(unit, block int32, p float32) { all = append(all, unitChance{unit, block, p}) }
	n := int32(len(a.e.units))
	spread := func(es, fs []int32, p float32) {
		last := int32(-1)
		for _, j := range fs {
			if b := a.f.units[j].block; b != last {
				last = b
				for _, i := range es {
					add(i, b, p)
				}
			}
		}
		last = -1
		for _, i := range es {
			if b := a.e.units[i].block; b != last {
				last = b
				for _, j := range fs {
					add(n+j, b, p)
				}
			}
		}
	}
	if a.last != nil {
		a.weigh()
		g := a.last.g
		for _, c := range a.chances {
			if c.p < unlikely {
				continue
			}
			size := beadSizes[c.size]
			spread(g.es[int(c.i)-size.n:c.i], g.fs[int(c.j)-size.m:c.j], c.p)
		}
	}
	for _, t := range a.ties {
		switch {
		case t.moved > 0:
			spread(t.e, t.f, float32(a.par.MovedTrust))
		case a.unweighable:
			spread(t.e, t.f, 0.5)
		}
	}
	slices.SortFunc(all, func(x, y unitChance) int { return cmp.Or(cmp.Compare(x.unit, y.unit), cmp.Compare(x.block, y.block)) })
	for i := 0; i < len(all); {
		x := all[i]
		p := float32(0)
		for ; i < len(all) && all[i].unit == x.unit && all[i].block == x.block; i++ {
			p += all[i].p
		}
		c := blockChance{p: min(p, 1)}
		if x.unit < n {
			c.e, c.f = a.e.units[x.unit].block, x.block
		} else {
			c.e, c.f = x.block, a.f.units[x.unit-n].block
		}
		a.blockChances = append(a.blockChances, c)
	}
	slices.SortFunc(a.blockChances, func(x, y blockChance) int { return cmp.Or(byBlocks(x, y), cmp.Compare(y.p, x.p)) })
	a.blockChances = slices.CompactFunc(a.blockChances, func(x, y blockChance) bool { return x.e == y.e && x.f == y.f })
}

// blockTies returns the ties of all pairs block by block, the likeliest first.
func (p *pairs) blockTies(s *assembly) []blockTie {
	for x := range p.of {
		for _, a := range p.of[x] {
			if a != nil {
				a.weighBlocks()
			}
		}
	}
	var out []blockTie
	for x := range p.of {
		for y, a := range p.of[x] {
			if a == nil {
				continue
			}
			var own []blockTie
			for _, t := range a.ties {
				lastE := int32(-1)
				for _, i := range t.e {
					e := a.e.units[i].block
					if e == lastE {
						continue
					}
					lastE = e
					lastF := int32(-1)
					for _, j := range t.f {
						if f := a.f.units[j].block; f != lastF {
							lastF = f
							own = append(own, blockTie{x: s.base[x] + e, y: s.base[y] + f, a: a, moved: t.moved, p: leg{a: a}.chance(e, f)})
						}
					}
				}
			}
			slices.SortStableFunc(own, byPlace)
			own = slices.CompactFunc(own, func(x, y blockTie) bool { return x.x == y.x && x.y == y.y })
			own = s.withoutGlue(own, func(t *blockTie) (one, other int32) { return t.x, t.y })
			own = s.withoutGlue(own, func(t *blockTie) (one, other int32) { return t.y, t.x })
			out = append(out, own...)
			out = append(out, a.holes(own, s, x, y)...)
		}
	}
	slices.SortStableFunc(out, func(x, y blockTie) int {
		return cmp.Or(cmp.Compare(y.p, x.p), cmp.Compare(x.hole, y.hole), byPlace(x, y))
	})
	return out
}

// mostRows is how many rows that two versions have apart a block of a third may
// hold together: a list run into a paragraph, but not a file whose code was never
// closed.
const mostRows = 16

// withoutGlue leaves out the ties of each block of one side that would hold more
// rows together than that. It stands alone then, and costs only its own version.
func (s *assembly) withoutGlue(ties []blockTie, sides func(*blockTie) (one, other int32)) []blockTie {
	if len(s.versions) < 3 {
		return ties
	}
	held := map[int32][]int32{}
	for i := range ties {
		one, other := sides(&ties[i])
		held[one] = append(held[one], other)
	}
	glues := map[int32]bool{}
	for one, others := range held {
		if len(others) > mostRows && s.apartElsewhere(others, s.version[one]) > mostRows {
			glues[one] = true
		}
	}
	return slices.DeleteFunc(ties, func(t blockTie) bool {
		one, _ := sides(&t)
		return glues[one]
	})
}

// apartElsewhere returns to how many blocks of a version other than the one given
// some blocks of one version are tied, likelier than not.
func (s *assembly) apartElsewhere(blocks []int32, but int32) int {
	most, own := 0, s.version[blocks[0]]
	asked := make(map[int32]bool, len(blocks))
	for _, x := range blocks {
		asked[x-s.base[own]] = true
	}
	for z := range int32(len(s.versions)) {
		at := s.pairs.leg(int(own), int(z))
		if z == own || z == but || at.a == nil {
			continue
		}
		partners := map[int32]bool{}
		for _, c := range at.a.blockChances {
			x, y := c.e, c.f
			if at.back {
				x, y = y, x
			}
			if c.p >= 0.5 && asked[x] {
				partners[y] = true
			}
		}
		most = max(most, len(partners))
	}
	return most
}

func byPlace(x, y blockTie) int { return cmp.Or(cmp.Compare(x.x, y.x), cmp.Compare(x.y, y.y)) }

// holes returns ties for blocks that have none of their own, and stand between two
// that are tied to one block: a list that the other version runs into a
// paragraph. They belong to it if its length says so.
func (a *aligner) holes(own []blockTie, s *assembly, x, y int) []blockTie {
	var out []blockTie
	one := func(side int8, ties []blockTie, at, other func(t *blockTie) int32, base int32, v, w *version, scale float64) {
		tied := map[int32]bool{}
		for i := range ties {
			tied[at(&ties[i])] = true
		}
		for i := 0; i < len(ties); {
			first := i
			for i < len(ties) && other(&ties[i]) == other(&ties[first]) {
				i++
			}
			group := ties[first:i]
			lo, hi := at(&group[0]), at(&group[len(group)-1])
			if hi-lo < 2 {
				continue
			}
			p, holds, filled := float32(1), 0.0, 0.0
			in := map[int32]bool{}
			for n := range group {
				p = min(p, group[n].p)
				in[at(&group[n])] = true
			}
			clean := true
			for b := lo; b <= hi; b++ {
				size := v.sizeOf(b - base)
				filled += size
				if in[b] {
					holds += size
				} else if tied[b] {
					clean = false
				}
			}
			if !clean || filled == holds {
				continue
			}
			want := math.Log(w.sizeOf(other(&group[0])-s.base[s.version[other(&group[0])]])+10) + scale
			if math.Abs(math.Log(filled+10)-want) > math.Abs(math.Log(holds+10)-want) {
				continue
			}
			t := group[0]
			t.p, t.hole, t.lo, t.hi = p, side, lo, hi
			out = append(out, t)
		}
	}
	first, second := func(t *blockTie) int32 { return t.x }, func(t *blockTie) int32 { return t.y }
	ties := slices.Clone(own)
	slices.SortStableFunc(ties, func(x, y blockTie) int { return cmp.Or(cmp.Compare(x.y, y.y), cmp.Compare(x.x, y.x)) })
	one(1, ties, first, second, s.base[x], a.e, a.f, -a.scale)
	one(2, own, second, first, s.base[y], a.f, a.e, a.scale)
	return out
}

// sizeOf returns how many letters a block has.
func (v *version) sizeOf(block int32) float64 {
	sum := 0.0
	for i := v.first[block]; i < v.first[block+1]; i++ {
		sum += float64(v.units[i].size)
	}
	return sum
}
