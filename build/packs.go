package build

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"stele/build/artifact"
	"stele/build/output"
	"stele/build/render"
	"stele/build/site"
	"stele/build/source"
	"stele/build/store"
)

// A pack is what came of a text: the files of its pages and downloads. It stands in
// the store under all that they hang on: the text's own files; what is common to all
// (settings, theme, words, glossary, program); of the other texts what their pages can
// show of them (site.Text.AppendSign); and where the links of the text lead. The list
// of the files stands apart from their bytes, which need not be read if the published
// folder has the files.
//
// Some pages of the whole are packs too. The lists of folders, the choice of language and
// the page of the search hang on what is common and on the signs of all texts; a page of
// downloads also on all that its own texts are made of, and on the paths and lengths of
// their files. All of them hang on the text that the status of the site is taken from, if
// there is one. What hangs on all texts is made by every build: the start page, the
// glossary, the index of the search.

// Sink takes the files of a new tree.
type Sink interface {
	// Keep takes those of the files that the old tree has with the very same bytes, and
	// tells which they are.
	Keep(files []output.Known) (kept []bool, err error)
	Put(path string, body []byte) error
}

// Write gives all files of the site to the sink, in no promised order, and returns what
// is known of them, by path. Where nothing is remembered nobody asks, and the sums of a
// site read text by text are not taken: that takes as long as to write it.
func (g *Gathered) Write(ctx context.Context, sink Sink) (Sums, error) {
	var sums Sums
	put := sums.Through(sink.Put)
	if g.items == nil {
		err := g.Edition.Write(ctx, put)
		return sums, err
	}
	e := g.Edition
	if g.b.in.Store == nil {
		put = sink.Put
	}
	e.progress.beginFiles(e.textFiles())
	if err := g.keyTexts(ctx); err != nil {
		return nil, err
	}
	if err := g.publish(ctx, g.items, g.filesOfTexts, sink); err != nil {
		return nil, err
	}
	some, rest := g.siteWide() // with what the search has of all texts
	e.progress.moreFiles(len(rest))
	for _, it := range some {
		e.progress.moreFiles(len(it.artifacts))
	}
	if g.b.in.Store != nil {
		g.keySiteWide(some)
	}
	if err := g.publish(ctx, some, filesOfWhole, sink); err != nil {
		return nil, err
	}
	if err := makeAll(ctx, rest, e.progress, put); err != nil {
		return nil, err
	}
	if g.b.in.Store == nil {
		return nil, nil
	}
	g.b.in.Store.Trim()
	for _, it := range slices.Concat(g.items, some) {
		sums = append(sums, it.files...)
	}
	slices.SortFunc(sums, func(x, y output.Known) int { return strings.Compare(x.Path, y.Path) })
	return sums, nil
}

// siteWide are the files that are of no text: pages that hang on little, so that they
// stand in the store too, and the rest.
func (g *Gathered) siteWide() (some []*item, rest []artifact.Artifact) {
	e := g.Edition
	common := &item{}
	byNumber := map[int]*item{} // of pages of downloads
	for _, p := range e.Site.Pages {
		a, ok := e.renderer.Artifact(p)
		if p.Text != nil || !ok {
			continue
		}
		switch p.Kind {
		case site.Choice, site.NotFound, site.FolderIndex, site.Search:
			common.artifacts = append(common.artifacts, a)
			continue
		case site.DownloadsPage:
			n := p.Key.Section
			if _, last := e.Site.DownloadTexts(n); last && len(e.Site.Concepts) > 0 {
				break // what is said of the glossary's files hangs on all texts
			}
			if byNumber[n] == nil {
				byNumber[n] = &item{downloads: true, page: n}
				some = append(some, byNumber[n])
			}
			byNumber[n].artifacts = append(byNumber[n].artifacts, a)
			continue
		}
		rest = append(rest, a)
	}
	some = append(some, common)
	ofTexts := map[string]bool{}
	for _, t := range e.Site.Texts {
		for _, d := range e.Site.DownloadsOf(t) {
			ofTexts[d.Path] = true
		}
	}
	for a := range chain(e.index(), e.rest()) {
		if !ofTexts[a.Path] {
			rest = append(rest, a)
		}
	}
	return some, rest
}

// keySiteWide gives their keys to what siteWide returns, once the files of the texts
// are known: on the pages stand the lengths of some.
func (g *Gathered) keySiteWide(some []*item) {
	own := make(map[string]*item, len(g.items))
	for _, it := range g.items {
		own[it.text.cut.value.ID] = it
	}
	s := g.Edition.Site
	for _, it := range some {
		d := g.b.newDigest("site-wide")
		d.text(string(g.ground[:]))
		if t := g.Edition.renderer.Standing(); t != nil {
			d.text(string(own[t.ID].own[:]))
		}
		if !it.downloads {
			it.pages = d.key()
			continue
		}
		d.number(it.page)
		texts, _ := s.DownloadTexts(it.page)
		for _, t := range texts {
			d.text(string(own[t.ID].own[:]))
			for _, f := range s.DownloadsOf(t) {
				n, _ := g.Edition.sizes.Load(f.Path)
				d.text(fmt.Sprint(f.Path, n))
			}
		}
		it.pages = d.key()
	}
}

// publish gives the files of items to the sink, from the old tree, the store or made
// anew.
func (g *Gathered) publish(ctx context.Context, items []*item, files filesOf, sink Sink) error {
	missing, err := g.recall(ctx, items, sink)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(missing, min(max(leastBatch, len(missing)/16), mostBatch)) {
		ways, err := files(ctx, some)
		if err != nil {
			return err
		}
		if err := g.makeSome(ctx, some, ways, sink); err != nil {
			return err
		}
	}
	return nil
}

// filesOf are the ways to make the files of some items, by item.
type filesOf func(ctx context.Context, some []*item) ([][]artifact.Artifact, error)

// Texts are brought through all stages so many at a time, and at the most: for each
// batch the site is joined anew, which takes as long as the site has texts.
const (
	leastBatch = 32
	mostBatch  = 256
)

func (g *Gathered) filesOfTexts(ctx context.Context, some []*item) ([][]artifact.Artifact, error) {
	e, texts, err := g.whole(ctx, some)
	if err != nil {
		return nil, err
	}
	return e.ofTexts(texts), nil
}

func filesOfWhole(_ context.Context, some []*item) ([][]artifact.Artifact, error) {
	out := make([][]artifact.Artifact, len(some))
	for i, it := range some {
		out[i] = it.artifacts
	}
	return out, nil
}

// textFiles counts the others.
func (e *Edition) textFiles() int {
	n := 0
	for _, p := range e.Site.Pages {
		if p.Text != nil && e.renderer.Renders(p.Kind) {
			n++
		}
	}
	for _, t := range e.Site.Texts {
		n += len(e.Site.DownloadsOf(t))
	}
	return n
}

// ofTexts are the files of some texts, by text.
func (e *Edition) ofTexts(texts []*site.Text) [][]artifact.Artifact {
	out := make([][]artifact.Artifact, len(texts))
	sharing := make([]*render.Renderer, len(texts)) // what the pages of a text have in common
	at := make(map[*site.Text]int, len(texts))
	m := e.maker(nil)
	for i, t := range texts {
		at[t] = i
		sharing[i] = e.renderer.Sharing(sync.OnceValue(func() *render.Cells { return e.renderer.Cells(t) }))
		for _, d := range e.Site.DownloadsOf(t) {
			out[i] = append(out[i], e.download(m, d))
		}
	}
	for _, p := range e.Site.Pages {
		if i, ok := at[p.Text]; ok {
			if a, ok := sharing[i].Artifact(p); ok {
				out[i] = append(out[i], a)
			}
		}
	}
	for _, all := range out {
		slices.SortFunc(all, func(x, y artifact.Artifact) int { return strings.Compare(x.Path, y.Path) })
	}
	return out
}

// groundKey is a key of what the files of all texts and lists hang on besides the
// texts: every page leads to the glossary, if there is one.
func (g *Gathered) groundKey() store.Key {
	if g.b.in.Store == nil {
		return store.Key{}
	}
	d := g.b.newDigest("ground")
	d.text(g.b.in.BaseURL)
	d.text(g.b.in.Name)
	d.text(string(g.words[:]))
	d.text(g.b.cache.theme.key)
	d.text(g.b.cache.messages.key)
	s := g.Edition.Site
	d.number(len(s.Texts))
	for _, t := range s.Texts {
		d.long(string(t.AppendSign(nil)))
	}
	return d.key()
}

// keyTexts gives their keys to the items of texts.
func (g *Gathered) keyTexts(ctx context.Context) error {
	if g.b.in.Store == nil {
		return nil
	}
	return spread(ctx, g.items, func(it *item) { it.pages = g.pagesKey(it) })
}

// pagesKey is a key of all that the files of a text hang on.
func (g *Gathered) pagesKey(it *item) store.Key {
	d := g.b.newDigest("pages")
	d.text(string(it.own[:]))
	d.text(string(g.ground[:]))
	leads, files := g.Edition.Site.AppendLeads(nil, it.text.cut.value)
	d.long(string(leads))
	for _, f := range files { // a book has the pictures in it
		d.text(f)
		h := sha256.New()
		if err := pour(h, g.b.in.Content, f); err != nil {
			d.text("cannot be read")
		}
		d.text(string(h.Sum(nil)))
	}
	return d.key()
}

// bytesKey is where the bytes of the files stand.
func (g *Gathered) bytesKey(it *item) store.Key {
	d := g.b.newDigest("bytes")
	d.text(string(it.pages[:]))
	return d.key()
}

// recall gives the files to the sink that the store has, and returns the items of which
// some are missing.
func (g *Gathered) recall(ctx context.Context, items []*item, sink Sink) (missing []*item, err error) {
	if g.b.in.Store == nil {
		return items, nil
	}
	if err := spread(ctx, items, func(it *item) {
		if data, ok := g.b.in.Store.Get(it.pages); ok {
			it.files = readFiles(data)
		}
	}); err != nil {
		return nil, err
	}
	var all []output.Known
	for _, it := range items {
		all = append(all, it.files...)
	}
	kept, err := sink.Keep(all)
	if err != nil {
		return nil, err
	}
	var wanting []*item
	for _, it := range items {
		it.given, kept = kept[:len(it.files)], kept[len(it.files):]
		switch {
		case it.files == nil:
			missing = append(missing, it)
		case slices.Contains(it.given, false):
			wanting = append(wanting, it)
		default:
			it.from = source.Text{}
		}
		g.count(it, true)
	}
	for some := range slices.Chunk(wanting, 8*runtime.GOMAXPROCS(0)) {
		if err := spread(ctx, some, func(it *item) { it.bodies = g.bodies(it) }); err != nil {
			return nil, err
		}
		for _, it := range some {
			if it.bodies == nil {
				missing = append(missing, it)
				continue
			}
			if err := g.give(it, sink); err != nil {
				return nil, err
			}
			it.from = source.Text{}
		}
	}
	return missing, nil
}

// spread does it for the items, as many at once as there are processors.
func spread(ctx context.Context, items []*item, do func(it *item)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, it := range items {
		group.Go(func() error {
			do(it)
			return ctx.Err()
		})
	}
	return group.Wait()
}

// count tells the progress of the files of an item that are given, or are not yet, and
// the edition how large all of them are.
func (g *Gathered) count(it *item, given bool) {
	for i, f := range it.files {
		if it.given[i] == given {
			g.Edition.progress.file()
		}
		g.Edition.sizes.Store(f.Path, int(f.Size))
	}
}

// give gives the files of an item to the sink that it does not have.
func (g *Gathered) give(it *item, sink Sink) error {
	for i, f := range it.files {
		if it.given[i] {
			continue
		}
		if err := sink.Put(f.Path, it.bodies[i]); err != nil {
			return err
		}
		it.given[i] = true
		g.Edition.progress.file()
	}
	it.bodies = nil
	return nil
}

// bodies are the bytes of the files of an item, as the store has them; nil if it does
// not.
func (g *Gathered) bodies(it *item) [][]byte {
	packed, ok := g.b.in.Store.Get(g.bytesKey(it))
	if !ok {
		return nil
	}
	data, err := g.fast.Expand(packed)
	if err != nil {
		return nil
	}
	out := make([][]byte, len(it.files))
	for i, f := range it.files {
		if f.Size > int64(len(data)) {
			return nil
		}
		out[i], data = data[:f.Size:f.Size], data[f.Size:]
	}
	if len(data) > 0 {
		return nil
	}
	return out
}

// makeSome makes the files of items.
func (g *Gathered) makeSome(ctx context.Context, some []*item, files [][]artifact.Artifact, sink Sink) error {
	const atOnce = 32 // items whose files are in memory
	for len(some) > 0 {
		n := min(len(some), atOnce)
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(runtime.GOMAXPROCS(0))
		for i, it := range some[:n] {
			group.Go(func() error {
				known, bodies := make([]output.Known, len(files[i])), make([][]byte, len(files[i]))
				for k, a := range files[i] {
					if err := ctx.Err(); err != nil {
						return err
					}
					body, err := a.Make()
					if err != nil {
						return err
					}
					known[k], bodies[k] = output.Known{Path: a.Path, Size: int64(len(body))}, body
					if g.b.in.Store != nil {
						known[k].Sum = sha256.Sum256(body)
					}
				}
				files[i] = nil // and what they share
				g.made(it, known, bodies)
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		for _, it := range some[:n] {
			g.count(it, false)
			if err := g.give(it, sink); err != nil {
				return err
			}
			it.from = source.Text{}
		}
		some, files = some[n:], files[n:]
	}
	return nil
}

// whole is an edition in which the texts of some items are there as a whole.
func (g *Gathered) whole(ctx context.Context, some []*item) (*Edition, []*site.Text, error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, it := range some {
		if it.whole != nil {
			continue
		}
		group.Go(func() error {
			it.whole = newText(it.from, g.l.words.naming, nil, g.b.aligner, site.Deep)
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	outlined := false
	wanted := make(map[*text]*text, len(some)) // by what the edition has of them
	tree := *g.l.tree                          // with their files
	var texts []*site.Text
	for _, it := range some {
		outlined = outlined || it.whole != it.text
		wanted[it.text] = it.whole
		texts = append(texts, it.whole.cut.value)
		tree.Texts = append(tree.Texts, it.from)
		it.whole = nil
	}
	all := make([]*text, len(g.l.texts))
	for i, t := range g.l.texts {
		if all[i] = t; wanted[t] != nil {
			all[i] = wanted[t]
		}
	}
	messages, err := g.b.messages()
	if err != nil {
		return nil, nil, err
	}
	theme, err := g.b.theme(g.l.tree.Config, g.l.in.Langs)
	if err != nil {
		return nil, nil, err
	}
	s := g.Edition.Site
	if outlined {
		s, _ = g.l.join(all, s) // what is found is told already
	}
	e := g.b.bind(g.l, s, all)
	e.Tree = &tree
	e.clothe(theme.value, messages.value)
	return e, texts, nil
}

// made takes the files of an item, and remembers them.
func (g *Gathered) made(it *item, files []output.Known, bodies [][]byte) {
	given := make([]bool, len(files))
	if slices.Equal(files, it.files) { // some of them were in the old tree
		given = it.given
	}
	it.files, it.given, it.bodies = files, given, bodies
	if g.b.in.Store == nil {
		return
	}
	var all []byte
	for _, b := range bodies {
		all = append(all, b...)
	}
	if g.b.in.Store.PutIfRoom(g.bytesKey(it), g.fast.Compress(nil, all)) {
		g.b.in.Store.PutIfRoom(it.pages, writeFiles(files))
	}
}

// writeFiles writes a list of files; readFiles reads it, and is nil for what is none.
func writeFiles(files []output.Known) []byte {
	out := binary.AppendUvarint(nil, uint64(len(files)))
	for _, f := range files {
		out = binary.AppendUvarint(out, uint64(len(f.Path)))
		out = append(out, f.Path...)
		out = binary.AppendUvarint(out, uint64(f.Size))
		out = append(out, f.Sum[:]...)
	}
	return out
}

func readFiles(data []byte) []output.Known {
	number := func() int64 {
		v, n := binary.Uvarint(data)
		if n <= 0 || v > 1<<40 {
			data = nil
			return -1
		}
		data = data[n:]
		return int64(v)
	}
	n := number()
	if n < 0 || n > int64(len(data)) {
		return nil
	}
	files := make([]output.Known, n)
	for i := range files {
		size := number()
		if size < 0 || size > int64(len(data)) {
			return nil
		}
		files[i].Path, data = string(data[:size]), data[size:]
		if files[i].Size = number(); files[i].Size < 0 || len(data) < sha256.Size {
			return nil
		}
		data = data[copy(files[i].Sum[:], data):]
	}
	if len(data) > 0 {
		return nil
	}
	return files
}
