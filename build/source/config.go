package source

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"stele/build/diag"
	"stele/build/yaml"
)

// Config is the site's settings: site.yaml, or what follows from the files.
type Config struct {
	// Languages in the order of the columns; never empty if there is a text.
	Languages []Language
	// Title, Publisher and Licence by language; one text for all languages is
	// repeated for each. Nil if not set.
	Title, Publisher, Licence map[string]string
	// BaseURL is absolute and ends in "/"; empty if not set.
	BaseURL string
	// Texts are the names of the texts that come first, in order.
	Texts []string
	// Theme is the folder in themes/ that layouts and assets come from; empty
	// for the usual one.
	Theme string
	// StaleMarks shows readers which passages have not followed a change.
	StaleMarks bool
	// Sentences shows readers which sentences of the other languages say the same
	// as the one they point at. On unless switched off.
	Sentences bool
	// Columns is how many languages show at first; 0 = all.
	Columns int
	// Ignored are keys of front matter that belong to other programs.
	Ignored []string
	// Severities are findings that are to be less grave than usual, or more.
	Severities []Severity
	// Downloads are the names of the formats that are published as files to take
	// away; nil, and not empty, if the settings do not say.
	Downloads []string
	// Folders of texts that the settings name, in order.
	Folders []Heading
	// Groups and Classes of the glossary that the settings name, in order.
	Groups, Classes []Heading
	// OldLanguages and OldGroups are names that languages and groups of the
	// glossary had in addresses, by the name they have now.
	OldLanguages, OldGroups map[string][]Alias
	// At gives the place of each key that was set ("base-url", "texts.0"); nil
	// without a site.yaml.
	At map[string]diag.Pos
}

// Severity is how grave findings of a rule are on this site.
type Severity struct {
	Code     diag.Code
	Severity diag.Severity
	Pos      diag.Pos
}

// Heading says how readers see a group or a class of the glossary.
type Heading struct {
	Name         string            // the group's folder below glossary/, or the class
	Title, Intro map[string]string // by language; one text for all under ""
	Pos          diag.Pos
}

// Alias is a name that something had before.
type Alias struct {
	Name string
	Pos  diag.Pos
}

// Language is one language of the site.
type Language struct {
	Lang string // in file names and addresses: "zh"
	Tag  string // BCP 47: "zh-Hans"
	Name string // in the language itself: "中文"
}

// ParseConfig reads site.yaml.
func ParseConfig(f File) (Config, diag.List) {
	d := yaml.Open(f.Path, 0, f.Data)
	m := d.Root
	c := Config{At: map[string]diag.Pos{}, OldLanguages: map[string][]Alias{}, OldGroups: map[string][]Alias{}}
	for _, k := range []string{"title", "languages", "base-url", "texts", "publisher", "licence", "theme", "glossary", "downloads", "folders"} {
		if m.Get(k) != nil {
			c.At[k] = m.At(k)
		}
	}
	for i, v := range m.Get("languages").List() {
		if l, old, ok := parseLanguage(v); ok {
			if slices.ContainsFunc(c.Languages, func(o Language) bool { return o.Lang == l.Lang || o.Tag == l.Tag }) {
				v.Error(DuplicateEntry, "Value", l.Lang)
				continue
			}
			c.At[fmt.Sprintf("languages.%d", i)] = v.Pos()
			c.Languages = append(c.Languages, l)
			c.OldLanguages[l.Lang] = old
		}
	}
	distinct(c.Languages)
	c.Title = c.localised(m.Get("title"))
	c.Publisher = c.localised(m.Get("publisher"))
	c.Licence = c.localised(m.Get("licence"))
	c.BaseURL = parseBaseURL(m.Get("base-url"))
	for _, v := range m.Get("texts").List() {
		if s := v.Text(); s != "" {
			c.At[fmt.Sprintf("texts.%d", len(c.Texts))] = v.Pos()
			c.Texts = append(c.Texts, s)
		}
	}
	var theme *yaml.Map
	if v := m.Get("theme"); v.IsText() {
		c.At["theme"] = v.Pos()
		c.Theme = themeName(v)
	} else {
		theme = v.Map()
	}
	if v := theme.Get("name"); v != nil {
		c.At["theme"] = v.Pos()
		c.Theme = themeName(v)
	}
	c.StaleMarks = theme.Get("stale-marks").Bool(false)
	c.Sentences = theme.Get("sentences").Bool(true)
	c.Columns = theme.Get("default-columns").Int(0, 1, max(1, len(c.Languages)))
	theme.Done()
	c.Ignored = m.Get("ignore-front-matter").Texts()
	c.Severities = severities(m.Get("severity").Map())
	c.Downloads = parseDownloads(m.Get("downloads"))
	c.Folders = c.headings(m.Get("folders"), "folder", true)
	g := m.Get("glossary").Map()
	c.Groups = c.headings(g.Get("groups"), "folder", true)
	c.Classes = c.headings(g.Get("classes"), "class", false)
	g.Done()
	m.Done()
	return c, d.Diags
}

// severities reads a mapping of codes to how grave their findings are.
func severities(m *yaml.Map) []Severity {
	var out []Severity
	for _, k := range m.Keys() {
		v := m.Get(k)
		switch v.Choice("", "error", "warning", "note") {
		case "error":
			out = append(out, Severity{diag.Code(k), diag.Error, m.At(k)})
		case "warning":
			out = append(out, Severity{diag.Code(k), diag.Warning, m.At(k)})
		case "note":
			out = append(out, Severity{diag.Code(k), diag.Note, m.At(k)})
		}
	}
	return out
}

// DownloadFormats are the formats that can be published.
var DownloadFormats = []string{"docx", "epub", "txt", "tmx", "xliff", "tbx", "csv", "json"}

// parseDownloads reads a list of formats, or false for none.
func parseDownloads(v *yaml.Value) []string {
	if v == nil {
		return nil
	}
	if v.IsText() && v.Text() == "false" {
		return []string{}
	}
	out := []string{}
	for _, item := range v.List() {
		if f := item.Choice("", DownloadFormats...); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// headings reads a list of groups, named by their folders, or of classes: each
// {folder: places, title: {en: Places}} or only the name.
func (c *Config) headings(v *yaml.Value, key string, intro bool) []Heading {
	example := map[string]string{"folder": "{folder: places, title: {en: Places}}", "class": "{class: city, title: {en: city}}"}[key]
	var out []Heading
	seen := map[string]bool{}
	for _, item := range v.List() {
		h, at := Heading{}, item
		if item.IsText() {
			h.Name = item.Text()
		} else {
			m := item.Map()
			at = m.Get(key)
			h.Name = m.Text(key)
			h.Title = c.localised(m.Get("title"))
			if intro {
				h.Intro = c.localised(m.Get("intro"))
				c.OldGroups[h.Name] = aliases(m.Get("aliases"))
			}
			m.Done()
			if m == nil {
				continue
			}
			if at == nil {
				item.Error(MissingKey.As("heading"), "Missing", key, "Example", example)
				continue
			}
		}
		h.Pos = at.Pos()
		switch {
		case h.Name == "": // and said so
		case strings.ContainsAny(h.Name, " \t") && !intro:
			at.Error(BadValue.As("word"), "Value", h.Name)
		case seen[h.Name]:
			at.Error(DuplicateEntry, "Value", h.Name)
		default:
			seen[h.Name] = true
			out = append(out, h)
		}
	}
	return out
}

// MaxAliases is how many old names a language or a group may have: every page
// of it leads on from each.
const MaxAliases = 50

// aliases reads the names that a language or a group had in addresses.
func aliases(v *yaml.Value) []Alias {
	var out []Alias
	for _, item := range v.List() {
		name := item.Text()
		if len(out) == MaxAliases {
			item.Warn(TooManyAliases.As("name"), "Max", MaxAliases)
			break
		}
		if slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return NameFault(part).ID != "" }) {
			item.Error(BadValue.As("name"), "Value", name)
		} else {
			out = append(out, Alias{name, item.Pos()})
		}
	}
	return out
}

// localised reads a text by language and reports languages the site has not.
func (c *Config) localised(v *yaml.Value) map[string]string {
	local := v.Local()
	for k, s := range local {
		if lang, why := LanguageOf(k); k != "" && why.ID == "" && lang != k && local[lang] == "" {
			delete(local, k)
			local[lang] = s
		}
	}
	if len(c.Languages) > 0 && v.IsMap() {
		m := v.Map()
		for _, k := range m.Keys() {
			lang, _ := LanguageOf(k)
			if !slices.ContainsFunc(c.Languages, func(l Language) bool { return l.Lang == lang }) {
				m.Get(k).Error(UnknownLanguage.As("key"))
			}
		}
	}
	return local
}

// untold reports texts by language that some languages of the site lack.
func (c *Config) untold() diag.List {
	var diags diag.List
	for _, key := range []string{"title", "publisher", "licence"} {
		local := map[string]map[string]string{"title": c.Title, "publisher": c.Publisher, "licence": c.Licence}[key]
		if _, all := local[""]; all || len(local) == 0 {
			continue
		}
		var lack []string
		for _, l := range c.Languages {
			if local[l.Lang] == "" {
				lack = append(lack, l.Lang)
			}
		}
		if len(lack) > 0 {
			diags.Warn(c.At[key], MissingLanguage.As("key"), "Key", yaml.Key(key), "Languages", diag.Names(lack))
		}
	}
	return diags
}

// spread gives a text for all languages to each of them. The maps it finds it
// leaves alone.
func (c *Config) spread() {
	for _, local := range []*map[string]string{&c.Title, &c.Publisher, &c.Licence} {
		if s, ok := (*local)[""]; ok {
			*local = map[string]string{}
			for _, l := range c.Languages {
				(*local)[l.Lang] = s
			}
		}
	}
}

// parseLanguage reads an entry of "languages": {lang: zh, tag: zh-Hans, name: 中文}
// or only the language, and the names that it had before.
func parseLanguage(v *yaml.Value) (l Language, old []Alias, ok bool) {
	at := v
	if v.IsText() {
		l.Lang = v.Text()
	} else {
		m := v.Map()
		l = Language{Lang: m.Text("lang"), Tag: m.Text("tag"), Name: m.Text("name")}
		old = aliases(m.Get("aliases"))
		m.Done()
		if m == nil {
			return l, nil, false
		}
		if l.Lang == "" {
			v.Error(MissingKey.As("lang"))
			return l, nil, false
		}
		at = m.Get("lang")
	}
	written, why := LanguageOf(l.Lang)
	if why.ID != "" || strings.Contains(l.Lang, ".") {
		at.Error(BadLanguage.As("file"), "Value", l.Lang)
		return l, nil, false
	}
	l.Lang = written
	usual := languageOf(l.Lang)
	if l.Tag == "" {
		l.Tag = usual.Tag
	} else if t, err := language.Parse(l.Tag); err != nil {
		v.Map().Get("tag").Error(BadLanguage, "Value", l.Tag)
		l.Tag = usual.Tag
	} else {
		l.Tag = t.String()
	}
	l.Name = cmp.Or(l.Name, usual.Name)
	return l, old, true
}

// themeName reads the name of a folder in themes/.
func themeName(v *yaml.Value) string {
	name := v.Text()
	if fault := NameFault(name); fault.ID != "" || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") {
		v.Error(BadValue.As("name"), "Value", name)
		return ""
	}
	return name
}

func parseBaseURL(v *yaml.Value) string {
	s := v.Text()
	if s == "" {
		return ""
	}
	address, err := BaseURL(s)
	if err != nil {
		v.Error(BadValue.As("base-url"))
	}
	return address
}

// BaseURL returns the address that a site is published at with the slash that
// it ends in, or an error that says what it must be.
func BaseURL(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(s, "?# ") || u.User != nil || !wholePort(u) || climbs(u.Path) {
		return "", &diag.ReasonError{Phrase: diag.Say("reason.base-url")}
	}
	// Programs that read these addresses want them in ASCII.
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil && u.Hostname() != strings.ToLower(u.Hostname()) {
		host, err = idna.Lookup.ToASCII(strings.ToLower(u.Hostname()))
	}
	if err != nil {
		if strings.IndexFunc(u.Hostname(), func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			return "", &diag.ReasonError{Phrase: diag.Say("reason.base-url")}
		}
		host = u.Hostname() // not a name of the DNS, but of somebody's network
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	return u.Scheme + "://" + host + strings.TrimSuffix(u.EscapedPath(), "/") + "/", nil
}

// wholePort reports whether the address names no port, or one that there can be.
func wholePort(u *url.URL) bool {
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	return u.Port() == "" || err == nil && port > 0
}

// climbs reports whether a path has parts that whoever follows it takes away.
func climbs(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool { return part == "." || part == ".." })
}

// languagesOf returns the languages of the files found: Russian, Chinese and
// English first, then the others by tag.
func languagesOf(versions map[string]map[string]string) []Language {
	found := map[string]bool{}
	for _, v := range versions {
		for l := range v {
			found[l] = true
		}
	}
	var out []Language
	for _, l := range []string{"ru", "zh", "en"} {
		if found[l] {
			out = append(out, languageOf(l))
			delete(found, l)
		}
	}
	first := len(out)
	for l := range found {
		out = append(out, languageOf(l))
	}
	slices.SortFunc(out[first:], func(a, b Language) int { return strings.Compare(a.Lang, b.Lang) })
	distinct(out)
	return out
}

// distinct tells languages apart that have one name: Português and Português
// (Brasil).
func distinct(all []Language) {
	same := map[string]int{}
	for _, l := range all {
		same[l.Name]++
	}
	for i, l := range all {
		if same[l.Name] < 2 || l.Name != languageOf(l.Lang).Name {
			continue
		}
		tag := language.Make(l.Lang)
		part := regionOf(tag)
		if strings.HasSuffix(l.Name, " ("+part+")") {
			continue
		}
		if part != "" {
			all[i].Name += " (" + part + ")"
			continue
		}
		if script, c := tag.Script(); c == language.Exact {
			part = script.String()
			if names := display.Scripts(tag); names != nil {
				part = cmp.Or(names.Name(script), part)
			}
		}
		if part != "" {
			all[i].Name += " (" + part + ")"
		}
	}
}

// regionOf is the name, in the language itself, of the region that the tag says;
// "" for none.
func regionOf(tag language.Tag) string {
	region, c := tag.Region()
	if c != language.Exact {
		return ""
	}
	if names := display.Regions(tag); names != nil {
		return cmp.Or(names.Name(region), region.String())
	}
	return region.String()
}

// ownKind reports whether the tag names the language of a region that writes it
// in its own way, as pt-BR and fr-CA do and fa-IR does not: a region other than
// that which the language by itself stands for. Portuguese by itself is taken for
// either of two.
func ownKind(tag language.Tag) bool {
	region, c := tag.Region()
	b := base(tag)
	usual, _ := b.Region()
	return c == language.Exact && (region != usual || b.String() == "pt")
}

// languageOf returns the language with its usual tag and its name in itself.
func languageOf(lang string) Language {
	tag := language.Make(lang)
	l := Language{Lang: lang, Tag: tag.String(), Name: display.Self.Name(tag)}
	if base(tag).String() == "zh" && lang != "zh" {
		// 中文 says too little beside another Chinese.
		script, _ := tag.Script()
		if name := display.Self.Name(language.Make("zh-" + script.String())); name != "" {
			l.Name = name
		}
	}
	if self := display.Self.Name(base(tag)); ownKind(tag) && l.Name != "" && l.Name == self {
		l.Name += " (" + regionOf(tag) + ")"
	}
	if lang == "zh" {
		// Without a script the tag leaves open which characters are used.
		l.Tag = "zh-Hans"
	}
	if name := ownNames[tag.String()]; name != "" {
		l.Name = name
	}
	if l.Name == "" {
		l.Name = lang
	}
	r, n := utf8.DecodeRuneInString(l.Name)
	l.Name = string(unicode.ToTitle(r)) + l.Name[n:] // not the upper case, which Georgian does not mix with the lower
	return l
}

// base is the tag without script and region.
func base(tag language.Tag) language.Tag {
	b, _ := tag.Base()
	return language.Make(b.String())
}

// ownNames are names of languages in themselves that Unicode CLDR, as golang.org/x/text
// has it, does not know or has otherwise than their readers.
var ownNames = map[string]string{
	"ba": "Башҡортса", "co": "Corsu", "crh": "Qırımtatarca", "cv": "Чӑвашла", "dng": "Хуэйзў йүян", "dv": "ދިވެހި", "ht": "Kreyòl ayisyen", "ia": "Interlingua",
	"jv": "Basa Jawa", "kaa": "Qaraqalpaqsha", "ku": "Kurdî", "la": "Latina", "mi": "Māori", "nan": "Bân-lâm-gú", "no": "Norsk", "oc": "Occitan", "os": "Ирон",
	"sa": "संस्कृतम्", "sc": "Sardu", "sr-Latn": "Srpski", "sr-Latn-RS": "Srpski", "su": "Basa Sunda", "tlh": "tlhIngan Hol", "tl": "Tagalog", "za": "Vahcuengh",
}
