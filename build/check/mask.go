package check

import (
	"regexp"
	"strings"

	"stele/build/doc"
	"stele/build/site"
)

const (
	// masked stands for every byte of code and addresses: neither letter, space
	// nor punctuation, so no rule about words takes offence at it.
	masked = '\x01'
	// cellEnd stands for the space between two cells of a table.
	cellEnd = '\x02'
)

var address = regexp.MustCompile(`(?i)\b(?:(?:https?|ftp)://|www\.|mailto:)[^\s<>"“”«»()（）《》，。；、]+|[\w.+-]+@[\w-]+\.[\w.]+`)

// mask returns the block's text as the rules read it. It is made once a block.
func (c *checker) mask(b *site.Block) string {
	s, ok := c.masks[b]
	if !ok {
		s = mask(b)
		c.masks[b] = s
	}
	return s
}

// mask returns the block's text with code, images and addresses made unreadable,
// byte for byte, so that offsets hold, and the cells of a table parted.
func mask(b *site.Block) string {
	text := []byte(b.Text)
	hide := func(from, to int) {
		for i := max(from, 0); i < min(to, len(text)); i++ {
			text[i] = masked
		}
	}
	if b.Kind == doc.Code {
		hide(0, len(text))
		return string(text)
	}
	end := 0 // of the text so far
	var hideIn func(inlines []doc.Inline, code bool)
	hideIn = func(inlines []doc.Inline, code bool) {
		for _, n := range inlines {
			switch n := n.(type) {
			case *doc.Text:
				end = n.End()
				if code {
					hide(n.Off, end)
				}
			case *doc.Image: // it has no letters in the text: the space before it stands for it
				if end > 0 && text[end-1] == ' ' {
					hide(end-1, end)
				}
			case *doc.CodeSpan:
				hideIn(n.Inlines, true)
			default:
				hideIn(n.Children(), code)
			}
		}
	}
	hideIn(b.Inlines, false)
	for _, r := range b.Rows {
		for _, c := range r.Cells {
			hideIn(c.Inlines, false)
			if end < len(text) && text[end] == ' ' {
				text[end] = cellEnd
			}
		}
	}
	if !strings.ContainsAny(b.Text, ":@") && !strings.Contains(b.Text, "www.") {
		return string(text)
	}
	for _, m := range address.FindAllIndex(text, -1) {
		hide(m[0], m[1])
	}
	return string(text)
}
