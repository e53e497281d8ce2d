package numeral

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stele/build/lang"
)

// TestDates: one day in every notation is one date, with its place.
func TestDates(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ lang, text, want, at string }{
		{"ru", "принята 10 июля 2015 года", "2015-7-10", "10 июля 2015"},
		{"ru", "к 10 июля", "0-7-10", "10 июля"},
		{"ru", "в июле 2015 года", "2015-7-0", "июле 2015"},
		{"ru", "по январю 2015", "2015-1-0", "январю 2015"},
		{"ru", "10.07.2015 г.", "2015-7-10", "10.07.2015"},
		{"ru", "восьмого мая 1945 года", "1945-5-8", "восьмого мая 1945"},
		{"ru", "двадцать пятое декабря", "0-12-25", "двадцать пятое декабря"},
		{"en", "on July 10, 2015, in", "2015-7-10", "July 10, 2015"},
		{"en", "10 July 2015", "2015-7-10", "10 July 2015"},
		{"en", "the 10th of July 2015", "2015-7-10", "10th of July 2015"},
		{"en", "July 10th", "0-7-10", "July 10"},
		{"en", "July 2015", "2015-7-0", "July 2015"},
		{"en", "the fifth of May 2015", "2015-5-5", "fifth of May 2015"},
		{"en", "2015-07-10", "2015-7-10", "2015-07-10"},
		{"en", "you may 10", "", ""},
		{"en", "07.10.2015 or 07.25.2015", "2015-10-7 2015-7-25", "07.10.2015 07.25.2015"},
		{"zh", "于2015年7月10日通过", "2015-7-10", "2015年7月10日"},
		{"zh", "2015年7月", "2015-7-0", "2015年7月"},
		{"zh", "7月10日", "0-7-10", "7月10日"},
		{"zh", "二〇一五年七月十日", "2015-7-10", "二〇一五年七月十日"},
		{"zh", "二〇一五年七月", "2015-7-0", "二〇一五年七月"},
		{"zh", "七月十日，八月", "0-7-10", "七月十日"},
		{"ja", "2015年7月10日", "2015-7-10", "2015年7月10日"},
		{"de", "am 10. Juli 2015", "2015-7-10", "10. Juli 2015"},
		{"fr", "le 1er mai 2015", "2015-5-1", "1er mai 2015"},
		{"zh", "July 10, 2015", "2015-7-10", "July 10, 2015"}, // quoted
		{"ru", "July 10, 2015", "2015-7-10", "July 10, 2015"},
		{"es", "July 10, 2015", "", ""}, // not English
		{"fa", "۲۰۱۵-۰۷-۱۰", "2015-7-10", "۲۰۱۵-۰۷-۱۰"},
	} {
		_, dates := Read(lang.Of(tt.lang), tt.text)
		var got, at []string
		for _, d := range dates {
			got = append(got, fmt.Sprintf("%d-%d-%d", d.Year, d.Month, d.Day))
			at = append(at, tt.text[d.Start:d.End])
		}
		if strings.Join(got, " ") != tt.want || strings.Join(at, " ") != tt.at {
			t.Errorf("%s %q: got %q at %q, want %q at %q", tt.lang, tt.text, got, at, tt.want, tt.at)
		}
	}
}

// TestParts: what those who cut text themselves ask for.
func TestParts(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"15 x": "15 2", "1,234,567.8 m": "1.2345678e+06 11", "1 234,5": "1234.5 7", "1.234": "1234 5", "0.234": "0.234 5", "1,5": "1.5 3",
		"2.1.3": "2.1 3", "10.07.2015": "10.07 5", "0 123.456.789": "0 1", "１２": "12 6", "٢٠١٥": "2015 8", "२०,५": "20.5 10", "7.": "7 1", "3, 4": "3 1",
	} {
		v, n := Figure(s)
		if got := fmt.Sprint(v, n); got != want {
			t.Errorf("Figure(%q): %s, want %s", s, got, want)
		}
	}
	for s, want := range map[string]string{
		"二十五个": "25 9 3", "二〇二五年": "2025 12 4", "一百零五": "105 12 4", "三千四百": "3400 12 4", "千万": "1e+07 6 2", "万亿": "1e+12 6 2", "两万五": "25000 9 3", "一百零五个": "105 12 4", "人": "0 0 0", "": "0 0 0",
	} {
		v, n, letters := Han(s)
		if got := fmt.Sprint(v, n, letters); got != want {
			t.Errorf("Han(%q): %s, want %s", s, got, want)
		}
	}
	for s, want := range map[string]string{"万人": "10000 3", "千万": "1e+07 6", "十": "1 0", "人": "1 0"} {
		v, n := HanScale(s)
		if got := fmt.Sprint(v, n); got != want {
			t.Errorf("HanScale(%q): %s, want %s", s, got, want)
		}
	}
	for s, want := range map[string]int{"VIII": 8, "ХХІ": 21, "MCMXC": 1990, "IIII": 0, "VX": 0, "": 0, "ABC": 0} {
		if got := Roman(s); got != want {
			t.Errorf("Roman(%q): %d, want %d", s, got, want)
		}
	}
	for w, want := range map[string]Meaning{
		"четыреста": {Number: 400, Named: true}, "шестьсот": {Number: 600, Named: true}, "семьсот": {Number: 700, Named: true},
		"восемьсот": {Number: 800, Named: true}, "девятисот": {Number: 900, Named: true}, "двумястами": {Number: 200, Named: true},
		"одиннадцатому": {Number: 11, Named: true, Ordinal: true}, "январю": {Month: 1}, "may": {Month: 5, Common: true}, "juillet": {Month: 7},
		"sept": {Month: 9, Number: 7, Named: true}, "zwölf": {Number: 12, Named: true}, "second": {Number: 2, Named: true, Ordinal: true},
	} {
		if got, _ := Means(w); got != want {
			t.Errorf("Means(%q): %+v, want %+v", w, got, want)
		}
	}
	for _, w := range []string{"both", "decade", "век", "оба", "стол"} {
		if got, ok := Means(w); ok {
			t.Errorf("Means(%q): %+v, want nothing", w, got)
		}
	}
	if Scale("млн") != 1e6 || Scale("milliarden") != 1e9 || Scale("дом") != 0 {
		t.Error("scales")
	}
}

// TestVocabularies: no word is two numbers in one language, every month is
// there, and words are written as texts are folded.
func TestVocabularies(t *testing.T) {
	t.Parallel()
	for code, v := range vocabularies {
		have := map[int]bool{}
		for w, m := range v.months {
			have[m] = true
			if strings.ToLower(w) != w || strings.ContainsRune(w, 'ё') {
				t.Errorf("%s: %q", code, w)
			}
		}
		if len(have) != 12 && len(have) != 0 {
			t.Errorf("%s: %d months", code, len(have))
		}
		for w := range v.words {
			if strings.ToLower(w) != w || strings.ContainsAny(w, "ё!?~+") {
				t.Errorf("%s: %q", code, w)
			}
		}
	}
}

// FuzzRead: no text breaks the reader, and every place is in the text.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"10 июля 2015, July 10, 2015; 2015年7月10日", "1.2.3 0 123.456.789 1'234", "двадцать-пять тысяч сто", "百分之15 二〇一五年七月十日",
		"A/RES/70/1 5G 7.55 pm 15:00", "XXI век, МДХІІ", "٢٠١٥٫٥ २०२५", "万亿千百十", "twenty-five hundred and and", "2015-07-10 10.07.2015 99.99.9999",
	} {
		for _, l := range []string{"ru", "en", "zh", "fr", "ar"} {
			f.Add(l, s)
		}
	}
	f.Fuzz(func(t *testing.T, code, s string) {
		values, dates := Read(lang.Of(code), s)
		for _, v := range values {
			if v.Start < 0 || v.End > len(s) || v.Start >= v.End || v.Kind != Code && len(v.Values) == 0 {
				t.Errorf("%s %q: %+v", code, s, v)
			}
			if !v.Matches(&v) && v.Kind == Code {
				t.Errorf("%s %q: %+v does not match itself", code, s, v)
			}
			v.Key()
		}
		for _, d := range dates {
			if d.Start < 0 || d.End > len(s) || d.Start >= d.End || d.Month < 1 || d.Month > 12 {
				t.Errorf("%s %q: %+v", code, s, d)
			}
		}
		if _, n := Figure(s); n < 0 || n > len(s) {
			t.Errorf("Figure(%q): %d", s, n)
		}
		if _, n, _ := Han(s); n < 0 || n > len(s) {
			t.Errorf("Han(%q): %d", s, n)
		}
		Roman(s)
		Means(s)
	})
}

// TestLinear: no pattern that repeats makes the reader slow.
func TestLinear(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"1.", "1 234 ", "1-", "二", "万", "百分之", "二〇一五年", "7月", "2015年7月", "one ", "hundred and ", "twenty-", "сто ", "май ", "May 1, ", "X", "А-1/", "1 ", "1, ", "1 и 1 мая ", "1–", "7月1日至", "1日、", "十四五", "三点五", "一个半", "1/3 ", "1/1/", "15.30 ", "half past ", "half a ", "5日 ", "۲٫", "分之一"} {
		s := strings.Repeat(unit, 30_000/len(unit))
		for _, code := range []string{"ru", "en", "zh"} {
			start := time.Now()
			Read(lang.Of(code), s)
			Figure(s)
			Han(s)
			if d := time.Since(start); d > time.Second {
				t.Errorf("%s: 30 kB of %q take %v", code, unit, d)
			}
		}
	}
}
