package main

import (
	"cmp"
	"slices"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/diag"
	"stele/build/exchange"
	"stele/build/output"
	"stele/build/site"
)

func exportCommand() command {
	var x exporter
	return command{
		name: "export", ownLang: true, pairs: []any{"Formats", diag.Names(formatsMade())},
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			x.site.define(flags)
			flags.StringVarP(&x.out, "out", "o", "", "flag.export.out")
			flags.StringSliceVarP(&x.langs, "lang", "l", nil, "flag.export.lang")
			flags.StringVar(&x.from, "from", "", "flag.export.from")
			flags.StringVar(&x.to, "to", "", "flag.export.to")
			flags.BoolVar(&x.numbered, "numbered", false, "flag.export.numbered")
			flags.StringToStringVar(&x.tags, "tag", nil, "flag.export.tag")
			flags.BoolVar(&x.table, "for-translation", false, "flag.export.for-translation")
			flags.StringSliceVar(&x.only, "only", nil, "flag.export.only")
			flags.StringSliceVar(&x.also, "also", nil, "flag.export.also")
			flags.BoolVar(&x.copySource, "copy-source", false, "flag.export.copy-source")
			flags.StringVar(&x.version, "version", "", "flag.export.version")
			return x.run
		},
	}
}

// formatsMade are the formats that export makes.
func formatsMade() []string {
	var names []string
	for _, f := range site.Formats {
		names = append(names, string(f))
	}
	return names
}

// exporter makes one file.
type exporter struct {
	site       siteFlags
	out        string
	langs      []string
	from, to   string
	numbered   bool
	tags       map[string]string
	table      bool
	copySource bool
	only       []string
	also       []string
	version    string
}

func (x *exporter) run(v *invocation) int {
	if len(v.args) > 0 && v.args[0] == changesMade {
		return x.changes(v)
	}
	if len(v.args) == 0 || len(v.args) > 2 {
		return v.usage("usage.export", "Formats", diag.Names(formatsMade()))
	}
	format := site.Format(v.args[0])
	if !slices.Contains(site.Formats, format) {
		return v.usage("usage.export-format", "Format", v.args[0], "Formats", diag.Names(formatsMade()))
	}
	if known := map[site.Format][]string{site.XLIFF: {"1.2", "2.0"}, site.TBX: {"3", "2"}}[format]; x.version != "" && !slices.Contains(known, x.version) {
		return v.usage("usage.export-version", "Version", x.version, "Format", string(format))
	}
	if x.table && format != site.DOCX {
		return v.usage("usage.export-table")
	}
	if (x.from == "") != (x.to == "") {
		return v.usage("usage.export-from-to")
	}
	e, code := x.load(v)
	if e == nil {
		return code
	}
	if format == site.XLIFF || x.table {
		return x.translation(v, e)
	}
	d, err := x.choose(e, format, v.args[1:])
	if err != nil {
		return v.reject(err)
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
		return v.reject(err)
	}
	if x.from == "" {
		return v.usage("usage.export-translation")
	}
	from, err := languages(e.Site, []string{x.from}, t)
	if err != nil {
		return v.reject(err)
	}
	to, err := languages(e.Site, []string{x.to}, nil)
	if err != nil {
		return v.reject(err)
	}
	if from[0] == to[0] {
		return v.usage("usage.export-one")
	}
	c := exchange.Choice{Version: exchange.Version(cmp.Or(x.version, string(exchange.V12)))}
	if x.copySource {
		c.Gaps = exchange.SourceGaps
	}
	if len(x.also) > 0 {
		if c.Also, err = languages(e.Site, x.also, t); err != nil {
			return v.reject(err)
		}
	}
	for _, o := range x.only {
		if !slices.Contains(exchange.Dues, exchange.Due(o)) {
			return v.usage("usage.choice", "Flag", "--only", "Choices", dues(), "Value", o)
		}
		c.Only = append(c.Only, exchange.Due(o))
	}
	var data []byte
	var sent exchange.Sent
	if x.table {
		if data, sent, err = e.TranslationTable(t, from[0], to[0], c); err != nil {
			return v.fail(err)
		}
	} else {
		data, sent = e.Translation(t, from[0], to[0]).XLIFF(c)
	}
	if code := x.put(v, data); code != exitFine {
		return code
	}
	if len(sent.Apart) > 0 {
		v.tell("said.translate-apart", "Passages", diag.Names(sent.Apart))
	}
	v.tell("said.to-translate", "Count", sent.Units)
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
	if errs, _ := v.report(serious(found), x.site.content); errs > 0 || e == nil {
		return nil, exitFault
	}
	return e, exitFine
}

// put writes the file, or to standard output.
func (x *exporter) put(v *invocation, data []byte) int {
	if x.out == "" || x.out == "-" {
		if isTerminal(v.stdout) && len(data) > 1 && string(data[:2]) == "PK" {
			return v.usage("usage.binary")
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
			return nil, misused("usage.export-no-glossary")
		}
		langs, err := languages(s, x.langs, nil)
		if err != nil {
			return nil, err
		}
		if !slices.Contains([]site.Format{site.TBX, site.CSV, site.JSON}, format) {
			return nil, misused("usage.export-glossary", "Format", string(format))
		}
		shape := site.Whole
		if format == site.TBX && x.version == "2" {
			shape = site.Older
		}
		return s.Download(nil, format, shape, langs), nil
	}
	if glossaryOnly {
		return nil, misused("usage.export-tbx")
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
		return nil, misused("usage.export-pair", "Format", string(format))
	case x.from != "":
		shape, langs = site.Pair, pair
	case format == site.TXT:
		if len(langs) != 1 {
			return nil, misused("usage.export-txt")
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
			return nil, misused("usage.export-no-text")
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
			return nil, misused("usage.no-language", "Language", a)
		case !has(l):
			return nil, misused("usage.no-version", "Text", t.ID, "Language", a, "Languages", versionsOf(s, t))
		case slices.Contains(out, l):
			return nil, misused("usage.same-language", "Language", a)
		}
		out = append(out, l)
	}
	return out, nil
}

// versionsOf are the languages that the text has a version in.
func versionsOf(s *site.Site, t *site.Text) diag.Names {
	var out diag.Names
	for l, v := range t.Versions {
		if v.Doc != nil {
			out = append(out, s.Langs[l].Code)
		}
	}
	return out
}

// dues are what can be due of a translation.
func dues() diag.Names {
	var out diag.Names
	for _, d := range exchange.Dues {
		out = append(out, string(d))
	}
	return out
}

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}
