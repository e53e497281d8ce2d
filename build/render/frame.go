package render

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
)

// Frame is what every page has around its own content. Every page struct
// embeds one, so templates say .T, .Nav … of any page.
type Frame struct {
	Lang, Dir   string // the page's language as BCP 47, and "rtl" or empty
	Kind        string // the layout's name, a class of <body>
	Title       string // for <title>
	Name        string // the page's own title, without the site's
	Description string // one sentence for search engines
	SiteTitle   string // the site's title in the page's language

	Canonical  string      // the address of this very page
	Alternates []Alternate // this page in every interface language, and x-default
	Feed       string      // the Atom feed; empty on pages without a language
	NoIndex    bool        // search engines are to leave the page out
	URL        string      // absolute, or empty
	OGType     string      // what Open Graph calls it: "website" or "article"
	OGLocales  []string    // the page's own first

	Style, Script, Icon string // the theme's site.css, site.js and icon.svg, as links

	Search     string // the search page; empty where there is none
	OpenSearch string // its description for browsers; empty without a base URL
	SearchIn   string // the text of the page, where there are others
	Find       string // the script that marks what was found
	LD         any    // JSON-LD, or nil

	Downloads string         // the page of files to take away; empty where there are none
	Files     []DownloadFile // files that say the same as the page
	RowData   string         // the address of the passages of the page's text as data, to which the anchor of one is added; may be empty

	Trail  []Link // the folders that the page stands in, from the outside in
	Before *Link  // the text before this one in its folder; nil elsewhere
	After  *Link  // the text after it

	Home      string     // the start page in the page's language; empty on pages without one
	Nav       []Link     // texts, if they are few, glossary and time line
	Languages []Link     // this page in every interface language
	Choice    string     // the choice of language
	Statuses  []Version  // the language versions of the page's text, or of the first if all stand alike
	Standings []Standing // the same where they are many: which languages have one status
	Publisher string     // in the page's language; may be empty
	Licence   string     // in the page's language; may be empty

	ui    UI
	sheet *sheet
}

// T is the interface's word, already escaped. Where it is in another language than
// the page's, it says so in a <span>, which html/template leaves out of attributes.
func (f Frame) T(id string, pairs ...any) template.HTML {
	return spoken(f.ui, f.Lang, id, pairs...)
}

// spoken is a message of the interface as part of a page in the language.
func spoken(ui UI, page, id string, pairs ...any) template.HTML {
	text := esc(ui.T(id, pairs...))
	if from := ui.Spoken(id); from != "" && !sameSpeech(from, page) {
		attrs := ` lang="` + esc(from) + `"`
		if lang.Of(from).RightToLeft != lang.Of(page).RightToLeft {
			attrs += ` dir="` + directionOf(from) + `"`
		}
		text = "<span" + attrs + ">" + text + "</span>"
	}
	return raw(text)
}

// sameSpeech reports whether words in one language can stand in a page of the
// other without a word about it: they are one language in one script.
func sameSpeech(a, b string) bool {
	x, y := lang.Of(a), lang.Of(b)
	return x.Script == y.Script && baseOf(a) == baseOf(b)
}

func baseOf(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(base)
}

// said is the interface's word of a language of the site, with the language that
// it is really in.
func (c context) said(l int, id string, pairs ...any) Words {
	w := c.words(c.uis[l].T(id, pairs...), l)
	if from := c.uis[l].Spoken(id); from != "" && !sameSpeech(from, w.Lang) {
		w.Lang, w.Dir = from, c.dir(from)
	}
	return w
}

// Number writes n as the interface does.
func (f Frame) Number(n int) string { return f.ui.Number(n) }

// Words is a run of text in a language of its own.
type Words struct {
	Lang, Dir string // the language of the text as BCP 47, and "rtl" or empty
	Text      string // plain text, not yet escaped
	// Caps tells that the text was received in capitals, which are shown small.
	Caps bool
}

// Link is a link with its text.
type Link struct {
	Href string // relative to the page
	Words
	Number  string // of a section
	Current bool   // it leads to this page, or to what this page is part of
}

type Alternate struct {
	Hreflang, Href string // a language as BCP 47, or "x-default", and the address
}

// Version is a language version of a text and what it is worth.
type Version struct {
	Code, Lang, Dir string // of the language: in addresses, as BCP 47, "rtl" or empty
	Name            string // of the language, in the language
	Status          string // in the interface language
	Title           Words  // the text's title in it
	Date            string // of the document, in the interface language; may be empty
	Size            string // how long it is, in words or characters
	Source          string // where it was taken from; may be empty
	Href            string // the text in that interface language
}

// frame fills the frame of a page. name is the page's own title.
func (c context) frame(name, description string) Frame {
	s, p := c.site, c.page
	canonical := s.Canonical(p)
	own := s.Langs[p.Lang]
	f := Frame{
		Lang: own.Tag, Dir: lang.Of(own.Tag).Direction(), Kind: layouts[p.Kind],
		Name: name, Title: name, Description: description, SiteTitle: s.Title[p.Lang],
		Style: c.rel(c.theme.asset("site.css")), Script: c.rel(c.theme.asset("site.js")), Icon: c.rel(c.theme.asset("icon.svg")),
		Canonical: cmp.Or(s.Abs(canonical.Path), c.rel(canonical.Path)), URL: s.Abs(p.Path), OGType: "article",
		Choice: c.rel("index.html"), Publisher: s.Publisher[p.Lang], Licence: s.Licence[p.Lang],
		ui: c.ui, sheet: c.sheet,
	}
	if f.SiteTitle != "" && name != f.SiteTitle {
		f.Title = name + c.T("title-joint") + f.SiteTitle
	}
	if !p.Localized() {
		return f
	}
	if feed := s.FeedPath(p.Lang); feed != "" {
		f.Feed = c.rel(feed)
	}
	f.Home = c.href(site.Key{Kind: site.Home})
	f.Nav = c.nav()
	if c.Renders(site.DownloadsPage) {
		key, group := s.DownloadsKey(p.Text)
		f.Downloads = c.href(key)
		if p.Text != nil && len(s.Texts) > site.PerDownloads && f.Downloads != "" {
			f.Downloads += "#group-" + strconv.Itoa(group)
		}
		f.Files = c.alternateFiles()
	}
	if p.Text != nil {
		if path, pointer, ok := strings.Cut(s.RowsAddress(p.Text), "#"); ok {
			f.RowData = c.rel(path) + "#" + pointer
		}
	}
	c.place(&f)
	c.find(&f)
	for l, other := range s.Langs {
		q := s.Page(p.Key, l)
		if q == nil {
			continue
		}
		f.Languages = append(f.Languages, Link{Href: c.rel(q.Path), Words: c.words(other.Name, l), Current: l == p.Lang})
	}
	for _, a := range s.Alternates(p) { // as the site map has them
		f.Alternates = append(f.Alternates, Alternate{a.Tag, cmp.Or(s.Abs(a.Path), c.rel(a.Path))})
	}
	f.OGLocales = append(f.OGLocales, locale(own.Tag))
	for l, other := range s.Langs {
		if l != p.Lang {
			f.OGLocales = append(f.OGLocales, locale(other.Tag))
		}
	}
	t := p.Text
	if t == nil {
		t = c.first
	}
	if t != nil {
		f.Statuses = c.versions(t)
		f.Standings = standings(f.Statuses)
	}
	return f
}

// navTexts is how many texts the header has room for.
const navTexts = 3

// nav links what the site has besides its home: its texts if they are few, and
// the glossary.
func (c context) nav() []Link {
	var out []Link
	add := func(k site.Key, w Words, current bool) {
		if p := c.site.Page(k, c.page.Lang); p != nil && c.Renders(k.Kind) {
			out = append(out, Link{Href: c.rel(p.Path), Words: w, Current: current})
		}
	}
	own := c.page.Lang
	if len(c.site.Texts) <= navTexts {
		for _, t := range c.site.Texts {
			v := t.Versions[c.page.Lang]
			name := c.words(v.Short, v.TitleLang)
			if t == c.mainText() { // the site bears its name
				name = c.said(own, "contents")
			}
			add(site.ContentsKey(t), name, c.page.Text == t)
		}
	}
	inGlossary := c.page.Kind == site.GlossaryIndex || c.page.Kind == site.GlossaryGroup || c.page.Kind == site.ConceptPage
	add(site.Key{Kind: site.GlossaryIndex}, c.said(own, "glossary"), inGlossary)
	add(site.Key{Kind: site.Timeline}, c.said(own, "timeline"), c.page.Kind == site.Timeline)
	return out
}

// mainText is the text that the site is about: the only one in sections.
func (c context) mainText() *site.Text {
	var main *site.Text
	for _, t := range c.site.Texts {
		if t.Layout == doc.LayoutSections {
			if main != nil {
				return nil
			}
			main = t
		}
	}
	return main
}

// firstText is the text whose standing pages tell that are of no text: the first
// that is not the publisher's own, if no other stands otherwise. Else nobody could
// tell which text is meant, and a translation might pass for authentic.
func firstText(texts []*site.Text) *site.Text {
	var first *site.Text
	for _, t := range texts {
		switch {
		case t.Editorial():
		case first == nil:
			first = t
		case !sameStanding(first, t):
			return nil
		}
	}
	if first == nil && len(texts) > 0 {
		return texts[0]
	}
	return first
}

// sameStanding reports whether the languages that both texts have are worth the
// same in both.
func sameStanding(t, u *site.Text) bool {
	for l := range t.Versions {
		if a, b := t.Versions[l].Doc, u.Versions[l].Doc; a != nil && b != nil && a.Meta.Status != b.Meta.Status {
			return false
		}
	}
	return true
}

// versions describes the language versions of a text, the page's language first.
func (c context) versions(t *site.Text) []Version {
	var out []Version
	for _, l := range c.order() {
		d := t.Versions[l].Doc
		if d == nil {
			continue
		}
		it := c.site.Langs[l]
		v := Version{
			Code: it.Code, Lang: it.Tag, Dir: c.dir(it.Tag), Name: it.Name,
			Status: c.status(d.Meta.Status), Title: c.words(t.Versions[l].Title, t.Versions[l].TitleLang),
			Date: c.ui.Date(d.Meta.Date), Size: c.size(t, l), Source: d.Meta.Source,
		}
		if q := c.site.Page(site.ContentsKey(t), l); q != nil {
			v.Href = c.rel(q.Path)
		}
		out = append(out, v)
	}
	return out
}

// Standing is a status with the language versions that have it.
type Standing struct {
	Status   string    // in the interface language
	Versions []Version // those that have it
}

// mostStatuses is how many language versions the foot of a page names one by one,
// each with its status.
const mostStatuses = 8

// standings are the versions by their status, if they are many: most of thirty have
// the same one.
func standings(versions []Version) []Standing {
	if len(versions) <= mostStatuses {
		return nil
	}
	var out []Standing
	for _, v := range versions {
		i := slices.IndexFunc(out, func(s Standing) bool { return s.Status == v.Status })
		if i < 0 {
			i, out = len(out), append(out, Standing{Status: v.Status})
		}
		out[i].Versions = append(out[i].Versions, v)
	}
	return out
}

func (c context) status(s doc.Status) string {
	if id := s.Word(); id != "" {
		return c.T(id)
	}
	return string(s)
}

// size says how long a text is in a language.
func (c context) size(t *site.Text, l int) string {
	return c.units(t.Units(l), l)
}

// units says a length in the measure of the language it was taken in.
func (c context) units(n, l int) string {
	if lang.Of(c.site.Langs[l].Tag).Spaced {
		return c.T("words", "Count", n)
	}
	return c.T("characters", "Count", n)
}

// order lists the site's languages as the page shows them: its own first.
func (c context) order() []int {
	out := []int{c.page.Lang}
	for l := range c.site.Langs {
		if l != c.page.Lang {
			out = append(out, l)
		}
	}
	return out
}

// words is text in a language of the site.
func (c context) words(text string, l int) Words {
	tag := c.site.Langs[l].Tag
	return Words{Lang: tag, Dir: c.dir(tag), Text: text, Caps: capitals(text)}
}

// dir is the direction of words in the language where it has to be said: that of
// right-to-left words, and on a page in such a language that of the others.
func (c context) dir(tag string) string {
	d := lang.Of(tag).Direction()
	if d == "" && lang.Of(c.site.Langs[c.page.Lang].Tag).RightToLeft {
		return "ltr"
	}
	return d
}

// local is words in the page's own language.
func (c context) local(text string) Words { return c.words(text, c.page.Lang) }

// capitals reports whether all of a text of some length is in capitals.
func capitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) || lang.IsHan(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 5
}

// locale is the tag as Open Graph writes it: language_REGION.
func locale(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	base, _ := t.Base()
	region, _ := t.Region()
	return base.String() + "_" + region.String()
}
