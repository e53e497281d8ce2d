package drawing

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

const frame = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`

func TestClean(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want, left string }{
		{"plain", frame + ` viewBox="0 0 9 9"><g fill="url(#a)"><path d="M0 0h9"/></g><text>5 &lt; 6</text></svg>`, frame + ` viewBox="0 0 9 9"><g fill="url(#a)"><path d="M0 0h9"></path></g><text>5 &lt; 6</text></svg>`, ""},
		{"script", frame + `><script>alert(1)</script><path d="M0"/></svg>`, frame + `><path d="M0"></path></svg>`, "<script>"},
		{"script of HTML", `<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml"><h:script>alert(1)</h:script></svg>`, frame + `></svg>`, "<script>"},
		{"event", frame + ` onload="alert(1)" ONCLICK='x'><g onBegin="x"/></svg>`, frame + `><g></g></svg>`, "onload= ONCLICK= onBegin="},
		{"link", frame + `><a xlink:href="javascript:alert(1)" href="x"><text>t</text></a></svg>`, frame + `><g><text>t</text></g></svg>`, ""},
		{"use of another file", frame + `><use xlink:href="http://e/x#a"/><use href="#a"/></svg>`, frame + `><use></use><use href="#a"></use></svg>`, "xlink:href="},
		{"animated address", frame + `><set attributeName="xlink:href" to="javascript:alert(1)"/><animate attributeName="r" to="1"/></svg>`, frame + `><animate attributeName="r" to="1"></animate></svg>`, "<set>"},
		{"HTML inside", frame + `><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="x">b</body></foreignObject></svg>`, frame + `></svg>`, "<foreignObject>"},
		{"style", frame + `><style>a{fill:red}</style><style>@import "//e";b{fill:red}</style><style>a{fill:url(//e)}</style><style>a{fill:\75rl(//e)}</style></svg>`, frame + `><style>a{fill:red}</style><style>b{fill:red}</style><style></style><style></style></svg>`, "<style>"},
		{"style of an element", frame + `><path style="fill:url(http://e/)" fill="url(#a)"/></svg>`, frame + `><path fill="url(#a)"></path></svg>`, "style="},
		{"of programs", `<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/" i:v="1"><metadata>m</metadata><i:x>n</i:x></svg>`, frame + `></svg>`, ""},
		{"entity", "<!DOCTYPE svg [<!ENTITY a \"red\"><!ENTITY b \"<script>alert(1)</script>\">]>" + frame + `><g fill="&a;"/></svg>`, frame + `><g fill="red"></g></svg>`, ""},
		{"picture inside", frame + `><image href="data:image/png;base64,AA=="/><image href="data:image/svg+xml;base64,AA=="/></svg>`, frame + `><image href="data:image/png;base64,AA=="></image><image></image></svg>`, "href="},
		{"comment and instruction", "<?xml version=\"1.0\"?><?xml-stylesheet href=\"//e\"?><!-- c -->" + frame + "></svg>", frame + `></svg>`, ""},
	} {
		got, left, err := Clean([]byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if string(got) != c.want+"\n" || strings.Join(left, " ") != c.left {
			t.Errorf("%s: got %s left out %q\nwant %s left out %q", c.name, got, left, c.want, c.left)
		}
	}
	for _, in := range []string{"", "x", "<html/>", `<svg xmlns="x"/>`, frame, "<!DOCTYPE svg [<!ENTITY b \"<script/>\">]>" + frame + `>&b;</svg>`, `<?xml version="1.0" encoding="UTF-7"?>` + frame + "></svg>"} {
		if got, _, err := Clean([]byte(in)); err == nil {
			t.Errorf("%q is taken for a drawing: %s", in, got)
		}
	}
}

// FuzzClean: whatever goes in, what comes out is a drawing with nothing in it that
// does something, and is left as it is when it goes in again.
func FuzzClean(f *testing.F) {
	f.Add([]byte(frame + `><script>alert(1)</script><a href="x"><g onclick="1" style="fill:url(#b)"/></a><style>a{}</style></svg>`))
	f.Add([]byte("<!DOCTYPE svg [<!ENTITY a \"red\">]>" + frame + `><h:script xmlns:h="http://www.w3.org/1999/xhtml"/><g fill="&a;"/></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, err := Clean(data)
		if err != nil {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(got))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q became %q: %v", data, got, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if !elements[e.Name.Local] || e.Name.Space != svgSpace || e.Name.Local == "a" {
				t.Errorf("%q became %q: it has <%s>", data, got, e.Name.Local)
			}
			for _, a := range e.Attr {
				low := strings.ToLower(a.Name.Local)
				if strings.HasPrefix(low, "on") || low == "href" && !inside.MatchString(a.Value) || active.MatchString(a.Value) {
					t.Errorf("%q became %q: it has %s=%q", data, got, a.Name.Local, a.Value)
				}
			}
		}
		again, left, err := Clean(got)
		if err != nil || !bytes.Equal(again, got) || len(slices.DeleteFunc(left, func(s string) bool { return s == "" })) > 0 {
			t.Errorf("%q became %q and then %q, without %q, %v", data, got, again, left, err)
		}
	})
}
