package main

import (
	"context"
	"io/fs"
	"net/url"
	"slices"
	"time"

	"stele/build"
	"stele/build/render"
	"stele/build/serve"
	"stele/i18n"
)

// early is what the preview shows until the whole site is loaded: pages are shown
// as they are asked for, each once its own text is read, and what needs all texts
// waits for them.
type early struct {
	words   *i18n.UI // what is told in of a page that cannot be made
	ctx     context.Context
	builder *build.Builder
	wanted  []string
	notice  []byte              // what stands in for the desk, which needs all texts
	edition chan *build.Edition // one, for whoever is at work

	told chan struct{} // closed when nobody tells any more how far it is
	stop func()

	whole chan struct{} // closed once site is set
	site  serve.Site    // nil where nothing could be loaded: then nothing is shown, but why
}

// begin shows what can be shown at once; nil for a site that is soon loaded.
func (l *loader) begin(ctx context.Context) *early {
	e := &early{ctx: ctx, words: l.v.words, builder: build.New(l.in), edition: make(chan *build.Edition, 1), told: make(chan struct{}), whole: make(chan struct{})}
	first, err := e.builder.Sketch(ctx)
	if err != nil || first == nil {
		return nil // loading will tell why
	}
	lang, say := build.Speak(first, l.v.lang.String())
	e.notice = serve.Notice(lang, say("panel-reading"))
	e.edition <- first
	l.server.Update(e)
	ctx, e.stop = context.WithCancel(ctx)
	go l.tellProgress(ctx, first, e.told)
	return e
}

// tellProgress says on the open pages how far the loading is, until ctx is done.
func (l *loader) tellProgress(ctx context.Context, first *build.Edition, told chan<- struct{}) {
	defer close(told)
	lang, say := build.Speak(first, l.v.lang.String())
	tick := time.NewTicker(tellEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if done, all := l.in.Progress.Texts(); all > 0 {
			l.server.Fail(serve.Panel{Lang: lang, Title: say("panel-reading"), Close: say("panel-close"), Note: say("panel-reading-note", "Done", done, "All", all), Calm: true})
		}
	}
}

// tellEvery is how often progress is told.
const tellEvery = 500 * time.Millisecond

// quiet ends what is told of the progress.
func (e *early) quiet() {
	if e != nil {
		e.stop()
		<-e.told
	}
}

// end hands over to the site that was loaded.
func (e *early) end(site serve.Site) {
	if e != nil {
		e.site = site
		close(e.whole)
	}
}

// Lookup implements serve.Site.
func (e *early) Lookup(path string) ([]byte, error) { return e.Ask(path, nil) }

// Ask implements serve.Asked.
func (e *early) Ask(path string, query url.Values) ([]byte, error) {
	select { // before a sketch that is at hand
	case <-e.whole:
		return e.last(path, query)
	default:
	}
	select {
	case <-e.whole:
		return e.last(path, query)
	case edition := <-e.edition:
		if path == render.DeskPath {
			e.edition <- edition
			return e.notice, nil
		}
		text, whole := edition.Needs(path)
		if text != "" {
			e.wanted = append(e.wanted, text)
			slices.Sort(e.wanted)
			if more, err := e.builder.Sketch(e.ctx, e.wanted...); err == nil && more != nil {
				edition = more
			} else {
				whole = true // something has changed, or is wrong
			}
		}
		e.edition <- edition
		if !whole {
			return memory{edition, e.words}.Lookup(path)
		}
	case <-e.ctx.Done():
		return nil, fs.ErrNotExist
	}
	select {
	case <-e.whole:
		return e.last(path, query)
	case <-e.ctx.Done():
		return nil, fs.ErrNotExist
	}
}

// last asks the site that was loaded since the request came.
func (e *early) last(path string, query url.Values) ([]byte, error) {
	switch site := e.site.(type) {
	case nil:
		return nil, serve.ErrNone
	case serve.Asked:
		return site.Ask(path, query)
	default:
		return site.Lookup(path)
	}
}
