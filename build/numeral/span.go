package numeral

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// joiners stand between the ends of a span, or the members of a list.
var joiners = set("и по до на или to and through thru until till or et au à ou y al a und bis oder e до و إلى حتى تا और से 至 到 和 及 与 或 、 ， ,")

func isJoiner(s string) bool { return joiners[s] || isDash(s) }

// isDay tells whether the token can be a day of the month.
func isDay(t token) bool {
	d := atoi(t.s)
	return t.kind == figures && len(t.s) <= 2 && d >= 1 && d <= 31
}

// daysBefore gives the days that stand before the date at token i, joined to its
// day, the same month and year: 1–5 июля, 1, 3 and 5 July, 7月1—3日.
func (r *reader) daysBefore(i int, d Date) {
	const most = 31 // days of a month
	for range most {
		j := i - 1
		for n := 0; n < 2 && isJoiner(r.tok(j).s); n++ { // ", and"
			j--
		}
		k := j
		if r.endsOrdinal(k) {
			k--
		} else if r.tok(k).kind == letters && isDash(r.tok(k-1).s) && isDay(r.tok(k-2)) && r.touching(k-2, k-1) { // 1-го
			k -= 2
		}
		if j == i-1 || !isDay(r.tok(k)) {
			return
		}
		// It was read not long ago.
		at := len(r.values) - 1
		for at >= 0 && r.values[at].Start > r.tok(k).start {
			at--
		}
		for at >= 0 && r.values[at].Start == r.tok(k).start && r.values[at].Kind != Number {
			at--
		}
		if at < 0 || r.values[at].Start != r.tok(k).start || r.values[at].Dated {
			return
		}
		r.values[at].Dated = true
		r.dates = append(r.dates, Date{Year: d.Year, Month: d.Month, Day: atoi(r.tok(k).s), Start: r.tok(k).start, End: r.tok(k).end})
		i = k
	}
}

// daysAfter reads the days that stand after the day of a month, before token k,
// and the year that may follow them: July 1–5, 2015. It returns the token after.
func (r *reader) daysAfter(k int, d *Date) int {
	var more []token
	j := k
	for isJoiner(r.tok(j).s) && r.tok(j).s != "," && isDay(r.tok(j+1)) && r.month(j+2) == 0 && r.tok(j+2).s != "of" {
		next := r.tok(j + 2)
		if r.tok(j).s == "and" && next.kind == letters && !set("in at on of")[next.s] {
			break // July 1 and 2 observers
		}
		more = append(more, r.tok(j+1))
		j += 2
	}
	j = r.year(j, d)
	for _, t := range more {
		r.date(Date{Year: d.Year, Month: d.Month, Day: atoi(t.s), Start: t.start, End: max(t.end, d.End)}, true)
	}
	if len(more) > 0 && d.Year > 0 {
		d.End = more[0].start - 1
		for d.End > d.Start && !isFigure(r.text[d.End-1]) {
			d.End--
		}
	}
	return j
}

func isFigure(c byte) bool { return c >= '0' && c <= '9' || c >= utf8.RuneSelf }

// dayOfMonth reads 5日 behind 7月1日至, and what else takes its month from a
// Chinese date before.
func (r *reader) dayOfMonth(i int) int {
	next := r.tok(i + 1)
	if r.lately.Month == 0 || !isDay(r.toks[i]) || next.kind != hanzi || !r.near(i, i+1) {
		return 0
	}
	c, w := utf8.DecodeRuneInString(next.s)
	if c != '日' && c != '号' || strings.HasPrefix(next.s[w:], "内") || strings.HasPrefix(next.s[w:], "之内") || strings.HasPrefix(next.s[w:], "以内") {
		return 0
	}
	// The month, a day of it, another number, or a clause stands before.
	if before := r.tok(i - 1); before.kind != mark && !isJoiner(before.s) && !strings.HasSuffix(before.s, "月") {
		return 0
	}
	d := Date{Year: r.lately.Year, Month: r.lately.Month, Day: atoi(r.toks[i].s), Start: r.toks[i].start, End: next.start + w}
	r.add(Value{Values: []float64{float64(d.Day)}, Firm: true, Dated: true, Start: r.toks[i].start, End: r.toks[i].end})
	r.dates = append(r.dates, d)
	r.daysBefore(i, d)
	if w < len(next.s) {
		r.toks[i+1] = token{kind: hanzi, s: next.s[w:], raw: next.raw[w:], start: next.start + w, end: next.end}
		return 1
	}
	return 2
}

// slashDate reads 19/09/2003, 19-09-2003 and 2003/9/19.
func (r *reader) slashDate(i int) int {
	sep := r.tok(i + 1).s
	if sep != "/" && sep != "-" || r.tok(i+3).s != sep || r.tok(i+2).kind != figures || r.tok(i+4).kind != figures {
		return 0
	}
	for k := i; k < i+4; k++ {
		if !r.touching(k, k+1) {
			return 0
		}
	}
	a, b, c := r.toks[i], r.tok(i+2), r.tok(i+4)
	if r.tok(i+5).s == sep && r.touching(i+4, i+5) || r.touching(i-1, i) && (r.tok(i-1).s == sep || r.tok(i-1).kind == letters) {
		return 0
	}
	switch {
	case len(a.s) <= 2 && len(b.s) <= 2 && len(c.s) == 4 && isCalendar(atoi(b.s), atoi(a.s)):
		r.wholeDate(atoi(c.s), atoi(b.s), atoi(a.s), a.start, c.end)
		if d := &r.dates[len(r.dates)-1]; d.Day <= 12 && d.Day != d.Month {
			d.Swapped = true
			for k := max(len(r.values)-3, 0); k < len(r.values); k++ {
				if v := &r.values[k]; v.Start == a.start && (v.Kind == Month || v.Values[0] == float64(d.Day)) {
					v.Values = append(v.Values, float64(d.Day+d.Month)-v.Values[0])
				}
			}
		}
	case len(a.s) == 4 && len(b.s) <= 2 && len(c.s) <= 2 && isCalendar(atoi(b.s), atoi(c.s)):
		r.wholeDate(atoi(a.s), atoi(b.s), atoi(c.s), a.start, c.end)
	default:
		return 0
	}
	return 5
}

// isCalendar tells whether the numbers can be a month and a day, in either order.
func isCalendar(m, d int) bool { return m >= 1 && d >= 1 && m <= 31 && d <= 31 && min(m, d) <= 12 }

// spread gives what the last of a span or list says to those before it: of 1,5–2
// млн the first is a million and a half, of 5–7 % both are percentages.
func (r *reader) spread() {
	last := -1 // the next number in the text
	for i := len(r.values) - 1; i >= 0; i-- {
		v := &r.values[i]
		if v.Kind != Number || v.Dated {
			continue
		}
		if last >= 0 {
			w := &r.values[last]
			if v.End <= w.Start && w.Start-v.End < 24 {
				between := strings.TrimSpace(r.text[v.End:w.Start])
				if isJoiner(between) || isJoiner(strings.TrimRight(between, " ,")) {
					if w.scaled > 1 && v.scaled == 0 {
						for _, x := range slices.Clone(v.Values) {
							v.Values = append(v.Values, x*w.scaled)
						}
						v.scaled = w.scaled
					}
					if w.Percent && (v.Values[0] <= 100 || isDash(between)) {
						v.Percent = true
					}
				}
			}
		}
		last = i
	}
}
