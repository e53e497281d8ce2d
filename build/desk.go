package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"sync"

	"stele/build/check"
	"stele/build/record"
	"stele/build/render"
	"stele/build/site"
)

// Desk is the editors' desk of one edition: a page that says how the texts
// stand, and what can be done from it. It writes nothing: what an action makes
// of a record is returned. It is safe for concurrent use.
type Desk struct {
	edition *Edition
	content string

	once sync.Once
	data render.Desk
}

// Desk returns the edition's desk; content is the content folder as the editor
// names it.
func (e *Edition) Desk(content string) *Desk { return &Desk{edition: e, content: content} }

// Page writes the desk as the query asks for it.
func (d *Desk) Page(query url.Values) ([]byte, error) {
	d.once.Do(d.gather)
	return d.edition.renderer.Desk(d.data, query)
}

// File returns an asset that only the desk uses.
func (d *Desk) File(path string) ([]byte, error) {
	for a := range d.edition.renderer.DeskAssets() {
		if a.Path == path {
			return a.Make()
		}
	}
	return nil, fs.ErrNotExist
}

// gather looks for all that the page shows. It takes as long as a check of the
// whole site, so it waits until somebody wants to see the page.
func (d *Desk) gather() {
	e := d.edition
	d.data = render.Desk{Content: d.content, Records: map[string]*record.Record{}, Versions: map[string]string{}, Plans: map[string]record.Plan{}, Undo: map[string]bool{}}
	for _, t := range e.Tree.Texts {
		if rec := e.Record(t.Name); rec != nil {
			d.data.Records[t.Name] = rec
		}
	}
	for _, t := range e.Site.Texts {
		d.data.Versions[t.ID] = d.version(t)
		d.data.Plans[t.ID] = t.Table.Plan(d.data.Records[t.ID])
		d.data.Undo[t.ID] = e.CanTakeBack(t.ID)
	}
	d.data.Search = func(query string, lang int) []*site.Passage { return e.Search(query, lang).Passages }
	d.data.Findings, d.data.Weight = e.Findings(), check.Weight
	d.data.Print, d.data.Groups = d.Print, d.groups()
	for _, l := range e.Site.Langs {
		d.data.Words = append(d.data.Words, e.editors().UI(l.Code))
	}
}

// version stands for what an editor sees of a text when they judge it: the
// words of all languages, and which of them make up each passage. What was
// confirmed or pinned so far is not part of it, so that two passages can be
// confirmed from one page.
func (d *Desk) version(t *site.Text) string {
	h := sha256.New()
	for _, v := range t.Versions {
		if v.Doc == nil {
			continue
		}
		fmt.Fprintf(h, "%q\n", v.Doc.Path)
		for i := range v.Doc.Blocks {
			fmt.Fprintf(h, "%s\n", record.Fingerprint(&v.Doc.Blocks[i]))
		}
	}
	for _, r := range t.Table.Rows {
		fmt.Fprintf(h, "%s %v %v\n", r.Number, r.Blocks, r.Removed)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Seen is what the editor had in view when they pressed a button.
type Seen struct {
	Text    string
	Version string // as the page had it
	Lang    string // of the page; the sentences of the reply are in it
}

// RefusedError says why an action was not done, in a sentence for the editor.
type RefusedError struct {
	Sentence string
	// Changed tells that the editor has not seen what there is now.
	Changed bool
}

func (e *RefusedError) Error() string { return e.Sentence }

// names are the names of languages, each in itself.
func (d *Desk) names(codes []string, comma string) string {
	var out []string
	for _, l := range d.edition.Site.Langs {
		if slices.Contains(codes, l.Code) {
			out = append(out, l.Name)
		}
	}
	return strings.Join(out, comma)
}

// Save returns the text's record with the numbers of all passages as they are
// now. It refuses if the text is not as the editor has seen it.
func (d *Desk) Save(seen Seen) (*Revision, error) {
	say := d.say(seen.Lang)
	if err := d.refusal(seen); err != nil {
		return nil, err
	}
	return d.edition.Revise(seen.Text, nil, func(*record.Record) (string, error) { return say("desk-done-saved"), nil })
}

// TakeBack returns the text's record as it was before its last change.
func (d *Desk) TakeBack(seen Seen) (*Revision, error) {
	say := d.say(seen.Lang)
	if seen.Text == "" || d.edition.Site.Text(seen.Text) == nil {
		return nil, refuse(say("desk-refused-text", "Text", seen.Text))
	}
	rev, err := d.edition.TakeBack(seen.Text, say("desk-done-taken-back"), say("desk-done-brought-back"))
	if errors.Is(err, ErrNothingBefore) {
		return nil, refuse(say("desk-refused-nothing"))
	}
	return rev, err
}

func refuse(sentence string) error { return &RefusedError{Sentence: sentence} }

func (d *Desk) say(lang string) func(id string, pairs ...any) string { return d.edition.Say(lang) }

// refusal says why nothing can be done with the text as the editor has seen it.
func (d *Desk) refusal(seen Seen) error {
	say := d.say(seen.Lang)
	t := d.edition.Site.Text(seen.Text)
	switch {
	case seen.Text == "" || seen.Version == "":
		return refuse(say("desk-refused-request"))
	case t == nil:
		return refuse(say("desk-refused-text", "Text", seen.Text))
	case d.edition.faulty():
		return refuse(say("desk-refused-content"))
	case d.version(t) != seen.Version:
		return refuse(say("desk-refused-changed"))
	}
	return nil
}
