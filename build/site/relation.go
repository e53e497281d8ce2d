package site

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"stele/build/glossary"
)

// Glossary is the concepts of a site, joined to each other.
type Glossary struct {
	Concepts []*Concept // by id
	Events   []Event    // of treaties and documents, by date
	byID     map[string]*Concept
}

// NewGlossary joins concepts to each other and collects their dated facts.
func NewGlossary(concepts []*glossary.Concept) *Glossary {
	g := &Glossary{byID: map[string]*Concept{}}
	for _, c := range concepts {
		k := &Concept{Concept: c}
		g.Concepts = append(g.Concepts, k)
		g.byID[c.ID] = k
	}
	slices.SortFunc(g.Concepts, func(x, y *Concept) int { return strings.Compare(x.ID, y.ID) })
	for _, c := range g.Concepts {
		if p := g.byID[c.Concept.Parent]; p != nil {
			c.Parent = p
			p.Children = append(p.Children, c)
		}
		for _, id := range c.Concept.Related {
			if r := g.byID[id]; r != nil {
				c.Related = append(c.Related, r)
			}
		}
		for _, f := range c.Facts {
			if f.Date.Year == 0 {
				continue
			}
			date := f.Date.String()
			if f.To.Year != 0 {
				date += "/" + f.To.String()
			}
			c.Events = append(c.Events, Event{Concept: c, Fact: string(f.Key), Date: date})
		}
		if c.Class == glossary.Treaty || c.Class == glossary.Document {
			g.Events = append(g.Events, c.Events...)
		}
	}
	slices.SortStableFunc(g.Events, func(x, y Event) int {
		return cmp.Or(strings.Compare(x.Date, y.Date), strings.Compare(x.Concept.ID, y.Concept.ID), strings.Compare(x.Fact, y.Fact))
	})
	return g
}

// Initial is a group of an alphabetical list: a letter and its concepts.
type Initial struct {
	Letter   string
	Concepts []*Concept
}

// Alphabet sorts the concepts as a glossary in the language does, Chinese by
// pinyin, and groups them by initial letter.
func (s *Site) Alphabet(concepts []*Concept, lang int) []Initial {
	tag, err := language.Parse(s.Langs[lang].Tag)
	if err != nil {
		tag = language.Und
	}
	col := collate.New(tag, collate.IgnoreCase)
	code := s.Langs[lang].Code
	key := func(c *Concept) string { return cmp.Or(c.Sort[code], s.Name(c, lang)) }
	sorted := slices.Clone(concepts)
	letter := map[*Concept]string{}
	for _, c := range sorted {
		letter[c] = initial(col, key(c))
	}
	slices.SortStableFunc(sorted, func(x, y *Concept) int {
		return cmp.Or(col.CompareString(letter[x], letter[y]), col.CompareString(key(x), key(y)), strings.Compare(x.ID, y.ID))
	})
	var out []Initial
	for _, c := range sorted {
		if n := len(out); n == 0 || out[n-1].Letter != letter[c] {
			out = append(out, Initial{Letter: letter[c]})
		}
		out[len(out)-1].Concepts = append(out[len(out)-1].Concepts, c)
	}
	return out
}

// Name is the concept's preferred name in the language, else in the first
// language that has one, else its id.
func (s *Site) Name(c *Concept, lang int) string {
	for k := range s.Langs {
		if n, ok := c.Preferred(s.Langs[(lang+k)%len(s.Langs)].Code); ok {
			return n.Text
		}
	}
	return c.ID
}

// pinyinFirst holds, for each initial letter of pinyin, the character that
// sorts first under it in the CLDR pinyin collation.
var pinyinFirst = []struct {
	letter, char string
}{
	{"A", "阿"},
	{"B", "八"},
	{"C", "嚓"},
	{"D", "咑"},
	{"E", "妸"},
	{"F", "发"},
	{"G", "旮"},
	{"H", "哈"},
	{"J", "丌"},
	{"K", "咔"},
	{"L", "垃"},
	{"M", "妈"},
	{"N", "拏"},
	{"O", "噢"},
	{"P", "妑"},
	{"Q", "七"},
	{"R", "呥"},
	{"S", "仨"},
	{"T", "他"},
	{"W", "穵"},
	{"X", "夕"},
	{"Y", "丫"},
	{"Z", "帀"},
}

// initial is the letter a name is listed under: its first letter in capitals,
// for Chinese the first letter of its pinyin.
func initial(col *collate.Collator, name string) string {
	name = strings.TrimLeftFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	r, _ := utf8.DecodeRuneInString(name)
	switch {
	case r == utf8.RuneError:
		return "#"
	case unicode.Is(unicode.Han, r):
		letter := "#"
		for _, p := range pinyinFirst {
			if col.CompareString(string(r), p.char) < 0 {
				break
			}
			letter = p.letter
		}
		return letter
	case unicode.IsDigit(r):
		return "#"
	case r == 'ё' || r == 'Ё':
		return "Е"
	}
	return strings.ToUpper(string(r))
}
