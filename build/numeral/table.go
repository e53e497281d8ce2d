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
}

type stem struct {
	begins string
	value  float64
}

// vocabularies by language. Chinese numerals are read in all languages, see han.go.
var vocabularies = map[string]*vocabulary{
	"en": {
		complete: true, hundreds: true, and: "and", of: "of", endings: " st nd rd th ",
		words: numbers(`
1 one? once~ single~ first!?
2 two second!? seconds!~ twice? both~ double~ pair~ bilateral~ dual~
3 three third! thirds!~ thrice~ triple~ trilateral~ tripartite~
4 four fourth! quarter~ quarters~
5 five fifth!
6 six sixth!
7 seven seventh!
8 eight eighth!
9 nine ninth!
10 ten tenth! tens~ decade~ decades~
11 eleven eleventh!
12 twelve twelfth! dozen~ dozens~
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
100 hundred? hundredth!~ hundreds? century~ centuries~ centenary~
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
1 один? одна? одно? одного? одной? одному? одним? одном? одну? одни? одних? одними? перв+!? однажды~
2 два две двух двум двумя двое? двоих? дважды? втор+!? оба~ обе~ обоих~ обеих~ обоим~ обеим~ обоими~ обеими~ двойной~ двойного~
3 три трех трем тремя трое? троих? трижды? третий! третья! третье! третьего! третьей! третьему! третьим! третьем! третью!? третьи! третьих! третьими! треть~ трети~
4 четыре четырех четырем четырьмя четверо? четверт+! четверть~ четверти~
5 пять пяти пятью пят+!
6 шесть шести шестью шест+!
7 семь семи семью? седьм+!
8 восемь восьми восемью восьмью восьм+!
9 девять девяти девятью девят+!
10 десять десяти десятью десят+! десяток~ десятка~ десятки~ десятков~ десятилетие~ десятилетия~ десятилетий~ десятилетию~ десятилетием~
11 одиннадцать одиннадцати одиннадцатью одиннадцат+!
12 двенадцать двенадцати двенадцатью двенадцат+! дюжина~ дюжины~
13 тринадцать тринадцати тринадцатью тринадцат+!
14 четырнадцать четырнадцати четырнадцатью четырнадцат+!
15 пятнадцать пятнадцати пятнадцатью пятнадцат+!
16 шестнадцать шестнадцати шестнадцатью шестнадцат+!
17 семнадцать семнадцати семнадцатью семнадцат+!
18 восемнадцать восемнадцати восемнадцатью восемнадцат+!
19 девятнадцать девятнадцати девятнадцатью девятнадцат+!
20 двадцать двадцати двадцатью двадцат+!
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
		months: monthNames("январь января январе январю январем", "февраль февраля феврале февралю февралем", "март марта марте марту мартом",
			"апрель апреля апреле апрелю апрелем", "май мая мае маю маем", "июнь июня июне июню июнем", "июль июля июле июлю июлем",
			"август августа августе августу августом", "сентябрь сентября сентябре сентябрю сентябрем",
			"октябрь октября октябре октябрю октябрем", "ноябрь ноября ноябре ноябрю ноябрем", "декабрь декабря декабре декабрю декабрем"),
		scales: map[string]float64{
			"тыс": 1e3, "тысяча": 1e3, "тысячи": 1e3, "тысяч": 1e3, "тысячу": 1e3, "тысячам": 1e3, "тысячами": 1e3,
			"млн": 1e6, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "миллионам": 1e6, "миллионами": 1e6,
			"млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "миллиардам": 1e9, "миллиардами": 1e9,
			"трлн": 1e12, "триллион": 1e12, "триллиона": 1e12, "триллионов": 1e12,
		},
		stems: []stem{{"двух", 2}, {"дву", 2}, {"трех", 3}, {"четырех", 4}, {"пяти", 5}, {"шести", 6}, {"семи", 7}, {"восьми", 8}, {"девяти", 9}, {"десяти", 10}, {"столет", 100}},
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
	"es": {scales: map[string]float64{"millones": 1e6}},
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
var percents = set("percent per pct процент процента процентов проценту процентам процентами процентах процентом проценте проц prozent")

// romanMarkers stand before or after Roman numerals.
var romanMarkers = set(`chapter chapters article articles part title volume section annex appendix book act century centuries world phase stage
	глава главы главе главой главу раздел раздела разделе разделом часть части частью статья статьи статье том тома приложение приложения
	век века веке веком веков столетие столетия столетии этап этапа этапе`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}
