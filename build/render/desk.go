package render

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"

	"stele/build/artifact"
	"stele/build/diag"
	"stele/build/record"
	"stele/build/site"
)

// DeskPath is where the preview shows the editors' desk. No site that is built
// has this page: it is not among the site's pages, and nothing links to it.
const DeskPath = "editors.html"

// Desk is what the editors' desk shows besides the site itself.
type Desk struct {
	// Content is the content folder as the editor names it; the places of
	// findings are shown below it.
	Content string
	// Records and Versions are by text. A version stands for the state of the
	// text that the page shows; buttons send it along.
	Records  map[string]*record.Record
	Versions map[string]string
	// Search finds the passages that a query asks for, as the site's own search
	// does in a language; nil for none.
	Search func(query string, lang int) []*site.Passage
	// Plans are what saving the numbers of each text would do, Undo tells which
	// texts have a change of the record to take back.
	Plans map[string]record.Plan
	Undo  map[string]bool
	// Findings are all there are, sorted.
	Findings diag.List
	// Weight says which findings are listed first, the lowest; nil for the gravest.
	Weight func(diag.Diagnostic) int
	// Print stands for a passage as the page shows it; acts on it send it along.
	Print func(*site.Passage) string
	// Groups are those that a new concept can be in.
	Groups []string
	// Words are what findings are told in, by language of the site.
	Words []diag.Words
}

// Desk writes the editors' desk. The query chooses the language of the page
// (lang), one text (text), and which findings are listed (severity, code, in);
// what it names that does not exist is not looked at.
func (r *Renderer) Desk(d Desk, query url.Values) ([]byte, error) {
	t := r.theme.pages[layouts[site.Editors]]
	if t == nil {
		return nil, fmt.Errorf("render %s: the theme has no layout for it", DeskPath)
	}
	lang := max(0, slices.IndexFunc(r.site.Langs, func(l site.Lang) bool { return l.Code == query.Get("lang") }))
	page := &site.Page{Key: site.Key{Kind: site.Editors}, Lang: lang, Path: DeskPath}
	m := &deskMaker{context: context{r, page, r.uis[lang], nil}, Desk: d, query: query}
	var w bytes.Buffer
	if err := t.ExecuteTemplate(&w, "page", m.make()); err != nil {
		return nil, fmt.Errorf("render %s: %w", DeskPath, layoutFault(err))
	}
	return tidy(w.Bytes()), nil
}

// UI is the interface of the site's language with the index.
func (r *Renderer) UI(lang int) UI { return r.uis[lang] }

// deskAssets are the assets that only the desk uses; a built site has no need
// of them.
var deskAssets = []string{"desk.css", "desk.js"}

// DeskAssets yields the assets of the desk, as Assets does those of the site.
func (r *Renderer) DeskAssets() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		for _, name := range deskAssets {
			if a, ok := r.theme.assets[name]; ok && !yield(artifact.Of(a.path, a.data)) {
				return
			}
		}
	}
}

// editors are the words that findings are told in: those of the desk's language.
func (m *deskMaker) editors() diag.Words { return m.Words[m.page.Lang] }

// deskPage is the editors' desk.
type deskPage struct {
	Frame
	DeskStyle, DeskScript string

	Langs    []Words    // the columns of the overview
	Overview []deskText // every text
	All      string     // the desk with all texts; empty where it shows them
	Shown    []deskText // those whose passages are shown
	Legend   []deskSign
	Findings deskFindings
	Seek     deskSearch
	Unknown  string // what the address asks for and the site has not

	Queues   []deskLink   // to the queue of each language
	Queue    *deskQueue   // where it is asked for; then no text is shown
	Drop     []deskChoice // texts that a file can be a version of
	Drops    []deskChoice // and languages
	Mine     string       // the language of the queue, else of the page
	Concepts []deskConcept
	Groups   []deskChoice // of the glossary
}

// deskLink is a way to a part of the desk.
type deskLink struct {
	Words
	Href    string
	Current bool
}

// deskChoice is a text or a language that a file can be a version of or in.
type deskChoice struct {
	Words
	Value string
}

// deskConcept is a concept that names can be added to, or that can be renamed.
type deskConcept struct {
	Words
	ID, Href string
}

// deskMaker makes the desk's page struct.
type deskMaker struct {
	context
	Desk
	query  url.Values
	chosen *site.Text // nil for all
	where  places
	found  []finding
	open   map[*site.Passage][]finding // those that confirming a passage does not answer
}

// deskPassages is how many passages the desk shows unless a text is chosen:
// with many texts the page would be too heavy to follow every save.
const deskPassages = 3000

func (m *deskMaker) make() deskPage {
	p := deskPage{DeskStyle: m.rel(m.theme.asset("desk.css")), DeskScript: m.rel(m.theme.asset("desk.js")), Legend: m.legend()}
	asked := m.query
	m.query = m.known(asked)
	p.Unknown = m.unknown(asked)
	m.chosen = m.site.Text(m.query.Get("text"))
	m.where = m.places()
	m.found = m.locate()
	m.open = m.opened()
	passages := 0
	for i, t := range m.site.Texts {
		x := m.overview(i, t)
		passages += x.Passages
		p.Overview = append(p.Overview, x)
	}
	for i, t := range m.site.Texts {
		if m.query.Get("queue") == "" && (t == m.chosen || m.chosen == nil && passages <= deskPassages) {
			p.Shown = append(p.Shown, m.detail(p.Overview[i], t))
		}
	}
	for l, lang := range m.site.Langs {
		p.Langs = append(p.Langs, m.words(lang.Name, l))
	}
	p.Seek = m.search()
	p.Mine = m.site.Langs[m.page.Lang].Code
	if mine := m.query.Get("queue"); mine != "" {
		p.Mine, p.Queue, p.Shown = mine, m.queue(mine), nil
	} else {
		p.Findings = m.findings()
	}
	for l, lang := range m.site.Langs {
		p.Drops = append(p.Drops, deskChoice{m.words(lang.Name, l), lang.Code})
		p.Queues = append(p.Queues, deskLink{m.words(lang.Name, l), m.queueOf(lang.Code, m.query.Get("text")), p.Queue != nil && p.Mine == lang.Code})
	}
	for _, t := range m.site.Texts {
		v := t.Versions[m.page.Lang]
		p.Drop = append(p.Drop, deskChoice{m.words(v.Short, v.TitleLang), t.ID})
	}
	for _, c := range m.site.Concepts {
		p.Concepts = append(p.Concepts, deskConcept{m.names(c)[0], c.ID, m.href(site.Key{Kind: site.ConceptPage, ID: c.ID})})
	}
	for _, g := range m.Desk.Groups {
		p.Groups = append(p.Groups, deskChoice{m.group(m.site.Scheme.Group(g)), g})
	}

	p.Frame = m.frame(m.T("desk"), "")
	p.NoIndex, p.Canonical, p.URL, p.Feed, p.Alternates, p.OGLocales, p.Statuses = true, "", "", "", nil, nil, nil
	p.Languages = nil
	for l, lang := range m.site.Langs {
		p.Languages = append(p.Languages, Link{Href: m.address("lang", lang.Code), Words: m.words(lang.Name, l), Current: l == m.page.Lang})
	}
	if m.chosen != nil {
		p.All = m.address("text", "")
	}
	return p
}

// known is what of the query the desk understands and the site has.
func (m *deskMaker) known(query url.Values) url.Values {
	lang := func(v string) bool {
		return slices.ContainsFunc(m.site.Langs, func(l site.Lang) bool { return l.Code == v })
	}
	out := url.Values{}
	for key, known := range map[string]func(string) bool{
		"lang": lang, "in": lang, "queue": lang,
		"kind":    func(v string) bool { return slices.Contains(dueKinds, v) },
		"section": func(v string) bool { return v != "" && len(v) < 20 },
		"from":    func(v string) bool { n, err := strconv.Atoi(v); return err == nil && n > 0 },
		"text":    func(v string) bool { return m.site.Text(v) != nil },
		"severity": func(v string) bool {
			return slices.ContainsFunc(severities, func(s diag.Severity) bool { return s.String() == v })
		},
		"code": func(v string) bool { return v != "" },
		"q":    func(v string) bool { return v != "" && len([]rune(v)) <= deskQuery },
	} {
		if v := query.Get(key); known(v) {
			out.Set(key, v)
		}
	}
	return out
}

// unknown says what part of the desk was asked for that there is none of, so that
// the whole of it is shown; empty if there is.
func (m *deskMaker) unknown(asked url.Values) string {
	for _, k := range []struct{ key, said string }{{"queue", "desk-unknown-queue"}, {"text", "desk-unknown-text"}} {
		if v := asked.Get(k.key); v != "" && m.query.Get(k.key) == "" {
			if r := []rune(v); len(r) > deskAsked {
				v = string(r[:deskAsked]) + "…"
			}
			return m.T(k.said, "Asked", v)
		}
	}
	return ""
}

// deskAsked is how many letters of what is unknown are repeated.
const deskAsked = 60

// address is the desk as it is asked for, but for one key; an empty value takes
// the key away.
func (m *deskMaker) address(key, value string) string {
	q := maps.Clone(m.query)
	q.Del(key)
	if value != "" {
		q.Set(key, value)
	}
	if len(q) == 0 {
		return DeskPath
	}
	return DeskPath + "?" + q.Encode()
}

// under is a place of the content as the editor's own tools find it.
func (m *deskMaker) under(pos diag.Pos) string {
	if pos.Path == "" {
		return ""
	}
	pos.Path = path.Join(m.Content, pos.Path)
	return pos.String()
}
