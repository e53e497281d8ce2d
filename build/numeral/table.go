package numeral

import (
	"maps"
	"strconv"
	"strings"
)

// word is what a word means as a number, or as a part of one.
type word struct {
	value float64
	// loose words count only as an answer to another language's number: they
	// have other meanings (second, семью), or other languages say it without a
	// number (both, decade).
	loose bool
	// implied numbers are such that the word is no name of the number.
	implied bool
	// ordinal words end a compound number.
	ordinal bool
}

// vocabulary is what a language says numbers and dates with. All words are in
// small letters, with е for ё.
type vocabulary struct {
	words  map[string]word
	months map[string]int
	// scales follow a number in figures or words and multiply it.
	scales map[string]float64
	// complete vocabularies have all numbers, and their compounds can be read.
	complete bool
	// hundreds tells that a hundred is counted: two hundred, but двести.
	hundreds bool
	// and joins the parts of a number; of a day and its month.
	and, of string
	// endings of figures that make them ordinal: 12th.
	endings string
	// stems begin compound adjectives: трехсторонний.
	stems []stem
	// units follow the stems of compound words.
	units []string
}

type stem struct {
	begins string
	value  float64
	// counted stems are numbers only before a unit: столетие, but столица.
	counted bool
}

// vocabularies by language. Chinese numerals are read in all languages, see han.go.
var vocabularies = map[string]*vocabulary{
	"en": {
		complete: true, hundreds: true, and: "and", of: "of", endings: " st nd rd th ",
		words: numbers(`
0 midnight~
1 one? once~ single~ first!?
2 two second!? twice? both~ double~ doubled~ doubling~ twofold~ pair~ bilateral~ dual~ biennial~ biennially~ biannual~
3 three third! thirds!~ thrice~ triple~ tripled~ tripling~ threefold~ trilateral~ tripartite~ triennial~ triennially~
4 four fourth! quadrilateral~ quadrupled~ fourfold~ quadripartite~
5 five fifth! fivefold~ quinquennial~
6 six sixth! sixfold~
7 seven seventh!
8 eight eighth!
9 nine ninth!
10 ten tenth! tens~ decade~ decades~
11 eleven eleventh!
12 twelve twelfth! dozen~ dozens~ noon~
13 thirteen thirteenth!
14 fourteen fourteenth! fortnight~
15 fifteen fifteenth!
16 sixteen sixteenth!
17 seventeen seventeenth!
18 eighteen eighteenth!
19 nineteen nineteenth!
20 twenty twentieth! twenties~
30 thirty thirtieth! thirties~
40 forty fortieth! forties~
50 fifty fiftieth! fifties~
60 sixty sixtieth! sixties~
70 seventy seventieth! seventies~
80 eighty eightieth! eighties~
90 ninety ninetieth! nineties~
100 hundred? hundredth!~ hundreds? century~ centuries~ centenary~ centennial~
150 sesquicentennial~
200 bicentenary~ bicentennial~
1000 thousand? thousandth!~ thousands? millennium~ millennia~
1000000 million~ millions~
1000000000 billion~ billions~
`),
		months: monthNames("january jan january's", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"),
		scales: map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mln": 1e6, "bn": 1e9},
	},
	"ru": {
		complete: true,
		words: numbers(`
0 полночь~ полуночи~
0.5 половина~ половины~ половине~ половину~ половиной~
1.5 полтора полторы полутора полуторный~ полуторная~ полуторной~ полуторную~ полуторного~ полуторных~
50 полсотни
500 полтысячи
500000 полмиллиона полумиллиона
500000000 полмиллиарда полумиллиарда
1 один? одна? одно? одного? одной? одному? одним? одном? одну? одни? одних? одними? перв+!? однажды~
2 два две двух двум двумя двое? двоих? дважды? втор+!? вдвое~ удвоился~ удвоилась~ удвоилось~ удвоились~ удвоить~ удвоение~ удвоения~ оба~ обе~ обоих~ обеих~ обоим~ обеим~ обоими~ обеими~ двойной~ двойного~
3 три трех трем тремя трое? троих? трижды? третий! третья! третье! третьего! третьей! третьему! третьим! третьем! третью!? третьи! третьих! третьими! треть~ трети~ третью~ тройка~ тройки~ тройке~ втрое~ утроился~ утроилась~ утроилось~ утроились~ утроить~
4 четыре четырех четырем четырьмя четверо? четверт+! четверть~ четверти~ четвертью~ четверка~ четверки~ четверке~ четверкой~ вчетверо~
5 пять пяти пятью пят+! пятерка~ пятерки~ пятерке~ пятерку~ пятеркой~ впятеро~
6 шесть шести шестью шест+! шестерка~ шестерки~ шестерке~ шестерку~ шестеркой~ полгода~ полугода~ полугодие~ полугодия~ полугодии~
7 семь семи семью? седьм+! семерка~ семерки~ семерке~ семерку~ семеркой~
8 восемь восьми восемью восьмью восьм+! восьмерка~ восьмерки~ восьмерке~ восьмерку~ восьмеркой~
9 девять девяти девятью девят+!
10 десять десяти десятью десят+! десяток~ десятка~ десятки~ десятков~ десятилетие~ десятилетия~ десятилетий~ десятилетию~ десятилетием~
11 одиннадцать одиннадцати одиннадцатью одиннадцат+!
12 двенадцать двенадцати двенадцатью двенадцат+! дюжина~ дюжины~ полдень~ полдня~ полудню~
13 тринадцать тринадцати тринадцатью тринадцат+!
14 четырнадцать четырнадцати четырнадцатью четырнадцат+!
15 пятнадцать пятнадцати пятнадцатью пятнадцат+!
16 шестнадцать шестнадцати шестнадцатью шестнадцат+!
17 семнадцать семнадцати семнадцатью семнадцат+!
18 восемнадцать восемнадцати восемнадцатью восемнадцат+!
19 девятнадцать девятнадцати девятнадцатью девятнадцат+!
20 двадцать двадцати двадцатью двадцат+! двадцатка~ двадцатки~ двадцатке~ двадцатку~ двадцаткой~
24 сутки~ суток~
30 тридцать тридцати тридцатью тридцат+!
40 сорок сорока сороков+!
50 пятьдесят пятидесяти пятьюдесятью пятидесят+!
60 шестьдесят шестидесяти шестьюдесятью шестидесят+!
70 семьдесят семидесяти семьюдесятью семидесят+!
80 восемьдесят восьмидесяти восемьюдесятью восьмидесят+!
90 девяносто девяноста девяност+!
100 сто? ста? сотня? сотни? сотен? сот+!~ век~ века~ веке~ веков~ столетие~ столетия~ столетий~
200 двести двухсот двумстам двумястами двухстах
300 триста трехсот тремстам тремястами трехстах
400 четыреста четырехсот четыремстам четырьмястами четырехстах
500 пятьсот пятисот пятистам пятьюстами пятистах
600 шестьсот шестисот шестистам шестьюстами шестистах
700 семьсот семисот семистам семьюстами семистах
800 восемьсот восьмисот восьмистам восемьюстами восьмистах
900 девятьсот девятисот девятистам девятьюстами девятистах
1000 тысяча? тысячи? тысяч? тысячу? тысячам? тысячами? тысячн+!~ тысячелетие~ тысячелетия~
1000000 миллион~ миллиона~ миллионов~ миллионы~ миллионам~ миллионами~
1000000000 миллиард~ миллиарда~ миллиардов~ миллиарды~ миллиардам~ миллиардами~
`),
		months: monthNames("январь января январе январю январем янв", "февраль февраля феврале февралю февралем фев февр", "март марта марте марту мартом",
			"апрель апреля апреле апрелю апрелем апр", "май мая мае маю маем", "июнь июня июне июню июнем июн", "июль июля июле июлю июлем июл",
			"август августа августе августу августом авг", "сентябрь сентября сентябре сентябрю сентябрем сент сен",
			"октябрь октября октябре октябрю октябрем окт", "ноябрь ноября ноябре ноябрю ноябрем нояб", "декабрь декабря декабре декабрю декабрем дек"),
		scales: map[string]float64{
			"тыс": 1e3, "тысяча": 1e3, "тысячи": 1e3, "тысяч": 1e3, "тысячу": 1e3, "тысячам": 1e3, "тысячами": 1e3,
			"млн": 1e6, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "миллионам": 1e6, "миллионами": 1e6,
			"млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "миллиардам": 1e9, "миллиардами": 1e9,
			"трлн": 1e12, "триллион": 1e12, "триллиона": 1e12, "триллионов": 1e12,
		},
		stems: []stem{
			{"полутора", 1.5, false},
			{"двух", 2, false},
			{"дву", 2, false},
			{"трех", 3, false},
			{"четырех", 4, false},
			{"пяти", 5, false},
			{"шести", 6, false},
			{"семи", 7, false},
			{"восьми", 8, false},
			{"девяти", 9, false},
			{"десяти", 10, false},
			{"одиннадцати", 11, false},
			{"двенадцати", 12, false},
			{"тринадцати", 13, false},
			{"четырнадцати", 14, false},
			{"пятнадцати", 15, false},
			{"шестнадцати", 16, false},
			{"семнадцати", 17, false},
			{"восемнадцати", 18, false},
			{"девятнадцати", 19, false},
			{"двадцати", 20, false},
			{"тридцати", 30, false},
			{"сорока", 40, true},
			{"пятидесяти", 50, false},
			{"шестидесяти", 60, false},
			{"семидесяти", 70, false},
			{"восьмидесяти", 80, false},
			{"девяносто", 90, true},
			{"сто", 100, true},
			{"двухсот", 200, false},
			{"трехсот", 300, false},
			{"четырехсот", 400, false},
			{"пятисот", 500, false},
			{"шестисот", 600, false},
			{"семисот", 700, false},
			{"восьмисот", 800, false},
			{"девятисот", 900, false},
			{"тысяче", 1000, true},
		},
		units: strings.Fields("лет годов годич дневн недел месяч часов минут секунд процент кратн тысяч миллион миллиард метров километр тонн"),
	},
	// Chinese is read in han.go; it quotes English.
	"zh": {complete: true},
	"de": {
		words: numbers(`
1 erste erster erstes ersten
2 zwei zweite zweiten
3 drei dritte dritten
4 vier vierte
5 fünf
6 sechs
7 sieben
8 acht
9 neun
10 zehn
11 elf
12 zwölf
20 zwanzig
30 dreißig
40 vierzig
50 fünfzig
100 hundert
1000 tausend
`),
		months: monthNames("januar jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"),
		scales: map[string]float64{"tausend": 1e3, "millionen": 1e6, "milliarden": 1e9}, endings: " . ",
	},
	"fr": {
		words: numbers(`
1 premier première
2 deux
3 trois
4 quatre
5 cinq
6 six
7 sept
8 huit
9 neuf
10 dix
11 onze
12 douze
20 vingt
30 trente
100 cent
1000 mille
`),
		months: monthNames("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
		scales: map[string]float64{"mille": 1e3, "millions": 1e6, "milliards": 1e9}, endings: " er ",
	},
	"es": {
		months: monthNames("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre setiembre", "octubre", "noviembre", "diciembre"),
		scales: map[string]float64{"mil": 1e3, "millón": 1e6, "millones": 1e6, "billones": 1e12}, of: "de", endings: " ª º a o ",
	},
	"pt": {
		months: monthNames("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
		scales: map[string]float64{"mil": 1e3, "milhão": 1e6, "milhões": 1e6}, of: "de", endings: " ª º ",
	},
	"ar": {
		months: monthNames("يناير", "فبراير شباط", "مارس آذار", "أبريل إبريل نيسان", "مايو أيار", "يونيو يونيه حزيران", "يوليو يوليه تموز", "أغسطس", "سبتمبر أيلول", "أكتوبر", "نوفمبر", "ديسمبر"),
		scales: map[string]float64{"ألف": 1e3, "آلاف": 1e3, "مليون": 1e6, "ملايين": 1e6, "مليار": 1e9, "مليارات": 1e9, "تريليون": 1e12},
	},
	"fa": {
		months: monthNames("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه ژوئیهٔ جولای", "اوت آگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
		scales: map[string]float64{"هزار": 1e3, "میلیون": 1e6, "میلیارد": 1e9, "تریلیون": 1e12},
	},
	"hi": {
		months: monthNames("जनवरी", "फरवरी फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर सितम्बर", "अक्टूबर अक्तूबर", "नवंबर नवम्बर", "दिसंबर दिसम्बर"),
		scales: map[string]float64{"हज़ार": 1e3, "हजार": 1e3, "लाख": 1e5, "करोड़": 1e7, "अरब": 1e9},
	},
}

// ordinalEndings of Russian; "+" in the table stands for each.
var ordinalEndings = strings.Fields("ый ой ая ое ого ому ым ом ую ые ых ыми")

// numbers reads a table of lines such as "3 three third!". "!" marks an
// ordinal, "?" a word that has other meanings too, "~" one that only implies
// its number, "+" all endings of a Russian ordinal.
func numbers(table string) map[string]word {
	out := map[string]word{}
	for line := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		fields := strings.Fields(line)
		value, _ := strconv.ParseFloat(fields[0], 64)
		for _, w := range fields[1:] {
			w, implied := strings.CutSuffix(w, "~")
			w, loose := strings.CutSuffix(w, "?")
			w, ordinal := strings.CutSuffix(w, "!")
			n := word{value, loose || implied, implied, ordinal}
			begin, all := strings.CutSuffix(w, "+")
			if !all {
				out[w] = n
				continue
			}
			for _, end := range ordinalEndings {
				out[begin+end] = n
			}
		}
	}
	return out
}

func monthNames(names ...string) map[string]int {
	out := map[string]int{}
	for i, words := range names {
		for w := range strings.FieldsSeq(words) {
			out[w] = i + 1
		}
	}
	return out
}

// KnowsMonths reports whether dates are read in a language whose months have names.
func KnowsMonths(base string) bool {
	v := vocabularies[base]
	return base == "zh" || base == "ja" || base == "ko" || v != nil && len(v.months) > 0
}

// Knows reports whether numbers and dates in words are read in a language.
func Knows(base string) bool {
	v := vocabularies[base]
	return v != nil && v.complete
}

// Meaning is what a word can mean in whatever language it is.
type Meaning struct {
	Month  int // 0 if it is none
	Number float64
	Named  bool // it names the number, which may be 0
	// Ordinal words name a place, not a quantity: third.
	Ordinal bool
	// Common words are months only with a capital: may, march.
	Common bool
}

// Means returns what a word, in small letters and with е for ё, means as a
// month or a number in any language. It does not read words that only imply a
// number (both, decade), nor compounds.
func Means(w string) (Meaning, bool) {
	m, ok := meanings[w]
	return m, ok
}

var meanings = func() map[string]Meaning {
	out := map[string]Meaning{}
	for _, v := range vocabularies {
		for w, m := range v.months {
			x := out[w]
			x.Month, x.Common = m, commonWords[w]
			out[w] = x
		}
		for w, n := range v.words {
			if n.implied {
				continue
			}
			x := out[w]
			x.Number, x.Named = n.value, true
			x.Ordinal = x.Ordinal || n.ordinal
			out[w] = x
		}
	}
	return out
}()

// commonWords are months that are ordinary words too.
var commonWords = map[string]bool{"may": true, "march": true, "mar": true, "dec": true, "sep": true}

// Scale returns what a word after a number multiplies it by, or 0. Behind a
// number it is not mistaken, whatever the language.
func Scale(w string) float64 { return scales[w] }

var scales = func() map[string]float64 {
	out := map[string]float64{}
	for _, v := range vocabularies {
		maps.Copy(out, v.scales)
	}
	return out
}()

// many are plural words for no number in particular.
var many = set(`tens dozens hundreds thousands millions billions десятки десятков десятками десяткам сотни сотен сотням сотнями
	тысячи тысяч тысячам тысячами миллионы миллионов миллионам миллионами миллиарды миллиардов`)

// percents follow a number.
var percents = set("percent per pct percentage процент процента процентов проценту процентам процентами процентах процентом проценте проц prozent درصد प्रतिशत")

// romanMarkers stand before or after Roman numerals.
var romanMarkers = set(`chapter chapters article articles part title volume section annex appendix book act century centuries world phase stage
	art ch ст гл разд квартал квартала квартале вв
	глава главы главе главой главу раздел раздела разделе разделом часть части частью статья статьи статье том тома приложение приложения
	век века веке веком веков столетие столетия столетии этап этапа этапе`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}
