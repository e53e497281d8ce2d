package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"stele/build/diag"
	"stele/build/record"
)

// Revision is a new state of a text's record.
type Revision struct {
	Path    string // of the file, in the content folder
	Content string
	Said    string // what was done, in words for the editor
}

// ErrFaulty says that a record was not changed because the content has errors,
// which Load has reported.
var ErrFaulty = errors.New("the content has errors")

// Revise changes the record of a text: it loads the content as it is at this
// moment, lets act make the new record from the edition, and hands the file to
// write, which is given its path in the content folder. Without an edition, and
// where act returns an error, nothing is written. It returns also what Load found.
//
// It takes no locks: whoever revises from several places lets them take turns.
func (b *Builder) Revise(ctx context.Context, act func(*Edition) (*Revision, error), write func(path string, data []byte) error) (*Revision, diag.List, error) {
	e, found, err := b.Load(ctx)
	if err != nil {
		return nil, nil, err
	}
	if e == nil {
		return nil, found, ErrFaulty
	}
	rev, err := act(e)
	if err != nil {
		return nil, found, err
	}
	if err := write(rev.Path, []byte(rev.Content)); err != nil {
		return nil, found, err
	}
	return rev, found, nil
}

// Revise makes the record that holds the text as it stands, lets change at it,
// and returns the file that comes of it; change says what it did. Errors of
// change are returned as they are.
func (e *Edition) Revise(text string, change func(*record.Record) (said string, err error)) (*Revision, error) {
	if e.faulty() {
		return nil, ErrFaulty
	}
	t := e.Site.Text(text)
	if t == nil {
		return nil, fmt.Errorf("there is no text %q", text)
	}
	rec := record.New(t.Table, t.Docs(), e.record(text))
	rec.Addresses = t.Addresses()
	said, err := change(rec)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	if _, err := rec.WriteTo(&b); err != nil {
		return nil, err
	}
	return &Revision{Path: cmp.Or(rec.Path, text+"/alignment.tsv"), Content: b.String(), Said: said}, nil
}

// faulty reports that the content has errors, so that nothing must be made of it.
func (e *Edition) faulty() bool { return e.found.HasErrors() }

// record is the text's record as it was read; nil without one.
func (e *Edition) record(text string) *record.Record {
	for _, t := range e.Tree.Texts {
		if t.Name == text && t.Record != nil {
			rec, _ := record.Parse(t.Record.Path, t.Record.Data) // Load has told what is wrong in it
			return rec
		}
	}
	return nil
}
