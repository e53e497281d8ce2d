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
	var format string
	var langs []string
	var save, undo, dry bool
	return command{
		name: "align", args: "TEXT | FILE FILE [FILE…]", short: "show or save the alignment of a text, or of any files",
		long: `
TEXT names a text of the site, by its folder. FILEs are Markdown (.md) or have
one block a line (.txt, where a prefix such as "## ", "- ", "1. ", "> " or "| "
gives the block's kind); their language is told by the name (en.txt,
strategy.ru.md) or by --lang. A row has its number, for each file the ordinals
of its blocks, counted from 0, and a confidence from 0 to 1.

--save writes the numbers of all passages, as they are now, into the text's
record and says what that did: which numbers are kept, new, joined with others,
moved or gone. --dry-run says it and writes nothing. --undo takes back the last
change of the record, by this command, by confirm or by the desk; used once more
it makes the change again.`,
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			site.define(flags)
			flags.StringVarP(&format, "format", "f", "tsv", "`tsv` or json")
			flags.StringSliceVarP(&langs, "lang", "l", nil, "the `languages` of the files, in their order, as in ru,zh,en")
			flags.BoolVar(&save, "save", false, "write the text's record, content/TEXT/alignment.tsv")
			flags.BoolVar(&dry, "dry-run", false, "with --save, only say what it would do")
			flags.BoolVar(&undo, "undo", false, "take back the last change of the text's record")
			return func(v *invocation) int {
				if format != "tsv" && format != "json" {
					return v.usage("--format is tsv or json, not %q", format)
				}
				if i := slices.IndexFunc(langs, func(l string) bool { return !tagForm.MatchString(l) }); i >= 0 {
					return v.usage("--lang has %q, which is not a language tag such as ru or zh-Hans", langs[i])
				}
				switch {
				case len(v.args) == 0:
					return v.usage("align needs the name of a text, or two or more files")
				case len(v.args) == 1 && isFile(v.args[0]):
					return v.usage("align needs two or more files, got only %q", v.args[0])
				case len(v.args) == 1 && len(langs) > 0:
					return v.usage("--lang goes with files")
				case save && undo, dry && !save:
					return v.usage("--undo goes without --save, and --dry-run with it")
				case len(v.args) == 1 && undo:
					return reviseRecord(v, &site, v.args[0], site.write, func(e *build.Edition, id string) (*build.Revision, error) {
						return e.TakeBack(id, "the last change is taken back in")
					})
				case len(v.args) == 1 && save:
					return saveNumbers(v, &site, v.args[0], dry)
				case len(v.args) == 1:
					return alignText(v, &site, v.args[0], format)
				case save, undo:
					return v.usage("--save and --undo go with the name of a text")
				}
				return alignFiles(v, v.args, langs, format)
			}
		},
	}
}

// tagForm is what a language tag looks like; --lang takes also those that no
// list has.
var tagForm = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// isFile tells a file's name from that of a text, which is a folder's.
func isFile(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".md" || ext == ".txt"
}

// alignText prints the alignment of a text of the site.
func alignText(v *invocation, site *siteFlags, name, format string) int {
	in, err := site.inputs()
	if err != nil {
		return v.fail(err)
	}
	edition, found, err := build.New(in).Load(v)
	if err != nil {
		return v.fail(err)
	}
	if errs, _ := v.report(found, site.content); errs > 0 || edition == nil {
		return exitFault
	}
	id, err := site.findText(edition, name)
	if err != nil {
		return v.usage("%v", err)
	}
	t := edition.Site.Text(id)
	if err := writeTable(v.stdout, t.Table, t.Docs(), format); err != nil {
		return v.fail(err)
	}
	return exitFine
}

// alignFiles prints the alignment of files.
func alignFiles(v *invocation, files, langs []string, format string) int {
	if len(langs) > 0 && len(langs) != len(files) {
		return v.usage("--lang names %s for %d files", counted(len(langs), "language", "languages"), len(files))
	}
	var in []align.Input
	var docs []*doc.Document
	var found diag.List
	for i, f := range files {
		lang := ""
		if i < len(langs) {
			lang = langs[i]
		} else if lang = languageOf(f); lang == "" {
			return v.usage("the name of %q does not tell its language; use --lang", f)
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
	if err := writeTable(v.stdout, table, docs, format); err != nil {
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
		return nil, fmt.Errorf("%q is larger than %d MiB", file, maxFile>>20)
	}
	return data, err
}

// findText returns the id of the text that an editor named.
func (f *siteFlags) findText(e *build.Edition, name string) (string, error) {
	name = strings.Trim(path.Clean(filepath.ToSlash(name)), "/")
	if e.Site.Text(name) != nil {
		return name, nil
	}
	// A shell completes the folder's whole path.
	if rel, ok := strings.CutPrefix(name, path.Clean(filepath.ToSlash(f.content))+"/"); ok {
		if name = rel; e.Site.Text(rel) != nil {
			return rel, nil
		}
	}
	return "", &usageError{fmt.Sprintf("there is no text %q in %s; the texts are %s", name, f.content, strings.Join(textNames(e), ", "))}
}

// usageError is what is wrong in the command's arguments.
type usageError struct{ what string }

func (e *usageError) Error() string { return e.what }

func textNames(e *build.Edition) []string {
	var names []string
	for _, t := range e.Site.Texts {
		names = append(names, t.ID)
	}
	slices.Sort(names)
	return names
}

// saveNumbers writes the record of a text as it stands, or with dry only says
// what that would do.
func saveNumbers(v *invocation, site *siteFlags, name string, dry bool) int {
	write := site.write
	if dry {
		write = func(string, []byte) error { return nil }
	}
	return reviseRecord(v, site, name, write, func(e *build.Edition, id string) (*build.Revision, error) {
		plan := e.Site.Text(id).Table.Plan(e.Record(id))
		return e.Revise(id, nil, func(*record.Record) (string, error) {
			if dry {
				return "would have " + planned(plan) + " in", nil
			}
			return planned(plan) + " in", nil
		})
	})
}

// planned says what a plan does, as "136 passages: 134 kept, 2 new (5.3a, 5.3b), 1 gone (4.2)".
func planned(p record.Plan) string {
	total := counted(len(p.Kept)+len(p.New)+len(p.Moved)+len(p.Back), "passage", "passages")
	var parts []string
	add := func(numbers []string, what string) {
		if len(numbers) > 0 {
			parts = append(parts, fmt.Sprintf("%d %s (%s)", len(numbers), what, listed(numbers)))
		}
	}
	if !p.Changes() {
		return total + ", all as they were,"
	}
	if len(p.Kept) > 0 {
		parts = append(parts, fmt.Sprintf("%d kept", len(p.Kept)))
	}
	if len(p.Kept)+len(p.Moved)+len(p.Joined)+len(p.Gone)+len(p.Back) == 0 {
		return total // the record begins
	}
	add(p.New, "new")
	var joined []string
	for _, n := range p.Joined {
		joined = append(joined, n+" into "+strings.Join(p.Parts[n], " and "))
	}
	add(joined, "joined")
	add(p.Moved, "moved")
	add(p.Gone, "gone")
	add(p.Back, "back")
	return total + ": " + strings.Join(parts, ", ") + ","
}

// listed names passages; of many, the first.
func listed(numbers []string) string {
	const most = 12
	if len(numbers) > most {
		return strings.Join(numbers[:most], ", ") + " …"
	}
	return strings.Join(numbers, ", ")
}

// reviseRecord changes the record of a text as act says, which is given the id of
// the text that the editor named.
func reviseRecord(v *invocation, site *siteFlags, name string, write func(string, []byte) error, act func(*build.Edition, string) (*build.Revision, error)) int {
	in, err := site.inputs()
	if err != nil {
		return v.fail(err)
	}
	rev, found, err := build.New(in).Revise(v, func(e *build.Edition) (*build.Revision, error) {
		id, err := site.findText(e, name)
		if err != nil {
			return nil, err
		}
		return act(e, id)
	}, write)
	errs, _ := v.report(found, site.content)
	var wrong *usageError
	switch {
	case errors.Is(err, build.ErrFaulty), errs > 0 && err == nil:
		return exitFault
	case errors.As(err, &wrong):
		return v.usage("%v", wrong)
	case err != nil:
		return v.fail(err)
	}
	fmt.Fprintf(v.stderr, "stele: %s %s\n", rev.Said, site.file(rev.Path))
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
