package render

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bound binds what the language's typography does not leave at the end or the
// beginning of a line. Only spaces change, into no-break spaces.
func bound(s, tag string) string {
	var binds func(before, after string) bool
	switch base, _, _ := strings.Cut(tag, "-"); base {
	case "ru":
		binds = bindsRussian
	case "en":
		binds = bindsEnglish
	default:
		return s
	}
	var b strings.Builder
	done := 0
	for i := range len(s) {
		if s[i] == ' ' && binds(s[:i], s[i+1:]) {
			b.WriteString(s[done:i])
			b.WriteString("\u00a0")
			done = i + 1
		}
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
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
	// Nearly no word ends so, and to decode the last letter of each takes longer.
	switch before[len(before)-1] {
	case "№"[2], "в"[1], "к"[1], "с"[1], "о"[1], "у"[1], "В"[1], "К"[1], "С"[1], "О"[1], "У"[1]:
	default:
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
