package source

import (
	"path"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/yaml"
)

// Revision is an earlier version of a text, frozen under its date in
// TEXT/versions/DATE.
type Revision struct {
	// Name is the folder, relative to the content folder.
	Name string
	// Date is the name of the folder in versions/: YYYY-MM-DD.
	Date string
	// Title is what the version is called, by language; one for all under "". Nil
	// where nobody named it.
	Title map[string]string
	// Files and Record are those of Text, as they were then.
	Files  []File
	Record *File
}

// versionsFolder holds the earlier versions of a text, a folder each.
const versionsFolder = "versions"

// aboutVersion is the file of a version that says what it is called.
const aboutVersion = "version.yaml"

// MaxRevisions is how many earlier versions of a text are read, the newest.
const MaxRevisions = 500

// versionOf returns the text and the date of an earlier version's folder, if it
// is one by its place: TEXT/versions/DATE.
func versionOf(dir string) (text, date string, ok bool) {
	above := path.Dir(dir)
	if path.Base(above) != versionsFolder || above == versionsFolder {
		return "", "", false
	}
	return path.Dir(above), path.Base(dir), true
}

// IsDate reports whether the folder of a version can have the name.
func IsDate(name string) bool {
	_, m, d, ok := yaml.ParseDate(name)
	return ok && m > 0 && d > 0 && len(name) == len("2006-01-02")
}

// revisions takes the earlier versions out of the texts and returns them by text.
// A folder whose name is no date is a text of its own, as any other.
func (r *reader) revisions() map[string][]Revision {
	var out map[string][]Revision
	for dir := range r.versions {
		text, date, ok := versionOf(dir)
		if !ok || r.versions[text] == nil || isVersion(text) { // a version has no versions
			continue
		}
		if !IsDate(date) {
			r.diags.Warn(diag.Pos{Path: dir}, FileName.As("version"), "Name", date)
			continue
		}
		if out == nil {
			out = map[string][]Revision{}
		}
		out[text] = append(out[text], Revision{Name: dir, Date: date})
	}
	for text, list := range out {
		slices.SortFunc(list, func(x, y Revision) int { return strings.Compare(x.Date, y.Date) })
		if n := len(list); n > MaxRevisions {
			r.diags.Error(diag.Pos{Path: path.Join(text, versionsFolder)}, TooManyFiles.As("versions"), "Max", MaxRevisions)
			list = list[n-MaxRevisions:]
		}
		out[text] = list
	}
	return out
}

// revision reads the files of an earlier version. Of what is found in them only
// the errors are told: nobody is to mend a frozen text.
func (r *reader) revision(v *Revision) {
	before := len(r.diags)
	defer func() {
		kept := r.diags[:before]
		for _, d := range r.diags[before:] {
			if d.Severity == diag.Error {
				kept = append(kept, d)
			}
		}
		r.diags = kept
	}()
	for _, l := range r.tree.Config.Languages {
		p, ok := r.versions[v.Name][l.Lang]
		if !ok {
			continue
		}
		if f, ok, blank := r.read(File{Path: p, Text: v.Name, Lang: l.Lang, Tag: l.Tag}); ok && !blank {
			v.Files = append(v.Files, f)
		}
	}
	if p, ok := r.records[v.Name]; ok {
		if f, ok, _ := r.read(File{Path: p, Text: v.Name}); ok {
			v.Record = &f
		}
	}
	if p, ok := r.abouts[v.Name]; ok {
		if f, ok, _ := r.read(File{Path: p}); ok {
			d := yaml.Open(p, 0, f.Data)
			v.Title = d.Root.Get("title").Local()
			d.Root.Done()
			r.diags = append(r.diags, d.Diags...)
		}
	}
}

// isVersion reports whether the folder is an earlier version's by its name.
func isVersion(dir string) bool {
	_, date, ok := versionOf(dir)
	return ok && IsDate(date)
}
