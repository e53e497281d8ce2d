package export

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"stele/build/doc"
	"stele/build/lang"
	"stele/build/site"
)

// Schema is the JSON Schema of what this package writes as JSON.
//
//go:embed schema.json
var Schema []byte

// SchemaPath is where the schema is published.
const SchemaPath = "data/schema.json"

// The JSON forms. Lists and objects by language are never null.
type (
	jsonText struct {
		Schema   string        `json:"$schema"`
		Kind     string        `json:"kind"`
		ID       string        `json:"id"`
		URL      string        `json:"url,omitempty"`
		Date     string        `json:"date,omitempty"`
		Versions []jsonVersion `json:"versions"`
		Sections []jsonSection `json:"sections"`
		// Rows are the passages by their anchors, in reading order; written a passage
		// a line.
	}
	jsonVersion struct {
		Lang        string `json:"lang"` // the key in objects by language
		Tag         string `json:"tag"`
		Name        string `json:"name"`
		Title       string `json:"title"`
		Status      string `json:"status,omitempty"`
		Source      string `json:"source,omitempty"`
		Date        string `json:"date,omitempty"`
		Description string `json:"description,omitempty"`
		Licence     string `json:"licence,omitempty"`
		URL         string `json:"url,omitempty"`
	}
	jsonSection struct {
		Number string            `json:"number"`
		Role   string            `json:"role"`
		Titles map[string]string `json:"titles"`
		Rows   []string          `json:"rows"` // the passages, as keys of the text's rows
	}
	jsonPassage struct {
		Number     string                 `json:"number"`
		Opens      bool                   `json:"opens,omitempty"`
		Removed    bool                   `json:"removed,omitempty"`
		Pinned     bool                   `json:"pinned,omitempty"`
		Confidence float64                `json:"confidence"`
		States     map[string]string      `json:"states,omitempty"`
		Blocks     map[string][]jsonBlock `json:"blocks"`
		Concepts   []string               `json:"concepts,omitempty"`
	}
	jsonBlock struct {
		Kind      string       `json:"kind"`
		Level     int          `json:"level,omitempty"`
		ID        string       `json:"id,omitempty"`
		Syntax    string       `json:"syntax,omitempty"`
		Task      string       `json:"task,omitempty"`
		Within    []jsonWithin `json:"within,omitempty"`
		Text      string       `json:"text"`
		Sentences []string     `json:"sentences,omitempty"`
		Rows      []jsonCells  `json:"rows,omitempty"`
		Notes     []jsonNote   `json:"notes,omitempty"`
	}
	jsonWithin struct {
		Kind   string `json:"kind"`
		Number int    `json:"number,omitempty"`
		Mark   string `json:"mark,omitempty"` // after the number
		Label  string `json:"label,omitempty"`
	}
	jsonCells struct {
		Head  bool     `json:"head,omitempty"`
		Cells []string `json:"cells"`
	}
	jsonNote struct {
		Number int         `json:"number"`
		Blocks []jsonBlock `json:"blocks"`
	}
	jsonGlossary struct {
		Schema   string            `json:"$schema"`
		Kind     string            `json:"kind"`
		Licence  map[string]string `json:"licence,omitempty"`
		Concepts []jsonConcept     `json:"concepts"`
	}
	jsonConcept struct {
		ID         string                `json:"id"`
		Group      string                `json:"group,omitempty"`
		Class      string                `json:"class,omitempty"`
		Names      map[string][]jsonName `json:"names"`
		Definition map[string]string     `json:"definition"`
		Source     map[string]string     `json:"source,omitempty"`
		Facts      []jsonFact            `json:"facts,omitempty"`
		Parent     string                `json:"parent,omitempty"`
		Related    []string              `json:"related,omitempty"`
		Uses       []jsonUse             `json:"uses,omitempty"`
	}
	jsonName struct {
		Text        string   `json:"text"`
		Kind        string   `json:"kind,omitempty"`
		Status      string   `json:"status,omitempty"`
		Reliability string   `json:"reliability,omitempty"`
		Source      string   `json:"source,omitempty"`
		Forms       []string `json:"forms,omitempty"`
	}
	jsonFact struct {
		Fact string            `json:"fact"`
		Date string            `json:"date,omitempty"`
		To   string            `json:"to,omitempty"`
		Text map[string]string `json:"text,omitempty"`
	}
	jsonUse struct {
		Text    string         `json:"text"`
		Passage string         `json:"passage"`
		Count   map[string]int `json:"count"`
	}
)

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// textJSON is a whole text. Each passage is a member of "rows", so that it has an
// address of its own: "#/rows/p5.3".
func (m *Maker) textJSON(d *site.Download) ([]byte, error) {
	t := d.Text
	out := jsonText{
		Schema: site.Rel(d.Path, SchemaPath), Kind: "text", ID: t.ID, Date: t.Date(), Versions: m.versions(t), Sections: []jsonSection{},
	}
	if p := m.Site.Page(site.ContentsKey(t), 0); p != nil {
		out.URL = m.Site.Abs(p.Path)
	}
	for _, s := range t.Sections {
		section := jsonSection{Number: s.Number, Role: roles[s.Role], Titles: map[string]string{}, Rows: []string{}}
		for l, title := range s.Titles {
			if title != "" {
				section.Titles[m.Site.Langs[l].Code] = title
			}
		}
		for _, p := range s.Passages {
			section.Rows = append(section.Rows, p.Anchor())
		}
		out.Sections = append(out.Sections, section)
	}
	n := 4 << 10
	for p := range passages(t) {
		n += 256
		for l := range p.Cells {
			for _, b := range p.Cells[l].Blocks {
				n += 2*len(b.Text) + 128 // whole, and by sentences
			}
		}
	}
	var b bytes.Buffer
	b.Grow(n)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return nil, err
	}
	b.Truncate(b.Len() - len("}\n"))
	b.WriteString(`,"rows":{`)
	first := true
	for p := range passages(t) {
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteString("\n" + strconv.Quote(p.Anchor()) + ":")
		if err := e.Encode(m.passage(p)); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - len("\n"))
	}
	b.WriteString("\n}}\n")
	return b.Bytes(), nil
}

var roles = [...]string{site.Headed: "headed", site.Preamble: "preamble", site.Closing: "closing", site.Part: "part"}

func (m *Maker) versions(t *site.Text) []jsonVersion {
	out := []jsonVersion{}
	for l, v := range t.Versions {
		if v.Doc == nil {
			continue
		}
		meta, it := v.Doc.Meta, m.Site.Langs[l]
		j := jsonVersion{
			Lang: it.Code, Tag: it.Tag, Name: it.Name, Title: v.Title, Status: string(meta.Status), Source: meta.Source,
			Date: meta.Date, Description: meta.Description, Licence: m.Site.Licence[l],
		}
		if p := m.Site.Page(site.ContentsKey(t), l); p != nil {
			j.URL = m.Site.Abs(p.Path)
		}
		out = append(out, j)
	}
	return out
}

func (m *Maker) passage(p *site.Passage) jsonPassage {
	t := p.Section.Text
	out := jsonPassage{
		Number: p.Number, Opens: p.Opens, Removed: p.Row.Removed, Pinned: p.Row.Pinned,
		Confidence: float64(int(p.Row.Confidence*1000+0.5)) / 1000, Blocks: map[string][]jsonBlock{},
	}
	seen := map[string]bool{}
	for l, v := range t.Versions {
		if v.Doc == nil {
			continue
		}
		code := m.Site.Langs[l].Code
		if s := state(t, p, l); s != "" {
			if out.States == nil {
				out.States = map[string]string{}
			}
			out.States[code] = s
		}
		out.Blocks[code] = m.blocks(p.Cells[l].Blocks, l)
		for _, b := range p.Cells[l].Blocks {
			for _, term := range b.Terms {
				if !seen[term.Concept] {
					seen[term.Concept] = true
					out.Concepts = append(out.Concepts, term.Concept)
				}
			}
		}
	}
	slices.Sort(out.Concepts)
	return out
}

var (
	kinds = [...]string{
		doc.Paragraph: "paragraph", doc.Heading: "heading", doc.Item: "item", doc.Code: "code", doc.Table: "table", doc.Row: "row",
		doc.Term: "term", doc.Definition: "definition", doc.Break: "break",
	}
	containers = [...]string{doc.Quote: "quote", doc.Bullets: "bullets", doc.Numbers: "numbers", doc.Remark: "remark"}
	tasks      = [...]string{doc.NoTask: "", doc.Undone: "undone", doc.Done: "done"}
)

func (m *Maker) blocks(blocks []*site.Block, l int) []jsonBlock {
	out := []jsonBlock{}
	for _, b := range blocks {
		j := jsonBlock{Kind: kinds[b.Kind], Level: b.Level, ID: b.ID, Syntax: b.Syntax, Task: tasks[b.Task], Text: b.Text}
		for _, c := range b.Within {
			within := jsonWithin{Kind: containers[c.Kind], Number: c.Number, Label: c.Label}
			if c.Kind == doc.Numbers {
				within.Mark = numberMark(c)
			}
			j.Within = append(j.Within, within)
		}
		for _, r := range b.Rows {
			row := jsonCells{Head: r.Head, Cells: []string{}}
			for _, c := range r.Cells {
				row.Cells = append(row.Cells, m.plain(c.Inlines, l))
			}
			j.Rows = append(j.Rows, row)
		}
		if b.Kind != doc.Table && b.Kind != doc.Code {
			for _, at := range site.Sentences(lang.Of(m.Site.Langs[l].Tag), b.Block) {
				j.Sentences = append(j.Sentences, b.Text[at.Start:at.End])
			}
		}
		for _, n := range b.Notes {
			j.Notes = append(j.Notes, jsonNote{n.Number, m.blocks(n.Blocks, l)})
		}
		out = append(out, j)
	}
	return out
}

// glossaryJSON is all concepts.
func (m *Maker) glossaryJSON() ([]byte, error) {
	out := jsonGlossary{Schema: "../schema.json", Kind: "glossary", Licence: map[string]string{}, Concepts: []jsonConcept{}}
	for l, it := range m.Site.Langs {
		if s := m.Site.Licence[l]; s != "" {
			out.Licence[it.Code] = s
		}
	}
	for _, c := range m.Site.Concepts {
		j := jsonConcept{
			ID: c.ID, Group: c.Group, Class: string(c.Class), Names: map[string][]jsonName{},
			Definition: m.local(c.Definition), Source: m.local(c.Source), Parent: c.Concept.Parent, Related: c.Concept.Related,
		}
		for code, list := range c.Names {
			for _, n := range list {
				j.Names[code] = append(j.Names[code], jsonName{n.Text, string(n.Kind), string(n.Status), string(n.Reliability), n.Source, n.Forms})
			}
		}
		for _, f := range c.Facts {
			j.Facts = append(j.Facts, jsonFact{string(f.Key), f.Date.String(), f.To.String(), m.local(f.Text)})
		}
		for _, o := range m.Site.Occurrences(c) {
			u := jsonUse{o.Passage.Section.Text.ID, o.Passage.Number, map[string]int{}}
			for l, n := range o.Uses {
				if n > 0 {
					u.Count[m.Site.Langs[l].Code] = n
				}
			}
			j.Uses = append(j.Uses, u)
		}
		out.Concepts = append(out.Concepts, j)
	}
	return encode(out)
}

// local is a text by language; one for all languages is given for each.
func (m *Maker) local(local map[string]string) map[string]string {
	if len(local) == 0 {
		return map[string]string{}
	}
	out := map[string]string{}
	for code, s := range local {
		if code != "" {
			out[code] = strings.TrimSpace(s)
		}
	}
	if s, ok := local[""]; ok {
		for _, l := range m.Site.Langs {
			if out[l.Code] == "" {
				out[l.Code] = strings.TrimSpace(s)
			}
		}
	}
	return out
}
