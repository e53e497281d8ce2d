// Package render turns pages of a site into HTML with the templates of a theme.
// Templates are simple: every word, link and class they need is in a typed page
// struct made here. It is the only package that knows html/template; it reads
// the site and never changes it, and it knows nothing of files or the network.
package render

import (
	"bytes"
	"fmt"
	"html/template"
	"iter"

	"stele/build/artifact"
	"stele/build/site"
)

// UI speaks one interface language: words by id with named values, and the
// forms of numbers and dates.
type UI interface {
	T(id string, pairs ...any) string
	// Spoken is the language (BCP 47) that the message is in, which is another where
	// the interface has none; empty for what is in no language.
	Spoken(id string) string
	Number(n int) string
	Percent(share float64) string
	Date(iso string) string
}

// Renderer writes the pages of one site. It is immutable; its methods may be
// called concurrently.
type Renderer struct {
	site     *site.Site
	theme    *Theme
	uis      []UI          // by language of the site
	sizes    Sizes         // of downloads; may be nil
	speeches []speech      // by language of the site
	cells    func() *Cells // of the text whose pages are made; nil for writing each page by itself
	// first is the text whose standing pages tell that are of no text; it is looked
	// for once, not for each page.
	first *site.Text
}

// For binds the theme to a site; uis holds the interface of each of the site's
// languages, in their order. It is cheap: a preview keeps the theme and calls
// For on every rebuild.
func (t *Theme) For(s *site.Site, uis []UI) *Renderer {
	if len(uis) != len(s.Langs) {
		panic(fmt.Sprintf("render: %d interfaces for %d languages", len(uis), len(s.Langs)))
	}
	tags := make([]string, len(s.Langs))
	for i, l := range s.Langs {
		tags[i] = l.Tag
	}
	return &Renderer{site: s, theme: t.Speaking(tags), uis: uis, speeches: speechesOf(s.Langs), first: firstText(s.Texts)}
}

// Renders reports whether the theme has a layout for the kind of page. Pages
// of other kinds are not published and nothing links to them.
func (r *Renderer) Renders(k site.Kind) bool { return r.theme.pages[layouts[k]] != nil }

// Standing is the text whose standing pages tell that are of no text; nil if there is
// none that could.
func (r *Renderer) Standing() *site.Text { return r.first }

// Assets yields the theme's assets.
func (r *Renderer) Assets() iter.Seq[artifact.Artifact] {
	if !r.site.Versioned() {
		return r.theme.without(historyAssets).Assets()
	}
	return r.theme.Assets()
}

// Pages yields the pages that are published, sorted by path.
func (r *Renderer) Pages() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		for _, p := range r.site.Pages {
			if a, ok := r.Artifact(p); ok && !yield(a) {
				return
			}
		}
	}
}

// Moved yields the pages at old addresses, sorted by path.
func (r *Renderer) Moved() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		for _, p := range r.site.Moved {
			if a, ok := r.Artifact(p); ok && r.Renders(p.To.Kind) && !yield(a) {
				return
			}
		}
	}
}

// Artifact is one page as it is published, if it is.
func (r *Renderer) Artifact(p *site.Page) (artifact.Artifact, bool) {
	if !r.Renders(p.Kind) {
		return artifact.Artifact{}, false
	}
	return artifact.Artifact{Path: p.Path, Make: func() ([]byte, error) { return r.Page(p) }}, true
}

// Page writes one page. The same site and theme give the same bytes.
func (r *Renderer) Page(p *site.Page) ([]byte, error) {
	t := r.theme.pages[layouts[p.Kind]]
	if t == nil {
		return nil, fmt.Errorf("render %s: the theme has no layout for this kind of page", p.Path)
	}
	w := sheet{places: r.theme.loops[layouts[p.Kind]], layout: layouts[p.Kind]}
	data, err := r.data(p, &w)
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", p.Path, err)
	}
	w.Grow(sizeOf(data))
	if err := t.ExecuteTemplate(&w, "page", data); err != nil {
		return nil, fmt.Errorf("render %s: %w", p.Path, layoutFault(err))
	}
	return tidy(w.Bytes()), nil
}

// sizeOf guesses how long a page will be, so that its bytes need not be moved while
// it grows.
func sizeOf(data any) int {
	n := 12 << 10
	if p, ok := data.(TextPage); ok {
		for _, r := range p.Rows {
			n += 256
			for _, c := range r.Cells {
				n += 64 + len(c.HTML)
			}
		}
	}
	return n
}

// layouts names each kind's file in layouts/, without ".html". The editors'
// desk brings its own.
var layouts = map[site.Kind]string{
	site.Choice:        "choice",
	site.NotFound:      "notfound",
	site.Home:          "home",
	site.TextContents:  "contents",
	site.TextSection:   "text",
	site.TextFull:      "text",
	site.GlossaryIndex: "glossary",
	site.GlossaryGroup: "glossary",
	site.FolderIndex:   "folder",
	site.ConceptPage:   "concept",
	site.Timeline:      "timeline",
	site.Search:        "search",
	site.DownloadsPage: "downloads",
	site.Editors:       "editors",
	site.Moved:         "moved",
	site.Versions:      "versions",
	site.Changes:       "changes",
}

// data returns the page struct of the page.
func (r *Renderer) data(p *site.Page, w *sheet) (any, error) {
	c := context{r, p, r.uis[p.Lang], w}
	switch p.Kind {
	case site.Choice:
		return c.choice(), nil
	case site.NotFound:
		return c.notFound(), nil
	case site.Home:
		return c.home(), nil
	case site.TextContents:
		return c.contents(), nil
	case site.TextSection, site.TextFull:
		return c.text(), nil
	case site.FolderIndex:
		return c.folder(), nil
	case site.GlossaryIndex, site.GlossaryGroup:
		return c.glossary(), nil
	case site.ConceptPage:
		return c.concept(), nil
	case site.Timeline:
		return c.timeline(), nil
	case site.Search:
		return c.search(), nil
	case site.DownloadsPage:
		return c.downloads()
	case site.Moved:
		return c.moved(), nil
	case site.Versions:
		return c.versionsPage(), nil
	case site.Changes:
		return c.changesPage()
	}
	return nil, nil //nolint:nilnil // a kind without a page
}

// context is what the makers of page structs share: the page in the making and
// the interface it speaks.
type context struct {
	*Renderer
	page *site.Page
	ui   UI

	sheet *sheet // of the page; nil where its parts are made for themselves
}

// T is the interface's word.
func (c context) T(id string, pairs ...any) string { return c.ui.T(id, pairs...) }

// rel is the relative reference from this page to a path of the site.
func (c context) rel(path string) string { return site.Rel(c.page.Path, path) }

// href is the relative reference to a page in the page's language, or "".
func (c context) href(k site.Key) string {
	if p := c.site.Page(k, c.page.Lang); p != nil {
		return c.rel(p.Path)
	}
	return ""
}

// tidy removes the blank lines and trailing spaces that template actions leave
// on lines of their own. Preformatted text has none: see writeCode.
func tidy(b []byte) []byte {
	out := b[:0] // never longer than what was read
	pre, some := false, bytes.Contains(b, []byte("<pre"))
	for line := range bytes.Lines(b) {
		if !pre {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			for line[0] == ' ' || line[0] == '\t' {
				line = line[1:]
			}
		}
		if some { // few pages have any, and to look for the last in each line is slow
			switch open, end := bytes.LastIndex(line, []byte("<pre")), bytes.LastIndex(line, []byte("</pre>")); {
			case open > end:
				pre = true
			case end > open:
				pre = false
			}
		}
		out = append(out, line...)
	}
	return out
}

// raw marks HTML that this package wrote itself.
func raw(s string) template.HTML { return template.HTML(s) }
