package i18n

import "testing"

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
	}{{"en", 0, "0%"}, {"en", 0.001, "1%"}, {"en", 0.5, "50%"}, {"en", 0.999, "99%"}, {"en", 1, "100%"}, {"ru", 0.25, "25\u00a0%"}, {"zh", 0.25, "25%"}} {
		if got := m.UI(c.lang).Percent(c.share); got != c.want {
			t.Errorf("%s: Percent(%v) = %q, want %q", c.lang, c.share, got, c.want)
		}
	}
}
