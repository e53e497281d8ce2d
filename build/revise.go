package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"stele/build/check"
	"stele/build/diag"
	"stele/build/record"
	"stele/build/source"
)

// Revision is a new state of a text's record.
type Revision struct {
	Path    string // of the file, in the content folder
	Content string
	Said    string // what was done, in words for the editor
	// Also are the records of earlier versions of the text that had none, so that
	// their numbers stay too.
	Also []Changed
	// TakenBack tells that it is the record as it was before its last change, and
	// Again that this change was one that took back, so that what it had taken back
	// is done again.
	TakenBack, Again bool
}

// ErrFaulty says that a record was not changed because the content has errors,
// which Load has reported.
var ErrFaulty = errors.New("the content has errors")

// Revise changes the records of texts: it loads the content as it is at this moment,
// lets act make the new records from the edition, and hands all files to write
// together, each record after the file that keeps it as it was. Without an edition,
// and where act returns an error, nothing is written. It returns also what Load found.
//
// It takes no locks: whoever revises from several places lets them take turns.
func (b *Builder) Revise(ctx context.Context, act func(*Edition) ([]*Revision, error), write func([]Changed) error) ([]*Revision, diag.List, error) {
	e, found, err := b.Load(ctx)
	if err != nil {
		return nil, nil, err
	}
	if e == nil {
		return nil, found, ErrFaulty
	}
	revs, err := act(e)
	if err != nil {
		return nil, found, err
	}
	var files []Changed
	for _, rev := range revs {
		before, err := e.asLoaded(rev.Path)
		if err != nil {
			return nil, found, err
		}
		if before != nil {
			keep := string(before)
			if rev.TakenBack && !rev.Again {
				keep += takenBackMark
			}
			kept, err := bytesOf(b.in.Content, beforePath(rev.Path))
			if err != nil {
				return nil, found, err
			}
			files = append(files, Changed{beforePath(rev.Path), keep, kept})
		}
		files = append(files, Changed{rev.Path, rev.Content, before})
		files = append(files, rev.Also...)
	}
	if err := write(files); err != nil {
		return nil, found, err
	}
	return revs, found, nil
}

// ChangedError is the error of a file that somebody has changed since the content
// was loaded.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string { return e.Path + " has changed meanwhile" }

// asLoaded is a file of a text as its bytes, nil if there is none; an error if it is
// no longer the one that was loaded.
func (e *Edition) asLoaded(path string) ([]byte, error) {
	raw, err := bytesOf(e.content, path)
	if err != nil {
		return nil, err
	}
	loaded := ""
	for _, t := range e.Tree.Texts {
		for _, f := range t.Files {
			if f.Path == path {
				loaded = f.Data
			}
		}
		if t.Record != nil && t.Record.Path == path {
			loaded = t.Record.Data
		}
	}
	if now, _ := source.Clean(path, raw); now != loaded && strings.TrimSpace(now+loaded) != "" {
		return nil, &ChangedError{path}
	}
	return raw, nil
}

// bytesOf is what a file holds, nil if there is none.
func bytesOf(fsys fs.FS, path string) ([]byte, error) {
	data, err := fs.ReadFile(fsys, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err == nil && data == nil:
		data = []byte{}
	}
	return data, err
}

// beforePath is the file that keeps a record as it was before its last change,
// so that it can be taken back. Its name is that of an editor's backup: it is
// neither read as content nor published.
func beforePath(path string) string { return path + "~" }

// takenBackMark ends the kept record where the last change of the record was to
// take one back: what is kept is then what was taken back. A record may have it, as
// any remark.
const takenBackMark = "# taken back\n"

// Revise lets change at the record of a text and returns the file that comes of
// it; change says what it did. Of the record, the rows of the passages hold the
// text as it stands; all rows do if passages is nil. Without a record there are no
// others, so that all are saved. Errors of change are returned as they are.
func (e *Edition) Revise(text string, passages []string, change func(*record.Record) (said string, err error)) (*Revision, error) {
	if e.faulty() {
		return nil, ErrFaulty
	}
	t := e.Site.Text(text)
	if t == nil {
		return nil, fmt.Errorf("there is no text %q", text)
	}
	var rec *record.Record
	old := e.Record(text)
	whole := passages == nil || old == nil
	if whole {
		rec = record.New(t.Table, t.Docs(), old)
		rec.Addresses = t.Addresses()
	} else {
		rec = record.Amend(t.Table, t.Docs(), old, passages)
	}
	if h := e.Site.History(text); h != nil {
		for _, v := range h.Revisions {
			if v.Text != t {
				rec.Reserve(v.Text.Table)
			}
		}
	}
	said, err := change(rec)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	if _, err := rec.WriteTo(&b); err != nil {
		return nil, err
	}
	rev := &Revision{Path: cmp.Or(rec.Path, text+"/alignment.tsv"), Content: b.String(), Said: said}
	if whole {
		rev.Also, err = e.unrecorded(text)
	}
	return rev, err
}

// ErrNothingBefore says that a text's record was not changed, so that nothing
// can be taken back.
var ErrNothingBefore = errors.New("the record was not changed since it was begun; there is nothing to take back")

// TakeBack returns the record of a text as it was before its last change. To
// take back what was taken back does the change again, which saidAgain says.
func (e *Edition) TakeBack(text, said, saidAgain string) (*Revision, error) {
	if e.Site.Text(text) == nil {
		return nil, fmt.Errorf("there is no text %q", text)
	}
	path := text + "/alignment.tsv"
	before, err := fs.ReadFile(e.content, beforePath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNothingBefore
	}
	if err != nil {
		return nil, err
	}
	content, again := strings.CutSuffix(string(before), takenBackMark)
	if again {
		said = saidAgain
	}
	return &Revision{Path: path, Content: content, Said: said, TakenBack: true, Again: again}, nil
}

// CanTakeBack reports whether TakeBack has something to return.
func (e *Edition) CanTakeBack(text string) bool {
	_, err := fs.Stat(e.content, beforePath(text+"/alignment.tsv"))
	return err == nil
}

// Upsets reports whether a finding is an error that may change what rows a text has:
// any but those of a link or a picture.
func Upsets(d diag.Diagnostic) bool {
	return d.Severity == diag.Error && !check.OfLink(d.Code) && d.Code != BadDrawing
}

// faulty reports that the content has errors, so that nothing must be made of it.
func (e *Edition) faulty() bool { return slices.ContainsFunc(e.found, Upsets) }

// Record is the text's record as it was read; nil without one.
func (e *Edition) Record(text string) *record.Record {
	for _, t := range e.Tree.Texts {
		if t.Name == text && t.Record != nil {
			rec, _ := record.Parse(t.Record.Path, t.Record.Data) // Load has told what is wrong in it
			return rec
		}
	}
	return nil
}
