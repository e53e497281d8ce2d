package numeral

import (
	"strings"
	"unicode/utf8"
)

// HanDigit returns the value of a Chinese digit, and whether r is one.
func HanDigit(r rune) (value float64, ok bool) {
	switch r {
	case '〇', '零':
		return 0, true
	case '一':
		return 1, true
	case '二', '两', '兩':
		return 2, true
	case '三':
		return 3, true
	case '四':
		return 4, true
	case '五':
		return 5, true
	case '六':
		return 6, true
	case '七':
		return 7, true
	case '八':
		return 8, true
	case '九':
		return 9, true
	}
	return 0, false
}

// hanUnit returns the value of a Chinese unit, or 0.
func hanUnit(r rune) float64 {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1e3
	case '万', '萬':
		return 1e4
	case '亿', '億':
		return 1e8
	}
	return 0
}

// measures follow a Chinese numeral that counts something.
const measures = "个個项項条條章款节届次名种類类份部家位人倍周期级级層层段页頁卷号號股座支套篇组批轮点號世日天月年岁歲把件张"

// HanScale reads 万, 亿, 千万 … at the start of s, which multiply a number
// before them, and returns the length in bytes, 0 if there is none.
func HanScale(s string) (scale float64, size int) {
	scale = 1
	for {
		c, w := utf8.DecodeRuneInString(s[size:])
		u := hanUnit(c)
		if u < 100 {
			return scale, size
		}
		scale *= u
		size += w
	}
}

// hanReading is a Chinese numeral as it is written.
type hanReading struct {
	value                 float64
	size                  int // in bytes
	letters, units, zeros int
	wellFormed            bool
}

// readHan reads the Chinese numeral at the start of s, digit by digit (二〇二五)
// or with units (二千零二十五).
func readHan(s string) hanReading {
	h := hanReading{wellFormed: true}
	var total, section, digit, run float64
	afterDigit := false
	for h.size < len(s) {
		c, w := utf8.DecodeRuneInString(s[h.size:])
		if d, ok := HanDigit(c); ok {
			if afterDigit && h.units > 0 && d != 0 && digit != 0 {
				h.wellFormed = false
			}
			if d == 0 {
				h.zeros++
			}
			digit, afterDigit = d, true
			run = run*10 + d
		} else if u := hanUnit(c); u > 0 {
			h.units++
			switch {
			case u >= 1e4:
				if section+digit == 0 && total == 0 {
					section = 1
				}
				total = (total + section + digit) * u
				section = 0
			case digit == 0:
				section += u
			default:
				section += digit * u
			}
			digit, afterDigit = 0, false
		} else {
			break
		}
		h.size += w
		h.letters++
	}
	if h.value = run; h.units > 0 {
		h.value = total + section + digit
	}
	return h
}

// Han reads the Chinese numeral at the start of s: its value, its length in
// bytes, 0 if there is none, and the number of its characters.
func Han(s string) (value float64, size, letters int) {
	h := readHan(s)
	return h.value, h.size, h.letters
}

// hanzi reads the numerals in a run of Han characters.
func (r *reader) hanzi(i int) {
	t := r.toks[i]
	s := t.s
	// What belonged to a number in digits before it was read with that.
	skip := 0
	if i > 0 && r.toks[i-1].kind == figures && r.near(i-1, i) {
		_, skip = HanScale(s)
	}
	var pending Date
	for k := skip; k < len(s); {
		c, w := utf8.DecodeRuneInString(s[k:])
		if c == '双' || c == '雙' {
			r.add(Value{Values: []float64{2}, Words: true, Start: t.start + k, End: t.start + k + w})
		}
		if _, digit := HanDigit(c); !digit && hanUnit(c) == 0 {
			k += w
			continue
		}
		v, n, firm := hanNumeral(s, k)
		next, nw := utf8.DecodeRuneInString(s[k+n:])
		f := Value{Values: []float64{v}, Firm: firm, Words: true, Start: t.start + k, End: t.start + k + n}
		switch {
		case strings.HasPrefix(s[k+n:], "分之"):
			// 百分之十五 is 15 %; of other fractions both numbers are loose.
			if s[k:k+n] == "百" {
				if x, m, _ := hanNumeral(s, k+n+len("分之")); m > 0 {
					end := k + n + len("分之") + m
					r.add(Value{Values: []float64{x}, Firm: x > 1, Words: true, Percent: true, Start: f.Start, End: t.start + end})
					k = end
					continue
				}
				if k+n+len("分之") == len(s) && r.tok(i+1).kind == figures {
					k += n + len("分之") // 百分之15
					continue
				}
			}
			f.Firm = false
		case strings.HasSuffix(s[:k], "分之"), strings.HasSuffix(s[:k], "双"):
			f.Firm = false
		case next == '月' && v >= 1 && v <= 12 && !strings.HasSuffix(s[:k], "个"):
			if pending.Year == 0 {
				pending.Start = f.Start
			}
			pending.Month, pending.Day, pending.End = int(v), 0, t.start+k+n+nw
			if pending.Year > 0 {
				r.dates = append(r.dates, pending) // the day may follow
			}
			r.add(Value{Kind: Month, Values: []float64{v}, Words: true, Firm: pending.Year > 0, Dated: true, Start: f.Start, End: pending.End})
			k += n + nw
			continue
		case next == '年' && v > 1000:
			pending = Date{Year: int(v), Start: f.Start}
			f.Dated = true
		case (next == '日' || next == '号') && pending.Month > 0:
			pending.Day, pending.End = int(v), f.End+nw
			if pending.Year > 0 {
				r.dates[len(r.dates)-1] = pending
			} else {
				r.dates = append(r.dates, pending)
			}
			pending = Date{}
			f.Dated, f.Firm = true, true
		}
		if next == '点' || next == '时' {
			f.Values = append(f.Values, v+12)
		}
		weekday := strings.HasSuffix(s[:k], "周") || strings.HasSuffix(s[:k], "星期") || strings.HasSuffix(s[:k], "礼拜")
		party := strings.HasSuffix(s[:k], "第") && v == 3 && (next == '方' || next == '者')
		// 二人, 第二天: others have both, the next
		f.Firm = f.Firm && v > 2 && !weekday && !party
		r.add(f)
		k += n
	}
}

// hanNumeral reads the Chinese numeral at s[at:]: its value, its length in
// bytes, and whether it surely counts something there.
func hanNumeral(s string, at int) (value float64, size int, firm bool) {
	h := readHan(s[at:])
	if h.letters == 0 {
		return 0, 0, false
	}
	rest := s[at+h.size:]
	next, _ := utf8.DecodeRuneInString(rest)
	letters := h.letters
	ordinal := strings.HasSuffix(s[:at], "第")
	counted := rest != "" && strings.ContainsRune(measures, next)
	if rest != "" && strings.ContainsRune("余餘多几幾来", next) || strings.HasSuffix(s[:at], "数") || strings.HasSuffix(s[:at], "几") {
		counted, ordinal = false, false // some dozens, scores of
		letters = 1
	}
	switch {
	case h.units == 0 && letters == 1:
		return h.value, h.size, (counted || ordinal) && !strings.HasPrefix(s[at:], "两")
	case h.units == 0 && h.zeros == 0 && (letters != 4 || next != '年'):
		return h.value, h.size, ordinal // 七八个, 一二
	case h.units == 0:
		return h.value, h.size, true
	case !h.wellFormed:
		return h.value, h.size, false
	case letters == h.units: // 十, 百, 千万: often no more than "many"
		return h.value, h.size, ordinal || counted && strings.HasPrefix(s[at:], "十")
	}
	return h.value, h.size, ordinal || counted || letters > 1
}
