package main

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/text/language"

	"stele/build"
	"stele/build/diag"
	"stele/build/output"
	"stele/build/render"
	"stele/build/serve"
	"stele/build/watch"
	"stele/i18n"
)

func serveCommand() command {
	var site siteFlags
	var how serving
	return command{
		name: "serve",
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			site.define(flags)
			flags.IntVarP(&how.port, "port", "p", 8080, "flag.serve.port")
			flags.StringVar(&how.host, "host", "", "flag.serve.host")
			flags.BoolVar(&how.open, "open", false, "flag.serve.open")
			definePoll(flags, &how.poll)
			return func(v *invocation) int {
				if len(v.args) > 0 {
					return v.usage("usage.no-arguments", "Command", "serve", "Argument", v.args[0])
				}
				if how.port < 0 || how.port > 65535 {
					return v.usage("usage.port", "Port", how.port)
				}
				return preview(v, &site, how)
			}
		},
	}
}

// serving is where and how a preview is served.
type serving struct {
	host string
	port int
	open bool
	poll time.Duration
}

// definePoll defines the flag that has files looked at.
func definePoll(flags *pflag.FlagSet, poll *time.Duration) {
	flags.DurationVar(poll, "poll", 0, "flag.poll")
	flags.Lookup("poll").NoOptDefVal = "500ms"
}

// watching are the options of the watcher.
func watching(v *invocation, poll time.Duration) watch.Options {
	return watch.Options{Poll: poll, Trouble: func(err error) {
		if errors.Is(err, watch.ErrUnreported) {
			v.tell("said.unreported")
			return
		}
		v.tell("said.polling", "Reason", phraseOf(err))
	}}
}

// access says who may see a preview, and how its address begins.
func access(ln net.Listener, host string) (serve.Access, string) {
	var a serve.Access
	if host == "" {
		a.Mine = owned(ln)
	}
	name := "localhost"
	if ip := net.ParseIP(host); host != "" && (ip == nil || !ip.IsUnspecified()) {
		name = host
	}
	address := "http://" + net.JoinHostPort(name, strconv.Itoa(serve.Port(ln))) + "/"
	if a.Mine == nil {
		a.Key = serve.NewKey()
		address += a.Key + "/"
	}
	return a, address
}

// deskPath is where whoever runs the preview finds the desk: in the language that
// they chose for the command, if the site has it.
func deskPath(v *invocation) string {
	if !v.chosen {
		return render.DeskPath
	}
	return render.DeskPath + "?lang=" + v.lang.String()
}

// unheard says why a port could not be opened: what is wrong with the host is not
// the port's fault.
func unheard(err error, how serving) error {
	var unknown *net.DNSError
	if how.host != "" && (how.port == 0 || errors.Is(err, syscall.EADDRNOTAVAIL) || errors.As(err, &unknown)) {
		return faulty(err, "fault.host", "Host", how.host)
	}
	return faulty(err, "fault.port", "Port", how.port)
}

// turnedAway says to whoever is not let in why, in the language that their browser asks
// for or, if there are no messages in it, in the one given.
func turnedAway(lang string) (func(accept string, key bool) string, error) {
	langs := append([]string{lang}, languagesOfMessages...)
	messages, err := i18n.Command(langs...)
	if err != nil {
		return nil, err
	}
	tags := make([]language.Tag, len(langs))
	needed, foreign := make([]string, len(langs)), make([]string, len(langs))
	for i, l := range langs {
		u := messages.UI(l)
		tags[i], needed[i], foreign[i] = language.Make(l), diag.Say("serve.key").In(u), diag.Say("serve.foreign").In(u)
	}
	matcher := language.NewMatcher(tags)
	return func(accept string, key bool) string {
		asked, _, err := language.ParseAcceptLanguage(accept)
		if err != nil {
			asked = nil
		}
		_, i, _ := matcher.Match(asked...)
		if key {
			return needed[i]
		}
		return foreign[i]
	}, nil
}

// preview serves the site until the context is done.
func preview(v *invocation, site *siteFlags, how serving) int {
	open := site.inputs
	if err := site.mend(v); errors.As(err, new(*output.JournalError)) {
		open = site.open // which can be looked at at least; that nothing can be changed is told with it
	} else if err != nil {
		return v.fail(err)
	}
	in, err := open()
	if err != nil {
		return v.fail(err)
	}
	ln, err := serve.Listen(how.host, how.port)
	if err != nil {
		return v.fail(unheard(err, how))
	}
	if got := serve.Port(ln); got != how.port && how.port != 0 {
		v.tell("said.port", "Port", how.port)
	}
	who, address := access(ln, how.host)
	if who.Refusal, err = turnedAway(v.lang.String()); err != nil {
		return v.fail(err)
	}
	v.tell("said.preview", "Address", address)
	v.tell("said.desk", "Address", address+deskPath(v))
	kept := keep(&in, site)
	server := serve.New()
	loader := newLoader(v, in, site, kept, server)
	handleDesk(server, loader)
	ctx, cancel := context.WithCancel(v)
	defer cancel()
	collectBySize(ctx)
	served := make(chan error, 1)
	go func() {
		defer cancel()
		served <- server.Serve(ctx, ln, who)
	}()
	if how.open {
		go func() {
			if err := browse(ctx, address); err != nil && ctx.Err() == nil {
				v.tell("said.no-browser", "Reason", phraseOf(err))
			}
		}()
	}
	err = watch.Watch(ctx, site.roots(), watching(v, how.poll), loader.follow)
	cancel()
	if err = errors.Join(err, <-served); err != nil {
		return v.fail(err)
	}
	return exitFine
}

// panelOf is what open pages show while the content has errors, in the language
// of whoever runs the preview; nil where there is none. note is the message that says
// what the pages show meanwhile.
func panelOf(found diag.List, site *siteFlags, edition *build.Edition, v *invocation, note string) serve.Panel {
	lang, say := build.Speak(edition, v.lang.String())
	p := serve.Panel{Lang: lang, Title: say("panel-errors"), Close: say("panel-close")}
	if note != "" {
		p.Note = say(note)
	}
	for _, d := range found {
		if d.Severity != diag.Error {
			continue
		}
		item := serve.Item{Text: d.Sentence(v.words)}
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
type memory struct {
	edition *build.Edition
	words   *i18n.UI // what is told in of a page that cannot be made
}

// Lookup implements serve.Site.
func (m memory) Lookup(path string) ([]byte, error) {
	b, err := m.edition.File(path)
	return b, m.told(err)
}

// told is why a page cannot be made, in the language of whoever runs the preview.
func (m memory) told(err error) error {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.New(phraseOf(err).In(m.words))
}
