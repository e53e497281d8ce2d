package label

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FormatIn is Format for a text in a language, as lists count in words in some
// formats: "First", "Сто первый".
func FormatIn(n int, format, lang string) (string, bool) {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	w, ok := inWords[base]
	switch format {
	case "cardinalText", "ordinalText", "ordinal":
		switch {
		case !ok || n < 1 || n > limit || format != "ordinal" && n > 999:
			return strconv.Itoa(n), false
		case format == "cardinalText":
			return capital(w.cardinal(n)), true
		case format == "ordinalText":
			return capital(w.ordinal(n)), true
		}
		return w.short(n), true
	}
	return Format(n, format)
}

// words is how a language says numbers to 999.
type words struct {
	small, tens, hundreds                      []string // from 1, 10 and 100
	smallOrdinal, tensOrdinal, hundredsOrdinal []string
	joint                                      string // between tens and ones
	short                                      func(int) string
}

var inWords = map[string]words{
	"en": {
		small:           list("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
		tens:            list("ten twenty thirty forty fifty sixty seventy eighty ninety"),
		hundreds:        strings.Split("one hundred,two hundred,three hundred,four hundred,five hundred,six hundred,seven hundred,eight hundred,nine hundred", ","),
		smallOrdinal:    list("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"),
		tensOrdinal:     list("tenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"),
		hundredsOrdinal: strings.Split("one hundredth,two hundredth,three hundredth,four hundredth,five hundredth,six hundredth,seven hundredth,eight hundredth,nine hundredth", ","),
		joint:           "-",
		short:           ordinal,
	},
	"ru": {
		small:           list("один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"),
		tens:            list("десять двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"),
		hundreds:        list("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"),
		smallOrdinal:    list("первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый"),
		tensOrdinal:     list("десятый двадцатый тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый девяностый"),
		hundredsOrdinal: list("сотый двухсотый трехсотый четырехсотый пятисотый шестисотый семисотый восьмисотый девятисотый"),
		joint:           " ",
		short:           func(n int) string { return strconv.Itoa(n) + "-й" },
	},
}

func list(s string) []string { return strings.Fields(s) }

func (w words) cardinal(n int) string { return w.say(n, w.small, w.tens, w.hundreds) }

// ordinal says all but the last word as a cardinal.
func (w words) ordinal(n int) string {
	return w.say(n, w.smallOrdinal, w.tensOrdinal, w.hundredsOrdinal)
}

// say puts a number together; the last word is of the lists that are given.
func (w words) say(n int, small, tens, hundreds []string) string {
	h, rest := n/100, n%100
	if rest == 0 {
		return hundreds[h-1]
	}
	out := ""
	if h > 0 {
		out = w.hundreds[h-1] + " "
	}
	switch {
	case rest < 20:
		return out + small[rest-1]
	case rest%10 == 0:
		return out + tens[rest/10-1]
	}
	return out + w.tens[rest/10-1] + w.joint + small[rest%10-1]
}

func capital(s string) string {
	c, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(c)) + s[n:]
}
