package plain

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/intake/draft"
)

var years = regexp.MustCompile(`\b((?:1[5-9]|20)[0-9]{2})-((?:1[5-9]|20)[0-9]{2})\b`)

// typography writes the marks that a converter or a keyboard flattened as the
// language has them, and says how many.
func (r *reader) typography() {
	count := map[string]int{}
	for i := range r.doc.Blocks {
		b := &r.doc.Blocks[i]
		if b.Kind == draft.Raw {
			continue
		}
		for k := range b.Spans {
			s := &b.Spans[k]
			if s.Ready && strings.ContainsAny(s.Text, "`<") || strings.Contains(s.Text, "://") || strings.Contains(s.Text, "](") {
				continue
			}
			s.Text = r.mend(s.Text, count)
		}
	}
	for _, what := range []string{"apostrophe", "quotes", "dash", "years"} {
		if n := count[what]; n > 0 {
			r.doc.Doubt(diag.Note, draft.Replaced.As(what), "Count", n)
		}
	}
}

// replaced notes that one mark was written for another.
func (r *reader) replaced(was, is rune) {
	r.doc.Became = append(r.doc.Became, was)
	r.doc.Added = append(r.doc.Added, is)
}

func (r *reader) mend(s string, count map[string]int) string {
	if r.lang.Alphabetic() {
		s = years.ReplaceAllStringFunc(s, func(m string) string {
			count["years"]++
			r.replaced('-', '–')
			return strings.Replace(m, "-", "–", 1)
		})
		dash := '–'
		if r.lang.Script == "Cyrl" {
			dash = '—'
		}
		for strings.Contains(s, " - ") {
			count["dash"]++
			r.replaced('-', dash)
			s = strings.Replace(s, " - ", " "+string(dash)+" ", 1)
		}
	}
	quotes := strings.Count(s, `"`)
	pairs := quotes > 0 && quotes%2 == 0 && r.lang.Quotes[0] != 0
	if !pairs && !strings.Contains(s, "'") {
		return s
	}
	var b strings.Builder
	last := ' '
	open := false
	for i, c := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(c):])
		switch {
		case c == '"' && pairs:
			is := r.lang.Quotes[0]
			if open {
				is = r.lang.Quotes[1]
			}
			open = !open
			count["quotes"]++
			r.replaced(c, is)
			c = is
		case c == '\'' && r.lang.Alphabetic() && unicode.IsLetter(last) && (unicode.IsLetter(next) || strings.Count(s, " '") == 0):
			count["apostrophe"]++
			r.replaced(c, '’')
			c = '’'
		}
		b.WriteRune(c)
		last = c
	}
	return b.String()
}
