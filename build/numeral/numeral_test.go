package numeral

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stele/build/lang"
)

// TestRead: what is read from each notation. A number is its value, "m" is a
// month, "c" a code, "%" a percentage; "?" marks what only answers to others.
func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ lang, text, want string }{
		{"ru", "12 сентября 2014 года", "12 2014 m9"},
		{"en", "September 12, 2014", "12 2014 m9"},
		{"en", "the 12th of September 2014", "12 2014 m9"},
		{"en", "12 Sept. 2014", "12 m9 2014"},
		{"zh", "2014年9月12日", "12 2014 m9"},
		{"zh", "二〇一四年九月十二日", "2014 m9 12"},
		{"ru", "12.09.2014", "12 2014 m9"},
		{"en", "2014-09-12", "12 2014 m9"},
		{"ru", "восьмого мая", "8 m5"},
		{"en", "you may march", ""},
		{"ru", "восемь, двадцать пять, двести пятьдесят шесть", "8 25 256"},
		{"en", "eight, twenty-five, two hundred and fifty-six", "8 25 256"},
		{"zh", "八个、二十五个、二百五十六个", "8 25 256"},
		{"ru", "две тысячи пятнадцать", "2015"},
		{"en", "two thousand and fifteen", "2015"},
		{"ru", "20 млн, 1,5 миллиарда, 34 000", "20000000 1500000000 34000"},
		{"en", "20 million, 1.5 billion, 34,000", "20000000 1500000000 34000"},
		{"zh", "2000万、15亿、3.4万", "20000000 1500000000 34000"},
		{"ru", "15 %, пятнадцать процентов", "15% 15%"},
		{"en", "15%, fifteen per cent", "15% 15%"},
		{"zh", "15％、百分之十五、百分之15", "15% 15% 15%"},
		{"ru", "глава VIII, XXI век, ХХ век", "8 21 100? 20 100?"},
		{"en", "Chapter VIII, Article V, I am", "8 5"},
		{"zh", "第八章、第VIII章", "8 8"},
		{"ru", "№ 3", "3"},
		{"en", "No. 3", "3"},
		{"zh", "第3号、第三号", "3 3"},
		{"en", "2015–2025, 2015–25", "2015 2025 2015 2025"},
		{"zh", "2015年至2025年", "2015 2025"},
		{"en", "A/RES/70/1, COVID-19, 5G, 5.3a", "cA/RES/70/1 cCOVID-19 c5G c5.3A"},
		{"ru", "резолюция А/RES/70/1, С-300", "cA/RES/70/1 cC-300"},
		{"en", "1990s, 21st, 18-year-old", "1990 21 18"},
		{"ru", "1990-е, 21-й, 18-летний", "1990 21 18"},
		{"en", "one of both, dozens, tens of thousands, third parties", "1? 2? 12? 10? 1000? 3?"},
		{"ru", "один из обоих, десятки тысяч, третьи лица, двусторонний", "1? 2? 10000? 3? 2?"},
		{"zh", "一个、双方、十分、数万、七八个、第三方、周三", "1? 2? 10? 10000? 7? 8? 78? 3? 3?"},
		{"zh", "统一、千方百计、二人", "1? 1000? 100? 2?"},
		{"en", "7.55 pm, 15:00", "19 55 15 0?"},
		{"fr", "huit, 25", "25"},
	} {
		values, _ := Read(lang.Of(tt.lang), tt.text)
		slices.SortStableFunc(values, func(a, b Value) int { return a.Start - b.Start })
		var got []string
		for _, f := range values {
			if f.Start < 0 || f.End > len(tt.text) || f.Start >= f.End {
				t.Errorf("%s %q: a value at [%d,%d)", tt.lang, tt.text, f.Start, f.End)
			}
			s := "c" + f.Code
			if f.Kind != Code {
				s = map[bool]string{true: "m"}[f.Kind == Month] + strings.TrimSuffix(fmt.Sprintf("%.0f", f.Values[0]), ".")
			}
			s += map[bool]string{true: "%"}[f.Percent] + map[bool]string{true: "?"}[!f.Firm]
			got = append(got, s)
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.lang, tt.text, g, tt.want)
		}
	}
}

func TestMatches(t *testing.T) {
	t.Parallel()
	one := func(code, text string) Value {
		f, _ := Read(lang.Of(code), text)
		if len(f) != 1 {
			t.Fatalf("%s %q: %d values, want 1", code, text, len(f))
		}
		return f[0]
	}
	for _, tt := range []struct {
		a, b string // "lang text"
		want bool
	}{
		{"en 1.234", "ru 1,234", true},
		{"en 1,234", "ru 1 234", true},
		{"en 1.5", "ru 1,5", true},
		{"en 1.5", "ru 15", false},
		{"en 1990s", "zh 90年代", true},
		{"en G20", "zh 二十国", true},
		{"en A/70/1", "ru А/70/1", true},
		{"en A/70/1", "ru A/71/1", false},
		{"en 8", "ru девять", false},
	} {
		la, ta, _ := strings.Cut(tt.a, " ")
		lb, tb, _ := strings.Cut(tt.b, " ")
		a, b := one(la, ta), one(lb, tb)
		if got := a.Matches(&b); got != tt.want || b.Matches(&a) != got {
			t.Errorf("%q and %q: %v and %v, want %v", tt.a, tt.b, got, b.Matches(&a), tt.want)
		}
	}
}
