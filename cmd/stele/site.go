package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"stele/build"
	"stele/build/diag"
	"stele/build/output"
	"stele/build/source"
)

// siteFlags are the flags of all commands that read a site.
type siteFlags struct {
	content, baseURL string
}

func (f *siteFlags) define(flags *pflag.FlagSet) {
	flags.StringVarP(&f.content, "content", "c", "content", "the content `folder`; themes/, i18n/ and static/ beside it go over the built-in ones")
	flags.VarP((*address)(&f.baseURL), "base-url", "b", "the site's `address`, for site map, feed and canonical links (instead of base-url in site.yaml)")
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

// write writes a file of the content folder.
func (f *siteFlags) write(path string, data []byte) error {
	return output.WriteFile(f.file(path), data)
}

// roots are the folders whose files make the site.
func (f *siteFlags) roots() []string {
	return []string{f.content, f.beside("themes"), f.beside("i18n"), f.beside("static")}
}

// inputs opens the folders. Nothing outside of them can be read through them.
func (f *siteFlags) inputs() (build.Inputs, error) {
	in := build.Inputs{BaseURL: f.baseURL}
	if _, err := os.Stat(f.content); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return in, fmt.Errorf("there is no content folder %q; “stele new site” makes one, --content names another", f.content)
		}
		return in, fmt.Errorf("open content folder: %w", err)
	}
	in.Content = folder{dir: f.content}
	for name, fsys := range map[string]*fs.FS{"themes": &in.Themes, "i18n": &in.I18n, "static": &in.Static} {
		own := folder{filepath.Dir(f.beside(name)), name}
		if _, err := own.ReadDir("."); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return in, fmt.Errorf("open folder %q: %w", f.beside(name), err)
		}
		*fsys = own
	}
	return in, nil
}

// report prints the findings and returns how many errors and warnings there are.
func (v *invocation) report(l diag.List, from string) (errs, warnings int) {
	w := v.stderr
	colour := isTerminal(w)
	for _, d := range l {
		d.Pos.Path = filepath.ToSlash(filepath.Join(from, d.Pos.Path))
		line := d.Text(v.words)
		if colour {
			code := map[diag.Severity]string{diag.Error: "31", diag.Warning: "33", diag.Note: "36"}[d.Severity]
			line = strings.Replace(line, d.Severity.String()+" ", "\x1b["+code+"m"+d.Severity.String()+"\x1b[0m ", 1)
		}
		fmt.Fprintln(w, line)
		for _, r := range d.Related {
			r.Pos.Path = filepath.ToSlash(filepath.Join(from, r.Pos.Path))
			fmt.Fprintf(w, "%s: note: %s\n", r.Pos, r.Text(v.words))
		}
	}
	return l.Count(diag.Error), l.Count(diag.Warning)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == ""
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func buildCommand() command {
	var site siteFlags
	var out string
	var strict, watching bool
	return command{
		name: "build", short: "build the site into a folder",
		long: `
The whole site is made beside the output folder and exchanged for it in one
step. If the content has errors, the folder stays as it was.`,
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			site.define(flags)
			flags.StringVarP(&out, "out", "o", "public", "the output `folder`")
			flags.BoolVar(&strict, "strict", false, "let warnings stop the build too")
			flags.BoolVarP(&watching, "watch", "w", false, "stay and build again on every change")
			return func(v *invocation) int {
				if len(v.args) > 0 {
					return v.usage("build takes no arguments, got %q", v.args[0])
				}
				p := &publisher{invocation: v, site: &site, out: out, strict: strict}
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
	site    *siteFlags
	out     string
	strict  bool
	builder *build.Builder
}

func (p *publisher) once() int {
	guard := output.Options{Apart: p.site.roots()}
	var refused *output.GuardError
	if err := output.Check(p.out, guard); errors.As(err, &refused) {
		return p.usage("%v", err)
	} else if err != nil {
		return p.fail(err)
	}
	if p.builder == nil {
		in, err := p.site.inputs()
		if err != nil {
			return p.fail(err)
		}
		p.builder = build.New(in)
	}
	start := time.Now()
	edition, found, err := p.builder.Load(p)
	if err != nil {
		return p.fail(err)
	}
	errs, warnings := p.report(found, p.site.content)
	summary := counted(errs, "error", "errors") + ", " + counted(warnings, "warning", "warnings")
	if errs > 0 || p.strict && warnings > 0 {
		fmt.Fprintf(p.stderr, "stele: %s; %s is as it was\n", summary, p.out)
		return exitFault
	}
	stats, err := output.Publish(p, p.out, func(put func(string, []byte) error) error { return edition.Write(p, put) }, guard)
	if err != nil {
		return p.fail(err)
	}
	p.report(edition.Lost(stats.Removed), p.site.content)
	if stats.Left != "" {
		fmt.Fprintf(p.stderr, "stele: %s could not be removed; the next build tries again\n", stats.Left)
	}
	fmt.Fprintf(p.stderr, "stele: %s in %s, %d changed, %d removed; %s", counted(stats.Files, "file", "files"), p.out, stats.Written, len(stats.Removed), summary)
	if isTerminal(p.stderr) {
		fmt.Fprintf(p.stderr, "; %d ms", time.Since(start).Milliseconds())
	}
	fmt.Fprintln(p.stderr)
	return exitFine
}
