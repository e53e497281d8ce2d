package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"stele/build/lang"
)

// token is a word, or one character of a script that is written without spaces.
type token struct {
	form       string // folded: what must be equal where nothing else is
	char       bool   // a character, not a word
	gap        gap    // what stands before it
	start, end int    // byte offsets in the text
}

// Word is a word or character of a text as it is searched.
type Word struct {
	Form       string // folded
	Char       bool
	Gap        int // before it: 0 nothing, 1 white space, hyphen or quotation mark, 2 anything else
	Start, End int // byte offsets
}

// Words cuts a text as the search does.
func Words(text string) []Word {
	var out []Word
	for _, t := range tokens(text) {
		out = append(out, Word{t.form, t.char, int(t.gap), t.start, t.end})
	}
	return out
}

// gap is what parts a token from the one before.
type gap uint8

const (
	joined gap = iota // nothing
	soft              // white space, hyphens, quotation marks, apostrophes
	hard              // anything else
)

// tokens cuts a text. The script of the theme does the same (tokens in
// search.js), and a test holds the two equal.
func tokens(s string) []token { return appendTokens(make([]token, 0, len(s)/8), s) }

// appendTokens adds the tokens of a text to a list.
func appendTokens(out []token, s string) []token {
	var word []byte // of the token that is open
	open := false
	g := hard // before the first token
	flush := func() {
		if !open {
			return
		}
		open = false
		t := &out[len(out)-1]
		if t.form = s[t.start:t.end]; t.form != string(word) { // most words stand as they are folded
			t.form = string(word)
		}
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf || !markAt(s, i+1)) { // a fast way for the commonest
			switch {
			case 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z':
				if r <= 'Z' && r >= 'A' {
					r += 'a' - 'A'
				}
				if !open {
					out = append(out, token{gap: g, start: i})
					word, open = word[:0], true
				}
				word = append(word, byte(r))
				out[len(out)-1].end, g = i+1, joined
			default:
				flush()
				g = max(g, gapOf(r))
			}
			i++
			continue
		}
		if (r >= 0x410 && r <= 0x44F || r >= 0x4E00 && r <= 0x9FFF) && (i+n == len(s) || s[i+n] < utf8.RuneSelf || !markAt(s, i+n)) { // and another
			if r >= 0x4E00 {
				flush()
				out = append(out, token{form: s[i : i+n], char: true, gap: g, start: i, end: i + n})
			} else {
				if r < 0x430 {
					r += 0x20
				}
				if !open {
					out = append(out, token{gap: g, start: i})
					word, open = word[:0], true
				}
				word = utf8.AppendRune(word, r)
				out[len(out)-1].end = i + n
			}
			g = joined
			i += n
			continue
		}
		if ignored(r) {
			i += n
			continue
		}
		if k := gapOf(r); k == soft {
			flush()
			g = max(g, soft)
			i += n
			continue
		}
		for i+n < len(s) && s[i+n] >= 0x80 && markAt(s, i+n) {
			_, m := utf8.DecodeRuneInString(s[i+n:])
			n += m
		}
		f := fold(s[i : i+n])
		first, _ := utf8.DecodeRuneInString(f)
		switch {
		case f == "":
			if !unicode.IsMark(r) && r != tatweel { // these were only left out
				flush()
				g = hard
			}
		case isCharacter(first):
			flush()
			out = append(out, token{form: f, char: true, gap: g, start: i, end: i + n})
			g = joined
		default:
			if !open {
				out = append(out, token{gap: g, start: i})
				word, open = word[:0], true
			}
			word = append(word, f...)
			out[len(out)-1].end, g = i+n, joined
		}
		i += n
	}
	flush()
	return out
}

const tatweel = 'ـ' // only stretches a word

// markAt reports whether a combining mark stands at the byte.
func markAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	if r < 0x300 || r >= 0x370 && r < 0x483 || r >= 0x3100 && r < 0xA66F { // most letters, Cyrillic and Han
		return false
	}
	return unicode.IsMark(r)
}

// ignored characters are as if they were not there.
func ignored(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF
}

// gapOf tells soft gaps from hard ones.
func gapOf(r rune) gap {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
		'"', '\'', '`', '’', '‘', 'ʼ', 'ʻ', '′', '“', '”', '„', '«', '»', '‹', '›', '「', '」', '『', '』', '＂', '＇',
		'-', '‐', '‑', '‒', '–', '−', '－':
		return soft
	}
	if r >= 0x2000 && r <= 0x200A {
		return soft
	}
	return hard
}

// fold is a character with its marks as it is compared: in compatible, small
// forms, е for ё, without stress and vowel points. What is no letter, digit or
// mark folds to nothing.
func fold(seg string) string {
	r, n := utf8.DecodeRuneInString(seg)
	if n == len(seg) {
		switch {
		case r >= 0x430 && r <= 0x44F, r >= 0x4E00 && r <= 0x9FFF:
			return seg
		case r >= 0x410 && r <= 0x42F:
			return string(r + 0x20)
		case r == 'ё' || r == 'Ё':
			return "е"
		}
	}
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(seg)) {
		switch {
		case r == 'ё':
			r = 'е'
		case r == 'ς':
			r = 'σ'
		case r == tatweel:
			continue
		case r >= 0x300 && r <= 0x36F, r >= 0x591 && r <= 0x5C7, r >= 0x64B && r <= 0x65F, r == 0x670, r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
			continue
		case unicode.IsDigit(r):
			if d, ok := lang.Digit(r); ok {
				r = '0' + rune(d)
			}
		case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isCharacter reports whether texts are searched by the characters of the
// letter's script: one that has no spaces, or Hangul, whose words carry their
// particles.
func isCharacter(r rune) bool {
	return r >= 0xE00 && (lang.Unspaced(r) || r == 'ー' || unicode.Is(unicode.Hangul, r))
}
