package check

import (
	"strings"

	"stele/build/diag"
	"stele/build/site"
)

// homographs are spelled alike without ё and mean another word.
var homographs = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`все чем нем том тем небо осел мел узнает узнаем сознает признает признаем придает берет берем
		слез лен весел села сел сестры звезды жены весла озера стекла ведра пчелы совершенный совершенного совершенное совершенная
		падеж крестный житье белье поем поет всем`) {
		out[w] = true
	}
	return out
}()

// spot is a word in a block.
type spot struct {
	block    *site.Block
	off, end int
}

// spellings are the places where a version first writes a word with ё and with
// е, by the word with е.
type spellings struct{ with, plain map[string]spot }

// yo reports words that one text spells with ё in one place and with е in
// another: one finding for a text.
func (c *checker) yo(t *site.Text, present []int) {
	for _, l := range present {
		if c.langs[l].Base == "ru" || c.langs[l].Base == "be" {
			c.yoIn(c.spellings(t, l))
		}
	}
}

func (c *checker) yoIn(s spellings) {
	var words []string
	for _, w := range sortedKeys(s.with) {
		if _, ok := s.plain[w]; ok && !homographs[w] {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return
	}
	const most = 5 // words that are shown
	var more diag.Phrase
	if n := len(words) - most; n > 0 {
		more = diag.Say("hint.more-words", "Count", n)
	}
	first, words := s.plain[words[0]], words[:min(len(words), most)]
	var related []diag.Related
	for _, w := range words {
		x := s.with[w]
		related = append(related, diag.Related{Pos: at(x.block, x.off), Phrase: diag.Say("related.with-yo", "Words", clip(x.block.Text[x.off:x.end]))})
	}
	c.add(diag.Note, at(first.block, first.off), YoInconsistent, related, "Words", diag.Names(words), "More", more)
}

func (c *checker) spellings(t *site.Text, l int) spellings {
	s := spellings{map[string]spot{}, map[string]spot{}}
	passages(t, func(p *site.Passage) {
		for _, b := range blocks(p.Cells[l]) {
			text := c.mask(b)
			for _, m := range wordForm.FindAllStringIndex(text, -1) {
				s.add(strings.ToLower(text[m[0]:m[1]]), spot{b, m[0], m[1]})
			}
		}
	})
	return s
}

func (s spellings) add(w string, at spot) {
	e := strings.ReplaceAll(w, "ё", "е")
	where := s.with
	if e == w {
		where = s.plain
	}
	if _, ok := where[e]; !ok && strings.Contains(e, "е") {
		where[e] = at
	}
}
