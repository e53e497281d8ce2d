package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"stele/build/lang"
)

// keysOf are the stems that a word of a query is looked up by.
func keysOf(l *lang.Language, word string) []string {
	if l.Snowball() == "ru" {
		return akin(l, word)
	}
	return []string{l.Stem(word)}
}

var (
	consonantLast = regexp.MustCompile(`[бвгджзклмнпрстфхцчшщ]$`)
	fleeting      = regexp.MustCompile(`([^аеиоуыэюяьй])[ое]([кц])$`)
	fled          = regexp.MustCompile(`[^аеиоуыэюяьй][кц]$`)
)

// akin are the stems that a Russian word of a query may have in a text. The
// rules of Snowball part some forms of one word: опыт from опыта, поставок from
// поставка, время from времени.
func akin(l *lang.Language, word string) []string {
	s := l.Stem(word)
	out := []string{s, l.Stem(s)}
	if consonantLast.MatchString(word) {
		out = append(out, l.Stem(word+"а"))
	}
	out = append(out, fleeting.ReplaceAllString(s, "$1$2"))
	if fled.MatchString(s) {
		_, n := utf8.DecodeLastRuneInString(s)
		begin, end := s[:len(s)-n], s[len(s)-n:]
		out = append(out, begin+"о"+end, begin+"е"+end)
	}
	switch s {
	case "мат":
		out = append(out, "матер")
	case "доч":
		out = append(out, "дочер")
	}
	if strings.HasSuffix(word, "мя") {
		out = append(out, s+"ен")
	}
	if begin, ok := strings.CutSuffix(s, "ен"); ok && strings.HasSuffix(begin, "м") {
		out = append(out, begin)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(k string) bool { return k != s && utf8.RuneCountInString(k) < 3 })
}
