package align

import (
	"cmp"
	"math"
	"slices"
)

// moved looks among the blocks that the ties leave alone for runs that stand
// elsewhere in the other version.
func (a *aligner) moved(ties []tie) []tie {
	es, fs := a.leftover(ties)
	var out []tie
	for _, run := range a.runs(es, fs, 0) {
		for n := range run.ties {
			run.ties[n].moved = run.worth
		}
		out = append(out, run.ties...)
	}
	return out
}

// A run is a stretch of units that are like a stretch of the other version's.
type run struct {
	ties  []tie
	worth float64 // how much likelier it is if one stands for the other
	need  float64 // and how much is needed, since chance gives something among so many
}

// runs finds ways through the grid of some units that begin and end anywhere and
// are worth more than chance gives among so many, or short of that by less than
// so much; the worthiest first, and none that shares a unit with another.
func (a *aligner) runs(es, fs []int32, short float64) []run {
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
			if w := s.best[s.point(i, j)].by[linked]; w > need-short && s.e[i].ends && s.f[j].ends {
				found = append(found, end{i, j, w})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y end) int { return cmp.Compare(y.worth, x.worth) })
	usedE, usedF := make([]bool, len(es)), make([]bool, len(fs))
	var out []run
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
		out = append(out, run{s.g.ties(beads), at.worth, need})
	}
	return out
}

// doubtAlone makes the pair less sure of units that the rows leave without
// partner, where some of the other version's that are left so too are like them,
// if not so much that they were taken for moved.
func (a *aligner) doubtAlone(aloneE, aloneF []bool) {
	es, fs := unused(a.e, negated(aloneE)), unused(a.f, negated(aloneF))
	for _, run := range a.runs(es, fs, a.par.Elsewhere) {
		moved := 1 / (1 + math.Exp((run.need-run.worth)*a.par.ElsewhereSlope))
		for _, t := range run.ties {
			for _, i := range t.e {
				a.sureE[i] = min(a.sureE[i], 1-moved)
			}
			for _, j := range t.f {
				a.sureF[j] = min(a.sureF[j], 1-moved)
			}
		}
	}
}

func negated(in []bool) []bool {
	out := make([]bool, len(in))
	for i := range in {
		out[i] = !in[i]
	}
	return out
}
