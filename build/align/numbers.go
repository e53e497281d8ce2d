package align

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"stele/build/numeral"
)

// number reads a number that begins at the k-th span, in digits, Chinese
// numerals or words, with its multiplier, and adds it to the unit as its value.
// It returns how many spans it used, 0 if there is no number.
func (rd *reader) number(u *unit, low string, k int) int {
	sp := rd.spans[k]
	t := low[sp.from:sp.to]
	used := 1
	var value float64
	switch {
	case sp.digits:
		value, used = rd.digits(low, k)
	case sp.script == noScript:
		rd.add(u, "\x06"+sign(t), classSign, noScript, false)
		return 1
	case sp.script == latin, sp.script == cyrillic:
		m, ok := numeral.Means(t)
		switch {
		case ok && m.Month > 0 && (sp.capital || !m.Common):
			rd.month(u, m.Month)
			return 1
		case !m.Named:
			return 0
		}
		value = m.Number
	default:
		return 0
	}
	// A multiplier: million, млн, 万, 亿.
	if next := k + used; next < len(rd.spans) && rd.spans[next].from-rd.spans[next-1].to <= 2 {
		m := low[rd.spans[next].from:rd.spans[next].to]
		if f := numeral.Scale(m); f > 0 {
			value *= f
			used++
		} else if rd.spans[next].script == han && sp.digits {
			f, size := numeral.HanScale(m)
			value *= f
			m = m[size:]
			if strings.HasPrefix(m, "月") && !strings.HasPrefix(m, "月后") && value >= 1 && value <= 12 {
				rd.month(u, int(value))
				return used
			}
		}
	}
	rd.value(u, value)
	return used
}

func sign(t string) string {
	switch t {
	case "％":
		return "%"
	}
	return t
}

// value adds a number by its value.
func (rd *reader) value(u *unit, x float64) {
	c := classNumber
	if x < 13 && x == float64(int(x)) {
		c = classSmall
	}
	rd.add(u, "\x02"+strconv.FormatFloat(x, 'g', 6, 64), c, noScript, false)
}

// month adds a month by its number.
func (rd *reader) month(u *unit, m int) {
	rd.add(u, "\x02m"+strconv.Itoa(m), classSmall, noScript, false)
}

// digits reads the figures at the k-th span, whose groups may be spans of their own.
func (rd *reader) digits(low string, k int) (value float64, used int) {
	from := rd.spans[k].from
	value, size := numeral.Figure(low[from:])
	for used = 1; k+used < len(rd.spans) && rd.spans[k+used].from < from+size; used++ {
	}
	return value, used
}

// hanNumber adds the Chinese numeral that stands at t[i:], if it counts
// something there, and returns its length in bytes.
func (rd *reader) hanNumber(u *unit, t string, i int) int {
	r, _ := utf8.DecodeRuneInString(t[i:])
	if _, ok := numeral.HanDigit(r); !ok && r != '十' {
		return 0
	}
	x, size, letters := numeral.Han(t[i:])
	next, _ := utf8.DecodeRuneInString(t[i+size:])
	ordinal := strings.HasSuffix(t[:i], "第")
	switch {
	case next == '月' && x >= 1 && x <= 12 && !strings.HasPrefix(t[i+size:], "月后"):
		rd.month(u, int(x))
		return size
	case letters == 1 && (r == '一' || next == '分') && !ordinal && !strings.ContainsRune("日条年款章", next):
		return 0
	}
	rd.value(u, x)
	return size
}
