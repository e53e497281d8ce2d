package render

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// What bound and latinWords find, said by expressions: slower by an order of
// magnitude, and easier to believe.
var (
	placeExpr  = regexp.MustCompile(`(^|[\s\x{a0}(«])([Сс]т\.|[Пп]п?\.|[Пп]одп\.|[Гг]л\.) ([0-9IVXLC])`)
	dateExpr   = regexp.MustCompile(`([0-9]) (г\.|гг\.|год|январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)`)
	monthExpr  = regexp.MustCompile(`([0-9]) (January|February|March|April|May|June|July|August|September|October|November|December)`)
	letterExpr = regexp.MustCompile(`[вксоуВКСОУ] `)
	latinExpr  = regexp.MustCompile(`\p{Latin}[\p{Latin}’'-]*(?:[,…”’)]* [/“‘(…]*\p{Latin}[\p{Latin}’'-]*)+`)
)

func boundByExpr(s, tag string) string {
	const space = "\u00a0"
	switch tag {
	case "en":
		return monthExpr.ReplaceAllString(s, "$1"+space+"$2")
	case "ru":
	default:
		return s
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, " —", space+"—"), "№ ", "№"+space)
	var b strings.Builder
	done := 0
	for _, at := range letterExpr.FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:at[0]])
		if before == utf8.RuneError || unicode.IsSpace(before) || before == '(' || before == '«' {
			b.WriteString(s[done:at[1]-1] + space)
			done = at[1]
		}
	}
	s = b.String() + s[done:]
	s = placeExpr.ReplaceAllString(s, "$1$2"+space+"$3")
	return dateExpr.ReplaceAllString(s, "$1"+space+"$2")
}

var typographyCases = []string{
	"", " ", "  ", "в", "в ", " в ", "а в г. Шанхае", "В с. 5 и п. 5, пп. 3 и подп. IV, (гл. 2) «ст. 7»", "5 июля 2002 г. и 7 мая, 3 годов", "№ 5 — это",
	"4 May 2001, 10 Mayor, 5 June", "Слово — не воробей; к югу (с севера) «у реки»", "о\u00a0в мире", "\ufffdв доме", "x в y", "п.5 п. x ст. X", "5  г.", "т.п. 5", "зап. 5", "п. 5 п. 6 п. 7",
	"он сказал Rule of Law, 2010 и “Belt and Road” (the Initiative), foo’ (bar", "a b", "ab -cd", "l’État c’est moi", "A/B C", "x, y… “z” (w) and/or", "слово word слово", "хlatin word", "été où", "a,b c, d",
}

func TestTypography(t *testing.T) {
	t.Parallel()
	for _, s := range typographyCases {
		compareTypography(t, s)
	}
}

func FuzzTypography(f *testing.F) {
	for _, s := range typographyCases {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) {
			compareTypography(t, s)
		}
	})
}

func compareTypography(t *testing.T, s string) {
	t.Helper()
	for _, tag := range []string{"ru", "en", "zh-Hans"} {
		if got, want := bound(s, tag), boundByExpr(s, tag); got != want {
			t.Errorf("bound(%q, %q)\n got %q\nwant %q", s, tag, got, want)
		}
	}
	if got, want := latinWords(s), latinExpr.FindAllStringIndex(s, -1); !slices.EqualFunc(got, want, slices.Equal[[]int]) {
		t.Errorf("latinWords(%q) = %v, want %v", s, got, want)
	}
}
