// Package doc is the model every stage shares: a text in one language as a flat
// list of blocks, each of which holds a tree of inline elements. It is plain
// values; it knows neither how they were parsed nor what becomes of them, HTML
// or anything else.
//
// To print or export a block, go through its Inlines (and Rows) with a type
// switch, and through the Children of each. To find something in it, ask Walk or
// Runs.
package doc

import (
	"stele/build/diag"
)

// Document is one language version of one text. A Document depends on its own
// file alone and is not changed after it was made.
type Document struct {
	// Text names the text: its folder below the content folder, with slashes.
	Text string
	// Lang is the language as files and addresses say it ("ru", "zh", "en").
	Lang string
	// Path is the file, relative to the content folder.
	Path string
	Meta Meta
	// Blocks in the order of the file.
	Blocks []Block
	// Waivers are the editor's remarks that a finding is known and accepted,
	// in the order of the file.
	Waivers []Waiver
	// Lines turns byte offsets of the file into places.
	Lines *diag.Lines
}

// Meta is a document's front matter.
type Meta struct {
	Title       string
	Short       string   // a shorter title for navigation; Title if empty
	Slug        string   // replaces the folder's name in addresses, and can stand there; empty = the folder's name
	Aliases     []string // addresses that the text had before, each at At["aliases.0"] …
	Status      Status
	Source      string // what this version is, or was made from
	Date        string // YYYY-MM-DD or empty
	Description string
	Layout      Layout
	// At gives the place of each key that was set.
	At map[string]diag.Pos
}

// Status says what a language version is worth. Readers are told on every page.
type Status string

const (
	// Authentic is a text of which the document itself says that it is authentic.
	Authentic Status = "authentic"
	// Official is a translation published by the body that issued the text.
	Official Status = "official-translation"
	// Received is a text as it came to the publisher, not checked against an
	// official publication.
	Received Status = "received"
	// Working is a translation made for this edition.
	Working Status = "working-translation"
	// Editorial is the publisher's own text, written in each language.
	Editorial Status = "editorial"
	// Unstated is a version whose front matter does not say.
	Unstated Status = ""
)

// Word is the id of the interface's word for the status; empty for one that is
// none of these.
func (s Status) Word() string {
	switch s {
	case Authentic:
		return "status-authentic"
	case Received:
		return "status-received"
	case Editorial:
		return "status-editorial"
	case Official:
		return "status-official"
	case Working:
		return "status-working"
	case Unstated:
		return "status-unstated"
	}
	return ""
}

// Layout says how a text is spread over pages.
type Layout string

const (
	// LayoutAuto is Sections if the text has second-level headings, else Page.
	LayoutAuto Layout = ""
	// LayoutSections gives each section a page of its own.
	LayoutSections Layout = "sections"
	// LayoutPage puts the whole text on one page.
	LayoutPage Layout = "page"
)

// Kind is what a block is.
type Kind uint8

const (
	Paragraph  Kind = iota
	Heading         // Level 1–6
	Item            // the first block of a list item; its later blocks are of their own kinds, with the list in Within
	Code            // fenced or indented code; never searched for concepts, its white space as it is
	Table           // a whole table, in Rows
	Row             // one table row; only from line-per-block files
	Term            // the term of a definition list
	Definition      // a definition of a definition list
	Break           // a thematic break: closes a section without opening a headed one
)

// Waiver is a comment "<!-- stele: ignore CODE… reason -->": findings with one
// of the codes about the block are accepted.
type Waiver struct {
	Pos    diag.Pos
	Codes  []string // at least one
	Reason string
	// Block is the ordinal of the block that the comment stands in or, on
	// lines of its own, before; len(Blocks) for one after the last.
	Block int
}

// Container is a list, a quotation or a remark that a block stands in.
type Container struct {
	Kind ContainerKind
	// Number is the number of this item in an ordered list; of a Remark, which
	// of the document's it is, from 1: blocks with the same one stand in the same.
	Number int
	// Paren tells that the number is written "2)" and not "2.".
	Paren bool
	// Label is what a Remark is: one of RemarkWords, or a word of its author's in
	// small letters; empty for one that says nothing of itself.
	Label string
	// Lang and Dir are the language and the direction that a Remark is marked with;
	// usually empty.
	Lang, Dir string
	// First tells that the block is the first in a Remark, Titled that it is its
	// title, which then stands for the label.
	First, Titled bool
}

// RemarkWords are the labels of remarks that readers are told in their own
// language, with the id of the message. Others are shown as they are written.
var RemarkWords = map[string]string{
	"note": "remark-note", "tip": "remark-tip", "important": "remark-important", "warning": "remark-warning",
	"caution": "remark-caution", "example": "remark-example", "details": "remark-details",
}

// ContainerKind is the kind of a Container.
type ContainerKind uint8

const (
	Quote ContainerKind = iota
	Bullets
	Numbers
	Remark // what stands apart from the text: a note, a tip, a warning, a part to be unfolded
)

// Block is the unit of alignment: a heading, paragraph, list item, table …
type Block struct {
	Kind   Kind
	AutoID bool   // the id was made from the heading's text
	Level  int    // of a heading
	ID     string // id of a heading
	// Aliases are ids that a heading had before: {#id #alias}.
	Aliases []string
	Syntax  string      // of Code: the language of the code as the fence names it, or empty
	Task    Task        // of an Item that is to be done, or is
	Within  []Container // from the outside in
	// Text is the block's plain text, white space folded, without its notes.
	Text string
	// Inlines are what the block holds; nil for a Table and a Break.
	Inlines []Inline
	// Rows are the rows of a Table.
	Rows []TableRow
	// Notes are the footnotes first referred to in this block.
	Notes []Note
	// Start and End are byte offsets in the file, End exclusive.
	Start, End int
}

// Task says whether what an item asks for is done.
type Task uint8

const (
	NoTask Task = iota
	Undone      // [ ]
	Done        // [x]
)

// Note is a footnote. Its blocks are not aligned: they follow the block that
// refers to them first.
type Note struct {
	Number int // 1-based, in order of reference in the document
	Blocks []Block
	Start  int
}

// Pos returns the place of the block's first character.
func (d *Document) Pos(b *Block) diag.Pos {
	if d.Lines == nil {
		return diag.Pos{Path: d.Path}
	}
	return d.Lines.Pos(b.Start)
}
