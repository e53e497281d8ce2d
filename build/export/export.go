// Package export makes of a site the files that programs read: robots.txt, the
// site map, the feeds. It reads the site and never changes it; it knows neither
// themes nor the file system.
package export

import (
	"bytes"
	"encoding/xml"
	"iter"

	"stele/build/artifact"
	"stele/build/site"
)

// ForCrawlers yields robots.txt, the feeds and, where the site's address is
// known, the site map, which may hold absolute addresses only. renders tells
// which kinds of pages are published: the site map names no others.
func ForCrawlers(s *site.Site, renders func(site.Kind) bool) iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		if !yield(artifact.Artifact{Path: "robots.txt", Make: func() ([]byte, error) { return robots(s), nil }}) {
			return
		}
		if s.BaseURL != "" && !yield(artifact.Artifact{Path: sitemapPath, Make: func() ([]byte, error) { return sitemap(s, renders) }}) {
			return
		}
		for l := range s.Langs {
			if p := s.FeedPath(l); p != "" && !yield(artifact.Artifact{Path: p, Make: func() ([]byte, error) { return feed(s, l) }}) {
				return
			}
		}
	}
}

const sitemapPath = "sitemap.xml"

func robots(s *site.Site) []byte {
	text := "User-agent: *\nAllow: /\n"
	if s.BaseURL != "" {
		text += "Sitemap: " + s.Abs(sitemapPath) + "\n"
	}
	return []byte(text)
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
