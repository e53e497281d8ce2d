package search

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stele/build/lang"
	"stele/build/numeral"
)

// value is a number, or a date of which some parts are known. It is written
// "12", "1.5", "2015-07-10", "2015-07" or "-07-10".
type value struct {
	number           string
	year, month, day int
}

func (v value) String() string {
	switch {
	case v.number != "":
		return v.number
	case v.day == 0:
		return fmt.Sprintf("%04d-%02d", v.year, v.month)
	case v.year == 0:
		return fmt.Sprintf("-%02d-%02d", v.month, v.day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", v.year, v.month, v.day)
}

// agrees reports whether the value asked for is the one in the text, or a part
// of it.
func (v value) agrees(found value) bool {
	if v.number != "" || found.number != "" {
		return v.number == found.number
	}
	part := func(a, b int) bool { return a == 0 || a == b }
	return part(v.year, found.year) && part(v.month, found.month) && part(v.day, found.day)
}

// keys are the words of the index under which the value is found: a date by its
// year and month too, and without its year.
func (v value) keys() []string {
	if v.number != "" {
		return []string{"=" + v.number}
	}
	var out []string
	if v.year != 0 && v.day != 0 {
		out = append(out, "="+v.String())
	}
	if v.year != 0 {
		out = append(out, "="+value{year: v.year, month: v.month}.String())
	}
	if v.day != 0 {
		out = append(out, "="+value{month: v.month, day: v.day}.String())
	}
	return out
}

// span is a number or a date in a text, by byte offsets. Notations that can be
// read in two ways have two values.
type span struct {
	start, end int
	values     []value
}

// spans are the dates and numbers of a text that its words do not show by
// themselves: numbers in plain digits are left out.
func spans(l *lang.Language, text string) []span {
	numbers, dates := numeral.Read(l, text)
	var out []span
	for _, d := range dates {
		out = append(out, span{d.Start, d.End, []value{{year: d.Year, month: d.Month, day: d.Day}}})
	}
	for _, n := range numbers {
		written := text[n.Start:n.End]
		if n.Kind != numeral.Number || !n.Firm || plainDigits.MatchString(written) {
			continue
		}
		s := span{n.Start, n.End, nil}
		for _, v := range n.Values {
			s.values = append(s.values, value{number: strconv.FormatFloat(v, 'f', -1, 64)})
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	kept, end := out[:0], 0
	for _, s := range out { // a date holds its parts
		if s.start >= end {
			kept, end = append(kept, s), s.end
		}
	}
	return kept
}

// romanLetters is what a Roman numeral is folded to.
var romanLetters = regexp.MustCompile(`^[ivxlcdm]+$`)

var plainDigits = regexp.MustCompile(`^[0-9]+$`)

// months are the names of months in the languages of the site.
func (x *Index) monthNames() map[string]int {
	out := map[string]int{}
	for _, l := range x.site.Langs {
		maps.Copy(out, numeral.Months(lang.Of(l.Tag).Base))
	}
	return out
}

// queryReader reads the numbers and dates of a query, whose language is not
// known. The script of the theme does the same (values in find.js).
type queryReader struct {
	text   string
	toks   []token
	months map[string]int
}

// values are those of the query, by first token.
func (x *Index) values(query string, toks []token) map[int]readValue {
	r := queryReader{query, toks, x.months}
	out := map[int]readValue{}
	for i := 0; i < len(toks); {
		if end, values := r.at(i); values != nil {
			out[i] = readValue{end, values}
			i = end
		} else {
			i++
		}
	}
	return out
}

var (
	figure    = regexp.MustCompile(`^([0-9]{1,4})(?:st|nd|rd|th)?$`)
	triple    = regexp.MustCompile(`^[0-9]{3}$`)
	grouping  = regexp.MustCompile("^[ ,.'\u00A0\u2009\u202F]$")
	decimal   = regexp.MustCompile(`^[.,]$`)
	hanDigits = map[string]int{"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
	hanUnits  = map[string]int{"十": 10, "百": 100, "千": 1000}
	hanNumber = regexp.MustCompile(`^(?:.千)?零?(?:.百)?零?(?:[^十百千]?十)?[^十百千]?$`)
)

// number is a number in digits or Chinese characters from token i, and how
// many tokens it has, 0 for none.
func (r *queryReader) number(i int) (n, size int) {
	if i >= len(r.toks) {
		return 0, 0
	}
	if t := r.toks[i]; !t.char {
		if m := figure.FindStringSubmatch(t.form); m != nil {
			n, _ = strconv.Atoi(m[1])
			return n, 1
		}
		return 0, 0
	}
	var word []string
	units := false
	for k := i; k < len(r.toks) && r.toks[k].char && (k == i || r.toks[k].gap == joined); k++ {
		_, digit := hanDigits[r.toks[k].form]
		_, unit := hanUnits[r.toks[k].form]
		if !digit && !unit {
			break
		}
		units = units || unit
		word = append(word, r.toks[k].form)
	}
	switch {
	case len(word) == 0:
		return 0, 0
	case !units:
		if len(word) != 1 && len(word) != 4 {
			return 0, 0
		}
		for _, c := range word {
			n = n*10 + hanDigits[c]
		}
		return n, len(word)
	case !hanNumber.MatchString(strings.Join(word, "")):
		return 0, 0
	}
	sum := 0
	for _, c := range word {
		if d, ok := hanDigits[c]; ok {
			n = d
		} else {
			sum += max(n, 1) * hanUnits[c]
			n = 0
		}
	}
	return sum + n, len(word)
}

func (r *queryReader) char(i int, set string) bool {
	return i < len(r.toks) && r.toks[i].char && r.toks[i].gap < hard && strings.Contains(set, r.toks[i].form)
}

func (r *queryReader) month(i int) int {
	if i >= len(r.toks) || r.toks[i].char {
		return 0
	}
	return r.months[r.toks[i].form]
}

func isDay(n, size int) bool { return size > 0 && n >= 1 && n <= 31 }

func (r *queryReader) isYear(n, size, i int) bool {
	return size > 0 && n >= 1000 && n <= 2999 && (r.toks[i].char || len(r.toks[i].form) == 4)
}

// between is what parts token i from the next.
func (r *queryReader) between(i int) string { return r.text[r.toks[i].end:r.toks[i+1].start] }

// at reads the value that begins at token i: the token after it, and what it
// can stand for.
func (r *queryReader) at(i int) (int, []value) {
	one := func(end int, v value) (int, []value) { return end, []value{v} }
	if n, size := r.number(i); size > 0 {
		j := i + size
		if r.char(j, "年") && r.isYear(n, size, i) {
			if m, k := r.number(j + 1); k > 0 && r.char(j+1+k, "月") && m <= 12 {
				k += j + 2
				if d, e := r.number(k); isDay(d, e) && r.char(k+e, "日号") {
					return one(k+e+1, value{year: n, month: m, day: d})
				}
				return one(k, value{year: n, month: m})
			}
			return 0, nil
		}
		if r.char(j, "月") && n <= 12 {
			if d, e := r.number(j + 1); isDay(d, e) && r.char(j+1+e, "日号") {
				return one(j+2+e, value{month: n, day: d})
			}
			return 0, nil
		}
		if !r.toks[i].char && isDay(n, size) {
			if m := r.month(j); m > 0 {
				if y, e := r.number(j + 1); r.isYear(y, e, j+1) {
					return one(j+1+e, value{year: y, month: m, day: n})
				}
				return one(j+1, value{month: m, day: n})
			}
		}
		if end, v := r.figures(i); v != nil {
			return end, v
		}
		if r.toks[i].char {
			if size > 1 || j >= len(r.toks) || !r.toks[j].char {
				return one(j, value{number: strconv.Itoa(n)})
			}
			return 0, nil
		}
	}
	if m := r.month(i); m > 0 {
		d, k := r.number(i + 1)
		switch {
		case isDay(d, k) && !r.isYear(d, k, i+1):
			if y, e := r.number(i + 2); r.isYear(y, e, i+2) {
				return one(i+3, value{year: y, month: m, day: d})
			}
			return one(i+2, value{month: m, day: d})
		case r.isYear(d, k, i+1):
			return one(i+2, value{year: d, month: m})
		}
		return 0, nil
	}
	return r.plain(i)
}

// figures reads 2015-07-10, 10.07.2015 and 7/10/2015.
func (r *queryReader) figures(i int) (int, []value) {
	if i+2 >= len(r.toks) || r.toks[i].char || r.toks[i+1].char || r.toks[i+2].char {
		return 0, nil
	}
	a, k := r.number(i)
	b, l := r.number(i + 1)
	c, m := r.number(i + 2)
	sep := r.between(i)
	if l == 0 || m == 0 || sep != r.between(i+1) || sep != "-" && sep != "." && sep != "/" {
		return 0, nil
	}
	switch {
	case r.isYear(a, k, i) && b >= 1 && b <= 12 && isDay(c, m):
		return i + 3, []value{{year: a, month: b, day: c}}
	case r.isYear(c, m, i+2) && isDay(a, k) && isDay(b, l):
		var all []value
		if b <= 12 {
			all = append(all, value{year: c, month: b, day: a})
		}
		if sep == "/" && a <= 12 {
			all = append(all, value{year: c, month: a, day: b})
		}
		return i + 3, all
	}
	return 0, nil
}

// plain reads 1 000 000, 1,000,000 and 1.5. What is 1.5 thousand in one language and
// 1.500 in another is both; three zeros are a thousand in all.
func (r *queryReader) plain(i int) (int, []value) {
	t := r.toks[i]
	if t.char || !plainDigits.MatchString(t.form) {
		return 0, nil
	}
	number := func(s string) value {
		f, _ := strconv.ParseFloat(s, 64)
		return value{number: strconv.FormatFloat(f, 'f', -1, 64)}
	}
	j, whole := i+1, t.form
	if len(t.form) <= 3 {
		for ; j < len(r.toks) && triple.MatchString(r.toks[j].form) && grouping.MatchString(r.between(j-1)); j++ {
			whole += r.toks[j].form
		}
	}
	all := []value{number(whole)}
	switch {
	case j == i+2 && decimal.MatchString(r.between(i)) && r.toks[i+1].form != "000":
		all = append(all, number(t.form+"."+r.toks[i+1].form))
	case j == i+1 && j < len(r.toks) && plainDigits.MatchString(r.toks[j].form) && decimal.MatchString(r.between(i)):
		return j + 1, []value{number(t.form + "." + r.toks[j].form)}
	}
	return j, all
}
