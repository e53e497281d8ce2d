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
	// Args are names and values in turn: a string, an int, or one of the types
	// below, which become words of the editor's language.
	Args []any
}

// Names are several words that the language lists as it does: "a, b, c".
type Names []string

// Languages are tags of languages; each is called by its name in the editor's
// language, and they are joined to a part of a sentence: "Russian and Chinese".
type Languages []string

// Phrases are several phrases, joined to a part of a sentence.
type Phrases []Phrase

// Words are the sentences of one language.
type Words interface {
	// T returns the sentence with the id, its {{.Name}} places filled from the
	// pairs of names and values; an integer named Count chooses the plural form.
	T(id string, pairs ...any) string
	// Language returns what the language with the tag is called.
	Language(tag string) string
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
		case string, int, Phrase, Phrases, Names, Languages:
		default:
			pairs[i] = fmt.Sprint(v)
		}
	}
	return Phrase{ID: id, Args: pairs}
}

// MaxValue is how many characters of a value that comes from the content are
// shown; the place leads to the rest. A path is shown whole, as far as systems have
// such: one that is cut leads nowhere.
const (
	MaxValue = 200
	MaxPath  = 4096
)

// paths are the names of values that are paths or addresses.
var paths = []string{"Path", "File", "Folder", "Image", "Address"}

// MostListed is how many languages a sentence names. Of more it names the first
// and counts the rest; programs are given all.
const MostListed = 8

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
			most := MaxValue
			if name, _ := pairs[i-1].(string); slices.Contains(paths, name) {
				most = MaxPath
			}
			pairs[i] = clean(v, most)
		case Phrase:
			pairs[i] = v.In(w)
		case Names:
			if pairs[i-1] == "Languages" && len(v) > MostListed {
				pairs[i] = listed(w, v, func(s string) string { return clean(s, MaxValue) })
				continue
			}
			pairs[i] = clean(strings.Join(v, w.T("list-joint")), MaxValue)
		case Languages:
			say := func(tag string) string { return clean(w.Language(tag), MaxValue) }
			if len(v) > MostListed {
				pairs[i] = listed(w, v, say)
				continue
			}
			pairs[i] = joined(w, v, say)
		case Phrases:
			pairs[i] = joined(w, v, func(p Phrase) string { return p.In(w) })
		}
	}
	return w.T(p.ID, pairs...)
}

// listed names the first of many languages and counts the rest.
func listed(w Words, tags []string, say func(string) string) string {
	rest := len(tags) - MostListed + 2
	named := make([]string, len(tags)-rest)
	for i := range named {
		named[i] = say(tags[i])
	}
	return w.T("list-rest", "Named", strings.Join(named, w.T("list-joint")), "Count", rest, "Total", len(tags))
}

// joined puts several things into a sentence: "a", "a and b", "a, b and c".
func joined[T any](w Words, list []T, say func(T) string) string {
	var b strings.Builder
	for i, x := range list {
		switch {
		case i == 0:
		case i == len(list)-1:
			b.WriteString(w.T("list-last-joint"))
		default:
			b.WriteString(w.T("list-joint"))
		}
		b.WriteString(say(x))
	}
	return b.String()
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

// clean keeps a value on one line and of a length that can be read.
func clean(s string, most int) string {
	if len(s) > most && utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return Visible(lineEnds.Replace(s))
}

var lineEnds = strings.NewReplacer("\n", " ", "\t", " ", "\r", " ")

// Visible shows what cannot be seen, what would speak to the terminal and what
// is no character as its code; the joiners of many scripts stay. Every name of a
// file that is printed goes through it: a file may be called anything.
func Visible(s string) string {
	hides := func(r rune) bool {
		return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != 0x200C && r != 0x200D || r == 0x2028 || r == 0x2029 || r == utf8.RuneError
	}
	if strings.IndexFunc(s, hides) < 0 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			fmt.Fprintf(&b, "\\x%02x", s[i])
		case hides(r):
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
