// Package align finds which blocks of a text's language versions say the same
// and keeps the record that makes their numbers permanent. It knows neither
// glossary nor site.
package align

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

type counts struct{}

func (*counts) adjust(join, i, j int32, back bool) float32 { return 0 }
