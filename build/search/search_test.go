package search

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strconv"
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
		{"1,000", "1000"},
		{"1.000", "1000"},
		{"1,500", "1500|1.5"},
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

// TestLists reads back what is written.
func TestLists(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := &numbering{first: []int{0}}
		for i, n := range rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 500)), 1, 60).Draw(t, "parts") {
			for range n {
				in.part = append(in.part, uint32(i))
			}
			in.first = append(in.first, len(in.part))
		}
		passages := len(in.part)
		if passages == 0 {
			return
		}
		lists := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.Uint32Range(0, uint32(passages-1)), 1, min(passages, 50), func(p uint32) uint32 { return p }), 1, 20).Draw(t, "lists")
		w := &bitWriter{}
		var ends []int
		for _, l := range lists {
			slices.Sort(l)
			w.list(l, in)
			ends = append(ends, w.size())
		}
		from := rapid.IntRange(0, len(lists)-1).Draw(t, "from")
		begin := 0
		if from > 0 {
			begin = ends[from-1]
		}
		bytes := w.filled()
		var copied bitWriter
		copied.copyBits(bytes, begin, ends[len(ends)-1])
		bytes = copied.filled()
		at := 0
		bit := func() int { b := int(bytes[at/8]>>(7-at%8)) & 1; at++; return b }
		low := func(n int) (v int) {
			for range n {
				v = v<<1 | bit()
			}
			return v
		}
		gamma := func() int {
			k := 0
			for bit() == 0 {
				k++
			}
			return 1<<k | low(k)
		}
		rice := func(n, limit int) int {
			k := max(bits.Len(uint(limit/n))-1, 0)
			v := 0
			for bit() == 1 {
				v++
			}
			return v<<k | low(k)
		}
		for _, want := range lists[from:] {
			var got []uint32
			parts, more, part := gamma(), gamma()-1, -1
			for range parts {
				part += rice(parts, len(in.first)-1) + 1
				n, all := 1, in.first[part+1]-in.first[part]
				if more > 0 {
					n += rice(parts, more)
				}
				p := in.first[part] - 1
				for range n {
					if n == 1 {
						p += low(bits.Len(uint(all-1))) + 1
					} else {
						p += rice(n, all) + 1
					}
					got = append(got, uint32(p))
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
	})
}

// TestCuts: a piece is no larger than it may be, unless it is of one item, or there
// is no free name; and after an edit most pieces are what they were.
func TestCuts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(rapid.IntRange(1, 40), 1, 400).Draw(t, "weights")
		c := cutter{items: len(items), most: 100, weight: func(i int) int { return items[i] }, mark: func(i int) uint32 { return scattered(markOf(strconv.Itoa(i))) }, free: func(int) bool { return true }}
		cuts := append(c.cuts(), len(items))
		if cuts[0] != 0 {
			t.Fatal(cuts)
		}
		for i, from := range cuts[:len(cuts)-1] {
			n := 0
			for _, w := range items[from:cuts[i+1]] {
				n += w
			}
			if cuts[i+1] <= from || n > c.most || n < c.most/2 && i+2 < len(cuts) {
				t.Fatalf("%d to %d of %v weighs %d", from, cuts[i+1], items, n)
			}
		}
	})
	keys := make([]string, 2000)
	for i := range keys {
		keys[i] = fmt.Sprintf("%04d", i)
	}
	cut := func(keys []string) map[string]bool {
		taken := once{}
		c := cutter{items: len(keys), most: 60, weight: func(i int) int { return 1 + len(keys[i])%3 }, mark: func(i int) uint32 { return scattered(markOf(keys[i])) }}
		c.free = func(i int) bool { return taken.free(markOf(keys[i])) }
		out := map[string]bool{}
		cuts := append(c.cuts(), len(keys))
		for i, from := range cuts[:len(cuts)-1] {
			out[strings.Join(keys[from:cuts[i+1]], " ")] = true
		}
		return out
	}
	before := cut(keys)
	all := 0
	for at := range 50 {
		changed := 0
		for piece := range cut(slices.Insert(slices.Clone(keys), at*40, fmt.Sprintf("%04dx", at*40))) {
			if !before[piece] {
				changed++
			}
		}
		if all += changed; changed > 16 {
			t.Errorf("a key more at %d changes %d pieces of %d", at*40, changed, len(before))
		}
	}
	if all > 4*50 {
		t.Errorf("a key more changes %d pieces of %d in the mean", all/50, len(before))
	}
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

func TestSwapping(t *testing.T) {
	t.Parallel()
	f := newSwapping("аео")
	s := "море ABC о"
	if got := f.text(f.text(s)); got != s || f.text(s) == s {
		t.Errorf("%q becomes %q", s, got)
	}
}

// TestStrings: what is written is what encoding/json reads, with letters changed
// and without.
func TestStrings(t *testing.T) {
	t.Parallel()
	letters := newSwapping("аеино")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("аеиAB\"\\\n\x00\x7f\u2028\u2029\u2027𝒳法<>&Z")), rapid.Rune())).Draw(t, "text")
		for _, by := range []*swapping{nil, letters} {
			var f file
			f.string(s, by)
			var got string
			if err := json.Unmarshal(f.out, &got); err != nil || by.text(got) != s {
				t.Fatalf("%q is written %q, and read %q: %v", s, f.out, by.text(got), err)
			}
			if strings.ContainsAny(string(f.out), "\n\u2028\u2029") {
				t.Fatalf("%q ends a line", f.out)
			}
		}
	})
}
