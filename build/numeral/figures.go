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
	yearPoint = regexp.MustCompile(`^(\d{4})\.(\d{1,2})\.(\d{1,2})$`)
	dayPoint  = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})$`)
)

// figures reads a number in figures with what belongs to it: a date, a
// multiplier, a percent sign, a unit of the Chinese calendar.
func (r *reader) figures(i int) int {
	t := r.toks[i]
	if m := pointDate.FindStringSubmatch(t.s); m != nil {
		r.wholeDate(atoi(m[3]), atoi(m[2]), atoi(m[1]), t.start, t.end)
		if n := len(r.dates); isCalendar(atoi(m[2]), atoi(m[1])) && n > 0 {
			r.daysBefore(i, r.dates[n-1])
		}
		return 1
	}
	if m := yearPoint.FindStringSubmatch(t.s); m != nil && isCalendar(atoi(m[2]), atoi(m[3])) {
		r.wholeDate(atoi(m[1]), atoi(m[2]), atoi(m[3]), t.start, t.end)
		return 1
	}
	if m, to := dayPoint.FindStringSubmatch(t.s), pointDate.FindStringSubmatch(r.tok(i+2).s); m != nil && to != nil && isJoiner(r.tok(i+1).s) && isCalendar(atoi(m[1]), atoi(m[2])) {
		r.wholeDate(atoi(to[3]), atoi(m[2]), atoi(m[1]), t.start, t.end)
		return 1
	}
	if isoDate.MatchString(t.s) && r.tok(i+1).s == "-" && r.tok(i+3).s == "-" && r.tok(i+4).kind == figures && r.touching(i, i+1) && r.touching(i+3, i+4) && len(r.tok(i+2).s) == 2 && len(r.tok(i+4).s) == 2 {
		r.wholeDate(atoi(t.s), atoi(r.tok(i+2).s), atoi(r.tok(i+4).s), t.start, r.tok(i+4).end)
		return 5
	}
	for _, read := range []func(int) int{r.slashDate, r.slashed, r.clock, r.dayOfMonth, r.solarDate} {
		if n := read(i); n > 0 {
			return n
		}
	}
	values := Readings(t.s)
	if len(values) == 0 {
		// 1.2.3 and the like: a code, whatever the points part.
		r.add(Value{Kind: Code, Firm: true, Code: t.s, Start: t.start, End: t.end})
		return 1
	}
	f := Value{Values: values, Firm: true, Start: t.start, End: t.end}
	if r.base == "fa" && len(t.s) == 4 && values[0] > 1250 && values[0] < 1450 {
		f.Values = append(f.Values, values[0]+621, values[0]+622) // a solar year has parts of two others
	}
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
				// mil millones
				if more := Scale(r.tok(i + used).s); more > m && r.near(i+used-1, i+used) {
					f.scale(more)
					f.End = r.tok(i + used).end
					used++
				}
			}
		case hanzi:
			more := runOf(next.s, func(c rune) bool { return strings.ContainsRune("多余餘几", c) })
			if m, n := HanScale(next.s[more:]); n > 0 {
				f.scale(m)
				f.End = next.start + more + n
			}
		}
		used += r.smaller(i+used, &f)
	}
	next = r.tok(i + used)
	near := r.near(i+used-1, i+used)
	switch {
	case near && r.isPercent(i+used), r.near(i-1, i) && strings.HasSuffix(r.tok(i-1).s, "百分之"), near && strings.HasPrefix(next.s, "个百分点"),
		(r.tok(i-1).s == "%" || r.tok(i-1).s == "٪") && r.touching(i-1, i):
		f.Percent = true
	case near && next.kind == hanzi && strings.HasPrefix(next.s, "成") && values[0] <= 10:
		f.Values, f.Percent = []float64{10 * values[0]}, true // 8成
	case near && next.kind == hanzi && strings.HasPrefix(next.s, "倍") && grows(r.tok(i-1).s):
		f.Values = append(f.Values, values[0]+1) // 增长2倍: it tripled
	case near && r.andHalf(i+used) > 0:
		used = r.andHalf(i+used) - i
		f.Values, f.End = []float64{values[0] + .5}, r.tok(i+used-1).end
	case near && decades[next.s] > 0 && next.kind == letters:
		f.Values = append(f.Values, values[0]*decades[next.s])
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
	case near && next.kind == hanzi && strings.HasPrefix(next.s, "世纪初"):
		f.Firm = false // the early 2000s
	case near && next.kind == hanzi && values[0] == 1 && f.End == t.end && !numbersThings(next.s) && !strings.HasSuffix(r.tok(i-1).s, "第"):
		f.Firm = false // 1个, 1美元: others have an article
	case near && next.kind == hanzi && (strings.HasPrefix(next.s, "点") || strings.HasPrefix(next.s, "时")) && values[0] <= 24:
		f.hour(int(values[0]), hanHalf(r.tok(i-1).s))
		f.Firm = values[0] > 0
		if strings.HasPrefix(next.s[len("点"):], "半") {
			r.add(Value{Values: []float64{30}, Start: next.start, End: next.start + len("点半")})
		}
	case r.base == "zh" && (r.tok(i-1).s == "·" && r.touching(i-1, i) || next.s == "·" && r.touching(i, i+1)):
		f.Firm = false // “9·11”: September 11
		if next.s == "·" && values[0] <= 12 {
			r.add(Value{Kind: Month, Values: values[:1], Dated: true, Start: t.start, End: t.end})
		}
	case len(t.s) == 4 && strings.HasSuffix(t.s, "00") && (next.s == "s" || isDash(next.s) && (r.tok(i+2).s == "е" || r.tok(i+2).s == "х")) && r.touching(i, i+1):
		f.Firm = false // the 2000s: 21世纪初
		used = 2
		if next.s != "s" {
			used = 3
		}
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

// smaller adds what the number at token i says more exactly: 1 млрд 200 млн,
// 1亿2000万. It returns how many tokens it used.
func (r *reader) smaller(i int, f *Value) int {
	// The scale of a Chinese number is still to be passed.
	from, han := i, r.tok(i).kind == hanzi && f.End == r.tok(i).end
	if han {
		i++
	}
	n := r.tok(i)
	if f.scaled < 1e3 || n.kind != figures || !r.near(i-1, i) || len(f.Values) != 1 || r.base == "en" {
		return 0
	}
	values := Readings(n.s)
	if len(values) != 1 {
		return 0
	}
	var scale float64
	var end, used int
	switch next := r.tok(i + 1); {
	case han && next.kind == hanzi && r.touching(i, i+1):
		m, size := HanScale(next.s)
		if size == 0 {
			return 0
		}
		scale, end, used = m, next.start+size, i+1
		if size == len(next.s) {
			used++
		}
	case !han && next.kind == letters && r.near(i, i+1):
		scale, end, used = Scale(next.s), next.end, i+2
	default:
		return 0
	}
	if scale <= 1 || values[0]*scale >= f.scaled {
		return 0
	}
	f.Values = []float64{f.Values[0] + values[0]*scale}
	f.End = end
	return used - from
}

// grows reports whether what is said before a Chinese multiple adds it to what
// there was: 增长两倍, it tripled.
func grows(before string) bool {
	before = strings.TrimSuffix(before, "了")
	for _, w := range []string{"增长", "增加", "提高", "扩大", "上升", "增大", "多"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// isPercent reports whether the words at token i make the number before them a
// percentage.
func (r *reader) isPercent(i int) bool {
	t := r.tok(i)
	switch t.s {
	case "%", "％", "٪":
		return true
	case "pour", "por":
		return r.tok(i+1).s == "cent" || r.tok(i+1).s == "ciento"
	case "في", "في\u200c":
		return strings.HasPrefix(r.tok(i+1).s, "المئ") || strings.HasPrefix(r.tok(i+1).s, "المائ")
	}
	return percents[t.s] || strings.HasPrefix(t.s, "процент")
}

// numbersThings reports whether s begins with what is numbered, not counted.
func numbersThings(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("年月日号號条條款章节页頁届", c)
}

func (f *Value) scale(m float64) {
	if f.scaled == 0 {
		f.scaled = 1
	}
	f.scaled *= m
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

// isIndian reports whether the groups are those of 12,34,567.
func isIndian(groups []string) bool {
	last := len(groups) - 1
	for _, g := range groups[1:last] {
		if len(g) != 2 {
			return false
		}
	}
	return len(groups[0]) <= 2 && len(groups[last]) == 3
}

// Readings lists what a number in digits may stand for, the language being no
// sure guide: 1.234 and 1,234 are a thousand or a fraction.
func Readings(s string) []float64 {
	var groups []string
	var seps []rune
	at := 0
	if strings.ContainsAny(s, "٫٬") {
		s = strings.NewReplacer("٫", ".", "٬", ",").Replace(s)
	}
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
		if thousands && same || isIndian(groups) && same && seps[0] == ',' {
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
