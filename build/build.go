// Package build is the conductor: it reads the content, runs the stages in
// order, spreads them over the processors, keeps what has not changed since the
// last time, and hands the finished files to whoever writes or serves them.
// Watching and previewing are the same calls, Load and then Write for all files or
// File for one; a build that is made once goes through the same stages text by text,
// Gather and then Write. There is no second, incremental way.
package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"stele/build/artifact"
	"stele/build/check"
	"stele/build/diag"
	"stele/build/render"
	"stele/build/search"
	"stele/build/site"
	"stele/build/source"
	"stele/build/store"
	"stele/i18n"
	"stele/static"
	"stele/themes"
)

// Inputs says where everything comes from.
type Inputs struct {
	Content fs.FS // required
	// Themes, I18n and Static hold the site owner's files, which go over the
	// built-in ones file by file; nil for none.
	Themes, I18n, Static fs.FS
	// BaseURL, if not empty, is used instead of the one in site.yaml.
	BaseURL string
	// Name is what a site of several texts is called whose settings give no title.
	Name string
	// Store remembers between runs; nil remembers nothing. The results are the
	// same with and without.
	Store *store.Store
	// Only are the texts that are read, by their names; nil reads all. Of the others
	// nothing is known or told, and their pages are empty.
	Only []string
	// Progress, if not nil, is told how far a run is.
	Progress *Progress
	// Program tells the program from others that use the store, of which it
	// believes nothing.
	Program string
}

// Builder builds one site again and again. Its zero value is not ready: use New.
// A Builder may not be used by two goroutines at once; the Editions it returns
// may.
type Builder struct {
	in      Inputs
	cache   cache
	packers sync.Pool             // of *pack.Packer
	editors func() *i18n.Messages // what is said at the desk, which a build does not have

	print    *store.Key // of the inputs as Recall saw them, until Remember
	recalled fs.FS      // what Recall read of the content, until Load

	wanted map[string]bool // the texts that a sketch is to know; nil for editions
	rows   *sync.Map       // alignments, by key, where there is no store; nil if none are kept
}

// New returns a Builder for the inputs.
func New(in Inputs) *Builder {
	return &Builder{in: in, editors: sync.OnceValue(func() *i18n.Messages {
		messages, err := i18n.Editors()
		if err != nil {
			panic(err) // the files are embedded
		}
		return messages
	})}
}

// Edition is a site as it stands after one Load, ready to be rendered. It is
// immutable and safe for concurrent use.
type Edition struct {
	Site *site.Site
	// Tree is what was found in the content folder.
	Tree *source.Tree

	found           diag.List // of Load, nothing accepted
	severities      []source.Severity
	content, static fs.FS
	packers         *sync.Pool
	progress        *Progress
	drawn           map[string]bool // the texts that a sketch knows; nil for an edition
	renderer        *render.Renderer
	editors         func() *i18n.Messages // what is said to editors

	searched     func() *search.Index                // the index of the search, made once
	searcher     func() *search.Searcher             // what answers queries, made once
	shards       func() map[string]artifact.Artifact // its files, by path
	former       func() *search.Index                // that of what holds no longer
	formerShards func() map[string]artifact.Artifact
	others       func() map[string]artifact.Artifact // what else is not a page
	made         recent                              // what File made lately
	sizes        sync.Map                            // path -> int, of the downloads made so far
	making       sync.Map                            // path -> *sync.Mutex, of those that were begun
}

// Forget drops what was kept for the next Load. It is for whoever loads once.
func (b *Builder) Forget() { b.cache = cache{} }

// Load reads and assembles everything. What is wrong in the content is in the
// list, and the Edition is as good as could be made; with an error in the list
// it must not be published. An error is returned only if the run could not be
// done at all.
func (b *Builder) Load(ctx context.Context) (*Edition, diag.List, error) {
	l, err := b.read()
	if err != nil || l == nil {
		return nil, nil, err
	}
	if l.words == nil {
		return nil, folded(l.diags).Sorted().Capped(MostFindings), nil
	}
	l.texts, err = b.texts(ctx, l.tree.Texts, l.words.naming)
	b.in.Store.Trim()
	if err != nil {
		return nil, nil, err
	}
	return b.edition(l)
}

// loaded is what a site is made of.
type loaded struct {
	tree  *source.Tree
	in    site.Input
	words *vocabulary // nil where the site has no language
	texts []*text
	diags diag.List // of the files and the vocabulary
}

// read reads the content folder and the glossary. It is nil for a sketch that is not
// worth it.
func (b *Builder) read() (*loaded, error) {
	content := b.in.Content
	if b.recalled != nil {
		content, b.recalled = b.recalled, nil
	}
	tree, diags, err := b.cache.reading.read(content, b.reads())
	if err != nil {
		return nil, err
	}
	if b.wanted != nil {
		if tree = b.outlined(tree); tree == nil {
			return nil, nil //nolint:nilnil // as it says
		}
	}
	in := site.Input{
		Title: tree.Config.Title, Publisher: tree.Config.Publisher, Licence: tree.Config.Licence,
		BaseURL: tree.Config.BaseURL, Order: tree.Config.Texts, Folders: headings(tree.Config.Folders),
		Options: site.Options{StaleMarks: tree.Config.StaleMarks, Sentences: tree.Config.Sentences, Columns: tree.Config.Columns, Downloads: formats(tree.Config.Downloads), Chosen: tree.Config.Downloads != nil},
		Files:   tree.Others, OldLangs: tree.Config.OldLanguages, OldGroups: tree.Config.OldGroups, Name: b.in.Name,
	}
	if own := tidy(b.in.Static); own != nil {
		in.Static = slices.Sorted(regular(own))
	}
	if b.in.BaseURL != "" {
		in.BaseURL = b.in.BaseURL
	}
	for _, l := range tree.Config.Languages {
		in.Langs = append(in.Langs, site.Lang{Code: l.Lang, Tag: l.Tag, Name: l.Name})
	}
	l := &loaded{tree: tree, in: in, diags: diags}
	if len(in.Langs) == 0 {
		return l, nil
	}
	l.words = newVocabulary(tree.Concepts, tree.Damaged, in.Langs, schemeOf(tree.Config), b.cache.vocabulary)
	b.cache.vocabulary = l.words
	l.in.Damaged = slices.Sorted(slices.Values(slices.Concat(tree.Damaged, l.words.damaged)))
	l.diags = append(l.diags, l.words.diags...)
	return l, nil
}

// join makes the site of the texts, with what is found about the whole. before, which
// may be nil, is what was made of nearly the same.
func (l *loaded) join(texts []*text, before *site.Site) (*site.Site, diag.List) {
	cut := make([]*site.Text, len(texts))
	in := l.in
	for i, t := range texts {
		cut[i] = t.cut.value
		in.Earlier = append(in.Earlier, t.history.earlier(t.from.Name)...)
	}
	return site.Join(in, l.words.concepts, cut, before)
}

// edition makes the edition of what was loaded, with all that was found.
func (b *Builder) edition(l *loaded) (*Edition, diag.List, error) {
	diags := l.diags
	for _, t := range l.texts {
		diags = append(diags, t.diags()...)
	}
	s, found := l.join(l.texts, b.cache.site)
	b.cache.site = s
	diags = append(diags, b.told(found, s)...)
	diags = append(diags, b.drawings(s)...)
	messages, err := b.messages()
	if err != nil {
		return nil, nil, err
	}
	theme, err := b.theme(l.tree.Config, s.Langs)
	if err != nil {
		return nil, nil, err
	}
	e := b.bind(l, s, l.texts)
	e.clothe(theme.value, messages.value)
	e.editors = b.editors
	diags = slices.Concat(diags, messages.diags, theme.diags, borrowed(s, messages.value), e.collisions(), unpublishable(tidy(b.in.Static)))
	e.found = regrade(diags, l.tree.Config.Severities)
	e.severities = l.tree.Config.Severities
	return e, folded(Rules.Accept(e.found, s)).Sorted().Capped(MostFindings), nil
}

// bind makes an edition of a site that was joined of the texts, before it is clothed.
func (b *Builder) bind(l *loaded, s *site.Site, texts []*text) *Edition {
	e := &Edition{Site: s, Tree: l.tree, packers: &b.packers, content: b.in.Content, static: overlay(static.Files, tidy(b.in.Static)), drawn: b.wanted, progress: b.in.Progress}
	e.searched = sync.OnceValue(func() *search.Index { return newIndex(s, texts) })
	e.searcher = sync.OnceValue(func() *search.Searcher { return e.searched().Searcher() })
	e.shards = sync.OnceValue(func() map[string]artifact.Artifact { return byPath(e.index()) })
	e.former = sync.OnceValue(func() *search.Index { return newFormerIndex(s) })
	e.formerShards = sync.OnceValue(func() map[string]artifact.Artifact { return byPath(e.formerIndex()) })
	e.others = sync.OnceValue(func() map[string]artifact.Artifact { return byPath(e.rest()) })
	return e
}

// clothe gives the edition its theme and words.
func (e *Edition) clothe(theme *render.Theme, messages *i18n.Messages) {
	uis := make([]render.UI, len(e.Site.Langs))
	for i, l := range e.Site.Langs {
		uis[i] = messages.UI(l.Code)
	}
	e.renderer = theme.For(e.Site, uis).Sized(e.size)
}

// reads reports whether a text is to be read; nil reads all.
func (b *Builder) reads() func(text string) bool {
	if b.in.Only == nil {
		return nil
	}
	return func(text string) bool { return slices.Contains(b.in.Only, text) }
}

// told are the findings about the whole, but for those that come of texts which
// were not read.
func (b *Builder) told(found diag.List, s *site.Site) diag.List {
	if b.in.Only == nil {
		return found
	}
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return d.Code == site.AddressCollision || slices.ContainsFunc(s.Texts, func(t *site.Text) bool {
			return t.Unread && strings.HasPrefix(d.Pos.Path, t.ID+"/")
		})
	})
}

// MostFindings is how many findings of one code and file are told one by one.
const MostFindings = 500

// Say speaks the language of the site with the code, or else its first: it
// returns the message with the id, as i18n.UI.T does.
func (e *Edition) Say(lang string) func(id string, pairs ...any) string {
	i := slices.IndexFunc(e.Site.Langs, func(l site.Lang) bool { return l.Code == lang })
	return e.renderer.UI(max(0, i)).T
}

// Speak returns what speaks a language that stele has words in, with its tag: as
// the edition does, if the language is one of its own.
func Speak(e *Edition, lang string) (tag string, say func(id string, pairs ...any) string) {
	if e != nil {
		if i := slices.IndexFunc(e.Site.Langs, func(l site.Lang) bool { return l.Code == lang }); i >= 0 {
			return e.Site.Langs[i].Tag, e.Say(lang)
		}
	}
	messages, err := i18n.Load(nil)
	if err != nil {
		panic(err) // the files are embedded
	}
	return lang, messages.UI(lang).T
}

// messages are the words of the interface. A fault in the site owner's files is
// trouble in the content, not the end of the run.
func (b *Builder) messages() (parsed[*i18n.Messages], error) {
	own := tidy(b.in.I18n)
	return b.cache.messages.get(contents(own), func() (m parsed[*i18n.Messages], err error) {
		m.value, err = i18n.Load(own)
		var faults i18n.Faults
		if !errors.As(err, &faults) {
			return m, err
		}
		for _, f := range faults {
			m.diags.Error(diag.Pos{Path: "../i18n/" + f.File, Line: f.Line, Col: f.Col}, BadMessages)
			m.diags[len(m.diags)-1].Phrase = phraseOf(f)
		}
		return m, nil
	})
}

// phraseOf is what is said of a fault in the site owner's words.
func phraseOf(f i18n.Fault) diag.Phrase {
	said := diag.Say("bad-messages."+f.ID, f.Args...)
	if f.Message != "" {
		said = diag.Say("bad-messages.of", "Message", f.Message, "Why", said)
	}
	return said
}

// usualTheme is the folder in themes/ for a site that names none.
const usualTheme = "default"

// theme is the site's theme; what it does not have, the built-in one has. Where
// the owner's layouts are not there or cannot be read, which is trouble in the
// content too, the built-in ones stand in for them.
func (b *Builder) theme(config source.Config, langs []site.Lang) (parsed[*render.Theme], error) {
	name := cmp.Or(config.Theme, usualTheme)
	own := sub(tidy(b.in.Themes), name)
	at := config.At["theme"]
	tags := make([]string, len(langs))
	for i, l := range langs {
		tags[i] = l.Tag
	}
	return b.cache.theme.get(fmt.Sprint(name, at, tags, contents(own)), func() (t parsed[*render.Theme], err error) {
		if own == nil && name != usualTheme {
			t.diags.Error(at, BadValue.As("theme"), "Folder", "themes/"+name, "Theme", name)
		}
		t.value, err = render.Parse(overlay(themes.Default(), own))
		var faults render.Faults
		if errors.As(err, &faults) {
			for _, f := range faults {
				pos := diag.Pos{Path: "../themes/" + name + "/" + f.File, Line: f.Line, Col: f.Col}
				t.diags = append(t.diags, diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: BadLayout, Phrase: f.Phrase()})
			}
			t.value, err = render.Parse(themes.Default())
		}
		if err != nil {
			return t, fmt.Errorf("themes/%s: %w", name, err)
		}
		t.value = t.value.Speaking(tags)
		return t, nil
	})
}

// borrowed reports the languages whose pages have some of their own words in
// another language, or dates that are no language's.
func borrowed(s *site.Site, messages *i18n.Messages) diag.List {
	var diags diag.List
	for _, l := range s.Langs {
		at := diag.Pos{Path: "../i18n/" + l.Code + ".yaml"}
		if n, instead := messages.Missing(l.Code); n > 0 {
			diags.Note(at, MissingLanguage.As("interface"), "Count", n, "Instead", instead, "Language", l.Code, "Model", i18n.Fallback+".yaml")
		}
		if plain := messages.Plain(l.Code); len(plain) > 0 {
			diags.Warn(at, MissingLanguage.As("forms"), "Forms", diag.Names(plain), "Language", l.Code, "Model", i18n.Fallback+".yaml")
		}
	}
	return diags
}

// texts brings every text through its stages, as many at once as there are
// processors. Each result goes to its own place, so the order is the input's.
func (b *Builder) texts(ctx context.Context, all []source.Text, w *naming) ([]*text, error) {
	out := make([]*text, len(all))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	progress := b.in.Progress
	if b.wanted != nil {
		progress = nil
	}
	progress.beginTexts(len(all))
	for i, from := range all {
		old := b.cache.texts[from.Name]
		if old.madeOf(from, w) {
			out[i] = old
			progress.text()
			continue
		}
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			out[i] = newText(from, w, old, b.sketcher, site.Deep)
			progress.text()
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	b.cache.texts = make(map[string]*text, len(out))
	for _, t := range out {
		b.cache.texts[t.from.Name] = t
	}
	return out, nil
}

// Check returns the findings of Load together with all that a careful editor
// would find, but for what the texts accept.
func (e *Edition) Check() diag.List {
	return folded(e.Findings()).Sorted().Capped(MostFindings)
}

// Findings are those of Check, each told by itself.
func (e *Edition) Findings() diag.List {
	data := map[string]string{}
	for _, t := range e.Tree.Texts {
		for _, f := range t.Files {
			data[f.Path] = f.Data
		}
	}
	for _, f := range e.Tree.Concepts {
		data[f.Path] = f.Data
	}
	all := append(slices.Clone(e.found), check.Site(e.Site, check.Options{Data: data})...)
	all = append(all, placeholders(e.Site, e.Tree)...)
	return Rules.Waive(regrade(all, e.severities), e.Site).Sorted().Capped(MostFindings)
}
