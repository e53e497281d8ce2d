package numeral

import "strings"

// denominators are the words for the parts of a whole behind a number: a third,
// two fifths. Those in Russian stand in the feminine.
var denominators = func() map[string]float64 {
	out := map[string]float64{
		"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6,
		"seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
		"треть": 3, "трети": 3, "третей": 3, "третью": 3, "третям": 3, "третями": 3, "четверть": 4, "четверти": 4, "четвертей": 4, "четвертью": 4, "четвертям": 4, "четвертями": 4,
	}
	for stem, n := range map[string]float64{"пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10, "сот": 100, "тысячн": 1000} {
		for _, end := range []string{"ая", "ой", "ую", "ых", "ым", "ыми"} {
			out[stem+end] = n
		}
	}
	return out
}()

// fraction reads the denominator behind a number in words, whose next token is
// k, and returns the token after it; 0 if there is none.
func (r *reader) fraction(value float64, k int) (float64, int) {
	if isDash(r.tok(k).s) && r.touching(k-1, k) {
		k++
	}
	w := r.tok(k).s
	d := denominators[w]
	plural := strings.HasSuffix(w, "s") || w == "halves" || strings.HasSuffix(w, "ых") || strings.HasSuffix(w, "ым") || strings.HasSuffix(w, "ыми") || strings.HasPrefix(w, "трет") || strings.HasPrefix(w, "четверт")
	switch {
	case d == 0 || !r.near(k-1, k) || value != float64(int(value)) || value < 1 || value >= d:
		return 0, 0
	case value > 1 && !plural, value == 1 && strings.HasSuffix(w, "ых"):
		return 0, 0 // the two fifth columns
	}
	return value / d, k + 1
}

// andHalf returns the token after “and a half”, «с половиной» at token k, or 0.
func (r *reader) andHalf(k int) int {
	switch {
	case r.tok(k).s == "and" && r.tok(k+1).s == "a" && r.tok(k+2).s == "half":
		return k + 3
	case r.tok(k).s == "с" && strings.HasPrefix(r.tok(k+1).s, "половин"):
		return k + 2
	}
	return 0
}

// addFraction adds a fraction; its parts answer to languages that name them.
func (r *reader) addFraction(f Value, numerator, denominator float64) {
	if numerator == 1 { // a third, one in three
		f.Values = append(f.Values, denominator)
	}
	r.add(f)
	for _, x := range []float64{numerator, denominator} {
		r.add(Value{Values: []float64{x}, Words: f.Words, Start: f.Start, End: f.End})
	}
}

// slashed reads 1/3 from its numerator, which is token i.
func (r *reader) slashed(i int) int {
	if r.tok(i+1).s != "/" || r.tok(i+2).kind != figures || !r.touching(i, i+1) || !r.touching(i+1, i+2) || r.tok(i+3).s == "/" && r.touching(i+2, i+3) {
		return 0
	}
	n, d := atoi(r.toks[i].s), atoi(r.tok(i+2).s)
	// 9/11 and 3/7 of a document are none
	if n < 1 || n >= d || d > 10 && d != 12 && d != 20 && d != 100 || r.touching(i-1, i) && !isOpening(r.tok(i-1).s) {
		return 0
	}
	r.addFraction(Value{Values: []float64{float64(n) / float64(d)}, Firm: true, Start: r.toks[i].start, End: r.tok(i + 2).end}, float64(n), float64(d))
	return 3
}

func isOpening(s string) bool { return s == "(" || s == "（" || s == "«" || s == "“" }

// vulgar are the fractions that are one sign.
var vulgar = map[string]float64{"½": 1. / 2, "⅓": 1. / 3, "⅔": 2. / 3, "¼": 1. / 4, "¾": 3. / 4, "⅕": 1. / 5, "⅖": 2. / 5, "⅗": 3. / 5, "⅘": 4. / 5, "⅛": 1. / 8}

// sign reads numbers that are one sign: ½, ①, ⑴.
func (r *reader) sign(i int) {
	t := r.toks[i]
	if x, ok := vulgar[t.s]; ok {
		if last := len(r.values) - 1; last >= 0 && r.values[last].End == t.start && r.tok(i-1).kind == figures {
			r.values[last].Values = []float64{r.values[last].Values[0] + x}
			r.values[last].End = t.end
			return
		}
		r.add(Value{Values: []float64{x, 100 * x}, Start: t.start, End: t.end})
		return
	}
	for _, c := range t.s {
		for _, of := range [][2]rune{{'①', '⑳'}, {'⑴', '⒇'}, {'⒈', '⒛'}, {'㈠', '㈩'}, {'❶', '❿'}} {
			if c >= of[0] && c <= of[1] {
				r.add(Value{Values: []float64{float64(c-of[0]) + 1}, Words: true, Start: t.start, End: t.end})
			}
		}
	}
}
