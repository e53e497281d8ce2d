package build_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"stele/build"
	"stele/build/record"
)

// TestReviseWritesOnceOrNotAtAll: what cannot be revised is not written, and the
// reason comes back as it was given.
func TestReviseWritesOnceOrNotAtAll(t *testing.T) {
	t.Parallel()
	fine := map[string]string{"a/ru.md": "Раз.\n", "a/en.md": "One.\n"}
	other := errors.New("not now")
	for _, tt := range []struct {
		name    string
		content map[string]string
		text    string
		change  error
		want    error // nil for any
		written string
	}{
		{name: "a text without a record", content: fine, text: "a", written: "a/alignment.tsv"},
		{name: "no such text", content: fine, text: "b"},
		{name: "a change that is refused", content: fine, text: "a", change: other, want: other},
		{name: "a damaged record", content: map[string]string{"a/ru.md": "Раз.\n", "a/alignment.tsv": "x\n"}, text: "a", want: build.ErrFaulty},
		{name: "no language", content: map[string]string{"note.txt": "x"}, text: "a", want: build.ErrFaulty},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			content := fstest.MapFS{}
			for p, s := range tt.content {
				content[p] = &fstest.MapFile{Data: []byte(s)}
			}
			written := ""
			revs, _, err := build.New(build.Inputs{Content: content}).Revise(t.Context(), func(e *build.Edition) ([]*build.Revision, error) {
				rev, err := e.Revise(tt.text, nil, func(rec *record.Record) (string, error) { return "done", tt.change })
				return []*build.Revision{rev}, err
			}, func(files []build.Changed) error {
				for _, f := range files {
					written += f.Path
				}
				return nil
			})
			switch {
			case written != tt.written:
				t.Errorf("written %q, want %q", written, tt.written)
			case (err == nil) != (tt.written != ""), tt.want != nil && !errors.Is(err, tt.want):
				t.Errorf("error %v, want %v", err, tt.want)
			case err == nil && (len(revs) != 1 || revs[0].Said != "done" || revs[0].Content == ""):
				t.Errorf("revisions %+v", revs)
			}
		})
	}
}
