package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stele/build"
	"stele/build/diag"
	"stele/build/edit"
	"stele/build/output"
	"stele/build/serve"
	"stele/build/watch"
	"stele/i18n"
)

// loader loads the site for the preview and does what the desk asks for, one
// after another, and shows what comes of it. Its channel holds one token, for
// whoever is at work.
type loader struct {
	v       *invocation
	site    *siteFlags
	in      build.Inputs
	builder *build.Builder
	kept    snapshots
	server  *serve.Server
	turn    chan struct{}

	// What follows belongs to whoever has the token.
	seen    sight
	say     func(lang string) func(id string, pairs ...any) string // of the edition that is shown
	good    bool                                                   // a state without errors has been shown
	closed  string                                                 // what was told of a journal that cannot be opened
	begun   bool                                                   // something has been loaded, or tried
	shown   serve.Site                                             // nil before the first
	journal journal
}

// newLoader returns a loader of the inputs, which kept keeps in memory.
func newLoader(v *invocation, in build.Inputs, site *siteFlags, kept snapshots, server *serve.Server) *loader {
	in.Progress = new(build.Progress)
	return &loader{v: v, in: in, builder: build.New(in), site: site, kept: kept, server: server, turn: make(chan struct{}, 1), say: func(string) func(string, ...any) string { return func(id string, _ ...any) string { return id } }}
}

// take waits for the token and returns what gives it back.
func (l *loader) take() (give func()) {
	l.turn <- struct{}{}
	return func() { <-l.turn }
}

// How long after a load that failed another is tried, at first and at most.
const (
	again     = 250 * time.Millisecond
	mostAgain = 4 * time.Second
)

// follow shows what came of a change that was told.
func (l *loader) follow(ctx context.Context, c watch.Change) {
	give := l.take()
	err := error(nil)
	if l.seen.news(c, l.kept) {
		l.kept.follow(c)
		err = l.show(ctx)
	}
	give()
	// What could not be read, for want of descriptors say, is tried again: no
	// report will come of it.
	for wait := again; err != nil && ctx.Err() == nil; wait = min(2*wait, mostAgain) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		give = l.take()
		l.kept.follow(watch.Change{All: true})
		err = l.show(ctx)
		give()
	}
}

// show loads the site and shows it, or what stands in the way.
func (l *loader) show(ctx context.Context) error {
	var early *early
	if !l.begun {
		early = l.begin(ctx)
		l.begun = true
	}
	var (
		edition *build.Edition
		found   diag.List
	)
	err := l.site.mend(l.v) // another program may have been killed meanwhile
	if errors.As(err, new(*output.JournalError)) {
		if said := err.Error(); said != l.closed {
			l.closed = said
			l.v.fail(err)
		}
		err = nil // what there is can be looked at
	}
	if err == nil {
		edition, found, err = l.builder.Load(ctx)
	}
	early.quiet()
	defer func() { early.end(l.shown) }()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	v := l.v
	if err != nil {
		v.fail(err)
		l.server.Fail(panelOf(diag.List{{Phrase: diag.Say("failed", "Reason", phraseOf(err))}}, l.site, nil, v, "")) // what could not be done
		return err
	}
	errs, warnings := v.report(serious(found), l.site.content)
	v.tell("said.summary", summary(errs, warnings).Args...)
	if errs > 0 || edition == nil {
		// Until there has been a good state, what there is of a faulty one is
		// shown, with the desk: an editor must see to mend.
		partly := !l.good && edition != nil
		note := ""
		switch {
		case l.good:
			note = "panel-last"
		case partly:
			l.update(edition)
			note = "panel-partly"
		}
		l.server.Fail(panelOf(found, l.site, edition, v, note))
		return nil
	}
	l.good = true
	l.update(edition)
	return nil
}

// update shows an edition.
func (l *loader) update(e *build.Edition) {
	l.say = e.Say
	l.shown = previewed{memory{e, l.v.words}, e.Desk(l.site.content)}
	l.server.Update(l.shown)
}

// now is the desk of the content as it is at this moment. What the watcher has
// not told yet must not be overwritten.
func (l *loader) now(ctx context.Context) (*build.Desk, error) {
	if err := l.site.mend(l.v); err != nil {
		return nil, err
	}
	l.kept.follow(watch.Change{All: true})
	e, _, err := l.builder.Load(ctx)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, build.ErrFaulty
	}
	return e.Desk(l.site.content), nil
}

// ask answers a question about the content as it is at this moment.
func (l *loader) ask(ctx context.Context, p press, question func(*build.Desk) (any, error)) (any, error) {
	defer l.take()()
	d, err := l.now(ctx)
	if err != nil {
		return nil, l.refusal(err, p.Lang)
	}
	reply, err := question(d)
	return reply, l.refusal(err, p.Lang)
}

// act does what the desk asks for on the content as it is at this moment, writes
// the files that come of it and shows the site. Two buttons pressed at once take
// turns, so that neither undoes what the other wrote.
func (l *loader) act(ctx context.Context, p press, action func(*build.Desk) (*build.Act, error)) (any, error) {
	defer l.take()()
	d, err := l.now(ctx)
	if err != nil {
		return nil, l.refusal(err, p.Lang)
	}
	a, err := action(d)
	if err != nil {
		return nil, l.refusal(err, p.Lang)
	}
	before, err := l.previous(a)
	if err == nil {
		err = l.write(d, a, keepBefore(a), before, p.Lang)
	}
	if err != nil {
		return nil, l.refusal(err, p.Lang)
	}
	id := l.journal.add(entry{act: a, session: p.Session, by: signature(p.By), at: time.Now(), before: before})
	return l.acted(ctx, d, a, p, id), nil
}

// takeBack takes an act back, or does it again; without its number the last of
// the session.
func (l *loader) takeBack(ctx context.Context, p press) (any, error) {
	defer l.take()()
	d, err := l.now(ctx)
	if err != nil {
		return nil, l.refusal(err, p.Lang)
	}
	e := l.journal.find(p.Act, p.Session, p.Again)
	if e == nil {
		return nil, &serve.RefusedError{Code: http.StatusConflict, Why: d.Say(p.Lang)("desk-refused-nothing")}
	}
	back, err := d.TakeBackAct(e.act, p.Lang)
	if err != nil {
		return nil, l.refusal(err, p.Lang)
	}
	previous, err := l.previous(back)
	if err == nil {
		kept := keepBefore(back)
		if !e.undone {
			kept = previousWithout(e, previous)
		}
		err = l.write(d, back, kept, previous, p.Lang)
	}
	if err != nil {
		return nil, l.refusal(err, p.Lang)
	}
	said := e.said(d.Say(p.Lang))
	back.Done = e.act.Done
	e.before = previous
	l.journal.turned(e, back)
	reply := l.acted(ctx, d, back, p, e.id)
	id := "desk-done-undone"
	if !e.undone {
		id = "desk-done-again"
	}
	reply["said"] = d.Say(p.Lang)(id, "Said", said)
	return reply, nil
}

// previous are the records as they were before their last changes, of those that an
// act changes; nil where there is none.
func (l *loader) previous(a *build.Act) (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, f := range a.Files {
		if !isRecord(f.Path) {
			continue
		}
		data, err := os.ReadFile(l.site.file(f.Path + "~"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		out[f.Path] = data
	}
	return out, nil
}

func isRecord(path string) bool { return strings.HasSuffix(path, "/alignment.tsv") }

// keepBefore are the records that an act changes, as they are kept beside them. There
// is nothing to go back to from what was gone back to; the act itself can be undone.
func keepBefore(a *build.Act) map[string][]byte {
	out := map[string][]byte{}
	for _, f := range a.Files {
		if isRecord(f.Path) && f.Before != nil {
			if out[f.Path] = f.Before; a.TakesBack {
				out[f.Path] = nil
			}
		}
	}
	return out
}

// previousWithout are the records that are kept beside those that taking an act back
// changes: as if the act had not been, so that what was taken back is not what the
// last change of the record is taken back to.
func previousWithout(e *entry, now map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for _, f := range e.act.Files {
		kept, ok := now[f.Path]
		switch {
		case !ok:
		case kept == nil, bytes.Equal(kept, f.Before): // it was the last change
			out[f.Path] = e.before[f.Path]
		case f.Before != nil && f.After != nil:
			if was, ok := edit.Revert(string(f.Before), string(f.After), string(kept)); ok {
				out[f.Path] = []byte(was)
				continue
			}
			out[f.Path] = nil
		default:
			out[f.Path] = nil
		}
	}
	return out
}

// acted shows the site after an act, and says what was done.
func (l *loader) acted(ctx context.Context, d *build.Desk, a *build.Act, p press, id int) map[string]any {
	// What was written is shown even if who asked has gone.
	_ = l.show(context.WithoutCancel(ctx)) // which tells what stands in the way
	return map[string]any{"said": entry{act: a}.said(d.Say(p.Lang)), "act": id}
}

// write writes the files of an act if they are as the act has them before, and what
// is to be kept beside the records where now is kept, or takes it away: all of it or
// nothing.
func (l *loader) write(d *build.Desk, a *build.Act, kept, now map[string][]byte, lang string) error {
	err := l.putAll(inOrder(a.Files), kept, now)
	l.kept.follow(watch.Change{All: true})
	// Where something could not be taken back, that is what must be told.
	if changed := (*output.ChangedError)(nil); errors.As(err, &changed) && changed.Beside == "" && !errors.As(err, new(*output.WriteError)) {
		return &serve.RefusedError{Code: http.StatusConflict, Why: d.Say(lang)("desk-refused-changed")}
	}
	return err
}

// inOrder is the order in which files are written: what goes goes last, so that
// nothing is lost if the program ends in between.
func inOrder(files []build.FileChange) []build.FileChange {
	step := func(f build.FileChange) int {
		switch {
		case f.After == nil:
			return 2
		case f.Before == nil:
			return 0
		}
		return 1
	}
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(a, b build.FileChange) int { return step(a) - step(b) })
	return files
}

// putAll writes the files of the content together, and after them what is kept beside
// the records where now is, or takes it away.
func (l *loader) putAll(files []build.FileChange, kept, now map[string][]byte) error {
	var all []output.Change
	for _, f := range files {
		all = append(all, output.Change{Path: f.Path, Body: f.After, Known: true, Before: f.Before})
	}
	for _, path := range slices.Sorted(maps.Keys(kept)) {
		all = append(all, output.Change{Path: path + "~", Body: kept[path], Known: true, Before: now[path]})
	}
	err := l.v.disk(l.site.content).Change(l.v, all)
	for _, c := range all {
		l.took(c.Path)
	}
	return err
}

// took notes that a file of the content was written here.
func (l *loader) took(path string) {
	if dir, err := resolved(l.site.content); err == nil {
		l.seen.took(filepath.Join(dir, filepath.FromSlash(path)))
	}
}

// refusal is what the server tells of an error, in the language of the page.
func (l *loader) refusal(err error, lang string) error {
	var refused *build.RefusedError
	switch {
	case err == nil || errors.Is(err, context.Canceled) || errors.As(err, new(*serve.RefusedError)):
		return err
	case errors.As(err, &refused):
		return &serve.RefusedError{Code: http.StatusConflict, Why: refused.Sentence}
	case errors.Is(err, build.ErrFaulty):
		return &serve.RefusedError{Code: http.StatusConflict, Why: l.say(lang)("desk-refused-content")}
	}
	words := l.v.words
	if messages, e := i18n.Command(lang); e == nil {
		words = messages.UI(lang)
	}
	return &serve.RefusedError{Code: http.StatusInternalServerError, Why: phraseOf(err).In(words)}
}
