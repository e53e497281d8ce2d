package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/lang"
)

var spacedWords = regexp.MustCompile(`[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*`)

// repeated finds a word typed twice.
func (b *blockChecker) repeated() {
	if b.FullWidth {
		b.doubledHan()
		b.repeatedHan()
	}
	words := spacedWords.FindAllStringIndex(b.text, -1)
	for i := 1; i < len(words); i++ {
		first, second := words[i-1], words[i]
		x, y := b.text[first[0]:first[1]], b.text[second[0]:second[1]]
		between := b.text[first[1]:second[0]]
		if between != "" && strings.TrimSpace(between) == "" && strings.EqualFold(x, y) && !b.rightlyTwice(x, y) {
			b.twice(second[0], y)
		}
	}
}

// rightlyTwice reports whether the word may follow itself; of two names, the one
// may be a given name and the other a surname.
func (b *blockChecker) rightlyTwice(x, y string) bool {
	first, _ := utf8.DecodeRuneInString(x)
	second, _ := utf8.DecodeRuneInString(y)
	return b.MayRepeat(strings.ToLower(x)) || lang.IsHan(first) || unicode.IsUpper(first) && unicode.IsUpper(second)
}

func (b *blockChecker) twice(off int, word string) {
	sev := wording(b.b.Doc, diag.Warning)
	if !b.DoublingsKnown() {
		sev = diag.Note
	}
	b.report(sev, func() diag.Pos { return at(b.b, off) }, RepeatedWord, "Words", clip(word))
}

// doubledHan finds a Han character or mark that does not follow itself there.
func (b *blockChecker) doubledHan() {
	before, last, lastOff := rune(0), rune(0), 0
	for off, r := range b.text {
		if r == last && r != 0 {
			end := off + utf8.RuneLen(r)
			after := b.after(end)
			afterThat := b.after(min(end+max(utf8.RuneLen(after), 1), len(b.text)))
			if !b.MayDouble(before, r, after, afterThat) {
				b.twice(lastOff, string(r))
				r = 0 // a third is the first of another two
			}
		}
		before, last, lastOff = last, r, off
	}
	if off := strings.Index(b.text, "等等等"); off >= 0 {
		b.twice(off, "等")
	}
}

// repeatedHan finds three or more Han characters that follow themselves.
func (b *blockChecker) repeatedHan() {
	var run []rune
	var offs []int // of the run's characters
	flush := func() {
		for i := 0; i < len(run); i++ {
			if n := followsItself(run[i:]); n > 0 {
				b.twice(offs[i+n], string(run[i:i+n]))
				i += n
			}
		}
		run, offs = run[:0], offs[:0]
	}
	for off, r := range b.text {
		if lang.IsHan(r) {
			run, offs = append(run, r), append(offs, off)
		} else {
			flush()
		}
	}
	flush()
}

// followsItself is how many characters, three to twelve, at the beginning stand
// there twice; 0 if none do.
func followsItself(run []rune) int {
	for n := 3; n <= 12 && 2*n <= len(run); n++ {
		if slices.Equal(run[:n], run[n:2*n]) {
			return n
		}
	}
	return 0
}
