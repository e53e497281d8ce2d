package site

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/source"
)

// links resolves every link of every block; a link that leads nowhere is an
// error with its place, and its text stays.
func (a *assembler) links() {
	a.used = map[string]bool{}
	same := a.before.sameGround(a.site)
	for _, t := range a.site.Texts {
		if len(t.linking) == 0 {
			continue
		}
		r := a.before.resolved(same, t, a.site)
		if r == nil {
			r = a.resolveAll(t)
		}
		a.site.resolutions[t] = r
		maps.Copy(a.site.links, r.links)
		a.diags = append(a.diags, r.diags...)
		for _, f := range r.files {
			a.used[f] = true
		}
	}
	a.frozenLinks()
	for _, f := range a.in.Files {
		if a.used[f] {
			a.site.Files = append(a.site.Files, File{From: cmp.Or(a.stored[f], f), Path: filesFolder + f})
		}
	}
}

// composed are files by names as links say them, in NFC and sorted, and by these those
// that the system has stored otherwise, as macOS does.
func composed(files []string) (names []string, stored map[string]string) {
	if !slices.ContainsFunc(files, func(f string) bool { return !norm.NFC.IsNormalString(f) }) {
		return files, nil
	}
	stored = map[string]string{}
	for _, f := range files {
		name := norm.NFC.String(f)
		names = append(names, name)
		if name != f {
			stored[name] = f
		}
	}
	slices.Sort(names)
	return names, stored
}

// filesFolder is where files of the content folder are published.
const filesFolder = "files/"

// destined reports whether an element leads somewhere or shows a file.
func destined(n doc.Inline) bool {
	switch n.(type) {
	case *doc.Link, *doc.ConceptLink, *doc.Image:
		return true
	}
	return false
}

// resolution is where the links of a text lead.
type resolution struct {
	links map[*doc.Document]map[*Block][]Target
	files []string // that it shows or leads to
	diags diag.List
	into  []*Text // other texts, whose passages it leads to
	// proposed tells that names were proposed for what is not there: how many are
	// hangs on the texts before this one.
	proposed bool
}

// resolveAll resolves the links of a text.
func (a *assembler) resolveAll(t *Text) *resolution {
	r := &resolution{links: map[*doc.Document]map[*Block][]Target{}}
	before, kept := a.proposed, a.diags
	a.current, a.diags = r, nil
	for _, b := range t.linking {
		a.resolve(t, b, r.links)
	}
	r.diags, r.proposed = a.diags, a.proposed != before
	a.current, a.diags = nil, kept
	return r
}

// sameGround reports whether links lead to the same in both sites, but for the
// passages of texts that differ.
func (s *Site) sameGround(o *Site) bool {
	if s == nil || len(s.histories)+len(o.histories) > 0 || !maps.Equal(s.glossary.IDs, o.glossary.IDs) || len(s.Texts) != len(o.Texts) ||
		!slices.Equal(s.Langs, o.Langs) || !slices.Equal(s.files, o.files) || !slices.Equal(s.static, o.static) || !slices.Equal(s.damaged, o.damaged) {
		return false
	}
	for i, t := range s.Texts {
		if u := o.Texts[i]; t != u && !t.samePlace(u) {
			return false
		}
	}
	return true
}

// samePlace reports whether two states of a text are found at the same names.
func (t *Text) samePlace(u *Text) bool {
	return t.ID == u.ID && t.Slug == u.Slug && t.Layout == u.Layout && slices.EqualFunc(t.Versions, u.Versions, func(v, w Version) bool {
		return (v.Doc == nil) == (w.Doc == nil) && (v.Doc == nil || v.Doc.Path == w.Doc.Path)
	})
}

// resolved is where the links of the text led in the site, if they lead there
// still; same tells whether the two sites have the same ground.
func (s *Site) resolved(same bool, t *Text, now *Site) *resolution {
	if !same {
		return nil
	}
	r := s.resolutions[t]
	if r == nil || r.proposed || slices.ContainsFunc(r.into, func(u *Text) bool { return now.texts[u.ID] != u }) {
		return nil
	}
	return r
}

// use notes that a text shows a file, or leads to it.
func (a *assembler) use(file string) {
	a.used[file] = true
	if a.current != nil {
		a.current.files = append(a.current.files, file)
	}
}

func (a *assembler) resolve(t *Text, b *Block, links map[*doc.Document]map[*Block][]Target) {
	targets := make([]Target, 0, 2)
	for n := range b.Walk() {
		if !destined(n) {
			continue
		}
		var target Target
		var complaint *fault
		switch n := n.(type) {
		case *doc.Link:
			target, complaint = a.target(t, b.Doc, n.Dest)
		case *doc.ConceptLink:
			target, complaint = a.concept(n.ID)
		case *doc.Image:
			target, complaint = a.image(t, b.Doc, n.Dest)
		}
		if complaint != nil {
			at := placeOf(b, n)
			if places := t.placed[b]; places != nil {
				at = places[len(targets)]
			}
			a.diags.Add(complaint.severity, at, complaint.code, complaint.pairs...)
		}
		targets = append(targets, target)
	}
	if links[b.Doc] == nil {
		links[b.Doc] = map[*Block][]Target{}
	}
	links[b.Doc][b] = targets
}

// placeOf is where an element of a block stands.
func placeOf(b *Block, n doc.Inline) diag.Pos {
	if b.Doc.Lines == nil {
		return b.Doc.Pos(b.Block)
	}
	if n.Offset() > 0 {
		return b.Doc.Lines.Pos(n.Offset())
	}
	return b.Doc.Pos(b.Block)
}

// fault is what is wrong with a destination.
type fault struct {
	code     diag.Code
	pairs    []any         // for the code's phrase
	severity diag.Severity // zero is Error
	absent   bool          // what it leads to does not exist
}

func wrong(code diag.Code, pairs ...any) *fault { return &fault{code: code, pairs: pairs} }

// concept resolves a link to a concept.
func (a *assembler) concept(id string) (Target, *fault) {
	c := a.site.concepts[id]
	if c == nil && a.damaged(func(file string) bool { return strings.HasPrefix(file, "glossary/") && glossary.IDOf(file) == id }) {
		return Target{}, nil
	}
	if c == nil {
		f := wrong(UnknownConcept.As("link"), "Concept", id, "Hint", a.propose(id, a.conceptIDs))
		if len(a.site.Concepts) == 0 {
			f.severity = diag.Warning // without a glossary, brackets are brackets
		}
		return Target{}, f
	}
	return Target{Page: Key{Kind: ConceptPage, ID: c.ID}}, nil
}

// image resolves the address of an image, which is a file of the content folder.
func (a *assembler) image(t *Text, d *doc.Document, dest string) (Target, *fault) {
	target, complaint := a.target(t, d, dest)
	if own := a.ownPicture(t, d, dest); own != "" {
		a.use(own)
		return Target{File: filesFolder + own}, nil
	}
	if dest == "" || target.File != "" {
		return target, complaint
	}
	if complaint == nil || complaint.absent {
		complaint = wrong(DeadImage, "Address", dest, "Hint", a.proposeFile(d, dest))
	}
	return Target{}, complaint
}

// target resolves one destination as written in d. The empty destination, of a
// link the parser refused, leads nowhere and is no fault here.
func (a *assembler) target(t *Text, d *doc.Document, dest string) (Target, *fault) {
	if dest == "" {
		return Target{}, nil
	}
	u, err := url.Parse(dest)
	if err != nil {
		return Target{}, wrong(DeadLink.As("percent"), "Address", dest)
	}
	if u.Scheme != "" || u.Host != "" {
		return Target{URL: dest}, nil
	}
	if u.Path == "" {
		return a.fragment(t, u.Fragment, dest)
	}
	slash := strings.HasPrefix(u.Path, "/")
	p := norm.NFC.String(path.Join(a.folder(t, d, u.Path), u.Path))
	if slash {
		p = strings.TrimPrefix(norm.NFC.String(path.Clean(u.Path)), "/")
	}
	if target, complaint, ok := a.fileAt(p, slash, dest); ok {
		return target, complaint
	}
	if !slash { // where a text is a file of its name, its pictures stand beside that
		beside := norm.NFC.String(path.Join(path.Dir(t.ID), u.Path))
		if target, complaint, ok := a.fileAt(beside, false, dest); ok {
			return target, complaint
		}
	}
	if slash {
		if u.Path == "/" {
			return Target{Page: Key{Kind: Home}}, nil
		}
		if target, complaint, ok := a.elsewhere(t, u, dest); ok {
			return target, complaint
		}
		return Target{}, wrong(DeadLink.As("slash"), "Address", dest, "Example", "../about/en.md")
	}
	if p == ".." || strings.HasPrefix(p, "../") {
		if target, complaint, ok := a.elsewhere(t, u, dest); ok {
			return target, complaint
		}
		return Target{}, wrong(DeadLink.As("outside"), "Address", dest)
	}
	if other := a.textOf(p); other != nil {
		return a.page(other, u.Fragment, dest)
	}
	if a.damaged(func(file string) bool { return file == p || path.Dir(file) == p }) {
		if other := a.site.texts[path.Dir(p)]; other != nil {
			return Target{Page: ContentsKey(other)}, nil
		}
		return Target{}, nil
	}
	if other := a.site.texts[path.Dir(p)]; other != nil && a.lacks(other, path.Base(p)) {
		to := Target{Page: ContentsKey(other)}
		if u.Fragment != "" {
			var f *fault
			if to, f = a.fragment(other, u.Fragment, dest); f != nil {
				return to, f
			}
		}
		lacking := wrong(DeadLink.As("language"), "Address", dest, "Path", p)
		lacking.severity = diag.Warning
		return to, lacking
	}
	if target, complaint, ok := a.elsewhere(t, u, dest); ok {
		return target, complaint
	}
	dead := wrong(DeadLink, "Address", dest, "Path", p, "Hint", a.propose(p, a.fileNames))
	dead.absent = true
	if path.Ext(p) == "" {
		// perhaps a page that the host serves beside this site; the text stays without a link
		dead.severity = diag.Warning
	}
	return Target{}, dead
}

// damaged reports whether what is looked for is a file that is there and cannot be
// used, which is told at the file itself.
func (a *assembler) damaged(is func(file string) bool) bool {
	return slices.ContainsFunc(a.in.Damaged, is)
}

// page leads to a text, or to a place in it.
func (a *assembler) page(t *Text, fragment, dest string) (Target, *fault) {
	if fragment != "" {
		return a.fragment(t, fragment, dest)
	}
	return Target{Page: ContentsKey(t)}, nil
}

// fileAt finds the file that is at the path in the content folder, or among those
// that are published as they are, where it has the same address as there.
func (a *assembler) fileAt(p string, slash bool, dest string) (Target, *fault, bool) {
	if _, ok := slices.BinarySearch(a.in.Files, p); ok {
		if !slices.Contains(published, strings.ToLower(path.Ext(p))) {
			return Target{}, wrong(FileKind, "Address", dest, "Kinds", strings.Join(published, " ")), true
		}
		a.use(p)
		return Target{File: filesFolder + p}, nil, true
	}
	static, ok := strings.CutPrefix(p, "../static/")
	if slash && !ok {
		static, ok = p, true
	}
	if _, found := slices.BinarySearch(a.in.Static, static); ok && found {
		return Target{File: static}, nil, true
	}
	return Target{}, nil, false
}

// drawings may be shown, since a picture runs no scripts, but not linked.
const drawing = ".svg"

// ownPicture is the picture of the document's language that stands in for the one
// at the address: plan.svg has zh/plan.svg and plan.zh.svg beside it. Of the same
// file it is the file itself, if only pictures may be of its kind.
func (a *assembler) ownPicture(t *Text, d *doc.Document, dest string) string {
	u, err := url.Parse(dest)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return ""
	}
	at := []string{path.Join(a.folder(t, d, u.Path), u.Path), path.Join(path.Dir(t.ID), u.Path)}
	if strings.HasPrefix(u.Path, "/") {
		at = []string{strings.TrimPrefix(path.Clean(u.Path), "/")}
	}
	for _, p := range at {
		p = norm.NFC.String(p)
		dir, name := path.Split(p)
		ext := path.Ext(name)
		isDrawing := strings.EqualFold(ext, drawing)
		if !isDrawing && !slices.Contains(published, strings.ToLower(ext)) {
			continue
		}
		own := []string{path.Join(dir, d.Lang, name), path.Join(dir, strings.TrimSuffix(name, ext)+"."+d.Lang+ext)}
		if isDrawing {
			own = append(own, p)
		}
		for _, f := range own {
			if _, ok := slices.BinarySearch(a.in.Files, f); ok {
				return f
			}
		}
	}
	return ""
}

// elsewhere finds the text, or the folder of texts, that an address means in a
// collection that was not made for this program: there a text is a file of its
// name, and not a folder, and its address may be that of a page.
func (a *assembler) elsewhere(t *Text, u *url.URL, dest string) (Target, *fault, bool) {
	address := u.Path
	p := path.Join(path.Dir(t.ID), address)
	if strings.HasPrefix(address, "/") {
		p = strings.TrimPrefix(path.Clean(address), "/")
	}
	p = norm.NFC.String(p)
	for _, ext := range []string{".md", ".markdown", ".html", ".htm"} {
		p = strings.TrimSuffix(p, ext)
	}
	first, rest, nested := strings.Cut(p, "/")
	tries := []string{p, p + "/index", p + "/README"}
	if base := path.Base(p); base == "index" || strings.EqualFold(base, "readme") {
		tries = append(tries, path.Dir(p))
	}
	if nested && slices.ContainsFunc(a.in.Langs, func(l Lang) bool { return strings.EqualFold(l.Code, first) }) {
		tries = append(tries, rest, strings.TrimSuffix(rest, "/index"))
	}
	for _, id := range tries {
		if other := a.site.texts[id]; other != nil {
			target, complaint := a.page(other, u.Fragment, dest)
			return target, complaint, true
		}
	}
	for _, id := range tries {
		if f := a.site.folders[id]; f != nil && id != "" {
			return Target{Page: f.Key(0)}, nil, true
		}
	}
	return Target{}, nil, false
}

// published are the kinds of files that a text may show or link. None of them
// runs anything in a reader's browser.
var published = []string{".avif", ".csv", ".docx", ".epub", ".gif", ".jpeg", ".jpg", ".mp3", ".mp4", ".ods", ".odt", ".pdf", ".png", ".pptx", ".txt", ".webp", ".xlsx", ".zip"}

// textOf finds the text whose folder, or one of whose files, p is.
func (a *assembler) textOf(p string) *Text {
	if a.byPath == nil {
		a.byPath = map[string]*Text{}
		for _, t := range a.site.Texts {
			a.byPath[t.ID] = t
			for _, v := range t.Versions {
				if v.Doc != nil {
					a.byPath[v.Doc.Path] = t
				}
			}
		}
		a.earlierPaths(a.byPath)
	}
	return a.byPath[p]
}

// lacks reports whether the file would be a version of the text in a language of
// the site that the text does not have, for now or for good.
func (a *assembler) lacks(t *Text, file string) bool {
	for l, lang := range a.in.Langs {
		if file == lang.Code+".md" {
			return t.Versions[l].Doc == nil
		}
	}
	return false
}

// fragment resolves "5.3", "p5.3" or a heading's id in a text.
func (a *assembler) fragment(t *Text, frag, dest string) (Target, *fault) {
	if a.current != nil {
		a.current.into = append(a.current.into, t)
	}
	p := t.byNumber[frag]
	if p == nil {
		if rest, ok := strings.CutPrefix(frag, "p"); ok {
			p = t.byNumber[rest]
		}
	}
	if p == nil {
		p = t.byID[frag]
	}
	if p == nil {
		p = a.looseID(t, frag)
	}
	if p == nil && t.Unread {
		return Target{Page: ContentsKey(t)}, nil
	}
	if p == nil {
		return Target{}, wrong(DeadFragment, "Address", dest, "Text", t.ID)
	}
	return Target{Page: PassageKey(p), Fragment: p.Anchor()}, nil
}

// looseID finds the passage of the heading that has the id but for its punctuation:
// every program makes ids of headings in its own way. It is nil where several have.
func (a *assembler) looseID(t *Text, id string) *Passage {
	if a.loose == nil {
		a.loose = map[*Text]map[string]*Passage{}
	}
	if a.loose[t] == nil {
		all := map[string]*Passage{}
		for own, p := range t.byID {
			k := looseKey(own)
			if other, ok := all[k]; ok && other != p {
				p = nil
			}
			all[k] = p
		}
		a.loose[t] = all
	}
	return a.loose[t][looseKey(id)]
}

func looseKey(id string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, id)
}

func (a *assembler) conceptIDs() []string {
	var ids []string
	for _, c := range a.site.Concepts {
		ids = append(ids, c.ID)
	}
	return ids
}

func (a *assembler) fileNames() []string {
	files := slices.Clone(a.in.Files)
	for _, t := range a.site.Texts {
		for _, v := range t.Versions {
			if v.Doc != nil {
				files = append(files, v.Doc.Path)
			}
		}
	}
	return files
}

// maxProposals is how many links that lead nowhere get a proposal: for each,
// all names are looked at.
const maxProposals = 100

// propose returns a phrase that proposes one of the names, or none.
func (a *assembler) propose(name string, names func() []string) diag.Phrase {
	if a.proposed++; a.proposed > maxProposals {
		return diag.Phrase{}
	}
	return nearest(name, names())
}

// proposeFile proposes a file of the content folder for what the document calls
// dest.
func (a *assembler) proposeFile(d *doc.Document, dest string) diag.Phrase {
	return a.propose(path.Join(path.Dir(d.Path), dest), func() []string { return a.in.Files })
}

// nearest proposes the name that differs by case or normalisation only, or by
// very little.
func nearest(name string, names []string) diag.Phrase {
	for _, n := range names {
		if source.FoldName(n) == source.FoldName(name) {
			return diag.Say("hint.meant", "Word", n)
		}
	}
	for _, n := range names {
		if len(n) > 4 && (strings.HasPrefix(n, name) || strings.HasPrefix(name, n)) {
			return diag.Say("hint.meant", "Word", n)
		}
	}
	return diag.Phrase{}
}

// FilesOf lists the files of the content folder that the text shows or leads to,
// each once, in the order of the text.
func (s *Site) FilesOf(t *Text) []string {
	var out []string
	seen := map[string]bool{}
	for _, b := range t.linking {
		for _, target := range s.Links(b) {
			if f, ok := strings.CutPrefix(target.File, filesFolder); ok && !seen[f] {
				seen[f] = true
				out = append(out, f)
			}
		}
	}
	return out
}
