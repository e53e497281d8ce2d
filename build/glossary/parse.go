package glossary

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/yaml"
)

// Parse reads one concept from its file; path is relative to the content
// folder. The concept is nil if nothing in it can be used; otherwise what is
// wrong is in the list and missing from the concept.
func Parse(file, data string) (*Concept, diag.List) {
	d := yaml.Open(file, 0, data)
	m := d.Root
	c := &Concept{Path: file, ID: IDOf(file), Group: groupOf(file), At: map[string]diag.Pos{}}
	if !ValidID(c.ID) {
		d.Diags.Error(diag.Pos{Path: file}, BadName.As("concept"), "Name", c.ID)
	}
	if d.Unread {
		return nil, d.Diags // what its lines say nobody knows
	}
	p := parser{doc: d, concept: c}
	p.concepts(m)
	m.Done()
	if len(c.Names) == 0 {
		return nil, d.Diags
	}
	return c, d.Diags
}

// IDOf is the id of the concept that a file is of.
func IDOf(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// groupOf is the folder of a concept's file in the glossary; empty for none.
func groupOf(file string) string {
	dir, ok := strings.CutPrefix(path.Dir(file), "glossary/")
	if !ok {
		return ""
	}
	return dir
}

// ValidID reports whether the id can stand in an address and in a link as it is.
func ValidID(id string) bool {
	for _, r := range id {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-' {
			return false
		}
	}
	return id != "" && len(id) <= 100 && !strings.HasPrefix(id, "-") && !strings.HasSuffix(id, "-") && !strings.Contains(id, "--")
}

// maxAliases is how many old ids a concept may have.
const maxAliases = 50

type parser struct {
	doc     *yaml.Doc
	concept *Concept
}

// concepts reads the keys of the file.
func (p *parser) concepts(m *yaml.Map) {
	c := p.concept
	for _, k := range []string{"class", "names", "definition", "source", "facts", "parent", "related", "aliases", "sort", "notes"} {
		if v := m.Get(k); v != nil {
			c.At[k] = m.At(k)
		}
	}
	if v := m.Get("class"); v != nil {
		c.Class, c.ClassPos = Class(v.Text()), v.Pos()
	} else {
		p.doc.Diags.Error(m.Pos(), MissingKey.As("class"), "Example", Notion)
	}
	p.names(m)
	c.Definition = m.Get("definition").Local()
	p.at("definition", m)
	c.Source = m.Get("source").Local()
	p.facts(m.Get("facts").Map())
	c.Parent = m.Text("parent")
	twice := map[string]bool{}
	for _, v := range m.Get("related").List() {
		if id := v.Text(); id != "" {
			if twice[id] {
				v.Error(DuplicateEntry, "Value", id)
				continue
			}
			twice[id] = true
			if len(c.Related) == MaxRelated {
				v.Error(TooManyNames.As("related"), "Max", MaxRelated)
				break
			}
			c.At[fmt.Sprintf("related.%d", len(c.Related))] = v.Pos()
			c.Related = append(c.Related, id)
		}
	}
	for _, v := range m.Get("aliases").List() {
		switch id := v.Text(); {
		case id == "" || len(c.Aliases) == maxAliases:
		case !ValidID(id):
			v.Error(BadName.As("alias"), "Name", id)
		default:
			c.At[fmt.Sprintf("aliases.%d", len(c.Aliases))] = v.Pos()
			c.Aliases = append(c.Aliases, id)
		}
	}
	c.Sort = m.Get("sort").Local()
	p.at("sort", m)
	if s, ok := c.Sort[""]; ok {
		m.Get("sort").Error(WrongType.As("language"), "Value", s)
		c.Sort = nil
	}
	for _, v := range m.Get("notes").List() {
		n := v.Map()
		note := Note{Pos: v.Pos(), Text: n.Get("text").Local(), Source: n.Get("source").Local()}
		note.Date = date(n.Get("date"))
		n.Done()
		if n != nil && len(note.Text) == 0 {
			p.doc.Diags.Error(v.Pos(), MissingKey.As("note"))
			continue
		}
		c.Notes = append(c.Notes, note)
	}
}

// at notes where each language of a localised key stands.
func (p *parser) at(key string, m *yaml.Map) {
	if v := m.Get(key); v.IsMap() {
		sub := v.Map()
		for _, l := range sub.Keys() {
			p.concept.At[key+"."+l] = sub.At(l)
		}
	}
}

func (p *parser) names(m *yaml.Map) {
	c := p.concept
	v := m.Get("names")
	if v == nil {
		p.doc.Diags.Error(m.At("names"), MissingKey.As("names"))
		return
	}
	langs := v.Map()
	c.Names = map[string][]Name{}
	for _, lang := range langs.Keys() {
		c.At["names."+lang] = langs.At(lang)
		preferred := false // whether some name says so itself
		var names []Name
		forms := 0
		for _, item := range langs.Get(lang).List() {
			n, ok := p.name(item)
			if !ok {
				continue
			}
			if forms += 1 + len(n.Forms); forms > MaxNames {
				item.Error(TooManyNames, "Max", MaxNames)
				break
			}
			preferred = preferred || n.Status == Preferred
			names = append(names, n)
		}
		for i := range names {
			if names[i].Status == "" {
				names[i].Status = Admitted
				if i == 0 && !preferred {
					names[i].Status = Preferred
				}
			}
		}
		if len(names) > 0 {
			c.Names[lang] = names
			p.onePreferred(lang, names)
		}
	}
}

// name reads one name: a mapping, or only its text.
func (p *parser) name(v *yaml.Value) (Name, bool) {
	n := Name{Kind: Full, Pos: v.Pos()}
	if v.IsText() {
		n.Text = nameText(v)
		return n, n.Text != ""
	}
	m := v.Map()
	if m == nil {
		return n, false
	}
	n.Text = nameText(m.Get("text"))
	if m.Get("text") != nil {
		n.Pos = m.Get("text").Pos()
	}
	n.Kind = NameKind(m.Get("kind").Choice(string(Full), string(Full), string(Short), string(Abbreviation), string(Variant)))
	n.Status = NameStatus(m.Get("status").Choice("", string(Preferred), string(Admitted), string(Deprecated), string(Superseded)))
	n.Reliability = Reliability(m.Get("reliability").Choice("", string(Confirmed), string(FromKnowledge)))
	n.Source = m.Text("source")
	for _, f := range m.Get("forms").List() {
		if s := nameText(f); s != "" {
			n.Forms = append(n.Forms, s)
		}
	}
	n.Since, n.Until = date(m.Get("since")), date(m.Get("until"))
	if n.Dated() && n.Until != (Date{}) && n.Since.common(n.Until).Compare(n.Until.common(n.Since)) > 0 {
		m.Get("until").Error(BadDate.As("until"), "Since", n.Since.String(), "Until", n.Until.String())
		n.Until = Date{}
	}
	n.Hidden = !m.Get("find").Bool(true)
	m.Done()
	if n.Text == "" {
		p.doc.Diags.Error(v.Pos(), MissingKey.As("name"))
		return n, false
	}
	if n.Reliability == Confirmed && n.Source == "" {
		p.doc.Diags.Error(m.At("reliability"), MissingKey.As("source"))
	}
	return n, true
}

// Limits of names. Every word of a text is compared with all names that begin
// with it, as far as they agree.
const (
	MaxNames   = 200 // of a concept in one language, forms included
	MaxNameLen = 300 // characters
	MaxRelated = 100 // concepts that one names as related; its pages list them all
)

// nameText is a name as it is written, or "" for one that is too long.
func nameText(v *yaml.Value) string {
	s := v.Text()
	if n := utf8.RuneCountInString(s); n > MaxNameLen {
		v.Error(TooLong.As("name"), "Count", n, "Max", MaxNameLen)
		return ""
	}
	return s
}

func (p *parser) onePreferred(lang string, names []Name) {
	var first *Name
	for i := range names {
		n := &names[i]
		if n.Status != Preferred {
			continue
		}
		if first == nil {
			first = n
			continue
		}
		two := diag.Of(diag.Error, n.Pos, TwoPreferred, "Language", lang)
		two.Related = []diag.Related{{Pos: first.Pos, Phrase: diag.Say("related.first")}}
		p.doc.Diags = append(p.doc.Diags, two)
		n.Status = Admitted
	}
	if first == nil {
		p.doc.Diags.Error(p.concept.At["names."+lang], NoPreferred, "Language", lang)
	}
}

func (p *parser) facts(m *yaml.Map) {
	for _, key := range FactKeys {
		v := m.Get(string(key))
		if v == nil {
			continue
		}
		f := Fact{Key: key, Pos: m.At(string(key))}
		switch key {
		case Title, Place, Parties:
			f.Text = v.Local()
		case Period:
			from, to, ok := strings.Cut(v.Text(), "/")
			y1, m1, d1, ok1 := yaml.ParseDate(from)
			y2, m2, d2, ok2 := yaml.ParseDate(to)
			if !ok || !ok1 || !ok2 || (Date{y1, m1, d1}).Compare(Date{y2, m2, d2}) > 0 {
				v.Error(BadDate.As("span"))
				continue
			}
			f.Date, f.To = Date{y1, m1, d1}, Date{y2, m2, d2}
		default:
			f.Date = date(v)
		}
		if f.Date != (Date{}) || len(f.Text) > 0 {
			p.concept.Facts = append(p.concept.Facts, f)
		}
	}
	m.Done()
}

func date(v *yaml.Value) Date {
	y, m, d := v.Date()
	return Date{y, m, d}
}

// Check finds what is wrong between concepts, and between them and the site's
// settings: ids given twice, links to concepts that do not exist, classes that
// nobody named, languages that are missing. langs are the site's languages.
// damaged are the paths of files of concepts that are there and could not be read.
func Check(all []*Concept, langs []string, scheme Scheme, damaged ...string) diag.List {
	var diags diag.List
	byID := map[string]*Concept{}
	var ids []string
	for _, c := range all {
		if first, ok := byID[c.ID]; ok {
			twice := diag.Of(diag.Error, diag.Pos{Path: c.Path}, DuplicateConcept, "Concept", c.ID)
			twice.Related = []diag.Related{{Pos: diag.Pos{Path: first.Path}, Phrase: diag.Say("related.other")}}
			diags = append(diags, twice)
			continue
		}
		byID[c.ID] = c
		ids = append(ids, c.ID)
	}
	// A language that was just added has no names at all: that is one finding.
	named := map[string]bool{}
	for _, l := range langs {
		named[l] = len(all) < 2 || slices.ContainsFunc(all, func(c *Concept) bool { return len(c.Names[l]) > 0 || c.Definition.In(l) != "" })
		if !named[l] {
			diags.Warn(diag.Pos{Path: "glossary"}, MissingLanguage.As("glossary"), "Count", len(all), "Language", l)
		}
	}
	hints := 100 // for each all ids are looked at
	for _, c := range all {
		link := func(id, key string) {
			switch {
			case id == "":
			case id == c.ID:
				diags.Error(c.At[key], UnknownConcept.As("itself"))
			case byID[id] == nil && !slices.ContainsFunc(damaged, func(file string) bool { return IDOf(file) == id }):
				var hint diag.Phrase
				if hints--; hints >= 0 {
					hint = yaml.Meant(id, ids)
				}
				diags.Error(c.At[key], UnknownConcept, "Concept", id, "Hint", hint)
			}
		}
		link(c.Parent, "parent")
		for i, id := range c.Related {
			link(id, fmt.Sprintf("related.%d", i))
		}
		checkLangs(c, langs, named, &diags)
	}
	scheme.check(all, damaged, langs, &diags)
	parents(all, byID, &diags)
	return diags
}

// checkLangs reports languages that are missing, of those that the glossary has
// begun, or that the site does not have.
func checkLangs(c *Concept, langs []string, named map[string]bool, diags *diag.List) {
	for _, l := range langs {
		if !named[l] {
			continue
		}
		if len(c.Names[l]) == 0 {
			diags.Warn(c.At["names"], MissingLanguage.As("name"), "Language", l)
		}
		if c.Definition != nil && c.Definition.In(l) == "" {
			diags.Warn(c.At["definition"], MissingLanguage.As("definition"), "Language", l)
		}
	}
	for key, pos := range c.At {
		if of, l, ok := strings.Cut(key, "."); ok && of != "related" && of != "aliases" && !slices.Contains(langs, l) {
			var hint diag.Phrase
			if utf8.RuneCountInString(l) > 1 {
				hint = yaml.Meant(l, langs)
			}
			diags.Warn(pos, UnknownLanguage, "Language", l, "Hint", hint)
		}
	}
}

// parents reports concepts that belong to themselves over others.
func parents(all []*Concept, byID map[string]*Concept, diags *diag.List) {
	seen := map[*Concept]int{} // by which walk, from 1
	for i, c := range all {
		p := c
		for ; p != nil && seen[p] == 0; p = byID[p.Parent] {
			seen[p] = i + 1
		}
		if p == nil || seen[p] != i+1 || p.Parent == p.ID {
			continue
		}
		for m := p; ; m = byID[m.Parent] {
			diags.Error(m.At["parent"], ParentCycle, "Concept", m.ID)
			if m.Parent == p.ID {
				break
			}
		}
	}
}
