package render

import (
	"fmt"

	"stele/build/lang"
	"stele/build/site"
)

// deskSearch is the search of the desk: the passages that a query finds lead to
// their lines on the desk, not to the pages of the site.
type deskSearch struct {
	Action string
	Query  string
	Kept   []deskKept // what else the address says
	Asked  bool
	Found  string // how many passages
	Hits   []deskHit
	End    string // the desk without a search
}

type deskKept struct{ Name, Value string }

type deskHit struct {
	Href, Number string
	Title        Words // of the text
	Text         Words // whose language the runs are in
	Runs         []hitRun
}

const (
	deskQuery = 500 // letters of a query
	deskHits  = 200 // hits that are shown
	deskBegin = 120 // letters of a passage
)

func (m *deskMaker) search() deskSearch {
	s := deskSearch{Action: DeskPath, Query: m.query.Get("q"), End: m.address("q", "")}
	for _, name := range []string{"lang", "text", "queue", "kind", "section"} {
		if v := m.query.Get(name); v != "" {
			s.Kept = append(s.Kept, deskKept{name, v})
		}
	}
	if s.Query == "" || m.Search == nil {
		return s
	}
	s.Asked = true
	found := m.Search(s.Query, m.page.Lang)
	n := 0
	for _, p := range found {
		t := p.Section.Text
		if m.chosen != nil && t != m.chosen {
			continue
		}
		if n++; n > deskHits {
			continue
		}
		i := 0
		for m.site.Texts[i] != t {
			i++
		}
		v := t.Versions[m.page.Lang]
		hit := deskHit{Href: m.address("text", t.ID) + "#" + deskLine(i, p), Number: p.Number, Title: m.words(v.Short, v.TitleLang)}
		hit.Text, hit.Runs = m.snippet(p, s.Query)
		s.Hits = append(s.Hits, hit)
	}
	if n > 0 { // else the list says it
		s.Found = m.T("passages", "Count", n)
	}
	return s
}

// deskLine is the id of a passage's line on the desk; i is the text's place.
func deskLine(i int, p *site.Passage) string { return fmt.Sprintf("t%dr%s", i+1, p.Number) }

// begins is how a passage begins, in the language of the page if it can be.
func (m *deskMaker) begins(p *site.Passage) Words {
	for _, l := range m.order() {
		for _, b := range p.Cells[l].Blocks {
			if b.Text != "" {
				return m.words(lang.Clip(b.Text, deskBegin), l)
			}
		}
	}
	return Words{}
}
