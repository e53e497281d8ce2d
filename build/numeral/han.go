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
	unit := 0. // the last, if a digit stands next to it
	for h.size < len(s) {
		c, w := utf8.DecodeRuneInString(s[h.size:])
		if d, ok := HanDigit(c); ok {
			if afterDigit && h.units > 0 && d != 0 && digit != 0 {
				h.wellFormed = false
			}
			if d == 0 {
				h.zeros++
			}
			if digit, afterDigit = d, true; d == 0 {
				unit = 0
			}
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
			digit, afterDigit, unit = 0, false, u
		} else {
			break
		}
		h.size += w
		h.letters++
	}
	// 两万五 is 25 000
	if unit >= 100 && afterDigit && h.wellFormed {
		digit *= unit / 10
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
	// What belonged to a number in digits before it was read with that.
	k := 0
	if i > 0 && r.toks[i-1].kind == figures && r.near(i-1, i) {
		_, k = HanScale(t.s)
	}
	h := hanRun{reader: r, token: i, s: t.s, at: t.start}
	for k < len(h.s) {
		k += h.read(k)
	}
}

// hanRun is a run of Han characters that numerals are read in.
type hanRun struct {
	*reader
	token int
	s     string
	at    int // of the run in the text
	// day ends where the last day of a date did.
	day int
	// month is the place among the dates of one that may get its day yet, from 1.
	month int
}

// put adds a value that stands at s[from:to].
func (h *hanRun) put(v Value, from, to int) {
	v.Words, v.Start, v.End = true, h.at+from, h.at+to
	h.add(v)
}

// loose is a value that only answers to others.
func loose(values ...float64) Value { return Value{Values: values} }

// read takes what stands at s[k:] and returns its length in bytes.
func (h *hanRun) read(k int) int {
	s := h.s
	c, w := utf8.DecodeRuneInString(s[k:])
	switch {
	case c == '双' || c == '雙':
		h.put(loose(2), k, k+w)
	case c == '首' && startsWithAny(s[k+w:], "届", "次", "个", "轮", "批", "任"):
		h.put(loose(1), k, k+w)
	case c == '半':
		h.put(half1(s, k), k, k+w)
	case strings.HasPrefix(s[k:], "翻一番"), strings.HasPrefix(s[k:], "翻番"):
		h.put(loose(2), k, k+w)
	case strings.HasPrefix(s[k:], "翻两番"):
		h.put(loose(4), k, k+w)
	case strings.HasPrefix(s[k:], "正午"), strings.HasPrefix(s[k:], "中午"):
		h.put(loose(12), k, k+w)
	case strings.HasPrefix(s[k:], "午夜"), strings.HasPrefix(s[k:], "子夜"):
		h.put(loose(0, 24), k, k+w)
	case strings.HasPrefix(s[k:], "百分百"):
		h.put(Value{Values: []float64{100}, Percent: true}, k, k+3*w)
		return 3 * w
	}
	if _, digit := HanDigit(c); !digit && hanUnit(c) == 0 {
		return w
	}
	for _, read := range []func(int) int{h.plan, h.fraction, h.decimal, h.andHalf, h.date, h.about} {
		if n := read(k); n > 0 {
			return n
		}
	}
	v, n, firm := hanNumeral(s, k)
	rest := s[k+n:]
	next, _ := utf8.DecodeRuneInString(rest)
	f := Value{Values: []float64{v}, Firm: firm}
	switch {
	case strings.HasSuffix(s[:k], "分之"), strings.HasSuffix(s[:k], "双"):
		f.Firm = false
	case strings.HasPrefix(rest, "世纪") && strings.HasPrefix(rest[2*w:], "初"), strings.HasPrefix(rest, "世纪") && strings.Contains(firstRunes(rest[2*w:], 5), "年代"):
		f.Firm = false // the early 2000s, the nineties
	case next == '倍' && (grows(s[:k]) || v == 1):
		f.Values = append(f.Values, v+1) // 增长两倍: it tripled
	case next == '成' && v <= 10 && startsWithAny(rest[w:], "", "以", "的", "左", "多"):
		f = Value{Values: []float64{10 * v}, Percent: true}
	case next == '点' || next == '时' && !strings.HasPrefix(rest, "时代"):
		f.hour(int(v), hanHalf(s[:k]))
		f.Firm = firm && v > 0
		if strings.HasPrefix(rest[w:], "半") {
			h.put(loose(30), k+n, k+n+w)
		}
	}
	weekday := strings.HasSuffix(s[:k], "周") || strings.HasSuffix(s[:k], "星期") || strings.HasSuffix(s[:k], "礼拜")
	party := strings.HasSuffix(s[:k], "第") && v == 3 && (next == '方' || next == '者')
	// 二人, 第二天: others have both, the next
	f.Firm = f.Firm && v > 2 && !weekday && !party
	h.put(f, k, k+n)
	return n
}

func startsWithAny(s string, begins ...string) bool {
	for _, b := range begins {
		if b == "" && s == "" || b != "" && strings.HasPrefix(s, b) {
			return true
		}
	}
	return false
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// half1 is the half that 半 at s[k:] says: of a year it is six months.
func half1(s string, k int) Value {
	if strings.HasPrefix(s[k:], "半年") && !strings.HasSuffix(s[:k], "上") && !strings.HasSuffix(s[:k], "下") {
		return loose(6, .5)
	}
	return loose(.5, 50)
}

// plan reads the name of a five-year plan: “十四五” is the fourteenth.
func (h *hanRun) plan(k int) int {
	_, n, letters := Han(h.s[k:])
	words, five := strings.CutSuffix(h.s[k:k+n], "五")
	if !five || letters < 2 || letters > 3 {
		return 0
	}
	x, m, _ := Han(words)
	quoted := h.tok(h.token-1).kind == mark && k == 0 && n == len(h.s)
	named := startsWithAny(h.s[k+n:], "规划", "計劃", "计划", "时期", "期间", "末", "纲要", "收官", "开局", "以来") ||
		quoted && (letters == 3 || startsWithAny(h.tok(h.token+2).s, "规划", "计划", "时期", "期间", "末", "纲要", "收官", "开局"))
	if !named || m != len(words) || x > 19 || letters == 3 && !strings.HasPrefix(words, "十") {
		return 0
	}
	h.put(Value{Values: []float64{x}, Firm: x > 2}, k, k+n)
	h.put(loose(5), k, k+n)
	return n
}

// fraction reads 三分之二, 百分之十五 and 百分之三点五.
func (h *hanRun) fraction(k int) int {
	d, n, _ := Han(h.s[k:])
	after := k + n + len("分之")
	if !strings.HasPrefix(h.s[k+n:], "分之") {
		return 0
	}
	x, m := hanDecimal(h.s[after:])
	if m == 0 {
		x, m, _ = Han(h.s[after:])
	}
	switch {
	case m == 0 && d == 100 && after == len(h.s) && h.tok(h.token+1).kind == figures:
		return after - k // 百分之15
	case m == 0:
		return 0
	case d == 100:
		h.put(Value{Values: []float64{x}, Firm: x > 1, Percent: true}, k, after+m)
		return after + m - k
	}
	f := Value{Values: []float64{x / d}, Firm: true, Words: true, Start: h.at + k, End: h.at + after + m}
	h.addFraction(f, x, d)
	return after + m - k
}

// hanDecimal reads 三点五 at the start of s; its length is 0 if there is none.
func hanDecimal(s string) (value float64, size int) {
	x, n, _ := Han(s)
	if n == 0 || !strings.HasPrefix(s[n:], "点") {
		return 0, 0
	}
	n += len("点")
	scale, at := .1, n
	for n < len(s) {
		c, w := utf8.DecodeRuneInString(s[n:])
		d, ok := HanDigit(c)
		if !ok {
			break
		}
		x += d * scale
		scale /= 10
		n += w
	}
	if n == at {
		return 0, 0
	}
	return x, n
}

// decimal reads a decimal fraction where what follows shows that it is no time.
func (h *hanRun) decimal(k int) int {
	x, n := hanDecimal(h.s[k:])
	rest := h.s[k+n:]
	if n == 0 || !startsWithAny(rest, "倍", "万", "亿", "个", "元", "米", "公", "千", "轨", "吨") && (rest != "" || !h.isPercent(h.token+1)) {
		return 0
	}
	m, size := HanScale(rest)
	h.put(Value{Values: []float64{x * m}, Firm: true, Percent: strings.HasPrefix(rest, "个百分点")}, k, k+n+size)
	return n + size
}

// andHalf reads 两年半, 一个半 and 三倍半.
func (h *hanRun) andHalf(k int) int {
	v, n, _ := Han(h.s[k:])
	rest := h.s[k+n:]
	for _, unit := range []string{"个", "年", "倍", "小时", "天", "轨", "周", "个月"} {
		half, ok := strings.CutPrefix(rest, unit)
		if !ok || !strings.HasPrefix(half, "半") || strings.HasPrefix(half, "半载") {
			continue
		}
		n += len(unit) + len("半")
		h.put(Value{Values: []float64{v + .5}, Firm: v > 1}, k, k+n)
		return n
	}
	return 0
}

// date reads 二〇一四年, 九月, 十二日, and the days that follow one.
func (h *hanRun) date(k int) int {
	v, n, firm := hanNumeral(h.s, k)
	next, w := utf8.DecodeRuneInString(h.s[k+n:])
	f := Value{Values: []float64{v}, Dated: true}
	switch {
	case next == '月' && v >= 1 && v <= 12 && !strings.HasSuffix(h.s[:k], "个"):
		d := Date{Month: int(v), Start: h.at + k, End: h.at + k + n + w}
		if h.lately.Month == 0 && h.lately.Year > 0 && h.lately.End == d.Start {
			d.Year, d.Start = h.lately.Year, h.lately.Start
		}
		h.lately = d
		h.month = 0
		if d.Year > 0 {
			h.dates = append(h.dates, d) // the day may follow
			h.month = len(h.dates)
		}
		f.Kind, f.Firm = Month, d.Year > 0
		h.put(f, k, k+n+w)
		return n + w
	case next == '年' && v > 1000:
		h.lately = Date{Year: int(v), Start: h.at + k, End: h.at + k + n + w}
		h.month = 0
		f.Firm = firm
		h.put(f, k, k+n)
		return n
	case (next == '日' || next == '号') && h.lately.Month > 0 && v >= 1 && v <= 31 && h.followsDate(k):
		d := h.lately
		if d.Day = int(v); d.End != h.at+k {
			d.Start, h.month = h.at+k, 0
		}
		d.End = h.at + k + n + w
		if h.month > 0 {
			h.dates[h.month-1] = d
			h.month = 0
		} else {
			h.dates = append(h.dates, d)
		}
		h.day = k + n + w
		f.Firm = true
		h.put(f, k, k+n)
		return n
	}
	return 0
}

// followsDate reports whether what stands between the last month or day of a
// date and s[k:] lets the date go on.
func (h *hanRun) followsDate(k int) bool {
	if h.lately.End == h.at+k {
		return true
	}
	if h.day > 0 {
		return isJoiner(h.s[h.day:k])
	}
	return k == 0 && isJoiner(h.tok(h.token-1).s) && h.tok(h.token-1).s != "，"
}

// about reads 两三个, 三四百, 五六十, which are two numbers.
func (h *hanRun) about(k int) int {
	s := h.s[k:]
	c, w := utf8.DecodeRuneInString(s)
	next, w2 := utf8.DecodeRuneInString(s[w:])
	x, ok := HanDigit(c)
	y, ok2 := HanDigit(next)
	after, _ := utf8.DecodeRuneInString(s[w+w2:])
	if !ok || !ok2 || x == 0 || y != x+1 || hanUnit(after) == 0 && !strings.ContainsRune(measures, after) || after == utf8.RuneError || strings.HasSuffix(h.s[:k], "第") {
		return 0
	}
	if _, before := HanDigit(lastRune(h.s[:k])); before {
		return 0
	}
	scale, size := 1., 0
	if after == '十' {
		scale, size = 10, len("十")
	}
	m, more := HanScale(s[w+w2+size:])
	n := w + w2 + size + more
	h.put(loose(x*scale*m), k, k+n)
	h.put(loose(y*scale*m), k, k+n)
	h.put(loose(10*x+y), k, k+n)
	return n
}

func lastRune(s string) rune {
	c, _ := utf8.DecodeLastRuneInString(s)
	return c
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
