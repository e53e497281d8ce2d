package align

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"stele/build/markdown"
)

// invented makes about n paragraphs in English, Russian and Chinese of a sort:
// words of the lexicon by Zipf's law, names that occur a few times, numbers;
// every twelfth line break is missing in one language or another.
func invented(tb testing.TB, n int, seed uint64) []Input {
	tb.Helper()
	var words [][3]string
	for _, name := range []string{"general", "affairs", "technical", "places"} {
		text, err := os.ReadFile("lexicon/" + name + ".txt")
		if err != nil {
			tb.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			f := strings.Split(strings.TrimSpace(line), "|")
			if len(f) < 3 || f[0] == "" || f[0][0] == '#' {
				continue
			}
			var w [3]string
			for l := range w {
				w[l], _, _ = strings.Cut(f[l], ",")
				w[l] = strings.TrimSuffix(w[l], "=")
			}
			words = append(words, w)
		}
	}
	syllables := [3][]string{
		{"ba", "ker", "lo", "min", "nu", "ra", "sen", "ti", "vo", "du", "gal", "fi"},
		{"ба", "кер", "ло", "мин", "ну", "ра", "сен", "ти", "во", "ду", "гал", "фи"},
		{"巴", "克", "洛", "明", "努", "拉", "森", "蒂", "沃", "杜", "加尔", "菲"},
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	filler := []string{"的", "了", "是", "在", "和", "对", "为", "这", "并", "其"}
	var text [3]strings.Builder
	write := func(l int, s string, first bool) {
		switch {
		case l == 2:
		case first:
			_, size := utf8.DecodeRuneInString(s)
			s = strings.ToUpper(s[:size]) + s[size:]
		default:
			text[l].WriteByte(' ')
		}
		text[l].WriteString(s)
	}
	for p := range n {
		if p%25 == 0 {
			for l := range text {
				fmt.Fprintf(&text[l], "## %s %d\n", words[p%len(words)][l], p/25+1)
			}
		}
		for range 1 + rng.IntN(3) {
			for i := range 7 + rng.IntN(10) {
				x := rng.Float64()
				w := words[int(float64(len(words))*x*x*x)]
				for l := range text {
					switch y := rng.IntN(10); {
					case y < 3 && l == 2:
						write(l, filler[rng.IntN(len(filler))], false)
					case y < 3:
						write(l, words[rng.IntN(len(words))][l], i == 0)
					default:
						write(l, w[l], i == 0)
					}
				}
			}
			if rng.IntN(3) == 0 {
				a, b, c := rng.IntN(12), rng.IntN(12), rng.IntN(min(12, 1+n/100))
				for l := range text {
					write(l, syllables[l][a], true)
					text[l].WriteString(syllables[l][b] + syllables[l][c])
				}
			}
			if rng.IntN(4) == 0 {
				x := rng.IntN(3000)
				for l := range text {
					fmt.Fprintf(&text[l], " %d", x)
				}
			}
			for l := range text {
				text[l].WriteString([]string{". ", ". ", "。"}[l])
			}
		}
		for l := range text {
			if rng.IntN(12) > 0 {
				text[l].WriteByte('\n')
			}
		}
	}
	var in []Input
	for l, lang := range []string{"en", "ru", "zh"} {
		in = append(in, Input{Doc: markdown.ParseLines(lang+".txt", lang, text[l].String())})
	}
	return in
}

// BenchmarkAlign reports, for the longer texts, the exponent with which time
// grows from 1,250 paragraphs on: 1 is linear.
func BenchmarkAlign(b *testing.B) {
	const base = 1250
	var baseTime float64
	for _, n := range []int{110, 625, base, 2500, 5000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := invented(b, n, 1)
			b.ReportAllocs()
			for b.Loop() {
				Align(in)
			}
			b.ReportMetric(float64(len(in[0].Doc.Blocks)), "blocks")
			took := b.Elapsed().Seconds() / float64(b.N)
			switch {
			case n == base:
				baseTime = took
			case n > base && baseTime > 0:
				b.ReportMetric(math.Log(took/baseTime)/math.Log(float64(n)/base), "exponent")
			}
		})
	}
}
