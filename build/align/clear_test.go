package align

import (
	"slices"
	"strings"
	"testing"
)

// Paragraphs that share a name and a number each leave nothing to learn.
const (
	clearEN = "## The port of Almaty\nIn 2011 Almaty opened 17 berths.\nThe Tashkent line carried 230 wagons a day.\nDushanbe sent 41 engineers.\nBishkek paid 5600 roubles.\n## The road to Astana\nAstana counted 812 lorries.\nA bridge of 97 metres was built near Samarkand.\n"
	clearRU = "## Порт Алматы\nВ 2011 году Алматы открыл 17 причалов.\nТашкентская линия перевозила 230 вагонов в день.\nДушанбе направил 41 инженера.\nБишкек заплатил 5600 рублей.\n## Дорога в Астану\nАстана насчитала 812 грузовиков.\nМост длиной 97 метров построили близ Самарканда.\n"
	clearZH = "## 阿拉木图港\n2011年，阿拉木图开通了17个泊位。\n塔什干线每天运送230节车厢。\n杜尚别派出41名工程师。\n比什凯克支付了5600卢布。\n## 通往阿斯塔纳的公路\n阿斯塔纳统计了812辆卡车。\n撒马尔罕附近建了一座97米长的桥。\n"
)

// TestClearTextsNeedOnePass: and one paragraph that is missing needs them all.
func TestClearTextsNeedOnePass(t *testing.T) {
	t.Parallel()
	par := Defaults()
	par.Parallel = 0
	run := func(par *Parameters, texts ...string) (rows []Row, clear int) {
		var in []Input
		var versions []*version
		for l, lang := range []string{"en", "ru", "zh"} {
			in = append(in, linesInput(lang, texts[l]))
			versions = append(versions, newVersion(in[l]))
		}
		for _, of := range newPairs(versions, par).of {
			for _, a := range of {
				if a != nil && a.clearE != nil {
					clear++
				}
			}
		}
		return AlignWith(in, par), clear
	}
	rows, clear := run(&par, clearEN, clearRU, clearZH)
	if clear != 3 {
		t.Errorf("%d of 3 pairs were left at the first pass", clear)
	}
	par.Clear = 2 // never
	all, clear := run(&par, clearEN, clearRU, clearZH)
	if clear != 0 || len(all) != len(rows) {
		t.Fatalf("all passes: %d clear pairs, %d rows; want none and %d", clear, len(all), len(rows))
	}
	for i := range rows {
		if !slices.EqualFunc(rows[i].Blocks, all[i].Blocks, slices.Equal[[]int]) || rows[i].Confidence < 0.8 {
			t.Errorf("row %d is %v, with confidence %.2f; all passes give %v", i, rows[i].Blocks, rows[i].Confidence, all[i].Blocks)
		}
	}
	par = Defaults()
	par.Parallel = 0
	_, clear = run(&par, clearEN, strings.Replace(clearRU, "Душанбе направил 41 инженера.\n", "", 1), clearZH)
	if clear != 0 {
		t.Errorf("a paragraph is missing, and %d pairs were left at the first pass", clear)
	}
}

// TestThirdVersionVouches: a row in which two versions have nothing in common is
// taken from what each has in common with the third, without further passes, and is
// the row that these would have found.
func TestThirdVersionVouches(t *testing.T) {
	t.Parallel()
	par := Defaults()
	par.Parallel = 0
	add := func(text, line string) string { return text + line + "\n" }
	texts := map[string]string{"en": add(clearEN, vouchEN), "ru": add(clearRU, vouchRU), "zh": add(clearZH, vouchZH)}
	var in []Input
	var versions []*version
	for _, lang := range []string{"en", "ru", "zh"} {
		in = append(in, linesInput(lang, texts[lang]))
		versions = append(versions, newVersion(in[len(in)-1]))
	}
	sc := new(scratch)
	if a := beginAligner(versions[1], versions[2], mostWide, &par, sc); a.clearE != nil || a.nearE == nil {
		t.Fatalf("the Russian and the Chinese are no example: clear %t, near %t", a.clearE != nil, a.nearE != nil)
	}
	if p := newPairs(versions, &par); p.clear == nil {
		t.Errorf("the English vouches for the two others, and yet all passes were made")
	}
	rows := AlignWith(in, &par)
	par.Clear = 2 // never
	all := AlignWith(in, &par)
	if len(all) != len(rows) {
		t.Fatalf("%d rows, and with all passes %d", len(rows), len(all))
	}
	for i := range rows {
		if !slices.EqualFunc(rows[i].Blocks, all[i].Blocks, slices.Equal[[]int]) || rows[i].Uncertain() {
			t.Errorf("row %d is %v, with confidence %.2f; all passes give %v", i, rows[i].Blocks, rows[i].Confidence, all[i].Blocks)
		}
	}
}

const (
	vouchEN = "Contributions: Kanye; 5 %."
	vouchRU = "Работы; 5 %."
	vouchZH = "Kanye贡献的内容。"
)
