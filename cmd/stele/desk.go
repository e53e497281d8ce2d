package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"stele/build"
	"stele/build/diag"
	"stele/build/record"
	"stele/build/render"
	"stele/build/serve"
	"stele/build/watch"
)

// previewed is an edition with its editors' desk, as the server asks for it.
// The pages are those that a build writes; the desk is beside them, and none of
// them leads to it.
type previewed struct {
	memory
	desk *build.Desk
}

// Lookup implements serve.Site.
func (p previewed) Lookup(path string) ([]byte, bool) { return p.Ask(path, nil) }

// Ask implements serve.Asked: the desk's address says which part of it is
// wanted, and in which language.
func (p previewed) Ask(path string, query url.Values) ([]byte, bool) {
	if path == render.DeskPath {
		body, err := p.desk.Page(query)
		if err != nil {
			return []byte(err.Error()), true
		}
		return body, true
	}
	if body, ok := p.memory.Lookup(path); ok {
		return body, true
	}
	return p.desk.File(path)
}

// loader loads the site for the preview and for the desk's buttons, one after
// another. Its channel holds one token, for whoever is at work.
type loader struct {
	builder *build.Builder
	site    *siteFlags
	kept    snapshots
	turn    chan struct{}
}

// newLoader returns a loader of the inputs, which kept keeps in memory.
func newLoader(in build.Inputs, site *siteFlags, kept snapshots) *loader {
	return &loader{builder: build.New(in), site: site, kept: kept, turn: make(chan struct{}, 1)}
}

func (l *loader) load(ctx context.Context) (*build.Edition, diag.List, error) {
	l.turn <- struct{}{}
	defer func() { <-l.turn }()
	return l.builder.Load(ctx)
}

// revise does an action on the content as it is at this moment and writes the
// record that comes of it. Two buttons pressed at once take turns, so that
// neither undoes what the other wrote.
func (l *loader) revise(ctx context.Context, action func(*build.Desk) (*build.Revision, error)) (reply any, err error) {
	l.turn <- struct{}{}
	defer func() { <-l.turn }()
	// What the watcher has not told yet must not be overwritten.
	l.kept.follow(watch.Change{All: true})
	rev, _, err := l.builder.Revise(ctx, func(e *build.Edition) (*build.Revision, error) { return action(e.Desk(l.site.content)) }, func(path string, data []byte) error {
		defer l.kept.forget(l.site.content, path)
		return l.site.write(path, data)
	})
	if refused := (*build.RefusedError)(nil); errors.As(err, &refused) {
		return nil, &serve.RefusedError{Code: http.StatusConflict, Why: refused.Sentence}
	}
	if err != nil {
		return nil, err
	}
	return map[string]string{"said": rev.Said}, nil
}

// press is what a button of the desk sends.
type press struct {
	Text     string   `json:"text"`
	Version  string   `json:"version"`
	Lang     string   `json:"lang"`
	Passages []string `json:"passages"`
	Passage  string   `json:"passage"`
	Pinned   *bool    `json:"pinned"`
	Langs    []string `json:"langs"` // that were read; none for all
	By       string   `json:"by"`    // who presses the button
}

func (p press) seen() build.Seen {
	return build.Seen{Text: p.Text, Version: p.Version, Lang: p.Lang}
}

// handleDesk lets the server do what the desk's buttons ask for.
func handleDesk(server *serve.Server, l *loader) {
	handle := func(path string, action func(*build.Desk, press) (*build.Revision, error)) {
		server.Handle(http.MethodPost, path, func(ctx context.Context, body json.RawMessage) (any, error) {
			var p press
			d := json.NewDecoder(bytes.NewReader(body))
			d.DisallowUnknownFields()
			if err := d.Decode(&p); err != nil {
				return nil, &serve.RefusedError{Code: http.StatusBadRequest, Why: err.Error()}
			}
			return l.revise(ctx, func(d *build.Desk) (*build.Revision, error) { return action(d, p) })
		})
	}
	handle("/-/confirm", func(d *build.Desk, p press) (*build.Revision, error) {
		return d.Confirm(p.seen(), p.Passages, record.Confirmation{By: signature(p.By), Langs: p.Langs})
	})
	handle("/-/save", func(d *build.Desk, p press) (*build.Revision, error) { return d.Save(p.seen()) })
	handle("/-/undo", func(d *build.Desk, p press) (*build.Revision, error) { return d.TakeBack(p.seen()) })
	handle("/-/pin", func(d *build.Desk, p press) (*build.Revision, error) {
		if p.Pinned == nil {
			p.Passage = "" // an incomplete request
		}
		return d.Pin(p.seen(), p.Passage, p.Pinned != nil && *p.Pinned)
	})
}
