package export

import (
	"cmp"
	"crypto/sha1" //nolint:gosec // RFC 9562 names UUIDs of version 5 with SHA-1; nothing depends on its strength
	"encoding/xml"
	"fmt"

	"stele/build/site"
)

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

// feed is an Atom feed (RFC 4287) of the dated texts in one language.
func feed(s *site.Site, lang int) ([]byte, error) {
	self, home := s.FeedPath(lang), s.Page(site.Key{Kind: site.Home}, lang)
	at := func(path string) string { return cmp.Or(s.Abs(path), site.Rel(self, path)) }
	f := atomFeed{
		NS: "http://www.w3.org/2005/Atom", Lang: s.Langs[lang].Tag, Title: s.Title[lang], ID: identify(s, home.Path),
		Links:  []atomLink{{Rel: "self", Type: "application/atom+xml", Href: at(self)}, {Rel: "alternate", Type: "text/html", Href: at(home.Path)}},
		Author: cmp.Or(s.Publisher[lang], s.Title[lang]),
	}
	for _, t := range s.Texts {
		date := t.Date()
		p := s.Page(site.ContentsKey(t), lang)
		if date == "" || p == nil {
			continue
		}
		e := atomEntry{Title: t.Versions[lang].Title, ID: identify(s, p.Path), Updated: date + "T00:00:00Z", Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: at(p.Path)}}}
		if d := t.Versions[lang].Doc; d != nil {
			e.Summary = d.Meta.Description
		}
		f.Updated = max(f.Updated, e.Updated)
		f.Entries = append(f.Entries, e)
		f.Entries = append(f.Entries, revisionEntries(s, t, lang, at)...)
	}
	return marshal(f)
}

// identify gives a page an IRI that stays: its address, or without a base URL a
// UUID of version 5 over its path.
func identify(s *site.Site, path string) string {
	if abs := s.Abs(path); abs != "" {
		return abs
	}
	return uuid(s.Title[0] + "\x00" + path)
}

// uuid is a UUID of version 5 of the name.
func uuid(name string) string {
	h := sha1.Sum([]byte("stele\x00" + name)) //nolint:gosec // see the import
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}
