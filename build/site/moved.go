package site

import (
	"fmt"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/record"
	"stele/build/source"
)

// MaxMoved is how many old addresses a site goes on to serve, in all languages.
const MaxMoved = 100_000

// former is a name that editors say the text, or one of its headings, had.
type former struct {
	name    string
	pos     diag.Pos
	passage *Passage // of the heading; nil for the text
}

// former collects the aliases of the text's front matter and of its headings. A
// heading is also found by its aliases, where no other has them for its id.
func (a *cutter) former(t *Text) {
	for _, v := range t.Versions {
		if v.Doc == nil || a.frozen {
			continue
		}
		for i, name := range v.Doc.Meta.Aliases {
			t.former = append(t.former, former{name: name, pos: v.Doc.Meta.At[fmt.Sprintf("aliases.%d", i)]})
		}
	}
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			for _, c := range p.Cells {
				for _, b := range c.Blocks {
					for _, id := range b.Aliases {
						if _, ok := t.byID[id]; !ok {
							t.byID[id] = p
						}
						if b.Level == 2 {
							t.former = append(t.former, former{id, b.Doc.Pos(b.Block), p})
						}
					}
				}
			}
		}
	}
}

// place is the text's own name in addresses: a folder or a page.
func (t *Text) place() string {
	if t.Layout == doc.LayoutPage {
		return t.Slug + ".html"
	}
	return t.Slug + "/"
}

// Addresses are those of the text and of its sections as they are now, with those
// that the record has of before. A name that another section bears now is no
// longer its own.
func (t *Text) Addresses() []record.Address {
	old := map[string][]string{}
	if t.record != nil {
		for _, a := range t.record.Addresses {
			old[a.Number] = a.Names
		}
	}
	out := []record.Address{{Names: record.Names([]string{t.place()}, old[""])}}
	delete(old, "")
	living := map[string]bool{}
	if t.Layout == doc.LayoutSections {
		for _, s := range t.Sections {
			living[s.Slug] = true
		}
		for _, s := range t.Sections {
			before := slices.DeleteFunc(slices.Clone(old[s.Number]), func(name string) bool { return living[name] })
			out = append(out, record.Address{Number: s.Number, Names: record.Names([]string{s.Slug}, before)})
			delete(old, s.Number)
		}
	}
	if t.record != nil { // sections that have no page now, in the order of the record
		for _, a := range t.record.Addresses {
			names := slices.DeleteFunc(slices.Clone(old[a.Number]), func(name string) bool { return living[name] })
			if len(names) > 0 {
				out = append(out, record.Address{Number: a.Number, Names: names})
			}
		}
	}
	return out
}

// moved gives every address that is no more a page that leads on: those that the
// editors name as aliases, and those that the records keep.
func (a *assembler) moved() {
	m := mover{assembler: a, taken: map[string]bool{}}
	for l := range a.site.Langs {
		for _, c := range a.site.Concepts {
			for i, id := range c.Aliases {
				m.add(l, "glossary/"+id+".html", Key{Kind: ConceptPage, ID: c.ID}, "", c.At[fmt.Sprintf("aliases.%d", i)])
			}
		}
		for _, g := range a.site.Groups {
			for _, old := range a.in.OldGroups[g.Name] {
				m.add(l, "glossary/"+source.Slug(old.Name)+".html", Key{Kind: GlossaryGroup, ID: g.Name}, "", old.Pos)
			}
		}
		for _, t := range a.site.Texts {
			m.text(l, t)
			m.dated(l, t)
		}
	}
	m.languages()
	slices.SortFunc(a.site.Moved, func(x, y *Page) int { return strings.Compare(x.Path, y.Path) })
}

type mover struct {
	*assembler
	taken map[string]bool // old addresses, folded
	full  bool
}

// languages leads from the pages that languages had under their old names.
func (m *mover) languages() {
	moved := m.site.Moved
	for l, lang := range m.site.Langs {
		for _, old := range m.in.OldLangs[lang.Code] {
			for _, p := range m.site.Pages {
				if name, ok := strings.CutPrefix(p.Path, lang.Code+"/"); ok {
					m.lead(&Page{Key: Key{Kind: Moved}, Lang: l, Path: old.Name + "/" + name, To: p}, old.Pos)
				}
			}
			for _, p := range moved {
				if name, ok := strings.CutPrefix(p.Path, lang.Code+"/"); ok {
					m.lead(&Page{Key: Key{Kind: Moved}, Lang: l, Path: old.Name + "/" + name, To: p.To, Fragment: p.Fragment}, diag.Pos{})
				}
			}
		}
	}
}

// text leads from the old names of a text, each with the names that its sections
// have or had.
func (m *mover) text(l int, t *Text) {
	type name struct {
		string
		pos diag.Pos
	}
	places := []name{{t.place(), diag.Pos{}}}
	var recorded []record.Address
	if t.record != nil {
		recorded = t.record.Addresses
	}
	for _, f := range t.former {
		if f.passage == nil {
			places = append(places, name{f.name, f.pos})
		}
	}
	for _, r := range recorded {
		if r.Number == "" {
			for _, n := range r.Names {
				places = append(places, name{string: n})
			}
		}
	}
	contents, whole := ContentsKey(t), Key{Kind: TextFull, Text: t.ID}
	for _, p := range places {
		folder, isFolder := strings.CutSuffix(p.string, "/")
		page, isPage := strings.CutSuffix(p.string, ".html")
		if !isFolder {
			m.add(l, page+".html", contents, "", p.pos)
		}
		if isPage {
			if p.string != t.place() {
				continue
			}
			folder = page // its sections had addresses there
		} else {
			m.add(l, folder+"/index.html", contents, "", p.pos)
			m.add(l, folder+"/full.html", whole, "", diag.Pos{})
		}
		for _, f := range t.former {
			if f.passage != nil {
				m.add(l, folder+"/"+f.name+".html", PassageKey(f.passage), m.anchor(f.passage), f.pos)
			}
		}
		if t.Layout == doc.LayoutSections {
			for _, s := range t.Sections {
				m.add(l, folder+"/"+s.Slug+".html", Key{Kind: TextSection, Text: t.ID, Section: s.Index}, "", diag.Pos{})
			}
		}
		for _, r := range recorded {
			if r.Number == "" {
				continue
			}
			for _, n := range r.Names {
				to, anchor := contents, ""
				if q := m.successor(t, r.Number, n); q != nil {
					to, anchor = PassageKey(q), m.anchor(q)
				}
				m.add(l, folder+"/"+n+".html", to, anchor, diag.Pos{})
			}
		}
	}
}

// successor is the passage that an old section goes on as: the one with its
// number, or else the heading with its id; nil where there is none.
func (m *mover) successor(t *Text, number, id string) *Passage {
	if p := t.byNumber[number]; p != nil && !p.Empty() {
		return p
	}
	for _, s := range t.Sections { // a part without a heading has the number, and no passage of it
		if s.Number == number && len(s.Passages) > 0 {
			return s.Passages[0]
		}
	}
	for _, s := range t.Gone { // its page says that it is no more
		if s.Number == number {
			return s.Passages[0]
		}
	}
	return t.byID[id]
}

// anchor is the passage's, but where it opens its page.
func (m *mover) anchor(p *Passage) string {
	if p.Opens && p.Section.Text.Layout == doc.LayoutSections {
		return ""
	}
	return p.Anchor()
}

// add makes one old address lead to a page. pos is the editor's line that names
// it, which is at fault where the address is another page's.
func (m *mover) add(l int, path string, to Key, fragment string, pos diag.Pos) {
	if l > 0 {
		pos = diag.Pos{} // a collision is told once, not for each language
	}
	p := &Page{Key: Key{Kind: Moved}, Lang: l, Path: m.site.Langs[l].Code + "/" + path, To: m.site.Page(to, l), Fragment: fragment}
	if p.To != nil {
		m.lead(p, pos)
	}
}

// lead adds an old address; pos is empty where nobody named it.
func (m *mover) lead(p *Page, pos diag.Pos) {
	s := m.site
	folded := source.FoldName(p.Path)
	if living := s.taken[folded]; living != nil {
		if pos.Path != "" && (living.Key != p.To.Key || living.Lang != p.To.Lang) {
			m.diags.Error(pos, AddressCollision.As("alias"), "Path", p.Path, "Other", living.what())
		}
		return
	}
	if m.taken[folded] || m.full {
		return
	}
	if len(s.Moved) == MaxMoved {
		m.full = true
		m.diags.Warn(pos, TooManyAliases, "Max", MaxMoved)
		return
	}
	m.taken[folded] = true
	s.Moved = append(s.Moved, p)
}
