package render

import (
	"net/url"
	"slices"
	"strings"

	"stele/build/glossary"
	"stele/build/site"
)

// GlossaryPage lists the concepts, all of them or one group's, in the order of
// the page's language.
type GlossaryPage struct {
	Frame
	Heading  Words       // of the page: the glossary's, or the group's
	Intro    string      // a sentence about it; may be empty
	Groups   []GroupLink // the parts of the glossary
	Letters  []Link      // to the Initials of this page
	Initials []Initial   // the concepts under their first letters
	Heads    []Words     // the languages of the columns
	Timeline string      // the time line; empty where there is none
}

// GroupLink leads to a group of the glossary; the first leads to all of it.
type GroupLink struct {
	Link
	Count int // how many concepts it has
}

type Initial struct {
	ID, Letter string         // the anchor, and the letter or syllable itself
	Entries    []ConceptEntry // in the order of the language
}

// ConceptEntry is a concept in a list.
type ConceptEntry struct {
	Href   string  // the concept's page
	Names  []Words // in the order of the columns; Text is empty where there is none
	Abbr   []Words // abbreviations, in the order of the columns
	Class  Words   // body, treaty …
	Places int     // in how many passages it is named
	Count  string  // the same in words
}

var groupWords = map[string][2]string{ // title, introduction
	"bodies":     {"group-bodies", "group-bodies-intro"},
	"treaties":   {"group-treaties", "group-treaties-intro"},
	"principles": {"group-principles", "group-principles-intro"},
}

var classWords = map[glossary.Class]string{
	glossary.Body:      "class-body",
	glossary.Standing:  "class-status",
	glossary.Treaty:    "class-treaty",
	glossary.Document:  "class-document",
	glossary.Principle: "class-principle",
	glossary.Notion:    "class-notion",
}

// class is what readers see of a class.
func (c context) class(k glossary.Class) Words {
	return c.title(c.site.Scheme.Class(k), classWords[k])
}

// group is what readers see of a group.
func (c context) group(h glossary.Heading) Words { return c.title(h, groupWords[h.Name][0]) }

// title is what the settings call a group or a class in the page's language,
// else the interface's word, which id names, else what they call it in another
// language, else its bare name. It has a language only where that is not the
// page's.
func (c context) title(h glossary.Heading, id string) Words {
	if own := h.Title.In(c.site.Langs[c.page.Lang].Code); own != "" {
		return Words{Text: own}
	}
	if id != "" {
		return Words{Text: c.T(id)}
	}
	for _, l := range c.order() {
		if t := h.Title[c.site.Langs[l].Code]; t != "" {
			return c.words(t, l)
		}
	}
	return Words{Text: h.Name}
}

// intro introduces a group; "" where there is nothing to say.
func (c context) intro(h glossary.Heading) string {
	if own := h.Intro.In(c.site.Langs[c.page.Lang].Code); own != "" {
		return own
	}
	if w, ok := groupWords[h.Name]; ok {
		return c.T(w[1])
	}
	return ""
}

func (c context) glossary() GlossaryPage {
	p := GlossaryPage{Heading: Words{Text: c.T("glossary")}, Intro: c.T("glossary-intro"), Timeline: c.href(site.Key{Kind: site.Timeline})}
	concepts := c.site.Concepts
	p.Groups = append(p.Groups, GroupLink{
		Link:  Link{Href: c.href(site.Key{Kind: site.GlossaryIndex}), Words: Words{Text: c.T("group-all")}, Current: c.page.Kind == site.GlossaryIndex},
		Count: len(concepts),
	})
	for _, g := range c.site.Groups {
		key := site.Key{Kind: site.GlossaryGroup, ID: g.Name}
		href := c.href(key)
		if href == "" {
			continue // another page has its address, which is an error
		}
		current := c.page.Key == key
		p.Groups = append(p.Groups, GroupLink{Link: Link{Href: href, Words: c.group(g.Heading), Current: current}, Count: len(g.Concepts)})
		if current {
			concepts = g.Concepts
			p.Heading, p.Intro = c.group(g.Heading), c.intro(g.Heading)
		}
	}
	for _, l := range c.order() {
		p.Heads = append(p.Heads, c.words(c.site.Langs[l].Name, l))
	}
	for _, in := range c.site.Alphabet(concepts, c.page.Lang) {
		x := Initial{ID: "letter-" + in.Letter, Letter: in.Letter}
		if in.Letter == "#" {
			x.ID = "letter-0"
		}
		p.Letters = append(p.Letters, Link{Href: "#" + x.ID, Words: Words{Text: in.Letter}})
		for _, k := range in.Concepts {
			x.Entries = append(x.Entries, c.entry(k))
		}
		p.Initials = append(p.Initials, x)
	}
	p.Frame = c.frame(p.Heading.Text, p.Intro)
	p.LD = c.glossaryLD(p.Heading.Text, concepts)
	return p
}

func (c context) entry(k *site.Concept) ConceptEntry {
	e := ConceptEntry{Href: c.href(site.Key{Kind: site.ConceptPage, ID: k.ID}), Class: c.class(k.Class), Places: len(c.site.Occurrences(k))}
	e.Count = c.T("passages", "Count", e.Places)
	for _, l := range c.order() {
		n, _ := k.Preferred(c.site.Langs[l].Code)
		e.Names = append(e.Names, c.words(n.Text, l))
		abbr := ""
		for _, m := range k.Names[c.site.Langs[l].Code] {
			if m.Kind == glossary.Abbreviation && m.Status != glossary.Deprecated && m.Status != glossary.Superseded && m.Text != n.Text {
				abbr = m.Text
				break
			}
		}
		e.Abbr = append(e.Abbr, c.words(abbr, l))
	}
	if e.Names[0].Text == "" {
		e.Names[0] = Words{Text: c.site.Name(k, c.page.Lang)}
	}
	return e
}

// ConceptPage is all that is known of a concept and every place that names it.
type ConceptPage struct {
	Frame
	Class       Words         // body, treaty …
	Group       Link          // the part of the glossary that it stands in
	Columns     Columns       // the reader's choice of languages for the concordance
	Heads       []ConceptHead // the concept in every language, the page's own first
	Facts       []ConceptFact // dates, places, parties
	Parent      *Link         // what it belongs to; nil where there is nothing
	Children    []Link        // what belongs to it
	Related     []Link        // what to see also
	Notes       []ConceptNote // what came later
	First       *Place        // where it is named first; nil where it is not named
	Counts      []Count       // how often each section names it, the sum last
	CountHeads  []Words       // the languages of Counts
	Gaps        []Gap         // where one language names it and another does not
	Concordance []Row         // the passages that name it, with the names marked
	Total       string        // in how many passages it is named, in words
	Former      *Link         // the search of what holds no longer, for its name; nil where earlier versions name it no more
	Source      Words         // where definition and facts come from; Text may be empty
}

// ConceptHead is a concept in one language: its names and what it is.
type ConceptHead struct {
	Column
	Language   string        // its name, in itself
	Name       Words         // the preferred name
	Missing    string        // what is said where the language has no name; else empty
	Definition Words         // Text may be empty
	Names      []ConceptName // the other names
}

// ConceptName is a further ConceptName, or the preferred one where something is to be said of it.
type ConceptName struct {
	Words
	About  string // kind, status, reliability
	Source string // where the name stands; may be empty
	Old    bool   // the name is no longer to be used
}

type ConceptFact struct {
	Name  string // what the fact is, in the interface language
	Value Words  // the fact
}

type ConceptNote struct {
	Date   string // in the interface language; may be empty
	Text   Words  // what happened
	Source Words  // Text may be empty
}

// Place is a passage in a text.
type Place struct {
	Href, Number string // the passage, and its number
	Section      Words  // the title of its section
}

// Count tells how often a section names the concept, by language.
type Count struct {
	Place
	Uses []string // numbers, in the order of CountHeads
}

// Gap lists the passages in which one language names the concept and another
// does not.
type Gap struct {
	Language Words   // which language does not name it
	Text     string  // what is missing, in words
	Places   []Place // in which passages
}

var factWords = map[glossary.FactKey]string{
	glossary.Title: "fact-title", glossary.Founded: "fact-founded", glossary.Adopted: "fact-adopted",
	glossary.Signed: "fact-signed", glossary.Opened: "fact-opened", glossary.InForce: "fact-in-force",
	glossary.Ended: "fact-ended", glossary.Period: "fact-period", glossary.Place: "fact-place",
	glossary.Parties: "fact-parties",
}

func (c context) factName(k glossary.FactKey) string {
	if id, ok := factWords[k]; ok {
		return c.T(id)
	}
	return string(k)
}

var kindWords = map[glossary.NameKind]string{
	glossary.Full: "kind-full", glossary.Short: "kind-short", glossary.Abbreviation: "kind-abbreviation", glossary.Variant: "kind-variant",
}

var nameStatusWords = map[glossary.NameStatus]string{
	glossary.Preferred: "name-preferred", glossary.Admitted: "name-admitted", glossary.Deprecated: "name-deprecated", glossary.Superseded: "name-superseded",
}

var reliabilityWords = map[glossary.Reliability]string{
	glossary.Confirmed: "name-confirmed", glossary.FromKnowledge: "name-unconfirmed",
}

func (c context) concept() ConceptPage {
	k := c.page.Concept
	p := ConceptPage{Class: c.class(k.Class), Columns: c.columnsOf(nil)}
	if t := c.first; t != nil {
		for i, col := range p.Columns.List {
			if d := t.Versions[col.lang].Doc; d != nil {
				p.Columns.List[i].Status = c.status(d.Meta.Status)
			}
		}
	}
	p.Group = Link{Href: c.href(site.Key{Kind: site.GlossaryGroup, ID: k.Group}), Words: c.group(c.site.Scheme.Group(k.Group))}
	if p.Group.Href == "" {
		p.Group = Link{Href: c.href(site.Key{Kind: site.GlossaryIndex}), Words: Words{Text: c.T("glossary")}}
	}
	for _, col := range p.Columns.List {
		p.Heads = append(p.Heads, c.head(k, col))
	}
	p.Facts = c.facts(k)
	if k.Parent != nil {
		l := c.conceptLink(k.Parent)
		p.Parent = &l
	}
	p.Children = c.conceptLinks(k.Children)
	p.Related = c.conceptLinks(slices.DeleteFunc(slices.Clone(k.Related), func(other *site.Concept) bool {
		return other == k.Parent || slices.Contains(k.Children, other) // said already
	}))
	for _, n := range k.Concept.Notes {
		p.Notes = append(p.Notes, ConceptNote{Date: c.ui.Date(n.Date.String()), Text: c.localized(n.Text), Source: c.localized(n.Source)})
	}
	p.Source = c.localized(k.Source)
	c.occurrences(k, &p)
	name := c.site.Name(k, c.page.Lang)
	p.Frame = c.frame(name, c.definition(k, c.page.Lang).Text)
	p.LD = c.conceptLD(k, name)
	if n := c.site.FormerUses(k); n > 0 && p.Search != "" {
		p.Former = &Link{
			Href:  p.Search + "?earlier=1&q=" + url.QueryEscape(name),
			Words: c.local(c.T("search-former") + c.T("colon") + c.T("passages", "Count", n)),
		}
	}
	return p
}

// localized is a text in the page's language, else in another.
func (c context) localized(l glossary.Local) Words {
	for _, i := range c.order() {
		if s, ok := l[c.site.Langs[i].Code]; ok && s != "" {
			return c.bound(s, i)
		}
	}
	return c.local(l[""])
}

func (c context) head(k *site.Concept, col Column) ConceptHead {
	h := ConceptHead{Column: col, Language: col.Name}
	if d := k.Definition.In(col.Code); d != "" {
		h.Definition = c.bound(d, col.lang)
	}
	n, ok := k.Preferred(col.Code)
	h.Name = c.bound(n.Text, col.lang)
	if !ok {
		h.Missing = c.T("name-missing")
	}
	for _, n := range k.Names[col.Code] {
		var about []string
		if n.Status != glossary.Preferred {
			if id, ok := kindWords[n.Kind]; ok {
				about = append(about, c.T(id))
			}
			if id, ok := nameStatusWords[n.Status]; ok && n.Status != glossary.Admitted {
				about = append(about, c.T(id))
			}
		} else {
			about = append(about, c.T(nameStatusWords[n.Status]))
		}
		if id, ok := reliabilityWords[n.Reliability]; ok {
			about = append(about, c.T(id))
		}
		if n.Dated() {
			about = append(about, c.T("name-used", "Since", c.ui.Date(n.Since.String()), "Until", c.ui.Date(n.Until.String())))
		}
		h.Names = append(h.Names, ConceptName{
			Words: c.words(n.Text, col.lang), About: strings.Join(about, c.T("list-comma")), Source: bound(n.Source, col.Lang),
			Old: n.Status == glossary.Deprecated || n.Status == glossary.Superseded,
		})
	}
	return h
}

func (c context) facts(k *site.Concept) []ConceptFact {
	var out []ConceptFact
	for _, key := range glossary.FactKeys {
		f, ok := k.Concept.Fact(key)
		if !ok {
			continue
		}
		v := c.localized(f.Text)
		if f.Date.Year != 0 {
			date := f.Date.String()
			if f.To.Year != 0 {
				date += "/" + f.To.String()
			}
			v = c.local(c.ui.Date(date))
		}
		if v.Text != "" {
			out = append(out, ConceptFact{c.factName(key), v})
		}
	}
	return out
}

func (c context) conceptLink(k *site.Concept) Link {
	return Link{Href: c.href(site.Key{Kind: site.ConceptPage, ID: k.ID}), Words: c.names(k)[0]}
}

// conceptLinks are links in the language's alphabetical order.
func (c context) conceptLinks(list []*site.Concept) []Link {
	var out []Link
	for _, in := range c.site.Alphabet(list, c.page.Lang) {
		for _, k := range in.Concepts {
			out = append(out, c.conceptLink(k))
		}
	}
	return out
}

// occurrences fills in what the texts say of the concept.
func (c context) occurrences(k *site.Concept, p *ConceptPage) {
	w := &writer{context: c, mark: k}
	total := make([]int, len(c.site.Langs))
	gaps := make([][]Place, len(c.site.Langs))
	var section *site.Section
	uses := make([]int, len(c.site.Langs))
	flush := func() {
		if section == nil {
			return
		}
		x := Count{Place: c.sectionPlace(section)}
		for _, col := range p.Columns.List {
			x.Uses = append(x.Uses, c.ui.Number(uses[col.lang]))
		}
		p.Counts = append(p.Counts, x)
	}
	for _, o := range c.site.Occurrences(k) {
		at := c.passagePlace(o.Passage)
		if p.First == nil {
			p.First = &at
		}
		fresh := o.Passage.Section != section
		if fresh {
			flush()
			section = o.Passage.Section
			clear(uses)
		}
		r := Row{Notice: escaped(c.T("passage-long"))}
		if size(o.Passage) <= longPassage {
			r = c.row(o.Passage, p.Columns, w)
		}
		r.ID, r.Href, r.Number = "", at.Href, at.Number
		r.Class = strings.TrimSpace(r.Class + " found")
		if fresh {
			r.Where = at.Section
		}
		for i, col := range p.Columns.List {
			n := o.Uses[col.lang]
			uses[col.lang] += n
			total[col.lang] += n
			if n == 0 && i < len(r.Cells) && len(o.Passage.Cells[col.lang].Blocks) > 0 {
				r.Cells[i].Note = escaped(c.T("not-named"))
				gaps[col.lang] = append(gaps[col.lang], at)
			}
		}
		p.Concordance = append(p.Concordance, r)
	}
	flush()
	for _, col := range p.Columns.List {
		p.CountHeads = append(p.CountHeads, c.words(col.Name, col.lang))
		if g := gaps[col.lang]; len(g) > 0 {
			p.Gaps = append(p.Gaps, Gap{
				Language: c.words(col.Name, col.lang),
				Text:     c.T("gap", "Count", len(g)), Places: g,
			})
		}
	}
	if n := len(c.site.Occurrences(k)); n > 0 {
		p.Total = c.T("passages", "Count", n)
		if len(p.Counts) > 1 {
			x := Count{Place: Place{Section: c.said(c.page.Lang, "in-all")}}
			for _, col := range p.Columns.List {
				x.Uses = append(x.Uses, c.ui.Number(total[col.lang]))
			}
			p.Counts = append(p.Counts, x)
		}
	}
}

func (c context) sectionPlace(s *site.Section) Place {
	at := Place{Section: c.sectionName(s)}
	if s.Role == site.Headed {
		at.Number = s.Number
	}
	if len(s.Passages) > 0 {
		at.Href = c.passageHref(s.Passages[0])
	}
	return at
}

// sectionName is a section's title, or its text's where the text is one page.
func (c context) sectionName(s *site.Section) Words {
	if v := s.Text.Versions[c.page.Lang]; s.Role != site.Headed && len(s.Text.Sections) == 1 {
		return c.words(v.Short, v.TitleLang)
	}
	t := c.sectionTitle(s, c.page.Lang)
	if len(c.site.Texts) > 1 && s.Text != c.site.Texts[0] {
		v := s.Text.Versions[c.page.Lang]
		t.Text = c.T("text-part", "Text", v.Short, "Part", t.Text)
	}
	return t
}

func (c context) passagePlace(p *site.Passage) Place {
	return Place{Href: c.passageHref(p), Number: p.Number, Section: c.sectionName(p.Section)}
}

// glossaryKey is the key of an event's fact.
func glossaryKey(fact string) glossary.FactKey { return glossary.FactKey(fact) }

// longPassage is how many bytes of text a concordance shows of one passage: a
// chapter in one paragraph would stand on the page of every concept it names.
const longPassage = 40_000

// size is the length of a passage's text in all languages.
func size(p *site.Passage) int {
	n := 0
	for _, c := range p.Cells {
		for _, b := range c.Blocks {
			n += len(b.Text)
		}
	}
	return n
}
