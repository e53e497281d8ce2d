package main

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"stele/build"
	"stele/build/diag"
	"stele/build/source"
)

// newVersion keeps a text as it stands as its version of a date.
func newVersion(v *invocation, from *siteFlags, titles []string) int {
	if len(v.args) != 3 {
		return v.usage("usage.new-version")
	}
	date := v.args[2]
	if !source.IsDate(date) {
		return v.usage("usage.new-date", "Value", date)
	}
	title := map[string]string{}
	for _, t := range titles {
		lang, words, ok := strings.Cut(t, "=")
		if !ok || !source.IsLanguage(lang) {
			lang, words = "", t
		}
		if _, twice := title[lang]; twice {
			return v.usage("usage.new-title-mixed")
		}
		title[lang] = words
	}
	if _, all := title[""]; all && len(title) > 1 {
		return v.usage("usage.new-title-mixed")
	}
	if err := from.mend(v); err != nil {
		return v.fail(err)
	}
	in, err := from.inputs()
	if err != nil {
		return v.fail(err)
	}
	e, found, err := build.New(in).Load(v)
	if err != nil {
		return v.fail(err)
	}
	if found.HasErrors() || e == nil {
		v.report(found, from.content)
		return v.fail(build.ErrFaulty)
	}
	text, err := from.findText(e, v.args[1])
	if err != nil {
		return v.reject(err)
	}
	frozen, err := e.Freeze(text, date, title)
	var later *build.LaterError
	if errors.As(err, &later) {
		return v.usage("usage.new-later", "Text", text, "Before", later.Before)
	}
	if err != nil {
		return v.fail(err)
	}
	var files []newFile
	for _, f := range frozen {
		files = append(files, newFile{f.Path, string(f.Data)})
	}
	if err := placeVersion(v, from.content, path.Join(text, "versions", date), files); err != nil {
		return v.fail(err)
	}
	for _, f := range files {
		fmt.Fprintln(v.stdout, diag.Visible(filepath.Join(from.content, filepath.FromSlash(f.path))))
	}
	v.tell("said.frozen", "Text", text, "Date", date)
	return exitFine
}

// placeVersion writes the files of a version's folder and those that go with it, none
// of which may exist: all or none.
func placeVersion(v *invocation, content, folder string, files []newFile) error {
	if err := unused(filepath.Join(content, filepath.FromSlash(folder))); err != nil {
		return err
	}
	return v.create(v.disk(content), files)
}
