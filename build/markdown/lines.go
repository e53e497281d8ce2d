package markdown

import (
	"strconv"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
)

// ParseLines reads the plain form of a text, one block a line, in which a
// Markdown prefix gives the block's kind: "# " to "###### " a heading, "- " or
// "* " a list item, "1. " an item of an ordered list, "> " a quotation and
// "| " a table row; two spaces before a list item nest it one deeper, and two
// spaces before other text make it a later paragraph of the item above.
// Every line is a block, an empty one too, so that a line's number is always
// its block's ordinal plus one. Of links in the text the visible words stay;
// their targets are kept beside them. Runs of text hold the white space of the
// line as it is, though it is folded in Block.Text.
func ParseLines(path, lang, text string) *doc.Document {
	text = strings.TrimPrefix(text, "\ufeff")
	d := &doc.Document{Path: path, Lang: lang, Lines: diag.NewLines(path, text)}
	for at := 0; at < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		d.Blocks = append(d.Blocks, lineBlock(strings.TrimSuffix(text[at:end], "\r"), at))
		at = end + 1
	}
	return d
}

// lineBlock makes the block of one line that begins at the byte offset at.
func lineBlock(line string, at int) doc.Block {
	b := doc.Block{Start: at, End: at + len(line)}
	rest := strings.TrimLeft(line, " ")
	indent := len(line) - len(rest)
	for strings.HasPrefix(rest, "> ") || rest == ">" {
		rest = strings.TrimLeft(rest[1:], " ")
		b.Within = append(b.Within, doc.Container{Kind: doc.Quote})
	}
	nest := func(depth int, c doc.Container) {
		for range depth {
			b.Within = append(b.Within, doc.Container{Kind: doc.Bullets})
		}
		b.Within = append(b.Within, c)
	}
	switch level, n := hashes(rest), ordinal(rest); {
	case level > 0:
		b.Kind, b.Level = doc.Heading, level
		rest = strings.TrimSpace(rest[level:])
		if i := strings.LastIndex(rest, "{#"); i >= 0 && strings.HasSuffix(rest, "}") {
			b.ID = rest[i+2 : len(rest)-1]
			rest = strings.TrimSpace(rest[:i])
		}
	case strings.HasPrefix(rest, "- "), strings.HasPrefix(rest, "* ") && len(rest) > 2 && !strings.HasPrefix(rest, "* *"):
		b.Kind = doc.Item
		nest(indent/2, doc.Container{Kind: doc.Bullets})
		rest = rest[2:]
	case n > 0:
		b.Kind = doc.Item
		number, _ := strconv.Atoi(rest[:n])
		nest(indent/2, doc.Container{Kind: doc.Numbers, Number: number})
		rest = rest[n+2:]
	case strings.HasPrefix(rest, "| "):
		b.Kind = doc.Row
		rest = strings.Trim(rest, "| ")
	case rest == "* * *", rest == "***", rest == "---":
		b.Kind = doc.Break
		rest = ""
	case indent >= 2:
		nest(indent/2-1, doc.Container{Kind: doc.Bullets})
	}
	inline(&b, rest, at+len(line)-len(strings.TrimLeft(line, " ")))
	return b
}

// hashes returns the level of the heading that the line is, or 0.
func hashes(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "#"))
	if n > 6 || n == len(s) || s[n] != ' ' {
		return 0
	}
	return n
}

// ordinal returns how many digits stand before ". " or ") " at the start of
// the line, or 0.
func ordinal(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if n == 0 || n > 9 || len(s) < n+2 || s[n] != '.' && s[n] != ')' || s[n+1] != ' ' {
		return 0
	}
	return n
}

// inline fills the block's text and elements: links hold their visible words,
// and marks of emphasis go.
func inline(b *doc.Block, s string, src int) {
	var out strings.Builder
	emit := func(to []doc.Inline, t string, at int) []doc.Inline {
		t = strings.NewReplacer("**", "", "`", "").Replace(t)
		if t == "" {
			return to
		}
		to = append(to, &doc.Text{S: t, Off: out.Len(), Src: at})
		out.WriteString(t)
		return to
	}
	from := 0
	for from < len(s) {
		open, mid, end := target(s[from:])
		if end == 0 {
			break
		}
		b.Inlines = emit(b.Inlines, s[from:from+open], src+from)
		link := &doc.Link{Dest: s[from+mid+2 : from+end-1]}
		link.Inlines = emit(nil, s[from+open+1:from+mid], src+from+open+1)
		b.Inlines = append(b.Inlines, link)
		from += end
	}
	b.Inlines = emit(b.Inlines, s[from:], src+from)
	b.Text = strings.Join(strings.Fields(out.String()), " ")
}

// target finds the first [words](target) in s: where it opens, where the "]("
// stands and where it ends; an end of 0 is none.
func target(s string) (open, mid, end int) {
	mid = strings.Index(s, "](")
	if mid < 0 {
		return 0, 0, 0
	}
	open = strings.LastIndexByte(s[:mid], '[')
	n := strings.IndexByte(s[mid:], ')')
	if n < 0 {
		return 0, 0, 0
	}
	if open < 0 || strings.ContainsAny(s[mid+2:mid+n], " \t") {
		o, m, e := target(s[mid+2:])
		if e == 0 {
			return 0, 0, 0
		}
		return o + mid + 2, m + mid + 2, e + mid + 2
	}
	return open, mid, mid + n + 1
}
