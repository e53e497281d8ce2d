package site

import (
	"net/url"
	"slices"
	"strings"
)

// Kind is what a page is.
type Kind uint8

const (
	Choice       Kind = iota // choice of language, at the root
	NotFound                 // 404
	Home                     // a language's start page
	TextContents             // contents of a text in sections
	TextSection              // one section
	TextFull                 // a whole text on one page
	GlossaryIndex
	GlossaryGroup // the concepts of one folder
	FolderIndex   // the texts of a folder, or a part of them
	ConceptPage
	Timeline
	Search
	DownloadsPage // the files to take away
	Editors       // the editors' desk; only in the preview
	Moved         // an old address, which leads to another page
	Versions      // the versions of a text
	Changes       // what changed from one version of a text to another
)

// Key names a page apart from its language.
type Key struct {
	Kind    Kind
	Text    string // text id
	Section int    // index of the section, or of the page where there are several
	ID      string // concept id, the folder of a GlossaryGroup or FolderIndex, or the name of a Comparison
}

type pageKey struct {
	Key
	lang int
}

// Page is one page of the site.
type Page struct {
	Key
	Lang int    // index of the interface language; 0 for pages without one
	Path string // from the site's root, with slashes: "ru/strategy/security.html"

	Text    *Text
	Section *Section
	Concept *Concept
	Folder  *Folder

	Comparison *Comparison // of a page of changes

	To       *Page  // of a Moved page: where it leads
	Fragment string // of To; may be empty
}

// Page returns the page of the key in the language, or nil.
func (s *Site) Page(k Key, lang int) *Page { return s.pages[pageKey{k, lang}] }

// At returns the page with the path, or nil.
func (s *Site) At(path string) *Page {
	i, ok := slices.BinarySearchFunc(s.Pages, path, func(p *Page, path string) int { return strings.Compare(p.Path, path) })
	if !ok {
		return nil
	}
	return s.Pages[i]
}

// Localized reports whether the page exists once per interface language.
func (p *Page) Localized() bool { return p.Kind != Choice && p.Kind != NotFound }

// Alternate is a page in an interface language.
type Alternate struct {
	Tag  string // of the language, or "x-default"
	Path string
}

// Alternates lists the page in every interface language, itself included, and
// x-default: the choice of language for the homes, else the first language.
func (s *Site) Alternates(p *Page) []Alternate {
	if !p.Localized() {
		return nil
	}
	var out []Alternate
	for l, lang := range s.Langs {
		if q := s.Page(p.Key, l); q != nil {
			out = append(out, Alternate{lang.Tag, q.Path})
		}
	}
	if len(out) == 0 {
		return nil // a page beside the site
	}
	def := out[0].Path
	if p.Kind == Home {
		def = "index.html"
	}
	return append(out, Alternate{"x-default", def})
}

// FeedPath is the path of the language's feed; empty where no text says when it
// is of, which a feed needs.
func (s *Site) FeedPath(lang int) string {
	if !s.dated {
		return ""
	}
	return s.Langs[lang].Code + "/feed.xml"
}

// OpenSearchPath is the path of the description by which browsers offer the
// search in the language; empty where the site's address is not known.
func (s *Site) OpenSearchPath(lang int) string {
	if s.BaseURL == "" || s.Page(Key{Kind: Search}, lang) == nil {
		return ""
	}
	return s.Langs[lang].Code + "/opensearch.xml"
}

// PassageKey returns the key of the page that shows the passage.
func PassageKey(p *Passage) Key {
	t := p.Section.Text
	if t.Layout == "page" {
		return Key{Kind: TextFull, Text: t.ID}
	}
	return Key{Kind: TextSection, Text: t.ID, Section: p.Section.Index}
}

// PassageKeyIn returns the key of the page that shows the passage to readers of a
// language, which may have it in another section than the others. The page of
// PassageKey leads there.
func PassageKeyIn(p *Passage, lang int) Key {
	k := PassageKey(p)
	if k.Kind == TextSection {
		k.Section = p.home(lang).Index
	}
	return k
}

// ContentsKey returns the key of the page a text is entered by.
func ContentsKey(t *Text) Key {
	if t.Layout == "page" {
		return Key{Kind: TextFull, Text: t.ID}
	}
	return Key{Kind: TextContents, Text: t.ID}
}

// Rel returns the relative reference from the page at path from to the path to,
// percent-encoded; both are paths from the site's root.
func Rel(from, to string) string {
	same := 0 // how long the folders are that both are in
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			same = i + 1
		}
	}
	ups, rest := strings.Count(from[same:], "/"), to[same:]
	if !plainPath(rest) {
		segments := strings.Split(rest, "/")
		for i, s := range segments {
			segments[i] = url.PathEscape(s)
		}
		rest = strings.Join(segments, "/")
		if first, _, _ := strings.Cut(rest, "/"); ups == 0 && strings.Contains(first, ":") {
			return "./" + rest // else it would read as a scheme
		}
	}
	switch ups {
	case 0:
		return rest
	case 1:
		return "../" + rest
	case 2:
		return "../../" + rest
	}
	return strings.Repeat("../", ups) + rest
}

// plainPath reports whether all of a path stands in an address as it is. A site links
// some hundred thousand times, and hardly ever to another.
func plainPath(path string) bool {
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', 'A' <= c && c <= 'Z', c == '-', c == '_', c == '.', c == '~', c == '/':
		default:
			return false
		}
	}
	return true
}

// Abs returns the absolute address of the path, or "" without a base URL.
func (s *Site) Abs(path string) string {
	if s.BaseURL == "" {
		return ""
	}
	return s.BaseURL + Escape(path)
}

// Escape percent-encodes a path of the site.
func Escape(path string) string {
	segs := strings.Split(path, "/")
	for i := range segs {
		segs[i] = url.PathEscape(segs[i])
	}
	return strings.Join(segs, "/")
}
