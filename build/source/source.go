// Package source finds the files of a content folder and reads them: texts by
// folder and language, the glossary's files, the site's settings and the names
// of everything else. What it hands on is valid, visible, normalised Unicode;
// what is not it refuses with the place. It does not know what the files mean.
package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/yaml"
)

// Limits of a content folder; beyond them a file is refused or, too deep, left
// out with a warning.
const (
	MaxFileBytes = 8 << 20  // of a text, a concept, the settings or a record
	MaxOther     = 64 << 20 // of an image or another file that a text shows or links
	MaxLanguages = 40       // every two are aligned, and every page links to all
	MaxFiles     = 100_000
	MaxDepth     = 16 // folders inside each other
	MaxName      = 200
)

// File is one content file as it was read. Data is valid UTF-8 in NFC, its
// lines end in "\n", without a byte order mark; places refer to it.
type File struct {
	Path string // relative to the content folder, with slashes
	Text string // the folder that names the text; empty for other files
	Lang string // the language as the file's name says it: "zh"
	Tag  string // its BCP 47 tag for lang attributes: "zh-Hans"
	// Ignored are the keys of front matter that the settings ignore, parted by spaces.
	Ignored string
	Data    string
}

// Text is one folder of language versions.
type Text struct {
	// Name is the folder, relative to the content folder, with slashes.
	Name string
	// Slug is Name made safe for addresses; usually the same.
	Slug string
	// Files holds the versions that could be read, in the order of
	// Config.Languages; at least one.
	Files []File
	// Record is the text's alignment.tsv; nil without one.
	Record *File
	// Revisions are the text's earlier versions, the oldest first.
	Revisions []Revision
	// Unread tells that nobody asked for the text: its files are named, and no
	// more is known of it.
	Unread bool
}

// Tree is everything found in a content folder. It never changes.
type Tree struct {
	Config Config
	// Texts in the order of Config.Texts, then by name.
	Texts []Text
	// Concepts are the glossary's files, by path.
	Concepts []File
	// Others are the paths of all other regular files (images …), sorted.
	// Whether one is published is for those to say who refer to it.
	Others []string
	// Damaged are the paths of files of texts and concepts that are there and that
	// cannot be used, sorted: nobody is to be told that they are not there.
	Damaged []string
}

// Steps are the parts of a reading that hang on their arguments alone. Whoever
// reads a folder again and again can put in their place what remembers results;
// nothing else may differ. The zero Steps are those of this package.
type Steps struct {
	List     func(dir string, entries []fs.DirEntry) *Listing
	Clean    func(path string, raw []byte) (text string, diags diag.List)
	Settings func(File) (Config, diag.List)
	Slug     func(name string) string
	// Wanted reports whether a text is to be read; nil reads all.
	Wanted func(text string) bool
}

// all are the steps, none of them missing.
func (s Steps) all() Steps {
	if s.List == nil {
		s.List = List
	}
	if s.Clean == nil {
		s.Clean = Clean
	}
	if s.Settings == nil {
		s.Settings = ParseConfig
	}
	if s.Slug == nil {
		s.Slug = Slug
	}
	return s
}

// Holder is a file system that holds files in memory.
type Holder interface {
	// Held returns the content of an ordinary file, which nobody changes, and
	// whether it is held.
	Held(name string) ([]byte, bool)
}

// Read reads the content folder. Everything wrong in it is in the list; the
// error is for a folder that cannot be read at all. Links and special files
// are not followed, editors' backups and names that begin with a dot not seen.
func Read(fsys fs.FS) (*Tree, diag.List, error) { return Steps{}.Read(fsys) }

// Read is the function Read with these steps.
func (s Steps) Read(fsys fs.FS) (*Tree, diag.List, error) {
	t := &Tree{Config: Config{Sentences: true}}
	r := &reader{Steps: s.all(), fsys: fsys, tree: t, records: map[string]string{}, abouts: map[string]string{}}
	if err := r.walk("."); err != nil {
		return nil, nil, err
	}
	slices.Sort(r.others) // by the whole path: a folder comes before what only begins like it
	t.Others = r.others
	if r.settings != "" {
		if f, ok, _ := r.read(File{Path: r.settings}); ok {
			config, found := r.Settings(f)
			t.Config = config
			r.diags = append(r.diags, found...)
		}
	}
	if len(t.Config.Languages) == 0 {
		t.Config.Languages = r.distinguished(languagesOf(r.versions))
	}
	if n := len(t.Config.Languages); n > MaxLanguages {
		r.diags.Error(t.Config.At["languages"], TooManyLanguages, "Count", n, "Max", MaxLanguages)
		t.Config.Languages = t.Config.Languages[:MaxLanguages]
	}
	r.diags = append(r.diags, t.Config.untold()...)
	t.Config.spread()
	r.texts()
	for _, p := range r.concepts {
		if f, ok, _ := r.read(File{Path: p}); ok {
			t.Concepts = append(t.Concepts, f)
		} else {
			t.Damaged = append(t.Damaged, p)
		}
	}
	slices.Sort(t.Damaged)
	return t, r.diags, nil
}

type reader struct {
	Steps
	fsys  fs.FS
	tree  *Tree
	diags diag.List
	count int

	settings string
	versions map[string]map[string]string // text -> language -> path
	records  map[string]string            // text -> path
	abouts   map[string]string            // earlier version -> path
	concepts []string
	others   []string
}

// distinguished leaves out languages that are others under an old code, as iw is
// he, and reports the files that are named after them.
func (r *reader) distinguished(found []Language) []Language {
	kept := map[string]string{} // by tag
	for _, l := range found {
		if kept[l.Tag] == "" || l.Lang == l.Tag {
			kept[l.Tag] = l.Lang
		}
	}
	return slices.DeleteFunc(found, func(l Language) bool {
		lang := kept[l.Tag]
		if lang == l.Lang {
			return false
		}
		for name, versions := range r.versions {
			if p, ok := versions[l.Lang]; !ok {
				continue
			} else if other, ok := versions[lang]; ok {
				r.diags.Error(diag.Pos{Path: p}, NameCollision.As("language"), "Other", path.Base(other), "Language", lang)
			} else {
				r.diags.Error(diag.Pos{Path: p}, FileName, "Fault", diag.Say("name-fault.case", "Name", lang))
			}
			r.versions[name] = maps.Clone(versions) // which the listing keeps
			delete(r.versions[name], l.Lang)
		}
		return true
	})
}

// texts reads the language versions.
func (r *reader) texts() {
	t := r.tree
	revisions := r.revisions()
	earlier := map[string]bool{} // the folders of all of them
	for _, list := range revisions {
		for _, v := range list {
			earlier[v.Name] = true
		}
	}
	names := make([]string, 0, len(r.versions))
	placed := map[string]bool{} // by the settings
	for i, name := range t.Config.Texts {
		if r.versions[name] == nil || earlier[name] {
			r.diags.Error(t.Config.At[fmt.Sprintf("texts.%d", i)], UnknownText, "Text", name, "Hint", yaml.Meant(name, r.unnamed(earlier)))
			continue
		}
		if !placed[name] {
			names = append(names, name)
			placed[name] = true
		}
	}
	for name := range r.versions {
		if !placed[name] && !earlier[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names[len(placed):])
	for _, h := range t.Config.Folders {
		if !slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, h.Name+"/") }) {
			r.diags.Error(h.Pos, UnknownText.As("folder"), "Folder", h.Name)
		}
	}
	ignored := strings.Join(t.Config.Ignored, " ")
	if len(names) == 0 {
		r.diags.Error(diag.Pos{}, NoTexts, "Example", "about/ru.md")
	}
	for _, name := range names {
		slug := r.Slug(name)
		if r.Wanted != nil && !r.Wanted(name) {
			t.Texts = append(t.Texts, r.unread(name, slug))
			continue
		}
		text := Text{Name: name, Slug: slug, Files: make([]File, 0, len(t.Config.Languages))}
		if slug != name && slug != fsName(name) && path.Base(slug) != indexSlug {
			r.diags.Warn(diag.Pos{Path: name}, Address, "Name", name, "Safe", slug)
		}
		versions := r.versions[name]
		r.missing(name, versions)
		for _, l := range t.Config.Languages {
			p, ok := versions[l.Lang]
			if !ok {
				continue
			}
			f, ok, blank := r.read(File{Path: p, Text: name, Lang: l.Lang, Tag: l.Tag, Ignored: ignored})
			switch {
			case !ok:
				t.Damaged = append(t.Damaged, p)
			case blank:
				r.diags.Warn(diag.Pos{Path: p, Line: 1, Col: 1}, EmptyFile)
			default:
				text.Files = append(text.Files, f)
			}
		}
		if p, ok := r.records[name]; ok {
			if f, ok, _ := r.read(File{Path: p, Text: name}); ok {
				text.Record = &f
			}
		}
		for _, v := range revisions[name] {
			if r.revision(&v); len(v.Files) > 0 {
				text.Revisions = append(text.Revisions, v)
			}
		}
		if len(text.Files) > 0 {
			t.Texts = append(t.Texts, text)
		}
	}
}

// unread is a text that nobody asked for.
func (r *reader) unread(name, slug string) Text {
	text := Text{Name: name, Slug: slug, Unread: true}
	for _, l := range r.tree.Config.Languages {
		if p, ok := r.versions[name][l.Lang]; ok {
			text.Files = append(text.Files, File{Path: p, Text: name, Lang: l.Lang, Tag: l.Tag})
		}
	}
	return text
}

// unnamed lists the texts that the settings do not place; earlier are the folders of
// earlier versions.
func (r *reader) unnamed(earlier map[string]bool) []string {
	var names []string
	for name := range r.versions {
		if !earlier[name] && !slices.Contains(r.tree.Config.Texts, name) {
			names = append(names, name)
		}
	}
	return names
}

// missing reports languages that a text does not have or the site does not.
func (r *reader) missing(name string, versions map[string]string) {
	langs := r.tree.Config.Languages
	var lack []string
	for _, l := range langs {
		if versions[l.Lang] == "" {
			lack = append(lack, l.Lang)
		}
	}
	if len(lack) > 0 {
		r.diags.Warn(diag.Pos{Path: name}, MissingLanguage, "Languages", diag.Names(lack))
	}
	if len(versions) == len(langs)-len(lack) {
		return
	}
	for l, p := range versions {
		if !slices.ContainsFunc(langs, func(k Language) bool { return k.Lang == l }) {
			r.diags.Warn(diag.Pos{Path: p}, UnknownLanguage.As("file"), "Language", l)
		}
	}
}

// read fills in the file's data. A file that cannot be used is reported; blank
// tells that there is nothing but white space in it.
func (r *reader) read(f File) (_ File, ok, blank bool) {
	pos := diag.Pos{Path: f.Path, Line: 1, Col: 1}
	raw, err := readLimited(r.fsys, f.Path)
	if errors.Is(err, errTooLarge) {
		r.diags.Error(pos, TooLarge, "Max", MaxFileBytes>>20)
		return f, false, false
	}
	if err != nil {
		r.diags.Error(pos, Unreadable, "Reason", diag.Reason(err))
		return f, false, false
	}
	data, found := r.Clean(f.Path, raw)
	f.Data = data
	r.diags = append(r.diags, found...)
	return f, !r.stops(found), strings.TrimSpace(data) == ""
}

// stops reports whether a file with these findings cannot be used: it has an error
// that the settings do not make less.
func (r *reader) stops(found diag.List) bool {
	lenient := slices.ContainsFunc(r.tree.Config.Severities, func(s Severity) bool { return s.Code == BadCharacter && s.Severity != diag.Error })
	return slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && !(lenient && d.Code == BadCharacter)
	})
}

var errTooLarge = errors.New("too large")

// readLimited asks for the size before it reads, so that a huge file costs
// nothing, and does not trust the answer.
func readLimited(fsys fs.FS, name string) (data []byte, err error) {
	holder, holds := fsys.(Holder)
	if holds {
		if data, ok := holder.Held(name); ok && len(data) <= MaxFileBytes {
			return data, nil
		}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if holds { // since it was opened
		if data, ok := holder.Held(name); ok && len(data) <= MaxFileBytes {
			return data, nil
		}
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &diag.ReasonError{Phrase: diag.Say("reason.irregular")}
	}
	if info.Size() > MaxFileBytes {
		return nil, errTooLarge
	}
	data, err = io.ReadAll(io.LimitReader(f, MaxFileBytes+1))
	if len(data) > MaxFileBytes {
		return nil, errTooLarge
	}
	return data, err
}
