package export

import (
	"encoding/xml"
	"iter"

	"stele/build/artifact"
	"stele/build/site"
)

// OpenSearch yields the descriptions by which browsers offer the search of the
// site, one for each language and the first language's at the root. Where the
// site's address is not known there are none: they may hold absolute addresses
// only.
func OpenSearch(s *site.Site, renders func(site.Kind) bool) iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		for l := range s.Langs {
			path := s.OpenSearchPath(l)
			make := func() ([]byte, error) { return openSearch(s, l) }
			if path == "" || !renders(site.Search) || !yield(artifact.Artifact{Path: path, Make: make}) || l == 0 && !yield(artifact.Artifact{Path: "opensearch.xml", Make: make}) {
				return
			}
		}
	}
}

type openSearchDescription struct {
	XMLName     xml.Name        `xml:"OpenSearchDescription"`
	NS          string          `xml:"xmlns,attr"`
	ShortName   string          `xml:"ShortName"`
	LongName    string          `xml:"LongName,omitempty"`
	Description string          `xml:"Description"`
	Language    string          `xml:"Language"`
	Encoding    string          `xml:"InputEncoding"`
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Method   string `xml:"method,attr,omitempty"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

// openSearch follows OpenSearch 1.1, which limits the names to 16 and 48
// characters and the description to 1024.
func openSearch(s *site.Site, l int) ([]byte, error) {
	page := s.Page(site.Key{Kind: site.Search}, l)
	d := openSearchDescription{
		NS:        "http://a9.com/-/spec/opensearch/1.1/",
		ShortName: clip(s.Title[l], 16), LongName: clip(s.Title[l], 48), Description: clip(s.Title[l], 1024),
		Language: s.Langs[l].Tag, Encoding: "UTF-8",
		URLs: []openSearchURL{
			{Type: "text/html", Method: "get", Template: s.Abs(page.Path) + "?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Rel: "self", Template: s.Abs(s.OpenSearchPath(l))},
		},
	}
	return marshal(d)
}

// clip is the beginning of a text that is too long.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
