// Package label writes a list's number in the formats that Word and HTML name:
// letters, Roman numerals, Chinese counting and the rest. It goes from a number
// to what is printed; package numeral goes the other way.
package label

import (
	"strconv"
	"strings"
)

// Format writes n in the format, which has the name of ECMA-376's ST_NumberFormat
// ("russianLower", "chineseCounting"). It reports false, with plain figures, for
// a format that it does not know or a number that the format does not reach.
func Format(n int, format string) (string, bool) {
	switch format {
	case "", "decimal", "decimalHalfWidth":
		return strconv.Itoa(n), true
	case "none", "bullet":
		return "", true
	}
	if n < 0 || n > limit {
		return strconv.Itoa(n), false
	}
	if s, ok := digits[format]; ok {
		return places(n, []rune(s)), true
	}
	if s, ok := letters[format]; ok {
		return repeated(n, []rune(s))
	}
	if s, ok := signs[format]; ok {
		return single(n, s)
	}
	if c, ok := counting[format]; ok {
		return c.write(n), true
	}
	switch format {
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		s, ok := roman(n)
		return strings.ToLower(s), ok
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n), true
		}
		return strconv.Itoa(n), true
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -", true
	case "hex":
		return strings.ToUpper(strconv.FormatInt(int64(n), 16)), true
	case "chicago":
		return repeated(n, []rune("*†‡§"))
	case "ordinal":
		return ordinal(n), true
	case "ideographZodiacTraditional":
		if n < 1 {
			return strconv.Itoa(n), false
		}
		return string([]rune(stems)[(n-1)%10]) + string([]rune(branches)[(n-1)%12]), true
	case "hebrew1":
		return hebrew(n)
	case "chineseCounting", "taiwaneseCounting":
		if n >= 100 { // figures from here on, as Word has it
			return places(n, []rune("〇一二三四五六七八九")), true
		}
		return counting["chineseCountingThousand"].write(n), true
	}
	return strconv.Itoa(n), false
}

// limit keeps what is printed short, whatever a file says.
const limit = 999_999

const (
	stems    = "甲乙丙丁戊己庚辛壬癸"
	branches = "子丑寅卯辰巳午未申酉戌亥"
)

// digits are the formats that write each decimal place.
var digits = map[string]string{
	"decimalFullWidth":           "０１２３４５６７８９",
	"decimalFullWidth2":          "０１２３４５６７８９",
	"ideographDigital":           "〇一二三四五六七八九",
	"japaneseDigitalTenThousand": "〇一二三四五六七八九",
	"taiwaneseDigital":           "○一二三四五六七八九",
	"koreanDigital":              "영일이삼사오육칠팔구",
	"koreanDigital2":             "零一二三四五六七八九",
	"hindiNumbers":               "०१२३४५६७८९",
	"thaiNumbers":                "๐๑๒๓๔๕๖๗๘๙",
}

// letters are the formats that go through an alphabet and then double its letters.
var letters = map[string]string{
	"upperLetter":  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	"lowerLetter":  "abcdefghijklmnopqrstuvwxyz",
	"russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя", // without ё й ъ ь, as ECMA-376 has it
	"russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
	"hebrew2":      "אבגדהוזחטיכלמנסעפצקרשת",
	"arabicAlpha":  "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
	"arabicAbjad":  "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
	"thaiLetters":  "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
	"hindiVowels":  "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
	"lowerGreek":   "αβγδεζηθικλμνξοπρστυφχψω",
	"upperGreek":   "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
	"aiueo":        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
	"aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホ" +
		"マミムメモヤユヨラリルレロワヲン",
	"iroha":          "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ",
	"irohaFullWidth": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
	"ganada":         "가나다라마바사아자차카타파하",
	"chosung":        "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
}

// signs are the formats that have a sign of its own for each number from 1.
var signs = map[string][]rune{
	"decimalEnclosedCircle":        run('①', 20),
	"decimalEnclosedCircleChinese": run('①', 20),
	"decimalEnclosedParen":         run('⑴', 20),
	"decimalEnclosedFullstop":      run('⒈', 20),
	"ideographEnclosedCircle":      run('㊀', 10),
	"ideographTraditional":         []rune(stems),
	"ideographZodiac":              []rune(branches),
}

func run(first rune, n int) []rune {
	out := make([]rune, n)
	for i := range out {
		out[i] = first + rune(i)
	}
	return out
}

// places writes each decimal place of n with a sign.
func places(n int, signs []rune) string {
	out := []rune(strconv.Itoa(n))
	for i, r := range out {
		out[i] = signs[r-'0']
	}
	return string(out)
}

// repeated writes n as the letter of an alphabet, doubled after its end: aa, bb.
func repeated(n int, alphabet []rune) (string, bool) {
	times := (n-1)/len(alphabet) + 1
	if n < 1 || times > 30 {
		return strconv.Itoa(n), false
	}
	return strings.Repeat(string(alphabet[(n-1)%len(alphabet)]), times), true
}

func single(n int, signs []rune) (string, bool) {
	if n < 1 || n > len(signs) {
		return strconv.Itoa(n), false
	}
	return string(signs[n-1]), true
}

func roman(n int) (string, bool) {
	if n < 1 || n > 9999 {
		return strconv.Itoa(n), false
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String(), true
}

func ordinal(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

// hebrew writes n with Hebrew letters as figures; 15 and 16 are written so that
// they do not spell the Name.
func hebrew(n int) (string, bool) {
	if n < 1 || n > 999 {
		return strconv.Itoa(n), false
	}
	var b strings.Builder
	for ; n >= 400; n -= 400 {
		b.WriteRune('ת')
	}
	if n >= 100 {
		b.WriteRune([]rune("קרש")[n/100-1])
		n %= 100
	}
	if n == 15 || n == 16 {
		b.WriteRune('ט')
		n -= 9
	}
	if n >= 10 {
		b.WriteRune([]rune("יכלמנסעפצ")[n/10-1])
		n %= 10
	}
	if n > 0 {
		b.WriteRune([]rune("אבגדהוזחט")[n-1])
	}
	return b.String(), true
}

// counter writes numbers in words of the Chinese kind.
type counter struct {
	zero   string // between places that are empty; empty for none
	digits string
	units  [3]string // ten, hundred, thousand
	myriad string
	// oneTen is whether 10 to 19 begin with a one; one, whether other units do.
	oneTen, one bool
}

var counting = map[string]counter{
	"chineseCountingThousand":   {"零", "零一二三四五六七八九", [3]string{"十", "百", "千"}, "万", false, true},
	"taiwaneseCountingThousand": {"零", "零一二三四五六七八九", [3]string{"十", "百", "千"}, "萬", false, true},
	"japaneseCounting":          {"", "〇一二三四五六七八九", [3]string{"十", "百", "千"}, "万", false, false},
	"chineseLegalSimplified":    {"零", "零壹贰叁肆伍陆柒捌玖", [3]string{"拾", "佰", "仟"}, "万", true, true},
	"ideographLegalTraditional": {"零", "零壹貳參肆伍陸柒捌玖", [3]string{"拾", "佰", "仟"}, "萬", true, true},
	"japaneseLegal":             {"", "〇壱弐参四伍六七八九", [3]string{"拾", "百", "阡"}, "萬", true, true},
	"koreanCounting":            {"", "영일이삼사오육칠팔구", [3]string{"십", "백", "천"}, "만", false, false},
}

func (c counter) write(n int) string {
	d := []rune(c.digits)
	if n == 0 {
		return string(d[0])
	}
	var b strings.Builder
	if n >= 10000 {
		b.WriteString(c.below(n/10000, true) + c.myriad)
		if n %= 10000; n > 0 && n < 1000 {
			b.WriteString(c.zero)
		}
	}
	b.WriteString(c.below(n, b.Len() == 0))
	return b.String()
}

// below writes a number of up to four places; first tells that nothing stands
// before it.
func (c counter) below(n int, first bool) string {
	d := []rune(c.digits)
	var b strings.Builder
	gap := false
	for place, unit := 3, 1000; place >= 0; place, unit = place-1, unit/10 {
		digit := n / unit % 10
		if digit == 0 {
			gap = gap || b.Len() > 0
			continue
		}
		if gap {
			b.WriteString(c.zero)
			gap = false
		}
		leadingTen := place == 1 && b.Len() == 0 && first && !c.oneTen
		if place == 0 || digit > 1 || c.one && !leadingTen {
			b.WriteRune(d[digit])
		}
		if place > 0 {
			b.WriteString(c.units[place-1])
		}
	}
	return b.String()
}
