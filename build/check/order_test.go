package check_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build/record"
)

// TestOrderDiffers: the one paragraph that a language has elsewhere is found, and
// none of those that it passed.
func TestOrderDiffers(t *testing.T) {
	t.Parallel()
	ru := []string{"# Дело {#t}", "## Раз {#a}", "Мир и согласие.", "Торговля и рынки.", "Наука и школы.", "## Два {#b}", "Спорт и игры.", "Музеи и театры."}
	en := []string{"# Case {#t}", "## One {#a}", "Peace and accord.", "Trade and markets.", "Science and schools.", "## Two {#b}", "Sport and games.", "Museums and theatres."}
	zh := []string{"# 案 {#t}", "## 一 {#a}", "和平与和谐。", "贸易与市场。", "科学与学校。", "## 二 {#b}", "体育与游戏。", "博物馆与剧院。"}
	join := func(s []string) string { return strings.Join(s, "\n\n") + "\n" }
	move := func(s []string, from, to int) []string {
		x := s[from]
		return slices.Insert(slices.Delete(slices.Clone(s), from, from+1), to, x)
	}
	base := folder(map[string]string{"ru": join(ru), "en": join(en), "zh": join(zh)})
	var b strings.Builder
	e := load(t, base)
	if _, err := record.New(e.site.Texts[0].Table, e.site.Texts[0].Docs(), nil).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		ru   []string
		want string
	}{
		{"to another section", move(ru, 2, 6), "t/ru.md:13:1: warning order-differs: passage 1.1: in Russian after 2.1, in Chinese and English after 1; readers of Russian find it here, with a mark"},
		{"back past two", move(ru, 4, 2), "t/ru.md:5:1: warning order-differs: passage 1.3: in Russian after 1, in Chinese and English after 1.2; readers of Russian find it here, with a mark"},
		{"nothing", ru, ""},
	} {
		content := fstest.MapFS{}
		for k, v := range base {
			content[k] = v
		}
		content["t/ru.md"] = &fstest.MapFile{Data: []byte(join(c.ru))}
		content["t/alignment.tsv"] = &fstest.MapFile{Data: []byte(b.String())}
		if got := strings.Join(of(findings(t, content), "order-differs"), "\n"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
