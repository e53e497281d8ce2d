package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// stop judges the full stop at i: where the sentence ends if it ends one.
func (c *cutter) stop(i int) (end int, ok bool) {
	s := c.s
	end = c.closing(i + 1)
	if end >= len(s) {
		return end, true
	}
	next, _ := utf8.DecodeRuneInString(s[end:])
	if !unicode.IsSpace(next) {
		// 本条依据 UN Doc.第三条: only where no word or number goes on.
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		return end, IsHan(next) && (IsHan(before) || end > i+1) && i >= c.shut
	}
	if c.within(i, end, false) {
		return 0, false
	}
	to := c.after.upTo(end, skipOpeners, s)
	first, _ := utf8.DecodeRuneInString(s[min(to, len(s)):])
	if !c.begins(end) {
		return 0, false
	}
	if i+1 < len(s) && s[i+1] == '.' { // an ellipsis
		return end, true
	}
	if c.numbers(i) {
		return 0, false
	}
	w := wordBefore(s[c.at:i])
	if w == "" {
		return end, true
	}
	if end > i+1 && strings.ContainsAny(s[i+1:end], ".!?") {
		return end, true
	}
	digit := unicode.IsDigit(first) || strings.ContainsRune("№§#", first)
	starts := !digit && c.starts(to)
	last, _ := utf8.DecodeLastRuneInString(w)
	if unicode.IsDigit(last) {
		if c.l.entry.ordinals && len(w) <= 2 && !starts {
			return 0, false
		}
		return end, true
	}
	if sign, _ := utf8.DecodeLastRuneInString(s[c.at : i-len(w)]); utf8.RuneCountInString(w) == 1 && strings.ContainsRune("°/+", sign) {
		return end, true // 20 °C, м/с, Ctrl+Z: no initial
	}
	kind, known := c.l.shortened(w)
	if !known && !strings.HasSuffix(s[c.at:i-len(w)], ".") { // not .txt
		kind = guessed(w)
	}
	if kind == named && len(w) == 2 && unicode.IsLower(last) && measures(s[c.at:i-len(w)]) {
		kind = trailing // 7 м.
	}
	switch kind {
	case always:
		return 0, false
	case counted:
		if digit || isRoman(s[to:]) {
			return 0, false
		}
		return end, true
	case trailing:
		return end, !digit && !allCapitals(s[to:]) || strings.Contains(w, ".")
	case dated:
		return end, starts || !digit && c.words(i) > 5
	case named:
		return end, starts
	case honoured:
		return end, starts || describes(s[to:])
	}
	return end, true
}

// shortening says what the full stop after a word means.
type shortening uint8

const (
	none     shortening = iota
	always              // a title, or a word that leads to the next: it ends no sentence
	counted             // so only before a number
	trailing            // ends one before a capital letter: etc.
	dated               // ends one, but in an opening phrase: В 2015 г. Индия
	named               // ends one only before a word that sentences begin with: U.S.
	honoured            // ends one, but before somebody's name: им. Ленина, but: верил им. Старый
)

// guessed tells how a word that no table has is read.
func guessed(w string) shortening {
	r, size := utf8.DecodeRuneInString(w)
	switch {
	case size == len(w) && unicode.IsLetter(r) && !Unspaced(r):
		if unicode.IsUpper(r) || unicode.IsLower(r) {
			return named // an initial
		}
	case strings.Contains(w, "."):
		// U.S, д.ю.н: parts of a letter or two.
		for part := range strings.SplitSeq(w, ".") {
			if utf8.RuneCountInString(part) > 2 {
				return none
			}
		}
		if strings.IndexFunc(w, unicode.IsDigit) >= 0 {
			return none
		}
		return named
	case len(w) <= 10 && unicode.IsLower(r) && (unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Cyrillic, r)) && !strings.ContainsAny(w, vowels):
		return named
	}
	return none
}

const vowels = "aeiouyäöüàáâãåæèéêëìíîïòóôõøùúûýąęăıőűаеёиоуыэюяіїєүұөә0123456789"

// shortened looks a word up that a full stop follows.
func (l *Language) shortened(w string) (shortening, bool) {
	first, size := utf8.DecodeRuneInString(w)
	if size == len(w) && unicode.IsUpper(first) {
		return none, false // an initial
	}
	table := l.entry.shortenings
	if l.LettersKnown() && !l.Own(first) {
		table = foreignShortenings
	}
	k, ok := table[strings.ToLower(w)]
	if ok && k == always && unicode.IsLower(first) && mustBeCapital[w] {
		return none, false
	}
	return k, ok
}

// wordBefore is the word that s ends in, with the full stops and the spaces of an
// abbreviation of several letters: т. е, U.S.
func wordBefore(s string) string {
	from := len(s)
	letters := 0 // of the part that is being read
	for from > 0 && len(s)-from < wordSight {
		r, size := utf8.DecodeLastRuneInString(s[:from])
		if r == '.' && letters <= 3 && from > size {
			before, _ := utf8.DecodeLastRuneInString(s[:from-1])
			if !unicode.IsLetter(before) && !unicode.IsDigit(before) {
				break
			}
			letters = 0
		} else if unicode.IsLetter(r) && !Unspaced(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '№' {
			letters++
		} else {
			break
		}
		from -= size
	}
	w := s[from:]
	if utf8.RuneCountInString(w) == 1 {
		// т. е, и т. д, н. э
		rest := strings.TrimRightFunc(s[:from], unicode.IsSpace)
		if rest != s[:from] && strings.HasSuffix(rest, ".") {
			r, size := utf8.DecodeLastRuneInString(rest[:len(rest)-1])
			b, _ := utf8.DecodeLastRuneInString(rest[:len(rest)-1-size])
			if unicode.IsLower(r) && !unicode.IsLetter(b) && b != '.' {
				return string(r) + "." + w
			}
		}
	}
	return strings.Trim(w, "-")
}

// starts tells whether the word at i is one that sentences begin with.
func (c *cutter) starts(i int) bool {
	s := c.s[i:min(len(c.s), i+wordSight)]
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if n < 0 {
		n = len(s)
	}
	w := s[:n]
	if n < len(s) && s[n] == '.' && utf8.RuneCountInString(w) <= 2 {
		return false // an initial
	}
	first, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(first) {
		return !unicode.IsLower(first) && n > 0 // a script without capitals
	}
	table := c.l.entry.starters
	if c.l.LettersKnown() && !c.l.Own(first) {
		table = foreignStarters
	}
	return table[strings.ToLower(w)]
}

// describes tells whether s begins with a Russian adjective of the nominative, which
// no name has after им.
func describes(s string) bool {
	if n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); n >= 0 {
		s = s[:n]
	}
	for _, end := range []string{"ый", "ий", "ое", "ее", "ые", "ие"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// words counts the words from the sentence's beginning to i, up to six.
func (c *cutter) words(i int) int {
	n := 1
	for _, r := range c.s[c.at:i] {
		if unicode.IsSpace(r) {
			if n++; n > 5 {
				break
			}
		}
	}
	return n
}

// numbers tells whether the full stop at i ends the number that the sentence
// begins with: 1. II. а. 3.2. §5. Статья 7.
func (c *cutter) numbers(i int) bool {
	from := c.before.upTo(c.at, skipOpeners, c.s)
	if from >= i || i-from > wordSight {
		return false
	}
	label := strings.TrimLeft(c.s[from:i], "§№# \u00a0")
	if head, tail, ok := strings.Cut(label, " "); ok {
		if !places[strings.ToLower(head)] {
			return false
		}
		label = strings.TrimSpace(tail)
	}
	if label == "" || len(label) > 12 {
		return false
	}
	digits := strings.IndexFunc(label, unicode.IsDigit) >= 0
	if digits {
		return strings.IndexFunc(label, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != '-' }) < 0
	}
	return utf8.RuneCountInString(label) == 1 || isRomanWord(label)
}

func isRomanWord(w string) bool { return w != "" && strings.Trim(w, "IVXLC") == "" }

// isRoman tells whether s begins with a Roman number.
func isRoman(s string) bool {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if n < 0 {
		n = len(s)
	}
	return isRomanWord(s[:n]) && (n > 1 || !strings.HasPrefix(s, "I"))
}

// measures tells whether s ends in a number and a space.
func measures(s string) bool {
	t := strings.TrimRightFunc(s, unicode.IsSpace)
	return t != s && digitBefore(t)
}

// allCapitals tells whether s begins with a word of capitals alone, such as США.
func allCapitals(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			break
		}
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n > 1
}
