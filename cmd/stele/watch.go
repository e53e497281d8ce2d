package main

import (
	"context"

	"stele/build"
	"stele/build/watch"
)

// watch builds now and after every change, until the context is done. The
// builder is kept, so that only what changed is made anew.
func (p *publisher) watch() int {
	in, err := p.site.inputs()
	if err != nil {
		return p.fail(err)
	}
	p.progress = new(build.Progress)
	in.Progress = p.progress
	p.builder = build.New(in)
	err = watch.Watch(p, p.site.roots(), watching(p.invocation, p.poll), func(ctx context.Context, _ watch.Change) {
		again := *p
		again.again = true
		inv := *p.invocation
		inv.Context = ctx
		again.invocation = &inv
		again.once() // an interrupted watcher ends well, whatever the last build said
	})
	if err != nil {
		return p.fail(err)
	}
	return exitFine
}
