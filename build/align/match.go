// Package align finds which blocks of a text's language versions say the same
// and keeps the record that makes their numbers permanent. It knows neither
// glossary nor site.
package align

import "math"

// match aligns the versions.
func match(in []Input) []Row {
	k := defaults()
	return matchWith(in, &k)
}

func matchWith(in []Input, k *knobs) []Row {
	versions := make([]*version, len(in))
	for i := range in {
		versions[i] = newVersion(in[i])
	}
	u := newUnion(versions)
	for a := range versions {
		for b := a + 1; b < len(versions); b++ {
			x, y := a, b
			if versions[b].before(versions[a]) {
				x, y = b, a
			}
			for _, l := range pairBeads(versions[x], versions[y], k) {
				u.join(x, l.e, y, l.f)
			}
		}
	}
	rows := u.rows()
	for i := range rows {
		rows[i].Confidence = 0.8
	}
	return rows
}

type blockLink struct{ e, f int32 }

func pairBeads(e, f *version, k *knobs) []blockLink {
	if len(e.units) == 0 || len(f.units) == 0 {
		return nil
	}
	p := pairWords(e, f, k)
	es, fs := p.sides(k)
	all := func(v *version) []int32 {
		out := make([]int32, len(v.units))
		for i := range out {
			out[i] = int32(i)
		}
		return out
	}
	b := band{lo: make([]int32, len(e.units)), hi: make([]int32, len(e.units))}
	for i := range b.hi {
		b.hi[i] = int32(len(f.units))
	}
	g := newGrid(e, f, all(e), all(f), b, es, fs, k, nil)
	g.scale = math.Log((f.chars + 10) / (e.chars + 10))
	var links []blockLink
	for _, bd := range g.path() {
		for i := bd.i; i < bd.i+bd.n; i++ {
			for j := bd.j; j < bd.j+bd.m; j++ {
				links = append(links, blockLink{e.units[g.es[i]].block, f.units[g.fs[j]].block})
			}
		}
	}
	return links
}

type counts struct{}

func (*counts) adjust(join, i, j int32, back bool) float32 { return 0 }
