package export

import (
	"bytes"
	"strings"
)

// xmlWriter writes XML, an element without text a line. Whoever writes with it
// closes what they open.
type xmlWriter struct {
	bytes.Buffer
	depth int
}

func newXML() *xmlWriter {
	w := &xmlWriter{}
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	return w
}

// open begins an element that holds others; attrs are names and values in turn.
func (w *xmlWriter) open(name string, attrs ...string) {
	w.indent()
	w.tag(name, attrs)
	w.WriteString(">\n")
	w.depth++
}

func (w *xmlWriter) close(name string) {
	w.depth--
	w.indent()
	w.WriteString("</" + name + ">\n")
}

// leaf writes an element that holds text.
func (w *xmlWriter) leaf(name, text string, attrs ...string) {
	w.raw(name, escape(text), attrs...)
}

// raw writes an element whose content is XML already.
func (w *xmlWriter) raw(name, content string, attrs ...string) {
	w.indent()
	w.tag(name, attrs)
	if content == "" {
		w.WriteString("/>\n")
		return
	}
	w.WriteString(">" + content + "</" + name + ">\n")
}

func (w *xmlWriter) tag(name string, attrs []string) {
	w.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.WriteString(" " + attrs[i] + `="` + escape(attrs[i+1]) + `"`)
		}
	}
}

func (w *xmlWriter) indent() { w.WriteString(strings.Repeat(" ", w.depth)) }

func (w *xmlWriter) bytes() []byte { return w.Bytes() }

// escape writes text so that it can stand in an element and in an attribute.
// What XML cannot hold is left out; no text of a site has it.
func escape(s string) string {
	return escaper.Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s))
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;")
