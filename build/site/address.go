package site

import (
	"path"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/source"
)

// reserved names belong to pages of the site itself, in a language's folder.
var reserved = []string{"index", "glossary", "search", "editors", "full", "downloads"}

// Reserved reports whether the name of a text is an address of the site itself.
func Reserved(name string) bool { return slices.Contains(reserved, strings.ToLower(name)) }

// addresses gives every text, section and page its path and finds collisions.
func (a *assembler) addresses() {
	s := a.site
	many := 10 + len(s.Concepts)
	for _, t := range s.Texts {
		many += 2 + len(t.Sections) + len(t.Gone)
	}
	many *= len(s.Langs)
	claim := func(p *Page) {
		f := source.FoldName(p.Path)
		if other, ok := s.taken[f]; ok {
			a.diags.Error(p.pos(), AddressCollision, "Page", p.what(), "Other", other.what(), "Path", p.Path)
			return
		}
		s.taken[f] = p
		s.Pages = append(s.Pages, p)
		s.pages[pageKey{p.Key, p.Lang}] = p
	}
	s.histories, s.revisions = a.histories()
	for _, h := range s.histories {
		many += h.pages() * len(s.Langs)
	}
	s.pages, s.taken = make(map[pageKey]*Page, many), make(map[string]*Page, many)
	whole := func(t *Text) *Page { return &Page{Key: Key{Kind: TextFull, Text: t.ID}, Text: t} }
	owner, homeless := map[string]*Text{}, map[*Text]bool{}
	for _, t := range s.Texts {
		f := source.FoldName(t.Slug)
		if other := owner[f]; other != nil { // also where one is a folder and the other a page: their data are not
			homeless[t] = true
			a.diags.Error(whole(t).pos(), AddressCollision, "Page", whole(t).what(), "Other", whole(other).what(), "Path", t.Slug)
			continue
		}
		owner[f] = t
	}
	claim(&Page{Key: Key{Kind: Choice}, Path: "index.html"})
	claim(&Page{Key: Key{Kind: NotFound}, Path: "404.html"})
	for l, lang := range s.Langs {
		add := func(k Key, name string) {
			p := &Page{Key: k, Lang: l, Path: lang.Code + "/" + name}
			if k.Kind == ConceptPage {
				p.Concept = s.concepts[k.ID]
			}
			claim(p)
		}
		add(Key{Kind: Home}, "index.html")
		add(Key{Kind: Search}, "search.html")
		if len(s.Options.Downloads) > 0 {
			for n := range max(1, (len(s.Texts)+PerDownloads-1)/PerDownloads) {
				add(Key{Kind: DownloadsPage, Section: n}, numbered("downloads", n))
			}
		}
		a.folderPages(func(k Key, f *Folder, name string) {
			claim(&Page{Key: k, Lang: l, Path: lang.Code + "/" + name, Folder: f})
		})
		if len(s.Concepts) > 0 {
			add(Key{Kind: GlossaryIndex}, "glossary/index.html")
			add(Key{Kind: Timeline}, "glossary/timeline.html")
			for _, g := range s.Groups {
				add(Key{Kind: GlossaryGroup, ID: g.Name}, "glossary/"+source.Slug(g.Name)+".html")
			}
			for _, c := range s.Concepts {
				add(Key{Kind: ConceptPage, ID: c.ID}, "glossary/"+c.ID+".html")
			}
		}
		for _, t := range s.Texts {
			if homeless[t] {
				continue
			}
			a.textPages(t, l, claim)
			a.historyPages(t, l, claim)
		}
	}
	slices.SortFunc(s.Pages, func(x, y *Page) int { return strings.Compare(x.Path, y.Path) })
}

func (a *assembler) textPages(t *Text, l int, claim func(*Page)) {
	base := a.site.Langs[l].Code + "/" + t.Slug
	if t.Layout == doc.LayoutPage {
		claim(&Page{Key: Key{Kind: TextFull, Text: t.ID}, Lang: l, Path: base + ".html", Text: t})
		return
	}
	claim(&Page{Key: Key{Kind: TextContents, Text: t.ID}, Lang: l, Path: base + "/index.html", Text: t})
	claim(&Page{Key: Key{Kind: TextFull, Text: t.ID}, Lang: l, Path: base + "/full.html", Text: t})
	for _, s := range slices.Concat(t.Sections, t.Gone) {
		k := Key{Kind: TextSection, Text: t.ID, Section: s.Index}
		claim(&Page{Key: k, Lang: l, Path: base + "/" + s.Slug + ".html", Text: t, Section: s})
	}
}

// pos is where the editor chose what the page's address is made of.
func (p *Page) pos() diag.Pos {
	switch {
	case p.Concept != nil:
		return diag.Pos{Path: p.Concept.Path, Line: 1, Col: 1}
	case p.Kind == GlossaryGroup:
		return diag.Pos{Path: "glossary/" + p.ID}
	case p.Folder != nil:
		return diag.Pos{Path: p.ID}
	case p.Text == nil:
		return diag.Pos{}
	}
	for _, v := range p.Text.Versions {
		if v.Doc == nil {
			continue
		}
		if at, ok := v.Doc.Meta.At["slug"]; ok {
			return at
		}
		return diag.Pos{Path: v.Doc.Path, Line: 1, Col: 1}
	}
	return diag.Pos{Path: p.Text.ID}
}

// what names the page to an editor.
func (p *Page) what() diag.Phrase {
	switch {
	case p.Section != nil:
		return diag.Say("page.section", "Section", p.Section.Number, "Text", p.Text.ID)
	case p.Text != nil:
		return diag.Say("page.text", "Text", p.Text.ID)
	case p.Concept != nil:
		return diag.Say("page.concept", "Concept", p.Concept.ID)
	case p.Kind == GlossaryGroup:
		return diag.Say("page.group", "Group", p.ID)
	case p.Kind == Choice:
		return diag.Say("page.choice")
	case p.Kind == NotFound:
		return diag.Say("page.notfound")
	}
	return diag.Say("page.own")
}

// Alike returns the page that has the address, or one that some hosts hold for the
// same, or nil.
func (s *Site) Alike(address string) *Page { return s.taken[source.FoldName(address)] }

// slugs names the text and its sections in addresses.
func (a *cutter) slugs(t *Text) {
	var from *doc.Document
	for _, v := range t.Versions {
		if v.Doc == nil || v.Doc.Meta.Slug == "" || a.frozen {
			continue
		}
		slug, at := v.Doc.Meta.Slug, v.Doc.Meta.At["slug"]
		if from != nil && from.Meta.Slug != slug {
			a.diags.Error(at, SlugDiffers, "Slug", slug, "Other", from.Meta.Slug, "Path", from.Path)
			continue
		}
		from = v.Doc
		t.Slug = path.Join(path.Dir(t.Slug), slug)
	}
	if Reserved(t.Slug) && !a.frozen {
		a.diags.Error(a.textPos(t), ReservedAddress, "Address", t.Slug)
	}
	used := map[string]bool{"index": true, "full": true}
	if a.versioned {
		used[versionsPage] = true
	}
	for _, s := range t.Sections {
		s.Slug = a.sectionSlug(s)
		for used[source.FoldName(s.Slug)] {
			s.Slug += "-" + s.Number
		}
		used[source.FoldName(s.Slug)] = true
	}
	t.Gone = slices.DeleteFunc(t.Gone, func(s *Section) bool {
		if s.Slug = source.Slug(goneSlug(s)); used[source.FoldName(s.Slug)] || source.AddressFault(s.Slug).ID != "" {
			t.putBack(s)
			return true
		}
		used[source.FoldName(s.Slug)] = true
		return false
	})
	for i, s := range t.Gone {
		s.Index = len(t.Sections) + i
	}
}

// sectionSlug is the heading's explicit id, the same in all languages.
func (a *cutter) sectionSlug(s *Section) string {
	var headings []*Block
	have := map[string]int{} // how many headings have the id
	for _, p := range s.Passages {
		if !p.Opens || s.Role != Headed {
			continue
		}
		for _, c := range p.Cells {
			for _, b := range c.Blocks {
				if b.Kind != doc.Heading || b.Level != 2 || b.ID == "" || b.AutoID {
					continue // one made of the words would change with them
				}
				headings = append(headings, b)
				have[b.ID]++
			}
		}
	}
	// The id is the one that most languages give, and of several the first.
	id, at := "", diag.Pos{}
	for _, b := range headings {
		if id == "" || have[b.ID] > have[id] {
			id, at = b.ID, b.Doc.Pos(b.Block)
		}
	}
	for _, b := range headings {
		if b.ID != id {
			a.diags.Warn(b.Doc.Pos(b.Block), HeadingIDDiffers, "ID", b.ID, "Other", id, "Path", at.Path, "Line", at.Line)
		}
	}
	if id == "" || source.AddressFault(id).ID != "" {
		return slugNumber(s)
	}
	return source.Slug(id)
}

func (a *cutter) textPos(t *Text) diag.Pos {
	for _, v := range t.Versions {
		if v.Doc != nil {
			return diag.Pos{Path: v.Doc.Path, Line: 1, Col: 1}
		}
	}
	return diag.Pos{Path: t.ID}
}
