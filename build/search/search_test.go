package search

import (
	"maps"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stele/build/lang"
)

func forms(s string) string {
	var out []string
	for _, t := range tokens(s) {
		mark := []string{"", "~", "|"}[t.gap]
		out = append(out, mark+t.form)
	}
	return strings.Join(out, " ")
}

// TestTokens: "~" marks a soft gap before a token, "|" a hard one.
func TestTokens(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"", ""},
		{"Мир, труд", "|мир |труд"},
		{"государств-членов «ШОС»", "|государств ~членов ~шос"},
		{"Ёлка за\u0301мок наи\u0306лучший", "|елка ~замок ~найлучший"},
		{"сотруд\u00ADничество", "|сотрудничество"},
		{"务实、合作", "|务 实 |合 作"},
		{"2025年 Ａ股", "|2025 年 ~a 股"},
		{"don’t", "|don ~t"},
		{"ﬁn ½ m²", "|fin ~12 ~m2"},
		{"мир — труд", "|мир |труд"},
		{"2015–2025", "|2015 ~2025"},
		{"٣", "|3"},
		{"สวัสดี", "|ส วั ส ดี"},
		{"한국", "|한 국"},
	} {
		if got := forms(c[0]); got != c[1] {
			t.Errorf("%q\n got %s\nwant %s", c[0], got, c[1])
		}
	}
}

// TestTokensKeepPlaces: tokens stand in order within the text.
func TestTokensKeepPlaces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		end := 0
		for _, w := range tokens(s) {
			if w.start < end || w.end <= w.start || w.end > len(s) || w.form == "" {
				t.Fatalf("%q: %+v after %d", s, w, end)
			}
			end = w.end
		}
	})
}

func TestAkin(t *testing.T) {
	t.Parallel()
	ru := lang.Of("ru")
	for _, pair := range []string{
		"опыт опыта", "кредит кредита", "обмен обмена", "режим режима", "рынок рынка", "рынка рынок", "поставка поставок", "поставок поставка",
		"конец конца", "время времени", "времени время", "мать матери", "прав права", "безопасность безопасности", "государство государств",
	} {
		asked, found, _ := strings.Cut(pair, " ")
		if keys := keysOf(ru, asked); !slices.Contains(keys, ru.Stem(found)) {
			t.Errorf("%s does not find %s: %q, and not %q", asked, found, keys, ru.Stem(found))
		}
	}
	if got := keysOf(lang.Of("en"), "securities"); len(got) != 1 || got[0] != "secur" {
		t.Errorf("English: %q", got)
	}
}

func TestQueryValues(t *testing.T) {
	t.Parallel()
	x := &Index{months: map[string]int{"июля": 7, "июль": 7, "july": 7}}
	for _, c := range [][2]string{
		{"10 июля 2015 года", "2015-07-10"},
		{"July 10, 2015", "2015-07-10"},
		{"10th July 2015", "2015-07-10"},
		{"2015年7月10日", "2015-07-10"},
		{"二〇一五年七月十日", "2015-07-10"},
		{"2015-07-10", "2015-07-10"},
		{"10.07.2015", "2015-07-10"},
		{"7/10/2015", "2015-10-07|2015-07-10"},
		{"июль 2015", "2015-07"},
		{"10 июля", "-07-10"},
		{"7月10日", "-07-10"},
		{"2015年7月", "2015-07"},
		{"1 000 000", "1000000"},
		{"1,000", "1000|1"},
		{"5.3", "5.3"},
		{"12", "12"},
		{"十二", "12"},
		{"一百二十三", "123"},
		{"三股势力", ""},
		{"十二五规划", ""},
		{"july", ""},
	} {
		var got []string
		values := x.values(c[0], tokens(c[0]))
		for _, i := range slices.Sorted(maps.Keys(values)) {
			var all []string
			for _, v := range values[i].values {
				all = append(all, v.String())
			}
			got = append(got, strings.Join(all, "|"))
		}
		if got := strings.Join(got, " "); got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"ru", "Принято 10 июля 2015 года, двенадцать стран, 25 человек.", "2015-07-10 12"},
		{"zh", "2015年7月10日，十二个国家，2025年。", "2015-07-10 12"},
		{"en", "On July 10, 2015, 1.5 million and 40 states.", "2015-07-10 1500000"},
		{"de", "25", ""},
	} {
		var got []string
		for _, s := range spans(lang.Of(c[0]), c[1]) {
			got = append(got, s.values[0].String())
		}
		if got := strings.Join(got, " "); got != c[2] {
			t.Errorf("%s %q: got %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// TestPostings reads back what is written.
func TestPostings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		passages := rapid.IntRange(1, 3000).Draw(t, "passages")
		lists := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.Uint32Range(0, uint32(passages-1)), 1, min(passages, 50), func(p uint32) uint32 { return p }), 1, 20).Draw(t, "lists")
		w := &bitWriter{}
		size := 0
		for _, l := range lists {
			slices.Sort(l)
			w.list(l, passages)
			size += sizeOf(l, passages)
		}
		if size != w.n {
			t.Fatalf("%d bits were expected, %d written", size, w.n)
		}
		at := 0
		bit := func() uint { b := uint(w.bytes[at/8]>>(7-at%8)) & 1; at++; return b }
		low := func(n int) (v uint) {
			for range n {
				v = v<<1 | bit()
			}
			return v
		}
		for _, want := range lists {
			k := 0
			for bit() == 0 {
				k++
			}
			n := 1<<k | int(low(k))
			rice := max(bits.Len(uint(passages/n))-1, 0)
			last := -1
			var got []uint32
			for range n {
				gap := 0
				for bit() == 1 {
					gap++
				}
				last += gap<<rice | int(low(rice))
				last++
				got = append(got, uint32(last))
			}
			if !slices.Equal(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
	})
}

func TestFrontCoded(t *testing.T) {
	t.Parallel()
	if got, want := frontCoded([]string{"мир", "мирн", "миров", "法", "法律"}), "0мир\n3н\n3ов\n0法\n1律"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOneApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{{"abc", "abc", true}, {"abc", "abd", true}, {"abc", "ac", true}, {"abc", "acb", true}, {"abc", "abcd", true}, {"abc", "a", false}, {"abc", "xyz", false}, {"abcd", "badc", false}} {
		if got := oneApart([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%s %s: got %t", c.a, c.b, got)
		}
	}
}

func TestOwns(t *testing.T) {
	t.Parallel()
	for p, want := range map[string]bool{"search/start.js": true, "search/ru/t0.js": true, "search/x.png": false, "ru/search.html": false, "searches/a.js": false} {
		if Owns(p) != want {
			t.Errorf("%s: %t", p, !want)
		}
	}
}

func TestSwap(t *testing.T) {
	t.Parallel()
	f := swap("оеа")
	s := "море ABC о"
	if got := f(f(s)); got != s || f(s) == s {
		t.Errorf("%q becomes %q", s, got)
	}
}
