package render

import (
	"bytes"
	"cmp"
	"crypto/sha1" //nolint:gosec // RFC 9562 names UUIDs of version 5 with SHA-1; nothing depends on its strength
	"encoding/xml"
	"fmt"
	"iter"

	"stele/build/site"
)

// Machine yields the files made for programs: robots.txt, the feeds, and, where
// the site's address is known, the site map, which may hold absolute addresses
// only.
func (r *Renderer) Machine() iter.Seq2[string, func() ([]byte, error)] {
	return func(yield func(string, func() ([]byte, error)) bool) {
		if !yield("robots.txt", func() ([]byte, error) { return r.robots(), nil }) {
			return
		}
		if r.site.BaseURL != "" && !yield("sitemap.xml", r.sitemap) {
			return
		}
		for l := range r.site.Langs {
			if r.dated() && !yield(r.feedPath(l), func() ([]byte, error) { return r.feed(l) }) {
				return
			}
		}
	}
}

func (r *Renderer) robots() []byte {
	s := "User-agent: *\nAllow: /\n"
	if r.site.BaseURL != "" {
		s += "Sitemap: " + r.site.Abs("sitemap.xml") + "\n"
	}
	return []byte(s)
}

type urlset struct {
	XMLName xml.Name  `xml:"urlset"`
	NS      string    `xml:"xmlns,attr"`
	XHTML   string    `xml:"xmlns:xhtml,attr"`
	URLs    []siteURL `xml:"url"`
}

type siteURL struct {
	Loc     string    `xml:"loc"`
	LastMod string    `xml:"lastmod,omitempty"`
	Links   []altLink `xml:"xhtml:link"`
}

type altLink struct {
	Rel      string `xml:"rel,attr"`
	Hreflang string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

// sitemap follows sitemaps.org with the alternates of every localized page.
func (r *Renderer) sitemap() ([]byte, error) {
	set := urlset{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	for _, p := range r.site.Pages {
		if p.Kind == site.NotFound || !r.Renders(p.Kind) {
			continue
		}
		u := siteURL{Loc: r.site.Abs(p.Path)}
		if p.Text != nil {
			u.LastMod = lastDate(p.Text)
		}
		for _, a := range r.alternates(p) {
			u.Links = append(u.Links, altLink{"alternate", a.tag, r.site.Abs(a.path)})
		}
		set.URLs = append(set.URLs, u)
	}
	return marshal(set)
}

// variant is a page in an interface language.
type variant struct{ tag, path string }

// alternates lists the page in every interface language, itself included, and
// x-default: the choice of language for the homes, else the first language.
func (r *Renderer) alternates(p *site.Page) []variant {
	if !p.Localized() {
		return nil
	}
	var out []variant
	for l, lang := range r.site.Langs {
		if q := r.site.Page(p.Key, l); q != nil {
			out = append(out, variant{lang.Tag, q.Path})
		}
	}
	if len(out) == 0 {
		return nil // a page beside the site
	}
	def := out[0].path
	if p.Kind == site.Home {
		def = "index.html"
	}
	return append(out, variant{"x-default", def})
}

type atomFeed struct {
	XMLName xml.Name    `xml:"feed"`
	NS      string      `xml:"xmlns,attr"`
	Lang    string      `xml:"xml:lang,attr"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Links   []atomLink  `xml:"link"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Lang string `xml:"hreflang,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title   string     `xml:"title"`
	ID      string     `xml:"id"`
	Links   []atomLink `xml:"link"`
	Updated string     `xml:"updated"`
	Summary string     `xml:"summary,omitempty"`
}

func (r *Renderer) feedPath(lang int) string { return r.site.Langs[lang].Code + "/feed.xml" }

// dated reports whether any text says when it is of; a feed needs that.
func (r *Renderer) dated() bool {
	for _, t := range r.site.Texts {
		if lastDate(t) != "" {
			return true
		}
	}
	return false
}

// feed is an Atom feed (RFC 4287) of the dated texts in one language.
func (r *Renderer) feed(lang int) ([]byte, error) {
	s, home := r.site, r.site.Page(site.Key{Kind: site.Home}, lang)
	at := func(path string) string { return cmp.Or(s.Abs(path), site.Rel(r.feedPath(lang), path)) }
	f := atomFeed{
		NS: "http://www.w3.org/2005/Atom", Lang: s.Langs[lang].Tag, Title: s.Title[lang], ID: r.identify(home.Path),
		Links:  []atomLink{{Rel: "self", Type: "application/atom+xml", Href: at(r.feedPath(lang))}, {Rel: "alternate", Type: "text/html", Href: at(home.Path)}},
		Author: cmp.Or(s.Publisher[lang], s.Title[lang]),
	}
	for _, t := range s.Texts {
		date := lastDate(t)
		p := s.Page(site.ContentsKey(t), lang)
		if date == "" || p == nil {
			continue
		}
		e := atomEntry{Title: t.Versions[lang].Title, ID: r.identify(p.Path), Updated: date + "T00:00:00Z", Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: at(p.Path)}}}
		if d := t.Versions[lang].Doc; d != nil {
			e.Summary = d.Meta.Description
		}
		f.Updated = max(f.Updated, e.Updated)
		f.Entries = append(f.Entries, e)
	}
	return marshal(f)
}

// identify gives a page an IRI that stays: its address, or without a base URL a
// UUID of version 5 over its path.
func (r *Renderer) identify(path string) string {
	if abs := r.site.Abs(path); abs != "" {
		return abs
	}
	h := sha1.Sum([]byte("stele\x00" + r.site.Title[0] + "\x00" + path)) //nolint:gosec // see the import
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// lastDate is the latest date of the text's versions, or "".
func lastDate(t *site.Text) string {
	best := ""
	for _, v := range t.Versions {
		if v.Doc != nil {
			best = max(best, v.Doc.Meta.Date)
		}
	}
	return best
}

func marshal(v any) ([]byte, error) {
	b, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return nil, err
	}
	for _, empty := range []string{"xhtml:link", "link"} { // encoding/xml writes no empty-element tags
		b = bytes.ReplaceAll(b, []byte("></"+empty+">"), []byte("/>"))
	}
	return append([]byte(xml.Header), append(b, '\n')...), nil
}
