package align

import (
	"cmp"
	"math"
	"slices"
)

// moved looks among the blocks that the ties leave alone for runs that stand
// elsewhere in the other version: ways through their grid that begin and end
// anywhere and are worth more than chance gives among so many.
func (a *aligner) moved(ties []tie) []tie {
	es, fs := a.leftover(ties)
	if len(es) == 0 || len(fs) == 0 {
		return nil
	}
	if len(es)*len(fs) > a.par.LeftoverPairs {
		es, fs = a.voted(es, fs)
		if len(es) == 0 || len(fs) == 0 || len(es)*len(fs) > a.par.LeftoverPairs {
			return nil
		}
	}
	s := a.solve(es, fs, full(len(es), len(fs)), local)
	need := a.par.MovedRun + math.Log(float64(len(es)*len(fs)))/2
	type end struct {
		i, j  int
		worth float64
	}
	var found []end
	for i := 1; i <= len(es); i++ {
		for j := 1; j <= len(fs); j++ {
			if w := s.best[s.point(i, j)].by[linked]; w > need && s.e[i].ends && s.f[j].ends {
				found = append(found, end{i, j, w})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y end) int { return cmp.Compare(y.worth, x.worth) })
	usedE, usedF := make([]bool, len(es)), make([]bool, len(fs))
	var out []tie
	for _, at := range found {
		if usedE[at.i-1] || usedF[at.j-1] {
			continue
		}
		beads, i, j := s.trace(at.i, at.j, linked)
		if slices.Contains(usedE[i:at.i], true) || slices.Contains(usedF[j:at.j], true) {
			continue
		}
		for x := i; x < at.i; x++ {
			usedE[x] = true
		}
		for x := j; x < at.j; x++ {
			usedF[x] = true
		}
		run := s.g.ties(beads)
		for n := range run {
			run[n].moved = at.worth
		}
		out = append(out, run...)
	}
	return out
}
