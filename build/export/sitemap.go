package export

import (
	"encoding/xml"

	"stele/build/site"
)

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
func sitemap(s *site.Site, renders func(site.Kind) bool) ([]byte, error) {
	set := urlset{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	for _, p := range s.Pages {
		if p.Kind == site.NotFound || !renders(p.Kind) || p.Section != nil && p.Section.Role == site.Gone || !s.InForeground(p) {
			continue
		}
		u := siteURL{Loc: s.Abs(p.Path)}
		if p.Text != nil {
			u.LastMod = p.Text.Date()
		}
		for _, a := range s.Alternates(p) {
			u.Links = append(u.Links, altLink{"alternate", a.Tag, s.Abs(a.Path)})
		}
		set.URLs = append(set.URLs, u)
	}
	return marshal(set)
}
