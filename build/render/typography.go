package render

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// noBreak is the space that binds.
const noBreak = "\u00a0"

// binding says which spaces of a language bind what stands around them: its
// typography does not leave some words at the end or the beginning of a line.
type binding struct {
	// last and next are the bytes before and after a space beside which it may bind, next
	// the first of a dash; of other spaces, which most are, nothing need be asked.
	last, next [256]bool
	binds      func(before, after string) bool
}

// bindingOf is that of a language; nil where nothing is bound.
func bindingOf(tag string) *binding {
	switch base, _, _ := strings.Cut(tag, "-"); base {
	case "ru":
		return &russian
	case "en":
		return &english
	}
	return nil
}

var (
	russian = binding{last: lastBytes(".0123456789№вксоуВКСОУ"), next: [256]bool{0xe2: true}, binds: bindsRussian}
	english = binding{last: lastBytes("0123456789"), binds: bindsEnglish}
)

// lastBytes are those of the characters.
func lastBytes(characters string) (out [256]bool) {
	for _, r := range characters {
		s := string(r)
		out[s[len(s)-1]] = true
	}
	return out
}

// at reports whether the space at i binds.
func (b *binding) at(s string, i int) bool {
	if b == nil || (i == 0 || !b.last[s[i-1]]) && (i+1 == len(s) || !b.next[s[i+1]]) {
		return false
	}
	return b.binds(s[:i], s[i+1:])
}

// bound binds a text. Only spaces change, into no-break spaces.
func bound(s, tag string) string { return bindingOf(tag).bound(s) }

func (b *binding) bound(s string) string {
	if b == nil {
		return s
	}
	var out strings.Builder
	done := 0
	for i := range len(s) {
		if s[i] == ' ' && b.at(s, i) {
			out.WriteString(s[done:i])
			out.WriteString(noBreak)
			done = i + 1
		}
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// bindsRussian reports whether a space between the two binds them: a dash stays
// with the word before it, prepositions of one letter and the number sign with
// the word after them, a day with its month, a year with its word, and the number
// of an article, a paragraph or a chapter with what it counts.
func bindsRussian(before, after string) bool {
	if after != "" && after[0] == "—"[0] && strings.HasPrefix(after, "—") {
		return true
	}
	if before == "" {
		return false
	}
	switch last := before[len(before)-1]; {
	case last == '.':
		return after != "" && strings.IndexByte("0123456789IVXLC", after[0]) >= 0 && endsIn(before, russianPlaces)
	case last >= '0' && last <= '9':
		return beginsWith(after, russianDates)
	case last < utf8.RuneSelf:
		return false
	}
	r, n := utf8.DecodeLastRuneInString(before)
	switch r {
	case '№':
		return true
	case 'в', 'к', 'с', 'о', 'у', 'В', 'К', 'С', 'О', 'У':
		r, _ := utf8.DecodeLastRuneInString(before[:len(before)-n])
		return r == utf8.RuneError || unicode.IsSpace(r) || r == '(' || r == '«'
	}
	return false
}

// bindsEnglish reports the same of a day and its month.
func bindsEnglish(before, after string) bool {
	return before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9' && beginsWith(after, englishMonths)
}

var (
	russianPlaces = []string{"ст.", "Ст.", "п.", "П.", "пп.", "Пп.", "подп.", "Подп.", "гл.", "Гл."}
	russianDates  = []string{"г.", "гг.", "год", "январ", "феврал", "март", "апрел", "май", "мая", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"}
	englishMonths = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
)

// endsIn reports whether one of the words ends the text.
func endsIn(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		rest, ok := strings.CutSuffix(s, w)
		if !ok || rest == "" {
			return ok
		}
		r, _ := utf8.DecodeLastRuneInString(rest)
		return strings.ContainsRune("\t\n\f\r \u00a0(«", r)
	})
}

func beginsWith(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

// latinWords finds two words or more in Latin letters, with what stands between
// them; one alone may be a name or an abbreviation of any language.
func latinWords(s string) [][]int {
	var out [][]int
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isLatin(r) {
			i += n
			continue
		}
		end := i + latinWord(s[i:])
		words := 1
		for {
			at := end + run(s[end:], closing)
			if at == len(s) || s[at] != ' ' {
				break
			}
			at++
			at += run(s[at:], opening)
			if r, _ := utf8.DecodeRuneInString(s[at:]); !isLatin(r) {
				break
			}
			end = at + latinWord(s[at:])
			words++
		}
		if words > 1 {
			out = append(out, []int{i, end})
		}
		i = end
	}
	return out
}

func isLatin(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.Is(unicode.Latin, r)
}

// latinWord is the length of the word that s begins with.
func latinWord(s string) int {
	return run(s, func(r rune) bool { return isLatin(r) || r == '’' || r == '\'' || r == '-' })
}

// closing and opening stand between words that belong together, before and
// behind the space.
func closing(r rune) bool { return strings.ContainsRune(",…”’)", r) }
func opening(r rune) bool { return strings.ContainsRune("/“‘(…", r) }

// run is the length of the run of characters that s begins with.
func run(s string, of func(rune) bool) int {
	for i, r := range s {
		if !of(r) {
			return i
		}
	}
	return len(s)
}
