package align

import (
	"strconv"
	"strings"
	"unicode/utf8"
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
		s, ok := spelled[t]
		switch {
		case ok && s.month != "" && (sp.capital || t != "may" && t != "march" && t != "mar"):
			rd.add(u, "\x02m"+s.month, classSmall, noScript, false)
			return 1
		case !ok || !s.number:
			return 0
		}
		value = s.value
	default:
		return 0
	}
	// A multiplier: million, млн, 万, 亿.
	if next := k + used; next < len(rd.spans) && rd.spans[next].from-rd.spans[next-1].to <= 2 {
		m := low[rd.spans[next].from:rd.spans[next].to]
		if f := multipliers[m]; f > 0 {
			value *= f
			used++
		} else if rd.spans[next].script == han && sp.digits {
			f, size := hanMultiplier(m)
			if f > 0 {
				value *= f
				m = m[size:]
			}
			if strings.HasPrefix(m, "月") && !strings.HasPrefix(m, "月后") && value >= 1 && value <= 12 {
				rd.add(u, "\x02m"+strconv.Itoa(int(value)), classSmall, noScript, false)
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

// digits joins the groups of a number such as 1,234.5, 1 234,5 or 1.234.
func (rd *reader) digits(low string, k int) (float64, int) {
	sp := rd.spans[k]
	text := low[sp.from:sp.to]
	used := 1
	for k+used < len(rd.spans) {
		a, b := rd.spans[k+used-1], rd.spans[k+used]
		if !b.digits {
			break
		}
		gap := low[a.to:b.from]
		n := b.to - b.from
		group := n == 3 && len(strings.TrimLeft(low[sp.from:sp.to], "0")) <= 3 && sp.to-sp.from <= 3
		switch {
		case group && (gap == "," || gap == " " || gap == "\u00a0" || gap == "\u202f" || gap == "，" || gap == "'"):
			text += low[b.from:b.to]
		case group && gap == "." && used > 1 && !strings.Contains(text, "."):
			text += low[b.from:b.to]
		case (gap == "." || gap == ",") && !strings.Contains(text, "."):
			text += "." + low[b.from:b.to]
			used++
			x, _ := strconv.ParseFloat(text, 64)
			return x, used
		default:
			x, _ := strconv.ParseFloat(text, 64)
			return x, used
		}
		used++
	}
	x, _ := strconv.ParseFloat(text, 64)
	return x, used
}

// hanMultiplier reads 十, 百, 千, 万, 亿 and their chains at the start of s.
func hanMultiplier(s string) (f float64, size int) {
	f = 1
	for {
		r, n := utf8.DecodeRuneInString(s[size:])
		m := hanUnits[r]
		if m < 10 {
			break
		}
		f *= m
		size += n
	}
	if size == 0 {
		return 0, 0
	}
	return f, size
}

// hanNumber adds the Chinese numeral that stands at t[i:], if it counts
// something there, and returns its length in bytes.
func (rd *reader) hanNumber(u *unit, t string, i int) int {
	r, _ := utf8.DecodeRuneInString(t[i:])
	if _, ok := hanDigit(r); !ok && r != '十' {
		return 0
	}
	x, size, letters := hanNumeral(t[i:])
	next, _ := utf8.DecodeRuneInString(t[i+size:])
	ordinal := strings.HasSuffix(t[:i], "第")
	switch {
	case next == '月' && x >= 1 && x <= 12 && !strings.HasPrefix(t[i+size:], "月后"):
		rd.add(u, "\x02m"+strconv.Itoa(int(x)), classSmall, noScript, false)
		return size
	case letters == 1 && (r == '一' || next == '分') && !ordinal && !strings.ContainsRune("日条年款章", next):
		return 0
	}
	rd.value(u, x)
	return size
}

// hanNumeral reads a Chinese numeral at the start of s: its value and length.
func hanNumeral(s string) (value float64, size, letters int) {
	var total, section, digit float64
	plain := true // digits alone, as in 二〇二五
	var run float64
	for {
		r, n := utf8.DecodeRuneInString(s[size:])
		if d, ok := hanDigit(r); ok {
			digit = d
			run = run*10 + d
			size += n
			letters++
			continue
		}
		m, ok := hanUnits[r]
		if !ok {
			break
		}
		plain = false
		switch {
		case m >= 10000:
			section += digit
			if section == 0 {
				section = 1
			}
			total = (total + section) * m
			section = 0
		default:
			if digit == 0 {
				digit = 1
			}
			section += digit * m
		}
		digit = 0
		size += n
		letters++
	}
	if plain {
		return run, size, letters
	}
	return total + section + digit, size, letters
}

// hanDigit is asked for every Han letter.
func hanDigit(r rune) (value float64, ok bool) {
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

var hanUnits = map[rune]float64{'十': 10, '百': 100, '千': 1000, '万': 1e4, '萬': 1e4, '亿': 1e8, '億': 1e8}

var multipliers = map[string]float64{
	"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mln": 1e6,
	"тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "тысячами": 1e3, "тысячам": 1e3, "тысячу": 1e3, "млн": 1e6, "млрд": 1e9, "трлн": 1e12,
	"миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "миллионам": 1e6, "миллионами": 1e6, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "миллиардами": 1e9, "миллиардам": 1e9,
	"триллион": 1e12, "триллиона": 1e12, "триллионов": 1e12,
	"tausend": 1e3, "millionen": 1e6, "milliarden": 1e9, "mille": 1e3, "millions": 1e6, "milliards": 1e9,
}

// numberWords are numbers written out, with the cases of Russian.
var numberWords = fillNumbers(map[float64]string{
	1:    "one first erste erster erstes ersten premier première один одна одного одному одним одной одну первый первая первое первого первой первом первую первым первые первых",
	2:    "two second twice zwei zweite zweiten deux два две двух двум двумя дважды второй вторая второе второго втором вторую вторым вторые вторых двое",
	3:    "three third drei dritte dritten trois три трех трем тремя третий третья третье третьего третьей третьем третью третьим трое",
	4:    "four fourth vier vierte quatre четыре четырех четырем четырьмя четвертый четвертая четвертое четвертого четвертой четвертом четвертую",
	5:    "five fifth fünf cinq пять пяти пятью пятый пятая пятое пятого пятой пятом пятую",
	6:    "six sixth sechs шесть шести шестью шестой шестая шестое шестого шестом шестую",
	7:    "seven seventh sieben sept семь семи семью седьмой седьмая седьмое седьмого седьмом седьмую",
	8:    "eight eighth acht huit восемь восьми восемью восьмой восьмая восьмое восьмого восьмом",
	9:    "nine ninth neun neuf девять девяти девятью девятый девятая девятое девятого девятой девятом",
	10:   "ten tenth zehn dix десять десяти десятью десятый десятая десятое десятого десятой",
	11:   "eleven eleventh elf onze одиннадцать одиннадцати одиннадцатый",
	12:   "twelve twelfth zwölf douze двенадцать двенадцати двенадцатый",
	13:   "thirteen thirteenth тринадцать тринадцати тринадцатый",
	14:   "fourteen fourteenth четырнадцать четырнадцати",
	15:   "fifteen fifteenth пятнадцать пятнадцати",
	16:   "sixteen шестнадцать шестнадцати",
	17:   "seventeen семнадцать семнадцати",
	18:   "eighteen восемнадцать восемнадцати",
	19:   "nineteen девятнадцать девятнадцати",
	20:   "twenty twentieth zwanzig vingt двадцать двадцати двадцатый двадцатого",
	30:   "thirty thirtieth dreißig trente тридцать тридцати",
	40:   "forty fortieth vierzig сорок сорока",
	50:   "fifty fünfzig пятьдесят пятидесяти",
	60:   "sixty шестьдесят шестидесяти",
	70:   "seventy семьдесят семидесяти",
	80:   "eighty восемьдесят восьмидесяти",
	90:   "ninety девяносто",
	100:  "hundred hundreds hundert cent сто ста сотни сотен",
	200:  "двести двухсот",
	300:  "триста трехсот",
	500:  "пятьсот пятисот",
	1000: "thousand thousands tausend mille тысяча тысячи тысяч тысячу",
})

func fillNumbers(m map[float64]string) map[string]float64 {
	out := map[string]float64{}
	for x, words := range m {
		for w := range strings.FieldsSeq(words) {
			out[w] = x
		}
	}
	return out
}

// spelled are the months and the numbers written out, for one look at a word.
var spelled = func() map[string]numeral {
	out := make(map[string]numeral, len(months)+len(numberWords))
	for w, m := range months {
		out[w] = numeral{month: m}
	}
	for w, x := range numberWords {
		n := out[w]
		n.value, n.number = x, true
		out[w] = n
	}
	return out
}()

// numeral is what a word means as a month or number.
type numeral struct {
	month  string // empty if it is none
	value  float64
	number bool
}

// months by their names; the text form of a month is "m" and its number.
var months = fillMonths(
	"january jan january's январь января январе январем januar janvier",
	"february feb февраль февраля феврале февралем februar février",
	"march mar март марта марте мартом märz mars",
	"april apr апрель апреля апреле апрелем avril",
	"may май мая мае маем mai",
	"june jun июнь июня июне июнем juni juin",
	"july jul июль июля июле июлем juli juillet",
	"august aug август августа августе августом août",
	"september sept sep сентябрь сентября сентябре сентябрем septembre",
	"october oct октябрь октября октябре октябрем oktober octobre",
	"november nov ноябрь ноября ноябре ноябрем novembre",
	"december dec декабрь декабря декабре декабрем dezember décembre",
)

func fillMonths(names ...string) map[string]string {
	out := map[string]string{}
	for i, words := range names {
		for w := range strings.FieldsSeq(words) {
			out[w] = strconv.Itoa(i + 1)
		}
	}
	return out
}
