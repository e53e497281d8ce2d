package build

import (
	"cmp"
	"fmt"
	"strings"

	"stele/build/exchange"
	"stele/build/site"
)

// Translation is the job to translate a text from one language of the site into
// another, given by their places among the site's languages.
func (e *Edition) Translation(text *site.Text, from, to int) *exchange.Job {
	j := &exchange.Job{Site: e.Site, Text: text, From: from, To: to, Confirmed: e.Record(text.ID), Words: e.renderer.UI(to)}
	for _, t := range e.Tree.Texts {
		if t.Name == text.ID {
			j.Files = t.Files
		}
	}
	return j
}

// TranslationTable makes a Word document with a table to be filled in by a
// translator, with remarks in the language that they write.
func (e *Edition) TranslationTable(text *site.Text, from, to int, c exchange.Choice) ([]byte, exchange.Sent, error) {
	return e.Translation(text, from, to).Table(c)
}

// Propose puts what a translation memory has into the text where it is missing:
// what the memory proposes, to be confirmed by an editor. It returns also the
// files to be written, as Return does.
func (e *Edition) Propose(mem *exchange.Memory, text *site.Text, from, to int) (*exchange.Proposals, *exchange.Merge, []Changed, error) {
	j := e.Translation(text, from, to)
	p := j.Propose(mem)
	m, files, err := e.Return(p.Returned(j))
	return p, m, files, err
}

// Changed is a file of the content folder as it is to be, and as it was when that was
// made from it: where it is another by now, it must not be written.
type Changed struct {
	Path   string
	Data   string
	Before []byte // nil if there was none
}

// Return puts what came back from a translator into the text that it is of. It
// returns also the files to be written, in their order; nothing is written here.
func (e *Edition) Return(r *exchange.Returned) (*exchange.Merge, []Changed, error) {
	if e.faulty() {
		return nil, nil, ErrFaulty
	}
	t := e.Site.Text(r.Text)
	if t == nil {
		return nil, nil, fmt.Errorf("there is no text %q", r.Text)
	}
	at := map[string]int{}
	for l, lang := range e.Site.Langs {
		at[lang.Code] = l + 1
	}
	if at[r.From] == 0 || at[r.To] == 0 || r.From == r.To {
		return nil, nil, fmt.Errorf("the site has no languages %q and %q", r.From, r.To)
	}
	j := e.Translation(t, at[r.From]-1, at[r.To]-1)
	m, err := j.Merge(r)
	if err != nil || m.File == nil {
		return m, nil, err
	}
	raw, err := e.asLoaded(m.File.Path)
	if err != nil {
		return nil, nil, err
	}
	before := ""
	for _, f := range j.Files {
		if f.Path == m.File.Path {
			before = f.Data
		}
	}
	out := []Changed{{m.File.Path, m.File.Data, raw}}
	if raw != nil {
		out[0].Data = exchange.Restore(raw, before, m.File.Data)
	}
	if m.Record != nil {
		if e.Record(t.ID) == nil {
			m.Record.Addresses = t.Addresses()
		}
		var b strings.Builder
		if _, err := m.Record.WriteTo(&b); err != nil {
			return nil, nil, err
		}
		name := cmp.Or(m.Record.Path, t.ID+"/alignment.tsv")
		was, err := e.asLoaded(name)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, Changed{name, b.String(), was})
	}
	return m, out, nil
}
