package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/intake"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/source"
)

// importFlags are the flags of the command import.
type importFlags struct {
	site          siteFlags
	text          string
	langs         []string
	from, to      string
	dryRun, force bool
}

func importCommand() command {
	var f importFlags
	return command{
		name: "import", ownLang: true,
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			f.site.define(flags)
			flags.StringVarP(&f.text, "text", "t", "", "flag.import.text")
			flags.StringSliceVarP(&f.langs, "lang", "l", nil, "flag.import.lang")
			flags.StringVar(&f.to, "to", "", "flag.import.to")
			flags.StringVar(&f.from, "from", "", "flag.import.from")
			flags.BoolVarP(&f.dryRun, "dry-run", "n", false, "flag.import.dry-run")
			flags.BoolVar(&f.force, "force", false, "flag.import.force")
			return func(v *invocation) int {
				if len(v.args) == 0 {
					return v.usage("usage.import")
				}
				return f.run(v)
			}
		},
	}
}

// run finds out what the files are.
func (f *importFlags) run(v *invocation) int {
	if len(v.args) == 1 {
		data, err := readLimited(v.args[0])
		if err != nil {
			return v.fail(err)
		}
		if isMemory(v.args[0]) {
			return f.propose(v, v.args[0], data)
		}
		returned, err := readReturned(v.args[0], data)
		if err != nil && f.text == "" {
			return v.fail(faulty(err, "fault.file", "File", v.args[0]))
		}
		if returned != nil {
			if f.text != "" && f.text != returned.Text {
				return v.usage("usage.import-other", "File", v.args[0], "Text", returned.Text, "Name", f.text)
			}
			return takeBack(v, &f.site, v.args[0], returned, f.dryRun)
		}
	}
	if f.from != "" || f.to != "" {
		return v.usage("usage.import-memory")
	}
	return f.documents(v)
}

// documents imports files that are texts of their own.
func (f *importFlags) documents(v *invocation) int {
	if f.text == "" {
		return v.usage("usage.import-text")
	}
	if err := textName(f.text); err != nil {
		return v.reject(err)
	}
	for i, l := range f.langs {
		if !source.IsLanguage(l) {
			return v.usage("usage.lang-tag", "Value", l)
		}
		if slices.Contains(f.langs[:i], l) {
			return v.usage("usage.lang-twice", "Value", l)
		}
	}
	if len(v.args) > 1 && len(f.langs) > 0 && len(f.langs) != len(v.args) {
		return v.usage("usage.lang-count", "Languages", counted(len(f.langs), "languages"), "Files", counted(len(v.args), "files"))
	}
	if err := f.site.begin(v, f.dryRun); err != nil {
		return v.fail(err)
	}
	w := &importWork{invocation: v, importFlags: f}
	for i, name := range v.args {
		if code := w.read(i, name); code != exitFine {
			return code
		}
	}
	return w.write()
}

// importWork is what an import has read so far.
type importWork struct {
	*invocation
	*importFlags
	files  []importFile
	docs   []*doc.Document
	rows   []align.Row
	left   []intake.Left
	pinned bool
	found  diag.List
}

// importFile is a file to be written.
type importFile struct {
	name string
	body []byte
	old  []byte // what is there
	here bool
}

// path is where a version of the text stands.
func (w *importWork) path(lang string) string {
	return filepath.ToSlash(filepath.Join(w.site.content, filepath.FromSlash(w.text), lang+".md"))
}

// read reads the i-th of the files.
func (w *importWork) read(i int, name string) int {
	data, err := readLimited(name)
	if err != nil {
		return w.fail(err)
	}
	of := languagesIn(w.site.content, nil)
	in := intake.File{Name: filepath.Base(name), Data: data, Path: w.path, Known: columnLangs(of)}
	switch l := languageOf(name); {
	case len(w.langs) > 0 && len(w.args) == 1:
		in.Langs = w.langs
	case len(w.langs) > 0:
		in.Langs = w.langs[i : i+1]
	case l != "" && len(of) > 0 && !slices.Contains(of, l): // a word that happens to be one, as “old” is
		return w.usage("usage.lang-strange", "File", name, "Language", l, "Languages", diag.Names(of))
	case l != "":
		in.Langs = []string{l}
	case len(w.args) > 1:
		return w.usage("usage.lang-unknown", "File", name)
	}
	if len(in.Langs) == 1 && ownForm(name, data) {
		return w.take(name, in.Langs[0], data)
	}
	result, found := intake.Read(in)
	for k := range found {
		if found[k].Pos.Path == in.Name {
			found[k].Pos.Path = filepath.ToSlash(name)
		}
	}
	w.left = append(w.left, result.Left...)
	first := len(w.docs)
	for _, ver := range result.Versions {
		if len(result.Versions) == 1 && slices.ContainsFunc(result.Left, func(l intake.Left) bool { return l.What == intake.Cover }) {
			if ver.Markdown, err = w.underFront(ver); err != nil {
				return w.fail(err)
			}
		}
		d, list := markdown.Parse(source.File{Path: w.path(ver.Lang), Text: w.text, Lang: ver.Lang, Tag: ver.Lang, Data: ver.Markdown})
		found = append(found, list...)
		if !list.HasErrors() && ver.Words != "" && !intake.Same(intake.Shown(d), ver.Words) {
			found.Error(diag.Pos{Path: w.path(ver.Lang)}, intake.Lost.As("markdown"))
		}
		if code := w.add(d, []byte(ver.Markdown)); code != exitFine {
			return code
		}
	}
	if result.Rows != nil {
		w.pinned = true
		w.rows = rowsOf(result.Rows, w.docs[first:])
	}
	w.found = append(w.found, found...)
	return exitFine
}

// ownForm reports whether a file is in the form that the site itself keeps texts
// in: Markdown that begins with front matter.
func ownForm(name string, data []byte) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(string(data), "\uFEFF"), "\n")
	return strings.EqualFold(filepath.Ext(name), ".md") && strings.TrimRight(first, " \t\r") == "---"
}

// take takes a file that is in the site's own form as it is.
func (w *importWork) take(name, lang string, data []byte) int {
	text, found := source.Clean(w.path(lang), data)
	d, list := markdown.Parse(source.File{Path: w.path(lang), Text: w.text, Lang: lang, Tag: lang, Data: text})
	found = append(found, list...)
	for k := range found { // what is wrong is to be mended in the file that came
		found[k].Pos.Path = filepath.ToSlash(name)
	}
	w.found = append(w.found, found...)
	return w.add(d, []byte(text))
}

// underFront is a version that the site itself had exported, under the front matter
// that its file has: the export does not carry it.
func (w *importWork) underFront(ver intake.Version) (string, error) {
	raw, err := os.ReadFile(w.path(ver.Lang))
	if errors.Is(err, fs.ErrNotExist) || err == nil && !ownForm(w.path(ver.Lang), raw) {
		return ver.Markdown, nil
	}
	text, _ := source.Clean(w.path(ver.Lang), raw)
	const end = "\n---\n"
	front, _, closed := strings.Cut(text, end)
	_, body, _ := strings.Cut(ver.Markdown, end)
	if err != nil || !closed {
		return ver.Markdown, err
	}
	return front + end + body, nil
}

// add adds a version of the text.
func (w *importWork) add(d *doc.Document, body []byte) int {
	if slices.ContainsFunc(w.docs, func(o *doc.Document) bool { return o.Lang == d.Lang }) {
		return w.usage("usage.import-twice", "Language", d.Lang)
	}
	w.docs = append(w.docs, d)
	w.files = append(w.files, importFile{name: w.path(d.Lang), body: body})
	return exitFine
}

// columnLangs are the languages that the columns of a table are taken for: those of
// the site, and the usual ones.
func columnLangs(site []string) []string {
	langs := slices.Clone(site)
	for _, l := range []string{"ru", "zh", "en"} {
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	return langs
}

// rowsOf finds the blocks of a table's rows by their places.
func rowsOf(rows []intake.Row, docs []*doc.Document) []align.Row {
	next := make([]int, len(docs))
	var out []align.Row
	for _, r := range rows {
		row := align.Row{Blocks: make([][]int, len(docs)), Confidence: 1}
		any := false
		for l, e := range r {
			for b := next[l]; b < len(docs[l].Blocks) && docs[l].Blocks[b].Start < e.End; b++ {
				row.Blocks[l] = append(row.Blocks[l], b)
				next[l], any = b+1, true
			}
		}
		if any {
			out = append(out, row)
		}
	}
	return out
}

// write names the files, and writes them unless it must not.
func (w *importWork) write() int {
	errs, warnings := w.report(w.found.Sorted(), "")
	if errs > 0 {
		w.tell("said.import-none", "Errors", counted(errs, "errors"))
		return exitFault
	}
	if w.pinned {
		in := make([]align.Input, len(w.docs))
		for i, d := range w.docs {
			in[i].Doc = d
		}
		var b bytes.Buffer
		if _, err := record.New(record.Pinned(in, w.rows), w.docs, nil).WriteTo(&b); err != nil {
			return w.fail(err)
		}
		w.files = append(w.files, importFile{name: filepath.ToSlash(filepath.Join(w.site.content, filepath.FromSlash(w.text), "alignment.tsv")), body: b.Bytes()})
	}
	exist := 0
	for i := range w.files {
		f := &w.files[i]
		old, err := os.ReadFile(f.name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return w.fail(err)
		}
		f.old, f.here = old, err == nil
		state := "import.new"
		switch {
		case f.here && bytes.Equal(f.old, f.body):
			state = "import.same"
		case f.here:
			exist++
			state = "import.replaced"
		}
		fmt.Fprintln(w.stdout, w.say(state, "File", f.name))
	}
	if w.dryRun {
		for _, f := range w.files {
			fmt.Fprint(w.stdout, udiff.Unified(f.name, f.name, string(f.old), string(f.body)))
		}
	}
	w.leftOut()
	of := counted(warnings, "warnings")
	switch {
	case w.dryRun:
		w.tell("said.import-dry", "Warnings", of)
		return exitFine
	case exist > 0 && !w.force:
		w.tell("said.import-exists", "Count", exist)
		return exitFault
	}
	all := make([]build.Changed, len(w.files))
	for i, f := range w.files {
		all[i] = build.Changed{Path: path.Join(w.text, path.Base(f.name)), Data: string(f.body)}
		if f.here {
			all[i].Before = append([]byte{}, f.old...)
		}
	}
	if err := w.site.writeAll(w.invocation)(all); err != nil {
		return w.fail(err)
	}
	w.tell("said.import-written", "Count", len(w.files), "Warnings", of)
	return exitFine
}

// leftOut prints all that is in no version.
func (w *importWork) leftOut() {
	for _, l := range w.left {
		// In full: a phrase would shorten what it is filled with.
		fmt.Fprintf(w.stdout, "%s%s\n", w.say("import.left", "What", diag.Say("left."+l.What)), oneLine(l.Text))
	}
}

// oneLine shows a text on one line, and what cannot be seen in it as its code.
func oneLine(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if intake.Visible(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}
