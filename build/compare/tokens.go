package compare

import (
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
)

// tokens cuts a text into words, runs of spaces, and single characters of
// everything else, each with its marks. Joined they are the text.
func tokens(s string) []string {
	out := make([]string, 0, len(s)/4+1)
	start, kind := 0, -1
	for i, r := range s {
		k := kindOf(r)
		if i > 0 && foldRune(r) == 0 { // unseen: part of what it follows
			continue
		}
		if i > start && (k != kind || k == single) && !unicode.IsMark(r) {
			out = append(out, s[start:i])
			start = i
		}
		kind = k
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// The kinds of characters.
const (
	single = iota
	word
	blank
)

func kindOf(r rune) int {
	switch {
	case r >= 'a' && r <= 'z', r >= 'а' && r <= 'я': // most of what there is
		return word
	case isSpace(r):
		return blank
	case r == '\u00ad', r == '\u200b', r == '\u2060': // within a word, unseen
		return word
	case lang.Unspaced(r):
		return single
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '_':
		return word
	}
	return single
}

// numbered gives each of the tokens of two texts a number, the same to those
// that count as the same.
func numbered(a, b []string) (x, y []rune) {
	ids := make(map[string]rune, (len(a)+len(b))/2)
	raw := make(map[string]rune, (len(a)+len(b))/2) // of tokens as they stand, most of which stand several times
	of := func(tokens []string) []rune {
		out := make([]rune, len(tokens))
		for i, s := range tokens {
			id, ok := raw[s]
			if !ok {
				key := Fold(s)
				if key == "" && kindOf(firstRune(s)) == blank {
					key = " " // a run of spaces
				}
				if id, ok = ids[key]; !ok {
					id = rune(len(ids))
					ids[key] = id
				}
				raw[s] = id
			}
			out[i] = id
		}
		return out
	}
	return of(a), of(b)
}

// weight is how much some tokens say: a word and a sign one each, spaces nothing.
func weight(tokens []string) int {
	n := 0
	for _, s := range tokens {
		if r := firstRune(s); kindOf(r) != blank {
			n++
		}
	}
	return n
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRune(s string) rune {
	r, n := utf8.DecodeLastRuneInString(s)
	if n == 0 {
		return 0
	}
	return r
}
