package search

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// file is a file of the index in the making: a plain script that hands its payload
// over.
type file struct{ out []byte }

func newFile(name string, size int) *file {
	f := &file{make([]byte, 0, size+len(name)+64)}
	f.raw("steleIndex(")
	f.out = strconv.AppendQuote(f.out, name)
	f.raw(",")
	return f
}

// end is the file, of which no more comes.
func (f *file) end() []byte {
	f.raw(")\n")
	return f.out
}

func (f *file) raw(s string) { f.out = append(f.out, s...) }

func (f *file) number(n int) { f.out = strconv.AppendInt(f.out, int64(n), 10) }

// comma parts the items of a list.
func (f *file) comma(i int) {
	if i > 0 {
		f.raw(",")
	}
}

// base64 writes bytes as a string.
func (f *file) base64(b []byte) {
	f.raw(`"`)
	f.out = base64.RawStdEncoding.AppendEncode(f.out, b)
	f.raw(`"`)
}

// asJSON writes a payload that is not worth a writer of its own.
func asJSON(name string, payload any) ([]byte, error) {
	data, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("search: %s: %w", name, err)
	}
	f := newFile(name, len(data))
	f.out = append(f.out, data...)
	return f.end(), nil
}

// string writes a string, its letters changed for others.
func (f *file) string(s string, letters *swapping) {
	const hex = "0123456789abcdef"
	f.raw(`"`)
	out := f.out
	begin := 0 // of what is still to be written as it stands
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == '"' || c == '\\':
				out = append(append(out, s[begin:i-1]...), '\\', c)
			case c == '\n':
				out = append(append(out, s[begin:i-1]...), '\\', 'n')
			case c < ' ' || c == 0x7F:
				out = append(append(out, s[begin:i-1]...), '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			case letters != nil && letters.ascii[c] != 0:
				out = append(out, s[begin:i-1]...)
				out = utf8.AppendRune(out, letters.ascii[c])
			default:
				continue
			}
			begin = i
			continue
		}
		if letters != nil && c < 0xE0 && i+1 < len(s) {
			if to := letters.two[(int(c)&0x1F)<<6|int(s[i+1])&0x3F]; to != 0 {
				out = append(append(out, s[begin:i]...), to)
				i += 2
				begin = i
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r == 0x2028 || r == 0x2029 { // no text has the former; these end a line of a script
			out = append(out, s[begin:i]...)
			if n == 1 {
				out = append(out, "\uFFFD"...)
			} else {
				out = append(out, '\\', 'u', '2', '0', '2', hex[r&15])
			}
			begin = i + n
		}
		i += n
	}
	f.out = append(append(out, s[begin:]...), '"')
}

// swapping changes the letters of a language for those of ASCII, and back.
type swapping struct {
	ascii [utf8.RuneSelf]rune
	two   [0x800]byte // of letters of two bytes
}

const asciiLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// newSwapping is nil where there is nothing to change.
func newSwapping(letters string) *swapping {
	if letters == "" {
		return nil
	}
	s := &swapping{}
	for i, r := range []rune(letters) {
		if r < utf8.RuneSelf { // one that stays
			continue
		}
		s.two[r], s.ascii[asciiLetters[i]] = asciiLetters[i], r
	}
	return s
}

// text is a text with its letters changed.
func (s *swapping) text(text string) string {
	if s == nil {
		return text
	}
	out := make([]byte, 0, len(text))
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && s.ascii[r] != 0:
			r = s.ascii[r]
		case r >= utf8.RuneSelf && r < 0x800 && s.two[r] != 0:
			r = rune(s.two[r])
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}
