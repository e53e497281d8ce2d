// Package build is the conductor: it reads the content, runs the stages in
// order, spreads them over the processors, keeps what has not changed since the
// last time, and hands the finished files to whoever writes or serves them.
// Building, watching and previewing are the same two calls, Load and Files;
// there is no second, incremental way.
package build

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"stele/build/check"
	"stele/build/diag"
	"stele/build/render"
	"stele/build/site"
	"stele/build/source"
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
}

// Builder builds one site again and again. Its zero value is not ready: use New.
// A Builder may not be used by two goroutines at once; the Editions it returns
// may.
type Builder struct {
	in    Inputs
	cache cache
}

// New returns a Builder for the inputs.
func New(in Inputs) *Builder { return &Builder{in: in} }

// Edition is a site as it stands after one Load, ready to be rendered. It is
// immutable and safe for concurrent use.
type Edition struct {
	Site *site.Site
	// Tree is what was found in the content folder.
	Tree *source.Tree

	found           diag.List // of Load, nothing accepted
	content, static fs.FS
	renderer        *render.Renderer

	once   sync.Once
	others map[string]func() ([]byte, error) // what is not a page
	made   sync.Map                          // path -> []byte, what File made so far
}

// Load reads and assembles everything. What is wrong in the content is in the
// list, and the Edition is as good as could be made; with an error in the list
// it must not be published. An error is returned only if the run could not be
// done at all.
func (b *Builder) Load(ctx context.Context) (*Edition, diag.List, error) {
	tree, diags, err := source.Read(b.in.Content, b.cache.tree)
	if err != nil {
		return nil, nil, err
	}
	b.cache.tree = tree
	in := site.Input{
		Title: tree.Config.Title, Publisher: tree.Config.Publisher, Licence: tree.Config.Licence,
		BaseURL: tree.Config.BaseURL, Order: tree.Config.Texts,
		Options: site.Options{StaleMarks: tree.Config.StaleMarks, Columns: tree.Config.Columns},
		Files:   tree.Others,
	}
	if b.in.BaseURL != "" {
		in.BaseURL = b.in.BaseURL
	}
	for _, l := range tree.Config.Languages {
		in.Langs = append(in.Langs, site.Lang{Code: l.Lang, Tag: l.Tag, Name: l.Name})
	}
	if len(in.Langs) == 0 {
		return nil, diags.Sorted(), nil
	}
	w := newWords(tree.Concepts, in.Langs, b.cache.words)
	b.cache.words = w
	diags = append(diags, w.diags...)
	texts, err := b.texts(ctx, tree.Texts, w)
	if err != nil {
		return nil, nil, err
	}
	cut := make([]*site.Text, len(texts))
	for i, t := range texts {
		cut[i] = t.cut.value
		diags = append(diags, t.diags()...)
	}
	s, found := site.Join(in, w.concepts, cut)
	diags = append(diags, found...)
	e := &Edition{Site: s, Tree: tree, content: b.in.Content, static: overlay(static.Files, b.in.Static)}
	messages, err := b.cache.messages.get(contents(b.in.I18n), func() (*i18n.Messages, error) { return i18n.Load(b.in.I18n) })
	if err != nil {
		return nil, nil, err
	}
	if e.renderer, err = b.renderer(s, messages); err != nil {
		return nil, nil, err
	}
	diags = append(append(diags, borrowed(s, messages)...), e.collisions()...)
	e.found = diags
	return e, check.Accept(diags, s).Sorted(), nil
}

// renderer binds the theme and the interface's words to the site.
func (b *Builder) renderer(s *site.Site, messages *i18n.Messages) (*render.Renderer, error) {
	own := sub(b.in.Themes, "default")
	theme, err := b.cache.theme.get(contents(own), func() (*render.Theme, error) { return render.Parse(overlay(themes.Default(), own)) })
	if err != nil {
		return nil, fmt.Errorf("themes/default: %w", err)
	}
	uis := make([]render.UI, len(s.Langs))
	for i, l := range s.Langs {
		uis[i] = messages.UI(l.Code)
	}
	return theme.For(s, uis), nil
}

// borrowed reports the languages whose pages have some of their own words in
// another language.
func borrowed(s *site.Site, messages *i18n.Messages) diag.List {
	var diags diag.List
	for _, l := range s.Langs {
		if n := messages.Missing(l.Code); n > 0 {
			diags.Add(diag.Note, diag.Pos{Path: "../i18n/" + l.Code + ".yaml"}, "missing-language", "%d words and phrases of the pages are English, for want of others in %q; write them here, after the model of i18n/%s.yaml", n, l.Code, i18n.Fallback)
		}
	}
	return diags
}

// texts brings every text through its stages, as many at once as there are
// processors. Each result goes to its own place, so the order is the input's.
func (b *Builder) texts(ctx context.Context, all []source.Text, w *words) ([]*text, error) {
	out := make([]*text, len(all))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, from := range all {
		old := b.cache.texts[from.Name]
		if old.madeOf(from, w) {
			out[i] = old
			continue
		}
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			out[i] = newText(from, w, old)
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

// collisions reports the site owner's static files that have the address of a
// file the site makes.
func (e *Edition) collisions() diag.List {
	var diags diag.List
	taken := map[string]bool{} // in small letters: a host may take two such names for one
	for p := range e.rest() {
		low := strings.ToLower(p)
		if page := e.Site.Alike(p); taken[low] || page != nil && e.renderer.Renders(page.Kind) {
			// Static files come last, so it is one of them.
			diags.Errorf(diag.Pos{Path: "../static/" + p}, "address-collision", "the site makes a file of its own at %q; rename this one or take it away", p)
		}
		taken[low] = true
	}
	return diags
}

// Check returns the findings of Load together with all that a careful editor
// would find, but for what the texts accept.
func (e *Edition) Check() diag.List {
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
	return check.Waive(all, e.Site).Sorted()
}

// Paths lists the paths of all files of the edition, sorted.
func (e *Edition) Paths() []string {
	var out []string
	for p := range e.sources() {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// File makes one file of the edition, once. The error is fs.ErrNotExist where
// the edition has no such file. The bytes must not be changed.
func (e *Edition) File(path string) ([]byte, error) {
	if b, ok := e.made.Load(path); ok {
		return b.([]byte), nil
	}
	var b []byte
	var err error
	if p := e.Site.At(path); p != nil && e.renderer.Renders(p.Kind) {
		b, err = e.renderer.Page(p)
	} else {
		b, err = e.other(path)
	}
	if err == nil {
		e.made.Store(path, b)
	}
	return b, err
}

// Files makes every file of the edition, as many at once as there are
// processors. The sequence ends early, and err is set, if one cannot be made
// or ctx is done.
func (e *Edition) Files(ctx context.Context, err *error) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		type job struct {
			path string
			file func() ([]byte, error)
		}
		var jobs []job
		for p, f := range e.sources() {
			jobs = append(jobs, job{p, f})
		}
		slices.SortFunc(jobs, func(x, y job) int { return strings.Compare(x.path, y.path) })
		const batch = 256 // files in memory at a time
		for chunk := range slices.Chunk(jobs, batch) {
			made := make([][]byte, len(chunk))
			g, ctx := errgroup.WithContext(ctx)
			g.SetLimit(runtime.GOMAXPROCS(0))
			for i, j := range chunk {
				g.Go(func() (err error) {
					if err := ctx.Err(); err != nil {
						return err
					}
					made[i], err = j.file()
					return err
				})
			}
			if *err = g.Wait(); *err != nil {
				return
			}
			for i, j := range chunk {
				if !yield(j.path, made[i]) {
					return
				}
			}
		}
	}
}

// other makes a file that is not a page.
func (e *Edition) other(path string) ([]byte, error) {
	e.once.Do(func() { e.others = maps.Collect(e.rest()) })
	file, ok := e.others[path]
	if !ok {
		return nil, fmt.Errorf("%w: %s", fs.ErrNotExist, path)
	}
	return file()
}

// sources yields the path of every file with the way to make it.
func (e *Edition) sources() iter.Seq2[string, func() ([]byte, error)] {
	return func(yield func(string, func() ([]byte, error)) bool) {
		for _, p := range e.Site.Pages {
			if e.renderer.Renders(p.Kind) && !yield(p.Path, func() ([]byte, error) { return e.renderer.Page(p) }) {
				return
			}
		}
		e.rest()(yield)
	}
}

// rest yields what is not a page, static files last.
func (e *Edition) rest() iter.Seq2[string, func() ([]byte, error)] {
	return func(yield func(string, func() ([]byte, error)) bool) {
		for path, make := range e.renderer.Machine() {
			if !yield(path, make) {
				return
			}
		}
		for path, data := range e.renderer.Assets() {
			if !yield(path, func() ([]byte, error) { return data, nil }) {
				return
			}
		}
		for _, f := range e.Site.Files {
			if !yield(f.Path, func() ([]byte, error) { return fs.ReadFile(e.content, f.From) }) {
				return
			}
		}
		for path := range regular(e.static) {
			if !yield(path, func() ([]byte, error) { return fs.ReadFile(e.static, path) }) {
				return
			}
		}
	}
}
