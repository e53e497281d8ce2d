package exchange

import (
	"cmp"
	"strings"

	"stele/build/doc"
	intake "stele/build/intake/draft"
	"stele/build/markdown"
	"stele/build/site"
	"stele/build/source"
)

// The units of a version's front matter. They are sent where there is no version
// yet; of one that there is, front matter is an editor's.
const (
	titleUnit       = "title"
	shortUnit       = "short"
	descriptionUnit = "description"
)

// front are the units of the front matter of a version that is to be begun.
func (j *Job) front() []*Unit {
	from := j.Text.Versions[j.From].Doc
	if from == nil || j.Text.Versions[j.To].Doc != nil {
		return nil
	}
	var out []*Unit
	for _, f := range []struct{ id, text string }{
		{titleUnit, from.Meta.Title}, {shortUnit, from.Meta.Short}, {descriptionUnit, from.Meta.Description},
	} {
		if f.text == "" {
			continue
		}
		b := &site.Block{Block: &doc.Block{Kind: doc.Heading, Level: 1, Text: f.text}, Doc: from, Ordinal: -1}
		u := &Unit{ID: f.id, Missing: true, Passage: &site.Passage{Number: f.id, Cells: make([]site.Cell, len(j.Site.Langs))}}
		u.source = []part{{coded: Coded{Pieces: []Piece{{Text: f.text}}}, block: b, ordinal: -1}}
		out = append(out, u.number(j))
	}
	return out
}

// begin makes the version that there is none of yet: its front matter, without
// any block. The edits of the front matter are taken out of the others; some
// tells that there were any.
func (m *merger) begin() (f source.File, d *doc.Document, some bool) {
	from := m.Text.Versions[m.From].Doc
	to := m.Site.Langs[m.To]
	said := map[string]string{}
	heading := "" // the first heading of the first level, if it came back
	kept := m.edits[:0:0]
	for _, e := range m.edits {
		if e.unit.ID == titleUnit || e.unit.ID == shortUnit || e.unit.ID == descriptionUnit {
			said[e.unit.ID] = e.text.Plain()
			continue
		}
		kept = append(kept, e)
		if b := e.unit.source[0].block; heading == "" && b.Kind == doc.Heading && b.Level == 1 {
			heading = e.text.Plain()
		}
	}
	m.edits = kept
	head := intake.Head(
		[2]string{"title", cmp.Or(said[titleUnit], heading, from.Meta.Title)}, [2]string{"short", said[shortUnit]}, [2]string{"status", string(doc.Working)},
		[2]string{"date", from.Meta.Date}, [2]string{"description", said[descriptionUnit]}, [2]string{"layout", string(from.Meta.Layout)},
	)
	f = source.File{Path: m.Text.ID + "/" + to.Code + ".md", Text: m.Text.ID, Lang: to.Code, Tag: to.Tag, Data: head}
	d, _ = markdown.Parse(f)
	return f, d, len(said) > 0
}

// between is what stands in the source between two blocks that follow each other
// there, if it is nothing but space and the marks of quotations.
func between(last, b *site.Block, src string) (string, bool) {
	if last == nil || last.Ordinal < 0 || last.Ordinal+1 != b.Ordinal {
		return "", false
	}
	end, start := after(last.Block, src), strings.LastIndexByte(src[:b.Start], '\n')+1
	if end >= start || strings.Trim(src[end:start], " \t\n>") != "" || !strings.Contains(src[end:start], "\n") {
		return "", false
	}
	return src[end:start], true
}
