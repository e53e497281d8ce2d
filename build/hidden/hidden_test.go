package hidden

import "testing"

func TestRule(t *testing.T) {
	t.Parallel()
	for r, want := range map[rune]string{
		'a': "", ' ': "", 'я': "", '中': "", '\u00a0': "", '\u00ad': "", '\u200c': "", '\u200d': "", '\n': "", '\t': "",
		'\r': "refused", 0: "refused", 0x7F: "refused", 0x85: "refused", '\u202e': "refused", '\u2066': "refused", '\u2028': "refused",
		0xE0041: "refused", 0xFFFE: "refused", 0x1FFFF: "refused", '\ufffd': "refused",
		'\ufeff': "doubtful", '\u200b': "doubtful", '\u2060': "doubtful",
	} {
		got := ""
		switch {
		case Refused(r) != "":
			got = "refused"
		case Doubtful(r) != "":
			got = "doubtful"
		}
		if got != want {
			t.Errorf("U+%04X: got %q, want %q", r, got, want)
		}
	}
	for r := rune(0); r < 0x20000; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		if want := Refused(r) != "" || Doubtful(r) != ""; Is(r) != want {
			t.Errorf("U+%04X: Is %v, want %v", r, Is(r), want)
		}
	}
	if !InLine('\n') || !InLine('\t') || InLine(' ') {
		t.Error("line ends and tabs alone are added for names")
	}
}
