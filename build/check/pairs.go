package check

import (
	"regexp"
	"strings"

	"stele/build/doc"
)

// closers of opening brackets and quotation marks.
var closers = map[rune]rune{
	'(': ')', '[': ']', '{': '}', '（': '）', '［': '］', '【': '】', '《': '》', '〈': '〉', '「': '」', '『': '』', '«': '»', '“': '”', '„': '“',
}

const (
	closing        = ")]}）］】》〉」』»”"
	quotationMarks = "«»“”„「」『』"
)

// enumeration is the end of what stands before the bracket in a) b) 1).
var enumeration = regexp.MustCompile(`(?:^|[\s;:,；：，。、])(?:[\p{L}]|\d{1,3}|[ivx]{1,4})$`)

// openMarks are the brackets and quotation marks that wait for their partners.
type openMarks struct {
	stack   []openMark
	waiting map[rune]int // how many marks of the stack a closing mark would close
}

type openMark struct {
	r   rune
	off int
}

func (o *openMarks) push(m openMark) {
	o.stack = append(o.stack, m)
	o.waiting[closers[m.r]]++
}

// pop takes the last mark from the stack.
func (o *openMarks) pop() openMark {
	m := o.stack[len(o.stack)-1]
	o.stack = o.stack[:len(o.stack)-1]
	o.waiting[closers[m.r]]--
	return m
}

// closes reports whether the mark closes the last one of the stack.
func (o *openMarks) closes(r rune) bool {
	return len(o.stack) > 0 && closers[o.stack[len(o.stack)-1].r] == r
}

// pairs finds brackets and quotation marks without their partner.
func (b *blockChecker) pairs() {
	open := openMarks{waiting: map[rune]int{}}
	for off, r := range b.text {
		switch {
		case r == cellEnd:
			for len(open.stack) > 0 {
				b.unclosed(open.pop())
			}
		case !b.paired(r):
		case open.closes(r): // a mark that opens in one place closes in another: „Wort“
			open.pop()
		case closers[r] != 0:
			open.push(openMark{r, off})
		case !strings.ContainsRune(closing, r):
		case (r == ')' || r == '）') && enumeration.MatchString(b.text[max(off-24, 0):off]): // a list
		case open.waiting[r] == 0:
			b.unpaired(openMark{r, off}, "unopened")
		default: // it closes an earlier one, past others that were not closed
			for !open.closes(r) {
				b.unclosed(open.pop())
			}
			open.pop()
		}
	}
	for _, m := range open.stack {
		if !b.runsOn(m, len(open.stack)) {
			b.unclosed(m)
		}
	}
}

// paired reports whether the mark, if it is one, has a partner in the language:
// “ has none where 99 is written for both ends.
func (b *blockChecker) paired(r rune) bool {
	switch r {
	case '“', '”', '„':
		return b.Inner[0] != 0
	case '«', '»':
		return b.Inner[0] != 0 || b.Quotes[0] != 0
	}
	return true
}

// runsOn reports whether the mark opens a quotation over several paragraphs,
// which opens in each of them.
func (b *blockChecker) runsOn(m openMark, open int) bool {
	if m.r != '“' && m.r != '«' || m.off != 0 || b.b.Kind != doc.Paragraph || open != 1 {
		return false
	}
	i, all := b.b.Ordinal+1, b.b.Doc.Blocks
	return i > 0 && i < len(all) && strings.HasPrefix(all[i].Text, string(m.r))
}

func (b *blockChecker) unclosed(m openMark) { b.unpaired(m, "unclosed") }

func (b *blockChecker) unpaired(m openMark, how string) {
	code := UnpairedBracket
	if strings.ContainsRune(quotationMarks, m.r) {
		code = UnpairedQuote
	}
	b.warn(m.off, code.As(how), "Mark", string(m.r))
}
