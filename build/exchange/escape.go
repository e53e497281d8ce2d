package exchange

import (
	"regexp"
	"strings"

	"stele/build/doc"
	"stele/build/markdown"
	"stele/build/source"
)

// trial writes texts as Markdown and reads each by itself, to see whether it is
// what was meant.
type trial struct {
	file source.File // of the translation
	refs string      // its reference definitions
}

// definition is a line that defines a reference.
var definition = regexp.MustCompile(`(?m)^ {0,3}\[[^\]^][^\]]*\]:.*$`)

// write writes the text in place of a part. It tries first to change only what
// is another, then writes it anew, then with every mark escaped. data is the
// file that the part stands in, empty if it is that of the other language.
func (t *trial) write(p *part, text Coded, data string) (string, bool) {
	none := escapeNone(p.inTable)
	want := text.String()
	underlined := data != "" && p.block.Kind == doc.Heading && data[p.block.Start] != '#'
	if data != "" {
		if s, ok := p.spliced(text, data, none); ok && t.reads(p, s, text, want, underlined) {
			return s, true
		}
	}
	if s := text.markdown(none); t.reads(p, s, text, want, underlined) {
		return s, true
	}
	s := text.markdown(func(s string) string { return escapeAll(s, p.inTable) })
	return s, t.reads(p, s, text, want, underlined)
}

// reads reports whether the Markdown of a part, in a block by itself, is read as
// what is wanted; underlined is a heading with its mark on the line below.
func (t *trial) reads(p *part, s string, text Coded, want string, underlined bool) bool {
	switch {
	case p.inTable:
		s = "| " + s + " |\n|---|\n"
	case underlined:
		s += "\n---\n"
	case p.block.Kind == doc.Heading:
		s = "## " + s + " {#x}\n"
	}
	f := t.file
	f.Data = s + "\n"
	if strings.Contains(s, "]") && t.refs != "" {
		f.Data += "\n" + t.refs + "\n"
	}
	for _, c := range text.Codes {
		if c.Type == Note {
			f.Data += "\n" + c.open + ": x\n"
		}
	}
	d, _ := markdown.Parse(f)
	if len(d.Blocks) != 1 {
		return false
	}
	b := &d.Blocks[0]
	inlines := b.Inlines
	switch {
	case p.inTable:
		if b.Kind != doc.Table || len(b.Rows) != 1 || len(b.Rows[0].Cells) != 1 {
			return false
		}
		inlines = b.Rows[0].Cells[0].Inlines
	case p.block.Kind == doc.Heading:
		if b.Kind != doc.Heading {
			return false
		}
	case b.Kind != doc.Paragraph:
		return false
	}
	return fold(inlines, f.Data, p.inTable).String() == want
}

// escapeNone leaves text as it is, but for the bar in a table, which would end
// the cell.
func escapeNone(inTable bool) func(string) string {
	return func(s string) string {
		if inTable {
			s = strings.ReplaceAll(s, "|", `\|`)
		}
		return s
	}
}

// escapeAll escapes everything that could be a mark of Markdown.
func escapeAll(s string, inTable bool) string {
	s = special.ReplaceAllString(s, `\$0`)
	s = opening.ReplaceAllString(s, `$1\$2`)
	return strings.ReplaceAll(s, "://", `\://`)
}

var (
	special = regexp.MustCompile("[\\\\`*_\\[\\]<>&~|]")
	// What makes a list, a heading or a rule of a line that begins with it.
	opening = regexp.MustCompile(`^(\s*[0-9]*)([-+=#.):])`)
)
