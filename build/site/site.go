// Package site is the whole: texts cut into sections and passages, concepts
// with every place that names them, every page with its address, every link
// resolved. It is built once per run by Assemble and only read afterwards, by
// many users at once. It knows nothing of HTML, files or themes.
package site

import (
	"iter"
	"slices"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/lang"
	"stele/build/record"
	"stele/build/sentence"
	"stele/build/source"
)

// Lang is a language of the site.
type Lang struct {
	Code string // in file names and addresses: "zh"
	Tag  string // BCP 47, for lang and hreflang: "zh-Hans"
	Name string // in the language itself: "中文"
}

// Input is what Assemble needs.
type Input struct {
	Langs     []Lang            // required, in the order of the columns
	Title     map[string]string // the site's title by language
	Name      string            // its title where there is none and it has several texts; else the first text's stands in
	Publisher map[string]string
	Licence   map[string]string
	BaseURL   string             // absolute, ends in "/"; empty if not known
	Order     []string           // texts that come first, in this order
	Folders   []glossary.Heading // folders of texts, in order, with what they are called
	Options   Options
	Texts     []TextInput
	Earlier   []Earlier // versions of the texts
	Concepts  []*glossary.Concept
	Scheme    glossary.Scheme // of the concepts
	// OldLangs and OldGroups are names that languages and groups of the glossary
	// had in addresses, by the name they have now.
	OldLangs, OldGroups map[string][]source.Alias
	// Files are the other files of the content folder (images …), sorted; Static
	// those that are published as they are, at the same path.
	Files, Static []string
	// Damaged are the files of texts and concepts that are there and cannot be used,
	// sorted: what leads to them is no fault of its own.
	Damaged []string
}

// Options are choices the site's owner made about what readers see.
type Options struct {
	StaleMarks bool // mark passages whose languages have not followed a change
	Sentences  bool // mark sentences that say the same
	Columns    int  // languages shown at first, in the order of the site; 0 = all
	// Downloads are the formats that are published as files to take away.
	Downloads []Format
	// Chosen tells that the owner named them.
	Chosen bool
}

// TextInput is one text's versions, their alignment and the names found in them.
type TextInput struct {
	ID      string
	Slug    string               // the folder, made safe for addresses; ID if empty
	Docs    []*doc.Document      // in the order of Table.Langs
	Table   *record.Table        // required
	Matches [][][]glossary.Match // per document, per block
	Record  *record.Record       // for the addresses that it keeps; may be nil
	// Frozen is an earlier version of a text: its slug is the text's and its date,
	// whatever its own settings say.
	Frozen bool
	// Cited are numbers that passages of earlier versions have; nil where there is none.
	Cited map[string]bool
	// Before, if not nil, is the text as it was cut of the same table and documents
	// with another glossary: its lengths are the same.
	Before *Text
	// Depth is how deep the text is cut.
	Depth Depth
	// Unread tells that of the text no more is known than its name and, perhaps, its
	// headings: a link to one of its passages leads to the text.
	Unread bool
}

// Depth is how deep a text is cut.
type Depth uint8

const (
	Deep    Depth = iota // all there is
	Shallow              // what its outline and the search have of it: its sentences are not tied
)

// Site is the whole.
type Site struct {
	Langs     []Lang
	Title     []string // by language
	Publisher []string
	Licence   []string
	BaseURL   string
	Options   Options
	Texts     []*Text
	Concepts  []*Concept // by id
	Groups    []Group    // of concepts, as they are shown; none is empty
	Scheme    glossary.Scheme
	Events    []Event // by date
	Files     []File  // published beside the pages
	Pages     []*Page // by path
	Moved     []*Page // old addresses, by path: each leads to its Page.To
	Root      *Folder // the content folder with those in it; nil where it needs no pages

	dated       bool // some text says when it is of
	concepts    map[string]*Concept
	texts       map[string]*Text
	place       map[*Text]int // in Texts
	folders     map[string]*Folder
	filed       map[*Text]filedAt
	pages       map[pageKey]*Page
	taken       map[string]*Page        // by folded path
	occurrences map[string][]Occurrence // by the concept's id
	formerUses  map[string]int          // of earlier versions, by the concept's id
	links       map[*doc.Document]map[*Block][]Target
	resolutions map[*Text]*resolution
	glossary    *Glossary
	files       []string // of the content folder, whether published or not
	static      []string
	damaged     []string
	histories   map[string]*History // by text id; nil where no text has earlier versions
	revisions   map[*Text]*Revision
}

// Text is one text in all its languages.
type Text struct {
	ID       string
	Slug     string // its folder or file in addresses
	Versions []Version
	Layout   doc.Layout // LayoutSections or LayoutPage
	Sections []*Section
	Table    *record.Table
	// Unread is that of the TextInput.
	Unread bool
	// Outlined tells that only the outline of the text is known.
	Outlined bool
	// Recorded tells that the text has a record, so that numbers are permanent.
	Recorded bool

	// ByHand are the ids of concepts that links in the text name, as they are written.
	ByHand []string
	// Gone are sections that are no more. Their indices go on after those of
	// Sections; no passage of theirs has text.
	Gone []*Section

	orders   [][]Stretch             // by language; nil where it has the order of all
	places   [][]int                 // by language, where in it each section stands
	homes    []map[*Passage]*Section // by language, where the passages stand in it
	byNumber map[string]*Passage
	byID     map[string]*Passage   // heading ids
	linking  []*Block              // blocks with links, those of notes too
	placed   map[*Block][]diag.Pos // where they have their links, if it is known from an outline
	named    []named               // the concepts that passages name, in order

	notes  map[noteKey]notePlace
	record *record.Record // nil without one
	former []former       // names that the editors gave up, of the text and its sections
}

// noteKey names a note: they are numbered in each language.
type noteKey struct{ lang, number int }

// notePlace is a note and the section that it stands in.
type notePlace struct {
	note    Note
	section *Section
}

// Note returns the note with the number in the language, and the section that it
// stands in; nil where there is none.
func (t *Text) Note(lang, number int) (Note, *Section) {
	at := t.notes[noteKey{lang, number}]
	return at.note, at.section
}

// named is an occurrence with its concept's id.
type named struct {
	concept string
	Occurrence
}

// Version is one language's version of a text. Doc is nil where there is none.
type Version struct {
	Doc   *doc.Document
	Title string // never empty: another language's, or the id, at the worst
	Short string
	// TitleLang is the index of the language that Title is in.
	TitleLang int
}

// Role says how a section came to be.
type Role uint8

const (
	Headed   Role = iota // opened by a second-level heading
	Preamble             // what comes before the first headed section
	Closing              // after the last thematic break, to the end
	Part                 // after another thematic break
	Gone                 // no more: a section of passages that were removed
)

// Section is a run of passages with a page of its own.
type Section struct {
	Text     *Text
	Index    int // in Text.Sections
	Number   string
	Slug     string
	Role     Role
	Passages []*Passage
	// Titles by language, plain text; empty for sections without a heading.
	Titles []string
	// Followed is the share of passages, 0 to 1, in which all languages agree
	// as confirmed; -1 without a record. Those that are no more do not count.
	Followed float64

	units []int // by language
	after int   // of a section that is no more: the index of the one it stood after
}

// Passage is one row: what says the same in each language.
type Passage struct {
	Section *Section
	Index   int // in Section.Passages
	Number  string
	Cells   []Cell // by language
	Row     *record.Row
	// Ties are its sentences and which of them say the same; a sentence's block is
	// one of its cell's. Nil where no language has two, or not all is sentences.
	Ties *sentence.Ties
	// Opens tells that the passage is its section's heading, or the text's title.
	Opens bool
}

// Cell is one language's part of a passage.
type Cell struct {
	Blocks []*Block
	State  record.State
}

// Agree reports that an editor confirmed what two languages have in the passage, and
// that neither has changed since the other was. A third language, which they have not
// followed, is no matter between the two.
func (p *Passage) Agree(a, b int) bool { return p.settled(a, b) && p.settled(b, a) }

// settled reports that a language was confirmed as it stands, and that the other has
// not changed since.
func (p *Passage) settled(l, other int) bool {
	if p.Cells[l].State != record.Stale {
		return p.Cells[l].State.Agrees()
	}
	t := p.Section.Text
	column := func(l int) int {
		if d := t.Versions[l].Doc; d != nil {
			return slices.Index(t.Table.Langs, d.Lang)
		}
		return -1
	}
	of, from := column(l), column(other)
	return of >= 0 && from >= 0 && !slices.Contains(p.Row.Ahead[of], from)
}

// Block is a block of a document with what was found in it.
type Block struct {
	*doc.Block
	Doc *doc.Document
	// Ordinal is the block's place in Doc.Blocks; -1 for a block of a note.
	Ordinal int
	Terms   []Term
	Notes   []Note
}

// Note is a footnote with its blocks' links resolved.
type Note struct {
	Number int
	Blocks []*Block
}

// Term is a use of a concept's name in a block. What the concept is, the site
// knows: a text stays as it is when a definition is edited.
type Term struct {
	glossary.Match // whose Concept is never a former id
	// Linked marks the first use in the section and language.
	Linked bool
}

// Target is what a link leads to. One of URL, Page and File is set, or none for
// a link that leads nowhere (the text stays).
type Target struct {
	URL      string // outside the site
	Page     Key    // a page, in the language of the reader
	File     string // a published file's path
	Fragment string
}

// Occurrence is a passage that names a concept in at least one language.
type Occurrence struct {
	Passage *Passage
	// Uses counts the uses by language; Names tells which names were used.
	Uses []int
}

// Concept is a glossary entry among the others.
type Concept struct {
	*glossary.Concept
	Parent   *Concept
	Related  []*Concept
	Children []*Concept
	Events   []Event
}

// Group is the concepts of one folder of the glossary.
type Group struct {
	glossary.Heading
	Concepts []*Concept // by id
}

// Event is a dated fact of a concept.
type Event struct {
	Concept *Concept
	Fact    string // "signed", "in-force" …
	Date    string // YYYY, YYYY-MM or YYYY-MM-DD
}

// File is a file published as it is.
type File struct {
	From string // in the content folder
	Path string // in the site
}

// Concept returns the concept with the id, or nil.
func (s *Site) Concept(id string) *Concept { return s.concepts[id] }

// Occurrences lists the passages that name the concept, in reading order of the
// texts.
func (s *Site) Occurrences(c *Concept) []Occurrence { return s.occurrences[c.ID] }

// Named yields the passages of the text that name concepts, by the concept's id,
// each concept's in reading order.
func (t *Text) Named() iter.Seq2[string, Occurrence] {
	return func(yield func(string, Occurrence) bool) {
		for _, n := range t.named {
			if !yield(n.concept, n.Occurrence) {
				return
			}
		}
	}
}

// Links returns where the block's links lead: one target for each Link,
// ConceptLink and Image, in the order in which the block is walked.
func (s *Site) Links(b *Block) []Target { return s.links[b.Doc][b] }

// Text returns the text with the id, or nil.
func (s *Site) Text(id string) *Text { return s.texts[id] }

// Docs returns the versions in the order of the table's columns.
func (t *Text) Docs() []*doc.Document {
	docs := make([]*doc.Document, len(t.Table.Langs))
	for _, v := range t.Versions {
		if v.Doc != nil {
			if i := slices.Index(t.Table.Langs, v.Doc.Lang); i >= 0 {
				docs[i] = v.Doc
			}
		}
	}
	return docs
}

// Passage returns the passage with the number, or nil.
func (t *Text) Passage(number string) *Passage { return t.byNumber[number] }

// Editorial reports whether the text is the publisher's own in every language.
func (t *Text) Editorial() bool {
	for _, v := range t.Versions {
		if v.Doc != nil && v.Doc.Meta.Status != doc.Editorial {
			return false
		}
	}
	return true
}

// Date is the latest date of the text's versions, or "".
func (t *Text) Date() string {
	latest := ""
	for _, v := range t.Versions {
		if v.Doc != nil {
			latest = max(latest, v.Doc.Meta.Date)
		}
	}
	return latest
}

// Units is how long the section is in a language: words, or characters where
// words are not spaced.
func (s *Section) Units(l int) int { return s.units[l] }

// count counts what the section has in a language.
func (s *Section) count(l int) int {
	n := 0
	for _, p := range s.Stretch(l).Placed {
		if p.Pointer {
			continue
		}
		for _, b := range p.Cells[l].Blocks {
			n += lang.Length(b.Text)
		}
	}
	return n
}

// Units is how long the text is in a language, as its sections say.
func (t *Text) Units(l int) int {
	n := 0
	for _, s := range t.Sections {
		n += s.Units(l)
	}
	return n
}

// Agrees reports that an editor confirmed the passage as it stands in every
// language that the text has a version in.
func (p *Passage) Agrees() bool {
	for l, c := range p.Cells {
		if p.Section.Text.Versions[l].Doc != nil && !c.State.Agrees() {
			return false
		}
	}
	return true
}

// Anchor is the passage's fragment in addresses: "p5.3".
func (p *Passage) Anchor() string { return "p" + p.Number }

// Empty reports whether no language has text here.
func (p *Passage) Empty() bool {
	for _, c := range p.Cells {
		if len(c.Blocks) > 0 {
			return false
		}
	}
	return true
}

// Total is the number of uses in all languages.
func (o Occurrence) Total() int {
	n := 0
	for _, u := range o.Uses {
		n += u
	}
	return n
}
