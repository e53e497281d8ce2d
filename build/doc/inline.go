package doc

import "iter"

// Inline is an element of running text. It is one of
//
//	*Text         a run of text
//	*Styled       emphasis, strong, struck out, a key to press: it holds others
//	*CodeSpan     code: it holds runs of text only
//	*Link         a link to an address or a place of the site: it holds others
//	*ConceptLink  a link to a concept, made by hand: it holds others
//	*Image        an image
//	*NoteRef      the mark of a footnote
//	*LineBreak    a line end that is meant
//	*Space        a space that is shown but is not in Block.Text
//
// Links do not stand in links. A new kind of element is a new type here; one that
// only looks different is a new Style; what stands
// around blocks (a remark in a box) is a ContainerKind.
type Inline interface {
	// Offset is where the element begins, in bytes of the file.
	Offset() int
	// Children are the elements that it holds; nil for one that holds none.
	Children() []Inline
	inline()
}

// Text is a run of text that stands in the file as it is read, byte for byte. A
// word can go on in the next run, also over the end of an element.
type Text struct {
	S string
	// Off is where S begins in Block.Text.
	Off int
	Src int
}

// Style is what a Styled element looks like.
type Style uint8

const (
	Emphasis Style = iota
	Strong
	Strike
	Sub
	Sup
	Key // a key to press
	Underline
	Marked // only its language or direction is told
)

// Styled is text set apart by its looks.
type Styled struct {
	Style Style
	// Lang and Dir are the language (BCP 47) and the direction ("ltr", "rtl",
	// "auto") that the text is marked with; usually empty.
	Lang, Dir string
	Src       int
	Inlines   []Inline
}

// CodeSpan is code in a line. Like a Code block it is in no human language: it is
// shown as it is written, and no concept is linked in it.
type CodeSpan struct {
	Src     int
	Inlines []Inline // *Text only
}

// Link is a link. Inside it no concept is linked.
type Link struct {
	Dest    string // as written
	Title   string
	Src     int
	Inlines []Inline
}

// ConceptLink is [[id]] or [[id|text]].
type ConceptLink struct {
	ID      string
	Src     int
	Inlines []Inline // none for [[id]]: the concept's name belongs there
}

// Image is an image.
type Image struct {
	Dest  string // as written
	Alt   string // what describes it; not part of Block.Text
	Title string
	Src   int
}

// NoteRef is the mark that refers to the Note of the same number.
type NoteRef struct {
	Number int
	Src    int
}

// LineBreak is a line end that the editor asked for. Block.Text has a space
// before it.
type LineBreak struct{ Src int }

// Space parts what is shown where Block.Text has no space, or has it on the
// other side of something without text: between an image and the word after it.
type Space struct{ Src int }

func (n *Text) Offset() int        { return n.Src }
func (n *Styled) Offset() int      { return n.Src }
func (n *CodeSpan) Offset() int    { return n.Src }
func (n *Link) Offset() int        { return n.Src }
func (n *ConceptLink) Offset() int { return n.Src }
func (n *Image) Offset() int       { return n.Src }
func (n *NoteRef) Offset() int     { return n.Src }
func (n *LineBreak) Offset() int   { return n.Src }
func (n *Space) Offset() int       { return n.Src }

func (n *Text) Children() []Inline        { return nil }
func (n *Styled) Children() []Inline      { return n.Inlines }
func (n *CodeSpan) Children() []Inline    { return n.Inlines }
func (n *Link) Children() []Inline        { return n.Inlines }
func (n *ConceptLink) Children() []Inline { return n.Inlines }
func (n *Image) Children() []Inline       { return nil }
func (n *NoteRef) Children() []Inline     { return nil }
func (n *LineBreak) Children() []Inline   { return nil }
func (n *Space) Children() []Inline       { return nil }

func (*Text) inline()        {}
func (*Styled) inline()      {}
func (*CodeSpan) inline()    {}
func (*Link) inline()        {}
func (*ConceptLink) inline() {}
func (*Image) inline()       {}
func (*NoteRef) inline()     {}
func (*LineBreak) inline()   {}
func (*Space) inline()       {}

// End is where the run ends in Block.Text.
func (n *Text) End() int { return n.Off + len(n.S) }

// TableRow is a row of a Table block.
type TableRow struct {
	Head  bool // its cells are the heads of their columns
	Cells []TableCell
}

// TableCell is a cell of a table.
type TableCell struct {
	Align   Alignment
	Inlines []Inline
}

// Alignment is how a table cell's text stands in its column.
type Alignment uint8

const (
	AlignNone Alignment = iota // as the language has it
	AlignLeft
	AlignCenter
	AlignRight
)

// Walk yields the elements and all that they hold, each before what it holds, in
// the order of the text.
func Walk(inlines []Inline) iter.Seq[Inline] {
	return func(yield func(Inline) bool) { walk(inlines, yield) }
}

func walk(inlines []Inline, yield func(Inline) bool) bool {
	for _, n := range inlines {
		if !yield(n) || !walk(n.Children(), yield) {
			return false
		}
	}
	return true
}

// Runs yields the runs of text in the elements, in order.
func Runs(inlines []Inline) iter.Seq[*Text] {
	return func(yield func(*Text) bool) {
		walk(inlines, func(n Inline) bool {
			t, ok := n.(*Text)
			return !ok || yield(t)
		})
	}
}

// Walk yields all elements of the block as the function Walk does, those of a
// table cell by cell.
func (b *Block) Walk() iter.Seq[Inline] {
	return func(yield func(Inline) bool) {
		if !walk(b.Inlines, yield) {
			return
		}
		for i := range b.Rows {
			for _, c := range b.Rows[i].Cells {
				if !walk(c.Inlines, yield) {
					return
				}
			}
		}
	}
}

// Runs yields the block's runs of text in order. Put together they are its Text,
// but for the space between two cells of a table, which is in neither.
func (b *Block) Runs() iter.Seq[*Text] {
	return func(yield func(*Text) bool) {
		for n := range b.Walk() {
			if t, ok := n.(*Text); ok && !yield(t) {
				return
			}
		}
	}
}

// At returns the byte offset in the file of the byte offset off of b.Text. It
// is exact wherever the text stands in the file as it is read (no entity or
// escape before it in its run).
func (b *Block) At(off int) int {
	at := b.Start
	for t := range b.Runs() {
		if t.Off > off {
			break
		}
		at = t.Src + min(off-t.Off, len(t.S))
	}
	return min(at, max(b.End, b.Start))
}
