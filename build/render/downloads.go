package render

import (
	"strings"

	"stele/build/site"
)

// Sizes tells how many bytes a published file has, by its path.
type Sizes func(path string) (int, error)

// Sized is the renderer with the sizes of downloads, which are asked for when a
// page shows them.
func (r *Renderer) Sized(sizes Sizes) *Renderer {
	c := *r
	c.sizes = sizes
	return &c
}

// DownloadsPage lists the files that readers and programs take away.
type DownloadsPage struct {
	Frame
	Groups []DownloadGroup // the texts, and last the glossary
	Pages  []Link          // those that the list goes over; empty where it is one
	Prev   *Link           // the page before; nil on the first
	Next   *Link           // the page after; nil on the last
}

// DownloadGroup is the files of a text, or of the glossary.
type DownloadGroup struct {
	Title    Words          // of the text
	Versions []Version      // what is in the files and what it is worth; none for the glossary
	Files    []DownloadFile // in the formats that are published
	Row      string         // the address of a passage by itself, as an example; empty where there are none
}

// DownloadFile is a file to take away.
type DownloadFile struct {
	Href string  // relative to the page
	Type string  // its media type
	Name string  // the format in a reader's words
	In   []Words // the languages in it
	Into bool    // it leads from the first language into the second
	Size string  // empty where it is not known
}

func (c context) downloads() (DownloadsPage, error) {
	p := DownloadsPage{Frame: c.frame(c.T("downloads"), c.T("downloads-intro"))}
	texts, last := c.site.DownloadTexts(c.page.Key.Section)
	for _, t := range texts {
		v := t.Versions[c.page.Lang]
		g := DownloadGroup{Title: c.words(v.Title, v.TitleLang), Versions: c.versions(t)}
		if path, pointer, ok := strings.Cut(c.site.RowsAddress(t), "#"); ok {
			g.Row = c.rel(path) + "#" + pointer + row1(t)
		}
		if err := c.files(&g, t); err != nil {
			return p, err
		}
		p.Groups = append(p.Groups, g)
	}
	if last {
		g := DownloadGroup{Title: c.said(c.page.Lang, "glossary")}
		if err := c.files(&g, nil); err != nil {
			return p, err
		}
		if len(g.Files) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	count := (len(c.site.Texts) + site.PerDownloads - 1) / site.PerDownloads
	p.Pages, p.Prev, p.Next = c.pagesOf(c.page.Key.Section, count, func(n int) site.Key { return site.Key{Kind: site.DownloadsPage, Section: n} })
	return p, nil
}

// files adds the downloads of a text, or for none those of the glossary.
func (c context) files(g *DownloadGroup, t *site.Text) error {
	for _, d := range c.site.DownloadsOf(t) {
		f, err := c.download(d)
		if err != nil {
			return err
		}
		g.Files = append(g.Files, f)
	}
	return nil
}

// row1 is the anchor of the text's first passage that is not its title.
func row1(t *site.Text) string {
	for _, s := range t.Sections {
		for _, p := range s.Passages {
			if !p.Opens && !p.Empty() {
				return p.Anchor()
			}
		}
	}
	return ""
}

func (c context) download(d *site.Download) (DownloadFile, error) {
	f := DownloadFile{Href: c.rel(d.Path), Type: d.Format.MediaType(), Name: c.formatName(d), Into: d.Shape == site.Pair && d.Format == site.XLIFF}
	for _, l := range d.Langs {
		f.In = append(f.In, c.words(c.site.Langs[l].Name, l))
	}
	if c.sizes == nil {
		return f, nil
	}
	n, err := c.sizes(d.Path)
	f.Size = c.T("size-kb", "Number", c.ui.Number(max(1, (n+512)/1024)))
	return f, err
}

// formatName is the format in a reader's words.
func (c context) formatName(d *site.Download) string {
	switch d.Shape {
	case site.Numbered:
		return c.T("format-txt-numbered")
	case site.Older:
		return c.T("format-tbx-older")
	}
	return c.T(formatWords[d.Format])
}

var formatWords = map[site.Format]string{
	site.DOCX: "format-docx", site.EPUB: "format-epub", site.TXT: "format-txt", site.TMX: "format-tmx", site.XLIFF: "format-xliff",
	site.TBX: "format-tbx", site.CSV: "format-csv", site.JSON: "format-json",
}

// alternateFiles are the downloads that say the same as the page: those of its
// text that have all its languages or its own version, or those of the glossary.
func (c context) alternateFiles() []DownloadFile {
	p := c.page
	inGlossary := p.Kind == site.GlossaryIndex || p.Kind == site.ConceptPage
	if p.Kind != site.TextContents && p.Kind != site.TextFull && !inGlossary {
		return nil
	}
	var out []DownloadFile
	for _, d := range c.site.DownloadsOf(p.Text) {
		if d.Shape == site.Whole || d.Shape == site.Single && d.Langs[0] == p.Lang {
			out = append(out, DownloadFile{Href: c.rel(d.Path), Type: d.Format.MediaType(), Name: c.formatName(d)})
		}
	}
	return out
}
