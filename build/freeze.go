package build

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

// Frozen is a file of a version of a text that is to be kept.
type Frozen struct {
	Path string // in the content folder
	Data []byte
}

// LaterError says that a version is not frozen because there is one that is not
// earlier.
type LaterError struct{ Before string }

func (e *LaterError) Error() string {
	return "there is a version of " + e.Before + " already; the next must be of a later day"
}

// Freeze returns the files that keep a text as it stands as its version of a
// date: its files to the byte, what they show of the text's own folder, and the
// record of it. A text that has no record gets one too, so that its numbers stay
// those of the version. title is what the version is called, by language, one for
// all under ""; it may be nil.
func (e *Edition) Freeze(text, date string, title map[string]string) ([]Frozen, error) {
	if e.faulty() {
		return nil, ErrFaulty
	}
	t := e.Site.Text(text)
	i := slices.IndexFunc(e.Tree.Texts, func(x source.Text) bool { return x.Name == text })
	if t == nil || i < 0 {
		return nil, fmt.Errorf("there is no text %q", text)
	}
	if !source.IsDate(date) {
		return nil, fmt.Errorf("%q is no date; write the day since which the text held as YYYY-MM-DD", date)
	}
	from := e.Tree.Texts[i]
	for _, r := range from.Revisions {
		if r.Date >= date {
			return nil, &LaterError{Before: r.Date}
		}
	}
	folder := text + "/versions/" + date
	var out []Frozen
	keep := func(from, to string) error {
		data, err := fs.ReadFile(e.content, from)
		if err == nil {
			out = append(out, Frozen{to, data})
		}
		return err
	}
	for _, f := range from.Files {
		if err := keep(f.Path, folder+"/"+path.Base(f.Path)); err != nil {
			return nil, err
		}
	}
	for _, f := range e.shown(t) {
		if err := keep(f, folder+"/"+strings.TrimPrefix(f, text+"/")); err != nil {
			return nil, err
		}
	}
	if len(title) > 0 {
		out = append(out, Frozen{folder + "/version.yaml", []byte(titleYAML(title))})
	}
	rec := record.New(t.Table, t.Docs(), e.Record(text))
	rec.Addresses = t.Addresses()
	var b strings.Builder
	if _, err := rec.WriteTo(&b); err != nil {
		return nil, err
	}
	out = append(out, Frozen{folder + "/alignment.tsv", []byte(b.String())})
	if from.Record == nil {
		out = append(out, Frozen{text + "/alignment.tsv", []byte(b.String())})
	}
	return out, nil
}

// shown are the files of the text's own folder that the text shows or leads to.
func (e *Edition) shown(t *site.Text) []string {
	var out []string
	for _, f := range e.Site.FilesOf(t) {
		if strings.HasPrefix(f, t.ID+"/") && !strings.HasPrefix(f, t.ID+"/versions/") {
			out = append(out, f)
		}
	}
	return out
}

// titleYAML is the file that says what a version is called.
func titleYAML(title map[string]string) string {
	if all, ok := title[""]; ok {
		return "title: " + quoted(all) + "\n"
	}
	var b strings.Builder
	b.WriteString("title:\n")
	for _, l := range slices.Sorted(maps.Keys(title)) {
		b.WriteString("  " + l + ": " + quoted(title[l]) + "\n")
	}
	return b.String()
}

// quoted is a text as YAML takes it whatever is in it.
func quoted(s string) string {
	return "'" + strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "'", "''") + "'"
}

// unrecorded are the records of the earlier versions of a text that have none.
func (e *Edition) unrecorded(text string) ([]Changed, error) {
	h := e.Site.History(text)
	if h == nil {
		return nil, nil
	}
	var out []Changed
	for _, r := range e.Tree.Texts[slices.IndexFunc(e.Tree.Texts, func(x source.Text) bool { return x.Name == text })].Revisions {
		if r.Record != nil {
			continue
		}
		for _, v := range h.Revisions {
			if v.Text.ID != r.Name {
				continue
			}
			var b strings.Builder
			if _, err := record.New(v.Text.Table, v.Text.Docs(), nil).WriteTo(&b); err != nil {
				return nil, err
			}
			out = append(out, Changed{Path: r.Name + "/alignment.tsv", Data: b.String()})
		}
	}
	return out, nil
}
