package numeral

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stele/build/lang"
)

var (
	isoDate   = regexp.MustCompile(`^(\d{4})$`)
	pointDate = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
)

// figures reads a number in figures with what belongs to it: a date, a
// multiplier, a percent sign, a unit of the Chinese calendar.
func (r *reader) figures(i int) int {
	t := r.toks[i]
	if m := pointDate.FindStringSubmatch(t.s); m != nil {
		r.wholeDate(atoi(m[3]), atoi(m[2]), atoi(m[1]), t.start, t.end)
		return 1
	}
	if isoDate.MatchString(t.s) && r.tok(i+1).s == "-" && r.tok(i+3).s == "-" && r.tok(i+4).kind == figures && r.touching(i, i+1) && r.touching(i+3, i+4) && len(r.tok(i+2).s) == 2 && len(r.tok(i+4).s) == 2 {
		r.wholeDate(atoi(t.s), atoi(r.tok(i+2).s), atoi(r.tok(i+4).s), t.start, r.tok(i+4).end)
		return 5
	}
	values := Readings(t.s)
	if len(values) == 0 {
		// 1.2.3 and the like: a code, whatever the points part.
		r.add(Value{Kind: Code, Firm: true, Code: t.s, Start: t.start, End: t.end})
		return 1
	}
	if h, m, ok := strings.Cut(t.s, "."); ok && len(h) <= 2 && len(m) == 2 && r.near(i, i+1) && isNoon(r.tok(i+1).s, r.tok(i+2).s, r.tok(i+3).s) {
		// 7.55 pm is a time
		r.add(Value{Values: []float64{float64(atoi(h)), float64(atoi(h) + 12)}, Firm: true, Start: t.start, End: t.start + len(h)})
		r.add(Value{Values: []float64{float64(atoi(m))}, Firm: m != "00", Start: t.start + len(h) + 1, End: t.end})
		return 1
	}
	f := Value{Values: values, Firm: true, Start: t.start, End: t.end}
	used := 1
	next := r.tok(i + 1)
	// 20 млн, 1.5 million, 5万
	if r.near(i, i+1) {
		switch next.kind {
		case letters:
			if m := Scale(next.s); m > 0 {
				f.scale(m)
				f.End = next.end
				used++
			}
		case hanzi:
			more := runOf(next.s, func(c rune) bool { return strings.ContainsRune("多余餘几", c) })
			if m, n := HanScale(next.s[more:]); n > 0 {
				f.scale(m)
				f.End = next.start + more + n
			}
		}
	}
	next = r.tok(i + used)
	near := r.near(i+used-1, i+used)
	switch {
	case near && (next.s == "%" || next.s == "％"), near && percents[next.s], r.near(i-1, i) && strings.HasSuffix(r.tok(i-1).s, "百分之"):
		f.Percent = true
	case near && isNoon(next.s, r.tok(i+used+1).s, r.tok(i+used+2).s):
		f.Values = append(f.Values, values[0]+12)
	}
	// 2015–25
	if k := i - 2; k >= 0 && len(t.s) == 2 && isDash(r.tok(i-1).s) && r.tok(k).kind == figures && len(r.tok(k).s) == 4 && r.touching(k, i-1) && r.touching(i-1, i) {
		f.Values = append([]float64{float64(atoi(r.tok(k).s[:2] + t.s)), values[0]}, values[1:]...)
	}
	if r.toks[i].end == f.End && next.kind == hanzi && near && len(values) == 1 {
		if n := r.chineseDate(i); n > 0 {
			return n
		}
	}
	if n := r.dayMonth(i); n > 0 {
		return n
	}
	switch {
	case near && next.kind == hanzi && strings.HasPrefix(next.s, "世纪") && strings.HasPrefix(r.tok(i+3).s, "年代"):
		f.Firm = false // 20世纪80年代: the eighties say it all
	case near && next.kind == hanzi && values[0] == 1 && hasMeasure(next.s):
		f.Firm = false // 1个: others have an article
	case near && next.kind == hanzi && (strings.HasPrefix(next.s, "点") || strings.HasPrefix(next.s, "时")) && values[0] <= 12:
		f.Values = append(f.Values, values[0]+12)
	case t.s == "00" && r.tok(i-1).s == ":":
		f.Firm = false // 15:00
	// 21st, 1990s, 18-летний, 90-х: the ending says nothing more.
	case r.touching(i, i+1) && next.kind == letters && len(next.raw) <= 2 && r.base == "en":
		used = 2
	case r.touching(i, i+1) && isDash(next.s) && r.touching(i+1, i+2) && r.tok(i+2).kind == letters && r.base == "ru":
		used = 3
		f.Percent = f.Percent || strings.HasPrefix(r.tok(i+2).s, "процент")
	}
	r.add(f)
	return used
}

func (f *Value) scale(m float64) {
	f.Values = slices.Clone(f.Values)
	for k := range f.Values {
		f.Values[k] *= m
	}
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func isDash(s string) bool {
	switch s {
	case "-", "–", "—", "‐", "‑", "−", "~", "～", "/":
		return true
	}
	return false
}

// isNoon reports whether the words are am or pm.
func isNoon(a, b, c string) bool {
	return a == "pm" || a == "am" || (a == "p" || a == "a") && b == "." && c == "m"
}

// hasMeasure reports whether s begins with a Chinese measure word that is not
// one of the calendar.
func hasMeasure(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(measures, c) && !strings.ContainsRune("年月日号號", c)
}

// Figure reads the number in figures that s begins with, its groups joined:
// the likeliest value and the length in bytes. Of 1.2.3, which is no number, it
// reads what stands before the second point.
func Figure(s string) (value float64, size int) {
	n := runOf(s, isDigit)
	size = figuresLen(s)
	if size == n { // as nearly always
		value, _ = strconv.ParseFloat(lang.Digits(s[:n]), 64)
		return value, size
	}
	if values := Readings(lang.Digits(s[:size])); len(values) > 0 {
		return values[0], size
	}
	_, w := utf8.DecodeRuneInString(s[n:])
	if more := n + w + runOf(s[n+w:], isDigit); more < size {
		if values := Readings(lang.Digits(s[:more])); len(values) > 0 {
			return values[0], more
		}
	}
	value, _ = strconv.ParseFloat(lang.Digits(s[:n]), 64)
	return value, n
}

// Readings lists what a number in digits may stand for, the language being no
// sure guide: 1.234 and 1,234 are a thousand or a fraction.
func Readings(s string) []float64 {
	var groups []string
	var seps []rune
	at := 0
	for i, c := range s {
		if c < '0' || c > '9' {
			groups = append(groups, s[at:i])
			seps = append(seps, c)
			at = i + utf8.RuneLen(c)
		}
	}
	groups = append(groups, s[at:])
	whole := func(parts []string) float64 {
		x, err := strconv.ParseFloat(strings.Join(parts, ""), 64)
		if err != nil || math.IsInf(x, 0) {
			return math.NaN()
		}
		return x
	}
	thousands := len(groups[0]) <= 3 && groups[0] != "0"
	for _, g := range groups[1:] {
		thousands = thousands && len(g) == 3
	}
	var out []float64
	last := len(groups) - 1
	switch {
	case last == 0:
		out = append(out, whole(groups))
	case last == 1 && (seps[0] == '.' || seps[0] == ','):
		x, _ := strconv.ParseFloat(groups[0]+"."+groups[1], 64)
		if thousands {
			out = append(out, whole(groups))
		}
		out = append(out, x)
	default:
		same := true
		for _, c := range seps[1:] {
			same = same && c == seps[0]
		}
		if thousands && same {
			return []float64{whole(groups)}
		}
		end := seps[last-1]
		if (end == '.' || end == ',') && !slices.Contains(seps[:last-1], end) {
			head := Readings(strings.Join(groups[:last], ""))
			x, err := strconv.ParseFloat(strings.Join(groups[:last], "")+"."+groups[last], 64)
			if len(head) > 0 && err == nil {
				return []float64{x}
			}
		}
		return nil
	}
	return out
}
