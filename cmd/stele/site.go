package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"stele/build"
	"stele/build/compress"
	"stele/build/diag"
	"stele/build/output"
	"stele/build/source"
)

// siteFlags are the flags of all commands that read a site.
type siteFlags struct {
	content, baseURL, cache string
}

// defaultContent is the content folder where none is named.
const defaultContent = "content"

func (f *siteFlags) define(flags *pflag.FlagSet) {
	flags.StringVarP(&f.content, "content", "c", defaultContent, "flag.content")
	flags.VarP((*address)(&f.baseURL), "base-url", "b", "flag.base-url")
	flags.StringVar(&f.cache, "cache", "", "flag.cache")
}

// address is a flag for the address of a site.
type address string

// Set implements pflag.Value.
func (a *address) Set(s string) error {
	base, err := source.BaseURL(s)
	*a = address(base)
	return err
}

// String implements pflag.Value.
func (a *address) String() string { return string(*a) }

// Type implements pflag.Value.
func (a *address) Type() string { return "address" }

// beside is a folder next to the content folder.
func (f *siteFlags) beside(name string) string {
	return filepath.Join(filepath.Dir(filepath.Clean(f.content)), name)
}

// file is the file of the content folder as the editor would name it.
func (f *siteFlags) file(path string) string {
	return filepath.Join(f.content, filepath.FromSlash(path))
}

// roots are the folders whose files make the site.
func (f *siteFlags) roots() []string {
	return []string{f.content, f.beside("themes"), f.beside("i18n"), f.beside("static")}
}

// name is what the site is called where nothing else says it: as the folder is
// that it stands in.
func (f *siteFlags) name() string {
	full, err := filepath.Abs(f.content)
	if err != nil {
		return ""
	}
	if filepath.Base(full) == "content" {
		full = filepath.Dir(full)
	}
	name := filepath.Base(full)
	if source.NameFault(name).ID != "" || strings.ContainsAny(name, `/\`) {
		return ""
	}
	return name
}

// inputs opens the folders of content that is whole.
func (f *siteFlags) inputs() (build.Inputs, error) {
	in, err := f.open()
	if err == nil {
		err = f.whole()
	}
	return in, err
}

// open opens the folders. Nothing outside of them can be read through them.
func (f *siteFlags) open() (build.Inputs, error) {
	in := build.Inputs{BaseURL: f.baseURL, Name: f.name(), Program: program()}
	if _, err := os.Stat(f.content); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return in, faulty(nil, "fault.content-folder", "Folder", f.content)
		}
		return in, unreadable(err, f.content)
	}
	in.Content = folder{dir: f.content}
	if in.Program != "" {
		s, err := openStore(f.cache)
		if err != nil {
			return in, err
		}
		in.Store = s
	}
	for name, fsys := range map[string]*fs.FS{"themes": &in.Themes, "i18n": &in.I18n, "static": &in.Static} {
		own := folder{filepath.Dir(f.beside(name)), name}
		if _, err := own.ReadDir("."); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return in, unreadable(err, f.beside(name))
		}
		*fsys = own
	}
	return in, nil
}

// serious are the findings but for notes: those are told by “stele check”, and
// not again by every other command.
func serious(l diag.List) diag.List {
	return slices.DeleteFunc(slices.Clone(l), func(d diag.Diagnostic) bool { return d.Severity == diag.Note })
}

// report prints the findings and returns how many errors and warnings there are.
func (v *invocation) report(l diag.List, from string) (errs, warnings int) {
	v.print(v.stderr, l, from)
	return l.Count(diag.Error), l.Count(diag.Warning)
}

// print writes findings. On a terminal the severity has a colour, and the places
// that a finding speaks of stand indented under it, so that it reads as one; for
// programs they are lines of their own.
func (v *invocation) print(w io.Writer, l diag.List, from string) {
	if isTerminal(w) {
		v.printTerminal(w, l, from)
		return
	}
	for _, d := range l {
		d.Pos.Path = filepath.ToSlash(filepath.Join(from, d.Pos.Path))
		fmt.Fprintln(w, d.Text(v.words))
		for _, r := range d.Shown() {
			r.Pos.Path = filepath.ToSlash(filepath.Join(from, r.Pos.Path))
			fmt.Fprintf(w, "%s: note: %s\n", r.Pos, r.Text(v.words))
		}
	}
}

// printTerminal prints findings for people: how weighty one is stands in their
// language and in colour, and the places that it speaks of stand under it.
func (v *invocation) printTerminal(w io.Writer, l diag.List, from string) {
	for _, d := range l {
		d.Pos.Path = filepath.ToSlash(filepath.Join(from, d.Pos.Path))
		severity := v.say("severity." + d.Severity.String())
		if os.Getenv("NO_COLOR") == "" {
			severity = "\x1b[" + colours[d.Severity] + "m" + severity + "\x1b[0m"
		}
		fmt.Fprintf(w, "%s: %s %s: %s\n", d.Pos, severity, d.Code, d.Sentence(v.words))
		for _, r := range d.Shown() {
			r.Pos.Path = filepath.ToSlash(filepath.Join(from, r.Pos.Path))
			fmt.Fprintf(w, "    %s: %s\n", r.Pos, r.Text(v.words))
		}
	}
}

// colours are those of a terminal.
var colours = map[diag.Severity]string{diag.Error: "31", diag.Warning: "33", diag.Note: "36"}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func buildCommand() command {
	var site siteFlags
	var out string
	var strict, watching, compressed bool
	var poll time.Duration
	return command{
		name: "build",
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			site.define(flags)
			flags.StringVarP(&out, "out", "o", "public", "flag.build.out")
			flags.BoolVar(&compressed, "compress", false, "flag.build.compress")
			flags.BoolVar(&strict, "strict", false, "flag.build.strict")
			flags.BoolVarP(&watching, "watch", "w", false, "flag.build.watch")
			definePoll(flags, &poll)
			return func(v *invocation) int {
				if len(v.args) > 0 {
					return v.usage("usage.no-arguments", "Command", "build", "Argument", v.args[0])
				}
				collectBySize(v)
				p := &publisher{invocation: v, site: &site, out: out, strict: strict, compressed: compressed, poll: poll}
				if watching {
					return p.watch()
				}
				return p.once()
			}
		},
	}
}

// publisher builds a site into a folder, once or again and again.
type publisher struct {
	*invocation
	site       *siteFlags
	out        string
	strict     bool
	compressed bool // .gz and .br beside what is text
	poll       time.Duration
	builder    *build.Builder
	progress   *build.Progress
	again      bool // the builder will be used again
}

func (p *publisher) once() int {
	guard := output.Options{Apart: p.site.roots()}
	if p.compressed {
		guard.Twins, guard.Twinned = []output.Twin{{Suffix: ".gz", Make: compress.Gzip}, {Suffix: ".br", Make: compress.Brotli}}, compress.Worth
	}
	var refused *output.GuardError
	if err := output.Check(p.out, guard); errors.As(err, &refused) {
		return p.reject(&usageError{phraseOf(err)})
	} else if err != nil {
		return p.fail(err)
	}
	if p.builder == nil {
		in, err := p.site.inputs()
		if err != nil {
			return p.fail(err)
		}
		p.progress = new(build.Progress)
		in.Progress = p.progress
		p.builder = build.New(in)
	} else if err := p.site.whole(); err != nil {
		return p.fail(err)
	}
	start := time.Now()
	recalled, err := p.builder.Recall(p)
	if err != nil {
		return p.fail(err)
	}
	if recalled != nil && !p.strict && output.Holds(p, p.out, recalled.Files, guard) {
		errs, warnings := p.report(serious(recalled.Found), p.site.content)
		if errs == 0 {
			p.done(output.Stats{Files: guard.Count(recalled.Files)}, summary(errs, warnings), start)
			return exitFine
		}
		p.kept(summary(errs, warnings))
		return exitFault
	}
	quiet := p.watchProgress(p.progress)
	made, found, err := p.load()
	quiet()
	if err != nil {
		return p.fail(err)
	}
	told := found
	if p.strict && made != nil { // warnings are those that “stele check” has
		told = made.Edition.Check()
	}
	errs, warnings := p.report(serious(told), p.site.content)
	if errs > 0 || p.strict && warnings > 0 {
		p.kept(summary(errs, warnings))
		return exitFault
	}
	var sums build.Sums
	quiet = p.watchProgress(p.progress)
	stats, err := output.PublishTree(p, p.out, func(t *output.Tree) (err error) {
		sums, err = made.Write(p, t)
		return err
	}, guard)
	quiet()
	if err != nil {
		return p.fail(unpublished(err, p.out))
	}
	p.builder.Remember(p, found, sums)
	p.report(made.Edition.Lost(stats.Removed), p.site.content)
	if stats.Left != "" {
		p.tell("said.left", "Folder", stats.Left)
	}
	p.done(stats, summary(errs, warnings), start)
	return exitFine
}

// load reads the site: text by text, unless every text is needed as a whole, to be
// checked or to be compared with what it is after the next edit.
func (p *publisher) load() (*build.Gathered, diag.List, error) {
	if !p.strict && !p.again {
		return p.builder.Gather(p)
	}
	edition, found, err := p.builder.Load(p)
	if !p.again {
		p.builder.Forget()
	}
	if err != nil || edition == nil {
		return nil, found, err
	}
	return &build.Gathered{Edition: edition}, found, nil
}

// kept says that nothing was published.
func (p *publisher) kept(found any) {
	id := "said.kept"
	if _, err := os.Stat(p.out); errors.Is(err, fs.ErrNotExist) {
		id = "said.unpublished"
	}
	p.tell(id, "Summary", found, "Folder", p.out)
}

// done says what was done.
func (p *publisher) done(stats output.Stats, found any, start time.Time) {
	done := []any{"Files", counted(stats.Files, "files"), "Folder", p.out, "Changed", stats.Written, "Removed", len(stats.Removed), "Summary", found}
	if isTerminal(p.stderr) {
		p.tell("said.built-in", append(done, "Milliseconds", int(time.Since(start).Milliseconds()))...)
	} else {
		p.tell("said.built", done...)
	}
}

// unpublished says that the site was not published.
func unpublished(err error, out string) error {
	if errors.Is(err, context.Canceled) || errors.As(err, new(*output.GuardError)) {
		return err
	}
	var locked *output.LockedError
	if errors.As(err, &locked) {
		return faulty(nil, "fault.busy", "Folder", out, "Lock", locked.Name)
	}
	if errors.Is(err, output.ErrInPlace) {
		return faulty(err, "fault.sync", "Folder", out)
	}
	return faulty(err, "fault.publish", "Folder", out)
}
