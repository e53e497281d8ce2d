package render

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/site"
)

// deskFindings is the list of findings with what may be chosen from it.
type deskFindings struct {
	All    int
	List   []deskFinding
	More   int // chosen, but beyond what the page holds
	Facets []facet
	Reset  string // all findings, where some were chosen
}

// facet is one way to choose among the findings.
type facet struct {
	Name  string
	Items []facetItem // the first is any
	Fold  string      // the id of what holds them folded; empty where they are few
}

// Chosen is the value that is chosen.
func (f facet) Chosen() facetItem {
	return f.Items[max(0, slices.IndexFunc(f.Items, func(i facetItem) bool { return i.Current }))]
}

type facetItem struct {
	Words
	Count   int
	Href    string
	Current bool
}

type deskFinding struct {
	Severity deskSign
	Code     string
	Message  string
	Place    string // path:line:col
	About    Words  // what the finding is about: a passage or a concept; empty if unknown
	Href     string // that in its page
	Related  []deskRelated
	Title    string // what the rule finds, in the editor's language
	// Of a finding on a card: which of the passage's blocks in the language of the
	// part it is about, the number of its mark in the text, or 0, and whether it can
	// be accepted with a reason.
	Block, Mark int
	Waive       bool
}

// deskRelated is another place a finding speaks of.
type deskRelated struct{ Place, Message string }

// finding is a finding with what it is about, as far as its place tells.
type finding struct {
	diag.Diagnostic
	spot
}

type spot struct {
	text    *site.Text
	lang    int // -1 for none
	passage *site.Passage
	concept *site.Concept
}

// findingsShown is how many findings the page holds.
const findingsShown = 400

var severities = []diag.Severity{diag.Error, diag.Warning, diag.Note}

func (m *deskMaker) severity(s diag.Severity) deskSign {
	return deskSign{s.String(), map[diag.Severity]string{diag.Error: "✕", diag.Warning: "▲", diag.Note: "•"}[s], m.T("desk-" + s.String())}
}

// locate finds the passage, text and language that each finding is about.
func (m *deskMaker) locate() []finding {
	out := make([]finding, len(m.Desk.Findings))
	for i, d := range m.Desk.Findings {
		out[i] = finding{d, m.where.spot(d.Pos)}
		// What a language lacks is found at the place where it is missing, which is
		// another passage's; the finding says of which it is.
		if n, ok := d.Phrase.Value("Passage").(string); ok && out[i].text != nil {
			if p := out[i].text.Passage(n); p != nil && !p.Row.Removed {
				out[i].passage = p
			}
		}
	}
	return out
}

// stretch is some lines of a file that hold a passage.
type stretch struct {
	first, last int
	passage     *site.Passage
}

// places know the lines of every file of the content, by path.
type places map[string]*lines

// lines are a file's stretches by first line, and what all of it is about.
type lines struct {
	spot
	list []stretch
}

func (m *deskMaker) places() places {
	out := places{}
	file := func(path string, s spot) { out[path] = &lines{spot: s} }
	add := func(path string, s stretch) { out[path].list = append(out[path].list, s) }
	for _, t := range m.site.Texts {
		file(t.ID, spot{text: t, lang: -1})
		for l, v := range t.Versions {
			if v.Doc != nil {
				file(v.Doc.Path, spot{text: t, lang: l})
			}
		}
		for _, s := range t.Sections {
			for _, p := range s.Passages {
				for _, c := range p.Cells {
					for _, b := range c.Blocks {
						if b.Doc.Lines != nil {
							add(b.Doc.Path, stretch{b.Doc.Lines.Line(b.Start), b.Doc.Lines.Line(max(b.Start, b.End-1)), p})
						}
					}
				}
			}
		}
		if rec := m.Records[t.ID]; rec != nil {
			file(rec.Path, spot{text: t, lang: -1})
			for _, r := range rec.Entries {
				if p := t.Passage(r.Number); p != nil {
					add(rec.Path, stretch{r.Line, r.Line, p})
				}
			}
		}
	}
	for _, c := range m.site.Concepts {
		file(c.Path, spot{lang: -1, concept: c})
	}
	for _, f := range out {
		slices.SortFunc(f.list, func(a, b stretch) int { return cmp.Compare(a.first, b.first) })
	}
	return out
}

// spot is what stands at a place.
func (w places) spot(pos diag.Pos) spot {
	f := w[pos.Path]
	if f == nil {
		return spot{lang: -1}
	}
	s := f.spot
	i := sort.Search(len(f.list), func(i int) bool { return f.list[i].first > pos.Line }) - 1
	if i >= 0 && pos.Line <= f.list[i].last {
		s.passage = f.list[i].passage
	}
	return s
}

// about names what stands at a place, with its address.
func (m *deskMaker) about(s spot) (Words, string) {
	switch {
	case s.passage != nil:
		return m.local(m.T("passage", "Number", s.passage.Number)), m.passageHref(s.passage)
	case s.concept != nil:
		return m.names(s.concept)[0], m.href(site.Key{Kind: site.ConceptPage, ID: s.concept.ID})
	case s.text != nil:
		v := s.text.Versions[m.page.Lang]
		return m.words(v.Short, v.TitleLang), m.href(site.ContentsKey(s.text))
	}
	return Words{}, ""
}

// textOf is the id of the text a finding is about, or "".
func (f finding) textOf() string {
	if f.text == nil {
		return ""
	}
	return f.text.ID
}

// asked are the keys by which findings are chosen, with what a finding says to
// each.
func (m *deskMaker) asked() map[string]func(finding) string {
	return map[string]func(finding) string{
		"severity": func(f finding) string { return f.Severity.String() },
		"code":     func(f finding) string { return string(f.Code) },
		"text":     finding.textOf,
		"in": func(f finding) string {
			if f.lang < 0 {
				return ""
			}
			return m.site.Langs[f.lang].Code
		},
	}
}

// choose returns the findings as asked for, whatever is asked by the key
// except.
func (m *deskMaker) choose(except string) []finding {
	out := m.found
	for key, say := range m.asked() {
		if want := m.query.Get(key); key != except && want != "" {
			out = slices.DeleteFunc(slices.Clone(out), func(f finding) bool { return say(f) != want })
		}
	}
	return out
}

func (m *deskMaker) findings() deskFindings {
	d := deskFindings{All: len(m.found)}
	chosen := slices.Clone(m.choose(""))
	slices.SortStableFunc(chosen, func(a, b finding) int { return cmp.Compare(m.weight(a.Diagnostic), m.weight(b.Diagnostic)) })
	d.More = max(0, len(chosen)-findingsShown)
	for _, f := range chosen[:len(chosen)-d.More] {
		d.List = append(d.List, m.finding(f))
	}
	if len(chosen) < len(m.found) {
		d.Reset = DeskPath + "?lang=" + m.site.Langs[m.page.Lang].Code + "#findings"
	}
	d.Facets = []facet{
		m.facet("severity", m.T("desk-by-severity"), func(v string) Words { return m.local(m.T("desk-" + v)) }),
		m.facet("text", m.T("desk-by-text"), func(v string) Words {
			t := m.site.Text(v).Versions[m.page.Lang]
			return m.words(t.Short, t.TitleLang)
		}),
		m.facet("in", m.T("desk-by-language"), func(v string) Words {
			l := slices.IndexFunc(m.site.Langs, func(l site.Lang) bool { return l.Code == v })
			return m.words(m.site.Langs[l].Name, l)
		}),
		m.facet("code", m.T("desk-by-code"), func(v string) Words { return m.local(m.rule(diag.Code(v))) }),
	}
	// One value is no choice, unless it was made.
	d.Facets = slices.DeleteFunc(d.Facets, func(f facet) bool { return len(f.Items) < 3 && f.Items[0].Current })
	return d
}

// weight says which findings are listed first.
func (m *deskMaker) weight(d diag.Diagnostic) int {
	if m.Weight == nil {
		return int(d.Severity)
	}
	return m.Weight(d)
}

// finding puts a finding into words.
func (m *deskMaker) finding(f finding) deskFinding {
	x := deskFinding{Severity: m.severity(f.Severity), Code: string(f.Code), Place: m.under(f.Pos), Title: m.rule(f.Code)}
	x.Message = beyond(x.Title, m.sentence(f.Diagnostic))
	x.About, x.Href = m.about(f.spot)
	for _, r := range f.Shown() {
		x.Related = append(x.Related, deskRelated{m.under(r.Pos), r.Text(m.editors())})
	}
	return x
}

// actsHere are the findings that name a command to run, and how they are told
// where there is a button instead.
var actsHere = map[string]string{
	"changed": "changed.desk", "stale": "stale.desk", "not-recorded": "not-recorded.desk", "unconfirmed": "unconfirmed.desk",
	"unconfirmed.language": "unconfirmed.language-desk", "unconfirmed.version": "unconfirmed.version-desk",
}

// sentence is a finding in words, for somebody at the desk.
func (m *deskMaker) sentence(d diag.Diagnostic) string {
	if id := actsHere[d.Phrase.ID]; id != "" {
		d.Phrase.ID = id
	}
	return d.Sentence(m.editors())
}

// beyond is what a sentence says beyond the title that stands before it.
func beyond(title, sentence string) string {
	t, s := []rune(title), []rune(sentence)
	if len(s) < len(t) || !strings.EqualFold(title, string(s[:len(t)])) {
		return sentence
	}
	rest := string(s[len(t):])
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(r) || unicode.IsNumber(r) {
		return sentence
	}
	return strings.TrimLeft(rest, " ,;:.，；：。")
}

// rule is what the rule of a code finds, in the editor's language.
func (m *deskMaker) rule(code diag.Code) string {
	if !slices.ContainsFunc(m.found, func(f finding) bool { return f.Code == code }) {
		return string(code) // asked for by the address, and perhaps no rule
	}
	return m.editors().T("rule." + string(code.Rule()))
}

// standingCodes are the findings that only say what the signs of a passage say:
// they go away when it is confirmed.
var standingCodes = []diag.Code{"stale", "changed", "unconfirmed", "not-recorded", "low-confidence"}

// opened are the findings about each passage that confirming it does not answer.
func (m *deskMaker) opened() map[*site.Passage][]finding {
	out := map[*site.Passage][]finding{}
	for _, f := range m.found {
		if f.passage != nil && !slices.Contains(standingCodes, f.Code) {
			out[f.passage] = append(out[f.passage], f)
		}
	}
	return out
}

// facet counts the findings by what they say to a key, as the other keys have
// chosen them.
func (m *deskMaker) facet(key, name string, label func(value string) Words) facet {
	counts := map[string]int{}
	left := m.choose(key)
	say := m.asked()[key]
	for _, f := range left {
		if v := say(f); v != "" {
			counts[v]++
		}
	}
	current := m.query.Get(key)
	f := facet{Name: name, Items: []facetItem{{Words: m.local(m.T("desk-any")), Count: len(left), Href: m.address(key, "") + "#findings", Current: current == ""}}}
	if current != "" {
		counts[current] += 0 // a choice is shown even when nothing is left of it
	}
	for _, v := range m.values(key, counts) {
		f.Items = append(f.Items, facetItem{Words: label(v), Count: counts[v], Href: m.address(key, v) + "#findings", Current: v == current})
	}
	return f
}

// values puts the values of a key in the order the site has them, and codes in
// that of the alphabet.
func (m *deskMaker) values(key string, counts map[string]int) []string {
	var all []string
	switch key {
	case "severity":
		for _, s := range severities {
			all = append(all, s.String())
		}
	case "text":
		for _, t := range m.site.Texts {
			all = append(all, t.ID)
		}
	case "in":
		for _, l := range m.site.Langs {
			all = append(all, l.Code)
		}
	default:
		for v := range counts {
			all = append(all, v)
		}
		slices.SortFunc(all, strings.Compare)
	}
	return slices.DeleteFunc(all, func(v string) bool { _, ok := counts[v]; return !ok })
}
