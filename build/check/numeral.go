package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// numberWord is a word that stands for a number, or for a part of one.
type numberWord struct {
	value float64
	// loose words count only as an answer to another language's number: they
	// have other meanings (second, семью), or other languages say it without
	// a number (both, decade).
	loose bool
	// ordinal words end a compound number.
	ordinal bool
}

// words reads lists such as "3 three" into a table.
func numberTable(lists ...string) map[string]numberWord {
	out := map[string]numberWord{}
	for _, list := range lists {
		for line := range strings.SplitSeq(strings.TrimSpace(list), "\n") {
			fields := strings.Fields(line)
			value := readings(fields[0])[0]
			for _, w := range fields[1:] {
				w, loose := strings.CutSuffix(w, "?")
				w, ordinal := strings.CutSuffix(w, "!")
				out[w] = numberWord{value, loose, ordinal}
			}
		}
	}
	return out
}

// English and Russian numbers by value; "?" marks a loose word, "!" an ordinal.
var englishNumbers = numberTable(`
1 one? once? single? first!?
2 two second!? seconds!? twice? both? double? pair? bilateral? dual?
3 three third! thirds!? thrice? triple? trilateral? tripartite?
4 four fourth! quarter? quarters?
5 five fifth!
6 six sixth!
7 seven seventh!
8 eight eighth!
9 nine ninth!
10 ten tenth! tens? decade? decades?
11 eleven eleventh!
12 twelve twelfth! dozen? dozens?
13 thirteen thirteenth!
14 fourteen fourteenth!
15 fifteen fifteenth!
16 sixteen sixteenth!
17 seventeen seventeenth!
18 eighteen eighteenth!
19 nineteen nineteenth!
20 twenty twentieth!
30 thirty thirtieth!
40 forty fortieth!
50 fifty fiftieth!
60 sixty sixtieth!
70 seventy seventieth!
80 eighty eightieth!
90 ninety ninetieth!
100 hundred? hundredth!? hundreds? century? centuries? centenary?
1000 thousand? thousandth!? thousands? millennium? millennia?
1000000 million? millions?
1000000000 billion? billions?
`)

var russianNumbers = numberTable(`
1 один? одна? одно? одного? одной? одному? одним? одном? одну? одни? одних? одними? первый!? первая!? первое!? первого!? первой!? первому!? первым!? первом!? первую!? первые!? первых!? первыми!? однажды?
2 два две двух двум двумя оба? обе? обоих? обеих? обоим? обеим? обоими? обеими? двое? двоих? дважды? двойной? двойного? второй!? вторая!? второе!? второго!? второму!? вторым!? втором!? вторую!? вторые!? вторых!?
3 три трех трем тремя трое? троих? трижды? треть? трети? третий! третья! третье! третьего! третьей! третьему! третьим! третьем! третью!? третьи! третьих! третьими!
4 четыре четырех четырем четырьмя четверо? четверть? четверти? четвертый! четвертая! четвертое! четвертого! четвертой! четвертому! четвертым! четвертом! четвертую! четвертые! четвертых!
5 пять пяти пятью пятый! пятая! пятое! пятого! пятой! пятому! пятым! пятом! пятую! пятых!
6 шесть шести шестью шестой! шестая! шестое! шестого! шестому! шестым! шестом! шестую! шестых!
7 семь семи семью? седьмой! седьмая! седьмое! седьмого! седьмому! седьмым! седьмом! седьмую! седьмых!
8 восемь восьми восемью восьмью восьмой! восьмая! восьмое! восьмого! восьмому! восьмым! восьмом! восьмую! восьмых!
9 девять девяти девятью девятый! девятая! девятое! девятого! девятой! девятому! девятым! девятом! девятую! девятых!
10 десять десяти десятью десяток? десятка? десятки? десятков? десятый! десятая! десятое! десятого! десятой! десятому! десятым! десятом! десятую! десятых! десятилетие? десятилетия? десятилетий? десятилетию? десятилетием?
11 одиннадцать одиннадцати одиннадцатый! одиннадцатая! одиннадцатое! одиннадцатого! одиннадцатой! одиннадцатом!
12 двенадцать двенадцати дюжина? дюжины? двенадцатый! двенадцатая! двенадцатое! двенадцатого! двенадцатой! двенадцатом!
13 тринадцать тринадцати тринадцатый! тринадцатая! тринадцатого! тринадцатой! тринадцатом!
14 четырнадцать четырнадцати четырнадцатый! четырнадцатая! четырнадцатого! четырнадцатой! четырнадцатом!
15 пятнадцать пятнадцати пятнадцатый! пятнадцатая! пятнадцатого! пятнадцатой! пятнадцатом!
16 шестнадцать шестнадцати шестнадцатый! шестнадцатая! шестнадцатого! шестнадцатой! шестнадцатом!
17 семнадцать семнадцати семнадцатый! семнадцатая! семнадцатого! семнадцатой! семнадцатом!
18 восемнадцать восемнадцати восемнадцатый! восемнадцатая! восемнадцатого! восемнадцатой! восемнадцатом!
19 девятнадцать девятнадцати девятнадцатый! девятнадцатая! девятнадцатого! девятнадцатой! девятнадцатом!
20 двадцать двадцати двадцатью двадцатый! двадцатая! двадцатое! двадцатого! двадцатой! двадцатом! двадцатых!
30 тридцать тридцати тридцатью тридцатый! тридцатого! тридцатой! тридцатых!
40 сорок сорока сороковой! сорокового! сороковых!
50 пятьдесят пятидесяти пятидесятый! пятидесятого! пятидесятых!
60 шестьдесят шестидесяти шестидесятый! шестидесятого! шестидесятых!
70 семьдесят семидесяти семидесятый! семидесятого! семидесятых!
80 восемьдесят восьмидесяти восьмидесятый! восьмидесятого! восьмидесятых!
90 девяносто девяноста девяностый! девяностого! девяностых!
100 сто? ста? сотня? сотни? сотен? сотый!? сотая!? век? века? веке? веков? столетие? столетия? столетий?
200 двести двухсот
300 триста трехсот
400 четыреста четырехсот
500 пятьсот пятисот
600 шестьсот шестисот
700 семьсот семисот
800 восемьсот восьмисот
900 девятьсот девятисот
1000 тысяча? тысячи? тысяч? тысячу? тысячам? тысячами? тысячный!? тысячелетие? тысячелетия?
1000000 миллион? миллиона? миллионов? миллионы? миллионам? миллионами?
1000000000 миллиард? миллиарда? миллиардов? миллиарды? миллиардам? миллиардами?
`)

// multipliers follow a number in digits or words.
var multipliers = map[string]float64{
	"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mln": 1e6, "bn": 1e9,
	"тыс": 1e3, "тысяча": 1e3, "тысячи": 1e3, "тысяч": 1e3, "тысячу": 1e3, "тысячам": 1e3, "тысячами": 1e3,
	"млн": 1e6, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "миллионам": 1e6, "миллионами": 1e6,
	"млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "миллиардам": 1e9, "миллиардами": 1e9,
	"трлн": 1e12, "триллион": 1e12, "триллиона": 1e12, "триллионов": 1e12,
	"millions": 1e6, "milliards": 1e9, "mille": 1e3, "millionen": 1e6, "milliarden": 1e9, "tausend": 1e3, "millones": 1e6,
}

// months by their names in English and Russian.
var months = monthTable(
	"january jan январь января январе январю январем", "february feb февраль февраля феврале февралю февралем",
	"march mar март марта марте марту мартом", "april apr апрель апреля апреле апрелю апрелем",
	"may май мая мае маю маем", "june jun июнь июня июне июню июнем", "july jul июль июля июле июлю июлем",
	"august aug август августа августе августу августом", "september sept sep сентябрь сентября сентябре сентябрю сентябрем",
	"october oct октябрь октября октябре октябрю октябрем", "november nov ноябрь ноября ноябре ноябрю ноябрем",
	"december dec декабрь декабря декабре декабрю декабрем",
)

func monthTable(names ...string) map[string]int {
	out := map[string]int{}
	for i, words := range names {
		for w := range strings.FieldsSeq(words) {
			out[w] = i + 1
		}
	}
	return out
}

// compound beginnings of Russian adjectives: трехсторонний, десятилетний.
var russianStems = []struct {
	stem  string
	value float64
}{
	{"двух", 2}, {"дву", 2}, {"трех", 3}, {"четырех", 4}, {"пяти", 5}, {"шести", 6}, {"семи", 7}, {"восьми", 8}, {"девяти", 9}, {"десяти", 10}, {"столет", 100},
}

// numberWords reads a number written in words from token i.
func (r *reader) numberWords(i int) int {
	table := r.table(i)
	if table == nil {
		return 0
	}
	english := table["one"].value == 1
	var total, group float64
	k, parts := i, 0
	loose := true
	last := numberWord{}
	limit := 1e18 // parts come in falling size: сорок два, but not два сорок
	start, end := r.toks[i].start, r.toks[i].end
	for ; k < len(r.toks); k++ {
		t := r.toks[k]
		if parts > 0 {
			if !r.near(k-1, k) {
				break
			}
			// twenty-five, one hundred and five
			if n, ok := table[r.tok(k+1).s]; ok && parts > 0 && !last.ordinal &&
				(isDash(t.s) && last.value >= 20 && last.value < 100 && n.value < 10 && r.touching(k-1, k) ||
					t.s == "and" && last.value >= 100 && n.value < 100) {
				continue
			}
		}
		n, ok := table[t.s]
		if !ok || parts > 0 && last.ordinal {
			break
		}
		scale := n.value >= 1000 || n.value == 100 && english
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
		if !english {
			for _, p := range russianStems {
				if len(r.toks[i].s) > len(p.stem)+6 && strings.HasPrefix(r.toks[i].s, p.stem) {
					r.add(fact{values: []float64{p.value}, words: true, start: start, end: end})
					break
				}
			}
		}
		return 0
	}
	value := total + group
	// Several parts are a number for sure, but for “tens of thousands”.
	if parts > 1 {
		loose = scores[r.toks[i].s]
	}
	if last.value == 3 && last.ordinal && thirdParty(r.tok(k).s, r.tok(k+1).s) {
		loose = true
	}
	f := fact{values: []float64{value}, firm: !loose && value >= 2, words: true, start: start, end: end}
	f.percent = isPercent(r.tok(k).s)
	r.add(f)
	// восьмого сентября, the fifth of May: the day of a date
	if last.ordinal && value <= 31 {
		j := k
		if r.tok(j).s == "of" {
			j++
		}
		if m, ok := months[r.tok(j).s]; ok && r.capitalMonth(j) {
			d := date{month: m, start: start, end: r.tok(j).end}
			j = r.year(j+1, &d)
			r.date(d, true)
			return j - i
		}
	}
	return k - i
}

// scores are plural words for many.
var scores = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`tens dozens hundreds thousands millions billions десятки десятков десятками десяткам сотни сотен сотням сотнями
		тысячи тысяч тысячам тысячами миллионы миллионов миллионам миллионами миллиарды миллиардов`) {
		out[w] = true
	}
	return out
}()

// thirdParty tells third parties, whom other languages call strangers, from
// what is counted.
func thirdParty(next, after string) bool {
	if next == "-" {
		next = after
	}
	return strings.HasPrefix(next, "part") || strings.HasPrefix(next, "лиц") || strings.HasPrefix(next, "сторон")
}

// table returns the number words that the word at token i may be among. Russian
// and Chinese texts quote English.
func (r *reader) table(i int) map[string]numberWord {
	c, _ := utf8.DecodeRuneInString(r.toks[i].raw)
	switch r.lang {
	case "en", "ru", "zh":
		if unicode.Is(unicode.Latin, c) {
			return englishNumbers
		}
		if unicode.Is(unicode.Cyrillic, c) && r.lang == "ru" {
			return russianNumbers
		}
	}
	return nil
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

// roman reads a Roman numeral at token i.
func (r *reader) roman(i int) int {
	t := r.toks[i]
	if len(t.raw) > 32 {
		return 0
	}
	s := lookalike.Replace(t.raw)
	v := romanValue(s)
	if v == 0 {
		return 0
	}
	cyrillic := s != t.raw && !strings.ContainsFunc(t.raw, func(c rune) bool { return unicode.Is(unicode.Latin, c) })
	marked := romanMarker[r.tok(i-1).s] || romanMarker[r.tok(i+1).s] || r.tok(i-1).s == "." && romanMarker[r.tok(i-2).s]
	if cyrillic && !marked {
		return 0
	}
	firm := marked || len(s) > 1 && strings.Trim(s, "IVX") == ""
	if !firm && len(s) == 1 {
		return 0
	}
	r.add(fact{values: []float64{float64(v)}, firm: firm, words: true, start: t.start, end: t.end})
	return 1
}

// romanMarker words stand before or after Roman numerals.
var romanMarker = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`chapter chapters article articles part title volume section annex appendix book act century centuries world phase stage
		глава главы главе главой главу раздел раздела разделе разделом часть части частью статья статьи статье том тома приложение приложения
		век века веке веком веков столетие столетия столетии этап этапа этапе`) {
		out[w] = true
	}
	return out
}()

// romanValue is the value of a well-formed Roman numeral in capitals, or 0.
func romanValue(s string) int {
	parts := []struct {
		s string
		v int
	}{
		{"M", 1000}, {"CM", 900}, {"D", 500}, {"CD", 400}, {"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1},
	}
	v, rest := 0, s
	for _, p := range parts {
		for n := 0; strings.HasPrefix(rest, p.s); n++ {
			if n == 3 || n == 1 && (len(p.s) == 2 || p.v == 5 || p.v == 50 || p.v == 500) {
				return 0
			}
			rest = rest[len(p.s):]
			v += p.v
		}
	}
	if rest != "" {
		return 0
	}
	return v
}

var (
	hanDigits = map[rune]float64{'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '兩': 2}
	hanUnits  = map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '亿': 1e8, '萬': 1e4, '億': 1e8}
)

// measures follow a Chinese numeral that counts something.
const measures = "个個项項条條章款节届次名种類类份部家位人倍周期级级層层段页頁卷号號股座支套篇组批轮点號世日天月年岁歲把件张"

// hanMultiplier reads 万, 亿, 千万 … at the start of s and its length.
func hanMultiplier(s string) (m float64, n int) {
	m = 1
	for {
		c, w := utf8.DecodeRuneInString(s[n:])
		u, ok := hanUnits[c]
		if !ok || u == 10 {
			break
		}
		m *= u
		n += w
	}
	return m, n
}

// hanzi reads the numerals in a run of Han characters.
func (r *reader) hanzi(i int) {
	t := r.toks[i]
	s := t.s
	// What belonged to a number in digits before it was read with that.
	skip := 0
	if i > 0 && r.toks[i-1].kind == digits && r.near(i-1, i) {
		_, skip = hanMultiplier(s)
	}
	var pending date
	for k := skip; k < len(s); {
		c, w := utf8.DecodeRuneInString(s[k:])
		if c == '双' || c == '雙' {
			r.add(fact{values: []float64{2}, words: true, start: t.start + k, end: t.start + k + w})
		}
		_, digit := hanDigits[c]
		_, unit := hanUnits[c]
		if !digit && !unit {
			k += w
			continue
		}
		v, n, firm := hanNumeral(s, k)
		next, nw := utf8.DecodeRuneInString(s[k+n:])
		f := fact{values: []float64{v}, firm: firm, words: true, start: t.start + k, end: t.start + k + n}
		switch {
		case strings.HasPrefix(s[k+n:], "分之"):
			// 百分之十五 is 15 %; of other fractions both numbers are loose.
			if s[k:k+n] == "百" {
				if x, m, _ := hanNumeral(s, k+n+len("分之")); m > 0 {
					end := k + n + len("分之") + m
					r.add(fact{values: []float64{x}, firm: x > 1, words: true, percent: true, start: f.start, end: t.start + end})
					k = end
					continue
				}
				if k+n+len("分之") == len(s) && r.tok(i+1).kind == digits {
					k += n + len("分之") // 百分之15
					continue
				}
			}
			f.firm = false
		case strings.HasSuffix(s[:k], "分之"), strings.HasSuffix(s[:k], "双"):
			f.firm = false
		case next == '月' && v >= 1 && v <= 12 && !strings.HasSuffix(s[:k], "个"):
			pending.month, pending.start, pending.end = int(v), f.start, t.start+k+n+nw
			if pending.year == 0 {
				pending.start = f.start
			}
			r.add(fact{kind: kindMonth, values: []float64{v}, words: true, firm: pending.year > 0, dated: true, start: f.start, end: pending.end})
			k += n + nw
			continue
		case next == '年' && v > 1000:
			pending.year = int(v)
			f.dated = true
		case (next == '日' || next == '号') && pending.month > 0:
			pending.day, pending.end = int(v), f.end
			r.dates = append(r.dates, pending)
			f.dated, f.firm = true, true
		}
		if next == '点' || next == '时' {
			f.values = append(f.values, v+12)
		}
		weekday := strings.HasSuffix(s[:k], "周") || strings.HasSuffix(s[:k], "星期") || strings.HasSuffix(s[:k], "礼拜")
		party := strings.HasSuffix(s[:k], "第") && v == 3 && (next == '方' || next == '者')
		// 二人, 第二天: others have both, the next
		f.firm = f.firm && v > 2 && !weekday && !party
		r.add(f)
		k += n
	}
}

// hanNumeral reads the Chinese numeral at s[at:]: its value, its length in
// bytes, and whether it surely counts something there.
func hanNumeral(s string, at int) (value float64, n int, firm bool) {
	var total, section, digit, run float64
	letters, units, zeros := 0, 0, 0
	wellFormed, afterDigit := true, false
	for at+n < len(s) {
		c, w := utf8.DecodeRuneInString(s[at+n:])
		if d, ok := hanDigits[c]; ok {
			if afterDigit && units > 0 && d != 0 && digit != 0 {
				wellFormed = false
			}
			if d == 0 {
				zeros++
			}
			digit, afterDigit = d, true
			run = run*10 + d
		} else if u, ok := hanUnits[c]; ok {
			units++
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
		n += w
		letters++
	}
	if letters == 0 {
		return 0, 0, false
	}
	next, _ := utf8.DecodeRuneInString(s[at+n:])
	ordinal := strings.HasSuffix(s[:at], "第")
	counted := strings.ContainsRune(measures, next) && n > 0 && at+n < len(s)
	if strings.ContainsRune("余餘多几幾来", next) && at+n < len(s) || strings.HasSuffix(s[:at], "数") || strings.HasSuffix(s[:at], "几") {
		counted, ordinal = false, false // some dozens, scores of
		letters = 1
	}
	if units == 0 {
		year := letters == 4 && next == '年'
		if letters > 1 && !year && zeros == 0 {
			return run, n, ordinal // 七八个, 一二
		}
		if letters == 1 {
			return run, n, (counted || ordinal) && !strings.HasPrefix(s[at:], "两")
		}
		return run, n, true
	}
	value = total + section + digit
	switch {
	case !wellFormed:
		return value, n, false
	case letters == units: // 十, 百, 千万: often no more than "many"
		return value, n, ordinal || counted && strings.HasPrefix(s[at:], "十")
	}
	return value, n, ordinal || counted || letters > 1
}
