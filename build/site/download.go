package site

import (
	"path"
	"slices"
	"strings"
)

// Format is a kind of file that readers and programs take away.
type Format string

// The formats, as site.yaml and the command name them.
const (
	DOCX  Format = "docx"  // the text as a Word document
	EPUB  Format = "epub"  // as a book
	TXT   Format = "txt"   // a version as plain text
	TMX   Format = "tmx"   // a translation memory
	XLIFF Format = "xliff" // for programs of translators
	TBX   Format = "tbx"   // the glossary for such programs
	CSV   Format = "csv"   // a table
	JSON  Format = "json"  // everything, each passage with an address of its own, for programs
)

// Formats lists all formats, those for readers first.
var Formats = []Format{DOCX, EPUB, TXT, TMX, XLIFF, TBX, CSV, JSON}

// Shape says what of a text a download has, where its format leaves a choice.
type Shape uint8

const (
	Whole     Shape = iota // all its languages side by side
	Single                 // one version
	Numbered               // one version with the numbers of its passages
	Pair                   // two versions, from the first into the second
	Older                  // in an older form of the format
	Compared               // what changed from one version to another
	Chronicle              // all versions, in short
)

// Download is a file that readers and programs take away.
type Download struct {
	Format Format
	Shape  Shape
	Text   *Text // nil for the glossary
	Langs  []int // whose words are in it, in this order
	Path   string

	Comparison *Comparison // of a file of changes
}

// Beyond so many languages a text has no files for every two of them, and beyond
// so many no table with a column for each. The command makes them all the same.
const (
	maxPaired  = 6
	maxColumns = 4
)

// Beyond so many texts, each is published as a table and as data alone, unless the
// owner chose the formats: a thousand texts in all forms are tens of thousands of
// files, of which nearly all would be made for nobody.
const maxFull = 50

// sparing reports whether there are few formats of a text.
func (s *Site) sparing() bool { return !s.Options.Chosen && len(s.Texts) > maxFull }

// dataFolder is where downloads are published.
const dataFolder = "data/"

// Offers reports whether the format is published.
func (s *Site) Offers(f Format) bool { return slices.Contains(s.Options.Downloads, f) }

// Downloads lists the files of the formats that are published, text by text,
// and last those of the glossary.
func (s *Site) Downloads() []*Download {
	var out []*Download
	for _, t := range s.Texts {
		out = append(out, s.DownloadsOf(t)...)
	}
	return append(out, s.DownloadsOf(nil)...)
}

// DownloadsOf lists the files of a text, or of the glossary for none.
func (s *Site) DownloadsOf(t *Text) []*Download {
	if r := s.revisions[t]; r != nil && !r.Present() {
		return s.downloadsOfRevision(r)
	}
	var out []*Download
	for _, f := range Formats {
		if s.Offers(f) {
			out = append(out, s.downloads(t, f)...)
		}
	}
	return out
}

// downloads lists the files of a text, or of the glossary, in a format.
func (s *Site) downloads(t *Text, f Format) []*Download {
	if t == nil {
		return s.glossaryDownloads(f)
	}
	if s.sparing() && f != CSV && f != JSON {
		return nil
	}
	var have []int
	for l, v := range t.Versions {
		if v.Doc != nil {
			have = append(have, l)
		}
	}
	var out []*Download
	add := func(shape Shape, langs ...int) {
		out = append(out, s.Download(t, f, shape, langs))
	}
	each := func(shape Shape) {
		for _, l := range have {
			add(shape, l)
		}
	}
	switch f {
	case DOCX:
		if len(have) > 1 {
			add(Whole, have[:min(len(have), maxColumns)]...)
		}
		each(Single)
	case EPUB:
		add(Whole, have...)
	case TXT:
		each(Single)
		each(Numbered)
	case TMX:
		if len(have) > 1 {
			add(Whole, have...)
		}
		if len(have) > 2 && len(have) <= maxPaired {
			for i, a := range have {
				for _, b := range have[i+1:] {
					add(Pair, a, b)
				}
			}
		}
	case XLIFF:
		if len(have) <= maxPaired {
			for _, a := range have {
				for _, b := range have {
					if a != b {
						add(Pair, a, b)
					}
				}
			}
		}
	case CSV, JSON:
		add(Whole, have...)
	}
	return out
}

func (s *Site) glossaryDownloads(f Format) []*Download {
	if len(s.Concepts) == 0 {
		return nil
	}
	all := make([]int, len(s.Langs))
	for l := range all {
		all[l] = l
	}
	switch f {
	case TBX:
		return []*Download{s.Download(nil, f, Whole, all), s.Download(nil, f, Older, all)}
	case CSV, JSON:
		return []*Download{s.Download(nil, f, Whole, all)}
	}
	return nil
}

// extensions of the formats, where they are others than their names.
var extensions = map[Format]string{XLIFF: "xlf"}

// Download describes a file, which need not be published.
func (s *Site) Download(t *Text, f Format, shape Shape, langs []int) *Download {
	name := dataFolder + "glossary/glossary"
	switch {
	case t != nil && s.sparing(): // folders for two files each are dear on a disk
		name = dataFolder + t.Slug
	case t != nil:
		name = dataFolder + t.Slug + "/" + path.Base(t.Slug)
	}
	if shape == Single || shape == Numbered || shape == Pair {
		codes := make([]string, len(langs))
		for i, l := range langs {
			codes[i] = s.Langs[l].Code
		}
		name += "." + strings.Join(codes, "-")
	}
	switch shape {
	case Numbered:
		name += ".numbered"
	case Older:
		name += ".v2"
	}
	ext := extensions[f]
	if ext == "" {
		ext = string(f)
	}
	return &Download{Format: f, Shape: shape, Text: t, Langs: langs, Path: name + "." + ext}
}

// RowsAddress is the address of the text's passages as data, from the site's
// root, to which the anchor of a passage is added: a JSON Pointer (RFC 6901) into
// the text's file. Empty where that is not published.
func (s *Site) RowsAddress(t *Text) string {
	if !s.Offers(JSON) {
		return ""
	}
	if r := s.revisions[t]; r != nil && !r.Present() {
		return s.downloadsOfRevision(r)[0].Path + "#/rows/"
	}
	return s.Download(t, JSON, Whole, nil).Path + "#/rows/"
}

// MediaType is the media type of the format.
func (f Format) MediaType() string {
	return map[Format]string{
		DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		EPUB: "application/epub+zip", TXT: "text/plain", TMX: "application/x-tmx+xml", XLIFF: "application/x-xliff+xml",
		TBX: "application/x-tbx+xml", CSV: "text/csv", JSON: "application/json",
	}[f]
}
