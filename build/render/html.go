package render

import "strings"

// htmlWriter writes HTML. What is put is HTML already; text is escaped as package html
// escapes it, attributes as html/template escapes them.
type htmlWriter struct{ strings.Builder }

func (w *htmlWriter) put(parts ...string) {
	for _, s := range parts {
		w.WriteString(s)
	}
}

// text writes a text.
func (w *htmlWriter) text(s string) { w.bound(s, nil) }

// bound writes a text with its line breaks bound; binding may be nil. Nearly all that
// a site has is written here, once through, and no piece of it twice.
func (w *htmlWriter) bound(s string, b *binding) {
	done := 0
	for i := 0; i < len(s); i++ {
		if !written[s[i]] {
			continue
		}
		as := ""
		switch s[i] {
		case ' ':
			if !b.at(s, i) {
				continue
			}
			as = noBreak
		case '&':
			as = "&amp;"
		case '<':
			as = "&lt;"
		case '>':
			as = "&gt;"
		case '"':
			as = "&#34;"
		case '\'':
			as = "&#39;"
		}
		w.WriteString(s[done:i])
		w.WriteString(as)
		done = i + 1
	}
	w.WriteString(s[done:])
}

// written are the characters that may be written otherwise than they are.
var written = [256]bool{' ': true, '&': true, '<': true, '>': true, '"': true, '\'': true}

// attr writes an attribute, if it has a value.
func (w *htmlWriter) attr(name, value string) {
	if value != "" {
		w.put(" ", name, `="`, quote.Replace(value), `"`)
	}
}

// href writes an attribute that is an address.
func (w *htmlWriter) href(name, address string) {
	w.put(" ", name, `="`, quote.Replace(reference(address)), `"`)
}

// lang writes the attributes that say which language words are in.
func (w *htmlWriter) lang(s Words) {
	w.attr("lang", s.Lang)
	w.attr("dir", s.Dir)
}

// words writes words with their language.
func (w *htmlWriter) words(s Words) {
	w.put("<span")
	w.lang(s)
	if s.Caps {
		w.put(` class="caps"`)
	}
	w.put(">", quote.Replace(s.Text), "</span>")
}

// quote escapes as html/template does.
var quote = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "+", "&#43;", "\x00", "\ufffd")

// reference is an address as html/template writes it: one that leads to a page or to a
// mail, and what no address has in it written with %.
func reference(s string) string {
	if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") {
		switch strings.ToLower(scheme) {
		case "http", "https", "mailto":
		default:
			return "#ZgotmplZ"
		}
	}
	const hex = "0123456789abcdef"
	written := 0
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("!#$&*+,/:;=?@[]-._~", c) >= 0,
			c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			continue
		}
		b.WriteString(s[written:i])
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		written = i + 1
	}
	if written == 0 {
		return s
	}
	b.WriteString(s[written:])
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}
