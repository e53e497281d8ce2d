package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/diag"
	"stele/build/render"
	"stele/build/serve"
	"stele/build/watch"
)

func serveCommand() command {
	var site siteFlags
	var port int
	return command{
		name: "serve",
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			site.define(flags)
			flags.IntVarP(&port, "port", "p", 8080, "flag.serve.port")
			return func(v *invocation) int {
				if len(v.args) > 0 {
					return v.usage("usage.no-arguments", "Command", "serve", "Argument", v.args[0])
				}
				if port < 0 || port > 65535 {
					return v.usage("usage.port", "Port", port)
				}
				return preview(v, &site, port)
			}
		},
	}
}

// preview serves the site until the context is done.
func preview(v *invocation, site *siteFlags, port int) int {
	// A preview makes much that is soon thrown away and keeps little: collecting
	// less often is worth some megabytes to whoever waits for the page.
	debug.SetGCPercent(400)
	in, err := site.inputs()
	if err != nil {
		return v.fail(err)
	}
	ln, err := serve.Listen(port)
	if err != nil {
		return v.fail(faulty(err, "fault.port", "Port", port))
	}
	if got := serve.Port(ln); got != port && port != 0 {
		v.tell("said.port", "Port", port)
	}
	address := fmt.Sprintf("http://localhost:%d/", serve.Port(ln))
	v.tell("said.preview", "Address", address)
	v.tell("said.desk", "Address", address+render.DeskPath)
	kept := keep(&in, site)
	loader := newLoader(in, site, kept)
	server := serve.New()
	handleDesk(server, loader)
	ctx, cancel := context.WithCancel(v)
	defer cancel()
	served := make(chan error, 1)
	go func() {
		defer cancel()
		served <- server.Serve(ctx, ln)
	}()
	var seen sight
	good := false // a state without errors has been shown
	err = watch.Watch(ctx, site.roots(), watch.Options{}, func(ctx context.Context, c watch.Change) {
		if !seen.news(c, kept) {
			return
		}
		kept.follow(c)
		edition, found, err := loader.load(ctx)
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			v.fail(err)
			server.Fail(panelOf(diag.List{{Phrase: diag.Say("failed", "Reason", phraseOf(err))}}, site, nil, v.words, "")) // what could not be done
		default:
			errs, warnings := v.report(serious(found), site.content)
			v.tell("said.summary", summary(errs, warnings).Args...)
			if errs > 0 || edition == nil {
				// Until there has been a good state, what there is of a faulty
				// one is shown, with the desk: an editor must see to mend.
				partly := !good && edition != nil
				if partly {
					server.Update(previewed{memory{edition}, edition.Desk(site.content)})
				}
				note := ""
				switch {
				case good:
					note = "panel-last"
				case partly:
					note = "panel-partly"
				}
				server.Fail(panelOf(found, site, edition, v.words, note))
				return
			}
			good = true
			server.Update(previewed{memory{edition}, edition.Desk(site.content)})
		}
	})
	cancel()
	if err = errors.Join(err, <-served); err != nil {
		return v.fail(err)
	}
	return exitFine
}

// panelOf is what open pages show while the content has errors, in the first
// language of the edition; nil where there is none. note is the message that says
// what the pages show meanwhile.
func panelOf(found diag.List, site *siteFlags, edition *build.Edition, words diag.Words, note string) serve.Panel {
	lang, say := build.Speak(edition)
	p := serve.Panel{Lang: lang, Title: say("panel-errors"), Close: say("panel-close")}
	if note != "" {
		p.Note = say(note)
	}
	for _, d := range found {
		if d.Severity != diag.Error {
			continue
		}
		item := serve.Item{Text: d.Sentence(words)}
		if d.Pos.Path != "" {
			d.Pos.Path = filepath.ToSlash(filepath.Join(site.content, d.Pos.Path)) // as the terminal has it
			item.Place = d.Pos.String()
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// memory is an edition as the server asks for it: each file is made when it is
// first wanted, from the same source as a build makes it.
type memory struct{ edition *build.Edition }

// Lookup implements serve.Site.
func (m memory) Lookup(path string) ([]byte, bool) {
	b, err := m.edition.File(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	if err != nil {
		return []byte(err.Error()), true
	}
	return b, true
}
