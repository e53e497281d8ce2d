package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/source"
)

func alignCommand() command {
	var site siteFlags
	var form tableForm
	var langs []string
	var save, undo, dry, all bool
	return command{
		name: "align", ownLang: true,
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			site.define(flags)
			flags.StringVarP(&form.format, "format", "f", "tsv", "flag.format")
			choices(flags, "format", tableFormats...)
			flags.StringSliceVarP(&langs, "lang", "l", nil, "flag.align.lang")
			flags.BoolVar(&form.sentences, "sentences", false, "flag.align.sentences")
			flags.BoolVar(&save, "save", false, "flag.align.save")
			flags.BoolVar(&all, "all", false, "flag.align.all")
			flags.BoolVar(&dry, "dry-run", false, "flag.align.dry-run")
			flags.BoolVar(&undo, "undo", false, "flag.align.undo")
			return func(v *invocation) int {
				if !slices.Contains(tableFormats, form.format) {
					return v.usage("usage.choice", "Flag", "--format", "Choices", diag.Names(tableFormats), "Value", form.format)
				}
				if i := slices.IndexFunc(langs, func(l string) bool { return !tagForm.MatchString(l) }); i >= 0 {
					return v.usage("usage.lang-tag", "Value", langs[i])
				}
				switch {
				case save && undo, (dry || all) && !save:
					return v.usage("usage.align-save")
				case form.sentences && (save || undo):
					return v.usage("usage.align-sentences")
				case all && len(v.args) > 0:
					return v.usage("usage.align-text")
				case all:
					return saveNumbers(v, &site, nil, dry)
				case len(v.args) == 0:
					return v.usage("usage.align-none")
				case len(v.args) == 1 && isFile(v.args[0]):
					return v.usage("usage.align-few", "File", v.args[0])
				case len(v.args) == 1 && len(langs) > 0:
					return v.usage("usage.align-lang")
				case len(v.args) == 1 && undo:
					return reviseRecords(v, &site, v.args, site.writeAll(v), func(e *build.Edition, id string) (*build.Revision, error) {
						file := recordFile(&site, id)
						return e.TakeBack(id, v.say("said.taken-back", "File", file), v.say("said.brought-back", "File", file))
					})
				case save && !slices.ContainsFunc(v.args, isFile):
					return saveNumbers(v, &site, v.args, dry)
				case len(v.args) == 1:
					return alignText(v, &site, v.args[0], form)
				case save, undo:
					return v.usage("usage.align-text")
				}
				if len(langs) == 0 && !slices.ContainsFunc(v.args, func(a string) bool { return filepath.Ext(a) != "" || languageOf(a) != "" }) {
					return v.usage("usage.align-several")
				}
				return alignFiles(v, v.args, langs, form)
			}
		},
	}
}

// tableForm says what is printed of an alignment: its rows or their sentences.
type tableForm struct {
	format    string
	sentences bool
}

// tableFormats are the forms of a table.
var tableFormats = []string{"tsv", "json"}

// tagForm is what a language tag looks like; --lang takes also those that no
// list has.
var tagForm = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// isFile tells a file's name from that of a text, which is a folder's.
func isFile(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".md" || ext == ".txt"
}

// alignText prints the alignment of a text of the site.
func alignText(v *invocation, site *siteFlags, name string, form tableForm) int {
	in, err := site.inputs()
	if err != nil {
		return v.fail(err)
	}
	in.Only = site.mayMean(name)
	edition, found, err := build.New(in).Load(v)
	if err != nil {
		return v.fail(err)
	}
	if edition == nil {
		v.report(serious(found), site.content)
		return exitFault
	}
	id, err := site.findText(edition, name)
	if err != nil {
		return v.reject(err)
	}
	found = about(found, []string{id})
	v.report(found, site.content)
	if slices.ContainsFunc(found, build.Upsets) {
		return exitFault
	}
	t := edition.Site.Text(id)
	if form.sentences {
		var names []string
		var docs []*doc.Document
		for _, version := range t.Versions {
			if version.Doc != nil {
				names, docs = append(names, version.Doc.Lang), append(docs, version.Doc)
			}
		}
		err = writeTies(v.stdout, tiedPassages(t), names, docs, form.format)
	} else {
		err = writeTable(v.stdout, t.Table, t.Docs(), form.format)
	}
	if err != nil {
		return v.fail(err)
	}
	return exitFine
}

// about are the findings about texts, and what else may have to do with their rows.
func about(found diag.List, ids []string) diag.List {
	return slices.DeleteFunc(serious(found), func(d diag.Diagnostic) bool {
		return !build.Upsets(d) && !slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(d.Pos.Path, id+"/") })
	})
}

// alignFiles prints the alignment of files.
func alignFiles(v *invocation, files, langs []string, form tableForm) int {
	if len(langs) > 0 && len(langs) != len(files) {
		return v.usage("usage.lang-count", "Languages", counted(len(langs), "languages"), "Files", counted(len(files), "files"))
	}
	var in []align.Input
	var docs []*doc.Document
	var found diag.List
	for i, f := range files {
		lang := ""
		if i < len(langs) {
			lang = langs[i]
		} else if lang = languageOf(f); lang == "" {
			return v.usage("usage.lang-unknown", "File", f)
		}
		d, list, err := readDocument(f, lang)
		if err != nil {
			return v.fail(err)
		}
		found = append(found, list...)
		in, docs = append(in, align.Input{Doc: d}), append(docs, d)
	}
	table := record.Reconcile(in, nil)
	errs, _ := v.report(append(found, record.Uncertain(table, docs)...).Sorted(), "")
	var err error
	if form.sentences {
		err = writeTies(v.stdout, tiedRows(table, docs), table.Langs, docs, form.format)
	} else {
		err = writeTable(v.stdout, table, docs, form.format)
	}
	if err != nil {
		return v.fail(err)
	}
	if errs > 0 {
		return exitFault
	}
	return exitFine
}

// languageOf is the last part of a file's name that reads as a language:
// en.txt, strategy.ru.md.
func languageOf(file string) string {
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	if i := strings.LastIndexAny(base, "._"); i >= 0 {
		base = base[i+1:]
	}
	if source.IsLanguage(base) {
		return base
	}
	return ""
}

// readDocument reads one file by itself.
func readDocument(file, lang string) (*doc.Document, diag.List, error) {
	data, err := readLimited(file)
	if err != nil {
		return nil, nil, err
	}
	text, found := source.Clean(filepath.ToSlash(file), data)
	if strings.EqualFold(filepath.Ext(file), ".md") {
		d, list := markdown.Parse(source.File{Path: filepath.ToSlash(file), Lang: lang, Tag: lang, Data: text})
		return d, append(found, list...), nil
	}
	return markdown.ParseLines(filepath.ToSlash(file), lang, text), found, nil
}

// maxFile is the size of a file to align; a device, say, has no end.
const maxFile = 64 << 20

func readLimited(file string) (data []byte, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err = io.ReadAll(io.LimitReader(f, maxFile+1))
	if len(data) > maxFile {
		return nil, faulty(nil, "fault.large", "File", file, "Max", maxFile>>20)
	}
	return data, err
}

// mayMean are the ids of the texts that an editor may mean by a name.
func (f *siteFlags) mayMean(name string) []string {
	name = strings.Trim(path.Clean(filepath.ToSlash(name)), "/")
	if rel, ok := strings.CutPrefix(name, path.Clean(filepath.ToSlash(f.content))+"/"); ok {
		return []string{name, rel} // a shell completes the folder's whole path
	}
	return []string{name}
}

// findText returns the id of the text that an editor named.
func (f *siteFlags) findText(e *build.Edition, name string) (string, error) {
	for _, name = range f.mayMean(name) {
		if e.Site.Text(name) != nil {
			return name, nil
		}
	}
	return "", misused("usage.no-text", "Text", name, "Folder", f.content, "Texts", diag.Names(textNames(e)))
}

func textNames(e *build.Edition) []string {
	var names []string
	for _, t := range e.Site.Texts {
		names = append(names, t.ID)
	}
	slices.Sort(names)
	return names
}

// saveNumbers writes the records of texts, or of all if none is named, as they
// stand, or with dry only says what that would do.
func saveNumbers(v *invocation, site *siteFlags, names []string, dry bool) int {
	write := site.writeAll(v)
	if dry {
		write = nil
	}
	return reviseRecords(v, site, names, write, func(e *build.Edition, id string) (*build.Revision, error) {
		plan := e.Site.Text(id).Table.Plan(e.Record(id))
		return e.Revise(id, nil, func(*record.Record) (string, error) {
			return v.planned(plan, dry, recordFile(site, id)), nil
		})
	})
}

// recordFile is the file of a text's record as the editor would name it.
func recordFile(site *siteFlags, text string) string { return site.file(text + "/alignment.tsv") }

// planned says what a plan does, as "136 passages: 134 kept, 2 new (5.3a, 5.3b),
// 1 gone (4.2), in FILE", or with dry what it would do.
func (v *invocation) planned(p record.Plan, dry bool, file string) string {
	total := counted(len(p.Kept)+len(p.New)+len(p.Moved)+len(p.Back), "passages")
	switch {
	case !p.Changes():
		return v.say("said.saved-same", "Passages", total, "File", file)
	case len(p.Kept)+len(p.Moved)+len(p.Joined)+len(p.Gone)+len(p.Back) == 0:
		return v.say("said.saved-begun", "Passages", total, "File", file) // the record begins
	}
	var parts diag.Phrases
	add := func(numbers []string, id string) {
		if len(numbers) > 0 {
			parts = append(parts, diag.Say(id, "Count", len(numbers), "Passages", listed(numbers)))
		}
	}
	add(p.Kept, "plan.kept")
	add(p.New, "plan.new")
	var joined []string
	for _, n := range p.Joined {
		joined = append(joined, v.say("plan.into", "Passage", n, "Others", diag.Names(p.Parts[n])))
	}
	add(joined, "plan.joined")
	add(p.Moved, "plan.moved")
	add(p.Gone, "plan.gone")
	add(p.Back, "plan.back")
	id := "said.saved"
	if dry {
		id = "said.saved-dry"
	}
	return v.say(id, "Passages", total, "Parts", commas(v, parts), "File", file)
}

// commas joins phrases with what stands between the parts of a list.
func commas(v *invocation, list diag.Phrases) string {
	said := make([]string, len(list))
	for i, p := range list {
		said[i] = p.In(v.words)
	}
	return strings.Join(said, v.say("list-joint"))
}

// listed names passages; of many, the first.
func listed(numbers []string) diag.Names {
	const most = 12
	if len(numbers) > most {
		return append(slices.Clone(diag.Names(numbers[:most])), "…")
	}
	return numbers
}

// reviseRecords changes the records of texts, or of all if none is named, as act
// says, which is given the id of a text. If something is wrong with one of them,
// nothing is written, nor is it without write, when it is only said what would be.
func reviseRecords(v *invocation, site *siteFlags, names []string, write func([]build.Changed) error, act func(*build.Edition, string) (*build.Revision, error)) int {
	if write == nil {
		write = func([]build.Changed) error { return nil }
	} else if err := site.mend(v); err != nil {
		return v.fail(err)
	}
	in, err := site.inputs() // which refuses what is half done
	if err != nil {
		return v.fail(err)
	}
	for _, name := range names {
		in.Only = append(in.Only, site.mayMean(name)...)
	}
	revs, found, err := build.New(in).Revise(v, func(e *build.Edition) ([]*build.Revision, error) {
		ids := textNames(e)
		if names != nil {
			ids = ids[:0]
			for _, name := range names {
				id, err := site.findText(e, name)
				if err != nil {
					return nil, err
				}
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
		}
		var out []*build.Revision
		for _, id := range ids {
			if err := v.Err(); err != nil {
				return nil, err
			}
			rev, err := act(e, id)
			if err != nil {
				return nil, err
			}
			out = append(out, rev)
		}
		return out, nil
	}, write)
	if in.Only != nil {
		found = about(found, in.Only)
	}
	v.report(serious(found), site.content)
	switch {
	case errors.Is(err, build.ErrFaulty), err == nil && slices.ContainsFunc(found, build.Upsets):
		return exitFault
	case err != nil:
		return v.reject(err)
	}
	for _, rev := range revs {
		fmt.Fprintln(v.stderr, "stele:", rev.Said)
	}
	return exitFine
}

// writeTable prints a table as TSV or JSON.
func writeTable(w io.Writer, t *record.Table, docs []*doc.Document, format string) error {
	b := bufio.NewWriter(w)
	if format == "json" {
		if err := writeJSON(b, t, docs); err != nil {
			return err
		}
		return b.Flush()
	}
	fmt.Fprintf(b, "#number\t%s\tconfidence\n", strings.Join(t.Langs, "\t"))
	for _, r := range t.Rows {
		if r.Removed {
			continue
		}
		b.WriteString(r.Number)
		for _, blocks := range r.Blocks {
			b.WriteByte('\t')
			if len(blocks) == 0 {
				b.WriteByte('-')
			}
			for i, o := range blocks {
				if i > 0 {
					b.WriteByte(',')
				}
				b.WriteString(strconv.Itoa(o))
			}
		}
		fmt.Fprintf(b, "\t%.3f\n", r.Confidence)
	}
	return b.Flush()
}

// The JSON form of a table.
type (
	jsonTable struct {
		Languages []string  `json:"languages"`
		Rows      []jsonRow `json:"rows"`
	}
	jsonRow struct {
		Number     string                 `json:"number"`
		Confidence float64                `json:"confidence"`
		Moved      bool                   `json:"moved,omitempty"`
		Pinned     bool                   `json:"pinned,omitempty"`
		Blocks     map[string][]jsonBlock `json:"blocks"`
	}
	jsonBlock struct {
		Ordinal   int    `json:"ordinal"`
		FirstLine int    `json:"firstLine"`
		LastLine  int    `json:"lastLine"`
		Text      string `json:"text"`
	}
)

func writeJSON(w io.Writer, t *record.Table, docs []*doc.Document) error {
	out := jsonTable{Languages: t.Langs, Rows: []jsonRow{}}
	for _, r := range t.Rows {
		if r.Removed {
			continue
		}
		row := jsonRow{Number: r.Number, Confidence: float64(int(r.Confidence*1000+0.5)) / 1000, Moved: r.Moved, Pinned: r.Pinned, Blocks: map[string][]jsonBlock{}}
		for l, blocks := range r.Blocks {
			list := []jsonBlock{}
			for _, o := range blocks {
				b := &docs[l].Blocks[o]
				list = append(list, jsonBlock{o, docs[l].Lines.Line(b.Start), docs[l].Lines.Line(max(b.Start, b.End-1)), b.Text})
			}
			row.Blocks[columnKey(t.Langs, l)] = list
		}
		out.Rows = append(out.Rows, row)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// columnKey names a column: its language, with its place where two files have
// the same.
func columnKey(langs []string, i int) string {
	if slices.Index(langs, langs[i]) == i {
		return langs[i]
	}
	return fmt.Sprintf("%s.%d", langs[i], i+1)
}
