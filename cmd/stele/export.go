package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/exchange"
	"stele/build/output"
	"stele/build/site"
)

func exportCommand() command {
	var x exporter
	return command{
		name: "export", args: "FORMAT [TEXT]", short: "make a file of a text, or of the glossary, to take away",
		long: `
FORMAT is ` + formatNames() + `. TEXT names a text of the site by its
folder; without it, the site's only or first text is meant. “glossary” in its
place means the glossary. The bytes are those that the site has under data/.`,
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			x.site.define(flags)
			flags.StringVarP(&x.out, "out", "o", "", "the `file`; standard output without it")
			flags.StringSliceVarP(&x.langs, "lang", "l", nil, "the `languages` in it, in their order, as in ru,zh; one alone gives that version")
			flags.StringVar(&x.from, "from", "", "the `language` translated from (tmx, xliff)")
			flags.StringVar(&x.to, "to", "", "the `language` translated into")
			flags.BoolVar(&x.numbered, "numbered", false, "with the numbers of the passages (txt)")
			flags.StringToStringVar(&x.tags, "tag", nil, "another `tag` for a language, as in zh=zh-CN (tmx, csv)")
			flags.StringSliceVar(&x.only, "only", nil, "only passages that are `due`: missing, stale, unconfirmed (xliff)")
			flags.StringSliceVar(&x.also, "also", nil, "further `languages` shown beside the one translated from (xliff)")
			flags.StringVar(&x.version, "version", "", "the `version` of the format: 1.2 or 2.0 (xliff), 3 or 2 (tbx)")
			return x.run
		},
	}
}

func formatNames() string {
	var names []string
	for _, f := range site.Formats {
		if f != site.Rows {
			names = append(names, string(f))
		}
	}
	return strings.Join(names, ", ")
}

// exporter makes one file.
type exporter struct {
	site     siteFlags
	out      string
	langs    []string
	from, to string
	numbered bool
	tags     map[string]string
	only     []string
	also     []string
	version  string
}

func (x *exporter) run(v *invocation) int {
	if len(v.args) == 0 || len(v.args) > 2 {
		return v.usage("export needs a format, one of %s, and may have the name of a text", formatNames())
	}
	format := site.Format(v.args[0])
	if format == site.Rows || !slices.Contains(site.Formats, format) {
		return v.usage("there is no format %q; the formats are %s", v.args[0], formatNames())
	}
	if known := map[site.Format][]string{site.XLIFF: {"1.2", "2.0"}, site.TBX: {"3", "2"}}[format]; x.version != "" && !slices.Contains(known, x.version) {
		return v.usage("there is no version %q of %s", x.version, format)
	}
	if (x.from == "") != (x.to == "") {
		return v.usage("--from and --to go together")
	}
	e, code := x.load(v)
	if e == nil {
		return code
	}
	if format == site.XLIFF {
		return x.translation(v, e)
	}
	d, err := x.choose(e, format, v.args[1:])
	if err != nil {
		return v.usage("%v", err)
	}
	data, err := e.Download(d, x.tags)
	if err != nil {
		return v.fail(err)
	}
	return x.put(v, data)
}

// translation makes a file for a translator.
func (x *exporter) translation(v *invocation, e *build.Edition) int {
	t, err := x.text(e, v.args[1:])
	if err != nil {
		return v.usage("%v", err)
	}
	if x.from == "" {
		return v.usage("a translation needs --from and --to")
	}
	from, err := languages(e.Site, []string{x.from}, t)
	if err != nil {
		return v.usage("%v", err)
	}
	to, err := languages(e.Site, []string{x.to}, nil)
	if err != nil {
		return v.usage("%v", err)
	}
	if from[0] == to[0] {
		return v.usage("--from and --to are one language")
	}
	c := exchange.Choice{Version: exchange.Version(cmp.Or(x.version, string(exchange.V12)))}
	if len(x.also) > 0 {
		if c.Also, err = languages(e.Site, x.also, t); err != nil {
			return v.usage("%v", err)
		}
	}
	for _, o := range x.only {
		if !slices.Contains(exchange.Dues, exchange.Due(o)) {
			return v.usage("--only is missing, stale or unconfirmed, not %q", o)
		}
		c.Only = append(c.Only, exchange.Due(o))
	}
	data, sent := e.Translation(t, from[0], to[0]).XLIFF(c)
	if code := x.put(v, data); code != exitFine {
		return code
	}
	if len(sent.Apart) > 0 {
		fmt.Fprintf(v.stderr, "stele: not sent, because the two languages have tables or lists of another form there: %s\n", strings.Join(sent.Apart, ", "))
	}
	fmt.Fprintf(v.stderr, "stele: %s to translate\n", counted(sent.Units, "unit", "units"))
	return exitFine
}

// load reads the site; without an edition the code is to be returned.
func (x *exporter) load(v *invocation) (*build.Edition, int) {
	in, err := x.site.inputs()
	if err != nil {
		return nil, v.fail(err)
	}
	e, found, err := build.New(in).Load(v)
	if err != nil {
		return nil, v.fail(err)
	}
	if errs, _ := v.report(found, x.site.content); errs > 0 || e == nil {
		return nil, exitFault
	}
	return e, exitFine
}

// put writes the file, or to standard output.
func (x *exporter) put(v *invocation, data []byte) int {
	if x.out == "" || x.out == "-" {
		if isTerminal(v.stdout) && len(data) > 1 && string(data[:2]) == "PK" {
			return v.usage("a terminal cannot show this file; name one with -o")
		}
		if _, err := v.stdout.Write(data); err != nil {
			return v.fail(err)
		}
		return exitFine
	}
	if err := output.WriteFile(x.out, data); err != nil {
		return v.fail(err)
	}
	return exitFine
}

// choose describes the file that the flags and arguments ask for.
func (x *exporter) choose(e *build.Edition, format site.Format, rest []string) (*site.Download, error) {
	s := e.Site
	glossaryOnly := format == site.TBX
	if len(rest) == 1 && rest[0] == "glossary" || glossaryOnly && len(rest) == 0 {
		if len(s.Concepts) == 0 {
			return nil, &usageError{"there is no glossary"}
		}
		langs, err := languages(s, x.langs, nil)
		if err != nil {
			return nil, err
		}
		if !slices.Contains([]site.Format{site.TBX, site.CSV, site.JSON}, format) {
			return nil, &usageError{fmt.Sprintf("the glossary is not made as %s; use tbx, csv or json", format)}
		}
		shape := site.Whole
		if format == site.TBX && x.version == "2" {
			shape = site.Older
		}
		return s.Download(nil, format, shape, langs), nil
	}
	if glossaryOnly {
		return nil, &usageError{"tbx is a form of the glossary; leave out the name of the text"}
	}
	t, err := x.text(e, rest)
	if err != nil {
		return nil, err
	}
	langs, err := languages(s, x.langs, t)
	if err != nil {
		return nil, err
	}
	pair, err := languages(s, nonEmpty(x.from, x.to), t)
	if err != nil {
		return nil, err
	}
	shape := site.Whole
	switch {
	case x.from != "" && format != site.TMX:
		return nil, &usageError{fmt.Sprintf("--from and --to do not go with %s; use --lang", format)}
	case x.from != "":
		shape, langs = site.Pair, pair
	case format == site.TXT:
		if len(langs) != 1 {
			return nil, &usageError{"txt is one version; choose it with --lang"}
		}
		shape = site.Single
		if x.numbered {
			shape = site.Numbered
		}
	}
	return s.Download(t, format, shape, langs), nil
}

// text is the text that the arguments name.
func (x *exporter) text(e *build.Edition, rest []string) (*site.Text, error) {
	if len(rest) == 0 {
		if len(e.Site.Texts) == 0 {
			return nil, &usageError{"the site has no text"}
		}
		return e.Site.Texts[0], nil
	}
	id, err := x.site.findText(e, rest[0])
	if err != nil {
		return nil, err
	}
	return e.Site.Text(id), nil
}

// languages finds languages by their codes or tags; none asked for is all that
// the text has a version in, or the site.
func languages(s *site.Site, asked []string, t *site.Text) ([]int, error) {
	has := func(l int) bool { return t == nil || t.Versions[l].Doc != nil }
	var out []int
	if len(asked) == 0 {
		for l := range s.Langs {
			if has(l) {
				out = append(out, l)
			}
		}
		return out, nil
	}
	for _, a := range asked {
		l := slices.IndexFunc(s.Langs, func(l site.Lang) bool { return l.Code == a || l.Tag == a })
		switch {
		case l < 0:
			return nil, &usageError{fmt.Sprintf("the site has no language %q", a)}
		case !has(l):
			return nil, &usageError{fmt.Sprintf("the text %q has no version in %q", t.ID, a)}
		case slices.Contains(out, l):
			return nil, &usageError{fmt.Sprintf("the language %q stands there twice", a)}
		}
		out = append(out, l)
	}
	return out, nil
}

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}
