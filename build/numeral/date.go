package numeral

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wholeDate adds a date written in digits alone.
func (r *reader) wholeDate(y, m, d, start, end int) {
	if m > 12 && d <= 12 { // the order of the United States
		m, d = d, m
	}
	r.date(Date{Year: y, Month: m, Day: d, Start: start, End: end}, true)
}

// date adds a date and its parts, so far as they are known.
func (r *reader) date(d Date, inDigits bool) {
	for _, v := range []int{d.Day, d.Year} {
		if v > 0 {
			r.add(Value{Values: []float64{float64(v)}, Firm: true, Dated: true, Words: !inDigits, Start: d.Start, End: d.End})
		}
	}
	if d.Month >= 1 && d.Month <= 12 {
		r.add(Value{Kind: Month, Values: []float64{float64(d.Month)}, Firm: true, Dated: true, Words: !inDigits, Start: d.Start, End: d.End})
		if d.Day > 0 || d.Year > 0 {
			r.dates = append(r.dates, d)
		}
	}
}

// dayMonth reads “12 September 2014”, “12th of September”, “12 сентября 2014”
// from its day, which is token i.
func (r *reader) dayMonth(i int) int {
	day := r.toks[i]
	k := i + 1
	if r.endsOrdinal(k) {
		k++
	} else if isDash(r.tok(k).s) && r.touching(i, k) && r.touching(k, k+1) && dayEndings[r.tok(k+1).s] {
		k += 2
	}
	if numbered(r.tok(i-1).s, r.tok(i-2).s) && (r.own.of == "" || r.tok(k).s == r.own.of) {
		return 0 // No. 5 of May 2010
	}
	if of := r.own.of; of != "" && r.tok(k).s == of {
		k++
	}
	m := r.month(k)
	if m == 0 || !r.near(k-1, k) || len(day.s) > 2 {
		return 0
	}
	d := Date{Month: m, Day: atoi(day.s), Start: day.start, End: r.tok(k).end}
	if d.Day < 1 || d.Day > 31 {
		return 0
	}
	k++
	if r.own == vocabularies["en"] && r.tok(k-2).s == "of" && isDay(r.tok(k)) && r.near(k-1, k) {
		return 0 // No. 1 of June 7, 2002
	}
	k = r.year(k, &d)
	r.date(d, true)
	r.daysBefore(i, d)
	return k - i
}

// dayEndings follow the figures of a Russian day: 12-го сентября.
var dayEndings = set("го е ое ого му ому м")

// numbered tells from the word before, and the one before that, that figures
// number a thing.
func numbered(before, beforeThat string) bool {
	if before == "." {
		before = beforeThat
	}
	return before == "№" || before == "º" || before == "°" || numberWords[before]
}

var numberWords = set("no nos number numbers nr n article articles paragraph paragraphs section protocol resolution decision order chapter part annex decree item номер номера")

// monthDay reads “September 12, 2014”, “September 2014”, «в сентябре 2014» and
// a month alone from its month, which is token i.
func (r *reader) monthDay(i int) int {
	m := r.month(i)
	if m == 0 {
		return 0
	}
	d := Date{Month: m, Start: r.toks[i].start, End: r.toks[i].end}
	k := i + 1
	if r.tok(k).s == "." && r.touching(i, k) {
		k++
	}
	if t := r.tok(k); t.kind == figures && len(t.s) <= 2 && r.near(k-1, k) && r.toks[i].raw[0] < utf8.RuneSelf {
		d.Day, d.End = atoi(t.s), t.end
		k++
		if r.endsOrdinal(k) {
			k++
		}
	}
	before := k
	if d.Day > 0 {
		k = r.daysAfter(k, &d)
	} else {
		k = r.year(k, &d)
	}
	if k == before && d.Day == 0 {
		r.add(Value{Kind: Month, Values: []float64{float64(m)}, Firm: !commonWords[r.toks[i].s], Dated: true, Words: true, Start: d.Start, End: d.End})
		return 1
	}
	r.date(d, true)
	return k - i
}

// month returns the month that token i names, or 0. English words that are
// months begin with a capital.
func (r *reader) month(i int) int {
	if i >= len(r.toks) || r.toks[i].kind != letters {
		return 0
	}
	m := r.vocabulary(i).months[r.toks[i].s]
	if c, _ := utf8.DecodeRuneInString(r.toks[i].raw); m > 0 && r.vocabulary(i) == vocabularies["en"] && !unicode.IsUpper(c) {
		return 0
	}
	return m
}

// year takes the year at token k into the date, after a comma perhaps, and
// returns the token after it.
func (r *reader) year(k int, d *Date) int {
	j := k
	if r.tok(j).s == "," || r.own.of != "" && r.own.of != "of" && r.tok(j).s == r.own.of { // de 2015
		j++
	}
	t := r.tok(j)
	if t.kind == figures && len(t.s) == 4 && (j == k || r.near(j-1, j)) && r.near(k-1, k) {
		d.Year, d.End = atoi(t.s), t.end
		return j + 1
	}
	return k
}

// chineseDate reads 2014年9月12日, or a part of it, from the number at token i.
func (r *reader) chineseDate(i int) int {
	d := Date{Start: r.toks[i].start}
	if l := r.lately; l.Month == 0 && l.Year > 0 && l.End == d.Start { // 二〇一五年7月
		d.Year, d.Start = l.Year, l.Start
	}
	k, units := i, 0
	for r.tok(k).kind == figures {
		u := r.tok(k + 1)
		if u.kind != hanzi || !r.near(k, k+1) {
			break
		}
		v := atoi(r.tok(k).s)
		c, n := utf8.DecodeRuneInString(u.s)
		switch {
		case c == '年' && units == 0 && !strings.HasPrefix(u.s, "年代"):
			d.Year = v
		case c == '月' && d.Month == 0 && v >= 1 && v <= 12:
			d.Month = v
		case (c == '日' || c == '号') && d.Month > 0 && d.Day == 0:
			d.Day = v
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		units++
		d.End = u.start + n
		if n < len(u.s) {
			// What follows in the same run is not part of the date, but it is
			// read for numerals of its own.
			rest := token{kind: hanzi, s: u.s[n:], raw: u.raw[n:], start: u.start + n, end: u.end}
			r.toks[k+1] = rest
			k++
			break
		}
		k += 2
	}
	if d.Month == 0 {
		return 0
	}
	r.lately = d
	r.date(d, true)
	return k - i
}

// endsOrdinal reports whether token i is what makes the figures before it an
// ordinal: 12th, 12., 1er.
func (r *reader) endsOrdinal(i int) bool {
	t := r.tok(i)
	if !r.touching(i-1, i) {
		return false
	}
	for _, v := range []*vocabulary{r.own, r.quoted} {
		if v.endings != "" && strings.Contains(v.endings, " "+t.s+" ") {
			return true
		}
	}
	return false
}
