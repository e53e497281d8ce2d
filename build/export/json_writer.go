package export

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// jsonWriter writes JSON as encoding/json does without escaping HTML. What is written
// of every passage of every text is written by it: by encoding/json it takes four
// times as long, most of it to find out what the fields are.
type jsonWriter struct{ b []byte }

// member begins a member of an object; key is plain ASCII.
func (w *jsonWriter) member(key string) {
	w.next()
	w.b = append(w.b, '"')
	w.b = append(w.b, key...)
	w.b = append(w.b, '"', ':')
}

// next parts what comes from what stands before it in the object or list.
func (w *jsonWriter) next() {
	switch w.b[len(w.b)-1] {
	case '{', '[', ':':
	default:
		w.b = append(w.b, ',')
	}
}

func (w *jsonWriter) open(bracket byte)  { w.b = append(w.b, bracket) }
func (w *jsonWriter) close(bracket byte) { w.b = append(w.b, bracket) }

// word writes a member whose value is a string, if it is not empty.
func (w *jsonWriter) word(key, value string) {
	if value != "" {
		w.member(key)
		w.text(value)
	}
}

// number writes a member whose value is a number, if it is not 0.
func (w *jsonWriter) number(key string, n int) {
	if n != 0 {
		w.member(key)
		w.b = strconv.AppendInt(w.b, int64(n), 10)
	}
}

// truth writes a member that is true, if it is.
func (w *jsonWriter) truth(key string, is bool) {
	if is {
		w.member(key)
		w.b = append(w.b, "true"...)
	}
}

// text writes a string, which is UTF-8 like all that comes from files.
func (w *jsonWriter) text(s string) {
	from, done := len(w.b), 0
	w.b = append(w.b, '"')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !jsonAsked[c] {
			continue
		}
		switch {
		case c == '"' || c == '\\':
			w.b = append(w.b, s[done:i]...)
			w.b = append(w.b, '\\', c)
			done = i + 1
			continue
		case c == '\n':
			w.b = append(w.b, s[done:i]...)
			w.b = append(w.b, '\\', 'n')
			done = i + 1
			continue
		case c == 0xe2 && i+2 < len(s) && (s[i+1] != 0x80 || s[i+2]&^1 != 0xa8): // no line separator
			continue
		}
		w.b = append(w.b[:from], rareJSON(s)...)
		return
	}
	w.b = append(append(w.b, s[done:]...), '"')
}

// jsonAsked are the bytes that are perhaps not written as they are.
var jsonAsked = func() (out [256]bool) {
	for c := range byte(' ') {
		out[c] = true
	}
	out['"'], out['\\'], out[0xe2] = true, true, true
	return out
}()

// rareJSON is a string with characters that hardly any has.
func rareJSON(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string can always be written
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
