package diag

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Phrase is something to be said as a value: which sentence of the catalogues
// in i18n/editors, and what its places are filled with. The sentences are one
// line in the editor's terms, in lower case and without a period at the end.
type Phrase struct {
	// ID names the sentence: a code, or a code and a variant ("bad-name.folder").
	ID string
	// Args are names and values in turn: string, int, a Phrase, or a Names.
	Args []any
}

// Names are several words that the language joins as it does.
type Names []string

// Words are the sentences of one language.
type Words interface {
	// T returns the sentence with the id, its {{.Name}} places filled from the
	// pairs of names and values; an integer named Count chooses the plural form.
	T(id string, pairs ...any) string
}

// Say returns a phrase. pairs are names and values in turn; a value of another
// type than Args allows is filled in as fmt writes it. A name that is none is a
// fault of the caller and panics.
func Say(id string, pairs ...any) Phrase {
	if len(pairs)%2 != 0 {
		panic("diag: a name without a value in the phrase " + id)
	}
	for i, v := range pairs {
		if _, isName := v.(string); i%2 == 0 && !isName {
			panic(fmt.Sprintf("diag: %v is no name in the phrase %s", v, id))
		}
		switch v.(type) {
		case string, int, Phrase, Names:
		default:
			pairs[i] = fmt.Sprint(v)
		}
	}
	return Phrase{ID: id, Args: pairs}
}

// MaxValue is how many characters of a value that comes from the content are
// shown; the place leads to the rest.
const MaxValue = 200

// In returns the phrase as a sentence of the language. What is filled in can
// neither forge a further line nor speak to the terminal.
func (p Phrase) In(w Words) string {
	if p.ID == "" {
		return ""
	}
	pairs := slices.Clone(p.Args)
	for i := 1; i < len(pairs); i += 2 {
		switch v := pairs[i].(type) {
		case string:
			pairs[i] = clean(v)
		case Phrase:
			pairs[i] = v.In(w)
		case Names:
			pairs[i] = clean(strings.Join(v, w.T("list-joint")))
		}
	}
	return w.T(p.ID, pairs...)
}

// Value returns what the phrase has under the name, or nil.
func (p Phrase) Value(name string) any {
	for i := 0; i+1 < len(p.Args); i += 2 {
		if p.Args[i] == name {
			return p.Args[i+1]
		}
	}
	return nil
}

// String writes the phrase without a language: its id and values.
func (p Phrase) String() string {
	var b strings.Builder
	b.WriteString(p.ID)
	for i := 0; i+1 < len(p.Args); i += 2 {
		if s, ok := p.Args[i+1].(string); ok {
			fmt.Fprintf(&b, " %v=%q", p.Args[i], s)
			continue
		}
		fmt.Fprintf(&b, " %v=(%v)", p.Args[i], p.Args[i+1])
	}
	return b.String()
}

// clean keeps a value on one line and of a length that can be read. What cannot
// be seen, or would speak to the terminal, is shown as its code.
func clean(s string) string {
	if len(s) > MaxValue && utf8.RuneCountInString(s) > MaxValue {
		s = string([]rune(s)[:MaxValue]) + "…"
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n', r == '\t', r == '\r':
			b.WriteByte(' ')
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), r == 0x2028, r == 0x2029, r == utf8.RuneError:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
