package export

import (
	"fmt"
	"iter"
	"strings"

	"stele/build/doc"
	"stele/build/pack"
	"stele/build/site"
)

// UI speaks one interface language.
type UI interface {
	T(id string, pairs ...any) string
	Date(iso string) string
}

// Maker makes the files that people and programs take away. It is immutable;
// its methods may be called concurrently.
type Maker struct {
	Site *site.Site
	UIs  []UI // by language of the site
	// Tags replaces language tags in files for programs that want others:
	// zh-Hans by zh-CN.
	Tags map[string]string
	// File reads a file of the content that is published; pictures come of it.
	File func(path string) ([]byte, error)
	// Zip makes an archive as pack.Zip does; nil for that itself.
	Zip func([]pack.File) ([]byte, error)
}

func (m *Maker) zip(files []pack.File) ([]byte, error) {
	if m.Zip == nil {
		return pack.Zip(files)
	}
	return m.Zip(files)
}

// Make makes one file. The same site gives the same bytes.
func (m *Maker) Make(d *site.Download) ([]byte, error) {
	switch {
	case d.Shape == site.Chronicle:
		return m.versionsJSON(d)
	case d.Shape == site.Compared && d.Format == site.JSON:
		return m.changesJSON(d)
	case d.Shape == site.Compared && d.Format == site.DOCX:
		return m.changesDOCX(d)
	case d.Format == site.TXT:
		return m.txt(d), nil
	case d.Format == site.CSV && d.Text == nil:
		return m.conceptsCSV(d), nil
	case d.Format == site.CSV:
		return m.csv(d), nil
	case d.Format == site.JSON && d.Text == nil:
		return m.glossaryJSON()
	case d.Format == site.JSON:
		return m.textJSON(d)
	case d.Format == site.TMX:
		return m.tmx(d), nil
	case d.Format == site.TBX:
		return m.tbx(d), nil
	case d.Format == site.EPUB:
		return m.epub(d)
	case d.Format == site.DOCX:
		return m.docx(d)
	}
	return nil, fmt.Errorf("a file of the format %q is not made of this", d.Format)
}

// passages yields the passages of a text in reading order.
func passages(t *site.Text) iter.Seq[*site.Passage] {
	return func(yield func(*site.Passage) bool) {
		for _, s := range t.Sections {
			for _, p := range s.Passages {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// tag is the language's tag in files for programs.
func (m *Maker) tag(l int) string {
	lang := m.Site.Langs[l]
	for _, from := range []string{lang.Code, lang.Tag} {
		if to := m.Tags[from]; to != "" {
			return to
		}
	}
	return lang.Tag
}

// status says what a version is worth, in the words of a language.
func (m *Maker) status(d *doc.Document, ui int) string {
	if id := d.Meta.Status.Word(); id != "" {
		return m.UIs[ui].T(id)
	}
	return string(d.Meta.Status)
}

// about is what every file says of a version in the version's own language, a
// fact a line: its status, date, source and licence, and the address.
func (m *Maker) about(t *site.Text, l int) []string {
	v, ui := t.Versions[l], m.UIs[l]
	facts := []string{m.Site.Langs[l].Name + ui.T("colon") + m.status(v.Doc, l)}
	if d := v.Doc.Meta.Date; d != "" {
		facts = append(facts, ui.T("document-of", "Date", ui.Date(d)))
	}
	if s := v.Doc.Meta.Source; s != "" {
		label := ui.T("source")
		if !strings.HasSuffix(label, "：") { // a sign of full width is its own space
			label += " "
		}
		facts = append(facts, label+s)
	}
	if s := m.Site.Licence[l]; s != "" {
		facts = append(facts, s)
	}
	if p := m.Site.Page(site.ContentsKey(t), l); p != nil && m.Site.BaseURL != "" {
		facts = append(facts, m.Site.Abs(p.Path))
	}
	return facts
}
