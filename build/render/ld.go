package render

import (
	"cmp"

	"stele/build/doc"
	"stele/build/site"
)

// node is a JSON-LD object of schema.org. Its keys are written in order of
// the alphabet, the same in every build.
type node map[string]any

const vocabulary = "https://schema.org"

// put sets a key that has a value; addresses are empty without a base URL.
func (n node) put(key, value string) {
	if value != "" {
		n[key] = value
	}
}

func (c context) address(k site.Key, lang int) string {
	if p := c.site.Page(k, lang); p != nil {
		return c.site.Abs(p.Path)
	}
	return ""
}

func (c context) homeLD() node {
	l := c.page.Lang
	n := node{"@context": vocabulary, "@type": "WebSite", "name": c.site.Title[l], "inLanguage": c.site.Langs[l].Tag}
	n.put("url", c.site.Abs(c.page.Path))
	n.put("@id", c.site.Abs(c.page.Path))
	if p := c.site.Publisher[l]; p != "" {
		n["publisher"] = node{"@type": "Organization", "name": p}
	}
	return n
}

// work is a language version of a text, in short.
func (c context) work(t *site.Text, lang int) node {
	v := t.Versions[lang]
	n := node{"@type": "CreativeWork", "name": v.Title, "inLanguage": c.site.Langs[lang].Tag}
	n.put("@id", c.address(site.ContentsKey(t), lang))
	n.put("url", c.address(site.ContentsKey(t), lang))
	if v.Doc != nil {
		n.put("datePublished", v.Doc.Meta.Date)
	}
	return n
}

// textLD describes a text, or a section as a part of one. A version is a
// translation only where its front matter says so.
func (c context) textLD(t *site.Text, s *site.Section, name string) node {
	l := c.page.Lang
	n := c.work(t, l)
	v := t.Versions[l]
	if v.Doc != nil {
		n.put("creativeWorkStatus", c.status(v.Doc.Meta.Status))
		n.put("description", v.Doc.Meta.Description)
	}
	var others []any
	for m, o := range t.Versions {
		if m != l && o.Doc != nil && v.Doc != nil && translation(o.Doc) != translation(v.Doc) {
			others = append(others, c.work(t, m))
		}
	}
	if len(others) > 0 {
		n[map[bool]string{true: "translationOfWork", false: "workTranslation"}[translation(v.Doc)]] = others
	}
	if s != nil {
		part := node{"@type": "CreativeWork", "name": name, "inLanguage": c.site.Langs[l].Tag, "isPartOf": n, "position": s.Index + 1}
		part.put("@id", c.site.Abs(c.page.Path))
		part.put("url", c.site.Abs(c.page.Path))
		n = part
	}
	n["@context"] = vocabulary
	return n
}

func translation(d *doc.Document) bool {
	return d.Meta.Status == doc.Working || d.Meta.Status == doc.Official
}

func (c context) termSet(name string, k site.Key) node {
	n := node{"@type": "DefinedTermSet", "name": name, "inLanguage": c.site.Langs[c.page.Lang].Tag}
	n.put("@id", c.address(k, c.page.Lang))
	n.put("url", c.address(k, c.page.Lang))
	return n
}

func (c context) glossaryLD(name string, concepts []*site.Concept) node {
	n := c.termSet(name, c.page.Key)
	n["@context"] = vocabulary
	var terms []any
	for _, k := range concepts {
		t := node{"@type": "DefinedTerm", "name": c.site.Name(k, c.page.Lang)}
		t.put("@id", c.address(site.Key{Kind: site.ConceptPage, ID: k.ID}, c.page.Lang))
		terms = append(terms, t)
	}
	n["hasDefinedTerm"] = terms
	return n
}

func (c context) conceptLD(k *site.Concept, name string) node {
	n := node{
		"@context": vocabulary, "@type": "DefinedTerm", "name": name, "termCode": k.ID,
		"inLanguage":       c.site.Langs[c.page.Lang].Tag,
		"inDefinedTermSet": c.termSet(c.T("glossary"), site.Key{Kind: site.GlossaryIndex}),
	}
	n.put("@id", c.site.Abs(c.page.Path))
	n.put("url", c.site.Abs(c.page.Path))
	n.put("description", c.definition(k, c.page.Lang).Text)
	var names []any
	for _, l := range c.order() {
		for _, m := range k.Names[c.site.Langs[l].Code] {
			if m.Text != name {
				names = append(names, node{"@value": m.Text, "@language": cmp.Or(c.site.Langs[l].Tag, "und")})
			}
		}
	}
	if len(names) > 0 {
		n["alternateName"] = names
	}
	return n
}
