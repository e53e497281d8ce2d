package numeral

import (
	"strings"
)

// number reads a number written in words from token i.
func (r *reader) number(i int) int {
	v := r.vocabulary(i)
	if !v.complete {
		return 0
	}
	var total, group float64
	k, parts := i, 0
	loose := true
	last := word{}
	limit := 1e18 // parts come in falling size: сорок два, but not два сорок
	start, end := r.toks[i].start, r.toks[i].end
	for ; k < len(r.toks); k++ {
		t := r.toks[k]
		if parts > 0 {
			if !r.near(k-1, k) {
				break
			}
			// twenty-five, one hundred and five
			if n, ok := v.words[r.tok(k+1).s]; ok && parts > 0 && !last.ordinal &&
				(isDash(t.s) && last.value >= 20 && last.value < 100 && n.value < 10 && r.touching(k-1, k) ||
					t.s == v.and && last.value >= 100 && n.value < 100) {
				continue
			}
		}
		n, ok := v.words[t.s]
		if !ok || parts > 0 && last.ordinal {
			break
		}
		scale := n.value >= 1000 || n.value == 100 && v.hundreds
		switch {
		case scale && parts > 0 && n.value > group && group > 0:
			if n.value == 100 {
				group *= 100
				limit = 100
			} else {
				total += group * n.value
				group, limit = 0, n.value
			}
		case parts > 0 && (n.value >= limit || scale || n.value > 90 && n.value < 100):
			ok = false
		default:
			group += n.value
			limit = sizeOf(n.value)
		}
		if !ok {
			break
		}
		parts++
		last, end = n, t.end
		loose = loose && (n.loose || n.value < 2)
		if n.ordinal {
			k++
			break
		}
	}
	if parts == 0 {
		for _, p := range v.stems {
			if len(r.toks[i].s) > len(p.begins)+6 && strings.HasPrefix(r.toks[i].s, p.begins) {
				r.add(Value{Values: []float64{p.value}, Words: true, Start: start, End: end})
				break
			}
		}
		return 0
	}
	value := total + group
	// Several parts are a number for sure, but for “tens of thousands”.
	if parts > 1 {
		loose = many[r.toks[i].s]
	}
	if last.value == 3 && last.ordinal && thirdParty(r.tok(k).s, r.tok(k+1).s) {
		loose = true
	}
	// восьмого сентября, the fifth of May: the day of a date
	if last.ordinal && value >= 1 && value <= 31 {
		j := k
		if r.tok(j).s == v.of && v.of != "" {
			j++
		}
		if m := r.month(j); m > 0 {
			d := Date{Month: m, Day: int(value), Start: start, End: r.tok(j).end}
			j = r.year(j+1, &d)
			r.date(d, false)
			return j - i
		}
	}
	r.add(Value{Values: []float64{value}, Firm: !loose && value >= 2, Words: true, Percent: percents[r.tok(k).s], Start: start, End: end})
	return k - i
}

// thirdParty tells third parties, whom other languages call strangers, from
// what is counted.
func thirdParty(next, after string) bool {
	if next == "-" {
		next = after
	}
	return strings.HasPrefix(next, "part") || strings.HasPrefix(next, "лиц") || strings.HasPrefix(next, "сторон")
}

// sizeOf is the limit for what may follow a part of a number: after forty, less
// than ten.
func sizeOf(v float64) float64 {
	switch {
	case v >= 1000:
		return 1000
	case v >= 100:
		return 100
	case v >= 20:
		return 10
	}
	return 0
}
