package site

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"stele/build/glossary"
)

// Folder is a folder of texts. Sites of a few texts that stand side by side have
// none; see Filed.
type Folder struct {
	ID      string // its path in the content folder; "" for that itself
	Slug    string // in addresses
	Named   glossary.Heading
	Up      *Folder // nil for the content folder
	Own     *Text   // the text of its name, or that is called index in it: it comes first, and its title is the folder's; nil for none
	Entries []Entry // in order
	Texts   int     // how many are in it and below it
}

// Entry is a text or a folder in a folder.
type Entry struct {
	Text   *Text
	Folder *Folder
}

// FolderEntries is how many entries a page shows of a folder: what is longer goes
// on to further pages, so that no page grows with the site.
const FolderEntries = 100

// HomeEntries is how many the start page shows of the content folder; what is
// longer has pages of its own.
const HomeEntries = 30

// PerDownloads is how many texts a page of downloads has.
const PerDownloads = 30

// Filed reports whether texts stand in folders or are too many for the start page,
// so that folders have pages.
func (s *Site) Filed() bool { return s.Root != nil }

// FolderOf returns the folder that the text stands in and its place among the
// entries; nil where the site is not filed.
func (s *Site) FolderOf(t *Text) (*Folder, int) {
	at, ok := s.filed[t]
	if !ok {
		return nil, 0
	}
	return at.folder, at.index
}

type filedAt struct {
	folder *Folder
	index  int
}

// Title is what the settings call the folder in a language; empty for none.
func (f *Folder) Title(lang string) string { return cmp.Or(f.Named.Title[lang], f.Named.Title[""]) }

// Name is the folder's name without the number that it is ordered by.
func (f *Folder) Name() string { return plainName(path.Base(f.ID)) }

// plainName is the name of a folder as people read it.
func plainName(name string) string {
	rest := strings.TrimLeft(strings.TrimLeft(name, "0123456789"), "-_. ")
	return strings.NewReplacer("-", " ", "_", " ").Replace(cmp.Or(rest, name))
}

// Key is the key of the page that shows the entry with the index.
func (f *Folder) Key(entry int) Key {
	return Key{Kind: FolderIndex, ID: f.ID, Section: entry / FolderEntries}
}

// pages is how many pages the folder has.
func (f *Folder) pages() int { return max(1, (len(f.Entries)+FolderEntries-1)/FolderEntries) }

// file puts the texts into folders, if there is need.
func (a *assembler) file() {
	s := a.site
	nested := slices.ContainsFunc(s.Texts, func(t *Text) bool { return strings.Contains(t.ID, "/") })
	if !nested && len(s.Texts) <= HomeEntries {
		return
	}
	s.Root = &Folder{}
	s.folders = map[string]*Folder{"": s.Root}
	s.filed = make(map[*Text]filedAt, len(s.Texts))
	var folder func(id, slug string) *Folder
	folder = func(id, slug string) *Folder {
		if id == "." {
			return s.Root
		}
		if f := s.folders[id]; f != nil {
			return f
		}
		// The pages of a text in sections are where those of its folder would be.
		if t := s.texts[id]; t != nil && t.Layout == "sections" {
			return folder(path.Dir(id), path.Dir(slug))
		}
		f := &Folder{ID: id, Slug: slug, Up: folder(path.Dir(id), path.Dir(slug)), Named: glossary.Heading{Name: id}}
		if i := slices.IndexFunc(a.in.Folders, func(h glossary.Heading) bool { return h.Name == id }); i >= 0 {
			f.Named = a.in.Folders[i]
		}
		s.folders[id] = f
		f.Up.Entries = append(f.Up.Entries, Entry{Folder: f})
		return f
	}
	put := func(t *Text, f *Folder) {
		f.Entries = append(f.Entries, Entry{Text: t})
		for ; f != nil; f = f.Up {
			f.Texts++
		}
	}
	above := map[string]bool{} // there are texts below it
	for _, t := range s.Texts {
		for id := path.Dir(t.ID); id != "." && !above[id]; id = path.Dir(id) {
			above[id] = true
		}
	}
	var own []*Text // of the name of a folder
	for _, t := range s.Texts {
		if above[t.ID] && t.Layout != "sections" {
			own = append(own, t)
			continue
		}
		f := folder(path.Dir(t.ID), path.Dir(t.Slug))
		if f.ID != "" && path.Base(t.ID) == "index" && path.Dir(t.ID) == f.ID {
			f.Own = t
		}
		put(t, f)
	}
	for _, t := range own {
		f := folder(t.ID, t.Slug)
		f.Own = t
		put(t, f)
	}
	texts, folders := map[string]int{}, map[string]int{}
	for i, id := range a.in.Order {
		texts[id] = i + 1
	}
	for i, h := range a.in.Folders {
		folders[h.Name] = i + 1
	}
	for _, f := range s.folders {
		rank := func(e Entry) (int, string) {
			last := len(texts) + len(folders) + 1
			if e.Text != nil && e.Text == f.Own {
				return -1, ""
			}
			if e.Text != nil {
				return cmp.Or(texts[e.Text.ID], last), e.Text.ID
			}
			if n := folders[e.Folder.ID]; n > 0 {
				return len(texts) + n, e.Folder.ID
			}
			return last, e.Folder.ID
		}
		slices.SortFunc(f.Entries, func(x, y Entry) int {
			m, a := rank(x)
			n, b := rank(y)
			return cmp.Or(cmp.Compare(m, n), CompareNames(a, b))
		})
		for i, e := range f.Entries {
			if e.Text != nil {
				s.filed[e.Text] = filedAt{f, i}
			}
		}
	}
}

// CompareNames orders paths part by part; numbers that parts begin with count as
// numbers: 2-charter comes before 10-treaty.
func CompareNames(a, b string) int {
	for a != "" || b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, "/")
		y, b, _ = strings.Cut(b, "/")
		m, restX := leadingNumber(x)
		n, restY := leadingNumber(y)
		if m >= 0 && n >= 0 && m != n {
			return cmp.Compare(m, n)
		}
		if m >= 0 && n >= 0 {
			if c := strings.Compare(restX, restY); c != 0 {
				return c
			}
		}
		if c := strings.Compare(x, y); c != 0 {
			return c
		}
	}
	return 0
}

// leadingNumber is the number that a name begins with and what follows; -1 for
// none.
func leadingNumber(s string) (int, string) {
	rest := strings.TrimLeft(s, "0123456789")
	n, err := strconv.Atoi(s[:len(s)-len(rest)])
	if err != nil {
		return -1, s
	}
	return n, rest
}

// folderPages claims the pages of the folders.
func (a *assembler) folderPages(add func(k Key, folder *Folder, name string)) {
	s := a.site
	if s.Root == nil {
		return
	}
	ids := make([]string, 0, len(s.folders))
	for id := range s.folders {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		f := s.folders[id]
		if f == s.Root && len(f.Entries) <= HomeEntries {
			continue // the start page shows them
		}
		base := f.Slug + "/index"
		if f == s.Root {
			base = "contents"
		}
		for n := range f.pages() {
			add(f.Key(n*FolderEntries), f, numbered(base, n))
		}
	}
}

// numbered is the name of the n-th page, counted from 0.
func numbered(base string, n int) string {
	if n > 0 {
		base += "-" + strconv.Itoa(n+1)
	}
	return base + ".html"
}

// DownloadsKey is the key of the page of downloads that has the text's, and which
// it is there; for no text, that of the glossary's.
func (s *Site) DownloadsKey(t *Text) (k Key, group int) {
	i := len(s.Texts) - 1
	if t != nil {
		i = s.place[s.texts[t.ID]] // also of an earlier version
	}
	i = max(i, 0)
	return Key{Kind: DownloadsPage, Section: i / PerDownloads}, i % PerDownloads
}

// DownloadTexts are the texts of a page of downloads, and whether it has the
// glossary.
func (s *Site) DownloadTexts(page int) (texts []*Text, last bool) {
	from, to := min(page*PerDownloads, len(s.Texts)), min((page+1)*PerDownloads, len(s.Texts))
	return s.Texts[from:to], to == len(s.Texts)
}
