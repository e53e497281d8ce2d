// Package source finds the files of a content folder and reads them: texts by
// folder and language, the glossary's files, the site's settings and the names
// of everything else. What it hands on is valid, visible, normalised Unicode;
// what is not it refuses with the place. It does not know what the files mean.
package source

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"stele/build/diag"
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
	Data string
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
}

// Tree is everything found in a content folder.
type Tree struct {
	Config Config
	// Texts in the order of Config.Texts, then by name.
	Texts []Text
	// Concepts are the glossary's files, by path.
	Concepts []File
	// Others are the paths of all other regular files (images …), sorted.
	// Whether one is published is for those to say who refer to it.
	Others []string
}

// Read reads the content folder. Everything wrong in it is in the list; the
// error is for a folder that cannot be read at all. Links and special files
// are not followed, editors' backups and names that begin with a dot not seen.
func Read(fsys fs.FS) (*Tree, diag.List, error) { return ReadWith(fsys, Clean) }

// Holder is a file system that holds files in memory.
type Holder interface {
	// Held returns the content of an ordinary file, which nobody changes, and
	// whether it is held.
	Held(name string) ([]byte, bool)
}

// ReadWith is Read with something in place of Clean that gives the same results,
// such as one that remembers them.
func ReadWith(fsys fs.FS, clean func(path string, raw []byte) (string, diag.List)) (*Tree, diag.List, error) {
	r := &reader{fsys: fsys, clean: clean, langs: map[string]string{}, versions: map[string]map[string]string{}, records: map[string]string{}}
	if err := r.walk(".", 0); err != nil {
		return nil, nil, err
	}
	slices.Sort(r.others) // by the whole path: a folder comes before what only begins like it
	t := &Tree{Others: r.others}
	if r.settings != "" {
		if f, ok := r.read(File{Path: r.settings}); ok {
			var diags diag.List
			t.Config, diags = parseConfig(f)
			r.diags = append(r.diags, diags...)
		}
	}
	if len(t.Config.Languages) == 0 {
		t.Config.Languages = languagesOf(r.versions)
	}
	if n := len(t.Config.Languages); n > MaxLanguages {
		r.diags.Errorf(t.Config.At["languages"], "too-many-languages", "%d languages; %d are the most", n, MaxLanguages)
		t.Config.Languages = t.Config.Languages[:MaxLanguages]
	}
	t.Config.spread()
	r.texts(t)
	for _, p := range r.concepts {
		if f, ok := r.read(File{Path: p}); ok {
			t.Concepts = append(t.Concepts, f)
		}
	}
	return t, r.diags, nil
}

type reader struct {
	fsys  fs.FS
	clean func(path string, raw []byte) (string, diag.List)
	diags diag.List
	count int
	langs map[string]string // what langFault says, by name

	settings string
	versions map[string]map[string]string // text -> language -> path
	records  map[string]string            // text -> path
	concepts []string
	others   []string
}

// walk sorts the entries of a folder into the reader's lists.
func (r *reader) walk(dir string, depth int) error {
	entries, err := fs.ReadDir(r.fsys, dir)
	if err != nil {
		if dir == "." {
			return fmt.Errorf("read the content folder: %w", err)
		}
		r.diags.Errorf(diag.Pos{Path: dir}, "unreadable", "this folder cannot be read: %v", reason(err))
		return nil
	}
	folded := map[string]string{}
	for _, e := range entries {
		name := e.Name()
		if ignored(name) {
			continue
		}
		p := path.Join(dir, name)
		pos := diag.Pos{Path: printable(p)}
		fault := NameFault(name)
		if e.IsDir() {
			fault = AddressFault(name)
		}
		if fault != "" {
			r.diags.Errorf(pos, "bad-name", "the name %q %s; rename it", name, fault)
			continue
		}
		if other, ok := folded[fold(name)]; ok {
			r.diags.Errorf(pos, "name-collision", "%q and %q are the same name on some computers; rename one of the two", name, other)
			continue
		}
		folded[fold(name)] = name
		if r.count++; r.count > MaxFiles {
			r.diags.Errorf(pos, "too-many-files", "more than %d files and folders; the rest was not looked at", MaxFiles)
			return nil
		}
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			r.diags.Errorf(pos, "not-a-file", "this is a link to another place; put the file itself here")
		case e.IsDir() && path.Ext(name) == ".md":
			r.diags.Warnf(pos, "folder-named-md", "this is a folder with the name of a file; it is left out")
		case e.IsDir() && depth == MaxDepth:
			r.diags.Warnf(pos, "too-deep", "folders more than %d deep are left out", MaxDepth)
		case e.IsDir():
			if err := r.walk(p, depth+1); err != nil {
				return err
			}
		case !e.Type().IsRegular():
			r.diags.Errorf(pos, "not-a-file", "this is not an ordinary file; remove it")
		default:
			r.file(p, pos, e)
		}
	}
	return nil
}

// printable is the path as a message can show it.
func printable(p string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || Refused(r) != "" {
			return '?'
		}
		return r
	}, p)
}

// file sorts one regular file by its name.
func (r *reader) file(p string, pos diag.Pos, e fs.DirEntry) {
	dir, name := path.Dir(p), path.Base(p)
	inGlossary := strings.HasPrefix(p, "glossary/")
	switch ext := path.Ext(name); {
	case p == "site.yaml":
		r.settings = p
	case inGlossary && ext == ".yaml":
		r.concepts = append(r.concepts, p)
	case p == "site.yml" || inGlossary && ext == ".yml":
		r.diags.Warnf(pos, "file-name", "this file is not read: name it %q", strings.TrimSuffix(name, ext)+".yaml")
	case ext == ".md" && dir == ".":
		r.diags.Warnf(pos, "file-name", "this file is not published: a text is a folder with one file for each language, such as %q", "about/ru.md")
	case ext == ".md":
		lang := strings.TrimSuffix(name, ext)
		why, known := r.langs[lang]
		if !known {
			why = langFault(lang)
			r.langs[lang] = why
		}
		if why != "" {
			r.diags.Warnf(pos, "file-name", "this file is not published: %s", why)
			return
		}
		if r.versions[dir] == nil {
			r.versions[dir] = map[string]string{}
		}
		r.versions[dir][lang] = p
	case name == "alignment.tsv":
		r.records[dir] = p
	default:
		if info, err := e.Info(); err == nil && info.Size() > MaxOther {
			r.diags.Warnf(pos, "large-file", "this file is larger than %d MiB and is left out; make it smaller or link to it elsewhere", MaxOther>>20)
			return
		}
		r.others = append(r.others, p)
	}
}

// texts reads the language versions.
func (r *reader) texts(t *Tree) {
	names := make([]string, 0, len(r.versions))
	for name := range r.versions {
		names = append(names, name)
	}
	rank := map[string]int{}
	for i, name := range t.Config.Texts {
		rank[name] = i - len(t.Config.Texts)
		if r.versions[name] == nil {
			r.diags.Errorf(t.Config.At[fmt.Sprintf("texts.%d", i)], "unknown-text", "there is no text %q: no such folder with a language file in it", name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b)) })
	if len(names) == 0 {
		r.diags.Errorf(diag.Pos{}, "no-texts", "there is no text: make a folder with one file for each language, such as %q", "about/ru.md")
	}
	for _, name := range names {
		text := Text{Name: name, Slug: Slug(name)}
		if text.Slug != fsName(name) {
			r.diags.Warnf(diag.Pos{Path: name}, "address", "the name %q cannot stand in an address as it is and becomes %q; rename the folder or give the text a slug", name, text.Slug)
		}
		r.missing(name, t.Config.Languages)
		for _, l := range t.Config.Languages {
			p, ok := r.versions[name][l.Lang]
			if !ok {
				continue
			}
			f, ok := r.read(File{Path: p, Text: name, Lang: l.Lang, Tag: l.Tag})
			switch {
			case !ok:
			case strings.TrimSpace(f.Data) == "":
				r.diags.Warnf(diag.Pos{Path: p, Line: 1, Col: 1}, "empty-file", "the file is empty and is left out")
			default:
				text.Files = append(text.Files, f)
			}
		}
		if p, ok := r.records[name]; ok {
			if f, ok := r.read(File{Path: p, Text: name}); ok {
				text.Record = &f
			}
		}
		if len(text.Files) > 0 {
			t.Texts = append(t.Texts, text)
		}
	}
}

// missing reports languages that a text does not have or the site does not.
func (r *reader) missing(name string, langs []Language) {
	var lack []string
	for _, l := range langs {
		if r.versions[name][l.Lang] == "" {
			lack = append(lack, l.Lang)
		}
	}
	if len(lack) > 0 {
		r.diags.Warnf(diag.Pos{Path: name}, "missing-language", "the text has no version in %s", strings.Join(lack, ", "))
	}
	for l, p := range r.versions[name] {
		if !slices.ContainsFunc(langs, func(k Language) bool { return k.Lang == l }) {
			r.diags.Warnf(diag.Pos{Path: p}, "unknown-language", "this file is not published: site.yaml does not list the language %q", l)
		}
	}
}

// read fills in the file's data. A file that cannot be used is reported.
func (r *reader) read(f File) (File, bool) {
	pos := diag.Pos{Path: f.Path, Line: 1, Col: 1}
	raw, err := readLimited(r.fsys, f.Path)
	if errors.Is(err, errTooLarge) {
		r.diags.Errorf(pos, "too-large", "the file is larger than %d MiB; divide it", MaxFileBytes>>20)
		return f, false
	}
	if err != nil {
		r.diags.Errorf(pos, "unreadable", "the file cannot be read: %v", reason(err))
		return f, false
	}
	var diags diag.List
	f.Data, diags = r.clean(f.Path, raw)
	r.diags = append(r.diags, diags...)
	return f, !diags.HasErrors()
}

var errTooLarge = errors.New("too large")

// readLimited asks for the size before it reads, so that a huge file costs
// nothing, and does not trust the answer.
func readLimited(fsys fs.FS, name string) (data []byte, err error) {
	if h, ok := fsys.(Holder); ok {
		if data, ok := h.Held(name); ok && len(data) <= MaxFileBytes {
			return data, nil
		}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not an ordinary file")
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

// reason is the cause of an error without the path, which the place says.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
