package markdown

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/source"
	"stele/build/yaml"
)

// parseMeta reads the front matter and returns where the text begins.
func parseMeta(f source.File) (doc.Meta, int, diag.List) {
	start, ok := metaStart(f.Data)
	if !ok {
		return foreignMeta(f)
	}
	body, end := start, -1
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
		diags.Error(diag.Pos{Path: f.Path, Line: 1, Col: 1}, FrontMatter)
		return doc.Meta{}, len(f.Data), diags
	}
	if end > MaxMeta {
		var diags diag.List
		diags.Error(diag.Pos{Path: f.Path, Line: 1, Col: 1}, FrontMatter.As("long"), "Max", MaxMeta>>10)
		return doc.Meta{}, body, diags
	}
	d := yaml.Open(f.Path, strings.Count(f.Data[:start], "\n"), f.Data[start:end])
	return readMeta(d, f), body, d.Diags
}

var (
	// Blank lines and comments may stand before the front matter. Then "---" is no
	// rule only where a key follows, and a second "---".
	metaOpening = regexp.MustCompile(`^---[ \t]*\n`)
	lateOpening = regexp.MustCompile(`^(?:[ \t]*(?:<!--[^>]*-->)?[ \t]*\n)+---[ \t]*\n`)
	lateMeta    = regexp.MustCompile(`^(?:[ \t]*(?:#.*)?\n)*[A-Za-z][\w-]*:(?:[ \t].*)?\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)`)
	jsonMeta    = regexp.MustCompile(`^\s*\{\s*"[\w-]+"\s*:`)
	bareMeta    = regexp.MustCompile(`^\s*(title|short|slug|aliases|lang|status|source|date|description|layout): .*\n(?:title|short|slug|aliases|lang|status|source|date|description|layout): `)
)

// metaStart returns where the front matter begins, after its first line.
func metaStart(data string) (start int, ok bool) {
	if m := metaOpening.FindString(data); m != "" {
		return len(m), true
	}
	head := data[:min(len(data), MaxMeta)]
	if m := lateOpening.FindString(head); m != "" && lateMeta.MatchString(head[len(m):]) {
		return len(m), true
	}
	return 0, false
}

// foreignMeta reads front matter in other notations than YAML's.
func foreignMeta(f source.File) (doc.Meta, int, diag.List) {
	var diags diag.List
	head := f.Data[:min(len(f.Data), MaxMeta)]
	start := len(head) - len(strings.TrimLeft(head, " \t\n"))
	line := strings.Count(head[:start], "\n")
	at := diag.Pos{Path: f.Path, Line: 1 + line, Col: 1}
	m := bareMeta.FindStringSubmatch(head)
	switch {
	case tomlOpening.MatchString(head[start:]):
		g := tomlMeta.FindStringSubmatchIndex(head[start:])
		if g == nil {
			diags.Error(at, FrontMatter.As("toml"))
			return doc.Meta{}, len(f.Data), diags
		}
		d := yaml.OpenTOML(f.Path, line+1, head[start:][g[2]:g[3]])
		d.Diags.Warn(at, FrontMatter.As("read"), "Notation", "TOML")
		meta := readMeta(d, f)
		return meta, start + g[1], d.Diags
	case jsonMeta.MatchString(head):
		end := jsonEnd(head[start:])
		if end < 0 {
			diags.Error(at, FrontMatter.As("json"))
			return doc.Meta{}, len(f.Data), diags
		}
		d := yaml.Open(f.Path, line, head[start:start+end])
		d.Diags.Warn(at, FrontMatter.As("read"), "Notation", "JSON")
		meta := readMeta(d, f)
		return meta, start + end, d.Diags
	case m != nil:
		diags.Error(at, FrontMatter.As("bare"), "Key", m[1])
	}
	return doc.Meta{}, 0, diags
}

var (
	tomlOpening = regexp.MustCompile(`^\+\+\+[ \t]*(?:\n|$)`)
	tomlMeta    = regexp.MustCompile(`(?s)^\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|$)`)
)

// jsonEnd is where the object ends that s begins with, or -1.
func jsonEnd(s string) int {
	dec := json.NewDecoder(strings.NewReader(s))
	var object json.RawMessage
	if dec.Decode(&object) != nil {
		return -1
	}
	return int(dec.InputOffset())
}

func readMeta(d *yaml.Doc, f source.File) doc.Meta {
	m := d.Root
	if f.Ignored != "" {
		ignored := strings.Fields(f.Ignored)
		m.Drop(func(key string) bool { return slices.Contains(ignored, key) })
	}
	foreignValues(m)
	meta := doc.Meta{At: map[string]diag.Pos{}}
	for _, k := range []string{"title", "short", "slug", "lang", "status", "source", "date", "description", "layout"} {
		if m.Get(k) != nil {
			meta.At[k] = m.At(k)
		}
	}
	meta.Title = m.Text("title")
	meta.Short = m.Text("short")
	meta.Slug = slug(m.Get("slug"))
	for _, v := range m.Get("aliases").List() {
		if s := alias(v); s != "" && len(meta.Aliases) < MaxAliases {
			meta.At[fmt.Sprintf("aliases.%d", len(meta.Aliases))] = v.Pos()
			meta.Aliases = append(meta.Aliases, s)
		}
	}
	meta.Status = doc.Status(m.Get("status").Choice("", statuses...))
	meta.Source = m.Text("source")
	meta.Date = m.Get("date").DayOf()
	meta.Description = m.Text("description")
	meta.Layout = doc.Layout(m.Get("layout").Choice("", layouts...))
	if v := m.Get("lang"); v != nil && !sameLanguage(v.Text(), f) {
		v.Error(LangMismatch, "Value", v.Text(), "Language", f.Lang)
	}
	for _, k := range []string{"title", "short", "source", "description"} {
		if htmlTag.MatchString(afterLess(m.Text(k))) {
			d.Diags.Warn(m.Get(k).Pos(), RawHTML.As("key"), "Key", k)
		}
	}
	for _, k := range []string{"title", "short"} {
		if n := utf8.RuneCountInString(m.Text(k)); n > MaxHeading {
			m.Get(k).Error(TooLong, "Count", n, "Max", MaxHeading)
		}
	}
	for _, k := range foreignKeys {
		if m.Has(k) {
			m.Take(k, func(pos diag.Pos) { d.Diags.Warn(pos, UnknownKey.As("foreign"), "Key", k) })
		}
	}
	m.DoneBut(func(key string, pos diag.Pos, _ []string) {
		d.Diags.Warn(pos, UnknownKey.As("foreign"), "Key", diag.Clip(key, diag.Quoted))
	})
	return meta
}

var (
	statuses = []string{string(doc.Authentic), string(doc.Official), string(doc.Received), string(doc.Working), string(doc.Editorial)}
	layouts  = []string{string(doc.LayoutPage), string(doc.LayoutSections)}
	// foreignKeys are keys of other programs that look like a slip of one of ours.
	foreignKeys = []string{"data", "sort", "state"}
)

// foreignValues takes out of the front matter what has the name of a key of ours
// and a value that only another program understands. What may be a slip stays.
func foreignValues(m *yaml.Map) {
	for _, k := range []string{"short", "slug", "lang", "status", "source", "date", "description", "layout"} {
		v := m.Get(k)
		if v == nil {
			continue
		}
		foreign := !v.IsText()
		switch s := v.Plain(); k {
		case "status":
			foreign = foreign || !slices.Contains(statuses, s) && yaml.Nearest(s, statuses) == ""
		case "layout":
			foreign = foreign || !slices.Contains(layouts, s) && yaml.Nearest(s, layouts) == ""
		case "slug": // a path, as other programs have it
			foreign = foreign || strings.Contains(s, "/") && !strings.HasPrefix(s, "/") && !strings.Contains(s, "..") && !strings.Contains(s, `\`)
		}
		if foreign {
			v.Warn(UnknownKey.As("value"))
			m.Drop(func(key string) bool { return key == k })
		}
	}
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
	a, err := language.Parse(strings.ReplaceAll(lang, "_", "-"))
	if err != nil {
		return false
	}
	base, _ := a.Base()
	script, _ := a.Script()
	for _, own := range []language.Tag{language.Make(f.Lang), language.Make(f.Tag)} {
		b, _ := own.Base()
		s, _ := own.Script()
		if base == b && script == s {
			return true
		}
	}
	return false
}

// slug returns the name that replaces the folder's in addresses.
func slug(v *yaml.Value) string {
	s := v.Raw()
	if s == "" {
		return ""
	}
	fault := source.AddressFault(s)
	switch {
	case fault.ID != "":
	case strings.ContainsAny(s, `/\`), strings.Contains(s, ".."):
		fault = diag.Say("name-fault.path")
	case strings.HasPrefix(s, "."):
		fault = diag.Say("name-fault.hidden")
	case len(s) > source.MaxName:
		fault = diag.Say("name-fault.long")
	}
	if fault.ID != "" {
		v.Error(BadSlug, "Slug", diag.Clip(s, diag.Quoted), "Fault", fault)
		return ""
	}
	safe := source.Slug(s)
	if safe != s {
		v.Warn(BadSlug.As("changed"), "Slug", s, "Safe", safe)
	}
	return safe
}

// alias returns an address that the text had before: a path below the language's
// folder, of one page (“about.html”), of a folder (“strategy/”) or, without an
// ending, of either.
func alias(v *yaml.Value) string {
	s := strings.TrimPrefix(norm.NFC.String(v.Raw()), "/")
	if s == "" {
		return ""
	}
	name := strings.TrimSuffix(strings.TrimSuffix(s, "/"), ".html")
	var fault diag.Phrase
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case fault.ID != "":
		case part == "" || part == "." || part == ".." || strings.ContainsAny(part, `\?#%`):
			fault = diag.Say("name-fault.alias")
		case len(s) > source.MaxName:
			fault = diag.Say("name-fault.long")
		default:
			fault = source.AddressFault(part)
		}
	}
	if fault.ID != "" {
		v.Error(BadSlug, "Slug", diag.Clip(s, diag.Quoted), "Fault", fault)
		return ""
	}
	return s
}
