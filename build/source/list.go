package source

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"stele/build/diag"
	"stele/build/leftover"
)

// Listing is what one folder holds, sorted by what it is. It never changes.
type Listing struct {
	folders  []string          // paths, as all that follow
	settings string            // site.yaml
	versions map[string]string // by language
	record   string
	about    string // what an earlier version is called
	concepts []string
	others   []string
	diags    diag.List
	count    int
}

// walk adds what a folder and those below it hold to the reader's lists.
func (r *reader) walk(dir string) error {
	if r.count > MaxFiles {
		return nil // and said so
	}
	entries, err := fs.ReadDir(r.fsys, dir)
	if err != nil {
		if dir == "." {
			return fmt.Errorf("read the content folder: %w", err)
		}
		r.diags.Error(diag.Pos{Path: dir}, Unreadable.As("folder"), "Reason", diag.Reason(err))
		return nil
	}
	if dir == "." { // most folders of a large site are texts there
		r.versions = make(map[string]map[string]string, len(entries))
	}
	l := r.List(dir, entries)
	r.diags = append(r.diags, l.diags...)
	if r.count += l.count; r.count > MaxFiles {
		r.diags.Error(diag.Pos{Path: dir}, TooManyFiles, "Max", MaxFiles)
		return nil
	}
	if l.settings != "" {
		r.settings = l.settings
	}
	if len(l.versions) > 0 {
		r.versions[dir] = l.versions
	}
	if l.record != "" {
		r.records[dir] = l.record
	}
	if l.about != "" {
		r.abouts[dir] = l.about
	}
	r.concepts = append(r.concepts, l.concepts...)
	r.others = append(r.others, l.others...)
	for _, f := range l.folders {
		if err := r.walk(f); err != nil {
			return err
		}
	}
	return nil
}

// List sorts the entries of a folder; dir is its path in the content folder, or
// ".".
func List(dir string, entries []fs.DirEntry) *Listing {
	l := &Listing{versions: map[string]string{}}
	depth := 0
	if dir != "." {
		depth = 1 + strings.Count(dir, "/")
	}
	folded := map[string]string{}
	for _, e := range entries {
		name := e.Name()
		if leftover.Is(name) || strings.HasPrefix(name, ".") { // no text is .well-known
			continue
		}
		p := path.Join(dir, name)
		pos := diag.Pos{Path: p}
		fault := NameFault(name)
		if e.IsDir() && !strings.EqualFold(name, "index") { // which gets another address
			fault = AddressFault(name)
		}
		if fault.ID != "" {
			l.diags.Error(pos, BadName, "Name", name, "Fault", fault)
			continue
		}
		if other, ok := folded[FoldName(name)]; ok {
			l.diags.Error(pos, NameCollision, "Name", name, "Other", other)
			continue
		}
		folded[FoldName(name)] = name
		l.count++
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			l.diags.Error(pos, NotAFile.As("link"))
		case e.IsDir() && path.Ext(name) == ".md":
			l.diags.Warn(pos, FolderNamedMd)
		case e.IsDir() && depth == MaxDepth:
			l.diags.Warn(pos, TooDeep.As("folders"), "Max", MaxDepth)
		case e.IsDir():
			l.folders = append(l.folders, p)
		case !e.Type().IsRegular():
			l.diags.Error(pos, NotAFile)
		default:
			l.file(p, pos, e)
		}
	}
	return l
}

// file sorts one regular file by its name.
func (l *Listing) file(p string, pos diag.Pos, e fs.DirEntry) {
	dir, name := path.Dir(p), path.Base(p)
	inGlossary := strings.HasPrefix(p, "glossary/")
	switch ext := path.Ext(name); {
	case p == "site.yaml":
		l.settings = p
	case inGlossary && ext == ".yaml":
		l.concepts = append(l.concepts, p)
	case p == "site.yml" || inGlossary && ext == ".yml":
		l.diags.Warn(pos, FileName.As("yml"), "Name", strings.TrimSuffix(name, ext)+".yaml")
	case markdown(ext) && dir == ".":
		l.diags.Warn(pos, FileName.As("loose"), "Example", "about/ru.md")
	case markdown(ext):
		l.version(p, strings.TrimSuffix(name, ext), pos)
	case name == "alignment.tsv":
		l.record = p
	case name == aboutVersion && isVersion(dir):
		l.about = p
	default:
		if info, err := e.Info(); err == nil && info.Size() > MaxOther {
			l.diags.Warn(pos, LargeFile, "Max", MaxOther>>20)
			return
		}
		l.others = append(l.others, p)
	}
}

// markdown reports whether files that end so are Markdown.
func markdown(ext string) bool {
	return strings.EqualFold(ext, ".md") || strings.EqualFold(ext, ".markdown")
}

// version notes a file of a text by its name without the ending.
func (l *Listing) version(p, stem string, pos diag.Pos) {
	lang, why := LanguageOf(stem)
	if why.ID != "" {
		if name, lang, ok := suffixed(stem); ok {
			l.diags.Warn(pos, FileName.As("suffix"), "Name", path.Join(name, lang+".md"))
		} else {
			l.diags.Warn(pos, FileName, "Fault", why)
		}
		return
	}
	if other, ok := l.versions[lang]; ok {
		l.diags.Error(pos, NameCollision.As("language"), "Other", path.Base(other), "Language", lang)
		return
	}
	l.versions[lang] = p
}
