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
	"stele/build/sentence"
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
		n += 128
		for l := range p.Cells {
			for _, b := range p.Cells[l].Blocks {
				n += 2*len(b.Text) + 80 // whole, and by sentences
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
	w := passageWriter{jsonWriter{b.Bytes()}, m, m.byCode(t)}
	w.member("rows")
	w.open('{')
	for p := range passages(t) {
		w.next()
		w.b = append(strconv.AppendQuote(append(w.b, '\n'), p.Anchor()), ':')
		w.passage(p)
	}
	return append(w.b, "\n}}\n"...), nil
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

// byCode are the languages that the text has a version in, in the order in which
// members of objects by language stand.
func (m *Maker) byCode(t *site.Text) []int {
	var out []int
	for l, v := range t.Versions {
		if v.Doc != nil {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b int) int { return strings.Compare(m.Site.Langs[a].Code, m.Site.Langs[b].Code) })
	return out
}

// passageWriter writes passages of a text.
type passageWriter struct {
	jsonWriter
	*Maker
	langs []int // of the text, by their codes
}

// passage writes what the schema calls a passage.
func (w *passageWriter) passage(p *site.Passage) {
	w.open('{')
	w.member("number")
	w.text(p.Number)
	w.truth("opens", p.Opens)
	w.truth("removed", p.Row.Removed)
	w.truth("pinned", p.Row.Pinned)
	w.member("confidence")
	w.b = strconv.AppendFloat(w.b, float64(int(p.Row.Confidence*1000+0.5))/1000, 'f', -1, 64)
	if t := p.Section.Text; t.Recorded && p.Row.State != nil {
		w.member("states")
		w.open('{')
		for _, l := range w.langs {
			w.word(w.Site.Langs[l].Code, state(t, p, l))
		}
		w.close('}')
	}
	w.member("blocks")
	w.open('{')
	var concepts []string
	for _, l := range w.langs {
		w.member(w.Site.Langs[l].Code)
		w.cell(p, l)
		for _, b := range p.Cells[l].Blocks {
			for _, term := range b.Terms {
				concepts = append(concepts, term.Concept)
			}
		}
	}
	w.close('}')
	if len(concepts) > 0 {
		slices.Sort(concepts)
		w.member("concepts")
		w.open('[')
		for _, id := range slices.Compact(concepts) {
			w.next()
			w.text(id)
		}
		w.close(']')
	}
	w.close('}')
}

// cell writes the blocks of a language's part of a passage. Its sentences are known
// where they were tied.
func (w *passageWriter) cell(p *site.Passage, l int) {
	w.open('[')
	var tied []sentence.Sentence
	if p.Ties != nil {
		tied = p.Ties.Sentences[l]
	}
	for i, b := range p.Cells[l].Blocks {
		n := 0 // sentences of the block; they are in order
		for n < len(tied) && tied[n].Block == i {
			n++
		}
		w.next()
		w.block(b, l, tied[:n])
		tied = tied[n:]
	}
	w.close(']')
}

var (
	kinds = [...]string{
		doc.Paragraph: "paragraph", doc.Heading: "heading", doc.Item: "item", doc.Code: "code", doc.Table: "table", doc.Row: "row",
		doc.Term: "term", doc.Definition: "definition", doc.Break: "break",
	}
	containers = [...]string{doc.Quote: "quote", doc.Bullets: "bullets", doc.Numbers: "numbers", doc.Remark: "remark"}
	tasks      = [...]string{doc.NoTask: "", doc.Undone: "undone", doc.Done: "done"}
)

// blocks writes a list of blocks whose sentences are not known.
func (w *passageWriter) blocks(blocks []*site.Block, l int) {
	w.open('[')
	for _, b := range blocks {
		w.next()
		w.block(b, l, nil)
	}
	w.close(']')
}

// block writes a block; tied are its sentences, if they are known.
func (w *passageWriter) block(b *site.Block, l int, tied []sentence.Sentence) {
	w.open('{')
	w.member("kind")
	w.text(kinds[b.Kind])
	w.number("level", b.Level)
	w.word("id", b.ID)
	w.word("syntax", b.Syntax)
	w.word("task", tasks[b.Task])
	if len(b.Within) > 0 {
		w.member("within")
		w.open('[')
		for _, c := range b.Within {
			w.next()
			w.open('{')
			w.member("kind")
			w.text(containers[c.Kind])
			w.number("number", c.Number)
			if c.Kind == doc.Numbers {
				w.word("mark", numberMark(c))
			}
			w.word("label", c.Label)
			w.close('}')
		}
		w.close(']')
	}
	w.member("text")
	w.text(b.Text)
	w.sentences(b, l, tied)
	if len(b.Rows) > 0 {
		w.member("rows")
		w.open('[')
		for _, r := range b.Rows {
			w.next()
			w.open('{')
			w.truth("head", r.Head)
			w.member("cells")
			w.open('[')
			for _, c := range r.Cells {
				w.next()
				w.text(w.plain(c.Inlines, l))
			}
			w.close(']')
			w.close('}')
		}
		w.close(']')
	}
	if len(b.Notes) > 0 {
		w.member("notes")
		w.open('[')
		for _, n := range b.Notes {
			w.next()
			w.open('{')
			w.member("number")
			w.b = strconv.AppendInt(w.b, int64(n.Number), 10)
			w.member("blocks")
			w.blocks(n.Blocks, l)
			w.close('}')
		}
		w.close(']')
	}
	w.close('}')
}

// sentences writes the sentences of a block.
func (w *passageWriter) sentences(b *site.Block, l int, tied []sentence.Sentence) {
	if b.Kind == doc.Table || b.Kind == doc.Code || b.Text == "" {
		return
	}
	some := false
	write := func(start, end int) {
		if !some {
			w.member("sentences")
			w.open('[')
			some = true
		}
		w.next()
		w.text(b.Text[start:end])
	}
	if len(tied) > 0 {
		for _, s := range tied {
			write(s.Start, s.End)
		}
	} else {
		for _, s := range site.Sentences(lang.Of(w.Site.Langs[l].Tag), b.Block) {
			write(s.Start, s.End)
		}
	}
	if some {
		w.close(']')
	}
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
