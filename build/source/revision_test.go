package source

import (
	"slices"
	"testing"
	"testing/fstest"
)

// TestRevisions: folders of versions/ that are named by days are earlier versions
// of the text, in order; all others are texts of their own, and none is lost.
func TestRevisions(t *testing.T) {
	t.Parallel()
	file := &fstest.MapFile{Data: []byte("Text.\n")}
	tree, diags, err := Read(fstest.MapFS{
		"law/ru.md": file, "law/en.md": file,
		"law/versions/2010-01-01/ru.md":                     file,
		"law/versions/2001-05-01/ru.md":                     file,
		"law/versions/2001-05-01/alignment.tsv":             file,
		"law/versions/2001-05-01/version.yaml":              {Data: []byte("title: {ru: первая}\n")},
		"law/versions/2001-05-01/seal.png":                  file,
		"law/versions/2001-02-30/ru.md":                     file, // no day of the calendar
		"law/versions/draft/ru.md":                          file,
		"law/versions/2001-05-01/versions/1999-01-01/ru.md": file, // of a version
		"other/versions/2001-05-01/ru.md":                   file, // of no text
		"law/version.yaml":                                  file, // of no version
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, x := range tree.Texts {
		names = append(names, x.Name)
	}
	if want := []string{"law", "law/versions/2001-02-30", "law/versions/2001-05-01/versions/1999-01-01", "law/versions/draft", "other/versions/2001-05-01"}; !slices.Equal(names, want) {
		t.Errorf("texts %q, want %q", names, want)
	}
	law := tree.Texts[0]
	if len(law.Revisions) != 2 || law.Revisions[0].Date != "2001-05-01" || law.Revisions[0].Title["ru"] != "первая" || law.Revisions[0].Record == nil || law.Revisions[1].Record != nil {
		t.Errorf("versions %+v", law.Revisions)
	}
	if want := []string{"law/version.yaml", "law/versions/2001-05-01/seal.png"}; !slices.Equal(tree.Others, want) {
		t.Errorf("others %q, want %q", tree.Others, want)
	}
	told := 0
	for _, d := range diags {
		if d.Phrase.ID == "file-name.version" {
			told++
		}
	}
	if told != 2 {
		t.Errorf("%d folders are told to be no versions, want 2: %v", told, diags)
	}
}
