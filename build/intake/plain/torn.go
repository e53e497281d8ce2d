package plain

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/intake/draft"
)

var (
	loneBullet = regexp.MustCompile(`^[•▪▫◦‣●○■□◆∙➢✓]$`)
	loneLabel  = regexp.MustCompile(`^\(?(?:[0-9]{1,3}|\p{L})[.)]$`)
)

// maxTorn is how many empty lines may part the mark of an item from its text.
const maxTorn = 2

// lone puts the mark of an item that stands on a line of its own, as some
// converters leave it, before its text.
func (r *reader) lone(lines []line) []line {
	for i := range lines {
		l := &lines[i]
		if !loneBullet.MatchString(l.text) && !loneLabel.MatchString(l.text) {
			continue
		}
		for j := i + 1; j < len(lines) && j <= i+1+maxTorn; j++ {
			next := &lines[j]
			if next.text == "" {
				continue
			}
			if j == i+1 && loneLabel.MatchString(l.text) || loneBullet.MatchString(next.text) || loneLabel.MatchString(next.text) {
				break // a row of numbers, as in a table
			}
			next.text, next.indent, next.page = l.text+" "+next.text, l.indent, next.page || l.page
			l.text, l.page = "", false
			break
		}
	}
	return lines
}

// hyphens puts back the hyphens of words that a converter joined at the end of a
// line: "memberstates", where "member-states" stands elsewhere. It joins the
// whole next line to the word, so that the word stands where lines usually end.
func (r *reader) hyphens(lines []line) {
	if r.width == 0 {
		return
	}
	halves := map[string][]string{} // first halves of words with hyphens -> second ones
	for w := range r.words {
		if a, b, ok := strings.Cut(w, "-"); ok {
			halves[a] = append(halves[a], b)
		}
	}
	// All places of such a word must be where a line would have ended within it.
	torn := map[string]int{}
	r.tornWords(lines, halves, func(_ *line, low string, _, _ int) { torn[low]++ })
	var l *line
	var out strings.Builder
	done := 0
	flush := func() {
		if l != nil {
			out.WriteString(l.text[done:])
			l.text = out.String()
			out.Reset()
		}
		done = 0
	}
	r.tornWords(lines, halves, func(in *line, low string, at, cut int) {
		if torn[low] != r.words[low] {
			return
		}
		if in != l {
			flush()
			l = in
		}
		word := in.text[at : at+len(low)]
		whole := word[:cut] + "-" + word[cut:]
		out.WriteString(in.text[done:at] + whole)
		done = at + len(word)
		r.doc.Added = append(r.doc.Added, '-')
		in.doubts = append(in.doubts, draft.Doubt{Severity: diag.Warning, Code: draft.Hyphen.As("restored"), Pairs: []any{"Word", clip(whole), "Was", clip(word)}})
	})
	flush()
}

// tornWords visits the words that may have lost a hyphen, with their offsets in
// the line and the offset in the word where it would be.
func (r *reader) tornWords(lines []line, halves map[string][]string, visit func(l *line, low string, at, cut int)) {
	for i := range lines {
		l := &lines[i]
		if utf8.RuneCountInString(l.text)*10 < r.width*9 {
			continue
		}
		for _, at := range tokens.FindAllStringIndex(l.text, -1) {
			word := l.text[at[0]:at[1]]
			low := strings.ToLower(word)
			if len(low) != len(word) || strings.Contains(low, "-") || utf8.RuneCountInString(low) < 5 {
				continue
			}
			cut := r.torn(word, low, halves)
			if cut == 0 {
				continue
			}
			// Its first half had room on the line, all of it had not.
			half, whole := utf8.RuneCountInString(l.text[:at[0]+cut]), utf8.RuneCountInString(l.text[:at[1]])
			if half*100 <= r.width*110 && whole*100 >= r.width*roomy {
				visit(l, low, at[0], cut)
			}
		}
	}
}

// roomy is the part of the usual width, in hundredths, that a line must reach
// with a word for the word not to have had room: letters differ in width.
const roomy = 96

// torn is where a word lost its hyphen; 0 if it has lost none. The word stands
// with it elsewhere, perhaps with another ending, or its halves do, or a capital
// is in it.
func (r *reader) torn(word, low string, halves map[string][]string) int {
	last := rune(0)
	for i, c := range word {
		if i > 0 && unicode.IsUpper(c) && unicode.IsLower(last) && r.words[low[:i]]+r.words[low[i:]] > 0 {
			return i
		}
		last = c
	}
	for i := range low {
		if len(halves[low[:i]]) > 1 && utf8.RuneCountInString(low[:i]) >= 5 && utf8.RuneCountInString(low[i:]) >= 5 && r.words[low[i:]] > 0 {
			return i // a half that others have before a hyphen, and a word
		}
		for _, b := range halves[low[:i]] {
			n, same := min(utf8.RuneCountInString(b), utf8.RuneCountInString(low[i:])), common(b, low[i:])
			if b == low[i:] || n >= 6 && same >= n-3 {
				return i
			}
		}
	}
	return 0
}

// common is how many characters two words begin with alike.
func common(a, b string) int {
	n := 0
	for _, c := range a {
		if !strings.HasPrefix(b, string(c)) {
			break
		}
		b = b[len(string(c)):]
		n++
	}
	return n
}
