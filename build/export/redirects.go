package export

import (
	"fmt"
	"net/url"
	"strings"

	"stele/build/site"
)

// RedirectsPath is where hosts such as Netlify, Cloudflare Pages and GitLab Pages
// look for the addresses that lead to others.
const RedirectsPath = "_redirects"

// Redirects is a file for hosts that answer an old address by themselves, which
// is kinder to links and search engines than the pages that stand there. own are
// the site owner's lines, which come first; fragments are left to the pages.
func Redirects(s *site.Site, renders func(site.Kind) bool, own []byte) []byte {
	root := "/"
	if u, err := url.Parse(s.BaseURL); err == nil && strings.HasSuffix(u.EscapedPath(), "/") {
		root = u.EscapedPath()
	}
	var b strings.Builder
	b.Write(own)
	if len(own) > 0 && own[len(own)-1] != '\n' {
		b.WriteByte('\n')
	}
	for _, p := range s.Moved {
		if renders(p.To.Kind) && renders(p.Kind) {
			from, to := root+site.Escape(p.Path), root+site.Escape(p.To.Path)
			fmt.Fprintf(&b, "%s %s 301\n", from, to)
			if folder, ok := strings.CutSuffix(from, "/index.html"); ok {
				fmt.Fprintf(&b, "%s/ %s 301\n", folder, to)
			}
		}
	}
	return []byte(b.String())
}
