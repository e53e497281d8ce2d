// Package plain reads plain text, above all what a converter made of a PDF
// file, and Markdown of the same origin. It puts together what pages and lines
// have torn apart, and finds headings and lists. Whatever it does is a finding.
package plain

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/intake/draft"
	"stele/build/lang"
)

// Form is what the marks in a text mean.
type Form uint8

const (
	Text     Form = iota // nothing: they are characters
	Markdown             // what they mean in Markdown; they stay as they are
)

// Read reads a text, which has "\n" line ends, in a language.
func Read(text string, form Form, l *lang.Language) *draft.Document {
	r := &reader{doc: &draft.Document{}, form: form, lang: l, words: wordsOf(text)}
	lines := r.lines(text)
	r.width = usualWidth(lines)
	if form == Text {
		lines = r.lone(lines)
		r.hyphens(lines)
	}
	pieces := r.pieces(lines)
	pieces = r.join(pieces)
	for i := range pieces {
		pieces[i].finish()
	}
	r.blocks(pieces)
	r.typography()
	return r.doc
}

type reader struct {
	doc   *draft.Document
	form  Form
	lang  *lang.Language
	words map[string]int // how often each word stands inside a line, in small letters
	width int            // of full lines, in characters; 0 if lines are not broken
}

// line is a line of the source.
type line struct {
	text   string // without white space around it
	indent int
	number int
	page   bool // a page begins before it
	raw    string
	doubts []draft.Doubt
}

// piece is lines that belong together: a paragraph, a heading, an item, or a
// part of one.
type piece struct {
	kind   draft.Kind
	level  int
	text   string
	before []byte // what stands before text while lines are joined
	label  string // of an item
	tight  bool   // no space is between label and text
	indent int
	lines  int
	line   int
	gap    bool // an empty line before it
	page   bool // the end of a page before it
	doubts []draft.Doubt
	raw    bool   // lines to be kept as they are
	caps   bool   // a heading by its capitals
	named  string // the kind of division that a heading names
}

var tokens = regexp.MustCompile(`[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*`)

// wordsOf counts the words, with hyphens inside them and without. A word that a
// line end cuts is not among them.
func wordsOf(text string) map[string]int {
	out := map[string]int{}
	for l := range strings.SplitSeq(text, "\n") {
		for _, at := range tokens.FindAllStringIndex(l, -1) {
			if at[1] < len(l) && l[at[1]] == '-' {
				continue
			}
			out[strings.ToLower(l[at[0]:at[1]])]++
		}
	}
	return out
}

// lines parts the text into lines and takes out what pages repeat.
func (r *reader) lines(text string) []line {
	var pages [][]line
	n := 0
	for p := range strings.SplitSeq(text, "\f") {
		var page []line
		for raw := range strings.SplitSeq(p, "\n") {
			n++
			t := strings.TrimSpace(raw)
			indent := 0
			for _, c := range raw {
				if c == ' ' {
					indent++
				} else if c == '\t' {
					indent += 4
				} else if c == 0x3000 {
					indent += 2
				} else {
					break
				}
			}
			page = append(page, line{text: t, indent: indent, number: n, raw: raw})
		}
		n-- // a page's end is no line's end
		pages = append(pages, page)
	}
	r.furniture(pages)
	var out []line
	for i, p := range pages {
		first := true
		for _, l := range p {
			if l.text != "" && first {
				first = false
				l.page = i > 0
			}
			out = append(out, l)
		}
		out = append(out, line{})
	}
	if len(pages) == 1 {
		r.loneNumbers(out)
	}
	return out
}

var (
	digitRun   = regexp.MustCompile(`[0-9]+`)
	pageNumber = regexp.MustCompile(`^(?:[-–—·•|\s]*)([0-9]{1,4}|[ivxlcIVXLC]{1,6})(?:[-–—·•|.\s]*)$`)
)

// edge is how many lines at either end of a page may be repeated.
const edge = 3

// furniture takes out running heads and page numbers: lines at the top or the
// bottom that most pages have, but for their digits.
func (r *reader) furniture(pages [][]line) {
	if len(pages) < 2 {
		return
	}
	edges := func(p []line) (out []int) {
		var full []int
		for i, l := range p {
			if l.text != "" {
				full = append(full, i)
			}
		}
		for i, at := range full {
			if i < edge || i >= len(full)-edge {
				out = append(out, at)
			}
		}
		return out
	}
	key := func(s string) string {
		if pageNumber.MatchString(s) {
			return "#"
		}
		return digitRun.ReplaceAllString(strings.Join(strings.Fields(s), " "), "#")
	}
	count := map[string]int{}
	filled := 0
	for _, p := range pages {
		seen := map[string]bool{}
		at := edges(p)
		if len(at) > 0 {
			filled++
		}
		for _, i := range at {
			if k := key(p[i].text); !seen[k] {
				seen[k] = true
				count[k]++
			}
		}
	}
	said := map[string]bool{}
	for n, p := range pages {
		at := edges(p)
		for _, order := range [][]int{at, reversed(at)} {
			for _, i := range order {
				if p[i].text == "" {
					continue
				}
				k := key(p[i].text)
				if n == 0 && i == at[0] && k != "#" && !echoed(p, i) {
					break // the first words of all may be the title that the heads repeat
				}
				need := max(3, filled*2/5)
				if k == "#" {
					need = 2
				}
				if count[k] < need || utf8.RuneCountInString(k) > 200 {
					break // what is nearer to the middle is text
				}
				r.drop(&p[i], k, said)
			}
		}
	}
}

// echoed reports whether the next lines say half of what line i says, as a title
// does below its running head.
func echoed(lines []line, i int) bool {
	title := ""
	for k, l := range lines[i+1:] {
		if l.text == "" && title != "" || k > 4*edge {
			break
		}
		if l.text != "" {
			title += l.text + " "
		}
	}
	head, next := spoken(lines[i].text), spoken(title)
	same := 0
	for w := range next {
		if head[w] {
			same++
		}
	}
	return same > 0 && same*2 >= min(len(head), len(next))
}

// spoken are the words of a text, in small letters; of scripts without spaces,
// the characters.
func spoken(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range tokens.FindAllString(strings.ToLower(s), -1) {
		c, size := utf8.DecodeRuneInString(w)
		if !unicode.Is(unicode.Han, c) || size == len(w) {
			out[w] = true
			continue
		}
		for _, c := range w {
			out[string(c)] = true
		}
	}
	return out
}

func reversed(in []int) []int {
	out := make([]int, 0, len(in))
	for i := len(in) - 1; i >= 0; i-- {
		out = append(out, in[i])
	}
	return out
}

func (r *reader) drop(l *line, key string, said map[string]bool) {
	r.doc.Omit(draft.Page, l.text)
	if !said[key] {
		said[key] = true
		variant := "head"
		if key == "#" {
			variant = "page"
		}
		r.doc.Doubt(diag.Warning, draft.LeftOut.As(variant), "Text", clip(l.text))
	}
	l.text, l.raw = "", ""
}

// loneNumbers takes out page numbers of a text without pages: lines with a
// number alone that count up by one through the whole text.
func (r *reader) loneNumbers(lines []line) {
	var at []int
	next := -1
	for i, l := range lines {
		m := pageNumber.FindStringSubmatch(l.text)
		if m == nil || i > 0 && lines[i-1].text != "" && i+1 < len(lines) && lines[i+1].text != "" {
			continue
		}
		n := 0
		for _, c := range m[1] {
			if c < '0' || c > '9' {
				n = -1
				break
			}
			n = n*10 + int(c-'0')
		}
		if n < 0 || next >= 0 && n != next {
			continue
		}
		at, next = append(at, i), n+1
	}
	if len(at) < 3 || len(lines)/len(at) < 12 {
		return
	}
	said := map[string]bool{}
	for _, i := range at {
		r.drop(&lines[i], "#", said)
	}
}

// usualWidth is the width of full lines, if the text is broken into lines.
func usualWidth(lines []line) int {
	var widths []int
	broken := 0
	for i, l := range lines {
		if l.text == "" {
			continue
		}
		widths = append(widths, utf8.RuneCountInString(l.text))
		if i+1 < len(lines) && lines[i+1].text != "" && !ends(l.text) && startsSmall(lines[i+1].text, true) {
			broken++
		}
	}
	if broken == 0 {
		return 0
	}
	most := make([]int, 400)
	for _, w := range widths {
		most[min(w, 399)]++
	}
	rest := len(widths) / 10
	for w := 399; w > 0; w-- {
		if rest -= most[w]; rest < 0 {
			return w
		}
	}
	return 0
}

// ends reports whether a text ends like a sentence or a part of a list.
func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)）】」』]*_ ")
	c, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:;…。！？：；", c)
}

// startsSmall reports whether a text begins with a small letter, or with one of
// a script that has no capitals.
func startsSmall(s string, uncased bool) bool {
	s = strings.TrimLeft(s, "\"'“‘«(（【「『[*_")
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(c) || uncased && unicode.Is(unicode.Lo, c)
}

func clip(s string) string {
	text, _ := draft.Part(strings.Join(strings.Fields(s), " "))
	return diag.Clip(text, diag.Quoted)
}

// tail and head are the ends of a text that a finding quotes.
func tail(s string) string {
	r := []rune(clipAll(s))
	if len(r) > 30 {
		return "…" + strings.TrimSpace(string(r[len(r)-30:]))
	}
	return string(r)
}

func head(s string) string { return diag.Clip(clipAll(s), 30) }

func clipAll(s string) string {
	text, _ := draft.Part(strings.Join(strings.Fields(s), " "))
	return text
}
