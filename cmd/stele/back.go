package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stele/build"
	"stele/build/diag"
	"stele/build/exchange"
)

// readReturned reads a file that comes back from a translator; nil if it is none,
// but a document to make a text of.
func readReturned(name string, data []byte) (*exchange.Returned, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlf", ".xliff":
		return exchange.ReadXLIFF(data)
	case ".docx":
		r, err := exchange.ReadTable(data)
		if errors.Is(err, exchange.ErrForeign) {
			return nil, nil
		}
		if t := (*exchange.TableError)(nil); errors.As(err, &t) {
			return nil, &fault{t.Why, err}
		}
		return r, err
	}
	return nil, nil
}

// takeBack puts what came back from a translator into the content, or shows what
// it would do.
func takeBack(v *invocation, site *siteFlags, name string, returned *exchange.Returned, dry bool) int {
	if err := site.begin(v, dry); err != nil {
		return v.fail(err)
	}
	in, err := site.inputs()
	if err != nil {
		return v.fail(err)
	}
	e, found, err := build.New(in).Load(v)
	if err != nil {
		return v.fail(err)
	}
	if errs, _ := v.report(serious(found), site.content); errs > 0 || e == nil {
		v.tell("said.back-none")
		return exitFault
	}
	m, files, err := e.Return(returned)
	if errors.Is(err, build.ErrFaulty) {
		return exitFault
	}
	if err != nil {
		return v.fail(err)
	}
	for _, r := range m.Tracked {
		v.print(v.stderr, diag.List{remark(name, r.Line, "tracked", diag.Say("return.tracked", "Number", r.Passage))}, "")
	}
	for _, c := range m.Comments {
		v.print(v.stderr, diag.List{remark(name, c.Line, "comment", diag.Say("return.comment", "Number", c.Passage, "Author", c.Author, "Text", c.Text))}, "")
	}
	for _, r := range m.Refused {
		v.print(v.stderr, diag.List{refusal(name, r)}, "")
	}
	if err := putFiles(v, site, files, dry); err != nil {
		return v.fail(err)
	}
	did := diag.Say("said.back", "Changed", m.ChangedUnits, "Inserted", m.InsertedUnits, "Untouched", m.Untouched, "Empty", m.Empty, "Refused", len(m.Refused))
	switch {
	case dry:
		v.tell("said.back-dry", "What", did)
	case len(files) > 0:
		v.tell("said.back-file", "What", did, "File", site.file(files[0].Path))
	default:
		v.tell(did.ID, did.Args...)
	}
	if len(m.Refused) > 0 {
		return exitFault
	}
	return exitFine
}

// putFiles writes files of the content, or shows how they would differ.
func putFiles(v *invocation, site *siteFlags, files []build.Changed, dry bool) error {
	if !dry {
		return site.writeAll(v)(files)
	}
	for _, f := range files {
		if err := showDifference(v, site.file(f.Path), f.Data); err != nil {
			return err
		}
	}
	return nil
}

// isMemory reports whether a file is a translation memory.
func isMemory(name string) bool { return strings.EqualFold(filepath.Ext(name), ".tmx") }

// propose fills what a text is missing with what a translation memory has.
func (f *importFlags) propose(v *invocation, name string, data []byte) int {
	if f.text == "" || f.to == "" {
		return v.usage("usage.import-memory")
	}
	mem, err := exchange.ReadTMX(data)
	if told := (*exchange.MemoryError)(nil); errors.As(err, &told) {
		return v.fail(faulty(&fault{told.Why, err}, "fault.file", "File", name))
	}
	if err := f.site.begin(v, f.dryRun); err != nil {
		return v.fail(err)
	}
	in, err := f.site.inputs()
	if err != nil {
		return v.fail(err)
	}
	e, found, err := build.New(in).Load(v)
	if err != nil {
		return v.fail(err)
	}
	if errs, _ := v.report(found, f.site.content); errs > 0 || e == nil {
		v.tell("said.back-none")
		return exitFault
	}
	id, err := f.site.findText(e, f.text)
	if err != nil {
		return v.reject(err)
	}
	text := e.Site.Text(id)
	to, err := languages(e.Site, []string{f.to}, nil)
	if err != nil {
		return v.reject(err)
	}
	from, err := languages(e.Site, nonEmpty(f.from), text)
	if err != nil {
		return v.reject(err)
	}
	from = slices.DeleteFunc(from, func(l int) bool { return l == to[0] || !mem.Has(e.Site.Langs[l].Tag) })
	if len(from) == 0 || !mem.Has(e.Site.Langs[to[0]].Tag) {
		return v.fail(faulty(nil, "fault.memory", "File", name, "Text", id, "Language", diag.Languages{e.Site.Langs[to[0]].Tag}))
	}
	p, m, files, err := e.Propose(mem, text, from[0], to[0])
	if err != nil {
		return v.fail(err)
	}
	for _, made := range p.Made {
		if n := made.Unit.Passage.Number; slices.Contains(m.Inserted, n) {
			v.print(v.stderr, diag.List{remark(name, made.Line, "proposed", diag.Say("memory.proposed", "Number", n, "Way", diag.Say("memory."+string(made.Way))))}, "")
		}
	}
	for _, r := range m.Refused {
		v.print(v.stderr, diag.List{refusal(name, r)}, "")
	}
	if err := putFiles(v, &f.site, files, f.dryRun); err != nil {
		return v.fail(err)
	}
	if len(p.Several) > 0 {
		v.tell("said.memory-several", "Passages", diag.Names(p.Several))
	}
	if len(p.Coded) > 0 {
		v.tell("said.memory-coded", "Passages", diag.Names(p.Coded))
	}
	did := diag.Say("said.memory", "Proposed", counted(len(m.Inserted), "passages"), "Language", diag.Languages{e.Site.Langs[from[0]].Tag}, "Unknown", counted(p.Unknown, "passages"))
	switch {
	case f.dryRun:
		v.tell("said.back-dry", "What", did)
	case len(files) > 0:
		v.tell("said.back-file", "What", did, "File", f.site.file(files[0].Path))
	default:
		v.tell(did.ID, did.Args...)
	}
	return exitFine
}

// refusal is a unit that was not put back, as a finding with its place.
func refusal(name string, r exchange.Refusal) diag.Diagnostic {
	d := diag.Diagnostic{Pos: diag.Pos{Path: filepath.ToSlash(name), Line: r.Line, Col: r.Col}, Severity: diag.Error, Code: "refused", Phrase: r.Why}
	if r.Unit != "" {
		d.Phrase = diag.Say("return.passage", "Number", r.Passage, "Unit", r.Unit, "Why", r.Why)
	}
	return d
}

// remark is something that the editor is told of a file, at a row of its table.
func remark(name string, line int, code diag.Code, why diag.Phrase) diag.Diagnostic {
	return diag.Diagnostic{Pos: diag.Pos{Path: filepath.ToSlash(name), Line: line, Col: 1}, Severity: diag.Note, Code: code, Phrase: why}
}

// showDifference prints which lines of a file would be others.
func showDifference(v *invocation, name, after string) error {
	before, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if filepath.Base(name) == "alignment.tsv" {
		return nil // which is for programs
	}
	diff := exchange.Lines(filepath.ToSlash(name), string(bytes.TrimPrefix(before, []byte("\ufeff"))), strings.TrimPrefix(after, "\ufeff"))
	_, err = v.stdout.Write([]byte(diff))
	return err
}
