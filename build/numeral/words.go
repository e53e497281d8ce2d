package numeral

import (
	"math"
	"slices"
	"strings"
)

// number reads a number written in words from token i.
func (r *reader) number(i int) int {
	v := r.vocabulary(i)
	if !v.complete {
		return 0
	}
	if n := r.halfOf(i); n > 0 {
		return n
	}
	var total, group float64
	k, parts := i, 0
	loose := true
	last := word{}
	limit := 1e18 // parts come in falling size: сорок два, but not два сорок
	start, end := r.toks[i].start, r.toks[i].end
	scaled := 0.
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
		if n.value >= 1000 && parts > 0 {
			scaled = n.value
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
		if x := v.compound(r.toks[i].s); x > 0 {
			r.add(Value{Values: []float64{x}, Words: true, Start: start, End: end})
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
	if f, after := r.fraction(value, k); after > 0 && !last.ordinal {
		r.addFraction(Value{Values: []float64{f}, Firm: true, Words: true, Start: start, End: r.tok(after - 1).end}, value, math.Round(value/f))
		return after - i
	}
	if after := r.andHalf(k); after > 0 && r.near(k-1, k) {
		value += .5
		end, loose = r.tok(after-1).end, loose && value > 2
		k = after
		if m := Scale(r.tok(k).s); m >= 1000 && r.near(k-1, k) {
			value, scaled, end, loose = value*m, m, r.tok(k).end, false
			k++
		}
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
	f := Value{Values: []float64{value}, Firm: !loose && value >= 2, Words: true, Start: start, End: end, scaled: scaled}
	f.Percent = r.isPercent(k) || isDash(r.tok(k).s) && r.isPercent(k+1)
	if value == 2 && parts == 1 && r.isPair(i, k) {
		f.Firm = false
	}
	if d := decades[r.tok(k).s]; d > 0 && !last.ordinal {
		f.Values = append(f.Values, value*d)
	}
	if parts > 0 && value >= 1 && value <= 12 && r.halfAfter(k) != anyHalf {
		f.hour(int(value), r.halfAfter(k))
	}
	r.add(f)
	return k - i
}

// decades are units that others count in years, and the like.
var decades = map[string]float64{
	"decades": 10, "decade": 10, "десятилетия": 10, "десятилетий": 10, "десятилетиям": 10, "десятилетиями": 10, "десятилетиях": 10,
	"centuries": 100, "столетия": 100, "столетий": 100, "dozen": 12, "dozens": 12,
}

// isPair reports whether two, which is token i, only names the pair that others
// call the sides, the countries.
func (r *reader) isPair(i, k int) bool {
	next := r.tok(k).s
	switch r.tok(i - 1).s {
	case "the", "these", "our", "their", "both":
		return pairs[next] || pairs[r.tok(k+1).s]
	}
	return pairs[next] && r.own != vocabularies["en"]
}

var pairs = set(`sides parties countries nations peoples leaders heads presidents governments states delegations ministers
	государств государства стран страны сторон стороны народов народа лидеров президентов правительств министров делегаций`)

// halfOf reads numbers that begin with a half: half a million, half past three,
// «в половине четвёртого», and the half of “an hour and a half”.
func (r *reader) halfOf(i int) int {
	t := r.toks[i]
	switch {
	case t.s == "half" && r.tok(i+1).s == "past", t.s == "quarter" && (r.tok(i+1).s == "past" || r.tok(i+1).s == "to"):
		h, ok := r.own.words[r.tok(i+2).s]
		if !ok || h.value > 12 {
			return 0
		}
		hour, minutes := h.value, 30.
		if t.s == "quarter" {
			minutes = 15
			if r.tok(i+1).s == "to" {
				hour, minutes = hour-1, 45
			}
		}
		r.timeInWords(hour, minutes, t.start, r.tok(i+2).end)
		return 3
	case t.s == "половине" || t.s == "половина" || t.s == "половину":
		h, ok := r.own.words[r.tok(i+1).s]
		if !ok || !h.ordinal || h.value > 12 {
			return 0
		}
		r.timeInWords(h.value-1, 30, t.start, r.tok(i+1).end)
		return 2
	case t.s == "quarter" || t.s == "quarters":
		if w := r.own.words[r.tok(i-1).s]; !w.ordinal { // the third quarter is no fourth
			r.add(Value{Values: []float64{4, .25}, Words: true, Start: t.start, End: t.end})
			return 1
		}
	case t.s == "half":
		k := i + 1
		if r.tok(k).s == "a" || r.tok(k).s == "an" {
			k++
		}
		if m := Scale(r.tok(k).s); m >= 1000 && k > i+1 {
			r.add(Value{Values: []float64{m / 2}, Firm: true, Words: true, Start: t.start, End: r.tok(k).end})
			return k + 1 - i
		}
		if k > i+1 && r.tok(k).s == "year" {
			r.add(Value{Values: []float64{6}, Words: true, Start: t.start, End: r.tok(k).end})
		}
		x := Value{Values: []float64{.5, 50}, Words: true, Start: t.start, End: t.end}
		if r.tok(i-1).s == "a" && r.tok(i-2).s == "and" { // an hour and a half
			x.Values = []float64{1.5, .5}
		}
		r.add(x)
		return 1
	}
	return 0
}

// timeInWords adds a time of day that others give in figures.
func (r *reader) timeInWords(hour, minutes float64, start, end int) {
	for _, values := range [][]float64{{hour, hour + 12, hour + 1}, {minutes}} {
		r.add(Value{Values: values, Words: true, Start: start, End: end})
	}
}

// compound is the number that a compound word begins with: трёхсторонний,
// семидесятипятилетие; 0 if none does.
func (v *vocabulary) compound(w string) float64 {
	total, rest := 0., w
	for range 3 {
		best := stem{}
		for _, p := range v.stems {
			if len(p.begins) > len(best.begins) && strings.HasPrefix(rest, p.begins) {
				best = p
			}
		}
		if best.begins == "" || total > 0 && best.value >= total {
			break
		}
		if tail := rest[len(best.begins):]; len(tail) <= 6 || best.counted && !v.countedIn(tail) {
			break
		}
		total += best.value
		rest = rest[len(best.begins):]
	}
	return total
}

// countedIn reports whether a word or the rest of it begins with a unit, or with
// another number.
func (v *vocabulary) countedIn(s string) bool {
	for _, u := range v.units {
		if strings.HasPrefix(s, u) {
			return true
		}
	}
	return slices.ContainsFunc(v.stems, func(p stem) bool { return strings.HasPrefix(s, p.begins) })
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
