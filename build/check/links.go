package check

import (
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
)

// links finds images without a description and links without a text.
func (b *blockChecker) links() {
	for n := range b.b.Walk() {
		switch n := n.(type) {
		case *doc.Image:
			if strings.TrimSpace(n.Alt) == "" {
				b.add(diag.Warning, b.place(n), ImageAlt, nil, "Image", clip(n.Dest))
			}
		case *doc.Link:
			b.link(n)
		}
	}
}

func (b *blockChecker) link(n *doc.Link) {
	said := strings.TrimSpace(spoken(n.Inlines))
	switch {
	case !strings.ContainsFunc(said, lang.InWord):
		b.add(diag.Warning, b.place(n), LinkText.As("none"), nil, "Address", clip(n.Dest))
	case address.FindString(said) == said:
		b.add(diag.Note, b.place(n), LinkText.As("address"), nil)
	case vague[strings.ToLower(said)]:
		b.add(diag.Note, b.place(n), LinkText.As("vague"), nil, "Words", clip(said))
	}
}

// place is where an element stands in the file.
func (b *blockChecker) place(n doc.Inline) diag.Pos {
	if b.b.Doc.Lines != nil && n.Offset() > 0 {
		return b.b.Doc.Lines.Pos(n.Offset())
	}
	return at(b.b, 0)
}

// spoken is what a screen reader says of the elements: their text and what
// describes their images.
func spoken(inlines []doc.Inline) string {
	var out strings.Builder
	for n := range doc.Walk(inlines) {
		switch n := n.(type) {
		case *doc.Text:
			out.WriteString(n.S)
		case *doc.Image:
			out.WriteString(n.Alt)
		}
	}
	return out.String()
}

// vague link texts mean nothing out of their sentence.
var vague = map[string]bool{
	"here": true, "click here": true, "link": true, "this link": true, "more": true, "read more": true,
	"здесь": true, "тут": true, "сюда": true, "ссылка": true, "по ссылке": true, "далее": true, "подробнее": true,
	"这里": true, "此处": true, "点击这里": true, "链接": true, "点击": true, "更多": true,
}
