package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
	"stele/build/site"
)

// Result is what a query finds.
type Result struct {
	// Passages in reading order.
	Passages []*site.Passage
	// Langs are the languages that were looked through, by index.
	Langs []int
	// Concepts are the concepts that the query names.
	Concepts []*site.Concept
	// Changed are the words that are nowhere, each with the one that was looked
	// for instead.
	Changed [][2]string
}

const (
	longestQuery = 500 // in UTF-16 units, as a script of the web counts
	mostGroups   = 24
	fewLangs     = 3 // languages of one script that are all looked through
	longWord     = 5 // letters of a word in which a slip is forgiven
	tooLongWord  = 32
)

// group is a part of a query that must stand in a text as it is.
type group struct {
	elements []element
	quoted   bool
	open     bool // the last word may be unfinished
}

// element is a token, or the tokens of a number or date with its values.
type element struct {
	tokens []token
	values []value
	gap    gap
}

// parse cuts a query into groups.
func (x *Index) parse(query string) []group {
	query = clip(query, longestQuery)
	toks := tokens(query)
	quoted := make([]int, len(toks))
	for n, q := range quotations(query) {
		for i, t := range toks {
			if t.start >= q[0] && t.end <= q[1] {
				quoted[i] = n + 1
			}
		}
	}
	values := x.values(query, toks)
	var groups []group
	end := 0 // of the last group
	for i := 0; i < len(toks); {
		t := toks[i]
		follows := false
		if len(groups) > 0 {
			if quoted[i] > 0 {
				follows = quoted[i] == quoted[i-1]
			} else {
				follows = quoted[i-1] == 0 && t.gap < hard && !strings.ContainsFunc(query[toks[i-1].end:t.start], unicode.IsSpace)
			}
		}
		if !follows {
			if len(groups) == mostGroups {
				break
			}
			groups = append(groups, group{quoted: quoted[i] > 0})
		}
		g := &groups[len(groups)-1]
		e := element{tokens: toks[i : i+1], gap: t.gap}
		if v, ok := values[i]; ok {
			e = element{tokens: toks[i:v.end], values: v.values, gap: t.gap}
		}
		g.elements = append(g.elements, e)
		i += len(e.tokens)
		end = toks[i-1].end
	}
	if n := len(groups); n > 0 {
		g := &groups[n-1]
		last := g.elements[len(g.elements)-1]
		g.open = !g.quoted && last.values == nil && !last.tokens[0].char && end == len(query)
	}
	return groups
}

// clip is the beginning of s of so many UTF-16 units.
func clip(s string, n int) string {
	for i, r := range s {
		if n--; r > 0xFFFF {
			n--
		}
		if n < 0 {
			return s[:i]
		}
	}
	return s
}

const (
	openingQuotes = "“„«\"「『‹＂"
	closingQuotes = "”“»\"」』›＂"
	allQuotes     = "“”„«»\"「」『』‹›＂"
)

// quotations are the stretches between quotation marks of any language.
func quotations(s string) [][2]int {
	var out [][2]int
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if strings.ContainsRune(openingQuotes, r) {
			if k := strings.IndexAny(s[i+n:], allQuotes); k > 0 {
				if c, m := utf8.DecodeRuneInString(s[i+n+k:]); strings.ContainsRune(closingQuotes, c) {
					out = append(out, [2]int{i, i + n + k + m})
					i += n + k + m
					continue
				}
			}
		}
		i += n
	}
	return out
}

// readText is a text prepared for matching.
type readText struct {
	toks   []token
	keys   []string
	values map[int]readValue // by first token
}

type readValue struct {
	end    int // the token after the last
	values []value
}

func (x *Index) read(l int, text string, spans []span) readText {
	d := readText{toks: tokens(text), values: map[int]readValue{}}
	language := lang.Of(x.site.Langs[l].Tag)
	for _, t := range d.toks {
		if t.char {
			d.keys = append(d.keys, t.form)
		} else {
			d.keys = append(d.keys, language.Stem(t.form))
		}
	}
	i := 0
	for _, s := range spans {
		for i < len(d.toks) && d.toks[i].start < s.start {
			i++
		}
		j := i
		for j < len(d.toks) && d.toks[j].end <= s.end {
			j++
		}
		if j > i {
			d.values[i] = readValue{j, s.values}
		}
	}
	return d
}

// way says how words of a query may differ from those of a text.
type way struct {
	lang  *lang.Language
	open  bool
	fixed map[string]string
	known map[string][]string // keys of the words that were asked for
}

// keys are the stems that a word of the query is looked up by. They are found
// once, not for each word of the texts that it is compared with.
func (w way) keys(form string) []string {
	keys, ok := w.known[form]
	if !ok {
		keys = keysOf(w.lang, cmp.Or(w.fixed[form], form))
		w.known[form] = keys
	}
	return keys
}

// has reports whether the group stands in the text.
func (d *readText) has(g group, w way) bool {
	for i := range d.toks {
		if d.at(i, g, w) {
			return true
		}
	}
	return false
}

func (d *readText) at(k int, g group, w way) bool {
	fits := func(t token, last bool) bool {
		if k >= len(d.toks) || d.toks[k].char != t.char {
			return false
		}
		if t.char {
			return d.toks[k].form == t.form
		}
		return slices.Contains(w.keys(t.form), d.keys[k]) || last && w.open && g.open && strings.HasPrefix(d.toks[k].form, t.form)
	}
	parted := func(asked gap) bool { // more than the query allows
		least := soft
		if d.toks[k].char && d.toks[k-1].char {
			least = joined
		}
		return d.toks[k].gap > max(asked, least)
	}
	for j, e := range g.elements {
		if k >= len(d.toks) || j > 0 && parted(e.gap) {
			return false
		}
		if n := d.value(k, e.values); n > 0 {
			k += n
			continue
		}
		for n, t := range e.tokens {
			if n > 0 && (k >= len(d.toks) || parted(t.gap)) || !fits(t, j == len(g.elements)-1 && e.values == nil) {
				return false
			}
			k++
		}
	}
	return true
}

// value is how many tokens the number or date has that stands at token k, if it
// is one of those asked for.
func (d *readText) value(k int, asked []value) int {
	v, ok := d.values[k]
	digits := d.toks[k].form
	if !ok && !d.toks[k].char && plainDigits.MatchString(digits) {
		v = readValue{k + 1, []value{{number: cmp.Or(strings.TrimLeft(digits, "0"), "0")}}}
	}
	for _, a := range asked {
		if slices.ContainsFunc(v.values, a.agrees) {
			return v.end - k
		}
	}
	return 0
}

// Searcher answers queries by reading all texts through, which were prepared for
// that once. It is only read, and may be used concurrently.
type Searcher struct {
	*Index
	texts        [][]readText // by language and passage
	vocabularies []vocabulary
}

// Searcher prepares the texts. Passages of parts that were read are not found.
func (x *Index) Searcher() *Searcher {
	s := &Searcher{Index: x}
	for l := range x.langs {
		texts := make([]readText, 0, x.passages)
		for _, p := range x.parts {
			w := &p.langs[l]
			for q, text := range w.texts {
				var spans []span
				if in := w.spansIn(q, q+1); len(in) > 0 {
					spans = in[0].spans
				}
				texts = append(texts, x.read(l, text, spans))
			}
		}
		s.texts = append(s.texts, texts)
		s.vocabularies = append(s.vocabularies, s.vocabulary(l))
	}
	return s
}

// Search answers a query by reading all texts through. It is what the script
// of the theme, which has the index, is held to. page is the language of the
// page that is asked.
func (x *Searcher) Search(query string, page int) Result {
	groups := x.parse(query)
	if len(groups) == 0 {
		return Result{}
	}
	x.spelled(groups)
	anyOpen := slices.ContainsFunc(groups, func(g group) bool { return g.open })
	for _, plan := range []struct{ open, wide, slip bool }{{}, {wide: true}, {open: true}, {open: true, wide: true}, {open: true, slip: true}} {
		if plan.open && !plan.slip && !anyOpen {
			continue
		}
		looked := make([][]int, len(groups))
		for i, g := range groups {
			looked[i] = x.languages(g, page, plan.wide)
		}
		var fixed map[string]string
		var changed [][2]string
		if plan.slip {
			if fixed, changed = x.mend(groups, looked); fixed == nil {
				continue
			}
		}
		if r := x.run(groups, looked, plan.open, fixed); len(r.Passages) > 0 {
			r.Changed = changed
			return r
		}
	}
	return Result{}
}

// spelled gives the words for numbers their values.
func (x *Index) spelled(groups []group) {
	for _, g := range groups {
		for i := range g.elements {
			e := &g.elements[i]
			for l := range x.langs {
				if e.values != nil || e.tokens[0].char {
					break
				}
				if n := x.langs[l].numbers[lang.Of(x.site.Langs[l].Tag).Stem(e.tokens[0].form)]; n != "" {
					e.values = []value{{number: n}}
				}
			}
		}
	}
}

// run looks for the groups, each in its languages.
func (x *Searcher) run(groups []group, looked [][]int, open bool, fixed map[string]string) Result {
	var r Result
	sets := make([]map[int]bool, len(groups))
	for i, g := range groups {
		sets[i] = map[int]bool{}
		for _, l := range looked[i] {
			if !slices.Contains(r.Langs, l) {
				r.Langs = append(r.Langs, l)
			}
			w := way{lang.Of(x.site.Langs[l].Tag), open, fixed, map[string][]string{}}
			for p := range x.passages {
				if x.texts[l][p].has(g, w) {
					sets[i][p] = true
				}
			}
		}
	}
	var hits map[int]bool
	for i := 0; i < len(groups); {
		concepts, n := x.named(groups[i:], r.Langs)
		unit := sets[i]
		for _, s := range sets[i+1 : i+n] {
			unit = both(unit, s)
		}
		for _, c := range concepts {
			r.Concepts = append(r.Concepts, c.Concept)
			if slices.ContainsFunc(groups[i:i+n], func(g group) bool { return !g.quoted }) {
				unit = either(unit, c.everywhere()) // in quotation marks, words are looked for as they stand
			}
		}
		if hits == nil {
			hits = unit
		} else {
			hits = both(hits, unit)
		}
		i += n
	}
	for i, p := range x.parts {
		for q, passage := range p.source {
			if hits[x.first[i]+q] {
				r.Passages = append(r.Passages, passage)
			}
		}
	}
	return r
}

// everywhere are the passages that name the concept in any language.
func (c *concept) everywhere() map[int]bool {
	out := map[int]bool{}
	for _, list := range c.uses {
		for _, p := range list {
			out[int(p)] = true
		}
	}
	return out
}

func both(a, b map[int]bool) map[int]bool {
	out := map[int]bool{}
	for p := range a {
		if b[p] {
			out[p] = true
		}
	}
	return out
}

func either(a, b map[int]bool) map[int]bool {
	out := map[int]bool{}
	for p := range a {
		out[p] = true
	}
	for p := range b {
		out[p] = true
	}
	return out
}

// named are the concepts whose name the groups begin with, and how many groups
// the name has; none and 1 if there is no such name.
func (x *Index) named(groups []group, langs []int) ([]*concept, int) {
	for n := len(groups); n > 0; n-- {
		var toks []token
		for _, g := range groups[:n] {
			for _, e := range g.elements {
				toks = append(toks, e.tokens...)
			}
		}
		var out []*concept
		for _, l := range langs {
			for i := range x.concepts {
				c := &x.concepts[i]
				if slices.ContainsFunc(slices.Concat(c.names[l], c.forms[l]), func(name string) bool { return x.alike(l, tokens(name), toks) }) && !slices.Contains(out, c) {
					out = append(out, c)
				}
			}
		}
		if len(out) > 0 {
			return out, n
		}
	}
	return nil, 1
}

// alike reports whether tokens are the same words.
func (x *Index) alike(l int, a, b []token) bool {
	language := lang.Of(x.site.Langs[l].Tag)
	return slices.EqualFunc(a, b, func(s, t token) bool {
		return s.char == t.char && (s.form == t.form || !s.char && language.Stem(s.form) == language.Stem(t.form))
	})
}

// languages are those in which a group is looked for: those of its scripts,
// and, wide or where there are none, those that have its words as guests.
func (x *Index) languages(g group, page int, wide bool) []int {
	scripted := false
	var own, guests, all []int
	for l := range x.langs {
		all = append(all, l)
		fits, is := true, true // as a guest, and as its own
		for _, e := range g.elements {
			for _, t := range e.tokens {
				s := scriptOf(t.form)
				if s == "" {
					continue
				}
				scripted = true
				if !slices.Contains(x.langs[l].scripts, s) {
					is = false
					fits = fits && x.guest(l, g, t)
				}
			}
		}
		switch {
		case is:
			own = append(own, l)
		case fits:
			guests = append(guests, l)
		}
	}
	switch {
	case !scripted && wide:
		return all
	case !scripted:
		return []int{page}
	case wide || len(own) == 0:
		return append(own, guests...)
	case len(own) > fewLangs && slices.Contains(own, page):
		return []int{page}
	}
	return own
}

// guest reports whether a word of another script stands in texts of the language.
func (x *Index) guest(l int, g group, t token) bool {
	foreign := x.langs[l].foreign
	if len(foreign) > foreignLimit {
		return true
	}
	key := lang.Of(x.site.Langs[l].Tag).Stem(t.form)
	return slices.ContainsFunc(foreign, func(f string) bool { return f == key || g.open && strings.HasPrefix(f, t.form) })
}

// mend finds for every word that is nowhere one that is, if each of them is
// long enough; else it returns nil.
func (x *Searcher) mend(groups []group, looked [][]int) (map[string]string, [][2]string) {
	fixed := map[string]string{}
	var changed [][2]string
	for i, g := range groups {
		for _, e := range g.elements {
			t := e.tokens[0]
			if e.values != nil || t.char || fixed[t.form] != "" {
				continue
			}
			known, best, most := false, "", 0
			for _, l := range looked[i] {
				known = known || slices.ContainsFunc(keysOf(lang.Of(x.site.Langs[l].Tag), t.form), func(k string) bool { return x.vocabularies[l].stems[k] > 0 })
			}
			if known {
				continue
			}
			if n := utf8.RuneCountInString(t.form); n < longWord || n > tooLongWord {
				return nil, nil
			}
			for _, l := range looked[i] {
				if !slices.Contains(x.langs[l].scripts, scriptOf(t.form)) {
					continue
				}
				if word, n := x.near(l, t.form); n > most {
					best, most = word, n
				}
			}
			if most == 0 {
				return nil, nil
			}
			fixed[t.form] = best
			changed = append(changed, [2]string{t.form, best})
		}
	}
	if len(fixed) == 0 {
		return nil, nil
	}
	return fixed, changed
}

// vocabulary counts the passages that have each stem, and each word where the
// texts are read through.
type vocabulary struct{ stems, words map[string]int }

func (x *Searcher) vocabulary(l int) vocabulary {
	v := vocabulary{stems: map[string]int{}, words: map[string]int{}}
	for _, d := range x.texts[l] {
		stems, words := map[string]bool{}, map[string]bool{}
		for i, t := range d.toks {
			if !t.char {
				stems[d.keys[i]], words[t.form] = true, true
			}
		}
		for k := range stems {
			v.stems[k]++
		}
		for w := range words {
			v.words[w]++
		}
	}
	return v
}

// boldWord is how many letters a word has of which the first may be the slip.
const boldWord = 7

// near is the most frequent word that differs by one letter, and in how many
// passages its stem is: a word that stands in a text, or another of its stem if
// the slip is in the stem.
func (x *Searcher) near(l int, form string) (string, int) {
	v := x.vocabularies[l]
	known := v.words
	if !x.langs[l].whole {
		known = v.stems
	}
	script := scriptOf(form)
	have := map[rune]bool{}
	for k := range known {
		for _, r := range k {
			if scriptOf(string(r)) == script {
				have[r] = true
			}
		}
	}
	letters := slices.Sorted(maps.Keys(have))
	language := lang.Of(x.site.Langs[l].Tag)
	own := []rune(language.Stem(form))
	best, most := "", 0
	try := func(parts ...[]rune) {
		word := string(slices.Concat(parts...))
		key := language.Stem(word)
		if (!x.langs[l].whole || v.words[word] == 0) && (utf8.RuneCountInString(key) < longWord || !oneApart([]rune(key), own)) {
			return
		}
		if n := v.stems[key]; n > most {
			best, most = word, n
		}
	}
	f := []rune(form)
	first := 0
	if len(f) < boldWord {
		first = 1
	}
	for i := first; i <= len(f); i++ {
		a, b := f[:i], f[i:]
		if len(b) > 0 {
			try(a, b[1:])
		}
		if len(b) > 1 {
			try(a, []rune{b[1], b[0]}, b[2:])
		}
		for _, r := range letters {
			if len(b) > 0 {
				try(a, []rune{r}, b[1:])
			}
			try(a, []rune{r}, b)
		}
	}
	return best, most
}

// oneApart reports whether words differ by one letter at most, or by two that
// changed places.
func oneApart(a, b []rune) bool {
	i, j := 0, 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for j < len(a)-i && j < len(b)-i && a[len(a)-1-j] == b[len(b)-1-j] {
		j++
	}
	x, y := len(a)-i-j, len(b)-i-j
	return x <= 1 && y <= 1 || x == 2 && y == 2 && a[i] == b[i+1] && a[i+1] == b[i]
}
