package check

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/record"
	"stele/build/site"
)

// structure compares what the passages of a text are made of.
func (c *checker) structure(t *site.Text) {
	present := c.versions(t)
	if len(present) == 0 {
		return
	}
	c.versionsMissing(t, present)
	if len(present) > 1 {
		c.gaps(t, present)
		c.uncertain(t)
	}
	passages(t, func(p *site.Passage) {
		c.kinds(p)
		c.empty(p)
		c.untranslated(p)
	})
}

// versions lists the languages that the text exists in.
func (c *checker) versions(t *site.Text) []int {
	var out []int
	for l, v := range t.Versions {
		if v.Doc != nil {
			out = append(out, l)
		}
	}
	return out
}

func (c *checker) versionsMissing(t *site.Text, present []int) {
	var missing []int
	for l, v := range t.Versions {
		if v.Doc == nil {
			missing = append(missing, l)
		}
	}
	if len(missing) > 0 {
		top := func(l int) diag.Pos { return diag.Pos{Path: t.Versions[l].Doc.Path, Line: 1, Col: 1} }
		var related []diag.Related
		for _, l := range present[1:] {
			related = append(related, diag.Related{Pos: top(l), Message: "the " + c.langs[l].name + " version"})
		}
		c.add(diag.Note, top(present[0]), "missing-version", related,
			"there is no %s version of the text “%s”; readers are shown the others", c.names(missing), t.ID)
	}
}

// gaps reports passages that a language has not, and those that only one has.
// Neighbours of the same kind make one finding.
func (c *checker) gaps(t *site.Text, present []int) {
	type run struct {
		langs       []int // that have the passages
		first, last *site.Passage
		n           int
	}
	var runs []run
	passages(t, func(p *site.Passage) {
		have := filled(p)
		if len(have) == len(present) || confirmedAbsent(p, present) || isBreak(p) {
			return
		}
		if n := len(runs); n > 0 {
			r := &runs[n-1]
			if slices.Equal(r.langs, have) && r.last.Section == p.Section && r.last.Index+1 == p.Index {
				r.last = p
				r.n++
				return
			}
		}
		runs = append(runs, run{have, p, p, 1})
	})
	for _, r := range runs {
		what := "passage " + r.first.Number
		if r.n > 1 {
			what = fmt.Sprintf("passages %s to %s (%d)", r.first.Number, r.last.Number, r.n)
		}
		var lack []int
		for _, l := range present {
			if !slices.Contains(r.langs, l) {
				lack = append(lack, l)
			}
		}
		if len(r.langs) == 1 && len(lack) > 1 {
			c.add(diag.Warning, c.start(r.first, r.langs[0]), "extra-passage", c.others(r.first, lack, "it would follow here in %s"),
				"%s: only %s has this; translate it, remove it, or join it to the passage it belongs to", what, c.names(r.langs))
			continue
		}
		for _, l := range lack {
			c.add(diag.Warning, c.start(r.first, l), "missing-passage", c.others(r.first, r.langs, "it stands here in %s"),
				"%s: missing in %s, after this; translate it, or mend the alignment", what, c.langs[l].name)
		}
	}
}

// confirmedAbsent reports that an editor confirmed the passage without text in
// the languages that have none.
func confirmedAbsent(p *site.Passage, present []int) bool {
	for _, l := range present {
		if len(p.Cells[l].Blocks) == 0 && p.Cells[l].State != record.Absent {
			return false
		}
	}
	return true
}

// uncertain reports rows that the aligner was not sure of.
func (c *checker) uncertain(t *site.Text) {
	passages(t, func(p *site.Passage) {
		have := filled(p)
		if len(have) < 2 || p.Row == nil || p.Row.Pinned || !p.Row.Uncertain() || p.Agrees() || isBreak(p) {
			return
		}
		main := c.likely(t, have)
		c.add(diag.Warning, c.start(p, main), "low-confidence", c.others(p, without(have, main), "taken to be the same in %s"),
			"passage %s: it is not certain that the languages say the same here (%.0f %%); compare them, then confirm the passage or mend its row in the record", p.Number, 100*p.Row.Confidence)
	})
}

// kinds compares headings and lists across the languages of a passage.
func (c *checker) kinds(p *site.Passage) {
	have := filled(p)
	if len(have) < 2 {
		return
	}
	level := func(l int) string {
		for _, b := range p.Cells[l].Blocks {
			if b.Kind == doc.Heading {
				return fmt.Sprintf("a heading of level %d", b.Level)
			}
		}
		return "no heading"
	}
	if odd, ok := c.odd(p, have, level); ok {
		rest := without(have, odd)
		c.add(diag.Warning, c.start(p, odd), "heading-level-differs", c.relate(p, rest, level),
			"passage %s: %s here, %s in %s; make them the same", p.Number, level(odd), level(rest[0]), c.names(c.like(rest, rest[0], level)))
		return
	}
	items := func(l int) string {
		n := 0
		for _, b := range p.Cells[l].Blocks {
			if b.Kind == doc.Item {
				n++
			}
		}
		switch n {
		case 0:
			return "no list item"
		case 1:
			return "1 list item"
		}
		return fmt.Sprintf("%d list items", n)
	}
	if odd, ok := c.odd(p, have, items); ok {
		rest := without(have, odd)
		c.add(diag.Warning, c.start(p, odd), "list-differs", c.relate(p, rest, items),
			"passage %s: %s here, %s in %s; make the lists the same", p.Number, items(odd), items(rest[0]), c.names(c.like(rest, rest[0], items)))
	}
}

// odd finds the language whose value differs: the one against all others, else
// the likeliest of those that differ. It reports whether there is a difference.
func (c *checker) odd(p *site.Passage, have []int, value func(int) string) (int, bool) {
	count := map[string][]int{}
	for _, l := range have {
		count[value(l)] = append(count[value(l)], l)
	}
	if len(count) < 2 {
		return 0, false
	}
	var single []int
	for _, langs := range count {
		if len(langs) == 1 {
			single = append(single, langs[0])
		}
	}
	slices.Sort(single)
	if len(single) == 1 && len(have) > 2 {
		return single[0], true
	}
	return c.likely(p.Section.Text, have), true
}

// like lists the languages with the same value as one.
func (c *checker) like(langs []int, as int, value func(int) string) []int {
	return slices.DeleteFunc(slices.Clone(langs), func(l int) bool { return value(l) != value(as) })
}

func (c *checker) relate(p *site.Passage, langs []int, value func(int) string) []diag.Related {
	var out []diag.Related
	for _, l := range langs {
		out = append(out, diag.Related{Pos: c.start(p, l), Message: value(l) + " in " + c.langs[l].name})
	}
	return out
}

var placeholder = regexp.MustCompile(`(?i)^[^\p{L}]*(to ?do|tbd|tbc|xxx+|lorem ipsum.*|(to be )?translated?|translation|перевести|нет перевода|перевод|待译|待翻译|翻译中|未翻译)[^\p{L}]*$`)

// empty reports blocks that say nothing where another language says something,
// and placeholders.
func (c *checker) empty(p *site.Passage) {
	have := filled(p)
	speaks := func(b *site.Block) bool {
		return b.Kind == doc.Break || b.Kind == doc.Code || strings.ContainsFunc(b.Text, lang.InWord) || hasImage(b)
	}
	for _, l := range have {
		var said []int
		for _, m := range without(have, l) {
			if slices.ContainsFunc(p.Cells[m].Blocks, speaks) {
				said = append(said, m)
			}
		}
		for _, b := range p.Cells[l].Blocks {
			switch {
			case !speaks(b) && b.Kind != doc.Heading && (len(said) > 0 || len(have) == 1):
				c.add(diag.Warning, at(b, 0), "empty-target", c.others(p, said, "the text in %s"),
					"passage %s: there is nothing to read here; write the text or remove the block", p.Number)
			case placeholder.MatchString(b.Text) && len(said) > 0:
				c.add(diag.Warning, at(b, 0), "empty-target", c.others(p, said, "the text in %s"),
					"passage %s: %s is a placeholder; write the text", p.Number, quote(b.Text))
			}
		}
	}
}

func hasImage(b *site.Block) bool {
	for n := range b.Walk() {
		if _, ok := n.(*doc.Image); ok {
			return true
		}
	}
	return false
}

// untranslated reports text that stands in another language's script, or is
// the same as the other's.
func (c *checker) untranslated(p *site.Passage) {
	have := filled(p)
	for _, l := range have {
		t := &c.langs[l]
		for _, b := range p.Cells[l].Blocks {
			if b.Kind == doc.Code || b.Kind == doc.Break {
				continue
			}
			text := c.mask(b)
			all, own := t.letters(text)
			if all == 0 {
				continue
			}
			twin := c.twin(p, l, b, have)
			foreign := t.LettersKnown() && own*10 < all*3
			if b.Kind == doc.Table { // tables of names, quotations and figures
				foreign = own == 0
			}
			switch {
			case twin >= 0 && foreign && phrase(text):
				c.add(diag.Warning, at(b, 0), "same-as-source", c.others(p, []int{twin}, "the same text in %s"),
					"passage %s: this is the %s text; translate it into %s", p.Number, c.langs[twin].name, t.name)
			case twin >= 0 && phrase(text) && l == c.likely(p.Section.Text, []int{twin, l}):
				c.add(diag.Note, at(b, 0), "same-as-source", c.others(p, []int{twin}, "the same text in %s"),
					"passage %s: the same words as in %s; see whether they were left untranslated", p.Number, c.langs[twin].name)
			case foreign && all >= 20 && phrase(text):
				c.add(diag.Warning, at(b, 0), "language-script", nil,
					"passage %s: this is not written in the letters of %s; see whether it stands in the right file", p.Number, t.name)
			}
		}
	}
}

// twin returns a language whose part of the passage has a block of the same
// text, or -1.
func (c *checker) twin(p *site.Passage, l int, b *site.Block, have []int) int {
	for _, m := range without(have, l) {
		// The text is at home where the letters are its language's own.
		all, own := c.langs[m].letters(b.Text)
		if own*2 < all {
			continue
		}
		for _, o := range p.Cells[m].Blocks {
			if lang.Fold(o.Text) == lang.Fold(b.Text) {
				return m
			}
		}
	}
	return -1
}

// phrase tells text that wants translating from numbers, codes and names: it
// has at least three words, two of which begin with a small letter, or six Han
// characters.
func phrase(s string) bool {
	words, small, han := 0, 0, 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !lang.InWord(r) && r != '\'' && r != '’' && r != '-' }) {
		for i, r := range w {
			if lang.IsHan(r) {
				han++
			} else if i == 0 && unicode.IsLetter(r) {
				words++
				if unicode.IsLower(r) && len(w) > 1 {
					small++
				}
			}
		}
	}
	return words >= 3 && small >= 2 || han >= 6
}

// standing reports which languages have not followed a change.
func (c *checker) standing(t *site.Text) {
	present := c.versions(t)
	if len(present) < 2 {
		return
	}
	top := diag.Pos{Path: t.Versions[present[0]].Doc.Path, Line: 1, Col: 1}
	if !t.Recorded {
		c.add(diag.Note, top, "not-recorded", nil,
			"the passages of “%s” are numbered by their order; “stele align %s --save” makes the numbers permanent and lets changes be followed", t.ID, t.ID)
		return
	}
	present = c.withoutNew(t, present)
	total, open := 0, 0
	passages(t, func(p *site.Passage) {
		if isBreak(p) {
			return
		}
		total++
		by := map[record.State][]int{}
		for _, l := range present {
			by[p.Cells[l].State] = append(by[p.Cells[l].State], l)
		}
		if len(by[record.Unconfirmed]) == len(present) {
			open++
			return
		}
		var clauses []string
		var places []diag.Related
		for _, m := range moves {
			if langs := by[m.state]; len(langs) > 0 {
				clauses = append(clauses, c.names(langs)+" "+map[bool]string{true: "has", false: "have"}[len(langs) == 1]+" "+m.verb)
				places = append(places, c.others(p, langs, m.done+" in %s")...)
			}
		}
		switch {
		case len(by[record.Stale]) > 0:
			for _, l := range by[record.Stale] {
				c.add(diag.Warning, c.start(p, l), "stale", places,
					"passage %s: %s since the passage was confirmed, %s has not followed; see whether it must, then “stele confirm %s %s”",
					p.Number, join(clauses), c.langs[l].name, t.ID, p.Number)
			}
		case len(places) > 0:
			c.add(diag.Note, places[0].Pos, "changed", places[1:],
				"passage %s: %s since it was confirmed; if the languages agree, “stele confirm %s %s”", p.Number, join(clauses), t.ID, p.Number)
		}
	})
	if open > 0 {
		c.add(diag.Note, top, "unconfirmed", nil,
			"%d of %s of “%s” were never confirmed; “stele confirm %s …” confirms those whose languages agree", open, plural(total, "passage"), t.ID, t.ID)
	}
}

// moves are what can have happened to a language's part of a passage since it
// was confirmed.
var moves = []struct {
	state      record.State
	verb, done string
}{
	{record.Changed, "changed", "changed"},
	{record.Added, "been added", "added"},
	{record.Missing, "been removed", "removed"},
}

// withoutNew leaves out the languages whose whole version came after the others
// were confirmed, and reports them: one finding says it for all their passages.
func (c *checker) withoutNew(t *site.Text, present []int) []int {
	return slices.DeleteFunc(slices.Clone(present), func(l int) bool {
		added, known := 0, false
		passages(t, func(p *site.Passage) {
			switch p.Cells[l].State {
			case record.Added:
				added++
			case record.Unconfirmed:
			default:
				known = true
			}
		})
		if added == 0 || known {
			return false
		}
		c.add(diag.Note, diag.Pos{Path: t.Versions[l].Doc.Path, Line: 1, Col: 1}, "unconfirmed", nil,
			"the %s version of “%s” was never confirmed; “stele confirm %s …” confirms the passages whose languages agree", c.langs[l].name, t.ID, t.ID)
		return true
	})
}

// Bounds of the length rule. A passage is out when its ratio lies sigmas robust
// standard deviations from the text's own, and a factor besides.
const (
	lengthLetters = 15 // shorter passages say nothing
	lengthPairs   = 12 // fewer pairs make no distribution
	lengthSigmas  = 5.0
	lengthFactor  = 1.6
	lengthFloor   = 0.10 // least standard deviation of the logarithm
)

// lengths reports passages that are far longer or shorter in one language than
// the text's other passages lead to expect.
func (c *checker) lengths(t *site.Text) {
	present := c.versions(t)
	size := func(p *site.Passage, l int) float64 {
		n := 0
		for _, b := range p.Cells[l].Blocks {
			switch b.Kind {
			case doc.Heading, doc.Code, doc.Table, doc.Break:
				return 0
			}
			for _, r := range b.Text {
				if lang.InWord(r) {
					n++
				}
			}
		}
		return float64(n)
	}
	type verdict struct{ z, off float64 } // off: how much longer the first is, as a logarithm
	out := map[*site.Passage]map[[2]int]verdict{}
	pairs := map[[2]int]bool{}
	for i, a := range present {
		for _, b := range present[i+1:] {
			var ratios, sizes []float64
			each := func(f func(p *site.Passage, ratio, length float64)) {
				passages(t, func(p *site.Passage) {
					x, y := size(p, a), size(p, b)
					if min(x, y) < 1 || max(x, y) < lengthLetters {
						return
					}
					f(p, math.Log(x/y), math.Sqrt(x*y))
				})
			}
			each(func(_ *site.Passage, r, n float64) { ratios, sizes = append(ratios, r), append(sizes, n) })
			if len(ratios) < lengthPairs {
				continue
			}
			pairs[[2]int{a, b}] = true
			mid, usual := median(ratios), median(sizes)
			var dev []float64
			for _, r := range ratios {
				dev = append(dev, math.Abs(r-mid))
			}
			sigma := max(1.4826*median(dev), lengthFloor)
			each(func(p *site.Passage, r, n float64) {
				// Short passages vary more: by the square root of the length.
				z := math.Abs(r-mid) / (sigma * math.Sqrt(max(usual/n, 1)))
				if z > lengthSigmas && math.Abs(r-mid) > math.Log(lengthFactor) {
					if out[p] == nil {
						out[p] = map[[2]int]verdict{}
					}
					out[p][[2]int{a, b}] = verdict{z, r - mid}
				}
			})
		}
	}
	passages(t, func(p *site.Passage) {
		if len(out[p]) == 0 {
			return
		}
		// The language that is in every pair out of bounds is the odd one.
		votes := map[int]int{}
		for pair := range out[p] {
			votes[pair[0]]++
			votes[pair[1]]++
		}
		var odd []int
		for _, l := range filled(p) {
			if votes[l] == len(out[p]) {
				odd = append(odd, l)
			}
		}
		if len(odd) == 0 {
			odd = filled(p)
		}
		main := c.likely(t, odd)
		var against []int
		off := 0.0
		for _, l := range without(filled(p), main) {
			if v, ok := out[p][[2]int{min(l, main), max(l, main)}]; ok {
				against = append(against, l)
				o := v.off
				if main > l {
					o = -o
				}
				off = cmp.Or(off, o)
			}
		}
		factor, hint := math.Exp(math.Abs(off)), "see whether something was added here, or lost there"
		said := fmt.Sprintf("%.1f times as long", factor)
		if off < 0 {
			said, hint = fmt.Sprintf("only %.0f %% as long", 100/factor), "see whether something is missing here"
		}
		c.add(diag.Warning, c.start(p, main), "length-ratio", c.others(p, against, "compare %s"),
			"passage %s: %s as %s would lead to expect; %s", p.Number, said, c.names(against), hint)
	})
}

func median(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	n := len(s)
	if n == 0 {
		return 0
	}
	if n%2 == 1 {
		return s[n/2]
	}
	return (s[n/2-1] + s[n/2]) / 2
}
