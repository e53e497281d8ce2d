package numeral

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
)

// taken stands for the bytes of a code, so that nothing else is read in it.
const taken = '\x01'

var codeWhole = regexp.MustCompile(`^(?:\p{Lu}{1,8}(?:[-‐‑/.]?\p{Nd}+)(?:[-‐‑/.]?[\p{Lu}\p{Nd}]+)*|\p{Lu}+(?:[-‐‑/.][\p{Lu}\p{Nd}]+)+|\p{Nd}+\p{Lu}{1,3}|\p{Nd}+\.\p{Nd}+(?:\.\p{Nd}+)*[a-z])$`)

// codeMarks join the parts of a code.
const codeMarks = "-‐‑/."

// nextForm is the next run of letters and digits, joined by codeMarks, from a
// byte of the text on.
func nextForm(s string, from int) (m [2]int, ok bool) {
	n := strings.IndexFunc(s[from:], inWord)
	if n < 0 {
		return m, false
	}
	m[0] = from + n
	m[1] = m[0] + runOf(s[m[0]:], inWord)
	for m[1] < len(s) {
		c, w := utf8.DecodeRuneInString(s[m[1]:])
		if !strings.ContainsRune(codeMarks, c) {
			break
		}
		more := runOf(s[m[1]+w:], inWord)
		if more == 0 {
			break
		}
		m[1] += w + more
	}
	return m, true
}

// codes takes alphanumeric codes (A/RES/70/1, COVID-19, 5G, 5.3a) out of the text.
func (r *reader) codes() {
	for _, w := range impliedCodes[r.base] {
		// It answers to others only, so the first place will do.
		if i := strings.Index(r.text, w.word); i >= 0 {
			r.values = append(r.values, Value{Kind: Code, Code: w.code, Words: true, Start: i, End: i + len(w.word)})
		}
	}
	if !strings.ContainsFunc(r.text, isDigit) {
		return
	}
	var hidden [][2]int
	for at := 0; ; {
		m, ok := nextForm(r.text, at)
		if !ok {
			break
		}
		at = m[1]
		if !strings.ContainsFunc(r.text[m[0]:m[1]], unicode.IsDigit) {
			continue
		}
		// Han characters are no part of a code.
		for _, part := range splitHan(r.text, m[0], m[1]) {
			s := r.text[part[0]:part[1]]
			if !strings.ContainsFunc(s, unicode.IsDigit) || !codeWhole.MatchString(s) {
				continue
			}
			r.values = append(r.values, Value{Kind: Code, Firm: true, Code: foldCode(s), Start: part[0], End: part[1]})
			hidden = append(hidden, part)
		}
	}
	if hidden == nil {
		return
	}
	text := []byte(r.text)
	for _, h := range hidden {
		for i := h[0]; i < h[1]; i++ {
			text[i] = taken
		}
	}
	r.text = string(text)
}

// impliedCodes are words for what other languages give a code.
var impliedCodes = map[string][]struct{ word, code string }{
	"ru": {{"коронавирус", "COVID-19"}, {"Коронавирус", "COVID-19"}},
	"en": {{"coronavirus", "COVID-19"}, {"Coronavirus", "COVID-19"}, {"Covid", "COVID-19"}},
	"zh": {{"新冠", "COVID-19"}, {"新型冠状病毒", "COVID-19"}},
}

func splitHan(s string, from, to int) [][2]int {
	var out [][2]int
	at := from
	for i, r := range s[from:to] {
		if lang.IsHan(r) {
			if from+i > at {
				out = append(out, trimMarks(s, at, from+i))
			}
			at = from + i + utf8.RuneLen(r)
		}
	}
	if at < to {
		out = append(out, trimMarks(s, at, to))
	}
	return out
}

func trimMarks(s string, from, to int) [2]int {
	from += len(s[from:to]) - len(strings.TrimLeft(s[from:to], codeMarks))
	to -= len(s[from:to]) - len(strings.TrimRight(s[from:to], codeMarks))
	return [2]int{from, to}
}

// lookalike maps Cyrillic capitals to the Latin ones that look the same: the
// notation of a code is copied, not translated, and then typed in either.
var lookalike = strings.NewReplacer("А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "Х", "X", "І", "I", "У", "Y", "‐", "-", "‑", "-")

func foldCode(s string) string { return strings.ToUpper(lookalike.Replace(s)) }
