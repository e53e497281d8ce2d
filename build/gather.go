package build

import (
	"context"
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"stele/build/artifact"
	"stele/build/compress"
	"stele/build/diag"
	"stele/build/glossary"
	"stele/build/output"
	"stele/build/search"
	"stele/build/site"
	"stele/build/source"
	"stele/build/store"
)

// Gathered is a site that was read text by text. Of each text it has the outline, and
// what the search needs: that is enough for the findings about the whole and for all
// files but the pages and downloads of the texts. Write makes those, again text by
// text, or takes them from the store.
type Gathered struct {
	Edition *Edition

	b        *Builder
	l        *loaded
	items    []*item   // nil where every text is there as a whole
	settings string    // of the site as they stand in their file
	words    store.Key // of what all texts are read by
	ground   store.Key
	none     *site.Glossary
	fast     *compress.Fast
}

// item is what the store keeps together: the files of a text, or some of the whole that
// hang on little.
type item struct {
	pages  store.Key      // of all that its files are made of
	files  []output.Known // its files, once they are known
	given  []bool         // which of them the new tree has
	bodies [][]byte       // their bytes, until all are given

	// Of a text:
	from  source.Text // until its files are made
	own   store.Key   // of all that the text is made of
	text  *text       // as the edition has it: its outline, or the whole
	whole *text       // nil where it has to be made again

	// Of the whole:
	artifacts []artifact.Artifact
	downloads bool // they are a page of downloads,
	page      int  // this one
}

// depthOf is how deep a text is cut whose files are made at once, or later of it anew.
func depthOf(kept bool) site.Depth {
	if kept {
		return site.Deep
	}
	return site.Shallow
}

// keptSources is how many bytes the sources of those texts may have that are kept as
// they were read until their pages are made. In memory they take some ten times as
// much. The others are read and parsed twice; to align them is the dear part, and that
// is remembered.
const keptSources = 1 << 20

// Gather is Load for whoever publishes a site once and as a whole. The findings are the
// same.
func (b *Builder) Gather(ctx context.Context) (*Gathered, diag.List, error) {
	l, err := b.read()
	if err != nil {
		return nil, nil, err
	}
	if l.words == nil {
		return nil, folded(l.diags).Sorted().Capped(MostFindings), nil
	}
	g := &Gathered{b: b, l: l, none: site.NewGlossary(nil, glossary.Scheme{})}
	if from := b.cache.reading.settings; from != nil {
		g.settings = from.from.Path + "\n" + from.from.Data
	}
	b.cache.reading = reading{} // the bytes of all files, beside what they say
	if b.in.Only == nil && !slices.ContainsFunc(l.tree.Texts, func(t source.Text) bool { return len(t.Revisions) > 0 }) {
		if g.fast, err = compress.NewFast(runtime.GOMAXPROCS(0)); err != nil {
			return nil, nil, err
		}
		err = g.gather(ctx)
	} else {
		l.texts, err = b.texts(ctx, l.tree.Texts, l.words.naming)
	}
	if err != nil {
		return nil, nil, err
	}
	var found diag.List
	g.Edition, found, err = b.edition(l)
	if err != nil {
		return nil, nil, err
	}
	if g.items != nil {
		g.ground = g.groundKey()
	}
	b.cache.texts = nil
	return g, found, nil
}

// gather brings each text as far as its outline, as many at once as there are
// processors.
func (g *Gathered) gather(ctx context.Context) error {
	all := g.l.tree.Texts
	g.items = make([]*item, len(all))
	if g.b.in.Store == nil {
		g.b.rows = new(sync.Map)
	}
	g.words = g.wordsKey()
	workers := runtime.GOMAXPROCS(0)
	readers := make(chan *search.Reader, workers) // they remember words, so each goes its own way
	for range workers {
		readers <- search.NewReader(g.l.in.Langs)
	}
	progress := g.b.in.Progress
	progress.beginTexts(len(all))
	for i, from := range all {
		g.items[i] = &item{from: from, own: g.ownKey(from)}
	}
	tree := *g.l.tree
	tree.Texts = nil // each is let go once nobody needs its files
	g.l.tree = &tree
	var kept atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for _, it := range g.items {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			defer progress.text()
			if it.text = g.remembered(it); it.text != nil {
				return nil
			}
			size := 0
			for _, f := range it.from.Files {
				size += len(f.Data)
			}
			keep := kept.Add(int64(size)) <= keptSources
			t := newText(it.from, g.l.words.naming, nil, g.b.aligner, depthOf(keep))
			if !t.cut.value.Outlines() {
				if !keep {
					t = newText(it.from, g.l.words.naming, nil, g.b.aligner, site.Deep)
				}
				it.text, it.whole = t, t
				return nil
			}
			r := <-readers
			gist, storable := g.gist(t, r.Part(t.cut.value))
			readers <- r
			if storable && g.b.in.Store != nil {
				g.b.in.Store.PutIfRoom(it.own, gist)
			}
			if it.text = g.outlined(it.from, gist); it.text == nil { // a fault of this program, and no reason to publish nothing
				if !keep {
					t = newText(it.from, g.l.words.naming, nil, g.b.aligner, site.Deep)
				}
				it.text, it.whole = t, t
				return nil
			}
			it.text.cut.diags = t.diags()
			if keep {
				it.whole = t
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, it := range g.items {
		g.l.texts = append(g.l.texts, it.text)
	}
	return nil
}

// wordsKey is a key of what all texts are read by.
func (g *Gathered) wordsKey() store.Key {
	d := g.b.newDigest("words")
	for _, l := range g.l.in.Langs {
		d.text(l.Code)
		d.text(l.Tag)
		d.text(l.Name)
	}
	d.text(g.settings) // of the glossary too
	for _, f := range g.l.words.files {
		d.text(f.Path)
		d.long(f.Data)
	}
	d.number(len(g.l.words.absent))
	for _, p := range g.l.words.absent {
		d.text(p)
	}
	return d.key()
}

// ownKey is a key of all that the text is made of.
func (g *Gathered) ownKey(from source.Text) store.Key {
	if g.b.in.Store == nil {
		return store.Key{}
	}
	d := g.b.newDigest("text")
	d.text(string(g.words[:]))
	d.text(from.Name)
	d.text(from.Slug)
	for _, f := range from.Files {
		d.text(f.Path)
		d.text(f.Text)
		d.text(f.Lang)
		d.text(f.Tag)
		d.text(f.Ignored)
		d.long(f.Data)
	}
	if from.Record != nil {
		d.text(from.Record.Path)
		d.long(from.Record.Data)
	}
	return d.key()
}

// gist writes what an edition needs of a text: its outline, what was found in it and
// what the search has of it. It is not storable if the findings cannot be.
func (g *Gathered) gist(t *text, part *search.Part) (gist []byte, storable bool) {
	var found []byte
	storable = true
	if diags := t.diags(); len(diags) > 0 {
		found = writeRecalled(&Recalled{Found: diags})
		storable = found != nil
	}
	outline := t.cut.value.AppendOutline(nil)
	head := binary.AppendUvarint(nil, uint64(len(outline)))
	head = g.fast.Compress(nil, append(append(head, outline...), found...))
	// The addresses of a text's pages hang on no other text.
	alone, _ := site.Join(site.Input{Langs: g.l.in.Langs}, g.none, []*site.Text{t.cut.value}, nil)
	out := binary.AppendUvarint(nil, uint64(len(head)))
	return g.fast.Compress(append(out, head...), part.Append(nil, alone)), storable
}

// remembered is the outline of a text as the store has it; nil if it has none.
func (g *Gathered) remembered(it *item) *text {
	data, ok := g.b.in.Store.Get(it.own)
	if !ok {
		return nil
	}
	return g.outlined(it.from, data)
}

// outlined reads a gist; nil if it is none. What the search has of the text stays as it
// is until somebody searches: of all texts together it is large.
func (g *Gathered) outlined(from source.Text, gist []byte) *text {
	size, n := binary.Uvarint(gist)
	if n <= 0 || size > uint64(len(gist)-n) {
		return nil
	}
	head, err := g.fast.Expand(gist[n : n+int(size)])
	words := gist[n+int(size):]
	if err != nil {
		return nil
	}
	size, n = binary.Uvarint(head)
	if n <= 0 || size > uint64(len(head)-n) {
		return nil
	}
	outline, found := head[n:n+int(size)], head[n+int(size):]
	t := &text{from: source.Text{Name: from.Name, Slug: from.Slug}, naming: g.l.words.naming, part: &part{}}
	var ok bool
	if t.cut.value, ok = site.Outlined(g.l.in.Langs, string(outline)); !ok {
		return nil
	}
	if len(found) > 0 {
		r := readRecalled(found)
		if r == nil {
			return nil
		}
		t.cut.diags = r.Found
	}
	langs := g.l.in.Langs
	t.part.kept = func() *search.Part {
		if data, err := g.fast.Expand(words); err == nil {
			if p, ok := search.ReadPart(data, len(langs)); ok {
				return p
			}
		}
		// Its sum is right, so that this program wrote it: it cannot be.
		panic(fmt.Sprintf("what the search has of %q cannot be read", from.Name))
	}
	return t
}
