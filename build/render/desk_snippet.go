package render

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
	"stele/build/site"
)

// hitRun is a run of a snippet: what was searched for, or what stands around it.
type hitRun struct {
	Hit  bool
	Text string
}

// snippet is where a passage says what was searched for, in the first language that
// does, the page's before others; if none does, as where a concept was found by
// another name, how the passage begins.
func (m *deskMaker) snippet(p *site.Passage, query string) (Words, []hitRun) {
	for _, l := range m.order() {
		for _, b := range p.Cells[l].Blocks {
			if at := hits(b.Text, query, lang.Of(m.site.Langs[l].Tag)); len(at) > 0 {
				return m.words(b.Text, l), window(b.Text, at)
			}
		}
	}
	w := m.begins(p)
	return w, []hitRun{{Text: w.Text}}
}

// hits are the stretches of a text, in bytes and in order, that are words of a
// query: with other endings too, and of what is written without spaces the letters,
// wherever they stand. None overlaps another.
func hits(text, query string, l *lang.Language) [][2]int {
	var words, letters []string
	for _, q := range runsOf(query) {
		word := query[q[0]:q[1]]
		if first, _ := utf8.DecodeRuneInString(word); lang.Unspaced(first) {
			letters = append(letters, word)
		} else {
			words = append(words, word)
		}
	}
	var out [][2]int
	for _, w := range runsOf(text) {
		own := text[w[0]:w[1]]
		if first, _ := utf8.DecodeRuneInString(own); lang.Unspaced(first) {
			for _, h := range occurrences(own, letters) {
				out = append(out, [2]int{w[0] + h[0], w[0] + h[1]})
			}
		} else if slices.ContainsFunc(words, func(word string) bool {
			return l.Key(own) == l.Key(word) || len(word) > 3 && strings.HasPrefix(l.Lower(own), l.Lower(word))
		}) {
			out = append(out, w)
		}
	}
	return out
}

// occurrences are the stretches of a run of letters in which any of the words
// stands, in order. Of two that overlap, the later begins where the earlier ends: so
// none is longer than a word, however often it repeats itself.
func occurrences(run string, words []string) [][2]int {
	var all [][2]int
	for _, word := range words {
		_, step := utf8.DecodeRuneInString(word)
		for from := 0; ; {
			i := strings.Index(run[from:], word)
			if i < 0 {
				break
			}
			all = append(all, [2]int{from + i, from + i + len(word)})
			from += i + step
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	var out [][2]int
	end := 0
	for _, h := range all {
		if h[1] > end {
			out = append(out, [2]int{max(h[0], end), h[1]})
			end = h[1]
		}
	}
	return out
}

// runsOf are the words of a text and its runs of letters that are written without
// spaces.
func runsOf(text string) [][2]int {
	var out [][2]int
	from, kind := 0, 0
	for i, r := range text + " " {
		k := 0
		switch {
		case i == len(text):
		case lang.Unspaced(r):
			k = 2
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			k = 1
		}
		if k == kind {
			continue
		}
		if kind != 0 {
			out = append(out, [2]int{from, i})
		}
		from, kind = i, k
	}
	return out
}

// window is a text around its first hit, cut between words, with the hits in it.
func window(text string, at [][2]int) []hitRun {
	const before, after = 50, 100 // letters
	from := at[0][0]
	for n := 0; from > 0 && n < before; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	to := at[0][1]
	for n := 0; to < len(text) && n < after; n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	if i := strings.IndexByte(text[from:at[0][0]], ' '); from > 0 && i >= 0 {
		from += i + 1
	}
	if i := strings.LastIndexByte(text[at[0][1]:to], ' '); to < len(text) && i >= 0 {
		to = at[0][1] + i
	}
	var out []hitRun
	add := func(hit bool, s string) {
		if n := len(out); hit && n > 0 && out[n-1].Hit { // hits side by side are one
			out[n-1].Text += s
		} else if s != "" {
			out = append(out, hitRun{hit, s})
		}
	}
	if from > 0 {
		add(false, "… ")
	}
	pos := from
	for _, h := range at {
		if h[1] > to {
			break
		}
		add(false, text[pos:h[0]])
		add(true, text[h[0]:h[1]])
		pos = h[1]
	}
	add(false, text[pos:to])
	if to < len(text) {
		add(false, " …")
	}
	return out
}
