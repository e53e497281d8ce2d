package markdown

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/source"
	"stele/build/yaml"
)

// parseMeta reads the front matter and returns where the text begins.
func parseMeta(f source.File) (doc.Meta, int, diag.List) {
	const fence = "---\n"
	if !strings.HasPrefix(f.Data, fence) {
		return doc.Meta{}, 0, nil
	}
	body, end := len(fence), -1
	for at := body; at < len(f.Data); {
		line, _, _ := strings.Cut(f.Data[at:], "\n")
		next := min(at+len(line)+1, len(f.Data))
		if l := strings.TrimRight(line, " \t"); l == "---" || l == "..." {
			end, body = at, next
			break
		}
		at = next
	}
	if end < 0 {
		var diags diag.List
		diags.Errorf(diag.Pos{Path: f.Path, Line: 1, Col: 1}, "front-matter", `the front matter that "---" begins is not closed by a second line "---"`)
		return doc.Meta{}, len(f.Data), diags
	}
	if end > maxMeta {
		var diags diag.List
		diags.Errorf(diag.Pos{Path: f.Path, Line: 1, Col: 1}, "front-matter", "the front matter is longer than %d KiB", maxMeta>>10)
		return doc.Meta{}, body, diags
	}
	d := yaml.Open(f.Path, 1, f.Data[len(fence):end])
	return readMeta(d, f), body, d.Diags
}

func readMeta(d *yaml.Doc, f source.File) doc.Meta {
	m := d.Root
	meta := doc.Meta{At: map[string]diag.Pos{}}
	for _, k := range []string{"title", "short", "slug", "lang", "status", "source", "date", "description", "layout"} {
		if m.Get(k) != nil {
			meta.At[k] = m.At(k)
		}
	}
	meta.Title = m.Text("title")
	meta.Short = m.Text("short")
	meta.Slug = slug(m.Get("slug"))
	meta.Status = doc.Status(m.Get("status").Choice("", string(doc.Authentic), string(doc.Official), string(doc.Received), string(doc.Working), string(doc.Editorial)))
	meta.Source = m.Text("source")
	meta.Date = m.Get("date").Day()
	meta.Description = m.Text("description")
	meta.Layout = doc.Layout(m.Get("layout").Choice("", string(doc.LayoutPage), string(doc.LayoutSections)))
	if v := m.Get("lang"); v != nil && !sameLanguage(v.Text(), f) {
		v.Errorf("lang-mismatch", "is %q, but the file's name says %q; remove the line or rename the file", v.Text(), f.Lang)
	}
	for _, k := range []string{"title", "short", "source", "description"} {
		if htmlTag.MatchString(afterLess(m.Text(k))) {
			d.Diags.Warnf(m.Get(k).Pos(), "raw-html", "HTML is shown as text, not obeyed; write %q without it", k)
		}
	}
	for _, k := range []string{"title", "short"} {
		if n := utf8.RuneCountInString(m.Text(k)); n > MaxHeading {
			m.Get(k).Errorf("too-long", "has %d characters; %d are the most", n, MaxHeading)
		}
	}
	m.Done()
	return meta
}

// afterLess returns s from its first "<" that could begin a tag.
func afterLess(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] == '<' && htmlTag.MatchString(s[i:]) {
			return s[i:]
		}
	}
	return ""
}

func sameLanguage(lang string, f source.File) bool {
	if lang == f.Lang || lang == f.Tag {
		return true
	}
	a, err := language.Parse(lang)
	return err == nil && (a == language.Make(f.Lang) || a == language.Make(f.Tag))
}

// slug returns the name that replaces the folder's in addresses.
func slug(v *yaml.Value) string {
	s := v.Raw()
	if s == "" {
		return ""
	}
	fault := source.AddressFault(s)
	switch {
	case fault != "":
	case strings.ContainsAny(s, `/\`), strings.Contains(s, ".."):
		fault = "is a path; a slug is one name"
	case strings.HasPrefix(s, "."):
		fault = "begins with a dot, so that hosts hide it"
	case len(s) > source.MaxName:
		fault = "is too long"
	}
	if fault != "" {
		if r := []rune(s); len(r) > 40 {
			s = string(r[:40]) + "…"
		}
		v.Errorf("bad-slug", "%q %s; use letters, digits and hyphens", s, fault)
		return ""
	}
	safe := source.Slug(s)
	if safe != s {
		v.Warnf("bad-slug", "%q cannot stand in an address as it is and becomes %q; use letters, digits and hyphens", s, safe)
	}
	return safe
}
