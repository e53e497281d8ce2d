package main

import (
	"errors"
	"strings"

	"stele/build"
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
	if code := writeNew(v, from.content, files); code != exitFine {
		return code
	}
	v.tell("said.frozen", "Text", text, "Date", date)
	return exitFine
}
