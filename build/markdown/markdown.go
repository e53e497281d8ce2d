// Package markdown turns one language version of a text into a document of
// blocks. It is the only package that knows how Markdown is parsed.
//
// The Markdown is CommonMark with tables, footnotes, definition lists,
// ~~strikethrough~~, bare addresses as links, [[concept]] links and heading ids
// {#id}. It differs where CommonMark was made for English: marks of emphasis
// work beside Chinese and Russian punctuation, and a line end between Chinese
// or Japanese characters is no space. Raw HTML is not part of it.
package markdown

import (
	"cmp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/source"
)

// Limits of a file; beyond them it is refused. They keep the time that a file
// takes in proportion to its size.
const (
	MaxNesting   = 24       // lists, quotations and notes inside each other
	MaxBlocks    = 30_000   // blocks of a file; to align three such takes a gigabyte
	MaxHeadings  = 5_000    // headings of a file, most of which are a page in every language
	MaxMarks     = 2_000    // links, code and marks of emphasis in one paragraph
	MaxCells     = 50_000   // cells of a table
	MaxFileCells = 500_000  // cells of all tables of a file
	MaxHeading   = 1_000    // characters of a heading or a title, which stand on many pages
	MaxAddress   = 2_000    // bytes of the address or title of a link or an image, which one definition gives to many
	MaxWaivers   = 1_000    // codes in waivers
	MaxAliases   = 50       // old addresses of a text, old ids of a heading
	MaxMeta      = 64 << 10 // bytes of front matter
	keptBlocks   = 1_000    // of a file that has too many, what is looked at all the same
	longBlock    = 20_000   // bytes of text from which a block gets a warning
)

// Parse parses the file: front matter, then blocks in the order of the file.
// The document is never nil; what is wrong is in the list. It depends on
// nothing but the file, and may be called concurrently.
//
//   - The runs of a block put together are exactly its Text; in a Table, there is
//     a space more between two cells with text. White space is folded in it, but
//     not in Code. No run is empty.
//   - A run can be cut anywhere: a word may go on in the next one, also over the
//     end of an element.
//   - Raw HTML is never passed on. A few tags that only set text apart are obeyed
//     (see tagPattern); all others are shown as text, with a warning. Comments are
//     left out; those that accept a finding are in Document.Waivers.
//   - What other programs mark as a remark stands in a container of its own; other
//     marks of theirs are shown as text and told of, once for each kind.
//   - A Link's Dest is relative or of the schemes http, https, mailto and tel; an
//     Image's is relative. No link stands in a link.
//   - The notes that a block's notes refer to first follow in the block's Notes.
func Parse(f source.File) (*doc.Document, diag.List) {
	d := &doc.Document{Text: f.Text, Lang: f.Lang, Path: f.Path, Lines: diag.NewLines(f.Path, f.Data)}
	meta, base, diags := parseMeta(f)
	d.Meta = meta
	p := &parse{
		src: []byte(f.Data[base:]), whole: f.Data[base:], base: base, lines: d.Lines, diags: diags, doc: d,
		lang: lang.Of(cmp.Or(f.Tag, f.Lang)), attrs: map[any]attr{}, items: map[any]int{}, refs: map[string]*refdef{},
		fenceAt: map[int]bool{}, fenceOf: map[ast.Node]int{}, cutShort: map[ast.Node]bool{}, tasks: map[ast.Node]doc.Task{}, alerts: map[ast.Node]*boxMark{}, marks: map[string]*foreigner{},
	}
	p.run()
	if len(d.Blocks) == 0 && strings.TrimSpace(f.Data) != "" && !p.diags.HasErrors() {
		p.diags.Warn(diag.Pos{Path: f.Path, Line: 1, Col: 1}, EmptyFile.As("text"))
	}
	return d, p.diags
}
