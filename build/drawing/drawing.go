// Package drawing makes SVG files safe to publish. A drawing that a page shows as
// a picture runs nothing, but its file has an address of its own, and whoever opens
// that runs what is in it, as a page of the site. So what is published is not the
// file: it is written anew from what was read, with nothing in it but elements and
// attributes that draw.
package drawing

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// elements are those of SVG that draw, or say how. What is not among them is left
// out with all that it holds: scripts, HTML, and what programs note for themselves.
var elements = func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(`a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
		feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
		feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
		feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask mpath path pattern polygon
		polyline radialGradient rect set stop style svg switch symbol text textPath title tspan use view`) {
		all[name] = true
	}
	return all
}()

// silent are elements that are left out without a word: nobody sees them.
var silent = []string{"metadata"}

// Clean returns the drawing as it may be published, and the names of what was left
// out that a reader would have seen or that would have done something, each once
// and in order. The error is for what is no drawing.
func Clean(data []byte) (clean []byte, left []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Entity = entities(data)
	w := &writer{}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read a drawing: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if !w.begun && (t.Name.Local != "svg" || t.Name.Space != svgSpace && t.Name.Space != "") {
				return nil, nil, errNoDrawing
			}
			w.open(t)
		case xml.EndElement:
			w.close()
		case xml.CharData:
			w.text(string(t))
		}
	}
	if !w.begun {
		return nil, nil, errNoDrawing
	}
	w.b.WriteByte('\n')
	return w.b.Bytes(), w.left, nil
}

var errNoDrawing = errors.New("read a drawing: its first element is not <svg>")

type writer struct {
	b     bytes.Buffer
	begun bool
	names []string // of the open elements; empty for one that is left out
	out   int      // open elements that are left out
	style strings.Builder
	left  []string
}

func (w *writer) lost(what string) {
	if !slices.Contains(w.left, what) && len(w.left) < 20 {
		w.left = append(w.left, what)
	}
}

func (w *writer) open(t xml.StartElement) {
	name := t.Name.Local
	foreign := t.Name.Space != svgSpace && t.Name.Space != ""
	switch {
	case w.out > 0 || w.inStyle():
		name = ""
	case foreign || !elements[name]:
		if !slices.Contains(silent, name) && (!foreign || t.Name.Space == "http://www.w3.org/1999/xhtml") {
			w.lost("<" + clip(name) + ">")
		}
		name = ""
	case animates(t):
		w.lost("<" + name + ">")
		name = ""
	case name == "a":
		name = "g" // a picture has no links
	}
	w.names = append(w.names, name)
	if name == "" {
		w.out++
		return
	}
	w.b.WriteString("<" + name)
	if !w.begun {
		w.begun = true
		w.b.WriteString(` xmlns="` + svgSpace + `" xmlns:xlink="` + xlinkSpace + `"`)
	}
	for _, a := range t.Attr {
		w.attr(a)
	}
	w.b.WriteByte('>')
}

func (w *writer) inStyle() bool { return len(w.names) > 0 && w.names[len(w.names)-1] == "style" }

// animates reports whether an animation would change what may not be written.
func animates(t xml.StartElement) bool {
	switch t.Name.Local {
	case "set", "animate", "animateTransform", "animateMotion":
	default:
		return false
	}
	return slices.ContainsFunc(t.Attr, func(a xml.Attr) bool {
		if a.Name.Local != "attributeName" {
			return false
		}
		v := strings.ToLower(a.Value[strings.LastIndexByte(a.Value, ':')+1:])
		return v == "href" || v == "style" || strings.HasPrefix(v, "on")
	})
}

var (
	inside   = regexp.MustCompile(`^\s*(?:#[^\s]*|data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*)\s*$`)
	attrName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)
)

func (w *writer) attr(a xml.Attr) {
	name, lower := a.Name.Local, strings.ToLower(a.Name.Local)
	switch a.Name.Space {
	case "":
	case xlinkSpace:
		if lower != "href" {
			return
		}
		name = "xlink:href"
	case xmlSpace:
		if lower != "space" && lower != "lang" {
			return
		}
		name = "xml:" + lower
	default:
		return // of a program, or a declaration of a namespace
	}
	switch {
	case lower == "xmlns" || !attrName.MatchString(a.Name.Local):
		return
	case strings.HasPrefix(lower, "on"):
		w.lost(clip(a.Name.Local) + "=")
		return
	case lower == "href":
		if !inside.MatchString(a.Value) {
			if len(w.names) > 0 && w.names[len(w.names)-1] != "g" { // of a link, which is none any more
				w.lost(name + "=")
			}
			return
		}
	case !harmless(a.Value):
		w.lost(clip(name) + "=")
		return
	}
	w.b.WriteString(" " + name + `="` + escapeAttr.Replace(a.Value) + `"`)
}

var (
	addressed = regexp.MustCompile(`(?i)url\s*\(\s*["']?\s*([^"')\s]*)`)
	active    = regexp.MustCompile(`(?i)@import|javascript\s*:|vbscript\s*:|expression\s*\(|-moz-binding|behavior\s*:`)
)

// sheet is the style sheet that was read, without what it imports and the fonts that
// it would load.
func (w *writer) sheet() string {
	css := imported.ReplaceAllString(w.style.String(), "")
	return fontFace.ReplaceAllStringFunc(css, func(face string) string {
		if harmless(face) {
			return face
		}
		return ""
	})
}

var fontFace = regexp.MustCompile(`(?i)@font-face\s*\{[^{}]*\}`)

var imported = regexp.MustCompile(`(?i)@import[^;{}]*(?:;|$)`)

// harmless reports whether a value or a style sheet leads nowhere outside of the
// drawing. An escape in it could hide that it does.
func harmless(s string) bool {
	if active.MatchString(s) || strings.Contains(strings.ToLower(s), "url") && strings.Contains(s, `\`) {
		return false
	}
	for _, m := range addressed.FindAllStringSubmatch(s, -1) {
		if !inside.MatchString(m[1]) {
			return false
		}
	}
	return true
}

func (w *writer) close() {
	if len(w.names) == 0 {
		return
	}
	name := w.names[len(w.names)-1]
	w.names = w.names[:len(w.names)-1]
	if name == "" {
		w.out--
		return
	}
	if name == "style" {
		// A picture loads nothing, so nobody misses what a sheet imports.
		if css := w.sheet(); harmless(css) && !strings.Contains(css, `\`) {
			w.b.WriteString(escapeText.Replace(css))
		} else {
			w.lost("<style>")
		}
		w.style.Reset()
	}
	w.b.WriteString("</" + name + ">")
}

func (w *writer) text(s string) {
	switch {
	case w.out > 0 || len(w.names) == 0:
	case w.inStyle():
		w.style.WriteString(s)
	default:
		w.b.WriteString(escapeText.Replace(s))
	}
}

var (
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	escapeAttr = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;", "\r", "&#13;")
)

func clip(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

var entity = regexp.MustCompile(`<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"<&%]*)"|'([^'<&%]*)')\s*>`)

// entities are those that a drawing defines for itself, as Illustrator does for
// the names of its spaces. Such as hold elements or others are none.
func entities(data []byte) map[string]string {
	const most = 100
	head := data[:min(len(data), 16<<10)]
	out := map[string]string{}
	for _, m := range entity.FindAllSubmatch(head, most) {
		if len(m[2])+len(m[3]) <= 200 {
			out[string(m[1])] = string(m[2]) + string(m[3])
		}
	}
	return out
}
