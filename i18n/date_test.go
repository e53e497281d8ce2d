package i18n

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestDates(t *testing.T) {
	t.Parallel()
	m, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ lang, iso, want string }{
		{"ru", "2014-09-12", "12\u00a0сентября 2014\u00a0года"},
		{"ru", "2025-07", "июль\u00a02025\u00a0года"},
		{"ru", "1968", "1968\u00a0год"},
		{"ru", "2011/2016", "2011–2016\u00a0годы"},
		{"zh", "2014-09-12", "2014年9月12日"},
		{"zh", "2025-07", "2025年7月"},
		{"zh", "2011/2016", "2011—2016年"},
		{"en", "2014-09-12", "12\u00a0September 2014"},
		{"en", "2025-07", "July 2025"},
		{"en", "1968", "1968"},
		{"de", "2014-09-12", "12. September 2014"},
		{"fr", "2014-09-12", "12 septembre 2014"},
		{"fr", "2015-07-01", "1er juillet 2015"},
		{"en-US", "2014-09-12", "12\u00a0September 2014"},
		{"zh-CN", "2014-09-12", "2014年9月12日"},
		{"zh-Hant", "2014-09-12", "2014年9月12日"},
		{"ja", "2011/2016", "2011年～2016年"},
		{"kk", "2014-09-12", "2014\u00a0ж. 12 қыркүйек"},
		{"uz", "2014-09", "sentabr, 2014"},
		{"fa", "2014-09-12", "۱۲ سپتامبر ۲۰۱۴"},
		{"hi", "2014-09-12", "12 सितंबर 2014"},
		{"xx", "2014-09-12", "2014-09-12"},
		{"xx", "2014-09", "2014-09"},
		{"xx", "2011/2016", "2011–2016"},
		{"ru", "2011-05/2016-06", "май\u00a02011\u00a0года\u00a0— июнь\u00a02016\u00a0года"},
		{"ru", "2015-05-01", "1\u00a0мая 2015\u00a0года"},
		{"ru", "2015-03-31", "31\u00a0марта 2015\u00a0года"},
		{"en", "0.5/1", "0.5 – 1"},
		{"en", "soon", "soon"},
	} {
		if got := m.UI(c.lang).Date(c.iso); got != c.want {
			t.Errorf("%s: Date(%q) = %q, want %q", c.lang, c.iso, got, c.want)
		}
	}
}

func TestShares(t *testing.T) {
	t.Parallel()
	m, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lang  string
		share float64
		want  string
	}{{"en", 0, "0%"}, {"en", 0.001, "1%"}, {"en", 0.5, "50%"}, {"en", 0.999, "99%"}, {"en", 1, "100%"}, {"ru", 0.25, "25\u00a0%"}, {"zh", 0.25, "25%"}, {"ru", 0.81, "81\u00a0%"}, {"kk", 0.81, "81%"}, {"tr", 0.81, "%81"}, {"fa", 0.81, "۸۱٪"}, {"de", 0.25, "25\u00a0%"}, {"xx", 0.25, "25%"}} {
		if got := m.UI(c.lang).Percent(c.share); got != c.want {
			t.Errorf("%s: Percent(%v) = %q, want %q", c.lang, c.share, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	m, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lang string
		n    int
		want string
	}{
		{"en", 0, "0"},
		{"en", 9999, "9999"}, // not grouped in running text
		{"en", 10000, "10,000"},
		{"en", -1234567, "-1,234,567"},
		{"ru", 123456, "123\u00a0456"},
		{"zh", 12345, "12,345"},
		{"de", 12345, "12.345"},
		{"hi", 12345678, "1,23,45,678"},
		{"fa", 12345, "۱۲٬۳۴۵"},
		{"fa", 12, "۱۲"},
		{"xx", 12345, "12\u00a0345"},
	} {
		if got := m.UI(c.lang).Number(c.n); got != c.want {
			t.Errorf("%s: Number(%d) = %q, want %q", c.lang, c.n, got, c.want)
		}
	}
}

// TestOwnForms: what a site's own file says of dates goes over what is built in
// and over CLDR; a language of which nothing is known writes as none does, and
// that is told.
func TestOwnForms(t *testing.T) {
	t.Parallel()
	dungan := `months: [1 йүә, 2 йүә, 3 йүә, 4 йүә, 5 йүә, 6 йүә, 7 йүә, 8 йүә, 9 йүә, 10 йүә, 11 йүә, 12 йүә]
date-day: "{{.Year}} нян {{.MonthOfDate}} {{.Day}} р"
date-month: "{{.Year}} нян {{.Month}}"
`
	m, err := Load(fstest.MapFS{
		"dng.yaml": {Data: []byte(dungan)},
		"kk.yaml":  {Data: []byte("months: [ҚАҢТАР, АҚПАН, НАУРЫЗ, СӘУІР, МАМЫР, МАУСЫМ, ШІЛДЕ, ТАМЫЗ, ҚЫРКҮЙЕК, ҚАЗАН, ҚАРАША, ЖЕЛТОҚСАН]\n")},
		"ru.yaml":  {Data: []byte("date-year: \"{{.Year}} г.\"\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ lang, iso, want string }{
		{"dng", "2014-09-12", "2014 нян 9 йүә 12 р"},
		{"dng", "2014", "2014"},
		{"kk", "2014-09-12", "2014\u00a0ж. 12 ҚЫРКҮЙЕК"}, // not CLDR's months of dates
		{"ru", "2014", "2014 г."},
		{"ru", "2014-09-12", "12\u00a0сентября 2014\u00a0года"},
	} {
		if got := m.UI(c.lang).Date(c.iso); got != c.want {
			t.Errorf("%s: Date(%q) = %q, want %q", c.lang, c.iso, got, c.want)
		}
	}
	for _, c := range []struct{ lang, want string }{
		{"dng", "[date-year date-years number percent]"},
		{"xx", "[months date-day date-month date-year date-years number percent]"},
		{"kk", "[]"},
		{"en-US", "[]"},
		{"zh-Hant", "[]"},
		{"ug", "[]"},
	} {
		if got := fmt.Sprint(m.Plain(c.lang)); got != c.want {
			t.Errorf("%s: nothing is known of %s, want %s", c.lang, got, c.want)
		}
	}
}

// TestJoints: lists, titles and names are joined as the language does it.
func TestJoints(t *testing.T) {
	t.Parallel()
	m, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ lang, title, part, list, colon string }{
		{"en", " — ", "Strategy. Whole", ", ", ": "},
		{"ru", " — ", "Strategy. Whole", ", ", ": "},
		{"zh", "：", "Strategy·Whole", "、", "："},
		{"ja", "——", "Strategy・Whole", "、", "："},
		{"ar", " — ", "Strategy. Whole", "، ", ": "},
		{"fr", " — ", "Strategy. Whole", ", ", "\u00a0: "},
		{"xx", " — ", "Strategy. Whole", ", ", ": "},
	} {
		u := m.UI(c.lang)
		got := [...]string{u.T("title-joint"), u.T("text-part", "Text", "Strategy", "Part", "Whole"), u.T("list-comma"), u.T("colon")}
		if want := [...]string{c.title, c.part, c.list, c.colon}; got != want {
			t.Errorf("%s: got %q, want %q", c.lang, got, want)
		}
	}
}

// TestEveryLanguageOfCLDR reads every file of cldr/ and writes dates with it.
func TestEveryLanguageOfCLDR(t *testing.T) {
	t.Parallel()
	m, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(cldr, "cldr/*.yaml")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		lang := strings.TrimSuffix(strings.TrimPrefix(f, "cldr/"), ".yaml")
		if lang == "und" {
			continue
		}
		if plain := m.Plain(lang); len(plain) > 0 {
			t.Errorf("%s: has no %v", lang, plain)
		}
		u := m.UI(lang)
		seen := map[string]bool{}
		for month := 1; month <= 12; month++ {
			for _, s := range []string{u.Date(fmt.Sprintf("2014-%02d-03", month)), u.Date(fmt.Sprintf("2014-%02d", month))} {
				if seen[s] || strings.ContainsAny(s, "{}‹") || strings.Contains(s, "no value") {
					t.Errorf("%s: month %d reads %q", lang, month, s)
				}
				seen[s] = true
			}
		}
		for _, s := range []string{u.Date("2014"), u.Date("2011/2016"), u.Date("2011-01/2016-02"), u.Percent(.5), u.Number(1234567)} {
			if s == "" || strings.Contains(s, "‹") {
				t.Errorf("%s: a form reads %q", lang, s)
			}
		}
	}
}
