package align

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// Words that occurred together everywhere else and do not here tell that two
// paragraphs in the same place, of one length, are not translations.
func TestLearntWordsAreMissed(t *testing.T) {
	t.Parallel()
	begin, end := [2][]string{{"balo", "kuse", "mirt", "tonu", "geli", "pask"}, {"vint", "dorp", "sulg", "keff", "hron", "wuli"}}, [2][]string{{"ri", "va", "den", "os", "ul", "enta", "irk", "ap"}, {"amo", "ek", "ibra", "ou", "yts", "ofi", "alch", "urd"}}
	var words [][2]string
	for i := range 48 {
		words = append(words, [2]string{begin[0][i%6] + end[0][i/6], begin[1][i%6] + end[1][i/6]})
	}
	rng := rand.New(rand.NewPCG(4, 2))
	var text [2]strings.Builder
	say := func(l int, of []int) {
		for _, w := range of {
			text[l].WriteString(words[w][l] + " ")
		}
		text[l].WriteString(".\n")
	}
	const paragraphs, odd = 80, 40
	for p := range paragraphs {
		all := rng.Perm(len(words))
		say(0, all[:9])
		if p == odd {
			say(1, all[9:18])
		} else {
			say(1, all[:9])
		}
	}
	in := []Input{linesInput("xa", text[0].String()), linesInput("xb", text[1].String())}
	rows := Align(in)
	checkRows(t, rows, in)
	for _, r := range rows {
		if len(r.Blocks[0]) == 1 && r.Blocks[0][0] == odd && len(r.Blocks[1]) > 0 {
			t.Errorf("row %v ties paragraphs that have nothing in common", r.Blocks)
		}
	}
}

// A word may meet a tie twice, if what was moved stands within the tie.
func TestRatioOfMoreMeetingsThanTies(t *testing.T) {
	t.Parallel()
	r := new(scratch).ratios(10)
	for _, c := range []struct{ got, as [3]int32 }{
		{[3]int32{3, 2, 4}, [3]int32{2, 2, 4}},
		{[3]int32{3, 4, 2}, [3]int32{2, 4, 2}},
		{[3]int32{5, 12, 5}, [3]int32{5, 10, 5}},
	} {
		if got, want := r.ratio(c.got[0], c.got[1], c.got[2]), r.ratio(c.as[0], c.as[1], c.as[2]); got != want {
			t.Errorf("ratio%v = %v, want %v as ratio%v", c.got, got, want, c.as)
		}
	}
}

// A Korean word is met again with other endings.
func TestKoreanWordsAreKnownByTheirSyllables(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, s := range []string{"도서관은", "도서관에서"} {
		v := newVersion(linesInput("ko", s+" 책.\n"))
		for _, w := range v.words {
			if known[w.text] && strings.HasPrefix(s, w.text) {
				return
			}
			known[w.text] = true
		}
	}
	t.Errorf("two forms of a word have nothing in common: %v", known)
}
