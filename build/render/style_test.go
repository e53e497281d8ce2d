package render

import (
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"strings"
	"testing"

	"stele/build/doc"
	"stele/build/site"
	"stele/themes"
)

func TestScripts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		css, tags, want string
	}{
		{".cell:script(cyrl) { }", "ru zh-Hans en", ".cell:lang(ru) { }"},
		{".cell:script(cyrl) { }", "ru kk tg-TJ en", ".cell:is(:lang(ru), :lang(kk), :lang(tg-TJ)) { }"},
		{":script(hans) em", "zh-CN zh-Hant", ":lang(zh-CN) em"},
		{":script(hans, hant, jpan)", "ja zh-TW zh", ":is(:lang(ja), :lang(zh-TW), :lang(zh))"},
		{":script(thai)", "ru", ":not(*)"},
		{":not(:script( Latn ,cyrl))", "uz uz-Cyrl ar", ":not(:is(:lang(uz), :lang(uz-Cyrl)))"},
		{":script(cyrl)", "sr sr-Latn", ":lang(sr):not(:where(:lang(sr-Latn)))"},
		{":script(latn)", "sr sr-Latn", ":lang(sr-Latn)"},
		{":script(arab)", "ug fa hi", ":is(:lang(ug), :lang(fa))"},
	} {
		if got := string(scripts([]byte(c.css), strings.Fields(c.tags))); got != c.want {
			t.Errorf("%s with %s\n got %s\nwant %s", c.css, c.tags, got, c.want)
		}
	}
}

func TestColumnRules(t *testing.T) {
	t.Parallel()
	css := "a { }\n  /* each column */\n  #lead1, .w1, .c1 { order: var(--o1, 2); z-index: 1; }\n  /* each column: end */\nb { }\n"
	want := "a { }\n  #lead1, .w1, .c1 { order: var(--o1, 2); z-index: 1; }\n  #lead2, .w2, .c2 { order: var(--o2, 2); z-index: 1; }\nb { }\n"
	if got := string(columnRules([]byte(css), 2)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestStyleIsOfTheSite: the built-in style sheets say nothing of single
// languages but what they get from the site, and have a rule for every column.
func TestStyleIsOfTheSite(t *testing.T) {
	t.Parallel()
	theme, err := Parse(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"site.css", "search.css", "desk.css"} {
		if found := regexp.MustCompile(`:lang\(|\[lang[|~^*]?=`).FindAll(theme.assets[name].data, -1); found != nil {
			t.Errorf("%s names languages: %s", name, found)
		}
	}
	var tags []string
	for i := range 40 {
		tags = append(tags, fmt.Sprintf("en-x-l%d", i))
	}
	tags[0] = "kk"
	bound := theme.Speaking(tags)
	css := string(bound.assets["site.css"].data)
	for _, want := range []string{"#lead40:checked", ".reader .c40 { order: var(--o40, 2); }", ":lang(kk)"} {
		if !strings.Contains(css, want) {
			t.Errorf("the style sheet has no %q", want)
		}
	}
	for _, not := range []string{":script(", "each column */", "#lead41"} {
		if strings.Contains(css, not) {
			t.Errorf("the style sheet has %q", not)
		}
	}
	if other := theme.Speaking([]string{"ru"}); other.asset("site.css") == bound.asset("site.css") || theme.Speaking(tags).asset("site.css") != bound.asset("site.css") {
		t.Error("the name of the style sheet does not follow its content")
	}
	for _, tags := range [][]string{{"ru", "zh-Hans", "en"}, tags} {
		if n := compressed(t, theme.Speaking(tags).assets["site.css"].data); n > 15_000 {
			t.Errorf("the style sheet for %d languages: %d bytes compressed, want 15000 at most", len(tags), n)
		}
	}
}

// TestDirections: on a page in a right-to-left language the others say that they
// are not, and a remark has the direction of its page.
func TestDirections(t *testing.T) {
	t.Parallel()
	docs := []*doc.Document{
		parse("law", "ar", "---\ntitle: قانون\n---\n\nنص.\n"),
		parse("law", "en", "---\ntitle: Law\n---\n\nA text.\n"),
		parse("law", "fa", "---\ntitle: قانون\n---\n\nمتن.\n"),
	}
	s, _ := site.Assemble(site.Input{
		Langs: []site.Lang{{Code: "ar", Tag: "ar", Name: "العربية"}, {Code: "en", Tag: "en", Name: "English"}, {Code: "fa", Tag: "fa", Name: "فارسی"}},
		Title: map[string]string{"en": "Law"},
		Texts: []site.TextInput{{ID: "law", Docs: docs, Table: table(docs)}},
	})
	r := renderer(t, s)
	for _, c := range []struct{ page, want string }{
		{"ar", "html ar rtl, ar rtl, en ltr, fa rtl"},
		{"en", "html en , en , ar rtl, fa rtl"},
	} {
		n := page(t, r, c.page+"/law.html")
		got := "html " + attr(find(n, "html")[0], "lang") + " " + attr(find(n, "html")[0], "dir")
		for _, cell := range find(n, ".cell") {
			got += ", " + attr(cell, "lang") + " " + attr(cell, "dir")
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.page, got, c.want)
		}
	}
}

// TestContrast: what is read stands out from what it stands on by 4.5 at least
// (WCAG 2.2, 1.4.3), on the page, on what is lifted from it and where it is marked.
func TestContrast(t *testing.T) {
	t.Parallel()
	css, err := fs.ReadFile(themes.Default(), "assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, _ := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	dark, _, _ := strings.Cut(rest, "@media")
	colours := map[string]string{}
	for _, scheme := range []string{light, dark} {
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(scheme, -1) {
			colours[m[1]] = m[2]
		}
		on := []string{"paper", "lift", "glow"}
		for _, name := range []string{"soft", "code-comment", "code-string", "code-word", "code-number", "code-name"} {
			for _, ground := range on {
				if c := contrast(t, colours[name], colours[ground]); c < 4.5 {
					t.Errorf("%s on %s: %.2f", name, ground, c)
				}
			}
		}
		for _, name := range []string{"ink", "accent"} {
			for _, ground := range append(on, "mark") {
				if c := contrast(t, colours[name], colours[ground]); c < 4.5 {
					t.Errorf("%s on %s: %.2f", name, ground, c)
				}
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(colour string) float64 {
		var rgb [3]int
		if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); err != nil {
			t.Fatalf("colour %q: %v", colour, err)
		}
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			c := float64(rgb[i]) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum + 0.05
	}
	x, y := luminance(a), luminance(b)
	return max(x, y) / min(x, y)
}
