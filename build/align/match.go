// Package align finds which blocks of a text's language versions say the same
// and keeps the record that makes their numbers permanent. It knows neither
// glossary nor site.
package align

import "slices"

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
	// Everything runs in an order that hangs on what the versions hold, so that
	// neither their names nor the order of the inputs matter.
	order := make([]int, len(in))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case versions[a].before(versions[b]):
			return -1
		case versions[b].before(versions[a]):
			return 1
		}
		return 0
	})
	u := newUnion(versions)
	for n, x := range order {
		for _, y := range order[n+1:] {
			for _, t := range alignPair(versions[x], versions[y], k) {
				for _, i := range t.e {
					for _, j := range t.f {
						u.join(x, versions[x].units[i].block, y, versions[y].units[j].block)
					}
				}
			}
		}
	}
	rows := u.rows()
	for i := range rows {
		rows[i].Confidence = 0.8
	}
	return rows
}
